"""The pages of a whole site that show that a few stories are told otherwise, made from what is kept of all stories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.compare.across import Remember
from generator.hooks import NO_HOOKS
from generator.model import Page
from generator.prepared import Prepared
from generator.relisted import relisted, relisted_in_part
from generator.shell import disk, tellings
from generator.shell.cache import Cache
from generator.shell.kept import Kept
from generator.shell.project import are_ours
from generator.shell.publish import Laid, Stage, marks_in
from generator.site import render
from generator.site.hands import Hands
from generator.site.outline import Outline, outline
from generator.site.relisted import WHOLE, stand
from generator.site.search import FOLDER
from generator.site.summary import newest_first
from generator.teller import Desk, Told

Retold = Sequence[tuple[Kept, Kept]]
"""Stories as they were and as they are."""


def lists_of(
    ready: Prepared, told: Retold, cache: Cache, inputs: str, stage: Stage, remember: Remember, hands: Hands
) -> tuple[dict[str, Laid], Outline] | None:
    """Lay down the pages that are other than before, and return them with the outline of all stories.

    None where a whole build is due.

    :param inputs: what all stories were told from, before.
    """
    if ready.desk.hooks != NO_HOOKS or not all(_stands(old.told, new.told) for old, new in told):
        return None
    found = _in_part(ready, told, cache, inputs, stage.output, remember) or _from_all(
        ready, told, cache, inputs, remember, hands
    )
    lists = _laid(found[0], stage, ready.desk) if found else {}
    return (lists, found[1]) if found and lists else None


def _stands(old: Told, new: Told) -> bool:
    """Whether no more of a story has changed than what its own pages and lists of stories say."""
    if not (old.summary and new.summary and stand([old.summary], [new.summary])):
        return False
    return (old.claims, old.warnings, old.left_out, old.days.later) == (
        new.claims,
        new.warnings,
        new.left_out,
        new.days.later,
    )


def _in_part(
    ready: Prepared, told: Retold, cache: Cache, inputs: str, output: Path, remember: Remember
) -> tuple[tuple[Page, ...], Outline] | None:
    """Return the pages, made without a look at most stories; None where that does not do."""
    few = tellings.few(cache, inputs) if are_ours(ready.desk.theme, WHOLE) else None
    if not few:
        return None
    try:
        if any(few(old.told.shelf.story) != old.told for old, _ in told):
            return None
        pairs = [(old.told, new.told) for old, new in told]
        return relisted_in_part(ready, few.outline, pairs, few, few.marks, _written(output), remember)
    except (ValueError, LookupError):  # of other stories than these
        return None


def _written(output: Path) -> Callable[[str], bytes]:
    """Return what reads the files of the search index; `ValueError` is raised for one that is not as it was written."""
    marks = marks_in(output, (), FOLDER)

    def read(path: str) -> bytes:
        try:
            data = (output / path).read_bytes()
        except OSError as error:
            raise ValueError(f"{path}: {error}") from error
        if disk.mark(data) != marks.get(path):
            raise ValueError(f"{path} is not as it was written")
        return data

    return read


def _from_all(
    ready: Prepared, told: Retold, cache: Cache, inputs: str, remember: Remember, hands: Hands
) -> tuple[tuple[Page, ...], Outline] | None:
    """Return the pages, made from all stories."""
    before = tellings.read(cache, inputs)
    if not before or any(before.get(old.told.shelf.story) != old.told for old, _ in told):
        return None
    after = {**before, **{new.told.shelf.story: new.told for _, new in told}}
    pages = relisted(ready, tuple(before.values()), tuple(after.values()), remember, hands)
    if pages is None:
        return None
    return pages, outline(newest_first(one.summary for one in after.values() if one.summary))


def _laid(pages: Sequence[Page], stage: Stage, desk: Desk) -> dict[str, Laid]:
    """Lay pages of the whole site down; nothing where they are not those that the site has."""
    files = render.printed(pages, render.environment(desk.theme, desk.config))
    marks = marks_in(stage.output, files, FOLDER)
    if marks.keys() != files.keys():
        return {}
    stage.old = {**stage.old, **marks}
    return stage.lay(files)
