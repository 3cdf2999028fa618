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

Matrix = list[list[float]]

#: A freedom that is less likely than the likeliest by this factor has no say.
_NEGLIGIBLE = 1e-3
#: How freely the place may jump, from a faithful retelling to no order at all.
_FREEDOMS = (0.02, 0.15, 0.5, 0.95)
#: Share of sentences expected to have no counterpart.
_UNMATCHED = 0.15
#: How fast a step's probability falls with its distance from the expected one, and the price of a step back.
_DECAY, _BACK = 1.0, 4.0
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
    fits = [[math.exp(min(_MOST, max(_LEAST, trust * (value + _OFFSET)))) for value in row] for row in odds]
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


def _mixed(found: Sequence[Matrix], shares: Sequence[float]) -> Matrix:
    total = math.fsum(shares)
    return [
        [math.fsum(map(float.__mul__, shares, cells)) / total for cells in zip(*rows, strict=True)]
        for rows in zip(*found, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One text read in order against the other, at one freedom: the forward half of forward-backward.

    A state is a place in the other text; in each step the sentence matches there, or matches nothing and the place
    is kept (the empty word of Och & Ney 2003).
    """

    fits: Matrix
    steps: _Steps
    matched: Matrix
    """How likely each sentence matches at each place."""
    places: Matrix
    """How likely the place is after each sentence."""
    ahead: list[float]
    """What each place is worth at the end: the other text should have been read to its own."""
    likelihood: float
    """Logarithmic."""

    @classmethod
    def of(cls, fits: Matrix, steps: _Steps) -> _Reading:
        """Return the reading of the sentences whose fit at each place is given."""
        matched: Matrix = []
        places: Matrix = []
        likelihood = 0.0
        place = steps.start
        for fit in fits:
            moved = steps.on(place) if places else place
            here = [(1 - _UNMATCHED) * a * b for a, b in zip(moved, fit, strict=True)]
            place = [a + _UNMATCHED * b for a, b in zip(here, place, strict=True)]
            total = math.fsum(place)
            likelihood += math.log(total)
            matched.append([value / total for value in here])
            place = [value / total for value in place]
            places.append(place)
        width, freedom = len(steps.start), steps.freedom
        ahead = [(1 - freedom) * math.exp(-_DECAY / 2 * (width - 1 - at)) + freedom for at in range(width)]
        likelihood += math.log(math.fsum(map(float.__mul__, place, ahead)))
        return cls(fits, steps, matched, places, ahead, likelihood)

    def posterior(self) -> Matrix:
        """Return how likely each sentence matches at each place, with what comes behind it known too."""
        ahead = self.ahead
        out: Matrix = []
        for number in range(len(self.fits) - 1, -1, -1):
            total = math.fsum(map(float.__mul__, self.places[number], ahead))
            out.append([a * b / total for a, b in zip(self.matched[number], ahead, strict=True)])
            come = self.steps.back(list(map(float.__mul__, self.fits[number], ahead)))
            ahead = _unit([(1 - _UNMATCHED) * a + _UNMATCHED * b for a, b in zip(come, ahead, strict=True)])
        return out[::-1]


@dataclass(frozen=True, slots=True)
class _Steps:
    """How the place moves from one sentence to the next."""

    start: list[float]
    shares: tuple[tuple[int, float], ...]
    """Step → its weight."""
    sums: list[float]
    """Of the weights of all steps that can be taken from a place."""
    freedom: float

    @classmethod
    def of(cls, width: int, pace: float, freedom: float) -> _Steps:
        """Return the steps in a text of `width` sentences, `pace` of which go to one sentence of the other."""
        pace = min(3.0, max(0.3, pace))
        shares = tuple(
            (step, math.exp(-_DECAY * abs(step - pace) - (_BACK if step < 0 else 0.0)))
            for step in range(-2, math.ceil(pace) + _REACH + 1)
            if -width < step < width
        )
        sums = [math.fsum(share for step, share in shares if 0 <= at + step < width) for at in range(width)]
        first = _unit([math.exp(-_DECAY * at) for at in range(width)])
        return cls([(1 - freedom) * share + freedom / width for share in first], shares, sums, freedom)

    def on(self, place: Sequence[float]) -> list[float]:
        """Return where the place is after one step."""
        scaled = [(1 - self.freedom) * value / total for value, total in zip(place, self.sums, strict=True)]
        return self._spread(scaled, -1, self.freedom / len(place) * math.fsum(place))

    def back(self, values: Sequence[float]) -> list[float]:
        """Return what each place may expect of the values one step ahead."""
        anywhere = self.freedom / len(values) * math.fsum(values)
        found = self._spread(values, 1, 0.0)
        return [(1 - self.freedom) * value / total + anywhere for value, total in zip(found, self.sums, strict=True)]

    def _spread(self, values: Sequence[float], sign: int, start: float) -> list[float]:
        """Return `start` plus the values one step ahead (`sign` 1) or behind (-1), each step by its weight.

        The loop over places runs inside `map`: this is where comparing a story spends its time.
        """
        margin = [0.0] * len(values)
        padded = [*margin, *values, *margin]
        out = [start] * len(values)
        for step, share in self.shares:
            at = len(values) + sign * step
            out = list(map(float.__add__, out, map(share.__mul__, padded[at : at + len(values)])))
        return out


def _unit(values: Sequence[float]) -> list[float]:
    total = math.fsum(values)
    return [value / total for value in values]
