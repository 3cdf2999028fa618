"""Which pages exist, where they live, and what each is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.errors import Problem, SourceError
from generator.ingest.markdown import html
from generator.model import Page
from generator.site import data, feeds, links, lists, rights
from generator.site.index import Index, index_of, printed_pairs
from generator.site.overview import Bit
from generator.site.pair import pair_view
from generator.site.story import story_view
from generator.site.telling import telling_view

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Config, Digest, NearDuplicate, PlainPage


def plan(
    digests: Sequence[Digest], library: Library, config: Config, near_duplicates: Sequence[NearDuplicate] = ()
) -> tuple[Page, ...]:
    """Return every page of the site, data files and feeds included, in the order of their paths.

    A page whose `template` is empty is a file: its bytes stand in `data["content"]`.
    Raises `SourceError` with every pair of pages that would have the same address.
    """
    indexes = lists.newest_first(index_of(rights.printable(digest), library, config) for digest in digests)
    by_slug = {page.slug: page for page in library.pages}
    shown = (
        *_home(indexes, library, config, by_slug),
        *_stories(indexes, config, by_slug),
        *(page for index in indexes for page in story_pages(index, config)),
        *_outlets(indexes, library, by_slug),
        *_tags(indexes),
        *_plain(library),
        Page("404.html", "404.html", "Not found", {}, noindex=True),
    )
    shown = tuple(_with_navigation(shown))
    files = (*data.files(indexes, near_duplicates, config), *feeds.files(shown, indexes, library, config))
    pages = tuple(sorted((*shown, *files), key=lambda page: page.path))
    _refuse_collisions(pages)
    return pages


def _page(path: str, template: str, title: str, made_from: Iterable[str], values: Mapping[str, object]) -> Page:
    return Page(path, template, title, values, made_from=tuple(dict.fromkeys(filter(None, made_from))))


# ---------------------------------------------------------------------------- stories


def story_pages(index: Index, config: Config) -> Iterator[Page]:
    """Yield a story's page, its tellings and its pairs."""
    story, sources = index.digest.story, _sources(index)
    introduction = html(story.introduction, "intro-") if story.introduction.strip() else ""
    view = story_view(index, introduction)
    yield _page(index.page, "story.html", index.title, sources, {"story": view, "section": "stories"})
    for sigil, teller in index.tellers.items():
        title = f"{index.witnesses[sigil].article.title or index.title} · {teller.name}"
        values: dict[str, object] = {"telling": telling_view(index, sigil), "section": "stories"}
        yield Page(teller.page, "telling.html", title, values, config.noindex, sources)
    for pair in printed_pairs(index.digest.pairs, config):
        title = f"{pair.old} against {pair.new} · {index.title}"
        values = {"pair": pair_view(index, pair), "section": "stories"}
        yield Page(index.pair_pages[pair.old, pair.new], "pair.html", title, values, config.noindex, sources)


def _sources(index: Index) -> tuple[str, ...]:
    story = index.digest.story
    paths = [story.path, *(path for a in story.articles for path in (a.path, a.seed))]
    return tuple(dict.fromkeys(filter(None, paths)))


def _stories(indexes: Sequence[Index], config: Config, plain: Mapping[str, PlainPage]) -> Iterator[Page]:
    """All stories, `paginate` a page."""
    size = config.paginate if config.paginate > 0 else max(len(indexes), 1)
    chunks = [indexes[at : at + size] for at in range(0, len(indexes), size)] or [()]
    paths = [links.STORIES, *(f"stories/page/{n}/index.html" for n in range(2, len(chunks) + 1))]
    about = plain.get("stories")
    for at, chunk in enumerate(chunks):
        title = (about.title if about and about.title else "Stories") + (f", page {at + 1}" if at else "")
        values: dict[str, object] = {
            "entries": tuple(map(lists.entry, chunk)),
            "total": len(indexes),
            "introduction": _body(about) if at == 0 else "",
            "previous": paths[at - 1] if at else "",
            "following": paths[at + 1] if at + 1 < len(paths) else "",
            "section": "stories",
        }
        made_from = [path for index in chunk for path in _sources(index)]
        yield _page(paths[at], "stories.html", title, made_from, values)


# ---------------------------------------------------------------------------- lists and plain pages


def _home(indexes: Sequence[Index], library: Library, config: Config, plain: Mapping[str, PlainPage]) -> Iterator[Page]:
    about = plain.get("")
    size = config.paginate if config.paginate > 0 else len(indexes)
    values: dict[str, object] = {
        "heading": about.title if about and about.title else config.title,
        "introduction": _body(about),
        "entries": tuple(map(lists.entry, indexes[:size])),
        "total": len(indexes),
        "outlets": lists.outlet_rows(library, indexes),
        "section": "home",
    }
    made_from = [about.path if about else "", *(path for index in indexes for path in _sources(index))]
    yield _page(links.HOME, "home.html", config.title, made_from, values)


def _outlets(indexes: Sequence[Index], library: Library, plain: Mapping[str, PlainPage]) -> Iterator[Page]:
    about = plain.get("outlets")
    values: dict[str, object] = {
        "outlets": lists.outlet_rows(library, indexes),
        "introduction": _body(about),
        "section": "outlets",
    }
    title = about.title if about and about.title else "Outlets"
    paths = [outlet.path for outlet in library.outlets]
    yield _page(links.OUTLETS, "outlets.html", title, paths, values)
    by_story = {index.page: _sources(index) for index in indexes}
    for outlet, view in lists.outlet_views(library, indexes):
        told = dict.fromkeys(telling.story_page for telling in view.told)
        made_from = [outlet.path, *(path for story in told for path in by_story[story])]
        path = links.outlet_page(outlet.slug)
        yield _page(path, "outlet.html", outlet.name, made_from, {"outlet": view, "section": "outlets"})


def _tags(indexes: Sequence[Index]) -> Iterator[Page]:
    for slug, view in lists.tag_views(indexes):
        pages = {entry.page for entry in view.entries}
        made_from = [path for index in indexes if index.page in pages for path in _sources(index)]
        path = f"tags/{slug}/index.html"
        yield _page(path, "tag.html", view.name, made_from, {"tag": view, "section": "stories"})


def _plain(library: Library) -> Iterator[Page]:
    """The editor's own pages; a page on how to read the site where the editor has written none."""
    for page in library.pages:
        if page.slug not in ("", "stories", "outlets"):
            title = page.title or page.slug.rsplit("/", 1)[-1].replace("-", " ").capitalize()
            values: dict[str, object] = {"heading": title, "body": _body(page), "section": page.slug}
            yield _page(f"{page.slug}/index.html", "page.html", title, [page.path], values)
    if all(page.slug != "about" for page in library.pages):
        yield Page(links.ABOUT, "about.html", "How to read this", {"section": "about"})


def _body(page: PlainPage | None) -> str:
    return html(page.body, "text-") if page and page.body.strip() else ""


def _with_navigation(pages: Sequence[Page]) -> Iterator[Page]:
    """Every page leads to the editor's own pages of the first level, by title; `section` is set on all."""
    own = [page for page in pages if page.template in ("page.html", "about.html") and page.path.count("/") == 1]
    bits = tuple(Bit(page.title, page.path) for page in own)
    for page in pages:
        yield replace(page, data={"section": "", **page.data, "nav": bits})


# ---------------------------------------------------------------------------- collisions


def _refuse_collisions(pages: Iterable[Page]) -> None:
    """Two pages at one address (or at two that a disk without upper case cannot tell apart) are an error."""
    seen: dict[str, Page] = {}
    problems = []
    for page in pages:
        first = seen.setdefault(page.path.casefold(), page)
        if first is not page:
            made = (page.made_from or first.made_from or (page.path,))[0]
            problems.append(
                Problem(
                    made,
                    0,
                    0,
                    f"would have the same address as another page, /{first.permalink} – rename one of them",
                )
            )
    if problems:
        raise SourceError(problems)
