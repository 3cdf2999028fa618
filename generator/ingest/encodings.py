"""Encodings by the names that the web knows them by, and which of them bytes look like: the one door to chardet."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

#: Encodings that a capture's sidecar may name, and the codec by which each is read. As browsers have it
#: (https://encoding.spec.whatwg.org/#names-and-labels), some names stand for more than they once did.
ENCODINGS: Final = MappingProxyType(
    {f"windows-{number}": f"cp{number}" for number in (874, *range(1250, 1259))}
    | {f"iso-8859-{number}": f"iso8859-{number}" for number in (*range(2, 9), 10, *range(13, 17))}
    | {"iso-8859-1": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874"}
    | {"shift_jis": "cp932", "euc-jp": "euc_jis_2004", "euc-kr": "cp949", "big5": "big5hkscs"}
    | {"gb18030": "gb18030", "gb2312": "gb18030", "gbk": "gb18030"}
    | {"koi8-r": "koi8-r", "koi8-u": "koi8-u", "macintosh": "mac-roman"}
    | {name: name for name in ("utf-8", "utf-16-le", "utf-16-be")}
)

#: Those that texts are found in, by their codecs. What looks like one of the others is one of these as a rule.
_USUAL: Final = {
    ENCODINGS[name]: name
    for name in (
        *(f"windows-{number}" for number in (1252, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 874)),
        *("iso-8859-2", "iso-8859-15", "koi8-r", "koi8-u", "macintosh"),
        *("shift_jis", "euc-jp", "euc-kr", "big5", "gb18030"),
    )
}

#: What most texts are in that are not UTF-8.
_WESTERN: Final = "windows-1252"

#: So many bytes say what the others are in.
_LOOKED_AT: Final = 20_000


def looks_like(data: bytes) -> str:
    """Return the encoding, one of `ENCODINGS`, that bytes which are not UTF-8 look like; '' for none.

    It is a guess, for a person to check; nothing is ever read by it unasked. chardet (Dan Blanchard) tries what each
    encoding would make of the bytes, and knows which letters follow each other in the languages that use it.
    """
    if _is_damaged_utf8(data):
        return ""
    from chardet import detect  # loads its models

    telling = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:_LOOKED_AT]
    found = detect(telling, compat_names=False, prefer_superset=True, include_encodings=tuple(_USUAL))
    guess = _USUAL.get(found["encoding"] or "", _WESTERN)
    text, western = _text(data, guess), _text(data, _WESTERN)
    if western and (not text or text == western):  # all the same where only quotation marks and dashes tell
        return _WESTERN
    return guess if text else ""


def _is_damaged_utf8(data: bytes) -> bool:
    """Return whether bytes are UTF-8 but for a few that were cut or damaged, or for lone surrogates."""
    beyond = [sign for sign in data.decode("utf-8", "surrogateescape") if sign > "\x7f"]
    damaged = sum("\udc80" <= sign <= "\udcff" for sign in beyond)
    return 2 * damaged <= len(beyond) or _has_lone_surrogates(data)


def _has_lone_surrogates(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _text(data: bytes, name: str) -> str:
    """Return bytes read as an encoding; '' where they cannot be, or give controls that no text has."""
    try:
        text = data.decode(ENCODINGS[name])
    except UnicodeDecodeError:
        return ""
    return "" if any("\x7f" <= sign <= "\x9f" or sign < "\t" for sign in set(text)) else text
