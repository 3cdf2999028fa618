"""The built site, looked at as its readers will meet it: links, anchors, feeds, sizes, pages that nothing leads to."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from generator.errors import Problem
from generator.ingest import feed_files
from generator.ingest.written import PREFIX
from generator.model import Config, Tree
from generator.site.check_page import Facts, Reference, bad_address, facts_of
from generator.site.origins import made_from
from generator.values import dataclass

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
#: Largest file that a git host takes, in bytes.
_LARGEST_FILE = 100_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or doubtful, with the built site."""

    page: str
    """File below the output folder; empty where the whole site is meant."""
    line: int
    message: str
    grave: bool
    clue: str = ""
    """Text by which its place in a source may be found."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of looking at a site."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    pages: int
    links: int


def check(files: Tree, sources: Tree, config: Config) -> Checked:
    """Return what is wrong with a site, each where its source is.

    :param files: everything below the output folder.
    :param sources: content, seeds and theme files, by their paths in the project.
    """
    facts = {name: facts_of(data.decode("utf-8", "replace")) for name, data in files.items() if _is_page(name)}
    site = _Site(files, facts, config)
    findings = [*site.links(), *site.faults(), *site.orphans(), *feeds(files, site), *sizes(files, config)]
    placed = [(finding.grave, _placed(finding, files, sources, config)) for finding in findings]
    places = _pictures_without_words(sources)
    return Checked(
        errors=tuple(sorted({problem for grave, problem in placed if grave})),
        warnings=tuple(sorted({*(problem for grave, problem in placed if not grave), *places})),
        pages=len(facts),
        links=sum(len(found.references) for found in facts.values()),
    )


def _is_page(name: str) -> bool:
    return name.endswith((".html", ".htm"))


# ---------------------------------------------------------------------------- links and pages


class _Site:
    """The pages of a site and what is known of them."""

    def __init__(self, files: Tree, facts: Mapping[str, Facts], config: Config) -> None:
        self.files = files
        self.facts = facts
        self.base = config.base_url
        self.root = urlsplit(config.base_url).path or "/"
        self.led_to: dict[str, set[str]] = {name: set() for name in facts}

    def links(self) -> Iterator[Finding]:
        """Yield the links that lead nowhere, and those to other sites whose form is wrong."""
        for page, found in self.facts.items():
            for reference in found.references:
                wrong = self._wrong(page, found, reference)
                if wrong:
                    what = f"{_kind(reference)} {reference.address!r} {wrong}"
                    yield Finding(page, reference.line, what, grave=True, clue=reference.address)

    def _wrong(self, page: str, found: Facts, reference: Reference) -> str:
        """Return what is wrong with a reference; note where it leads."""
        address = reference.address.strip()
        target = self.target(page, address)
        if target is None:
            return bad_address(address) and f"is malformed: {bad_address(address)}"
        path, fragment = target
        name = self.file(path)
        if name is None:
            return (
                f"leads outside of the site, which lies below {self.root}" if path.startswith("..") else _nowhere(path)
            )
        self.led_to[page].add(name)
        if fragment and not fragment.startswith(":~:") and name in self.facts:
            anchors = found.anchors if name == page else self.facts[name].anchors
            if fragment not in anchors and fragment.lower() != "top":
                return f"leads to no place on {'its page' if name == page else name}: there is no id {fragment!r}"
        return ""

    def target(self, page: str, address: str) -> tuple[str, str] | None:
        """Return path below the root and fragment of an address within the site; None for one that leads elsewhere."""
        if self.base and address.startswith(self.base):
            address = self.root + address.removeprefix(self.base)
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or bad_address(address):
            return None
        fragment = unquote(parts.fragment)
        if not parts.path:
            return page, fragment
        here = posixpath.dirname(page)
        joined = parts.path if parts.path.startswith("/") else f"{self.root}{here}{'/' if here else ''}{parts.path}"
        path = urljoin("/", posixpath.normpath(unquote(joined))) + ("/" if joined.endswith("/") else "")
        if not path.startswith(self.root) and path + "/" != self.root:
            return f"../{path}", fragment
        return path[len(self.root) :], fragment

    def file(self, path: str) -> str | None:
        """Return the file that a server answers a path with, if there is one."""
        names = (path, f"{path.rstrip('/')}/index.html".lstrip("/"))
        return next((name for name in names if name in self.files), None)

    def faults(self) -> Iterator[Finding]:
        """Yield what is wrong with pages by themselves."""
        for page, found in self.facts.items():
            for fault in found.faults:
                yield Finding(page, fault.line, fault.message, fault.grave, fault.clue)

    def orphans(self) -> Iterator[Finding]:
        """Yield the pages to which no path of links leads from the home page. `links` must have been told before."""
        if "index.html" not in self.facts:
            yield Finding("", 0, "there is no home page, index.html", grave=True)
            return
        reached, waiting = {"index.html"}, ["index.html"]
        while waiting:
            fresh = self.led_to.get(waiting.pop(), set()) - reached
            reached |= fresh
            waiting += fresh
        for page in self.facts.keys() - reached:
            if page != "404.html" and not page.startswith("embed/") and not self.facts[page].is_redirect:
                yield Finding(page, 0, "no page leads here – link to it, or delete it", grave=False)


def _kind(reference: Reference) -> str:
    return "the link" if reference.is_link else "the address"


def _nowhere(path: str) -> str:
    if re.match(r"www\.[\w-]+\.\w", path.rsplit("/", 1)[-1]) or re.match(r"www\.", path):
        return "leads nowhere – write https:// before it"
    return "leads nowhere: the site has no such page or file"


# ---------------------------------------------------------------------------- feeds and sizes


def feeds(files: Tree, site: _Site) -> Iterator[Finding]:
    """Yield what is wrong with feeds, the sitemap and data files."""
    for name, data in files.items():
        text = data.decode("utf-8", "replace")
        if name.endswith(".xml"):
            yield from (Finding(name, 0, what, grave=True) for what in _xml(name, text, site))
        elif name.endswith(".json"):
            yield from (Finding(name, 0, what, grave=True) for what in _json(text))


def _xml(name: str, text: str, site: _Site) -> Iterator[str]:
    try:
        root = feed_files.parsed(text)
    except feed_files.NotAFeedError as error:
        yield str(error)
        return
    if root.tag == "feed":
        yield from _lacking(root, "the feed", ("id", "title", "updated"))
        ids = [entry.findtext("id") or "" for entry in root.findall("entry")]
        for number, entry in enumerate(root.findall("entry"), 1):
            yield from _lacking(entry, f"entry {number} of the feed", ("id", "title", "updated"))
            if root.find("author") is None and entry.find("author") is None:
                yield f"entry {number} of the feed names no author, and neither does the feed (RFC 4287, 4.1.2)"
        yield from (f"the id {one!r} stands in the feed twice" for one in sorted({i for i in ids if ids.count(i) > 1}))
    for element in root.iter():
        address = element.get("href", "") if element.tag == "link" else element.text or ""
        if element.tag in ("link", "other:loc") and site.base and address.strip().startswith(site.base):
            target = site.target(name, address.strip())
            if target and site.file(target[0]) is None:
                yield f"{address.strip()!r} leads nowhere: the site has no such page or file"


def _lacking(element: Any, what: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if not (element.findtext(name) or "").strip():
            yield f"{what} has no {name} (RFC 4287, 4.1)"


def _json(text: str) -> Iterator[str]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield f"not JSON: {error}"
        return
    if feed_files.is_json_feed(value):
        items = value.get("items")
        if not value.get("title") or not isinstance(items, list):
            yield "a JSON Feed needs a title and a list of items"
        for number, item in enumerate(items if isinstance(items, list) else [], 1):
            if not item.get("id") or not (item.get("content_html") or item.get("content_text")):
                yield f"item {number} of the feed needs an id and a content (JSON Feed 1.1)"


def sizes(files: Tree, config: Config) -> Iterator[Finding]:
    """Yield what is larger than the site's budget allows."""
    for name, data in files.items():
        budget = config.check_page_kb if _is_page(name) else config.check_picture_kb if name.endswith(_PICTURES) else 0
        if budget and len(data) > budget * 1000:
            key = "check.page_kb" if _is_page(name) else "check.picture_kb"
            what = f"{len(data) / 1000:,.0f} KB, and {key} allows {budget:,} – make it smaller, or raise {key}"
            yield Finding(name, 0, what, grave=False)
        if len(data) > _LARGEST_FILE:
            yield Finding(name, 0, f"{len(data) / 1e6:,.0f} MB: git hosts take files up to 100 MB", grave=True)
    total = sum(map(len, files.values()))
    if config.check_site_mb and total > config.check_site_mb * 1_000_000:
        said = f"the site has {total / 1e6:,.0f} MB, and check.site_mb allows {config.check_site_mb:,}"
        yield Finding("", 0, f"{said} – GitHub Pages takes 1,000", grave=False)


# ---------------------------------------------------------------------------- where it comes from

_NO_WORDS = re.compile(r"!\[\s*\]\(\s*<?([^)\s>]*)")


def _placed(finding: Finding, files: Tree, sources: Tree, config: Config) -> Problem:
    """Return a finding as a problem of the source that caused it; of the page, where none can be found."""
    origins = made_from(finding.page, sources, config.outlets) if finding.page else ()
    if finding.clue:
        for clue in _clues(finding.clue):
            for path in (*origins, *sorted(p for p in sources if p.startswith("themes/"))):
                place = _find(clue, sources.get(path, b"").decode("utf-8", "replace"))
                if place:
                    return Problem(path, *place, finding.message)
    own = [path for path in origins if path.startswith("content/")]
    if not finding.line and len(own) == 1:
        return Problem(own[0], 0, 0, f"/{finding.page.removesuffix('index.html')}: {finding.message}")
    page = f"{config.output}/{finding.page}" if finding.page else config.output
    return Problem(page, finding.line if finding.page in files else 0, 0, finding.message)


def _clues(address: str) -> Iterator[str]:
    """Yield texts that a source may hold for an address: itself, a link to a Markdown file, its fragment, its end."""
    yield address
    path, sign, fragment = address.partition("#")
    last = path.rstrip("/").removesuffix("/index.html").rsplit("/", 1)[-1]
    for written in dict.fromkeys((fragment, fragment.removeprefix(PREFIX))):
        if written:
            yield f"{last}.md{sign}{written}"
            yield sign + written
    if len(last) > 3:
        yield last


def _find(clue: str, text: str) -> tuple[int, int] | None:
    """Return line and column of a clue that stands by itself in a text."""
    alone = "" if clue.startswith("#") else r"(?<![\w.#-])" if ".md" in clue else r"(?<![\w/.#-])"
    found = re.search(rf"{alone}{re.escape(clue)}(?![\w-])", text)
    if not found:
        return None
    return text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())


def _pictures_without_words(sources: Tree) -> Iterator[Problem]:
    """Yield the pictures in Markdown texts that say nothing to those who cannot see them."""
    for path, data in sources.items():
        if path.startswith("content/") and path.endswith(".md"):
            text = data.decode("utf-8", "replace")
            for match in _NO_WORDS.finditer(text):
                line, column = (
                    text.count("\n", 0, match.start()) + 1,
                    match.start() - text.rfind("\n", 0, match.start()),
                )
                said = f"the picture {match[1]} has no alternative text – write ![what it shows]({match[1]})"
                yield Problem(path, line, column, said)
