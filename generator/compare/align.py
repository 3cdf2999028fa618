"""Which sentences of several tellings say the same thing, in whatever order.

How alike two sentences are by themselves is told by `generator.compare.similarity`, how likely they say the same by
`generator.compare.judging` or, where there is much to judge, by `generator.compare.cells`. Here stands what follows:
which are linked, which of the links have moved, and which sentences repeat another of their own telling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from generator.compare.arrays import numbers
from generator.compare.cells import Scores
from generator.compare.judging import SAME, Matrix, Repeats, Two, folded, judged, logistic
from generator.compare.profiles import Profile, profiles
from generator.compare.similarity import odds, odds_within
from generator.model import Link
from generator.values import dataclass

#: Steps of arithmetic that two sentences take to be judged one by one; and of so few arrays are no sooner done.
_STEPS, _FEW = 800, 100
#: What is not above this is not as likely as it must be, however it is rounded.
_HARDLY_SAME = SAME - 1e-6
#: From this probability on a sentence repeats another of its own telling.
REPEATED = 0.8
#: From this one on, if the sentences before and after it surely repeat something, as in a digest.
PERHAPS_REPEATED = 0.4
#: Log-odds below that of any such probability.
_LOW = -0.5


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
    scores = _scores(texts, repeats)
    if isinstance(scores, Scores):
        likely = scores.likely(_HARDLY_SAME)
    else:
        likely = {pair: list(_likely(matrix)) for pair, matrix in scores.items()}
    if repeats is None:
        return {pair: _links(cells) for pair, cells in likely.items()}
    kept = _kept(texts, repeats)
    return {
        (i, j): tuple(
            Link((kept[i][link.old[0]],), (kept[j][link.new[0]],), link.score, moved=link.moved)
            for link in _links(cells)
        )
        for (i, j), cells in likely.items()
    }


def score_matrices(texts: Sequence[Sequence[str]], *, repeats: Sequence[Repeats] | None = None) -> dict[Two, Matrix]:
    """Return the probability, for every pair of tellings, that two of their sentences say the same.

    Args:
        texts: as for `align_story`.
        repeats: likewise; those that are given have no row and no column.
    """
    scores = _scores(texts, repeats)
    return scores.matrices() if isinstance(scores, Scores) else scores


def _scores(texts: Sequence[Sequence[str]], repeats: Sequence[Repeats] | None) -> dict[Two, Matrix] | Scores:
    found = profiles(texts, repeats or ())
    shown = odds(found)
    if repeats is None:
        originals = [{repeat: of for repeat, of, _ in _repeats(own)} for own in found]
        return judged(shown, texts, [len(own) for own in found], originals)
    kept = _kept(texts, repeats)
    sizes = [len(own) for own in kept]
    cells = sum(one * other for one, other in combinations(sizes, 2))
    np = numbers(_STEPS * cells) if cells > _FEW else None
    if np:
        return Scores.of(np, shown, texts, kept, repeats)
    shown = {(i, j): folded(m, (repeats[i], repeats[j]), (kept[i], kept[j])) for (i, j), m in shown.items()}
    return judged(shown, texts, sizes, [{} for _ in found])


def self_repeats(sentences: Sequence[str]) -> tuple[tuple[int, int, float], ...]:
    """Return `(repeat, of, score)` for every sentence that repeats another of the same telling, ascending.

    Of two that say the same, the repeat is the one whose neighbours repeat something too, as in a digest or a list of
    questions and answers; failing that the one that says less; failing that the later. No sentence is both.
    """
    return tuple((repeat, of, score) for repeat, of, score in _repeats(profiles([sentences])[0]))


def _kept(texts: Sequence[Sequence[str]], repeats: Sequence[Repeats]) -> list[list[int]]:
    """Return of each telling the sentences that repeat nothing."""
    return [[n for n in range(len(text)) if n not in own] for text, own in zip(texts, repeats, strict=True)]


# ---------------------------------------------------------------------------- links


Likely = tuple[int, int, float, float, float]
"""A sentence and another, how likely they say the same, and each with whichever is likeliest."""


def _likely(matrix: Matrix) -> Iterator[Likely]:
    """Yield what is likely enough of two tellings, by rows."""
    columns = [max(column) for column in zip(*matrix, strict=True)]
    for a, row in enumerate(matrix):
        best = max(row, default=0.0)
        if best > _HARDLY_SAME:
            yield from ((a, b, value, best, columns[b]) for b, value in enumerate(row) if value > _HARDLY_SAME)


def _links(likely: Iterable[Likely]) -> tuple[Link, ...]:
    """Return the likely pairs in which at least one sentence has found its best partner."""
    found = [
        Link((a,), (b,), round(rounded, 4))
        for a, b, value, best_of_row, best_of_column in likely
        if (rounded := round(value, 9)) >= SAME  # no order of adding may decide a tie
        and rounded in (round(best_of_row, 9), round(best_of_column, 9))
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
        for b, row in enumerate(odds_within(own))
        for a, value in enumerate(row)
        if value > _LOW and (score := logistic(value)) >= PERHAPS_REPEATED
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
