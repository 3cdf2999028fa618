"""What all commands have in common: how they are called, and what becomes of their errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from generator.errors import OutputError, SourceError, SsgError
from generator.shell.call import Call
from generator.shell.completing import folders
from generator.shell.outcome import as_values, count

Function = Callable[..., None]


def command(*, json: str = "", settings: bool = False, writes: bool = True) -> Callable[[Function], click.Command]:
    """Return a decorator that makes a command of a function, which is given its `Call` first.

    :param json: what `--json` prints; empty for a command that has no use for it.
    :param settings: whether it reads the configuration, and so lets single settings be overridden.
    :param writes: whether it writes to the project, and so tells that it has not when something is wrong.
    """

    def made(function: Function) -> click.Command:
        made = click.command()(_reporting(function, writes))
        made.params += _options(json, settings)
        return made

    return made


def site_address(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Return what `--base-url` says.

    :raises click.BadParameter: if no site can have that address.
    """
    if value:
        from generator.ingest.fields import is_web_address

        if not is_web_address(value) or "?" in value or "#" in value:
            raise click.BadParameter(f"expected an address like https://you.example/digest/, found {value!r}")
    return value


def _output_folder(context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """Return what `--output` says.

    :raises click.BadParameter: if that is no place for a site.
    """
    if value is not None:
        from generator.shell import disk

        if not value:
            raise click.BadParameter("names no folder")

        root: Path = context.obj.root
        if os.path.lexists(root / value) and not (root / value).is_dir():
            raise click.BadParameter(f"{value} is no folder – choose another")
        try:
            disk.check_apart(root, root / value)
        except OutputError as error:
            raise click.BadParameter(str(error)) from error
    return value


#: For commands that build a site.
jobs_option = click.option(
    "-j", "--jobs", type=click.IntRange(0, 1024), help="Worker processes; 0: as many as processors."
)
output_option = click.option(
    "-o",
    "--output",
    metavar="DIR",
    help="Where the site goes instead of site/.",
    callback=_output_folder,
    shell_complete=folders,
)


def _options(json: str, settings: bool) -> Iterator[click.Option]:
    if settings:
        yield click.Option(
            ["--set", "settings"], metavar="KEY=VALUE", multiple=True, help="Override a setting of ssg.yml."
        )
    if json:
        yield click.Option(["--json", "as_json"], is_flag=True, help=f"Print {json} as one JSON object.")
    yield click.Option(["-q", "--quiet"], is_flag=True, help="Say nothing but what is wrong.")
    yield click.Option(["-v", "--verbose"], is_flag=True, help="Say more.")


def _reporting(function: Function, writes: bool) -> Function:
    """Turn what is wrong with somebody's work into lines on standard error and exit code 1."""

    @wraps(function)
    @click.pass_obj
    def run(
        outer: Call,
        /,
        *,
        quiet: bool,
        verbose: bool,
        as_json: bool = False,
        settings: tuple[str, ...] = (),
        **options: Any,
    ) -> None:
        call = replace(outer, loudness=(verbose - quiet) or outer.loudness, as_json=as_json, settings=settings)
        try:
            function(call, **options)
        except SourceError as error:
            call.complain(error.problems)
            call.say("; ".join((count(len(error.problems), "problem"), *[error.left] * writes)))
            call.answer({"version": 1, "problems": as_values(error.problems)})
            sys.exit(2 if any(problem.path.startswith("--set ") for problem in error.problems) else 1)
        except SsgError as error:
            call.fail(str(error))
            call.answer({"version": 1, "error": str(error)})
            sys.exit(1)
        except BrokenPipeError:
            raise  # click ends quietly when whoever reads our output has gone
        except OSError as error:
            said = f"{error.filename or 'the disk'}: {error.strerror or error}"
            call.fail(said)
            call.answer({"version": 1, "error": said})
            sys.exit(1)

    return run
