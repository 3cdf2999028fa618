"""Counts, dates and lists as a page says them, in the site's language; nothing but labels.

Strings are marked as gettext's users know it: English stands in the source, `_("…")` and `n_("…", "…", count)` say
it in the site's language, `N_("…")` marks one that is said later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from generator.ingest.catalogues import CONTEXT, Catalogue
from generator.values import dataclass


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a string that is translated where it is used."""
    return text


NUMBERS: Final = (
    N_("no"), N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"), N_("eight"),
    N_("nine"), N_("ten"), N_("eleven"), N_("twelve"),
)  # fmt: skip
MONTHS: Final = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
ISO_DATE: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?\Z"
)
PLACE: Final = re.compile(r"%\((\w+)\)s")


ENGLISH_STRINGS: Final = Catalogue()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    catalogue: Catalogue = ENGLISH_STRINGS

    @property
    def language(self) -> str:
        """The language of what is said."""
        return self.catalogue.language

    def gettext(self, text: str, /, **values: object) -> str:
        """Return a string in the site's language, its `%(name)s` filled where values are given."""
        found = self.catalogue.messages.get(text)
        said = found[0] if found else text
        return said % values if values else said

    def pgettext(self, context: str, text: str, /, **values: object) -> str:
        """Return a string that means something else in another context."""
        said = self.catalogue.messages.get(f"{context}{CONTEXT}{text}", (text,))[0]
        return said % values if values else said

    def npattern(self, one: str, many: str, count: int, /) -> str:
        """Return the string for a count, its places not yet filled."""
        forms = self.catalogue.messages.get(one)
        if forms is None:
            return one if count == 1 else many
        return forms[min(_plural(self.catalogue.plurals)(count), len(forms) - 1)]

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return the string for a count: `%(n)s` is the count in digits, `%(number)s` in words up to twelve."""
        forms = self.catalogue.messages.get(one)
        pattern = self.npattern(one, many, count) if forms else one if count == 1 else many
        if "%(n)" in pattern:
            values.setdefault("n", self.digits(count))
        if "%(number)" in pattern:
            values.setdefault("number", self.number(count))
        return pattern % values

    def digits(self, count: int) -> str:
        """Return a count in grouped digits: `1,013`."""
        text = f"{count:,}"
        return text.replace(",", self.pgettext("thousands", ",")) if count >= 1000 else text

    def decimal(self, text: str) -> str:
        """Return digits as Python writes them (`1,013.5`) with the language's own signs."""
        if text.isdigit():
            return text
        return text.translate({ord(","): self.pgettext("thousands", ","), ord("."): self.pgettext("decimals", ".")})

    def number(self, count: int) -> str:
        """Return a count in words up to twelve (`no`, `one`, …), in grouped digits above."""
        return self.gettext(NUMBERS[count]) if 0 <= count < len(NUMBERS) else self.digits(count)

    def percentage(self, hundredths: int) -> str:
        """Return `41%` as the language writes it."""
        return self.gettext("%(n)s%%", n=hundredths)

    def listed(self, items: Sequence[str]) -> str:
        """Return `A`, `A and B`, `A, B and C`."""
        return self._list(items, self.gettext("%(most)s and %(last)s"))

    def either(self, items: Sequence[str]) -> str:
        """Return `A`, `A or B`, `A, B or C`."""
        return self._list(items, self.gettext("%(most)s or %(last)s"))

    def commas(self, items: Sequence[str]) -> str:
        """Return `A, B, C`."""
        return self.pgettext("between the items of a list", ", ").join(items)

    def _list(self, items: Sequence[str], last: str) -> str:
        return self.commas(items) if len(items) < 2 else last % {"most": self.commas(items[:-1]), "last": items[-1]}

    def date(self, stated: str) -> str:
        """Return `3 July 2025` (with the time, where one is stated); what is not ISO 8601 stays as it is."""
        found = ISO_DATE.match(stated)
        if not found or not is_date(stated):
            return stated
        month = self.gettext(MONTHS[int(found[2]) - 1])
        day = self.gettext("%(day)s %(month)s %(year)s", day=self._day(int(found[3])), month=month, year=found[1])
        if not found[4] or found[4] == "00:00":
            return day
        zone = {"Z": " UTC", None: ""}.get(found[5], f" UTC{found[5]}")
        return self.gettext("%(day)s, %(time)s", day=day, time=f"{found[4]}{zone}")

    def _day(self, day: int) -> str:
        """Return a day of the month; of the first one some languages make more than a number: `1er`."""
        return self.pgettext("day of the month", "1") if day == 1 else str(day)

    def month(self, stated: str) -> str:
        """Return `July 2025` of a date or of its first seven characters."""
        month = self.gettext(MONTHS[int(stated[5:7]) - 1])
        return self.gettext("%(month)s %(year)s", month=month, year=stated[:4])


ENGLISH: Final = Words()


@lru_cache(maxsize=8)
def _plural(rule: str) -> Callable[[int], int]:
    """The rule of a catalogue's `Plural-Forms`, by the reader of gettext's that Python brings."""
    from gettext import c2py

    made: Callable[[int], int] = c2py(rule)
    return made


def filled(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield a string's parts: text (and no name), or the name of a place to fill (and no text)."""
    for at, part in enumerate(PLACE.split(pattern)):
        if at % 2:
            yield "", part
        elif part:
            yield part.replace("%%", "%"), ""


def capital(text: str) -> str:
    """Return the text with its first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=1024)
def is_date(stated: str) -> bool:
    """Return whether a stated date is a day of the calendar in ISO 8601, with or without a time."""
    found = ISO_DATE.match(stated)
    return found is not None and 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31


@lru_cache(maxsize=1024)
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
    parts = text.split(None, words)
    return " ".join(parts) if len(parts) <= words else " ".join(parts[:words]) + " …"
