"""Two tellings side by side: what stays, what changes, what has moved, what one of them tells alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby, islice
from typing import TYPE_CHECKING, Final, Literal

from generator.site import pictures, words
from generator.site.anchors import change_anchors
from generator.site.marks import Piece, is_counted, numbered, pieces
from generator.values import dataclass, maker, once

if TYPE_CHECKING:
    from generator.model import Change, Pair, PairLink, Segment
    from generator.site.index import Index, Place, Teller

RowKind = Literal["change", "unlike", "same", "moved", "alone"]


@dataclass(frozen=True, slots=True)
class Locus:
    """A sentence's label; `anchor` only at its first appearance, so that ids stay unique."""

    place: Place
    anchor: bool


@dataclass(frozen=True, slots=True)
class Alone:
    """A sentence that stands in one of the two; no text where it may not be reprinted."""

    locus: Locus
    text: str
    note: str
    note_ids: tuple[str, ...]
    """Sentences of the other side that stand in the same passage, or that it repeats on its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the comparison."""

    kind: RowKind
    old: tuple[Locus, ...]
    new: tuple[Locus, ...]
    pieces: tuple[Piece, ...] = ()
    old_alone: tuple[Alone, ...] = ()
    new_alone: tuple[Alone, ...] = ()
    elsewhere: str = ""
    """Of one end of a move: the id of the other."""
    later: bool = False
    """Whether that other end stands further down."""
    side: Literal["", "old", "new"] = ""
    """Of one end of a move: on which side it stands."""

    @property
    def long(self) -> bool:
        """Whether it has a run that stays and can be cut."""
        return any(piece.long for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that follow one another: all worded alike (then with what is said where they are folded), or not."""

    alike: str
    rows: tuple[Row, ...]


_locus: Final = maker(Locus)
_alone_there: Final = maker(Alone)
_row: Final = maker(Row)
_stretch: Final = maker(Stretch)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two tellings."""

    teller: Teller
    length: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another pair of the story."""

    old: str
    new: str
    target: str
    percent: int


@dataclass(frozen=True, slots=True)
class PairView:
    """Everything on a pair's page."""

    old: Side
    new: Side
    story_title: str
    story_page: str
    date: str
    date_iso: str
    finding: str
    near_duplicate: bool
    map: pictures.Minimap
    stretches: tuple[Stretch, ...]
    changes: str
    steps: int
    """How many changes there are to step through."""
    others: tuple[Other, ...]


_view: Final = maker(PairView)


@dataclass(frozen=True, slots=True)
class Common:
    """What the pages of a story's pairs have in common."""

    date: str
    date_iso: str
    sides: Mapping[str, Side]
    """By siglum."""
    others: Mapping[tuple[str, str], Other]
    """The pairs that have a page, by their sigla."""
    loci: Mapping[str, Locus]
    """Every sentence at its first appearance, by its id."""
    ids: Mapping[str, frozenset[str]]
    """The sentences of every telling, by siglum."""
    alike: Callable[[Sequence[Change]], tuple[tuple[Piece, ...], bool]]
    """Returns the pieces of a word diff, and whether it changes no word: pairs that share sentences share diffs."""
    unlike: Callable[[Sequence[Change]], tuple[Piece, ...]]
    """Returns the pieces of a word diff of sentences that are not alike."""

    def pieces(self, link: PairLink) -> tuple[Piece, ...]:
        """Return the pieces of a link's word diff."""
        return self.alike(link.changes)[0] if link.alike else self.unlike(link.changes)

    def is_same(self, link: PairLink) -> bool:
        """Return whether a link's sentences are alike word for word."""
        return link.alike and self.alike(link.changes)[1]


def common_of(index: Index) -> Common:
    """Return what the pages of all pairs have in common."""
    date = index.digest.story.date
    others = {
        (p.old, p.new): Other(p.old, p.new, index.pair_pages[p.old, p.new], words.percent(p.similarity))
        for p in index.digest.pairs
        if (p.old, p.new) in index.pair_pages
    }
    sides = {sigil: _side(index, sigil) for sigil in index.tellers}
    loci = {sentence: _locus(place, True) for sentence, place in index.places.items()}
    ids = {sigil: frozenset([segment.id for segment in w.segments]) for sigil, w in index.witnesses.items()}
    return Common(
        index.words.date(date),
        date if words.is_date(date) else "",
        sides,
        others,
        loci,
        ids,
        once(_alike),
        once(_unlike),
    )


def _alike(changes: Sequence[Change]) -> tuple[tuple[Piece, ...], bool]:
    parts = pieces(changes, True)
    return parts, not any(map(is_counted, parts))


def _unlike(changes: Sequence[Change]) -> tuple[Piece, ...]:
    return pieces(changes, False)


def pair_view(index: Index, pair: Pair, common: Common) -> PairView:
    """Return a pair's page as finished values.

    :param common: what `common_of` says of the story.
    """
    rows, steps = _numbered(tuple(_Rows(index, pair, common).rows()))
    return _view(
        old=common.sides[pair.old],
        new=common.sides[pair.new],
        story_title=index.title,
        story_page=index.page,
        date=common.date,
        date_iso=common.date_iso,
        finding=finding(index, pair, sum(map(common.is_same, pair.links))),
        near_duplicate=pair.near_duplicate,
        map=pictures.minimap(index, pair),
        stretches=_stretches(index, rows),
        changes=_changes(index, steps),
        steps=steps,
        others=tuple([other for sigla, other in common.others.items() if sigla != (pair.old, pair.new)]),
    )


def _changes(index: Index, count: int) -> str:
    if not count:
        return index.words.gettext("no change of words")
    return index.words.ngettext("%(n)s change", "%(n)s changes", count)


def _side(index: Index, sigil: str) -> Side:
    witness = index.witnesses[sigil]
    n_, sentences = index.words.ngettext, len(witness.segments)
    length = [n_("%(n)s word", "%(n)s words", witness.words), n_("%(n)s sentence", "%(n)s sentences", sentences)]
    return Side(index.tellers[sigil], index.words.commas(length))


# ---------------------------------------------------------------------------- finding


def finding(index: Index, pair: Pair, verbatim: int) -> str:
    """Return the pair in counts: what stands in both, word for word, moved, and on either side alone.

    :param verbatim: how many of its links are word for word.
    """
    _, n_ = index.words.gettext, index.words.ngettext
    old, new = index.witnesses[pair.old].segments, index.witnesses[pair.new].segments
    left = {s for link in pair.links for s in link.old}
    right = {s for link in pair.links for s in link.new}
    if not left:
        return _(
            "The two share no sentence: %(old)s, %(new)s.",
            old=_alone(index, len(old), pair.old),
            new=_alone(index, len(new), pair.new),
        )
    moved = sum(link.moved for link in pair.links)
    parts = (
        _shared(index, pair, len(left), len(old), verbatim),
        n_("%(number)s has moved.", "%(number)s have moved.", moved) if moved else "",
        _silent(index, len(old) - len(left), len(new) - len(right), pair),
        _("The two are near-duplicates.") if pair.near_duplicate else "",
    )
    return " ".join(words.capital(part) for part in parts if part)


def _shared(index: Index, pair: Pair, linked: int, total: int, verbatim: int) -> str:
    _, n_ = index.words.gettext, index.words.ngettext
    return _(
        "%(shared)s, %(verbatim)s.",
        shared=n_(
            "%(number)s of %(old)s’s %(sentences)s stands in %(new)s",
            "%(number)s of %(old)s’s %(sentences)s stand in %(new)s",
            linked,
            old=pair.old,
            sentences=n_("%(number)s sentence", "%(number)s sentences", total),
            new=pair.new,
        ),
        verbatim=n_("%(number)s word for word", "%(number)s word for word", verbatim)
        if verbatim
        else _("none of them word for word"),
    )


def _silent(index: Index, old: int, new: int, pair: Pair) -> str:
    if not old and not new:
        return index.words.gettext("Neither tells anything alone.")
    return index.words.gettext("%(old)s, %(new)s.", old=_alone(index, old, pair.old), new=_also(index, new, pair.new))


def _also(index: Index, count: int, sigil: str) -> str:
    return index.words.ngettext("%(number)s in %(sigil)s alone", "%(number)s in %(sigil)s alone", count, sigil=sigil)


def _alone(index: Index, count: int, sigil: str) -> str:
    return index.words.ngettext(
        "%(number)s sentence stands in %(sigil)s alone",
        "%(number)s sentences stand in %(sigil)s alone",
        count,
        sigil=sigil,
    )


# ---------------------------------------------------------------------------- rows


_Numbered = tuple[int, Row]
"""A row, and the number of the link that it shows among those of its pair; -1 for none."""


class _Rows:
    """One walk down both tellings; links that have not moved are its fixed points."""

    def __init__(self, index: Index, pair: Pair, common: Common) -> None:
        self.index, self.links, self.common = index, pair.links, common
        self.old = index.witnesses[pair.old].segments
        self.new = index.witnesses[pair.new].segments
        self.at = {segment.id: segment.index for side in (self.old, self.new) for segment in side}
        self.fixed = [n for n, link in enumerate(pair.links) if not link.moved and link.old and link.new]
        self.fixed.sort(key=lambda n: (self.at[pair.links[n].old[0]], self.at[pair.links[n].new[0]]))
        self.moved = {s: n for n, link in enumerate(pair.links) if link.moved for s in (*link.old, *link.new)}
        self.linked = {s for n in self.fixed for link in (pair.links[n],) for s in (*link.old, *link.new)}
        self.anchored: set[str] = set()
        self.pieces = [*map(common.pieces, pair.links)]
        self.ids = (common.ids[pair.old], common.ids[pair.new])

    def rows(self) -> Iterator[_Numbered]:
        left = right = 0
        for number in self.fixed:
            link = self.links[number]
            until = (self.at[link.old[0]], self.at[link.new[0]])
            yield from self._between(self.old[left : until[0]], self.new[right : until[1]])
            yield number, self._row(link, self.pieces[number])
            left, right = max(left, until[0] + 1), max(right, until[1] + 1)
        yield from self._between(self.old[left:], self.new[right:])

    def _between(self, old: Sequence[Segment], new: Sequence[Segment]) -> Iterator[_Numbered]:
        """What either side tells alone, beside each other; moved sentences in their place on each side."""
        if not old and not new:
            return
        left = self._runs([s for s in old if s.id not in self.linked])
        right = self._runs([s for s in new if s.id not in self.linked])
        while left or right:
            one = left[0] if left else ()
            two = right[0] if right else ()
            if one and one[0].id in self.moved:
                yield from self._ends(one, "old")
                left.pop(0)
            elif two and two[0].id in self.moved:
                yield from self._ends(two, "new")
                right.pop(0)
            else:
                yield -1, self._alone(one, two)
                left, right = left[1:], right[1:]

    def _runs(self, segments: Iterable[Segment]) -> list[tuple[Segment, ...]]:
        """Segments cut into runs that are all alone or all moved."""
        return [tuple(run) for _, run in groupby(segments, key=lambda segment: segment.id in self.moved)]

    def _locus(self, sentence: str) -> Locus:
        if sentence in self.anchored:
            return Locus(self.index.place(sentence), False)
        self.anchored.add(sentence)
        return self.common.loci[sentence]

    def _loci(self, sentences: Iterable[str]) -> tuple[Locus, ...]:
        return tuple([self._locus(sentence) for sentence in sentences])

    def _row(self, link: PairLink, parts: tuple[Piece, ...]) -> Row:
        kind: RowKind = "unlike" if not link.alike else "same" if self.common.is_same(link) else "change"
        return _row(kind, self._loci(link.old), self._loci(link.new), parts)

    def _ends(self, run: Iterable[Segment], side: Literal["old", "new"]) -> Iterator[_Numbered]:
        for number in dict.fromkeys([self.moved[segment.id] for segment in run]):
            link = self.links[number]
            here, there = (link.old, link.new) if side == "old" else (link.new, link.old)
            loci, later = self._loci(here), self.at[there[0]] > self.at[here[0]]
            old, new = (loci, ()) if side == "old" else ((), loci)
            yield number, _row("moved", old, new, self.pieces[number], (), (), there[0], later, side)

    def _alone(self, old: Iterable[Segment], new: Iterable[Segment]) -> Row:
        left = tuple([self._single(segment, self.ids[1]) for segment in old])
        right = tuple([self._single(segment, self.ids[0]) for segment in new])
        return _row("alone", (), (), (), left, right)

    def _single(self, segment: Segment, others: frozenset[str]) -> Alone:
        """A sentence alone, with what its passage says of the other side."""
        _, of = self.index.words.gettext, self.index.repeats.get(segment.id)
        if of:
            return _alone_there(self._locus(segment.id), segment.text, _("repeats"), (of,))
        passage = self.index.passages.get(segment.id)
        near = tuple([s for s in passage.sentences if s in others]) if passage and len(passage.sentences) > 1 else ()
        return _alone_there(self._locus(segment.id), segment.text, _("stands with") if near else "", near)


def _stretches(index: Index, rows: Sequence[Row]) -> tuple[Stretch, ...]:
    found = []
    for alike, group in groupby(rows, key=lambda row: row.kind == "same"):
        members = tuple(group)
        said = ""
        if alike:
            told = sum([len(row.old) for row in members])
            said = index.words.ngettext("%(n)s sentence alike", "%(n)s sentences alike", told)
        found.append(_stretch(said, members))
    return tuple(found)


def _numbered(told: Sequence[_Numbered]) -> tuple[tuple[Row, ...], int]:
    """Number the changes of words down the old side, and name them by content; return how many there are, too.

    Both ends of a move show the same numbers and names.
    """
    changes = {
        link: parts
        for link, row in told
        if row.kind == "change" or row.side == "old"
        for parts in ([piece for piece in row.pieces if is_counted(piece)],)
        if parts
    }
    if not changes:
        return tuple([row for _, row in told]), 0
    rows = {link: row for link, row in told if link in changes}
    names, numbers = _names(rows, changes), count(1)
    known = {link: numbered(rows[link].pieces, zip(numbers, names[link], strict=False)) for link in changes}
    shown = tuple([_with(row, known[link]) if link in known else row for link, row in told])
    return shown, sum(map(len, changes.values()))


def _names(rows: Mapping[int, Row], changes: Mapping[int, Sequence[Piece]]) -> dict[int, list[str]]:
    """Return the names of each link's changes; of those worded alike the first on the page has the name alone.

    :param rows: of links, in the order in which these come first.
    """
    around = {link: _around(row) for link, row in rows.items()}
    names = iter(change_anchors([(p.old, p.new, around[link]) for link in rows for p in changes[link]]))
    return {link: list(islice(names, len(changes[link]))) for link in rows}


def _with(row: Row, parts: tuple[Piece, ...]) -> Row:
    return _row(row.kind, row.old, row.new, parts, row.old_alone, row.new_alone, row.elsewhere, row.later, row.side)


def _around(row: Row) -> str:
    return "".join([piece.old for piece in row.pieces]) + "\n" + "".join([piece.new for piece in row.pieces])
