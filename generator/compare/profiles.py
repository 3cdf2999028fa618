"""What is looked at in a sentence, and what each part of it tells in its story: words as stems, trigrams, names."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain, compress, pairwise, repeat
from operator import mul, not_
from typing import TypeVar

from generator.compare.common import telling
from generator.compare.remembered import of_texts
from generator.compare.text import STOP_WORDS, bare, is_word, stem
from generator.compare.thesaurus import having_ideas, ideas
from generator.compare.tokens import tokens, tokens_within
from generator.model import Token
from generator.values import dataclass, maker

_QUOTED = re.compile(r"[“\"„«](.+?)(?:[”\"“»]|$)", re.DOTALL)
#: The same between single marks, which are apostrophes where a letter stands on the other side of them.
_QUOTED_SINGLY = re.compile(
    r"(?<!\w)(?:‘(?=[^\W\d])(.+?)(?:(?<!\s)’(?!\w)|$)|'(?=[^\W\d])(.+?)(?<!\s)'(?!\w))", re.DOTALL
)
_FIGURE = re.compile(r"\d")
_SPELT = frozenset(
    """two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million
    billion dozen half first second third fourth fifth""".split()
)

Word = str | tuple[str, int]
"""A word; where a sentence has it again, with the number of its occurrence, so that sets behave like multisets."""
Mark = tuple[int, str]
"""The bit of a kind of evidence that few sentences share, and a word that is of that kind."""
_Key = TypeVar("_Key")

#: The kinds of such evidence, as bits of a byte.
FIGURE, QUOTED, NAME = 1, 2, 4
#: Weights are whole numbers of one in so many, so that any order of adding gives the same sum.
UNIT = 1 << 30
#: Words of so many letters or more are akin to others that begin with as many of the same.
_BEGINNING = 5


@dataclass(frozen=True, slots=True)
class Traits:
    """What is looked at in one sentence; words as stems."""

    words: tuple[Word, ...]
    content: tuple[str, ...]
    """Each once, without stop words, unless there is nothing else."""
    pairs: tuple[tuple[str, str], ...]
    """Neighbours among these, each pair once."""
    spelt: str
    """All words as they are, between spaces."""
    names: frozenset[str]
    figures: frozenset[str]
    quoted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kin:
    """A content word to which others of the story are akin."""

    word: str
    weight: int
    by_idea: frozenset[str]
    """Those that may stand for the same idea; see `generator.compare.thesaurus`."""
    by_beginning: frozenset[str]
    """Those that begin with the same five letters."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The same, weighed in `UNIT`s by what each word says in the story; one of a sentence, wherever it stands."""

    words: tuple[Word, ...]
    length: int
    trigrams: tuple[str, ...]
    """Those that other sentences of the story have too."""
    weights: tuple[int, ...]
    """Theirs, in a vector whose length is 1."""
    content: Mapping[str, int]
    mass: int
    pairs: Mapping[tuple[str, str], int]
    names: Mapping[str, float]
    """Not in `UNIT`s, like their sum."""
    quoted: Mapping[str, int]
    marks: tuple[Mark, ...]
    kin: tuple[Kin, ...]
    pairs_mass: int
    names_mass: float


def profiles(texts: Sequence[Sequence[str]], repeats: Sequence[Container[int]] = ()) -> list[list[Profile]]:
    """Return what is compared of every sentence of every text, weighed by its rarity among all of them.

    Weights are inverse sentence frequencies, log((N + 1) / n), of words times what they tell in general
    (`generator.compare.common`), and of character trigrams.

    Sentences that are the same, letter for letter, have one profile between them.

    Args:
        texts: their sentences.
        repeats: the indices of each text's sentences that repeat another of it, which make nothing less rare.
    """
    looks = {sentence: traits(sentence) for text in texts for sentence in text}
    own = [repeats[n] if repeats else () for n in range(len(texts))]
    flat = [looks[one] for text, again in zip(texts, own, strict=True) for n, one in enumerate(text) if n not in again]
    more = [looks[one] for text, again in zip(texts, own, strict=True) for n, one in enumerate(text) if n in again]
    words = weights_of_words(flat, more)
    trigrams, several = _rarities([trigrams_of(one.spelt) for one in flat], [trigrams_of(one.spelt) for one in more])
    kin = kin_of(looks.values(), words)
    made = {sentence: _profile(one, words, trigrams, several, kin) for sentence, one in looks.items()}
    return [[made[sentence] for sentence in text] for text in texts]


def profiles_within(looks: Sequence[Traits], asked: Iterable[int]) -> dict[int, Profile]:
    """Return the profiles of some sentences of a text, each by its place, weighed by its rarity among all of them."""
    words = weights_of_words(looks)
    kin = kin_of(looks, words)
    trigrams, several = _rarities([trigrams_of(one.spelt) for one in looks], [])
    return {n: _profile(looks[n], words, trigrams, several, kin) for n in asked}


def weights_of_words(looks: Sequence[Traits], again: Sequence[Traits] = ()) -> dict[str, int]:
    """Return what each word says in sentences, in `UNIT`s; *again* are more of them, which make nothing less rare."""
    words, _ = _rarity([_kinds(one) for one in looks], [_kinds(one) for one in again])
    return {word: round(weight * telling(word) * UNIT) for word, weight in words.items()}


def _kinds(one: Traits) -> list[str]:
    """Return the words of a sentence, each once."""
    return [word for word in one.words if isinstance(word, str)]


def kin_of(looks: Iterable[Traits], weights: Mapping[str, int]) -> dict[str, Kin]:
    """Return the content words of sentences to which others are akin."""
    words = frozenset[str]().union(*[one.content for one in looks])
    alike = _together([(idea, word) for word in words & having_ideas() for idea in ideas(word)])
    begun = _together([(word[:_BEGINNING], word) for word in words if len(word) >= _BEGINNING])
    none = frozenset[str]()
    return {
        word: Kin(word, weights[word], alike.get(word, none), begun.get(word, none)) for word in alike.keys() | begun
    }


@of_texts(4096)
def traits(text: str) -> Traits:
    """Return what is looked at in a sentence."""
    found = [token for token in tokens(text) if is_word(token.norm)]
    norms = [token.norm if token.norm.isalpha() else bare(token.norm) for token in found]
    stems = tuple(map(stem, norms))
    content = tuple(compress(stems, map(not_, map(STOP_WORDS.__contains__, norms)))) or stems
    capitals = [n for n, token in enumerate(found) if token.text[0].isupper()]
    spelt = " ".join(norms)
    figures = _SPELT.intersection(norms)
    if _FIGURE.search(spelt):
        figures |= {norm for norm in norms if not norm.isalpha() and _FIGURE.search(norm)}
    parts = [*_QUOTED.finditer(text)] if not text.isascii() or '"' in text else []
    if "‘" in text or " '" in text or text.startswith("'"):
        parts += _QUOTED_SINGLY.finditer(text)
    quoted = chain.from_iterable([tokens_within(text, *part.span(part.lastindex or 0)) for part in parts])
    return Traits(
        words=_numbered(stems),
        content=tuple(dict.fromkeys(content)),
        pairs=tuple(dict.fromkeys(pairwise(content))),
        spelt=f" {spelt} ",
        names=frozenset([stems[n] for n in capitals if _is_name(found, n)]),
        figures=figures,
        quoted=frozenset([stem(token.norm) for token in quoted]),
    )


def signs_of(one: Traits) -> frozenset[str | int]:
    """Return the beginnings of all words of a sentence that say something, and the ideas they stand for.

    Where two sentences share none, no word is akin to one of the other, or the same.
    """
    signs = frozenset([word[:_BEGINNING] for word in chain(one.content, one.names, one.figures, one.quoted)])
    return signs.union(*map(ideas, having_ideas().intersection(one.content)))


@of_texts(4096)
def trigrams_of(spelt: str) -> Mapping[str, float]:
    """Return a sentence's trigrams of letters, each with 1 + the logarithm of how often it occurs."""
    counts = Counter([spelt[at : at + 3] for at in range(len(spelt) - 2)])
    return dict.fromkeys(counts, 1.0) | {key: 1 + math.log(count) for key, count in counts.items() if count > 1}


def _is_name(found: Sequence[Token], n: int) -> bool:
    """Whether a word with a capital is a name; the first word has to be an acronym to count."""
    return found[n].norm not in STOP_WORDS and (n > 0 or found[n].text[1:2].isupper() or len(found) == 1)


def _rarities(bags: Sequence[Iterable[str]], again: Sequence[Iterable[str]]) -> tuple[dict[str, float], frozenset[str]]:
    """Return how rare each key is in *bags*, one that only stands in *again* as if it stood in one of them.

    Beside it the keys that stand more than once in both together.
    """
    found, counts = _rarity(bags, again)
    return found, frozenset([key for key, count in counts.items() if count > 1])


def _rarity(bags: Sequence[Iterable[str]], again: Sequence[Iterable[str]]) -> tuple[dict[str, float], Counter[str]]:
    counts = Counter(chain.from_iterable(bags))
    rarity = [math.log((len(bags) + 1) / max(1, count)) for count in range(max(counts.values(), default=1) + 1)]
    found = {key: rarity[count] for key, count in counts.items()}
    if again:
        counts.update(chain.from_iterable(again))
        found = dict.fromkeys(counts, rarity[1]) | found
    return found, counts


def _together(pairs: Iterable[tuple[_Key, str]]) -> dict[str, frozenset[str]]:
    """Return the other words that share a key with a word, of those words that share one."""
    words: dict[_Key, list[str]] = {}
    for key, word in pairs:
        words.setdefault(key, []).append(word)
    found: dict[str, set[str]] = {}
    for group in words.values():
        if len(group) > 1:
            for word in group:
                found.setdefault(word, set()).update(group)
    return {word: frozenset(others - {word}) for word, others in found.items()}


_made = maker(Profile)


def _profile(
    one: Traits,
    words: Mapping[str, int],
    trigrams: Mapping[str, float],
    several: Container[str],
    kin: Mapping[str, Kin],
) -> Profile:
    content = {word: words[word] for word in one.content}
    own = trigrams_of(one.spelt)
    values = list(map(mul, own.values(), map(trigrams.__getitem__, own)))
    unit = UNIT / (math.sqrt(math.fsum(map(mul, values, values))) or 1.0)
    shared = list(map(several.__contains__, own))
    pairs = {pair: content[pair[0]] + content[pair[1]] for pair in one.pairs}
    names = {name: words[name] / UNIT + 0.1 for name in one.names}
    quoted = {word: words[word] for word in one.quoted if word in words}
    kinds = (FIGURE, one.figures), (QUOTED, quoted), (NAME, names)
    return _made(
        words=one.words,
        length=len(one.words),
        trigrams=tuple(compress(own, shared)),
        weights=tuple(map(round, map(mul, compress(values, shared), repeat(unit)))),
        content=content,
        mass=sum(content.values()),
        pairs=pairs,
        names=names,
        quoted=quoted,
        marks=tuple([(kind, word) for kind, shown in kinds if shown for word in shown]),
        kin=tuple([kin[word] for word in content if word in kin]),
        pairs_mass=sum(pairs.values()),
        names_mass=math.fsum(names.values()),
    )


def _numbered(words: Sequence[str]) -> tuple[Word, ...]:
    """Return words so that none is there twice."""
    if len(set(words)) == len(words):
        return tuple(words)
    seen: dict[str, int] = {}
    found: list[Word] = []
    for word in words:
        times = seen.get(word, 0)
        seen[word] = times + 1
        found.append((word, times) if times else word)
    return tuple(found)
