"""A project's own functions between the stages of a build."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import SourceError
from generator.hooks import Hooks
from generator.model import Article, Config, Page
from generator.pipeline import build
from generator.shell.hooks import Written, hooks_of
from generator.shell.watch import is_source
from tests.projects import ssg
from tests.sample import theme

ARTICLES = {
    f"content/stories/bridge/{outlet}.md": f"---\ntitle: T\noutlet: {outlet}\ndate: 2024-03-04\n---\n\nIt is shut.\n"
    for outlet in ("courier", "post")
}
HOOKS = """
from dataclasses import replace


def after_ingest(article):
    return replace(article, tags=(*article.tags, "bridges"))


def after_compare(digest):
    return replace(digest, story=replace(digest.story, title=f"{len(digest.passages)} passage", tags=("bridges",)))


def before_render(page):
    return None if page.path.startswith("tags/") else replace(page, title=page.title.upper())


def after_build(paths):
    return {"humans.txt": f"{len(paths)} files".encode()}
"""


def written(root: Path, hooks: str) -> Path:
    """Write a small project with hooks, and return its folder."""
    for name, text in {**ARTICLES, "hooks.py": hooks}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_every_hook_is_called(tmp_path: Path) -> None:
    """Articles, comparisons and pages are what the hooks make of them; files are added, pages left out."""
    sources = {name: text.encode() for name, text in ARTICLES.items()}
    site = build(sources, theme(), Config(), hooks=hooks_of(written(tmp_path, HOOKS)))
    page = site.files["stories/bridge/index.html"].decode()
    assert "<title>1 PASSAGE" in page
    assert site.summaries[0].tags == ("bridges",)
    assert not [name for name in site.files if name.startswith("tags/")]
    assert site.files["humans.txt"] == f"{len(site.files) - 1} files".encode()


def test_hooks_of_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook that several projects share is imported from a package by `hooks.py`."""
    (tmp_path / "our_hooks.py").write_text("def after_build(paths):\n    return {'ours.txt': b'x'}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    hooks = Written("from our_hooks import after_build\n")
    assert hooks.after_build(()) == {"ours.txt": b"x"}


def test_without_hooks() -> None:
    """A project without the file has hooks that do nothing."""
    hooks, article, page = Hooks(), Article(title="T"), Page("index.html", "home.html", "T", {})
    assert (hooks.after_ingest(article), hooks.before_render(page), hooks.after_build(("a",))) == (article, page, {})


REPLACING = "from dataclasses import replace\ndef "


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def after_ingest(article:\n", "hooks.py:1:17: cannot be run: '(' was never closed"),
        ("import no_such_module_here\n", "hooks.py:1: cannot be run: ModuleNotFoundError: No module named"),
        ("x = 1\n\ndef after_compute(x):\n    return x\n", "hooks.py:3: there is no hook after_compute – did you mean"),
        ("import sys\nsys.exit(0)\n", "hooks.py:2: cannot be run: SystemExit: 0"),
        ("def after_build(paths):\n    raise SystemExit\n", "hooks.py:2: after_build failed: SystemExit"),
        ("def after_ingest(article):\n    return 1 / 0\n", "hooks.py:2: after_ingest failed: ZeroDivisionError"),
        (
            "def after_ingest(article):\n    pass\n",
            "hooks.py:1: after_ingest: expected Article to be returned",
        ),
        (
            f"{REPLACING}after_ingest(a):\n    return replace(a, language=3)\n",
            "hooks.py:2: after_ingest: expected a text as l",
        ),
        (
            f"{REPLACING}after_ingest(a):\n    return replace(a, rights='excrept')\n",
            "hooks.py:2: after_ingest: expected full, excerpt or link as rights, found 'excrept'",
        ),
        (
            f"{REPLACING}after_ingest(a):\n    return replace(a, date='3 July')\n",
            "hooks.py:2: after_ingest: expected a date like 2025-07-03 or 2025-07-03T14:05+02:00 as date, found '3 J",
        ),
        (
            f"{REPLACING}after_compare(d):\n    return replace(d, story=replace(d.story, tags=['x']))\n",
            "hooks.py:2: after_compare: expected a tuple of texts as tags, found ['x']",
        ),
        (
            f"{REPLACING}after_compare(d):\n    return replace(d, story=None)\n",
            "hooks.py:2: after_compare: expected Story as story, found None",
        ),
        (
            f"{REPLACING}before_render(page):\n    return replace(page, path='../x.html')\n",
            "hooks.py:2: before_render: expected a path below the site's root, found '../x.html'",
        ),
        ("after_build = 3\n", "hooks.py: after_build: expected a function, found 3"),
        ("def before_render(page):\n    return page.path\n", "hooks.py:1: before_render: expected Page to be returned"),
        (
            "def after_build(paths):\n    return {'../x': b''}\n",
            "hooks.py:1: after_build: expected a file below",
        ),
        (
            "def after_build(paths):\n    return {'index.html': b''}\n",
            "hooks.py:1: after_build: expected new files",
        ),
    ],
)
def test_what_is_wrong_with_hooks_is_told(text: str, told: str, tmp_path: Path) -> None:
    """A hook that cannot be run, fails, or returns something else is told with its line; nothing is written."""
    result = ssg(written(tmp_path, text), "build")
    assert result.exit_code == 1
    assert result.stderr.startswith(told), result.stderr
    assert not (tmp_path / "site" / "index.html").exists()


def test_a_changed_hook_changes_the_site(tmp_path: Path) -> None:
    """No page is stale after a change of the hooks, and none is made again without one."""
    root = written(tmp_path, "def after_build(paths):\n    return {'a.txt': b'1'}\n")
    ssg(root, "build")
    written(root, HOOKS)
    ssg(root, "build")
    page = root / "site/stories/bridge/index.html"
    assert "<title>1 PASSAGE" in page.read_text(encoding="utf-8")
    assert not (root / "site/a.txt").exists()
    (root / "hooks.py").unlink()
    ssg(root, "build")
    assert "<title>T" in page.read_text(encoding="utf-8")


def test_hooks_travel_to_workers() -> None:
    """Hooks are sent to worker processes as text, and are the same there; the preview watches the file."""
    hooks = Written(HOOKS)
    there = pickle.loads(pickle.dumps(hooks))  # noqa: S301
    assert there == hooks != Hooks()
    assert there.after_ingest(Article()).tags == ("bridges",)
    assert is_source("hooks.py")


def test_a_hook_that_breaks_a_promise_is_refused() -> None:
    """Not even a hook can print a word that is in no source: rights and verbatim text are checked after it."""
    text = (
        "from dataclasses import replace\n\n\ndef after_compare(digest):\n"
        "    one, *others = digest.witnesses\n"
        "    segments = tuple(replace(segment, text='Invented.') for segment in one.segments)\n"
        "    return replace(digest, witnesses=(replace(one, segments=segments), *others))\n"
    )
    sources = {name: text.encode() for name, text in ARTICLES.items()}
    with pytest.raises(Exception, match="is not verbatim from its article"):
        build(sources, theme(), Config(), hooks=Written(text))


def test_problems_carry_the_hooks_line() -> None:
    """A problem names the line of the hook, not of the program."""
    with pytest.raises(SourceError) as caught:
        Written("def f():\n    raise ValueError('no')\n\n\nf()\n")
    assert [(found.path, found.line) for found in caught.value.problems] == [("hooks.py", 2)]


def test_what_hooks_do_at_the_end_is_done(tmp_path: Path) -> None:
    """What a project's code has registered for the end of the program happens, though a build ends in a hurry."""
    written(
        tmp_path, "import atexit\nfrom pathlib import Path\natexit.register(lambda: Path('note').write_text('done'))\n"
    )
    subprocess.run([sys.executable, "-m", "generator", "build"], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "note").read_text(encoding="utf-8") == "done"
