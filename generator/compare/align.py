"""Which sentences of several tellings say the same thing, in whatever order.

How alike two sentences are by themselves is told by `generator.compare.similarity`, how likely they say the same by
`generator.compare.judging`; where there is much to judge, by `generator.compare.evidence` and by
`generator.compare.cells`. Here stands what follows: which are linked, and which of the links have moved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from generator.compare.arrays import numbers
from generator.compare.cells import Scores
from generator.compare.evidence import across
from generator.compare.holdings import holdings
from generator.compare.judging import SAME, Matrix, Repeats, Two, folded, judged
from generator.compare.profiles import profiles, traits
from generator.compare.repeats import repeats_of
from generator.compare.similarity import odds
from generator.model import Link
from generator.values import maker

#: Steps of arithmetic that two sentences take to be judged one by one; and of so few arrays are no sooner done.
_STEPS, _FEW = 800, 100
#: Probabilities are compared by so many digits: no order of adding may decide a tie.
_DIGITS = 9
#: What is not above this is not as likely as it must be, however it is rounded.
_HARDLY_SAME = SAME - 1e-6
#: What is further than this below another is less, however both are rounded.
_NO_TIE = 2 * 10**-_DIGITS


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
        repeats: of each telling the sentences that repeat another of it (`generator.compare.repeats`), and which; they
            are linked to nothing, and what they resemble is held to resemble what they repeat. None: every sentence has
            its links.
    """
    scores = _scores(texts, repeats)
    if isinstance(scores, Scores):
        likely = scores.likely(_HARDLY_SAME, _NO_TIE)
    else:
        likely = {pair: list(_likely(matrix)) for pair, matrix in scores.items()}
    kept = _kept(texts, repeats) if repeats else [range(len(text)) for text in texts]
    return {(i, j): _links(cells, kept[i], kept[j]) for (i, j), cells in likely.items()}


def score_matrices(texts: Sequence[Sequence[str]], *, repeats: Sequence[Repeats] | None = None) -> dict[Two, Matrix]:
    """Return the probability, for every pair of tellings, that two of their sentences say the same.

    Args:
        texts: as for `align_story`.
        repeats: likewise; those that are given have no row and no column.
    """
    scores = _scores(texts, repeats)
    return scores.matrices() if isinstance(scores, Scores) else scores


def _scores(texts: Sequence[Sequence[str]], repeats: Sequence[Repeats] | None) -> dict[Two, Matrix] | Scores:
    if repeats is None:
        found = profiles(texts)
        originals = [
            {repeat: of for repeat, of, _ in repeats_of(dict(enumerate(own)), list(map(traits, text)))}
            for own, text in zip(found, texts, strict=True)
        ]
        return judged(odds(found), texts, [len(own) for own in found], originals)
    kept = _kept(texts, repeats)
    sizes = [len(own) for own in kept]
    cells = sum(one * other for one, other in combinations(sizes, 2))
    np = numbers(_STEPS * cells) if cells > _FEW else None
    if np:
        return Scores.of(np, across(holdings(np, texts), repeats), texts, kept, repeats)
    shown = odds(profiles(texts, repeats))
    shown = {(i, j): folded(m, (repeats[i], repeats[j]), (kept[i], kept[j])) for (i, j), m in shown.items()}
    return judged(shown, texts, sizes, [{} for _ in texts])


def _kept(texts: Sequence[Sequence[str]], repeats: Sequence[Repeats]) -> list[list[int]]:
    """Return of each telling the sentences that repeat nothing."""
    return [[n for n in range(len(text)) if n not in own] for text, own in zip(texts, repeats, strict=True)]


# ---------------------------------------------------------------------------- links


Likely = tuple[int, int, float, float]
"""A sentence and another, how likely they say the same; of what each says with its likeliest partner, the lesser."""


def _likely(matrix: Matrix) -> Iterator[Likely]:
    """Yield what is likely enough of two tellings, by rows."""
    columns = [max(column) for column in zip(*matrix, strict=True)]
    for a, row in enumerate(matrix):
        best = max(row, default=0.0)
        if best > _HARDLY_SAME:
            yield from ((a, b, value, min(best, columns[b])) for b, value in enumerate(row) if value > _HARDLY_SAME)


_made = maker(Link)


def _links(likely: Iterable[Likely], old: Sequence[int], new: Sequence[int]) -> tuple[Link, ...]:
    """Return the likely pairs in which at least one sentence has found its best partner.

    Args:
        likely: pairs of sentences that were judged.
        old: the places of these in the one telling.
        new: and in the other.
    """
    found = [
        (a, b, rounded)
        for a, b, value, best in likely
        if value >= best - _NO_TIE
        and (rounded := round(value, _DIGITS)) >= SAME
        and (value == best or rounded == round(best, _DIGITS))
    ]
    places = [(a, b) for a, b, _ in found]
    kept = _chain(places, places)
    return tuple([_made((old[a],), (new[b],), round(score, 4), n not in kept) for n, (a, b, score) in enumerate(found)])


def marked(links: Sequence[Link]) -> tuple[Link, ...]:
    """Return links, ordered by their old side, with `moved` set on the fewest whose removal leaves no crossing.

    Among equally few those move that stand farthest from the other side's place, as in NewsEdits (Spangher et al.
    2022); among equals the earlier links stay.
    """
    kept = _chain([(link.old[0], link.new[0]) for link in links], [(link.old[-1], link.new[-1]) for link in links])
    return tuple([replace(link, moved=n not in kept) for n, link in enumerate(links)])


def _chain(starts: Sequence[tuple[int, int]], ends: Sequence[tuple[int, int]]) -> Collection[int]:
    """Return the indices of the heaviest chain of links that do not cross one another.

    Args:
        starts: where each link begins on both sides.
        ends: and ends.
    """
    if all(end[0] <= start[0] and end[1] <= start[1] for end, start in zip(ends, starts[1:], strict=False)):
        return range(len(starts))
    rows, columns = (max(side) + 1 for side in zip(*ends, strict=True))
    best: list[float] = []
    ways: list[int] = []
    for old, new in starts:
        most, way = 0.0, -1
        for m, (reached, end) in enumerate(zip(best, ends, strict=False)):
            if reached > most and end[0] <= old and end[1] <= new:
                most, way = reached, m
        shift = abs(old / rows - new / columns)
        best.append(round(most + 1 - shift / 2, 9))
        ways.append(way)
    at = best.index(max(best))
    kept: set[int] = set()
    while at >= 0:
        kept.add(at)
        at = ways[at]
    return kept
