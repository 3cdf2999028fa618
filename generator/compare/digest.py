"""A story laid side by side: the whole comparison, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import chain, combinations

from generator.compare.align import align_story
from generator.compare.attribution import attributions_of
from generator.compare.diff import wording
from generator.compare.duplicates import CONTAINMENT, Likeness, likenesses
from generator.compare.figure_groups import figures_of
from generator.compare.origins import origins_of
from generator.compare.paraphrases import with_paraphrases
from generator.compare.passages import edges_of, passages_of, rebased
from generator.compare.quotes import quotes_of
from generator.compare.repeats import repeats_within
from generator.compare.rulings import Ruled, linked, ruled
from generator.compare.splits import joined
from generator.compare.versions import histories_of, may_be_versions
from generator.compare.witness import witnesses_of, word_count
from generator.compare.wording import wording_of
from generator.model import (
    Attribution,
    Digest,
    Figure,
    History,
    Link,
    Origin,
    Pair,
    PairLink,
    Passage,
    Quote,
    Repeat,
    Story,
    Witness,
    Wording,
)
from generator.values import dataclass, maker


@dataclass(frozen=True, slots=True)
class Shared:
    """What the tellings share and where they part, all of them together."""

    origins: tuple[Origin, ...]
    passages: tuple[Passage, ...]
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    wording: tuple[Wording, ...]
    attributions: tuple[Attribution, ...]


Meanwhile = Callable[[Callable[[], Shared]], Callable[[], Shared]]
"""Has something worked out while the pairs are compared, if it can; what it returns waits for it, and gives it."""


def afterwards(work: Callable[[], Shared]) -> Callable[[], Shared]:
    """Have it worked out as soon as it is asked for, by who asks."""
    return work


def digest_of(story: Story, near_duplicate: float = 0.5, meanwhile: Meanwhile = afterwards) -> Digest:
    """Lay the articles of *story* side by side, and say where they part.

    :param near_duplicate: word 5-gram Jaccard from which a pair counts as near-duplicates.
    :param meanwhile: who else there is to do a part of the work; called once, when all that it needs is known.
    """
    witnesses = witnesses_of(story.articles)
    repeats = _repeats(witnesses)
    given = ruled(story, witnesses)
    repeats = tuple(repeat for repeat in repeats if not given.sentences & {repeat.sentence, repeat.of})
    again = {repeat.sentence: repeat.of for repeat in repeats}
    links = linked(_links(witnesses, again), witnesses, given)
    pair_of = _pairing(witnesses, links, again, near_duplicate)
    every = list(combinations(range(len(witnesses)), 2))
    likely = [pair_of(i, j) for i, j in every if may_be_versions(witnesses[i], witnesses[j])]
    histories = histories_of(witnesses, likely)
    shared = meanwhile(lambda: _shared(witnesses, links, again, histories, given))
    pairs = tuple([pair_of(i, j) for i, j in every])
    found = shared()
    return Digest(
        story=story,
        witnesses=witnesses,
        pairs=pairs,
        passages=found.passages,
        quotes=found.quotes,
        figures=found.figures,
        origins=found.origins,
        repeats=repeats,
        wording=found.wording,
        attributions=found.attributions,
        histories=histories,
        by_hand=frozenset(chain.from_iterable(given.together)),
        notes=given.notes,
        stale=given.stale,
    )


def _shared(
    witnesses: Sequence[Witness],
    links: Mapping[tuple[int, int], Sequence[Link]],
    again: Mapping[str, str],
    histories: Sequence[History],
    given: Ruled,
) -> Shared:
    origins = origins_of(witnesses, [history.articles for history in histories])
    origin_of = {sigil: origin.id for origin in origins for sigil in origin.articles}
    passages = passages_of(witnesses, edges_of(witnesses, links), again, origin_of, given)
    passage_of = {name: passage.id for passage in passages for name in passage.sentences}
    quotes = with_paraphrases(quotes_of(witnesses, passage_of), witnesses, passage_of, frozenset(again))
    figures = figures_of(witnesses, passage_of, frozenset(again))
    altered = [quote for quote in quotes if quote.verdict == "altered"]
    conflicts = [figure for figure in figures if figure.verdict == "conflict"]
    flagged = tuple([_flagged(passage, altered, conflicts) for passage in passages])
    return Shared(
        origins=origins,
        passages=_rebased(flagged, witnesses, again, quotes),
        quotes=quotes,
        figures=figures,
        wording=wording_of(witnesses, passages, again.keys()),
        attributions=attributions_of(witnesses, passages, quotes, again.keys()),
    )


def _repeats(witnesses: Sequence[Witness]) -> tuple[Repeat, ...]:
    """Return the sentences that repeat another of the same witness; none repeats a repetition."""
    every = repeats_within([[segment.text for segment in witness.segments] for witness in witnesses])
    return tuple(
        [
            Repeat(witness.sigil, witness.segments[again].id, witness.segments[of].id)
            for witness, found in zip(witnesses, every, strict=True)
            for again, of, _ in found
        ]
    )


def _links(witnesses: Sequence[Witness], again: Mapping[str, str]) -> dict[tuple[int, int], tuple[Link, ...]]:
    """Return the links of all pairs, by index among each witness's segments; repetitions take no part."""
    place = {segment.id: segment.index for witness in witnesses for segment in witness.segments}
    repeats = [
        {segment.index: place[again[segment.id]] for segment in witness.segments if segment.id in again}
        for witness in witnesses
    ]
    texts = [[segment.text for segment in witness.segments] for witness in witnesses]
    return align_story(texts, repeats=repeats)


# ---------------------------------------------------------------------------- pairs


def _pairing(
    witnesses: Sequence[Witness],
    links: Mapping[tuple[int, int], Sequence[Link]],
    again: Mapping[str, str],
    near_duplicate: float,
) -> Callable[[int, int], Pair]:
    """Return what compares two witnesses by their numbers, the smaller first, and each two once."""
    likeness = likenesses(*(witness.text for witness in witnesses))
    words = {
        witness.sigil: {
            segment.index: float(word_count(segment.text)) for segment in witness.segments if segment.id not in again
        }
        for witness in witnesses
    }

    @cache
    def pair_of(i: int, j: int) -> Pair:
        return _pair(witnesses[i], witnesses[j], links[i, j], words, likeness[i, j], near_duplicate)

    return pair_of


def _pair(
    one: Witness,
    two: Witness,
    links: Sequence[Link],
    words: Mapping[str, Mapping[int, float]],
    likeness: Likeness,
    near_duplicate: float,
) -> Pair:
    """Return the pair with the older side first, where dates tell; else the first sigil.

    :param words: sigil → how many words each sentence has that repeats nothing, by its index.
    """
    old, new = one, two
    if two.article.date and one.article.date and two.article.date < one.article.date:
        old, new = two, one
        links = sorted(
            (Link(link.new, link.old, link.score, moved=link.moved) for link in links),
            key=lambda link: (link.old, link.new),
        )
    score_old = {index: link.score for link in links for index in link.old}
    score_new = {index: link.score for link in links for index in link.new}
    carried = _weighed(words[old.sigil], score_old), _weighed(words[new.sigil], score_new)
    total = sum(weight for weight, _, _ in carried)
    return Pair(
        old=old.sigil,
        new=new.sigil,
        similarity=round(sum(part for _, part, _ in carried) / total, 4) if total else 0.0,
        old_share=carried[0][2],
        new_share=carried[1][2],
        near_duplicate=likeness.jaccard >= near_duplicate
        or (likeness.long_enough and likeness.containment >= CONTAINMENT),
        links=joined([_pair_link(old, new, link) for link in links], old, new),
        jaccard=round(likeness.jaccard, 4),
        containment=round(likeness.containment, 4),
    )


def _weighed(words: Mapping[int, float], score: Mapping[int, float]) -> tuple[float, float, float]:
    """Return a side's words, those in linked sentences weighed by score, and the share of sentences linked."""
    linked = [index for index in words if index in score]
    return (
        sum(words.values()),
        sum(words[index] * score[index] for index in linked),
        round(len(linked) / len(words), 4) if words else 0.0,
    )


_linked = maker(PairLink)


def _pair_link(old: Witness, new: Witness, link: Link) -> PairLink:
    before, old_text = _side(old, link.old)
    after, new_text = _side(new, link.new)
    readable, found = wording(old_text, new_text)
    return _linked(before, after, link.score, link.moved, readable, found)


def _side(witness: Witness, indices: Sequence[int]) -> tuple[tuple[str, ...], str]:
    """Return the ids of the sentences on a side of a link, and their text."""
    if len(indices) == 1:
        segment = witness.segments[indices[0]]
        return (segment.id,), segment.text
    segments = [witness.segments[index] for index in indices]
    return tuple([segment.id for segment in segments]), " ".join([segment.text for segment in segments])


# ---------------------------------------------------------------------------- flags


def _flagged(passage: Passage, quotes: Sequence[Quote], figures: Sequence[Figure]) -> Passage:
    """Return *passage* with those of the altered quotes and conflicting figures that stand in its sentences."""
    if not quotes and not figures:
        return passage
    here = set(passage.sentences)
    altered = [quote for quote in quotes if any(r.sentence in here for r in quote.readings)]
    conflicts = [figure for figure in figures if any(r.sentence in here for r in figure.readings)]
    if not altered and not conflicts:
        return passage
    differs = {
        quote.readings[difference.between[1]].article
        for quote in altered
        for difference in quote.differences
        if quote.readings[difference.between[1]].sentence in here
    } | {reading.article for figure in conflicts for reading in figure.readings if reading.sentence in here}
    return replace(
        passage,
        quotes=tuple(quote.id for quote in altered),
        figures=tuple(figure.id for figure in conflicts),
        differs=tuple(sigil for sigil in passage.articles if sigil in differs),
    )


def _rebased(
    passages: Sequence[Passage], witnesses: Sequence[Witness], again: Mapping[str, str], quotes: Sequence[Quote]
) -> tuple[Passage, ...]:
    """Print no passage in the words of a sentence that alters a quotation, where it has one that quotes as most do."""
    if not any(quote.differences for quote in quotes):
        return tuple(passages)
    by_id = {segment.id: segment for witness in witnesses for segment in witness.segments}
    closed = {witness.sigil for witness in witnesses if witness.article.rights != "full"}
    kept = [_faithful(quote) for quote in quotes]
    return tuple(
        rebased(passage, by_id, _better(passage.base, quotes, kept, closed) - again.keys()) for passage in passages
    )


def _faithful(quote: Quote) -> tuple[frozenset[str], frozenset[str]]:
    """Return the sentences that quote as most do, and those that alter the quotation."""
    altered = frozenset(quote.readings[difference.between[1]].sentence for difference in quote.differences)
    return frozenset(reading.sentence for reading in quote.readings) - altered, altered


def _better(
    base: str,
    quotes: Sequence[Quote],
    kept: Sequence[tuple[frozenset[str], frozenset[str]]],
    closed: Set[str],
) -> frozenset[str]:
    """Return the sentences that quote faithfully what *base* alters, but for tellings that may not be printed."""
    return frozenset(
        reading.sentence
        for quote, (faithful, altered) in zip(quotes, kept, strict=True)
        if base in altered
        for reading in quote.readings
        if reading.sentence in faithful and reading.article not in closed
    )
