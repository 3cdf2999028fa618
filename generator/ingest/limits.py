"""How much one article may hold: far beyond any that is read, far below what would hold up a whole site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Longest text of an article in characters: some 17,000 words.
MAX_CHARACTERS = 100_000
#: Most sentences and paragraphs of an article: every one is compared with every one of the other tellings.
MAX_SENTENCES = 1_500
#: Most signs in one paragraph that may mean something to Markdown: each may have to be held against each.
MAX_SIGNS = 3_000
#: Most elements of a saved page, ten times those of a long one: finding the article takes time for each.
MAX_ELEMENTS = 50_000

_ENDS = re.compile(r"[.!?…。！？]+[\"”’)\]]*\s|\n\s*\n")
_END_SIGNS = (".", "!", "?", "…", "。", "！", "？", "\n")
_SIGNS = re.compile(r"[*_\[\]`<>&!~]")
_ELEMENT = re.compile(r"<[A-Za-z]")


def exceeded(text: str, path: str, line: int = 1) -> tuple[Problem, ...]:
    """Return what is too much about an article's text, which begins on *line* of its file; nothing for almost all."""
    if len(text) > MAX_CHARACTERS:
        said = f"{len(text):,} characters – an article of at most {MAX_CHARACTERS:,} can be compared; shorten it"
        return (Problem(path, line, 0, said),)
    if len(text) <= MAX_SIGNS:
        return ()
    sentences = len(_ENDS.findall(text)) if _end_signs(text) > MAX_SENTENCES else 0
    if sentences > MAX_SENTENCES:
        said = f"some {sentences:,} sentences – an article of at most {MAX_SENTENCES:,} can be compared; shorten it"
        return (Problem(path, line, 0, said),)
    return tuple(_crowded(text, path, line))


def _end_signs(text: str) -> int:
    """Return how many signs there are that may end a sentence: as many as sentences, at least, and quicker to count."""
    return sum(text.count(sign) for sign in _END_SIGNS if sign in text)


def too_much_to_compare(texts: Sequence[str], path: str, most: int) -> tuple[Problem, ...]:
    """Return what is too much about a story: the pairs of sentences of different tellings, for each is judged.

    :param most: so many may be; 0: any number.
    """
    if not most or len(texts) < 2 or sum(map(len, texts)) ** 2 < most:  # a sentence has one character at least
        return ()
    if _pairs([_end_signs(text) + 1 for text in texts]) <= most:
        return ()
    pairs = _pairs([len(_ENDS.findall(text.rstrip())) + 1 for text in texts])
    if pairs <= most:
        return ()
    said = (
        f"{len(texts):,} tellings with some {pairs:,} pairs of sentences, at most {most:,} are compared – split the"
        " story, leave tellings out with `draft: true`, or raise compare.sentence_pairs (it may take hours)"
    )
    return (Problem(path, 0, 0, said),)


def _pairs(counts: Sequence[int]) -> int:
    """Return the pairs of sentences of different tellings, given how many sentences each has."""
    return (sum(counts) ** 2 - sum(count * count for count in counts)) // 2


def _crowded(text: str, path: str, line: int) -> list[Problem]:
    found: list[Problem] = []
    if not _has_long_paragraph(text):
        return found
    for paragraph in text.split("\n\n"):
        if len(paragraph) > MAX_SIGNS and (signs := len(_SIGNS.findall(paragraph))) > MAX_SIGNS:
            said = f"{signs:,} signs of Markdown in one paragraph, at most {MAX_SIGNS:,} are read – is this an article?"
            found.append(Problem(path, line, 0, said))
        line += paragraph.count("\n") + 2
    return found


def _has_long_paragraph(text: str) -> bool:
    """Return whether a paragraph may have more than `MAX_SIGNS` characters: looked for is an end within so many."""
    at = 0
    while len(text) - at > MAX_SIGNS:
        end = text.rfind("\n\n", at, at + MAX_SIGNS)
        if end < 0:
            return True
        at = end + 2
    return False


def crowded_page(text: str, path: str) -> tuple[Problem, ...]:
    """Return what is too much about a saved page: its elements."""
    if text.count("<") <= MAX_ELEMENTS or (elements := len(_ELEMENT.findall(text))) <= MAX_ELEMENTS:
        return ()
    said = f"some {elements:,} elements – a saved page with at most {MAX_ELEMENTS:,} is read; save its text as .txt"
    return (Problem(path, 0, 0, said),)
