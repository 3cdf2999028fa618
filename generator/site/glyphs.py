"""Which characters a font can print, and what of a text it can set: no page of ours shows an empty box for a letter.

A text is set letter after letter, which is wrong for scripts whose letters join, stack or run to the left; such a text
is not set at all, whatever the font has.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

#: Scripts that must be shaped, beside those that run to the left: Devanagari to Sinhala, Tibetan and Myanmar, Khmer.
SHAPED: Final = ((0x0900, 0x0DFF), (0x0F00, 0x109F), (0x1780, 0x17FF))
#: Kinds of characters that are not printed: formats, controls, what is not assigned.
UNSEEN: Final = frozenset({"Cf", "Cc", "Cn", "Co", "Cs"})
#: Kinds that a text can do without where a font lacks them: pictures, marks that stand alone.
SPARED: Final = frozenset({"So", "Sk", "Mn", "Me"})


def settable(text: str, font: bytes) -> str:
    """Return a text as *font* can set it, on one line; empty where it lacks a letter, or the script must be shaped."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    known = covered(font)
    if line.isascii() and line.isprintable() and known.issuperset(map(ord, line)):
        return line
    seen = [(sign, unicodedata.category(sign)) for sign in line]
    kept = [sign for sign, kind in seen if kind not in UNSEEN and (ord(sign) in known or kind not in SPARED)]
    if not all(ord(sign) in known and _is_simple(sign) for sign in kept):
        return ""
    return " ".join("".join(kept).split())


def _is_simple(sign: str) -> bool:
    code = ord(sign)
    return unicodedata.bidirectional(sign) not in {"R", "AL", "AN"} and not any(a <= code <= b for a, b in SHAPED)


@lru_cache(maxsize=8)
def covered(font: bytes) -> frozenset[int]:
    """Return the characters of a TrueType or OpenType font, by its `cmap` (formats 4 and 12); none of what is no font.

    See the OpenType specification, “cmap – Character to Glyph Index Mapping Table”.
    """
    try:
        return frozenset(code for start in _subtables(font) for code in _codes(font, start))
    except struct.error:
        return frozenset()


def _subtables(font: bytes) -> Iterator[int]:
    """Yield where the tables begin that map Unicode."""
    (tables,) = struct.unpack_from(">H", font, 4)
    for at in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * at)
        if tag == b"cmap":
            (count,) = struct.unpack_from(">H", font, start + 2)
            for one in range(count):
                platform, encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * one)
                if platform == 0 or (platform, encoding) in {(3, 1), (3, 10)}:
                    yield start + offset


def _codes(font: bytes, at: int) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", font, at)
    if kind == 12:
        (groups,) = struct.unpack_from(">I", font, at + 12)
        for group in range(groups):
            first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * group)
            yield from range(first, last + 1)
    if kind == 4:
        (twice,) = struct.unpack_from(">H", font, at + 6)
        lasts = struct.unpack_from(f">{twice // 2}H", font, at + 14)
        firsts = struct.unpack_from(f">{twice // 2}H", font, at + 16 + twice)
        for first, last in zip(firsts, lasts, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)
