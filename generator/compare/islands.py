"""Which equal runs of a diff are islands, and what it may cost to let them go with the changes around them.

An island is a lone word between two edits, which the eye would have to jump to; dropping it makes two changes one
(after diff-match-patch's semantic clean-up, but by the weight of words). A word dropped is one changed on both sides.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from generator.compare.printed import Block, Printed
from generator.compare.remembered import of_texts, of_words
from generator.compare.text import STOP_WORDS, is_word
from generator.values import dataclass

#: An equal run between two edits is dropped when it weighs less than so much of the smaller edit's tokens and so much
#: of both, but never a run that weighs more than the cap: two words of substance always stay.
ISLAND, BOTH, CAP = 0.34, 0.02, 1.05

#: What a kept token is worth against the tokens changed around it: a word of substance, a stop word, a word that only
#: ties the words of a phrase together, a mark. `the resolution of unity` → `the decomposition of identity` is one
#: change, but a `which` or a `we` between two changes begins something new.
_WORD, _STOP, _TIE, MARK = 1.0, 0.75, 0.4, 0.1
TIES = frozenset({"the", "a", "an", "of", "and", "to"})


@of_words
def worth(norm: str) -> float:
    """Return how much a token that stays weighs for the eye."""
    if not norm:
        return 0.0
    if norm in STOP_WORDS:
        return _TIE if norm in TIES else _STOP
    return _WORD if is_word(norm) else MARK


@of_texts(2048)
def worths(side: Printed) -> tuple[float, ...]:
    """Return how much each token of a side weighs."""
    return tuple(map(worth, side.norms))


@dataclass(frozen=True, slots=True)
class Prices:
    """What each of some equal runs would cost if it were dropped, in printed words of both sides; and the purse."""

    of: tuple[int, ...]
    purse: float


def without_islands(found: Sequence[Block], old: Sequence[float], new: int, costs: Prices | None = None) -> list[Block]:
    """Return equal runs without those that weigh too little for the edits on both sides of them.

    The lightest go first, as long as the purse of *costs* is not empty.

    Args:
        found: the runs.
        old: what each token of the old side weighs.
        new: how many tokens the new side has.
        costs: what it would cost; if none is given, nothing.
    """
    out = list(found)
    prices, purse = ([0] * len(out), 0.0) if costs is None else (list(costs.of), costs.purse)
    weights = [math.fsum(old[at : at + size]) for at, _, size in out]
    ends = [(0, 0), *[(at + size, to + size) for at, to, size in out]]
    starts = [*[(at, to) for at, to, _ in out], (len(old), new)]
    gaps = [max(at - i, to - j) for (i, j), (at, to) in zip(ends, starts, strict=True)]
    holds = list(map(_hold, weights, gaps, gaps[1:]))
    while (at := _lightest(holds, prices, purse)) is not None:
        purse -= prices[at]
        del out[at], weights[at], prices[at], holds[at], ends[at + 1], starts[at]
        gaps[at : at + 2] = [max(starts[at][0] - ends[at][0], starts[at][1] - ends[at][1])]
        for n in range(max(0, at - 1), min(len(out), at + 1)):
            holds[n] = _hold(weights[n], gaps[n], gaps[n + 1])
    return out


def _lightest(holds: Sequence[float], prices: Sequence[int], purse: float) -> int | None:
    """Return the place of the island that holds least of those that can be paid, if there is one."""
    if not holds or (least := min(holds)) > 0:
        return None
    if prices[at := holds.index(least)] <= purse:
        return at
    return min(
        (n for n, hold in enumerate(holds) if hold <= 0 and prices[n] <= purse), key=holds.__getitem__, default=None
    )


def _hold(weight: float, before: int, behind: int) -> float:
    """Return by how much a run of this weight outweighs the edits before and behind it, above all the smaller one."""
    if weight > CAP or not before or not behind:
        return math.inf
    return weight - min(ISLAND * min(before, behind) + BOTH * (before + behind), CAP)


def without_small_words(found: Sequence[Block], old: Sequence[float], costs: Prices) -> list[Block]:
    """Return equal runs without those that hold no word of substance, the lightest first, as far as *costs* allow.

    :param old: what each token of the old side weighs.
    """
    small = [
        (math.fsum(weights), block, price)
        for block, price in zip(found, costs.of, strict=True)
        if _WORD not in (weights := old[block[0] : block[0] + block[2]])
    ]
    purse = costs.purse
    dropped: set[Block] = set()
    for _, block, price in sorted(small):
        if price <= purse:
            dropped.add(block)
            purse -= price
    return [block for block in found if block not in dropped]
