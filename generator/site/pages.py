"""Which pages exist, where they live, and what each is made from: a story's in `compared`, all others in `sitewide`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from generator.errors import SourceError
from generator.site import collisions, plain, sitewide
from generator.site.hands import NOBODY
from generator.site.sitewide import led
from generator.site.summary import Summary, newest_first
from generator.site.words import ENGLISH, Words

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Config, Digest, NearDuplicate, Page
    from generator.site.hands import Hands


def plan(
    digests: Sequence[Digest],
    library: Library,
    config: Config,
    near_duplicates: Sequence[NearDuplicate] = (),
    said: Words = ENGLISH,
) -> tuple[Page, ...]:
    """Return every page of the site, data files and feeds included, in the order of their paths.

    A page whose `template` is empty is a file: its bytes stand in `data["content"]`.
    Raises `SourceError` with every pair of pages that would have the same address.
    """
    from generator.site.compared import plan_story

    navigation = plain.navigation(library, said, explained=config.compare_enabled)
    stories = [plan_story(digest, library, config, navigation, said) for digest in digests]
    summaries = [summary for _, summary in stories]
    site = plan_site(summaries, library, config, near_duplicates, said)
    found = collisions.problems((*((page.path, page.made_from) for page in site), *collisions.of_stories(summaries)))
    if found:
        raise SourceError(found)
    return tuple(sorted((*site, *(page for pages, _ in stories for page in pages)), key=lambda page: page.path))


def plan_site(
    summaries: Iterable[Summary],
    library: Library,
    config: Config,
    near_duplicates: Sequence[NearDuplicate] = (),
    said: Words = ENGLISH,
    hands: Hands = NOBODY,
) -> tuple[Page, ...]:
    """Return every page and file that belongs to no single story, in the order of their paths.

    Whether two would have one address is not looked at.

    :param hands: who reads the editor's texts, and compares the example.
    """
    ordered = newest_first(summaries)
    navigation = plain.navigation(library, said, explained=config.compare_enabled)
    shown = [led(page, navigation) for page in sitewide.pages(ordered, library, config, said, hands)]
    pages = (*shown, *sitewide.files(shown, ordered, library, config, near_duplicates))
    return tuple(sorted(pages, key=lambda page: page.path))


def plan_one(
    path: str, summaries: Iterable[Summary], library: Library, config: Config, said: Words = ENGLISH
) -> Page | None:
    """Return the one of the pages of `plan_site` that readers are shown at *path*, as long as no two are; if any is."""
    found = sitewide.page_at(path, newest_first(summaries), library, config, said)
    return led(found, plain.navigation(library, said, explained=config.compare_enabled)) if found else None
