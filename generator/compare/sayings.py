"""What an article quotes, sentence by sentence, and in whose mouth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.compare.quotations import Quotation, masked, quotations, within
from generator.compare.speakers import is_pronoun, resolve, speaker_first, speaker_of, spoke_in, subject_of
from generator.compare.text import STOP_WORDS, is_word
from generator.compare.tokens import tokens
from generator.compare.witness import BLANK_LINE
from generator.model import Segment, Witness
from generator.values import dataclass

#: Sentences before a quotation in which its speaker may be named.
_EARLIER = 3
#: Characters outside its quotations that a sentence has which does nothing but quote.
_MARKS = 4


@dataclass(frozen=True, slots=True)
class Saying:
    """The words of one quotation that stand in one sentence."""

    sigil: str
    segment: Segment
    span: Quotation
    """In the segment's text."""
    run: int
    """Number of the quotation in its article."""
    text: str
    speaker: str
    words: tuple[str, ...]
    content: frozenset[str]


def sayings_of(witness: Witness, people: frozenset[str]) -> list[Saying]:
    """Return what *witness* quotes, cut at its sentences, in order.

    :param people: surnames of the story's persons (`generator.compare.speakers.people_in`).
    """
    found: list[Saying] = []
    offset = 0
    run = 0
    for number, block in enumerate(witness.blocks):
        spans = quotations(block.text)
        inside = [segment for segment in witness.segments if segment.block == number] if spans else []
        places = {segment.id: _places(segment, spans, offset) for segment in inside}
        for span in spans:
            run += 1
            found += _attributed(_cut(inside, span, offset, run), found, witness, places, people)
        offset += len(block.text) + len(BLANK_LINE)
    return _from_behind(found)


def _from_behind(found: Sequence[Saying]) -> list[Saying]:
    """Return sayings with the speaker of a quotation of several paragraphs, who is named in a later one, in all."""
    out = list(found)
    for number in range(len(out) - 2, -1, -1):
        one, after = out[number], out[number + 1]
        if not one.speaker and (one.run == after.run or _runs_on(one, after)):
            out[number] = replace(one, speaker=after.speaker)
    return out


def _runs_on(one: Saying, after: Saying) -> bool:
    """Whether a quotation is left open at the end of a paragraph, and opened again where the next begins."""
    closed = one.segment.text[one.span.end :].strip()
    opened = after.segment.text[: after.span.start].strip()
    return not closed and len(opened) == 1 and after.segment.block == one.segment.block + 1


def _places(segment: Segment, spans: Sequence[Quotation], offset: int) -> tuple[Quotation, ...]:
    """Return where *segment* quotes, in its own text, given the quotations of its block."""
    return within(spans, segment.start - offset, segment.end - offset)


def _cut(inside: Sequence[Segment], span: Quotation, offset: int, run: int) -> list[Saying]:
    """Return the parts of one quotation of a block, speakers still open."""
    parts: list[Saying] = []
    start, end = offset + span.start, offset + span.end
    for segment in inside:
        if segment.start >= end or segment.end <= start:
            continue
        for place in _places(segment, (span,), offset):
            text = segment.text[place.start : place.end]
            words = tuple(token.norm for token in tokens(text) if is_word(token.norm))
            if words:
                content = frozenset(words) - STOP_WORDS
                parts.append(Saying(segment.sigil, segment, place, run, text, "", words, content))
    return parts


# ---------------------------------------------------------------------------- speakers


def _attributed(
    parts: Sequence[Saying],
    before: Sequence[Saying],
    witness: Witness,
    places: Mapping[str, tuple[Quotation, ...]],
    people: frozenset[str],
) -> list[Saying]:
    """Return the parts of a quotation with its speaker, named beside any of them; else who spoke before."""
    for part in parts:
        spans = places[part.segment.id]
        named = speaker_of(part.segment.text, spans, part.span)
        if is_pronoun(named):
            earlier = _texts(witness, part.segment.index - _EARLIER, part.segment.index)
            named = spoke_in(masked(part.segment.text, spans)[: part.span.start]) or resolve(earlier, people)
        if named:
            return [replace(other, speaker=named) for other in parts]
    bare = parts and all(_is_bare(part.segment, places[part.segment.id]) for part in parts)
    speaker = (_named_behind(parts[-1], witness) or _goes_on(parts[0], before, witness, people)) if bare else ""
    return [replace(part, speaker=speaker) for part in parts]


def _texts(witness: Witness, start: int, end: int) -> list[str]:
    return [segment.text for segment in witness.segments[max(0, start) : end]]


def _named_behind(part: Saying, witness: Witness) -> str:
    """Return the speaker that the next sentence of the block begins with: “….” Okafor said."""
    for segment in witness.segments[part.segment.index + 1 : part.segment.index + 2]:
        if segment.block == part.segment.block:
            return speaker_first(segment.text)
    return ""


def _goes_on(part: Saying, before: Sequence[Saying], witness: Witness, people: frozenset[str]) -> str:
    """Return the speaker of the sentence just before: “…,” he said. “…”; or: He was of another mind. “…”"""
    index = part.segment.index
    if before and index - before[-1].segment.index <= 1 and before[-1].speaker:
        return before[-1].speaker
    if not index or witness.segments[index - 1].block != part.segment.block:
        return ""
    subject = subject_of(witness.segments[index - 1].text)
    return resolve(_texts(witness, index - 1 - _EARLIER, index - 1), people) if is_pronoun(subject) else subject


def _is_bare(segment: Segment, spans: Sequence[Quotation]) -> bool:
    """Whether the sentence is hardly more than its quotations."""
    return len(segment.text) - sum(span.end - span.start for span in spans) <= _MARKS
