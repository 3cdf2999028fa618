"""How much two sentences say the same, by their letters and words alone.

Kinds of evidence are kept apart until the end, since each fails in its own way: character trigrams see through
spelling and inflection (CATS, Štajner et al. 2018), words and pairs of words weighed by rarity see the matter, shares
of the longer and the shorter sentence forgive unequal lengths, names and figures tell events apart, words inside
quotation marks are somebody's very words. A logistic regression weighs them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from generator.compare.common import telling
from generator.compare.text import STOP_WORDS, bare, is_word, stem
from generator.compare.thesaurus import ideas
from generator.compare.tokens import tokens
from generator.model import Token

_QUOTED = re.compile(r"[“\"„«](.+?)(?:[”\"“»]|$)", re.DOTALL)
_FIGURE = re.compile(r"\d")
_SPELT = frozenset(
    """two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million
    billion dozen half first second third fourth fifth""".split()
)

Vector = Mapping[str, float]
_Key = TypeVar("_Key")

#: Weights of the evidence, in the order of `_evidence`, and the constant: a logistic regression fitted on sentence
#: pairs of revised essays, retold fables and the demo's five articles (see `tests/benchmarks/quality.py`).
_WEIGHTS = (1.034, 2.743, 6.281, 5.866, 1.264, 0.339, 2.144, 1.945, 0.634, -2.285)
_CONSTANT = -7.277


@dataclass(frozen=True, slots=True)
class Traits:
    """What is looked at in one sentence; words as stems."""

    words: tuple[str, ...]
    content: tuple[str, ...]
    """Without stop words, unless there is nothing else."""
    trigrams: tuple[str, ...]
    names: frozenset[str]
    figures: frozenset[str]
    quoted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """The same, weighed by what each word says in the story."""

    words: frozenset[tuple[str, int]]
    """Each word with the number of its occurrence, so that sets behave like multisets."""
    length: int
    trigrams: Vector
    content: Vector
    mass: float
    pairs: Mapping[tuple[str, str], float]
    names: Vector
    figures: frozenset[str]
    quoted: Vector
    ideas: frozenset[int]
    """Of all content words; see `generator.compare.thesaurus`."""
    beginnings: frozenset[str]
    """The first five letters of longer content words."""
    hints: tuple[tuple[str, float, frozenset[int]], ...]
    """Content words that have an idea or a beginning, with their weight and ideas."""


def profiles(texts: Sequence[Sequence[str]]) -> list[list[Profile]]:
    """Return what is compared of every sentence of every text, weighed by its rarity among all of them.

    Weights are inverse sentence frequencies, log((N + 1) / n), of words times what they tell in general
    (`generator.compare.common`), and of character trigrams.
    """
    found = [[_traits(sentence) for sentence in text] for text in texts]
    flat = [one for text in found for one in text]
    words = _rarities((one.words for one in flat), len(flat))
    trigrams = _rarities((one.trigrams for one in flat), len(flat))
    telling_words = {word: weight * telling(word) for word, weight in words.items()}
    return [[_profile(one, telling_words, trigrams) for one in text] for text in found]


def odds_within(own: Sequence[Profile]) -> list[list[float]]:
    """Return, for each sentence of a text, the log-odds that it says the same as each of those behind it."""
    return [row for n, one in enumerate(own[:-1]) for row in odds([one], own[n + 1 :])]


def odds(rows: Sequence[Profile], columns: Sequence[Profile]) -> list[list[float]]:
    """Return the log-odds that each sentence of one text says the same as each of another, as far as they show.

    Symmetric: every sum is exact, so that no order of adding shows.
    """
    return [
        [_CONSTANT + math.fsum(map(float.__mul__, _WEIGHTS, _evidence(one, other))) for other in columns]
        for one in rows
    ]


def _evidence(one: Profile, other: Profile) -> tuple[float, ...]:
    """Return the kinds of evidence: shares between 0 and 1, sums of weights as log(1 + x)."""
    both = one.content.keys() & other.content.keys()
    common = math.fsum([one.content[word] for word in both]) if both else 0.0
    here, there = _covered(one, other, common), _covered(other, one, common)
    return (
        max(here, there),
        math.sqrt(here * there),
        _dot(one.trigrams, other.trigrams),
        2 * len(one.words & other.words) / max(1, one.length + other.length),
        _share(one.names, other.names),
        math.log1p(common),
        float(not one.figures.isdisjoint(other.figures)),
        _quoted(one.quoted, other.quoted),
        abs(math.log((one.length + 1) / (other.length + 1))),
        _share(one.pairs, other.pairs),
    )


# ---------------------------------------------------------------------------- traits


@lru_cache(maxsize=4096)
def _traits(text: str) -> Traits:
    found = [token for token in tokens(text) if is_word(token.norm)]
    norms = [bare(token.norm) for token in found]
    stems = tuple(map(stem, norms))
    joined = "".join(f" {norm}" for norm in norms) + " "
    return Traits(
        words=stems,
        content=tuple(s for s, norm in zip(stems, norms, strict=True) if norm not in STOP_WORDS) or stems,
        trigrams=tuple(joined[n : n + 3] for n in range(len(joined) - 2)),
        names=frozenset(stems[n] for n in range(len(found)) if _is_name(found, n)),
        figures=frozenset(norm for norm in norms if _FIGURE.search(norm) or norm in _SPELT),
        quoted=frozenset(stem(token.norm) for part in _QUOTED.findall(text) for token in tokens(part)),
    )


def _is_name(found: Sequence[Token], n: int) -> bool:
    """Whether a word is printed like a name; the first word has to be an acronym to count."""
    printed = found[n].text
    if not printed[:1].isupper() or found[n].norm in STOP_WORDS:
        return False
    return n > 0 or printed[1:2].isupper() or len(found) == 1


def _rarities(bags: Iterable[Iterable[str]], total: int) -> dict[str, float]:
    counts = Counter(key for bag in bags for key in set(bag))
    return {key: math.log((total + 1) / count) for key, count in counts.items()}


def _profile(one: Traits, words: Vector, trigrams: Vector) -> Profile:
    content = {word: words[word] for word in one.content}
    return Profile(
        words=frozenset(_numbered(one.words)),
        length=len(one.words),
        trigrams=_unit(Counter(one.trigrams), trigrams),
        content=content,
        mass=math.fsum(content.values()),
        pairs={pair: words[pair[0]] + words[pair[1]] for pair in zip(one.content, one.content[1:], strict=False)},
        names={name: words[name] + 0.1 for name in one.names},
        figures=one.figures,
        quoted={word: words[word] for word in one.quoted if word in words},
        ideas=frozenset(idea for word in content for idea in ideas(word)),
        beginnings=frozenset(word[:5] for word in content if len(word) >= 5),
        hints=tuple((word, content[word], ideas(word)) for word in content if len(word) >= 5 or ideas(word)),
    )


def _numbered(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    seen: Counter[str] = Counter()
    for word in words:
        seen[word] += 1
        yield word, seen[word]


# ---------------------------------------------------------------------------- measures


def _unit(counts: Mapping[str, int], by: Vector) -> dict[str, float]:
    """Return a vector of length 1, of (1 + log frequency) × weight."""
    found = {key: (1 + math.log(count)) * by[key] for key, count in counts.items()}
    norm = math.sqrt(math.fsum(value * value for value in found.values()))
    return {key: value / norm for key, value in found.items()} if norm else {}


def _dot(one: Vector, other: Vector) -> float:
    return math.fsum([one[key] * other[key] for key in one.keys() & other.keys()])


def _quoted(one: Vector, other: Vector) -> float:
    if one.keys().isdisjoint(other):
        return 0.0
    return math.log1p(math.fsum([one[word] for word in one.keys() & other.keys()]))


def _share(one: Mapping[_Key, float], other: Mapping[_Key, float]) -> float:
    """Return which share of the lighter side's weight both sides hold."""
    if one.keys().isdisjoint(other):
        return 0.0
    both = one.keys() & other.keys()
    return math.fsum(one[key] for key in both) / min(math.fsum(one.values()), math.fsum(other.values()))


def _covered(one: Profile, other: Profile, common: float) -> float:
    """Return which share of a sentence's weight the other carries, akin words and beginnings of words for a part."""
    if not one.mass:
        return 0.0
    if one.ideas.isdisjoint(other.ideas) and one.beginnings.isdisjoint(other.beginnings):
        return common / one.mass
    total = common
    for word, weight, own in one.hints:
        if word in other.content:
            continue
        if not own.isdisjoint(other.ideas):
            total += 0.5 * weight
        elif word[:5] in other.beginnings:
            total += 0.6 * weight
    return total / one.mass
