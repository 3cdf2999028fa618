"""No two files of a site want one place, and none lies where another needs a folder; a site so ruined is mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.shell import disk, publish
from generator.site.collisions import in_the_way
from tests.projects import ssg, tree

STORY = "content/stories/bridge"
FILES = {
    "ssg.yml": "title: Skarn\nbase_url: https://skarn.example/\n",
    f"{STORY}/_index.md": "---\ntitle: The bridge\n---\n",
    f"{STORY}/post.md": "---\ntitle: P\noutlet: Post\ndate: 2024-03-04\n---\n\nThe bridge is shut to lorries.\n",
    f"{STORY}/courier.md": "---\ntitle: C\noutlet: Courier\ndate: 2024-03-04\n---\n\nLorries wait at the bridge.\n",
    "content/stories/ferry/post.md": "---\ntitle: F\noutlet: Post\ndate: 2024-03-05\n---\n\nThe ferry runs again.\n",
    "content/imprint.md": "---\ntitle: Imprint\n---\n\nWho we are.\n",
}


def written(root: Path, files: dict[str, str]) -> Path:
    """Write a project of two stories, and *files*; return its folder."""
    for name, text in {**FILES, **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def _with_alias(name: str, alias: str) -> dict[str, str]:
    return {name: FILES[name].replace("title:", f"aliases:\n  - other/place/\n  - {alias}\ntitle:")}


OWN = "of the site's own"
PLACES = [
    ("static/style.css", "/static/style.css/ would lie below the file /static/style.css, a file of the theme"),
    ("feed.xml", f"/feed.xml/ would lie below the file /feed.xml, a file {OWN}"),
    ("stories.json/", f"/stories.json/ would lie below the file /stories.json, a file {OWN}"),
    ("robots.txt", f"/robots.txt/ would lie below the file /robots.txt, a file {OWN}"),
    ("search/index.js", f"/search/index.js/ would lie below the file /search/index.js, a file {OWN}"),
    ("404.html/x", f"/404.html/x/ would lie below the file /404.html, a page {OWN}"),
    (
        "stories/ferry/story.json",
        f"/stories/ferry/story.json/ would lie below the file /stories/ferry/story.json, a file {OWN}",
    ),
    (
        "stories/bridge/story.json",
        f"/stories/bridge/story.json/ would lie below the file /stories/bridge/story.json, a file {OWN}",
    ),
    ("stories/bridge/", f"/stories/bridge/ is the address of {STORY}/_index.md"),
    ("stories/ferry/post/", "/stories/ferry/post/ is the address of content/stories/ferry/post.md"),
    ("About", f"/about/ is the address of a page {OWN}"),
    ("archive/2024-03/", f"/archive/2024-03/ is the address of a page {OWN}"),
]


CASES = [("content/imprint.md", *place) for place in PLACES] + [(f"{STORY}/post.md", *place) for place in PLACES[5:9]]


@pytest.mark.parametrize(("name", "alias", "said"), CASES)
def test_an_alias_that_is_taken(tmp_path: Path, name: str, alias: str, said: str) -> None:
    """An alias where a file of the site stands, or below one, is told with its line and what is there."""
    root = written(tmp_path, _with_alias(name, alias))
    result = ssg(root, "build")
    assert result.exit_code == 1
    expected = f"{name}:4: aliases: {said} – take it out, or choose another\n1 problem; nothing was written\n"
    assert result.stderr.replace("/About/", "/about/") == expected
    assert not (root / "site").exists()


def test_one_alias_of_two_files(tmp_path: Path) -> None:
    """Of two files that claim one former address both are named."""
    files = {**_with_alias("content/imprint.md", "old/"), **_with_alias(f"{STORY}/post.md", "new/")}
    result = ssg(written(tmp_path, files), "build")
    assert result.stderr.splitlines()[0] == (
        f"{STORY}/post.md:3: aliases: /other/place/ is an alias of content/imprint.md – take it out, or choose another"
    )


def test_an_alias_within_another(tmp_path: Path) -> None:
    """A former address that was a file has no other below it."""
    files = _with_alias("content/imprint.md", "old.html\n  - old.html/more/")
    assert ssg(written(tmp_path, files), "build").stderr.splitlines()[0] == (
        "content/imprint.md:5: aliases: /old.html/more/ would lie below the file /old.html, an alias of the same file"
        " – take it out, or choose another"
    )


def test_an_alias_where_the_program_keeps_its_list(tmp_path: Path) -> None:
    """The name of the list of written files is nobody's alias."""
    result = ssg(written(tmp_path, _with_alias("content/imprint.md", ".ssg-manifest.json")), "build")
    assert result.stderr.startswith("content/imprint.md:2:1: aliases: expected an address of yours, found '.ssg-mani")


def test_a_page_in_the_archive(tmp_path: Path) -> None:
    """A page of the editor's where the archive has one is the file to rename."""
    result = ssg(written(tmp_path, {"content/archive/2024-03.md": "---\ntitle: March\n---\n\nWind.\n"}), "build")
    assert result.stderr.splitlines()[0] == (
        "content/archive/2024-03.md: would have the same address as a page of the site's own, /archive/2024-03/"
        " – rename the file"
    )


def test_two_articles_of_one_name(tmp_path: Path) -> None:
    """Two articles that would have one address are both named, once."""
    other = FILES[f"{STORY}/post.md"].replace("title: P", "title: P\nstory: bridge")
    result = ssg(written(tmp_path, {"content/stories/river/post.md": other}), "build")
    assert result.stderr == (
        f"content/stories/river/post.md: would have the same address as {STORY}/post.md, /stories/bridge/post/"
        " – rename one of them\n1 problem; nothing was written\n"
    )


@pytest.mark.parametrize(
    ("new", "there"), [("stories.json/x", "stories.json"), ("stories", "stories/bridge/"), ("ROBOTS.txt", "robots.txt")]
)
def test_a_hooks_file_in_the_way(tmp_path: Path, new: str, there: str) -> None:
    """A file that a hook adds where one is, below one, or where a folder is, is the hook's mistake."""
    hooks = f"def after_build(paths):\n    return {{'fine.txt': b'', '{new}': b''}}\n"
    result = ssg(written(tmp_path, {"hooks.py": hooks}), "build")
    assert result.stderr.startswith(f"hooks.py:1: after_build: expected new files only; {new} cannot be where {there}")
    assert not (tmp_path / "site").exists()


def test_new_files_that_fit() -> None:
    """Names that begin alike are no collision; new files among themselves may be one."""
    assert in_the_way(["a.html", "b/c"], ["a/index.html", "b/d"]) is None
    assert in_the_way(["k", "k/l"], ["a"]) == ("k", "k/l")


# ---------------------------------------------------------------------------- on the disk


def _ruined(output: Path) -> None:
    """Leave a site as earlier versions did where an alias took a file's place."""
    publish.write_site(output, {"index.html": b"1", "a.css": b"style"})
    (output / "a.css").rename(output / "b.css")
    (output / "a.css").mkdir()
    (output / "b.css").rename(output / "a.css" / "a.css")
    (output / "a.css" / "index.html").write_bytes(b"moved")
    marks = {"index.html": b"1", "a.css": b"style", "a.css/index.html": b"moved"}
    text = publish._manifest_text({path: disk.mark(data) for path, data in marks.items()})
    (output / disk.MANIFEST).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("large", [1, 2000])
def test_a_ruined_site_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int) -> None:
    """A file that an alias has turned into a folder is a file again after the next build, in a large site too."""
    monkeypatch.setattr(publish, "_LARGE", large)
    monkeypatch.setattr(publish, "_SHARE", 2.0)
    _ruined(tmp_path / "site")
    (tmp_path / "site/CNAME").write_bytes(b"skarn.example")
    publish.write_site(tmp_path / "site", {"index.html": b"1", "a.css": b"style"})
    assert tree(tmp_path / "site") == {"index.html": b"1", "a.css": b"style", "CNAME": b"skarn.example"}


def test_a_ruined_site_is_cleaned(tmp_path: Path) -> None:
    """Nothing of it is left."""
    _ruined(tmp_path / "site")
    disk.clean(tmp_path / "site")
    assert not list((tmp_path / "site").iterdir())


@pytest.mark.parametrize("large", [1, 2000])
def test_files_and_folders_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int) -> None:
    """A file of the site becomes a folder, and a folder a file."""
    monkeypatch.setattr(publish, "_LARGE", large)
    monkeypatch.setattr(publish, "_SHARE", 2.0)
    sites = ({"index.html": b"1", "a": b"x", "b/c/d": b"y"}, {"index.html": b"1", "a/e": b"z", "b": b"w"})
    for files in (*sites, *sites):
        publish.write_site(tmp_path / "site", files)
        assert tree(tmp_path / "site") == files


def test_what_somebody_put_where_a_file_was(tmp_path: Path) -> None:
    """A file of somebody else's in a folder where the site has a file stops the build, and is named."""
    publish.write_site(tmp_path / "site", {"index.html": b"1", "a": b"x"})
    (tmp_path / "site/a").unlink()
    (tmp_path / "site/a").mkdir()
    (tmp_path / "site/a/a").write_bytes(b"mine")
    with pytest.raises(disk.OutputError, match=r"site/a/a: not written by ssg, and in the way"):
        publish.write_site(tmp_path / "site", {"index.html": b"2", "a": b"x"})
    assert (tmp_path / "site/a/a").read_bytes() == b"mine"


def test_two_files_of_one_place_are_never_published(tmp_path: Path) -> None:
    """Files of which one lies below the other are no site, whoever gives them; the old one stays."""
    publish.write_site(tmp_path / "site", {"index.html": b"1"})
    with pytest.raises(disk.OutputError, match="is in the way of another file; the old site is as it was"):
        publish.write_site(tmp_path / "site", {"index.html": b"2", "a": b"x", "a/b": b"y"})
    assert tree(tmp_path / "site") == {"index.html": b"1"}


def test_a_host_name_where_no_site_has_been(tmp_path: Path) -> None:
    """A `CNAME` may be there before the first site, and stays when the site is cleaned away."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/CNAME").write_bytes(b"skarn.example")
    (tmp_path / "site/.nojekyll").write_bytes(b"")
    for _ in range(2):
        publish.write_site(tmp_path / "site", {"index.html": b"1"})
        assert tree(tmp_path / "site") == {"index.html": b"1", "CNAME": b"skarn.example"}
        disk.clean(tmp_path / "site")
        assert sorted(path.name for path in (tmp_path / "site").iterdir()) == [".nojekyll", "CNAME"]
    (tmp_path / "site/notes.txt").write_bytes(b"mine")
    with pytest.raises(disk.OutputError, match=r"will not touch – notes\.txt is the first"):
        publish.write_site(tmp_path / "site", {"index.html": b"1"})
