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
    from generator.ingest.plan import IngestPlan
    from generator.model import Config, Digest, Story
    from generator.pipeline import Each, Site

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
            _say(f"{_count(len(error.problems), 'problem')}; nothing was written")
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
        site = _built(project.sources, project.theme, config, verify=verify)
        _complain(site.warnings, "warning: ")
        if strict and site.warnings:
            raise SourceError(site.warnings)
        if clean and project.output.exists():
            disk.check_ours(project.output)
        disk.write_files(root, site.ingest.writes)
        changed = disk.write_site(project.output, site.files)
    _tell_ingest(site.ingest)
    _say(_summary(site, config, changed))
    if as_json:
        click.echo(json.dumps(_as_json(site, config, changed), ensure_ascii=False, sort_keys=True))


@cli.command()
@click.option("--show-removed", is_flag=True, help="Print every line that cleaning takes out, and by which rule.")
@click.pass_obj
@_reporting
def ingest(root: Path, show_removed: bool) -> None:
    """Turn seeds/ into content/, and nothing more."""
    from generator.pipeline import ingest as planned
    from generator.shell import disk
    from generator.shell.project import configured, read_project

    config = configured(root)
    with disk.locked(root):
        plan = planned(read_project(root, config).sources, config)
        _complain(plan.warnings, "warning: ")
        disk.write_files(root, plan.writes)
    _tell_ingest(plan)
    if show_removed:
        for seed, lines in sorted(plan.removed.items()):
            for line in lines:
                click.echo(f"{seed}:{line.line}: {line.rule}: {line.text}")


@cli.command()
@click.option("-o", "--output", metavar="DIR", help="The site's folder instead of site/.")
@click.pass_obj
@_reporting
def clean(root: Path, output: str | None) -> None:
    """Remove what the program wrote into the output folder, nothing else."""
    from generator.shell import disk
    from generator.shell.project import read_config_of

    folder = root / (output or read_config_of(root).output)
    with disk.locked(root):
        count = disk.clean(folder) if folder.exists() else 0
    _say(f"removed {_count(count, 'file')} from {folder.name}/")


# ---------------------------------------------------------------------------- building


def _built(sources: Any, theme: Any, config: Config, *, verify: bool) -> Site:
    from generator.errors import OutputError
    from generator.pipeline import build as build_site

    with _comparing(config.jobs, _story_count(sources)) as each:
        site = build_site(sources, theme, config, each)
    if verify:
        again = build_site(dict(reversed(sources.items())), dict(reversed(theme.items())), config)
        other = [name for name in sorted({*site.files, *again.files}) if site.files.get(name) != again.files.get(name)]
        if other:
            raise OutputError(f"two builds differ in {', '.join(other[:5])}; please report this")
        _say(f"verified: a second build gave the same {_count(len(site.files), 'file')}, byte for byte")
    return site


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


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def _tell_ingest(plan: IngestPlan) -> None:
    lines = sum(map(len, plan.removed.values()))
    if plan.removed:
        _say(
            f"seeds: {_count(len(plan.removed), 'capture')}, {_count(lines, 'line')} taken out as boilerplate"
            " (ssg ingest --show-removed prints them)"
        )
    if plan.writes:
        _say(f"content: {_count(len(plan.writes), 'file')} written")


def _summary(site: Site, config: Config, changed: int) -> str:
    stories = len(site.digests)
    articles = sum(len(digest.witnesses) for digest in site.digests)
    return (
        f"site: {_count(stories, 'story', 'stories')}, {_count(articles, 'article')},"
        f" {_count(len(site.files), 'file')} in {config.output}/, {changed:,} of them new or changed"
    )


def _as_json(site: Site, config: Config, changed: int) -> dict[str, object]:
    return {
        "version": 1,
        "output": config.output,
        "files": len(site.files),
        "changed": changed,
        "stories": [
            {
                "slug": digest.story.slug,
                "title": digest.story.title,
                "articles": len(digest.witnesses),
                "passages": len(digest.passages),
                "pairs": len(digest.pairs),
            }
            for digest in site.digests
        ],
        "content_written": sorted(site.ingest.writes),
        "removed_lines": {seed: len(lines) for seed, lines in sorted(site.ingest.removed.items())},
        "warnings": [
            {"path": found.path, "line": found.line, "column": found.column, "message": found.message}
            for found in site.warnings
        ],
    }
