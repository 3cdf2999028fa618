"""What `generator.compare.vectors` does, for many articles at once, by arrays (numpy): the same likenesses, to the bit.

All keys of all articles lie in one array, article by article and view by view, and so do what they count and weigh.
Candidates are found by sorting: the heaviest words of all articles by word, then the pairs that have one in common.
Weights are whole numbers, so no sum is ever rounded, and it does not matter in which order numbers are added.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import NamedTuple

from generator.compare.readings import Reader
from generator.compare.runs import BITS, LOW, Array, counted, nth, parts, ranges, slices, upto
from generator.compare.vectors import (
    CAPITALS,
    LEAD,
    LEAD_AMONG,
    LIMITS,
    MOST,
    OF_NAMES,
    OF_WORDS,
    SHARES,
    UNIT,
    Likenesses,
    Limits,
    places,
    rarities,
    scaled,
)
from generator.compare.vocabulary import Vocabulary, without_addresses

#: So many characters are read at a time, so many articles weighed, and so many pairs looked at.
_CHARACTERS, _ARTICLES, _PAIRS = 1 << 19, 1 << 12, 1 << 20
#: So many weights lie in a table of whole vectors, in which those of others are looked up.
_CELLS = 1 << 23
#: The views of an article: its words, its names, its first words.
_VIEWS = len(SHARES)


class Columns:
    """Articles as they are added, as `generator.compare.vectors.Profiles`."""

    def __init__(self, np: ModuleType) -> None:
        self._np = np
        self._vocabulary = Vocabulary()
        self._reader = Reader(np, self._vocabulary)
        self._waiting: list[str] = []
        self._characters = 0
        self._read: list[_Profiles] = []

    def add(self, text: str) -> None:
        """Add an article; Markdown is read as text, addresses are left out."""
        self._waiting.append(without_addresses(text))
        self._characters += len(text)
        if self._characters >= _CHARACTERS:
            self._count()

    def _count(self) -> None:
        self._read.append(_profiled(self._np, *self._reader.read(self._waiting)))
        self._waiting.clear()
        self._characters = 0

    def likenesses(self, limits: Limits = LIMITS) -> Likenesses:
        """Return what `generator.compare.vectors.Profiles.likenesses` does; afterwards there are no articles."""
        np = self._np
        self._count()
        profiles = _Profiles(*map(np.concatenate, zip(*self._read, strict=True)))
        self._read.clear()
        found = Likenesses(array("I"), array("I"), array("d"))
        if not len(profiles.keys):
            return found
        vectors, is_rare = _weighed(np, profiles, self._vocabulary, limits.crowd)
        probes = _probes(np, vectors, is_rare, limits.probes_of(len(profiles.sizes)))
        is_short = profiles.sizes[:, :-1].sum(axis=1) < limits.short
        for first, second, product in _products(np, vectors, _candidates(np, probes, is_short, limits.shared)):
            likeness = product / UNIT**2
            near = np.flatnonzero(likeness >= limits.none)
            found.first.frombytes(first[near].astype("I").tobytes())
            found.second.frombytes(second[near].astype("I").tobytes())
            found.value.frombytes(likeness[near].tobytes())
        return found


# ---------------------------------------------------------------------------- words


class _Profiles(NamedTuple):
    """Words of some articles: keys and counts article by article, and therein view by view."""

    keys: Array
    """Three to a stem, one a view."""
    counts: Array
    sizes: Array
    """How many keys each view of each article has."""
    is_capital: Array
    """Of each article, whether its names are among its words, too."""


def _profiled(np: ModuleType, numbers: Array, sizes: Array) -> _Profiles:
    """Return what `generator.compare.vectors.profile` does of every text."""
    article = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(numbers)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    says = np.flatnonzero(numbers)
    article, place, stems = article[says], place[says], numbers[says].astype("i8") - 2
    first = place < LEAD_AMONG
    of_first = nth(np, np.bincount(article[first], minlength=len(sizes)))
    leading = (article[first] << 32 | stems[first] >> 1)[of_first < LEAD]
    lead, _ = counted(np, leading)
    article_and_word = article << 32 | stems
    word, count = counted(np, article_and_word)
    stem = word >> 1
    begins = np.flatnonzero(np.diff(stem, prepend=-1))
    last = np.append(begins[1:], len(stem))[: len(begins)] - 1
    before = upto(np, count)
    total, stem = before[last + 1] - before[begins], stem[begins]
    capitals = np.where(word[last] & 1, count[last], 0)
    is_name = (capitals > 0) & (2 * capitals >= total)
    article, stem = stem >> 31, stem & LOW >> 1
    names = np.bincount(article[is_name], minlength=len(sizes))
    is_capital = names > CAPITALS * np.bincount(article, minlength=len(sizes))
    is_word = ~is_name | is_capital[article]
    total = np.minimum(total, MOST)
    views = (
        (article[is_word], stem[is_word], total[is_word]),
        (article[is_name], stem[is_name], total[is_name]),
        (lead >> 32, lead & LOW, np.ones_like(lead)),
    )
    return _Profiles(*_in_one(np, views, len(sizes)), is_capital)


def _in_one(np: ModuleType, views: Sequence[tuple[Array, Array, Array]], articles: int) -> tuple[Array, Array, Array]:
    """Return keys, counts and sizes of views, each given as articles, stems and counts."""
    sizes = np.stack([np.bincount(article, minlength=articles) for article, _, _ in views], axis=1)
    starts = (np.cumsum(sizes) - sizes.ravel()).reshape(sizes.shape)
    keys, counts = np.empty(sizes.sum(), "i4"), np.empty(sizes.sum(), "u1")
    for view, (_, stem, count) in enumerate(views):
        to = np.repeat(starts[:, view], sizes[:, view]) + nth(np, sizes[:, view])
        keys[to], counts[to] = _VIEWS * stem + view, count
    return keys, counts, sizes


# ---------------------------------------------------------------------------- weights


class _Vectors(NamedTuple):
    """Vectors of whole numbers, one after the other."""

    keys: Array
    """Places of words in the alphabet, three to a stem, one a view."""
    values: Array
    starts: Array
    """Where each vector begins; and the end."""
    width: int
    """There are fewer keys than this."""


def _weighed(np: ModuleType, profiles: _Profiles, vocabulary: Vocabulary, crowd: int) -> tuple[_Vectors, Array]:
    """Return the vectors of articles, and of every key whether it is rare; what is counted is written over."""
    width = _VIEWS * len(vocabulary.numbers)
    spread = np.bincount(profiles.keys, minlength=width)
    rarity = np.array(rarities(vocabulary, _holding(np, profiles, spread).tolist(), len(profiles.sizes)))
    new = (_VIEWS * np.array(places(vocabulary), "i4")[:, None] + np.arange(_VIEWS, dtype="i4")).ravel()
    is_rare = np.zeros(width, bool)
    is_rare[new] = (spread > 1) & (spread <= crowd) & (np.arange(width) % _VIEWS < _VIEWS - 1)
    factors = np.array([*OF_WORDS, *OF_NAMES, *[1.0] * (MOST + 1)])
    values = np.empty(len(profiles.keys), "i4")
    starts = upto(np, profiles.sizes.sum(axis=1))
    for few in slices(len(profiles.sizes), _ARTICLES):
        part, sizes = slice(starts[few.start], starts[few.stop]), profiles.sizes[few].ravel()
        keys = profiles.keys[part]
        stem = keys // _VIEWS
        whole = (factors[(keys - _VIEWS * stem) * (MOST + 1) + profiles.counts[part]] * rarity[stem]).astype("i8")
        squares = np.diff(upto(np, whole * whole)[upto(np, sizes)])
        scale = np.array(list(map(scaled, SHARES * (few.stop - few.start), squares.tolist())))
        values[part] = whole * np.repeat(scale, sizes)
        profiles.keys[part] = new[keys]
    return _Vectors(profiles.keys, values, starts, width), is_rare


def _holding(np: ModuleType, profiles: _Profiles, spread: Array) -> Array:
    """Return in how many articles each stem is, as a word, a name or both, given in how many each key is."""
    capital = np.flatnonzero(profiles.is_capital)
    starts = (np.cumsum(profiles.sizes) - profiles.sizes.ravel()).reshape(profiles.sizes.shape)
    names = profiles.keys[ranges(np, starts[capital, 1], profiles.sizes[capital, 1])]
    return spread[0::_VIEWS] + spread[1::_VIEWS] - np.bincount(names, minlength=len(spread))[1::_VIEWS]


# ---------------------------------------------------------------------------- likeness


def _probes(np: ModuleType, vectors: _Vectors, is_rare: Array, count: int) -> Array:
    """Return the *count* heaviest rare keys of every article, of equal ones the first: ascending, key and article."""
    low, high = vectors.width.bit_length(), UNIT.bit_length() - 1
    found = []
    for few in slices(len(vectors.starts) - 1, min(_ARTICLES, 1 << (BITS - low - high))):
        part = slice(vectors.starts[few.start], vectors.starts[few.stop])
        at = np.flatnonzero(is_rare[vectors.keys[part]])
        article = np.repeat(np.arange(few.stop - few.start), np.diff(vectors.starts[few.start : few.stop + 1]))[at]
        light = (UNIT - 1 - vectors.values[part][at]).astype("i8")
        sorting = (article << high | light) << low | vectors.keys[part][at]
        sorting.sort()
        heavy = sorting[nth(np, np.bincount(article)) < count]
        found.append((heavy & (1 << low) - 1) << 32 | (heavy >> low + high) + few.start)
    probes = np.concatenate(found)
    probes.sort()
    return probes


def _candidates(np: ModuleType, probes: Array, is_short: Array, shared: int) -> Iterator[tuple[Array, Array]]:
    """Yield the pairs of articles that have enough probes in common, ascending, some millions at a time."""
    article = probes & LOW
    ends = np.append(np.flatnonzero(np.diff(probes >> 32)) + 1, len(probes))
    later = np.repeat(ends, np.diff(ends, prepend=0)) - np.arange(len(probes)) - 1
    by_article = np.argsort(article, kind="stable")
    starts = upto(np, np.bincount(article, minlength=len(is_short)))
    for few in parts(np, upto(np, later[by_article])[starts], _PAIRS):
        some = by_article[starts[few.start] : starts[few.stop]]
        others = article[ranges(np, some + 1, later[some])]
        pair, count = counted(np, np.repeat(article[some], later[some]) << 32 | others)
        first, second = pair >> 32, pair & LOW
        enough = (count >= shared) | is_short[first] | is_short[second]
        yield first[enough], second[enough]


def _products(
    np: ModuleType, vectors: _Vectors, candidates: Iterator[tuple[Array, Array]]
) -> Iterator[tuple[Array, Array, Array]]:
    """Yield pairs, as they are given, and the products of their vectors; the first ones' lie in a table in turn."""
    rows = max(1, _CELLS // max(1, vectors.width))
    table = np.zeros(rows * vectors.width, "i4")
    sizes = np.diff(vectors.starts)
    for first, second in candidates:
        begins = np.flatnonzero(np.diff(first, prepend=-1))
        row = np.repeat(np.arange(len(begins)), np.diff(begins, append=len(first)))
        looked_up = upto(np, sizes[second])
        start = 0
        while start < len(first):
            stop = int(np.searchsorted(looked_up, looked_up[start] + _PAIRS, "right")) - 1
            stop = max(start + 1, min(stop, int(np.searchsorted(row, row[start] + rows))))
            some, others = first[begins[row[start] : row[stop - 1] + 1]], second[start:stop]
            at = ranges(np, vectors.starts[some], sizes[some])
            cells = np.repeat(np.arange(len(some)) * vectors.width, sizes[some]) + vectors.keys[at]
            table[cells] = vectors.values[at]
            at = ranges(np, vectors.starts[others], sizes[others])
            found = table[np.repeat((row[start:stop] - row[start]) * vectors.width, sizes[others]) + vectors.keys[at]]
            products = np.multiply(found, vectors.values[at], dtype="i8")
            yield first[start:stop], others, np.add.reduceat(products, looked_up[start:stop] - looked_up[start])
            table[cells] = 0
            start = stop
