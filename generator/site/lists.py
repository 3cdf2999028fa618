"""Pages that list other pages: home, all stories, outlets, tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.ingest.markdown import html
from generator.ingest.slugs import slugify
from generator.site import links, pictures, words
from generator.site.overview import Bit

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Outlet
    from generator.site.index import Index, Teller


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
class Told:
    """One telling in an outlet's or a tag's list."""

    teller: Teller
    title: str
    story_title: str
    story_page: str
    date: str
    date_iso: str
    words: str
    shared: int


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet in the table; without a page for the articles that nobody attributes."""

    name: str
    page: str
    tellings: int
    shared: int
    """Hundredths, on average; -1 without tellings."""
    latest: str
    latest_iso: str


@dataclass(frozen=True, slots=True)
class OutletView:
    """Everything on an outlet's page."""

    name: str
    homepage: str
    host: str
    facts: tuple[tuple[str, str], ...]
    description: str
    """HTML."""
    row: OutletRow
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class TagView:
    """Everything on a tag's page."""

    name: str
    entries: tuple[Entry, ...]


def newest_first(indexes: Iterable[Index]) -> tuple[Index, ...]:
    """Return the stories by date, the latest first, undated ones last, ties by slug."""
    by_slug = sorted(indexes, key=lambda index: index.digest.story.slug)
    return tuple(sorted(by_slug, key=lambda index: index.digest.story.date, reverse=True))


def entry(index: Index) -> Entry:
    """Return a story as lists show it."""
    story = index.digest.story
    return Entry(
        title=index.title,
        untitled=not story.title,
        page=index.page,
        date=words.date(story.date),
        date_iso=story.date if words.is_date(story.date) else "",
        sigla=tuple(index.tellers),
        finding=_brief(index),
        stack=pictures.stack(index),
    )


def _brief(index: Index) -> tuple[Bit, ...]:
    """Tellings, altered quotations, figures in conflict, single sentences, in one line."""
    digest = index.digest
    tellings, origins = len(index.tellers), len(digest.origins) or len(index.tellers)
    head = words.capital(words.counted(tellings, "telling"))
    if tellings < 2:
        return (Bit(f"{head}."),)
    head += f" from {words.counted(origins, 'origin')}" if origins < tellings else ""
    altered = sum(quote.verdict == "altered" for quote in digest.quotes)
    conflicts = [figure.id for figure in digest.figures if figure.verdict == "conflict"]
    only = sum(len(index.only(sigil)) for sigil in index.tellers)
    where = conflicts[0] if len(conflicts) == 1 else "figures"
    quoted = words.capital(f"{words.counted(altered, 'quotation')} altered")
    return (
        Bit(f"{head}. "),
        Bit(quoted, f"{index.page}#quotes" if altered else ""),
        Bit(", "),
        Bit(
            f"{words.counted(len(conflicts), 'figure')} in conflict",
            f"{index.page}#{where}" if conflicts else "",
        ),
        Bit(f", {words.counted(only, 'sentence')} in one telling only."),
    )


# ---------------------------------------------------------------------------- outlets


def outlet_rows(library: Library, indexes: Sequence[Index]) -> tuple[OutletRow, ...]:
    """Return the outlets by number of tellings, then by name; last, what nobody attributes."""
    told = _told_by_outlet(indexes)
    rows = [outlet_row(outlet, told.get(links.outlet_page(outlet.slug), ())) for outlet in library.outlets]
    rows.sort(key=lambda row: (-row.tellings, row.name.casefold(), row.page))
    nobody = _row("Unattributed", "", told.get("", ()))
    return (*rows, nobody) if nobody.tellings else tuple(rows)


def outlet_row(outlet: Outlet, told: Sequence[Told]) -> OutletRow:
    """Return an outlet's row of the table."""
    return _row(outlet.name, links.outlet_page(outlet.slug), told)


def _row(name: str, page: str, told: Sequence[Told]) -> OutletRow:
    latest = max((t.date_iso for t in told), default="")
    shares = [t.shared for t in told]
    average = round(sum(shares) / len(shares)) if shares else -1
    return OutletRow(name, page, len(told), average, words.date(latest), latest)


def _told_by_outlet(indexes: Sequence[Index]) -> dict[str, tuple[Told, ...]]:
    found: dict[str, list[Told]] = {}
    for index in indexes:
        for teller in index.tellers.values():
            found.setdefault(teller.outlet_page, []).append(told(index, teller))
    return {page: tuple(tellings) for page, tellings in found.items()}


def told(index: Index, teller: Teller) -> Told:
    """Return a telling as lists show it."""
    witness = index.witnesses[teller.sigil]
    stated = witness.article.date
    return Told(
        teller=teller,
        title=witness.article.title,
        story_title=index.title,
        story_page=index.page,
        date=words.date(stated),
        date_iso=stated if words.is_date(stated) else "",
        words=words.figures(witness.words, "word"),
        shared=words.percent(index.shared(teller.sigil)),
    )


def outlet_views(library: Library, indexes: Sequence[Index]) -> tuple[tuple[Outlet, OutletView], ...]:
    """Return every outlet's page, with the outlet."""
    by_outlet = _told_by_outlet(indexes)
    return tuple(
        (outlet, _outlet_view(outlet, by_outlet.get(links.outlet_page(outlet.slug), ()))) for outlet in library.outlets
    )


def _outlet_view(outlet: Outlet, told: tuple[Told, ...]) -> OutletView:
    facts = (("Country", outlet.country), ("Language", outlet.language))
    return OutletView(
        name=outlet.name,
        homepage=links.external(outlet.homepage),
        host=links.host(outlet.homepage),
        facts=tuple((name, value) for name, value in facts if value),
        description=html(outlet.description, "about-") if outlet.description.strip() else "",
        row=outlet_row(outlet, told),
        told=told,
    )


# ---------------------------------------------------------------------------- tags


def tag_views(indexes: Sequence[Index]) -> tuple[tuple[str, TagView], ...]:
    """Return every tag's page by slug; tags that differ only in case or punctuation share one."""
    found: dict[str, tuple[str, list[Index]]] = {}
    for index in indexes:
        for tag in index.digest.story.tags:
            _, tagged = found.setdefault(slugify(tag), (tag, []))
            if index not in tagged[-1:]:
                tagged.append(index)
    return tuple((slug, TagView(name, tuple(map(entry, tagged)))) for slug, (name, tagged) in sorted(found.items()))
