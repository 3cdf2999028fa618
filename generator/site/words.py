"""Counts, dates and lists as a page says them; English, and nothing but labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ISO_DATE: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?\Z"
)


def number(count: int) -> str:
    """Return a count in words up to twelve (`no`, `one`, …), in grouped digits above."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else f"{count:,}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun: `no sentences`, `one sentence`, `14 sentences`."""
    return f"{number(count)} {noun if count == 1 else plural or noun + 's'}"


def figures(count: int, noun: str, plural: str = "") -> str:
    """Return a count in digits with its noun: `1 sentence`, `1,013 words`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def capital(text: str) -> str:
    """Return the text with its first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return `A`, `A and B`, `A, B and C`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def is_date(stated: str) -> bool:
    """Return whether a stated date is a day of the calendar in ISO 8601, with or without a time."""
    found = ISO_DATE.match(stated)
    return found is not None and 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31


def date(stated: str) -> str:
    """Return `3 July 2025` (with the time, where one is stated); what is not ISO 8601 stays as it is."""
    found = ISO_DATE.match(stated)
    if not found or not is_date(stated):
        return stated
    day = f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}"
    if not found[4] or found[4] == "00:00":
        return day
    zone = {"Z": " UTC", None: ""}.get(found[5], f" UTC{found[5]}")
    return f"{day}, {found[4]}{zone}"


def moment(stated: str) -> str:
    """Return a stated date as a moment of RFC 3339; a day begins at midnight UTC, a time without an offset is UTC."""
    found = ISO_DATE.match(stated)
    if not found or not found[4]:
        return f"{stated[:10]}T00:00:00Z"
    zone = found[5] or "Z"
    zone = zone if zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return f"{stated[:10]}T{found[4]}:00{zone}"


def percent(share: float) -> int:
    """Return a share between 0 and 1 as a whole number of hundredths."""
    return round(100 * min(max(share, 0.0), 1.0))


def cut(text: str, words: int) -> str:
    """Return at most so many words of the text, with `…` where more follow."""
    parts = text.split()
    return " ".join(parts) if len(parts) <= words else " ".join(parts[:words]) + " …"
