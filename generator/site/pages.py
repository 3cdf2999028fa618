"""Which pages exist, where they live, and what each is made from: a story's in `compared`, all others in `sitewide`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.errors import Problem, SourceError
from generator.site import plain, sitewide
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
    site = plan_site([summary for _, summary in stories], library, config, near_duplicates, said)
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

    :param hands: who reads the editor's texts, and compares the example.

    Raises `SourceError` with every pair of pages of the whole site that would have the same address.
    """
    ordered = newest_first(summaries)
    navigation = plain.navigation(library, said, explained=config.compare_enabled)
    shown = [led(page, navigation) for page in sitewide.pages(ordered, library, config, said, hands)]
    pages = (*shown, *sitewide.files(shown, ordered, library, config, near_duplicates))
    _refuse_collisions(sorted((*((page.path, page.made_from) for page in pages), *_addresses(ordered))))
    return tuple(sorted(pages, key=lambda page: page.path))


def plan_one(
    path: str, summaries: Iterable[Summary], library: Library, config: Config, said: Words = ENGLISH
) -> Page | None:
    """Return the one of the pages of `plan_site` that readers are shown at *path*, as long as no two are; if any is."""
    found = sitewide.page_at(path, newest_first(summaries), library, config, said)
    return led(found, plain.navigation(library, said, explained=config.compare_enabled)) if found else None


# ---------------------------------------------------------------------------- collisions


def _addresses(summaries: Iterable[Summary]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((path, summary.sources) for summary in summaries for path, _ in summary.pages)


def _refuse_collisions(places: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    """Two pages at one address (or at two that a disk without upper case cannot tell apart) are an error."""
    seen: dict[str, tuple[str, tuple[str, ...]]] = {}
    problems = []
    for place in places:
        first = seen.setdefault(place[0].casefold(), place)
        if first is not place:
            made = (place[1] or first[1] or (place[0],))[0]
            taken = first[0].removesuffix("index.html")
            message = f"would have the same address as another page, /{taken} – rename one of them"
            problems.append(Problem(made, 0, 0, message))
    if problems:
        raise SourceError(problems)
