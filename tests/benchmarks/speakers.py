"""Who said a quotation, on PolNeAR 1.0 (Newell et al. 2018): news in which every attribution is marked by hand.

A passage is what stands between quotation marks on one line, four words or more. It is scored if exactly one marked
attribution holds all of it and names its source; a speaker is right if it shares one name with that source. The floor
is the run of capitalised words nearest to the passage on its line, outside quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.compare.sayings import sayings_of
from generator.compare.speakers import people_in
from generator.compare.witness import witness_of
from generator.ingest.markdown import escape
from generator.model import Article

NO_NAMES = frozenset(
    """A An The He She They It I We You His Her Their Its Mr Mrs Ms Dr One Some Many Another Others Who But And In On At
    For If As When While That This There""".split()
)
QUOTED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")
NAME = re.compile(r"[A-Z][\w’'-]*")

Span = tuple[int, int]


def names(text: str) -> set[str]:
    """Return the names in a text: capitalised words that are no function words."""
    return {re.sub(r"[’']s$", "", word) for word in NAME.findall(text)} - NO_NAMES


def scored(row: dict[str, Any]) -> Iterator[tuple[Span, set[str]]]:
    """Yield the passages of an article that count, each with its source's names."""
    for start, end in passages(row["text"]):
        holding = [
            one for one in row["attributions"] if any(s <= start and end <= e for s, e in _spans(one.get("content")))
        ]
        if len(holding) == 1 and (source := names(" ".join(part["text"] for part in _parts(holding[0].get("source"))))):
            yield (start, end), source


def passages(text: str) -> Iterator[Span]:
    """Yield the offsets of what is quoted, four words or more."""
    offset = 0
    for line in text.split("\n"):
        for match in QUOTED.finditer(line):
            group = 1 if match[1] is not None else 2
            if len(match[group].split()) >= 4:
                yield offset + match.start(group), offset + match.end(group)
        offset += len(line) + 1


def ours(text: str) -> list[tuple[Span, str]]:
    """Return every quotation found, sentence by sentence, with its speaker."""
    body = "\n\n".join(escape(line.strip()) for line in text.split("\n") if line.strip())
    witness = witness_of(Article(body=body, language="en"), "A")
    found, position = [], 0
    for saying in sayings_of(witness, people_in(segment.text for segment in witness.segments)):
        words = saying.text.strip()
        at = text.find(words, position)
        if at >= 0:
            found.append(((at, at + len(words)), saying.speaker))
            position = at
    return found


def nearest(text: str, span: Span) -> str:
    """Return the floor's speaker: the capitalised run nearest on the line, outside quotation marks."""
    begin = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    line = text[begin : end if end >= 0 else len(text)]
    inside = [match.span() for match in QUOTED.finditer(line)]
    runs = [
        (min(abs(match.start() + begin - span[1]), abs(span[0] - match.end() - begin)), match[0])
        for match in re.finditer(r"[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*", line)
        if not any(s <= match.start() < e for s, e in inside) and names(match[0])
    ]
    return min(runs, default=(0, ""))[1]


def measure(rows: Sequence[dict[str, Any]]) -> tuple[int, str, str]:
    """Return how many passages are scored, and the floor's and our precision and recall."""
    counts = {"floor": [0, 0], "ours": [0, 0]}
    wanted = 0
    for row in rows:
        found = ours(row["text"])
        for span, source in scored(row):
            wanted += 1
            said = next((who for (s, e), who in found if s < span[1] and span[0] < e and who), "")
            for key, speaker in (("floor", nearest(row["text"], span)), ("ours", said)):
                counts[key][0] += bool(speaker)
                counts[key][1] += bool(names(speaker) & source)
    shown = {
        key: f"P {right / max(1, given):.3f} R {right / max(1, wanted):.3f}" for key, (given, right) in counts.items()
    }
    return wanted, shown["floor"], shown["ours"]


def _parts(part: Any) -> list[dict[str, Any]]:
    return part if isinstance(part, list) else [part] if part else []


def _spans(part: Any) -> list[Span]:
    return [tuple(span) for one in _parts(part) for span in one["spans"]]
