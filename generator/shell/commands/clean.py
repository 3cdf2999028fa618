"""`ssg clean`."""

from __future__ import annotations

import click

from generator.shell.call import Call
from generator.shell.command import command


@command(json="what was removed", settings=True)
@click.option("-o", "--output", metavar="DIR", help="The site's folder instead of site/.")
def clean(call: Call, output: str | None) -> None:
    """Remove what the program wrote into the output folder, nothing else."""
    from generator.shell import disk, memory
    from generator.shell.outcome import count
    from generator.shell.project import read_config_of

    folder = call.root / (output or read_config_of(call.root, call.settings).output)
    with disk.locked(call.root):
        removed = disk.clean(folder) if folder.exists() else 0
        memory.forget(call.root)
    call.say(f"removed {count(removed, 'file')} from {folder.name}/")
    call.answer({"version": 1, "output": folder.name, "removed": removed})
