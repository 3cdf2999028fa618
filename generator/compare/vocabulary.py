"""The words of many articles as numbers: each piece of text is taken apart once, and looked up from then on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from generator.compare.bytewise import pieces
from generator.compare.text import STOP_WORDS, normal, stem

#: So many pieces of text are remembered, and so many that hold several words.
REMEMBERED, SEVERAL = 1 << 17, 1 << 14

_ADDRESS = re.compile(r"\]\([^)\s]*\)|https?://\S+|www\.\S+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def without_addresses(text: str) -> str:
    """Return a text, Markdown or plain, without the addresses in it."""
    # A single sign is looked for faster than several.
    linked = ("]" in text and "](" in text) or ("/" in text and "http" in text) or "www." in text
    return _ADDRESS.sub(" ", text) if linked else text


class Vocabulary(dict[bytes, int]):
    """Piece of text → the number of its word: odd if it has a capital, 0 if it says nothing, negative if several.

    Remembers pieces until there are too many; the stems of words stay.
    """

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[str, int] = {}
        """Stem → number: 2, 4, 6 …"""
        self.several: list[tuple[int, ...]] = []
        """The numbers of the words of the pieces that hold several; -1 is the first of them."""

    def __missing__(self, piece: bytes) -> int:
        if piece.isalnum():  # of bytes: letters and digits of ASCII
            small = piece.lower()
            number = self.get(small)
            if number is None:
                number = self._number(_stemmed(small.decode()))
            if number and piece[:1].isupper():
                number += 1
        else:
            number = self._of_words(_printed_words(piece.decode()))
        self[piece] = number
        return number

    def _of_words(self, words: Iterable[str]) -> int:
        numbers = [(self._number(_stemmed(word)), word[0].isupper()) for word in words]
        found = [number + is_capital for number, is_capital in numbers if number]
        if len(found) > 1:
            self.several.append(tuple(found))
        return found[0] if len(found) == 1 else -len(self.several) if found else 0

    def _number(self, stemmed: str) -> int:
        return self.numbers.setdefault(stemmed, 2 * len(self.numbers) + 2) if stemmed else 0

    def read(self, text: str) -> list[int]:
        """Return the numbers of a text's words in order; 0 for those that say nothing."""
        if len(self) >= REMEMBERED or len(self.several) >= SEVERAL:
            self.forget()
        found = list(map(self.__getitem__, pieces(text)))
        if self.several and min(found, default=0) < 0:
            return list(chain.from_iterable((n,) if n >= 0 else self.several[-n - 1] for n in found))
        return found

    def forget(self) -> None:
        """Forget all pieces."""
        self.clear()
        self.several.clear()


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
