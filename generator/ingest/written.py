"""An editor's text, read: all of its HTML that hangs on nothing but the text itself.

What is left open are the addresses of links within the site and what shortcodes print. So a text is read once, and
what was read can be kept as long as the text stays the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from generator.ingest.markdown import Call, Heading, calls, headings, html, page_links, reachable
from generator.values import dataclass

#: Before the ids of headings in an editor's text, so that none is an id of the page's own.
PREFIX: Final = "text-"
#: Around a place that is left open. Markdown's parser lets none through from a text (CommonMark 0.31, section 2.3).
_MARK: Final = "\0"


@dataclass(frozen=True, slots=True)
class Written:
    """A text as it will stand on its page."""

    pieces: tuple[str, ...] = ()
    """HTML; between two pieces is a place that is left open."""
    open: tuple[tuple[str, str], ...] = ()
    """What belongs there: `link` and what was written as its address, or `quote` and a shortcode's inside."""
    headings: tuple[Heading, ...] = ()
    links: tuple[tuple[str, int], ...] = ()
    """Every link that leads nowhere but to its own site: its address, and its line from 0."""
    calls: tuple[Call, ...] = ()
    """The lines that are shortcodes."""

    def html(self, address: Callable[[str], str], quote: Callable[[str], str]) -> str:
        """Return the text as HTML.

        :param address: what a link within the site leads to, given what was written.
        :param quote: the HTML that takes a shortcode's place, given what stands between its braces.
        """
        parts = [self.pieces[0]] if self.pieces else []
        for (kind, said), piece in zip(self.open, self.pieces[1:], strict=True):
            parts += (_attribute(address(said)) if kind == "link" else reachable(quote(said)), piece)
        return "".join(parts)


Read = Callable[[str], Written]
"""Who reads an editor's text: `written`, or whoever has kept what was read."""


@lru_cache(maxsize=256)
def written(markdown: str) -> Written:
    """Return a text as it will stand on its page."""
    places: list[tuple[str, str]] = []

    def left_open(kind: str, said: str) -> str:
        places.append((kind, said))
        return f"{_MARK}{len(places) - 1}{_MARK}"

    whole = html(markdown, PREFIX, lambda href: left_open("link", href), lambda inside: left_open("quote", inside))
    parts = whole.split(_MARK)
    return Written(
        tuple(parts[::2]),
        tuple(places[int(number)] for number in parts[1::2]),
        headings(markdown, PREFIX),
        page_links(markdown),
        calls(markdown),
    )


def _attribute(text: str) -> str:
    """Return a text as the parser writes it into an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
