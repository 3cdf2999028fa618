"""What is largely the same text in different stories of a site, found by samples of the texts and measured on them.

An earlier build's findings hold for the texts that are as they were: only what is new is looked up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import starmap

from generator.model import NearDuplicate
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Across:
    """What is alike in different stories: of a whole site, or of an earlier build of it."""

    stamps: tuple[str, ...] = ()
    """Address and stamp of every article, sorted."""
    pairs: tuple[NearDuplicate, ...] = ()


Find = Callable[[Across], Across]
Remember = Callable[[Find], Across]
"""How to find what is alike in different stories: from what is remembered of an earlier build, or `from_nothing`."""

#: So many new texts are looked up one by one, more of them together with all others.
_ONE_BY_ONE = 4


def from_nothing(find: Find) -> Across:
    """Find what is alike without an earlier build."""
    return find(Across())


def story_of(address: str) -> str:
    """Return the story of an article, given its address `<story>/<article>`."""
    return address.rpartition("/")[0]


def named(names: Sequence[str], copies: Iterable[tuple[int, int, float, float]]) -> tuple[NearDuplicate, ...]:
    """Return pairs that `generator.compare.duplicates` has found by the addresses of the articles, in their order."""
    pairs = ((*sorted((names[i], names[j])), jaccard, containment) for i, j, jaccard, containment in copies)
    return tuple(starmap(NearDuplicate, sorted(pairs)))


def found(marked: Sequence[tuple[str, bytes]], text_of: Callable[[str], str], before: Across) -> Across:
    """Return what is alike in different stories; no more is looked for than what may be otherwise than *before*.

    :param marked: address and `marks` of every article, sorted.
    :param text_of: address → plain text, asked only of articles that may be alike.
    """
    from generator.compare.duplicates import measured  # only a site where something has changed needs these
    from generator.compare.marks import beside, likely, stamp

    stamps = tuple(f"{address} {stamp(sample)}" for address, sample in marked)
    if stamps == before.stamps:
        return before
    names, known = tuple(address for address, _ in marked), frozenset(before.stamps)
    new = {number for number, its in enumerate(stamps) if its not in known}
    samples = [sample for _, sample in marked]
    pairs = beside(new, samples) if len(new) <= _ONE_BY_ONE else likely(samples)
    apart = ((i, j) for i, j in pairs if (i in new or j in new) and story_of(names[i]) != story_of(names[j]))
    fresh = named(names, measured(apart, lambda number: text_of(names[number])))
    same = {address for number, address in enumerate(names) if number not in new}
    return Across(stamps, (*(pair for pair in before.pairs if pair.a in same and pair.b in same), *fresh))
