"""What `generator.compare.marks` does, for many texts at once, by arrays (numpy): the same samples and the same pairs.

The key of a shingle is the CRC-32 of its words' hashes. For messages of one length that is linear over GF(2) (Peterson
and Brown 1961): the exclusive or of what each byte adds in its place, which is looked up. Texts with keys in common are
found by sorting the keys of all texts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from zlib import crc32

from generator.compare.bytewise import spelt, words
from generator.compare.marks import CODE, ONE_IN, STAMP, WHOLE, WIDTH, Asked, Pair, asked, asked_of_all, marks, stamp_of
from generator.compare.readings import Pieces
from generator.compare.runs import LOW, Array, counted, nth, parts, ranges, upto

#: So many characters are read at a time: few at first, since each new word is looked at by itself, every time it
#: stands there; and so many keys are compared.
_FIRST, _CHARACTERS, _KEYS = 1 << 13, 1 << 19, 1 << 21
#: What parts texts, and is in none.
_BORDER = 255
_BYTES = 256


class Sampler:
    """What takes samples of texts."""

    def __init__(self, np: ModuleType) -> None:
        self._np = np
        self._pieces = Pieces(np, crc32)
        nothing = bytes(CODE * WIDTH)
        self._none = crc32(nothing)
        adds = [
            [crc32(nothing[:place] + bytes([byte]) + nothing[place + 1 :]) ^ self._none for byte in range(_BYTES)]
            for place in range(CODE * WIDTH)
        ]
        self._adds = np.array(adds, "u4")
        """By a byte's place in a shingle, and the byte."""

    def samples(self, texts: Iterable[str]) -> Iterator[bytes]:
        """Yield `generator.compare.marks.marks` of each text; some texts are held at a time."""
        waiting, size, enough = [], 0, min(_FIRST, _CHARACTERS)
        for text in texts:
            waiting.append(text)
            size += len(text)
            if size >= enough:
                yield from self._of(waiting)
                waiting, size, enough = [], 0, min(4 * enough, _CHARACTERS)
        yield from self._of(waiting)

    def _of(self, texts: Sequence[str]) -> Iterator[bytes]:
        np = self._np
        codes, sizes = self._read(texts)
        shingles = np.maximum(sizes - WIDTH + 1, 0)
        owner, at = np.repeat(np.arange(len(texts)), shingles), ranges(np, np.cumsum(sizes) - sizes, shingles)
        anchored = codes.view("u1")[::CODE][at] % ONE_IN == 0
        is_whole = shingles < WHOLE
        some = np.flatnonzero(anchored | is_whole[owner])
        owner, anchored = owner[some], anchored[some]
        keys = self._keys(codes, at[some])
        keys = np.where(is_whole[owner], keys & ~np.uint32(1) | anchored, keys | np.uint32(1))
        keys, _ = counted(np, owner << 32 | keys)
        ends = np.cumsum(np.bincount(keys >> 32, minlength=len(texts))).tolist()
        raw = memoryview((keys & LOW).astype("u4").tobytes())
        for text, count, start, end in zip(texts, shingles.tolist(), [0, *ends], ends, strict=False):
            if count:
                yield stamp_of(text) + array("I", [count]).tobytes() + raw[CODE * start : CODE * end]
            else:
                yield marks(text)

    def _read(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return the hashes of the texts' words in order, and how many each text has."""
        np = self._np
        raw = spelt(_parted(text.encode("utf-8", "replace") for text in texts))
        if raw is None:
            raw = _parted(b" ".join(words(text)) for text in texts)
        hashes, starts = self._pieces.numbers(raw)
        is_border = np.frombuffer(raw, "u1")[starts] == _BORDER
        return hashes[~is_border].astype("u4"), np.diff(np.flatnonzero(is_border), prepend=-1) - 1

    def _keys(self, codes: Array, at: Array) -> Array:
        """Return the CRC-32 of the shingles that begin there."""
        np = self._np
        found = np.full(len(at), self._none, "u4")
        octets = codes.view("u1").reshape(-1, CODE)
        for place, adds in enumerate(self._adds):
            word, octet = divmod(place, CODE)
            found ^= adds[octets[at + word, octet]]
        return found


def _parted(coded: Iterable[bytes]) -> bytes:
    return b"".join(b" %b \xff" % one for one in coded) + b" "


# ---------------------------------------------------------------------------- pairs


def likely(np: ModuleType, samples: Sequence[bytes]) -> list[Pair]:
    """Return what `generator.compare.marks.likely` does."""
    sizes = np.array(list(map(len, samples)), "i8") // CODE - STAMP // CODE - 1
    numbers = np.frombuffer(b"".join(samples), "u4")
    starts = upto(np, sizes + STAMP // CODE + 1)[:-1] + STAMP // CODE
    is_short = numbers[starts] < WHOLE
    keys, owner = numbers[ranges(np, starts + 1, sizes)], np.repeat(np.arange(len(samples)), sizes)
    anchored = (keys & 1).astype(bool) | ~is_short[owner]
    mixed = _joined(np, owner[anchored], keys[anchored], asked)
    short = is_short[owner]
    alike = [pair[~(is_short[pair >> 32] & is_short[pair & LOW])] for pair in mixed]
    alike += _joined(np, owner[short], keys[short], asked_of_all)
    found = np.unique(np.concatenate(alike)) if alike else np.zeros(0, "i8")
    return list(zip((found >> 32).tolist(), (found & LOW).tolist(), strict=True))


def _joined(np: ModuleType, owner: Array, keys: Array, asked: Asked) -> Iterator[Array]:
    """Yield the pairs that `generator.compare.marks.joined` does, as single numbers; some more than once."""
    sizes = np.bincount(owner)
    index = _Index(np, owner, keys)
    needed = np.array(list(map(asked, range(int(sizes.max(initial=0)) + 1))))[sizes]
    own = np.diff(index.starts)
    rarest = index.by_text[nth(np, own) < np.repeat(own - needed[: len(own)] + 1, own)]
    text, rank = rarest >> 32, rarest & LOW
    for part in parts(np, upto(np, index.spread[rank]), _KEYS):
        few = rank[part]
        others = index.owners[ranges(np, index.begins[few], index.spread[few])]
        number = np.repeat(text[part], index.spread[few])
        larger = (sizes[others] > sizes[number]) | (sizes[others] == sizes[number]) & (others > number)
        pairs, _ = counted(np, number[larger] << 32 | others[larger])
        for some in parts(np, upto(np, own[pairs >> 32]), _KEYS):
            one, other = pairs[some] >> 32, pairs[some] & LOW
            both = index.shared(one, other) >= needed[one]
            yield np.minimum(one, other)[both] << 32 | np.maximum(one, other)[both]


class _Index:
    """The keys that more than one text has: by their ranks, those first that fewest texts have, then the smallest."""

    def __init__(self, np: ModuleType, owner: Array, keys: Array) -> None:
        self._np = np
        every = keys.astype("i8") << 32 | owner
        every.sort()
        spread = np.diff(np.flatnonzero(np.diff(every >> 32, prepend=-1)), append=len(every))
        every = every[np.repeat(spread > 1, spread)]
        spread = spread[spread > 1]
        order = np.argsort(spread, kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        self.spread = spread[order]
        """By rank, how many texts have the key."""
        self.begins = upto(np, self.spread)
        """By rank, where they begin among the `owners`."""
        self.owners = (every & LOW)[ranges(np, (np.cumsum(spread) - spread)[order], self.spread)]
        self.by_text = self.owners << 32 | np.repeat(np.arange(len(order)), self.spread)
        """Text and rank, ascending."""
        self.by_text.sort()
        self.starts = upto(np, np.bincount(self.owners))
        """By text, where it begins therein."""

    def shared(self, one: Array, other: Array) -> Array:
        """Return how many keys texts have in common with others."""
        np, sizes = self._np, self.starts[one + 1] - self.starts[one]
        wanted = self.by_text[ranges(np, self.starts[one], sizes)] & LOW | np.repeat(other << 32, sizes)
        at = np.minimum(np.searchsorted(self.by_text, wanted), len(self.by_text) - 1)
        return np.bincount(np.repeat(np.arange(len(one)), sizes)[self.by_text[at] == wanted], minlength=len(one))
