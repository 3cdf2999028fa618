"""Sentences that one side has cut in two: their links joined, so that no sentence is compared twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from generator.compare.diff import wording
from generator.compare.unions import groups_of
from generator.model import PairLink, Segment, Witness


def joined(links: Sequence[PairLink], old: Witness, new: Witness) -> tuple[PairLink, ...]:
    """Return a pair's links with those of neighbours on one side and one sentence on the other made one.

    `A1 → B1` and `A1 → B2` become `A1 → B1+B2`, whichever side is called the old one. Where one of the links can be
    read as a word diff, so can the whole; else the words that the two sides share are marked. Links of which only one
    has moved stay as they are, and so do those whose sentences have others between them.
    """
    of_side: dict[tuple[str, ...], list[int]] = {}
    for number, link in enumerate(links):
        of_side.setdefault(link.old, []).append(number)
        of_side.setdefault(link.new, []).append(number)
    if len(of_side) == 2 * len(links):  # every side is in one link alone
        return tuple(links)
    at = {segment.id: segment for segment in (*old.segments, *new.segments)}
    together = [
        (one, two)
        for numbers in of_side.values()
        for one, two in combinations(numbers, 2)
        if _neighbours(links[one], links[two], at)
    ]
    if not together:
        return tuple(links)
    return tuple(
        links[group[0]] if len(group) == 1 else _whole([links[number] for number in group], at)
        for group in groups_of(len(links), together)
    )


def _neighbours(one: PairLink, other: PairLink, at: Mapping[str, Segment]) -> bool:
    if one.moved != other.moved:
        return False
    return (one.old == other.old and _adjoin(one.new, other.new, at)) or (
        one.new == other.new and _adjoin(one.old, other.old, at)
    )


def _adjoin(one: Sequence[str], other: Sequence[str], at: Mapping[str, Segment]) -> bool:
    return at[one[-1]].index + 1 == at[other[0]].index or at[other[-1]].index + 1 == at[one[0]].index


def _whole(parts: Sequence[PairLink], at: Mapping[str, Segment]) -> PairLink:
    """Return links as one."""
    old, new = (
        tuple(sorted({name for part in parts for name in side(part)}, key=lambda name: at[name].index))
        for side in (_old, _new)
    )
    before, after = (" ".join(at[name].text for name in side) for side in (old, new))
    readable, found = wording(before, after, readable=any(part.alike for part in parts))
    return replace(
        parts[0],
        old=old,
        new=new,
        score=max(part.score for part in parts),
        alike=readable,
        changes=found,
    )


def _old(link: PairLink) -> tuple[str, ...]:
    return link.old


def _new(link: PairLink) -> tuple[str, ...]:
    return link.new
