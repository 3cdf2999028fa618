"""Sentences that one side has cut in two: their links joined, so that no sentence is compared twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.compare.diff import alike, changes
from generator.compare.tokens import tokens
from generator.model import Change, PairLink, Segment, Witness


def joined(links: Sequence[PairLink], old: Witness, new: Witness) -> tuple[PairLink, ...]:
    """Return a pair's links with those of neighbours on one side and one sentence on the other made one.

    `A1 → B1` and `A1 → B2` become `A1 → B1+B2`, if a word diff of the whole says more than those of the parts:
    if fewer words are struck out or added. Links that have moved, or whose sentences lie apart, stay as they are.
    """
    at = {segment.id: segment for segment in (*old.segments, *new.segments)}
    out: list[PairLink] = []
    for link in links:
        whole = _whole(out[-1], link, at) if out and _neighbours(out[-1], link, at) else None
        if whole:
            out[-1] = whole
        else:
            out.append(link)
    return tuple(out)


def _neighbours(one: PairLink, other: PairLink, at: Mapping[str, Segment]) -> bool:
    if one.moved or other.moved:
        return False
    return (one.old == other.old and _adjoin(one.new, other.new, at)) or (
        one.new == other.new and _adjoin(one.old, other.old, at)
    )


def _adjoin(before: Sequence[str], after: Sequence[str], at: Mapping[str, Segment]) -> bool:
    return at[before[-1]].index + 1 == at[after[0]].index


def _whole(one: PairLink, other: PairLink, at: Mapping[str, Segment]) -> PairLink | None:
    """Return two links as one, or None where that is no clearer."""
    old, new = (tuple(dict.fromkeys((*a, *b))) for a, b in ((one.old, other.old), (one.new, other.new)))
    found = changes(tokens(" ".join(at[name].text for name in old)), tokens(" ".join(at[name].text for name in new)))
    if not alike(found) or _changed(found) >= _changed(one.changes) + _changed(other.changes):
        return None
    return replace(one, old=old, new=new, score=max(one.score, other.score), alike=True, changes=found)


def _changed(found: Sequence[Change]) -> int:
    """Return how many characters a diff strikes out or adds."""
    return sum(len(change.old) + len(change.new) for change in found if change.op != "equal")
