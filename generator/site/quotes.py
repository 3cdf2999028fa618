"""Quotations laid under one another: a row a wording, a column a place, and what differs in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from generator.site.account import Chip
from generator.site.words import N_, cut
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.model import Cell, Difference, Paraphrase, Quote, QuoteReading
    from generator.site.index import Index, Place, Teller


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of a collation table, with the marks of quotation that open or close the reading."""

    text: str
    state: str
    varies: bool
    opens: bool = False
    closes: bool = False
    long: bool = False
    missing: str = ""
    """Of a gap: the words that the others have there."""


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """Everybody who quotes in the same words."""

    places: tuple[Place | Teller, ...]
    speaker: str
    speaker_differs: bool
    again: bool
    """Whether the only article in the row has a row above."""
    cells: tuple[CellView, ...]
    text: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class QuoteView:
    """An utterance and its readings."""

    id: str
    anchor: str
    heading: str
    chips: tuple[Chip, ...]
    rows: tuple[QuoteRow, ...]
    long: bool
    grey: bool
    """Whether words outside the marks of quotation are shown."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotations of a story: those not worded alike, and the rest."""

    count: str
    differing: tuple[QuoteView, ...]
    alike: tuple[QuoteView, ...]
    single: tuple[QuoteView, ...]


#: Kind of difference → its label for one word and for several.
LABELS: Final = {
    "word": (N_("Other word"), N_("Other words")),
    "dropped": (N_("Dropped word"), N_("Dropped words")),
    "added": (N_("Added word"), N_("Added words")),
    "negation": (N_("Negation"), N_("Negation")),
    "number": (N_("Number"), N_("Number")),
    "connective": (N_("Connective"), N_("Connective")),
    "speaker": (N_("Speaker"), N_("Speaker")),
    "elision": (N_("Passed over"), N_("Passed over")),
}
VERDICTS: Final[dict[str, Chip]] = {
    "same": Chip("same", N_("Worded alike")),
    "single": Chip("single", N_("One telling")),
    "trimmed": Chip("like", N_("Quoted in part")),
    "altered": Chip("differs", N_("Not worded alike")),
}
#: A column that does not vary keeps so many words beside what varies, in a row of more than `ROW_WORDS`,
#: and fewer in one of more than `LONG_ROW`.
KEPT_WORDS: Final = 5
ROW_WORDS: Final = 14
KEPT_OF_LONG: Final = 2
LONG_ROW: Final = 18
LONG_CELL: Final = 6
CHIP_WORDS: Final = 8


def quotes(index: Index) -> Quotes:
    """Return the story's quotations, those not worded alike first."""
    every = index.digest.quotes
    views = [(quote.verdict, _quote(index, quote)) for quote in every]
    altered = tuple(view for verdict, view in views if verdict == "altered")
    trimmed = tuple(view for verdict, view in views if verdict == "trimmed")
    alike = tuple(view for verdict, view in views if verdict == "same")
    single = tuple(view for verdict, view in views if verdict == "single")
    reported = tuple(
        view
        for quote, (verdict, view) in zip(every, views, strict=True)
        if verdict == "single" and any(p.article != quote.readings[0].article for p in quote.paraphrases)
    )
    n_ = index.words.ngettext
    said = (
        n_("%(n)s altered", "%(n)s altered", len(altered)) if altered else "",
        n_("%(n)s trimmed", "%(n)s trimmed", len(trimmed)) if trimmed else "",
        n_("%(n)s alike", "%(n)s alike", len(alike)) if alike else "",
        n_("%(n)s in one telling", "%(n)s in one telling", len(single)) if single else "",
    )
    return Quotes(
        index.words.commas([part for part in said if part]),
        altered + trimmed + reported,
        alike,
        _without(single, reported),
    )


def _without(views: Sequence[QuoteView], others: Sequence[QuoteView]) -> tuple[QuoteView, ...]:
    return tuple(view for view in views if view not in others)


def _quote(index: Index, quote: Quote) -> QuoteView:
    return QuoteView(
        id=quote.id,
        anchor=index.anchors.quotes[quote.id],
        heading=quote.heading or cut(next((r.text for r in quote.readings if r.text), ""), CHIP_WORDS),
        chips=tuple(_chips(index, quote)) or (_verdict(index, quote),),
        rows=(*_rows(index, quote), *(_reported(index, paraphrase) for paraphrase in quote.paraphrases)),
        long=_length(quote.collation) > ROW_WORDS,
        grey=bool(quote.paraphrases)
        or any(cell.state == "outside" and cell.text.strip() for row in quote.collation for cell in row),
    )


def _verdict(index: Index, quote: Quote) -> Chip:
    chip = VERDICTS[quote.verdict]
    return replace(chip, text=index.words.gettext(chip.text))


def _chips(index: Index, quote: Quote) -> Iterator[Chip]:
    """One chip a difference; the same difference in several tellings is one."""
    found: dict[tuple[str, str, str], list[Difference]] = {}
    for difference in quote.differences:
        found.setdefault((difference.kind, difference.old, difference.new), []).append(difference)
    for same in found.values():
        sigla = tuple(dict.fromkeys(quote.readings[d.between[1]].article for d in same))
        yield _chip(index, same[0], sigla, quote.readings)


def _chip(index: Index, difference: Difference, sigla: Sequence[str], readings: Sequence[QuoteReading]) -> Chip:
    _, where = index.words.gettext, index.words.listed(sigla)
    old, new = cut(difference.old, CHIP_WORDS), cut(difference.new, CHIP_WORDS)
    label = _(LABELS[difference.kind][len((new or old).split()) > 1])
    inside = _("in %(tellings)s", tellings=where)
    if difference.kind == "speaker":
        first, unnamed = readings[difference.between[0]].article, _("not named")
        who = (new or unnamed, old or unnamed)
        told = _("%(new)s in %(tellings)s, %(old)s in %(first)s", new=who[0], tellings=where, old=who[1], first=first)
        return Chip("differs", label, "", told)
    if difference.kind == "elision":
        return Chip("differs", label, old or new, inside)
    if old and new:
        return Chip("differs", label, new, _("for ‘%(old)s’, in %(tellings)s", old=old, tellings=where))
    if difference.kind in ("dropped", "added"):
        return Chip("differs", label, new or old, inside)
    added, dropped = _("added in %(tellings)s", tellings=where), _("dropped in %(tellings)s", tellings=where)
    return Chip("differs", label, new or old, added if new else dropped)


def _rows(index: Index, quote: Quote) -> tuple[QuoteRow, ...]:
    """A row for each distinct wording, in the order of the readings."""
    table = _shortened(quote.collation) if len(quote.collation) == len(quote.readings) else ()
    grouped: dict[tuple[object, str], list[int]] = {}
    for at, reading in enumerate(quote.readings):
        grouped.setdefault((table[at] if table else reading.text, reading.speaker), []).append(at)
    return tuple(_row(index, quote, table, members) for members in grouped.values())


def _row(index: Index, quote: Quote, table: tuple[tuple[Cell, ...], ...], members: Sequence[int]) -> QuoteRow:
    first = quote.readings[members[0]]
    teller = index.tellers[first.article]
    other_speakers = {d.new for d in quote.differences if d.kind == "speaker"}
    return QuoteRow(
        places=tuple(_whom(index, quote.readings[at]) for at in members),
        speaker=first.speaker,
        speaker_differs=bool(first.speaker) and first.speaker in other_speakers,
        again=len(members) == 1 and first.article in {r.article for r in quote.readings[: members[0]]},
        cells=_cells(table, members[0]) if table else (),
        text=first.text,
        language=teller.language,
        direction=teller.direction,
    )


def _reported(index: Index, paraphrase: Paraphrase) -> QuoteRow:
    """A row for words that say the same without the marks of quotation: grey, as all that stands outside of them."""
    teller = index.tellers[paraphrase.article]
    return QuoteRow(
        places=(index.place(paraphrase.sentence),),
        speaker="",
        speaker_differs=False,
        again=False,
        cells=(CellView(paraphrase.text, "outside", varies=False, long=True),),
        text=paraphrase.text,
        language=teller.language,
        direction=teller.direction,
    )


def _whom(index: Index, reading: QuoteReading) -> Place | Teller:
    return index.place(reading.sentence) if reading.sentence in index.segments else index.tellers[reading.article]


def _cells(table: tuple[tuple[Cell, ...], ...], at: int) -> tuple[CellView, ...]:
    row = table[at]
    quoted = [i for i, cell in enumerate(row) if cell.state != "outside" and cell.text.strip()]
    ends = (quoted[0], quoted[-1]) if quoted else (-1, -1)
    return tuple(
        CellView(
            text=cell.text.strip(),
            state=cell.state,
            varies=cell.column_varies,
            opens=i == ends[0],
            closes=i == ends[1],
            long=len(cell.text.split()) > LONG_CELL,
            missing=_elsewhere(table, i) if cell.state == "gap" else "",
        )
        for i, cell in enumerate(row)
    )


def _elsewhere(table: tuple[tuple[Cell, ...], ...], column: int) -> str:
    """What the first reading that has words in a column has there."""
    return next((row[column].text.strip() for row in table if row[column].text.strip()), "")


def _shortened(table: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """A long quotation is cut to the words around what varies; without any such place it stays whole."""
    longest = _length(table)
    if longest <= ROW_WORDS or not any(cell.column_varies for row in table for cell in row):
        return table
    kept = KEPT_WORDS if longest <= LONG_ROW else KEPT_OF_LONG
    last = len(table[0]) - 1
    ends = [(kept if at else 0, kept if at < last else 0) for at in range(last + 1)]
    return tuple(tuple(_cut(cell, *ends[at]) for at, cell in enumerate(row)) for row in table)


def _length(table: tuple[tuple[Cell, ...], ...]) -> int:
    """Words of a table's longest row."""
    return max((sum(len(cell.text.split()) for cell in row) for row in table), default=0)


def _cut(cell: Cell, first: int, last: int) -> Cell:
    """The cell with so many of its words at either end, unless that saves next to nothing."""
    words = cell.text.split()
    if cell.column_varies or len(words) <= first + last + 1:
        return cell
    head = " ".join(words[:first]) + " " if first else ""
    tail = " " + " ".join(words[-last:]) if last else ""
    return replace(cell, text=f"{head}…{tail}")
