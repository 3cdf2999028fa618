"""An end to what takes too long: measured is the time of the processor, so that a busy machine makes no difference."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


class Exhausted(BaseException):
    """The time is over. No `Exception`, so that nobody takes it for a mistake of his own and goes on."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Let the block have so many seconds of this process's time on the processor; 0: any.

    Without effect in other threads than the first, and on systems without such a clock (Windows).

    :raises Exhausted: when they are over.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _over(_number: int, _frame: FrameType | None) -> None:
    raise Exhausted
