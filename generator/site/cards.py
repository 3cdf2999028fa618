"""A story as a picture that other sites show beside a link to it: what is on it, not how it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.model import Page
from generator.site import links
from generator.site.overview import brief
from generator.site.pictures import kind_of
from generator.site.summary import sources_of
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.model import Config
    from generator.site.index import Index, Teller

#: In pixels: what the sites that show such pictures ask for.
WIDTH: Final = 1200
HEIGHT: Final = 630
#: A picture has room for so many tellings; of more, the last row says how many there are besides.
ROWS: Final = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """One sentence."""

    kind: str
    """`2` to `5`: level of support; `only`; `again`."""
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One telling."""

    sigil: str
    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on the picture of a story."""

    site: str
    date: str
    title: str
    rows: tuple[Row, ...]
    more: str
    """How many tellings there are besides; empty where all have a row."""
    longest: int
    """Sentences of the longest telling, those without a row included."""
    finding: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as pages name it."""

    path: str
    width: int
    height: int
    alt: str


def card(index: Index, config: Config) -> Card:
    """Return what the picture of a story shows; no text of an article but its title is on it."""
    tellers = tuple(index.tellers.values())
    room = ROWS if len(tellers) <= ROWS else ROWS - 1
    besides = len(tellers) - len(tellers[:room])
    return Card(
        site=config.title,
        date=index.words.date(index.digest.story.date[:10]),
        title=index.title,
        rows=tuple(_row(index, teller) for teller in tellers[:room]),
        more=index.words.ngettext("and %(n)s more", "and %(n)s more", besides) if besides else "",
        longest=max((len(witness.segments) for witness in index.witnesses.values()), default=0),
        finding="".join(bit.text for bit in brief(index)),
    )


def _row(index: Index, teller: Teller) -> Row:
    segments = index.witnesses[teller.sigil].segments
    kinds = (kind_of(index.carried(segment.id), len(index.tellers)) for segment in segments)
    marks = (Mark(kind, segment.id in index.moved) for kind, segment in zip(kinds, segments, strict=True))
    return Row(teller.sigil, teller.name, tuple(marks))


def page(index: Index, config: Config) -> Page:
    """Return the picture of a story as a page without a template: `data["card"]` is what is drawn."""
    path = links.story_card(index.digest.story.slug)
    return Page(path, "", path, {"card": card(index, config)}, made_from=sources_of(index.digest.story))


def shown(index: Index) -> Shown:
    """Return the picture of a story, described for those who do not see it."""
    names = index.words.listed([teller.name for teller in index.tellers.values()])
    alt = index.words.gettext(
        "%(title)s. The tellings of %(outlets)s, each a row of marks, one for every sentence: the taller, the more "
        "tellings carry it.",
        title=index.title.rstrip("."),
        outlets=names,
    )
    return Shown(links.story_card(index.digest.story.slug), WIDTH, HEIGHT, alt)
