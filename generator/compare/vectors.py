"""Articles as sparse vectors of their words, their names and their first words, and which of them resemble each other.

Each view has a share in a vector of length 1; its words are weighed by how often they stand in the article and by how
rare they are, in the articles at hand and in an imagined background of ordinary news. An article is a few kilobytes
here: what stands between two spaces is looked up once in a memory of all that has been seen, words are numbers, and
counts and weights lie in arrays.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import repeat
from operator import mul

from generator.compare.common import telling
from generator.compare.text import STOP_WORDS, normal, stem
from generator.values import dataclass

#: Similarities below this are taken for none at all.
_NONE = 0.05
#: Size of the imagined background, and the share of its articles that hold a word of each class of `common`.
_BACKGROUND = 200
_SPREAD = ((0.5, 0.3), (0.9, 0.05), (1.0, 0.01))
#: Weights of the three views of an article: words, names, the first words.
_WORDS, _NAMES, _LEAD = 0.45, 0.2, 0.35
#: Where more of an article's words than this have capitals, capitals make no names: German, or a text of headlines.
_CAPITALS = 0.5
_LEAD_LENGTH = 25
#: How many of an article's heaviest words look for candidates, and how many articles may share such a word.
_PROBES, _CROWD = 24, 150
#: What these words must add up to, for the whole cosine to be computed.
_WORTHWHILE = 0.02
#: A word's number is even, as a name it is the next one, among the first words it is so much more.
_LEADING = 1 << 30
#: So many pieces of text are remembered.
_REMEMBERED = 1 << 17

_ADDRESS = re.compile(r"\]\([^)\s]*\)|https?://\S+|www\.\S+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


class Vocabulary(dict[str, bytes]):
    """What stands between two spaces → the numbers of its words that say anything, odd ones of those with capitals.

    Remembers pieces until there are too many; the stems of words stay.
    """

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = {}
        """Stem → number: 0, 2, 4 …"""

    def __missing__(self, printed: str) -> bytes:
        found = array("I")
        for word in _printed_words(printed):
            stemmed = _stemmed(word)
            if stemmed:
                number = self.numbers.setdefault(stemmed, 2 * len(self.numbers))
                found.append(number + word[0].isupper())
        data = found.tobytes()
        if len(printed) <= 32:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[printed] = data
        return data


def _printed_words(text: str) -> Iterator[str]:
    for run in _WORD.findall(text):
        if _UNSPACED.search(run):
            yield from (run[n : n + 2] for n in range(max(1, len(run) - 1)))
        else:
            yield run


def _stemmed(printed: str) -> str:
    """Return the stem of a word, empty for one that says nothing."""
    norm = normal(printed)
    return "" if len(norm) < 2 or norm in STOP_WORDS else stem(norm)


@dataclass(frozen=True, slots=True)
class Profile:
    """What grouping needs to know of an article's text."""

    words: array[int]
    """Numbers of the words that are no names."""
    counts: array[int]
    """How often each stands there."""
    names: array[int]
    """Numbers of the names, odd."""
    name_counts: array[int]
    lead: array[int]
    """Numbers of the first words."""
    is_capital: bool
    """Whether so many words have capitals that names are among the words, too."""


def profile(text: str, vocabulary: Vocabulary) -> Profile:
    """Return the profile of a text; Markdown is read as text, addresses are left out."""
    if "](" in text or "http" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    found = array("I", b"".join(map(vocabulary.__getitem__, text.split())))
    lead = array("I", {number & ~1 for number in found[:_LEAD_LENGTH]})
    words = Counter(found)
    names = {}
    for number in [number for number in words if number & 1]:
        capitals = words.pop(number)
        total = words[number - 1] = words[number - 1] + capitals
        if 2 * capitals >= total:
            names[number] = total
    is_capital = len(names) > _CAPITALS * len(words)
    if not is_capital:
        for number in names:
            del words[number - 1]
    return Profile(
        array("I", words), _counts(words.values()), array("I", names), _counts(names.values()), lead, is_capital
    )


def _counts(counts: Collection[int]) -> array[int]:
    return array("H", counts if max(counts, default=0) < 1 << 16 else [min(count, (1 << 16) - 1) for count in counts])


# ---------------------------------------------------------------------------- weights


@dataclass(frozen=True, slots=True)
class Vector:
    """An article's words, each a number, and their weights."""

    keys: array[int]
    values: array[float]


class Weights:
    """How much each word weighs among some articles."""

    def __init__(self, profiles: Sequence[Profile], vocabulary: Vocabulary) -> None:
        self.spread: Counter[int] = Counter()
        """Word or name → in how many articles it stands as such."""
        both: Counter[int] = Counter()
        for one in profiles:
            self.spread.update(one.words)
            self.spread.update(one.names)
            if one.is_capital:
                both.update(one.names)
        self.rarity: list[float] = []
        """By a word's number; the odd places are those of the name."""
        for stemmed, number in vocabulary.numbers.items():
            count = self.spread[number] + self.spread[number + 1] - both[number + 1]
            self.rarity += [_rarity(stemmed, count, len(profiles))] * 2

    def vector(self, one: Profile) -> Vector:
        """Return an article as a vector of length 1; each view that is not empty has its share."""
        words = self._view(one.words, map(_root, one.counts), _WORDS)
        names = self._view(one.names, map(_logarithm, one.name_counts), _NAMES)
        lead = self._view(one.lead, (1.0,) * len(one.lead), _LEAD)
        keys = one.words + one.names + array("I", [number + _LEADING for number in one.lead])
        return Vector(keys, array("d", [*words, *names, *lead]))

    def _view(self, numbers: array[int], counted: Iterable[float], weight: float) -> list[float]:
        found = list(map(mul, counted, map(self.rarity.__getitem__, numbers)))
        norm = math.sqrt(math.fsum(map(mul, found, found)))
        scale = math.sqrt(weight) / norm if norm else 0.0
        return [value * scale for value in found]


def _rarity(word: str, count: int, total: int) -> float:
    share = next(share for least, share in _SPREAD if telling(word) <= least)
    return max(0.0, math.log((total + _BACKGROUND) / (count + share * _BACKGROUND)))


@lru_cache(maxsize=1024)
def _root(count: int) -> float:
    return math.sqrt(count)


@lru_cache(maxsize=1024)
def _logarithm(count: int) -> float:
    return 1 + math.log(count)


# ---------------------------------------------------------------------------- likeness


@dataclass(frozen=True, slots=True)
class Likenesses:
    """The cosines of pairs of articles, the second of each pair in the order of the articles."""

    first: array[int]
    second: array[int]
    value: array[float]


def likenesses(profiles: list[Profile], vocabulary: Vocabulary) -> Likenesses:
    """Return the cosines, from `_NONE` up, of the pairs that share enough of what is rare and heavy in one of them.

    :param profiles: emptied, so that profiles and vectors are not all held at once.

    The index holds the words of the articles before; only the heaviest of each article's own look into it, so the
    time grows with the number of articles that share a rare word, not with that of pairs.
    """
    weights = Weights(profiles, vocabulary)
    rare = {key for key, count in weights.spread.items() if 1 < count <= _CROWD}
    stems = list(vocabulary.numbers)
    vectors: list[Vector] = []
    profiles.reverse()
    while profiles:
        vectors.append(weights.vector(profiles.pop()))
    probes = [_heaviest(rare, _weighed(vector), stems) for vector in vectors]
    wanted = set().union(*probes)
    index: dict[int, tuple[array[int], array[float]]] = {key: (array("I"), array("d")) for key in wanted}
    found = Likenesses(array("I"), array("I"), array("d"))
    for number, vector in enumerate(vectors):
        one = _weighed(vector)
        for other in _neighbours(one, probes[number], index):
            likeness = _cosine(one, vectors[other])
            if likeness >= _NONE:
                found.first.append(other)
                found.second.append(number)
                found.value.append(likeness)
        for key in wanted.intersection(one):
            numbers, values = index[key]
            numbers.append(number)
            values.append(one[key])
    return found


def _weighed(vector: Vector) -> dict[int, float]:
    return dict(zip(vector.keys, vector.values, strict=True))


def _heaviest(rare: Set[int], one: Mapping[int, float], stems: Sequence[str]) -> array[int]:
    """Return the keys that look for candidates, the heaviest first, equal ones as texts sort, `^` before names."""
    by_weight = sorted(rare & one.keys(), key=one.__getitem__, reverse=True)
    if len(by_weight) > _PROBES:
        least = one[by_weight[_PROBES - 1]]
        by_weight = [key for key in by_weight if one[key] >= least]
    return array("I", sorted(by_weight, key=lambda key: (-one[key], "^" * (key & 1) + stems[key >> 1]))[:_PROBES])


def _neighbours(
    one: Mapping[int, float], probes: Iterable[int], index: Mapping[int, tuple[Iterable[int], Iterable[float]]]
) -> list[int]:
    """Return the articles in the index whose cosine with this one is worth computing, ascending."""
    partial: dict[int, float] = {}
    known = partial.get
    for key in probes:
        weight = one[key]
        for other, value in zip(*index[key], strict=True):
            partial[other] = known(other, 0.0) + weight * value
    return sorted(other for other, value in partial.items() if value >= _WORTHWHILE)


def _cosine(one: Mapping[int, float], other: Vector) -> float:
    return math.fsum(map(mul, other.values, map(one.get, other.keys, repeat(0.0))))
