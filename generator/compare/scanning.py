"""Patterns that are tried only where they can match at all.

Python's search tries a pattern at every character, but for those that begin with a set of signs: they leap from one of
the signs to the next. What begins otherwise, with a look behind or with alternatives, is given its signs here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import cast

from generator.compare.remembered import of_texts

#: What becomes of each byte of a text for its words to be split: those of words of ASCII stay.
_WORDS = bytes(byte if byte < 128 and (chr(byte).isalnum() or byte == ord("_")) else 32 for byte in range(256))


class _Late:
    """A pattern that is compiled when it is first asked for anything."""

    def __init__(self, text: str, flags: int) -> None:
        self._made = cache(partial(re.compile, text, flags))

    def __getattr__(self, name: str) -> object:
        found = getattr(self._made(), name)
        setattr(self, name, found)
        return found


def late(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used.

    For those that take long, of what few texts have: most of a second's tenth, and a build after an edit takes a few.
    """
    return cast("re.Pattern[str]", _Late(text, flags))


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


@of_texts(4096)
def words_in(text: str) -> frozenset[bytes]:
    r"""Return the words (`\w+`) of a text that are of ASCII, in small letters, and pieces of others.

    Where a pattern needs one of some words, and none is here, it finds nothing.
    """
    return frozenset(small(text).encode("utf-8", "replace").translate(_WORDS).split())


def small(text: str) -> str:
    """Return a text in small letters, whatever a pattern takes for one where capitals do not matter among them."""
    return text.lower() if text.isascii() else text.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")
