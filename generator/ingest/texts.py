"""Bytes of a source into text: which encoding, where it breaks, and without what nobody can see."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from generator.errors import Problem
from generator.ingest.encodings import ENCODINGS, looks_like

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_BEGINNINGS = {mark[:2] for mark, _ in _MARKS}

#: Controls, overrides of the direction of writing and their isolates, lone surrogates, and what is no character.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def decoded(data: bytes, path: str, encoding: str = "", sidecar: str = "") -> str | Problem:
    """Return the text of UTF-8 (byte-order mark or not), of UTF-16 with one, or of the *encoding* that is stated.

    Line ends become `\\n`. Nothing is guessed: bytes in another encoding, and NUL bytes, are a problem that names line
    and byte (from 1 and from 0) of the first of them, and which encoding it looks like.

    :param encoding: one of `ENCODINGS`, or '' where none is stated.
    :param sidecar: the file that may state one; '' where there is no such file.
    """
    if not encoding and data[:2] not in _BEGINNINGS:
        with suppress(UnicodeDecodeError):
            text = data.decode()
            if "\0" not in text:
                return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    mark, found = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", encoding or "utf-8"))
    try:
        text = data[len(mark) :].decode(ENCODINGS[found])
    except UnicodeDecodeError as error:
        at = error.start + len(mark)
        if mark:
            way = "its first bytes say so, but it is not: save it as UTF-8"
        else:
            way = "correct the encoding that is stated" if encoding else _other_encoding(data, at, sidecar)
        return Problem(
            path, data.count(b"\n", 0, at) + 1, 0, f"not {_named(found)}: byte {at} is 0x{data[at]:02x} – {way}"
        )
    if "\0" in text:
        at = len(mark) + len(text[: text.index("\0")].encode(ENCODINGS[found]))
        line = text.count("\n", 0, text.index("\0")) + 1
        return Problem(path, line, 0, f"not text: byte {at} is NUL – {_no_text(data, sidecar)}")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def visible(text: str) -> str:
    """Return *text* without controls, and without what would turn the direction of the text around it."""
    if text.isprintable() or text.replace("\n", "").isprintable():  # almost every text, and much quicker to find out
        return text
    return _UNSEEN.sub("", text)


def read(data: bytes, path: str) -> str | Problem:
    """Return the text of a file of the project as `decoded` does, without what is not `visible`."""
    text = decoded(data, path)
    return text if isinstance(text, Problem) or _is_clear(data, text) else visible(text)


_CONTROLS = bytes(code for code in (*range(32), 127) if chr(code) not in "\t\n\r")
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"


def _is_clear(data: bytes, text: str) -> bool:
    """Whether `visible` would leave the text as it is, by a look at its bytes, which is quicker; if in doubt, no."""
    if b"\xc2" in data or len(data.translate(None, _CONTROLS)) < len(data):
        return False
    return text.isascii() or not any(map(text.__contains__, _TURNS))


def _named(encoding: str) -> str:
    return encoding.upper() if encoding.startswith("utf") else encoding


def _other_encoding(data: bytes, at: int, sidecar: str) -> str:
    """Return what to do about bytes that are not UTF-8, the first of them at *at*."""
    name = looks_like(data)
    if not name:
        return "save it as UTF-8" + (f", or state its encoding in {sidecar}" if sidecar else "")
    read = visible(data[max(0, data.rfind(b"\n", 0, at) + 1, at - 20) : at + 20].decode(ENCODINGS[name], "ignore"))
    seen = f"it looks like {name}, which reads: {read.partition(chr(10))[0].strip()}"
    return f"{seen} – {_stated(name, sidecar)}"


def _stated(name: str, sidecar: str) -> str:
    return "save it as UTF-8" + (f", or state `encoding: {name}` in {sidecar}" if sidecar else "")


def _no_text(data: bytes, sidecar: str) -> str:
    """Return what to do about NUL bytes: every other one is UTF-16's."""
    half = len(data[:1000]) // 2
    for order, zeros in (("le", data[1:1000:2]), ("be", data[:1000:2])):
        if half and zeros.count(0) > 0.6 * half:
            return f"this looks like UTF-16 without its mark; {_stated(f'utf-16-{order}', sidecar)}"
    return "is this a document or an archive? Save its text"
