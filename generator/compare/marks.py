"""A small sample of each text's shingles, by which texts of many find the few that they may be copies of.

A shingle is in the sample if its first word is one of the quarter of all words that a hash picks: Broder's (1997)
sample of shingles that are 0 modulo m, with the choice by words, as in Manber's (1994) anchors, since a word need be
judged only once for all texts. All texts are judged alike, so the samples of two texts share what the texts share. A
short text keeps all its shingles, and a note of which are in the sample.

Samples are joined by prefix filtering (Chaudhuri, Ganti & Kaushik 2006): if two share enough, then one of the smaller
sample's rarest members is in the other, so that only those are looked up, and what stands in thousands of texts hardly
ever is. What is found is likely, and is to be measured on the texts. What is missed: of texts of `WHOLE` shingles and
more one pair in some thousands, near the limits; a text of n < `WHOLE` shingles that stands in a longer one, in
(3/4)^.8n of all cases (n = 10: one in ten, 30: one in a thousand); of two short texts none.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import compress, pairwise, repeat
from math import ceil, sqrt
from operator import ne
from zlib import crc32

from generator.compare.arrays import numbers
from generator.compare.bytewise import words

Pair = tuple[int, int]
Keys = Sequence[int]
Asked = Callable[[int], int]
"""Size of the smaller of two samples → how many of its keys must be in the other."""

#: Words of a shingle.
WIDTH = 5
#: A text of fewer shingles keeps all of them.
WHOLE = 128
#: One word in so many is an anchor.
ONE_IN = 4
#: Two texts that are largely the same have this share of the shorter one's shingles in common, at least: with a Jaccard
#: index of J, 2J / (1 + J) of them. Of a sample less is asked, by so many times the square root of its size.
_SHARE, _LUCK = 2 / 3, 1.9
#: So many keys are counted at a time.
_AT_ONCE, _END = 1_000_000, 1 << 32
#: So many steps does a key take to be joined without arrays, roughly.
_STEPS = 60
#: Bytes of a stamp.
STAMP = 8

#: Which last bytes a word's hash has if it is an anchor.
_ANCHORS = bytes(byte % ONE_IN == 0 for byte in range(256))
#: Bytes of a word's hash.
CODE = 4


def marks(text: str) -> bytes:
    """Return a text's sample, in numbers of 32 bits: `stamp` (2), how many shingles there are, and ascending keys.

    Odd keys are those of anchored shingles. The same words in the same order have the same keys, however they are
    printed; a text without words has none.
    """
    hashes = array("I", map(crc32, words(text)))
    count = max(len(hashes) - WIDTH + 1, min(1, len(hashes)))
    coded = hashes.tobytes()
    windows = _windows(1 << count.bit_length())
    anchored = coded[: CODE * count : CODE].translate(_ANCHORS)
    if count >= WHOLE:
        keys = {key | 1 for key in map(crc32, map(coded.__getitem__, compress(windows, anchored)))}
    else:
        keys = {crc32(coded[window]) & ~1 | is_in for window, is_in in zip(windows, anchored, strict=False)}
    return stamp_of(text) + array("I", [max(len(hashes) - WIDTH + 1, 0), *sorted(keys)]).tobytes()


@lru_cache(maxsize=32)
def _windows(count: int) -> tuple[slice, ...]:
    """Return where the hashes of so many shingles' words are."""
    return tuple(slice(at, at + CODE * WIDTH) for at in range(0, CODE * count, CODE))


def stamp_of(text: str) -> bytes:
    """Return the stamp that a text's sample begins with."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=STAMP).digest()


def stamp(sample: bytes) -> str:
    """Return what tells the text of a sample from all others, its letters and spaces too."""
    return sample[:STAMP].hex()


def likely(samples: Sequence[bytes]) -> list[Pair]:
    """Return the pairs of texts that may be largely the same, by their `marks`: (i, j), i < j, ascending."""
    np = numbers(sum(map(len, samples)) // CODE * _STEPS)
    if np:
        from generator.compare import samples as arrays  # what it imports is for many texts

        return arrays.likely(np, arrays.read(np, samples))
    whole, short = _keys(samples)
    mixed = ((i, j) for i, j in _joined(_anchored(whole, short), asked) if i not in short or j not in short)
    return sorted({*mixed, *_joined(short, asked_of_all)})


def beside(few: Iterable[int], samples: Sequence[bytes]) -> list[Pair]:
    """Return those pairs of `likely` of which one text is among a few, without a look at the others' pairs."""
    whole, short = _keys(samples)
    found: set[Pair] = set()
    for number in few:
        if number in short:  # two short texts are compared by all their keys
            found.update(_beside(number, short[number], short, asked_of_all))
            found.update(_beside(number, _anchors(short[number]), whole, asked))
        else:
            found.update(_beside(number, whole[number], _anchored(whole, short), asked))
    return sorted(found)


def _keys(samples: Sequence[bytes]) -> tuple[dict[int, Keys], dict[int, Keys]]:
    """Return the keys of each text: those of long ones, which are all anchored, and those of the short ones."""
    whole: dict[int, Keys] = {}
    short: dict[int, Keys] = {}
    for number, sample in enumerate(samples):
        keys = memoryview(sample)[STAMP:].cast("I")
        (short if keys[0] < WHOLE else whole)[number] = keys[1:]
    return whole, short


def _anchored(whole: Mapping[int, Keys], short: Mapping[int, Keys]) -> dict[int, Keys]:
    """Return the anchored keys of all texts, long and short ones."""
    return {**whole, **{number: _anchors(keys) for number, keys in short.items()}}


def _anchors(keys: Keys) -> Keys:
    return [key for key in keys if key & 1]


def asked(size: int) -> int:
    """Return how many keys two samples must share, of which the smaller one has so many."""
    return max(1, int(_SHARE * size - _LUCK * sqrt(size)))


def asked_of_all(size: int) -> int:
    """Return how many keys two short texts must share, of which the shorter one has so many."""
    return max(1, ceil(_SHARE * size - 1e-9))


def _joined(keys: Mapping[int, Keys], asked: Asked) -> Iterator[Pair]:
    """Yield the pairs of which the smaller one has as many keys in the other as are asked of its size.

    Keys that the very same texts have are one that weighs as much: a sentence's, where texts have sentences in common.
    A text can do without only some of its keys. Of those that are looked up beyond these, the rarest first, as many
    must be in the other text (Wang, Li & Feng 2012). So many are looked up as take twice as long as the fewest that
    will do: hardly any pair is then left to be looked at for nothing.
    """
    numbers = sorted(keys, key=lambda number: (len(keys[number]), number))
    samples = {place: keys[number] for place, number in enumerate(numbers)}
    alike = Counter(map(tuple, _repeated(samples).values()))
    held: dict[int, list[tuple[tuple[int, ...], int, int]]] = {}
    for owners, weight in sorted(alike.items(), key=lambda one: len(one[0])):
        for later, place in enumerate(owners, 1):
            held.setdefault(place, []).append((owners, later, weight))
    for place, its in held.items():
        needed = asked(len(samples[place]))
        spare = sum([weight for _, _, weight in its]) - needed
        if spare < 0:
            continue
        shared: dict[int, int] = defaultdict(int)
        seen = fewest = cost = 0
        for owners, later, weight in its:
            cost += len(owners) - later
            if seen <= spare:
                fewest = cost
            elif cost > 2 * fewest:
                break
            seen += weight
            for other in owners[later:]:
                shared[other] += weight
        if others := [other for other, weight in shared.items() if weight >= seen - spare]:
            own = frozenset(samples[place])
            for other in others:
                if len(own.intersection(samples[other])) >= needed:
                    yield min(numbers[place], numbers[other]), max(numbers[place], numbers[other])


def _repeated(samples: Mapping[int, Keys]) -> dict[int, list[int]]:
    """Return the keys that more than one sample has, and which those are; found range by range."""
    parts = 1 + sum(map(len, samples.values())) // _AT_ONCE
    bounds = [part * _END // parts for part in range(parts + 1)]
    found: dict[int, list[int]] = {}
    for low, high in pairwise(bounds):
        first: dict[int, int] = {}
        for number, keys in samples.items():
            some = keys[bisect_left(keys, low) : bisect_left(keys, high)] if parts > 1 else keys
            for key in compress(some, map(ne, map(first.setdefault, some, repeat(number)), repeat(number))):
                if key in found:
                    found[key].append(number)
                else:
                    found[key] = [first[key], number]
    return found


def _beside(number: int, its: Keys, keys: Mapping[int, Keys], asked: Asked) -> Iterator[Pair]:
    """Yield the same pairs, of one text and its keys alone: without an index, which would take longer to make."""
    own = frozenset(its)
    of_size = lru_cache(lambda size: asked(min(len(own), size)))
    for other, theirs in keys.items():
        needed = of_size(len(theirs))
        # If so many are shared, one of them is among any so many and one more than need not be.
        some = theirs[: len(theirs) - needed + 1]
        if other != number and not own.isdisjoint(some) and len(own.intersection(theirs)) >= needed:
            yield min(number, other), max(number, other)
