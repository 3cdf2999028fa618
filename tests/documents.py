"""Pages read back: their elements, ids and links, and whether every link leads somewhere."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

VOID = frozenset({"base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


class Document(HTMLParser):
    """A page's elements in order, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens."""
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.faults.append(f"<{tag}> has an attribute twice")
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Note whether the element that closes is the one last opened."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes another element")

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        """Note a comment: pages have none."""
        self.faults.append(f"comment: {data}")

    @property
    def text(self) -> str:
        """All text of the page."""
        return "".join(self.words)

    @property
    def ids(self) -> list[str]:
        """All ids of the page, in order."""
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """The elements and the names of their attributes: all that text must not be able to change."""
        return [(tag, tuple(attributes)) for tag, attributes in self.elements]

    @property
    def links(self) -> list[str]:
        """All addresses that the page asks for or leads to."""
        return [attributes[key] for _, attributes in self.elements for key in ("href", "src") if key in attributes]


def documents(site: Mapping[str, bytes]) -> dict[str, Document]:
    """Return every HTML page of a site."""
    return {path: Document(data.decode("utf-8")) for path, data in site.items() if path.endswith(".html")}


def broken(site: Mapping[str, bytes], root: str = "") -> list[str]:
    """Return every internal link that leads nowhere; `root` is the path below which the site is served."""
    pages = documents(site)
    faults = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = _target(path, unquote(parts.path), root)
            if target not in site:
                faults.append(f"{path}: {link} leads to no file")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                faults.append(f"{path}: {link} leads to no place")
    return faults


def _target(page: str, address: str, root: str) -> str:
    if not address:
        return page
    if address.startswith("/"):
        return address.removeprefix(root).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), address))
