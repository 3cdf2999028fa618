"""Pixels with a palette as PNG: what equals the row above it is not compressed again, but said in what is known of it.

A picture of letters and boxes is mostly such rows, and of the time that a PNG takes nearly all is for compressing, in
proportion to the pixels, whatever they show.

See the PNG specification (W3C, third edition) for chunks and filters, RFC 1950 and 1951 for the stream within.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zlib import DEFLATED, Z_FULL_FLUSH, adler32, compressobj, crc32

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
#: A row begins with how it is said: as it is, or as what is other than in the row above.
_AS_IT_IS, _AS_ABOVE = b"\0", b"\2"
#: Fewer rows like the one above are compressed with their neighbours.
_FEW: Final = 4
#: What a stream begins with, and an empty last block, which ends it.
_HEAD, _END = b"\x78\x01", b"\x03\x00"
_LEVEL: Final = 2
_MODULUS: Final = 65521


def png(pixels: bytes, width: int, palette: bytes) -> bytes:
    """Return a picture as PNG, the same bytes for the same picture and version of zlib.

    :param pixels: of each pixel its place in the palette, row by row.
    :param palette: red, green and blue of each colour, 256 of them at most.
    """
    header = struct.pack(">IIBBBBB", width, len(pixels) // width, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", _deflated(pixels, width)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return b"".join((struct.pack(">I", len(data)), kind, data, struct.pack(">I", crc32(data, crc32(kind)))))


def _deflated(pixels: bytes, width: int) -> bytes:
    """Return rows as a stream of zlib's, of parts of which none leads back into another."""
    stream = compressobj(_LEVEL, DEFLATED, -15, 6)
    parts, total = [_HEAD], 1
    for data, known in _parts(pixels, width):
        if data:
            parts.append(stream.compress(data) + stream.flush(Z_FULL_FLUSH))
            total = adler32(data, total)
        if known:
            part, its = _known(known, width)
            parts.append(part)
            total = _joined(total, its, known * (width + 1))
    return b"".join((*parts, _END, struct.pack(">I", total)))


def _parts(pixels: bytes, width: int) -> Iterator[tuple[bytes, int]]:
    """Yield rows, as the stream says them, and how many follow that equal the last of these."""
    above = _AS_ABOVE + bytes(width)
    said: list[bytes] = []
    last, same = b"", 0
    for at in range(0, len(pixels), width):
        if last and pixels.startswith(last, at):
            same += 1
            continue
        if same >= _FEW:
            yield b"".join(said), same
            said.clear()
        else:
            said += [above] * same
        last, same = pixels[at : at + width], 0
        said += (_AS_IT_IS, last)
    if same < _FEW:
        said += [above] * same
    yield b"".join(said), same if same >= _FEW else 0


@lru_cache(maxsize=256)
def _known(count: int, width: int) -> tuple[bytes, int]:
    """Return so many rows that equal the one above, compressed, and their checksum."""
    data = (_AS_ABOVE + bytes(width)) * count
    stream = compressobj(9, DEFLATED, -15)
    return stream.compress(data) + stream.flush(Z_FULL_FLUSH), adler32(data)


def _joined(first: int, second: int, size: int) -> int:
    """Return the checksum (Adler-32) of two parts one after the other; *size* is that of the second."""
    low = (first & 0xFFFF) - 1
    high = (first >> 16) + (second >> 16) + size * low
    return high % _MODULUS << 16 | (low + (second & 0xFFFF)) % _MODULUS
