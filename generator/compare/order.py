"""Where a text's sentences should stand in another text, when the two run in parallel, or do not.

A hidden Markov model over positions (Vogel, Ney & Tillmann 1996, on words): reading one text in order, the matching
place in the other moves on by small steps, may stay, seldom goes back, and with some probability jumps anywhere.
How freely it jumps is not set but weighed: retellings read along one line, news items do not, and the likelihood of
each assumption says which is at hand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import add, mul

from generator.values import dataclass

Matrix = list[list[float]]

#: A freedom that is less likely than the likeliest by this factor has no say.
_NEGLIGIBLE = 1e-3
#: How freely the place may jump, from a faithful retelling to no order at all.
FREEDOMS = (0.02, 0.15, 0.5, 0.95)
#: Share of sentences expected to have no counterpart.
UNMATCHED = 0.15
#: How fast a step's probability falls with its distance from the expected one, and the price of a step back.
_DECAY, _BACK = 1.0, 4.0
FALL = math.exp(-_DECAY)
#: Longest step beyond the expected one that is looked at; longer ones are jumps.
_REACH = 6
#: Numbers may grow or shrink by so many powers of two before they are brought back.
RANGE = 400
#: In so few steps they do neither: one step changes them by less than nine powers.
CALM = 40
#: How far the sentences' own log-odds count against the order.
TRUST = 0.35
#: Where zero stands among the sentences' own log-odds, and between which bounds they count.
OFFSET, LEAST, MOST = 1.0, -4.0, 6.0


def expected(odds: Matrix, trust: float = TRUST) -> tuple[Matrix, Matrix]:
    """Return the probability that each pair of sentences corresponds, read along the rows and along the columns.

    Args:
        odds: log-odds of each old sentence (row) and new sentence (column) by themselves; not empty.
        trust: how much these count against the order, from 0 to 1.

    Each row of the first result, and each column of the second, adds up to 1 at most.
    """
    fits = _fits(odds, trust)
    turned = [list(column) for column in zip(*fits, strict=True)]
    pace = len(turned) / len(fits)
    along, across = Steps.of(len(turned), pace), Steps.of(len(fits), 1 / pace)
    read = [(_Reading.of(fits, along, freedom), _Reading.of(turned, across, freedom)) for freedom in FREEDOMS]
    shares = shares_of([(one.likelihood, other.likelihood) for one, other in read])
    rows = _added([one.posterior(share) for (one, _), share in zip(read, shares, strict=True) if share])
    columns = _added([other.posterior(share) for (_, other), share in zip(read, shares, strict=True) if share])
    return rows, [list(row) for row in zip(*columns, strict=True)]


def shares_of(likelihoods: Sequence[tuple[float, float]]) -> list[float]:
    """Return what each freedom has to say, 1 together; 0 where it is negligible.

    Args:
        likelihoods: of each freedom, logarithmic, of both texts as read against the other.
    """
    both = [(one + other) / 2 for one, other in likelihoods]
    most = max(both)
    shares = [math.exp(value - most) for value in both]
    total = math.fsum(share for share in shares if share >= _NEGLIGIBLE)
    return [share / total if share >= _NEGLIGIBLE else 0.0 for share in shares]


def unordered(odds: Matrix, trust: float = TRUST) -> tuple[Matrix, Matrix]:
    """Return the same of two texts of which neither follows the other: the place jumps anywhere at every step."""
    fits = _fits(odds, trust)
    columns = [_anywhere(column) for column in zip(*fits, strict=True)]
    return [_anywhere(row) for row in fits], [list(row) for row in zip(*columns, strict=True)]


def _anywhere(fits: Sequence[float]) -> list[float]:
    total = math.fsum(fits) + UNMATCHED * len(fits)
    return [value / total for value in fits]


def _fits(odds: Matrix, trust: float) -> Matrix:
    least, most, matched, exp = LEAST / trust - OFFSET, MOST / trust - OFFSET, 1 - UNMATCHED, math.exp
    return [
        [matched * exp(trust * ((least if value < least else min(value, most)) + OFFSET)) for value in row]
        for row in odds
    ]


def _one_by_one(values: Iterable[float]) -> float:
    return reduce(add, values)


#: A sum that is rounded after each number, as arrays are added: Python's own makes up for that, from 3.12 on.
_sum = sum if sum([1.0, 1e100, -1e100]) == 0 else _one_by_one


def _added(found: Sequence[Matrix]) -> Matrix:
    first, *others = found
    for other in others:
        first = [list(map(add, *rows)) for rows in zip(first, other, strict=True)]
    return first


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text read in order against the other, at one freedom: the forward half of forward-backward.

    A state is a place in the other text; in each step the sentence matches there, or matches nothing and the place
    is kept (the empty word of Och & Ney 2003). What adds up to 1 is only brought to it in the end: each sentence's
    row stands for any multiple of itself, kept within the range of numbers.
    """

    fits: Matrix
    """How well each sentence fits each place, times the probability that it matches at all."""
    steps: Steps
    freedom: float
    moved: Matrix
    """How likely each place is when a sentence comes to be read, but for a factor a sentence."""
    places: Matrix
    """How likely the place is after each sentence, but for the same factor."""
    ahead: list[float]
    """What each place is worth at the end: the other text should have been read to its own."""
    likelihood: float
    """Logarithmic."""

    @classmethod
    def of(cls, fits: Matrix, steps: Steps, freedom: float) -> _Reading:
        """Return the reading of the sentences whose fit at each place is given."""
        before: Matrix = []
        places: Matrix = []
        scale, width, taps = 0, len(steps.start), steps.weighed(freedom)
        place = moved = [(1 - freedom) * share + freedom / width for share in steps.start]
        for read, fit in enumerate(fits):
            if read >= CALM:
                place, power = _scaled(place)
                scale += power
            if read:
                moved, place = steps.on(place, fit, freedom, taps)
            else:
                place = [here * (value + UNMATCHED) for here, value in zip(moved, fit, strict=True)]
            before.append(moved)
            places.append(place)
        ahead = [(1 - freedom) * near + freedom for near in near_the_end(width)]
        likelihood = math.log(_sum(map(mul, place, ahead))) - scale * math.log(2)
        return cls(fits, steps, freedom, before, places, ahead, likelihood)

    def posterior(self, share: float) -> Matrix:
        """Return how likely each sentence matches at each place, what comes behind it known too, times *share*."""
        steps, taps = self.steps, self.steps.weighed(self.freedom)
        ahead = self.ahead[::-1]  # from the last place to the first, in which order a step back is a step on
        out: Matrix = []
        for left in range(len(self.fits) - 1, -1, -1):
            part = share / _sum(map(mul, reversed(self.places[left]), ahead))
            worth = list(map(mul, reversed(self.fits[left]), ahead))
            out.append([moved * value * part for moved, value in zip(self.moved[left], reversed(worth), strict=True)])
            if left:
                ahead = steps.back(worth, ahead, self.freedom, taps)
                if len(out) >= CALM:
                    ahead, _ = _scaled(ahead)
        return out[::-1]


def _scaled(values: list[float]) -> tuple[list[float], int]:
    """Return *values* times a power of two, and which, if they are about to become too small or too great."""
    power = -math.frexp(max(values))[1]
    return (values, 0) if -RANGE < power < RANGE else ([math.ldexp(value, power) for value in values], power)


@lru_cache(maxsize=256)
def near_the_end(width: int) -> tuple[float, ...]:
    """Return how near each place is to the last one, from 0 to 1."""
    return tuple([math.exp(-_DECAY / 2 * (width - 1 - at)) for at in range(width)])


@dataclass(frozen=True, slots=True)
class Steps:
    """How the place moves from one sentence to the next."""

    start: list[float]
    """How likely each place is the first."""
    taps: tuple[float, ...]
    """Weights of the steps from two back to three on; from there they fall by `FALL`."""
    none: list[float]
    """As many zeros as the longest step is long, and one."""
    past: float
    """What is left of the weight of a step of three on that goes one beyond the longest."""
    shares: list[float]
    """What one step's weights have to be multiplied by at each place, for a probability."""
    shares_back: list[float]
    """The same from the last place to the first."""

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, width: int, pace: float) -> Steps:
        """Return the steps in a text of `width` sentences, `pace` of which go to one sentence of the other."""
        pace = min(3.0, max(0.3, pace))
        taps = tuple(math.exp(-_DECAY * abs(step - pace) - (_BACK if step < 0 else 0.0)) for step in range(-2, 4))
        reach = math.ceil(pace) + _REACH
        start = _unit([math.exp(-_DECAY * at) for at in range(width)])
        bare = cls(start, taps, [0.0] * (reach + 1), FALL ** (reach - 2), [1.0] * width, [1.0] * width)
        zeros = [0.0] * width
        shares_back = [1 / total for total in bare.back([1.0] * width, zeros, 0.0, taps)]
        return cls(start, taps, bare.none, bare.past, shares_back[::-1], shares_back)

    def weighed(self, freedom: float) -> tuple[float, ...]:
        """Return the steps' weights, given how freely the place jumps."""
        return tuple([tap * (1 - freedom) for tap in self.taps])

    def on(
        self, place: list[float], fit: list[float], freedom: float, taps: tuple[float, ...]
    ) -> tuple[list[float], list[float]]:
        """Return where the place is after one step of these weights, and after a sentence was read there.

        Steps beyond the last single one fall geometrically, so that one running sum (`far`) holds them all. This loop
        and the next are where comparing a story spends its time, so that they are not one function of both.
        """
        back2, back1, stay, on1, on2, on3 = taps
        fall, past, anywhere = FALL, self.past, freedom / len(place) * _sum(place)
        values = [*map(mul, place, self.shares), 0.0, 0.0]
        w0, w1, far, v1, v2, v3 = values[0], values[1], 0.0, 0.0, 0.0, 0.0
        moved: list[float] = []
        after: list[float] = []
        for w2, left, value, kept in zip(values[2:], self.none + values, fit, place, strict=False):
            far = far * fall + (v3 - left * past)
            here = back2 * w2 + back1 * w1 + stay * w0 + on1 * v1 + on2 * v2 + on3 * far + anywhere
            moved.append(here)
            after.append(here * value + UNMATCHED * kept)
            v3, v2, v1, w0, w1 = v2, v1, w0, w1, w2
        return moved, after

    def back(self, worth: list[float], ahead: list[float], freedom: float, taps: tuple[float, ...]) -> list[float]:
        """Return what each place may expect of a sentence and all behind it, from the last place to the first.

        Args:
            worth: what each is worth if the sentence matches there; *ahead*: if it matches nothing.
            freedom, taps: how the place moves before.
        """
        back2, back1, stay, on1, on2, on3 = taps
        fall, past, anywhere = FALL, self.past, freedom / len(worth) * _sum(worth)
        values = [*worth, 0.0, 0.0]
        w0, w1, far, v1, v2, v3 = values[0], values[1], 0.0, 0.0, 0.0, 0.0
        out: list[float] = []
        for w2, left, share, kept in zip(values[2:], self.none + worth, self.shares_back, ahead, strict=False):
            far = far * fall + (v3 - left * past)
            come = back2 * w2 + back1 * w1 + stay * w0 + on1 * v1 + on2 * v2 + on3 * far
            out.append(come * share + anywhere + UNMATCHED * kept)
            v3, v2, v1, w0, w1 = v2, v1, w0, w1, w2
        return out


def _unit(values: Sequence[float]) -> list[float]:
    total = math.fsum(values)
    return [value / total for value in values]
