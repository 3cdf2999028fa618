"""A plain `ssg build` of a project in which nothing has changed, answered before the command line is read."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.errors import Problem
from generator.shell import memory
from generator.shell.memory import at_rest, look
from generator.shell.unchanged import Found, found_by, told
from generator.values import dataclass
from tests.projects import ssg

TELLING = "---\ntitle: Ferry\noutlet: {}.example\ndate: 2025-07-03\n---\n\nThe ferry runs again. It takes 40 cars.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project that was built."""
    for outlet in ("post", "radio"):
        path = tmp_path / f"content/stories/ferry/{outlet}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TELLING.format(outlet), encoding="utf-8")
    (tmp_path / "ssg.yml").write_text("title: Town\nbase_url: https://town.example/\n", encoding="utf-8")
    assert ssg(tmp_path, "build").exit_code == 0
    return tmp_path


def test_it_says_what_the_usual_way_says(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who builds once more reads the same lines either way, or none if asked to be quiet."""
    arguments = ["-C", str(project), "build"]
    found = found_by(arguments)
    assert found
    assert told(found, arguments)
    assert capsys.readouterr().err == ssg(project, "build").stderr
    assert told(found, [*arguments, "--quiet"])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "-v"],
        ["build", "--json"],
        ["build", "--drafts"],
        ["build", "-q", "--clean"],
        ["-q", "build"],
        ["check"],
        ["-C", "no/such/folder", "build"],
        ["-C"],
        [],
    ],
)
def test_other_calls_are_left_to_the_command_line(
    project: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever asks for more than a plain build is not looked at here."""
    monkeypatch.chdir(project)
    assert found_by(["build"])
    assert found_by(arguments) is None


def test_a_project_never_built_is_left_alone(tmp_path: Path) -> None:
    """Where no build has left anything nothing is looked at, nor written."""
    assert found_by(["-C", str(tmp_path), "build"]) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["content/stories/ferry/post.md", "site/stories/ferry/post/index.html"])
def test_what_was_touched_is_built_from_what_was_seen(project: Path, place: str) -> None:
    """An edit, and a page that somebody wrote into, are dealt with in the usual way by the same call."""
    page = project / "site/stories/ferry/post/index.html"
    before = page.read_bytes()
    (project / place).write_bytes((project / place).read_bytes().replace(b"Ferry", b"Ship"))
    done = subprocess.run(
        [sys.executable, "-m", "generator", "-C", str(project), "build"], capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1].startswith("site: 1 story, 2 articles, ")
    assert (page.read_bytes() == before) is place.startswith("site/")


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What a build said that has more to tell."""

    warnings: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()


def test_warnings_are_told_the_usual_way(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A build that warned of something, or left something out, is not told of in short."""
    found = found_by(["-C", str(project), "build"])
    problems = (Problem("content/a.md", 1, 1, "odd"),)
    assert found
    for outcome in (None, Doubtful(warnings=problems), Doubtful(left_out=problems)):
        assert not told(Found(found.seen, outcome), ["build"])  # type: ignore[arg-type]
    assert capsys.readouterr().err == ""


def test_what_was_written_a_moment_ago_is_waited_for(project: Path) -> None:
    """Who saves and builds in one breath has a build after which nothing is left to do, as after any other."""
    article = project / "content/stories/ferry/post.md"
    for sentence in ("It is late.", "It is early."):
        article.write_text(f"{article.read_text(encoding='utf-8')} {sentence}\n", encoding="utf-8")
        assert ssg(project, "build").exit_code == 0
        found = found_by(["-C", str(project), "build"])
        assert found
        assert found.outcome


def test_what_changes_while_it_is_waited_for_is_looked_at_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is written once more before its times can be trusted is built as it stands then."""
    article = project / "content/stories/ferry/post.md"
    article.write_text("It is late.", encoding="utf-8")
    seen = look(project, "")
    assert not seen.is_settled
    monkeypatch.setattr(memory.time, "sleep", lambda _: article.write_text("It is early, they say.", encoding="utf-8"))
    again = at_rest(project, seen, "")
    path = "content/stories/ferry/post.md"
    assert again.states[path] != seen.states[path]
    assert again.states == look(project, "").states


def test_files_from_the_future_are_not_waited_for(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file whose time has not come yet no moment tells more: a build goes on at once, and reads it again."""
    tomorrow = time.time() + 86_400
    os.utime(project / "content/stories/ferry/post.md", (tomorrow, tomorrow))
    monkeypatch.setattr(memory.time, "sleep", lambda _: pytest.fail("waited"))
    seen = look(project, "")
    assert not seen.is_settled
    assert at_rest(project, seen, "") is seen
