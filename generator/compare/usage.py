"""What each telling does to a thing, and what it calls it: the verb and the adjective before a noun that they share.

Without a parser. A word is taken for a verb if it, or another form of it in the story, has a verb's ending or stands
behind `to` or an auxiliary; for an adjective by its ending or a short list. English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import compress, count, pairwise

from generator.compare.remembered import of_texts, of_words
from generator.compare.speakers import is_saying
from generator.compare.text import STOP_WORDS, stem
from generator.compare.tokens import tokens
from generator.model import Passage, Segment, Token, Wording, WordingReading

#: Words from a verb to its object, at most; adjectives in a row, at most; letters that forms of one word share.
_REACH, _ROW, _ROOT = 7, 2, 6
#: What a verb's bare form stands behind.
_BEFORE_VERBS = frozenset("to will would could should must may might can cannot did does do".split())
#: What ends the search for the verb of a noun: another clause, another subject, another verb.
_CLAUSES = frozenset(
    """that which who whom whose whether if because when while where after before until since although though unless and
    but or nor as than so then how why what there he she it they we i you is are was were be been being am has have had
    do does did will would could should must may might can not regarding concerning including during amid according
    following""".split()
)
#: What makes the noun before it a subject.
_AUXILIARIES = frozenset(
    "is are was were be been has have had do does did will would could should must may might can cannot".split()
)
_SAID = frozenset({"said", "say", "says", "saying"})
#: What may stand between a verb and its object, if right behind the verb.
_PREPOSITIONS = frozenset(
    "in to on for with at from about by into against over under between through of upon off out up down".split()
)
#: “a series of shipments” is shipments.
_QUANTITIES = frozenset("series number batch lot range group set couple wave string pair host round kind sort".split())
_DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your some any no every each several many most all".split()
)
#: What has a verb's ending but is none.
_NO_VERBS = frozenset(
    """according amid evening hundred including indeed kindred morning naked nothing red regarding sacred sibling
    something wedding wicked anything everything concerning""".split()
)
_IRREGULAR = frozenset(
    """became began bought broke brought built burned caught chose cut drew drove fell felt forbade fought found gave
    grew held hit hurt kept knew laid led left lost met paid ran rose saw sent set shot shut sold sought spent split
    spoke stood struck swept swore taught threw took won wore wrote""".split()
)
_VERB_ENDINGS = ("ed", "ing")
_ADJECTIVE_ENDINGS = tuple("al ous ive ful less able ible ical ic ant ent ary ish est".split())
_ADJECTIVES = frozenset(
    """angry bad big bitter bleak blunt bold brief broad brutal calm clear cold costly critical cruel crucial dark
    deadly deep dire direct dismal easy fair fast fatal fierce final fine firm frank fresh frosty full good grave great
    grim hard harsh heavy high huge hot key large late lengthy likely little long lost low major massive mere mild minor
    narrow new noisy old open partial petty poor quick quiet rare raw real recent rich risky rough sad safe severe sharp
    short sick slight slow small soft sour special stark steady steep stern strange strict strong sudden sure sweet
    swift tense thin thorny tight tiny total tough true urgent usual vast violent vital vivid warm weak weary weird
    wide wild wise worse worst wrong young""".split()
)
#: What has an adjective's ending but is a noun, or an adjective that sorts rather than judges.
_SORTS = frozenset(
    """accident agent agreement amendment animal apartment appointment approval argument arrest arrival assessment
    capital central client clinic comment commitment criminal critic department deployment denial development digital
    diplomatic document economic election electoral element employment engagement environment equipment event executive
    experiment federal festival financial foreign forest general global government harvest hospital identical industrial
    infant instant institutional interest internal international investment involvement journal judicial legal local
    logic management manifest material medical military moment monument movement municipal music national natural naval
    nuclear official original parliament participant patent patient payment perspective policy political presidential
    principal proposal protest public refusal regional removal representative request resident restaurant rest rival
    royal sentiment servant settlement signal social statement student survival talent tenant testament topic traffic
    treatment trial tropical urban vest visual withdrawal library secretary salary boundary anniversary summary diary
    glossary commentary documentary missionary dispensary estuary sanctuary statuary planetary monetary budgetary
    parliamentary elementary""".split()
)

Reading = tuple[Segment, int, int, str]
"""A sentence, where in it the words before a noun begin and the noun stands, and the word that is compared, as a root.
"""


class Usage:
    """How a story's words are used, as far as their forms and neighbours show."""

    def __init__(self, segments: Iterable[Segment], people: frozenset[str]) -> None:
        """Learn from all sentences of a story which of its words are verbs; *people* are surnames."""
        self._people = people
        self._verbs = frozenset[str]().union(*[_verbs_in(segment.text) for segment in segments])

    def places(self, passage: Passage, segments: Sequence[Segment]) -> Iterator[Wording]:
        """Yield the noun about which a passage's tellings differ most in their verb, and that in its adjective."""
        base = next((segment for segment in segments if segment.id == passage.base), None)
        if base is None or all(segment.text == base.text for segment in segments):
            return
        # Many tellings have the same sentence.
        nouns_of, verb = cache(self._nouns), cache(self._verb)
        own = nouns_of(base.text)
        named = {
            word: [(segment, place) for segment in segments for place in nouns_of(segment.text).get(word, ())]
            for word in own
        }
        tellings = {word: len({segment.sigil for segment, _ in there}) for word, there in named.items()}
        nouns = sorted([(place, word) for word, count in tellings.items() if count > 1 for place in own[word]])
        for before in (verb, _adjective):
            noun, readings, most = 0, list[Reading](), (0, 0)
            for place, word in reversed(nouns):  # of two as good the latter counts, which is the head of its phrase
                if (tellings[word], tellings[word]) > most and (found := _differing(named[word], before)):
                    ways = len(found), len({key for *_, key in found})
                    if ways > most:
                        noun, readings, most = place, found, ways
            if readings:
                told = tuple([WordingReading(segment.sigil, _words(segment, *at)) for segment, *at, _ in readings])
                yield Wording(passage.id, base.tokens[noun].text.strip(), told)

    def _nouns(self, text: str) -> dict[str, list[int]]:
        """Return where in a sentence the nouns of each stem stand that a verb or adjective may be about."""
        found: dict[str, list[int]] = {}
        for place, norm in _nouns_in(text):
            if norm not in self._people:
                found.setdefault(stem(norm), []).append(place)
        return found

    def _is_verb(self, token: Token) -> bool:
        norm = token.norm
        if token.text[:1].isupper() and not norm.endswith("ing"):
            return False  # “Repairs to the roof”
        return is_saying(norm) or (
            norm not in STOP_WORDS and norm not in _NO_VERBS and (norm in _IRREGULAR or stem(norm) in self._verbs)
        )

    def _verb(self, text: str, place: int) -> tuple[int, str] | None:
        """Return where the verb begins whose object stands at *place*, with an adverb before it, and its root."""
        sentence, at = tokens(text), place - 1
        if place + 1 < len(sentence) and sentence[place + 1].norm in _AUXILIARIES:
            return None  # “said delays would …”: the noun is a subject
        while at > max(-1, place - 1 - _REACH):
            norm = sentence[at].norm
            if norm in _SAID:
                return None  # “said delays at the bridge …”: what is said is a clause
            if self._is_verb(sentence[at]) and not _modifies(sentence, at, place):
                adverb = at > 0 and sentence[at - 1].norm.endswith("ly") and sentence[at - 1].norm not in STOP_WORDS
                return at - adverb, _root(norm)
            if not norm.replace("-", "").isalpha() or norm in _CLAUSES:
                return None
            if norm == "of" and at and sentence[at - 1].norm in _QUANTITIES:
                at -= 1
            elif norm in _PREPOSITIONS and not (at and self._is_verb(sentence[at - 1])):
                return None
            at -= 1
        return None


@of_texts(2048)
def _nouns_in(text: str) -> tuple[tuple[int, str], ...]:
    """Return where words stand in a sentence that have a noun's form and are no part of another, and what they are."""
    sentence = tokens(text)
    may_be = map(_may_be_noun, [token.norm for token in sentence])
    return tuple([(place, sentence[place].norm) for place in compress(count(), may_be) if _is_noun(sentence, place)])


def _is_noun(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word of a noun's form is one that a verb or adjective is about: no name, no part of another."""
    if tokens[place].text[:1].isupper():
        return False
    after = tokens[place + 1].norm if place + 1 < len(tokens) else ""
    goes_on = after.isalpha() and after not in STOP_WORDS
    return not goes_on or after in _IRREGULAR or after.endswith(("ly", *_VERB_ENDINGS))


@of_texts(2048)
def _adjective(text: str, place: int) -> tuple[int, str] | None:
    """Return where the adjectives right before *place* begin, and the root of the last."""
    sentence, at = tokens(text), place
    while at > max(0, place - _ROW) and _is_adjective(sentence[at - 1].norm) and not sentence[at - 1].text[0].isupper():
        at -= 1
    if at == place or (sentence[at].norm.endswith(_VERB_ENDINGS) and not _modifies(sentence, at, place)):
        return None
    return at, _root(sentence[place - 1].norm)


def _differing(
    named: Sequence[tuple[Segment, int]], before: Callable[[str, int], tuple[int, str] | None]
) -> list[Reading]:
    """Return what each telling puts before a noun, where at least two put different words; else nothing.

    :param named: the sentences that name it, and where.
    """
    first: dict[str, Reading] = {}
    for segment, place in named:
        if segment.sigil in first:
            continue
        found = before(segment.text, place)
        if found is not None and found[1] != _root(segment.tokens[place].norm):
            first[segment.sigil] = segment, found[0], place, found[1]
    readings = list(first.values())
    return readings if len({key for *_, key in readings}) > 1 else []


def _words(segment: Segment, start: int, noun: int) -> str:
    """Return the words of a sentence from a place to a noun, verbatim."""
    return "".join([token.text for token in segment.tokens[start : noun + 1]]).strip()


@of_words
def _root(norm: str) -> str:
    return stem(norm)[:_ROOT]


def _modifies(tokens: Sequence[Token], at: int, place: int) -> bool:
    """Whether a verb's form is an adjective of the noun at *place*: “the ongoing war”."""
    if not tokens[at].norm.endswith(_VERB_ENDINGS):
        return False
    before = tokens[at - 1].norm if at else ""
    return (
        before in _DETERMINERS or before.endswith("'s") or before in _PREPOSITIONS or _is_adjective(before)
    ) and all(_is_adjective(token.norm) or token.text[:1].isupper() for token in tokens[at + 1 : place])


@of_texts(2048)
def _verbs_in(text: str) -> frozenset[str]:
    """Return the stems of a sentence's words that are verbs by their ending, or by what stands before them."""
    sentence = tokens(text)
    norms = [token.norm for token in sentence]
    found = [token.norm for token in compress(sentence, map(_ends_as_verb, norms)) if not token.text[:1].isupper()]
    if not _BEFORE_VERBS.isdisjoint(norms):
        found += [
            token.norm
            for before, token in pairwise(sentence)
            if before.norm in _BEFORE_VERBS and _may_be_verb(token.norm) and not token.text[:1].isupper()
        ]
    return frozenset(map(stem, found))


@of_words
def _ends_as_verb(norm: str) -> bool:
    return len(norm) > 4 and norm.endswith(_VERB_ENDINGS) and _is_word_of_its_own(norm)


def _may_be_verb(norm: str) -> bool:
    return _is_word_of_its_own(norm) and norm not in _ADJECTIVES and not norm.endswith("ly")


def _is_word_of_its_own(norm: str) -> bool:
    return norm.isalpha() and norm not in STOP_WORDS and norm not in _NO_VERBS


@of_words
def _may_be_noun(norm: str) -> bool:
    """Whether a word has the form of a noun that a verb or adjective may be about."""
    if len(norm) < 3 or not norm.isalpha() or norm in STOP_WORDS:
        return False
    return not norm.endswith(("ly", *_VERB_ENDINGS)) and not _is_adjective(norm)


@of_words
def _is_adjective(norm: str) -> bool:
    if norm in STOP_WORDS or norm in _SORTS or norm in _NO_VERBS or not norm.isalpha():
        return False
    return norm in _ADJECTIVES or (len(norm) > 5 and norm.endswith((*_ADJECTIVE_ENDINGS, *_VERB_ENDINGS)))
