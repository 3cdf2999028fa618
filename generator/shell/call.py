"""How the program was called: in which folder, how loud, for a person or a script."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.errors import Problem
from generator.shell.alike import few_of_each, lines_of
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.shell.unchanged import Found


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the program, and the way to whoever called it."""

    root: Path
    """The project's folder."""
    loudness: int = 0
    """-1: only what is wrong; 0: what was done, too; 1: how it went, too."""
    as_json: bool = False
    """Whether standard output gets one JSON object, for a script."""
    timings: bool = False
    """Whether to say how long each stage took."""
    settings: tuple[str, ...] = ()
    """`KEY=VALUE`: settings that the command line overrides."""
    found: Found | None = None
    """What was seen of the project before the command line was read, if anything was."""

    def say(self, text: str) -> None:
        """Tell a person what was done."""
        if self.loudness >= 0:
            click.echo(text, err=True)

    def detail(self, text: str) -> None:
        """Tell a person who has asked for more."""
        if self.loudness > 0:
            click.echo(text, err=True)

    def complain(self, problems: Iterable[Problem]) -> None:
        """Print problems as `path:line:column: what, and the way out`."""
        for found in problems:
            click.secho(str(found), err=True, fg="red")

    def warn(self, problems: Iterable[Problem]) -> bool:
        """Print what is doubtful, without being wrong; of many alike a few, unless more was asked for.

        Return whether all were printed.
        """
        few, more = (problems, []) if self.loudness > 0 else few_of_each(problems)
        for line in lines_of(few, more, "-v prints all, --json lists all"):
            click.secho(f"warning: {line}", err=True, fg="yellow")
        return not more

    def fail(self, text: str) -> None:
        """Print what went wrong where no source is to blame."""
        click.secho(f"error: {text}", err=True, fg="red")

    def print(self, text: str) -> None:
        """Print what was asked for on standard output."""
        click.echo(text)

    def answer(self, values: Mapping[str, Any]) -> None:
        """Print the one JSON object that a script gets, if it is one that called."""
        if self.as_json:
            click.echo(json.dumps(values, ensure_ascii=False, sort_keys=True))
