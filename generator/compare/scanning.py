"""Patterns that are tried only where they can match at all.

Python's search tries a pattern at every character, but for those that begin with a set of signs: they leap from one of
the signs to the next. What begins otherwise, with a look behind or with alternatives, is given its signs here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache


def matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` does.

    :param places: ascending, all places where a match may begin, and others; no match of *pattern* may be empty.
    """
    end = 0
    for at in places:
        if at >= end and (match := pattern.match(text, at)):
            end = match.end()
            yield match


def places(text: str, signs: str, *, word: bool = True) -> list[int]:
    """Return where some signs stand, as in a set of a pattern; of those alone that begin a *word*."""
    return [match.start() for match in _any_of(signs, word).finditer(text)]


@cache
def _any_of(signs: str, word: bool) -> re.Pattern[str]:
    return re.compile(f"[{signs}](?<!\\w.)" if word else f"[{signs}]")
