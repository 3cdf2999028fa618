"""`ssg compare`."""

from __future__ import annotations

import click

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

    form = "json" if call.as_json else form
    coloured = form == "text" and wants_colour(colour)
    click.echo(compared(call.root, old, new, form, width, coloured), color=coloured or None)
