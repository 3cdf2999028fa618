"""A few files of many: their lines in the manifest."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.shell import disk, publish
from generator.shell.publish import Stage, marks_in

NAMES = st.text(st.sampled_from('ab/."\\: !é\U0001f309'), min_size=1, max_size=4)
FILES = st.dictionaries(NAMES, st.sampled_from(["1-0", "2-f"]), min_size=1)


def _written(folder: str, text: str) -> Path:
    (output := Path(folder) / "site").mkdir()
    (output / disk.MANIFEST).write_text(text, encoding="utf-8")
    return output


@given(FILES, FILES)
def test_a_few_marks_are_found_and_amended(files: dict[str, str], other: dict[str, str]) -> None:
    """The manifest reads as if it had been written anew; what is looked up in it is what stands there."""
    with tempfile.TemporaryDirectory() as folder:
        output = _written(folder, publish._manifest_text(files))
        found = marks_in(output, other, "a/")
        assert found == {path: files[path] for path in files if path in other or path.startswith("a/")}
        assert publish._manifest_with(Stage(output, {}), other).decode() == publish._manifest_text({**files, **other})


@pytest.mark.parametrize("text", ['{"files": {"a": "1-0"}}', '{\n "files": {\n },\n "version": 1\n}\n', "", "[]"])
def test_a_manifest_of_another_form_is_written_anew(text: str, tmp_path: Path) -> None:
    """Where the program has not written it so, it is read as JSON, or is as good as none."""
    output = _written(str(tmp_path), text)
    before = disk.manifest(output)
    assert marks_in(output, ["a"], "b/") == {}
    assert publish._manifest_with(Stage(output, {}), {"c": "3-0"}).decode() == publish._manifest_text(
        {**before, "c": "3-0"}
    )
