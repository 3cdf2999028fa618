"""A story whose tellings are not compared (`compare.enabled: false`): each stands alone, and a page leads to them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Final

from generator.compare.sigils import sigil_of
from generator.ingest.markdown import html, telling
from generator.model import Digest, Page, Witness
from generator.site import links, redirect, rights, search, words
from generator.site.index import Index, singles_of, teller_of
from generator.site.names import Anchors
from generator.site.overview import Bit, voices
from generator.site.pictures import Stack
from generator.site.standing import Standing
from generator.site.summary import NOTHING, Entry, Listed, Summary, TellingEntry, sources_of, updated
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Article, Block, Config, Story
    from generator.site.index import Teller
    from generator.site.plain import Navigation
    from generator.site.words import Words

_NO_STACK: Final = Stack(0, 0, "", ())
_NO_STANDING: Final = Standing(0, 0, 0, 0, (), ())


@dataclass(frozen=True, slots=True)
class Alone:
    """A telling that is compared with no other."""

    teller: Teller
    title: str
    story_title: str
    story_page: str
    date: str
    """Empty: undated."""
    date_iso: str
    address: str
    host: str
    authors: str
    body: str
    """HTML, as much as its rights leave."""
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Tellings:
    """A story as the list of its tellings."""

    title: str
    untitled: bool
    date: str
    date_iso: str
    introduction: str
    """HTML."""
    tellings: tuple[Alone, ...]


def story_of(
    story: Story, library: Library, config: Config, navigation: Navigation, said: Words
) -> tuple[tuple[Page, ...], Summary]:
    """Return every page and file of a story that is not compared, and what the rest of the site needs of it.

    :param library: its outlets are those that are described.
    :param navigation: the editor's own pages, which every page leads to.
    """
    witnesses = tuple(_witness(article, at) for at, article in enumerate(story.articles))
    index = _index(story, witnesses, library, config, said)
    told = tuple(_alone(index, teller) for teller in index.tellers.values())
    pages = (*_pages(index, told, config, navigation), *redirect.moved(story, index))
    found = NOTHING
    if config.search_enabled:
        searched, found = search.of_story(index)
        pages = (*pages, searched)
    return pages, _summary(index, told, pages, found)


def _witness(article: Article, position: int) -> Witness:
    """Return an article with the text that its rights leave; that of an open one is not taken apart."""
    if article.rights == "full":
        return Witness(sigil_of(position), article, (), "", (), 0, article.language)
    from generator.compare.witness import witness_of

    return rights.readable(witness_of(article, sigil_of(position)))


def _index(story: Story, witnesses: tuple[Witness, ...], library: Library, config: Config, said: Words) -> Index:
    """Return what `index_of` does of a digest in which there is nothing but tellings."""
    return Index(
        digest=Digest(story, witnesses, (), (), (), (), (), ()),
        page=links.story_page(story.slug),
        title=story.title or said.gettext("Untitled (%(story)s)", story=story.slug),
        tellers={w.sigil: teller_of(w, library, story.slug, config, said) for w in witnesses},
        witnesses={w.sigil: w for w in witnesses},
        segments={},
        passages={},
        repeats={},
        pair_pages={},
        anchors=Anchors(),
        moved=frozenset(),
        words=said,
        singles=singles_of(witnesses, {}),
    )


def _alone(index: Index, teller: Teller) -> Alone:
    witness = index.witnesses[teller.sigil]
    article, is_whole = witness.article, teller.rights == "full"
    return Alone(
        teller=teller,
        title=article.title,
        story_title=index.title,
        story_page=index.page,
        date=index.words.date(article.date),
        date_iso=article.date if words.is_date(article.date) else "",
        address=links.external(article.source_url) if article.source_url else "",
        host=links.host(article.source_url) if article.source_url else "",
        authors=index.words.listed(article.authors),
        body=telling(article.body) if is_whole else "".join(map(_block, witness.blocks)),
        is_whole=is_whole,
    )


def _block(block: Block) -> str:
    tag = f"h{min(block.level + 1, 6)}" if block.kind == "heading" else "p"
    return f"<{tag}>{escape(block.text)}</{tag}>\n"


def _pages(index: Index, told: tuple[Alone, ...], config: Config, navigation: Navigation) -> Iterator[Page]:
    story, sources = index.digest.story, sources_of(index.digest.story)
    view = Tellings(
        title=index.title,
        untitled=not story.title,
        date=index.words.date(story.date),
        date_iso=story.date if words.is_date(story.date) else "",
        introduction=html(story.introduction, "intro-") if story.introduction.strip() else "",
        tellings=told,
    )
    values: dict[str, object] = {"story": view, "section": "stories", **navigation.values}
    yield Page(index.page, "tellings.html", index.title, values, made_from=sources)
    for one in told:
        title = f"{one.title or index.title} · {one.teller.name}"
        values = {"telling": one, "section": "stories", **navigation.values}
        yield Page(one.teller.page, "alone.html", title, values, config.noindex, sources)


# ---------------------------------------------------------------------------- for the rest of the site


def _summary(index: Index, told: tuple[Alone, ...], pages: tuple[Page, ...], found: search.Findable) -> Summary:
    story, brief = index.digest.story, words.capital(voices(index)) + "."
    return Summary(
        slug=story.slug,
        title=story.title,
        shown=index.title,
        page=index.page,
        date=story.date,
        updated=updated(story),
        tags=story.tags,
        said=brief,
        entry=_entry(index, brief),
        told=tuple(_told(one) for one in told),
        articles=tuple(
            Listed(article.slug, article.outlet, article.seed, one.teller.page)
            for one, article in zip(told, story.articles, strict=True)
        ),
        passages=0,
        pairs=0,
        sources=sources_of(story),
        found=found,
        pages=tuple((page.path, bool(page.template) and not page.noindex) for page in pages),
    )


def _entry(index: Index, brief: str) -> Entry:
    story = index.digest.story
    return Entry(
        title=index.title,
        untitled=not story.title,
        page=index.page,
        date=index.words.date(story.date),
        date_iso=story.date if words.is_date(story.date) else "",
        sigla=tuple(index.tellers),
        finding=(Bit(brief),),
        stack=_NO_STACK,
    )


def _told(one: Alone) -> TellingEntry:
    return TellingEntry(
        teller=one.teller,
        title=one.title,
        story_title=one.story_title,
        story_page=one.story_page,
        date=one.date,
        date_iso=one.date_iso,
        words="",
        length="",
        shared=-1,
        standing=_NO_STANDING,
    )
