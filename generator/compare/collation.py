"""Wordings of one utterance laid under one another: a row a reading, a column a place.

The first reading is the yardstick; every other is compared with it, and the places where any of them begins or
ends a change become the columns' borders (after CollateX's alignment table).
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.compare.differences import Item, items_of
from generator.compare.opcodes import opcodes
from generator.compare.remembered import of_texts
from generator.compare.text import STOP_WORDS
from generator.model import Cell
from generator.values import dataclass

#: A heading is cut after so many words.
_HEADING = 8


@dataclass(frozen=True, slots=True)
class _Row:
    """A reading against the yardstick: what stands in place of each of its words, and what comes between."""

    instead: tuple[str | None, ...]
    """A word's replacement; empty where it goes on; None where the word is missing."""
    same: tuple[bool, ...]
    between: tuple[str, ...]
    """Insertions before each word, and after the last."""
    first: int
    last: int
    """The yardstick's words that the reading covers: [first, last)."""
    cuts: frozenset[int]


def collate(texts: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    """Return the collation table of *texts*: rows of equal length; a row's texts, joined by spaces, give its words."""
    if len({*texts}) == 1:
        words = " ".join([item.text for item in items_of(texts[0])])
        return ((Cell(words, "same", column_varies=False),) if words else (),) * len(texts)
    base, rows = items_of(texts[0]), [_row(texts[0], text) for text in texts]
    borders = sorted({0, len(base)}.union(*(row.cuts for row in rows)))
    table: list[list[Cell]] = [[] for _ in rows]
    for start, end in zip(borders, [*borders[1:], len(base)], strict=True):
        _add_column(table, [_inserted(row, start) for row in rows])
        if start < end:
            _add_column(table, [_covered(row, start, end, base) for row in rows])
    return tuple(map(tuple, table))


def heading_of(texts: Sequence[str]) -> str:
    """Return the longest run of the first text that most of the texts share, else its own first words."""
    base = items_of(texts[0])
    run = base if len({*texts}) == 1 else _shared(base, [_row(texts[0], text) for text in texts]) or base
    shown = run[:_HEADING]
    words = [*(item.text for item in shown[:-1]), shown[-1].word] if shown else []
    return " ".join(words) + ("…" if len(run) > _HEADING else "")


def _shared(base: Sequence[Item], rows: Sequence[_Row]) -> Sequence[Item]:
    """Return the longest run of words that most readings have and that says something; empty if there is none."""
    best: tuple[int, int] = (0, 0)
    start = 0
    for position in range(len(base) + 1):
        if position == len(base) or sum(row.same[position] for row in rows) <= len(rows) / 2:
            run = base[start:position]
            if position - start > best[1] - best[0] and any(item.norm not in STOP_WORDS for item in run):
                best = (start, position)
            start = position + 1
    return base[best[0] : best[1]]


@of_texts(1024)
def _row(yardstick: str, reading: str) -> _Row:
    base, other = items_of(yardstick), items_of(reading)
    instead: list[str | None] = [None] * len(base)
    same = [False] * len(base)
    between = [""] * (len(base) + 1)
    cuts: set[int] = set()
    covered: list[int] = []
    for code in opcodes([item.key for item in base], [item.key for item in other]):
        printed = [item.text for item in other[code.new_start : code.new_end]]
        cuts |= {code.old_start, code.old_end}
        if code.op == "insert":
            between[code.old_start] = " ".join(printed)
        elif code.op == "equal":
            instead[code.old_start : code.old_end] = printed
            same[code.old_start : code.old_end] = [True] * len(printed)
        elif code.op == "replace":
            instead[code.old_start : code.old_end] = [" ".join(printed)] + [""] * (code.old_end - code.old_start - 1)
        if code.op in {"equal", "replace"}:
            covered += [code.old_start, code.old_end]
    first, last = (min(covered), max(covered)) if covered else (0, 0)
    return _Row(tuple(instead), tuple(same), tuple(between), first, last, frozenset(cuts))


def _inserted(row: _Row, position: int) -> Cell | None:
    text = row.between[position]
    return Cell(text, "added", column_varies=True) if text else None


def _covered(row: _Row, start: int, end: int, base: Sequence[Item]) -> Cell:
    words = [word for word in row.instead[start:end] if word]
    if all(row.same[start:end]):
        return Cell(" ".join(words), "same", column_varies=False)
    if words or any(word is not None for word in row.instead[start:end]):
        return Cell(" ".join(words), "varies", column_varies=True)
    if start < row.first or end > row.last:
        return Cell("", "outside", column_varies=False)
    return Cell(" ".join(item.word for item in base[start:end]), "gap", column_varies=True)


def _add_column(table: Sequence[list[Cell]], column: Sequence[Cell | None]) -> None:
    """Append *column*; one in which nothing stands is left out."""
    if not any(column):
        return
    varies = any(cell.column_varies for cell in column if cell)
    for row, cell in zip(table, column, strict=True):
        row.append(Cell(cell.text, cell.state, varies) if cell else Cell("", "outside", varies))
