"""Whom each telling names as the source of a statement, and which name none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from generator.compare.quotations import quotations
from generator.compare.remembered import of_texts
from generator.compare.speakers import is_name, is_pronoun, people_in, resolve, source_of
from generator.compare.speakers_abroad import source_abroad
from generator.compare.tokens import telling_stems
from generator.model import Attribution, AttributionReading, Passage, Quote, QuoteReading, Segment, Witness

#: Of a sentence's letters, the share from which it is held to be its speaker's words rather than its article's.
_QUOTED = 0.5


def attributions_of(
    witnesses: Sequence[Witness],
    passages: Sequence[Passage],
    quotes: Sequence[Quote] = (),
    repeats: Collection[str] = (),
) -> tuple[Attribution, ...]:
    """Return, for every passage of several tellings where one at least names a source, whom each rests on.

    A telling that has several sentences in a passage is judged by the one that is nearest to the wording printed.
    A reading's source is empty where that telling states the thing on its own authority.

    :param quotes: whose speakers are the sources of what they say, where a sentence does little but quote.
    :param repeats: ids of segments that repeat their own article.
    """
    by_id = {segment.id: segment for witness in witnesses for segment in witness.segments}
    told = {witness.sigil: witness for witness in witnesses}
    people = people_in(segment.text for segment in by_id.values())
    speakers = {reading.sentence: reading for quote in quotes for reading in quote.readings}
    found = []
    for passage in passages:
        if len(passage.articles) < 2:
            continue
        nearest = _nearest(passage, [by_id[name] for name in passage.sentences if name not in repeats], by_id)
        readings = tuple(_reading(nearest[sigil], told[sigil], people, speakers) for sigil in passage.articles)
        if any(reading.source for reading in readings):
            found.append(Attribution(passage.id, readings))
    return tuple(found)


def _nearest(passage: Passage, segments: Sequence[Segment], by_id: Mapping[str, Segment]) -> dict[str, Segment]:
    """Return of each telling the sentence of a passage that shares the most words with the wording printed."""
    printed = telling_stems(by_id[passage.base].text)
    best: dict[str, tuple[int, Segment]] = {}
    for segment in segments:
        score = len(printed) + 1 if segment.id == passage.base else len(printed & telling_stems(segment.text))
        if score > best.get(segment.sigil, (-1, segment))[0]:
            best[segment.sigil] = score, segment
    return {sigil: segment for sigil, (_, segment) in best.items()}


@of_texts(2048)
def _stated(text: str) -> tuple[str, int]:
    """Return whom a sentence rests on, and how many of its letters are quoted."""
    spans = quotations(text)
    return source_of(text, spans), sum(span.end - span.start for span in spans)


def _reading(
    segment: Segment, witness: Witness, people: frozenset[str], speakers: Mapping[str, QuoteReading]
) -> AttributionReading:
    source, quoted = _stated(segment.text)
    if is_pronoun(source):
        source = resolve([s.text for s in witness.segments[max(0, segment.index - 3) : segment.index]], people)
    said = speakers.get(segment.id)
    # Other languages' verbs of saying are known beside quotations alone: what they hang on one, the sentence rests on.
    enough = _QUOTED if witness.language.lower().split("-")[0] in {"", "en"} else 0.0
    if said and not source and max(quoted, len(said.text)) >= enough * len(segment.text):
        source = said.speaker
    if not source and not enough:
        source = source_abroad(segment.text)
    return AttributionReading(segment.sigil, source, named=is_name(source))
