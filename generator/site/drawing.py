"""A story's picture as PNG: the one door to Pillow, imported when a picture is drawn and not before.

The picture has a palette: paper, and of every ink sixteen steps from paper to ink, in which letters are drawn smooth.
That takes a third of the time and of the bytes that three colours a pixel would.
"""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from generator.site.cards import HEIGHT, WIDTH, Card, Mark
from generator.site.glyphs import settable
from generator.site.lettering import Lettering, lettering
from generator.site.lines import cut, fitted, wrapped
from generator.site.pictures import BASE, MARK, STEP, shape
from generator.site.pictures import HEIGHT as UNITS
from generator.site.png import png
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from generator.site.card_look import Look

#: Steps from paper to an ink.
STEPS: Final = 16
INKS: Final = ("ink", "quiet", "rule", "carry_2", "carry_3", "carry_4", "carry_5", "only")
#: Distance of everything from the picture's edges, and what lies between them.
EDGE: Final = 64
INNER: Final = WIDTH - 2 * EDGE
#: Sizes of the title, the largest first, and how many lines of each there may be.
TITLES: Final = ((80, 2), (68, 3), (58, 3), (50, 4), (42, 4))
#: Size and distance of lines of everything else.
SMALL: Final = 27
LEADING: Final = 37
#: Where the title begins, the lowest line of what was found, and the room between the parts.
TOP: Final = 108
FOOT: Final = HEIGHT - 48
GAP: Final = 34
#: Left edges of a row's name and of its marks.
NAME: Final = EDGE + 54
STRIP: Final = 410
#: Least and greatest height of a row, and of one without a title above.
PITCH: Final = (40, 64, 88)
#: A strip has room for so many sentences at least.
LEAST_ROOM: Final = 22


def draw(card: Card, look: Look) -> bytes:
    """Return a story's picture as PNG, the same bytes for the same card, look and versions of Pillow and zlib.

    Raises `SourceError` for a font that cannot be read.
    """
    sheet = _Sheet.empty(look)
    _head(sheet, card)
    foot = _found(sheet, settable(card.finding, look.text))
    many = len(card.rows) + bool(card.more)
    bottom = _title(sheet, settable(card.title, look.title), foot - PITCH[0] * many - GAP)
    _rows(sheet, card, bottom, foot)
    return sheet.png()


def get_ready() -> None:
    """Import what drawing takes, for who has nothing else to do just now."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: F401


# ---------------------------------------------------------------------------- a sheet


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A picture in the making."""

    look: Look
    image: Image
    """Of every pixel its place in the palette."""
    pen: ImageDraw
    """Draws on it."""
    written: dict[str, list[tuple[Image, tuple[int, int]]]] = field(default_factory=dict)
    """Ink → lines in it, and where their upper left corners go."""

    @classmethod
    def empty(cls, look: Look) -> _Sheet:
        from PIL import Image, ImageDraw

        image = Image.new("L", (WIDTH, HEIGHT), 0)
        return cls(look, image, ImageDraw.Draw(image))

    def box(self, ink: str, left: int, top: int, right: int, bottom: int) -> None:
        """Fill a rectangle; right and bottom do not belong to it."""
        self.pen.rectangle((left, top, max(right - 1, left), max(bottom - 1, top)), _index(ink))

    def write(self, ink: str, text: str, letters: Lettering, x: float, y: int) -> None:
        """Write a line whose letters stand on *y*."""
        line = letters.line(text, ink, _ink)
        if line:
            inked, left, top = line
            self.written.setdefault(ink, []).append((inked, (round(x) + left, y + top)))

    def png(self) -> bytes:
        for line, place in chain.from_iterable(self.written.values()):
            self._lay(line, *place)
        return png(self.image.tobytes(), WIDTH, _palette(self.look))

    def _lay(self, line: Image, left: int, top: int) -> None:
        """Lay a line over what is there: as it is where that is paper, which is quicker."""
        is_free = not self.image.crop((left, top, left + line.width, top + line.height)).getbbox()
        self.image.paste(line, (left, top), None if is_free else line.point(_SEEN))


#: Place in the palette → whether it is other than paper.
_SEEN: Final = [0, *(255 for _ in range(255))]


def _ink(line: Image, ink: str) -> Image:
    """Return a grey line in an ink's colours; what is hardly grey is paper."""
    return line.point(_greys(ink))


@lru_cache(maxsize=len(INKS))
def _greys(ink: str) -> list[int]:
    """Return the grey of a letter → its place in the palette."""
    return [_index(ink) - STEPS + 1 + grey * STEPS // 256 if grey >= STEPS else 0 for grey in range(256)]


@lru_cache(maxsize=len(INKS))
def _index(ink: str) -> int:
    """Return an ink's place in the palette: the last of its steps."""
    return STEPS * (INKS.index(ink) + 1)


@lru_cache(maxsize=2)
def _palette(look: Look) -> bytes:
    paper = _rgb(look.paper)
    inks = [_rgb(getattr(look, name)) for name in INKS]
    steps = (
        (of + (to - of) * (step + 1) // STEPS for of, to in zip(paper, ink, strict=True))
        for ink in inks
        for step in range(STEPS)
    )
    return bytes([*paper, *chain.from_iterable(steps)])


def _rgb(colour: str) -> tuple[int, int, int]:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


# ---------------------------------------------------------------------------- parts


def _head(sheet: _Sheet, card: Card) -> None:
    """The site's name on the left, the date on the right, a line above."""
    look = sheet.look
    small = lettering(look.text, SMALL)
    sheet.box("ink", 0, 0, WIDTH, 10)
    date = settable(card.date, look.text)
    width = small.width(date)
    sheet.write("quiet", date, small, WIDTH - EDGE - width, 74)
    sheet.write("quiet", cut(settable(card.site, look.text), small.width, INNER - width - 40), small, EDGE, 74)


def _found(sheet: _Sheet, finding: str) -> int:
    """What was found, at the foot, below a line; return where that stands."""
    small = lettering(sheet.look.text, SMALL)
    lines = fitted(finding, small.width, INNER, 2)
    if not lines:
        return FOOT
    first = FOOT - LEADING * (len(lines) - 1)
    for at, line in enumerate(lines):
        sheet.write("quiet", line, small, EDGE, first + LEADING * at)
    top = first - 52
    sheet.box("rule", EDGE, top, WIDTH - EDGE, top + 1)
    return top


def _title(sheet: _Sheet, title: str, bottom: int) -> int:
    """The title in the largest size in which it fits above *bottom*; return where it ends, zero without one."""
    if not title:
        return 0
    for size, most in TITLES:
        pitch, large = round(size * 1.12), lettering(sheet.look.title, size)
        room = min(most, (bottom - TOP) // pitch)
        if len(wrapped(title, large.width, INNER)) <= room:
            break
    lines = fitted(title, large.width, INNER, max(1, room))
    for at, line in enumerate(lines):
        sheet.write("ink", line, large, EDGE, TOP + round(size * 0.86) + at * pitch)
    return TOP + len(lines) * pitch


def _rows(sheet: _Sheet, card: Card, title: int, foot: int) -> None:
    """A row for each telling, below the title and just above the foot."""
    look, many = sheet.look, len(card.rows) + bool(card.more)
    least, most, alone = PITCH
    names = [settable(row.name, look.text) for row in card.rows]
    pitch = max(least, min(most if title else alone, (foot - (title or TOP) - GAP) // max(many, 1)))
    top = foot - 16 - pitch * many
    top -= 0 if title else max(0, top - TOP) // 2
    small = lettering(look.text, SMALL)
    for at, row in enumerate(card.rows):
        middle = top + at * pitch + pitch // 2
        _sigil(sheet, row.sigil, middle)
        sheet.write("ink", cut(names[at], small.width, STRIP - NAME - 24), small, NAME, middle + 9)
        _strip(sheet, row.marks, card.longest, STRIP if any(names) else NAME, middle, pitch)
    more = settable(card.more, look.text)
    sheet.write("quiet", more, small, NAME, top + len(card.rows) * pitch + pitch // 2 + 9)


def _sigil(sheet: _Sheet, sigil: str, middle: int) -> None:
    """A letter in a box."""
    letters = lettering(sheet.look.title, 24 if len(sigil) < 2 else 19)
    size = 34
    left, top = EDGE, middle - size // 2
    sheet.box("ink", left, top, left + size, top + size)
    sheet.image.paste(0, (left + 2, top + 2, left + size - 2, top + size - 2))
    sheet.write("ink", sigil, letters, left + (size - letters.width(sigil)) / 2, top + 25)


def _strip(sheet: _Sheet, marks: Sequence[Mark], longest: int, start: int, middle: int, pitch: int) -> None:
    """A telling's marks on their line, on the scale that all tellings of the story share."""
    width, count = WIDTH - EDGE - start, max(longest, LEAST_ROOM)
    step = width // count if count <= width else width / count
    wide = max(1, round(step * MARK / STEP))
    unit = (pitch - 4) / UNITS

    def height(units: int) -> int:
        return middle + round((units - UNITS / 2) * unit)

    sheet.box("rule", start, height(BASE), start + round(len(marks) * step), height(BASE) + 1)
    for at, mark in enumerate(marks):
        left = start + round(at * step)
        for ink, top, tall in _shapes(mark):
            sheet.box(ink, left, height(top), left + wide, height(top + tall))


def _shapes(mark: Mark) -> Iterator[tuple[str, int, int]]:
    """Yield ink, top and height of what is drawn for a sentence."""
    ink = {"only": "only", "again": "carry_2"}.get(mark.kind, f"carry_{mark.kind}")
    yield ink, *shape(mark.kind)
    if mark.moved:
        yield "ink", *shape("moved")
