"""A story as schema.org says it: what it is based on, whom it cites; data for the head of a page, never code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.site import links, words
from generator.site.summary import updated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.model import Config
    from generator.site.index import Index, Teller
    from generator.site.overview import Bit

    Json = Mapping[str, object]


def story(index: Index, finding: Iterable[Bit], config: Config) -> str:
    """Return a story as JSON-LD that may stand between script tags: no `<` is in it, whatever a source says.

    :param finding: the story in counts.
    """
    pictured = config.base_url and config.cards_enabled
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": index.title,
        "description": "".join(bit.text for bit in finding).strip(),
        "inLanguage": config.language,
        **_dates(index.digest.story.date, updated(index.digest.story)),
        **({"url": links.absolute(config.base_url, index.page)} if config.base_url else {}),
        **({"keywords": list(index.digest.story.tags)} if index.digest.story.tags else {}),
        **({"image": links.absolute(config.base_url, links.story_card(index.digest.story.slug))} if pictured else {}),
        "publisher": {"@type": "Organization", "name": config.title},
        "isBasedOn": [_telling(index, teller) for teller in index.tellers.values()],
        "citation": list(dict.fromkeys(filter(None, (_address(index, teller) for teller in index.tellers.values())))),
    }
    text = json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPED)


#: What might end a script, begin a comment in it, or end a line of one that somebody pastes the data into.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "&<>\u2028\u2029"}


def _telling(index: Index, teller: Teller) -> Json:
    article = index.witnesses[teller.sigil].article
    address = _address(index, teller)
    return {
        "@type": "NewsArticle",
        **({"headline": article.title} if article.title else {}),
        **({"url": address} if address else {}),
        **({"inLanguage": teller.language} if teller.language else {}),
        **({"author": [{"@type": "Person", "name": name} for name in article.authors]} if article.authors else {}),
        **_dates(article.date, article.updated),
        **({"publisher": {"@type": "Organization", "name": teller.name}} if teller.outlet_page else {}),
    }


def _address(index: Index, teller: Teller) -> str:
    return links.external(index.witnesses[teller.sigil].article.source_url)


def _dates(stated: str, changed: str) -> Json:
    """When it was published, and changed since, where that is stated."""
    said = {"datePublished": stated} if words.is_date(stated) else {}
    return {**said, **({"dateModified": changed} if words.is_date(changed) and changed != stated else {})}
