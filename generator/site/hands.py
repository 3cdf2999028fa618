"""Who helps with what hangs on single texts alone: the site does it itself, or somebody has kept it from before."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.ingest.written import Read, written
from generator.model import Digest, Story
from generator.values import dataclass

Compare = Callable[[Story, float], Digest]
"""Story, and the word 5-gram Jaccard from which a pair counts as near-duplicates → how its tellings compare."""


def nothing(_: Iterable[str]) -> None:
    """Take no note of what is to come."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who helps with the pages that belong to no single story."""

    read: Read = written
    """Reads an editor's Markdown."""
    compare: Compare | None = None
    """Compares the tellings of the example that explains the pages; `generator.compare.digest.digest_of`, if None."""
    expect: Callable[[Iterable[str]], None] = nothing
    """Hears early which texts are to be read, before the first story is told."""


#: Nobody but the site itself.
NOBODY = Hands()
