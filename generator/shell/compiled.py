"""Compiled templates, kept beside the program as Python keeps its compiled modules.

They lie where Python's own lie, in the installed package: who can write there can change the program itself. A project
has no part in it, and what a build says does not depend on it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import marshal
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from generator.errors import SourceError
from generator.shell.libraries import version
from generator.shell.states import digest
from generator.site import knit, quick, render, shorter, spaces
from generator.site.mistakes import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Config, Tree
    from generator.shell.project import Project

#: So many templates are kept, those used last: several themes' worth.
KEPT = 256


@dataclass(slots=True)
class Bucket:
    """One template's place in the store; what Jinja2 asks a `BytecodeCache` for."""

    key: str
    code: CodeType | None


class Compiled:
    """The store; stands in for Jinja2's `BytecodeCache`, whose own files are pickles."""

    def __init__(self, path: str) -> None:
        """Read what is kept at *path*; whatever cannot be read is as if it were not there."""
        self._path = path
        programs = b"".join(Path(one.__file__ or "").read_bytes() for one in (quick, shorter, knit, spaces))
        self._key = f"{version('jinja2')} {digest(programs)}"
        self._known = _read(path)
        self._is_new = False

    def get_bucket(self, environment: object, name: str, filename: str | None, source: str) -> Bucket:  # noqa: ARG002
        """Return a template's place, with its code if it is known."""
        made_of = environment.made_of(name) if isinstance(environment, render.Sandbox) else source
        key = digest(f"{self._key}\0{name}\0{made_of}".encode("utf-8", "surrogatepass"))
        return Bucket(key, self._known.get(key))

    def set_bucket(self, bucket: Bucket) -> None:
        """Take in what has been compiled."""
        if bucket.code:
            self._known[bucket.key] = bucket.code
            self._is_new = True

    def keep(self) -> None:
        """Write what is new, if the place can be written: else templates are compiled again the next time."""
        if self._is_new and self._path:
            kept = dict(list(self._known.items())[-KEPT:])
            with contextlib.suppress(OSError):
                _write(self._path, importlib.util.MAGIC_NUMBER + marshal.dumps(kept))
            self._is_new = False


def attached(project: Project) -> Compiled:
    """Let the templates of a project's theme be taken from the store where they are known, and return it."""
    compiled = Compiled(place())
    with contextlib.suppress(SourceError):  # told when the pages are rendered, after what is wrong with the sources
        render.environment(project.theme, project.config).bytecode_cache = compiled  # type: ignore[assignment]
    return compiled


def place() -> str:
    """Return where the store lies; empty where Python writes no compiled modules either."""
    if sys.dont_write_bytecode:
        return ""
    try:
        return f"{importlib.util.cache_from_source(os.fspath(Path(render.__file__).with_name('templates.py')))}.store"
    except NotImplementedError:  # an interpreter without compiled modules
        return ""


def _read(path: str) -> dict[str, CodeType]:
    try:
        data = Path(path).read_bytes() if path else b""
        magic = importlib.util.MAGIC_NUMBER
        found = marshal.loads(data.removeprefix(magic)) if data.startswith(magic) else {}  # noqa: S302 - see above
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: str, data: bytes) -> None:
    """Write as Python writes its own: beside it, then in its place."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    handle, other = tempfile.mkstemp(dir=os.path.dirname(path))
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(other, path)
    except OSError:
        os.unlink(other)
        raise


def read_each(theme: Tree, config: Config) -> Iterator[object]:
    """Read a theme's templates, one at each step, so that they are at hand when a page is rendered with them."""
    templates = render.environment(theme, config)
    names = (path.removeprefix(TEMPLATES) for path in theme if path.startswith(TEMPLATES))
    for name in sorted(name for name in names if "/" not in name):
        with contextlib.suppress(Exception):  # told when a page is rendered with it
            yield templates.get_template(name)
