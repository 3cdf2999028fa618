"""Which sentences of a telling repeat another of it, as a digest above its own body does, or an FAQ below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.compare.arrays import numbers
from generator.compare.ceilings import within_reach
from generator.compare.evidence import within
from generator.compare.holdings import holdings
from generator.compare.judging import logistic
from generator.compare.profiles import Profile, Traits, profiles_within, traits
from generator.compare.similarity import odds_within

#: From this probability on a sentence repeats another of its own telling.
REPEATED = 0.9
#: From this one on, if it stands there word for word.
REPEATED_WHOLE = 0.8
#: From this one on, if the sentences before and after it surely repeat something, as in a digest.
PERHAPS_REPEATED = 0.4
#: Log-odds below that of any such probability, and below that of those that are sure.
_LOW, _SURE = -0.5, 1.38
#: Of so many sentences each pair is soon looked at by itself; of more, each sentence is held against all at once.
_FEW = 16
#: Steps of arithmetic that any two sentences of a story take without arrays, roughly, until they are judged.
_STEPS = 600

#: Measures of figures, which different ones have in common.
_SCALES = frozenset("hundred thousand million billion dozen half".split())

Again = tuple[int, int, float]
"""A sentence, the one that it repeats, and how likely it does."""
_Twin = tuple[float, int, int]
"""How likely two sentences of one telling say the same, below zero, so that the likeliest come first; and which."""


def self_repeats(sentences: Sequence[str]) -> tuple[Again, ...]:
    """Return `(repeat, of, score)` for every sentence that repeats another of the same telling, ascending.

    Of two that say the same, the repeat is the one whose neighbours repeat something too, as in a digest or a list of
    questions and answers; failing that the one that says less; failing that the later. No sentence is both. What
    says the like of different things, as results and lists do, repeats nothing (`are_parallel`).
    """
    return repeats_within([sentences])[0]


def repeats_within(texts: Sequence[Sequence[str]]) -> list[tuple[Again, ...]]:
    """Return the same of every telling of a story.

    It is the first to ask for arrays, and asks for all that are to compare the story.
    """
    np = numbers(_STEPS * sum(map(len, texts)) ** 2 // 2)
    if not np:
        return list(map(_self_repeats, texts))
    found = within(holdings(np, texts), _LOW)
    return [
        tuple(_repeats(shown, masses, list(map(traits, text))))
        for text, (shown, masses) in zip(texts, found, strict=True)
    ]


def _self_repeats(sentences: Sequence[str]) -> tuple[Again, ...]:
    looks = list(map(traits, sentences))
    if len(looks) > _FEW:
        return tuple(repeats_of(profiles_within(looks, range(len(looks))), looks))
    asked = {n for pair in within_reach(looks, _SURE) for n in pair}
    if any(n + 2 in asked for n in asked):  # what stands between two that surely repeat something may do so, too
        asked = set(range(len(looks)))
    return tuple(repeats_of(profiles_within(looks, sorted(asked)), looks)) if asked else ()


def repeats_of(own: Mapping[int, Profile], looks: Sequence[Traits]) -> list[Again]:
    """Return the same from profiles of sentences, by their places.

    Args:
        own: ascending; those left out are like none.
        looks: what is looked at in each.
    """
    shown = (
        (a, b, value)
        for b, row in zip(own, odds_within(tuple(own.values())), strict=True)
        for a, value in zip(own, row, strict=False)
        if value > _LOW
    )
    return _repeats(shown, {n: one.mass for n, one in own.items()}, looks)


def are_parallel(one: Traits, other: Traits) -> bool:
    """Return whether two sentences cannot be one statement, however alike: their figures, or those they name, differ.

    Of two outlets they may well be, who contradict each other; nobody contradicts himself within one article. Who is
    quoted with the same words may be named in two ways.
    """
    figures, others = one.figures - _SCALES, other.figures - _SCALES
    if figures and others and figures.isdisjoint(others):
        return True
    named = one.names and other.names and one.names.isdisjoint(other.names)
    return bool(named) and one.quoted.isdisjoint(other.quoted)


def _repeats(
    shown: Iterable[tuple[int, int, float]], masses: Mapping[int, float] | Sequence[float], looks: Sequence[Traits]
) -> list[Again]:
    """Return the same from what shows; the likeliest twins are told apart first.

    Args:
        shown: two sentences, and the log-odds that they say the same, if these are above `_LOW`.
        masses: what each sentence weighs.
        looks: what is looked at in each.
    """
    twins = _twins(shown, looks)
    busy = {n for _, one, other in twins for n in (one, other)}
    ranks = {n: (-((n - 1 in busy) + (n + 1 in busy)), masses[n], -n) for n in busy}
    found: dict[int, Again] = {}
    originals: set[int] = set()
    for less, one, other in sorted(twins):
        if one not in found and other not in found:
            repeat, of = (one, other) if ranks[one] < ranks[other] else (other, one)
            if repeat not in originals:
                found[repeat] = repeat, of, round(-less, 4)
                originals.add(of)
    return sorted(found.values())


def _twins(shown: Iterable[tuple[int, int, float]], looks: Sequence[Traits]) -> list[_Twin]:
    """Return the pairs of sentences that say the same: surely, or likely and between two that surely do."""
    shown = list(shown)
    surely = {twin for twin in _likely(shown, looks, _SURE) if _is_sure(*twin, looks)}
    sure = {n for _, a, b in surely for n in (a, b)}
    between = {n + 1 for n in sure if n + 2 in sure}
    if not between:
        return list(surely)
    beside = [(a, b, value) for a, b, value in shown if a in between or b in between]
    return list(surely.union(_likely(beside, looks, _LOW)))


def _likely(shown: Iterable[tuple[int, int, float]], looks: Sequence[Traits], least: float) -> list[_Twin]:
    """Return the pairs of sentences that may say the same, of those with log-odds above *least*."""
    return [
        (-score, a, b)
        for a, b, value in shown
        if value > least and (score := logistic(value)) >= PERHAPS_REPEATED and not are_parallel(looks[a], looks[b])
    ]


def _is_sure(less: float, one: int, other: int, looks: Sequence[Traits]) -> bool:
    here, there = looks[one].spelt, looks[other].spelt
    return less <= -REPEATED or (less <= -REPEATED_WHOLE and (here in there or there in here))
