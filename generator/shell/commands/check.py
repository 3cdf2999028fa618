"""`ssg check`."""

from __future__ import annotations

import sys

import click

from generator.shell.call import Call
from generator.shell.command import command
from generator.shell.completing import folders


@command(json="what was found", settings=True, writes=False)
@click.option("-o", "--output", metavar="DIR", help="The site's folder instead of site/.", shell_complete=folders)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
def check(call: Call, output: str | None, strict: bool) -> None:
    """Look over the built site, and tell where in the sources each fault comes from.

    Links and anchors within the site, the form of links to other sites, pictures without alternative texts, feeds,
    ids that stand twice, pages that no link leads to, and the budgets under `check` in ssg.yml.
    """
    from dataclasses import replace

    from generator.shell.checking import all_sources, built_files, built_for
    from generator.shell.outcome import as_values, count
    from generator.shell.project import read_config_of
    from generator.site.check import check as looked_over

    config = read_config_of(call.root, call.settings)
    config = replace(config, output=output or config.output)
    files = built_files(call.root / config.output)
    config = replace(config, base_url=built_for(files) or config.base_url)  # `ssg build --base-url` may have said other
    found = looked_over(files, all_sources(call.root, config), config)
    call.complain(found.errors)
    call.warn(found.warnings)
    result = [count(len(found.errors), "error"), count(len(found.warnings), "warning")]
    call.say(f"checked {count(found.pages, 'page')} with {count(found.links, 'link')}: {', '.join(result)}")
    call.answer(
        {
            "version": 1,
            "pages": found.pages,
            "links": found.links,
            "errors": as_values(found.errors),
            "warnings": as_values(found.warnings),
        }
    )
    if found.errors or (strict and found.warnings):
        sys.exit(1)
