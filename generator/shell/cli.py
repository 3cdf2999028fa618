"""Arguments in, exit code out: the list of commands, each in a room of its own.

0: done. 1: the sources or the site have problems, each on standard error. 2: wrong usage. What a script may want
goes to standard output; everything else to standard error. A command's room is imported when it is called, so that
`ssg --version` answers at once.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.shell.call import Call
from generator.version import __version__

if TYPE_CHECKING:
    from generator.shell.unchanged import Found

#: Command → its sentence in `ssg --help`. Each is found under its own name in `generator.shell.commands.<command>`.
COMMANDS = {
    "add": "Bring captures into seeds/: text, saved pages, JSON, feeds.",
    "build": "Ingest, compare, render: the whole site.",
    "check": "Look over the built site: links, anchors, feeds, pictures, sizes.",
    "clean": "Remove what the program wrote, nothing else.",
    "compare": "Compare two captures, A and B, in the terminal.",
    "completion": "Print what makes a shell complete commands and pages.",
    "config": "Print the settings in effect, and where each comes from.",
    "deploy": "Push the site to a branch that a git host serves.",
    "explain": "Say what a page was made from, and why it was or was not rebuilt.",
    "export": "Print one story as JSON, CSV, TEI, Markdown, or one HTML file.",
    "ingest": "Turn seeds/ into content/, and nothing more.",
    "init": "Begin a new project.",
    "merge": "Make one site of the parts that build --shard wrote.",
    "serve": "Build, watch, preview with live reload; Ctrl-C stops.",
}


def main(found: Found | None = None) -> None:
    """Run the command line; *found* is what was seen of the project already."""
    cli(obj=found)


class _Commands(click.Group):
    """The commands by name, none imported before it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"generator.shell.commands.{cmd_name}"), cmd_name)
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from generator.ingest.suggest import did_you_mean

            raise click.UsageError(f"no command {args[0]!r}{did_you_mean(args[0], COMMANDS)}", ctx) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ssg")
@click.option(
    "-C",
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The project's folder; the current one if not given.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what is wrong.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.pass_context
def cli(context: click.Context, project: Path, quiet: bool, verbose: bool) -> None:
    """Lay several outlets' tellings of one story side by side, as a static site."""
    context.obj = Call(project, verbose - quiet, found=context.obj)
