"""The editor's own pages: single ones, and sections of them, which a folder's `_index.md` begins."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import chain
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from generator.errors import Problem, SourceError
from generator.ingest.markdown import Heading
from generator.ingest.shortcodes import placed, shortcode
from generator.ingest.suggest import did_you_mean
from generator.ingest.written import PREFIX, Read, written
from generator.model import Page
from generator.site import links, redirect
from generator.site.overview import Bit
from generator.site.words import ENGLISH, N_
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import PlainPage
    from generator.site.hands import Compare
    from generator.site.quoting import Quoted
    from generator.site.summary import Summary
    from generator.site.words import Words

#: Pages whose text stands on a page that the program makes.
WITHIN: Final = ("", "stories", "outlets")
#: Title of the guide to reading a comparison.
READING: Final = N_("How to read this")


@dataclass(frozen=True, slots=True)
class Navigation:
    """Where every page leads."""

    entries: tuple[Bit, ...] = ()
    """The editor's own pages of the first level, then the guide."""
    reading: str = links.ABOUT
    """The guide to reading a comparison: ours, or the editor's in its place."""

    @property
    def values(self) -> dict[str, object]:
        """What a page's template is told of it."""
        return {"nav": self.entries, "reading": self.reading}


@dataclass(frozen=True, slots=True)
class Group:
    """Pages of a section that belong together."""

    heading: str
    """Empty for those that belong to no group."""
    pages: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a page of a section: its fellows, and the way to the next one."""

    first: Bit
    """The section's first page."""
    groups: tuple[Group, ...]
    headings: tuple[Heading, ...]
    """The second-level headings of the page itself."""
    previous: Bit | None
    following: Bit | None


@dataclass(frozen=True, slots=True)
class Texts:
    """The editor's pages by address, and which page each Markdown file of the project has become."""

    by_slug: Mapping[str, PlainPage]
    places: Mapping[str, str]
    quoted: Mapping[str, tuple[Quoted, Summary]] = field(default_factory=dict)
    """Shortcode → what it prints, and the story that it quotes."""
    read: Read = written

    def title(self, slug: str, default: str) -> str:
        """Return a page's own title, *default* without one."""
        page = self.by_slug.get(slug)
        return page.title or default if page else default

    def body(self, slug: str) -> str:
        """Return a page's text as HTML, links to Markdown files leading to the pages made from them."""
        page = self.by_slug.get(slug)
        if not page or not page.body.strip():
            return ""
        return self.read(page.body).html(
            lambda href: _address(page, href, self.places),
            lambda inside: self.quoted[shortcode(inside).text][0].html(file_of(page)),
        )

    def made_from(self, page: PlainPage) -> tuple[str, ...]:
        """Return the sources behind a page: its own file, and those of the stories that it quotes."""
        quoted = (self.quoted[code.text][1].sources for code, _ in placed(page, self.read))
        return tuple(dict.fromkeys((page.path, *chain.from_iterable(quoted))))

    def path(self, slug: str) -> str:
        """Return the file of a page; nothing where there is none."""
        return self.by_slug[slug].path if slug in self.by_slug else ""


def texts(library: Library, summaries: Sequence[Summary], read: Read = written) -> Texts:
    """Return the editor's texts.

    :param read: who reads their Markdown.

    Raises `SourceError` with every link to a Markdown file that is not there, and every shortcode that quotes nothing.
    """
    places = {page.path: file_of(page) for page in library.pages}
    places |= {outlet.path: links.outlet_page(outlet.slug) for outlet in library.outlets if outlet.path}
    for summary in summaries:
        places[f"content/stories/{summary.slug}/_index.md"] = summary.page
        places |= {f"content/stories/{summary.slug}/{told.slug}.md": told.page for told in summary.articles}
    places |= {path: _once_at(path) for path in library.left_out if path not in places}
    _refuse_dead_links(library.pages, places, read)
    return Texts({page.slug: page for page in library.pages}, places, _quotations(library.pages, summaries, read), read)


def pages(
    found: Texts, said: Words = ENGLISH, *, explained: bool = True, compare: Compare | None = None, only: str = ""
) -> Iterator[Page]:
    """Yield the editor's own pages, and a guide to reading a comparison, unless one of them stands at its place.

    :param explained: whether there is a comparison to explain.
    :param compare: who compares the example that explains it.
    :param only: the one of the editor's own that is wanted, where not all are.
    """
    everyone = own(found.by_slug.values())
    sections = {page.slug: _groups(page, everyone) for page in everyone if page.is_section}
    for page in everyone:
        if only and file_of(page) != only:
            continue
        title = title_of(page)
        values: dict[str, object] = {"heading": title, "body": found.body(page.slug), "section": page.slug}
        section = next((slug for slug in _above(page.slug) if slug in sections), "")
        if section:
            values["side"] = _beside(page, found.by_slug[section], sections[section], found.read)
        template = "section.html" if section else "page.html"
        yield Page(file_of(page), template, title, values, made_from=found.made_from(page))
    for page in found.by_slug.values():
        for alias in page.aliases:
            yield redirect.page(alias, file_of(page), title_of(page), page.path)
    guide, is_ours = _guide(everyone)
    if explained and is_ours:
        from generator.site.example import example

        values = {"example": example(said, compare, guide), "section": "about"}
        yield Page(guide, "about.html", said.gettext(READING), values)


def navigation(library: Library, said: Words = ENGLISH, *, explained: bool = True) -> Navigation:
    """Return where every page leads.

    :param explained: whether there is a comparison to explain.
    """
    found = own(library.pages)
    guide, is_ours = _guide(found)
    bits = [bit(page) for page in found if "/" not in page.slug]
    if explained and is_ours:
        bits.append(Bit(said.gettext(READING), guide))
    return Navigation(tuple(bits), guide)


def own(everyone: Iterable[PlainPage]) -> list[PlainPage]:
    """Return the pages that stand for themselves: not those whose text stands on a page that the program makes."""
    return [page for page in everyone if page.slug not in WITHIN]


def _guide(everyone: Iterable[PlainPage]) -> tuple[str, bool]:
    """Return where the guide to reading a comparison stands, and whether it is ours.

    Whoever writes an about page of his own writes of his house, and the marks are to be explained all the same.
    """
    taken = {file_of(page) for page in everyone}
    place = links.READING if links.ABOUT in taken else links.ABOUT
    return place, place not in taken


def title_of(page: PlainPage) -> str:
    """Return a page's title; without one, its name as words."""
    return page.title or page.slug.rsplit("/", 1)[-1].replace("-", " ").capitalize()


def file_of(page: PlainPage) -> str:
    """Return the file of an editor's page below the output folder."""
    return f"{page.slug}/index.html" if page.slug else links.HOME


def bit(page: PlainPage) -> Bit:
    """Return a page's title, with the way there."""
    return Bit(title_of(page), file_of(page))


# ---------------------------------------------------------------------------- sections


def _above(slug: str) -> tuple[str, ...]:
    """Return an address and those above it, the shortest first: the outermost section is the one that counts."""
    parts = slug.split("/")
    return tuple("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def _groups(first: PlainPage, own: Sequence[PlainPage]) -> tuple[Group, ...]:
    """Return the pages below a section's first one, by group and order."""
    within = [page for page in own if page.slug.startswith(f"{first.slug}/")]
    within.sort(key=lambda page: (page.order, title_of(page).casefold(), page.slug))
    names = dict.fromkeys((*first.groups, *(page.group for page in within)))
    names = dict.fromkeys(("", *names)) if "" in names else names
    groups = (Group(name, tuple(bit(page) for page in within if page.group == name)) for name in names)
    return tuple(group for group in groups if group.pages)


def _beside(page: PlainPage, first: PlainPage, groups: tuple[Group, ...], read: Read) -> Beside:
    order = [bit(first), *(bit for group in groups for bit in group.pages)]
    at = order.index(bit(page))
    return Beside(
        first=bit(first),
        groups=groups,
        headings=tuple(found for found in read(page.body).headings if found.level == 2),
        previous=order[at - 1] if at else None,
        following=order[at + 1] if at + 1 < len(order) else None,
    )


# ---------------------------------------------------------------------------- links between Markdown files


def _target(page: PlainPage, href: str) -> tuple[str, str]:
    """Return the content file that a link names, and the fragment with its sign."""
    path, mark, fragment = href.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path))), mark + fragment


def _address(page: PlainPage, href: str, places: Mapping[str, str]) -> str:
    """Return the relative address of the page that a link's Markdown file became; any other link as it is."""
    path, fragment = _target(page, href)
    if path not in places:
        return href
    if fragment and path.startswith("content/") and "/stories/" not in path:
        fragment = f"#{PREFIX}{fragment[1:]}"
    return links.relative(file_of(page), places[path]) + fragment


def _once_at(path: str) -> str:
    """Return the address of a file that the site is built without, and will have again once it is mended."""
    slug = path.removeprefix("content/").removesuffix(".md").removesuffix("_index").rstrip("/")
    return f"{slug}/index.html" if slug else links.HOME


def _refuse_dead_links(everyone: Iterable[PlainPage], places: Mapping[str, str], read: Read) -> None:
    problems = [
        Problem(page.path, page.body_line + line, 0, f"the link {href!r} leads to no page – there is no {path}")
        for page in everyone
        for href, line in read(page.body).links
        if (path := _target(page, href)[0]).endswith(".md") and path not in places
    ]
    if problems:
        raise SourceError(problems)


# ---------------------------------------------------------------------------- quotations


def _quotations(
    everyone: Iterable[PlainPage], summaries: Iterable[Summary], read: Read
) -> dict[str, tuple[Quoted, Summary]]:
    stories = {summary.slug: summary for summary in summaries}
    found: dict[str, tuple[Quoted, Summary]] = {}
    problems = []
    for page in everyone:
        for code, place in placed(page, read):
            story = stories.get(code.story)
            quoted = next((one for one in story.quoted if one.text == code.text), None) if story else None
            said = code.problem or (quoted.problem if quoted else _why_not(code.story, stories))
            if said:
                problems.append(replace(place, message=said))
            elif story and quoted:
                found[code.text] = quoted, story
    if problems:
        raise SourceError(problems)
    return found


def wanting(
    everyone: Iterable[PlainPage], lacking: Mapping[str, Summary | None], read: Read = written
) -> list[Problem]:
    """Return what is wrong with pages that quote what the site is built without.

    :param lacking: stories of which something is left out; None for those that are, as a whole.
    """
    problems = []
    for page in everyone:
        for code, place in placed(page, read):
            if code.problem or code.story not in lacking:
                continue
            story = lacking[code.story]
            if story is None:
                said = f"quotes the story {code.story!r}, which is left out; so this page is, too"
            elif why := next((one.problem for one in story.quoted if one.text == code.text and one.problem), ""):
                said = f"quotes the story {code.story!r}, of which something is left out; so this page is, too ({why})"
            else:
                continue
            problems.append(replace(place, message=said))
    return problems


def _why_not(story: str, stories: Mapping[str, Summary]) -> str:
    if story in stories:
        return "nothing is compared (compare.enabled), so there is nothing to quote – take the line out"
    return f"there is no story {story!r} to quote{did_you_mean(story, stories) if stories else ''}"
