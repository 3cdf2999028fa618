"""An article as the comparison sees it: blocks, plain text, sentences with their places, tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.compare.sentences import spans
from generator.compare.tokens import tokens
from generator.ingest.markdown import blocks
from generator.model import Article, Block, Segment, Witness

#: What stands between two blocks of the plain text, and counts in the offsets.
BLANK_LINE = "\n\n"

#: Blocks that are not sentences of the telling: a heading is one unit of its own, code is no prose.
_NO_SENTENCES = frozenset({"heading", "code"})

_WORD = re.compile(r"\S*\w\S*")


def sigil_of(position: int) -> str:
    """Return the sigil of the article at *position* (from 0) in its story: A … Z, AA, AB …"""
    letters = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def witness_of(article: Article, sigil: str) -> Witness:
    """Return *article* with its body taken apart; `witness.text[s.start:s.end] == s.text` for every segment."""
    parts = blocks(article.body)
    text = BLANK_LINE.join(block.text for block in parts)
    segments = _segments(parts, sigil, article.language)
    words = sum(len(_WORD.findall(block.text)) for block in parts)
    return Witness(sigil, article, parts, text, segments, words)


def witnesses_of(articles: Sequence[Article]) -> tuple[Witness, ...]:
    """Return the witnesses of a story, with sigla by the articles' order."""
    return tuple(witness_of(article, sigil_of(position)) for position, article in enumerate(articles))


def _segments(parts: Sequence[Block], sigil: str, language: str) -> tuple[Segment, ...]:
    found: list[Segment] = []
    offset = 0
    for number, block in enumerate(parts):
        if block.kind not in _NO_SENTENCES:
            for start, end in spans(block.text, language or "en"):
                index = len(found)
                text = block.text[start:end]
                found.append(
                    Segment(
                        f"{sigil}{index + 1}",
                        sigil,
                        index,
                        text,
                        number,
                        offset + start,
                        offset + end,
                        tokens(text),
                    )
                )
        offset += len(block.text) + len(BLANK_LINE)
    return tuple(found)
