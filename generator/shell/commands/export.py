"""`ssg export`."""

from __future__ import annotations

import click

from generator.shell.call import Call
from generator.shell.command import command
from generator.shell.completing import stories

FORMS = ("json", "csv", "tei", "md", "html")
SCHEMAS = ("story", "stories")


@command(settings=True, writes=False)
@click.argument("story", metavar="[STORY]", default="", shell_complete=stories)
@click.option("--format", "form", type=click.Choice(FORMS), default="json", show_default=True)
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write to a file; - is standard output."
)
@click.option("--schema", type=click.Choice(SCHEMAS), help="Print the JSON Schema of story.json or stories.json.")
def export(call: Call, story: str, form: str, output: str | None, schema: str | None) -> None:
    """Print one STORY, by the name of its folder, as one file.

    json: as story.json; csv: passages by tellings; tei: TEI P5 with a critical apparatus; md: Markdown;
    html: the story's page alone, style inside, nothing to load.
    """
    import sys
    from pathlib import Path

    from generator.errors import OutputError
    from generator.shell.export_command import exported, schema_of

    if bool(story) == bool(schema):
        raise click.UsageError("name one STORY, or --schema")
    text = schema_of(schema) if schema else exported(call, story, form)
    # Bytes, so that no platform alters a line's end.
    data = text.encode("utf-8", "replace")
    if output and output != "-":
        folder = Path(output).parent
        if not folder.is_dir():
            raise OutputError(f"{output}: there is no folder {folder}/ – make it, or choose another")
        Path(output).write_bytes(data)
        call.say(f"written: {output}")
    else:
        sys.stdout.buffer.write(data)
