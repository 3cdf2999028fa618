"""What builds and previews before this one have compared: a preview that is begun again compares nothing twice.

Of the records of `ssg build` only what is kept beside the pages is taken; whether these still stand does not matter
here. A preview's own records are one a story, so that they do not grow with every edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from generator.shell.backlog import Made
from generator.shell.cache import Cache
from generator.shell.comparisons import Compared, Comparisons
from generator.shell.kept import kept_of
from generator.shell.keys import code, frame_key, key_of, sources_of
from generator.shell.records import frozen, thawed
from generator.shell.states import digest
from generator.teller import Desk, Told


@cache
def _program() -> str:
    """Return the hash of the program as it was when this process first asked."""
    return code()


def comparisons(root: Path | None) -> Comparisons | None:
    """Return who compares stories, or knows how it came out, in the project in *root*."""
    return Comparisons(root, _program()) if root else None


def recalled(root: Path, desk: Desk, key: Desk, wanted: Iterable[Made]) -> dict[Made, Told]:
    """Return those of some stories that have been told before, without their pages.

    :param desk: what lies on it now.
    :param key: what of that the stories' summaries depend on.
    """
    whole, part = frame_key(desk, _program()), frame_key(key, _program())
    found: dict[Made, Told] = {}
    with Cache(root) as kept:
        if kept.is_empty:
            return found
        for made in wanted:
            sources = _sources(made)
            told = _own(kept, made.shelf.story, key_of(part, sources)) or _built(kept, key_of(whole, sources))
            if told and not told.left_out and told.days.hold(desk.config.as_of):
                found[made] = told
    return found


def keep_compared(root: Path, compared: Iterable[Compared]) -> None:
    """Write down comparisons."""
    with Cache(root) as kept:
        for one in compared:
            kept.keep_comparison(one.story, one.key, one.value)
        kept.amend({}, {})


def keep(root: Path, key: Desk, told: Mapping[Made, Told]) -> None:
    """Write down stories that have been told, without their pages."""
    part = frame_key(key, _program())
    with Cache(root) as kept:
        for made, one in told.items():
            if not (one.problems or one.misfits):
                record = {"key": key_of(part, _sources(made)), "told": frozen(one)}
                kept.keep(_name(made.shelf.story), "", record)
        kept.amend({}, {})


def _own(kept: Cache, story: str, key: str) -> Told | None:
    record = kept.made(_name(story))
    return _told(record.get("told")) if isinstance(record, dict) and record.get("key") == key else None


def _told(value: Any) -> Told | None:
    try:
        return thawed(Told, value)  # type: ignore[no-any-return]
    except ValueError:
        return None


def _built(kept: Cache, key: str) -> Told | None:
    found = kept_of(kept.made(key))
    return found.told if found and found.key == key else None


def _name(story: str) -> str:
    return f"preview {story}"


def _sources(made: Made) -> tuple[tuple[str, str], ...]:
    shelf = made.shelf
    hashes = {path: digest(data) for path, data in zip(shelf.paths, made.files, strict=True)}
    return sources_of(shelf, hashes, dict(zip(shelf.articles, made.removed, strict=True)))
