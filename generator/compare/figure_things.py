"""Which things a figure is of, by the words beside it: all or a part, the dead or the hurt.

Two figures that differ are no conflict where these words say that they are of different things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.compare.figure_measures import AGE, whose_age
from generator.compare.figure_numbers import Found
from generator.compare.figure_units import MEASURES, sign_of
from generator.compare.figures import is_plural
from generator.compare.spelling import spelling_key
from generator.compare.text import stem
from generator.values import dataclass


def _by_word(words_of: Mapping[str, str]) -> dict[str, str]:
    """Return word → what it says, given the words that say each."""
    return {word: said for said, words in words_of.items() for word in words.split()}


#: Words right before or behind a number that say it is one of a part, by what part that is.
_PARTS = _by_word(
    {
        "first": "first opening initial",
        "more": "other another more further additional extra",
        "aim": "target goal threshold limit ceiling cap quota",
    }
)
#: Words right behind a span that say it only leads to another point in time, and from which side.
_DISTANCES = _by_word(
    {
        "ago": "ago",
        "earlier": "earlier before previously beforehand prior",
        "later": "later after afterwards hence",
        "end": "from",
    }
)
#: What has become of people or things, by the stems of the words that say so.
_FATES = {
    stem(spelling_key(word)): fate
    for word, fate in _by_word(
        {
            "dead": "kill killed killing kills die died dies dying dead death deaths fatal fatally slain murdered",
            "hurt": "injure injured injuring injures injury injuries wound wounded wounding wounds hurt hurting"
            " hospitalised hospitalized hospitalising hospitalizing",
            "lost": "missing unaccounted",
            "saved": "rescue rescued rescuing saved freed released",
            "held": "arrest arrested arresting arrests detained detaining jailed",
            "moved": "evacuated evacuating displaced displacing fled fleeing homeless",
        }
    ).items()
}
#: The same in other languages, by how such words begin.
_FATES_ABROAD = {
    "de": {
        "dead": "tot tödlich getöte tötet töte todes starb gestorb",
        "hurt": "verletz verwund",
        "lost": "vermiss",
        "saved": "gerettet",
        "held": "festgenommen verhafte inhaftier",
        "moved": "evakuier vertrieb geflohen geflüchtet obdachlos",
    },
    "fr": {
        "dead": "mort tué tuant décéd péri",
        "hurt": "bless",
        "lost": "dispar",
        "saved": "secour sauvé",
        "held": "arrêt interpell déten",
        "moved": "évacu déplac sans-abri",
    },
    "es": {
        "dead": "muert murier murió morir fallec asesin mató mataron",
        "hurt": "herid lesion",
        "lost": "desaparec",
        "saved": "rescat",
        "held": "deten arrest",
        "moved": "evacu desplaz",
    },
}
_BEGINNINGS = {
    language: [(beginning, fate) for fate, words in fates.items() for beginning in words.split()]
    for language, fates in _FATES_ABROAD.items()
}
#: So many words before and behind a figure, in its own clause, are asked for such a word.
_NEAR = 6
_CLAUSES = re.compile(r"[,;:–—]|\b(?:and|but|while|und|aber|während|et|mais|y|pero)\b")


@dataclass(frozen=True, slots=True)
class Things:
    """Which things a figure is of, by the words beside it."""

    part: str = ""
    """Which part of them, where that is said: “another 20”, “the first 17”; of a span, from where: “a year ago”; of a
    sum, for each of which span it is paid: “£38 a year”; of an age, whose it is."""
    fate: str = ""
    """What has become of them: one of `_FATES`, or nothing."""
    described: bool = False
    """Whether the number stands before a single thing, which it does not count: “a 6.1 earthquake”."""

    def are_others(self, than: Things) -> bool:
        """Whether figures of these and those that differ are no conflict.

        “The first 17 passes” are not all 34 of them, the 7 yard line is no number of yards, who is hurt is not dead.
        """
        fates = {self.fate, than.fate} - {""}
        return len(fates) > 1 or self.part != than.part or self.described != than.described


#: Whatever things: nothing is said.
ANY = Things()


def things_of(found: Found, said: str, before: str, after: str, language: str) -> Things:
    """Return which things a figure is of, as far as what is said in its language is understood.

    Args:
        found: the figure.
        said: the figure as it is written.
        before: what stands before it in its sentence.
        after: what stands behind it.
        language: of two letters.
    """
    if found.unit == AGE:
        return Things(part=whose_age(said, before, after) or said)  # of who knows whom: no two of them are one
    counts = found.kind == "count"
    if found.kind == "money":
        return Things(part=_each(after, language))
    if found.kind == "duration" and language == "en":
        return Things(_DISTANCES.get(next(iter(after.split()), "").rstrip(",;:."), _part(before, after)))
    if language != "en":
        return Things(fate=_fate(before, after, language)) if counts and language in _BEGINNINGS else ANY
    described = counts and found.low != 1 and not is_plural(found.unit) and found.unit not in MEASURES
    return Things(_part(before, after), _fate(before, after, language) if counts else "", described)


def _rate(each: str, **spans: str) -> re.Pattern[str]:
    """Return a pattern of a span for each of which something is paid, each in a group of its own."""
    either = "|".join(f"(?P<{span}>{words})" for span, words in spans.items())
    return re.compile(rf"\s+(?:{each})\s*(?:{either})\b")


_RATES = {
    "en": _rate("an?|per|each|every", hour="hour", day="day|night", week="week", month="month", year="year"),
    "de": _rate(
        "pro|je|im|in der|am",
        hour="Stunde",
        day="Tag|Nacht",
        week="Woche",
        month="Monat",
        year=r"Jahr(?! (?:19|20)\d\d)",
    ),
    "fr": _rate("par|l[’']", hour="heure", day="jour|nuit", week="semaine", month="mois", year="an"),
    "es": _rate("por|al|a la", hour="hora", day="día|noche", week="semana", month="mes", year="año"),
}
_EARLIER = re.compile(r"\s+(?:ago|earlier|before|later|after)\b")


def _each(after: str, language: str) -> str:
    """Return the span for each of which a sum is paid, “a year”, in one word of any language; empty for none."""
    match = _RATES[language].match(after) if language in _RATES else None
    return f"each {match.lastgroup}" if match and not _EARLIER.match(after, match.end()) else ""


def counted(unit: str, language: str) -> str:
    """Return what is counted by one name: a measure by its sign, of German nouns none with the `n` of a dative."""
    return sign_of(unit) or (unit.removesuffix("n") if language == "de" else stem(unit))


def _part(before: str, after: str) -> str:
    around = (*before.split()[-1:], *after.split()[:1])
    return next((part for word in around if (part := _PARTS.get(word.casefold().rstrip(",;:.!?"), ""))), "")


def _fate(before: str, after: str, language: str) -> str:
    """Return what has become of what is counted, where its own clause says one thing: “killed 40”, “40 were killed”.

    What stands before the figure counts first: “killing 40 people sheltering there”.
    """
    clauses = _CLAUSES.split(before)[-1].split()[-_NEAR:], _CLAUSES.split(after, maxsplit=1)[0].split()[:_NEAR]
    for clause in clauses:
        fates = {fate for word in clause if (fate := _fate_of(word.casefold().rstrip("."), language))}
        if fates:
            return fates.pop() if len(fates) == 1 else ""
    return ""


def _fate_of(word: str, language: str) -> str:
    if language == "en":
        return _FATES.get(stem(spelling_key(word)), "")
    return next((fate for beginning, fate in _BEGINNINGS[language] if word.startswith(beginning)), "")
