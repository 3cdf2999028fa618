"""Held over time: rebuilds end where a fresh build does; no clock, place or order of the machine shows in a byte."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import EXAMPLES, copied, ssg, tree

ROOT = Path(__file__).parent.parent
LINE = "The lorries go round by the north road, said number {}.\n"


def _edit(root: Path, chance: random.Random, number: int) -> None:
    """Make one change that an editor might make."""
    seeds, pages = root / "seeds" / "bridge", root / "content"
    target = seeds / f"extra-{chance.randrange(3)}.txt"
    match chance.randrange(6):
        case 0 if target.exists():
            target.unlink()
            for content in pages.rglob("extra-*.md"):
                content.unlink()
        case 0 | 1:
            target.write_text(f"Lorries {number} turned away\n\n{LINE.format(number)}", encoding="utf-8")
        case 2:
            with open(seeds / "radio.txt", "a", encoding="utf-8") as stream:
                stream.write("\n" + LINE.format(number))
        case 3:
            (pages / "notes.md").write_text(f"---\ntitle: Notes {number}\n---\n\nWords.\n", encoding="utf-8")
        case 4:
            (pages / "notes.md").unlink(missing_ok=True)
        case _:
            index = pages / "stories" / "bridge" / "_index.md"
            index.write_text(f"---\ntitle: The bridge {number % 4}\n---\n\nOn {number}.\n", encoding="utf-8")


def test_many_rebuilds_end_as_a_fresh_build(tmp_path: Path) -> None:
    """After a series of edits, each built upon the last, the site is to the byte that of a build from nothing."""
    root = copied(EXAMPLES / "harbour" / "before", tmp_path / "p")
    chance = random.Random(5)  # noqa: S311
    for number in range(int(os.environ.get("SSG_REBUILDS", "8"))):
        _edit(root, chance, number)
        result = ssg(root, "build")
        assert result.exit_code == 0, result.stderr
    fresh = tmp_path / "fresh"
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("site", ".ssg"))
    assert ssg(fresh, "build").exit_code == 0
    assert tree(root / "site") == tree(fresh / "site")
    assert tree(root / "content") == tree(fresh / "content")


@pytest.mark.parametrize(
    "place",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C"},
        {"TZ": "America/St_Johns", "PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "SOURCE_DATE_EPOCH": "1"},
    ],
)
def test_no_clock_place_or_seed_shows(tmp_path: Path, place: dict[str, str]) -> None:
    """Time zone, locale, hash seed, SOURCE_DATE_EPOCH and the files' times change no byte of a site."""
    here = copied(EXAMPLES / "harbour" / "before", tmp_path / "here")
    assert ssg(here, "build").exit_code == 0
    root = copied(EXAMPLES / "harbour" / "before", tmp_path / "there")
    for path in root.rglob("*"):
        os.utime(path, (1, 1))
    command = [sys.executable, "-m", "generator", "-C", str(root), "build", "-j", "1"]
    subprocess.run(command, env={**os.environ, **place}, cwd=ROOT, check=True, capture_output=True)
    assert tree(root / "site") == tree(here / "site")
