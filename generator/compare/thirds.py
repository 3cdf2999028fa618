"""How well third tellings join two sentences: where A says what B says, and B what C says, A says what C says.

Probabilities are whole numbers in fields of one long number, a field for every sentence of the story, so that the
lesser or the greater of each two is found for all sentences by a few operations (Lamport 1975). The topmost bit of a
field is kept free: set before a subtraction, it is left standing where nothing had to be borrowed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from struct import pack, unpack

from generator.values import dataclass

Matrix = list[list[float]]
Pairs = Mapping[tuple[int, int], Matrix]
"""A matrix for each pair of tellings `(i, j)`, i < j: rows are the sentences of i, columns those of j."""

#: Less than this joins nothing to a third telling.
BRIDGE = 0.01
#: So many third tellings count at most.
MOST = 2
#: Width of a field in bits, what stands for 1 in it, and its topmost bit.
_WIDTH, ONE = 32, 1 << 28
_TOP = _WIDTH - 1


@dataclass(frozen=True, slots=True)
class _Fields:
    """A number of fields that are compared at once."""

    size: int
    ones: int
    """1 in each of them."""
    tops: int
    """The topmost bit of each."""

    @classmethod
    def of(cls, size: int) -> _Fields:
        """Return `size` of them."""
        ones = ((1 << _WIDTH * size) - 1) // ((1 << _WIDTH) - 1)
        return cls(size, ones, ones << _TOP)

    def greater(self, one: int, other: int) -> int:
        """Return the greater of each two."""
        kept = ((one | self.tops) - other) & self.tops
        return other ^ ((one ^ other) & (kept - (kept >> _TOP)))

    def lesser(self, one: int, other: int) -> int:
        """Return the lesser of each two."""
        kept = ((one | self.tops) - other) & self.tops
        return one ^ ((one ^ other) & (kept - (kept >> _TOP)))


def thirds_of(likely: Pairs, sizes: Sequence[int], heard: Sequence[int]) -> dict[tuple[int, int], Matrix]:
    """Return how well third tellings join every two sentences: the best sentence of each counts, of two at most.

    Small probabilities are left out on both sides alike, and sums are of whole numbers, lest the order of the tellings
    matter.

    Args:
        likely: how likely two sentences say the same.
        sizes: how many sentences each telling has.
        heard: the tellings that are heard as third ones.
    """
    starts, asked = list(accumulate(sizes, initial=0)), frozenset(heard)
    whole = {pair: _whole(matrix) for pair, matrix in likely.items() if not asked.isdisjoint(pair)}
    joined = {k: [(row, _packed(row)) for row in _joined(k, whole, sizes)] for k in heard}
    found: dict[tuple[int, int], Matrix] = {}
    for i in range(len(sizes)):
        first, fields = starts[i + 1], _Fields.of(starts[-1] - starts[i + 1])
        onward = [[(row, packed >> _WIDTH * first) for row, packed in rows] for k, rows in joined.items() if k != i]
        rows = [_sums(starts[i] + a, onward, fields) for a in range(sizes[i])]
        for j in range(i + 1, len(sizes)):
            found[i, j] = [[value / ONE for value in row[starts[j] - first : starts[j + 1] - first]] for row in rows]
    return found


def _whole(matrix: Matrix) -> list[list[int]]:
    """Return probabilities in whole numbers; those that join nothing are none."""
    return [[int(value * ONE + 0.5) if value >= BRIDGE else 0 for value in row] for row in matrix]


def _joined(k: int, whole: Mapping[tuple[int, int], list[list[int]]], sizes: Sequence[int]) -> list[list[int]]:
    """Return how likely each sentence of a telling says the same as each of all tellings; nothing of its own."""
    rows: list[list[int]] = [[] for _ in range(sizes[k])]
    for i, size in enumerate(sizes):
        if i == k:
            cells: Sequence[Sequence[int]] = [[0] * size] * size
        elif i < k:
            cells = list(zip(*whole[i, k], strict=True)) if size else [[]] * sizes[k]
        else:
            cells = whole[k, i]
        for row, values in zip(rows, cells, strict=True):
            row += values
    return rows


def _packed(row: Sequence[int]) -> int:
    return int.from_bytes(pack(f"<{len(row)}I", *row), "little")


def _sums(at: int, onward: Sequence[Sequence[tuple[Sequence[int], int]]], fields: _Fields) -> tuple[int, ...]:
    """Return how well third tellings join the sentence `at` to each of those behind its telling."""
    total, most = 0, MOST * ONE * fields.ones
    for rows in onward:
        best = 0
        for row, there in rows:
            if (here := row[at]) and there:
                best = fields.greater(best, fields.lesser(here * fields.ones, there))
        total = fields.lesser(total + best, most) if best else total
    return unpack(f"<{fields.size}I", total.to_bytes(fields.size * _WIDTH // 8, "little"))
