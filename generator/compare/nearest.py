"""What is asked in a story of many tellings, so that comparing it does not grow with the cube of their number.

Up to a dozen tellings every question is asked of all. Of more, two are read in order only if one is among those nearest
to the other, since texts that hardly meet follow no common order; and as third tellings are heard those that speak best
for all, since each more says the same once more. All sentences are held against all others, whatever their number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

#: Of so many tellings each is asked everything.
ENOUGH = 12

Closeness = Mapping[tuple[int, int], float]
"""How close two tellings keep together, from 0 to 1, for every two `(i, j)`, i < j."""


def nearest(closeness: Closeness, count: int) -> frozenset[tuple[int, int]]:
    """Return the pairs of tellings of which one is among the others' nearest; of equally near ones all.

    >>> closeness = {(i, j): 1 / (j - i) for i in range(40) for j in range(i + 1, 40)}
    >>> sorted(j for i, j in nearest(closeness, 40) if i == 0)
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    """
    pairs = list(combinations(range(count), 2))
    if count <= ENOUGH:
        return frozenset(pairs)
    others: list[list[float]] = [[] for _ in range(count)]
    for i, j in pairs:
        others[i].append(closeness[i, j])
        others[j].append(closeness[i, j])
    least = [sorted(values)[-ENOUGH + 1] for values in others]
    return frozenset((i, j) for i, j in pairs if closeness[i, j] >= min(least[i], least[j]))


def voices(closeness: Closeness, texts: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Return the tellings that together are closest to all, ascending: each the one that adds most to those before.

    The greedy choice of Nemhauser, Wolsey & Fisher (1978) for locating facilities; of equal ones the first by its text.
    """
    count = len(texts)
    if count <= ENOUGH:
        return tuple(range(count))
    near = [[1.0 if i == j else closeness[min(i, j), max(i, j)] for j in range(count)] for i in range(count)]
    served = [0.0] * count
    chosen: list[int] = []
    while len(chosen) < ENOUGH:
        gains = {i: round(math.fsum(map(max, near[i], served)), 9) for i in range(count) if i not in chosen}
        best = min(gains, key=lambda i: (-gains[i], tuple(texts[i])))
        chosen.append(best)
        served = list(map(max, near[best], served))
    return tuple(sorted(chosen))
