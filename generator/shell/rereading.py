"""A project's sources read again and again: of a folder of thousands of files only those that have changed."""

from __future__ import annotations

import time
from hashlib import blake2b
from pathlib import Path
from unicodedata import normalize

from generator.errors import SourceError
from generator.model import Tree
from generator.shell.project import refuse_linked
from generator.shell.states import Sources, digest, is_settled, states
from generator.shell.watch import is_temporary


class Reader:
    """Reads seeds/ and content/ of one project, and remembers every file with the state that it was in."""

    def __init__(self, root: Path) -> None:
        """Read nothing yet."""
        self._root = root
        self._states: dict[str, str] = {}
        """Name on the disk → state, where that tells whether the file has changed."""
        self._tree: dict[str, bytes] = {}
        self._digests: dict[str, str] = {}
        self.changed = 0
        """Files that came, went or changed before the last reading."""
        self.has_emptied = False
        """Whether one of them has become empty: most likely it is just being written."""

    def read(self) -> Tree:
        """Return the files by path, without those that editors keep for a moment; the same object if none changed.

        :raises SourceError: for what cannot be read, or carries a name that it cannot have; for all of it.
        """
        moment = time.time_ns()
        found = states(self._root, ("seeds", "content"))
        refuse_linked(found)
        fresh = {name: state for name, state in found.items() if self._states.get(name) != state}
        if not all(map(str.isascii, fresh)):  # names that another may equal: all are looked at together
            self._states, self._tree, self._digests, fresh = {}, {}, {}, found
        fresh = {name: state for name, state in fresh.items() if not is_temporary(name)}
        gone = [name for name in self._states if name not in found]
        self.changed, self.has_emptied = len(fresh) + len(gone), False
        if fresh or gone or len(found) < len(self._tree):
            self._take(found, Sources(self._root, fresh))
            self._states = {name: state for name, state in self._states.items() if name in found}
        self._states |= {name: state for name, state in fresh.items() if is_settled(state, moment)}
        return self._tree

    def _take(self, found: dict[str, str], fresh: Tree) -> None:
        there = {normalize("NFC", name) if not name.isascii() else name for name in found}
        read = dict(fresh)  # may raise; then nothing has been taken
        changed = {path: data for path, data in read.items() if self._tree.get(path) != data}
        self.has_emptied = not all(changed.values())
        if changed or not self._tree.keys() <= there:
            self._tree = {path: data for path, data in {**self._tree, **changed}.items() if path in there}
            self._digests = {path: known for path, known in self._digests.items() if path in there}
            self._digests |= {path: digest(data) for path, data in changed.items()}

    def name_of(self, writes: Tree) -> str:
        """Return a name for all that was read last with *writes* laid over it: the same for the same bytes."""
        known = {**self._digests, **{path: digest(data) for path, data in writes.items()}}
        return blake2b(repr(sorted(known.items())).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def has_gone(root: Path, error: SourceError) -> bool:
    """Return whether a file that could not be read is not there any more: then it is worth to look again."""
    return not all((root / found.path).exists() for found in error.problems)
