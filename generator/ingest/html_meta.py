"""What a web page states about its article: JSON-LD, Open Graph, meta, link and time elements, and its saver's note."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from generator.ingest.addresses import host_of
from generator.ingest.dates import iso_date
from generator.ingest.fields import is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: The value's name here → where pages state it, best first: JSON-LD paths, names of meta elements (`name`, `property`
#: or `itemprop`), and what the collector finds elsewhere.
_PLACES = {
    "title": ("ld:headline", "og:title", "twitter:title", "dc.title", "dcterms.title", "headline"),
    "outlet": ("og:site_name", "ld:publisher.name", "dc.publisher", "application-name"),
    "date": (
        *("ld:datePublished", "article:published_time", "article:published", "datepublished", "og:pubdate", "pubdate"),
        *("publishdate", "publish-date", "publish_date", "published", "parsely-pub-date", "sailthru.date"),
        *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created"),
        *(
            "cxenseparse:recs:publishtime",
            "date",
            "pdate",
            "ld:dateCreated",
            "time:published",
            "meta:published",
            "time:only",
            "printed:only",
        ),
    ),
    "updated": ("ld:dateModified", "article:modified_time", "article:modified", "datemodified", "dcterms.modified"),
    "source_url": ("link:canonical", "og:url", "ld:url", "ld:mainEntityOfPage", "saved:from"),
    "language": ("ld:inLanguage", "html:lang", "og:locale"),
}
_DATES = ("date", "updated")
#: Class of an element that a date is printed in, and how many texts of it are looked at (`By`, a name, the date).
_DATED = re.compile(r"(?:^|[\s_-])(?:date|dateline|pubdate|published)(?:[\s_-]|$)", re.IGNORECASE)
_TEXTS = 4
#: A longer text only mentions a date.
_LONGEST = 40
#: A heading is the page's title if so much of its words stand in the title element, which often says it otherwise.
_SAME = 0.6
#: What sites of their own making call the date of publication in a meta element.
_PUBLISHED = re.compile(r"(?:publi(?:sh|cation)|post)\w*[._:-]?(?:date|time|on)\b|(?:date|time|first)[._:-]?publish")


def stated(page: str) -> dict[str, str | tuple[str, ...]]:
    """Return what an HTML page states of title, outlet, date, updated, source_url, language and authors.

    Values are as printed, save that dates become ISO 8601, that what is no date, address or name is passed over,
    and that the outlet's name is taken off the title. Total: any text will do.
    """
    found = _collected(page)
    ld = _described(found.scripts)
    values: dict[str, str | tuple[str, ...]] = {}
    for name, places in _PLACES.items():
        given = (_at(place, ld, found.meta) for place in places)
        value = next((read for text in given if (read := _read(name, text, found.meta))), "")
        if value:
            values[name] = value
    title = str(values.get("title") or _heading(found))
    values["title"] = _without_site(title, str(values.get("outlet", "")))
    names = _names(ld.get("author")) or tuple(_meta_authors(found.meta))
    values["authors"] = tuple(name for name in map(_unescaped, names) if name != values.get("outlet"))
    return values


def titles(page: str) -> tuple[str, ...]:
    """Return every wording of the title that a page has: what it states, its headings of level 1."""
    found = _collected(page)
    ld = _described(found.scripts)
    stated_ = (_at(place, ld, found.meta) for place in (*_PLACES["title"], "ld:alternativeHeadline"))
    return tuple(dict.fromkeys(text for text in (_unescaped(t) for t in (*stated_, *found.headings)) if text))


# ---------------------------------------------------------------------------- reading the page


def _collected(page: str) -> _Collector:
    """Return a page's elements that state something."""
    found = _Collector()
    found.feed(page)
    found.close()
    for name, texts in (("time:only", found.times), ("printed:only", found.printed)):
        dates = [date for text in texts if (date := iso_date(text))]
        if len({date[:10] for date in dates}) == 1:
            found.meta.setdefault(name, dates[0])
    return found


class _Collector(HTMLParser):
    """The elements of a page that state something."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.scripts: list[str] = []
        self.headings: list[str] = []
        self.title = ""
        self.times: list[str] = []
        self.printed: list[str] = []
        """What is printed in elements for dates."""
        self._looked_at = 0
        self._into: list[str] | None = None
        self._until = ""
        self._named = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            for key in ("property", "name", "itemprop"):
                for name in values.get(key, "").lower().split():
                    self._note(name, values.get("content", ""))
                    if _PUBLISHED.search(name):
                        self._note("meta:published", values.get("content", ""))
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self._note("link:canonical", values.get("href", ""))
        elif tag == "html":
            self._note("html:lang", values.get("lang", ""))
        elif tag == "time":
            self._time(values)
        elif tag == "h1":
            self._begin(self.headings, tag)
        elif tag == "title" and not self.title:
            self._begin([], tag)
        elif tag == "script" and values.get("type", "").lower().strip() == "application/ld+json":
            self._begin(self.scripts, tag)
        if _DATED.search(values.get("class", "")):
            self._looked_at = _TEXTS
        if tag not in ("meta", "time") and "datepublished" in values.get("itemprop", "").lower().split():
            self._note("datepublished", values.get("content", "") or values.get("datetime", ""))
            self._named = "" if self.meta.get("datepublished") else "datepublished"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._until and self._into is not None:
            if tag == "title":
                self.title = self._into[-1]
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data
        if self._looked_at and data.strip():
            is_date = len(data.strip()) <= _LONGEST and bool(iso_date(data))
            self.printed += [data] * is_date
            self._looked_at = 0 if is_date else self._looked_at - 1
        if self._named and data.strip():
            self._note(self._named, data)
            self._named = ""

    def handle_comment(self, data: str) -> None:
        """Note where a browser has saved the page from: the "mark of the web", or SingleFile's comment."""
        found = re.search(r"(?:saved from url=\(\d+\)|\burl:\s*)(https?://\S+)", data[:2000])
        if found:
            self._note("saved:from", found[1])

    def _time(self, values: Mapping[str, str]) -> None:
        moment = values.get("datetime", "") or values.get("content", "")
        self.times.append(moment)
        names = f"{values.get('itemprop', '')} {values.get('class', '')}".lower()
        if "datepublished" in names or "pubdate" in values or re.search(r"\b(?:entry-)?(?:published|pubdate)\b", names):
            self._note("time:published", moment)

    def _note(self, name: str, value: str) -> None:
        if value.strip():
            self.meta.setdefault(name, value.strip())

    def _begin(self, into: list[str], until: str) -> None:
        into.append("")
        self._into, self._until = into, until


# ---------------------------------------------------------------------------- JSON-LD


def _described(scripts: Iterable[str]) -> Mapping[str, object]:
    """Return the JSON-LD object of the page's article, its publisher and author looked up where they are references."""
    values = [_json(text) for text in scripts]
    article = next((item for value in values for item in _articles(value)), {})
    known = {str(item["@id"]): item for value in values for item in _objects(value) if len(item) > 1 and "@id" in item}
    return {key: _looked_up(value, known) for key, value in article.items()}


def _looked_up(value: object, known: Mapping[str, Mapping[str, object]]) -> object:
    if isinstance(value, list):
        return [_looked_up(item, known) for item in value]
    if isinstance(value, dict) and not value.get("name") and str(value.get("@id")) in known:
        return known[str(value["@id"])]
    return value


def _json(text: str) -> object:
    plain = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", text)
    try:
        return json.loads(plain, strict=False)
    except (ValueError, RecursionError):
        return None


def _articles(value: object) -> Iterator[Mapping[str, object]]:
    """Yield the JSON-LD objects that describe an article, in lists and graphs too."""
    for item in _objects(value):
        kinds = item.get("@type")
        if any(str(k).endswith(("Article", "BlogPosting")) for k in (kinds if isinstance(kinds, list) else [kinds])):
            yield item


def _objects(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)


def _at(place: str, ld: Mapping[str, object], meta: Mapping[str, str]) -> str:
    if not place.startswith("ld:"):
        return meta.get(place, "")
    value: object = ld
    for key in place.removeprefix("ld:").split("."):
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(key) if isinstance(value, dict) else None
    if isinstance(value, dict):
        value = value.get("@id")
    return value if isinstance(value, str) else ""


# ---------------------------------------------------------------------------- values


def _read(name: str, text: str, meta: Mapping[str, str]) -> str:
    """Return a stated value as it is used here; '' where it is none."""
    text = _unescaped(text)
    if name in _DATES:
        return iso_date(text)
    if name == "source_url":
        full = urljoin(meta.get("og:url", ""), text) if text.startswith("/") else text
        return full if is_web_address(full) else ""
    if name == "language":
        return text.replace("_", "-")
    if name == "outlet":
        return host_of(text) or re.split(r"\s[|·]\s", text)[0]
    return text


def _unescaped(text: str) -> str:
    """Return a text on one line; JSON-LD is often escaped once too often."""
    return " ".join(unescape(text).split())


def _heading(found: _Collector) -> str:
    """Return the page's only heading of level 1, or the one that its title element says, or most nearly says."""
    headings = [text for text in map(_unescaped, found.headings) if text]
    if len(set(headings)) == 1:
        return headings[0]
    title = _unescaped(found.title)
    shares = {text: _shared(text, title) for text in headings}
    nearest = max(shares, key=lambda text: shares[text], default="")
    begun = next((text for text in headings if title.startswith(text)), "")
    return begun or (nearest if nearest and shares[nearest] >= _SAME else "")


def _shared(text: str, title: str) -> float:
    """Return the share of a text's words that stand in a title; 0 for a single word."""
    words, others = (set(re.findall(r"\w+", each.casefold())) for each in (text, title))
    return len(words & others) / len(words) if len(words) > 1 else 0.0


def _names(value: object) -> tuple[str, ...]:
    """Return the names in a JSON-LD author: a text, an object, or a list of them."""
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for item in value for name in _names(item)))
    if isinstance(value, dict):
        return _names(value.get("name"))
    return (value.strip(),) if isinstance(value, str) and value.strip() and "://" not in value else ()


def _meta_authors(meta: Mapping[str, str]) -> Iterator[str]:
    """Yield the author in the meta elements, unless it is an address."""
    names = (meta.get(name, "") for name in ("author", "article:author", "dc.creator", "parsely-author", "byl"))
    yield from [re.sub(r"^by\s+", "", name, flags=re.IGNORECASE) for name in names if name and "://" not in name][:1]


def _without_site(title: str, site: str) -> str:
    title = " ".join(title.split())
    for sign in (" | ", " - ", " – ", " — ", " · "):
        if site and title.casefold().endswith((sign + site).casefold()):
            return title[: -len(sign + site)]
    return title
