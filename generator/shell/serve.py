"""Build, show, watch; and again: the preview that `ssg serve` keeps fresh.

The site is made in memory and served from there; only content files that seeds call for are written to the disk.
A build is asked for by an event and begun only if the sources say something else than those that are shown, so
neither our own writes nor a chmod go round in circles. Whatever goes wrong is shown in the browser, and lives on.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from generator.errors import OutputError
from generator.shell.http import Board, Server
from generator.shell.watch import Bell, Watch
from generator.shell.workshop import Workshop
from generator.values import dataclass

Say = Callable[[str], None]

#: Seconds without an event after which pages are rendered that nobody has asked for.
QUIET = 0.7


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    host: str = "127.0.0.1"
    port: int = 8000
    """0: any free one."""
    drafts: bool = False
    poll: bool = False
    """Look at the files instead of being told by the system."""
    show: Callable[[str], object] | None = None
    """Called with the address once there is something to see: opens a browser."""
    settings: tuple[str, ...] = ()
    """`KEY=VALUE`: settings that the command line overrides."""


def serve(root: Path, options: Options, say: Say) -> None:
    """Preview the project in *root* until Ctrl-C or SIGTERM.

    :param say: takes every line that a person at the terminal should read.
    :raises OutputError: if the port cannot be had, or the system watches nothing.
    """
    board, bell = Board(), Bell()
    workshop = Workshop(root, options.drafts, board, bell.ring, say, options.settings, bell.is_still, bell.is_more)
    with (
        Server(options.host, options.port, board, bell.until_answered, workshop.broken) as server,
        _until_stopped(bell) as stopped,
        _watching(root, bell, options) as watch,
        server.running(),
        closing(workshop),
        _closing(bell),
    ):
        _greet(watch, options, say)
        bell.ring()
        _work(workshop, bell, watch, lambda: _announce(server, board, options, say), stopped)
    say("stopped")


def _work(
    workshop: Workshop, bell: Bell, watch: Watch, built_first: Callable[[], None], stopped: Sequence[int]
) -> None:
    """Answer every ring of the bell by a build, until there is something in *stopped*."""
    first = True
    while True:
        count = bell.wait()
        if stopped:
            return
        with suppress(OSError):
            watch.arm()
        workshop.refresh(bell.named())
        if stopped:
            return
        bell.answered(count)
        if first:
            built_first()
        first = False
        if bell.is_quiet(QUIET):
            workshop.prove(bell.is_quiet)


def _greet(watch: Watch, options: Options, say: Say) -> None:
    if watch.polls and not options.poll:
        say("the system has no watches left: looking at every file twice a second instead")
    if options.host != "localhost" and not options.host.startswith("127.") and options.host != "::1":
        say(f"warning: on {options.host} everybody who reaches this machine can read the preview, drafts included")


def _announce(server: Server, board: Board, options: Options, say: Say) -> None:
    address = server.url + board.now[0].base.removeprefix("/")
    say(f"serving {address} – Ctrl-C stops")
    if options.show:
        options.show(address)


# ---------------------------------------------------------------------------- beginning and end


@contextmanager
def _until_stopped(bell: Bell) -> Iterator[Sequence[int]]:
    """End the block quietly on Ctrl-C or SIGTERM, and let nothing disturb what is cleared away after it.

    Python drops what is raised in a finaliser, or at the end of an import. So the block is given a list, which holds
    the signal as soon as there was one, and the bell is rung for it.
    """
    names, stopped = (signal.SIGINT, signal.SIGTERM), list[int]()

    def stop(number: int, _: object) -> None:
        for name in names:
            signal.signal(name, signal.SIG_IGN)  # once is enough: a second one would cut the clearing away short
        stopped.append(number)
        bell.ring()
        raise KeyboardInterrupt

    before = [signal.signal(name, stop) for name in names] if _is_main() else []
    try:
        with suppress(KeyboardInterrupt):
            yield stopped
    finally:
        for name, handler in zip(names, before, strict=False):
            signal.signal(name, handler)


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextmanager
def _watching(root: Path, bell: Bell, options: Options) -> Iterator[Watch]:
    try:
        watch = Watch(root, bell.ring, poll=options.poll)
    except OSError as error:
        raise OutputError(f"cannot watch {root} ({error.strerror}) – try --poll") from error
    try:
        yield watch
    finally:
        watch.close()


@contextmanager
def _closing(bell: Bell) -> Iterator[None]:
    try:
        yield
    finally:
        bell.close()
