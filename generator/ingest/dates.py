"""Dates as pages and feeds write them, into ISO 8601; what is no date beyond doubt stays out."""

from __future__ import annotations

import re

from generator.ingest.fields import is_date

#: English names, for dates in words: web pages and feeds write machine-made dates in English whatever their language.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"({'|'.join(_MONTHS)})[a-z]*\.?"

_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:[T ]\s*(\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})(Z?))?")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_NAME}\s+(\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b(\d{2}:\d{2}:\d{2})\s+(?:GMT|UTC)([+-]\d{4})?\b")

#: Years that an article can be of; programs that know no date write year 1 or 1970.
_YEARS = range(1971, 2200)


def iso_date(text: str) -> str:
    """Return the date (and time, where a zone or nothing else is stated) that `text` writes; '' where it is none.

    Read are ISO 8601 and its near relations, RFC 2822 (feeds, mail), JavaScript's `Date.toString`, and English dates
    in words (`November 19, 2019`, `19 Nov 2019`), of which the time of day is left out.
    """
    plain = " ".join(text.split())[:80]
    found = next((date for read in (_iso, _compact, _mail, _in_words) if (date := read(plain))), "")
    return found if is_date(found) and int(found[:4]) in _YEARS else ""


def _iso(text: str) -> str:
    match = _ISO.match(text)
    if not match:
        return ""
    year, month, day, clock, zone = match.groups()
    date = f"{year}-{int(month):02d}-{int(day):02d}"
    if not clock:
        return date
    return f"{date}T{clock}{_zone(zone or '')}"


def _zone(text: str) -> str:
    return "Z" if text.upper() in ("UTC", "GMT", "Z") else text


def _compact(text: str) -> str:
    match = _COMPACT.fullmatch(text)
    if not match:
        return ""
    year, month, day, hour, minute, second, zone = match.groups()
    return f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second}{zone}" if hour else "")


def _mail(text: str) -> str:
    """RFC 2822, section 3.3: `Tue, 19 Nov 2019 10:00:00 +0100`."""
    if not re.match(r"(?:[A-Z][a-z]{2},\s*)?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}", text):
        return ""
    from email.utils import parsedate_to_datetime  # brings half of what sends mail: only where a date is so written

    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _in_words(text: str) -> str:
    day_first, month_first = _DAY_FIRST.search(text), _MONTH_FIRST.search(text)
    if day_first:
        day, month, year = day_first.groups()
    elif month_first:
        month, day, year = month_first.groups()
    else:
        return ""
    date = f"{year}-{_MONTHS.index(month[:3].lower()) + 1:02d}-{int(day):02d}"
    clock = _CLOCK.search(text)
    return f"{date}T{clock[1]}{clock[2] or 'Z'}" if clock else date
