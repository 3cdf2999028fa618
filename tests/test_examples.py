"""Whole projects: what must come out, byte for byte, and what must be refused, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import EXAMPLES, copied, ssg, tree, unversioned

VALID = sorted(path.parent for path in EXAMPLES.glob("*/before"))
INVALID = sorted(path for path in (EXAMPLES / "invalid").iterdir() if path.is_dir())


@pytest.mark.parametrize("example", VALID, ids=lambda path: path.name)
def test_example(example: Path, tmp_path: Path) -> None:
    """A project gives exactly the content files, pages and messages that the example shows."""
    root = copied(example / "before", tmp_path)
    result = ssg(root, "build")
    assert result.exit_code == 0
    assert result.stderr == (example / "after" / "stderr.txt").read_text(encoding="utf-8")
    assert result.stdout == ""
    assert tree(root / "content") == tree(example / "after" / "content")
    built = {name: data for name, data in tree(root / "site").items() if not name.startswith("static/")}
    pictures = [built.pop(name) for name in sorted(built) if name.endswith(".png")]  # other bytes with another Pillow
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert len(pictures) == len([name for name in built if name.endswith("/story.json")])
    expected = tree(example / "after" / "site")
    assert sorted(built) == sorted(expected)
    for name, data in expected.items():
        assert unversioned(built[name]).decode() == unversioned(data).decode(), name


@pytest.mark.parametrize("example", VALID, ids=lambda path: path.name)
def test_building_again_changes_nothing(example: Path, tmp_path: Path) -> None:
    """A second build writes no content file, and the same site."""
    root = copied(example / "before", tmp_path)
    ssg(root, "build")
    first = tree(root)
    result = ssg(root, "build", "--verify")
    assert result.exit_code == 0
    assert "0 of them new or changed" in result.stderr
    assert "written" not in result.stderr
    assert tree(root) == first


@pytest.mark.parametrize("example", INVALID, ids=lambda path: path.name)
def test_invalid(example: Path, tmp_path: Path) -> None:
    """A project that cannot be built is refused with every problem, where it is and the way out; nothing is written."""
    root = copied(example, tmp_path)
    (root / "site").mkdir()
    (root / "site" / ".ssg-manifest.json").write_text('{"files": {"index.html": "0"}, "version": 1}', encoding="utf-8")
    (root / "site" / "index.html").write_text("the old site", encoding="utf-8")
    before = tree(root)
    result = ssg(root, "build")
    assert result.exit_code == 1
    assert result.stderr == (example / "problems.txt").read_text(encoding="utf-8")
    assert tree(root) == before
