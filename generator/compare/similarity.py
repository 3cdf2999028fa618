"""How much two sentences say the same, by their letters and words alone.

Kinds of evidence are kept apart until the end, since each fails in its own way: character trigrams see through
spelling and inflection (CATS, Štajner et al. 2018), words and pairs of words weighed by rarity see the matter, shares
of the longer and the shorter sentence forgive unequal lengths, names and figures tell events apart, words inside
quotation marks are somebody's very words. A logistic regression weighs them.

Every sentence is held against every one of the other tellings. What nearly all pairs have is counted for many
sentences at once, each in a field of its own of one long number (Kronecker 1882): one multiplication and one addition
for a trigram, whatever the number of sentences. The rest is looked at only where there is something to see.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, repeat
from operator import mul, or_
from struct import unpack_from
from typing import TypeVar

from generator.compare.profiles import UNIT, Profile, Vector
from generator.values import dataclass

Matrix = list[list[float]]
_Key = TypeVar("_Key")
Packed = Mapping[str, int]
"""For each word a long number, a field for every sentence."""
Mark = tuple[int, str | tuple[str, str]]
"""The bit of a kind of evidence, and what is of that kind: a word, a pair of words."""

#: Weights of the evidence and the constant: a logistic regression fitted on sentence pairs of revised essays, retold
#: fables and the demo's five articles (see `tests/benchmarks/quality.py`).
_MOST_COVERED, _COVERED, _DOT, _WORDS, _NAMES = 1.034, 2.743, 6.281, 5.866, 1.264
_COMMON, _FIGURES, _QUOTES, _LENGTH, _PAIRS = 0.339, 2.144, 1.945, 0.634, -2.285
_CONSTANT = -7.277
#: What it speaks against two sentences that each names somebody, neither of them the other's, and that they share no
#: more than so many words that say something.
_STRANGERS, _HARDLY = 1.25, 2
#: What a word that is akin to one of the other sentence counts for, by idea and by beginning.
_BY_IDEA, _BY_BEGINNING = 0.5, 0.6

#: So many sentences are held against another at once, which bounds the memory.
_AT_ONCE = 256
#: Widths of fields in bits: sums of products of weights; how many words are shared; how many of those that say
#: something, above what they weigh.
_WIDE, _NARROW, _BELOW = 64, 16, 48
_WEIGHT = (1 << _BELOW) - 1
#: Kinds of evidence that few pairs have, as bits of a byte.
_ANY_FIGURE, _ANY_QUOTED, _ANY_NAME, _ANY_PAIR = 1, 2, 4, 8


def odds_within(own: Sequence[Profile]) -> list[list[float]]:
    """Return, for each sentence of a text, the log-odds that it says the same as each of those behind it."""
    out: list[list[float]] = [[] for _ in own]
    for columns in _blocks(own):
        for n, one in enumerate(own[: columns.start + len(columns.sentences)]):
            out[n] += _row(one, columns, max(0, n + 1 - columns.start))
    return out


def odds(texts: Sequence[Sequence[Profile]]) -> dict[tuple[int, int], Matrix]:
    """Return the log-odds that each sentence of one text says the same as each of another, as far as they show.

    Symmetric: sums of whole numbers are exact, and what else is added is added in one order.

    Returns:
        For every two texts `(i, j)`, i < j, a matrix: rows are the sentences of i, columns those of j.
    """
    different = list(dict.fromkeys(chain.from_iterable(texts)))
    number = {one: n for n, one in enumerate(different)}
    numbers = [[number[one] for one in text] for text in texts]
    first = _asked(numbers, len(different))
    rows: list[list[float]] = [[] for _ in different]
    for columns in _blocks(different):
        end = columns.start + len(columns.sentences)
        for n, one in enumerate(different[:end]):
            if first[n] < end:
                rows[n] += _row(one, columns, max(0, first[n] - columns.start))
    return {
        (i, j): _matrix(numbers[i], numbers[j], rows, first)
        for i in range(len(texts))
        for j in range(i + 1, len(texts))
    }


def _asked(numbers: Sequence[Sequence[int]], size: int) -> list[int]:
    """Return for each different sentence the first, from itself on, that may have to be held against it.

    What stands in its own text alone, as it does itself, has not.
    """
    texts: list[set[int]] = [set() for _ in range(size)]
    for text, own in enumerate(numbers):
        for n in own:
            texts[n].add(text)
    first = list(range(size))
    for n in reversed(range(size - 1)):
        if len(texts[n]) == 1 and texts[n] == texts[n + 1]:
            first[n] = first[n + 1]
        elif len(texts[n]) == 1:
            first[n] = n + 1
    return first


def _matrix(here: Sequence[int], there: Sequence[int], rows: Sequence[list[float]], first: Sequence[int]) -> Matrix:
    """Return the cells of two texts, told by their sentences' numbers, from rows that each begin with their first."""
    least, most = min(there, default=0), max(here, default=0)
    if least > most and list(there) == list(range(least, least + len(there))):
        return [rows[a][least - first[a] : least - first[a] + len(there)] for a in here]
    return [[rows[a][b - first[a]] if a <= b else rows[b][a - first[b]] for b in there] for a in here]


# ---------------------------------------------------------------------------- many sentences at once


@dataclass(frozen=True, slots=True)
class _Block:
    """Sentences that another one is held against at once."""

    start: int
    """Number of the first one."""
    sentences: Sequence[Profile]
    trigrams: Packed
    words: Mapping[tuple[str, int], int]
    content: Packed
    """How often a content word stands there: once in the upper part of a field, its weight in the lower."""
    holds: Packed
    """Where one stands: fields of 0 and 1."""
    shown: Mapping[Mark, int]
    """Where a figure, a quoted word, a name, a pair stands: fields of a byte that hold the bit of their kind."""
    weights: Vector
    """Of content words."""
    levels: dict[int, tuple[list[float], list[float]]]
    """By a sentence's length: the constant and what the lengths say, for each other; what each shared word counts."""

    def level(self, length: int) -> tuple[list[float], list[float]]:
        """Return what a sentence's length alone says beside each of these."""
        if length not in self.levels:
            self.levels[length] = (
                [_CONSTANT + _LENGTH * abs(_log(length) - _log(other.length)) for other in self.sentences],
                [2 * _WORDS / max(1, length + other.length) for other in self.sentences],
            )
        return self.levels[length]


def _log(length: int) -> float:
    return math.log(length + 1)


def _blocks(sentences: Sequence[Profile]) -> Iterator[_Block]:
    for start in range(0, len(sentences), _AT_ONCE):
        yield _block(sentences[start : start + _AT_ONCE], start)


def _block(sentences: Sequence[Profile], start: int) -> _Block:
    trigrams: dict[str, int] = {}
    words: dict[tuple[str, int], int] = {}
    content: dict[str, int] = {}
    holds: dict[str, int] = {}
    shown: dict[Mark, int] = {}
    weights: dict[str, float] = {}
    for n, one in enumerate(sentences):
        at = _WIDE * n
        for trigram, weight in zip(one.trigrams, one.weights, strict=True):
            trigrams[trigram] = trigrams.get(trigram, 0) + (weight << at)
        for key in one.words:
            words[key] = words.get(key, 0) + (1 << _NARROW * n)
        for word, share in one.content.items():
            content[word] = content.get(word, 0) + ((1 << _BELOW) + int(share * UNIT) << at)
            holds[word] = holds.get(word, 0) | 1 << at
        for mark in _marks(one):
            shown[mark] = shown.get(mark, 0) | mark[0] << 8 * n
        weights |= one.content
    return _Block(start, sentences, trigrams, words, content, holds, shown, weights, {})


def _marks(one: Profile) -> list[Mark]:
    """Return what two sentences seldom share, each with the bit of its kind."""
    return [
        *zip(repeat(_ANY_FIGURE), one.figures),
        *zip(repeat(_ANY_QUOTED), one.quoted),
        *zip(repeat(_ANY_NAME), one.names),
        *zip(repeat(_ANY_PAIR), one.pairs),
    ]


def _row(one: Profile, columns: _Block, first: int) -> list[float]:
    """Return the log-odds of a sentence with each of a block, from the first that is asked for on."""
    size = len(columns.sentences)
    dots = sum(map(mul, one.weights, map(columns.trigrams.get, one.trigrams, repeat(0))))
    words = sum(map(columns.words.get, one.words, repeat(0)))
    common = sum(map(columns.content.get, one.content, repeat(0)))
    akin = _akin(one, columns)
    level, each = columns.level(one.length)
    row = [
        steady + by_word * count + _DOT * dot / (UNIT * UNIT)
        for steady, by_word, count, dot in zip(
            level[first:] if first else level,
            each[first:] if first else each,
            unpack_from(f"<{size - first}H", words.to_bytes(size * 2, "little"), first * 2),
            _wide(dots, size, first),
            strict=True,
        )
    ]
    seen = reduce(or_, map(columns.shown.get, _marks(one), repeat(0)), 0).to_bytes(size, "little")
    fields = (_wide(common, size, first), _wide(akin[0], size, first), _wide(akin[1], size, first), seen[first:])
    mass = (one.mass or 1.0) * UNIT
    for n, (both, here, there, kinds) in enumerate(zip(*fields, strict=True)):
        if both or here or there or kinds:
            other, weight = columns.sentences[first + n], both & _WEIGHT
            covered = (weight + here) / mass, (weight + there) / ((other.mass or 1.0) * UNIT)
            row[n] += _evidence(one, other, both >> _BELOW, weight / UNIT, covered, kinds)
    return row


def _wide(fields: int, size: int, first: int) -> tuple[int, ...]:
    return unpack_from(f"<{size - first}Q", fields.to_bytes(size * 8, "little"), first * 8)


def _akin(one: Profile, columns: _Block) -> tuple[int, int]:
    """Return what the words weigh, of the sentence and of each of a block, that are akin to one of the other side.

    A word that the other side holds itself counts there and not here.
    """
    here = there = 0
    holds, content = columns.holds, one.content
    by_idea: set[str] = set()
    by_beginning: set[str] = set()
    for kin in one.kin:
        own = holds.get(kin.word, 0)
        ideas = reduce(or_, map(holds.get, kin.by_idea, repeat(0)), 0)
        begun = reduce(or_, map(holds.get, kin.by_beginning, repeat(0)), 0)
        here += (ideas & ~own) * round(_BY_IDEA * UNIT * content[kin.word])
        here += (begun & ~(own | ideas)) * round(_BY_BEGINNING * UNIT * content[kin.word])
        by_idea |= kin.by_idea
        by_beginning |= kin.by_beginning
    for part, words in ((_BY_IDEA, by_idea), (_BY_BEGINNING, by_beginning - by_idea)):
        for word in words & holds.keys() - content.keys():
            there += holds[word] * round(part * UNIT * columns.weights[word])
    return here, there


# ---------------------------------------------------------------------------- two sentences


def _evidence(
    one: Profile, other: Profile, shared: int, common: float, covered: tuple[float, float], kinds: int
) -> float:
    """Return what else speaks for two sentences: shares between 0 and 1, sums as log(1 + x).

    Args:
        one: a sentence.
        other: another.
        shared: how many words that say something they share.
        common: what these weigh.
        covered: which share of each one's weight the other carries, akin words for a part.
        kinds: which kinds of evidence there are.
    """
    found = _MOST_COVERED * max(covered) + _COVERED * math.sqrt(covered[0] * covered[1])
    if common:
        found += _COMMON * math.log1p(common)
    if kinds & _ANY_NAME:
        found += _NAMES * _share(one.names, other.names, min(one.names_mass, other.names_mass))
    elif common and shared <= _HARDLY and one.names and other.names:
        found -= _STRANGERS
    if kinds & _ANY_PAIR and common:
        found += _PAIRS * _share(one.pairs, other.pairs, min(one.pairs_mass, other.pairs_mass))
    if kinds & _ANY_FIGURE:
        found += _FIGURES
    if kinds & _ANY_QUOTED:
        found += _QUOTES * math.log1p(math.fsum([one.quoted[key] for key in one.quoted.keys() & other.quoted.keys()]))
    return found


def _share(one: Mapping[_Key, float], other: Mapping[_Key, float], lighter: float) -> float:
    """Return which share of the lighter side's weight both sides hold."""
    both = one.keys() & other.keys()
    return math.fsum([one[key] for key in both]) / lighter
