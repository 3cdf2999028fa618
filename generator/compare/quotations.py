"""Where a text quotes: spans between quotation marks, however they are set."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.compare.remembered import of_texts
from generator.values import dataclass

#: Opening mark → the marks that may close it. German „…“, Swedish ”…”, and «…» as well as »…« are covered.
_CLOSERS = {
    "“": "”",
    "„": "“”",
    "”": "”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    '"': '"',
    "‘": "’'",
    "'": "'",
}
#: Marks that are also apostrophes, and so open a quotation only where a word could begin.
_DOUBTFUL = "\"'‘”"
_SINGLE = "'‘"
_OPENING = re.compile(f"[{''.join(_CLOSERS)}]")
#: Opening mark → any mark that may close it, or open another within.
_WITHIN = {mark: re.compile(f"[{mark}{closers}]") for mark, closers in _CLOSERS.items()}


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """A span between quotation marks, the marks left out; offsets into the text given."""

    start: int
    end: int


@of_texts(2048)
def quotations(text: str) -> tuple[Quotation, ...]:
    """Return the outermost quotations of *text* in order.

    A quotation inside another belongs to it. One that is opened and never closed runs to the end of the
    text where its mark can only open (“ „ «), as in speech that goes on in the next paragraph.
    """
    if text.isascii() and '"' not in text and "'" not in text:
        return ()
    found: list[Quotation] = []
    after = 0
    for mark in _OPENING.finditer(text):
        position = mark.start()
        if position >= after and _may_open(text, position):
            end = _closing(text, position)
            if end is not None:
                if text[position + 1 : end].strip():
                    found.append(Quotation(position + 1, end))
                after = end + 1
    return tuple(found)


def within(spans: Iterable[Quotation], begin: int, end: int) -> tuple[Quotation, ...]:
    """Return the parts of *spans* that stand between two places, with their offsets from the first."""
    return tuple(
        Quotation(max(span.start, begin) - begin, min(span.end, end) - begin)
        for span in spans
        if span.start < end and begin < span.end
    )


def masked(text: str, spans: tuple[Quotation, ...], filler: str = "\x01") -> str:
    """Return *text* with every character of *spans* replaced, so that offsets still hold."""
    if not spans:
        return text
    parts: list[str] = []
    end = 0
    for span in spans:
        parts += text[end : span.start], filler * (span.end - span.start)
        end = span.end
    return "".join([*parts, text[end:]])


def shortened(text: str, spans: tuple[Quotation, ...], sign: str) -> str:
    """Return *text* with one *sign* in the place of each of *spans*, which ascend."""
    bounds = [0, *[place for span in spans for place in (span.start, span.end)], len(text)]
    return sign.join([text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)])


def _may_open(text: str, position: int) -> bool:
    mark = text[position]
    after = text[position + 1 : position + 2]
    if not after or (after.isspace() and mark != "«"):
        return False
    if mark in _DOUBTFUL or mark == "»":
        return position == 0 or (not text[position - 1].isalnum() and text[position - 1] not in ".,!?;")
    return True


def _closing(text: str, opening: int) -> int | None:
    """Return the position of the mark that closes the one at *opening*, or None."""
    mark = text[opening]
    closers = _CLOSERS[mark]
    depth = 1
    for found in _WITHIN[mark].finditer(text, opening + 1):
        position, character = found.start(), found[0]
        if character == mark and mark not in closers:
            depth += 1
        elif character in closers and not (mark in _SINGLE and _is_apostrophe(text, position)):
            depth -= 1
            if not depth:
                return position
    return None if mark in _DOUBTFUL or mark == "»" else len(text)


def _is_apostrophe(text: str, position: int) -> bool:
    """Whether a letter follows: ‘Didn’t’. A plural's possessive (‘the leaders’ talks’) is taken for a mark."""
    return text[position + 1 : position + 2].isalnum()
