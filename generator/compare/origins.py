"""How many voices a story's articles are: copies, republications, texts from one base and one outlet's count once.

An outlet that reports one story twice, in other words, has not confirmed itself: it remains one voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Literal

from generator.compare.quotations import masked, quotations
from generator.compare.text import is_word
from generator.compare.tokens import printed_and_compared
from generator.compare.unions import groups_of
from generator.model import Origin, Witness
from generator.values import dataclass

#: So many words in a row, outside quotation marks, two writers do not hit upon by themselves. Names and
#: offices make runs of eight or nine words in any two reports of one event.
SHARED_RUN = 12
#: With a credit to the same news agency, a shorter run will do.
_WIRE_RUN = 7

_AGENCIES = "Reuters AP AFP dpa DPA ANSA EFE TASS Interfax Xinhua PTI Kyodo PA UPI Bloomberg".split()
_AGENCY = "|".join(["Associated Press", "Agence France-Presse", *_AGENCIES])
#: `KYIV (Reuters) -` at the beginning, or a credit standing alone at the end.
_CREDIT = re.compile(rf"^[^.!?]{{0,60}}\(({_AGENCY})\)|[(—–-]\s*({_AGENCY})\)?\s*$")

Why = Literal["alone", "republication", "shared text", "wire", "outlet"]


@dataclass(frozen=True, slots=True)
class _Bond:
    why: Why
    run: str


_Word = tuple[str, str]
"""As printed, and as compared."""
#: Stands where a quotation or a block begins or ends.
_BORDER = ("", "")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a witness outside its quotations."""

    words: Sequence[_Word]
    norms: tuple[str, ...]
    starts: Mapping[tuple[str, ...], Sequence[int]]
    """Every run of `_WIRE_RUN` words without a border, and where it stands."""

    @classmethod
    def of(cls, found: Sequence[_Word]) -> _Words:
        """Return the words of a text."""
        norms = tuple([norm for _, norm in found])
        starts: dict[tuple[str, ...], list[int]] = {}
        for at, words in enumerate(_neighbours(norms, _WIRE_RUN)):
            if "" not in words:
                starts.setdefault(words, []).append(at)
        return cls(found, norms, starts)


def origins_of(witnesses: Sequence[Witness], versions: Sequence[Sequence[str]] = ()) -> tuple[Origin, ...]:
    """Return the story's origins, by first appearance; every witness has exactly one.

    :param versions: sigla of articles that are versions of one, and so one voice whatever they share.
    """
    words = [_unquoted(witness) for witness in witnesses]
    bonds = {
        (one, two): bond
        for one, two in combinations(range(len(witnesses)), 2)
        if (bond := _bond(witnesses[one], witnesses[two], words[one], words[two], versions))
    }
    found = []
    for number, group in enumerate(groups_of(len(witnesses), bonds), 1):
        inside = [bonds[pair] for pair in combinations(group, 2) if pair in bonds]
        strongest = max(inside, key=lambda bond: (len(bond.run), bond.why), default=None)
        why: Why = strongest.why if strongest else "republication" if witnesses[group[0]].article.via else "alone"
        sigla = tuple(witnesses[position].sigil for position in group)
        found.append(Origin(f"o{number}", sigla, why, strongest.run if strongest else ""))
    return tuple(found)


def _bond(one: Witness, two: Witness, left: _Words, right: _Words, versions: Sequence[Sequence[str]]) -> _Bond | None:
    run = _longest_run(left, right)
    if one.article.source_url and one.article.source_url == two.article.source_url:
        return _Bond("republication", _printed(run))
    if run and (agency := _agency(one)) and agency == _agency(two):
        return _Bond("wire", _printed(run))
    together = any({one.sigil, two.sigil} <= {*group} for group in versions)
    if together or len(run) >= SHARED_RUN:
        return _Bond("shared text", _printed(run))
    house = one.article.outlet.strip().casefold()
    return _Bond("outlet", "") if house and house == two.article.outlet.strip().casefold() else None


def _printed(run: Sequence[_Word]) -> str:
    """Return a run of words as printed, a space where punctuation stood between two of them."""
    return "".join(text if text[-1:].isspace() or _is_unspaced(text) else text + " " for text, _ in run).strip()


def _is_unspaced(text: str) -> bool:
    """Whether a token is one sign, or a Thai word, of a script that sets no spaces."""
    return "\u0e00" < text <= "\u0e7f" or (len(text) == 1 and text > "\u0e7f")


def _agency(witness: Witness) -> str:
    match = _CREDIT.search(witness.text.strip())
    return (match[1] or match[2]) if match else ""


def _unquoted(witness: Witness) -> _Words:
    """Return the words of a witness, with an empty token wherever a quotation or a block begins or ends."""
    found: list[_Word] = []
    for block in witness.blocks:
        spans = quotations(block.text)
        for word in printed_and_compared(masked(block.text, spans, "\x00")):
            if spans and "\x00" in word[0]:
                found.append(_BORDER)
            elif is_word(word[1]):
                found.append(word)
        found.append(_BORDER)
    return _Words.of(found)


def _neighbours(words: Sequence[str], count: int) -> Iterator[tuple[str, ...]]:
    """Return every run of *count* words."""
    return zip(*(words[at:] for at in range(count)), strict=False)


def _longest_run(one: _Words, two: _Words) -> Sequence[_Word]:
    """Return the longest run of words that both have, as *one* prints it, of at least `_WIRE_RUN`; else nothing.

    A border ends a run. Every start of a common run is extended as far as it goes.
    """
    left, right = one.norms, two.norms
    best: tuple[int, int] = (0, 0)
    for words in one.starts.keys() & two.starts.keys():
        for i, j in product(one.starts[words], two.starts[words]):
            if i and j and left[i - 1] == right[j - 1] != "":
                continue  # what begins one word before is longer
            size = _WIRE_RUN
            while i + size < len(left) and j + size < len(right) and left[i + size] == right[j + size] != "":
                size += 1
            best = max(best, (size, -i))
    return one.words[-best[1] : -best[1] + best[0]] if best[0] else ()
