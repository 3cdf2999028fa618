"""A page of the site as one document that stands alone: for mailing, no scripts, nothing to load."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote

#: What leads to the rest of a site, which is not there; by class, or by tag where that is enough.
_SITE_ONLY = frozenset({"masthead", "colophon", "skip", "pair-next", "stepper"})
#: Elements without an end.
_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr circle line path rect use ellipse polygon".split()
)
_ID = re.compile(r'\bid="([^"]*)"')
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def standalone(page: str, style: str) -> str:
    """Return an HTML page with its style sheet inside it, and without scripts and ways to other pages of the site.

    Links within the page and out to the web stay; one to a sentence's place elsewhere leads to that sentence here.
    """
    reader = _Standing(style, frozenset(_ID.findall(page)))
    reader.feed(page)
    reader.close()
    return "".join(reader.out)


class _Standing(HTMLParser):
    """Passes a page on as it was written, but for what cannot stand alone."""

    def __init__(self, style: str, places: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self._places = places
        """Ids of the page."""
        self._drawing = 0
        """How many `<svg>` are open: in them a link that is not kept stays an `<a>`, since nothing else may."""
        self.out: list[str] = []
        self._style = style
        self._left_out: list[str] = []
        """Elements open since one that is left out began."""
        self._links: list[bool] = []
        """Of every open link, whether it was kept."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if self._left_out or tag == "script" or _SITE_ONLY & set(values.get("class", "").split()):
            if tag not in _VOID:
                self._left_out.append(tag)
        elif tag == "a":
            self._link(values)
        elif tag != "link" and "http-equiv" not in values:
            self._drawing += tag == "svg"
            self.out.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._left_out and tag != "link" and "http-equiv" not in dict(attrs):
            self.out.append(self.get_starttag_text() or "")

    def _link(self, values: dict[str, str]) -> None:
        href = values.get("href", "")
        place = href[href.index("#") :] if "#" in href else ""
        kept = href.startswith(("http://", "https://"))
        if not kept and unquote(place[1:]) in self._places:
            values, kept = {**values, "href": place}, True
        elif not kept:
            values.pop("href", None)
        kept = kept or self._drawing > 0
        text = "".join(f' {name}="{escape(value)}"' for name, value in values.items())
        self._links.append(kept)
        self.out.append(f"<a{text}>" if kept else f"<span{text}>")

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            while self._left_out and self._left_out.pop() != tag:
                pass
            return
        if tag == "head":
            # A style sheet cannot hold its own end tag; one that does is cut there rather than let out.
            style = self._style.split("</style", 1)[0]
            self.out.append(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n')
            self.out.append(f"<style>\n{style}</style>\n")
        self._drawing -= tag == "svg"
        if tag == "a" and self._links:
            tag = "a" if self._links.pop() else "span"
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._pass_on(data)

    def handle_entityref(self, name: str) -> None:
        self._pass_on(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._pass_on(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._pass_on(f"<!{decl}>")

    def _pass_on(self, text: str) -> None:
        if not self._left_out:
            self.out.append(text)
