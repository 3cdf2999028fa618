"""Command blocks of Markdown documents, as a reader would type them.

A fence ```` ```console ```` holds commands after `$ `, continued after `> `, and below each what it prints: nothing
there means that the output does not matter, a line `…` stands for any number of lines, `…` in a line for any text.
`console exit=1` says that the last command ends so. Any other fence with `file=PATH` is a file that the reader writes.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from generator.shell.cli import cli

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Written:
    """A file that the reader writes."""

    line: int
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A command that the reader types, what it prints, and how it ends."""

    line: int
    command: str
    printed: tuple[str, ...]
    code: int


def steps(markdown: str) -> list[Written | Typed]:
    """Return what a reader of the text does, in order."""
    found: list[Written | Typed] = []
    for token in MarkdownIt().enable("table").parse(markdown):
        if token.type != "fence" or not token.map:
            continue
        name, *rest = token.info.split() or [""]
        said = dict(part.split("=", 1) for part in rest if "=" in part)
        if "file" in said:
            found.append(Written(token.map[0] + 1, said["file"], token.content))
        elif name == "console":
            found += _typed(token.content, token.map[0] + 2, int(said.get("exit", 0)))
    return found


def _typed(block: str, line: int, code: int) -> list[Typed]:
    commands: list[tuple[int, list[str], list[str]]] = []
    for at, text in enumerate(block.rstrip("\n").split("\n")):
        if text.startswith("$ "):
            commands.append((line + at, [text[2:]], []))
        elif text.startswith("> ") and commands and not commands[-1][2]:
            commands[-1][1].append(text[2:])
        else:
            commands[-1][2].append(text)
    last = len(commands) - 1
    return [
        Typed(at, "\n".join(typed), tuple(printed), code if i == last else 0)
        for i, (at, typed, printed) in enumerate(commands)
    ]


def follow(document: Path, folder: Path, patch: pytest.MonkeyPatch) -> int:
    """Do in *folder* what a document tells its reader to; return how many commands there were."""
    patch.chdir(folder)
    patch.setenv("HOME", str(folder))
    patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    patch.setenv("COLUMNS", "120")
    done = steps(document.read_text(encoding="utf-8"))
    for step in done:
        where = f"{document.name}:{step.line}"
        if isinstance(step, Written):
            Path(step.path).parent.mkdir(parents=True, exist_ok=True)
            Path(step.path).write_text(step.text, encoding="utf-8")
            continue
        code, printed = _run(step.command, patch)
        assert code == step.code, f"{where}: {step.command}\nended with {code}:\n{printed}"
        if step.printed:
            assert _looks_like(printed, step.printed), f"{where}: {step.command}\nprinted:\n{printed}"
    return sum(isinstance(step, Typed) for step in done)


def _looks_like(printed: str, wanted: tuple[str, ...]) -> bool:
    pattern = ""
    for line in wanted:
        rest = "[^\n]*".join(map(re.escape, line.rstrip().split("…")))
        pattern += r"(?:[^\n]*\n)*?" if line.strip() == "…" else rest + r"[ ]*\n"
    return bool(re.fullmatch(pattern, printed if printed.endswith("\n") or not printed else printed + "\n"))


def _run(command: str, patch: pytest.MonkeyPatch) -> tuple[int, str]:
    words = shlex.split(command, comments=True)
    if words[:1] == ["cd"]:
        patch.chdir(words[1])
        return 0, ""
    if words[:2] == ["ssg", "serve"]:
        return _previewed(words)
    if words[:1] == ["make"]:
        command = f"make -n -C {shlex.quote(str(ROOT))} {shlex.join(words[1:])}"
    if words[0].endswith("pip") or words[1:3] == ["-m", "venv"]:
        return _installed(words)
    if words[:1] == ["ssg"] and not set(words) & {"|", ">", "<", "&&", ";"}:
        result = CliRunner().invoke(cli, words[1:], catch_exceptions=False)
        return result.exit_code, result.output
    done = subprocess.run(
        ["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout


def _previewed(words: list[str]) -> tuple[int, str]:
    """Start the preview, and stop it as soon as it serves; its port is any free one."""
    free = [*words, "--port", "0"] if "--port" not in words else words
    with subprocess.Popen(
        [word for word in free if word != "--open"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdout
        said = ""
        for line in running.stdout:
            said += re.sub(r":\d+/", ":8000/", line) if "serving" in line else line
            if "Ctrl-C stops" in line:
                running.send_signal(signal.SIGINT)
    return running.returncode, said


def _installed(words: list[str]) -> tuple[int, str]:
    """Installing needs a network, and the tests run in an installed program: what is named must at least exist."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = re.findall(r"\[([\w,]+)\]", " ".join(words))
    known = project["optional-dependencies"]
    unknown = [name for extra in extras for name in extra.split(",") if name not in known]
    return (1, f"no such extra: {unknown}\n") if unknown else (0, "")
