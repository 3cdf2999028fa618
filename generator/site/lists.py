"""Pages that list other pages: outlets and what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from generator.ingest.markdown import html
from generator.site import links, outlets
from generator.site.tongues import tongue
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Outlet
    from generator.site.summary import Summary, TellingEntry
    from generator.site.words import Words

ToldByOutlet = Mapping[str, "tuple[TellingEntry, ...]"]
Tallies = Mapping[str, outlets.Tally]
"""What each outlet's tellings add up to, by the outlet's page."""


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
    figures: outlets.Figures
    told: tuple[TellingEntry, ...]


NOTHING: Final = outlets.Tally()

# ---------------------------------------------------------------------------- outlets


def told_by_outlet(summaries: Sequence[Summary]) -> ToldByOutlet:
    """Return what each outlet tells, by the outlet's page; what nobody attributes has none."""
    found: dict[str, list[TellingEntry]] = {}
    for summary in summaries:
        for told in summary.told:
            found.setdefault(told.teller.outlet_page, []).append(told)
    return {page: tuple(tellings) for page, tellings in found.items()}


def tallies(told: ToldByOutlet) -> Tallies:
    """Return what each outlet's tellings add up to."""
    return {page: outlets.tally(tellings) for page, tellings in told.items()}


def outlet_rows(library: Library, tallied: Tallies, said: Words) -> tuple[OutletRow, ...]:
    """Return the outlets by number of tellings, then by name; last, what nobody attributes."""
    pages = ((outlet.name, links.outlet_page(outlet.slug)) for outlet in library.outlets)
    rows = [_row(name, page, tallied.get(page, NOTHING), said) for name, page in pages]
    rows.sort(key=lambda row: (-row.tellings, row.name.casefold(), row.page))
    nobody = _row(said.gettext("Unattributed"), "", tallied.get("", NOTHING), said)
    return (*rows, nobody) if nobody.tellings else tuple(rows)


def _row(name: str, page: str, tallied: outlets.Tally, said: Words) -> OutletRow:
    average = round(tallied.shared / tallied.shares) if tallied.shares else -1
    return OutletRow(name, page, tallied.tellings, average, said.date(tallied.latest), tallied.latest)


def outlet_views(
    library: Library, told: ToldByOutlet, tallied: Tallies, rows: Iterable[OutletRow], said: Words
) -> Iterator[tuple[Outlet, OutletView]]:
    """Yield every outlet's page, with the outlet.

    :param rows: its `outlet_rows`.
    """
    by_page = {row.page: row for row in rows}
    for outlet in library.outlets:
        page = links.outlet_page(outlet.slug)
        own, sums = told.get(page, ()), tallied.get(page, NOTHING)
        yield outlet, _outlet_view(outlet, own, sums, by_page[page], said)


def _outlet_view(
    outlet: Outlet, told: tuple[TellingEntry, ...], tallied: outlets.Tally, row: OutletRow, said: Words
) -> OutletView:
    facts = ((said.gettext("Country"), outlet.country), (said.gettext("Language"), tongue(outlet.language, said)))
    return OutletView(
        name=outlet.name,
        homepage=links.external(outlet.homepage),
        host=links.host(outlet.homepage),
        facts=tuple((name, value) for name, value in facts if value),
        description=html(outlet.description, "about-") if outlet.description.strip() else "",
        row=row,
        figures=outlets.figures(tallied, told),
        told=told,
    )
