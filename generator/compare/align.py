"""Which sentences of several tellings say the same thing, in whatever order.

Three steps, each symmetric in its two texts, so that no order of the articles matters: how alike two sentences are
by themselves (`generator.compare.similarity`); where each should stand if the texts run in parallel
(`generator.compare.order`); and what stands around the pair, that is how far it outdoes its rivals, and whether third
tellings carry both sentences too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from math import exp, log, sqrt

from generator.compare.lanes import expected_of
from generator.compare.nearest import nearest, voices
from generator.compare.order import unordered
from generator.compare.profiles import Profile, profiles
from generator.compare.similarity import odds, odds_within
from generator.compare.thirds import thirds_of
from generator.model import Link
from generator.values import dataclass

Matrix = list[list[float]]
Repeats = Mapping[int, int]
"""Repeat → what it repeats, within one telling."""

#: From this probability on two sentences are held to say the same.
SAME = 0.36
#: What is not above this is not as likely, however it is rounded.
_HARDLY_SAME = SAME - 1e-6
#: Whatever stands around them, two sentences must show so much by themselves (log-odds),
LEAST = -3.5
#: or so much, where a third telling joins them as likely as this.
_LEAST_JOINED, _JOINED = -5.0, 0.2
#: In two texts that keep closely together more is asked for: so much for each point of closeness beyond half.
_CLOSE_SAME = 0.3
#: From this probability on a sentence repeats another of its own telling.
REPEATED = 0.8
#: From this one on, if the sentences before and after it surely repeat something, as in a digest.
PERHAPS_REPEATED = 0.4

#: Weights of a pair's circumstances: its own log-odds, its expected place, third tellings, rivals outdone, how closely
#: the two texts keep together, and that closeness times place and rivals. Fitted like those of `similarity`.
_OWN, _PLACE, _THIRD, _RIVALS, _CLOSE, _CLOSE_PLACE, _CLOSE_RIVALS = 0.411, 0.356, 0.55, 4.208, -1.55, 0.062, -1.227
_CONSTANT = -0.14
#: Keeps the log-odds of what is sure, or impossible, within bounds.
_LITTLE = 1e-3
#: What it counts for, in log-odds, that a third telling says the same as both, once every pair has been judged.
_AGREED = 3.0
#: So many third tellings count in full; of more, each counts for less.
_AGREEING = 3


def align(old: Sequence[str], new: Sequence[str]) -> list[Link]:
    """Return the links between the sentences of two texts, in the order of the old one.

    A link holds one sentence of either side, by its index; a sentence may stand in several. Its score, between 0 and
    1, is how likely the two say the same; `moved` is set on the fewest links whose removal leaves none that cross.

    >>> old = ["The bridge was closed to lorries on Monday.", "Nobody was hurt.", "The ferry will run twice an hour."]
    >>> new = ["The ferry now runs twice an hour.", "Lorries may not cross the bridge, which closed on Monday."]
    >>> [(link.old, link.new) for link in align(old, new)]
    [((0,), (1,)), ((2,), (0,))]
    """
    return list(align_story([old, new])[0, 1])


def align_story(
    texts: Sequence[Sequence[str]], *, repeats: Sequence[Repeats] | None = None
) -> dict[tuple[int, int], tuple[Link, ...]]:
    """Return the links of every pair of tellings `(i, j)`, i < j, in the order of telling i.

    Words are weighed by their rarity in the whole story, and a pair of sentences that third tellings carry too gains
    by it, once for each telling, however often that telling repeats itself.

    Args:
        texts: the tellings' sentences.
        repeats: of each telling the sentences that repeat another of it (`self_repeats`), and which; they are linked to
            nothing, and what they resemble is held to resemble what they repeat. None: every sentence has its links.
    """
    matrices = score_matrices(texts, repeats=repeats)
    if repeats is None:
        return {pair: _links(matrix) for pair, matrix in matrices.items()}
    kept = _kept(texts, repeats)
    return {
        (i, j): tuple(
            Link((kept[i][link.old[0]],), (kept[j][link.new[0]],), link.score, moved=link.moved)
            for link in _links(matrix)
        )
        for (i, j), matrix in matrices.items()
    }


def score_matrices(
    texts: Sequence[Sequence[str]], *, repeats: Sequence[Repeats] | None = None
) -> dict[tuple[int, int], Matrix]:
    """Return the probability, for every pair of tellings, that two of their sentences say the same.

    Args:
        texts: as for `align_story`.
        repeats: likewise; those that are given have no row and no column.
    """
    found = profiles(texts, repeats or ())
    shown = odds(found)
    if repeats is None:
        originals = [{repeat: of for repeat, of, _ in _repeats(own)} for own in found]
        sizes = [len(own) for own in found]
    else:
        kept = _kept(texts, repeats)
        shown = {(i, j): _folded(m, (repeats[i], repeats[j]), (kept[i], kept[j])) for (i, j), m in shown.items()}
        originals, sizes = [{} for _ in found], [len(own) for own in kept]
    alone = {pair: [list(map(_logistic, row)) for row in matrix] for pair, matrix in shown.items()}
    close = {pair: _closeness(matrix) for pair, matrix in alone.items()}
    heard, ordered = voices(close, texts), nearest(close, len(texts))
    thirds = thirds_of(alone, sizes, heard)
    likely = {
        (i, j): _judged(
            _Shown(shown[i, j], alone[i, j], thirds[i, j], close[i, j], *places), originals[i], originals[j]
        )
        for (i, j), places in _places(shown, ordered)
    }
    judged = {
        pair: likely[pair] if pair in likely else [[0.0] * len(row) for row in matrix] for pair, matrix in shown.items()
    }
    thirds, weight = thirds_of(judged, sizes, heard), _AGREED * min(1.0, _AGREEING / max(1, len(heard) - 2))
    return {pair: _agreed(matrix, shown[pair], thirds[pair], weight) for pair, matrix in judged.items()}


def self_repeats(sentences: Sequence[str]) -> tuple[tuple[int, int, float], ...]:
    """Return `(repeat, of, score)` for every sentence that repeats another of the same telling, ascending.

    Of two that say the same, the repeat is the one whose neighbours repeat something too, as in a digest or a list of
    questions and answers; failing that the one that says less; failing that the later. No sentence is both.
    """
    return tuple((repeat, of, score) for repeat, of, score in _repeats(profiles([sentences])[0]))


def _kept(texts: Sequence[Sequence[str]], repeats: Sequence[Repeats]) -> list[list[int]]:
    """Return of each telling the sentences that repeat nothing."""
    return [[n for n in range(len(text)) if n not in own] for text, own in zip(texts, repeats, strict=True)]


def _folded(matrix: Matrix, repeats: tuple[Repeats, Repeats], kept: tuple[Sequence[int], Sequence[int]]) -> Matrix:
    """Return what the kept sentences of two tellings show, each together with its repeats: the most that one shows."""
    rows = {a: list(matrix[a]) for a in kept[0]}
    for repeat, of in repeats[0].items():
        if of in rows:
            rows[of] = list(map(max, rows[of], matrix[repeat]))
    for row in rows.values():
        for repeat, of in repeats[1].items():
            row[of] = max(row[of], row[repeat])
    return [[row[b] for b in kept[1]] for row in rows.values()]


# ---------------------------------------------------------------------------- scores


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
    along: Matrix
    """How likely each sentence stands where the other does, read along the rows."""
    across: Matrix
    """The same along the columns."""


def _places(
    shown: Mapping[tuple[int, int], Matrix], ordered: frozenset[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], tuple[Matrix, Matrix]]]:
    """Yield where the sentences of two tellings should stand, of all two that may have one in common, in any order.

    Args:
        shown: log-odds of every two tellings' sentences.
        ordered: of which two one may follow the other's order.
    """
    asked = {
        pair: matrix for pair, matrix in shown.items() if any(own >= _LEAST_JOINED for row in matrix for own in row)
    }
    yield from expected_of({pair: matrix for pair, matrix in asked.items() if pair in ordered})
    yield from ((pair, unordered(matrix)) for pair, matrix in asked.items() if pair not in ordered)


def _judged(pair: _Shown, rows: Repeats, columns: Repeats) -> Matrix:
    """Return probabilities from log-odds and circumstances."""
    shown, thirds, close, along, across = pair.odds, pair.thirds, pair.close, pair.along, pair.across
    likely = [
        [sqrt(a * b) + 0.02 * p for a, b, p in zip(*cells, strict=True)]
        for cells in zip(along, across, pair.alone, strict=True)
    ]
    outdone = _outdone(likely, rows, columns)
    beyond = max(0.0, close - 0.5)
    constant = _CONSTANT - math.log(
        (SAME + _CLOSE_SAME * beyond) / (1 - SAME - _CLOSE_SAME * beyond) * (1 - SAME) / SAME
    )
    place, rivals = _PLACE + _CLOSE_PLACE * close, _RIVALS + _CLOSE_RIVALS * close
    steady = constant + _CLOSE * close
    return [
        [
            _logistic(
                steady
                + _OWN * own
                + place * log((here + _LITTLE) / (1 - here + _LITTLE) * (there + _LITTLE) / (1 - there + _LITTLE))
                + _THIRD * third
                + rivals * beaten
            )
            if own >= _LEAST_JOINED
            else 0.0
            for own, here, there, third, beaten in zip(*cells, strict=True)
        ]
        for cells in zip(shown, along, across, thirds, outdone, strict=True)
    ]


def _agreed(matrix: Matrix, shown: Matrix, thirds: Matrix, weight: float) -> Matrix:
    """Return probabilities with what third tellings say by their own links: if A is B and B is C, A is C."""
    return [
        [
            (_logistic(_log_odds(value) + weight * third) if value and third else value)
            if own >= LEAST or third >= _JOINED
            else 0.0
            for value, own, third in zip(*rows, strict=True)
        ]
        for rows in zip(matrix, shown, thirds, strict=True)
    ]


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-value)) if value > -700 else 0.0


def _log_odds(probability: float) -> float:
    return log((probability + _LITTLE) / (1 - probability + _LITTLE))


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


# ---------------------------------------------------------------------------- links


def _links(matrix: Matrix) -> tuple[Link, ...]:
    """Return the likely pairs in which at least one sentence has found its best partner."""
    if not matrix or not matrix[0]:
        return ()
    best_of_row = [round(max(row), 9) for row in matrix]  # no order of adding may decide a tie
    best_of_column = [round(max(column), 9) for column in zip(*matrix, strict=True)]
    found = [
        Link((a,), (b,), round(rounded, 4))
        for a, row in enumerate(matrix)
        if best_of_row[a] >= SAME
        for b, value in enumerate(row)
        if value > _HARDLY_SAME
        and (rounded := round(value, 9)) >= SAME
        and rounded in (best_of_row[a], best_of_column[b])
    ]
    return marked(found)


def marked(links: Sequence[Link]) -> tuple[Link, ...]:
    """Return links, ordered by their old side, with `moved` set on the fewest whose removal leaves no crossing.

    Among equally few those move that stand farthest from the other side's place, as in NewsEdits (Spangher et al.
    2022); among equals the earlier links stay.
    """
    kept = _chain(links)
    return tuple(Link(link.old, link.new, link.score, moved=n not in kept) for n, link in enumerate(links))


def _chain(links: Sequence[Link]) -> frozenset[int]:
    """Return the indices of the heaviest chain of links that do not cross one another."""
    rows = max((link.old[-1] for link in links), default=0) + 1
    columns = max((link.new[-1] for link in links), default=0) + 1
    ends = [(max(link.old), max(link.new)) for link in links]
    starts = [(min(link.old), min(link.new)) for link in links]
    if all(end[0] <= start[0] and end[1] <= start[1] for end, start in zip(ends, starts[1:], strict=False)):
        return frozenset(range(len(links)))
    best: list[tuple[float, int]] = []
    for link, (old, new) in zip(links, starts, strict=True):
        before = max(
            [
                (reached[0], -m)
                for m, (reached, end) in enumerate(zip(best, ends, strict=False))
                if end[0] <= old and end[1] <= new
            ],
            default=(0.0, 1),
        )
        shift = abs(link.old[0] / rows - link.new[0] / columns)
        best.append((round(before[0] + 1 - shift / 2, 9), -before[1]))
    at = max(range(len(best)), key=lambda n: (best[n][0], -n), default=-1)
    kept: set[int] = set()
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    return frozenset(kept)


# ---------------------------------------------------------------------------- repeats


@dataclass(frozen=True, slots=True)
class _Twin:
    """Two sentences of one telling that say the same."""

    one: int
    other: int
    score: float


def _repeats(own: Sequence[Profile]) -> list[tuple[int, int, float]]:
    """Return `(repeat, of, score)`, ascending; the likeliest twins are told apart first."""
    twins = _twins(own)
    busy = {n for twin in twins for n in (twin.one, twin.other)}
    found: dict[int, tuple[int, int, float]] = {}
    originals: set[int] = set()
    for twin in sorted(twins, key=lambda twin: (-twin.score, twin.one, twin.other)):
        repeat, of = _told_apart(twin, own, busy)
        if repeat not in found and repeat not in originals and of not in found:
            found[repeat] = repeat, of, round(twin.score, 4)
            originals.add(of)
    return sorted(found.values())


def _twins(own: Sequence[Profile]) -> list[_Twin]:
    """Return the pairs of sentences that say the same: surely, or likely and between two that surely do."""
    scored = [
        _Twin(a, b, score)
        for a, row in enumerate(odds_within(own))
        for b, value in enumerate(row, a + 1)
        if (score := _logistic(value)) >= PERHAPS_REPEATED
    ]
    sure = {n for twin in scored if twin.score >= REPEATED for n in (twin.one, twin.other)}
    return [
        twin for twin in scored if twin.score >= REPEATED or any({n - 1, n + 1} <= sure for n in (twin.one, twin.other))
    ]


def _told_apart(twin: _Twin, own: Sequence[Profile], busy: set[int]) -> tuple[int, int]:
    """Return the repeat and what it repeats."""

    def key(n: int) -> tuple[int, float, int]:
        return -len(busy & {n - 1, n + 1}), own[n].mass, -n

    return (twin.one, twin.other) if key(twin.one) < key(twin.other) else (twin.other, twin.one)
