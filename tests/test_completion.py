"""Completion of commands, options, stories and pages, as shells ask for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import ssg


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new project, built."""
    root = tmp_path_factory.mktemp("digest")
    ssg(root, "init")
    ssg(root, "build")
    return root


def _completed(root: Path, words: str) -> list[str]:
    """Return what bash is offered for a line, in a process of its own."""
    environment = {
        **os.environ,
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
        "_SSG_COMPLETE": "bash_complete",
    }
    code = "from generator.shell.cli import cli; cli(prog_name='ssg')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("ssg ex", "explain"),
        ("ssg build --str", "--strict"),
        ("ssg config feeds.", "feeds.items"),
        ("ssg explain stories/mi", "stories/mill-bridge/"),
        ("ssg explain /stories/mi", "/stories/mill-bridge/"),
    ],
)
def test_what_is_offered(digest: Path, words: str, offered: str) -> None:
    """Commands, options, settings and pages are offered by what they begin with."""
    assert offered in _completed(digest, words)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one(tmp_path: Path, shell: str) -> None:
    """The script of each shell is printed, and the shell itself takes it where it is installed."""
    printed = ssg(tmp_path, "completion", shell)
    assert printed.exit_code == 0
    assert "_SSG_COMPLETE" in printed.stdout
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=printed.stdout, text=True, check=True)


def test_a_shell_that_nobody_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a known shell the known ones are named."""
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    result = ssg(tmp_path, "completion")
    assert (result.exit_code, "one of bash, zsh, fish" in result.stderr) == (2, True)
