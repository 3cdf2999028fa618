"""Pages that list other pages: outlets and what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.ingest.markdown import html
from generator.site import links, outlets
from generator.site.tongues import tongue
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Outlet
    from generator.site.summary import Summary, Told
    from generator.site.words import Words

ToldByOutlet = Mapping[str, "tuple[Told, ...]"]


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
    told: tuple[Told, ...]


# ---------------------------------------------------------------------------- outlets


def told_by_outlet(summaries: Sequence[Summary]) -> ToldByOutlet:
    """Return what each outlet tells, by the outlet's page; what nobody attributes has none."""
    found: dict[str, list[Told]] = {}
    for summary in summaries:
        for told in summary.told:
            found.setdefault(told.teller.outlet_page, []).append(told)
    return {page: tuple(tellings) for page, tellings in found.items()}


def outlet_rows(library: Library, told: ToldByOutlet, said: Words) -> tuple[OutletRow, ...]:
    """Return the outlets by number of tellings, then by name; last, what nobody attributes."""
    pages = ((outlet.name, links.outlet_page(outlet.slug)) for outlet in library.outlets)
    rows = [_row(name, page, told.get(page, ()), said) for name, page in pages]
    rows.sort(key=lambda row: (-row.tellings, row.name.casefold(), row.page))
    nobody = _row(said.gettext("Unattributed"), "", told.get("", ()), said)
    return (*rows, nobody) if nobody.tellings else tuple(rows)


def _row(name: str, page: str, told: Sequence[Told], said: Words) -> OutletRow:
    latest = max((t.date_iso for t in told), default="")
    shares = [t.shared for t in told if t.shared >= 0]
    average = round(sum(shares) / len(shares)) if shares else -1
    return OutletRow(name, page, len(told), average, said.date(latest), latest)


def outlet_views(
    library: Library, told: ToldByOutlet, rows: Iterable[OutletRow], said: Words
) -> tuple[tuple[Outlet, OutletView], ...]:
    """Return every outlet's page, with the outlet.

    :param rows: its `outlet_rows`.
    """
    by_page = {row.page: row for row in rows}
    pages = ((outlet, links.outlet_page(outlet.slug)) for outlet in library.outlets)
    return tuple((outlet, _outlet_view(outlet, told.get(page, ()), by_page[page], said)) for outlet, page in pages)


def _outlet_view(outlet: Outlet, told: tuple[Told, ...], row: OutletRow, said: Words) -> OutletView:
    facts = ((said.gettext("Country"), outlet.country), (said.gettext("Language"), tongue(outlet.language, said)))
    return OutletView(
        name=outlet.name,
        homepage=links.external(outlet.homepage),
        host=links.host(outlet.homepage),
        facts=tuple((name, value) for name, value in facts if value),
        description=html(outlet.description, "about-") if outlet.description.strip() else "",
        row=row,
        figures=outlets.figures(told),
        told=told,
    )
