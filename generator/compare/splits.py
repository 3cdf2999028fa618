"""Sentences that one side has cut in two: their links joined, so that no sentence is compared twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.compare.diff import alike, changes, shared
from generator.compare.tokens import tokens
from generator.model import PairLink, Segment, Witness


def joined(links: Sequence[PairLink], old: Witness, new: Witness) -> tuple[PairLink, ...]:
    """Return a pair's links with those of neighbours on one side and one sentence on the other made one.

    `A1 → B1` and `A1 → B2` become `A1 → B1+B2`. Where one of the links can be read as a word diff, so can the whole;
    else the words that the two sides share are marked. Links that have moved apart stay as they are, and so do those
    whose sentences have others between them.
    """
    at = {segment.id: segment for segment in (*old.segments, *new.segments)}
    out: list[PairLink] = []
    for link in links:
        if out and _neighbours(out[-1], link, at):
            out[-1] = _whole(out[-1], link, at)
        else:
            out.append(link)
    return tuple(out)


def _neighbours(one: PairLink, other: PairLink, at: Mapping[str, Segment]) -> bool:
    if one.moved != other.moved:
        return False
    return (one.old == other.old and _adjoin(one.new, other.new, at)) or (
        one.new == other.new and _adjoin(one.old, other.old, at)
    )


def _adjoin(before: Sequence[str], after: Sequence[str], at: Mapping[str, Segment]) -> bool:
    return at[before[-1]].index + 1 == at[after[0]].index


def _whole(one: PairLink, other: PairLink, at: Mapping[str, Segment]) -> PairLink:
    """Return two links as one."""
    old, new = (tuple(dict.fromkeys((*a, *b))) for a, b in ((one.old, other.old), (one.new, other.new)))
    before, after = (tokens(" ".join(at[name].text for name in side)) for side in (old, new))
    found = changes(before, after)
    readable = one.alike or other.alike or alike(found)
    return replace(
        one,
        old=old,
        new=new,
        score=max(one.score, other.score),
        alike=readable,
        changes=found if readable else shared(before, after),
    )
