"""Figures that belong together: the two ends of a range are one, and the span that a rate is paid for is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.compare.figure_numbers import REACH, SCALE, SPELLED, Found, value_of
from generator.compare.scanning import late

#: What stands between a figure and the span that it is for each of: “£38 a year”, “60 miles an hour”.
_EACH = re.compile(r"(?:\s+(?!(?:and|or|but|to|for|in|on|at|after|with|than|as)\b)[a-z-]+)?\s+\Z")
_NOT_EACH = re.compile(r"\s+(?:ago|earlier|before|previously|prior|later|after|afterwards|hence)\b")


def without_rates(found: Sequence[Found], text: str) -> Iterator[Found]:
    """Yield figures without the spans that others are told by: “£38 a year” tells of no year."""
    end = -1
    for figure in sorted(found):
        a_span = figure.kind == "duration" and text.startswith(("a ", "an "), figure.start)
        each = a_span and end >= 0 and _EACH.fullmatch(text[end : figure.start])
        if not each or _NOT_EACH.match(text, figure.end):
            yield figure
        end = figure.end if figure.kind in {"money", "percent", "count"} else -1


#: What stands before a range's upper end: its lower one. “From … to …”, “rose 3 percent to 61” tell of a change. A long
#: dash, or one between spaces, parts what is said, a dateline from its report most often.
_LOWER_END = late(
    rf"(?P<opened>\b[Bb]etween\s+|(?<!from )(?<!From )(?<!by ))(?:US\$|[$€£¥])?(?P<num>\b\d[\d,]*(?:\.\d+)?|{SPELLED})"
    rf"(?P<scale>\s*(?:{SCALE}|bn|mn?|k)\b)?(?P<percent>\s*(?:%|per\ ?cent\b))?"
    rf"(?P<joint>[–-]|\s+(?:to|and)\s+)\Z"
)
_UPPER_END = late(rf"(?:US\$|[$€£¥])?(?P<num>\d[\d,]*(?:\.\d+)?|{SPELLED})(?P<scale>\s*(?:{SCALE}|bn|mn?|k)\b)?")
_CHANGE = late(
    r"\b(?:r[io]se[ns]?|rising|f[ae]ll(?:s|en|ing)?|gr[eo]w\w*|climb\w*|jump\w*|increas\w*|drop\w*|declin\w*|cut|raised?|reduc\w*"
    r"|up|down|went|go(?:es)?)\b"
)
_JOINTS = ("to", "and", "-", "–")


def ranged(found: list[Found], text: str) -> list[Found]:
    """Return figures with ranges as one: “between £5 million and £7 million”, “two to three hours”."""
    out: list[Found] = []
    for figure in sorted(found):
        before = text[max(0, figure.start - REACH) : figure.start]
        whole = (
            figure
            if figure.low != figure.high or not before.rstrip().endswith(_JOINTS)
            else _range(figure, before, text)
        )
        while out and out[-1].start >= whole.start:
            out.pop()
        if whole is figure and (first := _score(figure, before)) and not (out and out[-1].end > first.start):
            out.append(first)
        out.append(whole)
    return out


#: “48 to 45 percent”: two shares, one against the other, for no range falls. “From 48 to 45 percent” is a change, of
#: which the end is told.
_SCORE = re.compile(
    r"(?<!from )(?<!From )(?<![\d.,–-])\b(?P<num>\d{1,3}(?:\.\d+)?)(?:%| percent| per cent)? (?:to|against) \Z"
)


def _score(second: Found, before: str) -> Found | None:
    """Return the first of two shares, where a figure is the second and less."""
    if second.kind != "percent" or second.unit != "%" or second.high is None or second.low != second.high:
        return None
    first = _SCORE.search(before)
    if not first or _CHANGE.search(before[: first.start()]):
        return None
    share, start = float(first["num"]), second.start - len(before) + first.start()
    end = start + len(first[0].removesuffix(" to ").removesuffix(" against "))
    return Found(start, end, "percent", share, share, "%") if share > second.high else None


def _range(upper: Found, before: str, text: str) -> Found:
    """Return the range that a figure ends, or the figure itself where it ends none."""
    lower = _LOWER_END.search(before)
    end = _UPPER_END.match(text, upper.start, upper.end)
    if not lower or not end or upper.high is None or (lower["joint"].strip() == "and") != bool(lower["opened"]):
        return upper
    if lower["joint"].strip() == "to" and (
        lower["percent"] or _CHANGE.search(text, max(0, upper.start - 120), upper.start)
    ):
        return upper
    number = value_of(lower["num"] + (lower["scale"] or ""))
    most = value_of(end["num"] + (end["scale"] or ""))
    bare = value_of(end["num"])
    if not lower["scale"] and number < bare:  # five to six million
        most = bare
    low = round(number * upper.high / most, 6) if most else 0.0
    start = upper.start - len(before) + lower.start()
    return replace(upper, start=start, low=low) if low < upper.high else upper
