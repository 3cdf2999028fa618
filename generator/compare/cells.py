"""All sentences of a story's tellings judged at once, by arrays; the rules, and their way without, are `judging`'s.

What is known of two sentences of two tellings is a cell. The cells of all pairs of tellings stand in one row, a pair
behind the other, each by its rows, so that a step of the judgement is taken for all by a few operations. Both ways do
the same to each number in the same order: they give the same to the last bit. Powers and logarithms are Python's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, combinations, compress, islice, pairwise
from types import ModuleType
from typing import Any

from generator.compare.judging import (
    JOINED,
    LEAST,
    LEAST_JOINED,
    LITTLE,
    OWN,
    THIRD,
    Matrix,
    Repeats,
    Two,
    agreement,
    weights,
)
from generator.compare.lanes import fits, read, unordered
from generator.compare.nearest import nearest, voices
from generator.compare.runs import nth, ranges, slices, upto
from generator.compare.thirds import BRIDGE, MOST, ONE
from generator.values import dataclass

Array = Any
"""Of numpy: a number for each cell, if nothing else is said."""

#: So many numbers, at most, are looked at together for the best: what is at work then lies near the processor.
_ROOM = 1 << 15


@dataclass(frozen=True, slots=True)
class Scores:
    """How likely each two sentences of a story say the same."""

    cells: _Cells
    values: Array

    @classmethod
    def of(
        cls,
        np: ModuleType,
        shown: Array,
        texts: Sequence[Sequence[str]],
        kept: Sequence[Sequence[int]],
        repeats: Sequence[Repeats],
    ) -> Scores:
        """Return what `judging.judged` does.

        Args:
            np: numpy.
            shown: log-odds of every two sentences by themselves, all tellings' one after the other.
            texts: all tellings, by which equal ones are told apart.
            kept: of each the sentences that are judged.
            repeats: of each those that repeat others, and which.
        """
        cells = _Cells.of(np, [len(own) for own in kept])
        odds = _folded(cells, shown, [len(text) for text in texts], kept, repeats)
        alone = cells.logistic(odds)
        close = cells.closeness(alone)
        heard, ordered = voices(close, texts), nearest(close, len(texts))
        along, across = _places(cells, odds, ordered)
        beaten = cells.outdone(np.sqrt(along * across) + 0.02 * alone)
        asked = np.flatnonzero(odds >= LEAST_JOINED)
        some, thirds = odds[asked], cells.thirds(alone[asked], asked, heard)
        found = _judged(cells, some, asked, (along[asked], across[asked]), thirds, beaten[asked], close)
        values = np.zeros(len(odds))
        values[asked] = _agreed(cells, some, found, cells.thirds(found, asked, heard), agreement(heard))
        return cls(cells, values)

    def matrices(self) -> dict[Two, Matrix]:
        """Return the scores of every two tellings, by rows and columns."""
        found: dict[Two, Matrix] = {pair: [[] for _ in range(rows)] for pair, (rows, _) in self.cells.shapes.items()}
        return found | {pair: block.tolist() for pair, block in self.cells.blocks(self.values).items()}

    def likely(self, least: float, below: float) -> dict[Two, list[tuple[int, int, float, float]]]:
        """Return what is above *least* of every two tellings, by rows, and is best in its row or in its column.

        Args:
            least: what is not above it is left out.
            below: and what is further below both the best of its row and that of its column.

        Returns:
            Of each the row, the column, the score, and the lesser of these two.
        """
        cells, values = self.cells, self.values
        rows, columns = (lines.spread(lines.greatest(values)) for lines in (cells.rows, cells.columns))
        best = cells.np.minimum(rows, columns)
        at = cells.np.flatnonzero((values > least) & (values >= best - below))
        found: dict[Two, list[tuple[int, int, float, float]]] = {pair: [] for pair in cells.shapes}
        number = cells.np.repeat(cells.np.arange(len(cells.pairs)), cells.counts)[at].tolist()
        for cell, n, score, most in zip(at.tolist(), number, values[at].tolist(), best[at].tolist(), strict=True):
            pair = cells.pairs[n]
            found[pair].append((*divmod(cell - cells.starts[n], cells.shapes[pair][1]), score, most))
        return found


def _folded(
    cells: _Cells,
    whole: Array,
    sizes: Sequence[int],
    kept: Sequence[Sequence[int]],
    repeats: Sequence[Repeats],
) -> Array:
    """Return what the kept sentences show, each together with its repeats, as `judging.folded` does."""
    np, first = cells.np, list(accumulate(sizes, initial=0))
    left = [start + n for start, own in zip(first, kept, strict=False) for n in own]
    judged = frozenset(left)
    for start, others in zip(first, repeats, strict=False):
        for repeat, of in others.items():
            if start + of in judged:
                np.maximum(whole[start + of], whole[start + repeat], out=whole[start + of])
    whole = whole[left]
    for start, others in zip(first, repeats, strict=False):
        for repeat, of in others.items():
            np.maximum(whole[:, start + of], whole[:, start + repeat], out=whole[:, start + of])
    return whole[cells.one, np.array(left)[cells.other]]


def _places(cells: _Cells, odds: Array, ordered: frozenset[Two]) -> tuple[Array, Array]:
    """Return where each sentence should stand in the other text, read along the rows and along the columns."""
    np = cells.np
    along, across = np.zeros(len(odds)), np.zeros(len(odds))
    there = cells.blocks(along), cells.blocks(across)
    asked = np.logical_or.reduceat(odds >= LEAST_JOINED, cells.starts[:-1]).tolist()
    blocks = dict(compress(cells.blocks(fits(np, odds)).items(), asked))
    for pair, places in read(np, {pair: block for pair, block in blocks.items() if pair in ordered}):
        there[0][pair][:], there[1][pair][:] = places
    for pair in blocks.keys() - ordered:
        there[0][pair][:], there[1][pair][:] = unordered(np, blocks[pair])
    return along, across


def _judged(
    cells: _Cells,
    odds: Array,
    asked: Array,
    places: tuple[Array, Array],
    thirds: Array,
    beaten: Array,
    close: Mapping[Two, float],
) -> Array:
    """Return the probabilities of the cells *asked*, of which all else is given but how close two tellings are."""
    np, (here, there) = cells.np, places
    steady, place, rivals = (
        np.repeat(one, cells.counts)[asked] for one in zip(*(weights(close[pair]) for pair in cells.pairs), strict=True)
    )
    likely = (here + LITTLE) / (1 - here + LITTLE) * (there + LITTLE) / (1 - there + LITTLE)
    return cells.logistic(steady + OWN * odds + place * cells.each(math.log, likely) + THIRD * thirds + rivals * beaten)


def _agreed(cells: _Cells, odds: Array, judged: Array, thirds: Array, weight: float) -> Array:
    np = cells.np
    found = np.where((odds >= LEAST) | (thirds >= JOINED), judged, 0.0)
    at = np.flatnonzero((found > 0) & (thirds > 0))
    value = judged[at]
    likely = cells.each(math.log, (value + LITTLE) / (1 - value + LITTLE))
    found[at] = cells.logistic(likely + weight * thirds[at])
    return found


# ---------------------------------------------------------------------------- cells


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where the cells of a story stand."""

    np: ModuleType
    sizes: tuple[int, ...]
    """How many sentences each telling has."""
    shapes: dict[Two, tuple[int, int]]
    """Rows and columns of every two tellings."""
    pairs: tuple[Two, ...]
    """Those that have cells."""
    starts: tuple[int, ...]
    """Where the cells of each of these begin, and where all end."""
    counts: Array
    """How many cells each has."""
    one: Array
    """Number of the row's sentence among those of all tellings."""
    other: Array
    """The same of the column's."""
    rows: _Lines
    columns: _Lines

    @classmethod
    def of(cls, np: ModuleType, sizes: Sequence[int]) -> _Cells:
        """Return the cells of tellings of so many sentences; there is one at least."""
        shapes = {(i, j): (sizes[i], sizes[j]) for i, j in combinations(range(len(sizes)), 2)}
        pairs = tuple(pair for pair, (rows, columns) in shapes.items() if rows and columns)
        first = upto(np, np.array(sizes))
        (one, rows), (other, columns) = ((first[of], np.array(sizes)[of]) for of in np.array(pairs).T)
        starts, along, across = upto(np, rows * columns), np.repeat(columns, rows), np.repeat(rows, columns)
        return cls(
            np,
            tuple(sizes),
            shapes,
            pairs,
            tuple(starts.tolist()),
            rows * columns,
            np.repeat(ranges(np, one, rows), along),
            ranges(np, np.repeat(other, rows), along),
            _Lines.of(np, None, along),
            _Lines.of(
                np,
                np.repeat(ranges(np, starts[:-1], columns), across)
                + nth(np, across) * np.repeat(np.repeat(columns, columns), across),
                across,
            ),
        )

    def blocks(self, values: Array) -> dict[Two, Array]:
        """Return the values of every two tellings that have cells, by rows and columns, to be written into, too."""
        parts = zip(self.pairs, pairwise(self.starts), strict=True)
        return {pair: values[start:end].reshape(self.shapes[pair]) for pair, (start, end) in parts}

    def each(self, function: Callable[[float], float], values: Array) -> Array:
        """Return what a function of Python's makes of each value."""
        return self.np.fromiter(map(function, values.tolist()), float, len(values))

    def logistic(self, values: Array) -> Array:
        """Return `judging.logistic` of each value."""
        found = 1 / (1 + self.each(math.exp, -self.np.maximum(values, -700.0)))
        return self.np.where(values > -700, found, 0.0)

    def closeness(self, alone: Array) -> dict[Two, float]:
        """Return how sure the sentences of every two tellings are of their best partners on average."""
        best = iter(self.rows.greatest(alone).tolist()), iter(self.columns.greatest(alone).tolist())
        found = dict.fromkeys(self.shapes, 0.0)
        for pair in self.pairs:
            sums = [math.fsum(islice(of, size)) / size for of, size in zip(best, self.shapes[pair], strict=True)]
            found[pair] = (sums[0] + sums[1]) / 2
        return found

    def outdone(self, likely: Array) -> Array:
        """Return how far each cell outdoes its best rival in its row or its column, the lesser of both."""
        return self.np.minimum(self.rows.against_rivals(likely), self.columns.against_rivals(likely))

    def thirds(self, likely: Array, asked: Array, heard: Sequence[int]) -> Array:
        """Return what `thirds.thirds_of` does, for some cells.

        Args:
            likely: how likely two sentences say the same, of the cells *asked*; others join nothing.
            asked: those of which it is wanted.
            heard: the tellings that are heard as third ones.
        """
        np, first = self.np, list(accumulate(self.sizes, initial=0))
        whole = np.zeros((first[-1], first[-1]), dtype=np.uint32)
        whole[self.one[asked], self.other[asked]] = np.where(likely < BRIDGE, 0, likely * ONE + 0.5)
        whole += whole.T
        if len(heard) < len(self.sizes):
            whole = whole.take([n for k in heard for n in range(first[k], first[k + 1])], axis=1)
        starts = upto(np, [self.sizes[k] for k in heard if self.sizes[k]])[:-1]
        joined = np.zeros(len(asked))
        for some in slices(len(asked), max(1, _ROOM // max(1, whole.shape[1]))):
            both = np.minimum(*(whole.take(of[asked[some]], axis=0) for of in (self.one, self.other)))
            ends = np.arange(0, both.size, whole.shape[1])[:, None] + starts
            best = np.maximum.reduceat(both.ravel(), ends.ravel()).reshape(ends.shape)
            joined[some] = np.minimum(np.add.reduce(best.T, axis=0, dtype=np.int64), MOST * ONE)
        return joined / ONE


@dataclass(frozen=True, slots=True)
class _Lines:
    """The rows of all pairs of tellings, or their columns."""

    np: ModuleType
    order: Array
    """The cells, line by line; none if they stand so."""
    starts: Array
    """Where each line begins."""
    line: Array
    """Of each cell, in that order."""

    @classmethod
    def of(cls, np: ModuleType, order: Array, sizes: Array) -> _Lines:
        """Return lines of so many cells each."""
        return cls(np, order, upto(np, sizes)[:-1], np.repeat(np.arange(len(sizes)), sizes))

    def greatest(self, values: Array) -> Array:
        """Return the greatest value of each line."""
        return self.np.maximum.reduceat(self._in_order(values), self.starts)

    def spread(self, values: Array) -> Array:
        """Return for each cell the value of its line."""
        return self._as_cells(values[self.line])

    def against_rivals(self, values: Array) -> Array:
        """Return of each value its share in itself and the best other of its line."""
        np, values = self.np, self._in_order(values)
        best = np.maximum.reduceat(values, self.starts)
        is_best = values == best[self.line]
        second = np.maximum.reduceat(np.where(is_best, 0.0, values), self.starts)
        second = np.where(np.add.reduceat(is_best.astype(int), self.starts) > 1, best, second)
        return self._as_cells(values / (values + np.where(is_best, second[self.line], best[self.line]) + 1e-6))

    def _in_order(self, values: Array) -> Array:
        return values if self.order is None else values[self.order]

    def _as_cells(self, values: Array) -> Array:
        if self.order is None:
            return values
        found = self.np.empty_like(values)
        found[self.order] = values
        return found
