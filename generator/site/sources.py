"""What is known of a telling's source, and what nobody states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.site import links, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.site.index import Index, Teller


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
    )


def removed(rules: Sequence[str]) -> str:
    """Return what cleaning took out, in plain words: `3 lines (advertisement), 1 line (share buttons)`."""
    counts: dict[str, int] = {}
    for rule in rules:
        counts[rule] = counts.get(rule, 0) + 1
    return ", ".join(
        f"{words.figures(n, 'line')} ({rule.replace('_', ' ').replace('-', ' ')})" for rule, n in counts.items()
    )
