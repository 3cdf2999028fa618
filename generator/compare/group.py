"""Which articles tell the same story.

Each article becomes one sparse vector: its words, its names, and its first words once more, weighed by rarity. Names
count for less than what is said of them, since the same people are in the news with another thing tomorrow. Rarity is
counted in the articles at hand and in an imagined background of ordinary news, so that a folder with a single story,
whose own words are all frequent, still holds together (`generator.compare.vectors`). Groups are built by average
linkage (`generator.compare.linkage`).

Texts are read one by one and let go: of each remain some kilobytes of numbers.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from generator.compare.arrays import numbers
from generator.compare.duplicates import near_duplicates
from generator.compare.linkage import linked
from generator.compare.vectors import Likenesses, Profiles
from generator.model import Article

if TYPE_CHECKING:
    from generator.compare.columns import Columns

__all__ = ["group", "near_duplicates"]

#: So many steps does an article take without arrays, roughly.
_STEPS = 2000
#: So many letters of every text are held, to put them in order.
_BEGINNING = 32


def group(articles: Sequence[Article | str], *, days: int = 14) -> list[list[int]]:
    """Return same-story groups as indices: ascending within a group, groups by their first index.

    Args:
        articles: articles, or their bare texts; Markdown is read as text.
        days: articles whose stated dates lie further apart are never in one group.

    Every index is in exactly one group, and the groups do not depend on the order of the articles.

    >>> bridge = "Cracks in its bearings have closed Bergvik harbour bridge to lorries, the engineer Okafor said."
    >>> ferry = "Lorries may not cross Bergvik harbour bridge: Okafor, the engineer, found cracks in its bearings."
    >>> budget = "Parliament passed the budget after a night of talks, with nobody content."
    >>> group([bridge, budget, ferry])
    [[0, 2], [1]]
    """
    read = _reader(len(articles))
    beginnings, stated = [], []
    for article in articles:
        text = _text(article)
        read.add(text)
        beginnings.append(text[:_BEGINNING])
        stated.append(_stated(article))
    order = list(_in_order(articles, beginnings, stated))
    found = read.likenesses()
    groups = linked(_in_places(found, order), [_day(stated[number]) for number in order], days)
    return sorted(sorted(order[member] for member in members) for members in groups)


def _reader(articles: int) -> Profiles | Columns:
    """Return what reads so many articles in the least time."""
    np = numbers(_STEPS * articles)
    if not np:
        return Profiles()
    from generator.compare.columns import Columns  # what it imports is for many articles

    return Columns(np)


def _in_order(articles: Sequence[Article | str], beginnings: Sequence[str], stated: Sequence[str]) -> Iterator[int]:
    """Yield the articles by their texts, of the same text by their stated dates; few texts are held at once."""
    by_beginning = sorted(range(len(beginnings)), key=beginnings.__getitem__)
    for _, alike in groupby(by_beginning, beginnings.__getitem__):
        some = list(alike)
        yield from sorted(some, key=lambda n: (_text(articles[n]), stated[n])) if len(some) > 1 else some


def _in_places(found: Likenesses, order: Sequence[int]) -> Likenesses:
    """Return the likenesses of articles by their places in an order."""
    place = array("I", order)
    for at, number in enumerate(order):
        place[number] = at
    first, second = (array("I", map(place.__getitem__, numbers)) for numbers in (found.first, found.second))
    return Likenesses(first, second, found.value)


def _text(article: Article | str) -> str:
    return article if isinstance(article, str) else f"{article.title}\n{article.body}"


def _stated(article: Article | str) -> str:
    return article.date if isinstance(article, Article) else ""


def _day(stated: str) -> int | None:
    try:
        return date.fromisoformat(stated[:10]).toordinal()
    except ValueError:
        return None
