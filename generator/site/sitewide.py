"""Pages that belong to no single story: home, lists, outlets, tags, the editor's own; made from summaries alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING, Final

from generator.model import Page
from generator.site import data, feeds, links, listed, lists, plain, search
from generator.site.hands import NOBODY
from generator.site.words import ENGLISH
from generator.values import maker

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Config, NearDuplicate, Outlet
    from generator.site.hands import Hands
    from generator.site.plain import Navigation
    from generator.site.summary import Summary
    from generator.site.words import Words


def pages(
    summaries: Sequence[Summary], library: Library, config: Config, said: Words = ENGLISH, hands: Hands = NOBODY
) -> Iterator[Page]:
    """Yield every page that is shown to readers and belongs to no single story; *summaries* newest first."""
    return chain.from_iterable(part() for part in _parts(summaries, library, config, said, hands))


def page_at(
    path: str, summaries: Sequence[Summary], library: Library, config: Config, said: Words = ENGLISH
) -> Page | None:
    """Return that of the `pages` that is at *path*; the others are not made, if it can be known without them."""
    found = chain.from_iterable(part() for part in _parts(summaries, library, config, said, NOBODY, path))
    return next((page for page in found if page.path == path), None)


def _parts(
    summaries: Sequence[Summary], library: Library, config: Config, said: Words, hands: Hands, only: str = ""
) -> Iterator[Callable[[], Iterator[Page]]]:
    """Yield what makes the pages, what takes least first; of the editor's own ones *only* one, where that is wanted."""
    texts = plain.texts(library, summaries, hands.read)
    yield lambda: plain.pages(texts, said, explained=config.compare_enabled, compare=hands.compare, only=only)
    yield lambda: iter([Page("404.html", "404.html", said.gettext("Not found"), {}, noindex=True)])
    yield from _listing(summaries, library, config, texts, said)
    yield lambda: searched(summaries, config, said)


def _listing(
    summaries: Sequence[Summary], library: Library, config: Config, texts: plain.Texts, said: Words
) -> Iterator[Callable[[], Iterator[Page]]]:
    told = cache(lambda: lists.told_by_outlet(summaries))
    sums = cache(lambda: lists.tallies(told()))
    rows = cache(lambda: lists.outlet_rows(library, sums(), said))
    views = cache(lambda: tuple(lists.outlet_views(library, told(), sums(), rows(), said)))
    yield lambda: home(summaries, rows(), config, texts, chain.from_iterable(one.sources for one in summaries))
    yield lambda: stories(summaries, config, texts, said)
    yield lambda: listed.archive_pages(summaries, config, said)
    yield lambda: listed.tag_pages(summaries, config, said)
    yield lambda: _outlets(summaries, rows(), views(), config, texts, said)


def listing(
    summaries: Sequence[Summary], library: Library, config: Config, texts: plain.Texts, said: Words
) -> Iterator[Page]:
    """Yield every page that lists stories or tellings; *summaries* newest first."""
    return chain.from_iterable(part() for part in _listing(summaries, library, config, texts, said))


def files(
    shown: Iterable[Page],
    summaries: Sequence[Summary],
    library: Library,
    config: Config,
    near_duplicates: Sequence[NearDuplicate],
) -> Iterator[Page]:
    """Yield the files for other programs that belong to no single story, as pages without a template."""
    yield data.file(data.STORIES, data.stories(summaries, near_duplicates, config))
    yield from feeds.files(shown, summaries, library, config)


_made: Final = maker(Page)


def led(page: Page, navigation: Navigation) -> Page:
    """Return a page that leads to the editor's own pages, as every page does; a file for programs stays as it is."""
    if not page.template:
        return page
    values = {**page.data, **navigation.values}
    return _made(page.path, page.template, page.title, values, page.noindex, page.made_from)


def _page(path: str, template: str, title: str, made_from: Iterable[str], values: Mapping[str, object]) -> Page:
    return Page(path, template, title, values, made_from=tuple(dict.fromkeys(filter(None, made_from))))


# ---------------------------------------------------------------------------- stories


def stories(
    summaries: Sequence[Summary], config: Config, texts: plain.Texts, said: Words, only: Set[str] = frozenset()
) -> Iterator[Page]:
    """Yield the list of all stories, `paginate` a page; only the pages that show some of these, if there are any."""
    heading = texts.title("stories", said.gettext("Stories"))
    values: dict[str, object] = {"introduction": texts.body("stories"), "tagged": any(s.tags for s in summaries)}
    return listed.paged("stories", "stories.html", heading, summaries, config, said, values, only)


# ---------------------------------------------------------------------------- lists and plain pages


def home(
    summaries: Sequence[Summary],
    outlets: Sequence[lists.OutletRow],
    config: Config,
    texts: plain.Texts,
    sources: Iterable[str] = (),
) -> Iterator[Page]:
    """Yield the page that the site begins with; *sources* are those of all stories."""
    size = config.paginate if config.paginate > 0 else len(summaries)
    values: dict[str, object] = {
        "heading": texts.title("", config.title),
        "introduction": texts.body(""),
        "entries": tuple(summary.entry for summary in summaries[:size]),
        "total": len(summaries),
        "outlets": outlets,
        "section": "home",
    }
    made_from = [texts.path(""), *sources]
    yield _page(links.HOME, "home.html", config.title, made_from, values)


def _outlets(
    summaries: Sequence[Summary],
    outlets: Sequence[lists.OutletRow],
    views: Sequence[tuple[Outlet, lists.OutletView]],
    config: Config,
    texts: plain.Texts,
    said: Words,
) -> Iterator[Page]:
    yield all_outlets(outlets, (outlet.path for outlet, _ in views), texts, said)
    by_story = {summary.page: summary.sources for summary in summaries}
    for outlet, view in views:
        stories = dict.fromkeys([telling.story_page for telling in view.told])
        sources = chain.from_iterable(map(by_story.__getitem__, stories))
        made_from = tuple(dict.fromkeys((outlet.path, *sources)))
        yield from outlet_pages(outlet, view, made_from, config, said)


def all_outlets(outlets: Sequence[lists.OutletRow], paths: Iterable[str], texts: plain.Texts, said: Words) -> Page:
    """Return the list of all outlets; *paths* are those of the files that describe them."""
    values = {"outlets": outlets, "introduction": texts.body("outlets"), "section": "outlets"}
    return _page(links.OUTLETS, "outlets.html", texts.title("outlets", said.gettext("Outlets")), paths, values)


def outlet_pages(
    outlet: Outlet,
    view: lists.OutletView,
    made_from: tuple[str, ...],
    config: Config,
    said: Words,
    only: Set[int] = frozenset(),
) -> Iterator[Page]:
    """Yield an outlet's figures and its tellings, `paginate` a page; later pages go on with the tellings alone.

    :param only: numbers of its tellings; if there are any, of the later pages no more are made than show these.
    """
    path, name = links.outlet_page(outlet.slug), outlet.name
    size = config.paginate if config.paginate > 0 else max(len(view.told), 1)
    pages = max(1, ceil(len(view.told) / size))
    paths = [path, *(f"{path.removesuffix('index.html')}page/{n}/index.html" for n in range(2, pages + 1))]
    for at in range(pages):
        if only and at and only.isdisjoint(range(at * size, (at + 1) * size)):
            continue
        values: dict[str, object] = {
            "outlet": view,
            "told": view.told[at * size : (at + 1) * size],
            "first": at == 0,
            "previous": paths[at - 1] if at else "",
            "following": paths[at + 1] if at + 1 < len(paths) else "",
            "feed": path.removesuffix("index.html"),
            "section": "outlets",
        }
        title = said.gettext("%(heading)s, page %(n)s", heading=name, n=at + 1) if at else name
        yield Page(paths[at], "outlet.html", title, values, made_from=made_from)


def searched(summaries: Sequence[Summary], config: Config, said: Words) -> Iterator[Page]:
    """Yield the page that searches (without a script it leads to the lists), and its index, if the site has them."""
    if not config.search_enabled:
        return
    yield from searching(search.files(summaries), len(summaries), said)


def searching(files: tuple[str, tuple[Page, ...]], total: int, said: Words) -> Iterator[Page]:
    """Yield the same, given what `search.files` makes of so many stories."""
    mark, index = files
    yield from index
    values: dict[str, object] = {"total": total, "mark": mark, "section": "search"}
    yield Page(links.SEARCH, "search.html", said.gettext("Search"), values)
