"""Who tells the stories: this process, or several beside it. Every engine gives the same bytes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from generator.ingest.content import Shelf
from generator.model import Config
from generator.pipeline import Desk, Each, Tell, Told, in_turn, teller

#: Below so many stories more processes cost more than they save.
WORTH_A_POOL = 16
#: Stories that a worker is given at once.
_CHUNK = 4


def engine_of(config: Config, start: str | None = None) -> Each:
    """Return how to tell the stories under *config*: over processes, where there are stories and processors enough.

    :param start: how processes are started (see `multiprocessing`); the system's usual way if not given.
    """
    workers = config.jobs or os.cpu_count() or 1

    def each(desk: Desk, shelves: Sequence[Shelf]) -> Iterable[Told]:
        if workers < 2 or len(shelves) < WORTH_A_POOL:
            return in_turn(desk, shelves)
        return _in_processes(desk, shelves, workers, start)

    return each


_tell: list[Tell] = []
"""In a worker process: what tells a story."""


def _begin(desk: Desk) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the first one ends the others
    _tell[:] = [teller(desk)]


def _work(shelf: Shelf) -> Told:
    return _tell[0](shelf)


def _in_processes(desk: Desk, shelves: Sequence[Shelf], workers: int, start: str | None) -> Iterator[Told]:
    teller(desk)  # raises here what would else break every worker
    pool = ProcessPoolExecutor(min(workers, len(shelves)), get_context(start), _begin, (desk,))
    try:
        yield from pool.map(_work, shelves, chunksize=_CHUNK)
    finally:
        pool.shutdown(cancel_futures=True)
