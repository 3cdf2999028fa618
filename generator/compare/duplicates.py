"""Which texts are largely the same text, without comparing every pair.

Sets of word 5-grams (shingles, Broder 1997), joined exactly by prefix filtering (Chaudhuri et al. 2006): two sets that
share enough must share one of the rarest members of the smaller set, so only those are looked up.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from zlib import crc32

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
    return copies([shingles(text) for text in texts])


def copies(shingled: Sequence[bytes]) -> list[tuple[int, int, float, float]]:
    """Return what `near_duplicates` does of texts that are given as their `shingles`."""
    sets = [frozenset(array("Q", data)) for data in shingled]
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


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of two texts' word 5-grams is in both: of all of theirs, and of the shorter text's."""

    jaccard: float
    containment: float
    long_enough: bool
    """Whether the shorter text is long enough for its containment to say anything."""


def likenesses(texts: Sequence[str]) -> dict[tuple[int, int], Likeness]:
    """Return of every pair of texts, i < j, how much of them is the same; for the few texts of one story."""
    sets = [frozenset(array("Q", shingles(text))) for text in texts]
    found = {}
    for (i, one), (j, other) in combinations(enumerate(sets), 2):
        least = min(len(one), len(other))
        _, _, jaccard, containment = _measured(i, j, one, other) if least else (i, j, 0.0, 0.0)
        found[i, j] = Likeness(jaccard, containment, least >= SHORT)
    return found


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


def shingles(text: str) -> bytes:
    """Return a text's word 5-grams as ascending 64-bit numbers; a shorter text is one, an empty one none."""
    words = list(map(_crc, _WORD.findall(normal(text))))
    if 0 < len(words) < _WIDTH:
        return array("Q", [_number(words)]).tobytes()
    prime, mask, twice = _PRIME, _MASK, _PRIME * _PRIME
    runs = zip(*(words[at:] for at in range(_WIDTH)), strict=False)
    found = {
        ((((a * twice + b) * twice + c) * twice + d) * twice + e) * prime & mask  # `_number`, written out
        for a, b, c, d, e in runs
    }
    return array("Q", sorted(found)).tobytes()


@lru_cache(maxsize=1 << 16)
def _crc(word: str) -> int:
    return crc32(word.encode("utf-8", "replace"))


def _number(run: Sequence[int]) -> int:
    key = 0
    for word in run:
        key = (key * _PRIME + word) * _PRIME & _MASK
    return key
