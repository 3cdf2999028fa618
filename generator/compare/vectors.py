"""Articles as sparse vectors of their words, their names and their first words, and which of them resemble each other.

Each view has a share in a vector of length 1; its words are weighed by how often they stand in the article and by how
rare they are, in the articles at hand and in an imagined background of ordinary news. An article is a few kilobytes
here: each piece of text is looked up in a memory of all that has been seen, words are numbers, and counts and weights
lie in arrays.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, repeat
from operator import mul

from generator.compare.bytewise import pieces
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
#: So many of an article's heaviest words look for candidates; fewer among more articles than that, see `_probes`.
_PROBES, _AMONG = 48, 2000
#: So many articles may share such a word, and two must share so many of them; one, if one of the two is this short.
_CROWD, _SHARED, _SHORT = 150, 2, 40
#: So many pieces of text are remembered, and so many that hold several words.
_REMEMBERED, _SEVERAL = 1 << 17, 1 << 14
#: Counts go up to this.
_MOST = 255
_ROOTS = tuple(map(math.sqrt, range(_MOST + 1)))
_LOGARITHMS = (0.0, *(1 + math.log(count) for count in range(1, _MOST + 1)))

_ADDRESS = re.compile(r"\]\([^)\s]*\)|https?://\S+|www\.\S+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


class Vocabulary(dict[bytes, int]):
    """Piece of text → the number of its word: odd if it has a capital, 0 if it says nothing, negative if several.

    Remembers pieces until there are too many; the stems of words stay.
    """

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = {}
        """Stem → number: 2, 4, 6 …"""
        self._several: list[tuple[int, ...]] = []

    def __missing__(self, piece: bytes) -> int:
        found = []
        text = piece.decode()
        for word in (text,) if text.isascii() and text.isalnum() else _printed_words(text):
            stemmed = _stemmed(word)
            if stemmed:
                number = self.numbers.setdefault(stemmed, 2 * len(self.numbers) + 2)
                found.append(number + word[0].isupper())
        if len(found) > 1:
            self._several.append(tuple(found))
        self[piece] = number = found[0] if len(found) == 1 else -len(self._several) if found else 0
        return number

    def read(self, text: str) -> list[int]:
        """Return the numbers of a text's words in order; 0 for those that say nothing."""
        if len(self) >= _REMEMBERED or len(self._several) >= _SEVERAL:
            self.clear()
            self._several.clear()
        found = list(map(self.__getitem__, pieces(text)))
        if self._several and min(found, default=0) < 0:
            return list(chain.from_iterable((n,) if n >= 0 else self._several[-n - 1] for n in found))
        return found


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

    keys: array[int]
    """Numbers of the words that are no names, as they come; of the names, odd; and of the first words, below 0."""
    counts: bytes
    """How often each word and name stands there."""
    words: int
    """How many of the keys are words."""
    is_capital: bool
    """Whether so many words have capitals that names are among the words, too."""


def profile(text: str, vocabulary: Vocabulary) -> Profile:
    """Return the profile of a text; Markdown is read as text, addresses are left out."""
    if "](" in text or "http" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    found = vocabulary.read(text)
    lead = dict.fromkeys([-(number & ~1) for number in [*filter(None, found[: 3 * _LEAD_LENGTH])][:_LEAD_LENGTH]])
    words = Counter(found)
    del words[0]
    known, names = words.get, {}
    for number in [number for number in words if number & 1]:
        capitals = words.pop(number)
        total = words[number - 1] = known(number - 1, 0) + capitals
        if 2 * capitals >= total:
            names[number] = total
    is_capital = len(names) > _CAPITALS * len(words)
    if not is_capital:
        for number in names:
            words.pop(number - 1)
    return Profile(array("i", [*words, *names, *lead]), _counts(words) + _counts(names), len(words), is_capital)


def _counts(counted: Mapping[int, int]) -> bytes:
    try:
        return bytes(counted.values())
    except ValueError:
        return bytes(min(count, _MOST) for count in counted.values())


# ---------------------------------------------------------------------------- weights


@dataclass(frozen=True, slots=True)
class Vector:
    """An article's words, each a number, and their weights."""

    keys: array[int]
    values: array[float]


class Weights:
    """How much each word weighs among some articles."""

    def __init__(self, profiles: Sequence[Profile], vocabulary: Vocabulary) -> None:
        spread: Counter[int] = Counter()
        both: Counter[int] = Counter()
        for one in profiles:
            spread.update(one.keys[: len(one.counts)])
            if one.is_capital:
                both.update(one.keys[one.words : len(one.counts)])
        rarity = [0.0, 0.0]
        self.is_rare = bytearray(2)
        """By a word's number: whether it stands as such in more than one article, but in no crowd of them."""
        of_count = _Rarities(len(profiles))
        for stemmed, number in vocabulary.numbers.items():
            as_word, as_name = spread[number], spread[number + 1]
            self.is_rare += bytes((1 < as_word <= _CROWD, 1 < as_name <= _CROWD))
            rarity += [of_count[telling(stemmed), as_word + as_name - both[number + 1]]] * 2
        self._rarity = rarity + rarity[:0:-1]
        """By a word's number; the odd places are those of the name, and those from the end, of the first words."""

    def values(self, one: Profile, keys: Iterable[int]) -> list[float]:
        """Return the weights of an article's *keys*, a vector of length 1; each view not empty has its share."""
        rarity = list(map(self._rarity.__getitem__, keys))
        words, names = one.words, len(one.counts)
        return [
            *_share(_WORDS, list(map(mul, map(_ROOTS.__getitem__, one.counts[:words]), rarity))),
            *_share(_NAMES, list(map(mul, map(_LOGARITHMS.__getitem__, one.counts[words:]), rarity[words:names]))),
            *_share(_LEAD, rarity[names:]),
        ]


def _share(weight: float, found: list[float]) -> list[float]:
    norm = math.hypot(*found)
    scale = math.sqrt(weight) / norm if norm else 0.0
    return [value * scale for value in found]


class _Rarities(dict[tuple[float, int], float]):
    """How much a word tells by itself, and in how many of some articles it stands → how rare it is."""

    def __init__(self, articles: int) -> None:
        super().__init__()
        self._total = articles + _BACKGROUND

    def __missing__(self, word: tuple[float, int]) -> float:
        telling, count = word
        share = next(share for least, share in _SPREAD if telling <= least)
        self[word] = rarity = max(0.0, math.log(self._total / (count + share * _BACKGROUND)))
        return rarity


# ---------------------------------------------------------------------------- likeness


@dataclass(frozen=True, slots=True)
class Likenesses:
    """The cosines of pairs of articles, the second of each pair in the order of the articles."""

    first: array[int]
    second: array[int]
    value: array[float]


def likenesses(profiles: list[Profile], vocabulary: Vocabulary) -> Likenesses:
    """Return the cosines, from `_NONE` up, of the pairs of articles that have some of their heaviest words in common.

    :param profiles: emptied, so that profiles and vectors are not all held at once.

    Only the heaviest of the words that are rare are in an index, and look into it, so the time grows with the number of
    articles that are about the same, not with that of pairs.
    """
    weights = Weights(profiles, vocabulary)
    candidates, probes = _Candidates(), _probes(len(profiles))
    vectors: list[Vector] = []
    found = Likenesses(array("I"), array("I"), array("d"))
    profiles.reverse()
    while profiles:
        article = profiles.pop()
        keys = article.keys.tolist()
        values = weights.values(article, keys)
        rare = bytes(map(weights.is_rare.__getitem__, keys[: len(article.counts)]))
        heaviest = _heaviest(list(compress(keys, rare)), list(compress(values, rare)), probes)
        others = candidates.of_next(heaviest, is_short=len(rare) < _SHORT)
        one = dict(zip(keys, values, strict=True)) if others else {}
        for other in others:
            likeness = _cosine(one, vectors[other])
            if likeness >= _NONE:
                found.first.append(other)
                found.second.append(len(vectors))
                found.value.append(likeness)
        vectors.append(Vector(article.keys, array("d", values)))
    return found


def _heaviest(keys: list[int], values: list[float], count: int) -> list[int]:
    """Return so many of the keys with the greatest values; of equal ones those that come first."""
    if len(keys) <= count:
        return keys
    least = sorted(values)[-count]
    return list(compress(keys, map(least.__le__, values)))[:count]


def _probes(articles: int) -> int:
    """Return how many words look for candidates, so that as many articles share two by chance however many there are.

    The chance that two articles do grows with the fourth power of the number of words.
    """
    return int(_PROBES * min(1.0, (_AMONG / max(1, articles)) ** 0.25))


class _Candidates:
    """Which articles before share enough of an article's heaviest words."""

    def __init__(self) -> None:
        self._count = 0
        self._long: defaultdict[int, list[int]] = defaultdict(list)
        self._short: defaultdict[int, list[int]] = defaultdict(list)
        """Word → the articles of which it is one of the heaviest: those of many words, and short ones."""

    def of_next(self, probes: Sequence[int], *, is_short: bool) -> list[int]:
        """Return the candidates among the articles before, ascending; the article is one of them from now on."""
        asked = 1 if is_short else _SHARED
        known = Counter(chain.from_iterable(filter(None, map(self._long.get, probes))))
        found = [other for other, count in known.items() if count >= asked]
        if self._short:
            found += set().union(*filter(None, map(self._short.get, probes)))
        own = self._short if is_short else self._long
        for key in probes:
            own[key].append(self._count)
        self._count += 1
        return sorted(found)


def _cosine(one: Mapping[int, float], other: Vector) -> float:
    return sum(map(mul, other.values, map(one.get, other.keys, repeat(0.0))), 0.0)
