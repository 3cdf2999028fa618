"""How many voices a story's articles are: copies, republications, texts from one base and one outlet's count once.

An outlet that reports one story twice, in other words, has not confirmed itself: it remains one voice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations, groupby, pairwise
from typing import Literal

from generator.compare.quotations import Quotation, quotations, shortened
from generator.compare.remembered import of_texts
from generator.compare.text import is_word
from generator.compare.tokens import printed_and_compared, tokens
from generator.compare.unions import groups_of
from generator.compare.witness import BLANK_LINE
from generator.model import Block, Origin, Segment, Token, Witness
from generator.values import dataclass

#: So many words in a row, outside quotation marks, two writers do not hit upon by themselves. Names and
#: offices make runs of eight or nine words in any two reports of one event.
SHARED_RUN = 12
#: With a credit to the same news agency, a shorter run will do.
_WIRE_RUN = 7

_AGENCIES = "Reuters AP AFP dpa DPA ANSA EFE TASS Interfax Xinhua PTI Kyodo PA UPI Bloomberg".split()
_CREDITED = ("Associated Press", "Agence France-Presse", *_AGENCIES)
_AGENCY = "|".join(_CREDITED)
#: `KYIV (Reuters) -` at the beginning, or a credit standing alone at the end.
_CREDIT = re.compile(rf"^[^.!?]{{0,60}}\(({_AGENCY})\)|[(—–-]\s*({_AGENCY})\)?\s*$")

#: A credit stands no further than so many signs from the beginning, or with its name from the end.
_FAR = 100

Why = Literal["alone", "republication", "shared text", "wire", "outlet"]


@dataclass(frozen=True, slots=True)
class _Bond:
    why: Why
    run: str
    letters: str = ""
    """The run in the letters of the story."""


_Word = tuple[str, str]
"""As printed, and as compared."""
#: Stands where a quotation does; among letters, where a block does too, and for a word that no letter is left
#: for.
_BORDER, _END = ("", ""), "\0"


class _Letters(dict[str, str]):
    """A letter for each word of a story, in the order in which they come."""

    def __missing__(self, word: str) -> str:
        letter = self[word] = chr(len(self) + 1) if len(self) < _MOST else _END
        return letter


_MOST = 0x10FFFF


@dataclass(slots=True, eq=False)
class _Words:
    """The words of a witness outside its quotations, in letters: text as Python compares it fastest."""

    witness: Witness
    letters: str
    ends: Sequence[int]
    """Where the letters of each block end."""
    rows: Sequence[str]
    """Every run of `SHARED_RUN` letters, in order."""
    different: frozenset[str]
    """Each of them once."""
    agency: str
    """Whom the witness credits."""

    @classmethod
    def of(cls, witness: Witness, alphabet: _Letters) -> _Words:
        """Return the words of a witness, by a story's alphabet."""
        blocks = ["".join(map(alphabet.__getitem__, norms)) for norms in _norms(witness)]
        letters, ends = "".join(blocks), [*accumulate(map(len, blocks))]
        rows = _rows(letters, SHARED_RUN)
        return cls(witness, letters, ends, rows, frozenset(rows), _agency(witness))

    def printed(self, at: int, size: int) -> str:
        """Return a run of words of one block as printed, a space where punctuation stood between two of them."""
        if not size:
            return ""
        number = bisect_right(self.ends, at)
        block, start = self.witness.blocks[number], at - (self.ends[number - 1] if number else 0)
        run = _outside(block, quotations(block.text))[start : start + size]
        return "".join(text if text[-1:].isspace() or _is_unspaced(text) else text + " " for text, _ in run).strip()


def origins_of(witnesses: Sequence[Witness], versions: Sequence[Sequence[str]] = ()) -> tuple[Origin, ...]:
    """Return the story's origins, by first appearance; every witness has exactly one.

    :param versions: sigla of articles that are versions of one, and so one voice whatever they share.
    """
    alphabet = _Letters({"": _END})
    words = [_Words.of(witness, alphabet) for witness in witnesses]
    bonds = {
        (one, two): bond
        for one, two in combinations(range(len(witnesses)), 2)
        if (bond := _bond(words[one], words[two], versions))
    }
    found = []
    for number, group in enumerate(groups_of(len(witnesses), bonds), 1):
        inside = [bonds[pair] for pair in combinations(group, 2) if pair in bonds]
        strongest = max(inside, key=lambda bond: (len(bond.run), bond.why), default=None)
        why: Why = strongest.why if strongest else "republication" if witnesses[group[0]].article.via else "alone"
        sigla = tuple(witnesses[position].sigil for position in group)
        run, letters = (strongest.run, strongest.letters) if strongest else ("", "")
        sharing = tuple(
            words[position].witness.sigil for position in group if letters and letters in words[position].letters
        )
        found.append(Origin(f"o{number}", sigla, why, run, sharing))
    return tuple(found)


def _bond(left: _Words, right: _Words, versions: Sequence[Sequence[str]]) -> _Bond | None:
    one, two = left.witness, right.witness
    same = one.article.source_url != "" and one.article.source_url == two.article.source_url
    wire = left.agency != "" and left.agency == right.agency
    together = any({one.sigil, two.sigil} <= {*group} for group in versions)
    at, size = _longest_run(left, right, _WIRE_RUN if same or wire or together else SHARED_RUN)
    run = left.printed(at, size), left.letters[at : at + size]
    if same:
        return _Bond("republication", *run)
    if wire and size:
        return _Bond("wire", *run)
    if together or size >= SHARED_RUN:
        return _Bond("shared text", *run)
    return _Bond("outlet", "") if one.article.house and one.article.house == two.article.house else None


def _is_unspaced(text: str) -> bool:
    """Whether a token is one sign, or a Thai word, of a script that sets no spaces."""
    return "\u0e00" < text <= "\u0e7f" or (len(text) == 1 and text > "\u0e7f")


def _agency(witness: Witness) -> str:
    text = witness.text.strip()
    ends = text if len(text) < _FAR else f"{text[:_FAR]} {text[-_FAR:]}"
    if not any(map(ends.__contains__, _CREDITED)):
        return ""
    match = _CREDIT.search(text)
    return (match[1] or match[2]) if match else ""


def _norms(witness: Witness) -> Iterator[list[str]]:
    """Yield the words of each block as compared, and an empty one wherever a quotation or the block begins or ends.

    Those of a block are its sentences', unless no space parts these or a quotation cuts a word.
    """
    segments = {number: [*group] for number, group in groupby(witness.segments, key=lambda segment: segment.block)}
    offset = 0
    for number, block in enumerate(witness.blocks):
        inside = segments.get(number, ())
        spans = quotations(block.text)
        apart = inside and all(one.end < other.start for one, other in pairwise(inside))
        words = _of_sentences(inside, spans, offset) if apart else None
        yield [*([norm for _, norm in _outside(block, spans)] if words is None else words), ""]
        offset += len(block.text) + len(BLANK_LINE)


def _of_sentences(inside: Sequence[Segment], spans: Sequence[Quotation], offset: int) -> list[str] | None:
    """Return the words of sentences, and an empty one in the place of each quotation; None if a word is cut by one.

    Args:
        inside: a block's sentences.
        spans: its quotations; one may run over several sentences.
        offset: where the block begins.
    """
    found: list[str] = []
    left = list(spans)
    goes_on = False
    for segment in inside:
        begin, end = segment.start - offset, segment.end - offset
        if not left or left[0].start >= end:
            found += _words(segment.text)
            continue
        number = {
            at: n for n, at in enumerate(accumulate([len(token.text) for token in segment.tokens], initial=begin))
        }
        done = 0
        while left and left[0].start < end:
            start, stop = number.get(left[0].start), number.get(min(max(begin, left[0].end), end))
            if stop is None or (start is None and not goes_on):
                return None
            if not goes_on:
                found += [*_said(segment.tokens[done:start]), ""]
            done, goes_on = stop, left[0].end > end
            if goes_on:
                break
            del left[0]
        found += _said(segment.tokens[done:])
    return None if len(left) > goes_on else found


def _said(found: Sequence[Token]) -> list[str]:
    return [token.norm for token in found if is_word(token.norm)]


@of_texts(2048)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_said(tokens(text)))


def _outside(block: Block, spans: tuple[Quotation, ...]) -> list[_Word]:
    """Return the words of a block, and an empty one in the place of each quotation."""
    words = printed_and_compared(shortened(block.text, spans, "\x00"))
    if not spans:
        return [word for word in words if is_word(word[1])]
    return [_BORDER if "\x00" in word[0] else word for word in words if "\x00" in word[0] or is_word(word[1])]


def _rows(letters: str, size: int) -> list[str]:
    """Return every run of so many letters, in order."""
    return [letters[at : at + size] for at in range(len(letters) - size + 1)]


def _longest_run(one: _Words, two: _Words, least: int) -> tuple[int, int]:
    """Return where in *one* the longest run begins that both have, and its length, of at least *least*; else zeros.

    A border ends a run. Where runs of *least* letters that both have follow one another they may be one long run; the
    rows of them are looked at, the longest first, until no other can hold a longer run than the one that is found.
    """
    left, right = one.letters, two.letters
    if least == SHARED_RUN:
        lefts, both = one.rows, one.different & two.different
    else:
        lefts = _rows(left, least)
        both = frozenset(lefts).intersection(_rows(right, least))
    common = {row for row in both if _END not in row}
    if not common:
        return 0, 0
    rows = [match.span() for match in _ROW.finditer(bytes(map(common.__contains__, lefts)))]
    best: tuple[int, int] = (0, 0)
    for at, end in sorted(rows, key=lambda row: row[0] - row[1]):
        if end - at - 1 + least < best[0]:
            break
        best = max(best, _longest_within(left[at : end - 1 + least], at, right, least))
    return -best[1], best[0]


def _longest_within(text: str, at: int, other: str, least: int) -> tuple[int, int]:
    """Return the length of the longest run of a text that another has too, and less than none of its place.

    :param at: where the text begins.
    :param least: a run of this length at the beginning is common.
    """
    if text in other:
        return len(text), -at
    size, start = least, 0
    for begin in range(len(text)):
        while begin + size < len(text) and text[begin : begin + size + 1] in other:
            size, start = size + 1, begin
    return size, -at - start


_ROW = re.compile(rb"\x01+")
