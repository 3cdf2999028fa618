"""Feeds that were saved as files, into their entries: Atom (RFC 4287), RSS 2.0 and 1.0, JSON Feed 1.

The one door to the XML parser. Nothing is fetched, and a document that defines entities of its own is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from xml.etree import ElementTree

from generator.ingest.dates import iso_date
from generator.ingest.fields import is_web_address
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed."""

    title: str
    source_url: str
    date: str
    updated: str
    authors: tuple[str, ...]
    outlet: str
    language: str
    tags: tuple[str, ...]
    html: str
    """HTML or plain text; empty where the feed only names the article."""
    whole: bool
    """Whether it is the article's text, not a summary of it."""


class NotAFeedError(ValueError):
    """A document that is none of the feeds that are read; the message says why."""


def entries(text: str) -> tuple[Entry, ...]:
    """Return the entries of a feed in XML, in its order.

    :raises NotAFeedError: for anything else.
    """
    root = parsed(text)
    if root.tag == "feed":
        return tuple(_atom(root))
    if root.tag in ("rss", "RDF"):
        return tuple(_rss(root))
    raise NotAFeedError(f"its root element is <{root.tag[:40]}>, not <feed> or <rss>")


def parsed(text: str) -> ElementTree.Element:
    """Return a document's root element, its names without the namespaces of feeds.

    :raises NotAFeedError: if it is not well-formed, or defines entities of its own.
    """
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise NotAFeedError("it defines entities of its own")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - entities are refused above, and expat opens nothing
    except (ElementTree.ParseError, ValueError) as error:
        raise NotAFeedError(f"not well-formed XML: {error}") from None
    _bare(root)
    return root


def _bare(root: ElementTree.Element) -> None:
    """Take the names of XML's namespaces off, but for those by which RSS tells its own elements from others."""
    kept = {"http://purl.org/rss/1.0/modules/content/": "content:", "http://purl.org/dc/elements/1.1/": "dc:"}
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith("{"):
            space, _, name = element.tag[1:].partition("}")
            own = space in ("http://www.w3.org/2005/Atom", "http://purl.org/rss/1.0/", _RDF)
            element.tag = kept.get(space, "" if own else "other:") + name


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


# ---------------------------------------------------------------------------- Atom


def _atom(feed: ElementTree.Element) -> Iterator[Entry]:
    for entry in feed.findall("entry"):
        content = entry.find("content")
        body = _construct(content) or _construct(entry.find("summary"))
        yield Entry(
            title=_line(_construct(entry.find("title"))),
            source_url=_address(_link(entry)),
            date=iso_date(entry.findtext("published") or entry.findtext("updated") or ""),
            updated=iso_date(entry.findtext("updated") or "") if entry.find("published") is not None else "",
            authors=_authors(entry) or _authors(feed),
            outlet=_line(_construct(feed.find("title"))),
            language=entry.get(_XML_LANG, "") or feed.get(_XML_LANG, ""),
            tags=tuple(filter(None, (category.get("term", "") for category in entry.findall("category")))),
            html=body,
            whole=bool(_construct(content)),
        )


def _construct(element: ElementTree.Element | None) -> str:
    """Return a text construct (RFC 4287, 3.1) or content as HTML or text."""
    if element is None:
        return ""
    if element.get("type") == "xhtml":
        for child in element.iter():
            child.tag = child.tag.removeprefix("other:")
        return ElementTree.tostring(element, encoding="unicode")
    return "".join(element.itertext()).strip()


def _link(entry: ElementTree.Element) -> str:
    links = [link for link in entry.findall("link") if link.get("rel", "alternate") == "alternate"]
    return links[0].get("href", "") if links else entry.findtext("id") or ""


def _authors(element: ElementTree.Element) -> tuple[str, ...]:
    return tuple(filter(None, (_line(author.findtext("name") or "") for author in element.findall("author"))))


# ---------------------------------------------------------------------------- RSS


def _rss(root: ElementTree.Element) -> Iterator[Entry]:
    channel = root.find("channel")
    about = channel if channel is not None else root
    for item in (*about.findall("item"), *root.findall("item")):
        content = item.findtext("content:encoded") or ""
        author = _line(item.findtext("dc:creator") or item.findtext("author") or "")
        yield Entry(
            title=_line(item.findtext("title") or ""),
            source_url=_address(item.findtext("link") or _guid(item)),
            date=iso_date(item.findtext("pubDate") or item.findtext("dc:date") or ""),
            updated="",
            authors=(author,) if author and "@" not in author else (),
            outlet=_line(about.findtext("title") or ""),
            language=_line(about.findtext("language") or about.findtext("dc:language") or ""),
            tags=tuple(filter(None, (_line(category.text or "") for category in item.findall("category")))),
            html=content or item.findtext("description") or "",
            whole=bool(content),
        )


def _guid(item: ElementTree.Element) -> str:
    guid = item.find("guid")
    return (guid.text or "") if guid is not None and guid.get("isPermaLink") != "false" else ""


# ---------------------------------------------------------------------------- JSON Feed


def is_json_feed(value: object) -> bool:
    """Return whether a JSON value says that it is a JSON Feed."""
    return isinstance(value, dict) and "jsonfeed.org/version" in str(value.get("version"))


def json_entries(feed: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return the entries of a JSON Feed; what is not of its shape is passed over."""
    items = feed.get("items")
    return tuple(_json_entry(item, feed) for item in (items if isinstance(items, list) else []) if _is_item(item))


def _is_item(item: object) -> bool:
    return isinstance(item, dict)


def _json_entry(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Entry:
    def text(key: str, within: Mapping[str, Any] = item) -> str:
        value = within.get(key)
        return value.strip() if isinstance(value, str) else ""

    authors = next(
        (a for a in (item.get("authors"), [item.get("author")], feed.get("authors")) if a and a != [None]), ()
    )
    names = (
        [text("name", author) for author in authors if isinstance(author, dict)] if isinstance(authors, list) else []
    )
    tags = item.get("tags")
    content = text("content_html") or text("content_text")
    return Entry(
        title=_line(text("title")),
        source_url=_address(text("url") or text("external_url")),
        date=iso_date(text("date_published")),
        updated=iso_date(text("date_modified")),
        authors=tuple(filter(None, names)),
        outlet=_line(text("title", feed)),
        language=text("language") or text("language", feed),
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        html=content or text("summary"),
        whole=bool(content),
    )


def _line(text: str) -> str:
    """Return a title or a name on one line; markup in it goes, and what is escaped once more is read."""
    return " ".join(unescape(re.sub(r"<[^<>]{1,200}>", "", text)).split())


def _address(text: str) -> str:
    return text.strip() if is_web_address(text.strip()) else ""
