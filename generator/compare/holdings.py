"""What the sentences of a story hold, by arrays: words, pairs of words, trigrams and the like, as numbers.

Sentences that are the same, letter for letter, are one here, and what they hold is numbered once for the whole story,
whichever sentences are then weighed against each other (`generator.compare.evidence`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, chain, repeat
from types import ModuleType
from typing import Any

from generator.compare.common import telling
from generator.compare.profiles import Traits, kin_of, traits
from generator.compare.remembered import of_texts
from generator.compare.runs import BITS, Array, counted, ranges, upto
from generator.values import dataclass

#: Kinds of what a sentence holds.
TRIGRAM, WORD, CONTENT, PAIR, NAME, FIGURE, QUOTED = range(7)


@dataclass(frozen=True, slots=True, eq=False)
class Akin:
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
class Holdings:
    """What the sentences of a story hold; behind the last of them is one that holds nothing."""

    np: ModuleType
    texts: tuple[Array, ...]
    """Of each text the numbers of its sentences; those that are the same have the same."""
    times: Array
    """How often each sentence stands in them."""
    lengths: Array
    """Of each, in words."""
    logs: Array
    """Of each that and one, as a logarithm."""
    naming: Array
    """Of each, whether it names somebody."""
    starts: Array
    """Where the entries of each sentence begin, kind by kind, and where all end."""
    places: Array
    """Of each entry the sentence; what it holds of another kind is as if another sentence held it."""
    columns: Array
    """Of each the number of the thing that is held."""
    bounds: list[int]
    """Where the things of each kind begin, and where all end."""
    words: tuple[Array, Array]
    """Of each thing the numbers of two words, or of one and none, that it weighs as much as; none is beyond all."""
    tellings: Array
    """What each word tells by itself."""
    often: Array
    """Of each entry that is a trigram, what it counts how often it is there."""
    kin: Akin | None

    def by(self, groups: Array | None, kinds: int) -> tuple[Array, Array, Array]:
        """Return the entries of groups of sentences: which they are, the place of the sentence, the thing's number.

        Places count on from kind to kind. Things have numbers of their own in each group, as many for one as for all.

        Args:
            groups: a row of sentences for each; None: all of them in one, and all their entries.
            kinds: of how many kinds, from the first on.
        """
        np = self.np
        if groups is None:
            return np.arange(len(self.columns)), self.places, self.columns
        count, size = groups.shape
        rows = (groups.ravel() + len(self.lengths) * np.arange(kinds)[:, None]).ravel()
        starts = self.starts[rows]
        sizes = self.starts[rows + 1] - starts
        at, places = ranges(np, starts, sizes), np.repeat(np.arange(len(rows)), sizes)
        return at, places, self.columns[at] + places // size % count * self.bounds[-1]


def holdings(np: ModuleType, texts: Sequence[Sequence[str]]) -> Holdings:
    """Return what the sentences of a story's texts hold."""
    return _holdings(np, tuple(map(tuple, texts)))


@of_texts(1)
def _holdings(np: ModuleType, texts: tuple[tuple[str, ...], ...]) -> Holdings:
    number = _numbered(texts)
    looks, rows = list(map(traits, number)), len(number) + 1
    spelt, trigrams, different, often = _trigrams(np, [one.spelt for one in looks])

    bags: list[Sequence[Collection[Any]]] = [
        [one.words for one in looks],
        [one.content for one in looks],
        [one.pairs for one in looks],
        [one.names for one in looks],
        [one.figures for one in looks],
        [one.quoted for one in looks],
    ]
    words, pairs, figures, quoted = (_numbered(bags[kind - WORD]) for kind in (WORD, PAIR, FIGURE, QUOTED))
    things = words, words, pairs, words, figures, quoted
    bounds = [0, *accumulate(map(len, things), initial=different)]
    columns = [_columns(np, held, known) for held, known in zip(bags, things, strict=True)]
    sizes = np.zeros((len(bags) + 1, rows), dtype=np.intp)
    sizes[TRIGRAM] = np.bincount(spelt, minlength=rows)
    sizes[WORD:, :-1] = [list(map(len, held)) for held in bags]
    held = np.concatenate([trigrams, *[own + start for own, start in zip(columns, bounds[WORD:], strict=False)]])
    places = np.repeat(np.arange(sizes.size), sizes.ravel())
    own = tuple([np.array(list(map(number.__getitem__, text)), dtype=np.intp) for text in texts])
    return Holdings(
        np=np,
        texts=own,
        times=np.bincount(np.concatenate(own), minlength=rows) if own else np.zeros(rows),
        lengths=sizes[WORD],
        logs=np.array([math.log(length + 1) for length in sizes[WORD].tolist()]),
        naming=sizes[NAME] > 0,
        starts=upto(np, sizes.ravel()),
        places=places,
        columns=held,
        bounds=bounds,
        words=_words(np, words, pairs, bounds, quoted),
        tellings=np.array([telling(word) if isinstance(word, str) else 0.0 for word in words]),
        often=often,
        kin=_akin(np, looks, words, np.repeat(np.arange(rows), sizes[CONTENT]), columns[CONTENT - WORD]),
    )


def _numbered(bags: Sequence[Collection[Any]]) -> dict[Any, int]:
    """Return the numbers of what sentences hold."""
    return {key: n for n, key in enumerate(dict.fromkeys(chain.from_iterable(bags)))}


def _columns(np: ModuleType, bags: Sequence[Collection[Any]], numbers: Mapping[Any, int]) -> Array:
    """Return the numbers of what each sentence holds."""
    return np.array(list(map(numbers.__getitem__, chain.from_iterable(bags))), dtype=np.intp)


def _words(
    np: ModuleType, words: Mapping[Any, int], pairs: Mapping[Any, int], bounds: Sequence[int], quoted: Mapping[Any, int]
) -> tuple[Array, Array]:
    """Return as which two words each thing weighs; see `Holdings`."""
    one, other = (np.full(bounds[-1], len(words), dtype=np.intp) for _ in range(2))
    for kind in (WORD, CONTENT, NAME):
        one[bounds[kind] : bounds[kind + 1]] = np.arange(len(words))
    one[bounds[PAIR] : bounds[NAME]] = [words[word] for word, _ in pairs]
    other[bounds[PAIR] : bounds[NAME]] = [words[word] for _, word in pairs]
    one[bounds[QUOTED] :] = list(map(words.get, quoted, repeat(len(words))))
    return one, other


def _trigrams(np: ModuleType, spelt: Sequence[str]) -> tuple[Array, Array, int, Array]:
    """Return of each trigram of sentences the sentence, its number, how many there are, what it counts how often."""
    signs = np.frombuffer("".join(spelt).encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)
    rows = np.repeat(np.arange(len(spelt)), list(map(len, spelt)))
    whole = np.flatnonzero(rows[:-2] == rows[2:])
    wide, low = int(signs.max(initial=0)).bit_length(), len(spelt).bit_length()
    codes = signs[whole] << 2 * wide | signs[whole + 1] << wide | signs[whole + 2]
    if 3 * wide + low > BITS:
        codes = np.unique(codes, return_inverse=True)[1]
    entries, times = counted(np, codes << low | rows[whole])
    columns = np.cumsum(np.diff(entries >> low, prepend=-1) > 0) - 1
    rows = entries & ((1 << low) - 1)
    order = np.argsort(rows.astype(np.min_scalar_type(len(spelt))), kind="stable")  # of few bits by their digits
    counts = [1.0, *(1 + math.log(count) for count in range(1, 1 + times.max(initial=0)))]
    return rows[order], columns[order], int(columns.max(initial=-1)) + 1, np.array(counts)[times[order]]


def _akin(
    np: ModuleType, looks: Sequence[Traits], words: Mapping[Any, int], rows: Array, columns: Array
) -> Akin | None:
    """Return what words of sentences are akin to, and where that is; none if none are.

    Args:
        np: numpy.
        looks: the sentences.
        words: their words, by numbers.
        rows: of each word that says something the sentence.
        columns: of each its number.
    """
    kin = kin_of(looks, dict.fromkeys(words, 0))
    if not kin:
        return None
    number = {word: n for n, word in enumerate(kin)}
    known = np.array(list(map(words.__getitem__, kin)))
    akin = np.full(len(words), -1)
    akin[known] = np.arange(len(kin))
    at = np.flatnonzero(akin[columns] >= 0)
    rows, columns = rows[at], akin[columns[at]]
    own = np.zeros((len(looks) + 1, len(kin)))
    own[rows, columns] = 1.0

    def beside(bags: Sequence[Collection[str]]) -> Array:
        """Return whether a sentence holds not a word, but one of those that have it in their bags."""
        sizes, others = np.array(list(map(len, bags))), _columns(np, bags, number)
        found = np.zeros(own.shape, dtype=bool)
        found[np.repeat(rows, sizes[columns]), others[ranges(np, upto(np, sizes)[columns], sizes[columns])]] = True
        return found & (own == 0)

    by_idea = beside([one.by_idea for one in kin.values()])
    by_beginning = beside([one.by_beginning for one in kin.values()]) & ~by_idea
    return Akin(known, own, by_idea, by_beginning)
