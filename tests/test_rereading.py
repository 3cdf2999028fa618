"""Sources read again and again."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.shell import rereading
from generator.shell.rereading import Reader


def test_a_file_that_is_just_being_written(tmp_path: Path) -> None:
    """A file that has become empty is told apart once: a program that saves it may not have written it yet."""
    seed = tmp_path / "seeds" / "one.txt"
    seed.parent.mkdir()
    seed.write_text("The bridge opens.\n", encoding="utf-8")
    reader = Reader(tmp_path)
    told = []
    for text in (None, "", None, "The bridge opens again.\n", ""):
        if text is not None:
            seed.write_text(text, encoding="utf-8")
        reader.read()
        told.append(reader.has_emptied)
    assert told == [False, True, False, False, True]


def test_only_what_is_named_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file that somebody names the change is read; any other is found when all files are looked at."""
    monkeypatch.setattr(rereading, "is_settled", lambda *_: True)  # however quick this machine is
    content = tmp_path / "content"
    content.mkdir()
    for name in ("a", "b", "c"):
        (content / f"{name}.md").write_text(name, encoding="utf-8")
    reader = Reader(tmp_path)
    first = reader.read()
    name = reader.name_of({})
    for other in ("a", "b"):
        (content / f"{other}.md").write_text("other", encoding="utf-8")
    (content / "c.md").unlink()
    named = reader.read({"content/a.md", "ssg.yml"})
    assert named["content/a.md"] == b"other"
    assert "content/c.md" in named
    assert reader.is_hearsay
    assert not reader.proven()
    assert reader.read() == {"content/a.md": b"other", "content/b.md": b"other"}
    assert reader.proven()
    for path in ("a", "b"):
        (content / f"{path}.md").write_text(path, encoding="utf-8")
    (content / "c.md").write_text("c", encoding="utf-8")
    assert reader.read() == first
    assert reader.name_of({}) == name
    assert reader.name_of({"content/a.md": b"a"}) == name
    assert reader.name_of({"content/a.md": b"x"}) != name


def test_files_that_come_and_go_are_looked_for(tmp_path: Path) -> None:
    """Where a named file came or went others may have, too, as when a branch is changed: all are looked at."""
    content = tmp_path / "content"
    content.mkdir()
    for name in ("a", "b"):
        (content / f"{name}.md").write_text(name, encoding="utf-8")
    reader = Reader(tmp_path)
    reader.read()
    for name in ("a", "b"):
        (content / f"{name}.md").unlink()
    assert reader.read({"content/a.md"}) == {}
    for name in ("a", "b"):
        (content / f"{name}.md").write_text(name, encoding="utf-8")
    assert len(reader.read({"content/a.md"})) == 2
    assert not reader.is_hearsay
