"""A story as TEI P5: parallel segmentation with a critical apparatus (TEI Guidelines, chapter 13).

Each passage is an `<ab>`. Where its tellings part stands an `<app>`; what all of them print alike stands bare. Of
every sentence that may be reprinted, the readings joined are the sentence, letter for letter. A telling that is silent,
or whose words may not be reprinted, has an empty reading that says so by its type; where only the beginning of what
differs may be, a gap stands for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Final

from generator.site import links, words
from generator.site.brevity import ELIDED
from generator.site.feeds import NO_XML
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.model import Change, Config, Passage, Reading, Witness
    from generator.site.index import Index

NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
APP: Final = re.compile("<app>")
#: How a reading without words is marked.
SILENT: Final = "silent"
CLOSED: Final = "not-reprinted"
#: Words that may not be reprinted, and what stands for them within a reading's text until it is written.
GAP: Final = '<gap reason="rights"/>'
LEFT_OUT: Final = "\0"


@dataclass(frozen=True, slots=True)
class Locus:
    """A stretch of a passage, in every telling's words; None where a telling's words may not be reprinted."""

    readings: Mapping[str, str | None]
    """By siglum, the base first."""

    @property
    def alike(self) -> bool:
        """Whether all print the same."""
        return len(set(self.readings.values())) == 1 and None not in self.readings.values()


def tei(index: Index, config: Config) -> str:
    """Return the story as a TEI document."""
    story = index.digest.story
    address = links.absolute(config.base_url, index.page)
    place = f'<ptr target="{_text(address)}"/>' if config.base_url else ""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<TEI xmlns="{NAMESPACE}">',
        "<teiHeader>",
        "<fileDesc>",
        f"<titleStmt><title>{_text(index.title)}</title></titleStmt>",
        f"<publicationStmt><publisher>{_text(config.title)}</publisher>{_date(story.date)}"
        f"<availability><p>The texts belong to their publishers.</p>{f'<p>{place}</p>' if place else ''}</availability>"
        "</publicationStmt>",
        "<sourceDesc><listWit>",
        *(_witness(index, witness) for witness in index.digest.witnesses),
        "</listWit></sourceDesc>",
        "</fileDesc>",
        '<encodingDesc><variantEncoding method="parallel-segmentation" location="internal"/></encodingDesc>',
        "</teiHeader>",
        "<text><body>",
        *(line for passage in index.digest.passages for line in _numbered(passage.id, _passage(index, passage))),
        *(["<ab/>"] if not index.digest.passages else []),
        "</body></text>",
        "</TEI>",
        "",
    ]
    return "\n".join(lines)


def _witness(index: Index, witness: Witness) -> str:
    article, teller = witness.article, index.tellers[witness.sigil]
    title = f"<title>{_text(article.title)}</title>" if article.title else ""
    authors = "".join(f"<author>{_text(author)}</author>" for author in article.authors)
    link = links.external(article.source_url)
    source = f'<ptr target="{_text(link)}"/>' if link and " " not in link else ""
    parts = f"{title}{authors}<publisher>{_text(teller.name)}</publisher>{_date(article.date)}{source}"
    return f'<witness xml:id="{witness.sigil}"><bibl>{parts}</bibl></witness>'


def _date(stated: str) -> str:
    if not stated:
        return ""
    when = f' when="{stated[:10]}"' if words.is_date(stated) else ""
    return f"<date{when}>{_text(stated)}</date>"


def _text(text: str) -> str:
    """Text that XML can hold."""
    return escape(NO_XML.sub("\ufffd", text))


def _who(sigla: Sequence[str]) -> str:
    return " ".join(f"#{sigil}" for sigil in sigla)


# ---------------------------------------------------------------------------- passages


def _numbered(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Give every apparatus entry of a passage a number of its own, by which other tools know it: `p3.2`."""
    numbers = count(1)
    for line in lines:
        yield APP.sub(lambda _: f'<app n="{name}.{next(numbers)}">', line)


def _passage(index: Index, passage: Passage) -> Iterator[str]:
    """A passage, and after it the further sentences in which a telling says the same again."""
    chosen, again = _chosen(index, passage)
    alike = {sigil: reading for sigil, reading in chosen.items() if reading is None or reading.alike}
    apart = {sigil: reading for sigil, reading in chosen.items() if sigil not in alike}
    silent = [sigil for sigil in index.tellers if sigil not in chosen]
    name = f'xml:id="{passage.id}" n="{_text(index.anchors.passages[passage.id])}"'
    loci = _loci(index, passage, alike)
    if not apart:
        yield f"<ab {name}>{''.join(_locus(locus, silent) for locus in loci)}</ab>"
    else:
        inner = "".join(_locus(locus, ()) for locus in loci)
        others = "".join(_reading([s], _sentence(index, r.sentence), "unlike") for s, r in apart.items() if r)
        yield (
            f'<ab {name}><app><rdg wit="{_who(list(alike))}">{inner}</rdg>{others}{_empty(silent, SILENT)}</app></ab>'
        )
    for sentence in again:
        sigil = index.segments[sentence].sigil
        text = _reading([sigil], _sentence(index, sentence), "again")
        rest = [other for other in index.tellers if other != sigil]
        yield f'<ab type="again" corresp="#{passage.id}"><app>{text}{_empty(rest, SILENT)}</app></ab>'


def _chosen(index: Index, passage: Passage) -> tuple[dict[str, Reading | None], list[str]]:
    """Each telling's reading (None for the base's own), one that can be diffed first; and the sentences left over."""
    base = index.segments[passage.base].sigil
    chosen: dict[str, Reading | None] = {base: None}
    again = []
    for reading in sorted(passage.readings, key=lambda reading: not reading.alike):
        if reading.sigil in chosen:
            again.append(reading.sentence)
        else:
            chosen[reading.sigil] = reading
    known = {passage.base, *(reading.sentence for reading in passage.readings)}
    again += [sentence for sentence in passage.sentences if sentence not in known]
    ordered = {sigil: chosen[sigil] for sigil in index.tellers if sigil in chosen}
    return {base: None, **ordered}, sorted(again)


def _sentence(index: Index, sentence: str) -> str | None:
    """A sentence's text; None where it may not be reprinted."""
    return index.segments[sentence].text or None


# ---------------------------------------------------------------------------- loci


def _loci(index: Index, passage: Passage, readings: Mapping[str, Reading | None]) -> list[Locus]:
    """The passage cut where any of its comparable readings parts from the base."""
    base = index.segments[passage.base].sigil
    if not passage.text:
        return [Locus(dict.fromkeys(readings, None))]
    pieces = {
        sigil: _pieces(reading.changes, closed=not index.segments[reading.sentence].text)
        for sigil, reading in readings.items()
        if reading
    }
    found = []
    for cut in _cuts(passage.text, pieces):
        told = {s: _words(found_pieces, cut, passage.text) for s, found_pieces in pieces.items()}
        found.append(Locus({base: passage.text[cut.start : cut.end], **told}))
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a reading puts in the place of `text[start:end]` of the base; None where that may not be reprinted."""

    start: int
    end: int
    text: str | None
    same: bool


def _pieces(changes: Sequence[Change], *, closed: bool) -> list[_Piece]:
    found, at = [], 0
    for change in changes:
        end = at + len(change.old)
        hidden = closed and change.op == "equal"
        new = f"{change.new[: -len(ELIDED)]}{LEFT_OUT}" if closed and change.new.endswith(ELIDED) else change.new
        found.append(_Piece(at, end, None if hidden else new, change.new == change.old or hidden))
        at = end
    return found


@dataclass(frozen=True, slots=True)
class _Cut:
    """A range of the base; words that come in between belong to it from `inserts` to `end`."""

    start: int
    end: int
    inserts: int


def _cuts(text: str, pieces: Mapping[str, Sequence[_Piece]]) -> Iterator[_Cut]:
    """The ranges of the base in turn: what changes in some reading (overlaps joined), and what lies between."""
    changed: list[tuple[int, int]] = []
    for start, end in sorted({(p.start, p.end) for told in pieces.values() for p in told if not p.same}):
        if changed and (start < changed[-1][1] or (start == changed[-1][1] and start in (end, changed[-1][0]))):
            changed[-1] = (changed[-1][0], max(end, changed[-1][1]))
        else:
            changed.append((start, end))
    at = 0
    for start, end in changed:
        if at < start:
            yield _Cut(at, start, len(text) + 1)
        # Where two changed ranges meet, what comes in between them is the first one's.
        yield _Cut(start, end, start + (bool(at) and at == start))
        at = end
    if at < len(text):
        yield _Cut(at, len(text), len(text) + 1)


def _words(pieces: Sequence[_Piece], cut: _Cut, base: str) -> str | None:
    """A reading's words for a range of the base."""
    told = ""
    for piece in pieces:
        inside = piece.start < cut.end and piece.end > cut.start
        added = piece.start == piece.end and cut.inserts <= piece.start <= cut.end
        if piece.same and inside:
            if piece.text is None:
                return None
            told += base[max(cut.start, piece.start) : min(cut.end, piece.end)]
        elif not piece.same and (inside or added):
            told += piece.text or ""
    return told


def _locus(locus: Locus, silent: Sequence[str]) -> str:
    if locus.alike and not silent:
        return _text(next(iter(locus.readings.values())) or "")
    grouped: dict[str | None, list[str]] = {}
    for sigil, text in locus.readings.items():
        grouped.setdefault(text, []).append(sigil)
    return f"<app>{''.join(_reading(sorted(s), text) for text, s in grouped.items())}{_empty(silent, SILENT)}</app>"


def _reading(sigla: Sequence[str], text: str | None, kind: str = "") -> str:
    if text is None:
        return f'<rdg wit="{_who(sigla)}" type="{CLOSED}">{GAP}</rdg>'
    marked = f' type="{kind}"' if kind else ""
    inner = GAP.join(map(_text, text.split(LEFT_OUT)))
    return f'<rdg wit="{_who(sigla)}"{marked}>{inner}</rdg>' if inner else f'<rdg wit="{_who(sigla)}"{marked}/>'


def _empty(sigla: Sequence[str], kind: str) -> str:
    return f'<rdg wit="{_who(sigla)}" type="{kind}"/>' if sigla else ""
