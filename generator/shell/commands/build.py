"""`ssg build`."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from generator.shell.call import Call
from generator.shell.command import command, jobs_option, output_option, site_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.model import Config
    from generator.shell.memory import Look
    from generator.shell.outcome import Outcome
    from generator.shell.parts import Shard

#: `generator.model.ENGINES`, which a build that finds nothing changed does without.
ENGINES = ("auto", "processes", "here", "dask")


def _shard(_: click.Context, __: click.Parameter, said: str | None) -> Shard | None:
    if said is None:
        return None
    from generator.shell.parts import Shard

    try:
        return Shard.read(said)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@command(json="what was built", settings=True)
@output_option
@click.option("--base-url", metavar="URL", help="Absolute address of the site's root.", callback=site_address)
@click.option("--drafts", is_flag=True, help="Build drafts too.")
@click.option("--future", is_flag=True, help="Build what is dated in the future, too.")
@click.option("--strict", is_flag=True, help="Take warnings for errors, those of ssg check too.")
@jobs_option
@click.option("--engine", type=click.Choice(ENGINES), help="Who tells the stories; dask: a cluster.")
@click.option(
    "--scheduler", metavar="URL", help="The scheduler of a Dask cluster, which tells the stories: tcp://127.0.0.1:8786."
)
@click.option(
    "--shard",
    metavar="I/N",
    callback=_shard,
    help="Tell the I-th of N parts of the stories, for `ssg merge`; build no site.",
)
@click.option("--clean", is_flag=True, help="Build from nothing, whatever an earlier build has left.")
@click.option("--verify", is_flag=True, help="Build twice, from shuffled sources, and compare every byte.")
@click.option("-k", "--keep-going", is_flag=True, help="Leave out what has problems, and build the rest.")
@click.option("--timings", is_flag=True, help="Say how long each stage took.")
def build(
    call: Call,
    output: str | None,
    base_url: str | None,
    drafts: bool,
    future: bool,
    strict: bool,
    jobs: int | None,
    engine: str | None,
    scheduler: str | None,
    shard: Shard | None,
    clean: bool,
    verify: bool,
    keep_going: bool,
    timings: bool,
) -> None:
    """Ingest, compare, render: the whole site."""
    from generator.shell.lock import locked
    from generator.shell.memory import asked
    from generator.shell.outcome import tell
    from generator.shell.unchanged import found_in

    _refuse_contradictions(engine, scheduler, shard, strict=strict, verify=verify)
    said = {
        "future": "true" if future else "",
        "build.engine": "dask" if scheduler else engine,
        "build.scheduler": scheduler,
    }
    call = replace(call, settings=(*call.settings, *(f"{key}={value}" for key, value in said.items() if value)))

    def config() -> Config:
        from generator.shell.project import configured, overridden

        return configured(
            call.root,
            lambda given: overridden(given, output=output, base_url=base_url, drafts=drafts, jobs=jobs),
            call.settings,
        )

    with locked(call.root):
        looked_for = asked(output, base_url, drafts=drafts, keep_going=keep_going, settings=call.settings)
        found = call.found or found_in(call.root, looked_for, anew=bool(clean or verify or shard or strict))
        if found.outcome:
            outcome = found.outcome
        elif shard:
            _tell_part(call, found.seen, config(), shard, clean=clean, keep_going=keep_going)
            return
        else:
            outcome = _built(
                replace(call, timings=timings),
                found.seen,
                config,
                alone=jobs == 1,
                strict=strict,
                verify=verify,
                clean=clean,
                keep_going=keep_going,
            )
    tell(outcome, call, strict=strict)
    if outcome.left_out:
        sys.exit(1)


def _refuse_contradictions(
    engine: str | None, scheduler: str | None, shard: Shard | None, *, strict: bool, verify: bool
) -> None:
    if shard and (strict or verify):
        option = "--strict" if strict else "--verify"
        raise click.UsageError(f"--shard builds no site that {option} could look at – give {option} to ssg merge")
    if scheduler and engine not in (None, "dask"):
        raise click.UsageError(f"--scheduler names a Dask cluster, and --engine {engine} has none – leave one out")


def _built(
    call: Call,
    seen: Look,
    config_of: Callable[[], Config],
    *,
    alone: bool,
    strict: bool,
    verify: bool,
    clean: bool,
    keep_going: bool,
) -> Outcome:
    """Build a site of which something is other than after the last build.

    :param config_of: reads the configuration, while a second process begins.
    :param alone: whether this process is to compare all by itself.
    """
    from generator.shell.beside import beside, gathered_beside
    from generator.shell.memory import has_cache, is_large, is_told_from, told_from

    is_first = clean or not has_cache(call.root)
    hoped = told_from(seen)[0] if is_first and not alone else 0
    with beside(hoped) as second_for:
        from generator.shell.project import opened

        config = config_of()
        if is_large(seen) and not (is_first or verify or strict):
            from generator.shell.touched import retold

            if outcome := retold(call.root, config, seen):
                return outcome
        files, key = told_from(seen)
        second = second_for(config, files, not clean and is_told_from(call.root, key))
        project = opened(call.root, config, seen.states, keep_going=keep_going)
        gathered = gathered_beside(second, project, keep_going=keep_going) if second and is_first else None
        from generator.shell.building import built  # takes its time, and stories are compared meanwhile

        return built(
            project,
            call,
            seen,
            strict=strict,
            verify=verify,
            anew=clean,
            keep_going=keep_going,
            second=second,
            gathered=gathered,
        )


def _tell_part(call: Call, seen: Look, config: Config, shard: Shard, *, clean: bool, keep_going: bool) -> None:
    from generator.shell.building import told_in_part
    from generator.shell.outcome import count
    from generator.shell.project import opened

    project = opened(call.root, config, seen.states, keep_going=keep_going)
    stories, left_out = told_in_part(project, call, shard, anew=clean, keep_going=keep_going)
    call.complain(left_out)
    call.say(f"wrote {shard.file}: {count(stories, 'story', 'stories')}, for `ssg merge`")
    call.answer({"version": 1, "part": shard.file, "stories": stories})
    if left_out:
        sys.exit(1)
