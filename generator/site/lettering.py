"""Letters of a font, one by one: how wide they are, how close they stand, how they look; each is made once.

A font's own kerning is kept, and a letter may stand at any quarter of a pixel, so that lines are as even as those
that the font's engine sets whole; pictures of many stories take a quarter of the time.
"""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from generator.errors import Problem, SourceError
from generator.site.card_look import PATH
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

#: Size at which letters are measured; other sizes are in proportion.
MEASURED: Final = 200
#: Parts of a pixel at which a letter may begin.
PARTS: Final = 4
#: A font keeps so many lines at most, of so many pixels: sigla, names of outlets and what was found return on many
#: pictures; titles do not, and are large.
KEPT: Final = 256
SMALL: Final = 40_000
#: A font keeps the widths of so many words at most, of so many letters.
MEASURES: Final = 1024
SHORT: Final = 24


Inked = tuple["Image", int, int]
"""A line in an ink, and where its upper left corner goes."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """A font at a size; it keeps what it has measured and drawn."""

    data: bytes
    size: int
    widths: dict[str, float] = field(default_factory=dict)
    """Letter, or two of them → the width, or how much nearer to each other the two stand, at size 1."""
    drawn: dict[tuple[str, int], tuple[Image, int, int]] = field(default_factory=dict)
    inked: dict[tuple[str, str], Inked] = field(default_factory=dict)
    """Text and ink → the line, of the last small ones that were set."""
    measured: dict[str, float] = field(default_factory=dict)
    """Short text → its width at size 1, of the last ones that were asked for."""

    def width(self, text: str) -> float:
        """Return how wide a text is, in pixels."""
        known = self.measured.get(text)
        if known is not None:
            return self.size * known
        width = sum(map(self._width, text)) + sum(self._kern(one + two) for one, two in pairwise(text))
        if len(text) <= SHORT:
            if len(self.measured) >= MEASURES:
                self.measured.clear()
            self.measured[text] = width
        return self.size * width

    def line(self, text: str, ink: str, make: Callable[[Image, str], Image]) -> Inked | None:
        """Return a line in an ink that begins at 0, 0; None of nothing.

        :param make: what makes of a grey picture and an ink the one that is kept.
        """
        if not text:
            return None
        if (text, ink) in self.inked:
            return self.inked[text, ink]
        picture, left, top = _joined(list(self.letters(text)))
        line = make(picture, ink), left, top
        if picture.width * picture.height <= SMALL:
            if len(self.inked) >= KEPT:
                self.inked.clear()
            self.inked[text, ink] = line
        return line

    def letters(self, text: str) -> Iterator[tuple[Image, int, int]]:
        """Yield the letters of a line that begins at 0, 0: grey pictures, and where their upper left corners go."""
        at, before = 0.0, ""
        for sign in text:
            at += self.size * self._kern(before + sign) if before else 0.0
            whole, part = divmod(round(at * PARTS), PARTS)
            picture, left, top = self._picture(sign, part)
            yield picture, whole + left, top
            at += self.size * self._width(sign)
            before = sign

    def _width(self, sign: str) -> float:
        if sign not in self.widths:
            self.widths[sign] = _font(self.data, MEASURED).getlength(sign) / MEASURED
        return self.widths[sign]

    def _kern(self, pair: str) -> float:
        if pair not in self.widths:
            whole = _font(self.data, MEASURED).getlength(pair) / MEASURED
            self.widths[pair] = whole - self._width(pair[0]) - self._width(pair[1])
        return self.widths[pair]

    def _picture(self, sign: str, part: int) -> tuple[Image, int, int]:
        if (sign, part) not in self.drawn:
            self.drawn[sign, part] = self._draw(sign, part / PARTS)
        return self.drawn[sign, part]

    def _draw(self, sign: str, start: float) -> tuple[Image, int, int]:
        from PIL import Image, ImageDraw

        font = _font(self.data, self.size)
        left, top, right, bottom = (round(side) for side in font.getbbox(sign, anchor="ls"))
        picture = Image.new("L", (max(right - left, 0) + 3, max(bottom - top, 0) + 2), 0)
        ImageDraw.Draw(picture).text((1 - left + start, 1 - top), sign, fill=255, font=font, anchor="ls")
        seen = picture.getbbox() or (0, 0, 1, 1)
        return picture.crop(seen), left - 1 + seen[0], top - 1 + seen[1]


def _joined(letters: Sequence[tuple[Image, int, int]]) -> tuple[Image, int, int]:
    from PIL import Image, ImageDraw

    start, top = min(left for _, left, _ in letters), min(top for _, _, top in letters)
    end = max(left + picture.width for picture, left, _ in letters)
    foot = max(top + picture.height for picture, _, top in letters)
    line = Image.new("L", (end - start, foot - top), 0)
    draw = ImageDraw.Draw(line)
    for picture, left, above in letters:
        draw.bitmap((left - start, above - top), picture, 255)
    return line, start, top


@lru_cache(maxsize=32)
def lettering(data: bytes, size: int) -> Lettering:
    """Return a font at a size, given the bytes of its file."""
    widths, measured = _measures(data)
    return Lettering(data, size, widths, measured=measured)


@lru_cache(maxsize=4)
def _measures(_: bytes) -> tuple[dict[str, float], dict[str, float]]:
    """Return where what was measured of a font is kept, for all its sizes: of letters, and of short texts."""
    return {}, {}


@lru_cache(maxsize=32)
def _font(data: bytes, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    try:
        return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        said = f"one of its fonts cannot be read ({error}) – TrueType and OpenType can"
        raise SourceError([Problem(PATH, 0, 0, said)]) from None
