"""Words that tellings choose differently for one thing: verbs and adjectives of a shared noun, and persons' offices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from itertools import chain, combinations, compress, count

from generator.compare.speakers import is_saying, people_in
from generator.compare.spelling import spelling_key
from generator.compare.text import STOP_WORDS, bare, is_word
from generator.compare.usage import Usage
from generator.model import Passage, Segment, Token, Witness, Wording, WordingReading

#: Words shown before the shared one.
_BEFORE = 4
#: Words between a name and the end of what is said of it, at most.
_AFTER = 8

_OFFICES = frozenset(
    """aide adviser advisor ally ambassador analyst attorney author captain chair chairman chairwoman chancellor chief
    coach commander commissioner congressman congresswoman counterpart deputy director doctor editor envoy executive
    expert founder general governor head judge justice king lawyer lawmaker leader manager mayor member minister mother
    negotiator officer official owner partner police politician premier president prime prince princess professor
    prosecutor queen representative researcher resident scientist secretary senator sheriff sister speaker spokesman
    spokesperson spokeswoman student teacher victim vice wife witness writer""".split()
)


def wording_of(
    witnesses: Sequence[Witness], passages: Sequence[Passage], repeats: Collection[str] = ()
) -> tuple[Wording, ...]:
    """Return the places that tellings fill with different words: persons' offices first, then passage by passage.

    Every reading is verbatim. A passage gives two places at most: a noun that most of its tellings share, with the
    verb that each puts before it (`generator.compare.usage`), and one with its adjective.
    """
    by_id = {segment.id: segment for witness in witnesses for segment in witness.segments}
    passage_of = {name: passage.id for passage in passages for name in passage.sentences}
    people = people_in(segment.text for segment in by_id.values())
    named = _named({spelling_key(person) for person in people}, witnesses)
    offices = [found for person in sorted(named) if (found := _office(named[person], passage_of)) is not None]
    usage = Usage({segment.text: segment for segment in by_id.values()}.values(), people)
    places = [
        found
        for passage in passages
        if len(passage.articles) > 1
        for found in usage.places(passage, [by_id[name] for name in passage.sentences if name not in repeats])
    ]
    return (*offices, *places)


def _wording(passage: str, slot: str, readings: Iterable[tuple[str, str, frozenset[str]]]) -> Wording | None:
    """Return a wording of the first reading of each article; None where they do not differ.

    A naming that merely says less than another (`President Lund`, `Danish President Ida Lund`) is no other wording.

    :param readings: (sigil, text, the words of the office).
    """
    first: dict[str, tuple[str, frozenset[str]]] = {}
    for sigil, text, said in readings:
        first.setdefault(sigil, (text, said))
    if not any(one - two and two - one for (_, one), (_, two) in combinations(first.values(), 2)):
        return None
    return Wording(passage, slot, tuple(WordingReading(sigil, text) for sigil, (text, _) in first.items()))


# ---------------------------------------------------------------------------- offices


def _named(people: Set[str], witnesses: Sequence[Witness]) -> dict[str, list[tuple[Segment, int]]]:
    """Return where each person is named, by the spelling key of the surname: segment and token."""
    found: dict[str, list[tuple[Segment, int]]] = {}
    segments = [segment for witness in witnesses if people for segment in witness.segments]
    norms = [[token.norm for token in segment.tokens] for segment in segments]
    keys = {norm: key for norm in {*chain.from_iterable(norms)} if (key := spelling_key(bare(norm))) in people}
    for segment, words in zip(segments, norms, strict=True):
        for place in compress(count(), map(keys.__contains__, words)):
            found.setdefault(keys[words[place]], []).append((segment, place))
    return found


def _office(places: Sequence[tuple[Segment, int]], passage_of: dict[str, str]) -> Wording | None:
    """Return how the tellings describe a person, who is named at *places*."""
    found = [(segment, *naming) for segment, place in places for naming in _naming(segment.tokens, place)]
    if not found:
        return None
    slot = found[0][1].split(",")[0].split()[-1]
    return _wording(passage_of[found[0][0].id], slot, ((segment.sigil, text, said) for segment, text, said in found))


def _naming(tokens: Sequence[Token], place: int) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the naming whose surname stands at *place* if it states an office: its words, and the office's words."""
    start = place
    while start and _capitalised(tokens[start - 1]) and tokens[start - 1].norm not in _OFFICES:
        start -= 1
    before = _before(tokens, start)
    after = _after(tokens, place)
    if start and tokens[start - 1].norm in _OFFICES:
        yield _verbatim(tokens[before : place + 1]), _said(tokens[before:start])
    elif after:
        yield _verbatim(tokens[start : after + 1]), _said(tokens[place + 2 : after + 1])


def _capitalised(token: Token) -> bool:
    return token.text[:1].isupper() and is_word(token.norm)


def _before(tokens: Sequence[Token], start: int) -> int:
    """Return where the words before a name begin that belong to it: no small word, no punctuation, at most four."""
    place = start
    while place > max(0, start - _BEFORE) and _tells(tokens[place - 1]):
        place -= 1
    return place


def _after(tokens: Sequence[Token], place: int) -> int:
    """Return the last word of an apposition (“…, a senior aide to the president,”), or 0."""
    if len(tokens) < place + 3 or tokens[place + 1].norm != "," or tokens[place + 2].norm not in {"a", "an", "the"}:
        return 0
    for end in range(place + 3, min(len(tokens), place + 3 + _AFTER)):
        if tokens[end].norm in {",", ".", ";"}:
            said = tokens[place + 2 : end]
            return end - 1 if _states_office(said) and not any(is_saying(token.norm) for token in said) else 0
    return 0


def _states_office(tokens: Sequence[Token]) -> bool:
    return any(token.norm in _OFFICES for token in tokens)


def _said(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(spelling_key(token.norm) for token in tokens if _tells(token))


def _tells(token: Token) -> bool:
    return is_word(token.norm) and token.norm not in STOP_WORDS


def _verbatim(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens).strip()
