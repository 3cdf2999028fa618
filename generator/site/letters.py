"""Of a story of many tellings each is told of in a letter where fewer have a slot: a row of them, each in its place."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.site.index import Index

#: Up to so many tellings have a slot or a column each, with a link.
SLOTTED: Final = 8
SILENT: Final = "·"

State = Literal["base", "same", "on", "differs", "silent"]


@dataclass(frozen=True, slots=True)
class Run:
    """Tellings beside each other that stand alike to a statement: their letters, each in its place; `·` for silence."""

    state: State
    text: str


def is_crowded(index: Index) -> bool:
    """Return whether more tell a story than can have a slot each."""
    return len(index.tellers) > SLOTTED


def runs(slots: Sequence[tuple[str, State]]) -> tuple[Run, ...]:
    """Return tellings, each a siglum and how it stands to a statement, as runs of letters of one width."""
    width = max((len(sigil) for sigil, _ in slots), default=1)
    return tuple(
        Run(state, " ".join((SILENT if state == "silent" else sigil).ljust(width) for sigil, _ in group))
        for state, group in groupby(slots, key=lambda slot: slot[1])
    )
