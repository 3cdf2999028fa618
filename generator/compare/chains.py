"""Of all ways to keep the most words of a text, the one that keeps them in the fewest runs.

A chain of matching places through two sequences: each step goes on where both do, or leaps, at a small price. It
looks only at places that match (after Hunt & Szymanski 1977), with the affine gap costs that make Gotoh's alignments
(1982) hang together; a plain longest common subsequence scatters small words instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

#: Price of a leap: less than any mark, so that nothing is given up for it; but one more word of substance, rather than
#: one that only ties phrases together, is worth a few leaps.
LEAP = 0.1


class _Place(NamedTuple):
    """The best chain that ends with a matching pair of places."""

    score: float
    before: _Place | None
    old: int
    new: int


def chain(old: Sequence[str], new: Sequence[str], worth: Callable[[str], float]) -> list[tuple[int, int]]:
    """Return the pairs of places `(i, j)` with equal keys, ascending on both sides, that are kept.

    Args:
        old, new: keys to be compared.
        worth: how much keeping a key is worth, above `LEAP`; what is kept is worth the most, less the price of leaps.
    """
    at: dict[str, list[int]] = {}
    for j, key in enumerate(new):
        at.setdefault(key, []).append(j)
    nothing = _Place(0.0, None, -1, -1)
    best = [nothing] * (len(new) + 1)  # the best chain that ends before the place in `new`
    last: dict[int, _Place] = {}
    for i, key in enumerate(old):
        row = {j: _longer(best[j], last.get(j - 1), worth(key), i, j) for j in at.get(key, ())}
        for j, place in row.items():
            after = j + 1
            while after < len(best) and best[after].score < place.score:
                best[after] = place
                after += 1
        last = row
    return _read(best[-1])


def _longer(leapt: _Place, went_on: _Place | None, worth: float, i: int, j: int) -> _Place:
    if went_on is not None and went_on.score >= leapt.score - LEAP:
        return _Place(went_on.score + worth, went_on, i, j)
    return _Place(leapt.score - LEAP + worth, leapt, i, j)


def _read(place: _Place) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    while place.before is not None:
        found.append((place.old, place.new))
        place = place.before
    return found[::-1]
