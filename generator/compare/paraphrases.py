"""Words that one telling quotes and another gives without quotation marks, as its own or in reported speech.

Found by words alone: all words of a short quotation, or several in a row of a longer one; or else, in a sentence that
is held to say the same thing, or in which two of them adjoin, enough of the words that are not all over the story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, compress, count, groupby, pairwise

from generator.compare.languages import small_words
from generator.compare.quotations import Quotation, quotations, within
from generator.compare.remembered import of_texts, of_words
from generator.compare.text import STOP_WORDS, is_word, stem
from generator.compare.tokens import tokens, tokens_within
from generator.compare.witness import BLANK_LINE
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


_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Plain:
    """A sentence outside its quotation marks."""

    text: str
    tokens: Sequence[Token]
    """In the place of each quotation, one token of no words."""
    stems: Sequence[str]
    """Of every token; empty for marks and small words."""
    kinds: frozenset[str]
    """The stems, each once."""
    norms: Sequence[str]
    """Of every token."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a quotation is known by, in each of its wordings."""

    rows: Sequence[tuple[int, frozenset[_Row]]]
    """Its rows of words, and their length; nobody is known by a single word."""
    telling: Sequence[frozenset[str]]
    """The words that tell something, as stems; of wordings that have more than a catchword."""


def with_paraphrases(
    quotes: Sequence[Quote], witnesses: Sequence[Witness], passage_of: Mapping[str, str], repeats: frozenset[str]
) -> tuple[Quote, ...]:
    """Return the quotes with the sentences that say the same without quotation marks.

    :param passage_of: segment id → passage id.
    :param repeats: ids of segments that repeat their own article; they paraphrase nothing.
    """
    # Most tellings quote the same.
    wordings = [list(dict.fromkeys([_words(reading.text) for reading in quote.readings])) for quote in quotes]
    rows = [[known for known in dict.fromkeys(map(_rows, every)) if known[0] >= _CATCHWORD] for every in wordings]
    if not any(rows):
        return tuple(quotes)
    sentences = [
        (segment, _plain(segment.text, spans))
        for witness in witnesses
        for segment, spans in _with_quotations(witness)
        if segment.id not in repeats
    ]
    spread = Counter(chain.from_iterable([sentence.kinds for _, sentence in sentences]))
    common = {word for word, count in spread.items() if count > max(_COMMON_LEAST, _COMMON * len(sentences))}
    for language in {witness.language.lower().split("-")[0] for witness in witnesses} - {"", "en"}:
        common.update(stem(word)[:_ROOT] for word in small_words(language))
    telling = [(segment, sentence) for segment, sentence in sentences if sentence.kinds - {""}]
    known = [_Known(own, _telling(every, common)) for own, every in zip(rows, wordings, strict=True)]
    places = _Places(telling, known)
    return tuple(
        replace(quote, paraphrases=tuple(_found(quote, own, places, passage_of, common))) if own.rows else quote
        for quote, own in zip(quotes, known, strict=True)
    )


def _with_quotations(witness: Witness) -> Iterator[tuple[Segment, tuple[Quotation, ...]]]:
    """Yield an article's sentences, each with what is quoted in it, by its block: a quotation may run over several."""
    for number, inside in groupby(witness.segments, key=lambda segment: segment.block):
        offset = sum(len(block.text) + len(BLANK_LINE) for block in witness.blocks[:number])
        spans = quotations(witness.blocks[number].text)
        for segment in inside:
            yield segment, within(spans, segment.start - offset, segment.end - offset)


@of_texts(2048)
def _plain(text: str, spans: tuple[Quotation, ...]) -> _Plain:
    """Return a sentence outside its quotation marks, given what is quoted in it."""
    end = 0
    found: list[Token] = []
    for span in spans:
        found += tokens_within(text, end, span.start)
        found.append(Token("\x01" * (span.end - span.start), "\x01"))
        end = span.end
    found += tokens_within(text, end, len(text)) if end else tokens(text)
    norms = [token.norm for token in found]
    stems = list(map(_said, norms))
    return _Plain(text, found, stems, frozenset(stems), norms)


class _Places:
    """Which of a story's sentences have what its quotations are known by."""

    def __init__(self, sentences: Sequence[tuple[Segment, _Plain]], known: Sequence[_Known]) -> None:
        """Look through sentences for what any quotation is known by."""
        self.sentences = sentences
        self._of_row: dict[_Row, list[int]] = {}
        self._of_word: dict[str, list[int]] = {}
        asked: dict[int, set[_Row]] = {}
        for size, own in chain.from_iterable([quotation.rows for quotation in known]):
            asked.setdefault(size, set()).update(own)
        # All sentences in one go, parted by what is in no row.
        norms = [norm for _, sentence in sentences for norm in (*sentence.norms, "")]
        numbers = [number for number, (_, sentence) in enumerate(sentences) for _ in range(len(sentence.norms) + 1)]
        for size, rows in asked.items():
            for at in compress(count(), map(rows.__contains__, _in_a_row(norms, size))):
                self._of_row.setdefault(tuple(norms[at : at + size]), []).append(numbers[at])
        words = frozenset[str]().union(*chain.from_iterable([quotation.telling for quotation in known]))
        for number, (_, sentence) in enumerate(sentences):
            for word in words & sentence.kinds:
                self._of_word.setdefault(word, []).append(number)

    def with_rows(self, known: _Known) -> set[int]:
        """Return the numbers of the sentences that have words of a quotation in a row."""
        rows = [row for _, rows in known.rows for row in rows & self._of_row.keys()]
        return {number for row in rows for number in self._of_row[row]}

    def with_words(self, known: _Known) -> set[int]:
        """Return the numbers of the sentences that have as many telling words of a quotation as one must have."""
        found: set[int] = set()
        for words in known.telling:
            times = Counter(chain.from_iterable([self._of_word.get(word, ()) for word in words]))
            found.update([number for number, both in times.items() if both >= _IN_PASSAGE * len(words)])
        return found


def _found(
    quote: Quote, known: _Known, places: _Places, passage_of: Mapping[str, str], common: set[str]
) -> Iterator[Paraphrase]:
    quoted = {reading.sentence for reading in quote.readings}
    passages = {passage_of.get(name) for name in quoted}
    with_rows = places.with_rows(known)
    for number in sorted(with_rows | places.with_words(known)):
        segment, sentence = places.sentences[number]
        if segment.id in quoted:
            continue
        span = None
        if number in with_rows:
            span = next((span for size, rows in known.rows if (span := _verbatim(size, rows, sentence, common))), None)
        if not span:
            same_passage = passage_of.get(segment.id) in passages
            span = _loose(known.telling, sentence, same_passage=same_passage)
        if span:
            yield Paraphrase(segment.sigil, segment.id, _printed(sentence, *span))


def _telling(wordings: Iterable[Iterable[str]], common: set[str]) -> list[frozenset[str]]:
    """Return the telling words of each wording that has more than a catchword, as stems, those of several once."""
    roots = dict.fromkeys([frozenset(map(_said, words)) - common - {""} for words in wordings])
    return [words for words in roots if len(words) > _CATCHWORD]


@of_words
def _said(norm: str) -> str:
    """Return what the inflections of a word and most words derived from it share: `negotiated`, `negotiations`.

    Nothing for marks and small words, which say nothing.
    """
    return stem(norm)[:_ROOT] if is_word(norm) and norm not in STOP_WORDS else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.norm for token in tokens(text) if is_word(token.norm))


def _rows(words: Sequence[str]) -> tuple[int, frozenset[_Row]]:
    """Return the rows of words by which a quotation is known, and their length."""
    size = min(len(words), _ROW)
    return size, frozenset(_in_a_row(words, size))


def _in_a_row(words: Sequence[str], size: int) -> Iterator[_Row]:
    return zip(*(words[at:] for at in range(size)), strict=False)


def _verbatim(size: int, rows: frozenset[_Row], sentence: _Plain, common: set[str]) -> tuple[int, int] | None:
    """Return where words of a quotation stand in a row, telling ones among them: all of a short one, or `_ROW`."""
    norms = sentence.norms
    for at in compress(range(len(norms)), map(rows.__contains__, _in_a_row(norms, size))):
        if _tells(sentence.stems[at : at + size], common):
            end = at + size
            while end < len(norms) and tuple(norms[end - size + 1 : end + 1]) in rows:
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
        if len(both) >= _ANYWHERE * len(words) and _adjoin(both, sentence.stems):
            return _stretch(both, sentence)
        if (
            same_passage
            and len(both) >= _IN_PASSAGE * len(words)
            and (len(both) > 1 or _alone(next(iter(both)), sentence))
        ):
            return _stretch(both, sentence)
    return None


def _alone(word: str, sentence: _Plain) -> bool:
    """Whether a word that both have tells by itself that they say the same: a long one that is no name."""
    return len(word) == _ROOT and sentence.tokens[sentence.stems.index(word)].text[0].islower()


def _adjoin(both: frozenset[str], stems: Sequence[str]) -> bool:
    """Whether two of the words stand beside each other."""
    return any(one in both and two in both and one != two for one, two in pairwise(stems))


def _stretch(both: frozenset[str], sentence: _Plain) -> tuple[int, int]:
    """Return the clause that holds most of the words, the first of several."""
    clauses = [_clause(start, sentence) for start, word in enumerate(sentence.stems) if word in both]
    return max(
        clauses, key=lambda clause: (len(both.intersection(sentence.stems[slice(*clause)])), clause[1] - clause[0])
    )


def _clause(start: int, sentence: _Plain) -> tuple[int, int]:
    """Return the clause about a word, as far as it is shown."""
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
    return sentence.text[before : before + size].strip()
