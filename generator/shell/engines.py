"""Who does the work that can be divided: this process, several beside it, or a cluster. All give the same results."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from generator.errors import OutputError
from generator.model import Config
from generator.shell.child import serve_parent
from generator.shell.patience import patient
from generator.shell.signals import undisturbed, unheard
from generator.site.render import Show, printed
from generator.teller import Each

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

#: Below so many stories more processes cost more than they save; and where stories are not compared.
WORTH_A_POOL, WORTH_A_POOL_ALONE = 16, 400
#: So often are workers replaced that die at the same place.
TRIES = 3
#: Items that a worker is given at once.
_CHUNK, _LARGEST_CHUNK = 4, 32
#: So often, at least, a worker of many items comes back for more: nobody waits long for the last one.
_ROUNDS = 10

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Engine(Protocol):
    """Applies what *make* makes to every item, and yields the results in the items' order.

    *make* is called once wherever work is done, so that what is costly to set up is set up there once.
    """

    def __call__(
        self, make: Callable[[], Callable[[_Item], _Made]], items: Sequence[_Item]
    ) -> Iterable[_Made]:  # pragma: no cover
        """Do the work."""


def each_of(engine: Engine, show: Show = printed) -> Each:
    """Return how to tell every story with an engine; *show* is how their pages become bytes."""
    return lambda desk, shelves: engine(partial(patient, desk, show), shelves)


def here(make: Callable[[], Callable[[_Item], _Made]], items: Sequence[_Item]) -> Iterable[_Made]:
    """Do the work in this process, one item after the other."""
    return map(make(), items) if items else ()


def engine_of(config: Config, start: str | None = None) -> Engine:
    """Return the engine for *config*: over processes, where there are items and processors enough.

    :param start: how processes are started (see `multiprocessing`); the system's usual way if not given.
    """

    def engine(make: Callable[[], Callable[[_Item], _Made]], items: Sequence[_Item]) -> Iterable[_Made]:
        if works_alone(config, len(items)):
            return here(make, items)
        return _in_processes(make, items, _workers(config), start)

    return engine


def works_alone(config: Config, items: int) -> bool:
    """Return whether so many items are not worth other processes."""
    worth = WORTH_A_POOL if config.compare_enabled else WORTH_A_POOL_ALONE
    return _workers(config) < 2 or items < (2 if config.engine == "processes" else worth) or config.engine == "here"


def _workers(config: Config) -> int:
    return config.jobs or os.cpu_count() or 1


# ---------------------------------------------------------------------------- worker processes


_do: list[Callable[[Any], Any]] = []
"""In a worker process: what is done with an item."""


def begin(make: Callable[[], Callable[[Any], Any]]) -> None:
    """Make a process a worker, which does with every item what *make* makes."""
    serve_parent()
    _do[:] = [make()]


def work(item: Any) -> Any:
    """Do a worker's work with an item."""
    return _do[0](item)


def _in_processes(
    make: Callable[[], Callable[[_Item], _Made]], items: Sequence[_Item], workers: int, start: str | None
) -> Iterator[_Made]:
    """Do the work in other processes; where one of them dies (killed, out of memory), others go on where it stood."""
    from concurrent.futures.process import BrokenProcessPool  # an eighth of what starting `ssg` takes

    make()  # raises here what would else break every worker; what it has set up, forked workers share
    done, tries = 0, 0
    while done < len(items):
        before = done
        try:
            for made in _pooled(make, items[done:], workers, start):
                yield made
                done += 1
        except BrokenProcessPool:
            if _stopped:
                raise KeyboardInterrupt from None
            tries = tries + 1 if done == before else 1
            if tries == TRIES:
                said = "worker processes were killed again and again, perhaps for want of memory – try --jobs 1"
                raise OutputError(said) from None


def _pooled(
    make: Callable[[], Callable[[_Item], _Made]], items: Sequence[_Item], workers: int, start: str | None
) -> Iterator[_Made]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context = get_context(start)
    pool = ProcessPoolExecutor(min(workers, len(items)), context, begin, (make,))
    _pools.append(pool)
    size = max(_CHUNK, min(_LARGEST_CHUNK, len(items) // (_ROUNDS * workers)))
    try:
        with (
            undisturbed(),
            unheard(signal.SIGINT) if context.get_start_method() != "fork" else contextlib.nullcontext(),
        ):
            made = pool.map(work, items, chunksize=size)
        yield from made
    except BaseException:  # Ctrl-C above all: nobody waits for what is half told
        end_workers(pool)
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        _pools.remove(pool)


_pools: list[ProcessPoolExecutor] = []
"""Those at work."""


@contextlib.contextmanager
def ending_workers() -> Iterator[None]:
    """End all workers when the block is left in its middle.

    Ctrl-C may come while somebody deals with a result, and the generator that waits for the next one hears nothing of
    it; Python would then wait at its end for workers that go on. It may also come where Python drops what is raised
    (in a callback of the garbage collector, or of an import that has just ended): so the workers are ended at once,
    and who waits for them learns why.
    """
    before = signal.getsignal(signal.SIGINT)
    ours = before is signal.default_int_handler and threading.current_thread() is threading.main_thread()
    if ours:
        signal.signal(signal.SIGINT, _stop)
    try:
        yield
    except BaseException:
        _end_all()
        raise
    finally:
        _stopped.clear()
        if ours:
            signal.signal(signal.SIGINT, before)


_stopped: list[bool] = []
"""Not empty once Ctrl-C was heard, until the block that it ends is left."""


def _stop(number: int, frame: FrameType | None) -> None:
    _stopped.append(True)
    _end_all()
    signal.default_int_handler(number, frame)


def _end_all() -> None:
    for pool in _pools:
        end_workers(pool)


def end_workers(pool: ProcessPoolExecutor) -> None:
    """End a pool's workers in the middle of what they do, those that are left."""
    for worker in list((getattr(pool, "_processes", None) or {}).values()):
        worker.terminate()
