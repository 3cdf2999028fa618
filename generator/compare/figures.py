"""The quantities and times that a sentence states, as intervals.

English number words, comparators (“over”, “almost”, “an estimated”) and units; relative dates are resolved
against the article's date where it has one. Numbers in names (AIM-7) and addresses are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain

from generator.compare.figure_dates import Days, day_range, iso, nearest_year, relative
from generator.compare.figure_measures import POINT, measured_in
from generator.compare.figure_numbers import (
    NUMBER,
    NUMBER_SIGNS,
    SCALE,
    SPELLED_SIGNS,
    Found,
    any_case,
    bounded,
    compared,
    how_of,
    number_places,
    value_of,
)
from generator.compare.figure_ranges import ranged, without_rates
from generator.compare.figure_units import measures_in
from generator.compare.remembered import of_texts
from generator.compare.scanning import matches, places, small, words_in
from generator.compare.text import STOP_WORDS
from generator.model import FigureKind

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "US$": "USD"}
_CURRENCY_WORDS = {
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "ruble": "RUB",
    "rouble": "RUB",
    "franc": "CHF",
    "krona": "krone",
    "kronor": "krone",
    "krone": "krone",
    "kroner": "krone",
    "yuan": "CNY",
    "rupee": "rupee",
    "peso": "peso",
    "rand": "ZAR",
    "lira": "lira",
    "shekel": "ILS",
    "hryvnia": "UAH",
    "zloty": "PLN",
    "forint": "HUF",
    "baht": "THB",
    "naira": "NGN",
    "dirham": "dirham",
    "riyal": "riyal",
    "dinar": "dinar",
}
#: Unit → (unit stated in the result, factor).
SPANS: dict[str, tuple[str, float]] = {
    "second": ("minute", 1 / 60),
    "minute": ("minute", 1.0),
    "hour": ("minute", 60.0),
    "day": ("day", 1.0),
    "week": ("day", 7.0),
    "month": ("month", 1.0),
    "year": ("year", 1.0),
    "decade": ("year", 10.0),
    "century": ("year", 100.0),
}


def _loose(pattern: str) -> str:
    """Return a pattern whose spaces hold inside a verbose one."""
    return pattern.replace(" ", r"\ ")


_NOT_NAME = r"(?![\w]|-[a-z]+-old|-\d)"

_AMOUNT = rf"(?P<num>\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s*(?:{SCALE}\b|bn\b|mn?\b|k\b))*)"
_ORDINAL = rf"\b(?P<ord>{any_case(_ORDINALS)}|\d+(?:st|nd|rd|th))"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_AFTER_PREPOSITION = (
    "(?:" + "|".join(f"(?<={word} )" for word in "in In the The by By of since Since from From".split()) + ")"
)

#: What follows “a second” that is a span: anything else is numbered by it, “a second tank”.
_AFTER_A_SECOND = (
    "after|ago|and|as|at|before|behind|but|by|each|every|earlier|faster|for|from|if|in|is|it|later|longer|on|or|quicker"
    "|slower|than|that|the|to|too|until|was|when|while|with"
)

#: The signs with which a number begins, an ordinal, and what may stand for one: `a`, `half an`; as in a set.
_NUMBERS, _ORDERS = NUMBER_SIGNS, r"\dfFsSſtTeEnN"
_NUMBERS_AND_ONE = r"\daAhH"

#: Kind → what it looks like; what an earlier pattern has taken, a later one leaves alone.
_KINDS: tuple[tuple[FigureKind, str], ...] = (
    ("money", rf"(?P<cur> US\$ | [$€£¥] ) {_loose(_AMOUNT)}"),
    (
        "money",
        rf"{_loose(NUMBER)} (?: \s+ | - ) (?: U\.?S\.? \s+ )? (?P<cur> {' | '.join(_CURRENCY_WORDS)} ) s? \b",
    ),
    (
        "percent",
        rf"{_loose(NUMBER)} \s* (?P<unit> % | per\ ?cent\b | percentage\ points?\b | basis\ points?\b )",
    ),
    (
        "duration",
        rf"(?: {_loose(NUMBER)} | (?P<one> \b[Aa]n?\b | \b[Hh]alf\ an?\b ) )"
        r"(?P<half> \s+ and\ a\ half )? [\s-]"
        r"(?P<unit> second | minute | hour | day | week | month | year | decade ) (?: s | \b )"
        r"(?! -old | \s old )"
        rf"(?! (?<= \b [Aa] \s second ) \s+ (?! (?: {_AFTER_A_SECOND} ) \b ) [a-z] )"
        r"(?P<half2> \s+ and\ a\ half )?",
    ),
    ("ordinal", rf"{_loose(_ORDINAL)} \s+ (?P<unit> year | month | day | week ) \b"),
    (
        "date",
        rf"\b (?: (?P<day> \d{{1,2}} ) (?: st|nd|rd|th )? \s+ )? {_loose(_MONTH)}"
        rf"(?: \s+ (?P<day2> \d{{1,2}} ) (?: st|nd|rd|th )? (?!\d) )?"
        rf"(?: ,? \s+ (?: {_YEAR} | (?P<of> last | this | next ) \ year ) )? \b",
    ),
    (
        "date",
        r"\b (?P<rel> (?: [Ll]ast | [Tt]his | [Nn]ext | the\ previous | the\ following )"
        r"\s+ (?: week | month | year )"
        r"| [Yy]esterday | [Tt]omorrow ) \b",
    ),
    ("date", rf"{_loose(_AFTER_PREPOSITION)} {_YEAR} \b (?! [-,] \d )"),
    (
        "weekday",
        rf"\b (?P<weekday> {'|'.join(_WEEKDAYS)} ) (?: \s+ (?: morning|afternoon|evening|night ) )? \b",
    ),
    (
        "count",
        rf"{_loose(NUMBER)} {_NOT_NAME}"
        r"(?= \s+ (?P<noun> [A-Za-z] [\w’'-]* (?: \s+ [a-z] [\w’'-]* )? ) )",
    ),
    (
        "ordinal",
        rf"{_loose(_ORDINAL)} \b (?= \s+ (?P<noun> [a-z] [\w’'-]* (?: \s+ [a-z] [\w’'-]* )? ) )"
        r"(?= (?P<since> (?: \s+ [\w’'.-]+ ){0,8}? \s+ since \b )? )",
    ),
)


@cache
def _pattern(place: int) -> re.Pattern[str]:
    """Return the pattern at a place of `_KINDS`: compiled when a text first needs it, for that takes its time."""
    return re.compile(_KINDS[place][1], re.VERBOSE)


def _set(words: str) -> frozenset[bytes]:
    return frozenset(words.encode().split())


_SPAN_SIGNS = ("second", "minute", "hour", "day", "week", "month", "year", "decade")
#: What a sentence must hold, in small letters, for the pattern at the same place to find anything: one of some words,
#: or of some parts of words; most sentences hold none. And the signs with which a match begins, as in a set.
_SIGNS: tuple[tuple[frozenset[bytes] | tuple[str, ...], str], ...] = (
    (("$", "€", "£", "¥"), "U$€£¥"),
    (_set(" ".join((*_CURRENCY_WORDS, *(f"{word}s" for word in _CURRENCY_WORDS)))), _NUMBERS),
    (("%", "percent", "per cent", "basis point"), _NUMBERS),
    (_SPAN_SIGNS, _NUMBERS_AND_ONE),
    (_set("year month day week"), _ORDERS),
    (_set(" ".join(_MONTHS).lower() + " jan feb aug sept oct nov dec"), r"\dJFMASOND"),
    (_set("last this next previous following yesterday tomorrow"), "LlTtNnYy"),
    (("19", "20"), "12"),
    (_set(" ".join(_WEEKDAYS).lower()), "MTWFS"),
    (("",), _NUMBERS),
    (("",), _ORDERS),
)
#: One of these is in every ordinal that is spelled out.
_ORDINAL_SIGNS = _set(" ".join(_ORDINALS))
_EVERY_SIGN = SPELLED_SIGNS.union(_ORDINAL_SIGNS, *[signs for signs, _ in _SIGNS if isinstance(signs, frozenset)])
#: The place of the only pattern for which a sentence needs neither these nor digits: “an hour”.
_AN_HOUR = [signs for signs, _ in _SIGNS].index(_SPAN_SIGNS)
_ORDERED_DIGIT = re.compile(r"\d(?:st|nd|rd|th)")
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, 1)}
#: “the two leaders” refers back and counts nothing; the numbers of an address or a clock time are part of it.
_BACK = ("the", "these", "those", "both", "their", "its", "other")
_REFERS_BACK = re.compile(rf"\b(?:{'|'.join(_BACK)})\s+$", re.IGNORECASE)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\b\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\b\.?|\b\d{1,2}:\d\d\b")
#: What cannot be counted: the number is a name, a score or a time of day.
_PLURALS = frozenset("people men women children police troops staff".split())
#: Participles by which those are called whom they befell: “a total of 40 injured”.
_FALLEN = frozenset("injured wounded killed arrested detained infected displaced hospitalised hospitalized".split())
_ADJECTIVES = ("al", "ect", "ic", "ous", "ive", "ful", "ary", "ed", "ing")
#: Unit of “the first talks since May”: what is numbered is told by what it is the first since.
SINCE = "since"
_NO_NOUN = frozenset(
    "and or of in on at to for by with from as that which who is was are were the a an but p.m a.m pm am".split()
)


def figures_in(text: str, stated: str = "") -> tuple[Found, ...]:
    """Return the figures of *text* in order, none within another.

    :param text: a sentence.
    :param stated: the article's ISO date, or empty: then relative dates stay open.
    """
    taken = bytearray(len(text))
    digits = _digits(text)
    for match in _addresses(text, digits):
        taken[match.start() : match.end()] = b"\1" * len(match[0])
    found: list[Found] = []
    for figure in chain(measures_in(text, digits), measured_in(text, digits)):
        if 1 not in taken[figure.start : figure.end]:
            taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
            found.append(figure)
    for place, starts in _places(text):
        kind, pattern = _KINDS[place][0], _pattern(place)
        for match in matches(pattern, text, starts):
            how = compared(text, match.start()) if "num" in pattern.groupindex else None
            if how and how["cmp"].casefold() == "up to" and _UP_FROM.match(text, match.end()):
                how = None
            start = how.start() if how else match.start()
            if 1 in taken[start : match.end()]:
                continue
            for figure in _read(kind, match, start, how["cmp"] if how else "", text, stated):
                taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
                found.append(figure)
    return tuple(sorted(without_rates(ranged(found, text), text)))


#: “Up to £48 a year from £38”: it has risen so far, and is no less.
_UP_FROM = re.compile(r"(?:\s+[a-z-]+){0,4}?,?\s+from\s+(?:US\$|[$€£¥])?\d", re.IGNORECASE)


@of_texts(2048)
def may_state_day(text: str) -> bool:
    """Whether any words of a text may be a date, which hangs on the day when its article was printed."""
    return any(
        _KINDS[place][0] == "date" and any(matches(_pattern(place), text, starts)) for place, starts in _places(text)
    )


def _addresses(text: str, digits: Sequence[int]) -> Iterator[re.Match[str]]:
    """Yield the addresses and times of day in a text, given where its numbers in digits begin."""
    return matches(_ADDRESS, text, places(text, r"\dhw") if "://" in text or "www." in text else digits)


@of_texts(2048)
def _digits(text: str) -> list[int]:
    """Return where a text has digits that begin a word."""
    return places(text, r"\d")


@of_texts(2048)
def _places(text: str) -> tuple[tuple[int, list[int]], ...]:
    """Return the places in `_KINDS` of the patterns that may find something in a text, and where a match may begin."""
    return tuple(_sought(text, _digits(text)))


def _sought(text: str, digits: list[int]) -> Iterator[tuple[int, list[int]]]:
    lower = small(text)
    words = _EVERY_SIGN & words_in(text)
    if not words and not digits:
        if any(map(lower.__contains__, _SPAN_SIGNS)):
            yield _AN_HOUR, number_places(text)
        return
    orders = bool(digits and _ORDERED_DIGIT.search(text)) or not _ORDINAL_SIGNS.isdisjoint(words)
    known = {_NUMBERS: digits, _ORDERS: places(text, _ORDERS) if orders else []}
    if not SPELLED_SIGNS.isdisjoint(words):
        known[_NUMBERS] = known[_NUMBERS_AND_ONE] = number_places(text)
    for place, (signs, begin) in enumerate(_SIGNS):
        if begin in known and not known[begin]:
            continue
        if any(map(lower.__contains__, signs)) if isinstance(signs, tuple) else not signs.isdisjoint(words):
            if begin == _NUMBERS_AND_ONE and begin not in known:
                known[begin] = number_places(text)
            yield place, known[begin] if begin in known else places(text, begin, word=place > 0)


def _read(kind: FigureKind, match: re.Match[str], start: int, how: str, text: str, stated: str) -> Iterator[Found]:
    """Yield the figure that *match* states, or nothing where it only looks like one.

    :param start: where it begins, the comparator *how* included.
    """
    if kind == "count":
        yield from _count(match, start, how, text)
        return
    groups = match.groupdict()
    end = match.end()
    if kind == "weekday":
        number = float(_WEEKDAYS.index(groups["weekday"]) + 1)
        yield Found(start, end, kind, number, number, "weekday")
    elif kind == "date":
        low, high = _date(groups, stated, _WHICH.search(text, max(0, start - 6), start))
        yield Found(start, end, kind, low, high, "date")
    elif kind == "ordinal":
        yield from _ordinal(match, groups)
    elif kind != "duration" or not _is_age(text[max(0, start - 16) : start], ""):
        yield _quantity(kind, start, end, how, groups)


def _quantity(kind: FigureKind, start: int, end: int, how: str, groups: dict[str, str | None]) -> Found:
    value = value_of(groups.get("num") or groups.get("one") or "")
    value += 0.5 if groups.get("half") or groups.get("half2") else 0.0
    unit = groups.get("unit") or ""
    if kind == "duration":
        unit, factor = SPANS[unit]
        value *= factor
    elif kind == "percent":
        value, unit = (value / 100 if unit.startswith("basis") else value), POINT if "point" in unit else "%"
    else:
        currency = groups.get("cur") or ""
        unit = _CURRENCIES.get(currency) or _CURRENCY_WORDS.get(currency, currency)
    return bounded(start, end, kind, value, unit, how_of(how))


def _count(match: re.Match[str], start: int, how: str, text: str) -> Iterator[Found]:
    nouns = match["noun"].split()
    noun = next((word for word in reversed(nouns) if word.casefold() not in _NO_NOUN and is_plural(word)), "")
    noun = noun or (nouns[0] if nouns and nouns[0].casefold() not in _NO_NOUN else "")
    if noun.endswith("ed") and noun not in _FALLEN and text[: match.start()].endswith(" of "):
        noun = ""  # “a jury of twelve deliberated”
    number = match["num"]
    small = not any(map(str.isdigit, number)) and value_of(number) < 3
    before = text[max(0, start - 16) : start]
    no_number = _refers_back(before) or _OF_SO_MANY.search(before) or _is_age(before, text[match.end() :])
    if noun and not (small and not is_plural(noun)) and not no_number:
        end = match.start() + len(match[0].rstrip())
        yield bounded(start, end, "count", value_of(number), noun.casefold(), how_of(how))


#: “One in five houses”, “No 10”: no number of houses, and a name.
_OF_SO_MANY = re.compile(r"(?:\b(?:\d+|one|two|three|four|six|nine)\s+(?:in|out of)|\bNo\.?)\s+\Z", re.IGNORECASE)


_AGED, _OLD = re.compile(r"\b(?:aged?|turned)\s+\Z", re.IGNORECASE), re.compile(r"\s+(?:years?|months?)\s+old\b")


def _is_age(before: str, after: str) -> bool:
    """Whether a number between such words is of somebody's years: “aged 34”, “34 years old”."""
    return _OLD.match(after) is not None or _AGED.search(before) is not None


def _refers_back(before: str) -> bool:
    """Whether a number with such words before it counts nothing: “the two leaders”."""
    if not small(before).rstrip().endswith(_BACK):
        return False
    return _REFERS_BACK.search(before) is not None


def is_plural(noun: str) -> bool:
    """Return whether an English noun is of several things, by its ending."""
    return noun.endswith("s") or noun.casefold() in _PLURALS


def _ordinal(match: re.Match[str], groups: dict[str, str | None]) -> Iterator[Found]:
    word = (groups["ord"] or "").casefold()
    number = float(_ORDINALS.index(word) + 1) if word in _ORDINALS else float(re.sub(r"\D", "", word))
    unit = groups.get("unit")
    if unit:
        # In its fourth year: more than three years, at most four.
        scale, factor = SPANS[unit]
        yield Found(match.start(), match.end(), "ordinal", (number - 1) * factor, number * factor, scale)
    elif groups.get("since"):
        yield Found(match.start(), match.end(), "ordinal", number, number, SINCE)
    elif noun := _ordered(groups.get("noun") or ""):
        yield Found(match.start(), match.end(), "ordinal", number, number, noun)


def _ordered(nouns: str) -> str:
    """Return what an ordinal numbers: the word behind it, or the next where that is an adjective."""
    first, *rest = (word for word in nouns.casefold().split())
    noun = rest[0] if rest and first.endswith(_ADJECTIVES) else first
    return "" if noun in STOP_WORDS or noun in _NO_NOUN else noun


# ---------------------------------------------------------------------------- dates


#: “last September”, right before the month.
_WHICH = re.compile(r"\b(?P<which>last|next)\s+\Z", re.IGNORECASE)
_YEARS = {"last": -1, "this": 0, "next": 1}


def _date(groups: dict[str, str | None], stated: str, which: re.Match[str] | None) -> Days:
    """Return the first and last day that a date may mean, as yyyymmdd; None where nothing tells."""
    today = iso(stated)
    if groups.get("rel"):
        return _relative((groups["rel"] or "").casefold(), today)
    month = _MONTH_NUMBERS[(groups["month"] or "")[:3]] if groups.get("month") else 0
    year = int(groups.get("year") or (_year(groups, month, today, which) if today else 0))
    return day_range(year, month, int(groups.get("day") or groups.get("day2") or 0))


def _year(groups: dict[str, str | None], month: int, today: date, which: re.Match[str] | None) -> int:
    """Return the year of a month that has none beside it: the nearest, but for “last September”, “9 May last year”."""
    if of := groups.get("of"):
        return today.year + _YEARS[of]
    if which and month:
        past = which["which"].casefold() == "last"
        return today.year - (month >= today.month) if past else today.year + (month <= today.month)
    return nearest_year(month, today)


def _relative(words: str, today: date | None) -> Days:
    if words in {"yesterday", "tomorrow"}:
        return relative("day", 1 if words == "tomorrow" else -1, today)
    which, unit = words.removeprefix("the ").split()
    return relative(unit, {"last": -1, "previous": -1, "this": 0}.get(which, 1), today)
