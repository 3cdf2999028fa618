"""An article as the comparison sees it: blocks, plain text, sentences with their places, tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.compare.languages import language_in
from generator.compare.remembered import of_texts
from generator.compare.scanning import late
from generator.compare.sentences import spans
from generator.compare.sigils import sigil_of
from generator.compare.tokens import tokens
from generator.ingest.markdown import blocks
from generator.model import Article, Block, Segment, Witness
from generator.values import maker

#: What stands between two blocks of the plain text, and counts in the offsets.
BLANK_LINE = "\n\n"

#: Blocks that are not sentences of the telling: a heading is one unit of its own, code is no prose.
_NO_SENTENCES = frozenset({"heading", "code"})

_OF_WORDS = re.compile(r"\w")
#: Scripts that set no space between words: every sign of theirs is counted, as their editors do.
_SIGN = late(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@of_texts(4096)
def word_count(text: str) -> int:
    """Return how many words *text* has; in scripts without spaces, how many signs."""
    signs = 0 if text.isascii() else len(_SIGN.findall(text))
    parts = (_SIGN.sub(" ", text) if signs else text).split()
    return signs + len([part for part in parts if part[0].isalnum() or _OF_WORDS.search(part)])


def plain_text(article: Article) -> str:
    """Return the text of an article, as its witness has it."""
    return BLANK_LINE.join(block.text for block in blocks(article.body))


def witness_of(article: Article, sigil: str) -> Witness:
    """Return *article* with its body taken apart; `witness.text[s.start:s.end] == s.text` for every segment."""
    parts = blocks(article.body)
    text = BLANK_LINE.join(block.text for block in parts)
    language = article.language or language_in(text)
    segments = _segments(parts, sigil, language)
    words = sum(word_count(block.text) for block in parts)
    return Witness(sigil, article, parts, text, segments, words, language)


def witnesses_of(articles: Sequence[Article]) -> tuple[Witness, ...]:
    """Return the witnesses of a story, with sigla by the articles' order."""
    return tuple(witness_of(article, sigil_of(position)) for position, article in enumerate(articles))


_segment = maker(Segment)
#: “Harnholm. Nach einem Großbrand …”: the place with which German papers begin a report is no sentence.
_PLACE = re.compile(r"[A-ZÄÖÜ][\w-]*(?:[ /][A-ZÄÖÜ][\w-]*){0,2}(?: \([\w/]+\))?\.")


def _segments(parts: Sequence[Block], sigil: str, language: str) -> tuple[Segment, ...]:
    found: list[Segment] = []
    offset = 0
    placed = not language.lower().startswith("de")
    for number, block in enumerate(parts):
        if block.kind not in _NO_SENTENCES:
            places = spans(block.text, language or "en")
            if not placed and len(places) > 1:
                placed, places = True, _with_place(block.text, places)
            for start, end in places:
                index = len(found)
                text = block.text[start:end]
                found.append(
                    _segment(
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


def _with_place(text: str, places: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Return the places of a report's first sentences, the first of which begins with where it is from."""
    (start, end), (_, second), *rest = places
    return ((start, second), *rest) if _PLACE.fullmatch(text, start, end) else places
