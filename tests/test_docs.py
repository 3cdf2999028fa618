"""The documentation: its commands run, its reference is that of the code, its pages are pages of the demo."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from generator.ingest.content import ARTICLE_KEYS, PAGE_KEYS, SECTION_KEYS, STORY_KEYS
from generator.ingest.outlets import KEYS as OUTLET_KEYS
from generator.ingest.seeds import SIDECAR_KEYS
from tests import theme_docs
from tests.projects import EXAMPLES, ssg
from tests.transcripts import Typed, Written, follow, steps
from tests.update_docs import DOCS
from tests.update_docs import generated as made

ROOT = Path(__file__).parent.parent
PAGES = sorted(path for path in DOCS.rglob("*.md"))
generated = cache(made)


@pytest.mark.parametrize("name", ["commands.md", "configuration.md", "template-values.md", "theme-reference.md"])
def test_the_reference_is_that_of_the_code(name: str) -> None:
    """Pages made from the code say what the code says; `python -m tests.update_docs` writes them anew."""
    assert (DOCS / name).read_text(encoding="utf-8") == generated()[name]


def test_what_themes_are_given_is_described() -> None:
    """Every name that templates are given is described, and so is every block of the base template."""
    assert theme_docs.given() == set(theme_docs.GIVEN)
    assert theme_docs.undescribed() == []


def test_the_readers_steps_are_found() -> None:
    """Commands, their output and how they end are read from a document, and so are files to be written."""
    commands = "```console exit=1\n$ ssg a\n$ ssg b\\\n>  c\nout\n…\n```\n"
    text = f"{commands}\n1. Then:\n\n   ```yaml file=seeds/a.yml\n   x: 1\n   ```\n"
    assert steps(text) == [
        Typed(2, "ssg a", (), 0),
        Typed(3, "ssg b\\\n c", ("out", "…"), 1),
        Written(11, "seeds/a.yml", "x: 1\n"),
    ]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```console" in page.read_text()], ids=lambda page: page.stem
)
def test_commands_of_the_documentation_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command block does, in an empty folder, what the page says; files that it shows are written on the way."""
    assert follow(page, tmp_path, monkeypatch)


def test_commands_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command block of the README does what it says, begun with the captures that it speaks of."""
    shutil.copytree(EXAMPLES / "harbour" / "before", tmp_path, dirs_exist_ok=True)
    assert follow(ROOT / "README.md", tmp_path, monkeypatch)


def test_command_blocks_are_all_run() -> None:
    """No document hides commands in a fence that is not run: shell blocks are `console` blocks."""
    for document in (*PAGES, ROOT / "README.md"):
        for language in re.findall(r"^\s*```(\S+)", document.read_text(encoding="utf-8"), re.MULTILINE):
            assert language not in {"sh", "bash", "shell", "zsh", "console-session"}, f"{document.name}: {language}"


def test_every_key_of_front_matter_is_documented() -> None:
    """The page on front matter names every key that a content file or a sidecar may hold."""
    text = (DOCS / "front-matter.md").read_text(encoding="utf-8")
    keys = {*ARTICLE_KEYS, *STORY_KEYS, *PAGE_KEYS, *SECTION_KEYS, *OUTLET_KEYS, *SIDECAR_KEYS}
    assert [key for key in sorted(keys) if f"`{key}`" not in text] == []


def test_the_documentation_is_part_of_the_demo(tmp_path: Path) -> None:
    """The program builds its own documentation: every page, with a list of all of them, and the way there."""
    shutil.copytree(DOCS, tmp_path / "content" / "docs")
    assert ssg(tmp_path, "build").exit_code == 0
    assert 'href="docs/index.html"' in (tmp_path / "site/index.html").read_text(encoding="utf-8")
    for page in PAGES:
        slug = page.relative_to(DOCS).with_suffix("").as_posix().removesuffix("_index").rstrip("/")
        text = (tmp_path / "site/docs" / slug / "index.html").read_text(encoding="utf-8")
        assert 'aria-label="Documentation"' in text
        assert text.count('aria-current="page"') >= 1
