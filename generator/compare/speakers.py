"""Who is said to have said it: the name nearest to a verb of saying, by the sentence's own shape.

A shallow reading of English news prose, with no parser: what is not found stays the empty string.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from generator.compare.institutions import is_institution
from generator.compare.quotations import Quotation, masked, quotations
from generator.compare.remembered import of_texts
from generator.compare.scanning import late, words_in
from generator.compare.speaker_words import (
    ADDING_THE,
    ADVERB,
    ADVERBS,
    BEFORE_NAMES,
    HONORIFIC,
    NAME,
    NO_NAMES,
    NOT_WHEN,
    NOUN,
    OFFICE,
    OFFICES,
    PARTICLE,
    PEOPLE,
    PERSONS,
    PRONOUN,
    QUALITIES,
    SAID,
    SAY,
    SAYING,
    SAYING_IN,
    SAYING_THAT,
    SEVERAL,
    SEVERAL_PEOPLE,
    TITLE,
    TITLES,
    VERB,
    VERB_OR_ADVERB,
    VERBS_OF_BEING,
    WORD,
)
from generator.compare.speakers_abroad import speaker_beside, without_offices

#: “the war in Ukraine, officials said”: what follows a preposition is no subject.
_BRACKET = r"(?:\s+\([^()]{1,40}\))?"
_APPOSITION = r"(?:,[^\x01]{1,120}?,)?"
_NO_PREPOSITION = "".join(rf"(?<!\b{word} )" for word in ("in", "to", "of", "on", "at", "by", "for", "from", "with"))

#: The small words with which a subject begins; seldom does any other word stand where one may.
_OPENINGS = "|".join([*"a al an he her his its my one our she the their they who".split(), *QUALITIES, *SEVERAL_PEOPLE])
_SUBJECT = late(
    rf"\b(?=[A-Z]|(?:{_OPENINGS})\b){_NO_PREPOSITION}(?P<who>{NAME}|{NOUN}|{PRONOUN})(?:\s+(?:of|at|from)\s+{NAME})?"
    rf"{_BRACKET}(?:,\s+(?P<called>{NAME}),|,[^,\x01]{{1,60}},)?{ADVERB}\s+{SAY}"
)
#: An office before a name, which no clause or place comes into: “harbour master Ada Stone”.
_BEFORE_A_NAME = (
    r"(?:(?!(?:and|or|but|as|when|while|that|which|who|where|because|if|after|before|since|though|although|so|than|of|at"
    r"|in|on|from|for|by|with|to|be)\b)[a-z][a-z’-]*\s+)"
)
#: “Conservative group leader Martin Cole”, as far as the name: the house is not who speaks.
_OF_A_HOUSE = (
    rf"(?:{WORD}\s+){{1,3}}{_BEFORE_A_NAME}{{0,2}}?"
    rf"(?:{OFFICE}|leader|chief|boss|coach|manager|lawmaker|senator|mayor|director|lawyer|{PEOPLE})\s+"
)
#: “A spokesman for Kessler, Tom Varga, declined”: of whom this is said is a person.
_CALLED = late(
    rf"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir)\s+(?:{_BEFORE_A_NAME}|{WORD}\s+){{0,4}}?(?:{PEOPLE}|{OFFICE}|mayor|chief|leader|director)"
    rf"(?:\s+(?:for|of|at|from)\s+(?:the\s+)?{NAME})?,\s+(?P<who>{NAME}),"
)
#: One of these words is in every text that it matches; see `words_in`.
_CALLED_IN = frozenset(
    word.encode()
    for word in (*PERSONS, *(f"{word}s" for word in PERSONS), *OFFICES, "mayor", "chief", "leader", "director")
)
#: “…, Ushakov said.”, “…, spokesman Tom Lee said.”
_AT_THE_END = re.compile(
    rf",[”\"’]?\s+(?:(?P<who>{NAME}|{NOUN}|{PRONOUN})|{_BEFORE_A_NAME}{{1,4}}?(?P<officer>{NAME})){ADVERB}\s+{VERB}\W*$"
)
#: “…, said harbour master Ada Stone of the port, who had seen it.” A description names people or an office: “…, said
#: the quay was safe” is what somebody else said.
_INVERTED_AT_THE_END = late(
    rf",[”\"’]?\s+(?:said|says|added|adds|explained|noted)\s+"
    rf"(?:{_BEFORE_A_NAME}{{0,5}}?(?P<who>{NAME})"
    rf"|(?P<other>{SEVERAL}|(?:the|an?|one|his|her|their)\s+(?:[\w’.-]++\s+){{0,4}}?(?:{PEOPLE}|{OFFICE}|mayor|chief|master)\b))"
    r"(?:\s+(?:of|at|from|for|on|in)\s[^,\x01]{1,60}?)?(?:,?\s+who\b[^,\x01]{1,100}|,[^,\x01]{1,80})?\W*$"
)
#: Whoever speaks with somebody, or does not answer, is no source for what is told of it.
_TALKS = late(r"\b(?:sp(?:eaks?|oke|eaking)(?=\s(?:about|by|with|to|on|for)\b)|continu(?:es?|ed|ing)(?=\sto\b|\W*$))")
#: “We wrote again,” Ada Stone said: where a quotation has begun a sentence before.
_FIRST_PERSON = frozenset({"i", "we"})
_SAYS_NOT = late(r"\b(?:not|never)\s|n[’']t\s")
#: “…, noting that the bridge was safe”: what the sentence's subject adds to what it does.
_ADDING = late(rf",\s+{VERB}\s+(?P<what>\w+)")
_WHAT = frozenset("that how what he she it they there".split())
_THE = frozenset("the a an this these those his her its their".split())
#: A sentence that begins with its subject, however much stands between it and the verb.
_OPENING = late(
    rf"^(?:(?:But|And|Then|Later|Meanwhile),?\s+|[A-Z][a-z]+ing\b[^,\x01]{{0,60}},\s+)?"
    rf"(?:[a-z’-]+\s+){{0,3}}(?:{HONORIFIC})?(?P<who>{NAME}|{NOUN}|{PRONOUN})"
)
#: The words of a text; and those of its rest, which may begin within one.
_WORDS, _FURTHER_WORDS = re.compile(r"\w+"), re.compile(r"\b\w+")
#: Whoever is described behind the verb, as far as the description goes: “said the fire chief, …”, “… on Friday”.
_DESCRIBED = (
    rf"(?:[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y)\s+(?:{NOT_WHEN}[\w-]++\s+){{0,3}}?{NOT_WHEN}[a-z][\w-]++"
    r"(?=\s*(?:[,.;:]|$)|\s+(?:after|at|before|by|close|during|for|from|in|of|on|to|when|while|who|with)\b)"
)
_INVERTED = re.compile(
    rf"\x01[”\"’»“]?,?\s+{VERB}\s+(?:(?:(?!(?:after|at|before|during|in|on|when|while)\s)[a-z’-]+\s+){{0,5}}?(?:{_OF_A_HOUSE}(?P<officer>{NAME})|(?P<who>{NAME})(?![\w’']))|(?P<other>{_DESCRIBED}|{NOUN}|{PRONOUN}))"
    rf"(?:,\s+(?P<called>{NAME})(?=\s*(?:[,.;:]|$)))?"
)
_SAID_BY = late(rf",\s+said\s+(?:[a-z’-]+\s+){{0,5}}?(?P<who>{NAME})")
_ACCORDING = late(
    rf"[Aa]ccording to (?:(?:[\w’'-]+\s+){{0,6}}?{OFFICE}\s+(?P<officer>{NAME})"
    rf"|(?P<several>{SEVERAL}|(?:[A-Z][\w.-]*\s+){{1,3}}{PEOPLE}\b(?!\s+[A-Z]))"
    rf"|(?:(?!the\s+[A-Z])[a-z’'-]+\s+){{0,5}}(?P<who>{NAME}))"
)
_RELATIVE = re.compile(rf"(?P<who>{NAME})(?:\s+\([^)]*\))?,\s+who(?={VERB_OR_ADVERB})")
_AFTER = late(rf"[”\"’»“',.]*\s*(?P<who>(?:{HONORIFIC}|{TITLE})?(?:{NAME}|{NOUN}|{PRONOUN}))")
_VERB_AFTER = late(rf"(?:,\s+(?P<called>{NAME}),|,[^,\x01]{{1,60}},)?{VERB_OR_ADVERB}")
#: What every match of `_RELATIVE` holds.
_WHO = late(r",\s+who\b")
_ADVERB_ALONE = late(ADVERBS)
#: German writes nouns with a capital: “die Pläne: „…“” names nobody.
_NO_ARTICLE_ABROAD = "".join(
    rf"(?<!\b{word}\s)"
    for word in "der die das den dem des ein eine einen einem einer seine ihre la le les el los las un une una".split()
)
_COLON = late(rf"(?:^|\s){_NO_ARTICLE_ABROAD}(?P<who>{NAME})(?:,[^:\x01]{{1,80}})?:\s*[“\"‘«„]?$")
_PERSON = late(NAME)
_ANY_SEVERAL = late(SEVERAL)
#: “Carla Neri, 34,”; and what every match of it holds.
_A_NUMBER_APART = late(r", \d\d?[,;.)]")
_YEARS_OLD = late(rf"(?P<who>{WORD}(?:\s+(?:{PARTICLE}\s+)?{WORD}){{1,3}}), \d{{1,2}}(?=[,;.)](?!\d))")
_TITLED = late(rf"(?:{HONORIFIC}|{TITLE})(?P<who>{NAME})")

#: What stands before the rest of a name that a preposition governs.
_CUT = late(r"\b(?:at|of|from|with|by|for|in|to|on)\s+(?:the\s+)?([A-Z][\w&-]*)\s+$")


@of_texts(2048)
def speaker_of(sentence: str, spans: tuple[Quotation, ...], quotation: Quotation) -> str:
    """Return whom *sentence* names as the speaker of *quotation*, or an empty string.

    :param sentence: the whole sentence.
    :param spans: every quotation in it.
    :param quotation: one of *spans*.
    :returns: the name without titles (`Yuri Ushakov`), a description (`the congressional aide`), or the
        bare pronoun (`he`) where the sentence has nothing better; `resolve` finds whom a pronoun means.
    """
    outside = masked(sentence, spans)
    after, before = outside[quotation.end :], outside[: quotation.start]
    tail = "\x01" + after
    named = (
        _first(_INVERTED, tail, at_start=True)
        or _just_after(after)
        or _last(_RELATIVE, before)
        or _last(_SUBJECT, before)
        or _last(_COLON, before)
        or _first(_ACCORDING, outside)
        or _first(_SUBJECT, after).removeprefix("who")  # that belongs to somebody else
        or _opening(before)
    )
    return without_offices(named) if named else speaker_beside(before, after)


def speaker_first(sentence: str) -> str:
    """Return whom a sentence names that begins with the attribution of what stood before it: “Okafor said.”"""
    return _just_after(" " + sentence)


def people_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the surnames, lower-cased, of those whom *texts* show to be persons: they speak, or bear a title."""
    return frozenset().union(*map(_people, texts))


@of_texts(2048)
def _people(text: str) -> frozenset[str]:
    patterns = (_SUBJECT, _RELATIVE, _TITLED, _CALLED, _YEARS_OLD)
    if not _last_saying(text) and not any(_may_match(pattern, text) for pattern in patterns[2:]):
        return frozenset()
    found = chain.from_iterable(_matches(pattern, text) for pattern in patterns)
    behind = _matches(_INVERTED, masked(text, quotations(text)))
    named = map(_who, filter(_is_said, chain(found, behind)))
    return frozenset(surname(who) for who in named if is_name(who))


def spoke_in(text: str) -> str:
    """Return who is named last in a text as the subject of a verb of saying: “Stevens says, but she cautions that”."""
    named = (_who(match) for match in reversed(_subjects(text)))
    return next(filter(is_name, named), "")


def resolve(earlier: Sequence[str], people: frozenset[str]) -> str:
    """Return the person that a pronoun most likely means, from the sentences before it, nearest last.

    The speaker of the nearest sentence that names one, else the person it mentions last. Gender seldom
    decides between the people of one story, so it is not asked.

    :param people: see `people_in`.
    """
    for sentence in reversed(earlier):
        said = _last(_SUBJECT, sentence)
        if is_name(said) and surname(said) in people:
            return said
        names = [name for name in _names_in(sentence) if surname(name) in people]
        if names:
            return names[-1]
    return ""


@of_texts(2048)
def _names_in(text: str) -> tuple[str, ...]:
    """Return what may be names in a text, in order."""
    return tuple(map(_bare, _PERSON.findall(text)))


def is_name(speaker: str) -> bool:
    """Whether *speaker* names a person, rather than describing one, or an institution (`the Kremlin`)."""
    words = speaker.split()
    if not words or words[-1][0].islower() or is_institution(speaker):
        return False
    return words[0][0].isupper() and words[0].lower() != "the" and words[-1].rstrip(".") not in TITLES


def is_pronoun(speaker: str) -> bool:
    """Whether *speaker* is only a pronoun."""
    return speaker.lower() in {"he", "she", "they", "who", "it", "i", "we"}


def source_of(sentence: str, spans: tuple[Quotation, ...]) -> str:
    """Return whom *sentence* as a whole rests on: “according to …”, “… said”; empty where nobody is named.

    Of several it is the outermost: in “the aide said the president was ready” the aide.
    """
    outside = masked(sentence, spans)
    return (
        _first(_ACCORDING, outside)
        or _first(_INVERTED, outside)
        or _first(_AT_THE_END, outside)
        or _first(_INVERTED_AT_THE_END, outside)
        or _outermost(outside)
        or _adding(outside)
    )


def _adding(text: str) -> str:
    """Return the subject of a sentence that goes on with a participle of saying."""
    for match in _ADDING.finditer(text):
        verb, what = match["verb"], match["what"]
        if (what in _WHAT and verb in SAYING_THAT) or (what in _THE and verb in ADDING_THE):
            return _opening(text[: match.start()])
    return ""


def _outermost(text: str) -> str:
    """Return the first who says something in *text*, rather than speaking with somebody or not answering."""
    for match in _found(_SUBJECT, text):
        who = _who(match)
        talks = _TALKS.search(match[0] + text[match.end() : match.end() + 12])
        if who and who not in _FIRST_PERSON and not talks and not _SAYS_NOT.search(match[0]):
            return who
    return ""


def subject_of(sentence: str) -> str:
    """Return whom a sentence without a quotation makes speak, or else begins with; for the quotation behind it."""
    return _last(_SUBJECT, sentence) or _last(_SAID_BY, sentence) or _opening(sentence)


def is_saying(norm: str) -> bool:
    """Whether a word, in its normal form, is a form of a verb of saying."""
    return norm in SAYING


def surname(speaker: str) -> str:
    """Return the last word of a name, lower-cased: what two articles' namings of one person share."""
    words = speaker.split()
    return words[-1].casefold() if words else ""


def _just_after(after: str) -> str:
    """“…,” Mr. Trump acknowledged: a subject and its verb directly behind the closing mark."""
    match = _AFTER.match(after)
    verb = _VERB_AFTER.match(after, match.end()) if match else None
    return _called(_who(match), verb["called"]) if match and verb and _says(verb["says"]) else ""


def _opening(before: str) -> str:
    """“Trump was direct in his assessment, stating he “…”: the sentence's subject, if it opens with one.

    A name will do; a description or a pronoun needs a verb of saying behind it.
    """
    match = _OPENING.match(before)
    named = _who(match) if match else ""
    if " " not in named and named.endswith(("ing", "ed", "ly")):
        return ""  # “Acknowledging that …”
    if match and (is_name(named) or not SAYING.isdisjoint(_FURTHER_WORDS.findall(before, match.end()))):
        return named
    return ""


def _first(pattern: re.Pattern[str], text: str, *, at_start: bool = False) -> str:
    match = pattern.match(text) if at_start else next(_found(pattern, text), None)
    return _who(match) if match and _is_said(match) else ""


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = ""
    for match in _found(pattern, text):
        found = _who(match) or found
    return found


def _matches(pattern: re.Pattern[str], text: str) -> Iterable[re.Match[str]]:
    """Return the matches of a pattern, which is tried on no text without what every match of it holds."""
    if pattern is _SUBJECT:
        return _subjects(text)
    return pattern.finditer(text) if _may_match(pattern, text) else ()


def _may_match(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text holds what every match of a pattern holds: a verb of saying, mostly; few sentences do."""
    if pattern is _ACCORDING:
        return "ccording to " in text
    if pattern is _TITLED:
        return BEFORE_NAMES.search(text) is not None
    if pattern is _COLON:
        return ":" in text
    if pattern is _YEARS_OLD:
        return _A_NUMBER_APART.search(text) is not None
    if pattern is _CALLED:
        return text.count(",") > 1 and not _CALLED_IN.isdisjoint(words_in(text))
    if (pattern is _INVERTED and "\x01" not in text) or (pattern is _RELATIVE and not _WHO.search(text)):
        return False
    return _last_saying(text) > 0


@of_texts(2048)
def _subjects(text: str) -> tuple[re.Match[str], ...]:
    """Return the matches of `_SUBJECT`; each ends with a verb of saying, so that none is looked for behind the last."""
    end = _last_saying(text)
    return tuple(_SUBJECT.finditer(text, 0, end)) if end else ()


@of_texts(4096)
def _last_saying(text: str) -> int:
    """Return where the last verb of saying in a text ends; 0 where there is none."""
    return max([_last_end(word.decode(), text) for word in SAYING_IN & words_in(text)], default=0)


def _last_end(word: str, text: str) -> int:
    """Return where a word ends that stands in a text for the last time; 0 where it does not."""
    end = len(text)
    while (at := text.rfind(word, 0, end)) >= 0:
        end = at + len(word)
        if (not at or not _WORDS.match(text, at - 1)) and not _WORDS.match(text, end):
            return end
        end -= 1
    return 0


def _found(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that do not begin within a name: `Economics` in “at Capital Economics warned”."""
    for match in _matches(pattern, text):
        cut = _CUT.search(text, max(0, match.start() - 60), match.start())
        whole = cut is None or cut[1] in NO_NAMES or BEFORE_NAMES.match(text, match.start())
        if whole and _is_said(match):
            yield match


def _is_said(match: re.Match[str]) -> bool:
    """Whether the words where a match has a verb of saying are one, where the pattern itself leaves that open."""
    if match.re is _INVERTED or match.re is _AT_THE_END:
        return match["verb"] in SAID
    return match.re is not _RELATIVE or _says(match["says"])


def _says(words: str) -> bool:
    """Whether the first of one or two words is a verb of saying, or an adverb before one."""
    first, *rest = words.split()
    return first in SAYING or (not SAYING.isdisjoint(rest) and _ADVERB_ALONE.fullmatch(first) is not None)


def _who(match: re.Match[str]) -> str:
    """Return whom a match names: of “the mayor, Ida Lund,” the name."""
    groups = match.groupdict()
    called = groups.pop("called", "")
    groups.pop("verb", "")
    return _called(_bare(next(filter(None, groups.values()), "")), called)


def _called(who: str, name: str | None) -> str:
    """Return the name that stands beside a description, if one does: “the mayor, Ida Lund,”."""
    described = who[:1].islower() or who.rpartition(" ")[2][:1].islower()
    named = _bare(name) if name and described and not is_pronoun(who) else ""
    return named if is_name(named) else who


#: “La alcaldesa Ida Lund dijo …”: an article that begins a sentence of another language is nobody's name.
_ARTICLES_ABROAD = [[word] for word in "La Le Les El Los Las Il Lo Gli Un Una Une Der Die Das Ein Eine".split()]
#: “Un TGV sur deux”: a thing, and not the name of one.
_ANY_ABROAD = frozenset({"Un", "Une", "Una"})
#: Words within what looks like a name that only a headline writes so: “Harper Now Calls To Close”.
_IN_HEADLINES = frozenset(
    "To The Of Is Are On In At For With Into When Now And Or By From Against A An His Her It".split()
)
_DETERMINERS = frozenset("a an her his its my one our the their".split())


def _bare(name: str) -> str:
    """Strip titles and words that only look like names; keep a description as it stands."""
    if is_pronoun(name):
        return name.lower()
    words = re.sub(r"[’']s$", "", name).split()
    if _ANY_SEVERAL.fullmatch(name):
        return name[0].lower() + name[1:]
    article = words[0] if words and words[0].lower() in _DETERMINERS else ""
    rest = words[1:] if article else words
    if article and rest and rest[0].islower():
        return "" if rest[-1] in VERBS_OF_BEING or len(words) > 5 else " ".join(words).lower()
    if article and rest and rest[-1][0].islower():  # “a Kremlin aide”
        return " ".join([article.lower(), *rest])
    offices = [place for place, word in enumerate(rest[:-1], 1) if word.rstrip(".") in TITLES]
    named = rest[offices[-1] :] if offices else list(rest)
    while named and named[0] in NO_NAMES:
        named = named[1:]
    if all(len(word.rstrip(".")) < 2 for word in named) or named in _ARTICLES_ABROAD or named[0] in _ANY_ABROAD:
        return ""
    if not _IN_HEADLINES.isdisjoint(named[1:]):
        return ""
    return "the " + " ".join(rest) if article.lower() == "the" and named == rest else " ".join(named)
