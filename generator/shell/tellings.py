"""All stories of the last build as told, kept one by one: after an edit of a few, lists are made from the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from generator.shell.cache import Cache
from generator.shell.kept import Kept
from generator.shell.records import frozen, thawed
from generator.shell.states import digest
from generator.teller import Told

#: Sites of fewer files are built as quickly as they are looked at.
LEAST = 2000
#: Of more stories not all are read again for one; the cache would be theirs alone.
MANY = 20_000
#: Under this kind the cache has them, by story; under no story, what they were told from.
TELLINGS = "telling"
#: Characters of a mark.
_MARK = 32

_json = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


def keep(cache: Cache, inputs: str, stories: Iterable[Kept]) -> None:
    """Keep all stories of a build from *inputs*, unless they are many; those that are kept so are not written again."""
    known = cache.beginnings(TELLINGS, _MARK)
    marks = {kept.told.shelf.story: (_mark(kept), kept) for kept in stories}
    if len(marks) > MANY:
        cache.forget(TELLINGS, known)
        return
    cache.forget(TELLINGS, known.keys() - marks.keys())
    cache.note_each(TELLINGS, _rows(inputs, (kept for slug, (mark, kept) in marks.items() if known.get(slug) != mark)))


def are_of(cache: Cache, inputs: str) -> bool:
    """Return whether what is kept was told from *inputs*."""
    return cache.seen_of(TELLINGS, [""]) == {"": inputs}


def rows(inputs: str, stories: Iterable[Kept]) -> dict[str, str]:
    """Return what is to be kept of a few stories, while all others are as they were."""
    return dict(_rows(inputs, stories))


def read(cache: Cache, inputs: str) -> dict[str, Told] | None:
    """Return story → as it was told, in order; None unless that was from *inputs*."""
    known = cache.seen(TELLINGS)
    if known.pop("", "") != inputs:
        return None
    try:
        return {slug: thawed(Told, json.loads(known[slug][_MARK:])) for slug in sorted(known)}
    except ValueError:
        return None


def _rows(inputs: str, stories: Iterable[Kept]) -> Iterator[tuple[str, str]]:
    for kept in stories:
        yield kept.told.shelf.story, f"{_mark(kept)}{_json(frozen(kept.told))}"
    yield "", inputs


def _mark(kept: Kept) -> str:
    """Return what tells a story as told from any other: its key says all but the day."""
    return digest(f"{kept.key} {kept.told.days}".encode())
