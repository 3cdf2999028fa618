"""`ssg compare A B`: what it prints, as text, as data and as a page, and how it fails."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.digest import digest_of
from generator.compare.facing import facing, turned
from generator.compare.lines import BREAK, Span, columns, harmless, plain, wrapped
from generator.compare.report import report
from generator.model import Article, Change, PairLink, Story
from generator.shell.cli import cli
from generator.shell.compare_command import wants_colour
from generator.shell.standalone import standalone
from tests.casefiles import read_cases

CASES = Path(__file__).parent / "cases"

OLD = """---
title: Harbour bridge shut
outlet: courier.example
date: 2024-03-03
language: en
---
The harbour bridge was closed on Sunday after engineers found cracks in it.

“We will open it again soon,” said Ida Lund. See [the port](https://port.example/) for ferries.
"""
NEW = """The harbour bridge was closed on Sunday after inspectors found cracks in it.

“We shall open it again soon,” said Ida Lund.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder outside any project, with two captures, as the current one."""
    (tmp_path / "one.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "two.txt").write_text(NEW, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def compare(*arguments: str, given: str = "") -> Result:
    """Run `ssg compare` in the current folder."""
    return CliRunner().invoke(cli, ["compare", *arguments], input=given, catch_exceptions=False)


def digest(*bodies: str, dates: tuple[str, ...] = ("", "")) -> Story:
    """Return a story of articles with these bodies."""
    return Story(
        "s",
        "",
        tuple(Article(slug=f"a{n}", body=b, date=d) for n, (b, d) in enumerate(zip(bodies, dates, strict=True))),
    )


# ---------------------------------------------------------------------------- text


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "compare.md"))
def test_text(title: str, text: str, expected: str, folder: Path) -> None:
    """Two captures are laid out sentence by sentence, within the width given; how similar they are is a number."""
    old, new = text.split("\n=====\n")
    (folder / "one.md").write_text(old + "\n", encoding="utf-8")
    (folder / "two.txt").write_text(new + "\n", encoding="utf-8")
    result = compare("one.md", "two.txt", *title[title.index("--") :].split())
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.sub(r"Similarity \d+%", "Similarity N%", result.stdout) == expected + "\n"
    assert max(map(columns, result.stdout.splitlines())) <= int(title.split()[-1])


@pytest.mark.usefixtures("folder")
def test_the_same_file_twice() -> None:
    """A capture compared with itself is said to be the same, which is no failure."""
    result = compare("one.md", "one.md")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "The two are the same, character by character."


def test_a_is_the_old_side_whatever_the_dates(folder: Path) -> None:
    """A is what B is measured against, also where A is the later one."""
    (folder / "early.md").write_text("---\ndate: 2020-01-01\n---\n" + NEW, encoding="utf-8")
    assert "[-engineers-]{+inspectors+}" in compare("one.md", "early.md").stdout
    assert "[-inspectors-]{+engineers+}" in compare("early.md", "one.md").stdout


@pytest.mark.usefixtures("folder")
def test_colour_only_where_asked_for() -> None:
    """Elsewhere than on a terminal there are signs instead of colours, unless colours are asked for."""
    assert "\x1b" not in compare("one.md", "two.txt").stdout
    coloured = compare("one.md", "two.txt", "--color").stdout
    assert "\x1b[31;9mengineers\x1b[0m \x1b[34;4minspectors\x1b[0m" in coloured
    assert "[-" not in coloured
    assert "\x1b" not in compare("one.md", "two.txt", "--no-color").stdout


def test_no_color_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """`NO_COLOR` and a dumb terminal turn colours off, an option turns them on again."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour(None)
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_colour(None)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(None)
    assert wants_colour(True)


def test_unlike_sentences_stand_apart() -> None:
    """Two wordings with little in common are printed one below the other, their shared words marked."""
    (pair,) = (found := facing(digest_of(digest(OLD.split("---\n")[2], NEW)))).pairs
    changes = (Change("replace", "It shut ", "Closed "), Change("equal", "the old bridge", "the old bridge"))
    link = PairLink(("A1",), ("B1",), 0.4, False, False, changes)
    lines = [plain(line) for line in report(replace(found, pairs=(replace(pair, links=(link,)),)), 60)]
    at = lines.index("A1 → B1 in other words")
    assert lines[at + 1 : at + 3] == ["  A It shut [=the old bridge=]", "  B Closed [=the old bridge=]"]


def test_standard_input(folder: Path) -> None:
    """`-` is standard input, and a file of no known kind is plain text."""
    (folder / "draft").write_text(NEW, encoding="utf-8")
    result = compare("draft", "-", given=NEW)
    assert result.exit_code == 0
    assert "The two are the same" in result.stdout


def test_a_sidecar_is_read(folder: Path) -> None:
    """What a sidecar beside a capture states is known here too."""
    (folder / "two.yml").write_text("outlet: Harbour Radio\n", encoding="utf-8")
    assert "Harbour Radio, undated" in compare("one.md", "two.txt").stdout


def test_other_kinds_of_capture(folder: Path) -> None:
    """A saved page and a JSON capture are read as they are from seeds/."""
    page = f"<html><head><title>Shut</title></head><body><article><p>{NEW}</p></article></body></html>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    (folder / "data.json").write_text(json.dumps({"title": "Shut", "text": NEW}), encoding="utf-8")
    result = compare("page.html", "data.json")
    assert "The two are the same, word for word" in result.stdout


VERSIONS = (
    """---
title: Harbour bridge shut to lorries
outlet: courier.example
date: 2024-03-03
---
The harbour bridge was closed to lorries on Sunday after engineers found cracks in four of its bearings.

“We will not wait for another winter to renew the bearings,” said Mayor Ida Lund.

Ferries will run twice as often until the repairs are done.
""",
    """---
title: Harbour bridge shut to all traffic
outlet: courier.example
date: 2024-03-05
---
The harbour bridge was closed to all traffic on Sunday after engineers found cracks in nine of its bearings.

Mayor Ida Lund said the town would not wait another winter to renew the bearings.

Ferries will run twice as often until the repairs are done.
""",
)


@pytest.fixture
def versions(folder: Path) -> Path:
    """Two versions of one outlet's article, the later of which no longer quotes what the first did."""
    for name, text in zip(("first.md", "second.md"), VERSIONS, strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("versions")
def test_everything_found_is_told() -> None:
    """Beside the sentences stand the versions, what is quoted in one only, figures that agree or not, and sources."""
    told = compare("first.md", "second.md", "--width", "120").stdout
    for line in (
        "Word 5-grams: Jaccard 0.21, containment 0.35; not near-duplicates; one voice (shared text):",
        "B is the next version of A.",
        "Quotes: 1 in one telling only",
        "  B2 not quoted: another winter to renew the bearings",
        "Figures: 1 in conflict, 1 agree",
        "  count, conflict",
        "  weekday, agree",
        "Sources",
        "  B Ida Lund",
        "Headline",
        "  Harbour bridge shut to [-lorries-]{+all traffic+}",
    ):
        assert line in told, line


@pytest.mark.usefixtures("versions")
def test_everything_found_is_in_the_data_and_on_the_page() -> None:
    """The data measures how much of the two is the same; the page lays quotations, figures and sources side by side."""
    said = json.loads(compare("first.md", "second.md", "--format", "json").stdout)
    assert (said["pairs"][0]["jaccard"], said["pairs"][0]["containment"]) == (0.209, 0.35)
    assert said["quotes"][0]["paraphrases"][0]["sentence"] == "B2"
    assert [history["articles"] for history in said["versions"]] == [["A", "B"]]
    page = Elements(compare("first.md", "second.md", "--format", "html").stdout)
    assert {"pair", "quotes", "figures", "wording", "attributions", "versions", "origins"} <= page.ids


# ---------------------------------------------------------------------------- data and page


@pytest.mark.usefixtures("folder")
def test_json() -> None:
    """`--format json` is the pair in the shape of story.json: changes give both sentences back."""
    said = json.loads(compare("one.md", "two.txt", "--format", "json").stdout)
    assert said["version"] == 1
    assert [article["outlet"] for article in said["articles"]] == ["courier.example", ""]
    texts = {sentence["id"]: sentence["text"] for article in said["articles"] for sentence in article["sentences"]}
    (pair,) = said["pairs"]
    assert (pair["old"], pair["new"], pair["url"]) == ("A", "B", "")
    for link in pair["links"]:
        for side in ("old", "new"):
            joined = "".join(change[side] for change in link["changes"])
            assert joined == " ".join(texts[name] for name in link[side])
    assert said["quotes"][0]["differences"][0]["kind"] == "word"


class Elements(HTMLParser):
    """What a document loads, links to and runs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        values = dict(attrs)
        self.tags.append(tag)
        if tag == "a" and "href" in values:
            self.links.append(values["href"] or "")
        if values.get("id"):
            self.ids.add(values["id"] or "")


@pytest.mark.usefixtures("folder")
def test_html() -> None:
    """`--format html` is one document that loads nothing and links nowhere but into itself."""
    page = compare("one.md", "two.txt", "--format", "html").stdout
    found = Elements(page)
    assert page.lower().startswith("<!doctype html>")
    assert not {"script", "link", "iframe", "img"} & set(found.tags)
    assert found.tags.count("style") == 1
    assert "<del>engineers</del>" in page
    assert "style-src 'unsafe-inline'" in page
    assert all(link.startswith("#") and link[1:] in found.ids for link in found.links), found.links


def test_html_keeps_what_rights_keep(folder: Path) -> None:
    """A page may be mailed: of an article that may only be linked it prints no whole sentence."""
    (folder / "one.md").write_text(OLD.replace("language: en", "rights: link"), encoding="utf-8")
    page = compare("one.md", "two.txt", "--format", "html").stdout
    assert "for ferries" not in page
    assert "for ferries" in compare("one.md", "two.txt").stdout


def test_standalone() -> None:
    """What leads away or runs is left out, what leads within or out to the web stays, text stays as it was."""
    page = (
        "<!doctype html>\n<html><head><meta charset='utf-8'><link rel=x href=y><script>bad()</script></head><body>"
        '<header class="masthead"><nav><p>gone<br></p></nav></header><a href="../x/index.html" class=k>one</a>'
        '<a href="../x/index.html#A1">two</a><a href="#b">three</a><a href="https://a.example/?b&amp;c">four</a>'
        '<p id="A1"></p><p id="b"></p><a href="../x/index.html#Z9">five</a><svg><a href="../x/#Z9">six</a></svg>'
        "<p>a &lt; b &#8211; c<svg viewBox='0 0 1 1'><line x1='1'/></svg></p></body></html>"
    )
    made = standalone(page, "p { color: red }</style><script>bad()</script>")
    assert "bad" not in made
    assert "gone" not in made
    assert '<span class="k">one</span><a href="#A1">two</a><a href="#b">three</a>' in made
    assert '<a href="https://a.example/?b&amp;c">four</a>' in made
    assert "<span>five</span><svg><a>six</a></svg>" in made
    assert "<p>a &lt; b &#8211; c<svg viewBox='0 0 1 1'><line x1='1'/></svg></p>" in made


# ---------------------------------------------------------------------------- failures


def test_unreadable_captures_are_told_together(folder: Path) -> None:
    """Every file that cannot be read is named, with the way out, on standard error; nothing is printed."""
    (folder / "bad.txt").write_bytes(b"caf\xe9 closed")
    result = compare("missing.txt", "bad.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    bad, missing, _ = result.stderr.splitlines()
    assert bad.startswith("bad.txt:1")
    assert missing == "missing.txt: there is no such file – check its name"
    assert "is a folder" in compare(".", "one.md").stderr
    (folder / "empty").write_text("", encoding="utf-8")
    assert compare("empty", "one.md").stderr.startswith("empty: an empty file")


@pytest.mark.usefixtures("folder")
def test_wrong_usage() -> None:
    """One file, an unknown format and a width that holds no words are exit code 2."""
    for arguments in (["one.md"], ["one.md", "two.txt", "--format", "pdf"], ["one.md", "two.txt", "--width", "3"]):
        result = compare(*arguments)
        assert result.exit_code == 2
        assert "Usage:" in result.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "options",
    [
        ["--json", "--format", "html"],
        ["--json", "--format", "text"],
        ["--json", "--width", "60"],
        ["--format", "html", "--color"],
    ],
)
def test_options_that_contradict_each_other(options: list[str]) -> None:
    """What one option asks for and another rules out is wrong usage, and never passed over."""
    result = compare("one.md", "two.txt", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "leave" in result.stderr


@pytest.mark.usefixtures("folder")
def test_json_asked_for_twice() -> None:
    """`--json` beside `--format json` asks for the same."""
    once, twice = (compare("one.md", "two.txt", "--json", *more) for more in ([], ["--format", "json"]))
    assert (twice.exit_code, twice.stdout) == (0, once.stdout)


# ---------------------------------------------------------------------------- facing and lines


def test_turned_twice_is_the_same() -> None:
    """A pair seen from the other side, and back, is the pair."""
    (pair,) = digest_of(digest(OLD.split("---\n")[2], NEW)).pairs
    assert turned(pair).old == pair.new
    assert turned(turned(pair)) == pair


def test_facing_needs_a_pair() -> None:
    """A digest of more than two articles faces nobody."""
    story = digest(NEW, NEW, NEW, dates=("", "", ""))
    with pytest.raises(ValueError, match="two articles, not 3"):
        facing(digest_of(story))


TEXTS = st.text(alphabet=st.sampled_from(f"ab -é桥了。、\u0301{BREAK}\n\t"), max_size=60)


@given(st.lists(st.builds(Span, TEXTS, st.sampled_from(["plain", "old", "new"])), max_size=5), st.integers(4, 30))
def test_wrapping_loses_nothing(spans: list[Span], width: int) -> None:
    """Lines are never too long, and hold every word of the text in order."""
    lines = wrapped(spans, width, "  ", "  ")
    assert all(columns(plain(line)) <= width for line in lines)

    def told(text: str) -> str:
        return "".join(text.replace(BREAK, "").split())

    assert told("".join(map(plain, lines))) == told("".join(span.text for span in spans))


def test_wide_characters_take_two_columns() -> None:
    """Chinese breaks between any two characters, but no line begins with a closing mark."""
    assert columns("桥é\u0301") == 3
    lines = wrapped([Span("大桥关闭了，没有人。")], 9)
    assert [plain(line) for line in lines] == ["大桥关闭", "了，没有", "人。"]


def test_a_capture_cannot_take_hold_of_the_terminal(folder: Path) -> None:
    """Escape sequences in a text are made harmless."""
    assert harmless("a\x1b[31mb\x07\n") == "a\ufffd[31mb\ufffd\n"
    (folder / "two.txt").write_text(NEW + "\nIt\x1b[2J was red.\n", encoding="utf-8")
    assert "\x1b" not in compare("one.md", "two.txt").stdout
