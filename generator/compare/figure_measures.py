"""Numbers that an English word beside them names: somebody's age, a quake's magnitude, a share told as a fraction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.compare.figure_numbers import SPELLED, Found, bounded, compared, how_of, value_of
from generator.compare.scanning import small, words_in

#: Units of an age and of a quake's strength.
AGE, MAGNITUDE = "years old", "magnitude"
#: Unit of what one percentage is more than another: percentage points.
POINT = "point"

_YEARS = rf"(?P<num>(?<![\w.,/$€£¥-])\d{{1,3}}|{SPELLED})"
#: “76-year-old”, “41 years old”: of one person, not of a group of them.
_OLD = re.compile(rf"{_YEARS}(?:-year-old(?!s)|\s+years?\s+old)\b")
#: “Aged 76”, “at the age of 76”; “aged 18 to 24”, “aged 65 and over” are of groups.
_AGED = re.compile(
    rf"\b[Aa]ge(?:d| of)?\s+{_YEARS}\b"
    r"(?!\s*[-–]\s*\d|\s+(?:to|and|or)\s+(?:\d|over|older|under|younger|above|up|more))"
)
_PERSONS = frozenset("man woman boy girl child youth teenager baby toddler student pupil father mother".split())
#: “A man of 51”: no more than his years, not “a father of three”.
_OF = re.compile(rf"\b(?:man|woman|boy|girl|child|youth)\s+of\s+{_YEARS}\b(?!\s+[a-z]+s\b)")
#: “Lewis Grant, 58,”.
_NAMED = re.compile(r"(?<=\w), (?P<num>\d{1,3})(?=[,;.)](?!\d)|\Z)")
_DAYS = frozenset(
    "January February March April May June July August September October November December"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
_OLDEST = 119
_JOINED = f"-{MAGNITUDE}"
_MAGNITUDES = (
    re.compile(r"\b[Mm]agnitude(?:[- ](?:of )?|\s+(?:was|is)\s+)(?P<num>\d(?:\.\d)?)(?![\w.,]*\d)\b"),
    re.compile(
        r"(?<![\w.,/$€£¥-])(?P<num>\d(?:\.\d)?)"
        r"(?=(?:\s+(?:and|or|to)\s+\d(?:\.\d)?)?(?:[- ][Mm]agnitude\b|\s+on\s+the\s+Richter\s+scale\b))"
    ),
)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_PART_WORDS = frozenset(f"{part}{ending}".encode() for part in _PARTS for ending in ("", "s")) | {b"half"}
#: “A quarter of the money”, “half of them”; not “half of an hour”, “a quarter of a million”, “half of 2025”.
_SHARE = re.compile(
    rf"\b(?:(?P<num>[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our)[ -](?P<part>{'|'.join(_PARTS)})s?|[Hh]alf)"
    rf"(?=\s+of\b(?!\s+(?:an?|\d{{4}}|{'|'.join(sorted(_DAYS))})\b))"
)
_QUARTERS_OF_AN_HOUR = re.compile(r"\b(?P<num>[Aa]|[Tt]hree) quarters? of an hour\b")
#: “The second half of the match”: which one, and no share.
_WHICH_HALF = re.compile(
    r"\b(?:first|second|last|latter|final|other|better|top|bottom|upper|lower|northern|southern|eastern|western|back|front"
    r"|this|that|his|her|its|their|our|my|the)\s+\Z",
    re.IGNORECASE,
)


def measured_in(text: str, digits: Sequence[int]) -> Iterator[Found]:
    """Yield the ages, magnitudes and shares that a sentence states; of two at one place the first counts.

    :param digits: where its numbers in digits begin; empty for none.
    """
    lower = small(text)
    if "-old" in lower or " old" in lower or "age" in lower or " of " in lower or (digits and ", " in text):
        yield from _ages(text, lower, digits)
    if digits and ("magnitude" in lower or "richter" in lower):
        for pattern in _MAGNITUDES:
            yield from _strengths(text, pattern)
    if "point" in lower and ("quarter" in lower or "half" in lower):
        yield from _points(text)
    if " of" in lower and not _PART_WORDS.isdisjoint(words_in(text)):
        yield from _shares(text)


def _ages(text: str, lower: str, digits: Sequence[int]) -> Iterator[Found]:
    patterns = (
        (_OLD, "old" in lower, 0),
        (_AGED, "age" in lower, 0),
        (_OF, " of " in lower, "num"),
        (_NAMED, bool(digits), "num"),
    )
    for pattern, may_match, shown in patterns:
        for match in pattern.finditer(text) if may_match else ():
            years = value_of(match["num"])
            if 0 < years <= _OLDEST and (pattern is not _NAMED or _is_name(text[: match.start()])):
                yield Found(*match.span(shown), "count", years, years, AGE)


def _is_name(before: str) -> bool:
    """Whether a text ends with two words that begin with capitals, neither of them a day's or a month's."""
    words = before[-60:].split()[-2:]
    return len(words) == 2 and all(word[:1].isupper() and word.strip(".,") not in _DAYS for word in words)


def _strengths(text: str, pattern: re.Pattern[str]) -> Iterator[Found]:
    for match in pattern.finditer(text):
        strength, (start, end) = float(match["num"]), match.span("num")
        if text[end : end + len(_JOINED)].casefold() == _JOINED:  # “5.9-magnitude” is one word to the eye
            end += len(_JOINED)
        yield Found(start, end, "count", strength, strength, MAGNITUDE)


#: “A quarter of a percentage point”, “half a percentage point”; “a quarter-point cut” is of a rate.
_POINTS = re.compile(
    r"\b(?:(?:(?P<num>[Aa]|[Oo]ne|[Tt]hree)[ -]quarters?|[Hh]alf)(?: of)?[ -]an?[ -]percentage[ -]point\b"
    r"|(?:quarter|half)(?:-|-percentage-)point(?=\s+(?:cut|rise|increase|reduction|hike|move|drop)s?\b))"
)


def _points(text: str) -> Iterator[Found]:
    for match in _POINTS.finditer(text):
        points = 0.5 if "half" in match[0].casefold() else 0.75 if (match["num"] or "")[:1] in {"T", "t"} else 0.25
        yield Found(*match.span(), "percent", points, points, POINT)


def _shares(text: str) -> Iterator[Found]:
    for match in _QUARTERS_OF_AN_HOUR.finditer(text):
        minutes = 15.0 if match["num"] in "Aa" else 45.0
        yield Found(*match.span(), "duration", minutes, minutes, "minute")
    for match in _SHARE.finditer(text):
        if match["part"]:
            number = match["num"].casefold()
            share = (1.0 if number == "a" else value_of(number)) / _PARTS[match["part"]]
        elif _WHICH_HALF.search(text, max(0, match.start() - 20), match.start()):
            continue
        else:
            share = 0.5
        how = compared(text, match.start())
        # Nobody tells 26 percent from a quarter: what is told as a fraction is about that.
        kind_of_bound = how_of(how["cmp"]) if how else "about"
        start = how.start() if how else match.start()
        if share < 1:
            yield bounded(start, match.end(), "percent", 100 * share, "%", kind_of_bound)


#: “At the age of 34”, “aged 34 when …”: at another time than the article's.
_THEN_BEFORE, _THEN_AFTER = re.compile(r"\b[Aa]t\s+(?:the\s+)?\Z"), re.compile(r"\s+(?:when|as|then|at\s+the\s+time)\b")


def whose_age(said: str, before: str, after: str) -> str:
    """Return who is so old, in one word: a surname, “woman”, “then” for an age at another time; empty if nobody knows.

    :param said: the age as it is written.
    :param before: what stands before it in its sentence.
    :param after: what stands behind it.
    """
    if said[:3].casefold() == "age" and (_THEN_BEFORE.search(before[-12:]) or _THEN_AFTER.match(after)):
        return "then"
    words = before[-60:].rstrip(" ,").removesuffix(" of").split()[-1:]
    if said.endswith("old"):
        words = _named_behind(after)
    word = words[0].strip("“”\"'’") if words else ""
    return word.casefold() if word[:1].isupper() or word in _PERSONS else ""


def _named_behind(after: str) -> list[str]:
    """Return the surname of whom an age stands before, “58-year-old Lewis Grant”, else the first word: “woman”."""
    words = re.split(r"[,.;:]", after, maxsplit=1)[0].split()[:5]
    named = [two for one, two in pairwise(words) if one[:1].isupper() and two[:1].isupper()]
    return named[-1:] or words[:1]
