"""Which pages that belong to no single story are other than before, when a few stories are told otherwise.

The lists are planned twice, from the stories before and after: those that say the same need not be rendered again.
What is cheaper to make than to compare is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from generator.site import data, feeds, plain, sitewide
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


def _says(page: Page) -> tuple[object, ...]:
    return page.template, page.title, page.noindex, page.data


def _data(
    before: tuple[Sequence[Summary], Near], after: tuple[Sequence[Summary], Near], config: Config
) -> Iterator[Page]:
    if before[1] != after[1] or [story.title for story in before[0]] != [story.title for story in after[0]]:
        yield data.file(data.STORIES, data.stories(*after, config))
