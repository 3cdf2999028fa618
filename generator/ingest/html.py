"""The article in a saved web page: the one door to trafilatura, which is an extra of the installation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

MISSING = "a saved web page needs trafilatura – run: pip install 'variorum[html]'"

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
#: Encodings that browsers read besides UTF-8; others are not tried.
_ENCODINGS = re.compile(
    r"(?:windows-125\d|iso-8859-\d{1,2}|koi8-[ru]|shift_jis|euc-jp|euc-kr|gb2312|gbk|gb18030|big5|us-ascii)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the extracted article, as plain text."""

    kind: Literal["paragraph", "heading", "item", "quote"]
    text: str
    level: int = 0


def encoding_of(data: bytes) -> str:
    """Return the encoding that a page declares in its first 2 KB, if it is another than UTF-8; else ''."""
    found = _CHARSET.search(data[:2048])
    name = found.group(1).decode("ascii") if found else ""
    return name if _ENCODINGS.fullmatch(name) else ""


def parts(page: str) -> tuple[Part, ...]:
    """Return the article's blocks in a page's HTML; none where no article is found.

    Raises `ModuleNotFoundError` where trafilatura is not installed.
    """
    from trafilatura import bare_extraction  # an extra, and slow to load

    document: Any = bare_extraction(
        page,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        with_metadata=False,
    )
    if document is None:
        return ()
    found = [_part(element) for element in document.body.iter("p", "head", "item", "quote", "row", "code")]
    return tuple(part for part in found if part.text)


def _part(element: Any) -> Part:
    """Return an element of trafilatura's own vocabulary as a part; text of blocks within it is theirs."""
    around = {parent.tag for parent in element.iterancestors()}
    if element.tag == "row":
        return Part("paragraph", " · ".join(filter(None, map(_all_text, element.iter("cell")))))
    if "cell" in around:
        return Part("paragraph", "")
    text = _one_line(_own_text(element))
    if element.tag == "head":
        return Part("heading", text, _level(element.get("rend") or ""))
    if "item" in {element.tag, *around}:
        return Part("item", text, 1)
    return Part("quote" if "quote" in {element.tag, *around} else "paragraph", text)


def _level(rend: str) -> int:
    """Return a heading's level, at least 2: level 1 is the article's title."""
    return max(2, int(rend[1:])) if re.fullmatch(r"h[1-6]", rend) else 2


def _all_text(element: Any) -> str:
    return _one_line("".join(element.itertext()))


def _one_line(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip()


def _own_text(element: Any) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            pieces.append(" ")
        elif child.tag not in ("p", "head", "item", "quote", "row", "list", "table", "code"):
            pieces.append(_own_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
