"""What no word diff can do better than: the fewest runs of changes at a given number of changed words, exactly.

A diff is a chain of words kept, ascending on both sides; between them stand its changes. For a price of a run, the
chain with the least changed words plus price times runs is found among all chains by dynamic programming, over the
places that match. Every price gives a bound on the runs of any diff that keeps to a limit of words (Lagrange's: Everett
1963), and the highest of them is reached, but for a run or so, by some diff.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import accumulate
from typing import NamedTuple

#: Prices of a run in changed words: where one more run is worth a word or some is where the best diffs change.
PRICES = (2 / 3, 1, 4 / 3, 2, 8 / 3, 3, 4, 5, 6, 8, 12)


class Cost(NamedTuple):
    """Changed words and runs of changes."""

    words: int = 0
    runs: int = 0

    def plus(self, other: Cost) -> Cost:
        """Return the sums."""
        return Cost(self.words + other.words, self.runs + other.runs)


class _Chain(NamedTuple):
    """A chain of words kept: what it is worth, twice the words less the price of runs, and what it is made of."""

    value: float
    kept: int = 0
    runs: int = 0

    def after(self, runs: int, price: float, kept: int = 1) -> _Chain:
        return _Chain(self.value + 2 * kept - price * runs, self.kept + kept, self.runs + runs)


def cheapest(old: Sequence[str], new: Sequence[str], price: float, *, sides: bool) -> Cost:
    """Return the cost of the diff with the least changed words plus *price* times runs.

    :param sides: a phrase replaced by a phrase is two runs, one on each side; else one.
    """
    both = 2 if sides else 1
    at: dict[str, list[int]] = {}
    for j, word in enumerate(new):
        at.setdefault(word, []).append(j)
    nothing = _Chain(0.0)
    before = [nothing] * (len(new) + 1)  # the best chain that ends in an earlier row, before a column
    columns: dict[int, _Chain] = {-1: nothing}  # the best chain that ends in a column, in an earlier row
    row: dict[int, _Chain] = {-1: nothing}  # the chains that end in the row before
    for word in (*old, None):
        ends = [len(new)] if word is None else at.get(word, ())
        along = dict(zip(row, accumulate(row.values(), max), strict=True))
        reached: list[tuple[int, _Chain]] = []
        for j in ends:
            ways = [before[j].after(both, price)]
            ways += [row[j - 1].after(0, price)] if j - 1 in row else []
            ways += [columns[j - 1].after(1, price)] if j - 1 in columns else []
            ways += [chain.after(1, price) for column, chain in _last(along, j - 1)]
            reached.append((j, max(ways)))
        row = dict(reached)
        for j, chain in reached:
            columns[j] = max(columns.get(j, chain), chain)
            for place in range(j + 1, len(before)):
                if before[place].value >= chain.value:
                    break
                before[place] = chain
    best = row[len(new)]
    return Cost(len(old) + len(new) - 2 * (best.kept - 1), best.runs)


def _last(along: dict[int, _Chain], before: int) -> Iterable[tuple[int, _Chain]]:
    """Return the best of a row's chains that end before a column."""
    return [(column, chain) for column, chain in along.items() if column < before][-1:]


def fewest_runs(pairs: Iterable[tuple[Sequence[str], Sequence[str]]], limit: float, *, sides: bool) -> float:
    """Return how many runs any diffs of all *pairs* have at least, that change at most *limit* words together."""
    pairs = list(pairs)
    totals = [
        (price, reduce(Cost.plus, (cheapest(*pair, price, sides=sides) for pair in pairs), Cost())) for price in PRICES
    ]
    return max(0.0, *((cost.words - limit) / price + cost.runs for price, cost in totals))
