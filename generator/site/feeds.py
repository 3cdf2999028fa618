"""Sitemap, robots.txt, Atom and JSON Feed; the feeds hold absolute addresses, and so need a `base_url`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from generator.model import Page
from generator.site import data, links, words
from generator.site.overview import finding

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Config
    from generator.site.index import Index

#: Characters that XML 1.0 cannot hold, even escaped.
NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def files(pages: Sequence[Page], indexes: Sequence[Index], library: Library, config: Config) -> Iterator[Page]:
    """Yield the files that tell other programs what is here, as pages without a template."""
    yield _file("robots.txt", robots(config))
    yield _file("sitemap.xml", sitemap(pages, indexes, config))
    if config.base_url and config.feeds_enabled:
        dated = [index for index in indexes if words.is_date(index.digest.story.date)][: config.feed_items]
        yield _file("feed.xml", atom(dated, library, config))
        yield data.file("feed.json", json_feed(dated, config))


def _file(path: str, text: str) -> Page:
    return Page(path, "", path, {"content": text.encode("utf-8", "replace")})


def robots(config: Config) -> str:
    """Return robots.txt: everything may be read; pages that should not be listed say so themselves."""
    where = f"\nSitemap: {links.absolute(config.base_url, 'sitemap.xml')}\n" if config.base_url else ""
    return f"User-agent: *\nAllow: /\n{where}"


def sitemap(pages: Sequence[Page], indexes: Sequence[Index], config: Config) -> str:
    """Return the sitemap of all pages that may be listed (sitemaps.org, protocol 0.9), by address.

    The protocol asks for absolute addresses; a site that does not know its own gives them from its root, and says so.
    """
    unknown = "" if config.base_url else "<!-- set base_url in ssg.yml: search engines want absolute addresses -->\n"
    dates = {index.page: index.digest.story.date for index in indexes}
    entries = []
    for page in sorted(pages, key=lambda page: page.path):
        if page.template and not page.noindex:
            stated = dates.get(page.path, "")
            changed = f"<lastmod>{_stamp(stated)}</lastmod>" if words.is_date(stated) else ""
            entries.append(
                f"  <url><loc>{xml(links.absolute(config.base_url or '/', page.path))}</loc>{changed}</url>\n"
            )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{unknown}'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + "".join(entries) + "</urlset>\n"
    )


def atom(indexes: Sequence[Index], library: Library, config: Config) -> str:
    """Return the dated stories as an Atom feed (RFC 4287); without a clock, the newest date is its own."""
    home, here = links.absolute(config.base_url, links.HOME), links.absolute(config.base_url, "feed.xml")
    dates = [index.digest.story.date for index in indexes]
    dates += [a.date for story in library.stories for a in story.articles if words.is_date(a.date)]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml(config.language)}">',
        f"  <id>{xml(home)}</id>",
        f"  <title>{xml(config.title)}</title>",
        *([f"  <subtitle>{xml(config.description)}</subtitle>"] if config.description else []),
        f'  <link href="{xml(home)}"/>',
        f'  <link rel="self" type="application/atom+xml" href="{xml(here)}"/>',
        f"  <updated>{_moment(max(dates, default='1970-01-01'))}</updated>",
        f"  <author><name>{xml(config.title)}</name></author>",
        *(_atom_entry(index, config) for index in indexes),
        "</feed>",
        "",
    ]
    return "\n".join(lines)


def _atom_entry(index: Index, config: Config) -> str:
    url = links.absolute(config.base_url, index.page)
    return "\n".join(
        (
            "  <entry>",
            f"    <id>{xml(url)}</id>",
            f"    <title>{xml(index.title)}</title>",
            f'    <link href="{xml(url)}"/>',
            f"    <updated>{_moment(_updated(index))}</updated>",
            f"    <published>{_moment(index.digest.story.date)}</published>",
            f"    <summary>{xml(_summary(index))}</summary>",
            *(f'    <category term="{xml(tag)}"/>' for tag in index.digest.story.tags),
            "  </entry>",
        )
    )


def json_feed(indexes: Sequence[Index], config: Config) -> data.Json:
    """Return the dated stories as a JSON Feed (version 1.1)."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": config.title,
        **({"description": config.description} if config.description else {}),
        "home_page_url": links.absolute(config.base_url, links.HOME),
        "feed_url": links.absolute(config.base_url, "feed.json"),
        "language": config.language,
        "items": [
            {
                "id": links.absolute(config.base_url, index.page),
                "url": links.absolute(config.base_url, index.page),
                "title": index.title,
                "content_text": _summary(index),
                "date_published": _moment(index.digest.story.date),
                "date_modified": _moment(_updated(index)),
                "tags": list(index.digest.story.tags),
            }
            for index in indexes
        ],
    }


def xml(text: str) -> str:
    """Return text fit for an XML document, as content or as an attribute."""
    return escape(NO_XML.sub("�", text), quote=True)


def _summary(index: Index) -> str:
    return "".join(bit.text for bit in finding(index)).strip()


def _updated(index: Index) -> str:
    """The latest date that the story or one of its articles states."""
    story = index.digest.story
    stated = [story.date, *(day for a in story.articles for day in (a.date, a.updated))]
    return max((day for day in stated if words.is_date(day)), key=_moment)


def _stamp(stated: str) -> str:
    """A date as sitemaps want it: a day, or a moment with its offset."""
    return _moment(stated) if len(stated) > 10 else stated


def _moment(stated: str) -> str:
    """A stated date as a moment of RFC 3339; a day begins at midnight UTC, a time without an offset is UTC."""
    found = words.ISO_DATE.match(stated)
    if not found or not found[4]:
        return f"{stated[:10]}T00:00:00Z"
    zone = found[5] or "Z"
    zone = zone if zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return f"{stated[:10]}T{found[4]}:00{zone}"
