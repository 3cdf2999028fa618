"""Numbers in English words and digits, and comparators before them: what patterns of figures are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.compare.scanning import small
from generator.model import FigureKind
from generator.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One figure in a text."""

    start: int
    end: int
    kind: FigureKind
    low: float | None
    """Least value in `unit`; None where it is open."""
    high: float | None
    unit: str
    """minute, day, month, year; a currency; %; date (as yyyymmdd); weekday (Monday is 1); since; what is counted."""
    low_open: bool = False
    """Whether the value lies above `low`, not at it."""
    high_open: bool = False


UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "k": 1e3,
}
_VALUES = {word: float(value) for value, word in enumerate(UNITS)}
_VALUES |= {word: 10.0 * tens for tens, word in enumerate(TENS, 2)}
_COMPARATORS = {
    "more": ("well over", "just over", "more than", "in excess of", "upwards of", "over", "above", "exceeding"),
    "least": ("at least", "no fewer than", "no less than"),
    "less": ("almost", "nearly", "just under", "close to", "just short of"),
    "under": ("under", "less than", "fewer than", "below"),
    "most": ("at most", "up to", "no more than", "as many as", "as much as"),
    "about": ("about", "around", "roughly", "approximately", "some", "an estimated", "estimated"),
}
#: Letters that count as one where capitals do not matter.
_CASES = {"i": "iIİı", "k": "kK\u212a", "s": "sSſ"}


def any_case(words: Iterable[str]) -> str:
    """Return a pattern of words in any capitals; the first letters as classes, for a search to see soon that none fits.

    The others are not: classes take long to compile.
    """
    return "|".join(f"[{_CASES.get(word[0], word[0] + word[0].upper())}](?i:{word[1:]})" for word in words)


_HOW = {word: how for how, words in _COMPARATORS.items() for word in words}
#: A comparator right before a figure, which is looked for once there is one.
_COMPARATOR = re.compile(rf"\b(?P<cmp>{any_case(sorted(_HOW, key=len, reverse=True))})\s+\Z")
#: The words with which comparators end, and the most letters that one of these has.
_COMPARING = tuple({words.split()[-1] for words in _HOW})
_LONGEST = max(map(len, _COMPARING))
#: Characters before a figure within which a comparator, or a range's lower end, is looked for.
REACH = 48

SPELLED = rf"\b(?:{any_case([*TENS, *reversed(UNITS[1:])])})(?:-(?:{any_case(UNITS[1:10])}))?\b"
SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_DIGITS = r"(?<![\w.,/$€£¥-])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,/-])\d+(?:\.\d+)?"
#: A number in digits or words with its scale, “2-million” too, in a group of its own.
NUMBER = (
    rf"(?P<num>(?:{_DIGITS}|{SPELLED}|\b[Aa](?=\s+{SCALE}\b)|\b[Hh]alf a)(?:(?:\s*|-){SCALE}\b|\s*(?:bn|mn?|k)\b)*)"
)
#: One of these words, as ASCII in small letters, is in every number that is spelled out.
SPELLED_SIGNS = frozenset(word.encode() for word in (*UNITS[1:], *TENS, *SCALES, "half"))
#: The signs with which a number begins, or what may stand for one, `a`: as in a set.
NUMBER_SIGNS = r"\doOtTfFsSſeEnNaAhH"
_BEGINNINGS = "|".join(sorted({word[1:3] for word in (*UNITS[1:], *TENS, "half")}))
_NUMBER_BEGINS = re.compile(rf"[{NUMBER_SIGNS}](?<!\w.)(?:(?<=\d)|(?<=[aA])n?\b|(?i:{_BEGINNINGS}))")


def number_places(text: str) -> list[int]:
    """Return where a number may begin, in digits or words, or `a`: by its first sign, and the letters behind it."""
    return [match.start() for match in _NUMBER_BEGINS.finditer(text)]


def compared(text: str, start: int) -> re.Match[str] | None:
    """Return the comparator right before *start*, if there is one."""
    before = text[:start].rstrip()
    if len(before) == start or not small(before[-_LONGEST:]).endswith(_COMPARING):
        return None
    return _COMPARATOR.search(text, max(0, start - REACH), start)


def how_of(comparator: str) -> str:
    """Return what a comparator says: more, least, less, under, most, about; empty for none."""
    return _HOW.get(comparator.casefold(), "")


def bounded(start: int, end: int, kind: FigureKind, value: float, unit: str, how: str = "") -> Found:
    """Return a figure whose bounds a comparator sets: more, least, less (almost), under, most, about; or none."""
    value = round(value, 6)
    if how == "more":
        return Found(start, end, kind, value, None, unit, low_open=True)
    if how == "least":
        return Found(start, end, kind, value, None, unit)
    if how == "less":
        return Found(start, end, kind, round(value * 0.75, 6), value, unit, high_open=True)
    if how == "under":
        return Found(start, end, kind, None, value, unit, high_open=True)
    if how == "most":
        return Found(start, end, kind, None, value, unit)
    if how == "about":
        return Found(start, end, kind, round(value * 0.9, 6), round(value * 1.1, 6), unit)
    return Found(start, end, kind, value, value, unit)


def value_of(number: str) -> float:
    """Return the value of digits, number words and scales: `1 million`, `twenty-five`, `half a dozen`."""
    if number.isdecimal():
        return float(number)
    total = 1.0
    seen = False
    for word in re.split(r"[\s-]+", number.casefold().replace("half a", "half").strip()):
        if word in SCALES:
            total, seen = total * SCALES[word], True
        elif word == "half":
            total, seen = total * 0.5, True
        elif word in _VALUES:
            total, seen = (
                (total + _VALUES[word] if seen and total >= 20 else _VALUES[word] * (total if seen else 1)),
                True,
            )
        elif word[:1].isdigit():
            amount = re.match(r"[\d,.]+", word)
            digits = amount[0].rstrip(".,") if amount else "0"
            total *= float(digits.replace(",", "")) * SCALES.get(word[len(digits) :], 1.0)
            seen = True
    return total
