"""`ssg completion`."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from generator.shell.call import Call
from generator.shell.command import command

SHELLS = ("bash", "zsh", "fish")
#: Shell → how to have the completion at every start.
_WHERE = {
    "bash": 'eval "$(ssg completion bash)"    # in ~/.bashrc',
    "zsh": 'eval "$(ssg completion zsh)"    # in ~/.zshrc, behind compinit',
    "fish": "ssg completion fish > ~/.config/fish/completions/ssg.fish",
}


@command()
@click.argument("shell", metavar=f"[{'|'.join(SHELLS)}]", type=click.Choice(SHELLS), required=False)
def completion(call: Call, shell: str | None) -> None:
    """Print what makes a shell complete commands, options, stories and pages when you press Tab.

    For bash put eval "$(ssg completion bash)" into ~/.bashrc, for zsh the same with zsh into ~/.zshrc, behind compinit;
    fish reads it from ~/.config/fish/completions/ssg.fish.
    """
    from generator.shell.cli import cli

    name = shell or Path(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise click.UsageError(f"which shell? one of {', '.join(SHELLS)}")
    made = get_completion_class(name)
    if made:
        call.print(made(cli, {}, "ssg", "_SSG_COMPLETE").source())
    call.detail(_WHERE[name])
