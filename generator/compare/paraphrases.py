"""Words that one telling quotes and another gives without quotation marks, as its own or in reported speech.

Found by words alone: all words of a short quotation, or several in a row of a longer one; or else, in a sentence that
is held to say the same thing, or in which two of them adjoin, enough of the words that are not all over the story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, compress, pairwise

from generator.compare.quotations import masked, quotations
from generator.compare.remembered import of_words
from generator.compare.text import STOP_WORDS, is_word, stem
from generator.compare.tokens import tokens
from generator.model import Paraphrase, Quote, Segment, Token, Witness
from generator.values import dataclass

#: Of a quotation's telling words, the share that a sentence must have: of the same passage, or of any.
_IN_PASSAGE, _ANYWHERE = 0.25, 0.5
#: A word in a larger share of the story's sentences, and in more of them than these, tells nothing.
_COMMON, _COMMON_LEAST = 0.1, 3
#: A quotation of fewer telling words is a catchword: only its very words count.
_CATCHWORD = 2
#: So many words in a row nobody uses by chance.
_ROW = 4
#: Letters that the words of one root begin with, at most.
_ROOT = 6
#: Words of a stretch, at most.
_LONGEST = 14
#: What a stretch neither runs over nor begins with.
_BORDERS = frozenset({",", ";", ":", "-", ".", "!", "?", "...", "(", ")", '"', "\x01"})
_JOINTS = frozenset({"that", "while", "which", "who", "although", "but", "because", "after"})


_Rows = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Plain:
    """A sentence outside its quotation marks."""

    segment: Segment
    tokens: tuple[Token, ...]
    """In the places of what is quoted, one token of no words."""
    stems: tuple[str, ...]
    """Of every token; empty for marks and small words."""
    kinds: frozenset[str]
    """The stems, each once."""
    norms: tuple[str, ...]
    """Of every token."""
    rows: Mapping[int, _Rows]
    """Those in a row that any quotation is known by, by how many they are, where it has any."""


def with_paraphrases(
    quotes: Sequence[Quote], witnesses: Sequence[Witness], passage_of: Mapping[str, str], repeats: frozenset[str]
) -> tuple[Quote, ...]:
    """Return the quotes with the sentences that say the same without quotation marks.

    :param passage_of: segment id → passage id.
    :param repeats: ids of segments that repeat their own article; they paraphrase nothing.
    """
    # Most tellings quote the same.
    wordings = [list(dict.fromkeys([_words(reading.text) for reading in quote.readings])) for quote in quotes]
    asked = _together(map(_rows, chain.from_iterable(wordings)))
    if not asked:
        return tuple(quotes)
    plain = [
        _plain(segment, asked) for witness in witnesses for segment in witness.segments if segment.id not in repeats
    ]
    spread = Counter(chain.from_iterable([sentence.kinds for sentence in plain]))
    common = {word for word, count in spread.items() if count > max(_COMMON_LEAST, _COMMON * len(plain))}
    plain = [sentence for sentence in plain if sentence.kinds - {""}]
    return tuple(
        replace(quote, paraphrases=tuple(_found(quote, words, plain, passage_of, common)))
        for quote, words in zip(quotes, wordings, strict=True)
    )


def _plain(segment: Segment, asked: Mapping[int, _Rows]) -> _Plain:
    """Return a sentence outside its quotation marks.

    :param asked: the rows of words that quotations are known by, by their length.
    """
    found = tokens(masked(segment.text, quotations(segment.text)))
    stems = tuple(["" if "\x01" in token.text else _said(token.norm) for token in found])
    norms = tuple([token.norm for token in found])
    rows = {size: both for size, known in asked.items() if (both := known.intersection(_in_a_row(norms, size)))}
    return _Plain(segment, found, stems, frozenset(stems), norms, rows)


def _found(
    quote: Quote,
    wordings: Sequence[tuple[str, ...]],
    plain: Sequence[_Plain],
    passage_of: Mapping[str, str],
    common: set[str],
) -> Iterator[Paraphrase]:
    known = list(dict.fromkeys(map(_rows, wordings)))
    every = _together(known)
    if not every:
        return
    quoted = {reading.sentence for reading in quote.readings}
    passages = {passage_of.get(name) for name in quoted}
    roots = dict.fromkeys([frozenset(map(_root, set(words) - STOP_WORDS)) - common - {""} for words in wordings])
    telling = [words for words in roots if len(words) > _CATCHWORD]
    words = frozenset[str]().union(*telling)
    for sentence in plain:
        if sentence.segment.id in quoted:
            continue
        span = None
        if any(not every[size].isdisjoint(rows) for size, rows in sentence.rows.items() if size in every):
            span = next((span for size, rows in known if (span := _verbatim(size, rows, sentence, common))), None)
        if not span and not words.isdisjoint(sentence.kinds):
            span = _loose(telling, sentence, same_passage=passage_of.get(sentence.segment.id) in passages)
        if span:
            yield Paraphrase(sentence.segment.sigil, sentence.segment.id, _printed(sentence, *span))


def _root(norm: str) -> str:
    """Return what the inflections of a word and most words derived from it share: `negotiated`, `negotiations`."""
    return stem(norm)[:_ROOT]


@of_words
def _said(norm: str) -> str:
    """Return the root of a word that says something; nothing for marks and small words."""
    return _root(norm) if is_word(norm) and norm not in STOP_WORDS else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.norm for token in tokens(text) if is_word(token.norm))


def _rows(words: Sequence[str]) -> tuple[int, _Rows]:
    """Return the rows of words by which a quotation is known, and their length."""
    size = min(len(words), _ROW)
    return size, frozenset(_in_a_row(words, size))


def _together(known: Iterable[tuple[int, _Rows]]) -> dict[int, _Rows]:
    """Return all rows of words by their lengths, but for those of so few that nobody is known by them."""
    found: dict[int, set[tuple[str, ...]]] = {}
    for size, rows in known:
        if size >= _CATCHWORD:
            found.setdefault(size, set()).update(rows)
    return {size: frozenset(rows) for size, rows in found.items()}


def _in_a_row(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(size)), strict=False)


def _verbatim(size: int, rows: _Rows, sentence: _Plain, common: set[str]) -> tuple[int, int] | None:
    """Return where words of a quotation stand in a row, telling ones among them: all of a short one, or `_ROW`."""
    norms = sentence.norms
    if rows.isdisjoint(sentence.rows.get(size, ())):
        return None
    for at in compress(range(len(norms)), map(rows.__contains__, _in_a_row(norms, size))):
        if _tells(sentence.stems[at : at + size], common):
            end = at + size
            while end < len(norms) and norms[end - size + 1 : end + 1] in rows:
                end += 1
            return at, end
    return None


def _tells(stems: Sequence[str], common: set[str]) -> bool:
    return len({*stems} - common - {""}) >= (1 if len(stems) == _ROW else _CATCHWORD)


def _loose(telling: Sequence[frozenset[str]], sentence: _Plain, *, same_passage: bool) -> tuple[int, int] | None:
    """Return the stretch with a quotation's telling words, where the sentence has enough of them.

    :param telling: those of each wording that has more than a catchword.
    """
    for words in telling:
        both = words & sentence.kinds
        if not both:
            continue
        if len(both) >= _ANYWHERE * len(words) and _adjoin(both, sentence.stems):
            return _stretch(both, sentence)
        if same_passage and len(both) >= _IN_PASSAGE * len(words):
            return _stretch(both, sentence)
    return None


def _adjoin(both: frozenset[str], stems: Sequence[str]) -> bool:
    """Whether two of the words stand beside each other."""
    return any(one in both and two in both and one != two for one, two in pairwise(stems))


def _stretch(both: frozenset[str], sentence: _Plain) -> tuple[int, int]:
    """Return the clause about the first word found, with as many of the others as it holds."""
    start = next(n for n, word in enumerate(sentence.stems) if word in both)
    end = start + 1
    while end < len(sentence.tokens) and end - start < _LONGEST and not _ends(sentence.tokens[end]):
        end += 1
    while start and end - start < _LONGEST and not _ends(sentence.tokens[start - 1]):
        start -= 1
    return start, end


def _ends(token: Token) -> bool:
    return token.norm in _BORDERS or token.norm in _JOINTS or "\x01" in token.text


def _printed(sentence: _Plain, start: int, end: int) -> str:
    """Return a stretch of a sentence, verbatim."""
    before = sum(len(token.text) for token in sentence.tokens[:start])
    size = sum(len(token.text) for token in sentence.tokens[start:end])
    return sentence.segment.text[before : before + size].strip()
