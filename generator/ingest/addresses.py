"""What the address of an article states about it: its host, and often its date."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from generator.ingest.fields import is_date, is_web_address

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|$)", re.IGNORECASE)


def host_of(url: str) -> str:
    """Return the host of a web address without `www.`, in lower case; empty for anything else."""
    if not is_web_address(url):
        return ""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def date_in(url: str) -> str:
    """Return the date in an address's path (`/2025/07/03/`, `/2025-07-03-`, `/2025/jul/03/`), or ''."""
    found = _DATE.search(urlsplit(url).path) if is_web_address(url) else None
    if not found:
        return ""
    year, month, day = found.group(1), found.group(2).lower(), found.group(3)
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdigit() else 0
    date = f"{year}-{number:02d}-{int(day):02d}"
    return date if is_date(date) else ""
