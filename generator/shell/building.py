"""One build from the command line: over as many processes as are worth it, remembered, verified if asked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.errors import OutputError, Problem, SourceError
from generator.ingest.content import Shelf
from generator.pipeline import Desk, Each, Site, Told
from generator.pipeline import build as build_site
from generator.shell import disk, edits, memory
from generator.shell.call import Call
from generator.shell.engines import WORTH_A_POOL, engine_of
from generator.shell.outcome import Outcome, count, outcome_of
from generator.shell.project import Project


def known(project: Project, *, anew: bool) -> Outcome | None:
    """Return what the last build said, if nothing has changed since; None where there is something to do."""
    key = memory.key_of(project.sources, project.theme, project.config)
    found = None if anew else memory.recall(project.root, key, project.output)
    return found.again() if found else None


def built(project: Project, call: Call, *, strict: bool, verify: bool) -> Outcome:
    """Build *project*, write its content and its site, and return what is to be told.

    :raises SourceError: with everything that is wrong; with the warnings, too, if *strict*.
    :raises OutputError: if the site cannot be written, or does not verify.
    """
    each = _with_bar(engine_of(project.config))
    site = build_site(project.sources, project.theme, project.config, each)
    if verify:
        _verify(site, project, call)
    if strict and site.warnings:
        call.warn(site.warnings)
        raise SourceError(site.warnings)
    disk.check_apart(project.root, project.output)
    site = _writable(site, project, call)
    with edits.laid_ready(project.root, site.ingest.writes, project.sources) as commit:
        changed = disk.write_site(project.output, site.files, commit)
    outcome = outcome_of(site, project.config, changed)
    after = {**project.sources, **site.ingest.writes}
    memory.remember(project.root, memory.key_of(after, project.theme, project.config), project.output, outcome)
    return outcome


def _writable(site: Site, project: Project, call: Call) -> Site:
    """Return the site without content files to write, and say so, where the project lies on a read-only disk."""
    writes = site.ingest.writes
    if not writes or edits.can_write(project.root):
        return site
    said = f"cannot be written, so {count(len(writes), 'file')} that seeds/ calls for went into the site alone"
    call.warn([Problem("content/", 0, 0, said)])
    return replace(site, ingest=replace(site.ingest, writes={}))


def _verify(site: Site, project: Project, call: Call) -> None:
    """Build once more from the same sources the other way round, in one process, and compare every byte."""
    sources, theme = (dict(sorted(tree.items(), reverse=True)) for tree in (project.sources, project.theme))
    again = build_site(sources, theme, project.config)
    other = [name for name in sorted({*site.files, *again.files}) if site.files.get(name) != again.files.get(name)]
    if other:
        raise OutputError(f"two builds differ in {', '.join(other[:5])}; please report this")
    call.say(f"verified: a second build gave the same {count(len(site.files), 'file')}, byte for byte")


def _with_bar(each: Each) -> Each:
    """Return *each* with a bar on a terminal."""
    if not sys.stderr.isatty():
        return each

    def shown(desk: Desk, shelves: Sequence[Shelf]) -> Iterable[Told]:
        from rich.console import Console
        from rich.progress import track

        if len(shelves) < WORTH_A_POOL:
            return each(desk, shelves)
        console = Console(stderr=True)
        return track(each(desk, shelves), "Telling", total=len(shelves), console=console, transient=True)

    return shown
