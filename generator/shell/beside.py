"""A second process beside the build of a few stories: it compares, while the build makes ready what waits for nothing.

It is begun before either has imported what it needs, and given one story after the other. Where there is one processor,
or another system than Linux, the build does everything in turn; so it does when the second process is gone or does not
answer. The bytes are the same.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from generator.shell.deadline import Exhausted, limited

if TYPE_CHECKING:
    from generator.model import Config, Digest, Story

#: Of more files of stories than these the most are left to the workers of an engine, who compare as well as print.
MOST: Final = 64
_COMPARING: Final = "generator.compare.digest"
#: Bytes of a message's length.
_HEAD: Final = 8


class NoAnswerError(Exception):
    """The second process does not answer."""


class Beside:
    """The second process, as the build sees it."""

    def __init__(self, process: int, ask: int, answer: int, seconds: int) -> None:
        """Take note of a process, and of the two pipes to and from it; *seconds* a story may take."""
        self._process, self._ask, self._answer, self._seconds = process, ask, answer, seconds
        self._waits: Digest | None = None
        """The comparison of which it still sends what the cache keeps."""
        self.meanwhile: Iterator[object] = iter(())
        """What there is to do while it compares: a little at each step."""

    def compared(self, story: Story, near_duplicate: float) -> Digest:
        """Return what `generator.compare.digest.digest_of` does.

        :raises Exhausted: if that takes too long.
        :raises NoAnswerError: if there is no answer.
        """
        if self._waits is not None:
            self.packed(self._waits)
        try:
            _send(self._ask, pickle.dumps((story, near_duplicate, self._seconds)))
            while not select.select([self._answer], [], [], 0)[0] and next(self.meanwhile, self) is not self:
                pass
            digest = pickle.loads(_received(self._answer))  # noqa: S301 - from the process that we have begun
        except (OSError, EOFError, ValueError, pickle.PickleError) as error:
            raise NoAnswerError from error
        if digest is None:
            raise Exhausted
        self._waits = digest
        return digest  # type: ignore[no-any-return]

    def packed(self, digest: Digest) -> bytes:
        """Return the comparison that was returned last as the cache keeps it.

        :raises NoAnswerError: if it is another, or there is no answer.
        """
        if self._waits is not digest:
            raise NoAnswerError
        self._waits = None
        try:
            return _received(self._answer)
        except (OSError, EOFError) as error:
            raise NoAnswerError from error

    def end(self) -> None:
        """End it, whatever it does."""
        for pipe in (self._ask, self._answer):
            os.close(pipe)
        with contextlib.suppress(OSError):
            os.kill(self._process, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(self._process, 0)


@contextlib.contextmanager
def beside(config: Config, files: int, *, is_known: bool) -> Iterator[Beside | None]:
    """Have a second process while the block lasts, where it is worth one.

    :param files: how many the stories have that are to be told.
    :param is_known: whether nothing new is to be compared.
    """
    second = None if is_known or not _is_worth_it(config, files) else _begun(config.story_seconds)
    try:
        yield second
    finally:
        if second:
            second.end()


def _is_worth_it(config: Config, files: int) -> bool:
    return (
        config.compare_enabled
        and config.engine == "auto"
        and config.jobs != 1
        and 0 < files <= MOST
        and _COMPARING not in sys.modules  # else there is little to be won
        and _can_fork()
    )


def _can_fork() -> bool:
    """Whether a second processor is there, and nobody in this process whose locks a copy of it would keep for ever."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return False
    with contextlib.suppress(OSError):
        return len(os.listdir("/proc/self/task")) == 1
    return False


def _begun(seconds: int) -> Beside | None:
    pipes: list[int] = []
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # not between the fork and what follows it
    try:
        pipes += os.pipe()
        pipes += os.pipe()
        process = os.fork()
        asked, ask, answer, told = pipes
        if process == 0:
            _work(asked, told)
    except OSError:  # neither files nor processes left
        for pipe in pipes:
            os.close(pipe)
        return None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(asked)
    os.close(told)
    return Beside(process, ask, answer, seconds)


# ---------------------------------------------------------------------------- in the second process


def _work(asked: int, told: int) -> None:
    """Compare whatever is asked for, until nobody asks any more; never return."""
    with contextlib.suppress(BaseException):
        _close_all_but(asked, told)
        _answer_all(asked, told)
    os._exit(0)


def _close_all_but(*pipes: int) -> None:
    """Leave the files of the build alone, above all the one that its lock lies on, and its terminal."""
    first = 0
    for pipe in (*sorted(pipes), os.sysconf("SC_OPEN_MAX")):
        os.closerange(first, pipe)
        first = pipe + 1
    for number in range(3):
        if number not in pipes:
            os.open(os.devnull, os.O_RDWR)


def _answer_all(asked: int, told: int) -> None:
    from generator.compare.digest import digest_of
    from generator.shell.cache import packed
    from generator.shell.child import serve_parent
    from generator.shell.records import frozen

    serve_parent()
    while True:
        story, near_duplicate, seconds = pickle.loads(_received(asked))  # noqa: S301 - from the build that began us
        try:
            with limited(seconds):
                digest = digest_of(story, near_duplicate)
        except Exhausted:
            _send(told, pickle.dumps(None))
            continue
        _send(told, pickle.dumps(digest))
        _send(told, packed(frozen(digest)))


# ---------------------------------------------------------------------------- messages


def _send(pipe: int, message: bytes) -> None:
    rest = memoryview(len(message).to_bytes(_HEAD, "big") + message)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _received(pipe: int) -> bytes:
    """Return a message.

    :raises EOFError: if there is none, or only a part of one.
    """
    return _read(pipe, int.from_bytes(_read(pipe, _HEAD), "big"))


def _read(pipe: int, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = os.read(pipe, size - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
