"""A side of a comparison as a reader sees it: its tokens' texts, and the words between spaces that they make up.

A printed word is a word with the marks set to it, `“case,”`; in scripts without spaces it is a sign with its marks.
Whole words are what a reader sees marked, so the price of a readable diff is told in them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from generator.compare.matching import matching_runs
from generator.compare.remembered import of_texts
from generator.compare.text import cased, is_word
from generator.model import Token
from generator.values import dataclass

Block = tuple[int, int, int]
"""An equal run: where it begins in the old tokens, where in the new ones, how many tokens."""


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """A side of a comparison: its tokens' texts and, in the same places, their norms.

    One is held against many others, so that what hangs on it alone is kept by its identity.
    """

    texts: tuple[str, ...]
    norms: tuple[str, ...]


def printed(found: Sequence[Token]) -> Printed:
    """Return tokens as a side; those without a norm, white space alone, are glued to a neighbour."""
    texts: list[str] = []
    norms: list[str] = []
    lead = ""
    for token in found:
        if token.norm:
            texts.append(lead + token.text)
            norms.append(token.norm)
            lead = ""
        elif texts:
            texts[-1] += token.text
        else:
            lead += token.text
    return Printed(tuple(texts or [lead]), tuple(norms))


@of_texts(2048)
def bounds(side: Printed) -> tuple[int, ...]:
    """Return where the printed words of a side begin, and where the last one ends, as numbers of tokens."""
    starts = [
        n
        for n in range(1, len(side.norms))
        if side.texts[n - 1][-1:].isspace() or (is_word(side.norms[n - 1]) and is_word(side.norms[n]))
    ]
    return (0, *starts, len(side.norms)) if side.norms else (0,)


def least(old: Printed, new: Printed) -> int:
    """Return the fewest printed words of both sides that could be changed: those that are in no longest common run."""
    here, there = _words(old), _words(new)
    kept = sum(size for _, _, size in matching_runs(here, there))
    return len(here) + len(there) - 2 * kept


@of_texts(2048)
def _words(side: Printed) -> tuple[tuple[str, ...], ...]:
    """Return the printed words of a side, each as its tokens, told apart by their capitals too."""
    single = [cased(text.strip()) for text in side.texts]
    return tuple([tuple(single[a:b]) for a, b in pairwise(bounds(side))])


def whole(ends: Sequence[int], start: int, end: int) -> int:
    """Return how many printed words, told by their bounds, stand wholly in the tokens `[start, end)`."""
    return max(0, bisect_right(ends, end) - 1 - bisect_left(ends, start))
