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
#: The number of the first stem of a vocabulary.
_FIRST_STEM = 2
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
    lead = _leading(np, numbers, sizes)
    words = np.repeat(np.arange(len(sizes)) << 32, sizes)
    words |= numbers
    stem, count, capitals = _of_stems(np, words[numbers != 0] - _FIRST_STEM)
    owner, stem = stem >> 31, stem & LOW >> 1
    is_name = (capitals > 0) & (2 * capitals >= count)
    names = np.bincount(owner[is_name], minlength=len(sizes))
    is_capital = names > CAPITALS * np.bincount(owner, minlength=len(sizes))
    is_word = ~is_name | is_capital[owner]
    count = np.minimum(count, MOST)
    views = (
        (owner[is_word], stem[is_word], count[is_word]),
        (owner[is_name], stem[is_name], count[is_name]),
        (lead >> 32, lead & LOW, np.ones_like(lead)),
    )
    return _Profiles(*_in_one(np, views, len(sizes)), is_capital)


def _leading(np: ModuleType, numbers: Array, sizes: Array) -> Array:
    """Return the different stems among the first words of every text, text and stem in one number, ascending."""
    some = np.minimum(sizes, LEAD_AMONG)
    number = numbers.take(ranges(np, np.cumsum(sizes) - sizes, some))
    says = np.flatnonzero(number)
    owner, stem = np.repeat(np.arange(len(sizes)), some)[says], number[says] - _FIRST_STEM >> 1
    lead, _ = counted(np, (owner << 32 | stem)[nth(np, np.bincount(owner)) < LEAD])
    return lead


def _of_stems(np: ModuleType, words: Array) -> tuple[Array, Array, Array]:
    """Return the different stems of every text, how often they stand there, and how often with a capital.

    :param words: text, stem, and one bit more for a capital, in one number; the stems are without this bit.
    """
    word, count = counted(np, words)
    begins = np.flatnonzero(np.diff(word >> 1, prepend=-1))
    ends = np.append(begins[1:], len(word))[: len(begins)]
    before = upto(np, count)
    capitals = np.where(word[ends - 1] & 1, count[ends - 1], 0)
    return word[begins] >> 1, before[ends] - before[begins], capitals


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
    values = np.empty(len(profiles.keys), "i4")
    starts = upto(np, profiles.sizes.sum(axis=1))
    for few in slices(len(profiles.sizes), _ARTICLES):
        part = slice(starts[few.start], starts[few.stop])
        keys = profiles.keys[part]
        values[part] = _values(np, keys, profiles.counts[part], profiles.sizes[few].ravel(), rarity)
        profiles.keys[part] = new.take(keys)
    return _Vectors(profiles.keys, values, starts, width), is_rare


def _values(np: ModuleType, keys: Array, counts: Array, sizes: Array, rarity: Array) -> Array:
    """Return what keys weigh, given how many each view of each article has, and the rarity of every stem."""
    factors = np.array([*OF_WORDS, *OF_NAMES, *[1.0] * (MOST + 1)])
    stem = keys // _VIEWS
    whole = (factors.take((keys - _VIEWS * stem) * (MOST + 1) + counts) * rarity.take(stem)).astype("i8")
    squares = np.diff(upto(np, whole * whole)[upto(np, sizes)])
    scale = np.array(list(map(scaled, SHARES * (len(sizes) // _VIEWS), squares.tolist())))
    return whole * np.repeat(scale, sizes)


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
        at = np.flatnonzero(is_rare.take(vectors.keys[part]))
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
        pairs = np.repeat(article[some] << 32, later[some])
        pairs |= article.take(ranges(np, some + 1, later[some]))
        pair, count = counted(np, pairs)
        enough = count >= shared
        if is_short.any():
            enough |= is_short.take(pair >> 32) | is_short.take(pair & LOW)
        pair = pair[enough]
        yield pair >> 32, pair & LOW


def _products(
    np: ModuleType, vectors: _Vectors, candidates: Iterator[tuple[Array, Array]]
) -> Iterator[tuple[Array, Array, Array]]:
    """Yield pairs, as they are given, and the products of their vectors; the first ones' lie in a table in turn."""
    rows = max(1, _CELLS // vectors.width)
    table = np.zeros(rows * vectors.width, "i4")
    sizes = np.diff(vectors.starts)
    for first, second in candidates:
        begins = np.flatnonzero(np.diff(first, prepend=-1))
        row = np.repeat(np.arange(len(begins)), np.diff(begins, append=len(first)))
        for part in _together(np, row, rows, upto(np, sizes[second])):
            some = first[begins[row[part.start] : row[part.stop - 1] + 1]]
            products = _looked_up(np, table, vectors, some, row[part] - row[part.start], second[part])
            yield first[part], second[part], products


def _together(np: ModuleType, row: Array, rows: int, starts: Array) -> Iterator[slice]:
    """Yield pairs in parts that have no more than so many rows, and not too many keys in their second vectors.

    :param row: of each pair, ascending.
    :param starts: where the keys of each pair's second vector begin, one after the other, and where the last ones end.
    """
    start = 0
    while start < len(row):
        stop = int(np.searchsorted(starts, starts[start] + _PAIRS, "right")) - 1
        stop = max(start + 1, min(stop, int(np.searchsorted(row, row[start] + rows))))
        yield slice(start, stop)
        start = stop


def _looked_up(np: ModuleType, table: Array, vectors: _Vectors, some: Array, row: Array, others: Array) -> Array:
    """Return the products of vectors: of that of *some* which lies in a row of the table, and that of each other.

    :param table: zeros; and zeros again, afterwards.
    """
    sizes = vectors.starts[some + 1] - vectors.starts[some]
    at = ranges(np, vectors.starts[some], sizes)
    cells = np.repeat(np.arange(len(some)) * vectors.width, sizes)
    cells += vectors.keys.take(at)
    table[cells] = vectors.values.take(at)
    sizes = vectors.starts[others + 1] - vectors.starts[others]
    at = ranges(np, vectors.starts[others], sizes)
    places = np.repeat(row * vectors.width, sizes)
    places += vectors.keys.take(at)
    products = np.multiply(table.take(places), vectors.values.take(at), dtype="i8")
    table[cells] = 0
    return np.add.reduceat(products, upto(np, sizes)[:-1])
