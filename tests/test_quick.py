"""Templates compiled the shorter way print what Jinja2 prints."""

from __future__ import annotations

import pytest
from jinja2.compiler import CodeGenerator

from generator.errors import SourceError
from generator.model import Config, Page
from generator.site import render
from generator.site.index import Teller
from generator.site.pair import Other
from generator.site.quick import is_knit
from tests import sample

MACROS = (
    "{% macro link(t, tail='!') %}<a href=\"{{ to(t.target) }}\">{{ t.old }}{{ tail }}</a>{% endmacro %}"
    "{% macro asked() %}{{ deep | default('none') }}{% endmacro %}"
    "{% macro framed(kind) %}<b class='{{ kind }}'>{{ caller('x<') }}</b>{% endmacro %}"
    "{% macro many(first) %}{{ first }}{{ varargs | join('+') }}{{ kwargs | length }}{% endmacro %}"
    "{% macro lost(given) %}{{ given is defined }}{% endmacro %}"
)
TEMPLATES = {
    "values": "{{ text }}{{ number }}{{ none }}{{ half }}{{ yes }}{{ text | safe }}{{ text | upper }}{{ [text] }}",
    "attributes": "{{ pair.old }}{{ pair.target.upper() }}{{ pair.class is defined }}{{ (pair if yes).percent }}",
    "lacking": "{% for t in mixed %}{{ t.sigil if t.sigil is defined else t.old }}{% endfor %}",
    "loops": "{% for p in pairs %}{{ loop.index }}{{ loop.last }}{{ p.new }}{% else %}-{% endfor %}",
    "macros": "{% import 'macros' as m with context %}{{ m.link(pair) }}{{ m.link(pair, '<') }}{{ m.link(t=pair) }}",
    "modules": (
        "{% import 'macros' as m with context %}{{ m.asked() }}{% for deep in (1, '<') %}"
        "{% import 'macros' as n with context %}{{ n.asked() }}{% endfor %}{{ m.asked() }}"
    ),
    "picked": "{% from 'macros' import link, asked with context %}{{ link(pair) }}{{ asked() }}",
    "called": "{% import 'macros' as m %}{% call(x) m.framed('k') %}{{ x }}{{ text }}{% endcall %}{{ m.lost() }}",
    "many": "{% import 'macros' as m %}{{ m.many(1, text, 3, a=1) }}{{ m.many(*pairs_of) }}{{ m.many(1)|length }}",
    "said": "{{ _('a <b>%(x)s</b>', x=text) }}{{ ngettext('%(n)s x', '%(n)s y', 2) }}{{ _('%(n)d%%', n=3) }}",
    "said alone": "{{ _('<i>x</i>') }}{{ _('a & %(x)s') | length }}{% set _ = text.upper() %}{{ _ }}",
    "said otherwise": "{% macro s(_) %}{{ _('<i>x</i>') }}{% endmacro %}{{ s(text.join) }}{{ _('<i>x</i>') }}",
    "included": "{{ text }}{% include 'plain' without context %}{% block b %}<{{ number }}>{% endblock %}",
    "plain": "{{ _('a') }}",
    "unescaped": "{% autoescape false %}{{ text }}{% import 'macros' as m %}{{ m.lost(1) }}{% endautoescape %}",
    "blocks": "{% extends 'base' %}{% block a %}{{ super() }}{{ pair.new }}{% endblock %}",
    "base": "<{% block a %}{{ text }}{% endblock %}|{{ self.a() }}>{% include 'values' %}{% set x = text ~ 1 %}{{ x }}",
    "filters": "{{ pairs | map(attribute='old') | join(', ') }}{{ pairs | selectattr('percent') | first is defined }}"
    "{{ mixed | map(attribute='old', default='-') | join }}"
    "{{ words.number(number) }}{{ {'a': 1}['b'] is defined }}{{ pair['class'] is defined }}",
    "layers": "{% extends 'middle' %}{% import 'macros' as m with context %}"
    "{% macro x(t) %}{{ m.link(t) }}{% endmacro %}"
    "{% block a %}[{{ super() }}{{ x(pair) }}]{% endblock %}",
    "middle": "{% extends 'base' %}{% block a %}({{ super() }}{% block c %}{{ number }}{% endblock %}){% endblock %}",
    "from above": "{% extends 'layers' %}{% block c %}{% macro y() %}<{{ half }}>{% endmacro %}{{ y() }}{% endblock %}",
    "borrowed": "{% extends 'lending' %}{% block a %}{{ m.link(pair) }}{{ x(1) }}{% endblock %}",
    "lending": "{% extends 'lender' %}{% macro x(t) %}<{{ t }}>{% endmacro %}"
    "{% block b %}{{ m.link(pair) }}{% endblock %}",
    "lender": "{% import 'macros' as m with context %}{% block a %}{% endblock %}|{% block b %}{% endblock %}",
    "redefined": "{% extends 'lender' %}{% macro m(t) %}<{{ t }}>{% endmacro %}{% block a %}{{ m(1) }}{% endblock %}",
    "kept": "{% set kept %}{% for p in pairs %}{{ p.new }}{% endfor %}{% endset %}{{ kept }}{{ kept | length }}",
    "drawn in": "{% for p in pairs %}{% include 'inner' %}{% endfor %}{% set p = text %}{{ p }}",
    "inner": "{% macro own() %}{{ pair.old }}{% endmacro %}{{ own() }}{{ p.old }}",
    "drawn in, and asked": "{% for p in pairs %}{% include 'asking' %}{% endfor %}",
    "asking": "{% macro own() %}{{ p.old }}{% endmacro %}{{ own() }}",
    "looped block": "{% for p in pairs %}{% block l %}{{ p is defined }}{% endblock %}{% endfor %}",
    "picked by condition": "{% if yes %}{% from 'macros' import link with context %}{{ link(pair) }}{% endif %}",
    "passed on": "{% import 'macros' as m with context %}{{ [m] | length }}{{ m.link is defined }}",
    "shadowed": "{% macro to(x) %}<{{ x }}>{% endmacro %}{{ to(1) }}{% for site in pairs %}{{ site.old }}{% endfor %}",
    "said in macros": "{% macro s(site, language) %}{{ site.new }}{{ language }}{{ _('b') }}{% endmacro %}"
    "{{ s(pair, 1) }}{{ site.title }}",
    "given in words": "{{ _('%(a)s and %(b)s', a=pair.old, b=text | safe) }}{{ _('%(n)s %%', n=half) | length }}",
    "lacking in macros": "{% macro l(t) %}{{ t.sigil if t.sigil is defined else t.old }}{% endmacro %}"
    "{% for t in mixed %}{{ l(t) }}{% endfor %}{{ pair.nothing | default('-') }}",
    "wrong name": "{{ pair.odl }}",
    "wrong call": "{% import 'macros' as m %}{{ m.lost(1, 2) }}",
    "wrong key": "{% import 'macros' as m %}{{ m.lost(here=2) }}",
    "unknown": "\n{{ pear }}",
    "private": "{{ pair.__class__ }}",
    "mutable": "{{ list.append(1) }}",
}


LENT = {**{name: TEMPLATES[name] for name in ("borrowed", "lending", "lender")}, "macros": MACROS}


def _printed(name: str, text: str, *, plain: bool) -> bytes | str:
    """Return the page, or what is wrong with it."""
    pairs = [Other("A", "<B>", "stories/a & b/index.html", 41), Other(text, "C", "index.html", 0)]
    teller = Teller("A", "Ledger", "index.html", "", "en", "ltr", "full")
    values = {
        "text": text, "number": 41, "none": None, "half": 0.5, "yes": True, "pair": pairs[0], "pairs": pairs,
        "mixed": [*pairs, teller], "pairs_of": [1, 2], "list": [],
    }  # fmt: skip
    theme = {f"templates/{key}": source.encode() for key, source in {**TEMPLATES, "macros": MACROS}.items()}
    templates = render.environment(theme, Config(title="S & S"))
    if plain:
        templates = templates.plain()  # type: ignore[attr-defined]
        assert templates.code_generator_class is CodeGenerator
    try:
        return render.render(Page("stories/x/index.html", name, "T", values), templates)
    except SourceError as error:
        return str(error)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_page_is_what_jinja2_makes_of_its_template(name: str) -> None:
    """Every kind of expression prints the same bytes, or says the same of what is wrong, whatever the values."""
    for text in ("", "a", '<b class="x">&amp; it\'s</b>', " \n%(x)s {{ x }}\t"):
        assert _printed(name, text, plain=False) == _printed(name, text, plain=True)


def test_a_string_is_printed_as_the_language_has_it() -> None:
    """A language may name the places of a string in another order, twice, or not at all, and say `%%`."""
    said = {"%(a)s and %(b)s": "%(b)s <und> %(a)s, %(b)s", "only %(a)s": "nur", "%(a)s": "%(a)s %%", "b": "<b>"}
    catalogue = "\n\n".join(f'msgid "{english}"\nmsgstr "{german}"' for english, german in said.items())
    text = "{{ _('%(a)s and %(b)s', a=x, b=2) }}|{{ _('only %(a)s', a=x) }}|{{ _('%(a)s', a=x) }}|{{ _('b') }}"
    templates = render.environment(
        {"templates/t": text.encode(), "locale/de.po": catalogue.encode()}, Config(language="de")
    )
    made = render.render(Page("a", "t", "T", {"x": "<&>"}), templates)
    assert made == b"2 <und> &lt;&amp;&gt;, 2|nur|&lt;&amp;&gt; %|<b>"
    assert is_knit(templates.get_template("t"))


def test_a_mistake_is_told_and_not_printed() -> None:
    """The templates above that are wrong are errors, the others are pages."""
    said = {name: _printed(name, "a", plain=False) for name in TEMPLATES}
    wrong = {name for name, found in said.items() if isinstance(found, str)}
    assert wrong == {
        "inner",
        "asking",
        "redefined",
        "wrong name",
        "wrong call",
        "wrong key",
        "unknown",
        "private",
        "mutable",
    }


def test_the_default_theme_is_knit() -> None:
    """Every page of the default theme is printed by one program, which asks for no other template."""
    templates = render.environment(sample.theme(), Config())
    paths = [path.removeprefix("templates/") for path in sample.theme() if path.startswith("templates/")]
    pages = [path for path in paths if path[0] != "_"]
    assert pages
    assert [name for name in pages if not is_knit(templates.get_template(name))] == []


def test_a_theme_that_extends_another_is_knit() -> None:
    """A block may use what the template above has imported, and the page is still one program."""
    templates = render.environment({f"templates/{name}": text.encode() for name, text in LENT.items()}, Config())
    assert is_knit(templates.get_template("borrowed"))


def test_a_page_may_bring_what_every_page_has() -> None:
    """A page's own `site` or `to` is what its template prints, as Jinja2 would."""
    templates = render.environment({"templates/t": b"{{ site.title }}{{ to('index.html') }}"}, Config(title="S"))
    assert render.render(Page("a/index.html", "t", "T", {}), templates) == b"S../index.html"
    own = Page("a/index.html", "t", "T", {"site": {"title": "<"}, "to": str.upper})
    assert render.render(own, templates) == b"&lt;INDEX.HTML"


def test_a_template_that_a_page_leads_astray_is_still_printed() -> None:
    """Where a value lacks what the quick way counts on, this page and those after it are printed as Jinja2 would."""
    templates = render.environment({"templates/t": b"{{ thing.teller }}"}, Config())
    for thing in ({"teller": "<A>"}, Other("A", "B", "index.html", 1), {"teller": "B"}):
        if isinstance(thing, dict):
            assert (
                render.render(Page("a", "t", "T", {"thing": thing}), templates)
                == thing["teller"].replace("<A>", "&lt;A&gt;").encode()
            )
        else:
            with pytest.raises(SourceError, match="has no 'teller'"):
                render.render(Page("a", "t", "T", {"thing": thing}), templates)
