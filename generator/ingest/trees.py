"""Trees laid over one another, and trees read at one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from generator.errors import SourceError
from generator.model import Tree


class Overlaid(Mapping[str, bytes]):
    """A tree laid over another; nothing is read before it is asked for."""

    def __init__(self, upper: Tree, lower: Tree) -> None:
        self.upper, self.lower = upper, lower

    def __getitem__(self, path: str) -> bytes:
        return self.upper[path] if path in self.upper else self.lower[path]

    def beginning(self, path: str, size: int) -> bytes:
        """Return a file's first bytes, at least."""
        read = getattr(self.lower, "beginning", None)
        return read(path, size) if read and path not in self.upper else self[path]

    def __iter__(self) -> Iterator[str]:
        return chain(self.upper, (path for path in self.lower if path not in self.upper))

    def __contains__(self, path: object) -> bool:
        return path in self.upper or path in self.lower

    def __len__(self) -> int:
        return len({*self.upper, *self.lower})


class AtOnce(Mapping[str, bytes]):
    """A tree that was read at one go; what could not be read is told to whoever asks for it."""

    def __init__(self, found: Mapping[str, bytes | SourceError]) -> None:
        self.found = found

    def __getitem__(self, path: str) -> bytes:
        data = self.found[path]
        if isinstance(data, SourceError):
            raise data
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def __contains__(self, path: object) -> bool:
        return path in self.found

    def __len__(self) -> int:
        return len(self.found)


def bytes_or_error(sources: Tree, path: str) -> bytes | SourceError:
    """Return a file's bytes, or why it cannot be read, for whoever will read it."""
    try:
        return sources[path]
    except SourceError as error:
        return error
