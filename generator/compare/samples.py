"""What `generator.compare.marks` does, for many texts at once, by arrays (numpy): the same samples and the same pairs.

The key of a shingle is the CRC-32 of its words' hashes. For messages of one length that is linear over GF(2) (Peterson
and Brown 1961): the exclusive or of what each byte adds in its place, which is looked up. Texts with keys in common are
found by sorting the keys of all texts.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from types import ModuleType
from typing import NamedTuple
from zlib import crc32

from generator.compare.marks import CODE, ONE_IN, STAMP, WHOLE, WIDTH, Asked, Pair, asked, asked_of_all, marks
from generator.compare.readings import Words
from generator.compare.runs import LOW, Array, counted, parts, ranges, upto

#: So many characters are read at a time, and so many keys are put in order.
_CHARACTERS, _KEYS = 1 << 19, 1 << 21
#: So many texts that have keys in common with some are looked at together: as many as a processor has close at hand.
_NEAR = 1 << 18
#: Of so many numbers no more than one must occur for each to be counted in its place.
_SPARSE = 4
#: Different bytes, and different pairs of them.
_BYTES, _PAIRS = 1 << 8, 1 << 16


class Samples(NamedTuple):
    """The samples of texts, one after the other."""

    keys: Array
    """Text by text, ascending."""
    sizes: Array
    """How many keys each text has."""
    is_short: Array
    """Of each text, whether it has fewer shingles than `WHOLE`, so that all of them are here."""


def read(np: ModuleType, samples: Sequence[bytes]) -> Samples:
    """Return the keys of what `generator.compare.marks.marks` gave of texts."""
    sizes = np.array(list(map(len, samples)), "i8") // CODE - STAMP // CODE - 1
    every = np.frombuffer(b"".join(samples), "u4")
    starts = upto(np, sizes + STAMP // CODE + 1)[:-1] + STAMP // CODE
    return Samples(every[ranges(np, starts + 1, sizes)], sizes, every[starts] < WHOLE)


class Sampler:
    """What takes samples of texts."""

    def __init__(self, np: ModuleType) -> None:
        self._np = np
        self.words = Words(np)
        """What has read the texts, and remembers some of them."""
        self._known = 0
        """So many words are in the following."""
        self._is_anchor = np.zeros(0, bool)
        """By a word's number, whether its hash picks it."""
        self._added = np.zeros((WIDTH, 0), "u4")
        """By its place in a shingle and its number, what it adds to the key."""
        nothing = bytes(CODE * WIDTH)
        self._none = crc32(nothing)
        octets = [
            [crc32(nothing[:place] + bytes([byte]) + nothing[place + 1 :]) ^ self._none for byte in range(_BYTES)]
            for place in range(CODE * WIDTH)
        ]
        adds = np.array(octets, "u4")
        self._adds = (adds[0::2, None, :] ^ adds[1::2, :, None]).reshape(-1, _PAIRS)
        """By the place of a pair of bytes in a shingle, and that pair."""

    def samples(self, texts: Iterable[str]) -> Samples:
        """Return what is in `generator.compare.marks.marks` of each text; some texts are held at a time."""
        return Samples(*map(self._np.concatenate, zip(*self._in_parts(texts), strict=True)))

    def _in_parts(self, texts: Iterable[str]) -> Iterator[Samples]:
        waiting, size, first = [], 0, 0
        for number, text in enumerate(texts):
            waiting.append(text)
            size += len(text)
            if size >= _CHARACTERS:
                yield self._of(waiting, first)
                waiting, size, first = [], 0, number + 1
        yield self._of(waiting, first)

    def _of(self, texts: Sequence[str], first: int) -> Samples:
        """Return the samples of the texts *first*, *first* + 1 …"""
        np = self._np
        numbers, sizes = self._read(texts, first)
        is_short = sizes - WIDTH + 1 < WHOLE
        is_in = self._is_anchor.take(numbers)
        if is_short.any():
            is_in |= np.repeat(is_short, sizes)
        ends = np.cumsum(sizes)
        for place in range(1, WIDTH):
            is_in[ends[sizes >= place] - place] = False
        at = np.flatnonzero(is_in)
        owner = np.repeat(np.arange(len(texts)), np.diff(np.searchsorted(at, ends), prepend=0))
        keys = np.full(len(at), self._none, "u4")
        for place in range(WIDTH):
            keys ^= self._added[place].take(numbers.take(at + place))
        anchored = self._is_anchor.take(numbers.take(at)) | ~is_short[owner]
        keys = keys & ~np.uint32(1) | anchored
        tiny = [
            number << 32 | key
            for number in np.flatnonzero(sizes < WIDTH).tolist()
            for key in array("I", marks(texts[number])[STAMP + CODE :])
        ]
        every, _ = counted(np, np.concatenate((owner << 32 | keys, np.array(tiny, "i8"))))
        return Samples((every & LOW).astype("u4"), np.bincount(every >> 32, minlength=len(texts)), is_short)

    def _read(self, texts: Sequence[str], first: int) -> tuple[Array, Array]:
        """Return the numbers of the texts' words, and how many each text has; what new words add is learnt."""
        np = self._np
        if self.words.make_room():
            self._known = 0
        numbers, sizes = self.words.read(texts)
        self.words.keep(first, numbers, sizes)
        if len(self._is_anchor) <= len(self.words):
            more = len(self.words) + 1
            self._is_anchor = np.concatenate((self._is_anchor, np.zeros(more, bool)))
            self._added = np.concatenate((self._added, np.zeros((WIDTH, more), "u4")), axis=1)
        codes, new = self.words.codes(self._known), slice(self._known + 1, len(self.words) + 1)
        self._is_anchor[new] = codes % ONE_IN == 0
        low, high = codes & (_PAIRS - 1), codes >> 16
        for place in range(WIDTH):
            self._added[place, new] = self._adds[2 * place][low] ^ self._adds[2 * place + 1][high]
        self._known = len(self.words)
        return numbers, sizes


# ---------------------------------------------------------------------------- pairs


def likely(np: ModuleType, samples: Samples) -> list[Pair]:
    """Return what `generator.compare.marks.likely` does."""
    keys, owner = samples.keys, np.repeat(np.arange(len(samples.sizes), dtype="u4"), samples.sizes)
    is_short = samples.is_short
    short = np.repeat(is_short, samples.sizes)
    anchored = (keys & 1).astype(bool) | ~short
    mixed = _joined(np, owner[anchored], keys[anchored], asked)
    alike = [pair[~(is_short[pair >> 32] & is_short[pair & LOW])] for pair in mixed]
    alike += _joined(np, owner[short], keys[short], asked_of_all)
    found = np.unique(np.concatenate(alike)) if alike else np.zeros(0, "i8")
    return list(zip((found >> 32).tolist(), (found & LOW).tolist(), strict=True))


def _joined(np: ModuleType, owner: Array, keys: Array, asked: Asked) -> Iterator[Array]:
    """Yield the pairs that `_joined` in `generator.compare.marks` does, as single numbers."""
    sizes = np.bincount(owner)
    order = np.argsort(sizes, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    needed = np.array(list(map(asked, range(int(sizes.max(initial=0)) + 1))))[sizes.take(order)]
    for one, other in _Index(np, place.take(owner), keys, len(order)).pairs(needed):
        first, second = order.take(one), order.take(other)
        yield np.minimum(first, second) << 32 | np.maximum(first, second)


class _Index:
    """The keys that more than one text has, those first that fewest texts have.

    Keys that the very same texts have are one that weighs as much: a sentence's, where texts have sentences in common.
    """

    def __init__(self, np: ModuleType, owner: Array, keys: Array, texts: int) -> None:
        self._np, self._texts = np, texts
        every = _repeated(np, owner, keys)
        ends = (np.flatnonzero(np.diff(every >> 32, append=-1)) + 1) * CODE
        owners = (every & LOW).astype("u4").tobytes()
        alike = Counter(owners[start:end] for start, end in pairwise([0, *ends.tolist()]))
        together = sorted(alike, key=len)
        spread = np.array(list(map(len, together)), "i8") // CODE
        self._owners = np.frombuffer(b"".join(together), "u4").astype("i8")
        by_text = np.argsort(self._owners, kind="stable")
        rank = np.repeat(np.arange(len(together)), spread).take(by_text)
        self._text = self._owners.take(by_text)
        """Text by text, by rank: who holds what is told in the following."""
        self._held = self._text << 32 | rank
        """Text and rank, ascending."""
        self._starts = upto(np, np.bincount(self._text, minlength=texts))
        """By text, where it begins therein."""
        self._weights = np.array(list(map(alike.__getitem__, together)), float).take(rank)
        self._later = by_text + 1
        """Where among the owners those begin that come later than this one."""
        self._many = np.cumsum(spread).take(rank) - self._later
        """How many these are."""

    def pairs(self, needed: Array) -> Iterator[tuple[Array, Array]]:
        """Yield the texts that share with a later one as many keys as they need, and these.

        Which keys are looked up is told by `_joined` in `generator.compare.marks`.

        Args:
            needed: of each text.
        """
        np, text, many = self._np, self._text, self._many
        own, before = self._sums(self._weights)
        spare = own - needed
        is_asked = before <= spare.take(text)
        fewest, _ = self._sums(many * is_asked)
        _, cost = self._sums(many)
        is_asked |= (cost + many <= 2 * fewest.take(text)) & (spare >= 0).take(text)
        least = self._sums(self._weights * is_asked)[0] - spare
        for part in parts(np, upto(np, self._sums(many * is_asked)[0]), _NEAR):
            rows = np.flatnonzero(is_asked[self._starts[part.start] : self._starts[part.stop]])
            rows += self._starts[part.start]
            others = self._owners.take(ranges(np, self._later.take(rows), many.take(rows)))
            cells = np.repeat((text.take(rows) - part.start) * self._texts, many.take(rows)) + others
            weights = np.repeat(self._weights.take(rows), many.take(rows))
            found, shared = _summed(np, cells, weights, (part.stop - part.start) * self._texts)
            one, other = part.start + found // self._texts, found % self._texts
            is_likely = shared >= least.take(one)
            one, other = one[is_likely], other[is_likely]
            for some in parts(np, upto(np, np.diff(self._starts).take(one)), _NEAR):
                both = self._shared(one[some], other[some]) >= needed.take(one[some])
                yield one[some][both], other[some][both]

    def _sums(self, values: Array) -> tuple[Array, Array]:
        """Return of each text the sum of its values, and of each value that of those before it."""
        np = self._np
        till = upto(np, values)
        starts = till.take(self._starts)
        return np.diff(starts), till[:-1] - starts.take(self._text)

    def _shared(self, one: Array, other: Array) -> Array:
        """Return how many keys texts have in common with others."""
        np, sizes = self._np, self._starts[one + 1] - self._starts[one]
        own = ranges(np, self._starts[one], sizes)
        wanted = self._held[own] & LOW | np.repeat(other << 32, sizes)
        at = np.minimum(np.searchsorted(self._held, wanted), len(self._held) - 1)
        weights = self._weights[own] * (self._held[at] == wanted)
        return np.bincount(np.repeat(np.arange(len(one)), sizes), weights, len(one))


def _summed(np: ModuleType, numbers: Array, weights: Array, end: int) -> tuple[Array, Array]:
    """Return the different numbers, ascending, and what each weighs.

    :param end: greater than all of them.
    """
    if end <= _SPARSE * len(numbers):
        sums = np.bincount(numbers, weights, end)
        found = np.flatnonzero(sums)
        return found, sums.take(found)
    found, at = np.unique(numbers, return_inverse=True)
    return found, np.bincount(at, weights, len(found))


def _repeated(np: ModuleType, owner: Array, keys: Array) -> Array:
    """Return the keys that more than one text has, key and text in one number, ascending; found range by range."""
    bits = (len(keys) // _KEYS).bit_length()
    found = []
    for part in range(1 << bits):
        some = np.flatnonzero(keys >> np.uint32(32 - bits) == part) if bits else slice(None)
        every = keys[some].astype("i8") << 32 | owner[some]
        every.sort()
        key = every >> 32
        again = key[1:] == key[:-1]
        is_repeated = np.zeros(len(every), bool)
        is_repeated[1:] = again
        is_repeated[:-1] |= again
        found.append(every[is_repeated])
    return np.concatenate(found)
