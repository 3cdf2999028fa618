"""Which texts are largely the same text, without comparing every pair.

Sets of word 5-grams (shingles, Broder 1997). Few texts are joined exactly by prefix filtering (Chaudhuri et al. 2006):
two sets that share enough must share one of the rarest members of the smaller set, so only those are looked up. Of many
texts only samples are held (`generator.compare.marks`), and the texts of the pairs that look alike are measured.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, starmap
from typing import TYPE_CHECKING

from generator.compare.arrays import numbers
from generator.compare.bytewise import words
from generator.compare.marks import WIDTH, likely, marks
from generator.compare.remembered import of_texts
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.compare.readings import Words

#: From here on two texts are near-duplicates: share of all shingles, or share of the shorter text's.
JACCARD, CONTAINMENT = 0.5, 0.8
#: A text of fewer shingles is too short to be found inside another.
SHORT = 10
#: So many steps do a sample and the shingles of a pair take without arrays, roughly.
_STEPS, _PAIR_STEPS = 1000, 4000
#: Of so many texts all shingles are held.
FEW = 256

Copy = tuple[int, int, float, float]
"""`(i, j, jaccard, containment)`, i < j."""
Shingles = frozenset[bytes]
Counts = tuple[int, int, int]
"""How many shingles the one text has, how many the other, and how many are in both."""


def near_duplicates(texts: Sequence[str]) -> list[Copy]:
    """Return `(i, j, jaccard, containment)`, i < j, ascending, of all pairs that are largely the same text.

    Both figures are shares of word 5-grams between 0 and 1; a pair is returned if its Jaccard index is at least
    `JACCARD`, or if at least `CONTAINMENT` of the shorter text stands in the other. The figures are exact; of more than
    `FEW` texts a pair may be missed, as `generator.compare.marks` says. Texts are read one by one, some again.
    """
    if len(texts) <= FEW:
        return copies([shingles(text) for text in texts])
    np = numbers(_STEPS * len(texts))
    if not np:
        return measured(likely(list(map(marks, texts))), texts.__getitem__)
    from generator.compare import samples  # what it imports is for many texts

    sampler = samples.Sampler(np)
    return measured(samples.likely(np, sampler.samples(texts)), texts.__getitem__, sampler.words)


def copies(sets: Sequence[Shingles]) -> list[Copy]:
    """Return what `near_duplicates` does of texts that are given as their `shingles`."""
    spread = Counter(key for one in sets for key in one)
    index: dict[bytes, list[int]] = {}
    for number, one in enumerate(sets):
        for key in one:
            if spread[key] > 1:
                index.setdefault(key, []).append(number)
    pairs = ((n, other) for n in range(len(sets)) for other in _candidates(n, sets, spread, index))
    ordered = sorted({(min(pair), max(pair)) for pair in pairs})
    return list(_largely_the_same(ordered, starmap(_counter(sets.__getitem__), ordered)))


def measured(pairs: Iterable[tuple[int, int]], text_of: Callable[[int], str], read: Words | None = None) -> list[Copy]:
    """Return those of *pairs* (i < j) that are largely the same text, ascending.

    :param text_of: number → text; some are asked for again, where there are many.
    :param read: what has read the texts already.
    """
    ordered = sorted(pairs)
    by_sets = _counter(lru_cache(maxsize=FEW)(lambda number: shingles(text_of(number))))
    np = numbers(_PAIR_STEPS * len(ordered))
    if not np:
        return list(_largely_the_same(ordered, starmap(by_sets, ordered)))
    from generator.compare.overlaps import Overlaps  # what it imports is for many texts

    by_arrays = Overlaps(np, text_of, read).counts(ordered)
    return list(
        _largely_the_same(ordered, (counts or by_sets(*pair) for pair, counts in zip(ordered, by_arrays, strict=True)))
    )


def _counter(shingles_of: Callable[[int], Shingles]) -> Callable[[int, int], Counts]:
    """Return what counts the shingles of two texts."""

    def counts(i: int, j: int) -> Counts:
        one, other = shingles_of(i), shingles_of(j)
        return len(one), len(other), len(one & other)

    return counts


def _largely_the_same(pairs: Iterable[tuple[int, int]], counted: Iterable[Counts]) -> Iterator[Copy]:
    for (i, j), (one, other, both) in zip(pairs, counted, strict=True):
        if least := min(one, other):
            jaccard, containment = _likeness(one, other, both)
            if jaccard >= JACCARD or (containment >= CONTAINMENT and least >= SHORT):
                yield i, j, jaccard, containment


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of two texts' word 5-grams is in both: of all of theirs, and of the shorter text's."""

    jaccard: float
    containment: float
    long_enough: bool
    """Whether the shorter text is long enough for its containment to say anything."""


@of_texts(1)
def likenesses(*texts: str) -> Mapping[tuple[int, int], Likeness]:
    """Return of every pair of texts, i < j, how much of them is the same; for the few texts of one story."""
    sets = [shingles(text) for text in texts]
    found = {}
    for (i, one), (j, other) in combinations(enumerate(sets), 2):
        least = min(len(one), len(other))
        likeness = _likeness(len(one), len(other), len(one & other)) if least else (0.0, 0.0)
        found[i, j] = Likeness(*likeness, least >= SHORT)
    return found


def near_duplicates_within(texts: Sequence[str]) -> list[Copy]:
    """Return what `near_duplicates` does of the texts of one story, whose `likenesses` the comparison has asked for."""
    return [
        (i, j, found.jaccard, found.containment)
        for (i, j), found in likenesses(*texts).items()
        if found.jaccard >= JACCARD or (found.long_enough and found.containment >= CONTAINMENT)
    ]


def _likeness(one: int, other: int, both: int) -> tuple[float, float]:
    """Return the Jaccard index and the containment of two sets by their sizes and how many members are in both."""
    return both / (one + other - both), both / min(one, other)


def _candidates(
    number: int,
    sets: Sequence[Shingles],
    spread: Mapping[bytes, int],
    index: Mapping[bytes, Sequence[int]],
) -> set[int]:
    """Return the texts, as long as this one or longer, that share one of its rarest shingles.

    If |A| ≤ |B|, a Jaccard index of J asks for J / (1 + J) · (|A| + |B|) ≥ 2J / (1 + J) · |A| common members.
    """
    size = len(sets[number])
    needed = min(2 * JACCARD / (1 + JACCARD), CONTAINMENT) * size
    prefix = sorted(sets[number], key=lambda key: (spread[key], key))[: int(size - needed) + 1]
    near = {other for key in prefix for other in index.get(key, ())}
    return {other for other in near if (len(sets[other]), other) > (size, number)}


def shingles(text: str) -> Shingles:
    """Return a text's word 5-grams; a text of fewer words is one, an empty one has none."""
    printed = words(text)
    if 0 < len(printed) < WIDTH:
        return frozenset([b" ".join(printed)])
    return frozenset(map(b" ".join, zip(*(printed[at:] for at in range(WIDTH)), strict=False)))
