"""A story told, as the cache and the parts of a site keep it."""

from __future__ import annotations

from collections.abc import Mapping

from generator.shell.keys import Parts
from generator.shell.publish import Laid
from generator.shell.records import thawed
from generator.teller import Told
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """A story told, its pages laid down."""

    told: Told
    """Without files."""
    laid: Mapping[str, Laid]
    frame: str
    """Under this key the cache has what lay on every story's desk."""
    sources: Parts
    """The story's own files."""
    key: str = ""
    """Empty where a file could not be read."""
    drawn: Parts = ()
    """Picture → hash of all that it was drawn from."""


def kept_of(value: object) -> Kept | None:
    """Return a record of the cache as what it was, None if it is none."""
    try:
        return thawed(Kept, value)  # type: ignore[no-any-return]
    except ValueError:
        return None
