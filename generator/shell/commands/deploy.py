"""`ssg deploy`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from generator.errors import Problem, SourceError
from generator.shell.call import Call
from generator.shell.command import command
from generator.shell.outcome import as_values, count

if TYPE_CHECKING:
    from generator.model import Config
    from generator.shell.deploy import Published


@command(json="what was published", settings=True)
@click.option("--remote", default="origin", show_default=True, help="Name or address of the repository to push to.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that is served.")
@click.option("-m", "--message", metavar="TEXT", default="", help="The commit's message.")
@click.option("--history", is_flag=True, help="Add a commit to the branch, instead of replacing its only one.")
@click.option("--no-build", is_flag=True, help="Publish the site as it stands.")
@click.option("--no-check", is_flag=True, help="Publish even a site with dead links.")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would change; push nothing.")
def deploy(
    call: Call, remote: str, branch: str, message: str, history: bool, no_build: bool, no_check: bool, dry_run: bool
) -> None:
    """Build the site, look it over, and push it to a branch that a git host serves.

    The branch holds one commit and never grows. Its CNAME is kept, a .nojekyll added. Where base_url is not set, it is
    worked out from the CNAME or from the remote's address: for GitHub, GitLab and Codeberg, users' sites and projects'.
    """
    from generator.shell.deploy import Target, address_of, is_branch, opened, publish
    from generator.shell.project import configured

    if not is_branch(branch):
        raise click.BadParameter(f"{branch!r} is no name of a branch – say one like gh-pages", param_hint="--branch")
    config = configured(call.root, assignments=call.settings)
    target = Target(remote, branch, history, message)
    output = call.root / config.output
    with opened(call.root, target) as place:
        if not config.base_url and not no_build:
            config = _with_address(call, config, address_of(place, output))
        warnings: tuple[Problem, ...] = ()
        if not no_build:
            warnings = _build(call, config)
        _look_over(call, config, no_check)
        done = publish(place, output, target, dry_run=dry_run)
    _tell(call, done, config, warnings, dry_run)


def _with_address(call: Call, config: Config, address: str) -> Config:
    if address:
        call.say(f"base_url is not set: taken to be {address}")
    else:
        call.say("base_url is not set, and the remote does not tell it: no feeds and no sitemap with full addresses")
    return replace(config, base_url=address)


def _build(call: Call, config: Config) -> tuple[Problem, ...]:
    """Build the site; return what is doubtful about its sources."""
    from generator.shell.building import build_once

    outcome = build_once(call.root, config, call)
    listed = call.warn(outcome.warnings)
    for line in outcome.lines(listed=listed):
        call.say(line)
    return outcome.warnings


def _look_over(call: Call, config: Config, no_check: bool) -> None:
    """Refuse a site that is not whole, or has dead links."""
    from generator.shell.checking import all_sources, built_files, built_for
    from generator.site.check import check

    files = built_files(call.root / config.output)
    if no_check:
        return
    config = replace(config, base_url=built_for(files) or config.base_url)  # an earlier `ssg deploy` may have found it
    found = check(files, all_sources(call.root, config), config)
    if found.errors:
        call.say("not published: mend what follows, or say --no-check")
        raise SourceError(found.errors, "nothing was pushed")


def _tell(call: Call, done: Published, config: Config, warnings: tuple[Problem, ...], dry_run: bool) -> None:
    changes = f"{done.added:,} new, {done.changed:,} changed, {done.removed:,} removed"
    where = f"{done.branch} of {done.url}"
    if not (done.added or done.changed or done.removed):
        call.say(f"nothing to publish: {where} has the same {count(done.files, 'file')}")
    elif dry_run:
        call.say(f"would publish {count(done.files, 'file')} to {where}: {changes}")
    else:
        call.say(f"published {count(done.files, 'file')} to {where}: {changes}")
        if config.base_url:
            call.say(f"it will be at {config.base_url} in a minute or so")
    call.answer(
        {
            "version": 1,
            "url": done.url,
            "branch": done.branch,
            "commit": done.commit,
            "base_url": config.base_url,
            "files": done.files,
            "added": done.added,
            "changed": done.changed,
            "removed": done.removed,
            "kept": list(done.kept),
            "dry_run": dry_run,
            "warnings": as_values(warnings),
        }
    )
