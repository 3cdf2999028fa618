"""How many word 5-grams texts share, by arrays (numpy): the same as `generator.compare.duplicates` counts by sets.

Some texts are read together. As long as they have no more than some thousands of different words, a shingle of theirs
is one whole number, its words the digits: no two are the same by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from types import ModuleType

from generator.compare.marks import WIDTH, Pair
from generator.compare.readings import Words
from generator.compare.runs import Array

Counts = tuple[int, int, int]
"""How many different shingles the one text has, how many the other, and how many are in both."""

_Text = str | Array
"""A text, or the numbers of its words."""

#: So many characters are read together, so many to a word: they hardly ever have too many different words.
_CHARACTERS, _OF_A_WORD = 1 << 16, 6
#: Numbers of so many digits, of this base at most, fit in 63 bits.
_BASE = int((1 << 63) ** (1 / WIDTH))


class Overlaps:
    """What counts the shingles of pairs of texts."""

    def __init__(self, np: ModuleType, text_of: Callable[[int], str], words: Words | None = None) -> None:
        """Take note of how a text is had by its number, some again, and of what has been read already."""
        self._np, self._text_of = np, text_of
        self._words = words or Words(np)
        self._digits = np.zeros(0, "i8")
        self._first = np.ones(1, bool)

    def counts(self, pairs: Sequence[Pair]) -> Iterator[Counts | None]:
        """Yield of each pair what is in its texts; None if one has no whole shingle, or they have too many words."""
        start, texts, size = 0, dict[int, _Text](), 0
        for at, pair in enumerate(pairs):
            if size >= _CHARACTERS:
                yield from self._together(pairs[start:at], texts)
                start, texts, size = at, {}, 0
            if not texts:
                self._words.make_room()
            for number in pair:
                if number not in texts:
                    kept = self._words.kept(number)
                    texts[number] = text = self._text_of(number) if kept is None else kept
                    size += len(text) if kept is None else len(text) * _OF_A_WORD
        yield from self._together(pairs[start:], texts)

    def _together(self, pairs: Sequence[Pair], texts: Mapping[int, _Text]) -> Iterator[Counts | None]:
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

    def _shingles(self, texts: Sequence[_Text]) -> list[Array] | None:
        """Return the different shingles of each text, ascending; None if the texts have too many different words."""
        np = self._np
        numbers = self._read(texts)
        words = np.concatenate(numbers) if numbers else np.zeros(0, "u4")
        some = self._different(np.sort(words))
        base = len(some) + 1
        if base > _BASE:
            return None
        if len(self._digits) <= len(self._words):
            self._digits = np.zeros(2 * len(self._words) + 1, "i8")
        self._digits[some] = np.arange(1, base)
        digit = self._digits.take(words)
        keys = digit[: max(0, len(digit) - WIDTH + 1)].copy()
        for place in range(1, WIDTH):
            keys *= base
            keys += digit[place : place + len(keys)]
        bounds = pairwise([0, *accumulate(map(len, numbers))])
        return [self._different(np.sort(keys[a : max(a, b - WIDTH + 1)])) for a, b in bounds]

    def _read(self, texts: Sequence[_Text]) -> list[Array]:
        """Return the numbers of each text's words; some have been read already."""
        unread = [text for text in texts if isinstance(text, str)]
        if not unread:
            return list(texts)
        words, sizes = self._words.read(unread)
        found = iter(self._np.split(words, self._np.cumsum(sizes)))
        return [next(found) if isinstance(text, str) else text for text in texts]

    def _different(self, ascending: Array) -> Array:
        return ascending[self._np.concatenate((self._first[: len(ascending)], ascending[1:] != ascending[:-1]))]
