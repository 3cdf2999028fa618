"""What an outlet's tellings come to, over all their stories: made from summaries alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from generator.site.words import percent
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.site.standing import Likeness
    from generator.site.summary import Told

#: So many outlets are listed as alike, and tellings with sentences of their own.
MOST_ALIKE: Final = 12
MOST_SAMPLES: Final = 12


@dataclass(frozen=True, slots=True)
class Alike:
    """Another outlet, and how alike their tellings are on average."""

    name: str
    page: str
    percent: int
    stories: int
    closest: str
    """The page of the pair that is most alike, or nothing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """An outlet beside the others."""

    common: int
    carried: int
    carried_percent: int
    """-1 where others carry nothing together."""
    sentences: int
    only: int
    only_percent: int
    alike: tuple[Alike, ...]
    samples: tuple[Told, ...]
    """Tellings with sentences of their own that may be printed, the newest first."""


def figures(told: Sequence[Told]) -> Figures:
    """Return what an outlet's tellings come to; only stories that another outlet tells, too, are counted."""
    compared = [t.standing for t in told if t.standing.likenesses]
    common, carried = sum(s.common for s in compared), sum(s.carried for s in compared)
    sentences, only = sum(s.sentences for s in compared), sum(s.only for s in compared)
    return Figures(
        common=common,
        carried=carried,
        carried_percent=percent(carried / common) if common else -1,
        sentences=sentences,
        only=only,
        only_percent=percent(only / sentences) if sentences else -1,
        alike=_alike([likeness for s in compared for likeness in s.likenesses]),
        samples=tuple(t for t in told if t.standing.samples)[:MOST_SAMPLES],
    )


def _alike(likenesses: Sequence[Likeness]) -> tuple[Alike, ...]:
    """The other outlets, the most alike first; those that nobody attributes are no outlet."""
    found: dict[str, list[Likeness]] = {}
    for likeness in likenesses:
        if likeness.outlet_page:
            found.setdefault(likeness.outlet_page, []).append(likeness)
    rows = [
        Alike(
            same[0].name,
            page,
            round(sum(one.percent for one in same) / len(same)),
            len(same),
            max(same, key=lambda one: (bool(one.pair), one.percent)).pair,
        )
        for page, same in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.percent, -row.stories, row.name.casefold(), row.page))[:MOST_ALIKE])
