"""Markdown into plain blocks and into HTML, and any text into Markdown: the one door to markdown-it-py.

CommonMark and tables. Raw HTML stays the text it is; code needs a fence, because captures indent prose.
Quotation marks are left as they were written.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from generator.ingest.prose import plain_blocks, prose
from generator.ingest.slugs import slugify, unique
from generator.model import Block, Mark
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: Between the cells of a table's row, where it is read as plain text.
CELL = " · "

_MARKS: dict[str, Literal["em", "strong", "link"]] = {"em": "em", "strong": "strong", "link": "link"}


def is_safe_link(href: str) -> bool:
    """Return whether a link may stand: http, https, mailto, relative or a fragment; never `//host`."""
    if href.startswith(("//", "\\", "/\\")) or re.search(r"[\x00-\x20]", href):
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme in ("", "http", "https", "mailto") and (parts.scheme != "" or ":" not in href.split("/", 1)[0])


@cache
def _parser() -> MarkdownIt:
    """Return the parser; made, and imported, when a text first needs it."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "html_block", "html_inline"])
    parser.validateLink = is_safe_link  # type: ignore[method-assign,assignment]
    return parser


# ---------------------------------------------------------------------------- plain blocks


def blocks(markdown: str) -> tuple[Block, ...]:
    """Return the text's paragraphs, headings, list items, quotations and code as plain text with marks.

    Line breaks within a block become one space, images their alternative text, a table's row a paragraph;
    thematic breaks and empty blocks are dropped. Total: any text in, blocks out.
    """
    plain = plain_blocks(markdown)
    return parsed_blocks(markdown) if plain is None else tuple(plain)


def parsed_blocks(markdown: str) -> tuple[Block, ...]:
    """Return what `blocks` does, by the whole parser."""
    return tuple(block for block in _blocks(_parser().parse(markdown)) if block.text.strip())


#: A line between blank ones that begins with a letter is a paragraph, or code.
_TEXT = re.compile(r"(?:\A|\n\n)[^\W\d_][^\n]*(?:\n\n|\n?\Z)")


def has_text(markdown: str) -> bool:
    """Return whether there is any block but headings."""
    return bool(_TEXT.search(markdown)) or any(block.kind != "heading" for block in blocks(markdown))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    containers: list[str] = []
    heading = 0
    cells: list[Token] = []
    for token in tokens:
        if token.type in ("blockquote_open", "list_item_open", "table_open"):
            containers.append(token.type.removesuffix("_open"))
        elif token.type in ("blockquote_close", "list_item_close", "table_close"):
            containers.pop()
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "tr_close":
            yield _row(cells)
            cells = []
        elif token.type == "inline" and containers[-1:] == ["table"]:
            cells.append(token)
        elif token.type == "inline":
            yield _block(token, containers, heading)
        elif token.type == "fence":
            yield Block("code", token.content.rstrip("\n"))


def _block(token: Token, containers: Sequence[str], heading: int) -> Block:
    text, marks = _plain(token)
    if heading:
        return Block("heading", text, heading, marks)
    inner = containers[-1] if containers else ""
    if inner == "list_item":
        return Block("item", text, containers.count("list_item"), marks)
    return Block("quote" if inner == "blockquote" else "paragraph", text, 0, marks)


def _row(cells: Sequence[Token]) -> Block:
    text, marks = "", []
    for cell in cells:
        words, inner = _plain(cell)
        if not words.strip():
            continue
        text += CELL if text else ""
        marks += [Mark(m.start + len(text), m.end + len(text), m.kind, m.href) for m in inner]
        text += words
    return Block("paragraph", text, 0, tuple(marks))


def _plain(inline: Token) -> tuple[str, tuple[Mark, ...]]:
    """Return an inline token's text and its marks, in the order in which they begin."""
    text = ""
    marks: list[Mark] = []
    opened: list[tuple[int, str]] = []
    for token in inline.children or ():
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting == 1:
            opened.append((len(text), str(token.attrs.get("href", ""))))
        elif token.nesting == -1:
            start, href = opened.pop()
            marks.append(Mark(start, len(text), _MARKS[name], href))
        else:
            words = _words(token)
            if token.type == "code_inline":
                marks.append(Mark(len(text), len(text) + len(words), "code"))
            text += words
    ordered = sorted((m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end))
    return text, tuple(ordered)


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "image":
        return _plain(token)[0]
    return token.content


# ---------------------------------------------------------------------------- HTML

#: What a link to another site carries.
_ABROAD = "nofollow noopener ugc external"


def telling(markdown: str) -> str:
    """Return HTML of somebody's article: headings below the page's own, links to the web alone, pictures as words."""
    plain = prose(markdown, 1, f' rel="{_ABROAD}"')
    return parsed_telling(markdown) if plain is None else plain


def parsed_telling(markdown: str) -> str:
    """Return what `telling` does, by the whole parser."""
    tokens = _parser().parse(markdown)
    for token in tokens:
        token.attrs.pop("style", None)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        if token.children:
            token.children = list(_foreign(token.children))
    return _rendered(tokens)


def _foreign(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield an article's inline tokens without links that lead to no other site, and with words for pictures."""
    is_abroad = False  # links hold no links
    for token in tokens:
        if token.type == "link_open":
            is_abroad = urlsplit(str(token.attrs["href"])).scheme in ("http", "https")
            token.attrSet("rel", _ABROAD)
        if token.type == "image":
            yield _text(_words(token))
        elif is_abroad or not token.type.startswith("link_"):
            yield token


def html(
    markdown: str,
    id_prefix: str = "",
    address: Callable[[str], str] = str,
    quote: Callable[[str], str] | None = None,
) -> str:
    """Return HTML of an editor's own page.

    Links that `is_safe_link` refuses stay text; those to other sites carry `rel`; images are shown only from
    the site itself, and otherwise read as their alternative text; code and tables can be scrolled by keyboard.
    With `id_prefix` every heading has an id (the prefix and a slug of its words, unique in the text) that the
    text's own fragment links lead to.

    :param address: what a link within the site leads to, given what was written.
    :param quote: the HTML that takes a shortcode's place, given what stands between its braces.
    """
    ids = headings(markdown, id_prefix) if id_prefix else ()
    led = {heading.id.removeprefix(id_prefix): heading.id for heading in ids}
    names = (heading.id for heading in ids)

    def tamed(token: Token) -> Token:
        if token.children:
            return token.copy(children=[_tame(child, led, address) for child in token.children])
        if id_prefix and token.type == "heading_open":
            return token.copy(attrs={**token.attrs, "id": next(names)})
        if "style" in token.attrs:  # of aligned columns; our pages allow no inline styles
            return token.copy(attrs={name: value for name, value in token.attrs.items() if name != "style"})
        return token

    tokens: Iterable[Token] = _parsed(markdown)
    if quote and "{{" in markdown:
        tokens = _quoting(tuple(tokens), quote)
    return reachable(_rendered([tamed(token) for token in tokens]))


def reachable(html: str) -> str:
    """Return HTML in which what may be wider than its place, code and tables, scrolls there, for the tab key too."""
    html = html.replace("<pre><code", '<pre tabindex="0"><code')
    return html.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>")


@dataclass(frozen=True, slots=True)
class Call:
    """What stands between double braces in an editor's text."""

    inside: str
    line: int
    """From 0."""
    column: int
    """From 1."""
    is_alone: bool
    """Whether it is a paragraph of its own, as it must be to be more than words."""


#: A line that is a shortcode, what is meant to be one among other words, and what is code there.
_CALL = re.compile(r"[ \t]*\{\{(.*)\}\}[ \t]*")
_MEANT = re.compile(r"(?<!\\)\{\{([ \t]*(?:passage|diff)[ \t][^{}\n]*)\}\}")
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def calls(markdown: str) -> tuple[Call, ...]:
    """Return the shortcodes of a text, and what is meant to be one; not those in code, nor those after a backslash."""
    return tuple(_calls(markdown)) if "{{" in markdown else ()


def _calls(markdown: str) -> Iterator[Call]:
    lines = re.split(r"\r\n|\r|\n", markdown)
    for opening, token in pairwise(_parsed(markdown)):
        if token.type != "inline" or not token.map:
            continue
        alone = _CALL.fullmatch(token.content) if opening.type == "paragraph_open" else None
        # Code is left out, at its length, so that what stands behind it keeps its line.
        for call in [alone] if alone else _MEANT.finditer(_CODE.sub(_blank, token.content)):
            line = token.map[0] + token.content.count("\n", 0, call.start())
            column = lines[line].find(call[0].strip()) + 1 if line < len(lines) else 0
            yield Call(call[1], line, column, bool(alone))


def _blank(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", code[0])


def _quoting(tokens: Sequence[Token], quote: Callable[[str], str]) -> Iterator[Token]:
    """Yield the tokens with what is quoted in the place of paragraphs that are shortcodes."""
    from markdown_it.token import Token

    at = 0
    while at < len(tokens):
        inner = tokens[at + 1] if tokens[at].type == "paragraph_open" else None
        found = _CALL.fullmatch(inner.content) if inner else None
        if found:
            yield Token("html_block", "", 0, content=quote(found[1]))
            at += 3
        else:
            yield tokens[at]
            at += 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of an editor's page: where its id leads."""

    level: int
    text: str
    id: str


@lru_cache(maxsize=4)
def _parsed(markdown: str) -> tuple[Token, ...]:
    """Return the tokens of a page, which nobody may change: its text, its headings and its links are read of them."""
    return tuple(_parser().parse(markdown))


def headings(markdown: str, id_prefix: str) -> tuple[Heading, ...]:
    """Return the headings of a text with the ids that `html` gives them."""
    found: dict[str, Heading] = {}
    for token, inline in pairwise(_parsed(markdown)):
        if token.type == "heading_open":
            text = _plain(inline)[0]
            slug = unique(slugify(text), found)
            found[slug] = Heading(int(token.tag[1]), text, id_prefix + slug)
    return tuple(found.values())


def page_links(markdown: str) -> tuple[tuple[str, int], ...]:
    """Return every link of a text that leads nowhere but to its own site: its address, and its line from 0."""
    return tuple(
        (href, token.map[0] if token.map else 0)
        for token in _parsed(markdown)
        for child in token.children or ()
        if child.type == "link_open" and _is_inner(href := str(child.attrs["href"]))
    )


def _rendered(tokens: Sequence[Token]) -> str:
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, {}))


def _text(words: str) -> Token:
    from markdown_it.token import Token

    return Token("text", "", 0, content=words)


def _is_inner(href: str) -> bool:
    return not urlsplit(href).scheme and not href.startswith(("#", "/"))


def _tame(token: Token, ids: Mapping[str, str], address: Callable[[str], str]) -> Token:
    """Return an inline token fit for our pages."""
    if token.type == "link_open":
        return token.copy(attrs={**token.attrs, **_led(str(token.attrs["href"]), ids, address)})
    if token.type == "image" and not _is_own(str(token.attrs["src"])):
        return _text(_words(token))
    return token


def _led(href: str, ids: Mapping[str, str], address: Callable[[str], str]) -> dict[str, str]:
    """Return what a link's attributes become."""
    if urlsplit(href).scheme in ("http", "https"):
        return {"rel": _ABROAD}
    if href.startswith("#"):
        return {"href": "#" + ids.get(href[1:], href[1:])}
    return {"href": address(href)} if _is_inner(href) else {}


def _is_own(src: str) -> bool:
    return is_safe_link(src) and not urlsplit(src).scheme and not src.startswith("/")


# ---------------------------------------------------------------------------- text into Markdown

_LINE_SPACE = re.compile(r"[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_INLINE = re.compile(r"[\\`*_<\[\]&]")
_START = re.compile(r"[#>+=~|\-:]|\d{1,9}[.)]")


def one_line(text: str) -> str:
    """Return text with runs of spaces and line breaks as one space and none at its ends."""
    return _LINE_SPACE.sub(" ", text.replace("\0", "")).strip()


def escape(text: str) -> str:
    """Return Markdown whose one paragraph reads exactly `one_line(text)`, with few backslashes."""
    line = one_line(text)
    if not _INLINE.search(line) and not _START.match(line):
        return line
    return next((c for c in _candidates(line) if blocks(c) == (Block("paragraph", line),)), line)


def heading(text: str, level: int = 2) -> str:
    """Return Markdown for a heading that reads exactly `one_line(text)`."""
    line = one_line(text)
    if not line:
        return ""
    wanted = (Block("heading", line, level),)
    signs = "#" * level
    return next((c for c in (f"{signs} {e}" for e in _candidates(line)) if blocks(c) == wanted), f"{signs} {line}")


def _candidates(line: str) -> Iterator[str]:
    """Yield ways to write a line, the most readable first; the last one is always right."""
    yield line
    for signs in (r"[*_]", r"[\[\]]", r"[`]", r"[<]", r"[&]", r"[\\](?=[!-/:-@\[-`{-~])", r"[*_\[\]`]"):
        each = _backslash(signs)
        yield each(line)
    yield _escape_start(line)
    escaped = _backslash(r"[\\`*_<\[\]&]")(line)
    yield escaped
    yield _escape_start(escaped)
    yield _backslash(r"[!-/:-@\[-`{-~]")(line)


def _backslash(signs: str) -> Callable[[str], str]:
    return lambda line: re.sub(signs, lambda m: "\\" + m.group(), line)


def _escape_start(line: str) -> str:
    number = re.match(r"\d{1,9}(?=[.)])", line)
    if number:
        return line[: number.end()] + "\\" + line[number.end() :]
    return "\\" + line if re.match(r"[!-/:-@\[-`{-~]", line) and not line.startswith("\\") else line
