"""File names and addresses: any text into `[a-z0-9-]`, the same every time."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

#: Longest slug in characters: with folders around it a path stays below Windows' 260.
MAX_LENGTH = 80

#: Letters which NFKD does not take apart, but every reader of Latin script would.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "’": "",
        "'": "",
        "‘": "",
    }
)

#: Names that Windows keeps for devices, and names that the site's own addresses use.
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "diff", "index", "page", "static", "story", "embed", "feed", "search"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


@lru_cache(maxsize=1 << 14)
def is_slug(text: str) -> bool:
    """Return whether `text` can name a content file: `[a-z0-9-]`, no hyphen at its ends, not reserved."""
    return len(text) <= 100 and _SLUG.fullmatch(text) is not None and text not in RESERVED


def slugify(text: str) -> str:
    """Return a slug of at most `MAX_LENGTH` characters for any text; `is_slug` holds for it.

    Latin letters lose their accents (Unicode NFKD), other scripts are left out; where nothing is left
    a short hash of the text stands in. Equal texts give equal slugs.
    """
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = folded.encode("ascii", "ignore").decode().lower()
    slug = _cut("-".join(re.findall(r"[a-z0-9]+", _without_marks(folded, plain))))
    if not slug:
        return "x-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{slug}-1" if slug in RESERVED else slug


def unique(slug: str, taken: Container[str]) -> str:
    """Return `slug`, or `slug-2`, `slug-3`, …: the first that is not in `taken`."""
    candidate, number = slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


def _without_marks(folded: str, plain: str) -> str:
    """Return ASCII text in which letters of other scripts still part words, and combining marks do not."""
    if plain == folded:
        return plain
    return "".join(c if c.isascii() else "" if unicodedata.combining(c) else " " for c in folded)


#: Words that a cut slug does not end with.
_DANGLING = re.compile(r"(?:-(?:a|an|and|as|at|but|by|for|from|in|of|on|or|the|to|with))+$")


def _cut(slug: str) -> str:
    """Cut at a word, or within the only word."""
    if len(slug) <= MAX_LENGTH:
        return slug
    head = slug[: MAX_LENGTH + 1]
    return _DANGLING.sub("", (head.rpartition("-")[0] or head[:MAX_LENGTH]).strip("-"))
