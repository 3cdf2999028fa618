"""Which sentences of a telling repeat another of it, as a digest above its own body does, or an FAQ below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.compare.ceilings import within_reach
from generator.compare.judging import logistic
from generator.compare.profiles import Profile, profiles_within, traits
from generator.compare.similarity import odds_within
from generator.values import dataclass

#: From this probability on a sentence repeats another of its own telling.
REPEATED = 0.8
#: From this one on, if the sentences before and after it surely repeat something, as in a digest.
PERHAPS_REPEATED = 0.4
#: Log-odds below that of any such probability, and below that of those that are sure.
_LOW, _SURE = -0.5, 1.38
#: Of so many sentences each pair is soon looked at by itself; of more, each sentence is held against all at once.
_FEW = 16


@dataclass(frozen=True, slots=True)
class _Twin:
    """Two sentences of one telling that say the same."""

    one: int
    other: int
    score: float


def self_repeats(sentences: Sequence[str]) -> tuple[tuple[int, int, float], ...]:
    """Return `(repeat, of, score)` for every sentence that repeats another of the same telling, ascending.

    Of two that say the same, the repeat is the one whose neighbours repeat something too, as in a digest or a list of
    questions and answers; failing that the one that says less; failing that the later. No sentence is both.
    """
    looks = list(map(traits, sentences))
    if len(looks) > _FEW:
        return tuple(repeats_of(profiles_within(looks, range(len(looks)))))
    asked = {n for pair in within_reach(looks, _SURE) for n in pair}
    if any(n + 2 in asked for n in asked):  # what stands between two that surely repeat something may do so, too
        asked = set(range(len(looks)))
    return tuple(repeats_of(profiles_within(looks, sorted(asked)))) if asked else ()


def repeats_of(own: Mapping[int, Profile]) -> list[tuple[int, int, float]]:
    """Return the same from profiles of sentences, by their places; the likeliest twins are told apart first.

    Args:
        own: ascending; those left out are like none.
    """
    twins = _twins(own)
    busy = {n for twin in twins for n in (twin.one, twin.other)}
    found: dict[int, tuple[int, int, float]] = {}
    originals: set[int] = set()
    for twin in sorted(twins, key=lambda twin: (-twin.score, twin.one, twin.other)):
        repeat, of = _told_apart(twin, own, busy)
        if repeat not in found and repeat not in originals and of not in found:
            found[repeat] = repeat, of, round(twin.score, 4)
            originals.add(of)
    return sorted(found.values())


def _twins(own: Mapping[int, Profile]) -> list[_Twin]:
    """Return the pairs of sentences that say the same: surely, or likely and between two that surely do."""
    scored = [
        _Twin(a, b, score)
        for b, row in zip(own, odds_within(tuple(own.values())), strict=True)
        for a, value in zip(own, row, strict=False)
        if value > _LOW and (score := logistic(value)) >= PERHAPS_REPEATED
    ]
    sure = {n for twin in scored if twin.score >= REPEATED for n in (twin.one, twin.other)}
    return [
        twin for twin in scored if twin.score >= REPEATED or any({n - 1, n + 1} <= sure for n in (twin.one, twin.other))
    ]


def _told_apart(twin: _Twin, own: Mapping[int, Profile], busy: set[int]) -> tuple[int, int]:
    """Return the repeat and what it repeats."""

    def key(n: int) -> tuple[int, float, int]:
        return -len(busy & {n - 1, n + 1}), own[n].mass, -n

    return (twin.one, twin.other) if key(twin.one) < key(twin.other) else (twin.other, twin.one)
