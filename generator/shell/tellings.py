"""All stories of the last build as told, kept one by one: after an edit of a few, lists are made from the others.

Beside them stands an outline of all, by which it is known which ones a list shows.
"""

from __future__ import annotations

import json
from binascii import a2b_base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Any

from generator.shell.cache import Cache
from generator.shell.kept import Kept
from generator.shell.records import frozen, thawed
from generator.shell.states import digest
from generator.site.outline import Outline, outline
from generator.site.summary import newest_first
from generator.teller import Marks, Told
from generator.values import dataclass

#: Sites of fewer files are built as quickly as they are looked at.
LEAST = 2000
#: Of more stories not all are read again for one; the cache would be theirs alone.
MANY = 20_000
#: Under this kind the cache has them, by story; under no story, what they were told from.
TELLINGS = "telling"
#: Under this kind, the marks of their texts.
MARKS = "marks"
#: Under this name, what they were told from and their outline.
OUTLINE = "outline"
#: Characters of a mark.
_MARK = 32

_json = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


def keep(cache: Cache, inputs: str, stories: Iterable[Kept]) -> None:
    """Keep all stories of a build from *inputs*, unless they are many; those that are kept so are not written again."""
    known = cache.beginnings(TELLINGS, _MARK)
    marks = {kept.told.shelf.story: (_mark(kept), kept) for kept in stories}
    others = known if len(marks) > MANY else known.keys() - marks.keys()
    for kind in (TELLINGS, MARKS):
        cache.forget(kind, others)
    if len(marks) <= MANY:
        new = (kept for slug, (mark, kept) in marks.items() if known.get(slug) != mark)
        cache.note_each(_rows(inputs, new))
        told = (kept.told.summary for _, kept in marks.values())
        keep_outline(cache, "", inputs, outline(newest_first(summary for summary in told if summary)))


def keep_outline(cache: Cache, before: str, inputs: str, now: Outline | None) -> None:
    """Keep the outline of all stories of a build from *inputs*; None says that it is as it was *before*, of those."""
    made_from, _, row = cache.text(OUTLINE).partition("\n") if not now else (before, "", _json(frozen(now)))
    cache.write(OUTLINE, f"{inputs}\n{row}" if made_from == before else "")


def are_of(cache: Cache, inputs: str) -> bool:
    """Return whether what is kept was told from *inputs*."""
    return cache.seen_of(TELLINGS, [""]) == {"": inputs}


def rows(inputs: str, stories: Iterable[Kept]) -> dict[str, dict[str, str]]:
    """Return what is to be kept of a few stories, by kind, while all others are as they were."""
    found: dict[str, dict[str, str]] = {TELLINGS: {}, MARKS: {}}
    for kind, story, row in _rows(inputs, stories):
        found[kind][story] = row
    return found


def read(cache: Cache, inputs: str) -> dict[str, Told] | None:
    """Return story → as it was told, in order; None unless that was from *inputs*."""
    known = cache.seen(TELLINGS)
    if known.pop("", "") != inputs:
        return None
    try:
        marks = read_marks(cache)
        return {slug: _told(known[slug], marks[slug]) for slug in sorted(known)}
    except (ValueError, KeyError):
        return None


def read_marks(cache: Cache) -> dict[str, Marks]:
    """Return the marks of all stories.

    :raises ValueError: if what is kept cannot be read.
    """
    try:
        return {story: _marks(_of_json(row)) for story, row in cache.seen(MARKS).items()}
    except (TypeError, AttributeError) as error:
        raise ValueError(f"no marks: {error}") from error


def _marks(values: list[str]) -> Marks:
    """Return the marks of a story: of very many values each is looked at but once."""
    if not {*map(type, values)} <= {str}:
        raise TypeError("no texts")
    return tuple(zip(values[::2], map(a2b_base64, values[1::2]), strict=True))


@dataclass(frozen=True, slots=True)
class Few:
    """The stories that were told from the same, each read when it is asked for."""

    cache: Cache
    outline: Outline
    marks: Mapping[str, Marks]
    known: dict[str, Told] = field(default_factory=dict)

    def __call__(self, story: str) -> Told:
        """Return a story as it was told.

        :raises ValueError: if it is not kept, or cannot be read.
        """
        if story not in self.known:
            row = self.cache.seen_of(TELLINGS, [story]).get(story, "")
            self.known[story] = _told(row, self.marks.get(story, ()))
        return self.known[story]


def few(cache: Cache, inputs: str) -> Few | None:
    """Return the stories that were told from *inputs*; None unless all are kept."""
    made_from, _, row = cache.text(OUTLINE).partition("\n")
    if made_from != inputs or not are_of(cache, inputs):
        return None
    try:
        return Few(cache, thawed(Outline, _of_json(row)), read_marks(cache))
    except ValueError:
        return None


def _rows(inputs: str, stories: Iterable[Kept]) -> Iterator[tuple[str, str, str]]:
    for kept in stories:
        story = kept.told.shelf.story
        yield TELLINGS, story, f"{_mark(kept)}{_json(frozen(replace(kept.told, marks=())))}"
        yield MARKS, story, _json([text for one in frozen(kept.told.marks) for text in one])
    yield TELLINGS, "", inputs


def _told(row: str, marks: Marks) -> Told:
    """Return a story of its row and its marks.

    :raises ValueError: if the row is none.
    """
    told: Told = thawed(Told, _of_json(row[_MARK:]))
    return replace(told, marks=marks)


def _of_json(row: str) -> Any:
    """Return what a row says.

    :raises ValueError: if it is no JSON, or nested as nothing of ours is.
    """
    try:
        return json.loads(row)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _mark(kept: Kept) -> str:
    """Return what tells a story as told from any other: its key says all but the day."""
    return digest(f"{kept.key} {kept.told.days}".encode())
