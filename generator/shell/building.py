"""One build from the command line: over as many processes as are worth it, remembered, verified if asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from generator.errors import OutputError, SourceError
from generator.model import Digest, Story
from generator.pipeline import Each, Site
from generator.pipeline import build as build_site
from generator.shell import disk, memory
from generator.shell.call import Call
from generator.shell.outcome import Outcome, count, outcome_of
from generator.shell.project import Project

#: Below so many stories more processes cost more than they save.
_WORTH_A_POOL = 16


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
    with _comparing(project.config.jobs, _story_count(project.sources)) as each:
        site = build_site(project.sources, project.theme, project.config, each)
    if verify:
        _verify(site, project, call)
    if strict and site.warnings:
        call.warn(site.warnings)
        raise SourceError(site.warnings)
    changed = disk.write_site(project.output, site.files, lambda: disk.write_files(project.root, site.ingest.writes))
    outcome = outcome_of(site, project.config, changed)
    after = {**project.sources, **site.ingest.writes}
    memory.remember(project.root, memory.key_of(after, project.theme, project.config), project.output, outcome)
    return outcome


def _verify(site: Site, project: Project, call: Call) -> None:
    """Build once more from the same sources the other way round, in one process, and compare every byte."""
    sources, theme = (dict(sorted(tree.items(), reverse=True)) for tree in (project.sources, project.theme))
    again = build_site(sources, theme, project.config)
    other = [name for name in sorted({*site.files, *again.files}) if site.files.get(name) != again.files.get(name)]
    if other:
        raise OutputError(f"two builds differ in {', '.join(other[:5])}; please report this")
    call.say(f"verified: a second build gave the same {count(len(site.files), 'file')}, byte for byte")


def _story_count(sources: Iterable[str]) -> int:
    """Return a rough number of stories: enough to decide whether workers are worth starting."""
    names = list(sources)
    folders = {name.split("/")[2] for name in names if name.startswith("content/stories/") and name.count("/") > 2}
    return max(len(folders), sum(name.startswith("seeds/") for name in names) // 4)


@contextmanager
def _comparing(jobs: int, stories: int) -> Iterator[Each]:
    """Yield a `map` for the stories: over worker processes where there are many, with a bar on a terminal."""
    workers = jobs or os.cpu_count() or 1
    if workers < 2 or stories < _WORTH_A_POOL:
        yield _with_bar(map)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:

        def each(function: Callable[[Story], Digest], values: Iterable[Story]) -> Iterator[Digest]:
            return pool.map(function, values, chunksize=4)

        yield _with_bar(each)


def _with_bar(each: Each) -> Each:
    if not sys.stderr.isatty():
        return each

    def shown(function: Callable[[Story], Digest], values: Iterable[Story]) -> Iterator[Digest]:
        from rich.console import Console
        from rich.progress import track

        stories = list(values)
        if len(stories) < _WORTH_A_POOL:
            return iter(each(function, stories))
        console = Console(stderr=True)
        return iter(track(each(function, stories), "Comparing", total=len(stories), console=console, transient=True))

    return shown
