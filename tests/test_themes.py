"""Themes: file by file over one another, and their mistakes told where they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.errors import SourceError
from generator.model import Config, Page
from generator.pipeline import build
from generator.shell.project import are_ours, theme_of
from generator.site import listed, render
from generator.site.compared import plan_story
from generator.site.lists import OutletView
from generator.site.pages import plan_site
from generator.site.plain import Navigation
from generator.site.relisted import WHOLE
from tests import demosite, sample
from tests.documents import Document, documents

THEMES = Path(__file__).parent.parent / "themes"


def test_broadsheet_extends_the_default_theme() -> None:
    """The second theme is a few files; every page of it has both style sheets, fingerprinted, and its own head."""
    files = [path for path in (THEMES / "broadsheet").rglob("*") if path.is_file()]
    assert len(files) == 4
    site = demosite.site(theme="broadsheet")
    for path, page in documents(site).items():
        assert page.faults == [], path
        if path.startswith("embed/"):
            continue
        styles = [a["href"] for tag, a in page.elements if tag == "link" and a.get("rel") == "stylesheet"]
        assert [style.rsplit("/", 1)[-1].split("?v=")[0] for style in styles][-2:] == ["style.css", "broadsheet.css"]
        assert all("?v=" in style for style in styles)
    assert set(site) - set(demosite.site()) == {"static/broadsheet.css"}


#: A story of two tellings.
QUAY = {
    f"content/stories/quay/{outlet}.md": f"---\ntitle: Quay\noutlet: {outlet}\ntags: [port]\n---\n\n{text}\n".encode()
    for outlet, text in (("post", "The quay is closed. It rained."), ("courier", "The quay is closed until noon."))
}


def project(tmp_path: Path, files: dict[str, str]) -> Path:
    """Return a project's folder with a theme of the reader's own."""
    for name, text in {"theme.yml": "extends: default\n", **files}.items():
        path = tmp_path / "themes" / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def built(root: Path) -> dict[str, bytes]:
    """Return the demo in the project's own theme."""
    sources = {p.relative_to(demosite.DEMO).as_posix(): p.read_bytes() for p in sorted(demosite.DEMO.rglob("*.md"))}
    return dict(build(sources, theme_of(root, "mine"), replace(demosite.settings(), theme="mine")).files)


def test_a_block_is_replaced(tmp_path: Path) -> None:
    """A theme may replace one block of one template, and keep the rest by the name of the theme it extends."""
    template = '{% extends "default/base.html" %}{% block foot %}<p>Mine.</p>{% endblock %}'
    site = built(project(tmp_path, {"templates/base.html": template}))
    page = Document(site["index.html"].decode()).text
    assert "Mine." in page
    assert "The ferry to Holm" in page


def test_a_mistake_is_told_with_template_line_and_page(tmp_path: Path) -> None:
    """What goes wrong in a template names the template that is to blame, its line, and the page it was rendering."""
    text = '{% extends "base.html" %}\n{% block content %}\n{{ story.nothing_like_it.at_all }}\n{% endblock %}\n'
    with pytest.raises(SourceError) as raised:
        built(project(tmp_path, {"templates/story.html": text}))
    assert str(raised.value).startswith("themes/mine/templates/story.html:3: ")
    assert "(page /stories/" in str(raised.value)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("a\n\n{{ 1 + 'a' }}", "templates/t.html:3: "),
        ("{{ nothing }}", "templates/t.html:1: 'nothing' is undefined – "),
        ("a\n{{ (1, 2)['x'].y }}", "templates/t.html:2: "),
        ("a\n{{ 1 // 0 }}", "templates/t.html:2: "),
        ("{% include 'part.html' %}", "templates/part.html:2: 'lost' is undefined"),
    ],
)
def test_mistakes_have_a_line(template: str, said: str) -> None:
    """Every kind of mistake is told at its line, in the innermost template."""
    tree = {"templates/t.html": template.encode(), "templates/part.html": b"\n{{ lost }}"}
    with pytest.raises(SourceError) as raised:
        render.render(Page("x/index.html", "t.html", "T", {}), render.environment(tree, Config()))
    assert str(raised.value).startswith(said)


@pytest.mark.parametrize(
    ("name", "template", "said"),
    [
        (
            "story.html",
            '{% extends "default/story.html" %}\n{% block content %}{{ story.titel }}{% endblock %}',
            "themes/mine/templates/story.html:2: a StoryView has no 'titel' – did you mean 'title'? (page /stories/",
        ),
        (
            "home.html",
            '{% import "_marks.html" as m with context %}\n{{ m.entris() }}',
            "themes/mine/templates/home.html:2: _marks.html has no 'entris' – did you mean 'entries'? (page /)",
        ),
        (
            "home.html",
            '{% import "_marks.html" as m with context %}\n{{ m.entries() }}',
            "themes/default/templates/_marks.html:",
        ),
        (
            "story.html",
            '{% extends "story.html" %}\n{% block content %}{% endblock %}',
            "themes/mine/templates/story.html:1: extends or includes itself – "
            '"default/story.html" is the file of the theme that this one extends (page /stories/',
        ),
        ("_key.html", "{{ nope }}", "themes/mine/templates/_key.html:1: 'nope' is undefined"),
        ("pair.html", "{% if x %}", "themes/mine/templates/pair.html:1: Unexpected end of template."),
        ("outlet.html", "\n{{ 1 | titlecase }}", "themes/mine/templates/outlet.html:2: No filter named 'titlecase'."),
        (
            "tag.html",
            "\n{% include 'nope.html' %}",
            "themes/mine/templates/tag.html:2: nope.html: the theme has no such",
        ),
        (
            "tag.html",
            '{% extends "base.html" %}\n{% block contents %}{% endblock %}',
            "themes/mine/templates/tag.html:2: block 'contents' is in none of the templates that this one extends, "
            "so nothing prints it – did you mean 'content'?",
        ),
    ],
)
def test_a_mistake_says_where_it_is_and_what_was_meant(tmp_path: Path, name: str, template: str, said: str) -> None:
    """A mistake is told with the theme's own file, the line, the page, and the name that was probably meant."""
    root = project(tmp_path, {f"templates/{name}": template})
    with pytest.raises(SourceError) as raised:
        build(QUAY, theme_of(root, "mine"), Config(theme="mine"))
    assert str(raised.value).startswith(said)


def test_a_theme_without_a_template_is_told_where_it_belongs(tmp_path: Path) -> None:
    """A theme that extends none, and lacks a template, is told the file to add, and the line that spares it."""
    root = project(tmp_path, {"theme.yml": "name: mine\n"})
    with pytest.raises(SourceError) as raised:
        build(QUAY, theme_of(root, "mine"), Config(theme="mine"))
    said = "the theme has no such template – add it, or extend a theme that has it"
    expected = f"themes/mine/templates/story.html: {said}, as with `extends: default` in themes/mine/theme.yml (page /"
    assert str(raised.value).startswith(expected)


def test_a_template_in_another_encoding_is_told_once_with_its_file(tmp_path: Path) -> None:
    """A template that is not UTF-8 is one problem, at the place where its author finds it."""
    root = project(tmp_path, {})
    (root / "themes/mine/templates").mkdir(exist_ok=True)
    (root / "themes/mine/templates/story.html").write_bytes(b"\xff")
    with pytest.raises(SourceError) as raised:
        build(QUAY, theme_of(root, "mine"), Config(theme="mine"))
    assert str(raised.value) == "themes/mine/templates/story.html: is not UTF-8 – save the template in that encoding"


class Counted(Sequence[Any]):
    """A list of which nothing can be had but how long it is."""

    def __init__(self, whole: Sequence[Any]) -> None:
        self.count = len(whole)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, at: Any) -> Any:
        raise AssertionError("a page asks for more of a list than it shows")


def _counted(value: Any) -> Any:
    """Return a value that a list's template is given, its stories and tellings to be counted alone."""
    if isinstance(value, tuple):
        return tuple(map(_counted, value))
    if isinstance(value, listed.Year):
        return replace(value, months=_counted(value.months))
    if isinstance(value, listed.Month | listed.Tag):
        return replace(value, stories=Counted(value.stories))  # type: ignore[arg-type]
    return value


@pytest.mark.parametrize("theme", ["default", "broadsheet"])
def test_our_lists_ask_for_no_more_than_they_show(tmp_path: Path, theme: str) -> None:
    """What `generator.site.relisted.WHOLE` names is counted alone by our themes, and figures are on first pages."""
    _, one = plan_story(sample.digest(), sample.library(), Config(), Navigation())
    stories = [replace(one, slug=f"s{n}", date=f"2024-0{1 + n // 3}-01", tags=("dock",)) for n in range(6)]
    config, files = Config(paginate=2, theme=theme), theme_of(tmp_path, theme)
    assert are_ours(files, WHOLE)
    templates, seen = render.environment(files, config), set()
    for page in plan_site(stories, sample.library(), config):
        if page.template in {"outlet.html", "month.html", "tag.html", "tags.html", "archive.html"}:
            values = {name: value if name == "told" else _counted(value) for name, value in page.data.items()}
            if isinstance(view := values.get("outlet"), OutletView):
                less: Any = {} if values["first"] else {"figures": None}
                values["outlet"] = replace(view, told=Counted(view.told), **less)
            assert render.render(replace(page, data=values), templates) == render.render(page, templates)
            seen.add(page.path)
    assert {"outlets/gazette/page/2/index.html", "archive/2024-01/page/2/index.html", "tags/dock/index.html"} <= seen


def test_a_template_of_somebody_else_may_ask_for_more(tmp_path: Path) -> None:
    """A theme whose own template names what has all of a list's stories is not taken for ours."""
    for said, is_ours in (("{{ month.stories | length }}", False), ("{{ page.title }}", True)):
        root = project(tmp_path / str(is_ours), {"templates/month.html": said})
        assert are_ours(theme_of(root, "mine"), WHOLE) == is_ours
