"""Compiled templates: kept beside the program, worth nothing when damaged, and of no effect on what is built."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model import Config
from generator.shell import compiled
from generator.shell.compiled import KEPT, Bucket, Compiled
from generator.site import render
from tests.projects import ssg, tree


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the store lies, for these tests alone."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    render._environment.cache_clear()  # what other tests have compiled is not kept here
    yield Path(compiled.place())
    render._environment.cache_clear()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one short story."""
    root = tmp_path / "project"
    (root / "seeds").mkdir(parents=True)
    (root / "seeds" / "one.txt").write_text("The bridge opens\n\nThe bridge over the Wend opens on Monday.\n", "utf-8")
    return root


def _forget() -> None:
    render._environment.cache_clear()


def test_templates_are_compiled_once(place: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process takes every template from the store, and builds the same site."""
    ssg(project, "build")
    first = tree(project / "site")
    assert place.is_file()
    _forget()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a template was compiled again")

    monkeypatch.setattr("jinja2.Environment.compile", never)
    assert ssg(project, "build", "--clean").exit_code == 0
    assert tree(project / "site") == first


@pytest.mark.usefixtures("place")
def test_each_language_has_programs_of_its_own(project: Path) -> None:
    """A site in another language is not printed by what was compiled for the first one."""
    made = {}
    for language in ("en", "de", "en"):
        (project / "ssg.yml").write_text(f"language: {language}\n", "utf-8")
        ssg(project, "build", "--clean")
        assert made.setdefault(language, tree(project / "site")) == tree(project / "site")
        _forget()
    assert b">Geschichten</a>" in made["de"]["index.html"]
    assert b">Stories</a>" in made["en"]["index.html"]


@pytest.mark.usefixtures("place")
def test_what_several_processes_need_is_kept_too(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build by one process takes every template from the store that one by several has left."""
    (project / "seeds" / "two.txt").write_text("A ferry sinks\n\nNobody was on board when the ferry sank.\n", "utf-8")
    (project / "ssg.yml").write_text("build: {engine: processes, jobs: 2}\n", "utf-8")
    assert ssg(project, "build").exit_code == 0
    first = tree(project / "site")
    _forget()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a template was compiled again")

    monkeypatch.setattr("jinja2.Environment.compile", never)
    assert ssg(project, "build", "--clean", "--engine", "here").exit_code == 0
    assert tree(project / "site") == first


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\x00" * 64, "cut"])
def test_a_damaged_store_is_a_miss(place: Path, project: Path, damage: bytes | str) -> None:
    """Whatever stands in the store's place, the site is the same, and the store is whole again afterwards."""
    ssg(project, "build")
    first, whole = tree(project / "site"), place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2] if isinstance(damage, str) else damage)
    _forget()
    assert ssg(project, "build", "--clean").exit_code == 0
    assert tree(project / "site") == first
    assert Compiled(str(place))._known


def test_a_changed_template_is_not_taken_from_the_store(place: Path, project: Path) -> None:
    """A project's own template is compiled as it stands, whatever was kept of the one that it replaces."""
    ssg(project, "build")
    assert place.is_file()
    theme = project / "themes" / "mine"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.yml").write_text("extends: default\n", "utf-8")
    (theme / "templates" / "404.html").write_text("Nothing here.", "utf-8")
    (project / "ssg.yml").write_text("theme: mine\n", "utf-8")
    assert ssg(project, "build").exit_code == 0
    assert (project / "site" / "404.html").read_text("utf-8") == "Nothing here."


def test_nothing_is_kept_where_python_keeps_nothing(
    place: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without compiled modules (`python -B`) there are no compiled templates either."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled.place() == ""
    assert ssg(project, "build").exit_code == 0
    assert not place.exists()


def test_a_place_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    """Where the installed package is read-only, templates are compiled each time."""
    (tmp_path / "file").write_bytes(b"")
    store = Compiled(str(tmp_path / "file" / "store"))
    store.set_bucket(Bucket("key", compile("1", "one", "eval")))
    store.keep()
    assert (tmp_path / "file").read_bytes() == b""


def test_the_store_is_bounded(tmp_path: Path) -> None:
    """Of many templates those compiled last are kept."""
    path = str(tmp_path / "store")
    store = Compiled(path)
    for number in range(KEPT + 10):
        store.set_bucket(Bucket(str(number), compile("1", "one", "eval")))
    store.keep()
    assert list(Compiled(path)._known) == [str(number) for number in range(10, KEPT + 10)]


def test_a_theme_with_a_broken_file_is_told_as_ever(project: Path) -> None:
    """A template that is not UTF-8 is reported where the pages are rendered."""
    theme = project / "themes" / "mine" / "templates"
    theme.mkdir(parents=True)
    (theme / "404.html").write_bytes(b"\xff")
    (project / "ssg.yml").write_text("theme: mine\n", "utf-8")
    (theme.parent / "theme.yml").write_text("extends: default\n", "utf-8")
    result = ssg(project, "build")
    assert result.exit_code == 1
    assert "templates/404.html: is not UTF-8" in result.output
    assert Config().theme == "default"
