"""Which texts are largely the same text, without comparing every pair.

Sets of word 5-grams (shingles, Broder 1997), joined exactly by prefix filtering (Chaudhuri et al. 2006): two sets that
share enough must share one of the rarest members of the smaller set, so only those are looked up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.compare.text import normal

#: From here on two texts are near-duplicates: share of all shingles, or share of the shorter text's.
JACCARD, CONTAINMENT = 0.5, 0.8
#: A text of fewer shingles is too short to be found inside another.
SHORT = 10

_WIDTH = 5
_WORD = re.compile(r"\w+")
_PRIME, _MASK = 1_000_003, (1 << 61) - 1


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, int, float, float]]:
    """Return `(i, j, jaccard, containment)`, i < j, ascending, of all pairs that are largely the same text.

    Both figures are shares of word 5-grams between 0 and 1; a pair is returned if its Jaccard index is at least
    `JACCARD`, or if at least `CONTAINMENT` of the shorter text stands in the other.
    """
    sets = _shingle_sets(texts)
    spread = Counter(key for one in sets for key in one)
    index: dict[int, list[int]] = {}
    for number, one in enumerate(sets):
        for key in one:
            if spread[key] > 1:
                index.setdefault(key, []).append(number)
    found = []
    for number, one in enumerate(sets):
        for other in sorted(_candidates(number, sets, spread, index)):
            pair = _measured(number, other, one, sets[other])
            if pair[2] >= JACCARD or (pair[3] >= CONTAINMENT and len(one) >= SHORT):
                found.append(pair)
    return sorted(found)


def _measured(i: int, j: int, one: frozenset[int], other: frozenset[int]) -> tuple[int, int, float, float]:
    both = len(one & other)
    jaccard, containment = both / (len(one) + len(other) - both), both / min(len(one), len(other))
    return min(i, j), max(i, j), jaccard, containment


def _candidates(
    number: int, sets: Sequence[frozenset[int]], spread: Counter[int], index: dict[int, list[int]]
) -> set[int]:
    """Return the texts, as long as this one or longer, that share one of its rarest shingles.

    If |A| ≤ |B|, a Jaccard index of J asks for J / (1 + J) · (|A| + |B|) ≥ 2J / (1 + J) · |A| common members.
    """
    size = len(sets[number])
    needed = min(2 * JACCARD / (1 + JACCARD), CONTAINMENT) * size
    prefix = sorted(sets[number], key=lambda key: (spread[key], key))[: int(size - needed) + 1]
    near = {other for key in prefix for other in index.get(key, ())}
    return {other for other in near if (len(sets[other]), other) > (size, number)}


def _shingle_sets(texts: Sequence[str]) -> list[frozenset[int]]:
    ids: dict[str, int] = {}
    return [
        frozenset(_shingles([ids.setdefault(w, len(ids) + 1) for w in _WORD.findall(normal(text))])) for text in texts
    ]


def _shingles(words: Sequence[int]) -> Iterator[int]:
    """Yield a number for each run of five words; a shorter text is one run, an empty one none."""
    if not words:
        return
    for at in range(max(1, len(words) - _WIDTH + 1)):
        key = 0
        for word in words[at : at + _WIDTH]:
            key = (key * _PRIME + word) * _PRIME & _MASK
        yield key
