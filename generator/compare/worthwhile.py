"""Whether a word diff of two texts says anything, rather than striking out one and printing the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate

from generator.compare.islands import MARK
from generator.compare.printed import Block, Printed, laid_out
from generator.compare.remembered import of_texts, of_words
from generator.compare.text import STOP_WORDS, is_word
from generator.compare.tokens import every_norm, is_severable
from generator.model import Change

#: Share of the longer text's weight that must stay for a word diff to be worth reading (wikidiff2 cuts at .2).
ALIKE = 0.32
#: Or: share of the shorter text's, where one is the other with additions.
CONTAINED = 0.72
#: The product of two lengths up to which texts are sentences, of which all places that match are looked at.
SENTENCES = 1 << 16
#: A readable diff may keep so much more than the smallest one, by marks that the latter gives up for longer runs.
_MORE = 0.5


def alike(found: Sequence[Change]) -> bool:
    """Whether a word diff of two texts says anything."""
    kept = old = new = 0.0
    for change in found:
        here = _worth_of(change.old)
        old += here
        new += here if change.new == change.old else _worth_of(change.new)
        kept += here if _stays(change) else 0.0
    return _is_much(kept, old, new)


def is_alike(
    kept: list[Block],
    old: Printed,
    new: Printed,
    played: Callable[[Printed, Printed, list[Block]], Sequence[Change]],
) -> bool:
    """Return the same of a diff with the equal runs *kept*, whose words are mostly known without being looked for.

    :param played: makes changes of equal runs.
    """
    if not (_is_severable(old) and _is_severable(new)):
        return alike(played(old, new, kept))
    ours, theirs = _contents(old), _contents(new)
    stays = before = after = 0.0
    i = j = 0
    for at, to, size in [*kept, (len(ours), len(theirs), 0)]:
        gone, come, here = sum(ours[i:at]), sum(theirs[j:to]), sum(ours[at : at + size])
        if i < at and j < to and "".join(old.texts[i:at]).casefold() == "".join(new.texts[j:to]).casefold():
            stays += gone
        before, after, stays = before + gone + here, after + come + here, stays + here
        i, j = at + size, to + size
    return _is_much(stays, before, after)


def _is_much(kept: float, old: float, new: float) -> bool:
    return kept >= ALIKE * max(old, new) or (kept >= CONTAINED * min(old, new) and kept >= ALIKE / 2 * max(old, new))


def _stays(change: Change) -> bool:
    """Whether a change keeps its words, but perhaps for their capitals."""
    return change.op == "equal" or (change.op == "replace" and change.old.casefold() == change.new.casefold())


def may_be_alike(found: Sequence[Block], old: Printed, new: Printed) -> bool:
    """Whether a word diff may say anything that is made readable from the equal runs *found*, the most that stay.

    What stays in a readable diff is in those runs, or would be but for a mark: words that only their capitals tell
    apart have the same norms, and runs that leave them out could be better. So two sentences of which too little is
    there are unlike, however the diff is made; most pairs are.
    """
    if len(old.norms) * len(new.norms) > SENTENCES:
        return True
    before = _worth_before(old)
    kept = sum([before[at + size] - before[at] for at, _, size in found])
    if _is_much(kept + _MORE, before[-1], _worth_before(new)[-1]):
        return True
    return not (_is_severable(old) and _is_severable(new))


@of_texts(2048)
def _is_severable(side: Printed) -> bool:
    """Whether the parts of a side's text weigh as much as their tokens, wherever it is cut."""
    return is_severable(laid_out(side)[0])


@of_texts(2048)
def _worth_before(side: Printed) -> tuple[float, ...]:
    """Return what the tokens before each place of a side say, and all of them."""
    return tuple(accumulate(_contents(side), initial=0.0))


@of_texts(2048)
def _contents(side: Printed) -> tuple[float, ...]:
    return tuple(map(_content, side.norms))


@lru_cache(maxsize=16384)
def _worth_of(text: str) -> float:
    return sum(map(_content, every_norm(text)))


@of_words
def _content(norm: str) -> float:
    """Return how much a token says: half as much if it is a stop word."""
    return (0.5 if norm in STOP_WORDS else 1.0) if is_word(norm) else MARK if norm else 0.0
