"""What a web page states about its article in JSON-LD, Open Graph, meta and link elements."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The value's name here → where pages state it, best first: JSON-LD paths and the names of meta elements.
_PLACES = {
    "title": ("ld:headline", "og:title", "twitter:title", "dc.title"),
    "outlet": ("og:site_name", "ld:publisher.name", "dc.publisher"),
    "date": ("ld:datePublished", "article:published_time", "date", "dc.date", "parsely-pub-date"),
    "updated": ("ld:dateModified", "article:modified_time"),
    "source_url": ("link:canonical", "og:url", "ld:url"),
    "language": ("ld:inLanguage", "html:lang", "og:locale"),
}


def stated(page: str) -> dict[str, str | tuple[str, ...]]:
    """Return what an HTML page states of title, outlet, date, updated, source_url, language and authors.

    Values are as printed, save that a title's ending ` | <outlet>` is taken off. Total: any text will do.
    """
    found = _Collector()
    found.feed(page)
    found.close()
    ld = next((item for text in found.scripts for item in _articles(_json(text))), {})
    values: dict[str, str | tuple[str, ...]] = {}
    for name, places in _PLACES.items():
        value = next((v for place in places if (v := _at(place, ld, found.meta))), "")
        if value:
            values[name] = value
    title = str(values.get("title") or (found.headings[0] if len(found.headings) == 1 else ""))
    values["title"] = _without_site(title, str(values.get("outlet", "")))
    values["authors"] = _names(ld.get("author")) or tuple(filter(None, [_author(found.meta)]))
    if "language" in values:
        values["language"] = str(values["language"]).replace("_", "-")
    return values


class _Collector(HTMLParser):
    """The elements of a page that state something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.scripts: list[str] = []
        self.headings: list[str] = []
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = (values.get("property") or values.get("name") or "").lower()
            self.meta.setdefault(name, values.get("content", "").strip())
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.meta.setdefault("link:canonical", values.get("href", "").strip())
        elif tag == "html" and values.get("lang"):
            self.meta.setdefault("html:lang", values["lang"])
        elif tag == "h1":
            self._begin(self.headings)
        elif tag == "script" and values.get("type", "").lower() == "application/ld+json":
            self._begin(self.scripts)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "script"):
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data

    def _begin(self, into: list[str]) -> None:
        into.append("")
        self._into = into


def _json(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _articles(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    """Yield the JSON-LD objects that describe an article, in lists and graphs too."""
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _articles(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(str(k).endswith(("Article", "BlogPosting")) for k in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        yield from _articles(value.get("@graph"), depth + 1)


def _at(place: str, ld: Mapping[str, object], meta: Mapping[str, str]) -> str:
    if not place.startswith("ld:"):
        return meta.get(place, "")
    value: object = ld
    for key in place.removeprefix("ld:").split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return " ".join(value.split()) if isinstance(value, str) else ""


def _names(value: object) -> tuple[str, ...]:
    """Return the names in a JSON-LD author: a text, an object, or a list of them."""
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for item in value for name in _names(item)))
    if isinstance(value, dict):
        return _names(value.get("name"))
    return (value.strip(),) if isinstance(value, str) and value.strip() else ()


def _author(meta: Mapping[str, str]) -> str:
    """Return the author in the meta elements, unless it is an address."""
    names = (meta.get(name, "") for name in ("author", "article:author", "dc.creator"))
    return next((name for name in names if name and "://" not in name), "")


def _without_site(title: str, site: str) -> str:
    title = " ".join(title.split())
    for sign in (" | ", " - ", " – ", " — ", " · "):
        if site and title.casefold().endswith((sign + site).casefold()):
            return title[: -len(sign + site)]
    return title
