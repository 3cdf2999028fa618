"""Stories told again: only those that an edit touches, and of each no more than is asked for.

Of every story the preview keeps what lists and feeds are made from; its pages are rendered when somebody opens them,
and those of a few stories stay at hand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import RLock

from generator.errors import SourceError
from generator.hooks import NO_HOOKS
from generator.ingest.catalogues import LOCALE
from generator.ingest.shelves import Shelf
from generator.model import Config
from generator.shell.backlog import Backlog, Job, Made, nothing
from generator.shell.comparisons import Compared, Comparisons
from generator.shell.earlier import comparisons, keep, keep_compared, recalled
from generator.shell.engines import each_of, engine_of
from generator.shell.patience import patient
from generator.site.plain import Navigation
from generator.site.render import Later
from generator.teller import Desk, Each, Told, problems_of_story, teller

#: Stories told in this process, their pages ready to be rendered; of more of them lists have the titles first.
_FEW = 8
#: Stories whose pages stay at hand.
_OPEN = 16

Files = Callable[[str], Mapping[str, bytes]]
"""Story's slug → its files."""


class Comparison:
    """The stories of the last build, by what they were made from: an edit to one tells that one again.

    Where many are to be told at once, they are told briefly, that is without comparing them: lists have their titles,
    and whoever opens one has it compared. A `Backlog` does the others.
    """

    def __init__(self, root: Path | None = None, arrived: Callable[[], None] = lambda: None) -> None:
        """Know nothing yet.

        :param root: of the project in whose cache stories are looked for, and kept (`keep`).
        :param arrived: called, from any thread, when something has been compared that was told briefly.
        """
        self._root = root
        self.anew: dict[str, frozenset[str]] = {}
        """Stories that the last build has told anew, and the files that they have now or had before."""
        self.compared = 0
        """How many stories have been compared for the last build, and were not known before."""
        self.brief: frozenset[str] = frozenset()
        """Stories that the last build has told briefly."""
        self.generation = 1
        """How often what was told briefly has been taken as it was compared."""
        self._takes = False
        self._known: list[_Known] = []
        """By what lies on the desk: that of the last build, and that of the stories it has told again."""
        self._told_on: dict[str, tuple[Desk, Made]] = {}
        """Story → what it was told with by the last build."""
        self._made: dict[str, Made] = {}
        """Story → what it was made from by the build before."""
        self._compared: list[Compared] = []
        """Comparisons that are still to be written down."""
        self._backlog = Backlog(arrived, (os.cpu_count() or 2) - 1, self._compared.append)
        self._open = _Open(self._opened)

    def of(self, config: Config, ready: Callable[[Desk, frozenset[str]], None], *, news: bool = False) -> Each:
        """Return how to tell every story under *config*: what `generator.pipeline.build` calls `each`.

        :param news: whether to take what has been compared since; an edit is not to wait for that.
        :param ready: called with what lies on the desk, and with the files that stories to be told anew have had, as
            soon as these have been read and nothing is wrong with them.
        """
        # Threads are running: a forked process might inherit a lock that nobody opens any more.
        several = each_of(engine_of(config, "spawn"), nothing)
        self._takes = news
        self.generation += news
        self._made = {story: made for story, (_, made) in self._told_on.items()} or self._made
        self.anew, self._told_on, self.brief, self.compared = {}, {}, frozenset(), 0

        def each(desk: Desk, shelves: Sequence[Shelf]) -> Iterable[Told]:
            before = self._before(_bare(desk))
            wanted = [self._made_from(desk, shelf) for shelf in shelves]
            told, kept = self._recalled(desk, before, wanted)
            missing = _missing(wanted, told, desk)
            fresh = _missing(missing, before.brief, desk)
            are_few = len(fresh) <= _FEW
            urgent = (
                fresh if are_few or not desk.config.compare_enabled else [made for made in fresh if made.shelf.asked]
            )
            waiting = set(missing).difference(urgent)
            self.brief = self.brief.difference(made.shelf.story for made in wanted) | {
                made.shelf.story for made in waiting
            }
            if are_few and desk.is_sound and not any(problems_of_story(desk, made.shelf) for made in urgent):
                ready(desk, frozenset().union(*_files_of(before, {made.shelf.story for made in urgent}).values()))
            found = self._few(desk, urgent) if len(urgent) <= _FEW else several(desk, [made.shelf for made in urgent])
            told |= zip(urgent, found, strict=True)
            brief = _briefly(desk, before, [made for made in wanted if made in waiting])
            self._keep(desk, wanted, before, _Known(before.key, _frame(desk), told, brief, kept))
            return [brief.get(made) or told[made] for made in wanted]

        return each

    def _made_from(self, desk: Desk, shelf: Shelf) -> Made:
        parts = (
            shelf,
            tuple(desk.sources[path] for path in shelf.paths),
            tuple(desk.removed.get(path, ()) for path in shelf.articles),
        )
        known = self._made.get(shelf.story)
        return known if known and known.is_of(*parts) else Made(*parts)

    def _before(self, key: Desk) -> _Known:
        return next((known for known in self._known if known.key == key), _Known(key))

    def _recalled(self, desk: Desk, before: _Known, wanted: Sequence[Made]) -> tuple[dict[Made, Told], frozenset[Made]]:
        """Return what has been compared: lately, or in earlier builds; and what of it has been written down."""
        told = {**before.told, **(self._backlog.take(before.key) if self._takes else {})}
        fresh = _missing(_missing(wanted, told, desk), before.brief, desk)
        if not self._root or len(fresh) <= _FEW:
            return told, before.kept
        earlier = recalled(self._root, desk, before.key, fresh)
        return told | earlier, before.kept | earlier.keys()

    def _keep(self, desk: Desk, wanted: Sequence[Made], before: _Known, now: _Known) -> None:
        """Take note of what has been told; only what this build needs, so that memory does not grow with every edit."""
        now.told = {made: now.told[made] for made in wanted if made not in now.brief}
        now.kept &= now.told.keys()
        self.compared += len(now.told.keys() - before.told.keys() - now.kept)
        self._note(desk, wanted, before, now)
        self._known = [now, *(known for known in self._known if known.key != now.key)][:2]
        self._backlog.ask(
            Job(known.desk, known.key, known.todo, comparisons(self._root)) for known in self._known if known.desk
        )

    def _few(self, desk: Desk, missing: Sequence[Made]) -> Iterable[Told]:
        compare = comparisons(self._root)
        tell = patient(desk, Later, compare)
        for made in missing:
            told = tell(made.shelf)
            self._open.take(desk, made, told.files)
            self._compared += _made_by(compare)
            yield replace(told, files={})

    def _note(self, desk: Desk, wanted: Sequence[Made], before: _Known, now: _Known) -> None:
        self._told_on.update((made.shelf.story, (desk, made)) for made in wanted)
        was = {**before.brief, **before.told}
        each = (*now.brief.items(), *now.told.items())
        anew = {made.shelf.story: _paths(told) for made, told in each if was.get(made) is not told}
        if not anew:
            return
        were = _files_of(before, anew)
        self.anew |= {story: paths | were.get(story, frozenset()) for story, paths in anew.items()}

    @property
    def has_news(self) -> bool:
        """Whether stories that were told briefly have been compared since."""
        return self._backlog.has_news

    @property
    def is_done(self) -> bool:
        """Whether all of them have."""
        return self._backlog.has_news and self._backlog.is_done

    def _opened(self, desk: Desk, made: Made) -> Mapping[str, bytes]:
        """Tell a story that somebody has opened; return its files.

        :raises SourceError: if it cannot be told, which shows only now if it was told briefly before.
        """
        compare = comparisons(self._root)
        told = teller(desk, Later, compare)(made.shelf)
        if told.problems or told.misfits:
            raise SourceError(told.problems or told.misfits)
        self._compared += _made_by(compare)
        self._backlog.add(_bare(desk), made, replace(told, files={}))
        return told.files

    def keep(self) -> None:
        """Write down what has been compared, for the next preview."""
        compared = [self._compared.pop(0) for _ in range(len(self._compared))]
        if self._root and compared:
            keep_compared(self._root, compared)
        for known in self._known:
            fresh = {made: told for made, told in known.told.items() if made not in known.kept}
            if self._root and fresh:
                keep(self._root, known.key, fresh)
            known.kept = frozenset(known.told)

    def close(self) -> None:
        """Put aside what is still to be compared, and keep what has been."""
        self._backlog.close()
        for known in self._known:
            known.told |= self._backlog.take(known.key)
        self.keep()

    @property
    def files(self) -> Files:
        """What gives the files of the stories as the last build has told them."""
        return partial(self._open.files, dict(self._told_on))


@dataclass(slots=True)
class _Known:
    """Stories that were told with the same things on the desk."""

    key: Desk
    desk: Desk | None = None
    told: dict[Made, Told] = field(default_factory=dict)
    brief: dict[Made, Told] = field(default_factory=dict)
    """Those that are still to be compared."""
    kept: frozenset[Made] = frozenset()
    """Those that have been written down."""

    @property
    def todo(self) -> dict[Made, None]:
        """What is to be compared, the newest story first, as lists begin with it."""
        by_day = sorted(self.brief, key=lambda made: _day(self.brief[made]), reverse=True)
        return dict.fromkeys(made for made in by_day if self.brief[made].summary)


def _day(told: Told) -> str:
    return told.summary.date if told.summary else ""


def _made_by(compare: Comparisons | None) -> tuple[Compared, ...]:
    """Return the last comparison, if it was not known."""
    made = compare.taken() if compare else None
    return (made,) if made else ()


def _missing(wanted: Iterable[Made], told: Mapping[Made, Told], desk: Desk) -> list[Made]:
    return [made for made in wanted if made not in told or not told[made].days.hold(desk.config.as_of)]


def _briefly(desk: Desk, before: _Known, waiting: Sequence[Made]) -> dict[Made, Told]:
    """Tell stories without comparing them; a project's hooks wait until they are compared."""
    fresh = set(_missing(waiting, before.brief, desk))
    if not waiting:
        return {}
    tell = teller(replace(desk, hooks=NO_HOOKS), nothing, briefly=True)
    return {made: tell(made.shelf) if made in fresh else before.brief[made] for made in waiting}


def _stories(made: Iterable[Made]) -> frozenset[str]:
    return frozenset(one.shelf.story for one in made)


def _files_of(known: _Known, stories: Container[str]) -> dict[str, frozenset[str]]:
    each = (*known.brief.items(), *known.told.items())
    return {made.shelf.story: _paths(told) for made, told in each if made.shelf.story in stories}


class _Open:
    """The stories whose pages were asked for last, ready to be rendered; safe to be used by several threads."""

    def __init__(self, tell: Callable[[Desk, Made], Mapping[str, bytes]]) -> None:
        """Have nothing at hand; *tell* gives a story's files."""
        self._tell = tell
        self._guard = RLock()
        self._files: dict[str, tuple[Desk, Made, Mapping[str, bytes]]] = {}

    def take(self, desk: Desk, made: Made, files: Mapping[str, bytes]) -> None:
        """Keep a story's files at hand."""
        with self._guard:
            self._files.pop(made.shelf.story, None)
            self._files[made.shelf.story] = _frame(desk), made, files
            for story in list(self._files)[:-_OPEN]:
                del self._files[story]

    def files(self, told_on: Mapping[str, tuple[Desk, Made]], story: str) -> Mapping[str, bytes]:
        """Return a story's files; tell it again if they are not at hand, or were made otherwise."""
        desk, made = told_on[story]
        with self._guard:
            found = self._files.get(story)
            if not found or found[:2] != (_frame(desk), made):
                self.take(desk, made, self._tell(desk, made))
            return self._files[story][2]


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
    return replace(desk, sources={}, removed={}, theme=catalogues, navigation=Navigation())
