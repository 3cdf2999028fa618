"""Parts of a story for other sites: small pages below `embed/`, without masthead and rail.

A story has five of them, and one a pair: a card, the overview, who carries what, the passages of more than one
telling, the quotations, and two tellings side by side. One passage, one quotation or one change is the page with its
name behind a `#`: the style sheet then shows that alone, without a script. So their number grows with the stories
and the pairs, not with what is said.

Each page has a fragment (the same part as a piece of HTML, for server-side includes) and, where the site knows its
address, an oEmbed document (`generator.site.oembed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final, Literal

from generator.model import Page
from generator.site import links, oembed
from generator.site.overview import voices
from generator.site.pair import Stretch
from generator.site.summary import Entry, sources_of
from generator.values import dataclass, maker

if TYPE_CHECKING:
    from generator.model import Config
    from generator.site.index import Index
    from generator.site.pair import PairView, Row
    from generator.site.quotes import QuoteView
    from generator.site.story import StoryView

Kind = Literal["card", "overview", "facts", "passages", "quotes", "diff"]

#: Heights in CSS pixels at a width of 640: what stands around the parts (the foot leads back to the story), by kind.
FRAMES: Final = {"card": 205, "overview": 380, "facts": 224, "passages": 150, "quotes": 165, "diff": 150}
LEAST, MOST = 180, 720
SCRIPT: Final = "static/embed.js"
#: How much each part takes: a telling, a statement, a quotation, a change.
ROWS: Final = {"card": 30, "overview": 86, "facts": 37, "passages": 190, "quotes": 130, "diff": 120}


@dataclass(frozen=True, slots=True)
class Embed:
    """A page for other sites."""

    kind: Kind
    path: str
    fragment: str
    """File of the same part as a piece of HTML; empty for none."""
    home: str
    """What it is a part of, and leads back to."""
    title: str
    height: int
    """Sensible height of a frame in CSS pixels; with `embed.js` it follows the content."""
    code: str
    """A frame for it, as HTML to copy."""
    foot: str
    """What its link back says."""
    oembed: str
    """Address of its oEmbed document; empty where the site does not know its own."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page offers to be embedded, by kind."""

    pages: tuple[Embed, ...]
    script: str = ""
    """What a page needs once for frames that follow their content, as HTML to copy."""
    element: str = ""
    """The first of them as an element, as HTML to copy."""
    options: tuple[str, ...] = ("?theme=dark", "?theme=light", "?accent=b00020")
    """What can be added to an address."""

    def of(self, kind: str) -> Embed | None:
        """Return the page of a kind, if there is one."""
        return next((embed for embed in self.pages if embed.kind == kind), None)


def offer(index: Index, view: StoryView, config: Config) -> Offer:
    """Return the parts of a story that can be embedded; none where embedding is switched off."""
    if not config.embed_enabled:
        return Offer(())
    _ = index.words.gettext
    alike = len(view.quotes.differing) + len(view.quotes.alike)
    parts: tuple[tuple[Kind, str, str, int], ...] = (
        ("card", "", "", len(view.tellings)),
        ("overview", "#overview", _("Overview"), len(view.tellings)),
        ("facts", "#facts", _("Who carries what"), len(view.matrix)),
        ("passages", "#account", _("The account"), len(view.account)),
        ("quotes", "#quotes", _("Quotes"), alike),
    )
    return _offer(tuple(_part(index, config, *part) for part in parts if part[3]), config)


def _offer(pages: tuple[Embed, ...], config: Config) -> Offer:
    address = escape(links.abroad(config.base_url, pages[0].path))
    script = f'<script async src="{escape(links.abroad(config.base_url, SCRIPT))}"></script>'
    return Offer(pages, script, f'<variorum-embed src="{address}"></variorum-embed>')


def _part(index: Index, config: Config, kind: Kind, anchor: str, title: str, rows: int) -> Embed:
    folder = _folder(index)
    path = f"{folder}/index.html" if kind == "card" else f"{folder}/{kind}/index.html"
    fragment = f"{folder}/fragments/{kind}.htm"
    whole = index.titled(title) if title else index.title
    height = _height(kind, rows)
    foot = voices(index)
    return Embed(
        kind,
        path,
        fragment,
        index.page + anchor,
        whole,
        height,
        _code(path, whole, height, config),
        foot,
        _oembed(path, config),
    )


def offer_pair(index: Index, pair: PairView, config: Config) -> Offer:
    """Return the page of a pair for other sites; none where embedding is switched off."""
    if not (config.embed_enabled and config.embed_pairs):
        return Offer(())
    old, new = pair.old.teller.sigil, pair.new.teller.sigil
    home = index.pair_pages[old, new]
    path = home.replace("stories/", "embed/", 1)
    title = index.titled(index.words.gettext("%(old)s against %(new)s", old=old, new=new))
    height = _height("diff", len(_parting_rows(pair)))
    foot = index.words.gettext("The two tellings")
    return _offer(
        (
            Embed(
                "diff", path, "", home, title, height, _code(path, title, height, config), foot, _oembed(path, config)
            ),
        ),
        config,
    )


def _folder(index: Index) -> str:
    return f"embed/{index.digest.story.slug}"


def _height(kind: Kind, rows: int) -> int:
    return min(max(FRAMES[kind] + ROWS[kind] * rows, LEAST), MOST)


def _oembed(path: str, config: Config) -> str:
    return oembed.discovery(path, config) if config.base_url else ""


def _code(path: str, title: str, height: int, config: Config) -> str:
    return oembed.frame(links.abroad(config.base_url, path), title, height)


# ---------------------------------------------------------------------------- pages


def story_pages(index: Index, view: StoryView, offered: Offer, config: Config, listed: Entry) -> Iterator[Page]:
    """Yield a story's pages for other sites, their fragments and their oEmbed documents."""
    values: dict[str, object] = {"story": view, "entry": listed, "quotations": _quotations(view)}
    for embed in offered.pages:
        yield from _pages(index, embed, {**values, "embed": embed}, config)


def pair_pages(index: Index, view: PairView, offered: Offer, config: Config) -> Iterator[Page]:
    """Yield a pair's page for other sites, and its oEmbed document."""
    for embed in offered.pages:
        yield from _pages(index, embed, {"pair": _parting(view), "embed": embed}, config)


def _parting(view: PairView) -> PairView:
    """The pair without what is alike and what one side tells alone: an embed shows changes, its finding counts."""
    rows = _parting_rows(view)
    return replace(view, stretches=(Stretch("", rows),) if rows else ())


def _parting_rows(view: PairView) -> tuple[Row, ...]:
    return tuple([row for s in view.stretches for row in s.rows if row.kind in ("change", "unlike", "moved")])


_page: Final = maker(Page)


def _pages(index: Index, embed: Embed, values: dict[str, object], config: Config) -> Iterator[Page]:
    said = {**values, "home": embed.home.partition("#")[0]}
    yield _page(embed.path, "embed.html", embed.title, said, noindex=True, made_from=sources_of(index.digest.story))
    if embed.fragment and config.embed_fragments:
        yield _page(embed.fragment, "fragment.html", embed.title, {**said, "anywhere": True}, noindex=True)
    if config.base_url:
        yield oembed.page(embed.path, embed.title, embed.height, config)


def _quotations(view: StoryView) -> tuple[QuoteView, ...]:
    return (*view.quotes.differing, *view.quotes.alike)
