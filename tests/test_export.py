"""One story as one file: the same values as its pages, in five formats."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.model import Config, Rights
from generator.shell.export_command import schema_of
from generator.site import rights
from generator.site.data import stories, story
from generator.site.export import export, table
from generator.site.index import Index, index_of
from generator.site.summary import summary_of
from tests import sample
from tests.documents import Document
from tests.projects import EXAMPLES, copied, ssg

CLOSED = "Divers of the coast guard will look for the lost iron once the autumn gales have passed."


def index(which: tuple[Rights, Rights, Rights] = ("full", "full", "full"), extra: str = "") -> Index:
    """Return the sample story, as it may be printed."""
    return index_of(rights.printable(sample.digest(which, extra)), sample.library(extra), Config())


# ---------------------------------------------------------------------------- CSV


def test_table_is_passages_by_tellings() -> None:
    """A row is a passage, a column a telling; a cell holds the telling's sentences, or nothing where it is silent."""
    head, *rows = csv.reader(io.StringIO(table(index()), newline=""))
    assert head[:6] == ["passage", "anchor", "tellings", "origins", "base", "text"]
    assert [name.split(" ")[0] for name in head[6:]] == ["A", "B", "C"]
    first = dict(zip(head, rows[0], strict=True))
    assert first["passage"] == "p1"
    assert first["anchor"] == "p-aurora-skerry-point-monday"
    assert rows[0][6] == (
        "The ferry Aurora lost its anchor off Skerry Point on Monday. The Aurora lost its anchor on Monday."
    )
    assert rows[1][8] == ""
    assert len(rows) == len(sample.digest().passages)


def test_table_survives_any_text() -> None:
    """Commas, quotation marks and line ends in a text stay in their cell."""
    head, *rows = csv.reader(io.StringIO(table(index(extra=' a,"b";\nc\rd')), newline=""))
    assert all(len(row) == len(head) for row in rows)
    assert rows[0][5].endswith(' a,"b";\nc\rd')


# ---------------------------------------------------------------------------- Markdown


def test_markdown_says_what_the_sources_say() -> None:
    """Read back, the Markdown holds every sentence of the account and none of them as markup."""
    nasty = " <b>*x*</b> [y](z) `q` _u_ ~s~ # 1. &amp; ![i](j)"
    html = MarkdownIt("commonmark").render(export(index(extra=nasty), "md", Config()))
    text = " ".join(Document(html).text.split())
    for witness in sample.digest(extra=nasty).witnesses:
        for segment in witness.segments:
            assert " ".join(segment.text.split()) in text
    tags = {tag for tag, _ in Document(html).elements}
    assert tags <= {"h1", "h2", "h3", "p", "ul", "li", "strong", "a"}


@pytest.mark.parametrize(
    "start", ["- no list", "1. no list", "# no heading", "+ no list", "=== no rule", "12) no list"]
)
def test_markdown_line_starts(start: str) -> None:
    """A text that begins as a list or a heading would stays a text."""
    from generator.site.export import _plain

    html = MarkdownIt("commonmark").render(_plain(start))
    assert Document(html).text.strip() == start
    assert {tag for tag, _ in Document(html).elements} == {"p"}


# ---------------------------------------------------------------------------- rights


@pytest.mark.parametrize("form", ["json", "csv", "tei", "md"])
def test_rights_are_honoured(form: str) -> None:
    """A sentence that may not be reprinted is in no export."""
    assert CLOSED in export(index(), form, Config())  # type: ignore[arg-type]
    assert CLOSED not in export(index(("full", "full", "link")), form, Config())  # type: ignore[arg-type]


# ---------------------------------------------------------------------------- JSON Schema


def closed(schema: object) -> object:
    """Return a schema that allows no field which it does not name; the shipped one does, since fields may be added."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return {**inner, "additionalProperties": False} if schema.get("type") == "object" else inner


def validator(name: str):  # type: ignore[no-untyped-def]
    """Return what checks values against a shipped schema, unknown fields refused."""
    from jsonschema import Draft202012Validator

    schema = json.loads(schema_of(name))
    Draft202012Validator.check_schema(schema)
    schema = closed(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("which", [("full", "full", "full"), ("full", "excerpt", "link"), ("link", "link", "link")])
def test_story_json_fits_its_schema(which: tuple[Rights, Rights, Rights]) -> None:
    """What is written as story.json is what the schema that ships says."""
    told = json.loads(export(index(which), "json", Config()))
    assert list(validator("story").iter_errors(told)) == []


def test_stories_json_fits_its_schema() -> None:
    """What is written as stories.json is what the schema that ships says."""
    told = json.loads(json.dumps(stories([summary_of(index(), ())], [], Config())))
    assert list(validator("stories").iter_errors(told)) == []


def test_schema_refuses() -> None:
    """A value that is missing, of another type or of another name is refused: the schema says something."""
    told = json.loads(export(index(), "json", Config()))
    check = validator("story")
    for broken in (
        {key: value for key, value in told.items() if key != "passages"},
        {**told, "version": 2},
        {**told, "extra": 1},
        {**told, "passages": [{**told["passages"][0], "articles": "A"}]},
        {**told, "quotes": [{**told["quotes"][0], "verdict": "wrong"}]},
    ):
        assert list(check.iter_errors(broken))


def test_examples_fit_the_schemas() -> None:
    """So are the files of every example site."""
    for path in EXAMPLES.glob("*/after/site/**/story.json"):
        assert list(validator("story").iter_errors(json.loads(path.read_text(encoding="utf-8")))) == []
    for path in EXAMPLES.glob("*/after/site/stories.json"):
        assert list(validator("stories").iter_errors(json.loads(path.read_text(encoding="utf-8")))) == []


# ---------------------------------------------------------------------------- the command


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example project."""
    return copied(EXAMPLES / "harbour" / "before", tmp_path_factory.mktemp("export"))


def test_json_is_that_of_the_site(project: Path) -> None:
    """The exported JSON is the site's story.json, byte for byte; nothing is written."""
    before = sorted(project.rglob("*"))
    result = ssg(project, "export", "bridge")
    assert result.exit_code == 0
    expected = EXAMPLES / "harbour" / "after" / "site" / "stories" / "bridge" / "story.json"
    assert result.stdout == expected.read_text(encoding="utf-8")
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize(
    ("form", "begin"), [("csv", "passage,anchor,"), ("tei", "<?xml"), ("md", "# "), ("html", "<!doctype html>")]
)
def test_formats(project: Path, form: str, begin: str) -> None:
    """Every format comes out on standard output."""
    result = ssg(project, "export", "bridge", "--format", form)
    assert result.exit_code == 0
    assert result.stdout.lstrip().lower().startswith(begin.lower())


def test_one_html_file_asks_for_nothing(project: Path) -> None:
    """The HTML file holds its style, runs nothing, and every link in it leads to a place in it or out to the web."""
    page = Document(ssg(project, "export", "bridge", "--format", "html").stdout)
    assert not {"script", "link", "img", "dialog"} & {tag for tag, _ in page.elements}
    assert "style" in {tag for tag, _ in page.elements}
    for link in page.links:
        assert link.startswith(("https://", "http://", "#")), link
        assert not link.startswith("#") or link[1:] in page.ids, link


def test_to_a_file(project: Path, tmp_path: Path) -> None:
    """With --output the text goes into a file and nothing to standard output."""
    result = ssg(project, "export", "bridge", "--format", "csv", "-o", str(tmp_path / "b.csv"))
    assert result.stdout == ""
    assert (tmp_path / "b.csv").read_bytes().startswith(b"passage,anchor,tellings")


def test_to_standard_output_by_name(project: Path) -> None:
    """`--output -` is standard output, as in other programs, and makes no file of that name."""
    assert ssg(project, "export", "bridge", "-o", "-").stdout == ssg(project, "export", "bridge").stdout != ""
    assert not Path("-").exists()


def test_into_no_folder(project: Path, tmp_path: Path) -> None:
    """A file in a folder that is not there is refused with the folder's name."""
    wanted = tmp_path / "none" / "b.json"
    result = ssg(project, "export", "bridge", "-o", str(wanted))
    assert result.exit_code == 1
    assert result.stderr == f"error: {wanted}: there is no folder {wanted.parent}/ – make it, or choose another\n"


@pytest.mark.parametrize("name", ["content/stories/bridge", "./content/stories/bridge/"])
def test_a_story_by_its_folder(project: Path, name: str) -> None:
    """A story may be named by its folder, as the shell completes it."""
    assert ssg(project, "export", name).stdout == ssg(project, "export", "bridge").stdout != ""


def test_no_such_story(project: Path) -> None:
    """A story that there is not is named, with the one that was probably meant."""
    result = ssg(project, "export", "brigde")
    assert result.exit_code == 1
    assert "content/stories/brigde: there is no such story – did you mean 'bridge'?" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["bridge", "--schema", "story"], ["bridge", "--format", "pdf"]])
def test_wrong_usage(project: Path, arguments: list[str]) -> None:
    """Without a story, with a story and a schema, or with an unknown format the usage is shown."""
    assert ssg(project, "export", *arguments).exit_code == 2


def test_schema_is_printed(project: Path) -> None:
    """The schemas that ship are printed for validators and editors."""
    printed = json.loads(ssg(project, "export", "--schema", "stories").stdout)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_schema_names_every_field() -> None:
    """No field of story.json is left to chance: the schema names each."""
    told = story(index(), Config())
    assert sorted(json.loads(schema_of("story"))["properties"]) == sorted(told)


def test_a_name_that_is_no_format() -> None:
    """A format that there is not is refused with those that there are, rather than taken for Markdown."""
    with pytest.raises(ValueError, match="'xml' is no format – one of json, csv, tei, md"):
        export(index(), "xml", Config())  # type: ignore[arg-type]
