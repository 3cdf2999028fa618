"""Two files or folders changing places at once, and their bytes on the disk before they do.

On Linux (renameat2(2) with RENAME_EXCHANGE) and macOS (renamex_np(2) with RENAME_SWAP) there is no moment at which
either place is empty. Elsewhere three renamings do it, and `recover` leads back from between them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ctypes

#: Whether a file that another program has open refuses to be renamed for a moment.
IS_WINDOWS = os.name == "nt"
#: How often a refused renaming is tried again, and after how many seconds: virus scanners and indexers let go soon.
TRIES, PAUSE = 40, 0.05

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE and RENAME_SWAP alike
#: What a file system says that cannot exchange: then three renamings do it.
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.ENOTSUP, errno.EPERM})


def exchange(one: Path, other: Path) -> None:
    """Let *one* and *other*, both in the same folder or file system, change places.

    :raises OSError: if they cannot; both are then where they were.
    """
    if exchanged_at_once(one, other):
        return
    aside = aside_of(other)
    move(other, aside)
    try:
        move(one, other)
    except OSError:
        move(aside, other)
        raise
    move(aside, one)


def exchanged_at_once(one: Path, other: Path) -> bool:
    """Let *one* and *other* change places in one step; return False, with nothing done, where the system cannot.

    :raises OSError: if it can in general, and cannot here.
    """
    said = _exchanged(one, other)
    if said and said not in _CANNOT:
        raise OSError(said, os.strerror(said), str(other))
    return said == 0


def aside_of(place: Path) -> Path:
    """Return where *place* is kept while three renamings exchange it."""
    return place.with_name(f".{place.name}.ssg-old")


def recover(place: Path) -> None:
    """Bring back what stood at *place* when a program was killed between its renamings."""
    aside = aside_of(place)
    if aside.exists() and not place.exists():
        move(aside, place)


def move(one: Path, other: Path) -> None:
    """Rename *one* to *other*, which does not exist or is a file; on Windows be patient with those who have it open.

    :raises OSError: if that is not possible.
    """
    for left in range(TRIES if IS_WINDOWS else 1, 0, -1):
        try:
            os.replace(one, other)
        except PermissionError:
            if left == 1:
                raise
            time.sleep(PAUSE)
        else:
            return


def _exchanged(one: Path, other: Path) -> int:
    """Return 0 if the two have changed places in one step, else the system's error number."""
    call = _system_call()
    if call is None:
        return errno.ENOSYS
    from ctypes import get_errno

    return 0 if call(os.fsencode(one), os.fsencode(other)) == 0 else get_errno()


@cache
def _system_call() -> Callable[[bytes, bytes], int] | None:
    import ctypes  # not for a build that finds nothing changed

    library = _library()
    if library is None:
        return None
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        rename = library.renameat2
        rename.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
        return lambda one, other: int(rename(_HERE, one, _HERE, other, _EXCHANGE))
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        swap = library.renamex_np
        swap.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
        return lambda one, other: int(swap(one, other, _EXCHANGE))
    return None


@cache
def _library() -> ctypes.CDLL | None:
    from ctypes import CDLL

    return None if IS_WINDOWS else CDLL(None, use_errno=True)


def flush(folder: Path, files: Iterable[Path]) -> None:
    """Wait until *files* below *folder* are on the disk, so that a power cut after this cannot empty them.

    One call for the whole file system where there is one (syncfs(2)): a thousand times cheaper than one a file.
    """
    library = _library()
    if library is not None and hasattr(library, "syncfs"):
        handle = os.open(folder, os.O_RDONLY)
        try:
            library.syncfs(handle)
        finally:
            os.close(handle)
        return
    for path in files:
        with contextlib.suppress(OSError), open(path, "rb+") as stream:
            os.fsync(stream.fileno())
