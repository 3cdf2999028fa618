"""Stories that the preview has yet to compare: behind the open pages, in other processes, the first one first.

Whoever opens a story's page has it compared at once; the backlog does the others, so that lists and figures of the
whole site become whole. It is put aside as soon as the preview ends.
"""

from __future__ import annotations

import multiprocessing
import operator
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from generator.ingest.shelves import Shelf
from generator.model import Removed
from generator.shell.comparisons import Compared, Comparisons
from generator.shell.engines import TRIES, begin, end_workers, work
from generator.shell.patience import patient
from generator.shell.signals import heard, unheard
from generator.teller import Desk, Told


class Made:
    """All that a story is made from, beside what lies on every story's desk; its hash is reckoned once."""

    __slots__ = ("_hash", "files", "removed", "shelf")

    def __init__(self, shelf: Shelf, files: tuple[bytes, ...], removed: tuple[tuple[Removed, ...], ...]) -> None:
        """Take the bytes of the shelf's files, and what cleaning took out of the seeds of its articles."""
        self.shelf, self.files, self.removed = shelf, files, removed
        self._hash = hash((shelf, files))

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Made)
            and (self.shelf, self.files, self.removed) == (other.shelf, other.files, other.removed)
        )

    def __hash__(self) -> int:
        return self._hash

    def __reduce__(self) -> tuple[object, ...]:
        return Made, (self.shelf, self.files, self.removed)  # another process reckons other hashes

    def is_of(self, shelf: Shelf, files: tuple[bytes, ...], removed: tuple[tuple[Removed, ...], ...]) -> bool:
        """Return whether a story would be made from the same."""
        same = all(map(operator.is_, self.files, files)) and len(files) == len(self.files)
        return same and self.shelf == shelf and self.removed == removed


Work = tuple[Told, Compared | None]
"""A story told, and its comparison if it was not known."""

#: Seconds after which what has been compared is told of, although there is more.
NEWS = 20.0
#: Stories that are given away at once, to every worker.
_AHEAD = 2
#: Seconds between two looks whether something else is to be done.
_BREATH = 0.5
#: How much every other program comes first.
_NICE = 10


@dataclass(slots=True)
class Job:
    """Stories that are told with the same things on the desk."""

    desk: Desk
    """Without sources."""
    key: Desk
    """What their summaries depend on."""
    todo: dict[Made, None]
    compare: Comparisons | None = None
    """Who compares, if earlier builds may have."""
    done: dict[Made, Told] = field(default_factory=dict)


class Backlog:
    """Compares stories one after the other; safe to be used by several threads."""

    def __init__(self, arrived: Callable[[], None], workers: int, keep: Callable[[Compared], None]) -> None:
        """Have nothing to do yet.

        :param arrived: called, from any thread, when there is something to take.
        :param keep: takes every comparison that was not known, from another thread.
        """
        self._arrived, self._workers, self._keep = arrived, max(1, workers), keep
        self._changed = threading.Condition()
        self._jobs: list[Job] = []
        self._thread: threading.Thread | None = None
        self._others: frozenset[object] = frozenset()
        """Processes that were there before ours."""
        self._closed = False
        self.has_news = False
        """Whether something has been compared that nobody has taken."""

    def ask(self, jobs: Iterable[Job]) -> None:
        """Let *jobs* be all that is to be done from now on; what has been done of them stays done."""
        with self._changed:
            self._jobs = [self._joined(job) for job in jobs if job.todo]
            self.has_news = any(job.done for job in self._jobs)
            if self._jobs and not (self._thread or self._closed):
                self._thread = threading.Thread(target=self._work)
                self._thread.start()
            self._changed.notify_all()

    def add(self, key: Desk, made: Made, told: Told) -> None:
        """Take what somebody else has compared."""
        with self._changed:
            asked = [job for job in self._jobs if made in job.todo and job.key == key]
            for job in asked:
                self._note(job, made, told)
        if asked and not any(job.todo for job in asked):
            self._arrived()

    def take(self, key: Desk) -> Mapping[Made, Told]:
        """Return what has been compared with such things on the desk."""
        with self._changed:
            return {made: told for job in self._jobs if job.key == key for made, told in job.done.items()}

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        with self._changed:
            return not any(job.todo for job in self._jobs)

    def close(self) -> None:
        """Put the work aside, without waiting for any story."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread:
            for process in multiprocessing.active_children():
                if process not in self._others:
                    process.terminate()
            self._thread.join()

    def _joined(self, job: Job) -> Job:
        """Return the same job as it was asked for before, if it was, so that its workers go on."""
        known = next((other for other in self._jobs if other.key == job.key and other.desk == job.desk), job)
        known.done = {made: told for made, told in known.done.items() if made in job.todo}
        known.todo = {made: None for made in job.todo if made not in known.done}
        return known

    # ------------------------------------------------------------------------ in the thread

    def _note(self, job: Job, made: Made, told: Told) -> None:
        del job.todo[made]
        job.done[made] = told
        self.has_news = True

    def _work(self) -> None:
        tries = 0
        while job := self._next():
            left = len(job.todo)
            try:
                self._do(job)
            except BrokenProcessPool:  # closed, or no memory left
                tries = tries + 1 if len(job.todo) == left else 1
                if tries == TRIES:
                    return

    def _next(self) -> Job | None:
        """Wait for a job with something to do; None at the end."""
        with self._changed:
            while not self._closed:
                found = next((job for job in self._jobs if job.todo), None)
                if found:
                    return found
                self._changed.wait(1.0)
        return None

    def _do(self, job: Job) -> None:
        """Do a job to its end, or until others are to be done."""
        told_of = time.monotonic()
        running: dict[Future[Work], Made] = {}
        pool = self._pool(job)
        try:
            while wanted := self._wanted(job):
                with unheard(signal.SIGINT, signal.SIGTERM):  # by workers, which the first of these starts
                    running |= {pool.submit(work, made): made for made in wanted if made not in running.values()}
                for future in wait(running, _BREATH, FIRST_COMPLETED).done:
                    self._put(job, running.pop(future), *future.result())
                if self.has_news and time.monotonic() - told_of > NEWS:
                    told_of = time.monotonic()
                    self._arrived()
        finally:
            if self._closed:  # those that nobody knew of yet, too
                end_workers(pool)
            pool.shutdown(cancel_futures=True)
        if self.has_news:
            self._arrived()

    def _pool(self, job: Job) -> ProcessPoolExecutor:
        self._others = frozenset(multiprocessing.active_children())
        # Threads are running: a forked process might inherit a lock that nobody opens any more.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, context, _begin, (partial(_teller, job.desk, job.compare),))

    def _wanted(self, job: Job) -> Sequence[Made]:
        """Return the stories that are to be compared now, those that are being compared among them."""
        with self._changed:
            if self._closed or not any(job is other for other in self._jobs):
                return ()
            return [*islice(job.todo, _AHEAD * self._workers)]

    def _put(self, job: Job, made: Made, told: Told, compared: Compared | None) -> None:
        if compared:
            self._keep(compared)
        with self._changed:
            if made in job.todo:
                self._note(job, made, told)


def _begin(make: Callable[[], Callable[[Made], Work]]) -> None:
    if hasattr(os, "nice"):
        os.nice(_NICE)
    heard(signal.SIGTERM)
    begin(make)


def _teller(desk: Desk, compare: Comparisons | None) -> Callable[[Made], Work]:
    """Return what tells a story from its files alone."""

    def told(made: Made) -> Work:
        shelf = made.shelf
        sources = dict(zip(shelf.paths, made.files, strict=True))
        whose = {path: lines for path, lines in zip(shelf.articles, made.removed, strict=True) if lines}
        found = patient(replace(desk, sources=sources, removed=whose), nothing, compare)(shelf)
        return found, compare.taken() if compare else None

    return told


def nothing(_pages: object, _templates: object) -> dict[str, bytes]:
    """Render no page at all; what is done where a story is told for the rest of the site alone."""
    return {}
