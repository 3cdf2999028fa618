"""Bytes of a source into text: which encoding, where it breaks, and without what nobody can see."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from generator.errors import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_BEGINNINGS = {mark[:2] for mark, _ in _MARKS}

#: Encodings that a capture's sidecar may name: those that browsers read (https://encoding.spec.whatwg.org/).
ENCODINGS = frozenset(
    "utf-8 utf-16-le utf-16-be us-ascii macintosh koi8-r koi8-u shift_jis euc-jp euc-kr gb2312 gbk gb18030 big5".split()
    + [f"windows-{number}" for number in (874, *range(1250, 1259))]
    + [f"iso-8859-{number}" for number in (*range(1, 12), *range(13, 17))]
)

#: Controls, overrides of the direction of writing and their isolates, lone surrogates, and what is no character.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def decoded(data: bytes, path: str, encoding: str = "") -> str | Problem:
    """Return the text of UTF-8 (byte-order mark or not), of UTF-16 with one, or of the *encoding* that is stated.

    Line ends become `\\n`. Nothing is guessed: bytes in another encoding, and NUL bytes, are a problem that names line
    and byte (from 1 and from 0) of the first of them.
    """
    if not encoding and data[:2] not in _BEGINNINGS:
        with suppress(UnicodeDecodeError):
            text = data.decode()
            if "\0" not in text:
                return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    mark, found = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", encoding or "utf-8"))
    try:
        text = data[len(mark) :].decode(found)
    except UnicodeDecodeError as error:
        return _undecoded(data, path, found, error.start + len(mark), stated=bool(mark or encoding))
    if "\0" in text:
        at = len(mark) + len(text[: text.index("\0")].encode(found))
        line = text.count("\n", 0, text.index("\0")) + 1
        return Problem(path, line, 0, f"not text: byte {at} is NUL – {_way_out(data)}")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def visible(text: str) -> str:
    """Return *text* without controls, and without what would turn the direction of the text around it."""
    if text.isprintable() or text.replace("\n", "").isprintable():  # almost every text, and much quicker to find out
        return text
    return _UNSEEN.sub("", text)


def _undecoded(data: bytes, path: str, encoding: str, at: int, *, stated: bool) -> Problem:
    name = encoding.upper() if encoding.startswith("utf") else encoding
    way = "correct the encoding that is stated" if stated else "save the file as UTF-8"
    if path.startswith("seeds/") and not path.endswith((".yml", ".yaml")) and not stated:
        way += " or name its encoding in a sidecar, like `encoding: windows-1252`"
    line = data.count(b"\n", 0, at) + 1
    return Problem(path, line, 0, f"not {name}: byte {at} is 0x{data[at]:02x} – {way}")


def _way_out(data: bytes) -> str:
    """Return what to do about NUL bytes: every other one is UTF-16's."""
    half = len(data[:1000]) // 2
    for order, zeros in (("le", data[1:1000:2]), ("be", data[:1000:2])):
        if half and zeros.count(0) > 0.6 * half:
            return f"this looks like UTF-16 without its mark; save it as UTF-8, or state `encoding: utf-16-{order}`"
    return "is this a document or an archive? Save its text"
