"""What an ingest would do, as a value; `generator.ingest.plan` makes it where there are seeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from generator.errors import Problem
from generator.model import Removed
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """What an ingest would do."""

    writes: Mapping[str, bytes] = field(default_factory=dict)
    """Content path → new text; only of files that are new or change. Empty if there are problems."""
    replaced: Mapping[str, bytes] = field(default_factory=dict)
    """Content path → what a file that changes held."""
    kept: tuple[str, ...] = ()
    """Content files whose seed says something else, left as their editors made them."""
    removed: Mapping[str, tuple[Removed, ...]] = field(default_factory=dict)
    """Seed → what cleaning takes out of it."""
    seeds: Mapping[str, str] = field(default_factory=dict)
    """Content path → the seed that it is written from, or was."""
    stories: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Content path → the story that the article belongs to."""
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    awaited: tuple[tuple[str, str], ...] = ()
    """Of captures that no article is written for yet, because of problems: the story that they state (or nothing), and
    the name that the article will have."""
    aside: frozenset[str] = frozenset()
    """Content paths of articles whose captures have problems, where the rest is planned all the same."""
