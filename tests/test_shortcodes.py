"""Shortcodes: what they print, what they refuse, and that they are read, never run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.markdown import calls, html
from generator.ingest.shortcodes import ALONE, USES, shortcode
from tests.projects import ssg, tree

COURIER = "The bridge was closed on Tuesday after <b>cracks</b> were found. Nobody was hurt, said mayor Berg."
POST = "The bridge was shut on Tuesday after <b>cracks</b> were found. It will cost 40 crowns, {{ 7 * 7 }}."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with a story of two papers, one of them with a hostile name, and a page of the editor's."""
    for path, text in {
        "stories/bridge/_index": "---\ntitle: The <i>bridge</i>\n---\n\nIn short:\n\n{{ passage bridge Tuesday }}\n",
        "stories/bridge/courier": f"---\ntitle: Bridge\noutlet: The Courier\ndate: 2024-01-02\n---\n\n{COURIER}\n",
        "stories/bridge/post": f"---\ntitle: Bridge\noutlet: <script>\ndate: 2024-01-02\n---\n\n{POST}\n",
        "stories/school/post": "---\ntitle: School\noutlet: Other\ndate: 2024-01-02\n---\n\nThe school is new.\n",
        "about": "---\ntitle: About\n---\n\nWho we are.\n",
    }.items():
        file = tmp_path / "content" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def written(project: Path, text: str) -> dict[str, object]:
    """Let the page say something; build, and return what `--json` says."""
    (project / "content" / "about.md").write_text(f"---\ntitle: About\n---\n\n{text}\n", encoding="utf-8")
    return json.loads(ssg(project, "build", "--json").stdout)


def page(project: Path, name: str = "about") -> str:
    """Return a page of the site."""
    return (project / "site" / name / "index.html").read_text(encoding="utf-8")


def test_quotations(project: Path) -> None:
    """A passage is printed with who carries it, a difference with its marks; every word of theirs is escaped."""
    written(project, '> {{ passage bridge "on Tuesday after" }}\n\n{{diff bridge courier B p1}}\n')
    shown = page(project)
    assert '<blockquote><p dir="ltr">The bridge was closed on Tuesday after &lt;b&gt;cracks' in shown
    assert "<bdi>The Courier</bdi>, <bdi>&lt;script&gt;</bdi></figcaption>" in shown
    assert "The bridge was <del>closed</del> <ins>shut</ins> on Tuesday after &lt;b&gt;cracks&lt;/b&gt; were" in shown
    assert (
        '<a href="../stories/bridge/diff/courier/post/index.html"><bdi>The &lt;i&gt;bridge&lt;/i&gt;</bdi></a>' in shown
    )
    assert "The Courier against &lt;script&gt;" in shown
    assert "<script>" not in shown
    assert '<figure class="quoted">\n<blockquote>' in page(project, "stories/bridge")
    written(project, "{{ diff bridge post courier p1 }}")
    assert "The bridge was <del>shut</del> <ins>closed</ins> on Tuesday" in page(project)


def test_a_difference_of_unlike_sentences(project: Path) -> None:
    """Of sentences too unlike to be compared a difference prints the second, and marks the words that they share."""
    told = {
        "courier": "The delayed market announced harbour opened museum closed market repaired harbour repaired market "
        "repaired ferry inspected crew closed.",
        "post": "The closed vote delayed harbour opened crew moved ferry repaired mayor counted captain.",
    }
    for name, text in told.items():
        file = project / "content/stories/bridge" / f"{name}.md"
        file.write_text(f"---\ntitle: Bridge\noutlet: {name}\ndate: 2024-01-02\n---\n\n{text}\n", encoding="utf-8")
    (project / "content/stories/bridge/_index.md").unlink()
    written(project, "{{ diff bridge courier post p1 }}")
    shared = '<mark class="shared">{}</mark>'.format
    assert (
        f"The closed vote {shared('delayed')} {shared('harbour opened')} crew moved ferry {shared('repaired')} mayor"
        in page(project)
    )


def test_what_is_left_alone(project: Path) -> None:
    """Braces after a backslash, in code, around no shortcode or in an article are words, and nothing is computed."""
    written(
        project, "\\{{ passage bridge p1 }}\n\n```\n{{ passage nowhere p1 }}\n```\n\nUse `{{ x }}` or {{ 7 * 7 }} so.\n"
    )
    shown = page(project)
    for words in (
        "<p>{{ passage bridge p1 }}</p>",
        "{{ passage nowhere p1 }}",
        "<code>{{ x }}</code> or {{ 7 * 7 }} so",
    ):
        assert words in shown
    assert "{{ 7 * 7 }}" in page(project, "stories/bridge/post")
    assert "49" not in shown


@pytest.mark.parametrize(
    ("line", "place", "said"),
    [
        ("{{ pasage bridge p1 }}", "5:1", "there is no shortcode 'pasage' – did you mean 'passage'?; write \\{{ for"),
        ("- {{ passage brigde p1 }}", "5:3", "there is no story 'brigde' to quote – did you mean 'bridge'?"),
        ("{{ passage bridge p9 }}", "5:1", "there is no passage 'p9' – the story has p1 to p3"),
        ('{{ passage bridge "zebra" }}', "5:1", "no passage has the words 'zebra' – quote them from the story"),
        ('{{ passage bridge "w" }}', "5:1", "'w' stands in 3 passages (p1, p2, p3) – quote more words"),
        ("{{ passage bridge }}", "5:1", "expected {{ passage STORY PASSAGE }}, found 1 of them"),
        (
            "{{ diff bridge courier pots p1 }}",
            "5:1",
            "no article 'pots' in the story (drafts, and what is dated later, are not yet) – did you mean 'post'?",
        ),
        ("{{ diff bridge post post p1 }}", "5:1", "name two different articles"),
        ("{{ diff bridge courier post p2 }}", "5:1", "A and B have no sentence of p2 in common – it is in"),
        ("Words.\n{{ passage bridge p1 }}", "6:1", ALONE),
        ("Words {{ passage bridge p1 }} words.", "5:7", "a shortcode is a paragraph of its own"),
        (
            "A `{{ diff }}`\n``{{ passage a` b }}``, {{ passage bridge p1 }}",
            "6:25",
            "a shortcode is a paragraph of its own",
        ),
        ("## {{ passage bridge p1 }}", "5:4", "a shortcode is a paragraph of its own"),
        ("| a |\n|---|\n| {{ passage bridge p1 }} |", "7:3", "a shortcode is a paragraph of its own"),
        ("{{ }}", "5:1", "there is no shortcode ''"),
        ("{{ __class__ }}", "5:1", "there is no shortcode '__class__'"),
    ],
)
def test_mistakes(project: Path, line: str, place: str, said: str) -> None:
    """What quotes nothing is an error with its place and the way out."""
    problems = written(project, line)["problems"]
    assert len(problems) == 1
    found = problems[0]
    assert (found["path"], f"{found['line']}:{found['column']}") == ("content/about.md", place)
    assert found["message"].startswith(said)


def test_introductions_and_notes_quote_their_own_story(project: Path) -> None:
    """An introduction and a note may quote their own story; a mistake in one is told with its line, as on a page."""
    edits = project / "content" / "stories" / "bridge" / "_edits.yml"
    words = "      See:\n\n      {{ passage %s }}\n"
    note = f"notes:\n  - article: courier\n    sentence: Nobody was hurt\n    note: |\n{words}"
    edits.write_text(note % "bridge p1", encoding="utf-8")
    assert "problems" not in written(project, "x")
    assert page(project, "stories/bridge").count('<figure class="quoted">') == 1
    assert page(project, "stories/bridge/courier").count('<figure class="quoted">') == 1
    edits.write_text(note % "school p1", encoding="utf-8")
    found = written(project, "x")["problems"][0]
    assert (found["path"], found["message"][:30]) == (
        "content/stories/bridge/_edits.yml",
        "here only bridge can be quoted",
    )
    edits.unlink()
    about = project / "content" / "stories" / "bridge" / "_index.md"
    about.write_text(about.read_text(encoding="utf-8").replace("Tuesday", "p7"), encoding="utf-8")
    found = written(project, "x")["problems"][0]
    assert (found["path"], found["line"], found["column"]) == ("content/stories/bridge/_index.md", 7, 1)


def test_rights_are_honoured(project: Path) -> None:
    """Of an article that may not be reprinted nothing is quoted but what a comparison quotes."""
    article = project / "content" / "stories" / "bridge" / "courier.md"
    article.write_text(article.read_text(encoding="utf-8").replace("date:", "rights: link\ndate:"), encoding="utf-8")
    written(project, "{{ passage bridge p1 }}\n\n{{ diff bridge courier post p1 }}")
    shown = page(project)
    assert "The bridge was shut on Tuesday" in shown
    assert "<del>closed</del>" in shown
    assert "The bridge was closed" not in shown
    found = written(project, "{{ passage bridge p2 }}")["problems"][0]["message"]
    assert found == "the rights of its articles leave no word of it to print here"
    assert written(project, '{{ passage bridge "Nobody was hurt" }}')["problems"]


def test_a_quoting_page_follows_the_story(project: Path) -> None:
    """A page that quotes is made anew with its story, and asking for a quotation tells that story alone again."""
    assert written(project, "x")["told"] == 2
    assert written(project, "{{ passage bridge p1 }}")["told"] == 1
    assert written(project, "{{ passage bridge p1 }}\n\nMore.")["told"] == 0
    article = project / "content" / "stories" / "bridge" / "courier.md"
    article.write_text(article.read_text(encoding="utf-8").replace("closed", "barred"), encoding="utf-8")
    ssg(project, "build")
    assert "The bridge was barred on Tuesday" in page(project)
    assert "content/stories/bridge/courier.md" in ssg(project, "explain", "about").stdout
    assert (
        "the last one told anew bridge (content/stories/bridge/courier.md changed)"
        in ssg(project, "explain", "/").stdout
    )
    incremental = tree(project / "site")
    ssg(project, "build", "--clean")
    assert tree(project / "site") == incremental


def test_without_a_comparison_there_is_nothing_to_quote(project: Path) -> None:
    """Where the comparison is off a shortcode is an error that says so."""
    (project / "content" / "stories" / "bridge" / "_index.md").unlink()
    (project / "ssg.yml").write_text("compare: {enabled: false}\n", encoding="utf-8")
    found = written(project, "{{ passage bridge p1 }}")["problems"][0]["message"]
    assert found.startswith("nothing is compared (compare.enabled)")


@given(st.text(st.sampled_from('{} "\\\n\r`>-pasediff bridge“”<é')), st.sampled_from(["", "passage ", "diff "]))
def test_any_text_is_read(text: str, name: str) -> None:
    """Whatever stands in a page is read without an error, and only what is a shortcode is replaced."""
    found = calls(f"a\n\n{{{{{name}{text}}}}}\n\nb")
    for call in found:
        code = shortcode(call.inside)
        assert bool(code.problem) != (code.name in USES and len(code.arguments) + 1 == len(USES[code.name]))
    assert html(text, quote=lambda _: "").count("<script") == 0
