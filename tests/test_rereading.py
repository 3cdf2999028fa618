"""Sources read again and again."""

from __future__ import annotations

from pathlib import Path

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
