"""What lists know of all stories at once, so that after an edit of one no more stories are read than a list shows.

Which there are and in which order, and what the tellings of each outlet add up to: in blocks of stories, of which an
edit changes one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeVar, cast, overload

from generator.site import lists
from generator.site.outlets import Tally, together
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.site.summary import Summary

#: Stories of a block.
BLOCK: Final = 50

_Place = TypeVar("_Place")
_Item = TypeVar("_Item", covariant=True)


@dataclass(frozen=True, slots=True)
class Line:
    """A story, as far as it decides on which pages it stands."""

    slug: str
    date: str
    tags: tuple[str, ...]
    outlets: tuple[str, ...]
    """The outlet's page of each telling."""


@dataclass(frozen=True, slots=True)
class Outline:
    """All stories."""

    lines: tuple[Line, ...]
    """The newest first."""
    sums: tuple[tuple[tuple[str, Tally], ...], ...]
    """Outlet's page → what its tellings add up to, for each block of stories."""
    named: tuple[str, ...]
    """Every outlet as articles name it."""

    @property
    def tallies(self) -> lists.Tallies:
        """What each outlet's tellings add up to."""
        found: dict[str, list[Tally]] = {}
        for block in self.sums:
            for page, tally in block:
                found.setdefault(page, []).append(tally)
        return {page: together(tallies) for page, tallies in found.items()}

    def amended(self, stories: Sequence[Summary], changed: Collection[str]) -> Outline:
        """Return the same when a few stories have *changed*, whose lines have not.

        :param stories: all of them as they are now, the newest first; those of a block with a changed one are read.
        """
        numbers = {number // BLOCK for number, line in enumerate(self.lines) if line.slug in changed}
        sums = (
            _sums(stories[number * BLOCK : (number + 1) * BLOCK]) if number in numbers else block
            for number, block in enumerate(self.sums)
        )
        return Outline(self.lines, tuple(sums), self.named)


def outline(stories: Sequence[Summary]) -> Outline:
    """Return the outline of *stories*, the newest first."""
    return Outline(
        tuple(map(line_of, stories)),
        tuple(_sums(stories[at : at + BLOCK]) for at in range(0, len(stories), BLOCK)),
        tuple(sorted({article.outlet for story in stories for article in story.articles})),
    )


def line_of(story: Summary) -> Line:
    """Return a story's line."""
    return Line(story.slug, story.date, story.tags, tuple(told.teller.outlet_page for told in story.told))


def _sums(stories: Sequence[Summary]) -> tuple[tuple[str, Tally], ...]:
    return tuple(lists.tallies(lists.told_by_outlet(stories)).items())


class Outlined:
    """A story of which its line is known; for all else that a `Summary` says it is read."""

    def __init__(self, line: Line, read: Callable[[str], Summary]) -> None:
        self.slug, self.date, self.tags = line.slug, line.date, line.tags
        self._read = read

    def __getattr__(self, name: str) -> object:
        return getattr(self._read(self.slug), name)


class Picked(Sequence[_Item]):
    """Items that are made when somebody asks for them, each of its place."""

    def __init__(self, places: Sequence[_Place], make: Callable[[_Place], _Item]) -> None:
        self._places, self._make = places, make

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> _Item: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[_Item, ...]: ...

    def __getitem__(self, at: int | slice) -> _Item | tuple[_Item, ...]:
        return tuple(map(self._make, self._places[at])) if isinstance(at, slice) else self._make(self._places[at])


def told_by_outlet(lines: Sequence[Line], stories: Sequence[Summary]) -> lists.ToldByOutlet:
    """Return what `lists.told_by_outlet` does of *stories*, which have these *lines*, when it is asked for."""
    places: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(lines):
        for at, page in enumerate(line.outlets):
            places.setdefault(page, []).append((number, at))
    found = {page: Picked(theirs, lambda place: stories[place[0]].told[place[1]]) for page, theirs in places.items()}
    return cast("lists.ToldByOutlet", found)


def stories_by_outlet(lines: Sequence[Line], stories: Sequence[Summary]) -> Mapping[str, Sequence[Summary]]:
    """Return outlet's page → the stories that it tells."""
    found: dict[str, list[Summary]] = {}
    for line, story in zip(lines, stories, strict=True):
        for page in frozenset(line.outlets):
            found.setdefault(page, []).append(story)
    return found
