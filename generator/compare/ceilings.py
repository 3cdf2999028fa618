"""How much two sentences of one text could say the same at most, told at little cost.

Hardly a telling repeats itself. So before the sentences of a short one are weighed one against another as in
`generator.compare.similarity`, it is asked whether any two could be alike enough if all that is costly to know spoke
for them: lengths, words and marks count as they do there, words that are akin count in full, and of the trigrams at
first no more than how many stand in other sentences too, which bounds every product of two sentences' vectors by that
of their shares (Cauchy 1821).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, repeat
from math import log1p, sqrt
from operator import mul

from generator.compare.profiles import UNIT, Kin, Traits, kin_of, signs_of, trigrams_of, weights_of_words
from generator.compare.similarity import (
    COMMON,
    CONSTANT,
    COVERED,
    DOT,
    FIGURES,
    LENGTH,
    MOST_COVERED,
    NAMES,
    QUOTES,
    WORDS,
)
from generator.values import dataclass

#: Weights are rounded to whole `UNIT`s there, and sums of fractions here: both err by far less.
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class _Outline:
    """What is known of a sentence before it is weighed."""

    look: Traits
    signs: frozenset[str | int]
    length: int
    """In words."""
    log: float
    """Of that and one."""
    words: int
    """A bit for each."""
    content: Mapping[str, int]
    """What each word weighs that says something."""
    mass: int
    kin: tuple[Kin, ...]
    shared: float
    """What its trigrams that stand in other sentences too weigh at most, as the length of their vector."""

    def carries(self, other: _Outline, weight: int) -> float:
        """Return which share of its weight the other carries at most, *weight* of it by the same words."""
        for kin in self.kin:
            if kin.word not in other.content and not (kin.by_idea | kin.by_beginning).isdisjoint(other.content):
                weight += kin.weight
        return weight / self.mass


def within_reach(looks: Sequence[Traits], least: float) -> list[tuple[int, int]]:
    """Return the pairs of sentences of a text whose log-odds may be above *least*; of no others they are.

    Args:
        looks: the sentences.
        least: as `generator.compare.similarity.odds_within` would tell them.
    """
    words = weights_of_words(looks)
    trigrams = Counter(chain.from_iterable([trigrams_of(one.spelt) for one in looks]))
    outlines = _outlines(looks, words, trigrams)
    rarity = [math.log((len(looks) + 1) / max(1, count)) for count in range(len(looks) + 1)]
    least -= CONSTANT + _ROUNDING
    found: list[tuple[int, int]] = []
    for b, one in enumerate(outlines):
        signs, log, length, mask, shared = one.signs, one.log, one.length, one.words, DOT * one.shared
        for a, other in enumerate(outlines[:b]):
            both = (mask & other.words).bit_count()
            alike = LENGTH * abs(log - other.log) + 2 * WORDS * both / (length + other.length or 1)
            most = alike + shared * other.shared
            if most > least or not signs.isdisjoint(other.signs):
                said = _said(one, other, words)
                if most + said > least:
                    dot = _dot(trigrams_of(one.look.spelt), trigrams_of(other.look.spelt), trigrams, rarity)
                    if alike + said + DOT * dot > least:
                        found.append((a, b))
    return found


def _outlines(looks: Sequence[Traits], weights: Mapping[str, int], trigrams: Mapping[str, int]) -> list[_Outline]:
    words = {word: 1 << n for n, word in enumerate(frozenset(chain.from_iterable([one.words for one in looks])))}
    several = frozenset([key for key, count in trigrams.items() if count > 1])
    akin = kin_of(looks, weights)
    alone, with_others = math.log(len(looks) + 1) ** 2, math.log((len(looks) + 1) / 2) ** 2
    found: list[_Outline] = []
    for one in looks:
        content = {word: weights[word] for word in one.content}
        letters = trigrams_of(one.spelt)
        own = len(letters.keys() - several)
        shared = (sum(map(mul, letters.values(), letters.values())) - own) * with_others if len(letters) > own else 0.0
        found.append(
            _Outline(
                one,
                signs_of(one),
                len(one.words),
                math.log(len(one.words) + 1),
                sum(map(words.__getitem__, one.words)),
                content,
                sum(content.values()) or UNIT,
                tuple([akin[word] for word in one.content if word in akin]),
                sqrt(shared / (shared + own * alone)) if shared else 0.0,
            )
        )
    return found


def _said(one: _Outline, other: _Outline, words: Mapping[str, int]) -> float:
    """Return what speaks for two sentences at most by words that say something."""
    here, there = one.look, other.look
    weight = sum([weight for word, weight in one.content.items() if word in other.content])
    mine = one.carries(other, weight) if one.kin else weight / one.mass
    theirs = other.carries(one, weight) if other.kin else weight / other.mass
    found = MOST_COVERED * max(mine, theirs) + COVERED * sqrt(mine * theirs) + COMMON * log1p(weight / UNIT)
    if not here.figures.isdisjoint(there.figures):
        found += FIGURES
    if not here.names.isdisjoint(there.names):
        found += NAMES
    if quoted := here.quoted & there.quoted:
        found += QUOTES * log1p(sum([words.get(word, 0) for word in quoted]) / UNIT)
    return found


def _dot(
    one: Mapping[str, float], other: Mapping[str, float], trigrams: Mapping[str, int], rarity: Sequence[float]
) -> float:
    """Return what the trigrams say as they are, by how many sentences hold each, and how rare this makes it."""
    here, there = (
        list(map(mul, text.values(), map(rarity.__getitem__, map(trigrams.__getitem__, text)))) for text in (one, other)
    )
    theirs = dict(zip(other, there, strict=True))
    both = sum(map(mul, here, map(theirs.get, one, repeat(0.0))))
    return both / sqrt(sum(map(mul, here, here)) * sum(map(mul, there, there))) if both else 0.0
