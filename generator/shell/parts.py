"""A part of a site in one file, for machines that share nothing: stories told by `ssg build --shard`, for `ssg merge`.

A ZIP archive of each story's record, as the cache keeps it, and of its pages. A record stands under the story's key,
the hash of everything that went into it, so that a part of other sources or of another version is simply of no use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - a class, whatever its name

from generator.errors import OutputError
from generator.ingest.shelves import Shelf
from generator.shell.kept import Kept, kept_of
from generator.shell.publish import Stage
from generator.shell.records import frozen
from generator.values import dataclass

#: What a damaged or foreign archive raises, encrypted and nested ones among them.
_SPOILT = (OSError, BadZipFile, KeyError, ValueError, EOFError, RuntimeError, ZlibError)
_ABOUT, _STORIES, _PAGES = "part.json", "stories/", "pages/"


@dataclass(frozen=True, slots=True)
class Shard:
    """One of so many parts of equal size."""

    number: int
    """From 1."""
    of: int

    @classmethod
    def read(cls, text: str) -> Shard:
        """Return what `2/4` says.

        :raises ValueError: for anything that is no such part.
        """
        number, _, of = text.partition("/")
        if not (number.isascii() and number.isdigit() and of.isascii() and of.isdigit() and 0 < int(number) <= int(of)):
            raise ValueError(f"expected a part like 2/4, found {text!r}")
        return cls(int(number), int(of))

    def of_all(self, shelves: Sequence[Shelf]) -> Sequence[Shelf]:
        """Return its share of all stories: every so many-th one."""
        return shelves[self.number - 1 :: self.of]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"part-{self.number}-of-{self.of}.zip"


def write(path: Path, stories: Iterable[Kept], stage: Stage) -> int:
    """Write stories and their pages into one file, the same bytes for the same; return how many stories.

    :raises OutputError: if it cannot be written.
    """
    count = 0
    waiting = path.with_name(f".{path.name}.new")
    try:
        with ZipFile(waiting, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            _add(archive, _ABOUT, b'{"version": 1}\n')
            for kept in sorted((kept for kept in stories if kept.key), key=lambda kept: kept.key):
                _add(archive, f"{_STORIES}{kept.key}.json", _record(kept))
                for page in sorted(kept.laid):
                    _add(archive, f"{_PAGES}{page}", stage.read(page) or b"")
                count += 1
        waiting.replace(path)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from error
    return count


def _add(archive: ZipFile, name: str, data: bytes) -> None:
    entry = ZipInfo(name)  # of 1980: an archive's bytes tell nothing of when it was made
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, data)


def _record(kept: Kept) -> bytes:
    """A story's record, without the times at which its pages were written."""
    kept = replace(kept, laid=dict.fromkeys(sorted(kept.laid), ("", "")))
    return json.dumps(frozen(kept), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


class Archives:
    """The parts of a site, open to be looked into."""

    def __init__(self, paths: Sequence[Path], root: Path) -> None:
        """Open files that `write` has made.

        :param root: the project's folder, where `write` was asked to put them: those that are not found from the
            current folder are looked for there.
        :raises OutputError: for one that is none.
        """
        self._open = ExitStack()
        self._where: dict[str, ZipFile] = {}
        """Key → the archive with its story."""
        self.taken: set[str] = set()
        """Stories that the site has from here."""
        self.keys: dict[Path, frozenset[str]] = {}
        """Of each file, the keys of its stories."""
        for path in paths:
            self._look_into(path if path.exists() or not (root / path).exists() else root / path)

    def __enter__(self) -> Archives:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _look_into(self, path: Path) -> None:
        try:
            archive = self._open.enter_context(ZipFile(path))
            if json.loads(archive.read(_ABOUT))["version"] != 1:
                raise ValueError
        except (*_SPOILT, TypeError) as error:
            self._open.close()
            is_there = not isinstance(error, FileNotFoundError)
            said = "no part of a site that this version can read" if is_there else "there is no such file"
            raise OutputError(f"{path}: {said} – make it with `ssg build --shard`") from error
        names = (name for name in archive.namelist() if name.startswith(_STORIES))
        self.keys[path] = frozenset(name.removeprefix(_STORIES).removesuffix(".json") for name in names)
        self._where.update(dict.fromkeys(self.keys[path], archive))

    def strange(self, site: Set[str]) -> dict[Path, int]:
        """Return file → how many stories it has, for files with none of a *site*, whose stories have these keys."""
        return {path: len(keys) for path, keys in self.keys.items() if keys and keys.isdisjoint(site)}

    def take(self, key: str) -> tuple[Kept, Mapping[str, bytes]] | None:
        """Return a story by its key and its pages; None where no part has it whole."""
        archive = self._where.get(key)
        if not archive:
            return None
        try:
            record: Any = json.loads(archive.read(f"{_STORIES}{key}.json").decode("utf-8", "surrogatepass"))
            kept = kept_of(record)
            files = {page: archive.read(f"{_PAGES}{page}") for page in kept.laid} if kept else {}
        except _SPOILT:
            return None
        if not kept or kept.key != key:
            return None
        return replace(kept, laid={}), files
