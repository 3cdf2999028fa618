"""What the address of an article states about it: its host, often its date, and which article it is."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from generator.ingest.fields import is_date, is_web_address
from generator.model import Article

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/-]|$)", re.IGNORECASE)
#: Parts of an address's query that say whence a reader came, not which article it is.
_CAMPAIGN = re.compile(
    r"utm_|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ref(?:src|_src)?$|cmp(?:id)?$|smid$|s?ource$|amp$"
)


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


def same_address(url: str) -> str:
    """Return an address in a form that is the same for all ways to write it; '' for none.

    Left out are the scheme, `www.`, `m.` and `amp.`, the fragment, what names a campaign, and a slash at the end.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    host = re.sub(r"^(?:www|m|amp|mobile)\.", "", (parts.hostname or "").lower())
    path = re.sub(r"(?:/amp)?(?:/index\.html?)?/*$", "", parts.path)
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _CAMPAIGN.match(k.lower()))
    return f"{host}{path}?{urlencode(query)}" if query else f"{host}{path}"


def are_told_apart(one: Article, other: Article) -> bool:
    """Return whether two articles of the same text are one outlet's and another's: a reprint, not a second capture.

    By the hosts of their addresses, or by the outlets stated where not both have an address.
    """
    here, there = same_address(one.source_url), same_address(other.source_url)
    if here and there:
        return here.split("/")[0] != there.split("/")[0]
    return bool(one.outlet and other.outlet) and one.outlet.casefold() != other.outlet.casefold()
