"""How a telling stands beside the others of its story, in few numbers: what an outlet's page adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.site.words import cut, percent
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.site.index import Index, Teller

#: A statement is common from so many other outlets on that carry it; in a story of two outlets the other one will do.
COMMON_FROM: Final = 2
#: So many sentences of a telling are quoted on its outlet's page, cut to so many words.
SAMPLES: Final = 2
SAMPLE_WORDS: Final = 40


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence that only one telling has."""

    id: str
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a telling is to one of another outlet."""

    name: str
    outlet_page: str
    """Empty for an article that nobody attributes."""
    percent: int
    pair: str
    """The page that lays both side by side, or nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A telling beside those of other outlets."""

    common: int
    """Statements that enough others carry."""
    carried: int
    """How many of them it carries, too."""
    sentences: int
    """Its own repetitions are not counted."""
    only: int
    samples: tuple[Sample, ...]
    likenesses: tuple[Likeness, ...]


def standing(index: Index, teller: Teller) -> Standing:
    """Return how a telling stands beside those of other outlets; its outlet's other versions do not count."""
    others = {t.sigil for t in index.tellers.values() if _is_another(t, teller)}
    least = min(COMMON_FROM, len(others))
    common = [
        passage
        for passage in (index.digest.passages if others else ())
        if len(passage.articles) >= least and len(others.intersection(passage.articles)) >= least
    ]
    counts = [index.carried(segment.id) for segment in index.witnesses[teller.sigil].segments]
    only = index.only(teller.sigil) if others else ()
    return Standing(
        common=len(common),
        carried=len([passage for passage in common if teller.sigil in passage.articles]),
        sentences=len(counts) - counts.count(0),
        only=len(only),
        samples=tuple(Sample(s.id, index.place(s.id).target, cut(s.text, SAMPLE_WORDS)) for s in only if s.text)[
            :SAMPLES
        ],
        likenesses=tuple(_likenesses(index, teller, others)),
    )


def _is_another(one: Teller, two: Teller) -> bool:
    return one.sigil != two.sigil and (not one.outlet_page or one.outlet_page != two.outlet_page)


def _likenesses(index: Index, teller: Teller, others: set[str]) -> list[Likeness]:
    found = []
    for pair in index.digest.pairs:
        if teller.sigil in (pair.old, pair.new):
            sigil = pair.new if pair.old == teller.sigil else pair.old
            if sigil in others:
                other, page = index.tellers[sigil], index.pair_pages.get((pair.old, pair.new), "")
                found.append(Likeness(other.name, other.outlet_page, percent(pair.similarity), page))
    return found
