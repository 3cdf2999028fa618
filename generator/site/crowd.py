"""Stories of many tellings: pages of their own for what grows.

A page must stay light however many tell its story. A passage shows its first wordings, the rest has a page; so has the
grid of all pairs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.site.account import PassageView
    from generator.site.index import Index
    from generator.site.overview import GridRow
    from generator.site.sources import Source

#: Of a passage's other wordings so many are shown, and up to `SPARED` more: to fold away one or two would cost more
#: than it saves. Fewer, where all passages together would show more than `WORDINGS_AT_ALL`.
SHOWN_WORDINGS: Final = 6
SPARED: Final = 2
WORDINGS_AT_ALL: Final = 120
#: Up to so many tellings are held against each other on the story's page, and have their sources listed there; up to
#: so many are in a grid at all.
GRID_HERE: Final = 12
GRID_AT_ALL: Final = 50


@dataclass(frozen=True, slots=True)
class PairLink:
    """Two tellings and how alike they are, in percent."""

    old: str
    new: str
    percent: str
    target: str


@dataclass(frozen=True, slots=True)
class PairsView:
    """How alike all tellings of a story are, pair by pair."""

    story_title: str
    story_page: str
    grid: tuple[GridRow, ...]
    """Empty where there are too many tellings for a grid."""
    pairs: tuple[PairLink, ...]
    """Those that have a page, the most alike first."""


@dataclass(frozen=True, slots=True)
class WordingsView:
    """One passage with all its wordings."""

    story_title: str
    story_page: str
    passage: PassageView


@dataclass(frozen=True, slots=True)
class SourcesView:
    """What the captures of a story's tellings state of themselves."""

    story_title: str
    story_page: str
    sources: tuple[Source, ...]


def shown_wordings(passages: Sequence[PassageView]) -> int:
    """Return how many other wordings each passage of an account shows: as many as keep its page light, at least one."""
    counts = [len(passage.wordings) for passage in passages]
    fits = (
        most
        for most in range(SHOWN_WORDINGS, 1, -1)
        if sum(count if count <= most + SPARED else most for count in counts) <= WORDINGS_AT_ALL
    )
    return next(fits, 1)


def shortened(passage: PassageView, most: int, page: str) -> PassageView:
    """Return a passage as its story's page shows it: with its first wordings, and where to find all."""
    rest = len(passage.wordings) - most
    if rest <= SPARED:
        return passage
    return replace(passage, wordings=passage.wordings[:most], same=(), rest=rest, page=page)


def pairs_view(index: Index, grid: tuple[GridRow, ...]) -> PairsView:
    """Return the page of all pairs."""
    pairs = sorted(index.digest.pairs, key=lambda pair: -pair.similarity)
    return PairsView(
        index.title,
        index.page,
        grid if len(grid) <= GRID_AT_ALL else (),
        tuple(
            PairLink(p.old, p.new, index.words.percentage(round(100 * p.similarity)), index.pair_pages[p.old, p.new])
            for p in pairs
            if (p.old, p.new) in index.pair_pages
        ),
    )


def wordings_views(index: Index, passages: Iterable[PassageView], most: int) -> tuple[WordingsView, ...]:
    """Return the pages of the passages that are not shown with all their wordings."""
    return tuple(WordingsView(index.title, index.page, p) for p in passages if len(p.wordings) > most + SPARED)
