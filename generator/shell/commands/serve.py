"""`ssg serve`."""

from __future__ import annotations

import click

from generator.shell.call import Call
from generator.shell.command import command


@command(settings=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address or name to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one.")
@click.option("--open", "opening", is_flag=True, help="Open a browser.")
@click.option("--poll", is_flag=True, help="Look for changes instead of being told: network folders, containers.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show what is dated in the future, too.")
def serve(call: Call, host: str, port: int, opening: bool, poll: bool, drafts: bool, future: bool) -> None:
    """Build, watch, preview with live reload; Ctrl-C stops."""
    from generator.shell.serve import Options
    from generator.shell.serve import serve as preview

    show = click.launch if opening else None
    settings = (*call.settings, *(("future=true",) if future else ()))
    preview(call.root, Options(host, port, drafts=drafts, poll=poll, show=show, settings=settings), call.say)
