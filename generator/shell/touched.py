"""A build of a large site after an edit of a few articles that changes no page but their stories' own.

All else is known by looking at it: the same program, settings and other files, every page as it was written. Whatever
is not beyond doubt is left to a whole build (`generator.shell.building`), which asks for every story.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.errors import SourceError
from generator.model import Config
from generator.pipeline import prepared
from generator.shell.cache import Cache
from generator.shell.compiled import attached
from generator.shell.engines import engine_of
from generator.shell.keeper import Keeper
from generator.shell.kept import kept_of
from generator.shell.memory import PAGES, SOURCES, Look, changed, remember, stands
from generator.shell.outcome import Outcome
from generator.shell.project import drawable, opened
from generator.shell.publish import publish_few, staged
from generator.shell.states import Hashes

#: Sites of fewer files are built as quickly as they are looked at.
LEAST = 2000
#: At most so many articles may have changed.
MOST = 20


def retold(root: Path, config: Config, seen: Look) -> Outcome | None:
    """Tell the stories of a few changed articles again, and publish their pages; None where a whole build is due."""
    if config.compare_enabled or any(path.startswith("seeds/") for path in seen.states):
        return None  # a text that is compared says something else in lists, too
    with Cache(root) as cache:
        edited = changed(seen, cache)
        if not (0 < len(edited) <= MOST):
            return None
        said, program = _last(cache.note("last"))
        if (
            not said
            or said.files < LEAST
            or said.left_out
            or config.output != said.output
            or not stands(cache, root / said.output)
        ):
            return None
        try:
            return _retold(root, config, seen, cache, edited, said, program)
        except SourceError:  # a whole build tells of all that is wrong
            return None


def _last(noted: Mapping[str, Any]) -> tuple[Outcome | None, str]:
    """Return what the last build said, and the hash of the program that it was built by."""
    try:
        return Outcome.read(noted["outcome"]).again(), str(noted["program"])
    except (KeyError, TypeError):
        return None, ""


def _retold(
    root: Path, config: Config, seen: Look, cache: Cache, edited: list[str], said: Outcome, program: str
) -> Outcome | None:
    slugs = sorted({path.split("/")[2] for path in edited})
    before = [kept_of(cache.last(slug)) for slug in slugs]
    known = {old.told.shelf.story: old.told.shelf for old in before if old}
    theirs = {path for shelf in known.values() for path in shelf.paths}
    if len(known) < len(slugs) or not theirs.issuperset(edited):
        return None
    others = {path: state for path, state in seen.states.items() if not path.startswith("content/stories/")}
    project = drawable(opened(root, config, {**others, **{path: seen.states.get(path, "") for path in theirs}}))
    compiled = attached(project)
    ready = prepared(project.sources, project.theme, project.config, project.hooks)
    if ready.problems or {shelf.story: shelf for shelf in ready.shelves.stories} != known:
        return None
    standing = {path: mark for old in before if old for path, (mark, _) in old.laid.items()}
    with staged(project.output, standing) as stage:
        hashes = Hashes(project.sources, {}, worth=True)
        keeper = Keeper(cache, stage, engine_of(project.config), hashes, program=program)
        told = keeper.again(ready.desk, ready.shelves.stories, cache.seen_of(SOURCES, theirs))
        if not told:
            return None
        laid = {path: one for kept in told for path, one in kept.laid.items()}
        outcome = replace(said, told=len(told), changed=publish_few(stage, laid))
    compiled.keep()
    noted = hashes.noted({path: known for kept in told for path, known in kept.sources}, seen.moment, ())
    notes = remember(cache, seen, outcome, program) if seen.is_settled else {"last": None}
    cache.write(PAGES, _amended(cache.text(PAGES), {path: state for path, (_, state) in laid.items()}))
    cache.amend({"told": keeper.reasons, **notes}, {SOURCES: noted})
    return outcome


def _amended(written: str, pages: Mapping[str, str]) -> str:
    """Return the lines of all pages' states, with those of a few as they are now."""
    lines = written.split("\n")
    return "\n".join(f"{path}\t{pages[path]}" if (path := line.partition("\t")[0]) in pages else line for line in lines)
