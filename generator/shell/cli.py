"""Arguments in, exit code out.

0: done. 1: the sources or the site have problems, each on standard error. 2: wrong usage. What a script may want
goes to standard output; everything else to standard error. Heavy rooms are imported where they are used, so that
`ssg --version` answers at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.errors import Problem, SourceError, SsgError

if TYPE_CHECKING:
    from generator.model import Digest, Story
    from generator.pipeline import Each, Site
    from generator.shell.outcome import Outcome
    from generator.shell.project import Project

#: Below so many stories more processes cost more than they save.
_WORTH_A_POOL = 16

_Command = TypeVar("_Command", bound=Callable[..., None])


def main() -> None:
    """Run the command line."""
    cli()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="variorum", prog_name="ssg")
@click.option(
    "-C",
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The project's folder; the current one if not given.",
)
@click.pass_context
def cli(context: click.Context, project: Path) -> None:
    """Lay several outlets' tellings of one story side by side, as a static site."""
    context.obj = project


def _reporting(command: _Command) -> Callable[..., None]:
    """Turn what is wrong with somebody's work into lines on standard error and exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except SourceError as error:
            _complain(error.problems)
            from generator.shell.outcome import count

            _say(f"{count(len(error.problems), 'problem')}; nothing was written")
            sys.exit(1)
        except SsgError as error:
            _say(f"error: {error}")
            sys.exit(1)

    return run


# ---------------------------------------------------------------------------- commands


@cli.command()
@click.option("-o", "--output", metavar="DIR", help="Where the site goes instead of site/.")
@click.option("--base-url", metavar="URL", help="Absolute address of the site's root.")
@click.option("--drafts", is_flag=True, help="Build drafts too.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("-j", "--jobs", type=click.IntRange(min=0), help="Worker processes; 0: as many as processors.")
@click.option("--clean", is_flag=True, help="Build from nothing, whatever an earlier build has left.")
@click.option("--verify", is_flag=True, help="Build twice, from shuffled sources, and compare every byte.")
@click.option("--json", "as_json", is_flag=True, help="Print what was built as one JSON object.")
@click.pass_obj
@_reporting
def build(
    root: Path,
    output: str | None,
    base_url: str | None,
    drafts: bool,
    strict: bool,
    jobs: int | None,
    clean: bool,
    verify: bool,
    as_json: bool,
) -> None:
    """Ingest, compare, render: the whole site."""
    from generator.shell import disk
    from generator.shell.project import configured, overridden, read_project

    if base_url and not base_url.startswith(("http://", "https://")):
        raise click.BadParameter("it begins with http:// or https://", param_hint="--base-url")
    config = configured(
        root, lambda given: overridden(given, output=output, base_url=base_url, drafts=drafts, jobs=jobs)
    )
    with disk.locked(root):
        project = read_project(root, config)
        disk.recover(project.output)
        outcome = _known(project, anew=clean or verify) or _built(project, strict=strict, verify=verify)
    _complain(outcome.warnings, "warning: ")
    if strict and outcome.warnings:
        raise SourceError(outcome.warnings)
    for line in outcome.lines():
        _say(line)
    if as_json:
        click.echo(json.dumps(outcome.written(), ensure_ascii=False, sort_keys=True))


@cli.command()
@click.option("--show-removed", is_flag=True, help="Print every line that cleaning takes out, and by which rule.")
@click.pass_obj
@_reporting
def ingest(root: Path, show_removed: bool) -> None:
    """Turn seeds/ into content/, and nothing more."""
    from generator.pipeline import ingest as planned
    from generator.shell import disk
    from generator.shell.outcome import removed_lines, told_ingest
    from generator.shell.project import configured, read_project

    config = configured(root)
    with disk.locked(root):
        plan = planned(read_project(root, config).sources, config)
        _complain(plan.warnings, "warning: ")
        disk.write_files(root, plan.writes)
    for line in told_ingest(removed_lines(plan), len(plan.writes)):
        _say(line)
    if show_removed:
        for seed, gone in sorted(plan.removed.items()):
            for removed in gone:
                click.echo(f"{seed}:{removed.line}: {removed.rule}: {removed.text}")


@cli.command()
@click.option("-o", "--output", metavar="DIR", help="The site's folder instead of site/.")
@click.pass_obj
@_reporting
def clean(root: Path, output: str | None) -> None:
    """Remove what the program wrote into the output folder, nothing else."""
    from generator.shell import disk, memory
    from generator.shell.outcome import count
    from generator.shell.project import read_config_of

    folder = root / (output or read_config_of(root).output)
    with disk.locked(root):
        removed = disk.clean(folder) if folder.exists() else 0
        memory.forget(root)
    _say(f"removed {count(removed, 'file')} from {folder.name}/")


@cli.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("--width", type=click.IntRange(min=20), help="Columns of a line; the terminal's if not given.")
@click.option("--color/--no-color", "colour", default=None, help="Colour, on a terminal or not; NO_COLOR is heeded.")
@click.pass_obj
@_reporting
def compare(root: Path, old: str, new: str, form: str, width: int | None, colour: bool | None) -> None:
    """Compare two captures, A and B, in the terminal; - is standard input.

    Text, Markdown, saved pages and JSON, in a project or not. --format json prints the pair in the shape of
    story.json; --format html one document with the pair's page, for mailing.
    """
    from generator.shell.compare_command import compared, wants_colour

    coloured = form == "text" and wants_colour(colour)
    click.echo(compared(root, old, new, form, width, coloured), color=coloured or None)


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address or name to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one.")
@click.option("--open", "opening", is_flag=True, help="Open a browser.")
@click.option("--poll", is_flag=True, help="Look for changes instead of being told: network folders, containers.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.pass_obj
@_reporting
def serve(root: Path, host: str, port: int, opening: bool, poll: bool, drafts: bool) -> None:
    """Build, watch, preview with live reload; Ctrl-C stops."""
    from generator.shell.serve import Options
    from generator.shell.serve import serve as preview

    preview(root, Options(host, port, drafts=drafts, poll=poll, show=click.launch if opening else None), _say)


@cli.command()
@click.argument("folder", metavar="[DIR]", default=".")
@click.pass_obj
@_reporting
def init(root: Path, folder: str) -> None:
    """Begin a new project in DIR, or here: configuration, folders, an example, a GitHub Pages workflow."""
    from generator.shell.init import init as begin

    begin(root / folder, folder, _say)


# ---------------------------------------------------------------------------- building


def _known(project: Project, *, anew: bool) -> Outcome | None:
    """Return what the last build said, if nothing has changed since; None where there is something to do."""
    from generator.shell import memory

    key = memory.key_of(project.sources, project.theme, project.config)
    known = None if anew else memory.recall(project.root, key, project.output)
    return known.again() if known else None


def _built(project: Project, *, strict: bool, verify: bool) -> Outcome:
    """Build *project*, write its content and its site, and return what is to be told."""
    from generator.pipeline import build as build_site
    from generator.shell import disk, memory
    from generator.shell.outcome import outcome_of

    with _comparing(project.config.jobs, _story_count(project.sources)) as each:
        site = build_site(project.sources, project.theme, project.config, each)
    if verify:
        _verify(site, project)
    if strict and site.warnings:
        _complain(site.warnings, "warning: ")
        raise SourceError(site.warnings)
    changed = disk.write_site(project.output, site.files, lambda: disk.write_files(project.root, site.ingest.writes))
    outcome = outcome_of(site, project.config, changed)
    after = {**project.sources, **site.ingest.writes}
    memory.remember(project.root, memory.key_of(after, project.theme, project.config), project.output, outcome)
    return outcome


def _verify(site: Site, project: Project) -> None:
    """Build once more from the same sources the other way round, in one process, and compare every byte."""
    from generator.errors import OutputError
    from generator.pipeline import build as build_site
    from generator.shell.outcome import count

    sources, theme = (dict(sorted(tree.items(), reverse=True)) for tree in (project.sources, project.theme))
    again = build_site(sources, theme, project.config)
    other = [name for name in sorted({*site.files, *again.files}) if site.files.get(name) != again.files.get(name)]
    if other:
        raise OutputError(f"two builds differ in {', '.join(other[:5])}; please report this")
    _say(f"verified: a second build gave the same {count(len(site.files), 'file')}, byte for byte")


def _story_count(sources: Iterable[str]) -> int:
    """Return a rough number of stories: enough to decide whether workers are worth starting."""
    names = list(sources)
    folders = {name.split("/")[2] for name in names if name.startswith("content/stories/") and name.count("/") > 2}
    return max(len(folders), sum(name.startswith("seeds/") for name in names) // 4)


@contextmanager
def _comparing(jobs: int, stories: int) -> Iterator[Each]:
    """Yield a `map` for the stories: over worker processes where there are many, with a bar on a terminal."""
    import os

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


# ---------------------------------------------------------------------------- telling


def _complain(problems: Iterable[Problem], prefix: str = "") -> None:
    """Print problems as `path:line:column: what, and the way out`."""
    for found in problems:
        click.secho(f"{prefix}{found}", err=True, fg="yellow" if prefix else "red")


def _say(text: str) -> None:
    click.echo(text, err=True)
