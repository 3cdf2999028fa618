"""Many texts read into the numbers of their words at once, as `generator.compare.vocabulary` reads them one by one.

Where pieces of text begin and end is found in the bytes of many texts together; a piece of up to sixteen bytes is two
numbers of 64 bits, which are looked up in a table of open addresses (Peterson 1957), all of them in the same steps.
Only longer pieces, and those that have not been seen before, are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, pairwise
from types import ModuleType
from zlib import crc32

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
#: Of so many different words the numbers are remembered, and so many words of texts.
_WORDS, _KEPT = 1 << 19, 1 << 25
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
        starts, sizes = _bounds(np, raw)
        eights = np.ndarray((len(raw) - _HALF + 1,), "<u8", raw, 0, (1,))
        first = eights[starts]
        first &= self._masks.take(sizes, mode="clip")
        second = np.zeros_like(first)
        more = np.flatnonzero(sizes > _HALF)
        second[more] = eights[starts[more] + _HALF] & self._masks.take(sizes[more] - _HALF, mode="clip")
        long = more[sizes[more] > _WHOLE]
        first[long] = 0

        def asked(places: Array) -> list[int]:
            some = zip(starts[places].tolist(), sizes[places].tolist(), strict=True)
            return [self._number_of(raw[start : start + size]) for start, size in some]

        found = self._known.found(first, second, asked)
        if len(long):
            found[long] = asked(long)
        if self._known.count > REMEMBERED:
            self.forget()
        return found, starts


class Words:
    """Reads texts into the numbers of their words in their normal form: 1, 2, 3 …; the same text is read once."""

    def __init__(self, np: ModuleType) -> None:
        self._np = np
        self._numbers = _Numbers()
        self._pieces = Pieces(np, self._numbers.__getitem__)
        self._kept: dict[int, Array] = {}
        self._room = _KEPT

    def __len__(self) -> int:
        """Return how many different words there are."""
        return len(self._numbers)

    def codes(self, known: int) -> Array:
        """Return the CRC-32 of the words, without the first so many."""
        new = islice(reversed(self._numbers), len(self) - known)
        return self._np.array(list(map(crc32, new)), "u4")[::-1]

    def make_room(self) -> bool:
        """Forget all words if there are too many; return whether there were."""
        if len(self._numbers) <= _WORDS:
            return False
        self._numbers.clear()
        self._pieces.forget()
        self._kept.clear()
        self._room = _KEPT
        return True

    def read(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return the numbers of the texts' words, in order, and how many each text has."""
        np = self._np
        raw = spelt(_blanked(np, _parted(text.encode("utf-8", "replace") for text in texts), is_space))
        if raw is None:
            raw = _parted(b" ".join(words(text)) for text in texts)
        numbers, starts = self._pieces.numbers(raw)
        is_border = np.frombuffer(raw, "u1").take(starts) == _BORDER
        return numbers[~is_border], np.diff(np.flatnonzero(is_border), prepend=-1) - 1

    def keep(self, first: int, numbers: Array, sizes: Array) -> None:
        """Remember what was read of the texts *first*, *first* + 1 …, as long as there is room."""
        if len(numbers) <= self._room:
            self._room -= len(numbers)
            some = numbers.astype("u4")
            bounds = pairwise(upto(self._np, sizes).tolist())
            self._kept.update((first + at, some[start:end]) for at, (start, end) in enumerate(bounds))

    def kept(self, text: int) -> Array | None:
        """Return the numbers of a text's words, if they are remembered."""
        return self._kept.get(text)


class _Numbers(dict[bytes, int]):
    """Word → its number: 1, 2, 3 …"""

    def __missing__(self, word: bytes) -> int:
        self[word] = number = len(self) + 1
        return number


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
    """Return where the pieces of spaced bytes, which begin and end with a space, begin, and their sizes."""
    spaces = np.flatnonzero(np.frombuffer(raw, "u1") == _SPACE)
    sizes = np.diff(spaces)
    sizes -= 1
    some = np.flatnonzero(sizes)
    starts = spaces.take(some)
    starts += 1
    return starts, sizes.take(some)


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
        self._wanted_by = self._np.zeros(places, "u4")
        """Which new piece has a place: of those that want it, the last."""

    def found(self, first: Array, second: Array, asked: Callable[[Array], Sequence[int]]) -> Array:
        """Return the numbers of pieces, of those whose first number is 0 any.

        :param asked: what gives the numbers of pieces that are not in the table; it is asked for each of them once.
        """
        np = self._np
        place = self._place(first, second)
        unknown = self._first.take(place) != first
        unknown |= self._second.take(place) != second
        rest = np.flatnonzero(unknown)
        rest = rest[first[rest] != 0]
        if len(rest):
            if (self.count + len(rest)) * _ROOM > len(self._first):
                self._grow(len(rest))
                return self.found(first, second, asked)
            place[rest], new = self._put(first[rest], second[rest], place[rest])
            self._numbers[place[rest[new]]] = asked(rest[new])
        return self._numbers.take(place)

    def _grow(self, more: int) -> None:
        there = self._np.flatnonzero(self._first)
        first, second, numbers = self._first[there], self._second[there], self._numbers[there]
        self._make(1 << (_ROOM * (len(there) + more)).bit_length())
        place, _ = self._put(first, second, self._place(first, second))
        self._numbers[place] = numbers

    def _put(self, first: Array, second: Array, place: Array) -> tuple[Array, Array]:
        """Return the places of pieces, and which of them have not been there until now, of equal ones one."""
        np = self._np
        rest, new = np.arange(len(first)), [np.zeros(0, "i8")]
        while len(rest):
            at = place[rest]
            free = rest[self._first[at] == 0]
            self._wanted_by[place[free]] = free
            free = free[self._wanted_by[place[free]] == free]
            self._first[place[free]], self._second[place[free]] = first[free], second[free]
            new.append(free)
            rest = rest[(self._first[at] != first[rest]) | (self._second[at] != second[rest])]
            place[rest] = (place[rest] + 1) & (len(self._first) - 1)
        self.count += sum(map(len, new))
        return place, np.concatenate(new)

    def _place(self, first: Array, second: Array) -> Array:
        u8 = self._np.uint64
        mixed = first * u8(_MIX[0])
        mixed ^= second * u8(_MIX[1])
        mixed ^= mixed >> u8(_TWIST)
        mixed *= u8(_MIX[2])
        mixed >>= u8(_BITS + 1 - len(self._first).bit_length())
        return mixed.view("i8")
