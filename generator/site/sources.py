"""What is known of a telling's source, and what nobody states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.site import links, words
from generator.site.words import N_
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.site.index import Index, Teller
    from generator.site.words import Words

#: The rules of `generator.ingest.cleaning` and `credits`, as a page says them.
RULES: Final = {
    "source-line": N_("source line"),
    "advertisement": N_("advertisement"),
    "read-more": N_("read more"),
    "page-head": N_("head of the page"),
    "link-text": N_("link text"),
    "stray-bracket": N_("stray bracket"),
    "call-to-comment": N_("call to comment"),
    "call-to-subscribe": N_("call to subscribe"),
    "consent": N_("consent"),
    "copyright": N_("copyright"),
    "loading": N_("loading"),
    "hour": N_("hour of a live report"),
    "image-credit": N_("image credit"),
    "site-name": N_("site name"),
    "repeated-title": N_("repeated title"),
    "byline": N_("byline"),
    "dateline": N_("dateline"),
}


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
        date=index.words.date(article.date),
        date_iso=article.date if words.is_date(article.date) else "",
        address=links.external(article.source_url),
        host=links.host(article.source_url) or article.source_url,
        via=article.via,
        words=index.words.ngettext("%(n)s word", "%(n)s words", witness.words),
        seed=article.seed,
        removed=removed(tuple(line.rule for line in article.removed), index.words),
        lines=tuple(
            Line(line.line, _plain(line.rule, index.words), line.text) for line in article.removed if line.text.strip()
        ),
    )


def removed(rules: Sequence[str], said: Words) -> str:
    """Return what cleaning took out, in plain words: `3 lines (advertisement), 1 line (share buttons)`."""
    counts: dict[str, int] = {}
    for rule in rules:
        counts[rule] = counts.get(rule, 0) + 1
    parts = [
        said.ngettext("%(n)s line (%(rule)s)", "%(n)s lines (%(rule)s)", n, rule=_plain(rule, said))
        for rule, n in counts.items()
    ]
    return said.commas(parts)


def _plain(rule: str, said: Words) -> str:
    return said.gettext(RULES.get(rule, rule.replace("_", " ").replace("-", " ")))
