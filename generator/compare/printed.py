"""A side of a comparison as a reader sees it: its tokens' texts, and the words between spaces that they make up.

A printed word is a word with the marks set to it, `“case,”`; in scripts without spaces it is a sign with its marks.
Whole words are what a reader sees marked, so the price of a readable diff is told in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from generator.compare.matching import fewest_changed
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
    norms = [token.norm for token in found]
    if norms and all(norms):
        return Printed(tuple([token.text for token in found]), tuple(norms))
    texts: list[str] = []
    norms = []
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
        for n, (text, (before, norm)) in enumerate(zip(side.texts, pairwise(side.norms), strict=False), 1)
        if text[-1:].isspace() or (is_word(before) and is_word(norm))
    ]
    return (0, *starts, len(side.norms)) if side.norms else (0,)


def least(old: Printed, new: Printed) -> int:
    """Return the fewest printed words of both sides that could be changed: those that are in no longest common run."""
    return fewest_changed(_words(old), _words(new))


@of_texts(2048)
def _words(side: Printed) -> tuple[tuple[str, ...], ...]:
    """Return the printed words of a side, each as its tokens, told apart by their capitals too."""
    single = [text.strip() for text in side.texts]
    if not laid_out(side)[0].isascii():
        single = list(map(cased, single))
    return tuple([tuple(single[a:b]) for a, b in pairwise(bounds(side))])


@of_texts(2048)
def bounds_before(side: Printed) -> tuple[int, ...]:
    """Return how many bounds of printed words there are before each place of a side, before its end and behind it."""
    ends = frozenset(bounds(side))
    return tuple(accumulate(map(ends.__contains__, range(len(side.norms) + 1)), initial=0))


def whole(old: Sequence[int], new: Sequence[int], found: Sequence[Block]) -> tuple[int, ...]:
    """Return how many printed words of both sides stand wholly in each equal run, by the bounds before each place."""
    return tuple(
        [max(0, old[at + size + 1] - 1 - old[at]) + max(0, new[to + size + 1] - 1 - new[to]) for at, to, size in found]
    )


@of_texts(2048)
def words_before(side: Printed) -> tuple[int, ...]:
    """Return how many words, marks left out, there are before each place of a side and before its end."""
    return tuple(accumulate(map(is_word, side.norms), initial=0))


@of_texts(2048)
def laid_out(side: Printed) -> tuple[str, tuple[int, ...]]:
    """Return the text of a side, and where each of its tokens begins and the last one ends."""
    return "".join(side.texts), tuple(accumulate(map(len, side.texts), initial=0))
