"""Under which key a story is kept: a hash of everything that went into it.

Its files' bytes, what cleaning took out of its seeds, and what lies on every story's desk: theme, configuration,
outlets, navigation, the versions of code and libraries.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from generator.shell.libraries import LIBRARIES, version
from generator.shell.states import digest

if TYPE_CHECKING:
    from generator.ingest.shelves import Shelf
    from generator.model import Removed
    from generator.teller import Desk

#: Settings that change how a site is built, and no byte of it.
_HOW = ("jobs", "engine", "scheduler", "future", "as_of", "story_seconds")

Parts = tuple[tuple[str, str], ...]
"""What something was made from: name → hash."""


def key_of(frame: str, sources: Parts) -> str:
    """Return the hash under which a story is kept."""
    return hashed((frame, sources))


def sources_of(shelf: Shelf, hashes: Mapping[str, str], removed: Mapping[str, tuple[Removed, ...]]) -> Parts:
    """Return what a story is made from, beside what lies on every story's desk.

    :param hashes: of its files, by path.
    :param removed: article's path → what cleaning took out of its seed.
    """
    return (
        *((path, hashes[path]) for path in shelf.paths),
        *((f"{path}, left out", "") for path in shelf.aside),
        *((f"the quotation {{{{ {text} }}}} on a page", "") for text in shelf.asked),
        *(
            (f"what was removed from the seed of {path}", hashed(removed[path]))
            for path in shelf.articles
            if removed.get(path)
        ),
    )


def frame_key(desk: Desk, program: str) -> str:
    """Return the hash under which a build keeps what lies on every story's desk; *program* is what `code` says."""
    return hashed(frame_of(desk, program))


def frame_of(desk: Desk, program: str) -> Parts:
    """Return what lies on every story's desk: the same for all, and all are told anew when any of it changes.

    :param program: what `code` says.
    """
    return (
        ("the program", program),
        *((f"the theme's {path}", digest(data)) for path, data in sorted(desk.theme.items()) if not _again(path, desk)),
        *(
            (f"the configuration's {f.name}", hashed(getattr(desk.config, f.name)))
            for f in fields(desk.config)
            if f.name not in _HOW
        ),
        ("the outlets", hashed(desk.outlets)),
        ("the navigation", hashed(desk.navigation)),
        ("hooks.py", digest(desk.hooks.key.encode("utf-8", "surrogatepass"))),
    )


def _again(path: str, desk: Desk) -> bool:
    """Whether a template stands under its theme's name too (`plain/base.html`), as it does without it."""
    folder, _, rest = path.partition("/")
    return desk.theme.get(f"{folder}/{rest.partition('/')[2]}") == desk.theme[path]


@cache
def code() -> str:
    """Return a hash of the program, its libraries and Python, as they were when this process first asked."""
    total = blake2b(sys.version.encode(), digest_size=16)
    for name in LIBRARIES:
        total.update(f"{name} {version(name)}\n".encode())
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.rglob("*.py")):
        total.update(path.relative_to(package).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def hashed(value: object) -> str:
    """Return a hash of a value, by how Python prints it."""
    return digest(repr(value).encode("utf-8", "surrogatepass"))
