"""Of all ways to keep the most words of a text, the one that keeps them in the fewest runs.

A chain of matching places through two sequences: each step goes on where both do, or leaps, at a small price. It
looks only at places that match (after Hunt & Szymanski 1977), with the affine gap costs that make Gotoh's alignments
(1982) hang together; a plain longest common subsequence scatters small words instead.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

#: Price of a leap: less than any mark, so that nothing is given up for it; but one more word of substance, rather than
#: one that only ties phrases together, is worth a few leaps.
LEAP = 0.1


_Place = tuple[float, "_Place | None", int, int]
"""The best chain that ends with a matching pair of places: its score, the chain before them, the places."""
_NOWHERE: _Place = (0.0, None, -1, -1)


def chain(old: Sequence[str], new: Sequence[str], worth: Callable[[str], float]) -> list[tuple[int, int]]:
    """Return the pairs of places `(i, j)` with equal keys, ascending on both sides, that are kept.

    Args:
        old, new: keys to be compared.
        worth: how much keeping a key is worth, above `LEAP`; what is kept is worth the most, less the price of leaps.
    """
    at: dict[str, list[int]] = {}
    for j, key in enumerate(new):
        at.setdefault(key, []).append(j)
    ends, best = [0], [_NOWHERE]  # the best chains that end before a place in `new`: where each begins to be the best
    last: dict[int, _Place] = {}
    for i, key in enumerate(old):
        row: dict[int, _Place] = {}
        if key in at:
            kept = worth(key)
            for j in at[key]:
                leapt, went_on = best[bisect_right(ends, j) - 1], last.get(j - 1)
                if went_on is not None and went_on[0] >= leapt[0] - LEAP:
                    row[j] = went_on[0] + kept, went_on, i, j
                else:
                    row[j] = leapt[0] - LEAP + kept, leapt, i, j
            for j, place in row.items():
                if best[bisect_right(ends, j + 1) - 1][0] < place[0]:
                    _note(place, j + 1, ends, best)
        last = row
    return _read(best[-1])


def _note(place: _Place, end: int, ends: list[int], best: list[_Place]) -> None:
    """Take note of the best chain that ends before a place; it takes the place of those behind that are not as good."""
    first = behind = bisect_left(ends, end)
    while behind < len(best) and best[behind][0] < place[0]:
        behind += 1
    ends[first:behind], best[first:behind] = [end], [place]


def _read(place: _Place) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    _, before, old, new = place
    while before is not None:
        found.append((old, new))
        _, before, old, new = before
    return found[::-1]
