"""One utterance in everybody's version: quotations gathered, matched across articles, and their differences named.

The parts of a quotation that runs over several sentences are matched sentence by sentence, so that words left
out between two halves come to light. What counts as the same utterance is lexical: a long run of common words,
the most of the shorter one, or a common frame in the mouth of one speaker (“frank and substantive” against
“businesslike and concrete”).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, combinations

from generator.compare.collation import collate, heading_of
from generator.compare.differences import differences_between, items_of
from generator.compare.opcodes import opcodes
from generator.compare.remembered import of_texts
from generator.compare.sayings import Saying, sayings_of
from generator.compare.speakers import people_in, surname
from generator.compare.text import STOP_WORDS
from generator.compare.unions import groups_of
from generator.model import Difference, Quote, QuoteReading, Verdict, Witness

#: Of the shorter quotation's words, the share that must return in order in the longer one.
_CONTAINED = 0.6
#: The same where the two sentences are held to say the same thing anyway.
_CONTAINED_IN_PASSAGE = 0.5
#: The same where two people are named as the speakers: one of them said it, and an outlet errs, or each said his own.
_CONTAINED_BY_OTHERS = 0.8
#: Quotations up to this many words are matched only whole, or by their frame.
_SHORT = 3
#: Quotations up to this many words may match by a frame of function words.
_FRAME = 6

_Runs = Mapping[tuple[str, int], Sequence[Saying]]
"""The parts of each quotation of an article, by its sigil and the quotation's number in it."""


def quotes_of(witnesses: Sequence[Witness], passage_of: Mapping[str, str]) -> tuple[Quote, ...]:
    """Return the story's quotations, the altered ones first, then by first appearance.

    :param witnesses: the story's witnesses.
    :param passage_of: segment id → passage id.
    """
    people = people_in(segment.text for witness in witnesses for segment in witness.segments)
    parts = [saying for witness in witnesses for saying in sayings_of(witness, people)]
    runs: dict[tuple[str, int], list[Saying]] = {}
    for part in parts:
        runs.setdefault((part.sigil, part.run), []).append(part)
    drafts = [_quote(group, parts, runs) for group in _utterances(parts, passage_of)]
    drafts.sort(key=lambda quote: (_RANK[quote.verdict], -len({r.article for r in quote.readings})))
    return tuple(_numbered(quote, number) for number, quote in enumerate(drafts, 1))


_RANK: dict[Verdict, int] = {"altered": 0, "trimmed": 1, "same": 2, "single": 3}


def _numbered(quote: Quote, number: int) -> Quote:
    return Quote(f"q{number}", quote.verdict, quote.readings, quote.differences, quote.heading, quote.collation)


# ---------------------------------------------------------------------------- matching


def _utterances(parts: Sequence[Saying], passage_of: Mapping[str, str]) -> list[list[Saying]]:
    """Return the parts in groups that word one utterance, each group's base first, the list in order of appearance."""
    matched = [
        (first, second) for first, second in _alike(parts) if _same_utterance(parts[first], parts[second], passage_of)
    ]
    matched = _best(matched, parts)
    found = set(chain.from_iterable(matched))
    framed = [
        (first, second)
        for alone in _short(parts, found)
        for first, second in combinations(alone, 2)
        if _same_frame(parts[first], parts[second])
    ]
    known = Counter(chain.from_iterable(matched)), frozenset(matched)
    return [_base_first(group, parts, *known) for group in groups_of(len(parts), matched + framed)]


def _alike(parts: Sequence[Saying]) -> list[tuple[int, int]]:
    """Return the pairs of parts that share a word of substance, or of which one has none, in order."""
    found: list[tuple[int, int]] = []
    having: dict[str, list[int]] = {}
    empty: list[int] = []
    for number, part in enumerate(parts):
        before = {*chain.from_iterable([having.get(word, ()) for word in part.content]), *empty}
        found += [(other, number) for other in (before if part.content else range(number))]
        for word in part.content:
            having.setdefault(word, []).append(number)
        if not part.content:
            empty.append(number)
    return sorted(found)


def _short(parts: Sequence[Saying], matched: Collection[int]) -> Iterable[list[int]]:
    """Return the short parts that match no other, those of one speaker and as many words together."""
    found: dict[tuple[str, int], list[int]] = {}
    for number, part in enumerate(parts):
        if part.speaker and len(part.words) <= _FRAME and number not in matched:
            found.setdefault((surname(part.speaker), len(part.words)), []).append(number)
    return found.values()


def _best(matched: Sequence[tuple[int, int]], parts: Sequence[Saying]) -> list[tuple[int, int]]:
    """Return pairs without those of which each side resembles another part of the other's article more.

    “We wrote in March. We wrote in June.” are two utterances, each in everybody's version.
    """
    likeness = {(one, two): _likeness(parts[one].words, parts[two].words) for one, two in matched}
    most: dict[tuple[int, str], float] = {}
    for (one, two), value in likeness.items():
        for here, there in ((one, two), (two, one)):
            at = here, parts[there].sigil
            most[at] = max(most.get(at, 0.0), value)
    return [
        (one, two)
        for (one, two), value in likeness.items()
        if parts[one].sigil == parts[two].sigil
        or value == most[one, parts[two].sigil]
        or value == most[two, parts[one].sigil]
    ]


def _same_utterance(one: Saying, two: Saying, passage_of: Mapping[str, str]) -> bool:
    if one.segment.id == two.segment.id or _goes_on(one, two):
        return False
    weighty = not one.content.isdisjoint(two.content)
    if not weighty and one.content and two.content:
        return False
    short, long = sorted((one.words, two.words), key=lambda words: (len(words), words))
    if len(short) <= _SHORT or not weighty:
        if not set(short).issubset(long) or _common(short, long) < len(short):
            return False
        if len(short) <= _SHORT:
            return (len(short) == _SHORT or weighty) and (len(short) > 1 or short == long)
        # “They have let us down”: small words only
        return passage_of.get(one.segment.id) == passage_of.get(two.segment.id) or _one_speaker(one, two)
    same_passage = passage_of.get(one.segment.id) == passage_of.get(two.segment.id)
    if 2 * len(one.content & two.content) < min(len(one.content), len(two.content)):
        return False
    common = _common(short, long)
    contained = _CONTAINED_IN_PASSAGE if same_passage else _CONTAINED
    return common >= 3 and common / len(short) >= (_CONTAINED_BY_OTHERS if _two_speakers(one, two) else contained)


def _goes_on(one: Saying, two: Saying) -> bool:
    """Whether both are parts of what somebody says in one breath, each in words of its own."""
    together = one.sigil == two.sigil and (one.run == two.run or abs(one.segment.index - two.segment.index) == 1)
    return together and one.words != two.words and one.speaker == two.speaker


def _same_frame(one: Saying, two: Saying) -> bool:
    """Whether two quotations of as many words put different ones into the same frame of small words."""
    if one.sigil == two.sigil:
        return False
    small = [(a in STOP_WORDS, b in STOP_WORDS, a == b) for a, b in zip(one.words, two.words, strict=True)]
    return all(equal if a or b else not equal for a, b, equal in small) and any(a for a, _, _ in small)


def _one_speaker(one: Saying, two: Saying) -> bool:
    return bool(one.speaker) and surname(one.speaker) == surname(two.speaker)


def _two_speakers(one: Saying, two: Saying) -> bool:
    """Whether both name a speaker in full, and not the same one."""
    named = all(sum(word[:1].isupper() for word in saying.speaker.split()) > 1 for saying in (one, two))
    return named and surname(one.speaker) != surname(two.speaker)


@of_texts(4096)
def _common(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """Return the length of the longest common subsequence of two sequences of words."""
    return sum(code.old_end - code.old_start for code in opcodes(short, long) if code.op == "equal")


# ---------------------------------------------------------------------------- verdict


def _quote(ordered: Sequence[Saying], parts: Sequence[Saying], runs: _Runs) -> Quote:
    readings = tuple(QuoteReading(part.sigil, part.segment.id, part.text.strip(), part.speaker) for part in ordered)
    found = [
        difference
        for number in range(1, len(ordered))
        for difference in differences_between(readings[0], readings[number], number)
    ]
    found += _elisions(ordered, parts, runs)
    return Quote(
        id="",
        verdict=_verdict(ordered, found),
        readings=readings,
        differences=tuple(found),
        heading=heading_of([part.text for part in ordered]),
        collation=collate([part.text for part in ordered]),
    )


def _base_first(
    group: Sequence[int], parts: Sequence[Saying], times: Mapping[int, int], matched: Collection[tuple[int, int]]
) -> list[Saying]:
    """Return the wording that the others resemble most, then the rest in order of appearance.

    Where an article parts what another has in one sentence, the base is one that has the most of these parts.

    :param times: how often each part is matched with another.
    """

    def resemblance(number: int) -> tuple[float, int, tuple[str, ...], str]:
        part = parts[number]
        best: dict[str, float] = {}
        for other in (parts[n] for n in group):
            if other.sigil != part.sigil:
                best[other.sigil] = max(best.get(other.sigil, 0.0), _likeness(part.words, other.words))
        return round(sum(sorted(best.values())), 9), len(part.words), part.words, part.text

    pieces = any(
        parts[one].sigil == parts[two].sigil and (one, two) not in matched for one, two in combinations(group, 2)
    )
    most = max(times.get(number, 0) for number in group) if pieces else 0
    base = max([number for number in group if times.get(number, 0) >= most], key=resemblance)
    return [parts[base], *(parts[number] for number in group if number != base)]


def _likeness(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """Return Dice's coefficient of two wordings, by their longest common subsequence."""
    short, long = sorted((one, two), key=lambda words: (len(words), words))
    return 2 * _common(short, long) / (len(short) + len(long))


def _verdict(ordered: Sequence[Saying], found: Sequence[Difference]) -> Verdict:
    if found:
        return "altered"
    if len({part.sigil for part in ordered}) < 2:
        return "single"
    wordings = {tuple(item.key for item in items_of(part.text) if not item.aside) for part in ordered}
    return "same" if len(wordings) == 1 else "trimmed"


def _elisions(ordered: Sequence[Saying], parts: Sequence[Saying], runs: _Runs) -> list[Difference]:
    """Return the sentences that one reading goes on with and another passes over without a mark.

    The other article must quote both what stands before and what stands after them.
    """
    for new, part in enumerate(ordered):
        tail = [p for p in runs[part.sigil, part.run] if p.segment.index > part.segment.index]
        for old, other in enumerate(ordered if tail else ()):
            if other.sigil != part.sigil and (skipped := _passed_over(tail, other, parts)):
                return [Difference((old, new), "elision", "", " ".join(p.text.strip() for p in skipped))]
    return []


def _passed_over(tail: Sequence[Saying], other: Saying, parts: Sequence[Saying]) -> list[Saying]:
    """Return the parts of *tail* that *other*'s article lacks before it takes the quotation up again."""
    theirs = [
        p
        for p in parts
        if p.sigil == other.sigil and p.segment.block == other.segment.block and p.segment.index > other.segment.index
    ]
    for count, part in enumerate(tail):
        if any(_same_utterance(part, p, {}) for p in theirs[:1]):
            marked = "…" in other.text or "..." in other.text or any("…" in p.text[:3] for p in theirs[:1])
            return [] if marked else list(tail[:count])
    return []
