"""A build of a large site after an edit of a few articles that changes no page but their stories' own.

All else is known by looking at it: the same program, settings and other files, every page as it was written. Whatever
is not beyond doubt is left to a whole build (`generator.shell.building`), which asks for every story.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from generator.errors import SourceError
from generator.model import Config
from generator.pipeline import prepared
from generator.shell.building import SOURCES
from generator.shell.cache import Cache
from generator.shell.compiled import attached
from generator.shell.engines import engine_of
from generator.shell.keeper import Keeper
from generator.shell.kept import kept_of
from generator.shell.memory import PAGES, Look, is_article, remember, stands
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
    with Cache(root) as cache:
        last, read = cache.note("last"), cache.seen(SOURCES)
        changed = _changed(seen, read)
        if not (isinstance(last, dict) and last.get("rest") == seen.rest and 0 < len(changed) <= MOST):
            return None
        if config.compare_enabled:  # a text that is compared says something else in lists, too
            return None
        if any(path.startswith("seeds/") for path in seen.states) or not stands(cache, root / last["output"]):
            return None
        said = Outcome.read(last["outcome"]).again()
        if said.files < LEAST or said.left_out or config.output != said.output:
            return None
        try:
            return _retold(root, config, seen, cache, changed, read, said)
        except SourceError:  # a whole build tells of all that is wrong
            return None


def _changed(seen: Look, read: Mapping[str, str]) -> list[str]:
    """Return the articles whose state is not the one that the last build took note of."""
    return [
        path
        for path, state in seen.states.items()
        if not read.get(path, "").startswith(f"{state} ") and is_article(path)
    ]


def _retold(
    root: Path, config: Config, seen: Look, cache: Cache, changed: list[str], read: Mapping[str, str], said: Outcome
) -> Outcome | None:
    slugs = sorted({path.split("/")[2] for path in changed})
    before = [kept_of(cache.last(slug)) for slug in slugs]
    known = {old.told.shelf.story: old.told.shelf for old in before if old}
    theirs = {path for shelf in known.values() for path in shelf.paths}
    if len(known) < len(slugs) or not theirs.issuperset(changed):
        return None
    others = {path: state for path, state in seen.states.items() if not path.startswith("content/stories/")}
    project = drawable(opened(root, config, {**others, **{path: seen.states.get(path, "") for path in theirs}}))
    compiled = attached(project)
    ready = prepared(project.sources, project.theme, project.config, project.hooks)
    if ready.problems or {shelf.story: shelf for shelf in ready.shelves.stories} != known:
        return None
    with staged(project.output) as stage:
        hashes = Hashes(project.sources, {}, worth=True)
        keeper = Keeper(cache, stage, engine_of(project.config), hashes)
        told = keeper.again(ready.desk, ready.shelves.stories, read)
        if not told:
            return None
        laid = {path: one for kept in told for path, one in kept.laid.items()}
        outcome = replace(said, told=len(told), changed=publish_few(stage, laid))
    compiled.keep()
    noted = hashes.noted({path: known for kept in told for path, known in kept.sources}, seen.moment, ())
    notes = remember(seen, outcome) if seen.is_settled else {"last": None}
    cache.write(PAGES, _amended(cache.text(PAGES), {path: state for path, (_, state) in laid.items()}))
    cache.amend({"told": keeper.reasons, **notes}, {SOURCES: noted})
    return outcome


def _amended(written: str, pages: Mapping[str, str]) -> str:
    """Return the lines of all pages' states, with those of a few as they are now."""
    lines = written.split("\n")
    return "\n".join(f"{path}\t{pages[path]}" if (path := line.partition("\t")[0]) in pages else line for line in lines)
