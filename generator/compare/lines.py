"""Text with styles into lines of a given width, for terminals: by columns, not by characters.

Holds no escape sequences: what a style looks like is the shell's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from generator.values import dataclass

Style = Literal["plain", "strong", "quiet", "old", "new", "shared"]

#: Where a line may be broken though no space stands there; prints nothing.
BREAK = "\u200b"

#: Scripts that break between any two characters: Han and kana.
_WIDE = "\u2e80-\u2fff\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: A space, a character of such a script with the marks that may not open a line, or what stays together.
_ATOM = re.compile(rf"[\s{BREAK}]+|[{_WIDE}][\u0300-\u036f]*[，。、；：？！」』”）》]*|[^\s{BREAK}{_WIDE}]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style."""

    text: str
    style: Style = "plain"


Line = tuple[Span, ...]


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a wide character, none for one that combines."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if sign.isascii():
        return 1
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def harmless(text: str) -> str:
    """Return a text without control characters, by which a capture could take hold of the terminal."""
    return "".join(sign if unicodedata.category(sign) != "Cc" or sign.isspace() else "\ufffd" for sign in text)


def plain(line: Line) -> str:
    """Return a line's text alone."""
    return "".join(span.text for span in line)


def wrapped(spans: Iterable[Span], width: int, first: str = "", rest: str = "") -> tuple[Line, ...]:
    """Return spans as lines of at most `width` columns; white space is one space, a word too long is cut.

    :param first: what the first line begins with, inside the width; `rest`: the others.
    """
    lines: list[Line] = []
    line: list[Span] = []
    room = width - columns(first)
    gap = False
    for word, broken in _words(spans, max(width - columns(rest), 2)):
        needed = sum(columns(span.text) for span in word)
        if line and needed + gap > room:
            lines.append((Span(rest if lines else first), *line))
            line, room, gap = [], width - columns(rest), False
        if gap and line:
            same = line[-1].style == word[0].style
            line.append(Span(" ", word[0].style if same else "plain"))
            room -= 1
        line += word
        room -= needed
        gap = broken
    if line or not lines:
        lines.append((Span(rest if lines else first), *line))
    return tuple(_joined(line) for line in lines)


def _words(spans: Iterable[Span], width: int) -> Iterator[tuple[list[Span], bool]]:
    """Yield what may not be broken, and whether a space follows; a word of several styles is one."""
    word: list[Span] = []
    for text, style in _atoms(spans):
        if text.strip(f" \t\n{BREAK}") == "" or text.isspace():
            if word:
                yield from _fitting(word, width, space=text.strip(BREAK) != "")
            word = []
            continue
        if word and re.match(f"[{_WIDE}]", text):
            yield from _fitting(word, width, space=False)
            word = []
        word.append(Span(text, style))
    if word:
        yield from _fitting(word, width, space=False)


def _atoms(spans: Iterable[Span]) -> Iterator[tuple[str, Style]]:
    for span in spans:
        for atom in _ATOM.findall(harmless(span.text)):
            yield atom, span.style


def _fitting(word: Sequence[Span], width: int, *, space: bool) -> Iterator[tuple[list[Span], bool]]:
    """Cut a word that no line can hold."""
    held: list[Span] = []
    room = width
    for span in word:
        text = span.text
        while columns(text) > room:
            at = _cut(text, room)
            if at:
                held.append(Span(text[:at], span.style))
            yield held, False
            held, room, text = [], width, text[at:]
        held.append(Span(text, span.style))
        room -= columns(text)
    yield held, space


def _cut(text: str, room: int) -> int:
    """Return how many characters of a text fit."""
    for at, sign in enumerate(text):
        room -= _columns(sign)
        if room < 0:
            return at
    return len(text)


def _joined(line: Line) -> Line:
    """Join neighbours of one style, and drop what is empty."""
    out: list[Span] = []
    for span in line:
        if out and out[-1].style == span.style:
            out[-1] = Span(out[-1].text + span.text, span.style)
        elif span.text:
            out.append(span)
    return tuple(out)
