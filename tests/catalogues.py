"""The strings of the interface: found in the source by Babel, held against the catalogues that translate them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "themes" / "default" / "locale"

#: How a string is marked, and which argument says what.
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "n_": (1, 2),
    "ngettext": (1, 2),
    "npattern": (1, 2),
    "pgettext": ((1, "c"), 2),
}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
FOLDERS = (ROOT / "generator" / "site", *sorted(ROOT.glob("themes/*/templates")))


def source() -> Catalog:
    """Return every string that is marked in the rooms that make pages and in the default theme."""
    found = Catalog()
    for place, message, context in marked():
        found.add(message, locations=[(place, None)], context=context)  # type: ignore[list-item]
    return found


def marked() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Yield each string as it is marked: where, what (a tuple where it is counted) and in which context."""
    for folder in FOLDERS:
        for file, _, message, _, context in extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS):
            yield (folder / file).relative_to(ROOT).as_posix(), message, context


def languages() -> tuple[str, ...]:
    """Return the languages of the default theme's catalogues."""
    return tuple(sorted(path.stem for path in LOCALE.glob("*.po")))


def translated(language: str) -> Catalog:
    """Return a catalogue as Babel reads it."""
    with open(LOCALE / f"{language}.po", "rb") as stream:
        return read_po(stream, locale=language)
