"""Changes as pieces that a template can mark: what was left out, what was added, what is shared.

Spaces at the edge of a change are moved out of it, so that no rule or stroke runs into the next word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby
from typing import Final, Literal

from generator.model import Change
from generator.values import dataclass, maker

#: From so many words on, a run that stays may be folded by "Changes only".
LONG_RUN: Final = 9
#: Shared words of unlike sentences are ruled from two words or one of five letters on; `the` says nothing.
TELLING: Final = re.compile(r"\w{5}|\w\W+\w")

WORD: Final = re.compile(r"\w+")
#: A printed word with the white space around it.
CHUNK: Final = re.compile(r"\s*\S+\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two texts: alike, changed, or (of sentences too unlike to compare) shared."""

    op: Literal["equal", "space", "change", "shared"]
    """`space`: white space between words, perhaps on one side only."""
    old: str
    new: str
    number: int = 0
    """Number of the change on its page; 0 for none."""
    anchor: str = ""
    """Name of a numbered change, by its words."""
    slight: Literal["", "punct", "case"] = ""
    """Of a change that alters no word: whether of punctuation alone, or of words in their case or punctuation."""
    long: bool = False


_piece: Final = maker(Piece)


def pieces(changes: Sequence[Change], alike: bool) -> tuple[Piece, ...]:
    """Return the pieces of a word diff; of sentences that are not alike only shared runs of words are told apart."""
    return tuple(chain.from_iterable(map(_alike, changes)) if alike else _shared(changes))


def numbered(parts: Iterable[Piece], names: Iterator[tuple[int, str]]) -> tuple[Piece, ...]:
    """Return the pieces with their changes of words numbered and named, each with the next of *names*."""
    return tuple([_piece(p.op, p.old, p.new, *next(names), "", p.long) if is_counted(p) else p for p in parts])


def is_counted(part: Piece) -> bool:
    """Return whether a piece is a change of words."""
    return part.op == "change" and not part.slight


def is_same(changes: Sequence[Change]) -> bool:
    """Return whether a diff changes no word."""
    for change in changes:
        if change.op != "equal":
            old, new = change.old.strip(), change.new.strip()
            if old != new and not _slight(old, new):
                return False
    return True


def spotted(text: str, spot: str, before: str = "") -> tuple[Piece, ...]:
    """Return a sentence in pieces, with one spot of it (the first after `before`) marked as a change."""
    start = text.find(spot, max(text.find(before), 0)) if spot else -1
    if start < 0:
        return (Piece("equal", text, text),)
    end = start + len(spot)
    parts = (
        Piece("equal", text[:start], text[:start]),
        Piece("change", spot, spot),
        Piece("equal", text[end:], text[end:]),
    )
    return tuple(part for part in parts if part.new)


def _alike(change: Change) -> Sequence[Piece]:
    old, new = change.old.strip(), change.new.strip()
    if old == new:
        return _padded(_equal(old), change)
    if change.op == "equal":
        return tuple(_recased(change))
    return _padded(_piece("change", old, new, 0, "", _slight(old, new)), change)


def _slight(old: str, new: str) -> Literal["", "punct", "case"]:
    before, after = WORD.findall(old.casefold()), WORD.findall(new.casefold())
    return "" if before != after else "case" if before else "punct"


@lru_cache(maxsize=512)
def _equal(text: str) -> Piece:
    """A stretch that is alike: what many tellings share is asked for in each of their pairs."""
    return _piece("equal", text, text, long=len(text.split()) >= LONG_RUN)


def _recased(change: Change) -> Iterator[Piece]:
    """A stretch of equal words that are not printed alike: those of other capitals (`The`, `the`) are slight changes.

    Other shapes of one sign, as of quotation marks, are none.
    """
    old, new = CHUNK.findall(change.old), CHUNK.findall(change.new)
    if len(old) != len(new):
        old, new = [change.old], [change.new]
    for cased, group in groupby(zip(old, new, strict=True), key=_differ_in_case):
        left, right = ("".join(side) for side in zip(*group, strict=True))
        before, after = left.strip(), right.strip()
        middle = _piece(
            "change" if cased else "equal", before, after, 0, "", "case" if cased else "", _equal(before).long
        )
        yield from _padded(middle, Change("equal", left, right))


def _differ_in_case(words: tuple[str, str]) -> bool:
    old, new = (WORD.findall(side) for side in words)
    return old != new and [word.casefold() for word in old] == [word.casefold() for word in new]


def _shared(changes: Iterable[Change]) -> Iterator[Piece]:
    """The runs of words that unlike sentences share, and in one piece whatever stands between two of them.

    White space that the new one alone has stays a piece of its own, which says that words are apart there.
    """
    old = new = ""
    for change in changes:
        if change.op != "equal" or not TELLING.search(change.new):
            old, new = old + change.old, new + change.new
            continue
        if change.old == change.new:  # almost always: then the spaces at its edges are alike, too
            said = change.new.strip()
            lead, _, tail = change.new.partition(said)
            if old or new or lead:
                yield _piece("equal", old + lead, new + lead)
            yield _piece("shared", said, said)
            old = new = tail
            continue
        for piece in _padded(_piece("shared", change.old.strip(), change.new.strip()), change):
            if piece.op == "space" and piece.old:
                old, new = old + piece.old, new + piece.new
                continue
            if old or new:
                yield _piece("equal", old, new)
                old = new = ""
            yield piece
    if old or new:
        yield _piece("equal", old, new)


def _padded(part: Piece, change: Change) -> Sequence[Piece]:
    """A piece between the spaces that stood at the edges of its change."""
    old, new = change.old, change.new
    if old == part.old and new == part.new:  # no spaces at all
        return (part,) if old or new else ()
    # What stands before a text without its outer spaces, and behind; all of it behind, where there is nothing else.
    lead, _, tail = old.partition(part.old) if part.old else ("", "", old)
    before, _, behind = new.partition(part.new) if part.new else ("", "", new)
    found = [_piece("space", lead, before)] if lead or before else []
    if part.old or part.new:
        found.append(part)
    if tail or behind:
        found.append(_piece("space", tail, behind))
    return found
