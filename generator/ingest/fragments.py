"""A piece of HTML that is an article and nothing else, as feeds carry it, into parts; nothing has to be found in it."""

from __future__ import annotations

from html.parser import HTMLParser

from generator.ingest.html import Part

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    *("p", "div", "li", "blockquote", "section", "article", "figure", "figcaption", "tr", "pre", "ul", "ol", "table"),
    *("hr", "dt", "dd", "header", "footer", "aside"),
}
_SILENT = frozenset({"script", "style", "template", "figcaption", "iframe", "object", "noscript", "svg", "title"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "source", "wbr", "embed", "area", "col"})


def parts_of(fragment: str) -> tuple[Part, ...]:
    """Return the blocks of a fragment of HTML, or of plain text, with their share of links. Total."""
    reader = _Reader()
    reader.feed(fragment)
    reader.close()
    reader.end()
    return tuple(reader.parts)


class _Reader(HTMLParser):
    """Blocks as they end; a line that two `<br>` follow is one, too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []
        self._open: list[str] = []
        self._pieces: list[str] = []
        self._linked = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Open an element."""
        if tag in _BLOCKS:
            self.end()
        if tag == "br":
            if self._pieces and self._pieces[-1] == "\n":
                self.end()
            else:
                self._pieces.append("\n")
        elif tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those within it that nobody has closed."""
        if tag in _BLOCKS:
            self.end()
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take text, unless it is none to be read."""
        if _SILENT.isdisjoint(self._open):
            self._pieces.append(" " if data.isspace() else data)
            self._linked += len(data.strip()) if "a" in self._open else 0

    def end(self) -> None:
        """End the block that has gathered, if there is any text in it."""
        text = " ".join("".join(self._pieces).split())
        linked = self._linked / max(1, len(text))
        self._pieces, self._linked = [], 0
        if not text:
            return
        heading = next((tag for tag in self._open if tag in _HEADINGS), "")
        if heading:
            self.parts.append(Part("heading", text, max(2, int(heading[1])), linked))
        elif "li" in self._open:
            self.parts.append(Part("item", text, 1, linked))
        else:
            self.parts.append(Part("quote" if "blockquote" in self._open else "paragraph", text, 0, linked))
