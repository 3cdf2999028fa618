"""Files in, files out: nothing of anybody else's is touched, and a site is replaced as a whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.errors import OutputError, SourceError
from generator.shell import disk, publish


def test_a_site_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """Files of the old site that the new one lacks are gone; what is new or other is counted."""
    output = tmp_path / "site"
    assert publish.write_site(output, {"index.html": b"1", "a/index.html": b"a"}) == 2
    assert publish.write_site(output, {"index.html": b"2", "b/index.html": b"b"}) == 2
    assert sorted(path.relative_to(output).as_posix() for path in output.rglob("*.html")) == [
        "b/index.html",
        "index.html",
    ]
    assert not (output / "a").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_foreign_files_stay(tmp_path: Path) -> None:
    """What the program did not write stays where it is, through a build and through a clean-up."""
    output = tmp_path / "site"
    publish.write_site(output, {"index.html": b"1"})
    (output / "CNAME").write_text("digest.example", encoding="utf-8")
    publish.write_site(output, {"index.html": b"2"})
    assert (output / "CNAME").read_text(encoding="utf-8") == "digest.example"
    assert disk.clean(output) == 1
    assert [path.name for path in output.iterdir()] == ["CNAME"]


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    """A folder with files, never written by the program, is neither replaced nor cleaned."""
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(OutputError, match="holds files that ssg did not write"):
        publish.write_site(tmp_path, {"index.html": b""})
    with pytest.raises(OutputError, match="holds files that ssg did not write"):
        disk.clean(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


@pytest.mark.parametrize("name", ["../outside.html", "/outside.html", "a/../../outside.html"])
def test_nothing_is_written_outside(tmp_path: Path, name: str) -> None:
    """A path that leads out of the output folder stops the build, and the old site stays."""
    output = tmp_path / "site"
    publish.write_site(output, {"index.html": b"old"})
    with pytest.raises(OutputError, match="lies outside"):
        publish.write_site(output, {"index.html": b"new", name: b""})
    assert (output / "index.html").read_bytes() == b"old"


def test_a_build_killed_between_two_renamings_is_mended(tmp_path: Path) -> None:
    """The old site, put aside and not yet replaced, comes back."""
    output = tmp_path / "site"
    publish.write_site(output, {"index.html": b"old"})
    output.rename(tmp_path / ".site.ssg-old")
    disk.recover(output)
    assert (output / "index.html").read_bytes() == b"old"


def test_a_full_disk_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails on the way leaves the old site complete, and no leftovers beside it."""
    output = tmp_path / "site"
    publish.write_site(output, {"index.html": b"old"})

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publish, "state_of", full)
    with pytest.raises(OutputError, match=r"No space left on device.*the old site is as it was"):
        publish.write_site(output, {"index.html": b"new"})
    assert (output / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_symbolic_links_are_refused(tmp_path: Path) -> None:
    """A link among the sources is a problem, wherever it leads."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").symlink_to("/etc/hostname")
    with pytest.raises(SourceError, match=r"seeds/a\.txt: is a symbolic link"):
        disk.read_folder(tmp_path, "seeds")


def test_hidden_files_are_no_sources(tmp_path: Path) -> None:
    """An editor's and a version control's own files are left out."""
    for name in (".git/config", ".a.txt.swp", "b/.keep", "b/c.txt"):
        path = tmp_path / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert list(disk.read_folder(tmp_path, "seeds")) == ["seeds/b/c.txt"]


@pytest.mark.skipif(os.name == "nt", reason="folders exchange differently on Windows")
def test_two_builds_at_once(tmp_path: Path) -> None:
    """A second build of one project is turned away while the first runs."""
    with (
        disk.locked(tmp_path),
        pytest.raises(OutputError, match="another ssg is building this project"),
        disk.locked(tmp_path),
    ):
        pass
