"""A text in lines of a given width, for pictures: broken where its script allows it, cut where there is no room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

Measure = Callable[[str], float]
"""How wide a text is."""
Part = tuple[str, float, float]
"""What is not broken unless it must be, its width, and its width where it ends a line."""


def wrapped(text: str, measure: Measure, width: float) -> list[str]:
    """Return a text in lines no wider than *width*.

    They are broken at spaces and after dashes, anywhere between signs of Chinese and Japanese, and within a word that
    is wider than a line.
    """
    return _lines(_measured(text, measure, width), width)


def fitted(text: str, measure: Measure, width: float, most: int) -> list[str]:
    """Return a text in at most so many lines of about one length, the last one cut where more would follow."""
    parts = _measured(text, measure, width)
    lines = _lines(parts, width)
    if len(lines) > most:
        return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), measure, width)]
    least = max((end for _, _, end in parts), default=0.0)
    narrower = (_lines(parts, width * share / 40) for share in range(20, 41) if width * share / 40 >= least)
    return next((closer for closer in narrower if len(closer) == len(lines)), lines)


def cut(text: str, measure: Measure, width: float) -> str:
    """Return a text that is no wider than *width*, with `…` where something is missing."""
    if measure(text) <= width:
        return text
    while text and measure(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _measured(text: str, measure: Measure, width: float) -> list[Part]:
    found: list[Part] = []
    for part in _parts(text):
        wide = measure(part.rstrip())
        if wide <= width:
            found.append((part, measure(part), wide))
        else:
            found += [(sign, measure(sign), measure(sign.rstrip())) for sign in part]
    return found


def _lines(parts: Sequence[Part], width: float) -> list[str]:
    lines, at = [""], 0.0
    for part, whole, end in parts:
        if at and at + end > width:
            lines.append("")
            at = 0.0
        lines[-1] += part
        at += whole
    return [line.strip() for line in lines if line.strip()]


def _parts(text: str) -> Iterator[str]:
    """Yield what is not broken unless it must be: words with the space behind them, single signs of Chinese."""
    part = ""
    for sign in text:
        alone = "\u2e80" <= sign <= "\ua4cf" or "\uf900" <= sign <= "\ufaff"
        if alone and part:
            yield part
            part = ""
        part += sign
        if alone or sign in " -–—/":
            yield part
            part = ""
    if part:
        yield part
