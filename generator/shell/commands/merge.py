"""`ssg merge`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from generator.shell.call import Call
from generator.shell.command import command, jobs_option, output_option, site_address


@command(json="what was built", settings=True)
@click.argument("parts", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@output_option
@click.option("--base-url", metavar="URL", help="Absolute address of the site's root.", callback=site_address)
@click.option("--drafts", is_flag=True, help="Build drafts too.")
@click.option("--future", is_flag=True, help="Build what is dated in the future, too.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@jobs_option
@click.option("--verify", is_flag=True, help="Build once more without the parts, and compare every byte.")
@click.option("-k", "--keep-going", is_flag=True, help="Leave out what has problems, and build the rest.")
@click.option("--timings", is_flag=True, help="Say how long each stage took.")
def merge(
    call: Call,
    parts: tuple[Path, ...],
    output: str | None,
    base_url: str | None,
    drafts: bool,
    future: bool,
    strict: bool,
    jobs: int | None,
    verify: bool,
    keep_going: bool,
    timings: bool,
) -> None:
    """Make one site of the PARTS that `ssg build --shard` wrote, from the same sources and with the same settings.

    Stories that are in no part are told here.
    """
    from generator.shell.building import built
    from generator.shell.lock import locked
    from generator.shell.memory import look
    from generator.shell.outcome import count, tell
    from generator.shell.parts import Archives
    from generator.shell.project import configured, opened, overridden

    with locked(call.root), Archives(parts, call.root) as found:
        seen = look(call.root, "merge")
        config = configured(
            call.root,
            lambda given: overridden(given, output=output, base_url=base_url, drafts=drafts, jobs=jobs),
            (*call.settings, *(["future=true"] if future else [])),
        )
        project = opened(call.root, config, seen.states, keep_going=keep_going)
        call = replace(call, timings=timings)
        outcome = built(
            project, call, seen, strict=strict, verify=verify, anew=False, keep_going=keep_going, parts=found
        )
        stories, here = count(len(found.taken), "story", "stories"), outcome.told - len(found.taken)
        call.say(f"merged: {stories} of {count(len(parts), 'part')}, {here:,} told here")
    tell(outcome, call, strict=strict)
    if outcome.left_out:
        sys.exit(1)
