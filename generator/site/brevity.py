"""How much of a text may be quoted that may not be reprinted.

At most `QUOTED_WORDS` words in a row, and of no sentence of four words or more more than half: in all word diffs
together. Words are those that the comparison knows: scripts without spaces have as many as others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final

from generator.compare.text import is_word
from generator.compare.tokens import tokens

QUOTED_WORDS: Final = 12
#: A sentence of fewer words may be quoted whole.
SENTENCE_WORDS: Final = 4
#: What stands in place of words, and the same among other words.
CUT: Final = "…"
ELIDED: Final = f"{CUT} "

Halves = Mapping[int, frozenset[tuple[str, ...]]]
"""Runs of words that are too much of a sentence, by their length."""


def _words(text: str) -> list[tuple[str, int]]:
    """Return each word of a text as compared, and where it ends."""
    found, at = [], 0
    for token in tokens(text):
        at += len(token.text)
        if is_word(token.norm):
            found.append((token.norm, at - len(token.text) + len(token.text.rstrip())))
    return found


def word_count(text: str) -> int:
    """Return how many words a text has."""
    return len(_words(text))


def beginning(text: str, words: int) -> str:
    """Return a text's beginning, verbatim, with at most so many words.

    >>> beginning("Not seen, they say, since June.", 4)
    'Not seen, they say'
    """
    ends = [end for _, end in _words(text)]
    return text if len(ends) <= words else text[: ends[words - 1]] if words else ""


def phrase(text: str) -> str:
    """Return the words of a text as one string, in which another text's are found where they stand in a row.

    >>> phrase("a bridge") in phrase("Near “A bridge”, one says."), phrase("bridge on") in phrase("A bridge one sees.")
    (True, False)
    """
    return f"\0{chr(0).join(norm for norm, _ in _words(text))}\0"


def allowance_of(words: int) -> int:
    """Return how many of a sentence's words may be quoted.

    >>> [allowance_of(words) for words in (1, 3, 4, 9)]
    [1, 3, 2, 4]
    """
    return words if words < SENTENCE_WORDS else words // 2


def halves_of(sentences: Iterable[str]) -> Halves:
    """Return the runs of words that are more than half of one of some sentences.

    >>> sorted(halves_of(["It will open in May.", "No."])[3])
    [('it', 'will', 'open'), ('open', 'in', 'may'), ('will', 'open', 'in')]
    """
    found: dict[int, set[tuple[str, ...]]] = {}
    for sentence in sentences:
        norms = [norm for norm, _ in _words(sentence)]
        size = allowance_of(len(norms)) + 1
        for at in range(len(norms) - size + 1):
            found.setdefault(size, set()).add(tuple(norms[at : at + size]))
    return {size: frozenset(runs) for size, runs in found.items()}


class Allowance:
    """What may still be quoted of a text that is told piece by piece, in order."""

    def __init__(
        self, parts: Sequence[tuple[int, int]], halves: Halves, shown: Sequence[set[int]] | None = None
    ) -> None:
        """Take where each part of the text ends and how many of its words may be quoted, and runs that may not.

        :param shown: where words end that are quoted of each part already, counted from its beginning: they may be
            again, and those that now are come to them. None: none is, and nobody asks.
        """
        self.ends = [end for end, _ in parts[:-1]]
        self.most = [words for _, words in parts]
        self.shown = shown or [set() for _ in parts]
        self.halves = halves
        self.at = 0
        self.run: list[str] = []

    @classmethod
    def short(cls, halves: Halves) -> Allowance:
        """Return what may be quoted of any text: a few words in a row."""
        return cls(((0, QUOTED_WORDS),), halves)

    @classmethod
    def of_sentences(cls, sentences: Sequence[str], shown: Sequence[set[int]]) -> Allowance:
        """Return what may be quoted of sentences that are told with a space between two; *shown* as above."""
        ends = accumulate(len(sentence) + 1 for sentence in sentences)
        allowed = (allowance_of(word_count(sentence)) for sentence in sentences)
        return cls(tuple(zip(ends, allowed, strict=True)), {}, shown)

    def said(self, text: str, *, keep: bool = True) -> str:
        """Return as much of the next piece as may be quoted, an ellipsis for the rest; for all of it unless *keep*."""
        start, self.at = self.at, self.at + len(text)
        if keep:
            end = self._kept(text, start)
            if end == len(text):
                return text
            shown = f"{text[:end]} {ELIDED}" if end else ELIDED
        else:
            shown = ELIDED if text else ""
        self.run.clear()
        return shown

    def _kept(self, text: str, start: int) -> int:
        """Return where the last word ends that may be quoted; the text's length where all may."""
        last = 0
        for norm, end in _words(text):
            part = bisect_right(self.ends, start + end - 1)
            place, shown = start + end - (self.ends[part - 1] if part else 0), self.shown[part]
            is_over = place not in shown and len(shown) >= self.most[part]
            self.run.append(norm)
            if is_over or len(self.run) > QUOTED_WORDS or self._is_too_much():
                return last
            shown.add(place)
            last = end
        return len(text)

    def _is_too_much(self) -> bool:
        """Whether the words just quoted are more than half of a sentence."""
        return any(len(self.run) >= size and tuple(self.run[-size:]) in runs for size, runs in self.halves.items())
