"""A build of a large site after an edit of a few articles: their stories' pages, and the lists that show it.

All else is known by looking at it: the same program, settings and other files, every page as it was written. Whatever
is not beyond doubt is left to a whole build (`generator.shell.building`), which asks for every story.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.errors import SourceError
from generator.ingest.trees import Overlaid
from generator.model import Config
from generator.prepared import prepared
from generator.shell import tellings
from generator.shell.cache import Cache
from generator.shell.comparisons import Comparisons
from generator.shell.compiled import attached
from generator.shell.engines import engine_of
from generator.shell.keeper import Keeper
from generator.shell.kept import Kept, kept_of
from generator.shell.memory import ARTICLES, PAGES, SOURCES, TOLD_FROM, Look, changed, remember, stands, told_from
from generator.shell.outcome import Outcome, told_of
from generator.shell.project import drawable, opened
from generator.shell.publish import publish_few, staged
from generator.shell.reasons import MOMENT
from generator.shell.register import amended
from generator.shell.relisting import lists_of
from generator.shell.single import Single
from generator.shell.states import AsAsked, Hashes

#: At most so many articles may have changed.
MOST = 20


def retold(root: Path, config: Config, seen: Look) -> Outcome | None:
    """Tell the stories of a few changed articles again, and publish their pages; None where a whole build is due."""
    if any(path.startswith("seeds/") for path in seen.states):
        return None
    with Cache(root) as cache:
        edited = changed(seen, cache)
        if not (0 < len(edited) <= MOST):
            return None
        said, program = _last(cache.note("last"))
        if (
            not said
            or said.files < tellings.LEAST
            or said.left_out
            or config.output != said.output
            or not (pages := stands(cache, root / said.output))
        ):
            return None
        try:
            return _retold(root, config, seen, cache, edited, said, program, pages)
        except SourceError:  # a whole build tells of all that is wrong
            return None


def _last(noted: Mapping[str, Any]) -> tuple[Outcome | None, str]:
    """Return what the last build said, and the hash of the program that it was built by."""
    try:
        return Outcome.read(noted["outcome"]).again(), str(noted["program"])
    except (KeyError, TypeError):
        return None, ""


def _retold(
    root: Path,
    config: Config,
    seen: Look,
    cache: Cache,
    edited: list[str],
    said: Outcome,
    program: str,
    pages: bytes,
) -> Outcome | None:
    slugs = sorted({path.split("/")[2] for path in edited})
    before = [kept_of(cache.last(slug)) for slug in slugs]
    known = {old.told.shelf.story: old.told.shelf for old in before if old}
    theirs = {path for shelf in known.values() for path in shelf.paths}
    if len(known) < len(slugs) or not theirs.issuperset(edited):
        return None
    others = {path: state for path, state in seen.states.items() if not path.startswith("content/stories/")}
    project = drawable(opened(root, config, {**others, **{path: seen.states.get(path, "") for path in theirs}}))
    compiled, inputs = attached(project), cache.text(ARTICLES).partition("\n")[0]
    single = Single(cache, Comparisons(root, program).compare)
    ready = prepared(project.sources, project.theme, project.config, project.hooks, hands=single.hands)
    if ready.problems or {shelf.story: shelf for shelf in ready.shelves.stories} != known:
        return None
    standing = {path: mark for old in before if old for path, (mark, _) in old.laid.items()}
    with staged(project.output, standing) as stage:
        hashes = Hashes(project.sources, {}, worth=True)
        keeper = Keeper(cache, stage, engine_of(project.config), hashes, program=program)
        told = keeper.again(ready.desk, ready.shelves.stories, cache.seen_of(SOURCES, theirs))
        if not told:
            return None
        laid = {path: one for _, kept in told for path, one in kept.laid.items()}
        listed = None
        if any(old.told != new.told for old, new in told):
            desk = replace(ready.desk, sources=Overlaid(ready.desk.sources, AsAsked(root, seen.states)))
            ready = replace(ready, desk=desk)
            listed = lists_of(ready, told, cache, inputs, stage, keeper.remember, single.hands)
            if not listed:
                return None
            laid |= listed[0]
        outcome = replace(
            said, told=len(keeper.reasons), changed=publish_few(stage, laid), stories=_counted(said, told)
        )
    compiled.keep()
    noted = hashes.noted({path: known for _, kept in told for path, known in kept.sources}, seen.moment, ())
    notes = remember(cache, seen, outcome, program) if seen.is_settled else {"last": None}
    cache.write(PAGES, amended(pages, {path: state for path, (_, state) in laid.items()}))
    kept = tellings.rows(seen.inputs, (new for _, new in told)) if tellings.are_of(cache, inputs) else {}
    tellings.keep_outline(cache, inputs, seen.inputs, listed[1] if listed else None)
    cache.amend({**keeper.notes, MOMENT: seen.moment, TOLD_FROM: told_from(seen)[1], **notes}, {SOURCES: noted, **kept})
    return outcome


def _counted(said: Outcome, told: Sequence[tuple[Kept, Kept]]) -> tuple[Mapping[str, Any], ...]:
    """Return what is told of all stories, with what is told of a few as they are now."""
    now = {new.told.summary.slug: new.told.summary for _, new in told if new.told.summary}
    return tuple(told_of(now[one["slug"]]) if one["slug"] in now else one for one in said.stories)
