"""The interface's strings: all of them marked, all of them translated, and read as gettext's files say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from generator.errors import SourceError
from generator.ingest.catalogues import Catalogue, catalogue_for, languages, read
from generator.ingest.cleaning import RULES
from generator.ingest.credits import BYLINE, DATELINE
from generator.site import sources
from generator.site.example import example
from generator.site.words import ENGLISH, Words, filled
from tests import catalogues

THEMES = catalogues.ROOT / "themes"
TEMPLATES = sorted(THEMES.glob("*/templates/**/*.html"))

# ---------------------------------------------------------------------------- marking

#: Attributes whose text a reader sees or hears.
SPOKEN = {"title", "aria-label", "alt", "placeholder", "label", "aria-roledescription", "aria-description"}

SAYING = ("_", "pgettext", "ngettext")
#: A page's kind is a name for style sheets.
KIND = re.compile(r"{% block kind %}\w+{% endblock %}")


class _Reader(HTMLParser):
    """Gathers what a template prints by itself, expressions and tags of Jinja taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [f"{name}={value}" for name, value in attrs if name in SPOKEN for value in [value or ""]]


def _printed(template: str) -> Iterator[str]:
    """Yield the words of a template that are not marked for translation."""
    environment = jinja2.Environment(autoescape=True)
    reader = _Reader()
    template = KIND.sub("", template)
    for _, kind, value in environment.lex(template):
        if kind == "data":
            reader.feed(value)
        elif kind == "variable_begin":
            reader.feed("0")
    reader.close()
    # What is no tag of its own but goes into one (` lang="`) is nothing to read.
    reader.said = [said for said in reader.said if not re.fullmatch(r'\W*[a-z-]+="', said)]
    yield from (said.partition("=")[2] if said.partition("=")[0] in SPOKEN else said for said in reader.said)
    tree = environment.parse(template)
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            yield from _constants(node)
    yield from _phrases(tree)


def _constants(node: nodes.Node) -> Iterator[str]:
    """Yield texts that an expression prints as they stand: `"s" if many else ""`."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr | nodes.Concat | nodes.BinExpr):
        for child in node.iter_child_nodes(exclude=("test",)):
            yield from _constants(child)


def _phrases(node: nodes.Node) -> Iterator[str]:
    """Yield texts of several words, or that begin with a capital, wherever they stand: a macro may print them."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and re.search(r"^[A-Z]..|\w \w", node.value):
        yield node.value
    if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in SAYING):
        for child in node.iter_child_nodes():
            yield from _phrases(child)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(THEMES).as_posix())
def test_every_string_of_a_template_is_marked(path: Path) -> None:
    """A template prints no word of its own but through `_()`, `ngettext()` or `pgettext()`."""
    printed = [said for said in _printed(path.read_text(encoding="utf-8")) if re.search(r"[^\W\d_]{2}", said)]
    assert [said.strip() for said in printed] == []


def test_only_literals_are_translated() -> None:
    """What is looked up in a catalogue stands in the template: no text of a source is taken for trusted markup."""
    for path in TEMPLATES:
        for call in jinja2.Environment(autoescape=True).parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in SAYING:
                texts = call.args[:2] if call.node.name != "_" else call.args[:1]
                assert all(isinstance(text, nodes.Const) for text in texts), f"{path.name}:{call.lineno}"


def test_every_rule_of_cleaning_has_a_name() -> None:
    """What cleaning took out is said in words that can be translated."""
    assert set(sources.RULES) == {*(rule.name for rule in RULES), BYLINE, DATELINE}


def test_no_string_is_counted_here_and_plain_there() -> None:
    """A plain string would be read from the forms of the counted one: as “none”, or with its number unfilled."""
    marked = [(message, context) for _, message, context in catalogues.marked()]
    counted = {(message[0], context) for message, context in marked if isinstance(message, tuple)}
    assert sorted(map(str, counted.intersection(marked))) == []


# ---------------------------------------------------------------------------- completeness


@pytest.mark.parametrize("language", catalogues.languages())
def test_catalogues_miss_nothing(language: str) -> None:
    """Every string is translated, in all its forms, into every language that is shipped; no catalogue holds others."""
    wanted = {(m.id, m.context) for m in catalogues.source() if m.id}
    found = {(m.id, m.context): m for m in catalogues.translated(language) if m.id}
    assert sorted(map(str, wanted - set(found))) == [], "run python -m tests.update_catalogues"
    assert sorted(map(str, set(found) - wanted)) == [], "run python -m tests.update_catalogues"
    empty = [m.id for m in found.values() if m.fuzzy or not all(m.string if m.pluralizable else [m.string])]
    assert empty == []
    theme = {f"locale/{language}.po": (catalogues.LOCALE / f"{language}.po").read_bytes()}
    assert len(catalogue_for(theme, language).messages) == len(found)


@pytest.mark.parametrize("language", catalogues.languages())
def test_translations_fit_their_strings(language: str) -> None:
    """A translation fills the same places and holds the same markup as its string; a number's own form may spell it."""
    for message in catalogues.translated(language):
        if message.id:
            originals = message.id if message.pluralizable else (message.id,)
            given = [*message.string] if message.pluralizable else [message.string]
            for text in given:
                counts = {"n", "number"} if message.pluralizable else set()
                assert _places(text) <= _places(originals[-1]) | counts, text
                assert _places(originals[-1]) - _places(text) <= counts
                assert _tags(text) == _tags(originals[-1]), text
                assert text.count("{") == originals[-1].count("{"), text


def _places(text: str) -> set[str]:
    return {name for _, name in filled(text) if name}


def _tags(text: str) -> list[str]:
    return sorted(re.findall(r"<[^>]*>", text))


# ---------------------------------------------------------------------------- reading

GERMAN = rb"""
msgid ""
msgstr ""
"Language: de\n"
"Plural-Forms: nplurals=3; plural=n==0 ? 0 : n==1 ? 1 : 2;\n"

# a comment
msgctxt "month"
msgid "May"
msgstr "Mai"

#, fuzzy
msgid "guessed"
msgstr "geraten"

msgid "left "
"out"
msgstr "aus\"gelassen\"\n"

msgid "%(number)s story"
msgid_plural "%(number)s stories"
msgstr[0] "keine Geschichte"
msgstr[1] "eine Geschichte"
msgstr[2] "%(number)s Geschichten"

msgid "empty"
msgstr ""
"""


def test_a_catalogue_is_read() -> None:
    """Contexts, strings over several lines, escapes and plurals are read; fuzzy and empty entries stay English."""
    words = Words(read(GERMAN, "locale/de.po", Catalogue("de")))
    assert words.pgettext("month", "May") == "Mai"
    assert words.gettext("May") == "May"
    assert words.gettext("left out") == 'aus"gelassen"\n'
    assert [words.ngettext("%(number)s story", "%(number)s stories", n) for n in (0, 1, 2)] == [
        "keine Geschichte",
        "eine Geschichte",
        "two Geschichten",
    ]
    assert words.gettext("guessed") + words.gettext("empty") == "guessedempty"


def test_a_wider_language_stands_in() -> None:
    """A catalogue for `de` serves `de-AT`; a language without one is said in English, and says so."""
    theme = {"locale/de.po": GERMAN, "locale/fr/mine.po": b""}
    assert languages(theme) == {"en", "de", "fr"}
    assert catalogue_for(theme, "de-AT").language == "de-AT"
    assert catalogue_for(theme, "pl").language == "en"


def test_a_theme_adds_its_own_strings() -> None:
    """Catalogues in a language's folder are laid over the one beside it."""
    theme = {"locale/de.po": GERMAN, "locale/de/mine.po": b'msgid "empty"\nmsgstr "leer"\n'}
    words = Words(catalogue_for(theme, "de"))
    assert words.gettext("empty") == "leer"
    assert words.ngettext("%(number)s story", "%(number)s stories", 0) == "keine Geschichte"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'msgid "a"\nmsgstr b\n', "locale/de.po:2: expected a keyword and a string in quotation marks"),
        (b"\xff", "locale/de.po: is not UTF-8"),
        (b'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=import os;"\n', "locale/de.po: Plural-Forms: "),
    ],
)
def test_mistakes_in_a_catalogue_are_reported(data: bytes, said: str) -> None:
    """What is wrong in a catalogue is told with its file and line."""
    with pytest.raises(SourceError) as raised:
        catalogue_for({"locale/de.po": data}, "de")
    assert str(raised.value).startswith(said)


def test_english_needs_no_catalogue() -> None:
    """English says what stands in the source, numbers and dates included."""
    assert ENGLISH.ngettext("%(number)s story", "%(number)s stories", 2) == "two stories"
    assert ENGLISH.percentage(41) == "41%"
    assert ENGLISH.month("2024-05") == "May 2024"


# ---------------------------------------------------------------------------- shipped languages


def said(language: str) -> Words:
    """Return what is said in one of the languages that ship."""
    return Words(catalogue_for({f"locale/{p.name}": p.read_bytes() for p in catalogues.LOCALE.glob("*.po")}, language))


@pytest.mark.parametrize(
    ("language", "date", "month", "number", "share"),
    [
        ("en", "1 March 2031", "March 2031", "1,013", "41%"),
        ("de", "1. März 2031", "März 2031", "1.013", "41\u00a0%"),
        ("fr", "1er mars 2031", "mars 2031", "1\u202f013", "41\u202f%"),
        ("ar", "1 مارس 2031", "مارس 2031", "1,013", "41%"),
    ],
)
def test_dates_and_numbers_are_the_languages_own(language: str, date: str, month: str, number: str, share: str) -> None:
    """Dates, months, grouped digits and shares are written as the language writes them."""
    words = said(language)
    assert (words.date("2031-03-01"), words.month("2031-03")) == (date, month)
    assert (words.digits(1013), words.percentage(41)) == (number, share)


def test_french_knows_none_one_and_many() -> None:
    """French has a form of its own for nothing, which no number in front of a plural could say."""
    words = said("fr")
    counted = [
        words.ngettext("%(number)s quotation is altered", "%(number)s quotations are altered", n) for n in (0, 1, 2, 13)
    ]
    assert counted == [
        "aucune citation n’est modifiée",
        "une citation est modifiée",
        "deux citations sont modifiées",
        "13 citations sont modifiées",
    ]


@pytest.mark.parametrize("language", ["en", *catalogues.languages()])
def test_every_language_explains_itself(language: str) -> None:
    """The example on “How to read this” shows in each language what the page speaks of: found by the program."""
    found = example(said(language))
    marks = [[(mark.kind, mark.moved) for mark in text.row.strip.marks] for text in found.texts]
    assert marks == [
        [("5", False), ("4", False), ("5", False), ("4", True), ("only", False)],
        [("4", True), ("5", False), ("4", False), ("5", False), ("only", False)],
        [("5", False), ("5", False)],
    ]
    voted = next(p for p in found.passages if p.wordings and not p.split)
    assert [slot.state for slot in voted.slots] == ["base", "on", "on"]
    assert any(piece.op == "change" for piece in voted.wordings[0].pieces)
    assert [len(quote.rows) for quote in found.quotes] == [2]
    assert found.texts[0].row.teller.page == "about/index.html"
