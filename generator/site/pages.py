"""Which pages exist, where they live, and what each is made from: a story's here, all others in `sitewide`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.errors import Problem, SourceError
from generator.ingest.markdown import html
from generator.model import Page
from generator.site import data, embeds, linked, links, redirect, rights, search, sitewide
from generator.site.index import Index, index_of, printed_pairs
from generator.site.overview import Bit
from generator.site.pair import pair_view
from generator.site.story import story_view
from generator.site.summary import Summary, newest_first, sources_of, summary_of
from generator.site.telling import telling_view
from generator.site.versions import versions_view
from generator.site.words import ENGLISH, Words

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Config, Digest, NearDuplicate


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
    navigation = sitewide.navigation(library, said, explained=config.compare_enabled)
    stories = [plan_story(digest, library, config, navigation, said) for digest in digests]
    site = plan_site([summary for _, summary in stories], library, config, near_duplicates, said)
    return tuple(sorted((*site, *(page for pages, _ in stories for page in pages)), key=lambda page: page.path))


def plan_story(
    digest: Digest, library: Library, config: Config, navigation: tuple[Bit, ...], said: Words = ENGLISH
) -> tuple[tuple[Page, ...], Summary]:
    """Return every page and file of one story, and what the rest of the site needs to know of it.

    :param library: its outlets are those that are described; its stories are not looked at.
    :param navigation: the editor's own pages, which every page leads to (`generator.site.sitewide.navigation`).
    """
    index = index_of(rights.printable(digest), library, config, said)
    shown = [_led(page, navigation) for page in story_pages(index, config)]
    moved = redirect.moved(digest.story, index)
    pages = (*shown, *moved, data.file(links.story_data(digest.story.slug), data.story(index, config)))
    if not config.search_enabled:
        return pages, summary_of(index, pages)
    searched, found = search.of_story(index)
    pages = (*pages, searched)
    return pages, summary_of(index, pages, found)


def plan_site(
    summaries: Iterable[Summary],
    library: Library,
    config: Config,
    near_duplicates: Sequence[NearDuplicate] = (),
    said: Words = ENGLISH,
) -> tuple[Page, ...]:
    """Return every page and file that belongs to no single story, in the order of their paths.

    Raises `SourceError` with every pair of pages of the whole site that would have the same address.
    """
    ordered = newest_first(summaries)
    navigation = sitewide.navigation(library, said, explained=config.compare_enabled)
    shown = [_led(page, navigation) for page in sitewide.pages(ordered, library, config, said)]
    pages = (*shown, *sitewide.files(shown, ordered, library, config, near_duplicates))
    _refuse_collisions(sorted((*((page.path, page.made_from) for page in pages), *_addresses(ordered))))
    return tuple(sorted(pages, key=lambda page: page.path))


def _led(page: Page, navigation: tuple[Bit, ...]) -> Page:
    """Every page leads to the editor's own pages."""
    return replace(page, data={**page.data, "nav": navigation})


# ---------------------------------------------------------------------------- stories


def story_pages(index: Index, config: Config) -> Iterator[Page]:
    """Yield a story's page, its tellings and its pairs."""
    story, sources = index.digest.story, sources_of(index.digest.story)
    introduction = html(story.introduction, "intro-") if story.introduction.strip() else ""
    view = story_view(index, introduction)
    offered = embeds.offer(index, view, config)
    values: dict[str, object] = {
        "story": view,
        "section": "stories",
        "offer": offered,
        "linked": linked.story(index, config),
    }
    yield Page(index.page, "story.html", index.title, values, made_from=sources)
    yield from embeds.story_pages(index, view, offered, config)
    for sigil, teller in index.tellers.items():
        title = f"{index.witnesses[sigil].article.title or index.title} · {teller.name}"
        values = {"telling": telling_view(index, sigil), "section": "stories"}
        yield Page(teller.page, "telling.html", title, values, config.noindex, sources)
    for history in index.digest.histories:
        versions = versions_view(index, history)
        values = {"versions_of": versions, "section": "stories"}
        title = f"{index.words.gettext('Versions of %(name)s', name=versions.name)} · {index.title}"
        yield Page(versions.page, "versions.html", title, values, config.noindex, sources)
    for pair in printed_pairs(index.digest.pairs, config):
        versus = index.words.gettext("%(old)s against %(new)s", old=pair.old, new=pair.new)
        title = f"{versus} · {index.title}"
        compared = pair_view(index, pair)
        offered = embeds.offer_pair(index, compared, config)
        values = {"pair": compared, "section": "stories", "offer": offered}
        yield Page(index.pair_pages[pair.old, pair.new], "pair.html", title, values, config.noindex, sources)
        yield from embeds.pair_pages(index, compared, offered, config)


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
