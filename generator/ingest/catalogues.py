"""Catalogues of interface strings: gettext's `.po` files into values, with line numbers for what is wrong in them.

A theme carries them as `locale/<language>.po`, or as several files in `locale/<language>/`. The source language is
English; a language without a catalogue, or a string that a catalogue lacks, is said in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Final

from generator.errors import Problem, SourceError
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.model import Tree

LOCALE: Final = "locale/"
#: Between a context and its string, as gettext joins them.
CONTEXT: Final = "\x04"
ENGLISH_PLURALS: Final = "(n != 1)"

_LINE: Final = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d)\])?)\s*)?"((?:[^"\\]|\\.)*)"\s*\Z')
_ESCAPE: Final = re.compile(r"\\(.)")
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r"}
_PLURALS: Final = re.compile(r"plural\s*=\s*([^;\n]+)")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The strings of one language."""

    language: str = "en"
    """As the configuration names it; `en` where there is no catalogue for that."""
    messages: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """String (after its context, where it has one) → its forms, one for each number that the language knows."""
    plurals: str = ENGLISH_PLURALS
    """Which form a count takes: an expression of C in `n`."""


def languages(theme: Tree) -> frozenset[str]:
    """Return the languages that a theme has catalogues for, English included."""
    names = (path.removeprefix(LOCALE) for path in theme if path.startswith(LOCALE) and path.endswith(".po"))
    return frozenset({"en", *(name.removesuffix(".po").split("/", 1)[0] for name in names)})


def catalogue_for(theme: Tree, language: str) -> Catalogue:
    """Return a language's strings, those of `de` where there is no catalogue for `de-AT`; else English.

    Raises `SourceError` with everything that is wrong with the catalogues' files.
    """
    known = {name.lower(): name for name in languages(theme)}
    name = next((known[name] for name in _wider(language.lower()) if name in known), "")
    if not name:
        return Catalogue()
    files = [path for path in sorted(theme) if path == f"{LOCALE}{name}.po" or path.startswith(f"{LOCALE}{name}/")]
    found = Catalogue(language)
    for path in files:
        found = read(theme[path], path, found)
    return found


def _wider(language: str) -> Iterator[str]:
    """`de-at-1996`, `de-at`, `de`."""
    while language:
        yield language
        language = language.rpartition("-")[0]


def read(data: bytes, path: str, before: Catalogue) -> Catalogue:
    """Return a catalogue with what a `.po` file says laid over it; fuzzy and untranslated entries are passed over.

    Raises `SourceError` for what is not of the format of GNU gettext.
    """
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise SourceError([Problem(path, 0, 0, "is not UTF-8 – save the catalogue in that encoding")]) from None
    entries = list(_entries(lines, path))
    header = next((entry["msgstr"] for entry in entries if not entry["msgid"]), "")
    rule = _PLURALS.search(header)
    messages = {_key(entry): forms for entry in entries if entry["msgid"] and all(forms := _forms(entry))}
    plurals = rule[1].strip() if rule else before.plurals
    _check(plurals, path)
    return Catalogue(before.language, {**before.messages, **messages}, plurals)


def _key(entry: Mapping[str, str]) -> str:
    return f"{entry['msgctxt']}{CONTEXT}{entry['msgid']}" if "msgctxt" in entry else entry["msgid"]


def _forms(entry: Mapping[str, str]) -> tuple[str, ...]:
    many = sorted(name for name in entry if name.startswith("msgstr["))
    return tuple(entry[name] for name in many) if many else (entry.get("msgstr", ""),)


def _check(plurals: str, path: str) -> None:
    from gettext import c2py

    try:
        c2py(plurals)(1)
    except (ValueError, RecursionError, ZeroDivisionError) as error:
        raise SourceError([Problem(path, 0, 0, f"Plural-Forms: {error} – copy the language's line")]) from None


def _entries(lines: list[str], path: str) -> Iterator[dict[str, str]]:
    """Yield the entries that count: keyword → text."""
    entry: dict[str, str] = {}
    fuzzy, keyword, problems = False, "", []
    for number, line in enumerate((*lines, ""), 1):
        found = _LINE.match(line.strip())
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif found and (found[1] or keyword):
            keyword = found[1] or keyword
            entry[keyword] = entry.get(keyword, "") + _ESCAPE.sub(_unescaped, found[3])
        elif line.strip():
            problems.append(Problem(path, number, 0, 'expected a keyword and a string in quotation marks: msgid "…"'))
        else:
            if "msgid" in entry and not fuzzy:
                yield entry
            entry, fuzzy, keyword = {}, False, ""
    if problems:
        raise SourceError(problems)


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[1], found[1])
