"""What the parts of a story's pages are called in addresses, beside their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Anchors:
    """Content-made names by positional id: `p12` → `p-kremlin-pushing-goals-solve`."""

    passages: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, str] = field(default_factory=dict)
