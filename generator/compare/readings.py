"""Many texts read into the numbers of their words at once, as `generator.compare.vocabulary` reads them one by one.

Where pieces of text begin and end is found in the bytes of many texts together; a piece of up to sixteen bytes is two
numbers of 64 bits, which are looked up in a table of open addresses (Peterson 1957), all of them in the same steps.
Only longer pieces, and those that have not been seen before, are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import ModuleType

from generator.compare.bytewise import is_apart, is_space, spaced, spelt, words
from generator.compare.runs import Array, upto
from generator.compare.vocabulary import REMEMBERED, SEVERAL, Vocabulary

#: Bytes of half a piece, and of a piece, in the table.
_HALF, _WHOLE = 8, 16
#: The table has at least so many places (a power of two), and so many for every piece in it.
_PLACES, _ROOM = 1 << 14, 3
#: Odd numbers of 64 bits without a pattern, that mix bits (xxHash's), and by how many bits they are mixed.
_MIX, _TWIST = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9), 29
_BITS = 64
_SPACE = 32
#: First bytes of the signs that part words in most scripts, and of how many bytes those signs are (U+0080, U+2000 …).
_PUNCTUATION = ((0xC2, 2), (0xE2, 3))
#: What parts texts, and is in none.
_BORDER = 255


class Reader:
    """What reads texts by a vocabulary, to which it adds what is new."""

    def __init__(self, np: ModuleType, vocabulary: Vocabulary) -> None:
        self._np = np
        self._vocabulary = vocabulary
        self._pieces = Pieces(np, vocabulary.__getitem__)

    def read(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return the numbers of the texts' words in order, 0 for those that say nothing; and how many each text has."""
        np, several = self._np, self._vocabulary.several
        if len(self._vocabulary) >= REMEMBERED or len(several) >= SEVERAL:
            self._vocabulary.forget()
            self._pieces.forget()
        coded = [text.encode("utf-8", "replace") for text in texts]
        raw = _blanked(np, b" ".join([b"", *coded, b""]), is_apart)
        found, starts = self._pieces.numbers(spaced(raw))
        last = np.searchsorted(starts, np.cumsum(np.array([len(one) + 1 for one in coded], "i8")))
        sizes = np.diff(last, prepend=0)
        return _taken_apart(np, found, sizes, several) if several else (found, sizes)


class Pieces:
    """Looks up all pieces of many texts at once; each new one is asked for its number."""

    def __init__(self, np: ModuleType, number_of: Callable[[bytes], int]) -> None:
        self._np = np
        self._number_of = number_of
        self._masks = np.array([(1 << 8 * size) - 1 for size in range(_HALF + 1)], "u8")
        self.forget()

    def forget(self) -> None:
        """Forget all pieces."""
        self._known = _Table(self._np)

    def numbers(self, raw: bytes) -> tuple[Array, Array]:
        """Return the numbers of all pieces of *raw*, in order, and where they begin.

        :param raw: pieces and spaces, one before the first and one after the last piece at least.
        """
        np, raw = self._np, raw + b" " * _WHOLE
        starts, ends = _bounds(np, raw)
        sizes = ends - starts
        eights = np.ndarray((len(raw) - _HALF + 1,), "<u8", raw, 0, (1,))
        first = eights[starts] & self._masks[np.minimum(sizes, _HALF)]
        second = np.zeros_like(first)
        more = np.flatnonzero(sizes > _HALF)
        second[more] = eights[starts[more] + _HALF] & self._masks[np.minimum(sizes[more] - _HALF, _HALF)]
        first[sizes > _WHOLE] = 0
        found, new = self._known.found(first, second)
        pieces = [raw[start:end] for start, end in zip(starts[new].tolist(), ends[new].tolist(), strict=True)]
        fresh = dict(zip(pieces, new.tolist(), strict=True))
        asked = dict(zip(fresh, map(self._number_of, fresh), strict=True))
        found[new] = list(map(asked.__getitem__, pieces))
        at = np.array([place for piece, place in fresh.items() if len(piece) <= _WHOLE], "i8")
        self._known.add(first[at], second[at], found[at])
        if self._known.count > REMEMBERED:
            self.forget()
        return found, starts


def normal_words(np: ModuleType, pieces: Pieces, texts: Sequence[str]) -> tuple[Array, Array]:
    """Return the numbers of the texts' words in their normal form, in order, and how many each text has.

    :param pieces: what gives the words their numbers, which are none below 0.
    """
    raw = spelt(_blanked(np, _parted(text.encode("utf-8", "replace") for text in texts), is_space))
    if raw is None:
        raw = _parted(b" ".join(words(text)) for text in texts)
    numbers, starts = pieces.numbers(raw)
    is_border = np.frombuffer(raw, "u1")[starts] == _BORDER
    return numbers[~is_border], np.diff(np.flatnonzero(is_border), prepend=-1) - 1


def _parted(coded: Iterable[bytes]) -> bytes:
    return b"".join(b" %b \xff" % one for one in coded) + b" "


def _blanked(np: ModuleType, raw: bytes, is_blank: Callable[[str], bool]) -> bytes:
    """Return the UTF-8 of texts with spaces for quotation marks, dashes and the like, as far as they are blank."""
    octets = np.frombuffer(raw, "u1")
    for lead, size in _PUNCTUATION:
        at = np.flatnonzero(octets == lead)
        signs, which = np.unique(octets[at + 1].astype("u2") << 8 | octets[at + size - 1], return_inverse=True)
        coded = [bytes((lead, sign >> 8, sign & 255)[:size]) for sign in signs.tolist()]
        blank = at[np.array([is_blank(sign.decode()) for sign in coded], bool)[which]]
        if len(blank):
            octets = octets.copy()
            for place in range(size):
                octets[blank + place] = _SPACE
            raw = octets.tobytes()
    return raw


def _bounds(np: ModuleType, raw: bytes) -> tuple[Array, Array]:
    """Return where the pieces of spaced bytes, which begin and end with a space, begin and end."""
    is_piece = np.frombuffer(raw, "u1") != _SPACE
    bounds = np.flatnonzero(is_piece[1:] != is_piece[:-1]).reshape(-1, 2) + 1
    return bounds[:, 0].copy(), bounds[:, 1].copy()


def _taken_apart(np: ModuleType, found: Array, sizes: Array, several: Sequence[Sequence[int]]) -> tuple[Array, Array]:
    """Return numbers and sizes with the numbers of all words for those of pieces that hold several."""
    at = np.flatnonzero(found < 0)
    words = [several[-number - 1] for number in found[at].tolist()]
    lengths = np.ones(len(found), "i8")
    lengths[at] = list(map(len, words))
    out = np.repeat(found, lengths)
    out[np.repeat(found < 0, lengths)] = [number for some in words for number in some]
    return out, np.diff(upto(np, lengths)[np.cumsum(sizes)], prepend=0)


class _Table:
    """Pieces of up to `_WHOLE` bytes, as two numbers, → the numbers of their words."""

    def __init__(self, np: ModuleType) -> None:
        self._np = np
        self._make(_PLACES)

    def _make(self, places: int) -> None:
        self.count = 0
        self._first, self._second = self._np.zeros(places, "u8"), self._np.zeros(places, "u8")
        """0 where there is none: no piece begins with such a byte."""
        self._numbers = self._np.zeros(places, "i8")

    def found(self, first: Array, second: Array) -> tuple[Array, Array]:
        """Return the numbers of pieces, and which of them, ascending, are not in the table; their numbers are 0."""
        np = self._np
        place = self._place(first, second)
        known = (self._first.take(place) == first) & (self._second.take(place) == second)
        numbers = self._numbers.take(place)
        numbers[~known] = 0
        new, rest = [], np.flatnonzero(~known)
        place = place[rest]
        while len(rest):
            there = self._first[place]
            known = (there == first[rest]) & (self._second[place] == second[rest])
            numbers[rest[known]] = self._numbers[place[known]]
            new.append(rest[there == 0])
            on = (there != 0) & ~known
            rest, place = rest[on], (place[on] + 1) & (len(self._first) - 1)
        return numbers, np.sort(np.concatenate(new)) if new else rest

    def add(self, first: Array, second: Array, numbers: Array) -> None:
        """Add pieces that are not there, each once."""
        np = self._np
        if (self.count + len(first)) * _ROOM > len(self._first):
            there = np.flatnonzero(self._first)
            first = np.concatenate((first, self._first[there]))
            second = np.concatenate((second, self._second[there]))
            numbers = np.concatenate((numbers, self._numbers[there]))
            self._make(1 << (_ROOM * len(first)).bit_length())
        self.count += len(first)
        rest, place = np.arange(len(first)), self._place(first, second)
        while len(rest):
            free = np.flatnonzero(self._first[place] == 0)
            taken, one = np.unique(place[free], return_index=True)
            put = free[one]
            self._first[taken], self._second[taken] = first[rest[put]], second[rest[put]]
            self._numbers[taken] = numbers[rest[put]]
            on = np.ones(len(rest), bool)
            on[put] = False
            rest, place = rest[on], (place[on] + 1) & (len(self._first) - 1)

    def _place(self, first: Array, second: Array) -> Array:
        mixed = (first * self._np.uint64(_MIX[0])) ^ (second * self._np.uint64(_MIX[1]))
        mixed ^= mixed >> self._np.uint64(_TWIST)
        mixed *= self._np.uint64(_MIX[2])
        return (mixed >> self._np.uint64(_BITS + 1 - len(self._first).bit_length())).astype("i8")
