"""What the README promises."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import generator
from tests.projects import ssg

ROOT = Path(__file__).parent.parent


def test_readme_examples_run() -> None:
    """The README's Python session gives what it prints."""
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert tried >= 4
    assert failed == 0


def test_what_a_build_says() -> None:
    """The messages that the README shows are those of the example project, word for word."""
    said = (ROOT / "tests/examples/harbour/after/stderr.txt").read_text(encoding="utf-8").splitlines()
    said = [re.sub(r"\d+ (files in site/), \d+", r"… \1, …", line) for line in said]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\n".join(f"   {line}" for line in ["$ ssg build", *said]) in text


def test_public_names() -> None:
    """Every public name can be imported, the list is sorted, and nothing else answers."""
    assert sorted(generator.__all__) == generator.__all__
    assert all(getattr(generator, name) for name in generator.__all__)
    assert not hasattr(generator, "no_such_name")


def test_every_command_and_option_is_documented() -> None:
    """The README names every command, and every option of `ssg build`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^  (\w+)  ", ssg(Path(), "--help").stdout.split("Commands:")[1], re.MULTILINE)
    assert commands
    assert [name for name in commands if f"`ssg {name}" not in text] == []
    options = set(re.findall(r"--[a-z-]+", ssg(Path(), "build", "--help").stdout)) - {"--help"}
    assert [option for option in sorted(options) if f"`{option}`" not in text] == []


def test_links_lead_somewhere() -> None:
    """Every relative link of the project's documents leads to a file that exists."""
    for document in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / document).read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), f"{document}: {target}"
