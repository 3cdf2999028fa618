"""How likely two sentences of two tellings say the same, by all that stands around them.

How alike they are by themselves is known (`generator.compare.similarity`). To that comes where each should stand if the
texts run in parallel (`generator.compare.order`), how far the pair outdoes its rivals, and whether third tellings carry
both sentences too (`generator.compare.thirds`). Each step is symmetric in its two texts, so that no order of the
articles matters.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from math import exp, log, sqrt

from generator.compare.nearest import nearest, voices
from generator.compare.order import expected, unordered
from generator.compare.thirds import thirds_of
from generator.values import dataclass

Matrix = list[list[float]]
Two = tuple[int, int]
"""Two tellings `(i, j)`, i < j."""
Repeats = Mapping[int, int]
"""Repeat → what it repeats, within one telling."""

#: From this probability on two sentences are held to say the same.
SAME = 0.36
#: Whatever stands around them, two sentences must show so much by themselves (log-odds),
LEAST = -3.5
#: or so much, where a third telling joins them as likely as this.
LEAST_JOINED, JOINED = -5.0, 0.2
#: In two texts that keep closely together more is asked for: so much for each point of closeness beyond half.
_CLOSE_SAME = 0.3
#: Weights of a pair's circumstances: its own log-odds, its expected place, third tellings, rivals outdone, how closely
#: the two texts keep together, and that closeness times place and rivals. Fitted like those of `similarity`.
OWN, _PLACE, THIRD, _RIVALS, _CLOSE, _CLOSE_PLACE, _CLOSE_RIVALS = 0.411, 0.356, 0.55, 4.208, -1.55, 0.062, -1.227
_CONSTANT = -0.14
#: Keeps the log-odds of what is sure, or impossible, within bounds.
LITTLE = 1e-3
#: What it counts for, in log-odds, that a third telling says the same as both, once every pair has been judged.
_AGREED = 3.0
#: So many third tellings count in full; of more, each counts for less.
_AGREEING = 3


def judged(
    shown: Mapping[Two, Matrix], texts: Sequence[Sequence[str]], sizes: Sequence[int], originals: Sequence[Repeats]
) -> dict[Two, Matrix]:
    """Return the probability, for every two tellings, that two of their sentences say the same.

    Args:
        shown: log-odds of their sentences by themselves, for every two tellings.
        texts: all tellings, by which equal ones are told apart.
        sizes: how many sentences of each are judged.
        originals: of each telling the sentences that repeat another of it, which are no rivals to that.
    """
    alone = {pair: [list(map(logistic, row)) for row in matrix] for pair, matrix in shown.items()}
    close = {pair: _closeness(matrix) for pair, matrix in alone.items()}
    heard, ordered = voices(close, texts), nearest(close, len(texts))
    thirds = thirds_of(alone, sizes, heard)
    found = {
        (i, j): _judged(
            _Shown(matrix, alone[i, j], thirds[i, j], close[i, j], (i, j) in ordered), originals[i], originals[j]
        )
        for (i, j), matrix in shown.items()
    }
    thirds, weight = thirds_of(found, sizes, heard), agreement(heard)
    return {pair: _agreed(matrix, shown[pair], thirds[pair], weight) for pair, matrix in found.items()}


def folded(matrix: Matrix, repeats: tuple[Repeats, Repeats], kept: tuple[Sequence[int], Sequence[int]]) -> Matrix:
    """Return what the kept sentences of two tellings show, each together with its repeats: the most that one shows."""
    rows = {a: list(matrix[a]) for a in kept[0]}
    for repeat, of in repeats[0].items():
        if of in rows:
            rows[of] = list(map(max, rows[of], matrix[repeat]))
    for row in rows.values():
        for repeat, of in repeats[1].items():
            row[of] = max(row[of], row[repeat])
    return [[row[b] for b in kept[1]] for row in rows.values()]


def weights(close: float) -> tuple[float, float, float]:
    """Return what closeness makes of the constant, and of the weights of the place and of rivals outdone."""
    beyond = max(0.0, close - 0.5)
    constant = _CONSTANT - math.log(
        (SAME + _CLOSE_SAME * beyond) / (1 - SAME - _CLOSE_SAME * beyond) * (1 - SAME) / SAME
    )
    return constant + _CLOSE * close, _PLACE + _CLOSE_PLACE * close, _RIVALS + _CLOSE_RIVALS * close


def agreement(heard: Sequence[int]) -> float:
    """Return what it counts that third tellings say the same, by how many are heard."""
    return _AGREED * min(1.0, _AGREEING / max(1, len(heard) - 2))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is known of the sentences of two tellings before they are judged."""

    odds: Matrix
    """Their own log-odds."""
    alone: Matrix
    """The same as probabilities."""
    thirds: Matrix
    close: float
    """How closely the tellings keep together."""
    ordered: bool
    """Whether one may follow the other's order."""


def _judged(pair: _Shown, rows: Repeats, columns: Repeats) -> Matrix:
    """Return probabilities from log-odds and circumstances."""
    shown, thirds, close = pair.odds, pair.thirds, pair.close
    if not any(own >= LEAST_JOINED for row in shown for own in row):
        return [[0.0] * len(row) for row in shown]
    along, across = expected(shown) if pair.ordered else unordered(shown)
    likely = [
        [sqrt(a * b) + 0.02 * p for a, b, p in zip(*cells, strict=True)]
        for cells in zip(along, across, pair.alone, strict=True)
    ]
    outdone = _outdone(likely, rows, columns)
    steady, place, rivals = weights(close)
    return [
        [
            logistic(
                steady
                + OWN * own
                + place * log((here + LITTLE) / (1 - here + LITTLE) * (there + LITTLE) / (1 - there + LITTLE))
                + THIRD * third
                + rivals * beaten
            )
            if own >= LEAST_JOINED
            else 0.0
            for own, here, there, third, beaten in zip(*cells, strict=True)
        ]
        for cells in zip(shown, along, across, thirds, outdone, strict=True)
    ]


def _agreed(matrix: Matrix, shown: Matrix, thirds: Matrix, weight: float) -> Matrix:
    """Return probabilities with what third tellings say by their own links: if A is B and B is C, A is C."""
    return [
        [
            (logistic(_log_odds(value) + weight * third) if value and third else value)
            if own >= LEAST or third >= JOINED
            else 0.0
            for value, own, third in zip(*rows, strict=True)
        ]
        for rows in zip(matrix, shown, thirds, strict=True)
    ]


def logistic(value: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + exp(-value)) if value > -700 else 0.0


def _log_odds(probability: float) -> float:
    return log((probability + LITTLE) / (1 - probability + LITTLE))


def _closeness(alone: Matrix) -> float:
    """Return how sure sentences are of their best partners on average: near 1 for two drafts of one text."""
    if not alone or not alone[0]:
        return 0.0
    rows = [max(row) for row in alone]
    columns = [max(column) for column in zip(*alone, strict=True)]
    return (math.fsum(rows) / len(rows) + math.fsum(columns) / len(columns)) / 2


def _outdone(likely: Matrix, rows: Repeats, columns: Repeats) -> Matrix:
    """Return how far each pair outdoes its best rival, .5 for equals, in its row or its column, the lesser of both."""
    along = [_against_rivals(row, columns) for row in likely]
    across = [_against_rivals(column, rows) for column in zip(*likely, strict=True)]
    return [[min(value, across[b][a]) for b, value in enumerate(row)] for a, row in enumerate(along)]


def _against_rivals(values: Sequence[float], originals: Repeats) -> list[float]:
    """Return value / (value + best other) of each; a sentence's repeats in its own telling are no rivals to it."""
    if not originals:
        best = max(values)
        others = list(values)
        others.remove(best)
        second = max(others, default=0.0)
        return [value / (value + (second if value == best else best) + 1e-6) for value in values]
    order = sorted(range(len(values)), key=lambda n: (-values[n], n))
    out = []
    for n, value in enumerate(values):
        rival = next((values[m] for m in order if m != n and originals.get(m) != n), 0.0)
        out.append(value / (value + rival + 1e-6))
    return out
