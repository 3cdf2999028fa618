"""Figures side by side: conflicts first, then what is compatible, then what agrees or stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.compare.figure_measures import AGE, MAGNITUDE
from generator.compare.figure_units import dimension_of
from generator.site import letters, scales
from generator.site.account import Chip
from generator.site.words import N_
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.model import Figure, FigureReading
    from generator.site.index import Index, Place, Teller


@dataclass(frozen=True, slots=True)
class FigureRow:
    """Everybody who states a figure in the same words."""

    places: tuple[Place | Teller, ...]
    before: str
    text: str
    after: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class FigureView:
    """A quantity or time, and everybody's value for it."""

    id: str
    anchor: str
    kind: str
    chip: Chip
    rows: tuple[FigureRow, ...]
    scale: scales.Scale | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a story: those in doubt, and the rest."""

    count: str
    differing: tuple[FigureView, ...]
    rest: tuple[FigureView, ...]
    summary: str
    """Of the rest."""


KINDS: Final = {
    "duration": N_("Duration"),
    "money": N_("Money"),
    "count": N_("Count"),
    "percent": N_("Percent"),
    "date": N_("Date"),
    "weekday": N_("Weekday"),
    "ordinal": N_("Ordinal"),
}
#: What counts of some units are called.
UNITS: Final = {AGE: N_("Age"), MAGNITUDE: N_("Magnitude")}
#: What measures are called, by what is measured.
DIMENSIONS: Final = {
    "length": N_("Length"),
    "area": N_("Area"),
    "speed": N_("Speed"),
    "weight": N_("Weight"),
    "volume": N_("Volume"),
    "temperature": N_("Temperature"),
}
FIGURE_CHIPS: Final[dict[str, Chip]] = {
    "conflict": Chip("differs", N_("Conflict")),
    "compatible": Chip("like", N_("Compatible")),
    "agree": Chip("same", N_("Agree")),
    "single": Chip("single", N_("One telling")),
}


def figures(index: Index) -> Figures:
    """Return the story's figures: conflicts, then what is compatible, then what agrees or stands alone."""
    by = {v: tuple(f for f in index.digest.figures if f.verdict == v) for v in FIGURE_CHIPS}
    n_ = index.words.ngettext
    said = (
        n_("%(number)s conflict", "%(number)s conflicts", len(by["conflict"])),
        n_("%(n)s compatible", "%(n)s compatible", len(by["compatible"])) if by["compatible"] else "",
        n_("%(n)s agreed", "%(n)s agreed", len(by["agree"])) if by["agree"] else "",
        n_("%(n)s in one telling", "%(n)s in one telling", len(by["single"])) if by["single"] else "",
    )
    rest = by["agree"] + by["single"]
    summary = index.words.listed([part for part in said[2:] if part])
    return Figures(
        index.words.commas([part for part in said if part]) if index.digest.figures else "",
        tuple(_figure(index, f) for f in by["conflict"] + by["compatible"]),
        tuple(_figure(index, f) for f in rest),
        n_("%(n)s figure: %(which)s", "%(n)s figures: %(which)s", len(rest), which=summary),
    )


def _figure(index: Index, figure: Figure) -> FigureView:
    grouped: dict[tuple[str, str], list[FigureReading]] = {}
    for reading in figure.readings:
        # Of many tellings those that say the same value share a row, whatever stands around it.
        around = "" if letters.is_crowded(index) else reading.before.casefold()
        grouped.setdefault((around, reading.text.casefold()), []).append(reading)
    rows = tuple(_figure_row(index, readings) for readings in grouped.values())
    chip, anchor = FIGURE_CHIPS[figure.verdict], index.anchors.figures[figure.id]
    said = Chip(chip.tone, index.words.gettext(chip.text))
    unit = figure.readings[0].unit
    measured = DIMENSIONS.get(dimension_of(unit), "") if figure.kind == "count" else ""
    named = UNITS.get(unit) or measured or KINDS.get(figure.kind, figure.kind.capitalize())
    kind = index.words.gettext(named)
    return FigureView(figure.id, anchor, kind, said, rows, scales.scale(figure, index.words))


def _figure_row(index: Index, readings: Sequence[FigureReading]) -> FigureRow:
    first = readings[0]
    teller = index.tellers[first.article]
    places = tuple(
        index.place(r.sentence) if r.sentence in index.segments else index.tellers[r.article] for r in readings
    )
    return FigureRow(places, first.before, first.text, first.after, teller.language, teller.direction)
