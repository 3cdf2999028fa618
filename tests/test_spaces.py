"""A template without the white space that pages lose prints the same pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Config, Page
from generator.site import pages, render
from generator.site.quick import is_knit
from tests import sample

PLAIN = ("\n", "  \n\n", "\n   ", " ", "<p>", "a\n", "<")
FRAMES = ("<pre>\n <b>\n", "  </pre>\n", "<textarea>", "\n </textarea>")
CALLS = ("{{ m.one('') }}\n", "{{ m.one(text) }}", "{{ m.two(text) }}", "{{ m.one('x') | length }}")
AROUND = (
    "{%% if text %%}%s{%% elif not text %%}%s{%% endif %%}",
    "{%% for x in many %%}%s{%% else %%}%s{%% endfor %%}",
    "%s{%% set held %%}%s{%% endset %%}\n{{ held }}",
)


def _parts(texts: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Parts of a template, one after the other and within one another."""
    return st.recursive(
        st.sampled_from((*texts, "{{ text }}")),
        lambda part: (
            st.lists(part, max_size=6).map("".join)
            | st.tuples(st.sampled_from(AROUND), part, part).map(lambda made: made[0] % made[1:])
        ),
        max_leaves=16,
    )


@given(_parts((*PLAIN, *FRAMES, *CALLS)), _parts(PLAIN), _parts((*PLAIN, *FRAMES, "{{ one('') }}\n")))
def test_a_page_is_as_if_all_white_space_were_taken_from_it_alone(source: str, one: str, two: str) -> None:
    """Wherever lines, values, macros and preformatted texts stand, only what a page loses anyway is not printed."""
    macros = f"{{% macro one(text) %}}{one}{{% endmacro %}}{{% macro two(text) %}}{two}{{% endmacro %}}"
    theme = {"templates/t": f"{{% import 'm' as m with context %}}{source}".encode(), "templates/m": macros.encode()}
    templates = render.environment(theme, Config())
    assert is_knit(templates.get_template("t"))
    for values in ({"text": "", "many": ()}, {"text": "x", "many": (1, 2)}, {"text": " \n ", "many": (1,)}):
        plain = templates.plain().get_template("t").render(values)  # type: ignore[attr-defined]
        assert render.render(Page("a", "t", "T", dict(values)), templates) == render.tight(plain.encode())


def test_indentation_and_empty_lines_are_gone_before_a_page_is_printed() -> None:
    """Of a template's own text only what begins a line is left; what values bring is left to the page."""
    source = "<ul>\n  {% for x in many %}\n    <li>{{ x }}</li>\n\n{% endfor %}\n  </ul>\n"
    templates = render.environment({"templates/t": source.encode()}, Config())
    made = templates.get_template("t").render(many=(1, "\n  2"))
    assert made == "<ul>\n<li>1</li>\n<li>\n  2</li>\n</ul>\n"


def test_a_page_of_the_default_theme_has_nothing_to_lose(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its templates print stories as tight as they are to be, so that no page is gone through again."""
    made = []
    monkeypatch.setattr(render, "tight", lambda html: made.append(html) or html)
    sample.rendered(pages.plan([sample.digest()], sample.library(), Config()), Config())
    assert [html for html in made if render.LOOSE.search(html)] == []
