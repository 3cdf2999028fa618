"""Words that are one word in two spellings: British and American, hyphened or not, a name romanised twice."""

from __future__ import annotations

import re

from generator.compare.remembered import of_words

_RULES = (
    (re.compile(r"[-.’']"), ""),
    (re.compile(r"ence(s|d|less)?$"), r"ense\1"),
    (re.compile(r"(?<=\w{3})our(s|ed|ing|able|ite|hood|al)?$"), r"or\1"),
    (re.compile(r"(?<=\w{3})re(s|d)?$"), r"er\1"),
    (re.compile(r"(?<=\w{3})i[sz]ation(s)?$"), r"ization\1"),
    (re.compile(r"(?<=\w{3})[iy]s(e|es|ed|ing|er|ers)$"), r"iz\1"),
    (re.compile(r"(?<=\w{3})[iy]z(e|es|ed|ing|er|ers)$"), r"iz\1"),
    (re.compile(r"ogue(s)?$"), r"og\1"),
    (re.compile(r"gramme(s|d)?$"), r"gram\1"),
    (re.compile(r"([bcdfghjklmnpqrstvwxz])\1"), r"\1"),
    (re.compile(r"y+"), "i"),
)
#: British spellings that no rule tells, with the American ones.
_PAIRS = dict(
    pair.split("/")
    for pair in """adviser/advisor advisers/advisors ageing/aging aluminium/aluminum cheque/check cheques/checks
    grey/gray
    jewellery/jewelry kerb/curb kerbs/curbs manoeuvre/maneuver manoeuvres/maneuvers moustache/mustache mum/mom
    plough/plow ploughed/plowed pyjamas/pajamas sceptic/skeptic sceptics/skeptics sceptical/skeptical
    scepticism/skepticism sulphur/sulfur tyre/tire tyres/tires""".split()
)
#: Words to which no rule applies: the rules would make two words one.
_ALONE = frozenset({"four", "hour", "hours", "your", "our", "tour", "tours", "sour", "it's", "its", "were", "we're"})


@of_words
def spelling_key(norm: str) -> str:
    """Return what all spellings of a word have in common.

    :param norm: a word in its normal form (`Token.norm`).
    """
    if norm in _ALONE or not norm.replace("-", "").replace("'", "").isalpha():
        return norm
    key = _PAIRS.get(norm, norm)
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key or norm
