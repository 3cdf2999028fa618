"""Where a text's sentences should stand in another text, when the two run in parallel, or do not.

A hidden Markov model over positions (Vogel, Ney & Tillmann 1996, on words): reading one text in order, the matching
place in the other moves on by small steps, may stay, seldom goes back, and with some probability jumps anywhere.
How freely it jumps is not set but weighed: retellings read along one line, news items do not, and the likelihood of
each assumption says which is at hand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

Matrix = list[list[float]]

#: A freedom that is less likely than the likeliest by this factor has no say.
_NEGLIGIBLE = 1e-3
#: How freely the place may jump, from a faithful retelling to no order at all.
_FREEDOMS = (0.02, 0.15, 0.5, 0.95)
#: Share of sentences expected to have no counterpart.
_UNMATCHED = 0.15
#: How fast a step's probability falls with its distance from the expected one, and the price of a step back.
_DECAY, _BACK = 1.0, 4.0
_FALL = math.exp(-_DECAY)
#: Longest step beyond the expected one that is looked at; longer ones are jumps.
_REACH = 6
#: Where zero stands among the sentences' own log-odds, and between which bounds they count.
_OFFSET, _LEAST, _MOST = 1.0, -4.0, 6.0


def expected(odds: Matrix, trust: float = 0.35) -> tuple[Matrix, Matrix]:
    """Return the probability that each pair of sentences corresponds, read along the rows and along the columns.

    Args:
        odds: log-odds of each old sentence (row) and new sentence (column) by themselves; not empty.
        trust: how much these count against the order, from 0 to 1.

    Each row of the first result, and each column of the second, adds up to 1 at most.
    """
    fits = [[(1 - _UNMATCHED) * _fit(trust * (value + _OFFSET)) for value in row] for row in odds]
    turned = [list(column) for column in zip(*fits, strict=True)]
    pace = len(turned) / len(fits)
    along = [_Reading.of(fits, _Steps.of(len(turned), pace, freedom)) for freedom in _FREEDOMS]
    across = [_Reading.of(turned, _Steps.of(len(fits), 1 / pace, freedom)) for freedom in _FREEDOMS]
    likelihoods = [(one.likelihood + other.likelihood) / 2 for one, other in zip(along, across, strict=True)]
    shares = [math.exp(value - max(likelihoods)) for value in likelihoods]
    likely = [number for number, share in enumerate(shares) if share >= _NEGLIGIBLE]
    shares = [shares[number] for number in likely]
    columns = _mixed([across[number].posterior() for number in likely], shares)
    return _mixed([along[number].posterior() for number in likely], shares), [
        list(row) for row in zip(*columns, strict=True)
    ]


def _fit(value: float) -> float:
    return math.exp(min(_MOST, max(_LEAST, value)))


def _mixed(found: Sequence[Matrix], shares: Sequence[float]) -> Matrix:
    total = math.fsum(shares)
    return [
        [math.fsum(map(mul, shares, cells)) / total for cells in zip(*rows, strict=True)]
        for rows in zip(*found, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text read in order against the other, at one freedom: the forward half of forward-backward.

    A state is a place in the other text; in each step the sentence matches there, or matches nothing and the place
    is kept (the empty word of Och & Ney 2003).
    """

    fits: Matrix
    """How well each sentence fits each place, times the probability that it matches at all."""
    steps: _Steps
    matched: Matrix
    """How likely each sentence matches at each place, but for a factor a sentence."""
    places: Matrix
    """How likely the place is after each sentence, but for the same factor."""
    ahead: list[float]
    """What each place is worth at the end: the other text should have been read to its own."""
    likelihood: float
    """Logarithmic."""

    @classmethod
    def of(cls, fits: Matrix, steps: _Steps) -> _Reading:
        """Return the reading of the sentences whose fit at each place is given."""
        matched: Matrix = []
        places: Matrix = []
        likelihood, total = 0.0, 1.0
        place = moved = steps.start
        for fit in fits:
            if places:
                moved = steps.on(place, total)
            here = list(map(mul, moved, fit))
            kept = _UNMATCHED / total
            place = [a + kept * b for a, b in zip(here, place, strict=True)]
            total = math.fsum(place)
            likelihood += math.log(total)
            matched.append(here)
            places.append(place)
        width, freedom = len(steps.start), steps.freedom
        ahead = [(1 - freedom) * math.exp(-_DECAY / 2 * (width - 1 - at)) + freedom for at in range(width)]
        likelihood += math.log(math.fsum(map(mul, places[-1], ahead)) / total)
        return cls(fits, steps, matched, places, ahead, likelihood)

    def posterior(self) -> Matrix:
        """Return how likely each sentence matches at each place, with what comes behind it known too."""
        ahead = self.ahead
        out: Matrix = []
        for here, place, fit in zip(reversed(self.matched), reversed(self.places), reversed(self.fits), strict=True):
            total = math.fsum(map(mul, place, ahead))
            out.append([a * b / total for a, b in zip(here, ahead, strict=True)])
            come = self.steps.back(list(map(mul, fit, ahead)))
            ahead = _unit([a + _UNMATCHED * b for a, b in zip(come, ahead, strict=True)])
        return out[::-1]


@dataclass(frozen=True, slots=True)
class _Steps:
    """How the place moves from one sentence to the next."""

    start: list[float]
    taps: tuple[float, ...]
    """Weights of the steps from two back to three on, and of the fourth, from where they fall by `_FALL` a step."""
    reach: int
    """The longest step."""
    shares: list[float]
    """What one step's weights have to be multiplied by at each place, for a probability; freedom left aside."""
    freedom: float

    @classmethod
    def of(cls, width: int, pace: float, freedom: float) -> _Steps:
        """Return the steps in a text of `width` sentences, `pace` of which go to one sentence of the other."""
        pace = min(3.0, max(0.3, pace))
        taps = tuple(math.exp(-_DECAY * abs(step - pace) - (_BACK if step < 0 else 0.0)) for step in range(-2, 5))
        reach = math.ceil(pace) + _REACH
        shares = [(1 - freedom) / total for total in reversed(_spread([1.0] * width, taps, reach))]
        first = _unit([math.exp(-_DECAY * at) for at in range(width)])
        return cls([(1 - freedom) * share + freedom / width for share in first], taps, reach, shares, freedom)

    def on(self, place: Sequence[float], total: float) -> list[float]:
        """Return where the place is after one step; *total* is what *place* adds up to."""
        anywhere = self.freedom / len(place)
        scaled = [value * share / total for value, share in zip(place, self.shares, strict=True)]
        return [value + anywhere for value in _spread(scaled, self.taps, self.reach)]

    def back(self, values: Sequence[float]) -> list[float]:
        """Return what each place may expect of the values one step ahead."""
        anywhere = self.freedom / len(values) * math.fsum(values)
        found = reversed(_spread(values[::-1], self.taps, self.reach))
        return [value * share + anywhere for value, share in zip(found, self.shares, strict=True)]


def _spread(values: Sequence[float], taps: Sequence[float], reach: int) -> list[float]:
    """Return the values moved on by every step up to *reach*, each by its weight, added up.

    Steps beyond the third fall geometrically, so that one running sum holds them all: this loop is where comparing
    a story spends its time.
    """
    back2, back1, stay, on1, on2, on3, on4 = taps
    padded = [*[0.0] * (reach + 1), *values, 0.0, 0.0]
    past = _FALL ** (reach - 3)
    shifted = (padded[reach + 1 - step :] for step in (-2, -1, 0, 1, 2, 3, 4))
    out, far = [], 0.0
    for w2, w1, v0, v1, v2, v3, v4, gone in zip(*shifted, padded, strict=False):
        far = far * _FALL + v4 - gone * past
        out.append(back2 * w2 + back1 * w1 + stay * v0 + on1 * v1 + on2 * v2 + on3 * v3 + on4 * far)
    return out


def _unit(values: Sequence[float]) -> list[float]:
    total = math.fsum(values)
    return [value / total for value in values]
