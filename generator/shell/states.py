"""What can be known of files without reading them, and sources that are read only when they are asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

from generator.errors import Problem, SourceError

#: Nanoseconds within which a file may change twice without its times telling: it is read again to be sure.
RACY = 50_000_000


def states(root: Path, names: Iterable[str]) -> dict[str, str]:
    """Return path → state of every file in folders (or of files) of a project, hidden ones left out.

    A file whose state is the same has not been written to: its size, number and both times are in it, and nobody can
    turn back the time of the last change of a file's record. A symbolic link's state begins with `link`.
    """
    found: dict[str, str] = {}
    for name in names:
        place = root / name
        if place.is_dir() and not place.is_symlink():
            found.update(_below(os.fspath(place), name))
        elif os.path.lexists(place):
            found[name] = _state(os.lstat(place), link=place.is_symlink())
    return found


def _below(folder: str, name: str) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith("."):
                continue
            path = f"{name}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, path)
            elif entry.is_file(follow_symlinks=False) or entry.is_symlink():
                yield path, _state(entry.stat(follow_symlinks=False), link=entry.is_symlink())


def _state(stat: os.stat_result, *, link: bool = False) -> str:
    known = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
    return f"link {known}" if link else known


def is_settled(state: str, now: int) -> bool:
    """Whether a file of this state had been left alone for a while at the moment *now* (nanoseconds)."""
    _, modified, changed, _ = state.removeprefix("link ").split(" ")
    return max(int(modified), int(changed)) < now - RACY


def written(path: str) -> str:
    """Return what is remembered of a page that was written; empty if it is not there."""
    try:
        return state_of(os.stat(path))
    except OSError:
        return ""


def state_of(stat: os.stat_result) -> str:
    """Return what is remembered of a page: its size, and the time of its writing, which moving it leaves alone."""
    return f"{stat.st_size} {stat.st_mtime_ns}"


class Sources(Mapping[str, bytes]):
    """A project's files by path; each is read when it is asked for."""

    def __init__(self, root: Path, found: Mapping[str, str]) -> None:
        """Take note of the files in *root* that have these states.

        :raises SourceError: for symbolic links and files that cannot be read, all of them.
        """
        self.root = root
        self.states = found
        problems = [
            Problem(path, 0, 0, "is a symbolic link – put the file itself there")
            for path, state in found.items()
            if state.startswith("link ")
        ]
        if problems:
            raise SourceError(problems)

    def __getitem__(self, path: str) -> bytes:
        """Return a file's bytes; raise `SourceError` where it cannot be read."""
        if path not in self.states:
            raise KeyError(path)
        try:
            with open(self.root / path, "rb", buffering=0) as stream:
                return stream.read()
        except OSError as error:
            message = f"cannot be read ({error.strerror}) – check its permissions"
            raise SourceError([Problem(path, 0, 0, message)]) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.states)

    def __len__(self) -> int:
        return len(self.states)


def digest(data: bytes) -> str:
    """Return a hash of a file's bytes."""
    return blake2b(data, digest_size=16).hexdigest()
