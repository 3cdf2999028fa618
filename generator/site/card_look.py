"""How a theme wants a story's picture drawn: `card/card.yml` and the fonts beside it, into values."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from generator.errors import Problem, SourceError
from generator.ingest.fields import Fields
from generator.ingest.frontmatter import load_yaml
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.model import Tree

FOLDER: Final = "card/"
PATH: Final = f"{FOLDER}card.yml"


@dataclass(frozen=True, slots=True)
class Look:
    """Fonts and colours. A theme that has none draws no pictures."""

    title: bytes
    """The font of the title and of the sigla; a file of TrueType or OpenType."""
    text: bytes
    """The font of everything else."""
    paper: str
    ink: str
    quiet: str
    """Of what stands beside: names, date, the counts."""
    rule: str
    carry_2: str
    carry_3: str
    carry_4: str
    carry_5: str
    only: str

    @property
    def key(self) -> str:
        """A hash of all of it."""
        return _key(self)


@lru_cache(maxsize=2)
def _key(look: Look) -> str:
    total = blake2b(digest_size=16)
    for field in fields(look):
        value = getattr(look, field.name)
        total.update(value if isinstance(value, bytes) else value.encode())
    return total.hexdigest()


FONTS: Final = ("title", "text")
COLOURS: Final = tuple(field.name for field in fields(Look) if field.name not in FONTS)


def look_of(theme: Tree) -> Look | None:
    """Return how *theme* wants pictures drawn, None where it does not say so.

    Raises `SourceError` with everything that is wrong in its `card/card.yml`.
    """
    files = tuple(sorted((path, data) for path, data in theme.items() if path.startswith(FOLDER)))
    return _look(files) if PATH in theme else None


@lru_cache(maxsize=2)
def _look(files: tuple[tuple[str, bytes], ...]) -> Look:
    theme = dict(files)
    stated = Fields(load_yaml(theme[PATH].decode("utf-8", "replace"), PATH), PATH)
    stated.refuse_unknown((*FONTS, *COLOURS))
    fonts = {name: theme.get(FOLDER + stated.text(name), b"") for name in FONTS}
    for name, data in fonts.items():
        if not data:
            stated.note(name, f"expected the name of a font in {FOLDER} – as in “{name}: {name}.ttf”")
    colours = [_colour(stated, name) for name in COLOURS]
    if stated.problems:
        raise SourceError(stated.problems)
    return Look(fonts["title"], fonts["text"], *colours)


def _colour(stated: Fields, name: str) -> str:
    before = len(stated.problems)
    found = stated.colour(name)
    if not found and len(stated.problems) == before:
        stated.problems.append(Problem(PATH, 0, 0, f"{name}: expected a colour like '#0a5c8d' (in quotes)"))
    return found
