"""`ssg ingest`."""

from __future__ import annotations

import click

from generator.shell.call import Call
from generator.shell.command import command


@command(json="what was written and what was taken out", settings=True)
@click.option("--show-removed", is_flag=True, help="Print every line that cleaning takes out, and by which rule.")
def ingest(call: Call, show_removed: bool) -> None:
    """Turn seeds/ into content/, and nothing more."""
    from generator.gathered import ingest as planned
    from generator.shell import disk, edits
    from generator.shell.outcome import as_values, removed_lines, told_ingest
    from generator.shell.project import configured, read_project

    config = configured(call.root, assignments=call.settings)
    with disk.locked(call.root):
        sources = read_project(call.root, config).sources
        plan = planned(sources, config)
        call.warn(plan.warnings)
        edits.write(call.root, plan.writes, sources)
    for line in told_ingest(removed_lines(plan), len(plan.writes)):
        call.say(line)
    removed = [
        {"path": seed, "line": line.line, "rule": line.rule, "text": line.text}
        for seed, gone in sorted(plan.removed.items())
        for line in gone
    ]
    if show_removed and not call.as_json:
        for found in removed:
            call.print("{path}:{line}: {rule}: {text}".format(**found))
    call.answer(
        {
            "version": 1,
            "content_written": sorted(plan.writes),
            "kept": list(plan.kept),
            "removed": removed,
            "warnings": as_values(plan.warnings),
        }
    )
