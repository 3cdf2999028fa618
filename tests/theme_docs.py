"""The reference of themes, read off the default theme: blocks, templates, macros, custom properties, what is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE

from generator.model import Config, Page
from generator.site import render
from generator.site.card_look import COLOURS, FONTS

THEME = Path(__file__).parent.parent / "themes" / "default"
BASE = "base.html"

#: What every template is given, beside what its kind of page brings; a test holds that none is missing.
GIVEN = {
    "page": "the page: `path`, `title`, `noindex`, `permalink`, `depth`",
    "to": "`to(file)`: the relative address of a file of the site, from this page, as in `to('stories/index.html')`",
    "whole": "`whole(file)`: the same as other sites name it, with `base_url`",
    "here": "`here(anchor)`: the address of a place on this page",
    "canonical": "the page's full address; empty without `base_url`",
    "site": "the [configuration](configuration.md): `site.title`, `site.base_url`, …",
    "language": "the language of the interface",
    "direction": "`ltr` or `rtl`",
    "versions": "static file → hash of its bytes; the macro `static` makes addresses with it",
    "has_feeds": "whether there are feeds",
    "section": "which part of the navigation the page belongs to",
    "feed": "the folder of the page's own feed, if it has one",
    "linked": "JSON-LD for the head, if there is any",
    "card": "the story's picture: `path`, `width`, `height`, `alt`; nothing on other pages",
    "card_look": "how the theme wants that picture drawn",
    "nav": "the editor's own pages, and the guide to reading a comparison",
    "reading": "the file of that guide",
    "_": "`_('Stories')`: a string in the site's language; `_('Read it at %(host)s', host=name)` fills places",
    "ngettext": "`ngettext('%(n)s word', '%(n)s words', count)`: the same by number",
    "pgettext": "`pgettext('month', 'May')`: the same where a word means two things",
    "words": "numbers, dates and lists as the language writes them: `words.date('2031-03-04')`, `words.digits(1013)`",
}


def given() -> set[str]:
    """Return the names that every template is given, as the program says."""
    environment = render.environment({}, Config())
    values = render._values(Page("index.html", "home.html", "", {}), Config())
    return {*environment.globals, *values} - set(DEFAULT_NAMESPACE)


def reference() -> str:
    """Return the body of the page."""
    templates = sorted((THEME / "templates").glob("*.html"))
    shared = [path for path in templates if path.name.startswith("_")]
    parts = [
        "What a theme may replace, and what its templates are given. How to make one: [Themes](themes.md);\n"
        "what each kind of page brings under [Template values](template-values.md).\n",
        "## Blocks\n\nThe blocks of `base.html`, which every page extends. A template of yours may begin with\n"
        '`{% extends "default/base.html" %}` and replace one of them.\n',
        _table("| block | what it holds | replaced by |", _blocks(templates)),
        "## Given to every template\n",
        _table("| name | what it is |", (f"| `{name}` | {told} |\n" for name, told in GIVEN.items())),
        "## Templates\n\nA file of the same name in your theme's `templates/` replaces one.\n",
        _table("| file | what it is |", (f"| `{path.name}` | {_first_comment(path)} |\n" for path in templates)),
        "## Macros\n\nSmall parts that several pages draw the same way;\n"
        '`{% import "_marks.html" as m with context %}` brings some, as in `{{ m.siglum(teller) }}`.\n',
        _table("| file | macro |", (row for path in shared for row in _macros(path))),
        "## Custom properties\n\nColours, type and measures of `static/style.css`; one laid over it says them\nanew.\n",
        _table("| property | light | dark | |", _properties()),
        "## A story's picture\n\n`card/card.yml` says how `card.png` is drawn; a theme without it has none.\n",
        _table("| key | in the default theme |", _card()),
    ]
    return "\n".join(parts)


def _table(head: str, rows: Iterable[str]) -> str:
    return f"{head}\n{'|---' * (head.count('|') - 1)}|\n{''.join(rows)}"


def _tree(path: Path) -> nodes.Template:
    return jinja2.Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))


def _blocks(templates: list[Path]) -> Iterator[str]:
    text = (THEME / "templates" / BASE).read_text(encoding="utf-8")
    owners = {path.name: {block.name for block in _tree(path).find_all(nodes.Block)} for path in templates}
    for name, told in re.findall(r"{% block (\w+) %}{#: (.+?) #}", text):
        by = [f"`{file}`" for file, blocks in owners.items() if name in blocks and file != BASE]
        many = f"{len(by)} templates" if len(by) > 6 else ", ".join(by)
        yield f"| `{name}` | {told} | {many} |\n"


def _first_comment(path: Path) -> str:
    found = re.search(r"{#-?:? ?(.+?) ?-?#}", path.read_text(encoding="utf-8"), re.DOTALL)
    return " ".join(found[1].split()).replace("|", "\\|") if found and found.start() < 200 else ""


def _macros(path: Path) -> Iterator[str]:
    for macro in _tree(path).find_all(nodes.Macro):
        names = [argument.name for argument in macro.args]
        defaults = [""] * (len(names) - len(macro.defaults)) + ["=…"] * len(macro.defaults)
        said = ", ".join(name + default for name, default in zip(names, defaults, strict=True))
        yield f"| `{path.name}` | `{macro.name}({said})` |\n"


def _properties() -> Iterator[str]:
    text = (THEME / "static" / "style.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.+?)\n *\}", text, re.DOTALL)[:2]
    darker = dict(re.findall(r"(--[\w-]+): ([^;]+);", dark))
    comment = ""
    for line in light.split("\n"):
        found = re.findall(r"(--[\w-]+): ([^;]+);", line)
        behind = re.search(r";\s*/\* (.+?) \*/", line)
        if not found and (above := re.search(r"/\* (.+?) \*/", line)):
            comment = above[1]
        for name, value in found:
            told = behind[1] if behind else comment
            yield f"| `{name}` | `{value}` | {f'`{darker[name]}`' if name in darker else ''} | {told} |\n"
            comment = ""


def _card() -> Iterator[str]:
    text = (THEME / "card" / "card.yml").read_text(encoding="utf-8")
    stated = dict(re.findall(r'^(\w+): "?([^"\n]+)"?$', text, re.MULTILINE))
    for name in (*FONTS, *COLOURS):
        yield f"| `{name}` | `{stated[name]}` |\n"


def undescribed() -> list[str]:
    """Return the blocks of the base template that say nothing of themselves."""
    text = (THEME / "templates" / BASE).read_text(encoding="utf-8")
    blocks = [block.name for block in _tree(THEME / "templates" / BASE).find_all(nodes.Block)]
    told = re.findall(r"{% block (\w+) %}{#: ", text)
    return [name for name in blocks if name not in told]
