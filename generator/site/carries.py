"""Who carries what: every shared statement against every telling, what one tells alone, what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from generator.site import letters, words
from generator.site.marks import is_same
from generator.values import dataclass, maker

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from generator.model import Passage, Reading
    from generator.site.index import Index, Place, Teller

#: So many sentences of a telling are shown at once; the rest unfolds.
SHOWN_ONLY: Final = 4
#: A statement is missed in a telling from so many others on that carry it.
MISSED_FROM: Final = 3
HEADING_WORDS: Final = 12


CarryState = Literal["same", "on", "differs", "silent"]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Whether a telling carries a statement: word for word, in words of its own, with a difference, or not."""

    sigil: str
    state: CarryState
    target: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A statement, and who carries it."""

    place: Place
    heading: str
    target: str
    cells: tuple[MatrixCell, ...]
    """Empty where there are so many tellings that `runs` say it."""
    runs: tuple[letters.Run, ...]
    support: int


@dataclass(frozen=True, slots=True)
class OnlySentence:
    """A sentence that no other telling carries; without text where it may not be reprinted."""

    place: Place
    passage: str
    """Its passage's id, or nothing."""
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Only:
    """What stands in one telling alone."""

    teller: Teller
    count: str
    shown: tuple[OnlySentence, ...]
    folded: tuple[OnlySentence, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """A statement that a telling leaves out, and who carries it."""

    heading: str
    target: str
    by: tuple[Teller, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What a telling leaves out."""

    teller: Teller
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """A statement that most carry, how many do, and the tellings that leave it out."""

    heading: str
    target: str
    support: int
    without: tuple[Teller, ...]


_cell: Final = maker(MatrixCell)


def matrix(index: Index) -> tuple[MatrixRow, ...]:
    """Return the statements of more than one telling, the most carried first, ties in the order of the account."""
    rows = [passage for passage in index.digest.passages if len(passage.articles) > 1]
    return tuple(_matrix_row(index, p) for p in sorted(rows, key=lambda p: -len(p.articles)))


def _matrix_row(index: Index, passage: Passage) -> MatrixRow:
    first = {index.segments[s].sigil: s for s in reversed(passage.sentences)}
    verbatim = {index.segments[passage.base].sigil, *[r.sigil for r in passage.readings if _is_verbatim(r)]}
    cells = tuple([_matrix_cell(index, passage, sigil, first, verbatim) for sigil in index.tellers])
    crowded = letters.is_crowded(index)
    return MatrixRow(
        index.place(passage.base),
        heading_of(index, passage),
        f"{index.page}#{passage.id}",
        () if crowded else cells,
        letters.runs([(cell.sigil, cell.state) for cell in cells]) if crowded else (),
        len(passage.articles),
    )


def _matrix_cell(
    index: Index, passage: Passage, sigil: str, first: Mapping[str, str], verbatim: Collection[str]
) -> MatrixCell:
    if sigil not in first:
        return _cell(sigil, "silent", "")
    state: CarryState = "differs" if sigil in passage.differs else "same" if sigil in verbatim else "on"
    return _cell(sigil, state, index.place(first[sigil]).target)


def _is_verbatim(reading: Reading) -> bool:
    return reading.alike and bool(reading.changes) and is_same(reading.changes)


def heading_of(index: Index, passage: Passage) -> str:
    """Return a passage in few words: those that its tellings share, else its beginning."""
    return words.cut(passage.heading or passage.text, HEADING_WORDS) or index.words.gettext(
        "Passage %(number)s", number=passage.id.lstrip("p")
    )


def only(index: Index, teller: Teller) -> Only:
    """Return what stands in one telling alone."""
    sentences = tuple(
        OnlySentence(
            index.place(segment.id),
            *_passage_of(index, segment.id),
            segment.text,
        )
        for segment in index.only(teller.sigil)
    )
    # A fold that would hide a single sentence costs more than it saves.
    shown = SHOWN_ONLY if len(sentences) > SHOWN_ONLY + 1 else len(sentences)
    said = index.words.ngettext("%(n)s sentence", "%(n)s sentences", len(sentences))
    return Only(teller, said, sentences[:shown], sentences[shown:])


def _passage_of(index: Index, sentence: str) -> tuple[str, str]:
    """A sentence's passage: its id and its name by content."""
    passage = index.passages.get(sentence)
    return (passage.id, index.anchors.passages[passage.id]) if passage else ("", "")


def threshold(tellings: int) -> int:
    """Return how many others must carry a statement for its absence to count: three or half of them.

    All, where they are fewer than three.
    """
    others = max(tellings - 1, 1)
    return min(others, max(MISSED_FROM, (others + 1) // 2))


def left(index: Index) -> tuple[Left, ...]:
    """Return what each telling leaves out, the most carried statements first."""
    if len(index.tellers) < 2:
        return ()
    # With two tellings this would only say again what stands in one alone.
    missed = _missing(index) if len(index.tellers) > 2 else []
    return tuple(
        Left(teller, tuple(_missed(index, p) for p in missed if sigil in p.left_out_by))
        for sigil, teller in index.tellers.items()
    )


def absences(index: Index) -> tuple[Absence, ...]:
    """Return the same of many tellings, statement by statement: in whom it is missing; the most carried first."""
    if not letters.is_crowded(index):
        return ()
    return tuple(
        Absence(
            heading_of(index, p),
            f"{index.page}#{p.id}",
            len(p.articles),
            tuple(index.tellers[s] for s in p.left_out_by),
        )
        for p in _missing(index)
    )


def _missing(index: Index) -> list[Passage]:
    """The statements whose absence counts, the most carried first."""
    least = threshold(len(index.tellers))
    found = [p for p in index.digest.passages if len(p.articles) >= least and p.left_out_by]
    return sorted(found, key=lambda p: -len(p.articles))


def _missed(index: Index, passage: Passage) -> Missed:
    by = tuple(index.tellers[sigil] for sigil in passage.articles)
    return Missed(heading_of(index, passage), f"{index.page}#{passage.id}", by)
