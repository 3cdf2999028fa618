"""A project's sources read again and again: of a folder of thousands of files only those that have changed."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from pathlib import Path
from unicodedata import normalize

from generator.errors import SourceError
from generator.model import Tree
from generator.shell.project import refuse_no_folders
from generator.shell.states import Sources, digest, is_settled, states
from generator.shell.watch import is_temporary


class Reader:
    """Reads seeds/ and content/ of one project, and remembers every file with the state that it was in."""

    def __init__(self, root: Path) -> None:
        """Read nothing yet."""
        self._root = root
        self._seen: dict[str, str] = {}
        """Name on the disk → state when it was looked at last; nothing before, and where that went wrong."""
        self._states: dict[str, str] = {}
        """The same, where the state tells whether the file has changed."""
        self._tree: dict[str, bytes] = {}
        self._names: dict[str, int] = {}
        """Path → number of the file's path and bytes."""
        self._name = 0
        """The sum of these."""
        self.changed: frozenset[str] = frozenset()
        """Files that came, went or changed before the last reading."""
        self.edited: frozenset[str] = frozenset()
        """Those of them that came, went, or hold other bytes than before."""
        self.has_emptied = False
        """Whether one of them has become empty: most likely it is just being written."""
        self.is_hearsay = False
        """Whether the last reading has looked at no more than the files that it was told of."""

    def read(self, named: Collection[str] | None = None) -> Tree:
        """Return the files by path, without those that editors keep for a moment; the same object if none changed.

        :param named: files that something happened to, where that is known: no other is looked at.
        :raises SourceError: for what cannot be read, or carries a name that it cannot have; for all of it.
        """
        moment = time.time_ns()
        found = self._look(named)
        self._seen = {}
        refuse_no_folders(found)
        fresh = {name: state for name, state in found.items() if self._states.get(name) != state}
        if not all(map(str.isascii, fresh)):  # names that another may equal: all are looked at together
            self._states, self._tree, self._names, self._name, fresh = {}, {}, {}, 0, found
        fresh = {name: state for name, state in fresh.items() if not is_temporary(name)}
        gone = [name for name in self._states if name not in found]
        self.changed, self.edited, self.has_emptied = frozenset((*fresh, *gone)), frozenset(), False
        if fresh or gone or len(found) < len(self._tree):
            self._take(found, Sources(self._root, fresh))
            self._states = {name: state for name, state in self._states.items() if name in found}
        self._states |= {name: state for name, state in fresh.items() if is_settled(state, moment)}
        self._seen = found
        return self._tree

    def proven(self) -> bool:
        """Return whether nothing happened but to the files that the last reading was told of; looks at all of them."""
        self.is_hearsay = False
        return states(self._root, _FOLDERS) == self._seen

    def _look(self, named: Collection[str] | None) -> dict[str, str]:
        """Return the states of all files; of those that are not *named*, if none came or went, as they were."""
        ours = [name for name in named or () if name.startswith(("seeds/", "content/"))]
        now = states(self._root, ours)
        known = named is not None and now.keys() == set(ours) and self._seen.keys() >= now.keys()
        self.is_hearsay = bool(self._seen) and known and all(map(str.isascii, ours))
        return {**self._seen, **now} if self.is_hearsay else states(self._root, _FOLDERS)

    def _take(self, found: Mapping[str, str], fresh: Tree) -> None:
        there = {normalize("NFC", name) if not name.isascii() else name for name in found}
        read = dict(fresh)  # may raise; then nothing has been taken
        changed = {path: data for path, data in read.items() if self._tree.get(path) != data}
        gone = self._tree.keys() - there
        self.edited, self.has_emptied = frozenset((*changed, *gone)), not all(changed.values())
        if not (changed or gone):
            return
        self._tree = {path: data for path, data in {**self._tree, **changed}.items() if path in there}
        now = {path: _number(path, data) for path, data in changed.items() if path in there}
        self._name += sum(now.values()) - sum(self._names.pop(path, 0) for path in {*changed, *gone})
        self._names |= now

    def name_of(self, writes: Tree) -> str:
        """Return a name for all that was read last with *writes* laid over it: the same for the same bytes."""
        more = sum(_number(path, data) - self._names.get(path, 0) for path, data in writes.items())
        return f"{(self._name + more) % _NUMBERS:032x}"


_FOLDERS = ("seeds", "content")
_NUMBERS = 1 << 128


def _number(path: str, data: bytes) -> int:
    return int(digest(path.encode("utf-8", "surrogatepass") + b"\0" + digest(data).encode()), 16)


def has_gone(root: Path, error: SourceError) -> bool:
    """Return whether a file that could not be read is not there any more: then it is worth to look again."""
    return not all((root / found.path).exists() for found in error.problems)
