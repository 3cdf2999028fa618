"""What a build says while it runs and when it is done: to a terminal, to a log, to somebody who asks for timings."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.ingest.content import Days
from generator.shell import progress
from generator.shell.call import Call
from tests.projects import ssg


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    """Return a new project with a second story."""
    ssg(tmp_path, "init")
    folder = tmp_path / "seeds" / "ferry"
    folder.mkdir()
    (folder / "courier.txt").write_text("The ferry sails again on Monday, the harbour master said.", encoding="utf-8")
    (folder / "courier.yml").write_text("outlet: the-courier\ntitle: Ferry sails\ndate: 2024-05-20\n", encoding="utf-8")
    return tmp_path


def test_timings(digest: Path) -> None:
    """`--timings` tells how long each stage took, in order, and all of them."""
    lines = ssg(digest, "build", "--timings").stderr.splitlines()
    told = [match[1].strip() for line in lines if (match := re.match(r"([a-z, ]+?) +\d+\.\d\d s", line))]
    assert told == ["reading and grouping", "telling stories", "lists, feeds and data", "writing", "in all"]
    assert "telling stories" not in ssg(digest, "build", "--clean").stderr


def test_verbose(digest: Path) -> None:
    """`-v` tells each stage when it ends."""
    assert re.search(r"^telling stories: \d+\.\d\d s$", ssg(digest, "build", "-v").stderr, re.MULTILINE)


def test_a_bar_on_a_terminal_alone(digest: Path) -> None:
    """On a terminal the stages are shown while they last; in a log there is no sign of it, nor in a CI or with `-q`."""
    pty = pytest.importorskip("pty")
    for options, is_ci, is_shown in (([], "", True), (["-q"], "", False), ([], "true", False)):
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "generator", "-C", str(digest), "build", "--clean", *options]
        environment = {**os.environ, "TERM": "xterm", "CI": is_ci}
        with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL, env=environment) as build:
            os.close(theirs)
            said = b""  # read while it is written: a terminal that nobody reads holds its writer up
            while piece := _read(ours):
                said += piece
        assert build.returncode == 0
        os.close(ours)
        assert (b"\x1b[?25l" in said) == is_shown, (options, is_ci)
    assert "\x1b" not in ssg(digest, "build", "--clean").stderr


def _read(terminal: int) -> bytes:
    """Return a piece of what is written to a terminal; nothing once nobody holds its other end."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_lines_in_a_log(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no terminal a long stage tells now and then how far it is; a short one does not."""
    monkeypatch.setattr(progress, "_BETWEEN_LINES", 0.0)
    shelf = type("Shelf", (), {"story": "a"})()
    told = type("Told", (), {"shelf": shelf, "claims": (), "summary": None, "days": Days()})()
    for stories in (20, 3):
        stages = progress.Stages(Call(Path()))
        each = stages.telling(lambda _, shelves: [told for _ in shelves])  # type: ignore[arg-type,misc]
        assert len(list(each(None, [shelf] * stories))) == stories  # type: ignore[arg-type]
    said = capsys.readouterr().err.splitlines()
    assert (said[0], said[-1], len(said)) == ("told 1 of 20 stories", "told 20 of 20 stories", 20)


def test_a_bar_counts_from_nought() -> None:
    """A bar says how many stories there are before the first one is told."""
    counts: list[object] = []
    bar = type("Bar", (), {"update": lambda _, __, **named: counts.append(named.get("counts"))})()
    stages = progress.Stages(Call(Path(), loudness=-1))
    stages._bar, stages._task = bar, 0
    shelf = type("Shelf", (), {"story": "a"})()
    told = type("Told", (), {"shelf": shelf, "claims": (), "summary": None, "days": Days()})()
    each = stages.telling(lambda _, shelves: [told for _ in shelves])  # type: ignore[arg-type,misc]
    list(each(None, [shelf] * 2))  # type: ignore[arg-type]
    assert counts == ["", "0 of 2", "1 of 2", "2 of 2", ""]


def test_what_was_skipped_and_why(digest: Path) -> None:
    """Drafts and stories that did not have to be told again are named in the summary."""
    ssg(digest, "build")
    article = digest / "content/stories/mill-bridge/courier.md"
    article.write_text(article.read_text(encoding="utf-8").replace("draft: false", "draft: true"), encoding="utf-8")
    lines = ssg(digest, "build").stderr.splitlines()
    assert "left out: 1 draft (--drafts builds them)" in lines
    assert "unchanged: 1 story, not told again (ssg explain PAGE says why)" in lines


def test_why_a_story_was_told_again(digest: Path) -> None:
    """`ssg explain` names what had changed, or says that nothing had."""
    ssg(digest, "build")
    ssg(digest, "build")
    article = digest / "content/stories/mill-bridge/courier.md"
    article.write_text(article.read_text(encoding="utf-8") + "\nAnd more.\n", encoding="utf-8")
    ssg(digest, "build")
    for page in ("stories/mill-bridge", "embed/mill-bridge", "embed/mill-bridge/facts"):
        why = ssg(digest, "explain", page).stdout
        assert (
            "\ntold anew by the last build that found anything changed: content/stories/mill-bridge/courier.md changed"
            in why
        )
    assert (
        "not told anew by the last build that found anything changed"
        in ssg(digest, "explain", "stories/ferry/courier").stdout
    )
