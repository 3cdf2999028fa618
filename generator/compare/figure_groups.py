"""Which figures of a story speak of one thing, and whether they agree.

Two figures are compared only where their sentences say the same thing, or where the words about them do: the
same verb and subject next to figures of one unit (“the call … lasted over an hour”, “the call lasted for almost
an hour”). A figure that stands in both sentences is held against nothing else there. Weekdays and dates are compared
within a passage only, and only beside common words: two events on two days are no conflict. Elsewhere they are brought
together where they agree and two people and a word are the same: “Lund and Berg will speak on Friday”, and, printed on
a Thursday, “Lund hopes to speak to Berg tomorrow”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, dropwhile, pairwise

from generator.compare.figure_numbers import Found
from generator.compare.figure_things import Things, counted, things_of
from generator.compare.figure_units import dimension_of, rounded, sign_of, worth
from generator.compare.figures import SINCE
from generator.compare.figures_abroad import day_asked, figures_in
from generator.compare.languages import small_words
from generator.compare.remembered import of_texts, of_words
from generator.compare.speakers import people_in
from generator.compare.spelling import spelling_key
from generator.compare.text import STOP_WORDS, is_word, stem
from generator.compare.tokens import tokens, tokens_within
from generator.compare.unions import groups_of
from generator.model import Figure, FigureReading, FigureVerdict, Segment, Token, Witness
from generator.values import dataclass

#: Words before and after a figure that say what it is a figure of.
_WINDOW = 7
_WINDOW_AFTER = 4
#: The same of “the first … since …”, which goes on for a clause.
_WINDOW_SINCE = 14
#: Words shown before and after a figure; of a clause.
_SHOWN, _SHOWN_CLAUSE = 3, 16
#: Marks with which no words are shown to begin: they belong to what stands before them.
_AFTER_WORDS = frozenset(",;:.!?)]…")
_OPENED = re.compile(r"\s[\"“„«‘'(\[]+\Z")
#: Characters before and after a figure that are looked at at all: no sentence of prose has more, and a text without an
#: end of a sentence is not read from end to end for each of its figures.
_REACH = 1_500
#: People that two sentences must both name for a day of theirs to be the same, though their passages are not.
_PEOPLE = 2
#: Quantities that may be compared across passages, if the words about them are the same.
_FREE = frozenset({"duration", "money", "percent", "count"})
#: So many times another sum a sum is not of the same thing; where it is a slip, both have the same digits.
_FAR = 12
#: What stands between the cells of a row of a table.
_CELLS = " · "
_Value = tuple[str, float | None, float | None, bool, bool]
"""What a figure says: its dimension, its interval there, and whether the ends are left out."""

_DAYS = {"day": 1.0, "month": 30.4375, "year": 365.25}
_MINUTES_A_DAY = 1440.0


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure, and what is said beside it."""

    found: Found
    day: Found
    """Its day of the week, if it is a single day of the calendar; else itself."""
    dimension: str
    """What it can be compared with."""
    value: _Value
    near: frozenset[str]
    """Stems of the content words about it."""
    close: frozenset[str]
    """Those within three words before it."""
    noun: frozenset[str]
    """The stem of what is counted."""
    things: Things
    every: frozenset[str]
    """Stems of all content words of the sentence."""
    in_table: bool
    """Whether it stands in a row of a table."""
    enough: int
    """How many stems two figures must have about them alike, to be of one thing though their passages are not."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure where it stands."""

    segment: Segment
    told: _Told
    found: Found
    """What it is held for: itself, or its day of the week."""


def figures_of(
    witnesses: Sequence[Witness], passage_of: Mapping[str, str], repeats: frozenset[str]
) -> tuple[Figure, ...]:
    """Return the story's figures: conflicts first, then compatible, agreed and single ones.

    :param passage_of: segment id → passage id.
    :param repeats: ids of segments that repeat their own article; their figures are not stated twice.
    """
    texts = [segment.text for witness in witnesses for segment in witness.segments]
    people = frozenset(stem(spelling_key(name)) for name in people_in(texts))
    stated = [
        _Stated(segment, told, told.found)
        for witness in witnesses
        for language in (witness.language.lower().split("-")[0] or "en",)
        for segment in witness.segments
        if segment.id not in repeats
        for told in _told(segment.text, day_asked(segment.text, witness.article.date, language), language)
    ]
    groups = [_in_one_unit(group) for group in _groups(stated, passage_of, people)]
    drafts = [(_verdict(group), group) for group in groups]
    drafts.sort(key=lambda draft: _RANK[draft[0]])
    return tuple(
        Figure(f"f{number}", group[0].found.kind, tuple(map(_reading, group)), verdict)
        for number, (verdict, group) in enumerate(drafts, 1)
    )


_RANK: dict[FigureVerdict, int] = {"conflict": 0, "compatible": 1, "agree": 2, "single": 3}


@of_texts(2048)
def _told(text: str, stated: str, language: str) -> tuple[_Told, ...]:
    """Return the figures of a sentence; tellings of a story share sentences.

    :param stated: the day of the article's ISO date, or empty.
    """
    entries = []
    for found in figures_in(text, stated, language):
        beside = _beside(text, found)
        before, after = (_stems(part, language) for part in _tokens_beside(text, found.start, found.end))
        if found.unit == SINCE:
            near = frozenset(after[:_WINDOW_SINCE]) - {""}
        else:
            near = frozenset((*before[-_WINDOW:], *after[:_WINDOW_AFTER])) - {""}
        every = frozenset((*before, *after)) - {""}
        close, enough = frozenset(before[-3:]) - {""}, 4 if language in _IN_PAIRS else 2
        kind = _as_weekday(found), _dimension(found, language), _value(found, language)
        things = things_of(found, text[found.start : found.end], *beside, language)
        noun = frozenset(_stems(tokens(found.unit), language)) if found.kind == "count" else frozenset[str]()
        entries.append(_Told(found, *kind, near, close, noun, things, every, _CELLS in text, enough))
    return tuple(entries)


def _beside(text: str, found: Found) -> tuple[str, str]:
    """Return what stands before and after a figure, as far as it is looked at."""
    return text[max(0, found.start - _REACH) : found.start], text[found.end : found.end + _REACH]


@of_texts(1024)
def _tokens_beside(text: str, start: int, end: int) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return the tokens before and after a figure that stands between two places, as far as they are looked at."""
    return tokens_within(text, max(0, start - _REACH), start), tokens_within(text, end, min(len(text), end + _REACH))


def _stems(found: Iterable[Token], language: str) -> Sequence[str]:
    """Return the stem of every word; a small word has an empty one. Of Chinese and Japanese, the pairs of signs."""
    norms = [token.norm for token in found if is_word(token.norm)]
    if language == "en":
        return list(map(_stem, norms))
    if language in _IN_PAIRS:
        return [one + two for one, two in pairwise(norms)]
    small = small_words(language)
    bare = [norm.removeprefix("و").removeprefix("ال") for norm in norms]
    return ["" if norm in small or len(norm) < _SHORT else norm[:_STEM] for norm in bare]


@of_words
def _stem(norm: str) -> str:
    """Return what all spellings and forms of an English word share; nothing of a small one."""
    return "" if norm in STOP_WORDS else stem(spelling_key(norm))


#: Languages whose words are not told apart by spaces.
_IN_PAIRS = frozenset({"zh", "ja"})
#: In other languages than English words under so many letters are small, and the first few letters are a word's stem.
_SHORT, _STEM = 4, 5


# ---------------------------------------------------------------------------- grouping


def _groups(stated: Sequence[_Stated], passage_of: Mapping[str, str], people: frozenset[str]) -> list[list[_Stated]]:
    """Return the figures in groups that may be held against each other, by first appearance.

    :param people: stems of the names of the story's persons.
    """
    told_in: dict[str, list[_Told]] = {}
    for entry in stated:
        told_in.setdefault(entry.segment.id, []).append(entry.told)
    alike: dict[tuple[str, float | None], list[int]] = {}
    for number, entry in enumerate(stated):
        day = entry.told.day
        for kind in {(entry.told.dimension, None)} | ({("weekday", day.low)} if day.unit == "weekday" else set()):
            alike.setdefault(kind, []).append(number)
    passages = [passage_of.get(entry.segment.id) for entry in stated]
    pairs = [
        (first, second)
        for first, second in {pair for numbers in alike.values() for pair in combinations(numbers, 2)}
        if stated[first].segment.sigil != stated[second].segment.sigil
        and _comparable(stated[first].told, stated[second].told, people, together=passages[first] == passages[second])
        and not _elsewhere(stated[first], stated[second], told_in)
    ]
    return [[stated[number] for number in group] for group in groups_of(len(stated), _unanswered(pairs, stated))]


def _unanswered(pairs: Sequence[tuple[int, int]], stated: Sequence[_Stated]) -> list[tuple[int, int]]:
    """Return pairs of figures without those that differ where one's article has what the other says, too.

    “Shell rose 3%. BP rose 2%.” agrees with “Shell rose 3%”, and its other figure is of something else.
    """
    alike = [pair for pair in pairs if _alike(stated[pair[0]].told, stated[pair[1]].told)]
    answered = {(stated[one].segment.sigil, other) for pair in alike for one, other in (pair, pair[::-1])}
    same = frozenset(alike)
    return [
        (one, other)
        for one, other in pairs
        if (one, other) in same
        or not answered & {(stated[one].segment.sigil, other), (stated[other].segment.sigil, one)}
    ]


def _comparable(one: _Told, two: _Told, people: frozenset[str], *, together: bool) -> bool:
    """Whether two tellings' figures may be held against each other; *together*: their sentences say the same."""
    if one.day.unit == two.day.unit == "weekday" and one.day.low == two.day.low and _same_meeting(one, two, people):
        return True
    if one.dimension != two.dimension or (one.value != two.value and _of_others(one, two)):
        return False
    common = one.near & two.near
    if together:
        if one.found.kind == "count" and one.value != two.value and (one.things.fate or two.things.fate):
            # “Eleven workers were on site”, “five workers were injured”: the noun alone does not make them the same.
            return one.things.fate == two.things.fate or not common <= one.noun
        return bool(common) or _bounds(one.found) == _bounds(two.found)
    if one.found.unit == SINCE:
        return len(common) >= 2 and one.found.low == two.found.low
    return (
        one.found.kind in _FREE
        and two.found.kind in _FREE
        and len(common) >= one.enough
        # “Harper was eight points ahead”, “cut Harper's lead to three points”: of whom is not yet of what.
        and not (one.found.kind == "count" and common <= one.noun | people)
        and not one.close.isdisjoint(two.close)
    )


def _of_others(one: _Told, two: _Told) -> bool:
    """Whether two figures that differ are of two things: by the words beside them, as cells of tables, or by far.

    What a cell of a table is of, its column's head says, which is not read.
    """
    return one.in_table or two.in_table or one.things.are_others(two.things) or _far_apart(one.found, two.found)


def _far_apart(one: Found, two: Found) -> bool:
    """Whether sums are so far apart that nobody takes one for the other: 11.3 and 214 million.

    With the same digits, “85 million” and “85 billion”, one is a slip. Who counts a crowd may be out by any factor;
    “10 metres” and “5 kilometres” are two lengths.
    """
    if one.kind != "money" and sign_of(one.unit) == sign_of(two.unit):
        return False
    less, more = sorted(high or low or 0.0 for low, high in (_bounds(one), _bounds(two)))
    return less > 0 and more > _FAR * less and f"{less:e}".partition("e")[0] != f"{more:e}".partition("e")[0]


def _elsewhere(one: _Stated, two: _Stated, told_in: Mapping[str, Sequence[_Told]]) -> bool:
    """Whether one of two figures that differ stands in the other's sentence too: then they speak of two things.

    “Closed on Monday, it said on Thursday” and “it said on Thursday that … on Monday” agree, on both days.

    :param told_in: segment id → the figures of that sentence.
    """
    if _alike(one.told, two.told):
        return False
    return any(_alike(one.told, told) for told in told_in[two.segment.id]) or any(
        _alike(two.told, told) for told in told_in[one.segment.id]
    )


def _alike(one: _Told, two: _Told) -> bool:
    """Whether two figures say the same; those of two units if one is the other, as it is rounded."""
    if one.value == two.value or one.dimension != two.dimension or sign_of(one.found.unit) == sign_of(two.found.unit):
        return one.value == two.value
    return not _apart(one.found, two.found) and not _apart(two.found, one.found)


def _value(found: Found, language: str) -> _Value:
    return (_dimension(found, language), *_bounds(found), found.low_open, found.high_open)


def _in_one_unit(group: list[_Stated]) -> list[_Stated]:
    """Return days of the calendar as days of the week, where some of a group are given so."""
    if not any(entry.found.unit == "weekday" for entry in group):
        return group
    return [replace(entry, found=entry.told.day) for entry in group]


def _same_meeting(one: _Told, two: _Told, people: frozenset[str]) -> bool:
    """Whether two sentences name the same people, and say something of them in the same words."""
    both = one.every & two.every
    return len(both & people) >= _PEOPLE and len(both - people) >= 2


def _as_weekday(found: Found) -> Found:
    """Return a single day of the calendar as the day of its week; any other figure as it is."""
    if found.unit != "date" or found.low is None or found.low != found.high:
        return found
    day = int(found.low)
    try:
        number = float(date(day // 10000, day // 100 % 100, day % 100).isoweekday())
    except ValueError:  # the 31st of June: somebody has written it
        return found
    return replace(found, kind="weekday", low=number, high=number, unit="weekday")


def _dimension(found: Found, language: str) -> str:
    """Return what a figure can be compared with: time, money of one currency, things of one name …"""
    if found.unit in {"minute", "day", "month", "year"}:
        return "time"
    if found.kind == "count" and (measured := dimension_of(found.unit)):
        return measured
    if found.kind in {"count", "ordinal"}:
        return f"{found.kind} {counted(found.unit, language)}"
    return found.unit


# ---------------------------------------------------------------------------- verdict


def _bounds(found: Found) -> tuple[float | None, float | None]:
    """Return the interval in the smallest unit of its dimension."""
    if found.kind == "count" and sign_of(found.unit):
        low, high = (None if end is None else worth(end, found.unit) for end in (found.low, found.high))
        return low, high
    factor = _DAYS.get(found.unit, 0.0) * _MINUTES_A_DAY or 1.0
    return (
        None if found.low is None else found.low * factor,
        None if found.high is None else found.high * factor,
    )


def _verdict(group: Sequence[_Stated]) -> FigureVerdict:
    if len({entry.segment.sigil for entry in group}) < 2:
        return "single"
    across = [
        (one.found, two.found)
        for one in group
        for two in group
        if one.segment.sigil < two.segment.sigil and not one.told.things.are_others(two.told.things)
    ]
    if any(_apart(one, two) or _apart(two, one) for one, two in across):
        return "conflict"
    same = {(_bounds(entry.found), entry.found.low_open, entry.found.high_open, _since(entry)) for entry in group}
    return "agree" if len(same) == 1 else "compatible"


def _since(entry: _Stated) -> frozenset[str]:
    """Return since what something is the first, where that is said: two answers are two statements."""
    return entry.told.near if entry.found.unit == SINCE else frozenset()


def _apart(one: Found, two: Found) -> bool:
    """Whether *one* lies wholly below *two*."""
    high, low = _bounds(one)[1], _bounds(two)[0]
    if high is None or low is None:
        return False
    if one.kind == two.kind == "count" and one.unit != two.unit:
        high += rounded(high, one.unit, two.unit)
    return high < low or (high == low and one.high_open and two.low_open)


def _reading(entry: _Stated) -> FigureReading:
    text, found = entry.segment.text, entry.found
    before, after = _tokens_beside(text, found.start, found.end)
    return FigureReading(
        article=entry.segment.sigil,
        sentence=entry.segment.id,
        text=text[found.start : found.end],
        low=found.low,
        high=found.high,
        unit=found.unit,
        before=_tail(before),
        after=_clause(after) if found.unit == SINCE else _head(after),
    )


def _tail(found: Sequence[Token]) -> str:
    """Return the last few words of what stands before a figure, verbatim with its white space at the end."""
    return "".join([token.text for token in dropwhile(lambda token: token.norm in _AFTER_WORDS, found[-_SHOWN:])])


def _head(found: Sequence[Token]) -> str:
    """Return the first words of what stands behind a figure, verbatim, without a mark that opens what is not shown."""
    return _OPENED.sub("", "".join([token.text for token in found[:_SHOWN]]).rstrip())


def _clause(found: Sequence[Token]) -> str:
    """Return the words up to the next mark of punctuation, at most `_SHOWN_CLAUSE`."""
    end = next((n for n, token in enumerate(found) if token.norm in {",", ";", ".", "-", ":"}), len(found))
    return "".join([token.text for token in found[: min(end, _SHOWN_CLAUSE)]]).rstrip()
