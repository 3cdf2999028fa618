"""The words of a text, taken out of its UTF-8 as a whole: what goes through many texts does not go letter by letter.

The few signs of a text that are no ASCII are looked at one by one, each once; all others are put into their places by
one table. The words are those that a regular expression finds in `generator.compare.text.normal` of the text.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

from generator.compare.remembered import of_words
from generator.compare.text import normal

_ASCII = bytes(range(128))
_WORD = re.compile(r"\w+")
_NO_WORD = re.compile(r"\W")
#: Vowels and last consonants of Hangul that stand alone, which join the sign before them as combining marks do.
_JOINING = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")


def _table(*kept: str) -> bytes:
    """Return what becomes of each byte: letters and digits, what is kept and no ASCII stay, all else is space."""
    return bytes(byte if byte >= 128 or chr(byte).isalnum() or chr(byte) in kept else 32 for byte in range(256))


_WORDS = _table("_").lower()
_PIECES = _table("'", "-")


def words(text: str) -> list[bytes]:
    r"""Return the words (`\w+`) of a text's normal form, in order, as UTF-8.

    >>> words("“It’s the ﬁfth,” she said – twice")
    [b'it', b's', b'the', b'fifth', b'she', b'said', b'twice']
    """
    raw = spelt(text.encode("utf-8", "replace"))
    if raw is None:
        return [word.encode("utf-8", "replace") for word in _WORD.findall(normal(text))]
    return raw.split()


def spelt(raw: bytes) -> bytes | None:
    """Return the UTF-8 of a text's words, with spaces between them; None if a sign's neighbours matter.

    Of many texts at once, too, if they are parted by spaces and bytes 255, which are in no UTF-8, and stay.
    """
    if not raw.isascii():
        for sign in set(raw.translate(None, _ASCII + b"\xff").decode()):
            folded = _folded(sign)
            if folded is None:
                return None
            if folded != sign:
                raw = raw.replace(sign.encode(), folded.encode())
    return raw.translate(_WORDS)


@of_words
def _folded(sign: str) -> str | None:
    """Return a sign's part in the normal form, spaces for what is in no word; None if neighbours matter."""
    folded = normal(sign)
    if folded != normal(folded):
        return None
    first = normalize("NFKD", sign)[0]
    if folded and (category(first).startswith("M") or _JOINING.match(first)):
        return None
    return _NO_WORD.sub(" ", folded)


def is_space(sign: str) -> bool:
    """Return whether a sign that is no ASCII is but space in the normal form, whatever stands beside it."""
    folded = _folded(sign)
    return folded is not None and folded.isspace()


def pieces(text: str) -> list[bytes]:
    """Return a text's runs of letters, digits, apostrophes and hyphens as they are printed, in order, as UTF-8."""
    return spaced(text.encode("utf-8", "replace")).split()


def spaced(raw: bytes) -> bytes:
    """Return the UTF-8 of a text, or of many, with spaces for all that is in no piece; nothing changes its place."""
    if not raw.isascii():
        for sign in set(raw.translate(None, _ASCII).decode()):
            if is_apart(sign):
                coded = sign.encode()
                raw = raw.replace(coded, b" " * len(coded))
    return raw.translate(_PIECES)


def is_apart(sign: str) -> bool:
    """Return whether a sign that is no ASCII is in no piece."""
    return not sign.isalnum() and sign != "’"
