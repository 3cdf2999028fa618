"""`ssg clean`."""

from __future__ import annotations

import click

from generator.errors import OutputError
from generator.shell.call import Call
from generator.shell.command import command
from generator.shell.completing import folders


@command(json="what was removed", settings=True)
@click.option("-o", "--output", metavar="DIR", help="The site's folder instead of site/.", shell_complete=folders)
@click.option("--cache", "only_cache", is_flag=True, help="Empty the cache of earlier builds, and leave the site.")
def clean(call: Call, output: str | None, only_cache: bool) -> None:
    """Remove what the program wrote (output and cache), nothing else."""
    from generator.shell import cache, disk
    from generator.shell.outcome import count
    from generator.shell.project import read_config_of

    if output and only_cache:
        raise click.UsageError(f"--cache leaves the site, and --output {output} names one – leave one out")
    folder = call.root / (output or read_config_of(call.root, call.settings).output)
    if output and folder.exists() and not folder.is_dir():
        raise click.BadParameter(f"{output} is no folder", param_hint="--output")
    with disk.locked(call.root):
        removed = disk.clean(folder) if folder.exists() and not only_cache else 0
        emptied = cache.empty(call.root)
        left = cache.in_the_way(call.root)
    if not only_cache:
        call.say(f"removed {count(removed, 'file')} from {folder.name}/")
    if left:
        raise OutputError(f"{left}: cannot be removed – remove it; builds do without a cache as long as it is there")
    call.say(f"emptied the cache ({emptied / 1e6:.1f} MB)")
    call.answer({"version": 1, "output": folder.name, "removed": removed, "cache_bytes": emptied})
