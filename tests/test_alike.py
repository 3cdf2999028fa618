"""Warnings that say the same of many files are counted, not printed again and again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem
from generator.shell.alike import FEW, few_of_each, kind
from tests.projects import ssg


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("its seed seeds/a.txt is gone", "its seed seeds/b/c.md is gone", True),
        ("there is no story 'bridge'", "there is no story 'ferry'", True),
        ("1,200 words", "15 words", True),
        ("no title stated – fill it in", "no date stated – fill it in", False),
    ],
)
def test_what_is_of_a_kind(one: str, other: str, *, is_alike: bool) -> None:
    """Warnings are of a kind if they differ in names, quotations and numbers alone."""
    assert (kind(Problem("a", 0, 0, one)) == kind(Problem("b", 0, 0, other))) is is_alike


@given(st.lists(st.sampled_from(["no title", "no date", "its seed 'x' is gone", "its seed 'y' is gone"]), max_size=150))
def test_none_is_lost(messages: list[str]) -> None:
    """Every warning is printed or counted; of each kind as many are printed as there are, up to a few."""
    problems = [Problem(f"{n}.md", 0, 0, message) for n, message in enumerate(messages)]
    few, more = few_of_each(problems)
    assert len(few) + sum(number for _, number in more) == len(problems)
    assert few == [problem for problem in problems if problem in few]
    for problem, _ in more:
        assert sum(kind(problem) == kind(other) for other in few) == FEW


def test_many_articles_that_nobody_has_signed(tmp_path: Path) -> None:
    """A build prints the first of many warnings of a kind and how many more there are; -v and --json have all."""
    stories = tmp_path / "content" / "stories"
    for n in range(FEW + 5):
        (stories / f"story-{n}").mkdir(parents=True)
        path = stories / f"story-{n}" / "one.md"
        path.write_text(f"---\ntitle: Story {n}\n---\n\nThe {n}th bridge is closed.\n", encoding="utf-8")
    (tmp_path / "ssg.yml").write_text("compare:\n  enabled: false\nsearch:\n  enabled: false\n", encoding="utf-8")
    said = ssg(tmp_path, "build").stderr.splitlines()
    assert said[FEW] == (
        "warning: 5 more like content/stories/story-0/one.md:1: no outlet and date stated – fill in outlet and date in"
        " the front matter (-v prints all, --json lists all)"
    )
    assert said[-1] == f"{FEW + 5} warnings, the first of each kind listed above"
    assert sum(line.startswith("warning: ") for line in said) == FEW + 1
    all_of_them = ssg(tmp_path, "build", "-v").stderr.splitlines()
    assert sum(line.startswith("warning: content/stories/") for line in all_of_them) == FEW + 5
    assert all_of_them[-1] == f"{FEW + 5} warnings, listed above"
    assert len(json.loads(ssg(tmp_path, "build", "--json").stdout)["warnings"]) == FEW + 5
