"""The account: every passage that more than one telling carries, and how the others word it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal

from generator.errors import Problem
from generator.site import letters, quoting
from generator.site.marks import Piece, is_same, pieces, spotted
from generator.site.words import N_, capital, cut
from generator.values import dataclass, maker

if TYPE_CHECKING:
    from generator.model import Change, Figure, Passage, Reading
    from generator.site.index import Index, Place

SlotState = Literal["on", "base", "differs", "silent"]
Tone = Literal["differs", "like", "same", "single"]

#: Up to so many silent tellings are named; beyond that the slots show them.
NAMED_SILENT: Final = 4
#: A difference is named by so many of its words.
SPOT_WORDS: Final = 4
QUOTED: Final = {
    "altered": N_("Quote altered"),
    "trimmed": N_("Quote trimmed"),
    "same": N_("Quote alike"),
    "single": N_("Quote in one telling"),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A telling's place in a row of sigla."""

    sigil: str
    name: str
    state: SlotState
    target: str = ""


_slot: Final = maker(Slot)


@dataclass(frozen=True, slots=True)
class Spot:
    """A difference by a few of its words, and where it is shown."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A word of warning that leads to where the difference is shown."""

    text: str
    target: str
    """Of the first difference of the kind."""
    spots: tuple[Spot, ...] = ()
    """All of them, where they are several."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A verdict: a word with its sign, the words it is about, and in whom."""

    tone: Tone
    text: str
    quoted: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as one telling prints it, with what is marked in it."""

    place: Place
    pieces: tuple[Piece, ...]
    alike: bool = True
    more: tuple[Place, ...] = ()
    """Where else the same words stand."""


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage of the account."""

    id: str
    anchor: str
    """Name by content (`generator.site.anchors`)."""
    number: str
    base: Wording | None
    """None where no telling that carries it may be reprinted."""
    heading: str
    split: tuple[Wording, ...]
    """Instead of the base: readings in conflict, none of them chosen."""
    slots: tuple[Slot, ...]
    """Empty where there are so many tellings that `runs` say it."""
    runs: tuple[letters.Run, ...]
    support: str
    origins: str
    origins_target: str
    flags: tuple[Flag, ...]
    wordings: tuple[Wording, ...]
    same: tuple[Place, ...]
    """Where the passage stands word for word."""
    by_hand: bool = False
    """Whether an editor has put its sentences together."""
    notes: tuple[str, ...] = ()
    """What an editor has to say on it; HTML, made by the Markdown room."""
    rest: int = 0
    """How many wordings are not shown here, but on `page`."""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Margin:
    """What the account and the margins of a story's tellings say alike of passages that several carry, by their ids."""

    slots: Mapping[str, tuple[Slot, ...]]
    """Of all tellings."""
    flags: Mapping[str, tuple[Flag, ...]]


def margin_of(index: Index) -> Margin:
    """Return what the account and the margins of all tellings have in common."""
    many = [passage for passage in index.digest.passages if len(passage.articles) > 1]
    return Margin({p.id: slots(index, p) for p in many}, {p.id: flags(index, p) for p in many})


_view: Final = maker(PassageView)


def account(index: Index, margin: Margin | None = None) -> tuple[PassageView, ...]:
    """Return the passages that more than one telling carries, in the order of the account.

    :param margin: what `margin_of` says of the story, where somebody has it already.
    """
    known = margin or margin_of(index)
    return tuple([_passage(index, passage, known) for passage in index.digest.passages if passage.id in known.slots])


def slots(index: Index, passage: Passage) -> tuple[Slot, ...]:
    """Return one slot a telling, always in the story's order."""
    base = index.segments[passage.base].sigil if passage.text else ""
    first = {index.segments[s].sigil: s for s in reversed(passage.sentences)}
    return tuple(
        [
            _slot(
                sigil, t.name, _state(sigil, base, passage), index.places[first[sigil]].target if sigil in first else ""
            )
            for sigil, t in index.tellers.items()
        ]
    )


def flags(index: Index, passage: Passage) -> tuple[Flag, ...]:
    """Return what is not alike in a passage, each kind of difference once, with the addresses where it is shown."""
    if not passage.quotes and not passage.figures:
        return ()
    _ = index.words.gettext
    quotes = {quote.id: quote for quote in index.digest.quotes if quote.id in passage.quotes}
    figures = {figure.id: figure for figure in index.digest.figures if figure.id in passage.figures}
    found: dict[str, list[Spot]] = {}
    for name in passage.quotes:
        if name in quotes:
            quote = quotes[name]
            heading = quote.heading or next((r.text for r in quote.readings if r.text), "")
            found.setdefault(_(QUOTED[quote.verdict]), []).append(_spot(index, name, heading))
    for name in passage.figures:
        value = next((r.text for r in figures[name].readings if r.text), "") if name in figures else ""
        found.setdefault(_("Figures conflict"), []).append(_spot(index, name, value))
    return tuple(Flag(said, at[0].target, tuple(at) if len(at) > 1 else ()) for said, at in found.items())


def _spot(index: Index, name: str, said: str) -> Spot:
    return Spot(cut(said, SPOT_WORDS) or name, f"{index.page}#{name}")


def _state(sigil: str, base: str, passage: Passage) -> SlotState:
    if sigil not in passage.articles:
        return "silent"
    if sigil == base:
        return "base"
    return "differs" if sigil in passage.differs else "on"


def _passage(index: Index, passage: Passage, margin: Margin) -> PassageView:
    split = _split(index, passage)
    printed = {wording.place.id for wording in split} or {passage.base}
    others: list[Reading] = []
    same: list[Reading] = []
    for reading in passage.readings:
        if reading.sentence not in printed and reading.changes:
            (same if reading.alike and is_same(reading.changes) else others).append(reading)
    row = margin.slots[passage.id]
    row = tuple(_unboxed(slot, passage) for slot in row) if split else row
    crowded = letters.is_crowded(index)
    return _view(
        id=passage.id,
        anchor=index.anchors.passages[passage.id],
        number=passage.id.lstrip("p"),
        base=_base(index, passage) if passage.text and not split else None,
        heading=passage.heading,
        split=split,
        slots=() if crowded else row,
        runs=letters.runs([(slot.sigil, slot.state) for slot in row]) if crowded else (),
        support=_support(index, passage),
        origins=_origins(index, passage),
        origins_target=f"{index.page}#origins",
        flags=margin.flags[passage.id],
        wordings=_wordings(index, others),
        same=tuple([index.place(reading.sentence) for reading in same]),
        by_hand=not index.digest.by_hand.isdisjoint(passage.sentences),
        notes=notes(index, passage.sentences) if index.digest.notes else (),
    )


def notes(index: Index, sentences: Collection[str]) -> tuple[str, ...]:
    """Return what an editor has to say on some sentences, as HTML."""
    return tuple(
        quoting.written(index, note.text, _place(index, note.text))
        for note in index.digest.notes
        if note.sentence in sentences
    )


def _place(index: Index, text: str) -> Problem:
    """Return where an editor wrote a note: a problem without words."""
    at = next((remark.at for remark in index.digest.story.edits.remarks if remark.text == text), None)
    return Problem(at.path, at.line, at.column, "") if at else Problem(index.digest.story.path, 0, 0, "")


def _unboxed(slot: Slot, passage: Passage) -> Slot:
    """No telling is the printed one where conflicting readings stand beside each other."""
    state: SlotState = "differs" if slot.sigil in passage.differs else "on"
    return Slot(slot.sigil, slot.name, state, slot.target) if slot.state == "base" else slot


def _base(index: Index, passage: Passage) -> Wording:
    return Wording(index.place(passage.base), (Piece("equal", passage.text, passage.text),))


def _wordings(index: Index, readings: Sequence[Reading]) -> tuple[Wording, ...]:
    """A wording for each, those who print the same words together."""
    found: dict[tuple[tuple[Change, ...], bool], list[Place]] = {}
    for reading in readings:
        found.setdefault((reading.changes, reading.alike), []).append(index.place(reading.sentence))
    return tuple(
        Wording(places[0], pieces(changes, alike), alike, tuple(places[1:]))
        for (changes, alike), places in found.items()
    )


def _split(index: Index, passage: Passage) -> tuple[Wording, ...]:
    """The first sentence for each of the conflicting values that stand in the passage, if there are two."""
    figures = {figure.id: figure for figure in index.digest.figures if figure.id in passage.figures}
    for name in passage.figures:
        found = tuple(_claims(index, passage, figures[name])) if name in figures else ()
        if len(found) > 1:
            return found
    return ()


def _claims(index: Index, passage: Passage, figure: Figure) -> Iterator[Wording]:
    seen: set[object] = set()
    sentences: set[str] = set()
    for reading in figure.readings:
        claim = (reading.low, reading.high, reading.unit)
        segment = index.segments.get(reading.sentence)
        inside = reading.sentence in passage.sentences and reading.sentence not in sentences
        if segment and segment.text and inside and claim not in seen:
            seen.add(claim)
            sentences.add(reading.sentence)
            yield Wording(index.place(segment.id), spotted(segment.text, reading.text, reading.before))


def _origins(index: Index, passage: Passage) -> str:
    if passage.origins >= len(passage.articles):
        return ""
    return index.words.ngettext("%(number)s origin", "%(number)s origins", passage.origins)


def _support(index: Index, passage: Passage) -> str:
    _, number = index.words.gettext, index.words.number
    carried, tellings = len(passage.articles), len(index.tellers)
    if carried == tellings:
        return _("In both") if tellings == 2 else _("In all %(number)s", number=number(tellings))
    if len(passage.left_out_by) <= NAMED_SILENT:
        silent = index.words.either(passage.left_out_by)
        return capital(_("in %(number)s; not in %(tellings)s", number=number(carried), tellings=silent))
    return capital(_("in %(number)s of %(total)s", number=number(carried), total=number(tellings)))
