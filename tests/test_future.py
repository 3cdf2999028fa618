"""What is dated in the future: left out until its day, and there with the first build on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.projects import ssg, tree

HERALD = "content/stories/bridge/herald.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project of two stories, of which one has an article of the future, and the other is of it."""
    for path, header in {
        "bridge/post": "title: Bridge shut\noutlet: The Post\ndate: 2024-03-01",
        "bridge/herald": "title: Bridge opens\noutlet: The Herald\ndate: 2024-05-01T08:00",
        "school/post": "title: School\noutlet: The Post\ndate: 2024-02-01",
        "school/_index": "title: A new school\ndate: 2024-06-01",
    }.items():
        file = tmp_path / "content" / "stories" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        body = "" if path.endswith("_index") else f"This is what {path} says. It rained."
        file.write_text(f"---\n{header}\n---\n\n{body}\n", encoding="utf-8")
    (tmp_path / "ssg.yml").write_text("title: Towns\n", encoding="utf-8")
    return tmp_path


def built(root: Path, today: str, *arguments: str) -> dict[str, object]:
    """Build as of a day; return what `--json` says."""
    return json.loads(ssg(root, "build", "--json", "--set", f"today={today}", *arguments).stdout)


def counted(outcome: dict[str, object]) -> dict[str, int]:
    """Return story → how many articles it has."""
    return {story["slug"]: story["articles"] for story in outcome["stories"]}


def test_it_comes_with_its_day(project: Path) -> None:
    """An article and a story appear on their day and not before, and go again where the day is turned back."""
    later = [{"path": HERALD, "date": "2024-05-01"}, {"path": "content/stories/school/_index.md", "date": "2024-06-01"}]
    steps = (
        ("2024-04-30", {"bridge": 1}, later, 1),
        ("2024-05-01", {"bridge": 2}, later[1:], 1),
        ("2024-06-01", {"bridge": 2, "school": 1}, [], 1),
        ("2024-06-02", {"bridge": 2, "school": 1}, [], 0),
        ("2024-04-30", {"bridge": 1}, later, 1),
    )
    sites = {}
    for today, stories, left, told in steps:
        outcome = built(project, today)
        assert (counted(outcome), outcome["later"], outcome["drafts"]) == (stories, left, 0), today
        assert outcome["told"] >= told, today
        site = tree(project / "site")
        assert ("stories/bridge/herald/index.html" in site) == (stories["bridge"] == 2)
        assert sites.setdefault(str(stories), site) == site, today
    built(project, "2024-04-30", "--clean")
    assert tree(project / "site") == site


def test_it_is_told(project: Path) -> None:
    """The summary names what is left out and until when; explain says why a page is not there."""
    early = ("--set", "today=2024-05-31")
    said = ssg(project, "build", *early).stderr
    assert "left out until 2024-06-01: content/stories/school/_index.md (--future builds it)" in said
    found = ssg(project, "explain", "/stories/school/", *early)
    assert (found.exit_code, "left out until 2024-06-01" in found.stderr) == (1, True)
    assert (
        "told anew by the last build that found anything changed"
        in ssg(project, "explain", "/stories/bridge/", *early).stdout
    )
    built(project, "2024-04-30")
    assert "--future" in ssg(project, "explain", "stories/bridge/herald/", "--set", "today=2024-04-30").stderr
    assert "no such page" in ssg(project, "explain", "stories/bridge/harald/", "--set", "today=2024-04-30").stderr


def test_it_is_built_if_asked_for(project: Path) -> None:
    """`--future` and the setting build what is dated in the future; a day that is none is an error."""
    assert counted(built(project, "2024-01-01", "--future")) == {"bridge": 2, "school": 1}
    assert counted(built(project, "2024-01-01", "--set", "future=true")) == {"bridge": 2, "school": 1}
    assert built(project, "2024-01-01")["stories"] == []
    found = ssg(project, "build", "--set", "today=soon")
    assert found.exit_code == 2
    assert "--set today=soon: today: expected a date like 2025-07-03" in found.stderr
