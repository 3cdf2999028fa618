"""Stories told again: only those that an edit touches, and of each no more than is asked for.

Of every story the preview keeps what lists and feeds are made from; its pages are rendered when somebody opens them,
and those of a few stories stay at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from threading import RLock

from generator.errors import Problem, SourceError
from generator.ingest.catalogues import LOCALE
from generator.ingest.content import read_story
from generator.ingest.shelves import Shelf
from generator.model import Config, Removed
from generator.pipeline import NO_HOOKS, Desk, Each, Told, teller
from generator.shell.engines import each_of, engine_of
from generator.shell.patience import patient
from generator.site.render import Later

#: Stories told in this process, their pages ready to be rendered; more of them are worth several processes.
_FEW = 8
#: Stories whose pages stay at hand.
_OPEN = 16

Made = tuple[Shelf, tuple[bytes, ...], tuple[tuple[Removed, ...], ...]]
"""All that a story is made from, beside what lies on every story's desk."""

Files = Callable[[str], Mapping[str, bytes]]
"""Story's slug → its files."""


class Comparison:
    """The stories of the last build, by what they were made from: an edit to one tells that one again."""

    def __init__(self) -> None:
        self.anew: dict[str, frozenset[str]] = {}
        """Stories that the last build has told anew, and the files that they have now or had before."""
        self._known: list[tuple[Desk, dict[Made, Told]]] = []
        """By what lies on the desk: that of the last build, and that of the stories it has told again."""
        self._told_on: dict[str, tuple[Desk, Made]] = {}
        """Story → what it was told with by the last build."""
        self._open = _Open()

    def of(self, config: Config, ready: Callable[[Desk, frozenset[str]], None]) -> Each:
        """Return how to tell every story under *config*: what `generator.pipeline.build` calls `each`.

        :param ready: called with what lies on the desk, and with the files that stories to be told anew have had, as
            soon as these have been read and nothing is wrong with them.
        """
        # Threads are running: a forked process might inherit a lock that nobody opens any more.
        several = each_of(engine_of(config, "spawn"), nothing)
        self.anew, self._told_on = {}, {}

        def each(desk: Desk, shelves: Sequence[Shelf]) -> Iterable[Told]:
            bare = _bare(desk)
            known = next((known for other, known in self._known if other == bare), {})
            wanted = [_made_from(desk, shelf) for shelf in shelves]
            missing = [made for made in wanted if made not in known or not known[made].days.hold(config.as_of)]
            if desk.is_sound and len(missing) <= _FEW and not any(_problems(desk, made[0]) for made in missing):
                ready(desk, frozenset().union(*self._before(known, {made[0].story for made in missing}).values()))
            told = self._few(desk, missing) if len(missing) <= _FEW else several(desk, [made[0] for made in missing])
            found = dict(zip(missing, told, strict=True))
            # Only what this build needs is kept, so that memory does not grow with every edit.
            kept = {made: found.get(made) or known[made] for made in wanted}
            self._note(desk, wanted, known, found)
            self._known = [(bare, kept), *((other, told) for other, told in self._known if other != bare)][:2]
            return list(kept.values())

        return each

    def _few(self, desk: Desk, missing: Sequence[Made]) -> Iterable[Told]:
        tell = patient(desk, Later)
        for made in missing:
            told = tell(made[0])
            self._open.take(desk, made, told.files)
            yield replace(told, files={})

    def _note(self, desk: Desk, wanted: Sequence[Made], known: Mapping[Made, Told], found: Mapping[Made, Told]) -> None:
        self._told_on.update((made[0].story, (desk, made)) for made in wanted)
        if not found:
            return
        anew = {made[0].story: _paths(told) for made, told in found.items()}
        before = self._before(known, anew)
        self.anew |= {story: paths | before.get(story, frozenset()) for story, paths in anew.items()}

    @staticmethod
    def _before(known: Mapping[Made, Told], stories: Container[str]) -> dict[str, frozenset[str]]:
        return {made[0].story: _paths(told) for made, told in known.items() if made[0].story in stories}

    @property
    def files(self) -> Files:
        """What gives the files of the stories as the last build has told them."""
        return partial(self._open.files, dict(self._told_on))


class _Open:
    """The stories whose pages were asked for last, ready to be rendered; safe to be used by several threads."""

    def __init__(self) -> None:
        self._guard = RLock()
        self._files: dict[str, tuple[Desk, Made, Mapping[str, bytes]]] = {}

    def take(self, desk: Desk, made: Made, files: Mapping[str, bytes]) -> None:
        """Keep a story's files at hand."""
        with self._guard:
            self._files.pop(made[0].story, None)
            self._files[made[0].story] = _frame(desk), made, files
            for story in list(self._files)[:-_OPEN]:
                del self._files[story]

    def files(self, told_on: Mapping[str, tuple[Desk, Made]], story: str) -> Mapping[str, bytes]:
        """Return a story's files; tell it again if they are not at hand, or were made otherwise."""
        desk, made = told_on[story]
        with self._guard:
            found = self._files.get(story)
            if not found or found[:2] != (_frame(desk), made):
                self.take(desk, made, teller(desk, Later)(made[0]).files)
            return self._files[story][2]


def _problems(desk: Desk, shelf: Shelf) -> tuple[Problem, ...]:
    try:
        return read_story(desk.sources, shelf, desk.config).problems
    except SourceError as error:
        return error.problems


def nothing(_pages: object, _templates: object) -> dict[str, bytes]:
    """Render no page at all; what a worker does that is to tell many stories."""
    return {}


def _paths(told: Told) -> frozenset[str]:
    return frozenset(path for path, _ in told.summary.pages) if told.summary else frozenset()


def _frame(desk: Desk) -> Desk:
    """Return what lies on the desk for every story."""
    return replace(desk, sources={}, removed={}, is_sound=True)


def _bare(desk: Desk) -> Desk:
    """Return what a story's summary depends on, beside its files: of a theme only its catalogues.

    A project's own hooks may look at everything.
    """
    desk = replace(desk, config=replace(desk.config, as_of="", future=False), is_sound=True)
    if desk.hooks != NO_HOOKS:
        return replace(desk, sources={}, removed={})
    catalogues = {path: data for path, data in desk.theme.items() if path.startswith(LOCALE)}
    return replace(desk, sources={}, removed={}, theme=catalogues, navigation=())


def _made_from(desk: Desk, shelf: Shelf) -> Made:
    return (
        shelf,
        tuple(desk.sources[path] for path in shelf.paths),
        tuple(desk.removed.get(path, ()) for path in shelf.articles),
    )
