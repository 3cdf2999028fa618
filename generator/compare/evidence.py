"""How much the sentences of a story say the same, all at once, by arrays; the rules are `similarity`'s.

What is counted there in the fields of long numbers is here a product of two matrices: a row a sentence, a column a
word, a pair of words, a trigram. All that is multiplied is whole numbers, and no sum of the products reaches 2 ** 53:
it is exact, in whatever order they are added, and both ways give the same to the last bit. Logarithms are Python's.

Sentences that are the same, letter for letter, are one here, and what they hold is numbered once for the whole story.
It is weighed by its rarity among the sentences of one text, or among those of all.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise, repeat
from types import ModuleType
from typing import Any

from generator.compare.common import telling
from generator.compare.profiles import UNIT, Traits, kin_of, traits
from generator.compare.remembered import of_texts
from generator.compare.similarity import (
    BY_BEGINNING,
    BY_IDEA,
    COMMON,
    CONSTANT,
    COVERED,
    DOT,
    FIGURES,
    HARDLY,
    LENGTH,
    MOST_COVERED,
    NAMES,
    PAIRS,
    QUOTES,
    SQUARE,
    STRANGERS,
    WORDS,
)
from generator.values import dataclass

Array = Any
"""Of numpy."""

#: Kinds of what a sentence holds.
_WORD, _CONTENT, _PAIR, _NAME, _FIGURE, _QUOTED = range(6)
#: So many bits of a trigram's weight are multiplied apart from those above them.
_LOW = 15
#: A name's weight is multiplied in two parts: whole numbers of one in so many, and what is left.
_COARSE = float(1 << 28)
#: So many numbers, at most, are in a matrix that is multiplied.
_ROOM = 1 << 21


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """What sentences hold: an entry for each thing in each of them."""

    rows: Array
    """Of each entry the sentence."""
    columns: Array
    """Of each the number of what is held."""
    size: int
    """How many things there are."""

    def counted(self, np: ModuleType, times: Array) -> Array:
        """Return how many sentences hold each thing, where each sentence stands so many times."""
        return np.bincount(self.columns, times[self.rows], self.size).astype(np.intp)

    def of(self, np: ModuleType, there: Array) -> tuple[Array, _Held]:
        """Return the entries of those sentences that are there, and the places of these."""
        at = np.flatnonzero(there[self.rows])
        return at, _Held(self.rows[at], self.columns[at], self.size)


@dataclass(frozen=True, slots=True, eq=False)
class _Akin:
    """What words of a story others are akin to, and where they are."""

    words: Array
    """Their numbers."""
    own: Array
    """Of each sentence, 1 where it holds the word."""
    by_idea: Array
    """Whether a sentence holds not the word, but one of the same idea."""
    by_beginning: Array
    """Whether it holds none of these, but one of the same beginning."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the sentences of a story hold."""

    np: ModuleType
    texts: tuple[Array, ...]
    """Of each text the numbers of its sentences; those that are the same have the same."""
    lengths: Array
    """Of each sentence, in words."""
    held: _Held
    """Kind by kind."""
    bounds: Array
    """Where the numbers of things of each kind begin, and where all end."""
    words: tuple[Array, Array]
    """Of each thing the numbers of two words, or of one and none, that it weighs as much as; none is beyond all."""
    tellings: Array
    """What each word tells by itself."""
    trigrams: _Held
    """By sentences."""
    often: Array
    """How often a sentence has each of its trigrams."""
    kin: _Akin | None

    def within(self, text: int) -> tuple[Array, Array]:
        """Return the log-odds that each two sentences of a text say the same, and what each of them weighs."""
        times = self._times([text])
        number, odds, masses = self._weighed(times, times)
        own = number[self.texts[text]]
        return odds[own][:, own], masses[own]

    def across(self, repeats: Sequence[Collection[int]]) -> Array:
        """Return the log-odds that each two sentences of all texts say the same.

        Args:
            repeats: of each text the sentences that repeat another of it, which make nothing less rare.
        """
        np = self.np
        every = self._times(range(len(self.texts)))
        again = [own[list(one)] for own, one in zip(self.texts, repeats, strict=True) if one]
        first = every - np.bincount(np.concatenate(again), minlength=len(every)) if again else every
        _, odds, _ = self._weighed(first, every)
        own = np.concatenate(self.texts)
        return odds[own][:, own]

    def _times(self, texts: Sequence[int]) -> Array:
        """Return how often each sentence of the story stands in some texts."""
        return self.np.bincount(self.np.concatenate([self.texts[n] for n in texts]), minlength=len(self.lengths))

    def _weighed(self, first: Array, every: Array) -> tuple[Array, Array, Array]:
        """Return the new numbers of the sentences that stand anywhere, their log-odds, and what each weighs.

        Args:
            first: how often each sentence stands where it makes things less rare.
            every: how often in all.
        """
        np, there = self.np, every > 0
        number, kept, total = np.cumsum(there) - 1, np.flatnonzero(there), int(first.sum())
        rarity = np.array([math.log((total + 1) / max(1, count)) for count in range(total + 1)])

        entries, trigrams = self.trigrams.of(np, there)
        values = self.often[entries] * rarity[trigrams.counted(np, first)[trigrams.columns]]
        shared = trigrams.counted(np, every)[trigrams.columns] > 1
        dots = _dots(np, len(kept), _Held(number[trigrams.rows], trigrams.columns, trigrams.size), values, shared)

        _, held = self.held.of(np, there)
        table = _Table.of(np, len(kept), number, held, held.counted(np, every), self.bounds)
        rare = rarity[held.counted(np, first)[: len(self.tellings)]]
        words = np.append(np.rint(rare * self.tellings * UNIT), 0.0)
        weights = words[self.words[0]] + words[self.words[1]]
        masses = table.sums(_CONTENT, weights)

        lengths = self.lengths[kept]
        logs = np.array([math.log(length + 1) for length in lengths.tolist()])
        odds = CONSTANT + LENGTH * abs(logs[:, None] - logs)
        odds += 2 * WORDS / np.maximum(1, lengths[:, None] + lengths) * table.product(_WORD)
        odds += DOT * dots / SQUARE
        odds += self._said(table, weights, masses, self._akin_to(words, kept))
        return number, odds, masses

    def _akin_to(self, words: Array, kept: Array) -> Array:
        """Return what the words of each of some sentences weigh that are akin to one of each other, but not in it."""
        np, kin = self.np, self.kin
        if kin is None:
            return 0.0
        by_idea, by_beginning = (np.rint(part * words[kin.words]) for part in (BY_IDEA, BY_BEGINNING))
        return kin.own[kept] @ (by_idea * kin.by_idea[kept] + by_beginning * kin.by_beginning[kept]).T

    def _said(self, table: _Table, weights: Array, masses: Array, akin: Array) -> Array:
        """Return what else speaks for each two sentences, by words that say something."""
        np = self.np
        common = table.product(_CONTENT, weights)
        mine = (common + akin) / np.where(masses > 0, masses, UNIT)[:, None]
        found = MOST_COVERED * np.maximum(mine, mine.T) + COVERED * np.sqrt(mine * mine.T)
        found += COMMON * _log1p(np, common / UNIT)

        names = weights / UNIT + 0.1
        coarse = np.floor(names * _COARSE) / _COARSE
        fine = names - coarse
        named = table.sums(_NAME, coarse) + table.sums(_NAME, fine)
        if named.any():
            both = table.product(_NAME, coarse) + table.product(_NAME, fine)
            found += NAMES * _share(np, both, named)
            strangers = (both == 0) & (named > 0) & (named > 0)[:, None] & (common > 0)
            found -= STRANGERS * (strangers & (table.product(_CONTENT) <= HARDLY))
        found += PAIRS * _share(np, table.product(_PAIR, weights), table.sums(_PAIR, weights))
        found += FIGURES * (table.product(_FIGURE) > 0)
        found += QUOTES * _log1p(np, table.product(_QUOTED, weights) / UNIT)
        return found


def _share(np: ModuleType, both: Array, masses: Array) -> Array:
    """Return which share of the lighter sentence's weight both hold."""
    return both / np.where(both > 0, np.minimum(masses[:, None], masses), 1.0)


def _log1p(np: ModuleType, values: Array) -> Array:
    """Return the logarithm of one and each of the numbers of a symmetric matrix."""
    rows, columns = np.nonzero(np.triu(values))
    found = np.zeros_like(values)
    found[rows, columns] = found[columns, rows] = list(map(math.log1p, values[rows, columns].tolist()))
    return found


# ---------------------------------------------------------------------------- sums of products


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """What some sentences hold, kind by kind, to be added and multiplied."""

    np: ModuleType
    count: int
    """How many sentences there are."""
    held: _Held
    shared: _Held
    """The entries of what two sentences hold at least, which is numbered anew."""
    old: Array
    """Which numbers that had."""
    bounds: Array
    """Where the numbers of each kind begin, and where all end; see `Evidence`."""

    @classmethod
    def of(cls, np: ModuleType, count: int, number: Array, held: _Held, spread: Array, bounds: Array) -> _Table:
        """Return what is held by so many sentences.

        Args:
            np: numpy.
            count: how many there are.
            number: their numbers by those that they have in the story.
            held: what they hold.
            spread: in how many sentences each thing is.
            bounds: where the numbers of each kind begin, and where all end.
        """
        old = np.flatnonzero(spread > 1)
        new = np.cumsum(spread > 1) - 1
        rows = number[held.rows]
        shared = np.flatnonzero((spread > 1)[held.columns])
        return cls(
            np,
            count,
            _Held(rows, held.columns, held.size),
            _Held(rows[shared], new[held.columns[shared]], len(old)),
            old,
            bounds,
        )

    def sums(self, kind: int, weights: Array) -> Array:
        """Return for each sentence what all things of a kind weigh that it holds."""
        start, end = self.np.searchsorted(self.held.columns, self.bounds[kind : kind + 2])
        return self.np.bincount(self.held.rows[start:end], weights[self.held.columns[start:end]], self.count)

    def product(self, kind: int, weights: Array | None = None) -> Array:
        """Return for each two sentences what the things of a kind weigh that both hold; or how many there are."""
        np, shared = self.np, self.shared
        first, last = np.searchsorted(self.old, self.bounds[kind : kind + 2])
        start, end = np.searchsorted(shared.columns, (first, last))
        rows, columns = shared.rows[start:end], shared.columns[start:end] - first
        found = np.zeros((self.count, self.count))
        for at, size, low in _parts(np, columns, last - first, self.count):
            there = np.zeros((self.count, size))
            there[rows[at], columns[at] - low] = 1.0
            own = self.old[first + low : first + low + size]
            found += (there if weights is None else there * weights[own]) @ there.T
        return found


def _dots(np: ModuleType, count: int, held: _Held, values: Array, shared: Array) -> Array:
    """Return the products of so many sentences' vectors, each of the length `UNIT`.

    Args:
        np: numpy.
        count: how many sentences there are.
        held: what they hold, by sentences.
        values: what each of that counts.
        shared: whether others hold it too.
    """
    squares = (values * values).tolist()
    bounds = np.searchsorted(held.rows, np.arange(count + 1)).tolist()
    lengths = [math.sqrt(math.fsum(squares[start:end])) or 1.0 for start, end in pairwise(bounds)]
    rows, some = held.rows[shared], held.columns[shared]
    weights = np.rint(values[shared] * (UNIT / np.array(lengths))[rows])
    upper = np.floor(weights / (1 << _LOW))
    lower = weights - upper * (1 << _LOW)
    different, columns = np.unique(some, return_inverse=True)
    found = np.zeros((count, count), dtype=np.int64)
    for at, size, low in _parts(np, columns, len(different), count):
        one, other = np.zeros((count, size)), np.zeros((count, size))
        one[rows[at], columns[at] - low], other[rows[at], columns[at] - low] = upper[at], lower[at]
        mixed = one @ other.T
        for products, bits in ((one @ one.T, 2 * _LOW), (mixed + mixed.T, _LOW), (other @ other.T, 0)):
            found += products.astype(np.int64) << bits
    return found.astype(float)


def _parts(np: ModuleType, columns: Array, size: int, count: int) -> Iterator[tuple[Array, int, int]]:
    """Yield the entries of some columns at a time, so that so many rows of them are no more than there is room for.

    With them how many columns these are, and the first of them.
    """
    step = max(1, _ROOM // max(1, count))
    for low in range(0, size, step):
        at = slice(None) if size <= step else np.flatnonzero((columns >= low) & (columns < low + step))
        yield at, min(step, size - low), low


# ---------------------------------------------------------------------------- what is seen


def evidence(np: ModuleType, texts: Sequence[Sequence[str]]) -> Evidence:
    """Return what the sentences of a story's texts hold."""
    return _evidence(np, tuple(map(tuple, texts)))


@of_texts(1)
def _evidence(np: ModuleType, texts: tuple[tuple[str, ...], ...]) -> Evidence:
    number = {sentence: n for n, sentence in enumerate(dict.fromkeys(chain.from_iterable(texts)))}
    looks = list(map(traits, number))
    kinds: list[Sequence[Collection[Hashable]]] = [
        [one.words for one in looks],
        [one.content for one in looks],
        [one.pairs for one in looks],
        [one.names for one in looks],
        [one.figures for one in looks],
        [one.quoted for one in looks],
    ]
    found = [_numbered(np, bags) for bags in kinds]
    sizes = [len(numbers) for _, numbers in found]
    bounds = np.array([0, *accumulate(sizes)])
    words: Mapping[Any, int] = found[_WORD][1]
    none = len(words)
    pairs: Iterable[Any] = found[_PAIR][1]
    alone = [list(map(words.get, numbers, repeat(none))) for _, numbers in found]
    alone[_PAIR], second = [words[one] for one, _ in pairs], [words[other] for _, other in pairs]
    alone[_FIGURE] = [none] * sizes[_FIGURE]
    held = [(one.rows, one.columns + start) for (one, _), start in zip(found, bounds, strict=False)]
    trigrams, often = _trigrams(np, [one.spelt for one in looks])
    return Evidence(
        np=np,
        texts=tuple([np.array(list(map(number.__getitem__, text)), dtype=np.intp) for text in texts]),
        lengths=np.array([len(one.words) for one in looks]),
        held=_Held(np.concatenate([rows for rows, _ in held]), np.concatenate([of for _, of in held]), sum(sizes)),
        bounds=bounds,
        words=(
            np.array(list(chain.from_iterable(alone)), dtype=np.intp),
            np.array([*repeat(none, bounds[_PAIR]), *second, *repeat(none, sum(sizes[_NAME:]))], dtype=np.intp),
        ),
        tellings=np.array([telling(word) if isinstance(word, str) else 0.0 for word in words]),
        trigrams=trigrams,
        often=often,
        kin=_akin(np, looks, words),
    )


def _numbered(np: ModuleType, bags: Sequence[Collection[Hashable]]) -> tuple[_Held, dict[Hashable, int]]:
    """Return what sentences hold, none of them anything twice, and the numbers of all that."""
    held = list(chain.from_iterable(bags))
    number = {key: n for n, key in enumerate(dict.fromkeys(held))}
    columns = np.fromiter(map(number.__getitem__, held), np.intp, len(held))
    return _Held(np.repeat(np.arange(len(bags)), list(map(len, bags))), columns, len(number)), number


def _trigrams(np: ModuleType, spelt: Sequence[str]) -> tuple[_Held, Array]:
    """Return the trigrams of sentences, and what it counts how often each is there."""
    signs = np.frombuffer("".join(spelt).encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    rows = np.repeat(np.arange(len(spelt)), list(map(len, spelt)))
    whole = np.flatnonzero(rows[:-2] == rows[2:])
    different, columns = np.unique(
        (signs[whole] << 42) + (signs[whole + 1] << 21) + signs[whole + 2], return_inverse=True
    )
    size = len(different)
    entries, times = np.unique(rows[whole] * size + columns, return_counts=True)
    counts = [1.0, *(1 + math.log(count) for count in range(1, 1 + times.max(initial=0)))]
    return _Held(entries // max(1, size), entries % max(1, size), size), np.array(counts)[times]


def _akin(np: ModuleType, looks: Sequence[Traits], words: Mapping[Any, int]) -> _Akin | None:
    """Return what words of sentences are akin to, and where that is; none if none are."""
    kin = kin_of(looks, dict.fromkeys(words, 0))
    if not kin:
        return None
    number = {word: n for n, word in enumerate(kin)}

    def matrix(bags: Sequence[Collection[str]]) -> Array:
        held = list(chain.from_iterable(bags))
        found = np.zeros((len(bags), len(kin)))
        found[np.repeat(np.arange(len(bags)), list(map(len, bags))), list(map(number.__getitem__, held))] = 1.0
        return found

    own = matrix([[word for word in one.content if word in kin] for one in looks])
    by_idea = (own @ matrix([one.by_idea for one in kin.values()]) > 0) & (own == 0)
    by_beginning = (own @ matrix([one.by_beginning for one in kin.values()]) > 0) & (own == 0) & ~by_idea
    return _Akin(np.array(list(map(words.__getitem__, kin))), own, by_idea, by_beginning)
