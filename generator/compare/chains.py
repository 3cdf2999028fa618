"""Of all ways to keep the most words of a text, the one that keeps them in the fewest runs.

A chain of matching places through two sequences: each step goes on where both do, or leaps, at a small price. It
looks only at places that match (after Hunt & Szymanski 1977), with the affine gap costs that make Gotoh's alignments
(1982) hang together; a plain longest common subsequence scatters small words instead.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import inf

#: Price of a leap: less than any mark, so that nothing is given up for it; but one more word of substance, rather than
#: one that only ties phrases together, is worth a few leaps.
LEAP = 0.1


_Place = tuple[float, "_Place | None", int, int]
"""The best chain that ends with a matching pair of places: its score, the chain before them, the places."""
_NOWHERE: _Place = (0.0, None, -2, -2)
_BEYOND: _Place = (inf, None, -2, -2)


def chain(old: Sequence[str], new: Sequence[str], worth: Callable[[str], float]) -> list[tuple[int, int, int]]:
    """Return the runs of equal keys `(i, j, size)`, ascending on both sides, that are kept, none touching the next.

    Args:
        old, new: keys to be compared.
        worth: how much keeping a key is worth, above `LEAP`; what is kept is worth the most, less the price of leaps.
    """
    at = _places(old, new)
    # The best chains that end before a place in `new`: where each begins to be the best, and the chain.
    ends, best = [0, len(new) + 1], [_NOWHERE, _BEYOND]
    along = [_NOWHERE] * (len(old) + len(new))  # the last place on each diagonal, `j - i`
    for i, key in enumerate(old):
        if key not in at:
            continue
        kept = worth(key)
        for j in at[key]:  # from the last, which what ends before the others does not hang on
            nth = bisect_right(ends, j)
            before, went_on = best[nth - 1], along[j - i]
            score = before[0] - LEAP
            if went_on[2] == i - 1 and went_on[0] >= score:
                before, score = went_on, went_on[0]
            score += kept
            along[j - i] = place = score, before, i, j
            behind = nth  # it takes the place of those behind that are not as good, or as good and of this row
            while (other := best[behind])[0] <= score and (other[0] < score or other[2] == i):
                behind += 1
            if behind > nth:
                ends[nth:behind], best[nth:behind] = [j + 1], [place]
            elif ends[nth] > j + 1:
                ends.insert(nth, j + 1)
                best.insert(nth, place)
    return _runs(best[-2])


def _places(old: Sequence[str], new: Sequence[str]) -> dict[str, list[int]]:
    """Return where in `new` each key stands that both sides have, the last place first."""
    both = frozenset(old).intersection(new)
    at: dict[str, list[int]] = {}
    for j in range(len(new) - 1, -1, -1):
        if (key := new[j]) in both:
            if key in at:
                at[key].append(j)
            else:
                at[key] = [j]
    return at


def _runs(place: _Place) -> list[tuple[int, int, int]]:
    """Return the runs that a chain is made of."""
    found: list[tuple[int, int, int]] = []
    _, before, i, j = place
    size = 1
    while before is not None:
        _, further, to_i, to_j = before
        if to_i + 1 == i and to_j + 1 == j:
            size += 1
        else:
            found.append((i, j, size))
            size = 1
        before, i, j = further, to_i, to_j
    return found[::-1]
