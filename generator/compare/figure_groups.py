"""Which figures of a story speak of one thing, and whether they agree.

Two figures are compared only where their sentences say the same thing, or where the words about them do: the
same verb and subject next to figures of one unit (“the call … lasted over an hour”, “the call lasted for almost
an hour”). Weekdays and dates are compared within a passage only, and only beside common words: two events on
two days are no conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from generator.compare.figures import Found, figures_in
from generator.compare.spelling import spelling_key
from generator.compare.text import STOP_WORDS, stem
from generator.compare.tokens import tokens
from generator.compare.unions import groups_of
from generator.model import Figure, FigureReading, FigureVerdict, Segment, Witness

#: Words before and after a figure that say what it is a figure of.
_WINDOW = 7
_WINDOW_AFTER = 4
#: Words shown before and after a figure.
_SHOWN = 3
#: Quantities that may be compared across passages, if the words about them are the same.
_FREE = frozenset({"duration", "money", "percent", "count"})
_DAYS = {"day": 1.0, "month": 30.4375, "year": 365.25}
_MINUTES_A_DAY = 1440.0


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure where it stands."""

    segment: Segment
    found: Found
    near: frozenset[str]
    """Stems of the content words about it."""
    close: frozenset[str]
    """Those within three words before it."""


def figures_of(
    witnesses: Sequence[Witness], passage_of: Mapping[str, str], repeats: frozenset[str]
) -> tuple[Figure, ...]:
    """Return the story's figures: conflicts first, then compatible, agreed and single ones.

    :param passage_of: segment id → passage id.
    :param repeats: ids of segments that repeat their own article; their figures are not stated twice.
    """
    stated = [
        entry
        for witness in witnesses
        for segment in witness.segments
        if segment.id not in repeats
        for entry in _stated(segment, witness.article.date)
    ]
    groups = _groups(stated, passage_of)
    drafts = [(_verdict(group), group) for group in groups]
    drafts.sort(key=lambda draft: _RANK[draft[0]])
    return tuple(
        Figure(f"f{number}", group[0].found.kind, tuple(map(_reading, group)), verdict)
        for number, (verdict, group) in enumerate(drafts, 1)
    )


_RANK: dict[FigureVerdict, int] = {"conflict": 0, "compatible": 1, "agree": 2, "single": 3}


def _stated(segment: Segment, date: str) -> list[_Stated]:
    entries = []
    for found in figures_in(segment.text, date):
        before = _stems(segment.text[: found.start])
        after = _stems(segment.text[found.end :])
        near = frozenset(filter(None, (*before[-_WINDOW:], *after[:_WINDOW_AFTER])))
        entries.append(_Stated(segment, found, near, frozenset(filter(None, before[-3:]))))
    return entries


def _stems(text: str) -> list[str]:
    """Return the stem of every word; a small word has an empty one."""
    norms = [token.norm for token in tokens(text) if any(map(str.isalnum, token.norm))]
    return ["" if norm in STOP_WORDS else stem(spelling_key(norm)) for norm in norms]


# ---------------------------------------------------------------------------- grouping


def _groups(stated: Sequence[_Stated], passage_of: Mapping[str, str]) -> list[list[_Stated]]:
    """Return the figures in groups that may be held against each other, by first appearance."""
    pairs = [
        (first, second)
        for first, second in combinations(range(len(stated)), 2)
        if _comparable(stated[first], stated[second], passage_of)
    ]
    return [[stated[number] for number in group] for group in groups_of(len(stated), pairs)]


def _comparable(one: _Stated, two: _Stated, passage_of: Mapping[str, str]) -> bool:
    if one.segment.sigil == two.segment.sigil or _dimension(one.found) != _dimension(two.found):
        return False
    common = one.near & two.near
    if passage_of.get(one.segment.id) == passage_of.get(two.segment.id):
        return bool(common) or _bounds(one.found) == _bounds(two.found)
    return one.found.kind in _FREE and two.found.kind in _FREE and len(common) >= 2 and bool(one.close & two.close)


def _dimension(found: Found) -> str:
    """Return what a figure can be compared with: time, money of one currency, things of one name …"""
    if found.unit in {"minute", "day", "month", "year"}:
        return "time"
    if found.kind in {"count", "ordinal"}:
        return f"{found.kind} {stem(found.unit)}"
    return found.unit


# ---------------------------------------------------------------------------- verdict


def _bounds(found: Found) -> tuple[float | None, float | None]:
    """Return the interval in the smallest unit of its dimension."""
    factor = _DAYS.get(found.unit, 0.0) * _MINUTES_A_DAY or 1.0
    return (
        None if found.low is None else found.low * factor,
        None if found.high is None else found.high * factor,
    )


def _verdict(group: Sequence[_Stated]) -> FigureVerdict:
    if len({entry.segment.sigil for entry in group}) < 2:
        return "single"
    across = [(one.found, two.found) for one in group for two in group if one.segment.sigil < two.segment.sigil]
    if any(_apart(one, two) or _apart(two, one) for one, two in across):
        return "conflict"
    same = {(_bounds(entry.found), entry.found.low_open, entry.found.high_open) for entry in group}
    return "agree" if len(same) == 1 else "compatible"


def _apart(one: Found, two: Found) -> bool:
    """Whether *one* lies wholly below *two*."""
    high, low = _bounds(one)[1], _bounds(two)[0]
    if high is None or low is None:
        return False
    return high < low or (high == low and one.high_open and two.low_open)


def _reading(entry: _Stated) -> FigureReading:
    text, found = entry.segment.text, entry.found
    return FigureReading(
        article=entry.segment.sigil,
        sentence=entry.segment.id,
        text=text[found.start : found.end],
        low=found.low,
        high=found.high,
        unit=found.unit,
        before=_tail(text[: found.start]),
        after=_head(text[found.end :]),
    )


def _tail(text: str) -> str:
    """Return the last few words of *text*, verbatim with its white space at the end."""
    start = len(text)
    for token in reversed(tokens(text)[-_SHOWN:]):
        start -= len(token.text)
    return text[start:]


def _head(text: str) -> str:
    return "".join(token.text for token in tokens(text)[:_SHOWN]).rstrip()
