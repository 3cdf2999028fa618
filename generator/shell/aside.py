"""A part of a story's comparison in a process of its own, forked when all that the part needs is known.

For stories of many tellings, whose comparison takes seconds. Where there is no such process, or it does not answer,
the part is done afterwards; the result is the same.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from generator.compare.digest import Meanwhile, Shared, afterwards
from generator.shell.child import close_all_but, end, serve_parent
from generator.shell.deadline import limited
from generator.shell.signals import undisturbed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from generator.model import Story

#: A story's letters times its tellings, from which the part takes much longer than a process costs.
WORTH_IT: Final = 1_000_000


@contextlib.contextmanager
def aside(story: Story, seconds: int) -> Iterator[Meanwhile]:
    """Have a part of a story's comparison done by another process, if it is worth one, and end that with the block.

    :param seconds: how long it may take.
    """
    begun: list[_Process] = []

    def meanwhile(work: Callable[[], Shared]) -> Callable[[], Shared]:
        process = _forked(work, seconds)
        if not process:
            return work
        begun.append(process)
        return lambda: process.found() or work()

    letters = sum(len(article.body) for article in story.articles)
    try:
        yield meanwhile if letters * len(story.articles) >= WORTH_IT else afterwards
    finally:
        for process in begun:
            process.end()


class _Process:
    """The other process, as this one sees it."""

    def __init__(self, number: int, pipe: Connection) -> None:
        self._number, self._pipe = number, pipe

    def found(self) -> Shared | None:
        """Return what it has worked out; None if there is no answer."""
        try:
            found: Shared = self._pipe.recv()
        except (OSError, EOFError):
            return None
        return found

    def end(self) -> None:
        """End it, whatever it does."""
        self._pipe.close()
        end(self._number)


def _forked(work: Callable[[], Shared], seconds: int) -> _Process | None:
    """Return a process that does some work; None where neither files nor processes are left.

    The only other thread of this one looks from time to time whether the build is still there: it holds no lock.
    """
    from multiprocessing.connection import Pipe

    try:
        with undisturbed():
            ours, its = Pipe(duplex=False)
            with its:
                number = os.fork()
                if number == 0:
                    _answer(work, its, seconds)
    except OSError:
        return None
    return _Process(number, ours)


def _answer(work: Callable[[], Shared], pipe: Connection, seconds: int) -> None:
    """Send what comes of some work; never return."""
    with contextlib.suppress(BaseException):
        close_all_but(pipe.fileno())
        serve_parent()
        with limited(seconds):
            found = work()
        pipe.send(found)
    os._exit(0)
