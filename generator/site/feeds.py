"""Sitemap, robots.txt, Atom and JSON Feed; the feeds hold absolute addresses, and so need a `base_url`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Final

from generator.model import Page
from generator.site import data, links, words
from generator.site.listed import tags
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Config
    from generator.site.summary import Summary

#: Characters that XML 1.0 cannot hold, even escaped. (Named, not all others excluded: that compiles ten times as fast.)
NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def files(pages: Iterable[Page], summaries: Sequence[Summary], library: Library, config: Config) -> Iterator[Page]:
    """Yield the files that tell other programs what is here, as pages without a template.

    *pages* are those that belong to no story.
    """
    yield _file("robots.txt", robots(config))
    yield _file("sitemap.xml", sitemap(pages, summaries, config))
    yield from feed_files(summaries, library, config)


def feed_files(summaries: Sequence[Summary], library: Library, config: Config) -> Iterator[Page]:
    """Yield the site's feeds, if it has any; *summaries* newest first."""
    if config.base_url and config.feeds_enabled:
        for feed in _feeds(summaries, library, config):
            yield from _files_of(feed, config)


def feeds_with(
    slugs: Set[str],
    summaries: Sequence[Summary],
    told: Mapping[str, Sequence[Summary]],
    library: Library,
    config: Config,
) -> Iterator[Page]:
    """Yield those of the `feed_files` that have one of some stories.

    :param told: outlet's page → what it tells of these *summaries*, in their order.
    """
    if config.base_url and config.feeds_enabled:
        for feed in _all_feeds(summaries, told, library, config):
            if not slugs.isdisjoint([summary.slug for summary in feed.stories]):
                yield from _files_of(feed, config)


def _files_of(feed: Feed, config: Config) -> Iterator[Page]:
    yield _file(f"{feed.folder}feed.xml", atom(feed, config))
    yield data.file(f"{feed.folder}feed.json", json_feed(feed, config))


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest stories of the site, of an outlet or of a tag."""

    folder: str
    """Below the site's root, with a slash at its end; empty for the site's own feed."""
    title: str
    stories: tuple[Summary, ...]
    """Dated ones, the newest first."""

    @property
    def page(self) -> str:
        """The page whose stories these are."""
        return f"{self.folder}index.html"

    @property
    def updated(self) -> str:
        """Without a clock, the newest date of a story is the feed's own."""
        return max((summary.updated for summary in self.stories), default="1970-01-01", key=words.moment)


def _feeds(summaries: Sequence[Summary], library: Library, config: Config) -> Iterator[Feed]:
    told: dict[str, list[Summary]] = {}
    for summary in summaries:
        for page in {telling.teller.outlet_page for telling in summary.told}:
            told.setdefault(page, []).append(summary)
    return _all_feeds(summaries, told, library, config)


def _all_feeds(
    summaries: Sequence[Summary], told: Mapping[str, Sequence[Summary]], library: Library, config: Config
) -> Iterator[Feed]:
    yield _feed("", config.title, summaries, config)
    for tag in tags(summaries):
        yield _feed(f"tags/{tag.slug}/", f"{config.title}: {tag.name}", tag.stories, config)
    for outlet in library.outlets:
        stories = told.get(links.outlet_page(outlet.slug), ())
        yield _feed(f"outlets/{outlet.slug}/", f"{config.title}: {outlet.name}", stories, config)


def _feed(folder: str, title: str, stories: Iterable[Summary], config: Config) -> Feed:
    dated = (summary for summary in stories if words.is_date(summary.date))
    return Feed(folder, title, tuple(islice(dated, config.feed_items)))


def _file(path: str, text: str) -> Page:
    return Page(path, "", path, {"content": text.encode("utf-8", "replace")})


def robots(config: Config) -> str:
    """Return robots.txt: everything may be read; pages that should not be listed say so themselves."""
    where = f"\nSitemap: {links.absolute(config.base_url, 'sitemap.xml')}\n" if config.base_url else ""
    return f"User-agent: *\nAllow: /\n{where}"


def sitemap(pages: Iterable[Page], summaries: Sequence[Summary], config: Config) -> str:
    """Return the sitemap of all pages that may be listed (sitemaps.org, protocol 0.9), by address.

    The protocol asks for absolute addresses; a site that does not know its own gives them from its root, and says so.
    """
    unknown = "" if config.base_url else "<!-- set base_url in ssg.yml: search engines want absolute addresses -->\n"
    dates = {summary.page: summary.updated for summary in summaries}
    newest = max(
        (summary.updated for summary in summaries if words.is_date(summary.updated)), key=words.moment, default=""
    )
    dates |= dict.fromkeys((links.HOME, links.STORIES, links.ARCHIVE), newest)
    listed = [page.path for page in pages if page.template and not page.noindex]
    listed += [path for summary in summaries for path, may_be in summary.pages if may_be]
    entries = []
    for path in sorted(listed):
        stated = dates.get(path, "")
        changed = f"<lastmod>{_stamp(stated)}</lastmod>" if words.is_date(stated) else ""
        entries.append(f"  <url><loc>{xml(links.absolute(config.base_url or '/', path))}</loc>{changed}</url>\n")
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{unknown}'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + "".join(entries) + "</urlset>\n"
    )


def atom(feed: Feed, config: Config) -> str:
    """Return a feed's stories as an Atom feed (RFC 4287)."""
    home, here = links.absolute(config.base_url, feed.page), links.absolute(config.base_url, f"{feed.folder}feed.xml")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml(config.language)}">',
        f"  <id>{xml(home)}</id>",
        f"  <title>{xml(feed.title)}</title>",
        *([f"  <subtitle>{xml(config.description)}</subtitle>"] if config.description and not feed.folder else []),
        f'  <link href="{xml(home)}"/>',
        f'  <link rel="self" type="application/atom+xml" href="{xml(here)}"/>',
        f"  <updated>{words.moment(feed.updated)}</updated>",
        f"  <author><name>{xml(config.title)}</name></author>",
        *(_atom_entry(summary, config) for summary in feed.stories),
        "</feed>",
        "",
    ]
    return "\n".join(lines)


def _atom_entry(summary: Summary, config: Config) -> str:
    url = links.absolute(config.base_url, summary.page)
    return "\n".join(
        (
            "  <entry>",
            f"    <id>{xml(url)}</id>",
            f"    <title>{xml(summary.shown)}</title>",
            f'    <link href="{xml(url)}"/>',
            f"    <updated>{words.moment(summary.updated)}</updated>",
            f"    <published>{words.moment(summary.date)}</published>",
            f"    <summary>{xml(summary.said)}</summary>",
            *(f'    <category term="{xml(tag)}"/>' for tag in summary.tags),
            "  </entry>",
        )
    )


def json_feed(feed: Feed, config: Config) -> data.Json:
    """Return a feed's stories as a JSON Feed (version 1.1)."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _clean(feed.title),
        **({"description": config.description} if config.description else {}),
        "home_page_url": links.absolute(config.base_url, feed.page),
        "feed_url": links.absolute(config.base_url, f"{feed.folder}feed.json"),
        "language": config.language,
        "items": [
            {
                "id": links.absolute(config.base_url, summary.page),
                "url": links.absolute(config.base_url, summary.page),
                "title": _clean(summary.shown),
                "content_text": _clean(summary.said),
                **_picture(summary, config),
                "date_published": words.moment(summary.date),
                "date_modified": words.moment(summary.updated),
                "tags": list(summary.tags),
            }
            for summary in feed.stories
        ],
    }


def _picture(summary: Summary, config: Config) -> data.Json:
    card = links.story_card(summary.slug)
    return {"image": links.absolute(config.base_url, card)} if (card, False) in summary.pages else {}


def xml(text: str) -> str:
    """Return text fit for an XML document, as content or as an attribute."""
    return escape(_clean(text), quote=True)


def _clean(text: str) -> str:
    """Text without control characters, which no reader of feeds has a use for."""
    return NO_XML.sub("�", text)


def _stamp(stated: str) -> str:
    """A date as sitemaps want it: a day, or a moment with its offset."""
    return words.moment(stated) if len(stated) > 10 else stated
