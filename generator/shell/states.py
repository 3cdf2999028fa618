"""What can be known of files without reading them, and sources that are read only when they are asked for."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from stat import S_ISLNK, S_ISREG

from generator.errors import Problem, SourceError
from generator.shell import disk

#: Nanoseconds within which a file may change twice without its times telling: it is read again to be sure.
RACY = 50_000_000

#: State of what cannot be read.
UNREAD = "unread"


def states(root: Path, names: Iterable[str], but: str = "") -> dict[str, str]:
    """Return path → state of every file in folders (or of files) of a project, hidden ones left out.

    :param but: folders of this name are not looked into.

    A file whose state is the same has not been written to: its size, number and both times are in it, and nobody can
    turn back the time of the last change of a file's record. Anything but a plain file has a state that is no number.
    """
    found: dict[str, str] = {}
    for name in names:
        place = os.fspath(root / name)
        if os.path.isdir(place) and not os.path.islink(place):
            _look_below(place, name, found, but)
        elif os.path.lexists(place):
            found[name] = _state(os.lstat(place))
    return found


def _look_below(folder: str, name: str, found: dict[str, str], but: str) -> None:
    """Take note of all files below a folder: one look at each folder, one at each file."""
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=_NAME)
    except OSError as error:
        found[name] = f"{UNREAD} {error.errno}"
        return
    for entry in inside:
        own = entry.name
        if own[0] == ".":
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                if own != but:
                    _look_below(entry.path, f"{name}/{own}", found, but)
                continue
            stat = entry.stat(follow_symlinks=False)
        except FileNotFoundError:  # gone since the folder was listed
            continue
        except OSError as error:  # a folder that may be listed, and not entered
            found[f"{name}/{own}"] = f"{UNREAD} {error.errno}"
            continue
        mode = stat.st_mode
        if S_ISREG(mode) or S_ISLNK(mode):
            found[f"{name}/{own}"] = _state(stat)


def no_folder(state: str) -> str:
    """Return why what has this state is no folder of sources."""
    if state.startswith("link"):
        return disk.LINKED
    if state.startswith(UNREAD):
        number = int(state.split(" ")[1])
        return disk.unread(OSError(number, os.strerror(number)))
    return disk.NO_FOLDER


_NAME = attrgetter("name")


def _state(stat: os.stat_result) -> str:
    known = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"
    return known if S_ISREG(stat.st_mode) else f"link {known}"


def state(path: str) -> str:
    """Return the state of one file, wherever it lies."""
    return _state(os.lstat(path))


def is_settled(found: str, now: int) -> bool:
    """Whether a file of this state had been left alone for a while at the moment *now* (nanoseconds)."""
    parts = found.split(" ")
    return len(parts) == 4 and max(int(parts[1]), int(parts[2])) < now - RACY


def are_settled(found: Iterable[str], now: int) -> bool:
    """Whether all files of these states had been left alone for a while at the moment *now* (nanoseconds)."""
    limit = str(now - RACY)
    size = len(limit)
    return all(
        # Times of as many digits are in the order of their numbers; whatever is not plain to see is looked at closely.
        (len(parts := state.split(" ")) == 4 and len(parts[1]) == size == len(parts[2]) and parts[1] < limit > parts[2])
        or is_settled(state, now)
        for state in found
    )


def settles(found: Iterable[str], now: int) -> int:
    """Return after how many nanoseconds all files of these states will have been left alone for a while; 0 if never.

    What is no plain file never is, and nobody waits for one that is written in the future.
    """
    parts = [state.split(" ") for state in found]
    latest = max((max(int(own[1]), int(own[2])) if len(own) == 4 else now + 1 for own in parts), default=now + 1)
    return max(0, latest + RACY + 1 - now) if latest <= now else 0


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
    """A project's files by path; each is read when it is asked for.

    Names are in Unicode's composed form (NFC), so that a project reads the same from every disk.
    """

    def __init__(self, root: Path, found: Mapping[str, str], *, keep_going: bool = False) -> None:
        """Take note of the files in *root* that have these states.

        :param keep_going: whether a file that cannot be read is noted in `unfit`, and told to whoever asks for it; a
            whole folder never is, for nobody knows what it holds.
        :raises SourceError: for symbolic links, names that no address can carry, and files that cannot be read or are
            too large; for all of them.
        """
        self.root = os.fspath(root)
        self.states: dict[str, str] = {}
        self.places: dict[str, str] = {}
        """Path → the name on the disk, where that is another."""
        problems = [problem for name, state in found.items() if (problem := self._taken(name, state))]
        if problems and (not keep_going or any(state.startswith(UNREAD) for state in found.values())):
            raise SourceError(problems)
        self.unfit = {problem.path: problem for problem in problems}
        self.states.update(dict.fromkeys(self.unfit, UNREAD))

    def _taken(self, name: str, state: str) -> Problem | None:
        path = unicodedata.normalize("NFC", name) if not name.isascii() else name
        why = disk.unfit(path) or (disk.TWICE if path in self.states else self._unreadable(name, state))
        if why:
            return Problem(path.encode("utf-8", "backslashreplace").decode(), 0, 0, why)
        self.states[path] = state
        if path != name:
            self.places[path] = name
        return None

    def _unreadable(self, name: str, state: str) -> str:
        """Return why a file cannot be read; one that looks well is not opened for that."""
        if (
            state[:1].isdigit()
            and int(state.split(" ", 1)[0]) <= disk.LARGEST
            and os.access(self._place(name), os.R_OK)
        ):
            return ""
        try:
            disk.whole(self._place(name))
        except OSError as error:
            return disk.unread(error)
        return ""

    def _place(self, name: str) -> str:
        return f"{self.root}/{name}"

    def __getitem__(self, path: str) -> bytes:
        """Return a file's bytes; raise `SourceError` where it cannot be read."""
        if path not in self.states:
            raise KeyError(path)
        if path in self.unfit:
            raise SourceError([self.unfit[path]])
        try:
            return disk.whole(self._place(self.places.get(path, path)))
        except OSError as error:
            raise SourceError([Problem(path, 0, 0, disk.unread(error))]) from None

    def beginning(self, path: str, size: int) -> bytes:
        """Return a file's first bytes; raise `SourceError` where it cannot be read."""
        if path in self.unfit:
            raise SourceError([self.unfit[path]])
        try:
            return disk.beginning(self._place(self.places.get(path, path)), size)
        except OSError as error:
            raise SourceError([Problem(path, 0, 0, disk.unread(error))]) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.states)

    def __contains__(self, path: object) -> bool:
        return path in self.states

    def __len__(self) -> int:
        return len(self.states)


class AsAsked(Mapping[str, bytes]):
    """A project's files, each looked at only when it is asked for: for who will hardly ask for any."""

    def __init__(self, root: Path, found: Mapping[str, str]) -> None:
        """Take note of the files in *root* that have these states."""
        self.root, self.found = root, found

    def __getitem__(self, path: str) -> bytes:
        """Return a file's bytes; raise `SourceError` where it cannot be read."""
        return Sources(self.root, {path: self.found[path]})[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)


def digest(data: bytes) -> str:
    """Return a hash of a file's bytes."""
    return blake2b(data, digest_size=16).hexdigest()


class Backwards(Mapping[str, bytes]):
    """A tree whose files come in the other order; for whoever wants to see that their order does not matter."""

    def __init__(self, tree: Mapping[str, bytes]) -> None:
        self.tree = tree

    def __getitem__(self, path: str) -> bytes:
        return self.tree[path]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.tree, reverse=True))

    def __contains__(self, path: object) -> bool:
        return path in self.tree

    def __len__(self) -> int:
        return len(self.tree)


class Hashes:
    """The hashes of sources, as far as they are known without reading, or worth reading for."""

    def __init__(self, sources: Mapping[str, bytes], seen: Mapping[str, str], *, worth: bool) -> None:
        """Take note of what was *seen* of the sources, states and hashes; *worth* tells whether to read others."""
        self._sources, self._worth = sources, worth
        self._states: Mapping[str, str] = getattr(sources, "states", {})
        self._seen = seen

    def __call__(self, path: str) -> str:
        """Return a source's hash, or nothing."""
        state, _, known = self._seen.get(path, "").rpartition(" ")
        if known and state == self._states.get(path):
            return known
        try:
            return digest(self._sources[path]) if self._worth else ""
        except (SourceError, KeyError):
            return ""

    def noted(self, read: Mapping[str, str], moment: int, written: Container[str]) -> dict[str, str]:
        """Return what is to be remembered of the sources whose hashes were *read*: states that can be trusted.

        :param moment: when the states were taken.
        :param written: sources that were written since.
        """
        return {
            path: f"{self._states[path]} {known}"
            for path, known in read.items()
            if path in self._states and path not in written and is_settled(self._states[path], moment)
        }
