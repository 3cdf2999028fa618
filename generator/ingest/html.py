"""The article in a saved web page: the one door to trafilatura and lxml, which are an extra of the installation."""

from __future__ import annotations

import re
from typing import Any, Literal

from generator.ingest.encodings import ENCODINGS
from generator.values import dataclass

MISSING = "a saved web page needs trafilatura – run: pip install 'variorum[html]'"

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the extracted article, as plain text."""

    kind: Literal["paragraph", "heading", "item", "quote"]
    text: str
    level: int = 0
    linked: float = 0.0
    """The share of its characters that stand in links."""


def encoding_of(data: bytes) -> str:
    """Return the encoding that a page declares in its first 2 KB, one of `ENCODINGS` other than UTF; else ''."""
    found = _CHARSET.search(data[:2048])
    name = found.group(1).decode("ascii").lower() if found else ""
    return name if name in ENCODINGS and not name.startswith("utf") else ""


def parts(page: str) -> tuple[Part, ...]:
    """Return the article's blocks in a page's HTML; none where no article is found.

    Raises `ModuleNotFoundError` where trafilatura is not installed.
    """
    from trafilatura import bare_extraction  # an extra, and slow to load
    from trafilatura.utils import load_html

    tree: Any = load_html(page)
    if tree is None:
        return ()
    _keep_posts(tree)
    _keep_words(tree)
    document: Any = bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=True,
        with_metadata=False,
    )
    if document is None:
        return ()
    found = [_part(element) for element in document.body.iter("p", "head", "item", "quote", "row", "code")]
    return tuple(part for part in found if part.text)


#: Classes by which social networks' scripts know a post that an article embeds.
_POST = re.compile(r"\b(?:twitter|tweet|instagram|tiktok|bluesky|mastodon|fb|threads)[\w-]*", re.IGNORECASE)


def _keep_posts(tree: Any) -> None:
    """Make embedded posts plain quotations: an extractor takes their classes for those of share buttons.

    The author's line, which stands behind the post's paragraph, becomes a paragraph of its own; so does the class of
    a wrapper that holds nothing but the post.
    """
    for post in tree.iter("blockquote"):
        if not _POST.search(post.get("class") or ""):
            continue
        _own_paragraph(post)
        size = len("".join(post.itertext()).strip())
        around = post
        while around is not None and len("".join(around.itertext()).strip()) <= size + 20:
            around.attrib.clear()
            around = around.getparent()


#: What a paragraph holds besides a day or an hour to be prose, rather than a line that says when it was printed.
_PROSE = re.compile(r"(?:\S+\s+){7}.*[.!?…][”’\"'»)\]]*\s*$", re.DOTALL)


def _keep_words(tree: Any) -> None:
    """Make words within a sentence plain text whose elements an extractor drops, or takes for blocks.

    `q` has the marks that a browser prints about it.
    """
    for element in reversed(list(tree.iter("q", "code", "output", "time"))):
        around = {parent.tag: parent for parent in element.iterancestors("p", "pre", "q")}
        if element.tag == "q":
            before, after = "‘’" if "q" in around else "“”"
            element.text = before + (element.text or "")
            if len(element):
                element[-1].tail = (element[-1].tail or "") + after
            else:
                element.text += after
        elif "p" not in around or "pre" in around or not _PROSE.match("".join(around["p"].itertext()).strip()):
            continue
        element.drop_tag()


def _own_paragraph(post: Any) -> None:
    """Put what follows the first paragraph of a post into a paragraph of its own."""
    first = post.find("p")
    if first is None or not (first.tail or "").strip():
        return
    line = first.makeelement("p")
    line.text, first.tail = first.tail, None
    line.extend(list(first.itersiblings()))
    first.addnext(line)


def _part(element: Any) -> Part:
    """Return an element of trafilatura's own vocabulary as a part; text of blocks within it is theirs."""
    around = {parent.tag for parent in element.iterancestors()}
    if element.tag == "row":
        return Part("paragraph", " · ".join(filter(None, map(_all_text, element.iter("cell")))))
    if "cell" in around:
        return Part("paragraph", "")
    text = _one_line(_own_text(element))
    linked = sum(len(_all_text(link)) for link in element.iter("ref")) / max(1, len(text))
    if element.tag == "head":
        return Part("heading", text, _level(element.get("rend") or ""), linked)
    if "item" in {element.tag, *around}:
        return Part("item", text, 1, linked)
    return Part("quote" if "quote" in {element.tag, *around} else "paragraph", text, 0, linked)


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
