"""How far a build is, while it runs: a bar a stage on a terminal, plain lines elsewhere; and how long it took."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.ingest.shelves import Shelf
    from generator.shell.call import Call
    from generator.teller import Desk, Each, Told

#: Below so many stories a bar would be gone before anybody has read it.
_WORTH_A_BAR = 16
#: Seconds between two lines where there is no terminal, in a CI's log say.
_BETWEEN_LINES = 10.0


class Stages:
    """One build's stages, one after the other."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._name = ""
        self._start = self._begun = time.monotonic()
        self._processor = time.process_time()
        self._bar: Any = None
        self.times: dict[str, float] = {}
        """Stage → seconds on the clock, in their order."""
        self._drafts: dict[str, int] = {}

    def begin(self, name: str) -> None:
        """End the stage that runs, and begin another."""
        self.end()
        self._name, self._begun = name, time.monotonic()
        if self._bar:
            self._bar.update(self._task, description=name.capitalize(), total=None, completed=0, counts="")

    def end(self) -> None:
        """End the stage that runs."""
        if self._name:
            took = time.monotonic() - self._begun
            self.times[self._name] = self.times.get(self._name, 0.0) + took
            self._call.detail(f"{self._name}: {took:.2f} s")
            self._name = ""

    def telling(self, each: Each) -> Each:
        """Return *each* with its progress shown; the site's other pages are the stage that follows it."""

        def shown(desk: Desk, shelves: Sequence[Shelf]) -> Iterator[Told]:
            self.begin("telling stories")
            yield from self._counted(each(desk, shelves), len(shelves))
            self.begin("lists, feeds and data")

        return shown

    def _counted(self, told: Iterable[Told], total: int) -> Iterator[Told]:
        last = time.monotonic()
        if self._bar:
            self._bar.update(self._task, total=total, completed=0, counts=f"0 of {total:,}")
        for number, one in enumerate(told, 1):
            yield one
            shown = len(one.summary.articles) if one.summary else 0
            self._drafts[one.shelf.story] = max(len(one.claims) - shown - len(one.days.later), 0)
            if self._bar:
                self._bar.update(self._task, total=total, completed=number, counts=f"{number:,} of {total:,}")
            elif total >= _WORTH_A_BAR and time.monotonic() - last >= _BETWEEN_LINES:
                last = time.monotonic()
                self._call.say(f"told {number:,} of {total:,} stories")

    @property
    def drafts(self) -> int:
        """How many articles were left out of the stories."""
        return sum(self._drafts.values())

    def lines(self) -> Iterator[str]:
        """Yield the table that `--timings` prints."""
        total = time.monotonic() - self._start
        for name, seconds in self.times.items():
            yield f"{name:24} {seconds:8.2f} s {seconds / max(total, 0.001):6.0%}"
        yield f"{'in all':24} {total:8.2f} s        ({time.process_time() - self._processor:.2f} s of this process)"

    @contextmanager
    def shown(self) -> Iterator[Stages]:
        """Show a bar while it lasts, if anybody looks at a terminal and has not asked for quiet."""
        if self._call.loudness < 0 or not _is_watched():
            yield self
            self.end()
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description:24}"),
            BarColumn(),
            TextColumn("{task.fields[counts]}"),
        )
        with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
            self._bar, self._task = bar, bar.add_task("", total=None, counts="")
            try:
                yield self
            finally:
                self.end()
                self._bar = None


def _is_watched() -> bool:
    """Return whether somebody looks at a terminal: a CI may give its jobs one, and keeps a log of it all the same."""
    return sys.stderr.isatty() and os.environ.get("CI", "").lower() in ("", "0", "false")
