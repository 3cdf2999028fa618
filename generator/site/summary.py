"""A story as the rest of the site sees it: small enough to keep for every story at once.

Lists, outlets, tags, feeds, the sitemap and `stories.json` are made from summaries alone, so that no page of the whole
site needs a text: a story is compared, printed and let go.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from generator.site import pictures, quoting, words
from generator.site.index import Teller
from generator.site.overview import Bit, brief, finding
from generator.site.quoting import Quoted
from generator.site.search import Findable
from generator.site.standing import Standing, standing
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.model import Page, Story
    from generator.site.index import Index

NOTHING: Final = Findable()


@dataclass(frozen=True, slots=True)
class Entry:
    """A story in a list."""

    title: str
    untitled: bool
    page: str
    date: str
    date_iso: str
    sigla: tuple[str, ...]
    finding: tuple[Bit, ...]
    stack: pictures.Stack


@dataclass(frozen=True, slots=True)
class TellingEntry:
    """One telling in an outlet's or a tag's list."""

    teller: Teller
    title: str
    story_title: str
    story_page: str
    date: str
    date_iso: str
    words: str
    length: str
    """The number of words alone."""
    shared: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as `stories.json` lists it."""

    slug: str
    outlet: str
    """As the article names it."""
    seed: str
    page: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What is kept of a story once its pages are made."""

    slug: str
    title: str
    """As stated; may be empty."""
    shown: str
    """As printed; never empty."""
    page: str
    date: str
    updated: str
    """The latest date that the story or one of its articles states; empty without any."""
    tags: tuple[str, ...]
    said: str
    """The finding, as plain text."""
    entry: Entry
    told: tuple[TellingEntry, ...]
    articles: tuple[Listed, ...]
    passages: int
    pairs: int
    sources: tuple[str, ...]
    """Paths of the sources behind it."""
    found: Findable
    """The words by which it is found; none where the site has no search."""
    pages: tuple[tuple[str, bool], ...]
    """Every file of the story, and whether it may be listed."""
    quoted: tuple[Quoted, ...] = ()
    """What pages quote of it."""


def summary_of(index: Index, pages: Iterable[Page], found: Findable = NOTHING, listed: Entry | None = None) -> Summary:
    """Return what the rest of the site needs to know of a story; *pages* are all of its own.

    :param listed: its `entry`, where somebody has it already.
    """
    digest, story = index.digest, index.digest.story
    return Summary(
        slug=story.slug,
        title=story.title,
        shown=index.title,
        page=index.page,
        date=story.date,
        updated=updated(story),
        tags=story.tags,
        said="".join(bit.text for bit in finding(index)).strip(),
        entry=listed or entry(index),
        told=tuple(told(index, teller) for teller in index.tellers.values()),
        articles=tuple(
            Listed(w.article.slug, w.article.outlet, w.article.seed, index.tellers[w.sigil].page)
            for w in digest.witnesses
        ),
        passages=len(digest.passages),
        pairs=len(digest.pairs),
        sources=sources_of(story),
        found=found,
        pages=tuple((page.path, bool(page.template) and not page.noindex) for page in pages),
        quoted=quoting.quoted(index, story.asked),
    )


def newest_first(summaries: Iterable[Summary]) -> tuple[Summary, ...]:
    """Return the stories by date, the latest first, undated ones last, ties by slug."""
    by_slug = sorted(summaries, key=lambda summary: summary.slug)
    return tuple(sorted(by_slug, key=lambda summary: summary.date, reverse=True))


def sources_of(story: Story) -> tuple[str, ...]:
    """Return the paths of a story's sources, each once."""
    paths = [story.path]
    for article in story.articles:
        paths += (article.path, article.seed)
    return tuple(dict.fromkeys(filter(None, paths)))


def updated(story: Story) -> str:
    """Return the latest date that a story or one of its articles states; empty without any."""
    stated = [story.date, *(day for a in story.articles for day in (a.date, a.updated))]
    return max((day for day in stated if words.is_date(day)), key=words.moment, default="")


# ---------------------------------------------------------------------------- entries


def entry(index: Index) -> Entry:
    """Return a story as lists show it."""
    story = index.digest.story
    return Entry(
        title=index.title,
        untitled=not story.title,
        page=index.page,
        date=index.words.date(story.date),
        date_iso=story.date if words.is_date(story.date) else "",
        sigla=tuple(index.tellers),
        finding=brief(index),
        stack=pictures.stack(index),
    )


def told(index: Index, teller: Teller) -> TellingEntry:
    """Return a telling as lists show it."""
    witness = index.witnesses[teller.sigil]
    stated = witness.article.date
    return TellingEntry(
        teller=teller,
        title=witness.article.title,
        story_title=index.title,
        story_page=index.page,
        date=index.words.date(stated),
        date_iso=stated if words.is_date(stated) else "",
        words=index.words.ngettext("%(n)s word", "%(n)s words", witness.words),
        length=index.words.digits(witness.words),
        shared=words.percent(index.shared(teller.sigil)),
        standing=standing(index, teller),
    )
