"""Completion of commands, options, stories and pages, as shells ask for it."""

from __future__ import annotations

import os
import re
import select
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.projects import ssg
from tests.waiting import LIMIT

pty = pytest.importorskip("pty", reason="completion is typed into a terminal of Unix")
fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")


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
        ("ssg export mi", "mill-bridge"),
        ("ssg add --story mi", "mill-bridge"),
        ("ssg -C . export mi", "mill-bridge"),
    ],
)
def test_what_is_offered(digest: Path, words: str, offered: str) -> None:
    """Commands, options, settings and pages are offered by what they begin with."""
    assert offered in _completed(digest, words)


def test_pages_of_another_folder(digest: Path) -> None:
    """Pages are offered wherever the project's site is written to."""
    (digest / "site").rename(digest / "public")
    settings = digest / "ssg.yml"
    before = settings.read_text(encoding="utf-8")
    try:
        assert "outlets/" not in _completed(digest, "ssg explain outl")
        settings.write_text(f"{before}\noutput: public\n", encoding="utf-8")
        assert "outlets/" in _completed(digest, "ssg explain outl")
        settings.write_text("output: [", encoding="utf-8")
        assert "outlets/" not in _completed(digest, "ssg explain outl")
    finally:
        settings.write_text(before, encoding="utf-8")
        (digest / "public").rename(digest / "site")


#: Shell → how it is started, and what makes it complete.
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], 'eval "$(ssg completion bash)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -Uz compinit; compinit -u -D; eval "$(ssg completion zsh)"'),
    "fish": (["fish", "--no-config", "-i"], "ssg completion fish | source"),
}


#: A program that runs another one with its standard input as its terminal.
OWN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


class Terminal:
    """A shell that somebody types into."""

    def __init__(self, argv: list[str], folder: Path, environment: dict[str, str]) -> None:
        """Start it in a folder."""
        self._terminal, end = pty.openpty()
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        begin = [sys.executable, "-c", OWN_TERMINAL, *argv]
        ends = {"stdin": end, "stdout": end, "stderr": end}
        self._shell = subprocess.Popen(begin, cwd=folder, env=environment, start_new_session=True, **ends)
        os.close(end)

    def shown(self, typed: str, expected: str) -> str:
        """Type something; return what is shown until *expected* is, the terminal's signs taken out."""
        os.write(self._terminal, typed.encode())
        seen, end = b"", time.monotonic() + LIMIT
        while expected not in (text := SIGNS.sub("", seen.decode("utf-8", "replace"))):
            assert select.select([self._terminal], [], [], end - time.monotonic())[0], f"{expected!r} not in {text!r}"
            seen += os.read(self._terminal, 65536)
        return text

    def close(self) -> None:
        """End it."""
        self._shell.kill()
        self._shell.wait()
        os.close(self._terminal)


SIGNS = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])|[\r\x08]")


@pytest.mark.parametrize("shell", SHELLS)
def test_typed_into_a_terminal(digest: Path, tmp_path: Path, shell: str) -> None:
    """Tab completes commands, options, stories and the names of files in a real shell."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    run = "from generator.shell.start import main; main()"
    (tmp_path / "ssg.py").write_text(f"import sys; sys.argv[0] = 'ssg'; {run}\n", encoding="utf-8")
    (tmp_path / "ssg").write_text(f"#!/bin/sh\nexec '{sys.executable}' '{tmp_path}/ssg.py' \"$@\"\n", encoding="utf-8")
    (tmp_path / "ssg").chmod(0o755)
    argv, setup = SHELLS[shell]
    known = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "HOME": str(tmp_path),
        "TERM": "xterm",
    }
    terminal = Terminal(argv, digest, {**os.environ, **known})
    try:
        terminal.shown(f"{setup}; echo rea''dy\r", "ready")
        for typed, expected in (
            ("ssg expl", "ssg explain"),
            ("ssg build --str", "ssg build --strict"),
            ("ssg export mi", "ssg export mill-bridge"),
            ("ssg compare se", "ssg compare seeds/"),
        ):
            terminal.shown(f"{typed}\t", expected)
            terminal.shown("\x15echo cle''ared\r", "cleared")
    finally:
        terminal.close()


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
