"""Whom each telling names as the source of a statement, and which name none."""

from __future__ import annotations

from collections.abc import Sequence

from generator.compare.quotations import quotations
from generator.compare.speakers import is_name, is_pronoun, people_in, resolve, source_of
from generator.model import Attribution, AttributionReading, Passage, Segment, Witness


def attributions_of(witnesses: Sequence[Witness], passages: Sequence[Passage]) -> tuple[Attribution, ...]:
    """Return, for every passage of several tellings where one at least names a source, whom each rests on.

    A reading's source is empty where that telling states the thing on its own authority.
    """
    by_id = {segment.id: segment for witness in witnesses for segment in witness.segments}
    everything = {witness.sigil: witness.segments for witness in witnesses}
    people = people_in(segment.text for segment in by_id.values())
    found = []
    for passage in passages:
        if len(passage.articles) < 2:
            continue
        readings = tuple(
            _reading(sigil, [by_id[name] for name in passage.sentences], everything[sigil], people)
            for sigil in passage.articles
        )
        if any(reading.source for reading in readings):
            found.append(Attribution(passage.id, readings))
    return tuple(found)


def _reading(
    sigil: str, sentences: Sequence[Segment], all_of_it: Sequence[Segment], people: frozenset[str]
) -> AttributionReading:
    for segment in sentences:
        if segment.sigil == sigil:
            source = source_of(segment.text, quotations(segment.text))
            if is_pronoun(source):
                source = resolve([s.text for s in all_of_it[max(0, segment.index - 3) : segment.index]], people)
            if source:
                return AttributionReading(sigil, source, named=is_name(source))
    return AttributionReading(sigil, "", named=False)
