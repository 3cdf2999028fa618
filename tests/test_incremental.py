"""Building again: nothing stale, nothing lost, and only what is needed."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from generator.compare import digest
from generator.model import Config, Digest, Segment, Story, Token
from generator.shell import building, cache, keeper, memory, publish, tellings, worker
from generator.shell.cache import Cache
from generator.shell.engines import ending_workers, engine_of
from generator.shell.reasons import why
from generator.shell.records import frozen, thawed
from generator.shell.signals import undisturbed
from generator.site import outline as site_outline
from generator.teller import Told, in_turn
from tests.projects import ssg, tree
from tests.waiting import LIMIT, until

THEME = Path(__file__).parent / "themes" / "plain"
STORIES = ("bridge", "school", "harbour")
OUTLETS = ("courier", "post")


@pytest.fixture(autouse=True)
def _as_if_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small sites try the short way of large ones, too."""
    monkeypatch.setattr(tellings, "LEAST", 0)
    monkeypatch.setattr(memory, "LARGE", 0)


def project(root: Path, stories: tuple[str, ...] = STORIES) -> Path:
    """Make a project of some stories in two tellings each, with a theme that is small and prints all there is."""
    (root / "ssg.yml").write_text("title: Town\ntheme: plain\nbase_url: https://town.example/\n", encoding="utf-8")
    shutil.copytree(THEME, root / "themes" / "plain")
    for story in stories:
        for outlet in OUTLETS:
            write(root, story, outlet, f"The {story} is closed, says the {outlet}. It opens again in May.")
    return root


def write(root: Path, story: str, article: str, body: str, **header: str) -> Path:
    """Write an article, its header as given."""
    path = root / "content" / "stories" / story / f"{article}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    stated = {"title": f"{story} and {article}", "outlet": article, "date": "2024-05-01", **header}
    lines = "".join(f"{key}: {value}\n" for key, value in stated.items() if value)
    path.write_text(f"---\n{lines}---\n\n{body}\n", encoding="utf-8")
    return path


def fresh(root: Path, place: Path) -> dict[str, bytes]:
    """Return the site of a copy of *root* that no earlier build has left anything in."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(root, place, ignore=shutil.ignore_patterns(".ssg", "site"))
    result = ssg(place, "build", "-j", "1")
    assert result.exit_code == 0, result.stderr
    return tree(place / "site")


# ---------------------------------------------------------------------------- any edits, in any order

Edit = Callable[[Path, int], None]


def _article(root: Path, number: int) -> Path:
    found = sorted((root / "content" / "stories").glob("*/*.md"))
    return found[number % len(found)]


def edit_body(root: Path, number: int) -> None:
    """Add a sentence."""
    path = _article(root, number)
    path.write_text(path.read_text(encoding="utf-8") + f"\nThe mayor paid {number} euros.\n", encoding="utf-8")


def edit_in_disguise(root: Path, number: int) -> None:
    """Change a word without a trace in size and time of modification."""
    path = _article(root, number)
    before = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("May", "Jun") if "May" in text else text.replace("Jun", "May"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def edit_in_the_past(root: Path, number: int) -> None:
    """Change a title, and turn the time of modification back."""
    path = _article(root, number)
    text = path.read_text(encoding="utf-8").replace("title: ", f"title: No {number} ", 1)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))


def edit_date(root: Path, number: int) -> None:
    """State another date, which moves the story in every list."""
    path = _article(root, number)
    head, _, rest = path.read_text(encoding="utf-8").partition("date: ")
    if rest:
        path.write_text(f"{head}date: 20{10 + number % 20}-05-01{rest[10:]}", encoding="utf-8")


def draft(root: Path, number: int) -> None:
    """Make a draft of an article, or the other way round."""
    path = _article(root, number)
    text = path.read_text(encoding="utf-8")
    is_draft = "draft: true\n" in text
    text = text.replace("draft: true\n", "") if is_draft else text.replace("---\n", "---\ndraft: true\n", 1)
    path.write_text(text, encoding="utf-8")


def touch(root: Path, number: int) -> None:
    """Save an article as it is."""
    _article(root, number).touch()


def delete(root: Path, number: int) -> None:
    """Delete an article, but never the last."""
    if len(list((root / "content" / "stories").glob("*/*.md"))) > 1:
        _article(root, number).unlink()


def rename(root: Path, number: int) -> None:
    """Give an article another address, perhaps in another story."""
    path = _article(root, number)
    target = root / "content" / "stories" / STORIES[number % 3] / f"moved-{number}.md"
    target.parent.mkdir(exist_ok=True)
    path.rename(target)


def add(root: Path, number: int) -> None:
    """Add an article, of a new outlet perhaps spelt otherwise than elsewhere."""
    outlet = ("The Sun", "the sun", "courier.example")[number % 3]
    write(
        root,
        STORIES[number % 3],
        f"new-{number}",
        f"The {STORIES[number % 3]} is shut, {number} people say.",
        outlet=outlet,
    )


def edit_template(root: Path, number: int) -> None:
    """Change a template that others are made from."""
    path = root / "themes" / "plain" / "templates" / ("base.html", "list.html")[number % 2]
    path.write_text(path.read_text(encoding="utf-8") + f"<!-- {number} -->\n", encoding="utf-8")


def configure(root: Path, number: int) -> None:
    """Change the configuration: a title, drafts, how long a list is."""
    line = (f"title: Town {number}", "drafts: true", f"paginate: {1 + number % 3}", "feeds: {items: 1}")[number % 4]
    kept = [one for one in (root / "ssg.yml").read_text(encoding="utf-8").splitlines() if one[:4] != line[:4]]
    (root / "ssg.yml").write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")


def describe(root: Path, number: int) -> None:
    """Describe an outlet, or add a page of the editor's own, which every page leads to."""
    path = root / "content" / ("outlets/courier.md", f"page-{number}.md")[number % 2]
    path.parent.mkdir(exist_ok=True)
    name = f"name: The Courier of {number}\n" if number % 2 == 0 else f"title: Page {number}\n"
    path.write_text(f"---\n{name}---\n\nSome words.\n", encoding="utf-8")


def head_story(root: Path, number: int) -> None:
    """Write a story's own file: title, order, introduction."""
    path = root / "content" / "stories" / _article(root, number).parent.name / "_index.md"
    path.write_text(f"---\ntitle: Story {number}\ntags: [tag {number % 2}]\n---\n\nSee below.\n", encoding="utf-8")


def edit_header(root: Path, number: int) -> None:
    """State another outlet, or how much of an article may be printed, or its language: what lists and feeds show."""
    path = _article(root, number)
    known = (("outlet", "Gazette"), ("rights", "excerpt"), ("rights", "link"), ("language", "de"))
    key, value = known[3 if path.name == "_index.md" else number % 4]  # a story's own file states its language alone
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{key}: ")]
    path.write_text("".join([kept[0], f"{key}: {value}\n", *kept[1:]]), encoding="utf-8")


def copy_text(root: Path, number: int) -> None:
    """Let an article say what another one says, or something else again: near-duplicates come and go."""
    path, other = _article(root, number), _article(root, number + 1 + number % 3)
    head, _, _ = path.read_text(encoding="utf-8").rpartition("---\n")
    said = other.read_text(encoding="utf-8").rpartition("---\n")[2] if number % 3 else f"\nNo word of {number}.\n"
    path.write_text(f"{head}---\n{said}", encoding="utf-8")


def move_page(root: Path, number: int) -> None:
    """Give a page of the editor's own another address, with one that leads to it or without."""
    path = root / "content" / "imprint.md"
    aliases = f"aliases: [old-{number % 5}]\n" if number % 2 else ""
    path.write_text(f"---\ntitle: Imprint {number % 3}\n{aliases}---\n\nOurs.\n", encoding="utf-8")


def tamper(root: Path, number: int) -> None:
    """Overwrite or delete a page of the site by hand."""
    pages = sorted((root / "site").rglob("*.html"))
    page = pages[number % len(pages)]
    if number % 2:
        page.unlink()
    else:
        page.write_text("mine", encoding="utf-8")


def damage(root: Path, number: int) -> None:
    """Damage the cache."""
    path = root / cache.FILE
    path.write_bytes(b"no database" * (number % 500) if number % 2 else path.read_bytes()[: 5000 + number])


EDITS: tuple[Edit, ...] = (
    edit_body, edit_in_disguise, edit_in_the_past, edit_date, draft, touch, delete, rename, add, edit_template,
    configure, describe, head_story, edit_header, copy_text, move_page, tamper, damage,
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf() -> Iterator[Path]:
    """Return a folder, in memory where there is such a disk."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rounds=st.lists(
        st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 999)), max_size=3), min_size=1, max_size=4
    )
)
def test_any_edits_give_what_a_fresh_build_gives(shelf: Path, rounds: list[list[tuple[Edit, int]]]) -> None:
    """After any edits, in any order, a build on top of earlier ones gives the same site as one from nothing."""
    root = shelf / "project"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    project(root)
    ssg(root, "build", "-j", "1")
    for edits in rounds:
        for edit, number in edits:
            edit(root, number)
        result = ssg(root, "build", "-j", "1")
        assert result.exit_code == 0, result.stderr
        assert tree(root / "site") == fresh(root, shelf / "fresh")


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_every_edit_gives_what_a_fresh_build_gives(shelf: Path, edit: Edit) -> None:
    """Each kind of edit, alone, is seen by the next build; one more has nothing to do."""
    root = shelf / "project"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    project(root)
    ssg(root, "build", "-j", "1")
    for number in (0, 1):
        edit(root, number)
        assert ssg(root, "build", "-j", "1").exit_code == 0
        assert tree(root / "site") == fresh(root, shelf / "fresh")
    assert "0 of them new or changed" in ssg(root, "build", "-j", "1").stderr


def test_an_outlet_described_retells_whose_articles_name_it(tmp_path: Path) -> None:
    """Two names of one outlet are two voices until a file says that they are one; the next build counts them anew."""
    root = tmp_path / "project"
    root.mkdir()
    project(root, ("bridge",))
    write(root, "bridge", "bell", "A ship hit the crossing. No train runs there.", outlet="The Bell")
    assert ssg(root, "build").exit_code == 0
    assert _voices(root) == [["A"], ["B"], ["C"]]
    house = root / "content" / "outlets" / "courier.md"
    house.parent.mkdir()
    for header, voices in (
        ("name: The bell", [["A", "B"], ["C"]]),
        ("name: The Bell\nhomepage: https://www.bell.example/", [["A", "B"], ["C"]]),
        ("name: The Courier", [["A"], ["B"], ["C"]]),
    ):
        house.write_text(f"---\n{header}\n---\n", encoding="utf-8")
        assert ssg(root, "build").exit_code == 0
        assert _voices(root) == voices
        assert tree(root / "site") == fresh(root, tmp_path / "fresh")


def _voices(root: Path) -> list[list[str]]:
    told = json.loads((root / "site" / "stories" / "bridge" / "story.json").read_text(encoding="utf-8"))
    assert {origin["why"] for origin in told["origins"]} == {"alone"}
    return [origin["articles"] for origin in told["origins"]]


# ---------------------------------------------------------------------------- only what is needed


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    """Return a project that was built once, and the stories that are told from then on."""
    told: list[str] = []
    original = worker.patient

    def teller(desk: object, *more: object) -> object:
        tell = original(desk, *more)  # type: ignore[arg-type]

        def noted(shelf: object) -> Told:
            told.append(shelf.story)  # type: ignore[attr-defined]
            return tell(shelf)  # type: ignore[arg-type]

        return noted

    monkeypatch.setattr(worker, "patient", teller)
    root = project(tmp_path)
    assert ssg(root, "build").exit_code == 0
    told.clear()
    return root, told


def test_an_edit_tells_one_story(town: tuple[Path, list[str]]) -> None:
    """An edit to one article tells its story and no other, and writes no page that stays the same."""
    root, told = town
    other = root / "site" / "stories" / "school" / "index.html"
    before = other.stat()
    edit_body(root, 0)
    result = ssg(root, "build", "--json")
    assert told == ["bridge"]
    assert (other.stat().st_ino, other.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    changed = json.loads(result.stdout)["changed"]
    assert 0 < changed < json.loads(result.stdout)["files"] / 2


@pytest.fixture
def compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    """Return a project that was built once, and the stories that are compared from then on."""
    found: list[str] = []

    def digest_of(story: Story, *more: float) -> Digest:
        found.extend({story.slug} & set(STORIES))  # the page that explains has an example of its own
        return original(story, *more)

    original = digest.digest_of
    monkeypatch.setattr(digest, "digest_of", digest_of)
    root = tmp_path / "project"
    root.mkdir()
    assert ssg(project(root), "build").exit_code == 0
    found.clear()
    return root, found


def _other_navigation(root: Path) -> None:
    (root / "content" / "press.md").write_text("---\ntitle: Press\n---\n\nWrite to us.\n", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [lambda root: edit_template(root, 1), _other_navigation, lambda root: shutil.rmtree(root / "site")],
    ids=["a template", "a page", "no site"],
)
def test_what_is_compared_once_is_printed_anew(
    compared: tuple[Path, list[str]], tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """A change that touches no text has stories printed again as a fresh build would, but compares none again."""
    root, found = compared
    change(root)
    assert ssg(root, "build").exit_code == 0
    assert found == []
    assert tree(root / "site") == fresh(root, tmp_path / "fresh")


def test_what_is_compared_again(compared: tuple[Path, list[str]]) -> None:
    """A text that changed, and a build from nothing, compare; so does one whose cache holds something else."""
    root, found = compared
    edit_body(root, 0)
    ssg(root, "build")
    assert found == ["bridge"]
    found.clear()
    ssg(root, "build", "--clean")
    assert sorted(found) == sorted(STORIES)
    found.clear()
    with sqlite3.connect(root / cache.FILE) as base:
        base.execute("UPDATE compared SET value = ? WHERE story = 'bridge'", (cache.packed([1]),))
        base.execute("UPDATE compared SET value = 'torn' WHERE story = 'school'")
    base.close()
    shutil.rmtree(root / "site")
    assert ssg(root, "build").exit_code == 0
    assert sorted(found) == ["bridge", "school"]


def test_comparisons_of_stories_that_went_are_dropped(tmp_path: Path) -> None:
    """A comparison stays as long as anything is kept of its story, and a story has one."""
    for number in range(cache.KEPT + 2):
        with Cache(tmp_path) as base:
            base.keep(f"{number}", "stays", number)
            base.keep_comparison("stays", f"{number}", cache.packed(number))
            if not number:
                base.keep("gone", "gone", number)
                base.keep_comparison("gone", "0", cache.packed(number))
            base.finish({})
    with Cache(tmp_path) as base:
        assert base.comparison("stays", f"{cache.KEPT + 1}") == cache.KEPT + 1
        assert base.comparison("stays", "0") is None
        assert base.comparison("gone", "0") is None


def test_nothing_changed(town: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """When nothing has changed, nothing is built, and the last build says its words again."""
    root, _ = town
    time.sleep(0.1)  # files that were written just now might change again without their times telling
    first = ssg(root, "build")
    monkeypatch.setattr(building, "built", lambda *_, **__: pytest.fail("built again"))
    again = ssg(root, "build")
    assert again.stderr == first.stderr
    assert "0 of them new or changed" in again.stderr
    monkeypatch.undo()
    (root / "themes" / "other").mkdir()
    (root / "themes" / "other" / "theme.yml").write_text("name: Other\n", encoding="utf-8")
    assert ssg(root, "build").stderr == first.stderr


def test_nothing_heavy_is_imported_for_nothing(town: tuple[Path, list[str]]) -> None:
    """A build with nothing to do imports no room that reads, compares or renders."""
    root, _ = town
    time.sleep(0.1)
    ssg(root, "build")
    code = "import sys; from generator.shell.cli import cli; cli(['-C', sys.argv[1], 'build'], standalone_mode=False);"
    code += "print(*[m for m in sys.modules if m in ('jinja2', 'markdown_it', 'yaml', 'rapidfuzz', 'rich')])"
    result = subprocess.run([sys.executable, "-c", code, str(root)], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""


def test_why(town: tuple[Path, list[str]]) -> None:
    """Of every page it can be told why the last build made it again or did not."""
    root, _ = town
    assert "it is new" in why(root, "stories/bridge/index.html")
    edit_body(root, 0)
    edit_template(root, 0)
    ssg(root, "build")
    assert why(root, "stories/bridge/courier/index.html") == (
        "told anew by the last build that found anything changed: "
        "the theme's templates/base.html changed, content/stories/bridge/courier.md changed"
    )
    edit_body(root, 0)
    ssg(root, "build")
    assert why(root, "stories/school/index.html").startswith("not told anew")
    assert why(root, "index.html").startswith("belongs to no single story")
    ssg(root, "clean", "--cache")
    assert why(root, "index.html") == ""


def test_why_says_no_more_than_is_true(town: tuple[Path, list[str]]) -> None:
    """What went is no day that has come, `--clean` no page that went; the last telling is what counts."""
    root, _ = town
    gone, page = write(root, "bridge", "herald", "It is shut.", date="2025-01-01"), "stories/bridge/index.html"
    ssg(root, "build")
    gone.unlink()
    ssg(root, "build")
    assert (
        why(root, page)
        == "told anew by the last build that found anything changed: content/stories/bridge/herald.md went"
    )
    ssg(root, "build", "--clean")
    assert why(root, page) == "told anew by the last build that found anything changed: --clean makes everything anew"
    hooks = root / "hooks.py"
    hooks.write_text("# one\n", encoding="utf-8")
    ssg(root, "build")
    assert why(root, page) == "told anew by the last build that found anything changed: hooks.py changed"
    hooks.unlink()
    ssg(root, "build")
    assert (
        why(root, page)
        == "not told anew by the last build that found anything changed: an earlier one had made it from the same"
    )
    edit_body(root, 0)
    ssg(root, "build")
    assert (
        why(root, page)
        == "told anew by the last build that found anything changed: content/stories/bridge/courier.md changed"
    )


def test_a_template_tells_all(town: tuple[Path, list[str]]) -> None:
    """A changed template tells every story anew; going back to the old one needs the old pages again."""
    root, told = town
    edit_template(root, 0)
    ssg(root, "build")
    assert told == sorted(STORIES)


def test_a_touched_page_is_told_again(town: tuple[Path, list[str]]) -> None:
    """A page that somebody has overwritten comes back, and only its story is told for that."""
    root, told = town
    (root / "site" / "stories" / "school" / "post" / "index.html").write_text("mine", encoding="utf-8")
    ssg(root, "build")
    assert told == ["school"]
    assert (root / "site" / "stories" / "school" / "post" / "index.html").read_text(encoding="utf-8") != "mine"


def test_what_is_put_back_is_counted(town: tuple[Path, list[str]]) -> None:
    """A page that somebody has taken away, and one that somebody has overwritten, are new or changed for the build."""
    root, _ = town
    (root / "site" / "stories" / "school" / "post" / "index.html").write_text("mine", encoding="utf-8")
    (root / "site" / "feed.xml").unlink()
    assert "2 of them new or changed" in ssg(root, "build").stderr


def test_how_many_workers_changes_nothing(town: tuple[Path, list[str]]) -> None:
    """Another number of workers is no reason to tell anything again."""
    root, told = town
    assert "0 of them new or changed" in ssg(root, "build", "-j", "3").stderr
    assert told == []


def test_saved_without_a_change(town: tuple[Path, list[str]]) -> None:
    """Articles that were only saved again (or checked out anew) are read, but not told."""
    root, told = town
    for path in (root / "content").rglob("*.md"):
        path.touch()
    assert "0 of them new or changed" in ssg(root, "build").stderr
    assert told == []


def test_a_page_forged_without_a_trace(town: tuple[Path, list[str]]) -> None:
    """`--verify` finds a page that was written to behind its size and time, `--clean` writes it anew."""
    root, _ = town
    page = root / "site" / "stories" / "bridge" / "index.html"
    before, whole = page.stat(), page.read_bytes()
    page.write_bytes(whole.replace(b"bridge", b"brigde"))
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    result = ssg(root, "build", "--verify")
    assert result.exit_code == 1
    said = "stories/bridge/index.html is not as it was written, though its size and time are"
    assert f"site: {said} – `ssg build --clean` writes it anew" in result.stderr
    assert ssg(root, "build", "--clean").exit_code == 0
    assert page.read_bytes() == whole


def test_clean_cache(town: tuple[Path, list[str]]) -> None:
    """`ssg clean --cache` empties the cache and leaves the site; `--clean` passes the cache over."""
    root, told = town
    assert ssg(root, "build", "--clean").exit_code == 0
    assert told == sorted(STORIES)
    assert ssg(root, "clean", "--cache").exit_code == 0
    assert not list((root / ".ssg").glob("cache*"))
    assert (root / "site" / "index.html").exists()
    ssg(root, "build")
    assert told == sorted(STORIES) * 2


def test_verify_finds_what_is_wrong(town: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """`ssg build --verify` builds beside the cache and refuses a site of which a story is stale; the old one stays."""
    root, _ = town
    keys: dict[str, str] = {}
    original = keeper.key_of
    monkeypatch.setattr(keeper, "key_of", lambda frame, of: keys.setdefault(of[0][0], original(frame, of)))
    assert "verified" in ssg(root, "build", "--verify").stderr
    before = tree(root / "site")
    edit_body(root, 0)
    result = ssg(root, "build", "--verify")
    assert result.exit_code == 1
    assert re.search(r"two builds differ in .*embed/bridge/.*; please report this", result.stderr)
    assert tree(root / "site") == before


HOLDING = """
import time
from pathlib import Path

def after_compare(digest):
    while digest.story.slug.startswith("school") and Path({hold!r}).exists():
        time.sleep(0.05)
    return digest
"""
"""A build with this one does not come to its end."""


def test_ctrl_c_leaves_the_old_site(tmp_path: Path) -> None:
    """Ctrl-C in the middle of telling ends all workers soon, leaves the old site whole and nothing beside it."""
    root = project(tmp_path, tuple(f"{story}-{number}" for number in range(12) for story in STORIES))
    assert ssg(root, "build", "-j", "1").exit_code == 0
    before = tree(root / "site")
    (root / "hooks.py").write_text(HOLDING.format(hold=str(root / "hold")), encoding="utf-8")
    (root / "hold").touch()
    edit_template(root, 0)
    command = [sys.executable, "-m", "generator", "-C", str(root), "build", "-j", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    assert until(lambda: list((root / ".site.ssg-new").rglob("*.html")))
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=LIMIT)
    assert process.returncode == 1
    assert tree(root / "site") == before
    assert sorted(path.name for path in root.iterdir() if path.name not in ("hold", "hooks.py", "__pycache__")) == [
        ".ssg",
        "content",
        "site",
        "ssg.yml",
        "themes",
    ]
    (root / "hold").unlink()
    assert ssg(root, "build", "-j", "1").exit_code == 0
    assert tree(root / "site") != before


def test_ctrl_c_between_two_results(tmp_path: Path) -> None:
    """Ctrl-C while a result is dealt with ends the workers too, though who waits for the next one hears nothing."""
    (tmp_path / "hold").touch()
    engine = engine_of(Config(jobs=2, engine="processes"))
    results = engine(partial(_holding, tmp_path / "hold"), range(40))
    next(results)
    with pytest.raises(KeyboardInterrupt), ending_workers():
        raise KeyboardInterrupt
    assert until(lambda: not multiprocessing.active_children())
    results.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_ctrl_c_that_python_drops(tmp_path: Path) -> None:
    """Ctrl-C where Python drops what is raised, in a finaliser, ends the workers and the build all the same."""
    (tmp_path / "hold").touch()
    release = threading.Timer(LIMIT / 2, (tmp_path / "hold").unlink)
    release.start()
    engine = engine_of(Config(jobs=2, engine="processes"))
    results = engine(partial(_holding, tmp_path / "hold"), range(40))
    with pytest.raises(KeyboardInterrupt), ending_workers():
        list(map(_drop, results))
    release.cancel()
    assert until(lambda: not multiprocessing.active_children())


def test_ctrl_c_waits_though_another_thread_could_hear_it() -> None:
    """What must not be ended halfway is not, also while a bar is drawn by a thread of its own; then Ctrl-C is heard."""
    drawn, done = threading.Event(), []
    threading.Thread(target=drawn.wait, daemon=True).start()

    def work() -> None:
        with undisturbed():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)
            done.append("all")

    with pytest.raises(KeyboardInterrupt):
        work()
    drawn.set()
    assert done == ["all"]


def test_ctrl_c_while_the_old_site_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C just after the sites have changed places leaves the new one whole and nothing beside it."""
    remove = shutil.rmtree

    def interrupted(folder: Path, **how: bool) -> None:
        if folder.exists():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)
        remove(folder, **how)

    publish.write_site(tmp_path / "site", {"index.html": b"old"})
    monkeypatch.setattr(shutil, "rmtree", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish.write_site(tmp_path / "site", {"index.html": b"new"})
    assert tree(tmp_path) == {"site/index.html": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


class _Dropped:
    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)


def _drop(number: int) -> None:
    if number == 0:
        _Dropped()


def _holding(hold: Path) -> Callable[[int], int]:
    def told(number: int) -> int:
        while number > 8 and hold.exists():
            time.sleep(0.05)
        return number

    return told


def test_a_story_that_is_told_twice(tmp_path: Path) -> None:
    """An outlet that nobody describes has one name, whoever spells it otherwise; also after an edit elsewhere."""
    root = tmp_path / "p"
    for story, name in {"ferry": "The Post", "bridge": "the post", "tower": "The Post"}.items():
        (root / f"content/stories/{story}").mkdir(parents=True)
        text = f"---\ntitle: On the {story}\noutlet: {name}\ndate: 2025-07-03\n---\n\nThe {story} is shut, it said.\n"
        (root / f"content/stories/{story}/a.md").write_text(text, encoding="utf-8")
    assert ssg(root, "build", "-j", "1").exit_code == 0
    (root / "content/about.md").write_text("Ours.\n", encoding="utf-8")
    assert ssg(root, "build", "-j", "1", "--verify").exit_code == 0
    (root / "content/about.md").write_text("All ours.\n", encoding="utf-8")
    assert ssg(root, "build", "-j", "1", "--verify").exit_code == 0
    built = tree(root / "site")
    assert ssg(root, "build", "-j", "1", "--clean").exit_code == 0
    assert tree(root / "site") == built


# ---------------------------------------------------------------------------- the cache


def test_the_cache_is_bounded(tmp_path: Path) -> None:
    """What no build has used for long is dropped; what is used stays."""
    for build in range(3 * cache.KEPT):
        with Cache(tmp_path) as base:
            if build == 0:
                base.keep("always", "a", 1)
            base.made("always")
            base.keep(f"once {build}", "b", build)
            base.finish({})
    with Cache(tmp_path) as base:
        assert base.made("always") == 1
        assert base.made(f"once {3 * cache.KEPT - 1}") == 3 * cache.KEPT - 1
        assert base.made("once 0") is None


def test_a_cache_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond its limit the cache keeps what each build uses, however long ago that was made, and nothing else."""
    monkeypatch.setattr(cache, "LARGEST", 1)
    for build in range(6):
        with Cache(tmp_path) as base:
            assert (base.made("always") is not None) == (build > 0)
            assert base.made(f"once {build - 2}") is None
            if build == 0:
                base.keep("always", "a", 1)
            base.keep(f"once {build}", "b", build)
            base.finish({})


def test_two_builds_share_a_cache(tmp_path: Path) -> None:
    """Two processes may add to the cache at once; both see what the other has written."""
    with Cache(tmp_path) as one, Cache(tmp_path) as two:
        one.keep("a", "s", "from one")
        two.keep("b", "s", "from two")
        one.finish({})
        two.finish({})
        assert (one.made("b"), two.made("a")) == ("from two", "from one")


@pytest.mark.parametrize("spoilt", [b"", b"not a database at all" * 300, "older", "torn"])
def test_a_spoilt_cache_is_a_miss(tmp_path: Path, spoilt: bytes | str) -> None:
    """A cache that is damaged or of another version is as good as an empty one, and works again afterwards."""
    with Cache(tmp_path) as base:
        base.keep("a", "s", [1])
        base.finish({"x": 1})
    path = tmp_path / cache.FILE
    if spoilt == "older":
        with sqlite3.connect(path) as other:
            other.execute("PRAGMA user_version = 99")
        other.close()
    else:
        path.write_bytes(path.read_bytes()[:6000] if isinstance(spoilt, str) else spoilt)
    with Cache(tmp_path) as base:
        assert base.made("a") in (None, [1])
        base.keep("b", "s", [2])
        base.finish({})
        base.note("x")
    with Cache(tmp_path) as base:
        assert base.made("b") in (None, [2])


@pytest.mark.parametrize("row", ["[" * 100_000, "{", "null", "[1]", ""])
def test_a_row_that_nobody_can_read_is_a_miss(tmp_path: Path, row: str) -> None:
    """Whatever stands in the place of what is kept for lists, however nested, they are made without it."""
    with Cache(tmp_path) as base:
        base.note_each([(tellings.TELLINGS, "", "same"), (tellings.TELLINGS, "s", "m" * 32 + row)])
        base.note_each([(tellings.MARKS, "s", row)])
        base.write(tellings.OUTLINE, f"same\n{row}")
        assert tellings.are_of(base, "same")
        assert (tellings.read(base, "same"), tellings.few(base, "same")) == (None, None)


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    """All that is kept of a story survives being written as JSON; what is no record of ours is refused."""
    root = project(tmp_path)
    found = _told(root)
    assert found
    for told in found:
        again = thawed(Told, json.loads(json.dumps(frozen(told))))
        assert again == told
    for wrong in (None, 1, [], {}, [1] * 20, ["x"], [["s", [], ""], {}, 5, [], [], [], [], []]):
        with pytest.raises(ValueError, match="no "):
            thawed(Told, wrong)


@given(st.lists(st.tuples(st.text(), st.text())))
@example([("two\nlines", "one"), ("", "")])
@example([("", "")])
def test_words_come_back_as_they_were(words: list[tuple[str, str]]) -> None:
    """A sentence is kept with the texts of its words in one, a line each; of other than so many a word none is made."""
    segment = Segment("A1", "A", 0, "text", 0, 0, 4, tuple(Token(*word) for word in words))
    kept = json.loads(json.dumps(frozen(segment)))
    assert thawed(Segment, kept) == segment
    for wrong in (None, "ab", "a\nb\nc", [1, 2], ["one"], [["one", "two"]]):
        with pytest.raises(ValueError, match="no "):
            thawed(Segment, [*kept[:-1], wrong])


@given(st.lists(st.tuples(st.text(), st.booleans(), st.integers())))
def test_rows_of_plain_values_come_back_as_they_were(rows: list[tuple[str, bool, int]]) -> None:
    """Rows are looked at column by column; none is longer or shorter than it should be, or holds another kind."""
    kind = tuple[tuple[str, bool, int], ...]
    kept = json.loads(json.dumps(rows))
    assert thawed(kind, kept) == tuple(rows)
    for wrong in ([], ["x", True], ["x", True, 5, 5], ["x", 1, 5], [1, True, 5], ["x", True, 1.5], None, 5, "abc"):
        with pytest.raises(ValueError, match="no "):
            thawed(kind, [*kept, wrong])


def test_what_python_compiles_is_no_change_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that is imported for the first time is compiled beside the program: the next build is none for that."""
    package = tmp_path / "there" / "generator" / "shell"
    (package / "__pycache__").mkdir(parents=True)
    (package / "memory.py").write_text("")
    monkeypatch.setattr(memory, "__file__", str(package / "memory.py"))
    before = memory.look(tmp_path, "").inputs
    (package / "__pycache__" / "memory.cpython-311.pyc").write_text("x")
    assert memory.look(tmp_path, "").inputs == before
    (package / "memory.py").write_text("x = 1")
    assert memory.look(tmp_path, "").inputs != before


def _told(root: Path) -> list[Told]:
    from generator.model import Config
    from generator.pipeline import build
    from generator.shell.project import read_project

    found: list[Told] = []

    def each(desk: object, shelves: object) -> Iterator[Told]:
        for told in in_turn(desk, shelves):  # type: ignore[arg-type]
            found.append(told)
            yield told

    read = read_project(root, Config(theme="plain"))
    build(read.sources, read.theme, read.config, each)  # type: ignore[arg-type]
    return found


def _without_comparison(root: Path) -> None:
    config = root / "ssg.yml"
    config.write_text(f"{config.read_text(encoding='utf-8')}compare: {{enabled: false}}\n", encoding="utf-8")


def _edit_and_touch(root: Path) -> None:
    write(root, "bridge", "post", "It opens.")
    (root / "site" / "index.html").write_text("x", encoding="utf-8")


def _edit_two(root: Path) -> None:
    for story in ("bridge", "school"):
        write(root, story, "post", f"The {story} is closed, says the post. It opens again in June.")


def _edit_unseen(root: Path, time: int) -> None:
    """Say June instead of May, the file as old as before (or of the year 2001), and of the same size."""
    path = root / "content" / "stories" / "bridge" / "post.md"
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("May", "Jun"), encoding="utf-8")
    os.utime(path, ns=(time * 10**9 or before.st_mtime_ns, time * 10**9 or before.st_mtime_ns))


EDITS_AT_ONCE: dict[str, tuple[Callable[[Path], object], bool]] = {
    "a body": (lambda root: write(root, "bridge", "post", "It opens in June."), True),
    "a title": (lambda root: write(root, "bridge", "post", "It opens.", title="Other"), False),
    "an outlet": (lambda root: write(root, "bridge", "post", "It opens.", outlet="Gazette"), False),
    "a date": (lambda root: write(root, "bridge", "post", "It opens.", date="2019-05-01"), False),
    "rights": (lambda root: write(root, "bridge", "post", "It opens. It closes.", rights="link"), False),
    "a word more in two stories": (_edit_two, True),
    "back in time": (lambda root: _edit_unseen(root, 1_000_000_000), True),
    "the same size and time": (lambda root: _edit_unseen(root, 0), True),
    "moved": (
        lambda root: (root / "content/stories/bridge/post.md").rename(root / "content/stories/school/a.md"),
        False,
    ),
    "the last of a story": (
        lambda root: [write(root, "bridge", name, "Shut.", draft="true") for name in OUTLETS],
        False,
    ),
    "a draft": (lambda root: write(root, "bridge", "post", "It opens.", draft="true"), False),
    "a touched page": (_edit_and_touch, False),
    "a new article": (lambda root: write(root, "bridge", "herald", "It opens."), False),
}


#: The same where texts are compared: lists show more of them, and are made anew as far as they do.
EDITS_OF_TEXTS: dict[str, tuple[Callable[[Path], object], bool]] = {
    "a body": (lambda root: write(root, "bridge", "post", "The bridge opens in June, says the post."), True),
    "a title": (lambda root: write(root, "bridge", "post", "It opens.", title="Other"), True),
    "a date": (lambda root: write(root, "bridge", "post", "It opens.", date="2019-05-01"), False),
    "a copy of another story": (
        lambda root: write(root, "bridge", "post", "The school is closed, says the post. It opens again in May."),
        True,
    ),
    "a word more in two stories": (_edit_two, True),
    "the same size and time": (lambda root: _edit_unseen(root, 0), True),
    "a new article": (lambda root: write(root, "bridge", "herald", "It opens."), False),
}


def _towns(root: Path) -> Path:
    """Make a project of the theme that comes with the program, with lists of several pages and of every kind."""
    header = "title: Town\nbase_url: https://town.example/\npaginate: 2\nfeeds: {items: 2}\n"
    (root / "ssg.yml").write_text(header, encoding="utf-8")
    for number in range(5):
        story, tags = f"s{number}", f"[dock, n{number % 2}]" if number % 3 else ""
        for outlet in ("courier", "post", "herald")[: 2 + number % 2]:
            body = f"The dock {number} is shut, says the {outlet}. It opens again in May. {number + 3} people wait."
            write(root, story, outlet, body, date=f"2024-0{1 + number // 2}-0{1 + number}", tags=tags)
    return root


def test_lists_are_made_from_few_stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an edit no more stories are read than lists show; they say what a fresh build says, edit after edit."""
    monkeypatch.setattr(site_outline, "BLOCK", 2)
    read, whole = tellings.read, building.built
    calls: list[str] = []
    monkeypatch.setattr(building, "built", lambda *args, **how: (calls.append("whole"), whole(*args, **how))[1])
    monkeypatch.setattr(tellings, "read", lambda *args: (calls.append("all"), read(*args))[1])
    root = tmp_path / "town"
    root.mkdir()
    _towns(root)
    time.sleep(0.1)
    assert ssg(root, "build", "-j", "1").exit_code == 0
    few: list[str] = []
    of_few = tellings.Few.__call__
    monkeypatch.setattr(tellings.Few, "__call__", lambda self, story: (few.append(story), of_few(self, story))[1])
    bodies = {  # what is quoted, and how much is shared, changes with them
        "s4": "The ferry waits, says the post. It opens again in May. 7 people wait.",
        "s0": "“Nobody came,” said Ada Stone.",
        "s2": "The dock 2 is shut, says the post. It opens again in May. 5 people wait.",
    }
    for edits in (["s4"], ["s0", "s2"], ["s2", "s4", "s0"]):
        calls.clear()
        for story in edits:
            edit_body(root, [path.parent.name for path in sorted(root.glob("content/stories/*/*.md"))].index(story))
            path = root / "content" / "stories" / story / "post.md"
            path.write_text(path.read_text(encoding="utf-8") + bodies[story], encoding="utf-8")
        time.sleep(0.1)
        assert ssg(root, "build", "-j", "1").exit_code == 0
        assert few
        assert tree(root / "site") == fresh(root, tmp_path / "fresh"), edits
        calls[:] = calls[:-1]  # the fresh build's own
        assert calls == []


@pytest.mark.parametrize(
    ("name", "is_compared"), [*((name, False) for name in EDITS_AT_ONCE), *((name, True) for name in EDITS_OF_TEXTS)]
)
def test_the_short_way_of_large_sites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_compared: bool
) -> None:
    """An edit that changes no address and no date asks for no other story, any other for all; both are right."""
    edit, is_short = (EDITS_OF_TEXTS if is_compared else EDITS_AT_ONCE)[name]
    root = tmp_path / "town"
    root.mkdir()
    project(root)
    if not is_compared:
        _without_comparison(root)
    time.sleep(0.1)
    assert ssg(root, "build", "-j", "1").exit_code == 0
    calls: list[str] = []
    whole = building.built
    monkeypatch.setattr(building, "built", lambda *args, **how: (calls.append("whole"), whole(*args, **how))[1])
    edit(root)
    time.sleep(0.1)
    assert ssg(root, "build", "-j", "1").exit_code == 0
    assert calls == ([] if is_short else ["whole"])
    assert tree(root / "site") == fresh(root, tmp_path / "fresh")
    calls.clear()
    assert "0 of them new or changed" in ssg(root, "build", "-j", "1").stderr
    assert calls == []
