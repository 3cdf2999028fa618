"""A counting layer under the file system: kill a process, or fill its disk, at its n-th operation.

It is an audit hook (PEP 578): the interpreter itself announces every file that is opened, made, renamed, linked or
removed, whoever asks for it, just before it happens. A hook cannot be taken off again, so everything runs in a forked
child.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable

#: What is announced of a change to the disk; `ctypes.dlsym` precedes the exchange of two folders and the flush.
CHANGES = frozenset(
    "os.mkdir os.rename os.link os.symlink os.remove os.rmdir os.truncate os.chmod os.utime ctypes.dlsym".split()
)
#: What a full disk still lets through.
FREES = frozenset({"os.remove", "os.rmdir", "ctypes.dlsym"})
KILLED, DONE, FAILED, MENDED = -signal.SIGKILL, 0, 1, 3


def is_change(event: str, arguments: tuple[object, ...]) -> bool:
    """Return whether an announced operation changes the disk."""
    if event == "open":
        _, mode, flags = arguments
        writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
        return bool(isinstance(mode, str) and set(mode) & set("wax+")) or bool(
            isinstance(flags, int) and flags & writes
        )
    return event in CHANGES


def killed_at(number: int, work: Callable[[], object]) -> int:
    """Run *work* in a child that is killed with SIGKILL just before its *number*-th change to the disk."""
    return _forked(work, _Layer(number, lambda _: os.kill(os.getpid(), signal.SIGKILL)))


def full_from(number: int, work: Callable[[], object]) -> int:
    """Run *work* in a child whose disk is full from its *number*-th change on; removing still works."""

    def fail(event: str) -> None:
        if event not in FREES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return _forked(work, _Layer(number, fail))


def failing_at(number: int, work: Callable[[], object]) -> int:
    """Run *work* in a child whose disk refuses its *number*-th change alone, and grants the same one later."""
    refused = []

    def fail(event: str) -> None:
        if not refused and event not in FREES:
            refused.append(event)
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    return _forked(work, _Layer(number, fail))


def undisturbed(work: Callable[[], object]) -> int:
    """Run *work* in a child whose disk is as good as ever."""
    return _forked(work, _Layer(10**9, lambda _: None))


class _Layer:
    """Counts the changes to the disk, and acts from the *number*-th on."""

    def __init__(self, number: int, act: Callable[[str], None]) -> None:
        self.number, self.act = number, act
        self.count = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take note of an operation that is about to happen."""
        if is_change(event, arguments):
            self.count += 1
            if self.count >= self.number:
                self.act(event)


def _forked(work: Callable[[], object], layer: _Layer) -> int:
    """Return how a child ended: `KILLED`, `DONE`, `FAILED`; `MENDED` where it was disturbed and done all the same."""
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            sys.addaudithook(layer)
            work()
            code = DONE if layer.count < layer.number else MENDED
        except SystemExit as error:
            code = int(error.code or DONE)
        except Exception:
            if os.environ.get("SHOW_FAULTS"):
                traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)
