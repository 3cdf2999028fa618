"""Signals that wait: for the few moments in which a build must not be ended halfway."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def undisturbed(*numbers: int) -> Iterator[None]:
    """Have signals wait for the end of the block: Ctrl-C (SIGINT) if none are named.

    To block them for this thread alone would not do: the system gives them to another one, that draws a progress bar
    say, and Python then raises KeyboardInterrupt here all the same.
    """
    if threading.current_thread() is not threading.main_thread():  # Python calls handlers in the main thread alone
        yield
        return
    heard: list[int] = []
    before = {number: signal.getsignal(number) for number in numbers or (signal.SIGINT,)}
    ours = {number: old for number, old in before.items() if callable(old) or old == signal.SIG_DFL}
    for number in ours:
        signal.signal(number, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        for number, old in ours.items():
            signal.signal(number, old)
        for number in dict.fromkeys(heard):
            signal.raise_signal(number)
