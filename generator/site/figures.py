"""Figures side by side: conflicts first, then what is compatible, then what agrees or stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generator.site import scales, words
from generator.site.account import Chip

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


FIGURE_CHIPS: Final[dict[str, Chip]] = {
    "conflict": Chip("differs", "Conflict"),
    "compatible": Chip("like", "Compatible"),
    "agree": Chip("same", "Agree"),
    "single": Chip("single", "One telling"),
}


def figures(index: Index) -> Figures:
    """Return the story's figures: conflicts, then what is compatible, then what agrees or stands alone."""
    by = {v: tuple(f for f in index.digest.figures if f.verdict == v) for v in FIGURE_CHIPS}
    said = (
        words.figures(len(by["conflict"]), "conflict") if by["conflict"] else "no conflict",
        f"{len(by['compatible'])} compatible" if by["compatible"] else "",
        f"{len(by['agree'])} agreed" if by["agree"] else "",
        f"{len(by['single'])} in one telling" if by["single"] else "",
    )
    rest = by["agree"] + by["single"]
    summary = words.listed([part for part in said[2:] if part])
    return Figures(
        ", ".join(part for part in said if part) if index.digest.figures else "",
        tuple(_figure(index, f) for f in by["conflict"] + by["compatible"]),
        tuple(_figure(index, f) for f in rest),
        f"{words.figures(len(rest), 'figure')}: {summary}",
    )


def _figure(index: Index, figure: Figure) -> FigureView:
    grouped: dict[tuple[str, str], list[FigureReading]] = {}
    for reading in figure.readings:
        grouped.setdefault((reading.before.casefold(), reading.text.casefold()), []).append(reading)
    rows = tuple(_figure_row(index, readings) for readings in grouped.values())
    anchor = index.anchors.figures[figure.id]
    return FigureView(
        figure.id, anchor, figure.kind.capitalize(), FIGURE_CHIPS[figure.verdict], rows, scales.scale(figure)
    )


def _figure_row(index: Index, readings: Sequence[FigureReading]) -> FigureRow:
    first = readings[0]
    teller = index.tellers[first.article]
    places = tuple(
        index.place(r.sentence) if r.sentence in index.segments else index.tellers[r.article] for r in readings
    )
    return FigureRow(places, first.before, first.text, first.after, teller.language, teller.direction)
