"""`ssg compare`."""

from __future__ import annotations

import click
from click.core import ParameterSource

from generator.shell.call import Call
from generator.shell.command import command
from generator.shell.completing import files


@command(json="the pair", writes=False)
@click.argument("old", metavar="A", shell_complete=files)
@click.argument("new", metavar="B", shell_complete=files)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("--width", type=click.IntRange(min=20), help="Columns of a line; the terminal's if not given.")
@click.option("--color/--no-color", "colour", default=None, help="Colour, on a terminal or not; NO_COLOR is heeded.")
def compare(call: Call, old: str, new: str, form: str, width: int | None, colour: bool | None) -> None:
    """Compare two captures, A and B, in the terminal; - is standard input.

    Text, Markdown, saved pages and JSON, in a project or not. --format json (or --json) prints the pair in the shape
    of story.json; --format html one document with the pair's page, for mailing.
    """
    from generator.shell.compare_command import compared, wants_colour

    is_stated = click.get_current_context().get_parameter_source("form") is not ParameterSource.DEFAULT
    if call.as_json and is_stated and form != "json":
        raise click.UsageError(f"--json prints JSON, and --format {form} does not – leave one out")
    form = "json" if call.as_json else form
    for option, value in (("--width", width), ("--color", colour or None)):
        if value is not None and form != "text":
            raise click.UsageError(f"{option} is for text, and {form} has none – leave it out")
    coloured = form == "text" and wants_colour(colour)
    click.echo(compared(call.root, old, new, form, width, coloured), color=coloured or None)
