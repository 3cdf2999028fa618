"""The states of all pages of a site as one text, column by column: a hundred thousand are compared in a moment.

Paths stand one below the other, then sizes and times as numbers of eight bytes, in base64: nothing of it is made a
value of its own before it is compared. What reads otherwise, of an older version or another kind of machine, is as
good as a site that somebody has touched.
"""

from __future__ import annotations

import os
from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Mapping
from pathlib import Path


def columns_of(pages: Mapping[str, str]) -> str:
    """Return pages and their states (see `generator.shell.states.state_of`) as one text."""
    states = [state.partition(" ") for state in pages.values()]
    return _text("\n".join(pages), (int(size) for size, _, _ in states), (int(when) for _, _, when in states))


def all_stand(folder: Path, columns: str) -> bool:
    """Return whether every page in a folder is as it was written; *columns* is what `columns_of` gave of them.

    :raises OSError: where one is not there.
    :raises ValueError: if it is no such text.
    """
    paths, sizes, times = _parts(columns)
    root = _shortest(folder)
    places = f"{root}/{paths}".replace("\n", f"\n{root}/").split("\n")
    for found, size, when in zip(map(os.stat, places), sizes, times, strict=True):
        if found.st_size != size or found.st_mtime_ns != when:
            return False
    return True


def amended(columns: str, pages: Mapping[str, str]) -> str:
    """Return the states of all pages, with those of a few as they are now.

    :raises ValueError: if *columns* are none.
    """
    paths, sizes, times = _parts(columns)
    for at, path in enumerate(paths.split("\n")):
        if path in pages:
            size, _, when = pages[path].partition(" ")
            sizes[at], times[at] = int(size), int(when)
    return _text(paths, sizes, times)


def has(columns: str, page: str) -> bool:
    """Return whether a page is among them."""
    return f"\n{page}\n" in f"\n{columns.partition(_BETWEEN)[0]}\n"


#: Between columns: in no name of a file.
_BETWEEN = "\0"


def _text(paths: str, *columns: Iterable[int]) -> str:
    return _BETWEEN.join((paths, *(b2a_base64(array("q", column), newline=False).decode() for column in columns)))


def _parts(columns: str) -> tuple[str, array[int], array[int]]:
    paths, *numbers = columns.split(_BETWEEN)
    sizes, times = (array("q", a2b_base64(column)) for column in numbers)
    return paths, sizes, times


def _shortest(folder: Path) -> str:
    """Return how a folder is named so that the system has least to look up: from here, or from the root."""
    return os.path.abspath(folder).removeprefix(f"{os.getcwd()}{os.sep}")
