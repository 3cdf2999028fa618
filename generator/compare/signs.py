"""Word diffs as one text, marked as by `git diff --word-diff`: `The [-old-]{+new+} bridge`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from generator.compare.lines import BREAK, Span, Style
from generator.model import Change

_SIGNS: dict[Style, tuple[str, str]] = {"old": ("[-", "-]"), "new": ("{+", "+}"), "shared": ("[=", "=]")}


def marked(changes: Iterable[Change], *, signs: bool = True) -> Iterator[Span]:
    """Yield a word diff as one text: the old words, and right behind them what came in their place.

    :param signs: whether changes stand between signs, because no style will show.

    White space behind a change stands behind its signs too. Between the two sides of a replacement a line may be
    broken.
    """
    found = list(changes)
    for change, following in zip(found, [*found[1:], None], strict=True):
        if change.op == "equal":
            added = following is not None and following.op == "insert"
            yield Span(_spaced(change.old, change.new) if added else change.old)
        elif change.op == "replace" and change.old.strip() and change.new.strip():
            yield from _signed(change.old.rstrip(), "old", signs)
            yield Span(BREAK if signs else " ")
            yield from _signed(change.new, "new", signs)
        else:
            yield from _signed(change.old, "old", signs)
            yield from _signed(change.new, "new", signs)


def _spaced(old: str, new: str) -> str:
    """Return the old words with the white space behind the new ones: a comma may be added to them."""
    return old.rstrip() + new[len(new.rstrip()) :]


def one_side(changes: Iterable[Change], side: Literal["old", "new"], *, signs: bool = True) -> Iterator[Span]:
    """Yield one side's text of two unlike sentences, with the words that they share marked."""
    for change in changes:
        text = change.old if side == "old" else change.new
        if change.op == "equal":
            yield from _signed(text, "shared", signs)
        else:
            yield Span(text)


def _signed(text: str, style: Style, signs: bool) -> Iterator[Span]:
    """Yield a text between its signs, the white space around it outside of them."""
    words = text.strip()
    if not words:
        yield Span(text)
        return
    at = text.index(words)
    before, after = _SIGNS[style] if signs else ("", "")
    yield Span(text[:at])
    yield Span(f"{before}{words}{after}", style)
    yield Span(text[at + len(words) :])
