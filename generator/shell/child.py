"""What a process does that works for another: it leaves Ctrl-C to it, and ends with it."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time

#: Seconds between two looks whether the parent is still there.
WATCH = 0.5


def serve_parent() -> None:
    """Make this process one that works for its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one ends the others
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this process when *parent* is gone: a killed build leaves nobody behind who writes, or holds its lock."""
    while os.getppid() == parent:
        time.sleep(WATCH)
    os._exit(1)


def close_all_but(pipe: int) -> None:
    """Leave the files of the build alone, above all the one that its lock lies on, and its terminal."""
    os.closerange(0, pipe)
    os.closerange(pipe + 1, os.sysconf("SC_OPEN_MAX"))
    for number in range(3):
        if number != pipe:
            os.open(os.devnull, os.O_RDWR)


def end(process: int) -> None:
    """End a process of this one's, whatever it does."""
    with contextlib.suppress(OSError):
        os.kill(process, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(process, 0)
