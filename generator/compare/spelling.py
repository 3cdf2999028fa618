"""Words that are one word in two spellings: British and American, hyphened or not, a name romanised twice."""

from __future__ import annotations

import re

from generator.compare.remembered import of_words

#: What a word must end with for a rule to change it, the rule, and what is put in its place.
_ENDINGS = tuple(
    (tuple(stem + end for stem in stems.split() for end in ends.split("|")), re.compile(pattern), put)
    for stems, ends, pattern, put in (
        ("ence", "|s|d|less", r"ence(s|d|less)?$", r"ense\1"),
        ("our", "|s|ed|ing|able|ite|hood|al", r"(?<=\w{3})our(s|ed|ing|able|ite|hood|al)?$", r"or\1"),
        ("re", "|s|d", r"(?<=\w{3})re(s|d)?$", r"er\1"),
        ("isation ization", "|s", r"(?<=\w{3})i[sz]ation(s)?$", r"ization\1"),
        ("is ys", "e|es|ed|ing|er|ers", r"(?<=\w{3})[iy]s(e|es|ed|ing|er|ers)$", r"iz\1"),
        ("iz yz", "e|es|ed|ing|er|ers", r"(?<=\w{3})[iy]z(e|es|ed|ing|er|ers)$", r"iz\1"),
        ("ogue", "|s", r"ogue(s)?$", r"og\1"),
        ("gramme", "|s|d", r"gramme(s|d)?$", r"gram\1"),
    )
)
_MARKS, _DOUBLED, _YS = re.compile(r"[-.’']"), re.compile(r"([bcdfghjklmnpqrstvwxz])\1"), re.compile(r"y+")
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
    if not key.isalpha():
        key = _MARKS.sub("", key)
    for endings, pattern, put in _ENDINGS:
        if key.endswith(endings):
            key = pattern.sub(put, key)
    key = _DOUBLED.sub(r"\1", key)
    return (_YS.sub("i", key) if "y" in key else key) or norm
