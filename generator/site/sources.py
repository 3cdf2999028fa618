"""What is known of a telling's source, and what nobody states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.site import links, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.site.index import Index, Teller


@dataclass(frozen=True, slots=True)
class Line:
    """A line that cleaning took out of a capture."""

    number: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a telling's source, and what nobody states."""

    teller: Teller
    title: str
    date: str
    """Empty: undated."""
    date_iso: str
    address: str
    host: str
    via: str
    words: str
    seed: str
    removed: str
    lines: tuple[Line, ...]
    """What was taken out, line by line; empty where it may not be reprinted."""


def source(index: Index, teller: Teller) -> Source:
    """Return what a capture states of itself."""
    witness = index.witnesses[teller.sigil]
    article = witness.article
    return Source(
        teller=teller,
        title=article.title,
        date=words.date(article.date),
        date_iso=article.date if words.is_date(article.date) else "",
        address=links.external(article.source_url),
        host=links.host(article.source_url) or article.source_url,
        via=article.via,
        words=words.figures(witness.words, "word"),
        seed=article.seed,
        removed=removed(tuple(line.rule for line in article.removed)),
        lines=tuple(Line(line.line, _plain(line.rule), line.text) for line in article.removed if line.text.strip()),
    )


def removed(rules: Sequence[str]) -> str:
    """Return what cleaning took out, in plain words: `3 lines (advertisement), 1 line (share buttons)`."""
    counts: dict[str, int] = {}
    for rule in rules:
        counts[rule] = counts.get(rule, 0) + 1
    return ", ".join(f"{words.figures(n, 'line')} ({_plain(rule)})" for rule, n in counts.items())


def _plain(rule: str) -> str:
    return rule.replace("_", " ").replace("-", " ")
