"""How much the sentences of a story say the same, all at once, by arrays; the rules are `similarity`'s.

What is counted there in the fields of long numbers is here a product of two matrices: a row a sentence, a column a
word, a pair of words, a trigram. All that is multiplied is whole numbers, and no sum of the products reaches 2 ** 53:
it is exact, in whatever order they are added, and both ways give the same to the last bit. Logarithms are Python's.

Most things are in few of the sentences: for these each two that hold one are looked up, and only what many hold is
multiplied for all.

What sentences hold (`generator.compare.holdings`) is weighed by its rarity among those of a group, which are one text's
or the whole story's. Several groups are weighed at once, where a matrix is one in a stack of them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from types import ModuleType

from generator.compare.holdings import CONTENT, FIGURE, NAME, PAIR, QUOTED, TRIGRAM, WORD, Holdings
from generator.compare.profiles import UNIT
from generator.compare.runs import Array, nth, ranges, upto
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

Shown = tuple[int, int, float]
"""Two sentences of a text, the earlier first, and the log-odds that they say the same."""

#: So many bits of a trigram's weight are multiplied apart from those above them.
_LOW = 10
#: A name's weight is multiplied in two parts: whole numbers of one in so many, and what is left.
_COARSE = float(1 << 28)
#: So many numbers, at most, are in the products for texts that are weighed at once; and in a matrix of what they hold.
_TOGETHER, _ROOM = 1 << 12, 1 << 21
#: Of so many sentences, what no more than one in so many has, and no more than so many, is multiplied for each two
#: that have it.
_MANY, _SELDOM, _FEW = 96, 6, 24


def within(seen: Holdings, least: float) -> list[tuple[list[Shown], list[float]]]:
    """Return of each text which of its sentences show that they say the same, and what each of these weighs.

    Args:
        seen: what the sentences hold.
        least: log-odds; what does not show more is left out.
    """
    np, none = seen.np, len(seen.lengths) - 1
    found: list[tuple[list[Shown], list[float]]] = [([], []) for _ in seen.texts]
    for some in _batches(list(map(len, seen.texts))):
        rows = np.full((len(some), len(seen.texts[some[0]])), none)
        for row, text in zip(rows, some, strict=True):
            row[: len(seen.texts[text])] = seen.texts[text]
        there = rows < none
        odds, masses = _weighed(_Groups.of(seen, rows), there)
        at = np.nonzero((odds > least) & there[:, None] & ~np.tri(rows.shape[1], dtype=bool))
        shown = list(zip(at[1].tolist(), at[2].tolist(), odds[at].tolist(), strict=True))
        bounds = upto(np, np.bincount(at[0], minlength=len(some))).tolist()
        for text, (start, end), own in zip(some, pairwise(bounds), masses.tolist(), strict=True):
            found[text] = shown[start:end], own
    return found


def across(seen: Holdings, repeats: Sequence[Collection[int]]) -> Array:
    """Return the log-odds that each two sentences of all texts say the same.

    Args:
        seen: what the sentences hold.
        repeats: of each text the sentences that repeat another of it, which make nothing less rare.
    """
    np, own = seen.np, seen.np.concatenate(seen.texts)
    first = np.bincount(own, minlength=len(seen.lengths))
    again = [text[list(one)] for text, one in zip(seen.texts, repeats, strict=True) if one]
    if again:
        first -= np.bincount(np.concatenate(again), minlength=len(seen.lengths))
    odds, _ = _weighed(_Groups.of(seen, None), first[None])
    return odds[0][own[:, None], own]


def _batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yield the texts of several sentences by their numbers, those together that are best weighed at once."""
    batch: list[int] = []
    for text in sorted(range(len(sizes)), key=lambda n: -sizes[n]):
        if sizes[text] < 2:
            break
        if batch and (len(batch) + 1) * sizes[batch[0]] ** 2 > _TOGETHER:
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _weighed(groups: _Groups, first: Array) -> tuple[Array, Array]:
    """Return of each group the log-odds that each two of its sentences say the same, and what each weighs.

    Args:
        groups: the sentences.
        first: how often each of them makes things less rare.
    """
    seen, rows, rarity = groups.seen, groups.rows, groups.rarity(first)
    np, lengths, logs = seen.np, seen.lengths[rows], seen.logs[rows]
    odds = CONSTANT + LENGTH * abs(logs[:, :, None] - logs[:, None])
    odds += 2 * WORDS / np.maximum(1, lengths[:, :, None] + lengths[:, None]) * groups.products(WORD, None)[0]
    odds += DOT * groups.dots(rarity) / SQUARE

    words = np.zeros((len(lengths), len(seen.tellings) + 1))
    words[:, :-1] = np.rint(rarity[:, seen.bounds[WORD] : seen.bounds[CONTENT]] * seen.tellings * UNIT)
    weights = words[:, seen.words[0]] + words[:, seen.words[1]]
    masses = groups.sums(CONTENT, weights)
    odds += _said(groups, weights, masses, _akin(groups, words))
    return odds, masses


def _akin(groups: _Groups, words: Array) -> Array:
    """Return what the words of each sentence weigh that are akin to one of each other, but not in it."""
    np, rows, kin = groups.seen.np, groups.rows, groups.seen.kin
    if kin is None:
        return 0.0
    by_idea, by_beginning = (np.rint(part * words[:, None, kin.words]) for part in (BY_IDEA, BY_BEGINNING))
    weights = by_idea * kin.by_idea[rows] + by_beginning * kin.by_beginning[rows]
    return kin.own[rows] @ weights.swapaxes(1, 2)


def _said(groups: _Groups, weights: Array, masses: Array, akin: Array) -> Array:
    """Return what else speaks for each two sentences, by words that say something.

    Args:
        groups: the sentences.
        weights: what each thing weighs in each group.
        masses: what each sentence's words weigh together.
        akin: what those of them weigh that are akin to others; see `_akin`.
    """
    np = groups.seen.np
    common, shared = groups.products(CONTENT, weights, None)
    mine = (common + akin) / np.where(masses > 0, masses, UNIT)[:, :, None]
    other = mine.swapaxes(1, 2)
    found = MOST_COVERED * np.maximum(mine, other) + COVERED * np.sqrt(mine * other)
    found += COMMON * _log1p(np, common / UNIT)

    naming = groups.seen.naming[groups.rows]
    if naming.any():
        names = weights / UNIT + 0.1
        coarse = np.floor(names * _COARSE) / _COARSE
        fine = names - coarse
        both = sum(groups.products(NAME, coarse, fine))
        found += NAMES * _share(np, both, groups.sums(NAME, coarse) + groups.sums(NAME, fine))
        strangers = (both == 0) & naming[:, None] & naming[:, :, None] & (common > 0)
        found -= STRANGERS * (strangers & (shared <= HARDLY))
    found += PAIRS * _share(np, groups.products(PAIR, weights)[0], groups.sums(PAIR, weights))
    if groups.holds(FIGURE):
        found += FIGURES * (groups.products(FIGURE, None)[0] > 0)
    if groups.holds(QUOTED):
        found += QUOTES * _log1p(np, groups.products(QUOTED, weights)[0] / UNIT)
    return found


def _share(np: ModuleType, both: Array, masses: Array) -> Array:
    """Return which share of the lighter sentence's weight both hold."""
    return both / np.where(both > 0, np.minimum(masses[:, :, None], masses[:, None]), 1.0)


def _log1p(np: ModuleType, values: Array) -> Array:
    """Return the logarithm of one and each of the numbers of symmetric matrices, none below 0."""
    upper = (values * ~np.tri(values.shape[1], k=-1, dtype=bool)).ravel()
    at = np.flatnonzero(upper)
    upper[at] = np.fromiter(map(math.log1p, upper[at].tolist()), float, len(at))
    found = upper.reshape(values.shape)
    return np.maximum(found, found.swapaxes(1, 2))


# ---------------------------------------------------------------------------- sums and products


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """Sentences in groups, and what they hold: to be added and multiplied."""

    seen: Holdings
    rows: Array | None
    """The sentences of each, where others have more filled up with the one that holds nothing; None: all in one."""
    shape: tuple[int, int]
    """How many groups there are, and how many sentences in each."""
    entries: Array
    """What is held; see `Holdings.by`."""
    places: Array
    things: Array
    ends: list[int]
    """Where the entries of each kind end."""
    times: Array
    """How often each sentence stands there."""

    @classmethod
    def of(cls, seen: Holdings, rows: Array | None) -> _Groups:
        """Return groups of a story's sentences."""
        np, kinds = seen.np, QUOTED + 1
        shape = (1, len(seen.lengths)) if rows is None else rows.shape
        entries, places, things = seen.by(rows, kinds)
        ends = np.searchsorted(places, shape[0] * shape[1] * np.arange(1, kinds + 1)).tolist()
        times = seen.times if rows is None else np.ones(rows.size)
        return cls(seen, rows, shape, entries, places, things, ends, times)

    @property
    def size(self) -> int:
        """How many sentences there are in all."""
        return self.shape[0] * self.shape[1]

    def rarity(self, first: Array) -> Array:
        """Return how rare each trigram and each word is in each group; that of other things says nothing.

        Args:
            first: how often each sentence makes things less rare.
        """
        np, end, count = self.seen.np, self.ends[WORD], self.shape[0]
        totals = first.sum(axis=1).tolist()
        counts = [1, *range(1, max(totals) + 1)]
        known = {total: [math.log((total + 1) / spread) for spread in counts] for total in set(totals)}
        times = np.tile(first.ravel(), WORD + 1)[self.places[:end]]
        spread = np.bincount(self.things[:end], times, count * self.seen.bounds[-1]).astype(np.intp)
        return np.array([known[total] for total in totals])[np.arange(count)[:, None], spread.reshape(count, -1)]

    def sums(self, kind: int, weights: Array) -> Array:
        """Return what all things of a kind weigh together that each sentence holds."""
        own, size = slice(self.ends[kind - 1], self.ends[kind]), self.size
        found = self.seen.np.bincount(self.places[own], weights.take(self.things[own]), (kind + 1) * size)
        return found[kind * size :].reshape(self.shape)

    def holds(self, kind: int) -> bool:
        """Whether any sentence holds anything of a kind."""
        return self.ends[kind - 1] < self.ends[kind]

    def products(self, kind: int, *weights: Array | None) -> list[Array]:
        """Return for each two sentences what the things of a kind weigh that both hold; or how many there are."""
        np, own = self.seen.np, slice(self.ends[kind - 1], self.ends[kind])
        ones = np.ones(own.stop - own.start)
        found = self._met(kind, ones, *(ones if one is None else one.take(self.things[own]) for one in weights))
        return [np.maximum(one, one.swapaxes(1, 2)) for one in found]

    def dots(self, rarity: Array) -> Array:
        """Return the products of sentences' vectors of trigrams, each of the length `UNIT`."""
        np, own = self.seen.np, slice(self.ends[TRIGRAM])
        places = self.places[own]
        values = self.seen.often.take(self.entries[own]) * rarity.take(self.things[own])
        squares, bounds = (values * values).tolist(), np.searchsorted(places, np.arange(self.size + 1)).tolist()
        lengths = [math.sqrt(math.fsum(squares[start:end])) or 1.0 for start, end in pairwise(bounds)]
        values = np.rint(values * (UNIT / np.array(lengths)).take(places))
        high = np.floor(values / (1 << _LOW))
        upper, lower = self._met(TRIGRAM, values, high, values - high * (1 << _LOW))
        found = upper * (1 << _LOW) + lower
        return np.maximum(found, found.swapaxes(1, 2))

    def _met(self, kind: int, one: Array, *others: Array) -> list[Array]:
        """Return sums of products, for each two sentences over the things of a kind that both hold.

        Args:
            kind: which.
            one: what an entry of the earlier sentence counts, none below 0.
            others: and one of the later or the same sentence, for a sum each. Where the earlier comes second, there may
                be less, but never more; and a sentence that stands there once is held against itself for nothing.
        """
        np, (count, size), (first, last) = self.seen.np, self.shape, self.seen.bounds[kind : kind + 2]
        own = slice(self.ends[kind] - len(one), self.ends[kind])
        places, columns = self.places[own] - kind * self.size, self.seen.columns.take(self.entries[own]) - first
        if count > 1:
            columns += places // size * (last - first)
        often = np.bincount(columns, self.times.take(places), count * (last - first)) > 1
        found = np.zeros((len(others), *self.shape, size))
        if size >= _MANY and count == 1:
            spread = np.bincount(columns, minlength=last - first)
            seldom = often & (spread <= min(size // _SELDOM, _FEW))
            often &= ~seldom
            at, sizes = np.flatnonzero(seldom.take(columns)), spread[seldom]
            order = at[np.argsort(columns.take(at).astype(np.min_scalar_type(last)), kind="stable")]
            till = nth(np, sizes) + 1
            earlier = order.take(ranges(np, np.repeat(upto(np, sizes)[:-1], sizes), till))
            later, value = np.repeat(order, till), one.take(earlier)
            cells = (places * size).take(earlier) + places.take(later)
            for whole, other in zip(found, others, strict=True):
                whole.ravel()[:] = np.bincount(cells, value * other.take(later), size * size)
        upto_each = often.reshape(count, -1).cumsum(axis=1)  # each group has columns of its own, and no more of them
        columns = np.where(often, upto_each.ravel() - 1, -1).take(columns)
        for start, end in self._parts(int(upto_each.max(initial=0))):
            at = np.flatnonzero((columns >= start) & (columns < end))
            to = places.take(at) * (end - start) + (columns.take(at) - start)
            here = self._matrix(end - start, to, one.take(at))
            for whole, other in zip(found, others, strict=True):
                there = here if other is one else self._matrix(end - start, to, other.take(at))
                whole += here @ there.swapaxes(1, 2)
        return list(found)

    def _matrix(self, width: int, to: Array, values: Array) -> Array:
        """Return a row of so many numbers for each sentence, of which some are given."""
        found = self.seen.np.zeros((*self.shape, width))
        found.ravel()[to] = values
        return found

    def _parts(self, width: int) -> Iterator[tuple[int, int]]:
        """Yield some columns in parts, of which there is room for a matrix of all sentences each."""
        step = max(1, _ROOM // max(1, self.size))
        for start in range(0, width, step):
            yield start, min(start + step, width)
