"""How many word 5-grams texts share, by arrays (numpy): the same as `generator.compare.duplicates` counts by sets.

Some texts are read together. As long as they have no more than some thousands of different words, a shingle of theirs
is one whole number, its words the digits: no two are the same by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from types import ModuleType

from generator.compare.marks import WIDTH, Pair
from generator.compare.readings import Pieces, normal_words
from generator.compare.runs import Array, upto
from generator.compare.vocabulary import REMEMBERED

Counts = tuple[int, int, int]
"""How many different shingles the one text has, how many the other, and how many are in both."""

#: So many characters are read together: they hardly ever have too many different words.
_CHARACTERS = 1 << 16
#: Numbers of so many digits, of this base at most, fit in 63 bits.
_BASE = int((1 << 63) ** (1 / WIDTH))


class Overlaps:
    """What counts the shingles of pairs of texts."""

    def __init__(self, np: ModuleType, text_of: Callable[[int], str]) -> None:
        """Take note of how a text is had by its number; some are asked for again."""
        self._np, self._text_of = np, text_of
        self._numbers = _Numbers()
        self._pieces = Pieces(np, self._numbers.__getitem__)
        self._first = np.ones(1, bool)

    def counts(self, pairs: Sequence[Pair]) -> Iterator[Counts | None]:
        """Yield of each pair what is in its texts; None if one has no whole shingle, or they have too many words."""
        start, texts, size = 0, dict[int, str](), 0
        for at, pair in enumerate(pairs):
            if size >= _CHARACTERS:
                yield from self._together(pairs[start:at], texts)
                start, texts, size = at, {}, 0
            for number in pair:
                if number not in texts:
                    texts[number] = self._text_of(number)
                    size += len(texts[number])
        yield from self._together(pairs[start:], texts)

    def _together(self, pairs: Sequence[Pair], texts: Mapping[int, str]) -> Iterator[Counts | None]:
        found = self._shingles(list(texts.values()))
        if found is None:
            for pair in pairs:
                few = {number: texts[number] for number in pair}
                yield from self._together([pair], few) if len(few) < len(texts) else (None,)
            return
        shingles = dict(zip(texts, found, strict=True))
        for pair in pairs:
            one, other = map(shingles.__getitem__, pair)
            yield self._counts(one, other) if len(one) and len(other) else None

    def _counts(self, one: Array, other: Array) -> Counts:
        np = self._np
        every = np.concatenate((one, other))
        every.sort()
        return len(one), len(other), int(np.count_nonzero(every[1:] == every[:-1]))

    def _shingles(self, texts: Sequence[str]) -> list[Array] | None:
        """Return the different shingles of each text, ascending; None if the texts have too many different words."""
        np = self._np
        if len(self._numbers) > REMEMBERED:
            self._numbers.clear()
            self._pieces.forget()
        words, sizes = normal_words(np, self._pieces, texts)
        is_there = np.zeros(len(self._numbers) + 1, "i8")
        is_there[words] = 1
        digits = np.cumsum(is_there)
        base = int(digits[-1]) + 1
        if base > _BASE:
            return None
        digit = digits[words]
        keys = digit[: max(0, len(digit) - WIDTH + 1)].copy()
        for place in range(1, WIDTH):
            keys *= base
            keys += digit[place : place + len(keys)]
        starts = upto(np, sizes).tolist()
        return [self._different(keys[a : max(a, b - WIDTH + 1)]) for a, b in pairwise(starts)]

    def _different(self, keys: Array) -> Array:
        keys.sort()
        return keys[self._np.concatenate((self._first[: len(keys)], keys[1:] != keys[:-1]))]


class _Numbers(dict[bytes, int]):
    """Word → its number: 1, 2, 3 …"""

    def __missing__(self, word: bytes) -> int:
        self[word] = number = len(self) + 1
        return number
