"""A site built in parts, by machines that share nothing, and put together."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from generator.ingest.shelves import Shelf
from generator.shell.parts import Shard
from tests import projects
from tests.projects import project_of


def _whole(tmp_path: Path, name: str) -> Path:
    return project_of(tmp_path / name, 5)


def _parts(tmp_path: Path, count: int) -> list[str]:
    """Tell a project in so many parts, each in a folder of its own; return their files."""
    found = []
    for number in range(1, count + 1):
        root = _whole(tmp_path, f"machine-{number}")
        result = projects.ssg(root, "build", "--shard", f"{number}/{count}", "-j", "1")
        assert result.exit_code == 0, result.output
        assert not (root / "site").exists()
        found.append(str(root / f"part-{number}-of-{count}.zip"))
    return found


def test_merged_parts_are_the_whole_site(tmp_path: Path) -> None:
    """Parts told in other folders give the site of one build, byte for byte, and no story is told twice."""
    parts = _parts(tmp_path, 2)
    whole, merged = _whole(tmp_path, "whole"), _whole(tmp_path, "merged")
    assert projects.ssg(whole, "build", "-j", "1").exit_code == 0
    result = projects.ssg(merged, "merge", *parts, "--verify")
    assert result.exit_code == 0, result.output
    assert "merged: 5 stories of 2 parts, 0 told here" in result.output
    assert projects.tree(merged / "site") == projects.tree(whole / "site")
    assert "unchanged: 5 stories" in projects.ssg(merged, "build", "-j", "1").output


def test_parts_are_the_same_every_time(tmp_path: Path) -> None:
    """The same stories give the same file."""
    (one,) = _parts(tmp_path, 1)
    kept = Path(one).read_bytes()
    shutil.rmtree(tmp_path / "machine-1")
    (again,) = _parts(tmp_path, 1)
    assert Path(again).read_bytes() == kept


def test_what_no_part_has_is_told_here(tmp_path: Path) -> None:
    """A missing part, and one of other sources, cost time alone."""
    parts = _parts(tmp_path, 2)
    whole, merged = _whole(tmp_path, "whole"), _whole(tmp_path, "merged")
    for root in (whole, merged):
        path = root / "content/stories/bridge-0/one.md"
        path.write_bytes(path.read_bytes() + b"\nA boat passed under it.\n")
    assert projects.ssg(whole, "build", "-j", "1").exit_code == 0
    result = projects.ssg(merged, "merge", parts[0], "-j", "1")
    assert "merged: 2 stories of 1 part, 3 told here" in result.output
    assert projects.tree(merged / "site") == projects.tree(whole / "site")


def test_parts_are_found_where_they_were_written(tmp_path: Path) -> None:
    """A part is named alike where it is written and where it is merged, from whatever folder both are asked for."""
    root = _whole(tmp_path, "site")
    assert projects.ssg(root, "build", "--shard", "1/1", "-j", "1").exit_code == 0
    assert "merged: 5 stories of 1 part, 0 told here" in projects.ssg(root, "merge", "part-1-of-1.zip").output
    said = projects.ssg(root, "merge", "part-1-of-2.zip").output
    assert "error: part-1-of-2.zip: there is no such file – make it with `ssg build --shard`" in said


def test_parts_of_another_site_are_named(tmp_path: Path) -> None:
    """Whoever merges with other settings is told whose stories fit none of his own, and has his own site."""
    parts = _parts(tmp_path, 2)
    merged = _whole(tmp_path, "merged")
    result = projects.ssg(merged, "merge", *parts, "--base-url", "https://other.example/", "-j", "1")
    said = "is of other sources or settings than here, or of another version\n"
    assert f"{parts[0]}: each of its 3 stories {said}" in result.stderr
    assert "merged: 0 stories of 2 parts, 5 told here" in result.stderr
    assert said not in projects.ssg(merged, "merge", *parts, "-j", "1").stderr


def test_no_part(tmp_path: Path) -> None:
    """A file that is no part is named, and a share that is none is wrong usage."""
    root = _whole(tmp_path, "site")
    (root / "x.zip").write_bytes(b"PK")
    result = projects.ssg(root, "merge", str(root / "x.zip"))
    assert result.exit_code == 1
    assert "x.zip: no part of a site that this version can read – make it with `ssg build --shard`" in result.output
    for none in ("3/2", "", "x"):
        result = projects.ssg(root, "build", "--shard", none)
        assert result.exit_code == 2
        assert f"Invalid value for '--shard': expected a part like 2/4, found {none!r}" in result.output
    assert not (root / "site").exists()


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "a/b", "1/", "-1/2", "²/3"])
def test_shares_that_are_none(text: str) -> None:
    """A share is a number of parts and one of them."""
    with pytest.raises(ValueError, match="like 2/4"):
        Shard.read(text)


def test_shares_are_all_stories_once() -> None:
    """Every story is in exactly one share, and shares differ by one story at most."""
    shelves = [Shelf(f"s{number}", ()) for number in range(11)]
    shares = [Shard(number, 4).of_all(shelves) for number in (1, 2, 3, 4)]
    assert sorted(shelf.story for share in shares for shelf in share) == sorted(shelf.story for shelf in shelves)
    assert {len(share) for share in shares} == {2, 3}


def test_a_story_of_a_part_is_explained(tmp_path: Path) -> None:
    """A story that a part had is not one whose sources have not changed."""
    parts, merged = _parts(tmp_path, 1), _whole(tmp_path, "merged")
    assert projects.ssg(merged, "merge", *parts).exit_code == 0
    said = projects.ssg(merged, "explain", "stories/bridge-0").stdout
    assert said.endswith(
        "told anew by the last build that found anything changed: a part that `ssg build --shard` wrote has it\n"
    )


def test_a_story_that_is_told_twice_is_merged_once(tmp_path: Path) -> None:
    """Where a story is told once more, for how another one spells an outlet, no story counts as two."""
    for root in ("one", "two"):
        for story, name in {"ferry": "The Post", "bridge": "the post", "tower": "The Post"}.items():
            path = tmp_path / root / f"content/stories/{story}/a.md"
            path.parent.mkdir(parents=True)
            path.write_text(f"---\noutlet: {name}\n---\n\nThe {story} is shut, it said.\n", encoding="utf-8")
    assert projects.ssg(tmp_path / "one", "build", "--shard", "1/1").exit_code == 0
    result = projects.ssg(tmp_path / "two", "merge", str(tmp_path / "one/part-1-of-1.zip"), "--json")
    assert (result.exit_code, json.loads(result.stdout)["told"]) == (0, 3)
    taken, here = (int(number) for number in re.findall(r"merged: (\d) .* of 1 part, (\d) told here", result.stderr)[0])
    assert taken + here == 3


def test_parts_with_options_that_say_what_is_built(tmp_path: Path) -> None:
    """`--future` and `--keep-going` are for parts and for what is made of them; `--clean` tells a part from nothing."""
    root = _whole(tmp_path, "one")
    (root / "content/stories/bridge-0/late.md").write_text(
        "---\ndate: 2199-01-01\n---\n\nIt opens.\n", encoding="utf-8"
    )
    (root / "content/stories/bridge-0/bad.md").write_text("---\nno: key\n---\n\nIt opens.\n", encoding="utf-8")
    assert projects.ssg(root, "build", "--shard", "1/1", "--future", "-k").exit_code == 1
    part = root / "part-1-of-1.zip"
    whole = part.read_bytes()
    result = projects.ssg(root, "merge", str(part), "--future", "-k", "--verify")
    assert (result.exit_code, "merged: 5 stories of 1 part, 0 told here" in result.stderr) == (1, True)
    assert (root / "site/stories/bridge-0/late/index.html").exists()
    page = root / "site/stories/bridge-0/index.html"
    stat = page.stat()
    page.write_bytes(b"x" * stat.st_size)
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert projects.ssg(root, "build", "--shard", "1/1", "--future", "-k", "--clean").exit_code == 1
    assert part.read_bytes() == whole


@pytest.mark.parametrize("option", ["--strict", "--verify"])
def test_what_a_part_cannot_do(tmp_path: Path, option: str) -> None:
    """An option that looks at a site is refused where none is built, rather than passed over."""
    result = projects.ssg(_whole(tmp_path, "one"), "build", "--shard", "1/2", option)
    assert (result.exit_code, f"give {option} to ssg merge" in result.stderr) == (2, True)


def test_a_part_that_is_not_there(tmp_path: Path) -> None:
    """A mistyped name is told to be one."""
    result = projects.ssg(_whole(tmp_path, "one"), "merge", str(tmp_path / "part-9.zip"))
    assert (result.exit_code, "part-9.zip: there is no such file" in result.stderr) == (1, True)
