"""Runs of whole numbers in arrays (numpy): what lies one after the other in one array, though it belongs to many."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

Array = Any
"""An array of numpy."""

#: Two numbers of 32 bits are held in one of 64, which have one for the sign; the lower one is this much of it.
LOW, BITS = (1 << 32) - 1, 63


def nth(np: ModuleType, sizes: Array) -> Array:
    """Return 0, 1, 2 … of each of some runs, of these sizes."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def ranges(np: ModuleType, starts: Array, sizes: Array) -> Array:
    """Return the numbers of some ranges, one after the other."""
    ends = np.cumsum(sizes)
    found = np.repeat(starts - ends + sizes, sizes)
    found += np.arange(len(found))
    return found


def upto(np: ModuleType, sizes: Array) -> Array:
    """Return where runs of these sizes begin, one after the other, and where the last one ends."""
    return np.concatenate((np.zeros(1, "i8"), np.cumsum(sizes)))


def counted(np: ModuleType, numbers: Array) -> tuple[Array, Array]:
    """Return the different numbers, none below 0, ascending, and how many there are of each; they are put in order."""
    numbers.sort()
    is_first = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=is_first[1:])
    begins = np.flatnonzero(is_first)
    return numbers.take(begins), np.diff(begins, append=len(numbers))


def slices(count: int, size: int) -> Iterator[slice]:
    """Yield 0 … *count* - 1 in parts of so many."""
    for start in range(0, count, size):
        yield slice(start, min(start + size, count))


def parts(np: ModuleType, upto: Array, size: int) -> Iterator[slice]:
    """Yield some runs in parts, of which each has no more than *size* numbers, or only one run.

    :param upto: where the runs begin, and where the last one ends.
    """
    start = 0
    while start < len(upto) - 1:
        stop = max(start + 1, int(np.searchsorted(upto, upto[start] + size, "right")) - 1)
        yield slice(start, stop)
        start = stop
