"""The states of all pages of a site as one row of bytes, column by column: a hundred thousand are compared in a moment.

How many there are, their sizes, their times, as numbers of eight bytes; then their paths, one below the other: nothing
of it is made a value of its own before it is compared. What reads otherwise, of an older version or another kind of
machine, is as good as a site that somebody has touched.
"""

from __future__ import annotations

import os
import threading
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path


def columns_of(pages: Mapping[str, str]) -> bytes:
    """Return pages and their states (see `generator.shell.states.state_of`) in columns."""
    states = [state.partition(" ") for state in pages.values()]
    sizes, times = array("q", (int(size) for size, _, _ in states)), array("q", (int(when) for _, _, when in states))
    return _columns(sizes, times, "\n".join(pages).encode())


def all_stand(folder: Path, columns: bytes) -> bool:
    """Return whether every page in a folder is as it was written; *columns* is what `columns_of` gave of them.

    :raises OSError: where one is not there.
    :raises ValueError: if there are no such columns.
    """
    sizes, times, paths = _parts(columns)
    with _nearest(folder) as places:
        for found, size, when in zip(map(os.stat, places(paths)), sizes, times, strict=True):
            if found.st_mtime_ns != when or found.st_size != size:
                return False
    return True


def amended(columns: bytes, pages: Mapping[str, str]) -> bytes:
    """Return the states of all pages, with those of a few as they are now.

    :raises ValueError: if *columns* are none.
    """
    sizes, times, paths = _parts(columns)
    now = {path.encode(): state for path, state in pages.items()}
    for at, path in [(at, path) for at, path in enumerate(paths.split(b"\n")) if path in now]:
        size, _, when = now[path].partition(" ")
        sizes[at], times[at] = int(size), int(when)
    return _columns(sizes, times, paths)


def _columns(sizes: array[int], times: array[int], paths: bytes) -> bytes:
    return b"".join((array("q", [len(sizes)]).tobytes(), sizes.tobytes(), times.tobytes(), paths))


def _parts(columns: bytes) -> tuple[array[int], array[int], bytes]:
    """Return sizes, times and paths.

    :raises ValueError: if *columns* are none.
    """
    (count,) = array("q", columns[:_NUMBER])
    start, middle, end = _NUMBER, _NUMBER * (1 + count), _NUMBER * (1 + 2 * count)
    if not start <= middle <= end <= len(columns) or columns.count(b"\n", end) + 1 != count:
        raise ValueError("no columns")
    return array("q", columns[start:middle]), array("q", columns[middle:end]), columns[end:]


#: Bytes of a number.
_NUMBER = array("q").itemsize


@contextmanager
def _nearest(folder: Path) -> Iterator[Callable[[bytes], list[bytes]]]:
    """Yield what makes places of paths in a folder, so that the system has the least to look up: from where we stand.

    We stand in the folder meanwhile, unless another thread would be led astray.
    """
    if threading.active_count() > 1:
        root = os.fsencode(os.path.abspath(folder))
        yield lambda paths: (root + b"/" + paths).replace(b"\n", b"\n" + root + b"/").split(b"\n")
    else:
        with chdir(folder):
            yield lambda paths: paths.split(b"\n")
