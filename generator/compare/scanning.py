"""Patterns that are tried only where they can match at all.

Python's search tries a pattern at every character, but for those that begin with a set of signs: they leap from one of
the signs to the next. What begins otherwise, with a look behind or with alternatives, is given its signs here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache


def matches(pattern: re.Pattern[str], text: str, starts: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` does.

    :param starts: the sign with which a match begins, whatever it is; no match of *pattern* may be empty.
    """
    end = 0
    for start in starts.finditer(text):
        at = start.start()
        if at >= end and (match := pattern.match(text, at)):
            end = match.end()
            yield match


@cache
def begins(signs: str, *, word: bool = True) -> re.Pattern[str]:
    """Return the pattern of one of some signs, as in a set of a pattern; of those alone that begin a *word*."""
    return re.compile(f"[{signs}](?<!\\w.)" if word else f"[{signs}]")
