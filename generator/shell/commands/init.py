"""`ssg init`."""

from __future__ import annotations

import click

from generator.shell.call import Call
from generator.shell.command import command


@command(json="what was written")
@click.argument("folder", metavar="[DIR]", default=".")
def init(call: Call, folder: str) -> None:
    """Begin a new project in DIR, or here: configuration, folders, an example, a GitHub Pages workflow."""
    from generator.shell.init import files
    from generator.shell.init import init as begin

    begin(call.root / folder, folder, call.say)
    call.answer({"version": 1, "folder": folder, "written": sorted(files())})
