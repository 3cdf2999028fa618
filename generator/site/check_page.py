"""What a page of the built site leads to, what can be led to in it, and what is wrong with it by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

from generator.values import dataclass

#: Elements, their attributes in quotes or not; what scripts, styles and comments hold is none.
_SILENT = re.compile(r"<!--.*?-->|<(script|style|template)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\s+[^\s\"'<>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?|\s*/)*)\s*>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_NEEDED = re.compile(r"\b(?:id|href|src|srcset|poster|name|http-equiv|lang|rel)\s*=|^(?:img|html)$", re.IGNORECASE)

_MEETS = re.compile(r"\burl\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """An address that a page names."""

    address: str
    line: int
    is_link: bool
    """Whether a reader can follow it; else it is a picture, a style sheet, a script."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a page by itself."""

    line: int
    message: str
    grave: bool
    clue: str = ""
    """Text by which its place in a source may be found."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is to be known of a page."""

    references: tuple[Reference, ...]
    anchors: frozenset[str]
    faults: tuple[Fault, ...]
    is_redirect: bool


def facts_of(page: str) -> Facts:
    """Return the facts of an HTML page. Total; line numbers count from 1."""
    plain = _SILENT.sub(
        lambda found: (
            f"<{found[1]} {_opening(found[0])}>" + "\n" * found[0].count("\n")
            if found[1]
            else "\n" * found[0].count("\n")
        ),
        page,
    )
    references: list[Reference] = []
    anchors: Counter[str] = Counter()
    faults: list[Fault] = []
    named: dict[str, str] = {}
    for match in _TAG.finditer(plain):
        tag = match[1].lower()
        if not (tag in ("img", "html", "title", "h1") or _NEEDED.search(match[2])):
            continue
        values = dict(_attributes(match[2]))
        line = _Lazy(plain, match.start())
        anchors.update(filter(None, [values.get("id", "")]))
        anchors.update([values["name"]] if tag == "a" and values.get("name") else [])
        references += (Reference(address, line.number, kind) for address, kind in _addresses(tag, values))
        if tag == "img" and "alt" not in values:
            what = f"the picture {values.get('src', '')} has no alternative text – say what it shows"
            faults.append(Fault(line.number, what, grave=False, clue=values.get("src", "")))
        named.setdefault(tag, values.get("lang", "") if tag == "html" else "there")
    faults += _missing(named, plain)
    faults += (
        Fault(0, f"the id {name!r} stands on the page {n} times", grave=True) for name, n in anchors.items() if n > 1
    )
    return Facts(tuple(references), frozenset(anchors), tuple(faults), 'http-equiv="refresh"' in page.lower())


def _opening(element: str) -> str:
    return element[: element.index(">")].partition(" ")[2]


class _Lazy:
    """A place whose line is counted only where somebody asks."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at

    @property
    def number(self) -> int:
        """The line, from 1."""
        return self.text.count("\n", 0, self.at) + 1


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for match in _ATTRIBUTE.finditer(text):
        yield match[1].lower(), unescape(match[2] or match[3] or match[4] or "")


def _addresses(tag: str, values: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the addresses of an element; whether each is a link."""
    if "href" in values and not {"preconnect", "dns-prefetch"} & set(values.get("rel", "").split()):
        yield values["href"], tag in ("a", "area")
    for key in ("src", "poster"):
        if values.get(key):
            yield values[key], tag == "iframe"
    for candidate in values.get("srcset", "").split(","):
        if candidate.split():
            yield candidate.split()[0], False
    if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
        found = _MEETS.search(values.get("content", ""))
        if found:
            yield found[1].strip(), True


def _missing(named: Mapping[str, str], page: str) -> Iterator[Fault]:
    if "html" in named and not named["html"]:
        yield Fault(1, "the page states no language – write <html lang=…>", grave=False)
    if "html" in named and not re.search(r"<title[^>]*>\s*[^<\s]", page, re.IGNORECASE):
        yield Fault(1, "the page has no title", grave=False)


def bad_address(address: str) -> str:
    """Return what is wrong with the form of an address to another site; '' if nothing is."""
    text = address.strip()
    if re.match(r"https?:(?!//)|https?//", text, re.IGNORECASE):
        return "its scheme is not followed by ://"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"it is no address: {error}"
    if parts.scheme not in ("http", "https"):
        return ""
    if not host:
        return "it names no host"
    if re.search(r"\s", text):
        return "it holds a space – write %20"
    if ".." in host or host.startswith(("-", ".")) or not re.fullmatch(r"[\w.:-]+", host):
        return f"{host!r} is no name of a host"
    if host in ("localhost", "127.0.0.1", "0.0.0.0", "::1"):  # noqa: S104 - what a mistaken link may say
        return "it leads to the reader's own machine"
    return ""
