"""How long one story may take: beyond that the build stops with its name, and never prints anything else instead.

What is measured is the time of the processor, so that a busy machine, or one that slept, makes no difference. The
limits that a text itself must keep (`generator.ingest.limits`) are counts, the same everywhere; this one is for what
they cannot foresee, a theme or a hook that never ends.
"""

from __future__ import annotations

from generator.errors import Problem
from generator.ingest.shelves import Shelf
from generator.shell.deadline import Exhausted, limited
from generator.site.hands import Compare
from generator.site.render import Show, printed
from generator.teller import Desk, Tell, Told, teller


def patient(desk: Desk, show: Show = printed, compare: Compare | None = None) -> Tell:
    """Return what `generator.teller.teller` does, with an end: a story that takes too long is a problem."""
    tell, seconds = teller(desk, show, compare), desk.config.story_seconds

    def told(shelf: Shelf) -> Told:
        try:
            with limited(seconds):
                return tell(shelf)
        except Exhausted:
            return Told(shelf, problems=(_problem(shelf, seconds),))

    return told


def _problem(shelf: Shelf, seconds: int) -> Problem:
    said = (
        f"telling this story took more than {seconds:,} s of the processor, and was given up – split it, leave tellings"
        " out, look at your theme and hooks, or raise build.story_seconds"
    )
    return Problem(shelf.about or f"content/stories/{shelf.story}", 0, 0, said)
