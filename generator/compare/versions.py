"""Successive versions of one outlet's article, and what changed from each to the next.

Two articles of a story are versions of one if they state the same address, or the same outlet and are largely the
same text: near-duplicates, or one holds most of the other's words in sentences that have hardly changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Literal

from generator.compare.diff import word_changes
from generator.compare.facing import turned
from generator.compare.unions import groups_of
from generator.compare.witness import word_count
from generator.model import Change, History, Pair, PairLink, Revision, RevisionPart, Segment, Witness
from generator.values import dataclass

#: Share of the shorter article's words that stand unchanged in the other, from which the two are versions of one.
KEPT = 0.6

_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


def histories_of(witnesses: Sequence[Witness], pairs: Sequence[Pair]) -> tuple[History, ...]:
    """Return the version histories of a story, by the first appearance of one of their articles.

    :param pairs: of the witnesses that `may_be_versions`; their links, and whether they are near-duplicates.

    Versions stand in the order of their times (`updated`, else `date`); those that state none, or the same, in the
    order of their captures' names.
    """
    pair_of = {frozenset((pair.old, pair.new)): pair for pair in pairs}
    versions = [
        (one, two)
        for one, two in combinations(range(len(witnesses)), 2)
        if (pair := pair_of.get(frozenset((witnesses[one].sigil, witnesses[two].sigil))))
        and _versions(witnesses[one], witnesses[two], pair)
    ]
    found: list[History] = []
    for group in groups_of(len(witnesses), versions):
        if len(group) > 1:
            ordered = sorted((witnesses[number] for number in group), key=_time)
            found.append(_history(f"v{len(found) + 1}", ordered, pair_of))
    return tuple(found)


def may_be_versions(one: Witness, two: Witness) -> bool:
    """Whether two articles are of one address or of one outlet, as versions of one are."""
    return _has_one_address(one, two) or _has_one_outlet(one, two)


def _versions(one: Witness, two: Witness, pair: Pair) -> bool:
    """Whether two articles are versions of one."""
    if _has_one_address(one, two):
        return True
    if not _has_one_outlet(one, two):
        return False
    return pair.near_duplicate or _kept(pair) >= KEPT * min(one.words, two.words) > 0


def _has_one_address(one: Witness, two: Witness) -> bool:
    return _address(one) == _address(two) != ""


def _has_one_outlet(one: Witness, two: Witness) -> bool:
    return one.article.house == two.article.house != ""


def _address(witness: Witness) -> str:
    """Return where an article stands, however its address is written."""
    return _SCHEME.sub("", witness.article.source_url.partition("#")[0]).rstrip("/")


def _kept(pair: Pair) -> int:
    """Return the words of two articles that stand unchanged, in order, in sentences that are alike."""
    return sum(
        word_count(change.old) for link in pair.links if link.alike for change in link.changes if change.op == "equal"
    )


def _time(witness: Witness) -> tuple[str, str, str, str]:
    article = witness.article
    return article.updated or article.date, article.date, article.seed or article.slug, witness.text


def _history(name: str, versions: Sequence[Witness], pair_of: Mapping[frozenset[str], Pair]) -> History:
    outlets = [witness.article.outlet for witness in versions if witness.article.outlet]
    return History(
        id=name,
        outlet=outlets[-1] if outlets else "",
        articles=tuple(witness.sigil for witness in versions),
        revisions=tuple(
            revision_of(one, two, pair_of[frozenset((one.sigil, two.sigil))]) for one, two in pairwise(versions)
        ),
    )


# ---------------------------------------------------------------------------- one step


def revision_of(old: Witness, new: Witness, pair: Pair) -> Revision:
    """Return what changed from one version to the next; every sentence of either stands in exactly one part.

    :param pair: the two, either way round.
    """
    links = (pair if pair.old == old.sigil else turned(pair)).links
    parts = _chosen(links)
    parts += _verbatim(_left(old, parts, "old"), _left(new, parts, "new"))
    return Revision(
        old=old.sigil,
        new=new.sigil,
        title=tuple(word_changes(old.article.title, new.article.title)),
        parts=tuple(_in_order(parts, old, new)),
    )


def _chosen(links: Sequence[PairLink]) -> list[RevisionPart]:
    """Return links as parts, the strongest first and none whose sentences another has taken."""
    taken: set[str] = set()
    parts: list[RevisionPart] = []
    for link in sorted(links, key=lambda link: (-link.score, link.moved)):
        names = {*link.old, *link.new}
        if taken.isdisjoint(names):
            taken |= names
            parts.append(RevisionPart(_kind(link), link.old, link.new, link.moved, link.changes))
    return parts


def _kind(link: PairLink) -> Literal["same", "changed", "rewritten"]:
    if not link.alike:
        return "rewritten"
    return "same" if all(change.op == "equal" for change in link.changes) else "changed"


def _left(witness: Witness, parts: Iterable[RevisionPart], side: Literal["old", "new"]) -> list[Segment]:
    """Return the sentences of a side that stand in no part."""
    taken = {name for part in parts for name in (part.old if side == "old" else part.new)}
    return [segment for segment in witness.segments if segment.id not in taken]


def _verbatim(old: Sequence[Segment], new: Sequence[Segment]) -> Iterator[RevisionPart]:
    """Yield the sentences that both sides have left with the same words: repetitions, which no link holds."""
    waiting: dict[tuple[str, ...], list[Segment]] = {}
    for segment in old:
        waiting.setdefault(_norms(segment), []).append(segment)
    for segment in new:
        if same := waiting.get(_norms(segment)):
            before = same.pop(0)
            changes = (Change("equal", before.text, segment.text),)
            yield RevisionPart("same", (before.id,), (segment.id,), moved=False, changes=changes)


def _norms(segment: Segment) -> tuple[str, ...]:
    return tuple(token.norm for token in segment.tokens if token.norm)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part stands: behind how many sentences of the new side, and of the old."""

    new: float
    old: int


def _in_order(parts: Sequence[RevisionPart], old: Witness, new: Witness) -> list[RevisionPart]:
    """Return parts, and what was added or removed, in the order of the new side.

    What was removed stands behind the sentence that it stood behind and that has not moved, or in front of all.
    """
    at = {segment.id: segment.index for segment in (*old.segments, *new.segments)}
    placed = [(_Place(at[part.new[0]], -1), part) for part in parts]
    placed += [
        (_Place(segment.index, -1), RevisionPart("added", (), (segment.id,), False, _only("insert", segment)))
        for segment in _left(new, parts, "new")
    ]
    behind = {at[name]: at[part.new[-1]] for part in parts if not part.moved for name in part.old}
    for segment in _left(old, parts, "old"):
        before = max((index for index in behind if index < segment.index), default=-1)
        place = _Place(behind[before] + 0.5 if before >= 0 else -0.5, segment.index)
        placed.append((place, RevisionPart("removed", (segment.id,), (), False, _only("delete", segment))))
    return [part for _, part in sorted(placed, key=lambda entry: (entry[0].new, entry[0].old))]


def _only(op: Literal["insert", "delete"], segment: Segment) -> tuple[Change, ...]:
    return (Change(op, "", segment.text),) if op == "insert" else (Change(op, segment.text, ""),)
