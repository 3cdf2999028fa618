"""Bytes of a source into text: which encoding, and where it breaks."""

from __future__ import annotations

import codecs

from generator.errors import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes, path: str) -> str | Problem:
    """Return the text of UTF-8 (byte-order mark or not) or UTF-16 (with one), or what is wrong with it.

    Line ends become `\\n`. The problem names line and byte (both from 1 and 0) of the first bad byte.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + len(mark)
        bad = "/".join(f"0x{byte:02x}" for byte in data[at : at + 1])
        line = data.count(b"\n", 0, at) + 1
        return Problem(path, line, 0, f"not UTF-8: byte {at} is {bad} – save the file as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")
