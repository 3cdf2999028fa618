"""A difference as operations on indices, every word kept that both sides have.

For quotations, where a single small word between two changes is evidence; `generator.compare.diff` drops such
islands for the reader's sake.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.compare import diff
from generator.model import Op
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Opcode:
    """`old[old_start:old_end]` becomes `new[new_start:new_end]`."""

    op: Op
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def opcodes(old: Sequence[str], new: Sequence[str]) -> tuple[Opcode, ...]:
    """Return operations that cover both sequences in order; equal and changed runs take turns."""
    found: list[Opcode] = []
    i = j = 0
    for at, to, size in [*diff.runs(old, new), (len(old), len(new), 0)]:
        if i < at or j < to:
            op: Op = "replace" if i < at and j < to else "delete" if i < at else "insert"
            found.append(Opcode(op, i, at, j, to))
        i, j = at + size, to + size
        if size:
            found.append(Opcode("equal", at, i, to, j))
    return tuple(found)
