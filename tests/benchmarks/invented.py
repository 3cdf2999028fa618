"""A large corpus of invented news, the same every time: `write(path, articles)` for the benchmarks of many articles.

Stories of five articles. Words are drawn as they are in news (Zipf's law with Mandelbrot's shift over fifty thousand
words, the frequent ones English), with a story's own names and subjects among them. Of each story three or four
articles are tellings in words of their own, which share two quotations; the others are copies of one of them with words
replaced, or excerpts, at likenesses from far below the limit of near-duplicates to almost the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Final

from generator.compare import common
from generator.compare.text import STOP_WORDS

TELLINGS: Final = 5
WORDS: Final = 300
#: Share of words replaced in a copy; with a share of r about (1 - r)⁵ of all 5-grams stay.
REPLACED: Final = (0.0, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.10, 0.12, 0.15)
#: Share of a text that an excerpt of it is.
EXCERPTS: Final = (0.25, 0.4, 0.6)
_VOCABULARY, _NAMES = 50_000, 20_000


class _Language:
    """Fifty thousand words with their frequencies, and names."""

    def __init__(self) -> None:
        chance = random.Random(0)  # noqa: S311 - the same words every time
        everyday = " ".join((common._EVERYWHERE, common._NEWS)).split()
        known = list(dict.fromkeys([*sorted(STOP_WORDS, key=lambda word: (len(word), word)), *everyday]))
        made = dict.fromkeys(_invented(chance) for _ in range(2 * _VOCABULARY))
        self.words = [*known, *(word for word in made if word not in known)][:_VOCABULARY]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(_VOCABULARY)))
        self.names = [_invented(chance).capitalize() + chance.choice(("", "son", "berg", "ova")) for _ in range(_NAMES)]


def _invented(chance: random.Random) -> str:
    count = chance.choice((1, 2, 2, 3, 3, 4))
    return "".join(chance.choice("bcdfghklmnprstvz") + chance.choice("aeiou") for _ in range(count)) + chance.choice(
        ("", "", "s", "n", "r", "ed", "ing")
    )


def corpus(articles: int, words: int = WORDS) -> Iterator[tuple[int, int, str]]:
    """Yield so many articles: their story, the number of the article that each is a copy of (-1: none), their text."""
    language = _Language()
    for story in range(-(-articles // TELLINGS)):
        for at, (copied, text) in enumerate(_story(language, story, words)):
            if story * TELLINGS + at < articles:
                yield story, story * TELLINGS + copied if copied >= 0 else -1, text


def _story(language: _Language, story: int, words: int) -> list[tuple[int, str]]:
    chance = random.Random(story + 1)  # noqa: S311
    names = chance.choices(language.names, k=6)
    subjects = [language.words[chance.randrange(600, _VOCABULARY) // chance.choice((1, 1, 4))] for _ in range(30)]
    own = [*names, *names, *subjects]
    quoted = [_sentence(chance, language, own, 22) for _ in range(2)]
    copies = chance.choice((0, 1, 1, 2))
    told = [(-1, _telling(chance, language, own, quoted, words)) for _ in range(TELLINGS - copies)]
    for _ in range(copies):
        of = chance.randrange(TELLINGS - copies)
        told.append((of, _copy(chance, language, told[of][1])))
    return told


def _telling(chance: random.Random, language: _Language, own: Sequence[str], quoted: Sequence[str], words: int) -> str:
    length = max(60, int(words * chance.uniform(0.7, 1.3)))
    sentences, count = [], 0
    while count < length - 22 * len(quoted):
        size = chance.randrange(10, 28)
        sentences.append(_sentence(chance, language, own, size))
        count += size
    for quotation in quoted:
        sentences.insert(chance.randrange(1, len(sentences) + 1), f"“{quotation}”")
    return " ".join(sentences)


def _sentence(chance: random.Random, language: _Language, own: Sequence[str], size: int) -> str:
    words = chance.choices(language.words, cum_weights=language.weights, k=size)
    for at in range(2, size, 5):
        words[at] = chance.choice(own)
    words[0] = words[0].capitalize()
    if size > 14:
        words[size // 2] += ","
    return " ".join(words) + "."


def _copy(chance: random.Random, language: _Language, text: str) -> str:
    words = text.split()
    if chance.random() < 0.2:
        size = int(len(words) * chance.choice(EXCERPTS))
        start = chance.randrange(len(words) - size + 1)
        words = words[start : start + size]
    rate = chance.choice(REPLACED)
    return " ".join(chance.choice(language.words) if chance.random() < rate else word for word in words)


def write(path: Path, articles: int, words: int = WORDS) -> list[tuple[int, int]]:
    """Write an article a line, UTF-8; return of each its story, and the article that it is a copy of (-1: none)."""
    labels = []
    with path.open("w", encoding="utf-8") as file:
        for story, copied, text in corpus(articles, words):
            file.write(text + "\n")
            labels.append((story, copied))
    return labels


class Lines(Sequence[str]):
    """The lines of a file, read when they are asked for."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._starts = [0, *accumulate(map(len, self._file))][:-1]

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number):  # type: ignore[no-untyped-def, override]
        if number >= len(self._starts):
            raise IndexError(number)
        self._file.seek(self._starts[number])
        return self._file.readline().decode()
