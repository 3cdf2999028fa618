"""A story's consolidated page: what a reader must know first, the account, and who tells what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.site import carries, crowd, figures, letters, links, overview, quotes, sources, tables, versions, words
from generator.site.account import PassageView
from generator.site.overview import Bit
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.site.index import Index, Teller


#: Up to so many tellings have a column each in the tables of words.
WIDE_FROM: Final = 6


@dataclass(frozen=True, slots=True)
class StoryView:
    """Everything on a story's page."""

    slug: str
    title: str
    untitled: bool
    title_from: Teller | None
    date: str
    date_iso: str
    tags: tuple[Bit, ...]
    introduction: str
    """HTML, made by the Markdown room."""
    finding: tuple[Bit, ...]
    tellings: tuple[overview.TellingRow, ...]
    grid: tuple[overview.GridRow, ...]
    """Empty where there are so many tellings that `pairs_page` has it."""
    pairs_page: str
    crowded: bool
    """Whether there are so many tellings that they have letters in a row instead of slots and columns."""
    levels: tuple[str, ...]
    """The steps of support that strips of this story can show."""
    levels_said: str
    repeats: bool
    moved: bool
    wide: bool
    """Whether there are so many tellings that a column for each would be too narrow for words."""
    origins: tuple[overview.OriginView, ...]
    origins_said: str
    histories: tuple[versions.HistoryView, ...]
    account: tuple[PassageView, ...]
    quotes: quotes.Quotes
    figures: figures.Figures
    wording: tuple[tables.TableRow, ...]
    attributions: tuple[tables.TableRow, ...]
    matrix: tuple[carries.MatrixRow, ...]
    only: tuple[carries.Only, ...]
    nothing: tuple[Teller, ...]
    """Tellings whose every sentence is carried elsewhere."""
    only_count: int
    left: tuple[carries.Left, ...]
    absences: tuple[carries.Absence, ...]
    """The same statement by statement, where there are so many tellings that this is shorter."""
    left_count: int
    missed_from: str
    sources: tuple[sources.Source, ...]
    sources_page: str
    """The page that lists the sources instead, where they are many."""
    data_page: str


def story_view(index: Index, introduction: str, passages: tuple[PassageView, ...]) -> StoryView:
    """Return a story's page as finished values: its account, `introduction` is the editor's, as HTML."""
    story = index.digest.story
    left = carries.left(index)
    elsewhere = len(index.tellers) > crowd.GRID_HERE
    return StoryView(
        slug=story.slug,
        title=index.title,
        untitled=not story.title,
        title_from=next((t for t in index.tellers.values() if _slug(index, t) == story.title_from), None),
        date=index.words.date(story.date),
        date_iso=story.date if words.is_date(story.date) else "",
        tags=tuple(Bit(tag, links.tag_page(tag)) for tag in story.tags),
        introduction=introduction,
        finding=overview.finding(index),
        tellings=tuple(overview.telling(index, teller) for teller in index.tellers.values()),
        grid=() if elsewhere else overview.grid(index),
        pairs_page=links.pairs_page(story.slug) if elsewhere and index.digest.pairs else "",
        crowded=letters.is_crowded(index),
        levels=overview.steps(len(index.tellers)),
        levels_said=overview.levels(index),
        repeats=bool(index.repeats),
        moved=bool(index.moved),
        wide=len(index.tellers) > WIDE_FROM,
        origins=overview.origins(index),
        origins_said=index.words.ngettext(
            "%(number)s origin", "%(number)s origins", len(index.digest.origins) or len(index.tellers)
        ),
        histories=versions.histories(index),
        account=passages,
        quotes=quotes.quotes(index),
        figures=figures.figures(index),
        wording=tables.wording(index),
        attributions=tables.attributions(index),
        matrix=carries.matrix(index),
        only=tuple(carries.only(index, teller) for teller in index.tellers.values() if index.only(teller.sigil)),
        nothing=tuple(teller for teller in index.tellers.values() if not index.only(teller.sigil)),
        only_count=sum(len(index.only(sigil)) for sigil in index.tellers),
        left=left,
        absences=carries.absences(index),
        left_count=sum(len(entry.missed) for entry in left),
        missed_from=index.words.number(carries.threshold(len(index.tellers))),
        sources=tuple(sources.source(index, teller) for teller in index.tellers.values()),
        sources_page=links.sources_page(story.slug) if elsewhere else "",
        data_page=links.story_data(story.slug),
    )


def _slug(index: Index, teller: Teller) -> str:
    return index.witnesses[teller.sigil].article.slug
