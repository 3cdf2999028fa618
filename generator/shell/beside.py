"""A second process beside the build of a few stories: it compares, while the build makes ready what waits for nothing.

It is begun before either has imported what it needs, and given one story after the other. Where there is one processor,
or another system than Linux, the build does everything in turn; so it does when the second process is gone or does not
answer. The bytes are the same.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from generator.errors import SourceError
from generator.shell.child import close_all_but, end
from generator.shell.deadline import Exhausted, limited

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from generator.gathered import Gathered
    from generator.model import Config, Digest, Story
    from generator.shell.project import Project
    from generator.site.card_look import Look
    from generator.site.cards import Card

#: Of more files of stories than these the most are left to the workers of an engine, who compare as well as print.
MOST: Final = 64
_COMPARING: Final = "generator.compare.digest"


Second = Callable[["Config", int, bool], "Beside | None"]
"""Configuration, how many files the stories have that are to be told, whether nothing new is to be compared → the
second process, if it is worth one."""


class NoAnswerError(Exception):
    """The second process does not answer."""


class Beside:
    """The second process, as the build sees it."""

    def __init__(self, process: int, pipe: Connection, seconds: int) -> None:
        """Take note of a process, and of the pipe to and from it."""
        self._process, self._pipe = process, pipe
        self.seconds = seconds
        """How long a story may take."""
        self._waits: Digest | None = None
        """The comparison of which it still sends what the cache keeps."""
        self._asked: tuple[Story, float] | None = None
        """What it has been asked for, and not yet by who waits for the answer."""
        self._kept: bytes | None = None
        """That, as soon as it is here."""
        self._is_drawing = False
        self.draws = False
        """Whether it is ready to draw pictures."""
        self.meanwhile: Iterator[object] = iter(())
        """What there is to do while it compares: a little at each step."""

    def begin(self, story: Story, near_duplicate: float) -> None:
        """Have it begin with what will most likely be asked for first; to be called once, before anything else is."""
        with contextlib.suppress(OSError):
            self._pipe.send(("compare", story, near_duplicate, self.seconds))
            self._asked = story, near_duplicate

    def get_ready_to_draw(self) -> None:
        """Have it import what drawing takes, as soon as it has compared what it has begun with."""
        with contextlib.suppress(OSError):
            self._pipe.send(("get ready to draw",))
            self.draws = True

    def compared(self, story: Story, near_duplicate: float) -> Digest:
        """Return what `generator.compare.digest.digest_of` does.

        :raises Exhausted: if that takes too long.
        :raises NoAnswerError: if there is no answer.
        """
        try:
            self._settle()
            self._waits = self._kept = None
            self._ask(story, near_duplicate)
            while not self._pipe.poll() and next(self.meanwhile, self) is not self:
                pass
            digest: Digest | None = self._pipe.recv()
        except (OSError, EOFError) as error:
            raise NoAnswerError from error
        if digest is None:
            raise Exhausted
        self._waits = digest
        return digest

    def _ask(self, story: Story, near_duplicate: float) -> None:
        asked, self._asked = self._asked, None
        if asked == (story, near_duplicate):
            return
        if asked and self._pipe.recv() is not None:  # of a story that has become another since
            self._pipe.recv_bytes()
        self._pipe.send(("compare", story, near_duplicate, self.seconds))

    def _settle(self) -> None:
        """Receive all that it still sends, before it is asked for anything else."""
        if self._is_drawing:
            self._is_drawing = False
            self._pipe.recv_bytes()
        if self._waits is not None and self._kept is None:
            self._kept = self._pipe.recv_bytes()

    def packed(self, digest: Digest) -> bytes:
        """Return the comparison that was returned last as the cache keeps it.

        :raises NoAnswerError: if it is another, or there is no answer.
        """
        if self._waits is not digest:
            raise NoAnswerError
        try:
            self._settle()
        except (OSError, EOFError) as error:
            raise NoAnswerError from error
        kept, self._waits, self._kept = self._kept or b"", None, None
        return kept

    def draw(self, card: Card, look: Look) -> None:
        """Have a picture drawn while this process does something else."""
        with contextlib.suppress(OSError, EOFError):
            self._settle()
            self._pipe.send(("draw", card, look))
            self._is_drawing = True

    def drawn(self) -> bytes:
        """Return the picture that it was asked for last; nothing where it cannot be drawn, or there is no answer."""
        if self._is_drawing:
            self._is_drawing = False
            with contextlib.suppress(OSError, EOFError):
                return self._pipe.recv_bytes()
        return b""

    def end(self) -> None:
        """End it, whatever it does."""
        self._pipe.close()
        end(self._process)


@contextlib.contextmanager
def beside(hoped: int = 0) -> Iterator[Second]:
    """Have a second process while the block lasts, where it is worth one: let the block ask for it, or do without.

    :param hoped: how many files the stories have that are likely to be told; more than none begins it at once, before
        the configuration is read, which may want none.
    """
    begun = _begun() if _may_be_worth_it(hoped) else None

    def second(config: Config, files: int, is_known: bool) -> Beside | None:
        nonlocal begun
        wanted = not is_known and config.compare_enabled and config.engine == "auto" and config.jobs != 1
        if begun and not wanted:
            begun.end()
            begun = None
        elif wanted and not begun and _may_be_worth_it(files):
            begun = _begun()
        if begun:
            begun.seconds = config.story_seconds
        return begun

    try:
        yield second
    finally:
        if begun:
            begun.end()


def gathered_beside(second: Beside, project: Project, *, keep_going: bool) -> Gathered | None:
    """Return what is read of a project's sources, and have the first story compared while the build is made ready.

    None where something is wrong, which the build will tell.
    """
    from generator.gathered import first_to_compare, gather

    try:
        found = gather(project.sources, project.config, keep_going=keep_going)
        story = None if found.problems or project.hooks.key else first_to_compare(found, project.config, project.hooks)
    except SourceError:
        return None
    if story:
        second.begin(story, project.config.near_duplicate)
        if project.config.cards_enabled:
            second.get_ready_to_draw()
    return found


def _may_be_worth_it(files: int) -> bool:
    return 0 < files <= MOST and _COMPARING not in sys.modules and _can_fork()  # compared by itself, it is as quick


def _can_fork() -> bool:
    """Whether a second processor is there, and nobody in this process whose locks a copy of it would keep for ever."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return False
    with contextlib.suppress(OSError):
        return len(os.listdir("/proc/self/task")) == 1
    return False


def _begun(seconds: int = 0) -> Beside | None:
    from multiprocessing.connection import Pipe

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # not between the fork and what follows it
    try:
        ours, its = Pipe()
        with its:
            process = os.fork()
            if process == 0:
                _work(its)
    except OSError:  # neither files nor processes left
        return None
    else:
        return Beside(process, ours, seconds)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---------------------------------------------------------------------------- in the second process


def _work(pipe: Connection) -> None:
    """Compare and draw whatever is asked for, until nobody asks any more; never return."""
    with contextlib.suppress(BaseException):
        close_all_but(pipe.fileno())
        _answer_all(pipe)
    os._exit(0)


def _answer_all(pipe: Connection) -> None:
    from generator.compare.digest import digest_of
    from generator.shell.aside import aside
    from generator.shell.child import serve_parent
    from generator.shell.comparisons import put_away

    def compared(story: Story, near_duplicate: float, seconds: int) -> None:
        try:
            with limited(seconds), aside(story, seconds) as meanwhile:
                digest = digest_of(story, near_duplicate, meanwhile)
        except Exhausted:
            pipe.send(None)
        else:
            pipe.send(digest)
            pipe.send_bytes(put_away(digest))

    serve_parent()
    while True:
        what, *given = pipe.recv()
        if what == "compare":
            compared(*given)
        elif what == "draw":
            pipe.send_bytes(_drawn(*given))
        else:
            _get_ready_to_draw()


def _get_ready_to_draw() -> None:
    with contextlib.suppress(Exception):  # the library that draws may not be installed
        from generator.site.drawing import get_ready

        get_ready()


def _drawn(card: Card, look: Look) -> bytes:
    """Return a picture, nothing where it cannot be drawn: whoever wants it will try, too, and tell why."""
    try:
        from generator.site.drawing import draw

        return draw(card, look)
    except Exception:
        return b""
