"""Which pages that belong to no single story are other than before, when a few stories are told otherwise.

The lists are planned twice, from the stories before and after: those that say the same need not be rendered again.
What is cheaper to make than to compare is made.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.site import data, feeds, links, listed, lists, plain, search, sitewide
from generator.site.outline import Outline, line_of, stories_by_outlet, told_by_outlet
from generator.site.summary import Summary, newest_first

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Config, NearDuplicate, Page
    from generator.site.hands import Hands
    from generator.site.words import Words

Near = Sequence["NearDuplicate"]


def stand(before: Sequence[Summary], after: Sequence[Summary]) -> bool:
    """Return whether stories keep what pages of the whole site take for granted here: addresses, days, quotations."""
    return list(map(_lasting, before)) == list(map(_lasting, after))


def _lasting(story: Summary) -> tuple[object, ...]:
    """What decides which pages there are, and what stands in the sitemap and on the editor's own pages."""
    return story.slug, story.page, story.updated, story.pages, story.articles, story.quoted, story.sources


def relisted(
    before: tuple[Sequence[Summary], Near],
    after: tuple[Sequence[Summary], Near],
    library: Library,
    config: Config,
    said: Words,
    hands: Hands,
) -> tuple[Page, ...] | None:
    """Return the pages that are other than before, and some that may be; None if these are not all.

    :param before: all stories, and the near-duplicates; those that are told otherwise `stand`.
    """
    old, new = (newest_first(stories) for stories, _ in (before, after))
    texts = plain.texts(library, new, hands.read)
    lists = {page.path: page for page in sitewide.listing(old, library, config, texts, said)}
    fresh = tuple(sitewide.listing(new, library, config, texts, said))
    if lists.keys() != {page.path for page in fresh}:
        return None
    navigation = plain.navigation(library, said, explained=config.compare_enabled)
    pages = [page for page in fresh if _says(page) != _says(lists[page.path])]
    pages += sitewide.searched(new, config, said)
    files = [*feeds.feed_files(new, library, config), *_data(before, after, config)]
    return (*(sitewide.led(page, navigation) for page in pages), *files)


#: Names by which templates are given what has all of a list's stories or tellings, not those alone that a page shows.
WHOLE = re.compile(rb"\b(?:outlet|years|month|later|earlier|tags?)\b")


def are_alike(before: Summary, after: Summary) -> bool:
    """Return whether a story stands on the same pages, in the same places, and `stories.json` says the same of it."""
    return stand([before], [after]) and (before.title, line_of(before)) == (after.title, line_of(after))


def in_part(
    before: Outline,
    after: Outline,
    stories: Sequence[Summary],
    changed: Mapping[str, tuple[Summary, Summary]],
    index: Callable[[str], bytes],
    library: Library,
    config: Config,
    said: Words,
) -> tuple[Page, ...] | None:
    """Return what `relisted` does, with a look at no more stories than are shown; None if that does not do.

    Only for templates that take nothing of an outlet's tellings or a list's stories, where they have the names of
    `WHOLE`, but how many there are; and where the editor has no text on a list.

    :param before: outline of all stories before; *after*: as they are now.
    :param stories: all of them as they are now, the newest first.
    :param changed: story → as it was and as it is; these `are_alike`.
    :param index: path → file, of the search index as it was.
    :raises ValueError: if that is none of these stories.
    """
    if not {page.slug for page in library.pages}.isdisjoint(plain.WITHIN):
        return None
    rows = lists.outlet_rows(library, after.tallies, said)
    others = {row.page for row in {*rows} - {*lists.outlet_rows(library, before.tallies, said)}}
    only, texts = frozenset(changed), plain.Texts({}, {})
    size = config.paginate if config.paginate > 0 else len(stories)
    pages = [*sitewide.stories(stories, config, texts, said, only)]
    if others or not only.isdisjoint([line.slug for line in after.lines[:size]]):
        pages += sitewide.home(stories, rows, config, texts)
    if others:
        pages.append(sitewide.all_outlets(rows, (), texts, said))
    pages += listed.archive_pages(stories, config, said, only)
    pages += listed.tag_pages(stories, config, said, only)
    pages += _outlets(after, stories, only, rows, others, library, config, said)
    if config.search_enabled:
        slugs = sorted(line.slug for line in after.lines)
        numbered = {bisect_left(slugs, slug): pair for slug, pair in changed.items()}
        pages += sitewide.searching(search.amended(index, numbered), len(slugs), said)
    navigation = plain.navigation(library, said, explained=config.compare_enabled)
    files = feeds.feeds_with(only, stories, stories_by_outlet(after.lines, stories), library, config)
    return (*(sitewide.led(page, navigation) for page in pages), *files)


def _outlets(
    after: Outline,
    stories: Sequence[Summary],
    only: frozenset[str],
    rows: Sequence[lists.OutletRow],
    others: Set[str],
    library: Library,
    config: Config,
    said: Words,
) -> Iterator[Page]:
    """Yield those pages of outlets that show tellings of some stories, or what all of an outlet's add up to.

    :param others: pages of outlets whose rows are other than before, which all of their pages show.
    """
    theirs = {page for line in after.lines if line.slug in only for page in line.outlets}
    few = tuple(outlet for outlet in library.outlets if links.outlet_page(outlet.slug) in theirs)
    told = told_by_outlet(after.lines, stories)
    for outlet, view in lists.outlet_views(replace(library, outlets=few), told, after.tallies, rows, said):
        page = links.outlet_page(outlet.slug)
        slugs = [line.slug for line in after.lines for own in line.outlets if own == page]
        numbers = frozenset(number for number, slug in enumerate(slugs) if slug in only or page in others)
        yield from sitewide.outlet_pages(outlet, view, (), config, said, numbers)


def _says(page: Page) -> tuple[object, ...]:
    return page.template, page.title, page.noindex, page.data


def _data(
    before: tuple[Sequence[Summary], Near], after: tuple[Sequence[Summary], Near], config: Config
) -> Iterator[Page]:
    if before[1] != after[1] or [story.title for story in before[0]] != [story.title for story in after[0]]:
        yield data.file(data.STORIES, data.stories(*after, config))
