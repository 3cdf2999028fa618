"""`ssg add`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from generator.ingest.fields import RIGHTS
from generator.shell.call import Call
from generator.shell.command import command
from generator.shell.completing import files, stories
from generator.shell.outcome import as_values, count

if TYPE_CHECKING:
    from generator.shell.add import Addition, Intake


@command(json="what was taken and what was not")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, shell_complete=files)
@click.option("--story", metavar="NAME", default="", help="The story that the articles tell.", shell_complete=stories)
@click.option("--outlet", metavar="NAME", default="", help="The outlet that they are from.")
@click.option("--date", metavar="DATE", default="", help="Their date, as 2025-07-03.")
@click.option("--language", metavar="TAG", default="", help="Their language, as en or pt-BR.")
@click.option("--rights", type=click.Choice(RIGHTS), default=None, help="How much of them may be reprinted.")
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be taken; write nothing.")
def add(
    call: Call,
    paths: tuple[str, ...],
    story: str,
    outlet: str,
    date: str,
    language: str,
    rights: str | None,
    dry_run: bool,
) -> None:
    """Bring captures into seeds/, each with a sidecar that says what is known of it.

    PATH is a text, a Markdown file, a web page saved in a browser, a JSON file, a feed saved as a file, or a folder
    of such files. What is there already, by address or by text, is left out. Nothing is fetched.
    """
    from generator.ingest.fields import is_date, is_language
    from generator.shell import disk
    from generator.shell.add import Stated, intake
    from generator.shell.project import sources_of

    if date and not is_date(date):
        raise click.BadParameter("expected a date like 2025-07-03", param_hint="--date")
    if language and not is_language(language):
        raise click.BadParameter("expected a language tag like en or pt-BR", param_hint="--language")
    with disk.locked(call.root):
        found = intake(paths, sources_of(call.root), Stated(story, outlet, date, language, rights or ""))
        if not dry_run:
            disk.write_files(call.root, found.writes)
    call.complain(found.problems)
    call.warn(found.warnings)
    _tell(call, found, dry_run)
    call.answer(_values(found))
    if found.problems:
        sys.exit(1)


def _tell(call: Call, found: Intake, dry_run: bool) -> None:
    for addition in found.additions:
        call.say(_line(addition))
        for removed in addition.taken.article.removed:
            call.detail(f"  left out, {removed.rule}: {removed.text}")
    for duplicate in found.duplicates:
        call.say(f"duplicate: {duplicate}")
    for dropped in found.dropped:
        call.say(f"not taken: {dropped}")
    for skipped in found.skipped:
        call.detail(f"skipped: {skipped}")
    parts = [count(len(found.additions), "article") + (" would be added" if dry_run else " added")]
    parts += [count(len(found.duplicates), "duplicate")] if found.duplicates else []
    parts += [f"{len(found.dropped):,} not taken"] if found.dropped else []
    parts += [f"{count(len(found.skipped), 'other file')} passed over"] if found.skipped else []
    parts += [count(len(found.problems), "problem")] if found.problems else []
    call.say("; ".join(parts))
    asked = [addition for addition in found.additions if addition.missing]
    if asked:
        call.say(
            f"fill in what is not stated: {', '.join(addition.sidecar for addition in asked[:5])}"
            + (f" and {len(asked) - 5} more" if len(asked) > 5 else "")
        )
    if found.additions and not dry_run:
        call.say("next: ssg build, or ssg serve --open to look at them")


def _line(addition: Addition) -> str:
    taken = addition.taken
    said = [count(taken.words, "word")]
    if taken.article.removed:
        said.append(f"{count(len(taken.article.removed), 'line')} left out")
    if addition.missing:
        said.append(f"no {', '.join(addition.missing)} stated")
    return f"{addition.path}: {'; '.join([*said, *addition.notes])} (from {taken.origin})"


def _values(found: Intake) -> dict[str, Any]:
    return {
        "version": 1,
        "added": [
            {
                "path": addition.path,
                "sidecar": addition.sidecar,
                "from": addition.taken.origin,
                "title": addition.taken.article.title,
                "outlet": addition.taken.article.outlet,
                "date": addition.taken.article.date,
                "source_url": addition.taken.article.source_url,
                "words": addition.taken.words,
                "missing": list(addition.missing),
                "notes": list(addition.notes),
                "removed": [{"rule": r.rule, "line": r.line, "text": r.text} for r in addition.taken.article.removed],
            }
            for addition in found.additions
        ],
        "duplicates": as_values(found.duplicates),
        "dropped": as_values(found.dropped),
        "skipped": as_values(found.skipped),
        "problems": as_values(found.problems),
        "warnings": as_values(found.warnings),
    }
