"""The pages of a story whose tellings are compared: its own, its tellings', its pairs', and its data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from generator.errors import Problem
from generator.model import Page
from generator.site import cards, crowd, data, embeds, linked, links, quoting, redirect, rights, search
from generator.site.account import account, margin_of
from generator.site.index import Index, index_of, printed_pairs
from generator.site.overview import grid
from generator.site.pair import common_of, pair_view
from generator.site.sitewide import led
from generator.site.story import story_view
from generator.site.summary import Entry, Summary, entry, sources_of, summary_of
from generator.site.telling import telling_view
from generator.site.versions import versions_view
from generator.site.words import ENGLISH, Words
from generator.values import maker

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Config, Digest
    from generator.site.plain import Navigation


def plan_story(
    digest: Digest, library: Library, config: Config, navigation: Navigation, said: Words = ENGLISH
) -> tuple[tuple[Page, ...], Summary]:
    """Return every page and file of one story, and what the rest of the site needs to know of it.

    :param library: its outlets are those that are described; its stories are not looked at.
    :param navigation: the editor's own pages, which every page leads to (`generator.site.plain.navigation`).
    """
    index = index_of(rights.printable(digest), library, config, said)
    listed = entry(index)
    shown = [led(page, navigation) for page in story_pages(index, config, listed)]
    moved = redirect.moved(digest.story, index)
    pages = (*shown, *moved, data.file(links.story_data(digest.story.slug), data.story(index, config)))
    if config.cards_enabled:
        pages = (*pages, cards.page(index, config))
    if not config.search_enabled:
        return pages, summary_of(index, pages, listed=listed)
    searched, found = search.of_story(index)
    pages = (*pages, searched)
    return pages, summary_of(index, pages, found, listed)


_page: Final = maker(Page)


def story_pages(index: Index, config: Config, listed: Entry | None = None) -> Iterator[Page]:
    """Yield a story's page, its tellings and its pairs.

    :param listed: its `entry`, where somebody has it already.
    """
    story, sources = index.digest.story, sources_of(index.digest.story)
    introduction = ""
    if story.introduction.strip():
        place = Problem(story.path, story.introduction_line, 0, "")
        introduction = quoting.written(index, story.introduction, place, index.page, "intro-")
    margin = margin_of(index)
    passages = account(index, margin)
    most = crowd.shown_wordings(passages)
    view = story_view(index, introduction, tuple(crowd.shortened(p, most, _wordings(index, p.id)) for p in passages))
    offered = embeds.offer(index, view, config)
    shared: dict[str, object] = {"section": "stories", "card": cards.shown(index) if config.cards_enabled else None}
    values: dict[str, object] = {
        **shared,
        "story": view,
        "offer": offered,
        "linked": linked.story(index, view.finding, config),
    }
    yield Page(index.page, "story.html", index.title, values, made_from=sources)
    yield from embeds.story_pages(index, view, offered, config, listed or entry(index))
    if view.pairs_page:
        title = index.titled(index.words.gettext("All pairs"))
        values = {**shared, "pairs": crowd.pairs_view(index, grid(index))}
        yield Page(view.pairs_page, "pairs.html", title, values, config.noindex, sources)
    if view.sources_page:
        title = index.titled(index.words.gettext("Sources"))
        values = {**shared, "sources": crowd.SourcesView(index.title, index.page, view.sources)}
        yield Page(view.sources_page, "sources.html", title, values, config.noindex, sources)
    for wordings in crowd.wordings_views(index, passages, most):
        title = index.titled(index.words.gettext("Passage %(number)s", number=wordings.passage.number))
        values = {**shared, "wordings": wordings}
        yield Page(_wordings(index, wordings.passage.id), "wordings.html", title, values, config.noindex, sources)
    strips = {row.teller.sigil: row.strip for row in view.tellings}
    stated = {source.teller.sigil: source for source in view.sources}
    for sigil, teller in index.tellers.items():
        title = f"{index.witnesses[sigil].article.title or index.title} · {teller.name}"
        values = {**shared, "telling": telling_view(index, sigil, margin, strips[sigil], stated[sigil])}
        yield _page(teller.page, "telling.html", title, values, config.noindex, sources)
    for history in index.digest.histories:
        versions = versions_view(index, history)
        values = {**shared, "versions_of": versions}
        title = index.titled(index.words.gettext("Versions of %(name)s", name=versions.name))
        yield Page(versions.page, "versions.html", title, values, config.noindex, sources)
    common = common_of(index)
    for pair in printed_pairs(index.digest.pairs, config):
        versus = index.words.gettext("%(old)s against %(new)s", old=pair.old, new=pair.new)
        title = index.titled(versus)
        compared = pair_view(index, pair, common)
        offered = embeds.offer_pair(index, compared, config)
        values = {**shared, "pair": compared, "offer": offered}
        yield _page(index.pair_pages[pair.old, pair.new], "pair.html", title, values, config.noindex, sources)
        yield from embeds.pair_pages(index, compared, offered, config)


def _wordings(index: Index, passage: str) -> str:
    return links.wordings_page(index.digest.story.slug, passage)
