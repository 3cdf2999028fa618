"""Strips and minimaps, as rectangles and lines for a template to draw."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from generator.site.words import cut
from generator.values import dataclass, maker

if TYPE_CHECKING:
    from generator.model import Pair, Segment
    from generator.site.index import Index
    from generator.site.words import Words

#: Width of a sentence's mark and of its place, and the line on which marks stand, in the strip's units.
MARK, STEP, BASE, HEIGHT = 7, 10, 30, 44
#: Where a stroke as thick as a mark stands in its place.
#: From so many sentences on a strip is drawn as a few paths without links: marks grow too thin to hit.
LONG_STRIP: Final = 120
#: Height above the line by level of support: 2 to 5.
HEIGHTS: Final = {2: 9, 3: 15, 4: 21, 5: 28}


#: A strip has room for so many sentences at least, or the marks of short tellings would look like towers.
LEAST_ROOM: Final = 40
#: From so many sentences on in all, a story’s strips are drawn without links on its page, which must stay light; each
#: telling’s own page has them.
MANY_MARKS: Final = 240
NAMED_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """One sentence of a strip."""

    kind: str
    """`2` to `5`: level of support; `only`; `again`."""
    x: int
    title: str
    target: str
    moved: bool = False
    """Whether most of the others who carry it tell it at another place."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A telling, one mark a sentence, in order."""

    width: int
    line: int
    """Length of the ground line."""
    label: str
    marks: tuple[Mark, ...]
    paths: tuple[tuple[str, str], ...] = ()
    """Kind and path data, where the strip is too long for links."""
    moved: bool = False
    repeats: bool = False


def level(carried: int, tellings: int) -> int:
    """Return the step from 2 to 5 for a sentence in so many tellings; above five tellings four equal steps.

    All tellings are 5, however few they are: two of two stand as tall as five of five.
    """
    if tellings <= 5:
        return max(2, min(carried + 5 - tellings, 5))
    return 2 + min(3, (carried - 2) * 4 // (tellings - 1))


@lru_cache(maxsize=1024)
def kind_of(carried: int, tellings: int) -> str:
    """Return the kind of a sentence's mark: its level of support, `only`, or `again` for a repetition."""
    return str(level(carried, tellings)) if carried > 1 else "only" if carried else "again"


def shape(kind: str) -> tuple[int, int]:
    """Return the top and the height of a mark of a kind."""
    if kind == "again":
        return BASE - 3, 3
    if kind == "only":
        return BASE + 3, 9
    if kind == "moved":
        return BASE + 4, 5
    return BASE - HEIGHTS[int(kind)], HEIGHTS[int(kind)]


def strip(index: Index, sigil: str, among: bool = True) -> Strip:
    """Return a telling's strip, on the scale that all tellings of its story share.

    :param among: whether it stands among those of the other tellings, as on its story's page.
    """
    segments = index.witnesses[sigil].segments
    lengths = [len(w.segments) for w in index.witnesses.values()]
    marks = tuple([_mark(index, segment) for segment in segments])
    plain = len(marks) >= LONG_STRIP or (among and sum(lengths) >= MANY_MARKS)
    return Strip(
        max(LEAST_ROOM, *lengths) * STEP,
        len(marks) * STEP,
        _strip_label(index, sigil, marks),
        () if plain else marks,
        paths_of(marks) if plain else (),
        any(mark.moved for mark in marks),
        any(mark.kind == "again" for mark in marks),
    )


def _strip_label(index: Index, sigil: str, marks: Sequence[Mark]) -> str:
    n_ = index.words.ngettext
    kinds = [mark.kind for mark in marks]
    only = kinds.count("only")
    shared = len(kinds) - only - kinds.count("again")
    moved = sum([mark.moved for mark in marks])
    said = n_(
        "%(sigil)s: %(n)s sentence, %(shared)s carried elsewhere, %(only)s only here",
        "%(sigil)s: %(n)s sentences, %(shared)s carried elsewhere, %(only)s only here",
        len(marks),
        sigil=sigil,
        shared=shared,
        only=only,
    )
    if not moved:
        return said
    return n_(
        "%(strip)s, %(n)s at another place than in most",
        "%(strip)s, %(n)s at another place than in most",
        moved,
        strip=said,
    )


_made: Final = maker(Mark)


def _mark(index: Index, segment: Segment) -> Mark:
    count = index.carried(segment.id)
    moved = count > 1 and segment.id in index.moved
    kind = kind_of(count, len(index.tellers))
    words = f" – {cut(segment.text, NAMED_WORDS)}" if segment.text else ""
    title = _mark_said(index.words, segment.id, count, moved) + words
    return _made(kind, segment.index * STEP, title, index.place(segment.id).target, moved)


def _mark_said(said: Words, sentence: str, count: int, moved: bool) -> str:
    if count == 0:
        return said.gettext("%(sentence)s: repeats this telling", sentence=sentence)
    if count == 1:
        return said.gettext("%(sentence)s: only here", sentence=sentence)
    if moved:
        return said.gettext("%(sentence)s: in %(n)s tellings, at another place", sentence=sentence, n=count)
    return said.gettext("%(sentence)s: in %(n)s tellings", sentence=sentence, n=count)


def paths_of(marks: Iterable[Mark]) -> tuple[tuple[str, str], ...]:
    """Return marks as one path a kind, and one for what has moved: lines along the strip, as thick as a mark is high.

    Neighbours of a kind are one line, which the style sheet breaks into dashes as wide as a mark, a gap after each.
    """
    drawn: dict[str, list[list[int]]] = {}
    for mark in marks:
        for kind in (mark.kind, "moved") if mark.moved else (mark.kind,):
            lines = drawn.setdefault(kind, [])
            if lines and lines[-1][1] + STEP - MARK == mark.x:
                lines[-1][1] = mark.x + MARK
            else:
                lines.append([mark.x, mark.x + MARK])
    return tuple((kind, _dashed(kind, lines)) for kind, lines in sorted(drawn.items()))


def _dashed(kind: str, lines: Iterable[Sequence[int]]) -> str:
    y, height = shape(kind)
    return "".join(f"M{start} {y + height / 2:g}h{end - start}" for start, end in lines)


@dataclass(frozen=True, slots=True)
class Stack:
    """A story's strips, one below the other, small."""

    width: int
    height: int
    label: str
    paths: tuple[tuple[str, str], ...]


def stack(index: Index) -> Stack:
    """Return a story's strips as one small picture: 360 units wide, 16 high a telling, 60 sentences or more a row."""
    drawn: dict[str, list[str]] = {}
    longest = max([len(w.segments) for w in index.witnesses.values()], default=0)
    step = 360 / max(60, longest)
    wide = f"{step * 0.7:.1f}"
    across = [f"{place * step:.4g}" for place in range(longest)]
    for row, witness in enumerate(index.witnesses.values()):
        for x, segment in zip(across, witness.segments, strict=False):
            kind, y, height = _small(index.carried(segment.id), len(index.tellers))
            drawn.setdefault(kind, []).append(f"M{x} {row * 16 + y}h{wide}v{height}h-{wide}z")
    label = index.words.ngettext(
        "%(number)s strip, one a telling", "%(number)s strips, one a telling", len(index.tellers)
    )
    paths = tuple((kind, "".join(parts)) for kind, parts in sorted(drawn.items()))
    return Stack(360, 16 * max(len(index.tellers), 1), label, paths)


@lru_cache(maxsize=1024)
def _small(count: int, tellings: int) -> tuple[str, int, int]:
    if count < 2:
        return ("again", 9, 1) if count == 0 else ("only", 11, 4)
    height = {2: 3, 3: 5, 4: 7, 5: 9}[level(count, tellings)]
    return str(level(count, tellings)), 10 - height, height


@dataclass(frozen=True, slots=True)
class Bar:
    """One sentence of a minimap; its measures as they are printed, since all pairs of a story have the same."""

    id: str
    kind: Literal["both", "old", "new"]
    x: str
    y: str
    width: str


@dataclass(frozen=True, slots=True)
class Line:
    """A link of a minimap."""

    moved: bool
    y1: str
    y2: str


@dataclass(frozen=True, slots=True)
class Minimap:
    """Two tellings beside each other, with lines between the sentences that say the same."""

    height: float
    label: str
    thickness: float
    bars: tuple[Bar, ...]
    """Empty where they are too thin to be hit: then they stand in `paths`."""
    lines: tuple[Line, ...]
    paths: tuple[tuple[str, str], ...] = ()
    """Kind and path data."""


_bar: Final = maker(Bar)
_line: Final = maker(Line)
#: A minimap's inner edges and the greatest length of a bar.
LEFT, RIGHT, LONGEST = 56, 120, 54
#: How thick a bar is, of the height of its row.
THICK: Final = 0.4


def minimap(index: Index, pair: Pair) -> Minimap:
    """Return the map of a pair; rows shrink from 20 units to 1 as the tellings grow longer."""
    sides = (index.witnesses[pair.old].segments, index.witnesses[pair.new].segments)
    rows = max(map(len, sides))
    step = max(1.0, min(20.0, 560 / max(rows, 1)))
    thick = step * THICK
    linked = {s for link in pair.links for s in (*link.old, *link.new)}
    # The lengths of sentences that may not be printed are not drawn either: they get the shortest bar.
    most = max([len(s.text) for side in sides for s in side], default=1) or 1
    middle = {s: _middle(index.segments[s].index, step) for s in linked}
    bars = (*_bars(sides[0], "old", linked, most, step), *_bars(sides[1], "new", linked, most, step))
    lines = tuple(
        [
            _line(link.moved, middle[old], middle[new])
            for link in sorted(pair.links, key=lambda link: link.moved)
            for old in link.old
            for new in link.new
        ]
    )
    label = index.words.gettext(
        "%(left)s sentences of %(old)s on the left, %(right)s of %(new)s on the right, "
        "lines between those that say the same; %(moved)s moved.",
        left=len(sides[0]),
        old=pair.old,
        right=len(sides[1]),
        new=pair.new,
        moved=sum([link.moved for link in pair.links]),
    )
    shown, paths = (bars, ()) if rows < LONG_STRIP else ((), _bar_paths(bars, thick))
    return Minimap(round(22 + step * rows, 1), label, round(thick, 1), shown, lines, paths)


def _bars(
    segments: Iterable[Segment], side: Literal["old", "new"], linked: Collection[str], most: int, step: float
) -> Iterator[Bar]:
    """One side of a map, its longest bar as long as the longest sentence of both."""
    for row, segment in enumerate(segments):
        x, width = _reach(len(segment.text), most)
        kind = "both" if segment.id in linked else side
        yield _bar(segment.id, kind, x if side == "old" else str(RIGHT), _top(row, step), width)


@lru_cache(maxsize=4096)
def _reach(length: int, most: int) -> tuple[str, str]:
    """Return where the bar of a sentence of so many characters begins on the left side, and its length."""
    width = 8 + (LONGEST - 8) * length / most
    return f"{LEFT - width:.1f}", f"{width:.1f}"


@lru_cache(maxsize=1024)
def _top(row: int, step: float) -> str:
    """Return where a row begins."""
    return f"{22 + step * row:.1f}"


@lru_cache(maxsize=1024)
def _middle(row: int, step: float) -> str:
    """Return where the middle of a row's bar is."""
    return str(22 + step * row + step * THICK / 2)


def _bar_paths(bars: Iterable[Bar], thick: float) -> tuple[tuple[str, str], ...]:
    drawn: dict[str, list[str]] = {}
    for bar in bars:
        drawn.setdefault(bar.kind, []).append(f"M{bar.x} {bar.y}h{bar.width}v{thick:.1f}h-{bar.width}z")
    return tuple((kind, "".join(parts)) for kind, parts in sorted(drawn.items()))
