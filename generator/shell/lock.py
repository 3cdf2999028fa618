"""One build of a project at a time."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from generator.errors import OutputError
from generator.shell.swap import IS_WINDOWS

#: The program's own folder in a project.
WORKSHOP = ".ssg"
#: What earlier builds have made, below the project's folder.
FILE = f"{WORKSHOP}/cache.sqlite3"

_BUSY = "another ssg is building this project{who} – wait for it to end"


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep a second build of the same project out while this one runs; the system frees the lock of a killed one.

    A project that cannot be written is locked by its folder itself.

    :raises OutputError: if another is running, or the project's own folder leads elsewhere.
    """
    check_workshop(root)
    with contextlib.closing(_Handle(root)) as handle:
        try:
            _lock(handle.number)
        except BlockingIOError:
            raise OutputError(_BUSY.format(who=handle.said())) from None
        handle.say()
        yield


def check_workshop(root: Path) -> None:
    """Make sure that the program's own folder in *root* is one.

    :raises OutputError: if it is a symbolic link, or a file: what is written there would land elsewhere.
    """
    place = root / WORKSHOP
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise OutputError(f"{WORKSHOP}: is no folder of its own – remove it; ssg keeps its notes there")


class _Handle:
    """The file, or failing that the folder, that the lock lies on."""

    def __init__(self, root: Path) -> None:
        self.is_file = True
        place = root / WORKSHOP / "lock"
        try:
            place.parent.mkdir(exist_ok=True)
            self.number = os.open(place, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        except OSError as error:
            if IS_WINDOWS:
                raise OutputError(f"{WORKSHOP}: cannot be written ({error.strerror})") from error
            self.is_file = False
            self.number = os.open(root, os.O_RDONLY)

    def say(self) -> None:
        """Write down who holds the lock."""
        if self.is_file:
            with contextlib.suppress(OSError):
                os.lseek(self.number, 1, os.SEEK_SET)  # the first byte is the one that Windows locks
                os.truncate(self.number, 1)
                os.write(self.number, str(os.getpid()).encode())

    def said(self) -> str:
        """Return who holds the lock, where that can be read."""
        if not self.is_file:
            return ""
        with contextlib.suppress(OSError, ValueError):
            os.lseek(self.number, 1, os.SEEK_SET)
            return f" (process {int(os.read(self.number, 20))})"
        return ""

    def close(self) -> None:
        """Free the lock."""
        os.close(self.number)


def _lock(number: int) -> None:
    """Lock an open file or folder for this process.

    :raises BlockingIOError: if another process has it.
    """
    if IS_WINDOWS:
        windows = import_module("msvcrt")
        try:
            windows.locking(number, windows.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        return
    import fcntl

    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:  # a network file system without locks: better an unguarded build than none
        return
