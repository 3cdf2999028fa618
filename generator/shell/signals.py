"""Signals that wait: for the few moments in which a build must not be ended halfway; and that others do not hear."""

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


@contextlib.contextmanager
def unheard(*numbers: int) -> Iterator[None]:
    """Let signals be heard by no thread that is made in this block, nor by the processes that are started in it.

    A terminal sends Ctrl-C to all processes, and one that is just beginning would end with a traceback; and who starts
    it the way that `multiprocessing` calls *spawn*, would wait for ever for it to take what it is to begin with.

    Python's own helper, which it starts before the first process, lets the thread that starts it hear again: so it is
    started before.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def heard(*numbers: int) -> None:
    """Hear signals again that this process was started to be deaf to."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, numbers)
