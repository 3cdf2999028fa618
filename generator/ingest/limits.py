"""How much one article may hold: far beyond any that is read, far below what would hold up a whole site."""

from __future__ import annotations

import re

from generator.errors import Problem

#: Longest text of an article in characters: some 17,000 words.
MAX_CHARACTERS = 100_000
#: Most sentences and paragraphs of an article: every one is compared with every one of the other tellings.
MAX_SENTENCES = 1_500
#: Most signs in one paragraph that may mean something to Markdown: each may have to be held against each.
MAX_SIGNS = 3_000

_ENDS = re.compile(r"[.!?…。！？]+[\"”’)\]]*\s|\n\s*\n")
_END_SIGNS = (".", "!", "?", "…", "。", "！", "？", "\n")
_SIGNS = re.compile(r"[*_\[\]`<>&!~]")


def exceeded(text: str, path: str, line: int = 1) -> tuple[Problem, ...]:
    """Return what is too much about an article's text, which begins on *line* of its file; nothing for almost all."""
    if len(text) > MAX_CHARACTERS:
        said = f"{len(text):,} characters – an article of at most {MAX_CHARACTERS:,} can be compared; shorten it"
        return (Problem(path, line, 0, said),)
    if len(text) <= MAX_SIGNS:
        return ()
    ends = sum(map(text.count, _END_SIGNS))  # as many as there can be sentences, and quicker to count
    sentences = len(_ENDS.findall(text)) if ends > MAX_SENTENCES else 0
    if sentences > MAX_SENTENCES:
        said = f"some {sentences:,} sentences – an article of at most {MAX_SENTENCES:,} can be compared; shorten it"
        return (Problem(path, line, 0, said),)
    return tuple(_crowded(text, path, line))


def _crowded(text: str, path: str, line: int) -> list[Problem]:
    found: list[Problem] = []
    paragraphs = text.split("\n\n")
    if max(map(len, paragraphs)) <= MAX_SIGNS:
        return found
    for paragraph in paragraphs:
        if len(paragraph) > MAX_SIGNS and (signs := len(_SIGNS.findall(paragraph))) > MAX_SIGNS:
            said = f"{signs:,} signs of Markdown in one paragraph, at most {MAX_SIGNS:,} are read – is this an article?"
            found.append(Problem(path, line, 0, said))
        line += paragraph.count("\n") + 2
    return found
