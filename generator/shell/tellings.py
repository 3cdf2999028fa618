"""All stories of the last build as told, kept in one text: after an edit of a few, lists are made from the others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from generator.pipeline import Told
from generator.shell.records import frozen, thawed

#: Sites of fewer files are built as quickly as they are looked at.
LEAST = 2000
#: Under this name the cache has them.
TELLINGS = "tellings"

_json = json.JSONEncoder(separators=(",", ":")).encode


def written(inputs: str, told: Iterable[Told]) -> str:
    """Return stories as text, by slug: a line for each, after one that says what they were told from."""
    lines = sorted(f"{one.shelf.story}\t{_json(frozen(one))}" for one in told)
    return "\n".join([inputs, *lines])


def read(text: str, inputs: str) -> dict[str, Told] | None:
    """Return story → as it was told, in order; None unless that was from *inputs*."""
    before, *lines = text.split("\n")
    if before != inputs:
        return None
    try:
        return {slug: thawed(Told, json.loads(value)) for slug, _, value in (line.partition("\t") for line in lines)}
    except ValueError:
        return None


def amended(text: str, inputs: str, told: Mapping[str, Told]) -> str:
    """Return the text with a few stories as they are told now."""
    lines = text.split("\n")[1:]
    names = [line.partition("\t")[0] for line in lines]
    own = {slug: f"{slug}\t{_json(frozen(one))}" for slug, one in told.items()}
    return "\n".join([inputs, *(own.get(name, line) for name, line in zip(names, lines, strict=True))])
