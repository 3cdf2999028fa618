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
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import itemgetter, mul
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

#: Weights of the evidence and the constant: a logistic regression fitted on sentence pairs of revised essays, retold
#: fables and the demo's five articles (see `tests/benchmarks/quality.py`).
_MOST_COVERED, _COVERED, _DOT, _WORDS, _NAMES = 1.034, 2.743, 6.281, 5.866, 1.264
_COMMON, _FIGURES, _QUOTES, _LENGTH, _PAIRS = 0.339, 2.144, 1.945, 0.634, -2.285
_CONSTANT = -7.277
#: What it speaks against two sentences that each names somebody, neither of them the other's, and that they share no
#: more than so many words that say something.
_STRANGERS, _HARDLY = 1.25, 2


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
class Trigrams:
    """A vector of length 1 over the story's trigrams, of which a sentence has few."""

    numbers: tuple[int, ...]
    weights: tuple[float, ...]
    size: int
    """Of the whole vector."""
    pick: Callable[[Sequence[float]], tuple[float, ...]]
    """Takes the places of `numbers` out of a whole vector."""

    @classmethod
    def of(cls, counts: Mapping[str, int], by: Vector, numbers: Mapping[str, int]) -> Trigrams:
        """Return the vector of (1 + log frequency) × weight, from each trigram's count, weight and number."""
        found = {numbers[key]: (1 + math.log(count)) * by[key] for key, count in counts.items()}
        norm = math.sqrt(math.fsum(value * value for value in found.values())) or 1.0
        # At least two, so that `itemgetter` gives a tuple; the last two places of a whole vector are always empty.
        keys = (*found, len(numbers), len(numbers) + 1)
        return cls(keys, (*(value / norm for value in found.values()), 0.0, 0.0), len(numbers) + 2, itemgetter(*keys))

    def spread(self) -> list[float]:
        """Return the whole vector."""
        whole = [0.0] * self.size
        for number, weight in zip(self.numbers, self.weights, strict=True):
            whole[number] = weight
        return whole

    def dot(self, whole: Sequence[float]) -> float:
        """Return the scalar product with a whole vector: all of it in C, since this is done for all pairs."""
        return math.fsum(map(mul, self.pick(whole), self.weights))


@dataclass(frozen=True, slots=True)
class Profile:
    """The same, weighed by what each word says in the story."""

    words: frozenset[tuple[str, int]]
    """Each word with the number of its occurrence, so that sets behave like multisets."""
    length: int
    trigrams: Trigrams
    content: Vector
    mass: float
    pairs: Mapping[tuple[str, str], float]
    names: Vector
    figures: frozenset[str]
    quoted: Vector
    ideas: Mapping[int, tuple[str, ...]]
    """Idea → the content words that may stand for it; see `generator.compare.thesaurus`."""
    beginnings: Mapping[str, tuple[str, ...]]
    """The first five letters of longer content words → these words."""


def profiles(texts: Sequence[Sequence[str]], repeats: Sequence[Container[int]] = ()) -> list[list[Profile]]:
    """Return what is compared of every sentence of every text, weighed by its rarity among all of them.

    Weights are inverse sentence frequencies, log((N + 1) / n), of words times what they tell in general
    (`generator.compare.common`), and of character trigrams.

    Args:
        texts: their sentences.
        repeats: the indices of each text's sentences that repeat another of it, which make nothing less rare.
    """
    found = [[_traits(sentence) for sentence in text] for text in texts]
    own = [repeats[n] if repeats else () for n in range(len(found))]
    flat = [one for text, again in zip(found, own, strict=True) for n, one in enumerate(text) if n not in again]
    more = [one for text, again in zip(found, own, strict=True) for n, one in enumerate(text) if n in again]
    words = _rarities([one.words for one in flat], [one.words for one in more])
    trigrams = _rarities([one.trigrams for one in flat], [one.trigrams for one in more])
    telling_words = {word: weight * telling(word) for word, weight in words.items()}
    numbers = {trigram: number for number, trigram in enumerate(trigrams)}
    return [[_profile(one, telling_words, trigrams, numbers) for one in text] for text in found]


def odds_within(own: Sequence[Profile]) -> list[list[float]]:
    """Return, for each sentence of a text, the log-odds that it says the same as each of those behind it."""
    index = _Index.of(own)
    return [_row(one, own, index, n + 1) for n, one in enumerate(own[:-1])]


def odds(rows: Sequence[Profile], columns: Sequence[Profile]) -> list[list[float]]:
    """Return the log-odds that each sentence of one text says the same as each of another, as far as they show.

    Symmetric: every sum is exact, so that no order of adding shows.
    """
    index = _Index.of(columns)
    return [_row(one, columns, index) for one in rows]


@dataclass(frozen=True, slots=True)
class _Index:
    """In which sentences of a text each word stands."""

    words: Mapping[tuple[str, int], Sequence[int]]
    content: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, sentences: Sequence[Profile]) -> _Index:
        """Return the index of a text."""
        words: dict[tuple[str, int], list[int]] = {}
        content: dict[str, list[int]] = {}
        for n, one in enumerate(sentences):
            for word in one.words:
                words.setdefault(word, []).append(n)
            for key in one.content:
                content.setdefault(key, []).append(n)
        return cls(words, content)


def _row(one: Profile, columns: Sequence[Profile], index: _Index, first: int = 0) -> list[float]:
    """Return the log-odds of a sentence with each of *columns*, from the first that is asked for on.

    What words two sentences have in common is gathered from the index: most have next to none, and cost nothing.
    """
    both = [0] * len(columns)
    for key in one.words:
        for n in index.words.get(key, ()):
            both[n] += 1
    common: list[list[float]] = [[] for _ in columns]
    for word, weight in one.content.items():
        for n in index.content.get(word, ()):
            common[n].append(weight)
    trigrams = one.trigrams.spread()
    return [
        _CONSTANT
        + math.fsum(_evidence(one, other, words, other.trigrams.dot(trigrams), math.fsum(weights) if weights else 0.0))
        for other, words, weights in islice(zip(columns, both, common, strict=True), first, None)
    ]


def _evidence(one: Profile, other: Profile, words: int, dot: float, common: float) -> list[float]:
    """Return the kinds of evidence, weighed: shares between 0 and 1, sums of weights as log(1 + x).

    Args:
        one: a sentence.
        other: another.
        words: how many words they share.
        dot: the cosine of their trigrams.
        common: what the content words that they share weigh.
    """
    here, there = _covered(one, other, common), _covered(other, one, common)
    found = [
        _DOT * dot,
        _WORDS * 2 * words / max(1, one.length + other.length),
        _LENGTH * abs(math.log((one.length + 1) / (other.length + 1))),
    ]
    if here or there:
        found += _MOST_COVERED * max(here, there), _COVERED * math.sqrt(here * there)
    if not one.names.keys().isdisjoint(other.names):
        found.append(_NAMES * _share(one.names, other.names))
    elif common and one.names and other.names and len(one.content.keys() & other.content.keys()) <= _HARDLY:
        found.append(-_STRANGERS)
    if common:
        found.append(_COMMON * math.log1p(common))
        if not one.pairs.keys().isdisjoint(other.pairs):
            found.append(_PAIRS * _share(one.pairs, other.pairs))
    if not one.figures.isdisjoint(other.figures):
        found.append(_FIGURES)
    if not one.quoted.keys().isdisjoint(other.quoted):
        found.append(_QUOTES * math.log1p(math.fsum([one.quoted[key] for key in one.quoted.keys() & other.quoted])))
    return found


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


def _rarities(bags: Sequence[Iterable[str]], again: Iterable[Iterable[str]]) -> dict[str, float]:
    """Return how rare each key is in *bags*; one that only stands in *again* as if it stood in one of them."""
    counts = Counter(key for bag in bags for key in set(bag))
    alone = {key: 1 for bag in again for key in bag if key not in counts}
    return {key: math.log((len(bags) + 1) / count) for key, count in (counts | alone).items()}


def _profile(one: Traits, words: Vector, trigrams: Vector, numbers: Mapping[str, int]) -> Profile:
    content = {word: words[word] for word in one.content}
    return Profile(
        words=frozenset(_numbered(one.words)),
        length=len(one.words),
        trigrams=Trigrams.of(Counter(one.trigrams), trigrams, numbers),
        content=content,
        mass=math.fsum(content.values()),
        pairs={pair: words[pair[0]] + words[pair[1]] for pair in zip(one.content, one.content[1:], strict=False)},
        names={name: words[name] + 0.1 for name in one.names},
        figures=one.figures,
        quoted={word: words[word] for word in one.quoted if word in words},
        ideas=_gathered((idea, word) for word in content for idea in ideas(word)),
        beginnings=_gathered((word[:5], word) for word in content if len(word) >= 5),
    )


def _gathered(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, tuple[str, ...]]:
    found: dict[_Key, tuple[str, ...]] = {}
    for key, word in pairs:
        found[key] = (*found.get(key, ()), word)
    return found


def _numbered(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    seen: Counter[str] = Counter()
    for word in words:
        seen[word] += 1
        yield word, seen[word]


# ---------------------------------------------------------------------------- measures


def _share(one: Mapping[_Key, float], other: Mapping[_Key, float]) -> float:
    """Return which share of the lighter side's weight both sides hold."""
    both = one.keys() & other.keys()
    return math.fsum(one[key] for key in both) / min(math.fsum(one.values()), math.fsum(other.values()))


def _covered(one: Profile, other: Profile, common: float) -> float:
    """Return which share of a sentence's weight the other carries, akin words and beginnings of words for a part."""
    if not one.mass:
        return 0.0
    by_idea, by_beginning = one.ideas.keys() & other.ideas.keys(), one.beginnings.keys() & other.beginnings.keys()
    if not by_idea and not by_beginning:
        return common / one.mass
    akin = {word for idea in by_idea for word in one.ideas[idea]} - other.content.keys()
    begun = {word for beginning in by_beginning for word in one.beginnings[beginning]} - other.content.keys() - akin
    weights = [0.5 * one.content[word] for word in akin] + [0.6 * one.content[word] for word in begun]
    return math.fsum([common, *weights]) / one.mass
