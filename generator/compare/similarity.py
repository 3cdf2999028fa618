"""How much two sentences say the same, by their letters and words alone.

Kinds of evidence are kept apart until the end, since each fails in its own way: character trigrams see through
spelling and inflection (CATS, Štajner et al. 2018), words and pairs of words weighed by rarity see the matter, shares
of the longer and the shorter sentence forgive unequal lengths, names and figures tell events apart, words inside
quotation marks are somebody's very words. A logistic regression weighs them.

Every sentence is held against every one of the other tellings. What is counted is counted for many sentences at once,
each in a field of its own of one long number (Kronecker 1882): one multiplication and one addition for a trigram,
whatever the number of sentences. The rest is looked at only where there is something to see. Where numpy is at hand,
`generator.compare.evidence` tells the same of a whole story.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from functools import reduce
from itertools import chain, repeat
from math import log1p, sqrt
from operator import add, lshift, mul, or_
from struct import unpack_from
from typing import TypeVar

from generator.compare.profiles import FIGURE, NAME, QUOTED, UNIT, Kin, Mark, Profile, Word
from generator.values import dataclass

Matrix = list[list[float]]
_Key = TypeVar("_Key")

#: Weights of the evidence and the constant: a logistic regression fitted on sentence pairs of revised essays, retold
#: fables and the demo's five articles (see `tests/benchmarks/quality.py`).
MOST_COVERED, COVERED, DOT, WORDS, NAMES = 1.034, 2.743, 6.281, 5.866, 1.264
COMMON, FIGURES, QUOTES, LENGTH, PAIRS = 0.339, 2.144, 1.945, 0.634, -2.285
CONSTANT = -7.277
#: What it speaks against two sentences that each names somebody, neither of them the other's, and that they share no
#: more than so many words that say something.
STRANGERS, HARDLY = 1.25, 2
#: What a word that is akin to one of the other sentence counts for, by idea and by beginning.
BY_IDEA, BY_BEGINNING = 0.5, 0.6

#: So many sentences are held against another at once, which bounds the memory.
_AT_ONCE = 256
#: Widths of fields in bits: sums of products of weights; how many words are shared; how many of those that say
#: something, above what they weigh.
_WIDE, _NARROW, _BELOW = 64, 16, 48
_ONCE, _WEIGHT = 1 << _BELOW, (1 << _BELOW) - 1
SQUARE = float(UNIT * UNIT)
#: Fields of nothing, on both sides.
_NONE = repeat(0), repeat(0)


def odds_within(own: Sequence[Profile]) -> list[list[float]]:
    """Return, for each sentence of a text, the log-odds that it says the same as each of those before it."""
    return _rows(own, range(len(own)))


def odds(texts: Sequence[Sequence[Profile]]) -> dict[tuple[int, int], Matrix]:
    """Return the log-odds that each sentence of one text says the same as each of another, as far as they show.

    Symmetric: sums of whole numbers are exact, and what else is added is added in one order.

    Returns:
        For every two texts `(i, j)`, i < j, a matrix: rows are the sentences of i, columns those of j.
    """
    different = list(dict.fromkeys(chain.from_iterable(texts)))
    number = {one: n for n, one in enumerate(different)}
    numbers = [[number[one] for one in text] for text in texts]
    rows = _rows(different, _asked(numbers, len(different)))
    return {(i, j): _matrix(numbers[i], numbers[j], rows) for i in range(len(texts)) for j in range(i + 1, len(texts))}


def _asked(numbers: Sequence[Sequence[int]], size: int) -> list[int]:
    """Return for each different sentence how many, from the first on, it may have to be held against.

    A sentence of several texts against itself too; one that stands in its own text alone not against those before it
    that do.
    """
    texts: list[set[int]] = [set() for _ in range(size)]
    for text, own in enumerate(numbers):
        for n in own:
            texts[n].add(text)
    asked = [n if len(texts[n]) == 1 else n + 1 for n in range(size)]
    for n in range(1, size):
        if len(texts[n]) == 1 and texts[n] == texts[n - 1]:
            asked[n] = asked[n - 1]
    return asked


def _matrix(here: Sequence[int], there: Sequence[int], rows: Sequence[list[float]]) -> Matrix:
    """Return the cells of two texts, told by their sentences' numbers, from rows of what each shows with those before.

    The sentences of a text stand in a row mostly.
    """
    start, end = min(here, default=0), max(here, default=-1) + 1
    if end <= min(there, default=0) and list(here) == list(range(start, end)):
        return [list(row) for row in zip(*[rows[b][start:end] for b in there], strict=True)]
    return [[rows[b][a] if a <= b else rows[a][b] for b in there] for a in here]


def _rows(sentences: Sequence[Profile], asked: Sequence[int]) -> list[list[float]]:
    """Return the log-odds of each sentence with as many of the first as are asked for, itself at most among them."""
    rows: list[list[float]] = [[] for _ in sentences]
    for start in range(0, len(sentences), _AT_ONCE):
        block = _Block()
        for n in range(start, len(sentences)):
            if len(block.sentences) < _AT_ONCE:
                block.add(sentences[n])
            if asked[n] > start:
                rows[n] += block.row(sentences[n], min(asked[n] - start, len(block.sentences)))
    return rows


# ---------------------------------------------------------------------------- many sentences at once


@dataclass(slots=True, eq=False)
class _Block:
    """Sentences that another one is held against at once; they come one by one.

    What is counted of them is told by words and the like: for each a long number, a field for every sentence.
    """

    sentences: list[Profile] = field(default_factory=list)
    trigrams: dict[str, int] = field(default_factory=dict)
    words: dict[Word, int] = field(default_factory=dict)
    content: dict[str, int] = field(default_factory=dict)
    """How often a content word stands there: once in the upper part of a field, its weight in the lower."""
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    """What a pair of words weighs where it stands."""
    holds: dict[str, int] = field(default_factory=dict)
    """Where a word stands that others are akin to: fields of 0 and 1."""
    shown: dict[Mark, int] = field(default_factory=dict)
    """Where a figure, a quoted word, a name stands: fields of a byte that hold the bit of their kind."""
    kin: dict[str, Kin] = field(default_factory=dict)
    masses: list[int] = field(default_factory=list)
    pairs_masses: list[int] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    """The places of sentences that name somebody."""
    levels: dict[int, tuple[list[float], list[float]]] = field(default_factory=dict)
    """By a sentence's length: the constant and what the lengths say, for each other; what each shared word counts."""

    def add(self, one: Profile) -> None:
        """Take a sentence in."""
        n = len(self.sentences)
        at = _WIDE * n
        _put(self.trigrams, one.trigrams, map(lshift, one.weights, repeat(at)))
        _put(self.words, one.words, repeat(1 << _NARROW * n))
        _put(self.content, one.content, map(lshift, map(add, one.content.values(), repeat(_ONCE)), repeat(at)))
        _put(self.pairs, one.pairs, map(lshift, one.pairs.values(), repeat(at)))
        if one.kin:
            _put(self.holds, [kin.word for kin in one.kin], repeat(1 << at))
            self.kin |= {kin.word: kin for kin in one.kin}
        if one.marks:
            _put(self.shown, one.marks, [bit << 8 * n for bit, _ in one.marks])
        self.sentences.append(one)
        self.masses.append(one.mass or UNIT)
        self.pairs_masses.append(one.pairs_mass)
        if one.names:
            self.named.append(n)

    def level(self, length: int) -> tuple[list[float], list[float]]:
        """Return what a sentence's length alone says beside each of these."""
        steady, each = self.levels.setdefault(length, ([], []))
        for other in self.sentences[len(steady) :]:
            steady.append(CONSTANT + LENGTH * abs(_log(length) - _log(other.length)))
            each.append(2 * WORDS / max(1, length + other.length))
        return steady, each

    def row(self, one: Profile, size: int) -> list[float]:
        """Return the log-odds of a sentence with each of the first *size*."""
        dots = sum(map(mul, one.weights, map(self.trigrams.get, one.trigrams, repeat(0))))
        words = sum(map(self.words.get, one.words, repeat(0)))
        counts = unpack_from(f"<{size}H", words.to_bytes(2 * len(self.sentences), "little"))
        steady, each = self.level(one.length)
        alike = [
            constant + by_word * count + DOT * dot / SQUARE
            for constant, by_word, count, dot in zip(steady, each, counts, self._wide(dots, size), strict=False)
        ]
        return list(map(add, alike, self._said(one, size)))

    def _said(self, one: Profile, size: int) -> list[float]:
        """Return what else speaks for a sentence and each of the first *size*, by words that say something."""
        common = self._wide(sum(map(self.content.get, one.content, repeat(0))), size)
        weights = [both & _WEIGHT for both in common]
        found = self._covered(one, weights)
        shown = reduce(or_, map(self.shown.get, one.marks, repeat(0)), 0)
        seen = shown.to_bytes(len(self.sentences), "little")
        for n in self.named if one.names else ():
            if n < size and seen[n] & NAME:
                other = self.sentences[n]
                found[n] += NAMES * _share(one.names, other.names, min(one.names_mass, other.names_mass))
            elif n < size and weights[n] and common[n] >> _BELOW <= HARDLY:
                found[n] -= STRANGERS
        if pairs := sum(map(self.pairs.get, one.pairs, repeat(0))):
            mass = one.pairs_mass
            fields = zip(found, self._wide(pairs, size), self.pairs_masses, strict=False)
            found = [said + PAIRS * (both / min(mass, total)) if both else said for said, both, total in fields]
        for n in [n for n in range(size) if seen[n]] if shown else ():
            if seen[n] & FIGURE:
                found[n] += FIGURES
            if seen[n] & QUOTED:
                both = one.quoted.keys() & self.sentences[n].quoted.keys()
                found[n] += QUOTES * log1p(sum([one.quoted[key] for key in both]) / UNIT)
        return found

    def _covered(self, one: Profile, weights: Sequence[int]) -> list[float]:
        """Return what is said by the shares of two sentences' weight that the other carries, and by what both do.

        Words that are akin to one of the other's count for a part of their weight.

        Args:
            one: a sentence.
            weights: what the words weigh that it has in common with each of the first others.
        """
        size, mass = len(weights), one.mass or UNIT
        akin = [self._wide(fields, size) if fields else repeat(0) for fields in self._akin(one)] if one.kin else _NONE
        return [
            MOST_COVERED * max(mine := (weight + a) / mass, other := (weight + b) / total)
            + COVERED * sqrt(mine * other)
            + COMMON * log1p(weight / UNIT)
            if weight or a or b
            else 0.0
            for weight, a, b, total in zip(weights, *akin, self.masses, strict=False)
        ]

    def _wide(self, fields: int, size: int) -> tuple[int, ...]:
        """Return the first of some wide fields."""
        return unpack_from(f"<{size}Q", fields.to_bytes(8 * len(self.sentences), "little"))

    def _akin(self, one: Profile) -> tuple[int, int]:
        """Return what the words weigh, of the sentence and of each of these, that are akin to one of the other side.

        A word that the other side holds itself counts there and not here.
        """
        here = there = 0
        holds = self.holds
        by_idea: set[str] = set()
        by_beginning: set[str] = set()
        for kin in one.kin:
            own = holds.get(kin.word, 0)
            ideas = reduce(or_, map(holds.get, kin.by_idea, repeat(0)), 0)
            begun = reduce(or_, map(holds.get, kin.by_beginning, repeat(0)), 0)
            here += (ideas & ~own) * round(BY_IDEA * kin.weight)
            here += (begun & ~(own | ideas)) * round(BY_BEGINNING * kin.weight)
            by_idea |= kin.by_idea
            by_beginning |= kin.by_beginning
        for part, words in ((BY_IDEA, by_idea), (BY_BEGINNING, by_beginning - by_idea)):
            for word in words & holds.keys() - one.content.keys():
                there += holds[word] * round(part * self.kin[word].weight)
        return here, there


def _log(length: int) -> float:
    return math.log(length + 1)


def _put(fields: dict[_Key, int], keys: Collection[_Key], values: Iterable[int]) -> None:
    """Add a value to the long number of each key, each key once."""
    get = fields.get
    for key, value in zip(keys, values, strict=False):
        fields[key] = get(key, 0) + value


def _share(one: Mapping[_Key, float], other: Mapping[_Key, float], lighter: float) -> float:
    """Return which share of the lighter side's weight both sides hold."""
    both = one.keys() & other.keys()
    return math.fsum([one[key] for key in both]) / lighter
