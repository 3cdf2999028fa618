"""What the last build was made from: when nothing has changed since, there is nothing to do.

The record holds one key over every byte that a build reads (sources, theme, configuration, the program's own code)
and what the build had to say. A site that somebody has touched since is built anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import OutputError
from generator.model import Config, Tree
from generator.shell import disk

if TYPE_CHECKING:
    from generator.shell.outcome import Outcome

RECORD = f"{disk.WORKSHOP}/last-build.json"


def key_of(sources: Tree, theme: Tree, config: Config) -> str:
    """Return a hash of everything that decides what a build gives."""
    total = sha256(repr(config).encode())
    for name, data in (*_code(), *sorted(sources.items()), *sorted(theme.items())):
        for part in (name.encode(), data):
            total.update(len(part).to_bytes(8, "big"))
            total.update(part)
        total.update(b"\n")
    return total.hexdigest()


def _code() -> Iterable[tuple[str, bytes]]:
    """Yield the program's own files by name, size and time: another version builds another site."""
    package = Path(__file__).resolve().parent.parent
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            state = os.stat(os.path.join(folder, name))
            yield name, f"{state.st_size} {state.st_mtime_ns}".encode()


def recall(root: Path, key: str, output: Path) -> Outcome | None:
    """Return what the last build said, if it was made from *key* and its site stands as it was written."""
    from generator.shell.outcome import Outcome

    try:
        record = json.loads((root / RECORD).read_text(encoding="utf-8"))
        if record["key"] != key or not disk.is_intact(output, record["site"]):
            return None
        return Outcome.read(record["outcome"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(root: Path, key: str, output: Path, outcome: Outcome) -> None:
    """Write down what a build was made from and what it said."""
    record = {"key": key, "site": disk.seal(output), "outcome": outcome.written()}
    text = json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n"
    with suppress(OutputError):  # a read-only project is built anew every time
        disk.write_files(root, {RECORD: text.encode("utf-8", "surrogatepass")})


def forget(root: Path) -> None:
    """Let the next build begin from nothing."""
    (root / RECORD).unlink(missing_ok=True)
