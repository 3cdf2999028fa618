"""The quantities and times that a sentence in another language than English states, by `figure_words`.

Digits of any script, grouped and with fractions as the language has them, and the commonest number words; money,
percentages, spans of time, dates, days of the week and counts, with comparators before or behind them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from generator.compare import figures
from generator.compare.figure_dates import day_range, iso, nearest_year, relative
from generator.compare.figure_measures import POINT
from generator.compare.figure_numbers import Found, bounded
from generator.compare.figure_units import unit_of
from generator.compare.figure_words import WORDS, Words, entries, named
from generator.compare.languages import small_words
from generator.model import FigureKind
from generator.values import dataclass

Match = re.Match[str]

_CURRENCIES = r"US\$|[$€£¥￥₹₽₴฿]"
_CODES = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH"}
_CODES |= {"฿": "THB"}
_YEAR = r"(?P<year>(?:19|20|25)\d\d)"
#: Years from this one on are told from the Buddha's death.
_BUDDHIST = 2400
#: A letter, or a sign that belongs to the one before it.
_LETTER = r"[\w\u0900-\u0903\u093a-\u094f]"
_NUMERALS = {sign: float(value) for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0.0,
    "两": 2.0,
    "兩": 2.0,
}
_SMALL_SCALES = {"十": 10.0, "百": 100.0, "千": 1000.0}
_GREAT_SCALES = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12}
_HAN = "".join((*_NUMERALS, *_SMALL_SCALES, *_GREAT_SCALES))
_NUMERIC_DATES = (
    rf"{_YEAR}[-./](?P<number>\d{{1,2}})[-./](?P<day>\d{{1,2}})(?![\d.])",
    rf"(?P<day>\d{{1,2}})[./](?P<number>\d{{1,2}})[./]{_YEAR}(?!\d)",
)


class _Plain(dict[int, int]):
    """Signs as they are read: digits of every script, and their marks, each a sign of ASCII."""

    def __missing__(self, code: int) -> int:
        value = unicodedata.decimal(chr(code), None)
        plain = code if value is None or code < 128 else 48 + int(value)
        self[code] = plain
        return plain


_PLAIN = {ord(one): ord(other) for one, other in zip("٪％٫٬．，\u00a0\u202f\u2009", "%%.,.,   ", strict=True)}


def day_asked(text: str, stated: str, language: str) -> str:
    """Return what the figures of a text hang on of its article's ISO date: the day, where one may be stated.

    :param language: of two letters.
    """
    return stated[:10] if language in WORDS or figures.may_state_day(text) else ""


def figures_in(text: str, stated: str = "", language: str = "en") -> tuple[Found, ...]:
    """Return the figures of *text* in order, none within another.

    :param text: a sentence.
    :param stated: the article's ISO date, or empty: then relative dates stay open.
    :param language: a tag as `de` or `zh-TW`; of a language without a table digits with English units are read.
    """
    reader = _reader(language.lower().split("-")[0])
    return reader.read(text, stated) if reader else figures.figures_in(text, stated)


@lru_cache(maxsize=32)
def _reader(language: str) -> _Reader | None:
    words = WORDS.get(language)
    return _Reader(language, words, _patterns(words), _lower_ends(words)) if words else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """A language's words with the patterns made of them."""

    language: str
    words: Words
    patterns: tuple[tuple[FigureKind, re.Pattern[str]], ...]
    lower_ends: tuple[re.Pattern[str], ...]
    """What stands before a range's upper end; the first is plain, words before the others may tell of a change."""

    def read(self, text: str, stated: str) -> tuple[Found, ...]:
        plain = text.translate(_Plain(_PLAIN))
        taken = bytearray(len(text))
        for match in _ADDRESS.finditer(plain):
            taken[match.start() : match.end()] = b"\1" * len(match[0])
        found: list[Found] = []
        for kind, pattern in self.patterns:
            for match in pattern.finditer(plain):
                start, end = match.span()
                if start < end and 1 not in taken[start:end]:
                    for figure in self._figure(kind, match, plain, stated):
                        taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
                        found.append(figure)
        return tuple(self._whole(found))

    def _whole(self, found: list[Found]) -> list[Found]:
        """Return figures without those that are an end of another: a range is one."""
        whole: list[Found] = []
        for figure in sorted(found, key=lambda one: (one.end, -one.start)):
            while whole and whole[-1].start >= figure.start:
                whole.pop()
            whole.append(figure)
        return whole

    def _range(self, upper: Found, match: Match) -> Found:
        """Return the range that a number without a comparator ends, or its figure itself where it ends none."""
        groups, text = match.groupdict(), match.string
        edge = match.start("num") if self.lower_ends and groups.get("num") else 0
        if not edge or not upper.high or upper.low != upper.high or text[edge - 1] not in " –\u00a0":
            return upper
        begin = max(0, edge - _LONGEST_END)
        lower = next(filter(None, (pattern.search(text[begin:edge]) for pattern in self.lower_ends)), None)
        if not lower or (lower.re is not self.lower_ends[0] and self._tells_of_change(text[:edge])):
            return upper
        number, bare = self._value(lower["num"], lower["scale"] or ""), self._value(groups["num"] or "", "")
        # 20 bis 25 Millionen: both are
        most = bare if not lower["scale"] and number < bare else self._value(groups["num"] or "", groups["scale"] or "")
        low = round(number * upper.high / most, 6) if most else 0.0
        return replace(upper, start=begin + lower.start(), low=low) if 0 < low < upper.high else upper

    def _tells_of_change(self, before: str) -> bool:
        """Whether words before a number say that something has become so many: “passe de 20 à 25 %”."""
        begins = "|".join(self.words.change.split())
        return bool(begins) and re.search(rf"\b(?:{begins})", before, re.IGNORECASE) is not None

    def _figure(self, kind: FigureKind, match: Match, text: str, stated: str) -> Iterator[Found]:
        groups = match.groupdict()
        if kind == "date":
            yield from self._date(match, groups, stated)
        elif kind == "weekday":
            day = _place(groups["weekday"], self.words.weekdays)
            yield Found(*match.span(), kind, float(day), float(day), "weekday")
        elif not self._is_something_else(kind, match, text):
            yield from self._quantity(kind, match, groups)

    def _is_something_else(self, kind: FigureKind, match: Match, text: str) -> bool:
        """Whether a number is an hour of the day, an age or the like."""
        if not match.groupdict().get("num"):
            return False
        before = "|".join(filter(None, (self.words.before if kind == "duration" else "", self.words.hour)))
        if before and _ends(text[max(0, match.start("num") - 24) : match.start("num")], before):
            return True
        edge = rf"(?!{_LETTER})" if self.words.spaced else ""
        after = re.compile(rf"\s*(?:{_spaced(self.words.after)}){edge}", re.IGNORECASE)
        return bool(self.words.after) and any(after.match(text, end) for end in (match.end("num"), match.end()))

    def _quantity(self, kind: FigureKind, match: Match, groups: Mapping[str, str | None]) -> Iterator[Found]:
        unit = groups.get("unit") or ""
        value = self._value(groups.get("num") or "", groups.get("scale") or "")
        if groups.get("half"):
            times, unit = _meaning(groups["half"] or "", self.words.half).split()
            value = float(times)
        elif kind == "duration":
            unit = _meaning(unit, self.words.spans)
        elif kind == "money":
            sign = groups.get("sign") or ""
            unit = _CODES[sign] if sign else _meaning(unit, self.words.currencies)
        elif kind == "percent":
            points = _POINTS.search(match[0])
            value, unit = (value / 100 if points and points["hundredths"] else value), POINT if points else "%"
        else:
            unit = self._counted(groups, match)
            if not unit or (value < 2 and not any(map(str.isdigit, groups["num"] or ""))):
                return
        if kind == "duration":
            unit, factor = figures.SPANS[unit]
            value *= factor
        how = next(filter(None, (self._how(groups.get(name) or "") for name in ("cmp", "cmp2", "cmp3"))), "")
        end = match.end() - len(match[0]) + len(match[0].rstrip())
        yield self._range(bounded(match.start(), end, kind, value, unit, how), match)

    def _counted(self, groups: Mapping[str, str | None], match: Match) -> str:
        """Return what is counted, or nothing where the number is a year, or nothing is."""
        if self.words.counted:
            unit = groups["unit"] or ""
            return self.words.persons.split("|")[0] if re.fullmatch(self.words.persons, unit) else unit
        number = groups["num"] or ""
        if re.fullmatch(r"(?:19|20)\d\d", number) and not groups["scale"]:
            return ""
        nouns = (groups["noun"] or "").casefold().split()
        if nouns and (unit := unit_of(nouns, match.string[match.start("noun") + len(nouns[0]) :][:24])):
            return unit
        if self.language == "de":
            nouns = [noun.casefold() for noun in (groups["noun"] or "").split() if noun[0].isupper()]
        noun = nouns[1] if len(nouns) > 1 and _ADJECTIVE.search(nouns[0]) and len(nouns[1]) > 3 else "".join(nouns[:1])
        no_noun = (
            noun in small_words(self.language) or _meaning(noun, self.words.spans) or _meaning(noun, self.words.scales)
        )
        return "" if no_noun or (len(noun) < 3 and self.words.comma) else noun

    def _how(self, words: str) -> str:
        return next((name.lstrip("<") for name, pattern in named(self.words.compared) if _is(words, pattern)), "")

    def _value(self, number: str, scale: str) -> float:
        if not number or not (self.words.spaced or self.words.scales):
            return _han(number)
        known = "" if number[0].isdigit() else _meaning(number, self.words.numbers)
        value = float(known) if known else _digits(number, comma=self.words.comma)
        for one in _scales(scale, self.words):
            value *= one
        return value

    def _date(self, match: Match, groups: Mapping[str, str | None], stated: str) -> Iterator[Found]:
        today = iso(stated)
        low: float | None
        high: float | None
        if groups.get("rel"):
            name = next((name for name, pattern in named(self.words.relative) if _is(groups["rel"] or "", pattern)), "")
            unit, steps = name.split(":")
            low, high = relative(unit, int(steps), today)
        else:
            month = int(groups.get("number") or 0) or _place(groups.get("month") or "", self.words.months)
            year = int(groups.get("year") or 0)
            year -= 543 if year > _BUDDHIST else 0
            if month > 12 or int(groups.get("day") or 0) > 31:
                return
            year = year or (nearest_year(month, today) if today and month else 0)
            low, high = day_range(year, month, int(groups.get("day") or 0))
        yield Found(*match.span(), "date", low, high, "date")


#: Percentage points, and hundredths of them, basis points; none of them is a share.
_POINTS = re.compile(
    r"(?P<hundredths>Basispunkt|points? de base|puntos? básico)|punkt|point|punto|пункт|百分[点點]|ポイント",
    re.IGNORECASE,
)
#: What Russian and Ukrainian adjectives end with behind a number.
_ADJECTIVE = re.compile(r"(?:[ыи]х|ими|ыми|их|іх)$")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|(?<!\d)\d{1,2}:\d\d(?!\d)")


def _is(text: str, pattern: str) -> bool:
    return bool(re.fullmatch(_soft(pattern), text.strip(), re.IGNORECASE))


def _soft(pattern: str) -> str:
    """Return a pattern that holds with and without the dot below of Hindi's borrowed letters."""
    return unicodedata.normalize("NFC", pattern).replace("\u093c?", "\u093c").replace("\u093c", "\u093c?")


def _spaced(pattern: str) -> str:
    return _soft(pattern.replace("_", r"\s+"))


def _place(text: str | None, table: str) -> int:
    """Return which entry of a table a word is, from 1; 0 for none."""
    return next((number for number, pattern in enumerate(table.split(), 1) if _is(text or "", _spaced(pattern))), 0)


def _ends(text: str, words: str) -> bool:
    """Whether a text ends with one of *words* and a space."""
    return bool(re.search(rf"(?<!\w)(?:{_spaced(words)})\s+$", text, re.IGNORECASE))


@lru_cache(maxsize=4096)
def _meaning(text: str, table: str) -> str:
    return next((meaning for pattern, meaning in entries(table) if _is(text, pattern)), "")


def _any(patterns: Sequence[str]) -> str:
    """Return a pattern for any of *patterns*, the longest first."""
    return _soft("|".join(sorted(patterns, key=lambda pattern: (-len(pattern), pattern))))


def _patterns(words: Words) -> tuple[tuple[FigureKind, re.Pattern[str]], ...]:
    """Return the patterns of a language, kind by kind; what an earlier one has taken, a later one leaves alone."""
    start, end = (rf"(?:(?<!{_LETTER})|(?<=\b[وبلفك]))", rf"(?!{_LETTER})") if words.spaced else ("", "")
    number = _number(words, start, end)
    units = {
        table: rf"(?P<unit>{_any([pattern for pattern, _ in entries(getattr(words, table))])}){end}"
        for table in ("spans", "currencies")
    }
    before = _compared(words, "cmp", start, behind=False)
    between, behind = (_compared(words, name, "", behind=True) for name in ("cmp2", "cmp3"))
    quantity = rf"{before}{number}{between}\s*(?:d[e’']\s*)?"
    percent = words.percent.split("|<")
    month = rf"(?P<month>{_any([_spaced(one) for one in words.months.split()])})" if words.months else ""
    dates = [
        start + _spaced(one).replace("{month}", month + end).replace("{year}", _YEAR) for one in words.dates.split("||")
    ]
    days = rf"{start}(?P<weekday>{_any([_spaced(day) for day in words.weekdays.split()])}){end}"
    rows: list[tuple[FigureKind, str]] = [
        *(("date", pattern) for pattern in _NUMERIC_DATES),
        ("money", rf"{before}(?P<sign>{_CURRENCIES})\s*{number}{behind}"),
        ("money", rf"{quantity}(?:(?P<sign>{_CURRENCIES})|{units['currencies']}){behind}"),
        *(("percent", rf"{before}(?:{part})\s*{number}{behind}") for part in percent[1:]),
        ("percent", rf"{quantity}(?:%|(?:{_spaced(percent[0])}){end}){behind}"),
        *(("date", pattern) for pattern in dates),
        ("date", rf"{start}(?P<rel>{_any([pattern for _, pattern in named(words.relative)])}){end}"),
        ("duration", rf"{before}{start}(?P<half>{_any([pattern for pattern, _ in entries(words.half)])}){end}{behind}"),
        ("duration", rf"{quantity}[-‑]?{units['spans']}{behind}"),
        ("weekday", days),
    ]
    if words.counted:
        rows.append(("count", rf"{quantity}(?P<unit>{_spaced(words.counted)}){behind}"))
    else:
        noun = rf"(?:d[e’']\s*)?(?P<noun>(?:[^\W\d_]{_LETTER}*\s*){{1,3}})"
        rows.append(("count", rf"{before}{number}{between}(?=\s+{noun})"))
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in rows)


#: Signs before a range's upper end that are looked at for its lower one.
_LONGEST_END = 48


def _lower_ends(words: Words) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of what stands before the upper end of a range: “between … and”, and a word or dash alone."""
    if not words.range:
        return ()
    edge = rf"(?<!{_LETTER})"
    lower = rf"{_number(words, edge, rf'(?!{_LETTER})')}(?:\s*(?:%|{_CURRENCIES}|{_spaced(words.percent)}))?"
    opens, parts = words.between.split("…")
    ends = rf"{edge}{opens}\s+{lower}\s+{parts}\s+\Z", rf"{lower}(?:–|\s+{words.range}\s+)\Z"
    return tuple([re.compile(pattern, re.IGNORECASE) for pattern in ends])


def _number(words: Words, start: str, end: str) -> str:
    if not words.spaced and not words.scales:
        return rf"(?<![第\dA-Za-z{_HAN}-])(?<!\d[.,/:])(?P<num>(?:(?>\d+(?:,\d{{3}})*(?:\.\d+)?)|[{_HAN}])+)"
    grouped = r"\d{1,3}(?:[.\s’']\d{3})+(?:,\d+)?" if words.comma else r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?"
    plain = r"\d+(?:[.,]\d{1,2}(?!\d)|" + (r",\d+)?" if words.comma else r"\.\d+)?")
    spelled = _any([pattern for pattern, _ in entries(words.numbers)])
    scales = _any([pattern for pattern, _ in entries(words.scales)])
    return (
        rf"(?P<num>(?<![\dA-Za-z-])(?<!\d[.,/:])(?:{grouped}|{plain})(?![.,:/]?\d)|{start}(?:{spelled}){end})"
        rf"(?P<scale>(?:\s*(?:{scales}){end})*)"
    )


def _compared(words: Words, name: str, start: str, *, behind: bool) -> str:
    patterns = [pattern for key, pattern in named(words.compared) if key.startswith("<") == behind]
    if not patterns:
        return ""
    return rf"(?:\s*(?P<{name}>{_any(patterns)}))?" if behind else rf"(?:{start}(?P<{name}>{_any(patterns)})\s*)?"


def _scales(text: str, words: Words) -> Iterator[float]:
    """Yield what each scale word of *text* multiplies by."""
    values = list(entries(words.scales))
    for word in re.finditer(_any([pattern for pattern, _ in values]), text, re.IGNORECASE):
        yield next((float(value) for pattern, value in values if _is(word[0], pattern)), 1.0)


def _digits(number: str, *, comma: bool) -> float:
    """Return the value of digits, grouped and with a fraction as a language has them; `3.5` is three and a half."""
    plain = re.sub(r"[\s’']", "", number)
    group, point = (".", ",") if comma else (",", ".")
    if re.fullmatch(
        rf"\d{{1,3}}(?:{re.escape(group)}\d{{2,3}})*{re.escape(group)}\d{{3}}(?:{re.escape(point)}\d+)?", plain
    ):
        plain = plain.replace(group, "")
    return float(plain.replace(",", "."))


def _han(number: str) -> float:
    """Return the value of a number in Chinese or Japanese, digits and numerals mixed: `1億2000万`, `三百二十`."""
    total = section = 0.0
    pending: float | None = None
    for piece in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?|.", number):
        if piece[0].isdigit():
            pending = float(piece.replace(",", ""))
        elif piece in _NUMERALS:
            pending = (pending or 0.0) * 10 + _NUMERALS[piece]
        elif piece in _SMALL_SCALES:
            section, pending = section + (1.0 if pending is None else pending) * _SMALL_SCALES[piece], None
        else:
            total, section, pending = total + (section + (pending or 0.0) or 1.0) * _GREAT_SCALES[piece], 0.0, None
    return total + section + (pending or 0.0)
