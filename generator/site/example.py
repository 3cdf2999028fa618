"""The worked example of “How to read this”: three invented tellings, compared by the program as any others are.

Their texts are strings of the interface, so a language explains itself in its own words; nothing about them is written
by hand but the sentences.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from generator.ingest.content import Library
from generator.model import Article, Config, Story
from generator.site import links, overview
from generator.site.account import PassageView, account
from generator.site.figures import FigureView, figures
from generator.site.index import Index, Teller, index_of, places_of
from generator.site.pictures import STEP
from generator.site.quotes import QuoteView, quotes
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.site.hands import Compare
    from generator.site.words import Words

SLUG: Final = "example"
#: So short tellings are drawn on a scale of their own.
ROOM: Final = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a telling."""

    id: str
    text: str
    only: bool
    """Whether no other telling carries it."""


@dataclass(frozen=True, slots=True)
class Text:
    """A telling, whole, with its strip."""

    row: overview.TellingRow
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """What the page shows of the example; every link in it leads to a place on that page."""

    texts: tuple[Text, ...]
    levels: tuple[str, ...]
    """The steps of support that the strips show."""
    finding: tuple[overview.Bit, ...]
    grid: tuple[overview.GridRow, ...]
    passages: tuple[PassageView, ...]
    quotes: tuple[QuoteView, ...]
    figures: tuple[FigureView, ...]


def example(said: Words, compare: Compare | None = None, page: str = links.ABOUT) -> Example:
    """Return the example in the site's language.

    :param compare: who compares; `generator.compare.digest.digest_of`, if not given.
    :param page: where it stands.
    """
    return _compared(_told(said), said, compare, page) if compare else _anew(said, page)


@lru_cache(maxsize=4)
def _anew(said: Words, page: str) -> Example:
    from generator.compare.digest import digest_of

    return _compared(_told(said), said, digest_of, page)


_Tellings = tuple[tuple[str, str], ...]
"""Outlet and text of each telling."""


def _told(said: Words) -> _Tellings:
    _ = said.gettext
    council = _("The council voted by 31 to 30 for the shore tram on Thursday evening.")
    narrowly = _("The town council voted narrowly for the shore tram on Thursday.")
    cars = _("The first cars are to run in 2034.")
    change = _("“This line will change the town,” Mayor Ilse Brandt said.")
    save = _("“This line will save the town,” Mayor Ilse Brandt said.")
    cheap = _("The line will cost 40 million crowns.")
    dear = _("The line will cost more than 45 million crowns.")
    school = _("Children from two schools sang in front of the hall.")
    names = _("A petition against the line has 900 names.")
    return (
        (_("The Courier"), " ".join((council, change, cheap, cars, school))),
        (_("Evening Post"), " ".join((cars, narrowly, save, dear, names))),
        (_("Harbour Radio"), " ".join((council, cheap))),
    )


def _compared(told: _Tellings, said: Words, compare: Compare, page: str) -> Example:
    articles = tuple(
        Article(title=outlet, outlet=outlet, body=text, language=said.language, story=SLUG, slug=f"{number}")
        for number, (outlet, text) in enumerate(told)
    )
    config = Config(language=said.language)
    digest = compare(Story(SLUG, SLUG, articles), config.near_duplicate)
    index = _here(index_of(digest, Library(), config, said), page)
    return Example(
        texts=tuple(_text(index, teller) for teller in index.tellers.values()),
        levels=overview.steps(len(index.tellers)),
        finding=overview.finding(index),
        grid=overview.grid(index),
        passages=account(index),
        quotes=quotes(index).differing,
        figures=figures(index).differing,
    )


def _here(index: Index, page: str) -> Index:
    """Return an index whose every place is one of the page that explains: there are no other pages of the example."""
    tellers = {sigil: replace(teller, page=page, outlet_page="") for sigil, teller in index.tellers.items()}
    places = places_of(index.segments, tellers)
    return replace(index, page=page, tellers=tellers, places=places, pair_pages={})


def _text(index: Index, teller: Teller) -> Text:
    segments = index.witnesses[teller.sigil].segments
    lines = tuple(Line(segment.id, segment.text, index.carried(segment.id) == 1) for segment in segments)
    row = overview.telling(index, teller)
    return Text(replace(row, strip=replace(row.strip, width=ROOM * STEP)), lines)
