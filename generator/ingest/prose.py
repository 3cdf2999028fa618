"""Plain prose in Markdown straight into HTML: paragraphs, headings, quotations of one line, bold, italics, web links.

And straight into its words, with what marks them.

Nothing but speed, in front of the whole parser (`generator.ingest.markdown`), which takes ten times as long for the
same answer. Whatever might mean anything else is left to it: a text is taken here only where every character of it
means what it looks like. Tests hold both equal on CommonMark's examples and on invented texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.model import Block, Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Signs that may begin something else wherever they stand: escapes, code, underscores, tables, HTML, odd spaces.
_ELSE: Final = ("\\", "`", "_", "|", "<", "\t", "\r", "\0", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f")
_ENTITY: Final = re.compile(r"&(?! )")
#: How a line begins that can begin nothing but a paragraph, nor go on with anything else; `"` and `>` are escaped.
_LINE: Final = re.compile(r"[^\W\d_]|[“”‘’'„«»($£€…–—]|&quot;|\*{1,2}[^\s*]|\[[^\W_]|[0-9]+(?![0-9.)])")
#: The same of a line that nothing has been escaped in.
_BARE: Final = re.compile(r"[^\W\d_]|[\"“”‘’'„«»($£€…–—]|\*{1,2}[^\s*]|\[[^\W_]|[0-9]+(?![0-9.)])")
_HEADING: Final = re.compile(r"(#{1,6}) ([^\s#][^#\n]*)")
_QUOTE: Final = "&gt; "
_BARE_QUOTE: Final = "> "
#: What may stand in a paragraph beside plain text. Both ends of an emphasis are such that the rules about their
#: neighbours (CommonMark, 6.2) leave one reading: white space or nothing before it; behind it white space or nothing,
#: or a sign behind a letter.
_EMPHASIS: Final = re.compile(
    r"\*(?<![^ \n]\*)(\*?)([^\s*\[\]](?:[^*\[\]\n]*[^\s*\[\]])?)(?:\*\1(?=[ \n]|\Z)|(?<=[^\W_])\*\1(?=[.,;:!?)]))"
)
_LINK: Final = re.compile(
    r"\[(?<!!\[)([^\W_][^*\[\]\n!<]*)\]\((https?://[a-z0-9.-]*[a-z0-9](?:/[A-Za-z0-9./~=?+,;-]*)?)\)"
)


def prose(markdown: str, deeper: int = 0, link: str = "") -> str | None:
    """Return the HTML of plain prose, None for any other text.

    :param deeper: by how many levels headings go down, to six at most.
    :param link: attributes of every link, with a space before them.
    """
    for sign in _ELSE:
        if sign in markdown:
            return None
    if "&" in markdown:
        if _ENTITY.search(markdown):
            return None
        markdown = markdown.replace("&", "&amp;")
    if '"' in markdown:
        markdown = markdown.replace('"', "&quot;")
    if ">" in markdown:
        markdown = markdown.replace(">", "&gt;")
    marked = "*" in markdown or "[" in markdown
    made = []
    for block in markdown.split("\n\n"):
        text = block.strip("\n")
        if not text:
            continue
        begin, end = "<p>", "</p>\n"
        if not (text[0].isalpha() or _LINE.match(text)):
            heading = _HEADING.fullmatch(text)
            if heading:
                text, level = heading[2], min(len(heading[1]) + deeper, 6)
                begin, end = f"<h{level}>", f"</h{level}>\n"
            elif text.startswith(_QUOTE) and "\n" not in text:
                text, begin, end = text[len(_QUOTE) :], "<blockquote>\n<p>", "</p>\n</blockquote>\n"
            if not _LINE.match(text):
                return None
        if text[-1].isspace() or ("\n" in text and not all(map(_goes_on, text.split("\n")))):
            return None
        if marked and ("*" in text or "[" in text):
            inner = _marked(text, link)
            if inner is None:
                return None
            text = inner
        made.append(f"{begin}{text}{end}")
    return "".join(made)


def plain_blocks(markdown: str) -> list[Block] | None:
    """Return the blocks of plain prose as the words that they print, each on one line; None for any other text."""
    if any(sign in markdown for sign in _ELSE) or ("&" in markdown and _ENTITY.search(markdown)):
        return None
    marked = "*" in markdown or "[" in markdown
    made = []
    for part in markdown.split("\n\n"):
        text, level = part.strip("\n"), 0
        if not text:
            continue
        is_quote = text.startswith(_BARE_QUOTE) and "\n" not in text
        if is_quote:
            text = text[len(_BARE_QUOTE) :]
        elif heading := _HEADING.fullmatch(text):
            text, level = heading[2], len(heading[1])
        lines = text.split("\n")
        if not all(_BARE.match(line) and not line[-1].isspace() for line in lines):
            return None
        marks: Sequence[Mark] = ()
        if marked and ("*" in text or "[" in text):
            inner = _words_and_marks(text)
            if inner is None:
                return None
            text, marks = inner
        made.append(
            Block(
                "quote" if is_quote else "heading" if level else "paragraph",
                text.replace("\n", " "),
                level,
                tuple(marks),
            )
        )
    return made


def _words_and_marks(text: str) -> tuple[str, list[Mark]] | None:
    """Return the text without the signs of its emphases and links, and these as marks; None if it has any other."""
    words, at, marks = "", 0, []
    for found in sorted([*_EMPHASIS.finditer(text), *_LINK.finditer(text)], key=re.Match.start):
        words += text[at : found.start()]
        start = len(words)
        if found.re is _LINK:
            words += found[1]
            marks.append(Mark(start, len(words), "link", found[2]))
        else:
            words += found[2]
            marks.append(Mark(start, len(words), "strong" if found[1] else "em"))
        at = found.end()
    words += text[at:]
    return None if "*" in words or "[" in words else (words, marks)


def _goes_on(line: str) -> bool:
    return bool(_LINE.match(line)) and not line[-1].isspace()


def _marked(text: str, link: str) -> str | None:
    """Return the text with its emphases and links as HTML, None if it has any other."""
    if "*" in text:
        text = _EMPHASIS.sub(_tagged, text)
    if "[" in text:  # a link whose words were emphasised holds a `<` now, and is none for `_LINK`
        text = _LINK.sub(lambda found: f'<a href="{found[2]}"{link}>{found[1]}</a>', text)
    return None if "*" in text or "[" in text else text


def _tagged(found: re.Match[str]) -> str:
    tag = "strong" if found[1] else "em"
    return f"<{tag}>{found[2]}</{tag}>"
