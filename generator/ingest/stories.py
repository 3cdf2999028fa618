"""A story without an editor takes its title and its date from its articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.ingest.markdown import blocks
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Article

#: Shorter words are mostly grammar and say nothing about a title.
MIN_WORD = 4


@dataclass(frozen=True, slots=True)
class Title:
    """A story's title and the slug of the article it was taken from; both may be empty."""

    text: str = ""
    article: str = ""


_QUOTES = re.compile(r"[“”\"„«»]|(?:^|\s)[‘']\w")


def title_of(articles: Sequence[Article]) -> Title:
    """Return the stated title which the other articles' texts bear out most.

    A title that quotes nobody comes before one that does: as the story's name, a quotation would be the
    page's own claim. Each title's score is the mean, over its content words, of the share of the other
    articles that contain the word; ties go to the shorter title, then to the alphabet. Without a stated title
    the first heading of the first article that has one; else an empty title. Does not depend on the articles'
    order otherwise.
    """
    texts = [folded(f"{a.title}\n{a.body}") for a in articles]
    scored = []
    held: dict[str, tuple[bool, ...]] = {}
    for i, article in enumerate(articles):
        if article.title:
            score = _borne_out(article.title, i, texts, held)
            quotes = bool(_QUOTES.search(article.title))
            scored.append((quotes, -score, len(article.title), article.title, article.slug))
    if scored:
        *_, title, slug = min(scored)
        return Title(title, slug)
    return next((Title(text, a.slug) for a in articles if (text := first_heading(a.body))), Title())


def first_title(articles: Sequence[Article]) -> Title:
    """Return the first title that an article states: where nothing is compared, texts are not held against titles."""
    return next((Title(a.title, a.slug) for a in articles if a.title), Title())


def date_of(articles: Sequence[Article]) -> str:
    """Return the earliest stated date (without the time), or nothing."""
    return min((a.date[:10] for a in articles if a.date), default="")


def _borne_out(title: str, own: int, texts: Sequence[str], held: dict[str, tuple[bool, ...]]) -> float:
    """Return the mean share (0 to 1) of the other folded texts that contain each content word of *title*.

    :param held: word → in which texts it stands, as far as that has been asked.
    """
    words = content_words(title)
    if not words or len(texts) < 2:
        return 0.0
    for word in words - held.keys():
        held[word] = tuple(has_word(text, word) for text in texts)
    return sum(sum(held[word]) - held[word][own] for word in words) / (len(words) * (len(texts) - 1))


def content_words(text: str) -> frozenset[str]:
    """Return the distinct words of at least `MIN_WORD` letters, folded, without `’s` at their ends."""
    words = _WORD.findall(folded(text))
    return frozenset(word for w in words if len(word := w.removesuffix("'s")) >= MIN_WORD)


_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def folded(text: str) -> str:
    """Return text as its words are compared."""
    return text.casefold().replace("’", "'")


def has_word(text: str, word: str) -> bool:
    """Return whether a word is among the content words of a folded text, without taking the text apart."""
    end, at = 0, text.find(word)
    while at >= 0:
        start = at
        while start > end and (text[start - 1].isalnum() or text[start - 1] == "'"):
            start -= 1
        for found in _WORD.finditer(text, start):
            if found.start() > at:
                break
            if found[0].removesuffix("'s") == word:
                return True
            end = found.end()
        at = text.find(word, max(end, at + 1))
    return False


def first_heading(markdown: str) -> str:
    """Return the text of the first heading, or nothing."""
    return next((block.text for block in blocks(markdown) if block.kind == "heading"), "")
