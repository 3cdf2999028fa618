"""One bad article fails alone, and the rest of the site is built, for an author who asks for that; for nobody else."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.projects import ssg, tree

FERRY = "The ferry to the island runs again, the harbour said on Monday. It carries {} cars, said its master.\n"
BRIDGE = "The bridge over the Skarn is shut to lorries. They go round by the north, {} of them a day.\n"
INDEX = "content/stories/ferry/_index.md"
RADIO = "content/stories/ferry/radio.md"
BROKEN = "---\ntitle: Broken\noutlet: [radio\n---\n\nA text that somebody is still at work on.\n"


def _article(title: str, outlet: str, body: str, **more: str) -> str:
    header = {"title": title, "outlet": outlet, "date": "2025-07-03", **more}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in header.items()) + f"---\n\n{body}"


FILES = {
    "ssg.yml": "title: Skarn\nsearch: {enabled: false}\nembed: {enabled: false}\n",
    INDEX: "---\ntitle: The ferry\narticles: [radio, post, courier]\n---\n",
    "content/stories/ferry/_edits.yml": "apart:\n  - radio: runs again\n    post: runs again\n",
    RADIO: _article("Ferry back", "radio.example", FERRY.format(40)),
    "content/stories/ferry/post.md": _article("Ferry again", "post.example", FERRY.format(45)),
    "content/stories/ferry/courier.md": _article("Ferry", "courier.example", FERRY.format(50)),
    "content/stories/bridge/post.md": _article("Bridge", "post.example", BRIDGE.format(9)),
    "content/stories/bridge/radio.md": _article("Bridge shut", "radio.example", BRIDGE.format(12)),
    "content/notes.md": "---\ntitle: Notes\n---\n\nSee [the radio](stories/ferry/radio.md), [us](about.md).\n",
    "content/about.md": "---\ntitle: About us\n---\n\nWe read.\n",
    "content/outlets/radio.md": "---\nname: Radio\nhomepage: https://radio.example/\n---\n\nIt speaks.\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project of two stories that has nothing wrong."""
    for name, text in FILES.items():
        (tmp_path / "p" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "p" / name).write_text(text, encoding="utf-8")
    return tmp_path / "p"


def _write(name: str, data: bytes | str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        (root / name).write_bytes(data.encode() if isinstance(data, str) else data)

    return spoil


def _link(root: Path) -> None:
    (root / RADIO).unlink()
    (root / RADIO).symlink_to("post.md")


def _twice(root: Path) -> None:
    for name in ("post", "radio"):
        path = root / f"content/stories/bridge/{name}.md"
        path.write_text(path.read_text(encoding="utf-8").replace("date", "seed: seeds/b.txt\ndate"), encoding="utf-8")


FERRY_PAGES = ("stories/ferry/index.html", "stories/ferry/post/index.html")
BRIDGE_PAGES = ("stories/bridge/radio/index.html",)
RADIO_PAGES = ("stories/ferry/radio/index.html",)
#: What is spoilt → how; what is told of it; pages that must be gone; files without which a project gives the same site.
SPOILT: dict[str, tuple[Callable[[Path], None], str, tuple[str, ...], tuple[str, ...]]] = {
    "header": (_write(RADIO, BROKEN), f"{RADIO}:3:9: ", RADIO_PAGES, (RADIO,)),
    "key": (_write(RADIO, FILES[RADIO].replace("date", "dat")), f"{RADIO}:4:1: dat: unknown", RADIO_PAGES, (RADIO,)),
    "bytes": (_write(RADIO, b"---\ntitle: x\n---\n\n\xff\xfe\x93"), f"{RADIO}:5: not UTF-8", RADIO_PAGES, (RADIO,)),
    "nothing": (_write(RADIO, ""), f"{RADIO}", RADIO_PAGES, (RADIO,)),
    "bulk": (_write(RADIO, FILES[RADIO] + "a " * 60_000), f"{RADIO}:7: 120,", RADIO_PAGES, (RADIO,)),
    "a link": (_link, f"{RADIO}: is a symbolic link", RADIO_PAGES, (RADIO,)),
    "story": (_write(INDEX, "---\ndraft: perhaps\n---\n"), f"{INDEX}:2:1: ", (*FERRY_PAGES, *RADIO_PAGES), ()),
    "rulings": (_write("content/stories/ferry/_edits.yml", "apart: 5\n"), "_edits.yml:1:1: ", FERRY_PAGES, ()),
    "page": (_write("content/about.md", "---\ntitel: x\n---\n"), "content/about.md:2:1: ", (), ()),
    "outlet": (_write("content/outlets/radio.md", "---\nnme: x\n---\n"), "content/outlets/radio.md:2:1: ", (), ()),
    "a name": (_write("content/stories/ferry/Big News.md", FERRY), "'Big News' is no name", (), ()),
    "one seed for two": (_twice, "already belongs to content/stories/bridge/post.md", BRIDGE_PAGES, ()),
}  # fmt: skip


@pytest.mark.parametrize("kind", SPOILT)
def test_one_bad_file_fails_alone(root: Path, kind: str) -> None:
    """Without the option nothing is built; with it all but what is bad, the same from the cache as from nothing."""
    spoil, said, gone, _ = SPOILT[kind]
    assert ssg(root, "build").exit_code == 0
    before = tree(root)
    spoil(root)
    refused = ssg(root, "build")
    assert refused.exit_code == 1
    assert "nothing was written" in refused.stderr
    assert tree(root / "site") == {name[5:]: data for name, data in before.items() if name.startswith("site/")}
    kept = ssg(root, "build", "--keep-going", "--verify")
    assert kept.exit_code == 1, kept.stderr
    assert said in kept.stderr
    assert "left out: 1 file with " in kept.stderr
    site = tree(root / "site")
    assert not {*gone} & {*site}
    assert {"index.html", "notes/index.html", "stories/bridge/post/index.html"} <= {*site}
    again = ssg(root, "build", "--keep-going")
    assert (again.exit_code, said in again.stderr) == (1, True)
    assert tree(root / "site") == site
    assert ssg(root, "build", "--keep-going", "--clean").exit_code == 1
    assert tree(root / "site") == site
    assert ssg(root, "build").exit_code == 1
    assert tree(root / "site") == site


@pytest.mark.parametrize("kind", [kind for kind, found in SPOILT.items() if found[3]])
def test_a_site_without_what_is_bad(root: Path, kind: str) -> None:
    """What is left out is as if it were not there: the site is to the byte that of a project without it."""
    spoil, _, _, files = SPOILT[kind]
    # What names the article would be wrong without it.
    (root / INDEX).write_text("---\ntitle: The ferry\n---\n", encoding="utf-8")
    (root / "content/stories/ferry/_edits.yml").unlink()
    (root / "content/notes.md").unlink()
    without = root.with_name("without")
    shutil.copytree(root, without)
    for name in files:
        (without / name).unlink()
    assert ssg(without, "build").exit_code == 0
    spoil(root)
    assert ssg(root, "build", "-k").exit_code == 1
    assert tree(root / "site") == tree(without / "site")


def test_mended_again(root: Path) -> None:
    """Once the file is mended the site is whole, to the byte that of a fresh build, and the exit code 0."""
    assert ssg(root, "build", "-k").exit_code == 0
    whole = tree(root / "site")
    (root / RADIO).write_text(BROKEN, encoding="utf-8")
    assert ssg(root, "build", "-k").exit_code == 1
    (root / RADIO).write_text(FILES[RADIO], encoding="utf-8")
    assert ssg(root, "build", "-k").exit_code == 0
    assert tree(root / "site") == whole


def test_for_a_script(root: Path) -> None:
    """`--json` lists what was left out beside what was built."""
    (root / RADIO).write_text(BROKEN, encoding="utf-8")
    result = ssg(root, "build", "-k", "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert [(found["path"], found["line"]) for found in answer["left_out"]] == [(RADIO, 3)]
    assert {story["slug"]: story["articles"] for story in answer["stories"]} == {"bridge": 2, "ferry": 2}
    assert answer["drafts"] == 0


def test_workers_leave_out_the_same(root: Path) -> None:
    """Several processes build the same site without what is bad as one does."""
    (root / RADIO).write_text(BROKEN, encoding="utf-8")
    assert ssg(root, "build", "-k").exit_code == 1
    site = tree(root / "site")
    assert ssg(root, "build", "-k", "--clean", "--jobs", "2", "--set", "build.engine=processes").exit_code == 1
    assert tree(root / "site") == site


def test_a_part_says_what_it_lacks(root: Path) -> None:
    """A part of a site tells what was left out, too, and ends with 1."""
    (root / RADIO).write_text(BROKEN, encoding="utf-8")
    result = ssg(root, "build", "-k", "--shard", "1/1", "-j", "1")
    assert result.exit_code == 1
    assert f"{RADIO}:3:9: " in result.stderr
    assert (root / "part-1-of-1.zip").exists()


def test_links_to_what_is_left_out(root: Path) -> None:
    """A page that links to an article which is left out leads to where it will stand again."""
    (root / RADIO).write_text(BROKEN, encoding="utf-8")
    assert ssg(root, "build", "-k").exit_code == 1
    assert b'href="../stories/ferry/radio/index.html"' in tree(root / "site")["notes/index.html"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ssg.yml", "titel: x\n"),
        ("themes/mine/templates/story.html", "{% if %}"),
        ("content/notes.md", "[x](gone.md)\n"),
    ],
)
def test_what_is_nobodys_alone_stops_everything(root: Path, name: str, text: str) -> None:
    """Configuration, theme, and links between pages concern the whole site: with a mistake there nothing is built."""
    assert ssg(root, "build").exit_code == 0
    before = tree(root / "site")
    (root / "themes/mine/templates").mkdir(parents=True)
    (root / "themes/mine/theme.yml").write_text("extends: default\n", encoding="utf-8")
    (root / "ssg.yml").write_text("theme: mine\n", encoding="utf-8")
    (root / name).write_text(text, encoding="utf-8")
    (root / RADIO).write_text(BROKEN, encoding="utf-8")
    result = ssg(root, "build", "-k")
    assert result.exit_code == 1
    assert name.removeprefix("themes/mine/") in result.stderr
    assert "nothing was written" in result.stderr
    assert tree(root / "site") == before


def test_nothing_is_left(root: Path) -> None:
    """A site is not replaced by an empty one because every source has a problem."""
    assert ssg(root, "build").exit_code == 0
    before = tree(root / "site")
    for path in (root / "content").rglob("*.md"):
        path.write_text(BROKEN, encoding="utf-8")
    result = ssg(root, "build", "-k")
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert tree(root / "site") == before


def test_a_folder_out_of_reach_stops_everything(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows what a folder holds that cannot be read: a draft's mark, perhaps. So it is not left out."""
    original = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("stories/bridge"):
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(os, "scandir", refused)
    result = ssg(root, "build", "-k")
    assert result.exit_code == 1
    assert "content/stories/bridge: cannot be read" in result.stderr
    assert not (root / "site").exists()


# ---------------------------------------------------------------------------- captures


@pytest.fixture
def seeded(tmp_path: Path) -> Path:
    """Return a project of three captures, ingested and built."""
    root = tmp_path / "p"
    (root / "seeds/ferry").mkdir(parents=True)
    (root / "ssg.yml").write_text(FILES["ssg.yml"], encoding="utf-8")
    for name, cars in {"radio": 40, "post": 45, "courier": 50}.items():
        (root / f"seeds/ferry/{name}.txt").write_text(f"Ferry of {name}\n\n{FERRY.format(cars)}", encoding="utf-8")
    assert ssg(root, "build").exit_code == 0
    return root


def test_a_bad_capture_fails_alone(seeded: Path) -> None:
    """The articles of other captures are written and built; that of the bad one waits as it was, and is not shown."""
    before = tree(seeded / "content")
    (seeded / "seeds/ferry/radio.txt").write_bytes(b"\x93not UTF-8\x94")
    (seeded / "seeds/ferry/post.txt").write_text(f"Ferry anew\n\n{FERRY.format(60)}", encoding="utf-8")
    (seeded / "seeds/ferry/gazette.txt").write_text(f"Ferry there\n\n{FERRY.format(70)}", encoding="utf-8")
    assert ssg(seeded, "build").exit_code == 1
    assert tree(seeded / "content") == before
    result = ssg(seeded, "build", "-k")
    assert result.exit_code == 1
    assert "seeds/ferry/radio.txt:1: not UTF-8: byte 0" in result.stderr
    assert "content: 2 files written" in result.stderr
    content = tree(seeded / "content")
    assert content["stories/ferry/radio.md"] == before["stories/ferry/radio.md"]
    assert b"60 cars" in content["stories/ferry/post.md"]
    site = tree(seeded / "site")
    assert "stories/ferry/gazette/index.html" in site
    assert "stories/ferry/radio/index.html" not in site
    assert ssg(seeded, "build", "-k").exit_code == 1
    assert tree(seeded / "site") == site


def test_a_sidecar_is_never_done_without(seeded: Path) -> None:
    """A capture is not built without its sidecar: that might say how much may be reprinted."""
    (seeded / "seeds/ferry/radio.yml").write_text("rights: link\noutlt: radio.example\n", encoding="utf-8")
    result = ssg(seeded, "build", "-k")
    assert result.exit_code == 1
    assert "seeds/ferry/radio.yml:2:1: outlt: unknown key" in result.stderr
    site = tree(seeded / "site")
    assert "stories/ferry/radio/index.html" not in site
    assert not [name for name, data in site.items() if b"40 cars" in data]


@pytest.mark.parametrize("header", ["title: [\nseed: seeds/ferry/radio.txt\n", "title: [\n"])
def test_an_article_at_work_is_not_taken_from_its_capture(seeded: Path, header: str) -> None:
    """An editor's file that cannot be read stays as it is, and no other is written for its capture in the meantime."""
    path = seeded / "content/stories/ferry/radio.md"
    mine = f"---\n{header}---\n\nMy own words on the ferry.\n"
    path.write_text(mine, encoding="utf-8")
    (seeded / "seeds/ferry/gazette.txt").write_text(f"Ferry there\n\n{FERRY.format(70)}", encoding="utf-8")
    before = tree(seeded / "content")
    result = ssg(seeded, "build", "-k")
    assert result.exit_code == 1
    assert "content/: is not written while something in it is left out" in result.stderr
    assert tree(seeded / "content") == before
    site = tree(seeded / "site")
    assert "stories/ferry/gazette/index.html" in site
    assert "stories/ferry/radio/index.html" not in site
    if "seed:" in header:
        assert not [name for name in site if name.startswith("stories/ferry/radio")]
    path.write_text(f"---\ntitle: Mine\nseed: seeds/ferry/radio.txt\n---\n\n{FERRY.format(99)}", encoding="utf-8")
    assert ssg(seeded, "build", "-k").exit_code == 0
    assert sorted(tree(seeded / "content")) == sorted((*before, "stories/ferry/gazette.md"))


def test_an_article_out_of_reach_takes_its_capture_along(seeded: Path) -> None:
    """Nobody knows which capture is that of an article that cannot be read: none is built that no other claims."""
    path = seeded / "content/stories/ferry/radio.md"
    path.rename(seeded / "elsewhere.md")
    path.symlink_to(seeded / "elsewhere.md")
    result = ssg(seeded, "build", "-k")
    assert result.exit_code == 1
    assert "content/stories/ferry/radio.md: is a symbolic link" in result.stderr
    assert "seeds/ferry/radio.txt: left out while content/stories/ferry/radio.md cannot be read" in result.stderr
    site = tree(seeded / "site")
    assert "stories/ferry/post/index.html" in site
    assert not [name for name, data in site.items() if b"40 cars" in data]


def test_an_order_that_names_what_is_left_out(seeded: Path) -> None:
    """A story may name an article that no file is written for yet, because its capture has a problem."""
    (seeded / "content/stories/ferry/radio.md").unlink()
    (seeded / "content/stories/ferry/_index.md").write_text("---\narticles: [radio, post]\n---\n", encoding="utf-8")
    (seeded / "seeds/ferry/radio.yml").write_text("outlt: radio.example\n", encoding="utf-8")
    result = ssg(seeded, "build", "-k")
    assert result.stderr.count("articles:") == 0
    assert "stories/ferry/post/index.html" in tree(seeded / "site")


QUOTING = "---\ntitle: Quoting\n---\n\nThey said:\n\n{{{{ diff ferry radio {} p1 }}}}\n"


@pytest.mark.parametrize(
    ("bad", "said"),
    [(INDEX, "quotes the story 'ferry', which is left out"), (RADIO, "quotes the story 'ferry', of which something")],
)
def test_a_page_that_quotes_what_is_left_out(root: Path, bad: str, said: str) -> None:
    """A page that quotes a story, or an article, that is left out is left out too, and nothing leads to it."""
    page = root / "content/quoting.md"
    page.write_text(QUOTING.format("courier"), encoding="utf-8")
    assert ssg(root, "build").exit_code == 0
    (root / bad).write_text("---\ntitle: [\n---\n\nx\n", encoding="utf-8")
    result = ssg(root, "build", "-k", "--verify")
    assert result.exit_code == 1
    assert f"content/quoting.md:7:1: {said}" in result.stderr
    assert "there is no story" not in result.stderr
    site = tree(root / "site")
    assert "stories/bridge/post/index.html" in site
    assert not [name for name, data in site.items() if b"quoting/index.html" in data or name.startswith("quoting")]


def test_a_capture_that_goes_while_it_is_read(seeded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A capture that vanishes between the listing and the reading is left out, and told."""
    from generator.shell import disk

    original = disk.whole

    def late(path: str) -> bytes:
        if path.endswith("post.txt"):
            Path(path).unlink(missing_ok=True)
        return original(path)

    monkeypatch.setattr(disk, "whole", late)
    (seeded / "seeds/ferry/courier.txt").write_text(f"Ferry anew\n\n{FERRY.format(60)}", encoding="utf-8")
    result = ssg(seeded, "build", "-k")
    assert result.exit_code == 1
    assert "seeds/ferry/post.txt: went away while it was read" in result.stderr
    assert "stories/ferry/post/index.html" not in tree(seeded / "site")
