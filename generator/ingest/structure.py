"""The plain lines of a capture into title, headings and paragraphs, where the lines themselves show it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.ingest.cleaning import Line, is_asking, is_headline, is_noise, is_prose
from generator.ingest.markdown import escape, heading
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Structure:
    """What the lines are."""

    title: str
    """Empty where no line is clearly a headline."""
    headings: tuple[Line, ...]
    body: str
    """Markdown: headings of level 2, paragraphs."""


def structure(lines: Sequence[Line]) -> Structure:
    """Return title, headings and Markdown body of cleaned lines, one line a paragraph."""
    title, rest = _title(lines)
    headings = [i for i in range(len(rest)) if _is_heading(rest, i)]
    parts = [heading(x.text) if i in headings else escape(x.text) for i, x in enumerate(rest)]
    body = "\n\n".join(part for part in parts if part)
    return Structure(title, tuple(rest[i] for i in headings), body + "\n" if body else "")


# ---------------------------------------------------------------------------- lines

#: Shortest usual line, and longest possible one, of a text whose lines were broken at a margin.
_SHORT, _LONG = 40, 120


def paragraphs(text: str) -> tuple[Line, ...]:
    """Return a text's lines that are not blank, each with its number; hard-wrapped ones are joined.

    A text is hard-wrapped where blank lines part its paragraphs and the lines within are even in length.
    """
    lines = [Line(i, line.strip()) for i, line in enumerate(text.split("\n"), 1)]
    runs = _runs(lines)
    if _is_wrapped(runs):
        return tuple(joined for run in runs for joined in _joined(run))
    return tuple(line for run in runs for line in run)


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Return stretches of lines without a blank one between them."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _is_wrapped(runs: Sequence[Sequence[Line]]) -> bool:
    inner = [line.text for run in runs for line in run[:-1]]
    if len(runs) < 2 or len(inner) < 2 or max(len(x.text) for run in runs for x in run) > _LONG:
        return False
    closed = sum(text[-1] in '.!?”"' for text in inner)
    lengths = sorted(map(len, inner))
    median = (lengths[(len(lengths) - 1) // 2] + lengths[len(lengths) // 2]) / 2
    return median >= _SHORT and closed * 2 < len(inner)


def _joined(run: Sequence[Line]) -> list[Line]:
    """Return a run as one line, but for lines that are noise by themselves."""
    made: list[Line] = []
    open_line = False
    for line in run:
        if is_noise(line.text):
            made.append(line)
            open_line = False
        elif open_line:
            made[-1] = Line(made[-1].number, f"{made[-1].text} {line.text}")
        else:
            made.append(line)
            open_line = True
    return made


# ---------------------------------------------------------------------------- title and headings

_BYLINE = re.compile(r"by\s+[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]+){0,3}(?:,? and .*)?", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?:(?:updated|published|posted)\b.*|.*\b(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b.*\b(?:19|20)\d\d\b.*)",
    re.IGNORECASE,
)
_SMALL = frozenset(
    [
        *(
            "a",
            "about",
            "after",
            "against",
            "amid",
            "an",
            "and",
            "as",
            "at",
            "before",
            "between",
            "but",
            "by",
        ),
        *(
            "during",
            "en",
            "for",
            "from",
            "if",
            "in",
            "into",
            "is",
            "nor",
            "of",
            "off",
            "on",
            "onto",
            "or",
            "over",
        ),
        *(
            "per",
            "so",
            "than",
            "the",
            "then",
            "to",
            "under",
            "up",
            "v",
            "via",
            "vs",
            "with",
            "without",
            "yet",
        ),
    ]
)
_FAQ = re.compile(r"\b(?:faqs?|frequently asked questions|questions and answers|q ?& ?a)\b", re.IGNORECASE)


#: So many lines before a headline may say who wrote the text, and when.
_MOST_CREDITS = 2


def _title(lines: Sequence[Line]) -> tuple[str, Sequence[Line]]:
    """Return the first line that is no credit where it is a headline over a text, and the other lines."""
    at = next((i for i, line in enumerate(lines[: _MOST_CREDITS + 1]) if not _is_credit(line.text)), None)
    if at is None or not (is_headline(lines[at].text) or asks(lines, at)):
        return "", lines
    first, below = lines[at].text, lines[at + 1 :]
    if any(is_prose(line.text) and len(line.text) > len(first) for line in below):
        return first, (*lines[:at], *below)
    return "", lines


def asks(lines: Sequence[Line], at: int) -> bool:
    """Whether a line that asks stands as a headline does: blank lines part it from what is said below.

    A question right above other words could be the text's first.
    """
    text = lines[at].text
    parted = at + 1 < len(lines) and lines[at + 1].number > lines[at].number + 1
    return parted and text[:1] not in _QUOTES and is_asking(text)


_QUOTES = "“\"‘'«"


def _is_heading(lines: Sequence[Line], i: int) -> bool:
    """Title Case, or a question among frequently asked ones; short, and over a longer paragraph."""
    text = lines[i].text
    if len(text.split()) > 20 or _is_credit(text):
        return False
    if not _is_title_case(text) and not (_is_question(text) and (_in_faq(lines, i) or _explains(lines, i))):
        return False
    return _leads_to_prose(lines, i)


#: Headings may stand below one another, though not without end.
_DEEPEST = 20


def _leads_to_prose(lines: Sequence[Line], i: int) -> bool:
    for above, below in pairwise(line.text for line in lines[i : i + _DEEPEST]):
        if is_prose(below):
            return len(below) > 1.5 * len(above)
        if not _is_title_case(below) and not _is_question(below):
            return False
    return False


def _is_title_case(text: str) -> bool:
    if text[-1:] in ".!?:;,…" or text[:1] in "“\"‘'«([":
        return False
    words = re.findall(r"[^\W\d_][\w'’.-]*", text)
    return bool(words) and words[0][0].isupper() and all(w[0].isupper() or w in _SMALL for w in words)


def _is_question(text: str) -> bool:
    return text.endswith("?") and text.count("?") == 1 and text[:1] not in "“\"‘'«"


def _in_faq(lines: Sequence[Line], i: int) -> bool:
    return any(_FAQ.search(line.text) and len(line.text.split()) <= 8 for line in lines[:i])


#: A text that explains has so many questions over paragraphs, at least.
_QUESTIONS = 2


def _explains(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is one of several that ask, each alone over a paragraph that answers."""
    asking = [
        at for at in range(len(lines)) if asks(lines, at) and (not at or lines[at].number > lines[at - 1].number + 1)
    ]
    return i in asking and len(asking) >= _QUESTIONS


def _is_credit(text: str) -> bool:
    """A byline or a dateline, which is no headline."""
    return bool(_BYLINE.fullmatch(text)) or (len(text.split()) <= 8 and bool(_DATELINE.fullmatch(text)))
