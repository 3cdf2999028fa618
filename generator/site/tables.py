"""Tables of the words that tellings put in the same place, and of whom they name as their source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.site.carries import heading_of
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.site.index import Index, Teller


@dataclass(frozen=True, slots=True)
class TableCell:
    """What one telling puts in a row of the tables of wording and attribution; empty text for nothing."""

    teller: Teller
    text: str
    target: str
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class TableGroup:
    """The tellings that put the same words in a slot."""

    cells: tuple[TableCell, ...]
    text: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """A passage's slot, and everybody's words in it."""

    label: str
    target: str
    cells: tuple[TableCell, ...]
    groups: tuple[TableGroup, ...]
    """The same by words, for stories of so many tellings that a column for each would be too narrow."""


def wording(index: Index) -> tuple[TableRow, ...]:
    """Return the places that the tellings fill with different words."""
    return tuple(
        _table_row(index, w.passage, w.slot, {r.article: (r.text, False) for r in w.readings})
        for w in index.digest.wording
    )


def attributions(index: Index) -> tuple[TableRow, ...]:
    """Return who is said to have said it, passage by passage."""
    headings = {p.id: heading_of(index, p) for p in index.digest.passages}
    return tuple(
        _table_row(
            index,
            a.passage,
            headings.get(a.passage, ""),
            {r.article: (r.source, not r.named) for r in a.readings},
        )
        for a in index.digest.attributions
    )


def _table_row(index: Index, passage: str, label: str, said: dict[str, tuple[str, bool]]) -> TableRow:
    sentences = {
        index.segments[s].sigil: s for p in index.digest.passages if p.id == passage for s in reversed(p.sentences)
    }
    cells = tuple(
        TableCell(
            teller,
            said.get(sigil, ("", False))[0],
            index.place(sentences[sigil]).target if sigil in sentences else teller.page,
            said.get(sigil, ("", False))[1],
        )
        for sigil, teller in index.tellers.items()
    )
    return TableRow(label, f"{index.page}#{passage}", cells, _groups(cells))


def _groups(cells: Sequence[TableCell]) -> tuple[TableGroup, ...]:
    """Those who say the same together, the most first, silent ones left out."""
    said: dict[tuple[str, bool], list[TableCell]] = {}
    for cell in cells:
        if cell.text:
            said.setdefault((cell.text.casefold(), cell.anonymous), []).append(cell)
    groups = [TableGroup(tuple(same), same[0].text, same[0].anonymous) for same in said.values()]
    return tuple(sorted(groups, key=lambda group: -len(group.cells)))
