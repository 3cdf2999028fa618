"""Articles as sparse vectors of their words, their names and their first words, and which of them resemble each other.

Each view has a share in a vector of length 1; its words are weighed by how often they stand in the article and by how
rare they are, in the articles at hand and in an imagined background of ordinary news. An article is a few kilobytes
here: words are numbers (`generator.compare.vocabulary`), and counts and weights lie in arrays.

All weights are whole numbers, so that sums of them are exact in whatever order they are added: the order of articles
and words changes nothing, and `generator.compare.columns` comes to the same by other ways.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, compress, repeat
from operator import mul

from generator.compare.common import telling
from generator.compare.vocabulary import Vocabulary, without_addresses
from generator.values import dataclass

#: Size of the imagined background, and the share of its articles that hold a word of each class of `common`.
_BACKGROUND = 200
_SPREAD = ((0.5, 0.3), (0.9, 0.05), (1.0, 0.01))
#: Shares of the three views of an article: words, names, the first words.
SHARES = (0.45, 0.2, 0.35)
#: Where more of an article's words than this have capitals, capitals make no names: German, or a text of headlines.
CAPITALS = 0.5
#: So many words of an article are its first ones, and they stand among so many.
LEAD, LEAD_AMONG = 25, 75
#: Counts go up to this.
MOST = 255
#: What a word counts for that stands so often in an article, and a name.
OF_WORDS = tuple(map(math.sqrt, range(MOST + 1)))
OF_NAMES = (0.0, *(1 + math.log(count) for count in range(1, MOST + 1)))
#: Rarity 1, and the length of a vector: large enough that what is cut off them is nothing, and small enough that the
#: squares of all words of an article fit in 63 bits, and those of the vectors in the 53 of a float.
_RARE, UNIT = 1 << 16, 1 << 26


@dataclass(frozen=True, slots=True)
class Limits:
    """What is looked for; for tests, limits that few articles reach."""

    none: float = 0.05
    """Similarities below this are taken for none at all."""
    probes: int = 48
    """So many of an article's heaviest words look for candidates; fewer among more articles than `among`."""
    among: int = 2000
    crowd: int = 150
    """So many articles may share such a word."""
    shared: int = 2
    """So many such words two articles must share; one, if one of the two has fewer different words than `short`."""
    short: int = 40

    def probes_of(self, articles: int) -> int:
        """Return how many words look for candidates, so that as many share two by chance however many articles.

        The chance that two articles do grows with the fourth power of the number of words.
        """
        return int(self.probes * min(1.0, math.sqrt(math.sqrt(self.among / max(1, articles)))))


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Likenesses:
    """The cosines of pairs of articles, in any order."""

    first: array[int]
    second: array[int]
    value: array[float]


class Profiles:
    """Articles as they are added, one by one."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._profiles: list[Profile] = []

    def add(self, text: str) -> None:
        """Add an article; Markdown is read as text, addresses are left out."""
        self._profiles.append(profile(self._vocabulary.read(without_addresses(text))))

    def likenesses(self, limits: Limits = LIMITS) -> Likenesses:
        """Return the cosines of the pairs of articles that have some of their heaviest words in common.

        Only the heaviest of the words that are rare are in an index, and look into it, so the time grows with the
        number of articles that are about the same, not with that of pairs. Afterwards there are no articles:
        profiles and vectors are not all held at once.
        """
        weights = Weights(self._profiles, self._vocabulary, limits.crowd)
        candidates, probes = _Candidates(limits.shared), limits.probes_of(len(self._profiles))
        vectors: list[Vector] = []
        found = Likenesses(array("I"), array("I"), array("d"))
        self._profiles.reverse()
        while self._profiles:
            article = self._profiles.pop()
            keys = article.keys.tolist()
            values = weights.values(article, keys)
            heaviest = weights.heaviest(keys[: len(article.counts)], values, probes)
            others = candidates.of_next(heaviest, is_short=len(article.counts) < limits.short)
            one = dict(zip(keys, values, strict=True)) if others else {}
            for other in others:
                likeness = _cosine(one, vectors[other])
                if likeness >= limits.none:
                    found.first.append(other)
                    found.second.append(len(vectors))
                    found.value.append(likeness)
            vectors.append(Vector(article.keys, array("i", values)))
        return found


@dataclass(frozen=True, slots=True)
class Profile:
    """What grouping needs to know of an article's text."""

    keys: array[int]
    """Numbers of the words that are no names; of the names, odd; and of the first words, below 0."""
    counts: bytes
    """How often each word and name stands there."""
    words: int
    """How many of the keys are words."""
    is_capital: bool
    """Whether so many words have capitals that names are among the words, too."""


def profile(found: Sequence[int]) -> Profile:
    """Return the profile of a text, by the numbers of its words (see `Vocabulary`)."""
    lead = dict.fromkeys([-(number & ~1) for number in [*filter(None, found[:LEAD_AMONG])][:LEAD]])
    words = Counter(found)
    del words[0]
    known, names = words.get, {}
    for number in [number for number in words if number & 1]:
        capitals = words.pop(number)
        total = words[number - 1] = known(number - 1, 0) + capitals
        if 2 * capitals >= total:
            names[number] = total
    is_capital = len(names) > CAPITALS * len(words)
    if not is_capital:
        for number in names:
            words.pop(number - 1)
    return Profile(array("i", [*words, *names, *lead]), _counts(words) + _counts(names), len(words), is_capital)


def _counts(counted: Mapping[int, int]) -> bytes:
    try:
        return bytes(counted.values())
    except ValueError:
        return bytes(min(count, MOST) for count in counted.values())


# ---------------------------------------------------------------------------- weights


@dataclass(frozen=True, slots=True)
class Vector:
    """An article's words, each a number, and their weights."""

    keys: array[int]
    values: array[int]


class Weights:
    """How much each word weighs among some articles."""

    def __init__(self, profiles: Sequence[Profile], vocabulary: Vocabulary, crowd: int) -> None:
        spread: Counter[int] = Counter()
        both: Counter[int] = Counter()
        for one in profiles:
            spread.update(one.keys[: len(one.counts)])
            if one.is_capital:
                both.update(one.keys[one.words : len(one.counts)])
        numbers = range(2, 2 * len(vocabulary.numbers) + 2)
        holding = [spread[number] + spread[number + 1] - both[number + 1] for number in numbers[::2]]
        rarity = [0.0, 0.0, *(value for value in rarities(vocabulary, holding, len(profiles)) for _ in range(2))]
        self._rarity = rarity + rarity[:0:-1]
        """By a word's number; the odd places are those of the name, and those from the end, of the first words."""
        self._is_rare = bytes(2) + bytes(1 < spread[number] <= crowd for number in numbers)
        """By a word's number: whether it stands as such in more than one article, but in no crowd of them."""
        self._place = [0, 0, *(2 * place + name for place in places(vocabulary) for name in range(2))]
        """Word's number → its place in the alphabet."""

    def values(self, one: Profile, keys: Iterable[int]) -> list[int]:
        """Return the weights of an article's *keys*, a vector as long as `UNIT`; each view not empty has its share."""
        rarity = list(map(self._rarity.__getitem__, keys))
        words, names = one.words, len(one.counts)
        return [
            *_share(SHARES[0], map(mul, map(OF_WORDS.__getitem__, one.counts[:words]), rarity)),
            *_share(SHARES[1], map(mul, map(OF_NAMES.__getitem__, one.counts[words:]), rarity[words:names])),
            *_share(SHARES[2], rarity[names:]),
        ]

    def heaviest(self, keys: Sequence[int], values: Sequence[int], count: int) -> list[int]:
        """Return the places of the *count* rare keys with the greatest values; of equal ones, the first places."""
        rare = bytes(map(self._is_rare.__getitem__, keys))
        found = list(map(self._place.__getitem__, compress(keys, rare)))
        if len(found) <= count:
            return found
        weights = list(compress(values, rare))
        least = sorted(weights)[-count]
        heavier = list(compress(found, map(least.__lt__, weights)))
        return heavier + sorted(compress(found, map(least.__eq__, weights)))[: count - len(heavier)]


def rarities(vocabulary: Vocabulary, holding: Iterable[int], articles: int) -> list[float]:
    """Return how rare each stem of a vocabulary is, in parts of `_RARE`.

    :param holding: of each, how many of so many articles hold it.
    """
    rarity = _Rarities(articles)
    return [rarity[telling(stem), count] for stem, count in zip(vocabulary.numbers, holding, strict=True)]


class _Rarities(dict[tuple[float, int], float]):
    """How much a word tells by itself, and in how many of some articles it stands → how rare it is."""

    def __init__(self, articles: int) -> None:
        super().__init__()
        self._total = articles + _BACKGROUND

    def __missing__(self, word: tuple[float, int]) -> float:
        telling, count = word
        share = next(share for least, share in _SPREAD if telling <= least)
        rarity = max(0.0, math.log(self._total / (count + share * _BACKGROUND))) * _RARE
        self[word] = rarity
        return rarity


def places(vocabulary: Vocabulary) -> list[int]:
    """Return of each stem of a vocabulary its place in the alphabet, from 0 on."""
    stems = list(vocabulary.numbers)
    found = [0] * len(stems)
    for place, number in enumerate(sorted(range(len(stems)), key=stems.__getitem__)):
        found[number] = place
    return found


def _share(share: float, found: Iterable[float]) -> list[int]:
    """Return numbers cut to whole ones, then made so long that their squares are a share of that of `UNIT`."""
    whole = list(map(int, found))
    scale = scaled(share, sum(map(mul, whole, whole)))
    return [int(value * scale) for value in whole]


def scaled(share: float, square: int) -> float:
    """Return by what to multiply a vector for it to have a share of the square of `UNIT`, given its own square."""
    return math.sqrt(share) * UNIT / math.sqrt(square) if square else 0.0


# ---------------------------------------------------------------------------- likeness


class _Candidates:
    """Which articles before share enough of an article's heaviest words."""

    def __init__(self, shared: int) -> None:
        self._shared = shared
        self._count = 0
        self._long: defaultdict[int, list[int]] = defaultdict(list)
        self._short: defaultdict[int, list[int]] = defaultdict(list)
        """Word → the articles of which it is one of the heaviest: those of many words, and short ones."""

    def of_next(self, probes: Sequence[int], *, is_short: bool) -> list[int]:
        """Return the candidates among the articles before, ascending; the article is one of them from now on."""
        asked = 1 if is_short else self._shared
        known = Counter(chain.from_iterable(filter(None, map(self._long.get, probes))))
        found = [other for other, count in known.items() if count >= asked]
        if self._short:
            found += set().union(*filter(None, map(self._short.get, probes)))
        own = self._short if is_short else self._long
        for key in probes:
            own[key].append(self._count)
        self._count += 1
        return sorted(found)


def _cosine(one: Mapping[int, int], other: Vector) -> float:
    product: int = sum(map(mul, other.values, map(one.get, other.keys, repeat(0))))
    return product / UNIT**2
