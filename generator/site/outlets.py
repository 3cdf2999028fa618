"""What an outlet's tellings come to, over all their stories: made from summaries alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import islice
from typing import TYPE_CHECKING, Final

from generator.site.words import percent
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.site.standing import Likeness
    from generator.site.summary import TellingEntry

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
    samples: tuple[TellingEntry, ...]
    """Tellings with sentences of their own that may be printed, the newest first."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Another outlet beside some tellings of one: sums, and the pair of tellings that is most alike."""

    page: str
    name: str
    percent: int
    """Of all tellings together."""
    stories: int
    most: int
    closest: str
    """The page of that pair, or nothing."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What some tellings of an outlet add up to: tallies of parts of them give that of all (`together`)."""

    tellings: int = 0
    shares: int = 0
    """So many tellings say how much of them others share;"""
    shared: int = 0
    """so much, together, in hundredths."""
    latest: str = ""
    common: int = 0
    carried: int = 0
    sentences: int = 0
    only: int = 0
    alike: tuple[Resemblance, ...] = ()


def tally(told: Sequence[TellingEntry]) -> Tally:
    """Return what tellings of an outlet add up to; only stories that another outlet tells, too, are compared."""
    compared = [t.standing for t in told if t.standing.likenesses]
    shares = [t.shared for t in told if t.shared >= 0]
    return Tally(
        tellings=len(told),
        shares=len(shares),
        shared=sum(shares),
        latest=max((t.date_iso for t in told), default=""),
        common=sum(s.common for s in compared),
        carried=sum(s.carried for s in compared),
        sentences=sum(s.sentences for s in compared),
        only=sum(s.only for s in compared),
        alike=_resemblances([likeness for s in compared for likeness in s.likenesses]),
    )


def _resemblances(likenesses: Sequence[Likeness]) -> tuple[Resemblance, ...]:
    """The other outlets as they come; those that nobody attributes are no outlet."""
    found: dict[str, list[Likeness]] = {}
    for likeness in likenesses:
        if likeness.outlet_page:
            found.setdefault(likeness.outlet_page, []).append(likeness)
    return tuple(_resemblance(page, same) for page, same in found.items())


def _resemblance(page: str, same: Sequence[Likeness]) -> Resemblance:
    closest = max(same, key=lambda one: (bool(one.pair), one.percent))
    return Resemblance(page, same[0].name, sum(one.percent for one in same), len(same), closest.percent, closest.pair)


def together(tallies: Iterable[Tally]) -> Tally:
    """Return what tellings add up to, given tallies of parts of them, in their order."""
    return reduce(_added, tallies, Tally())


def _added(one: Tally, two: Tally) -> Tally:
    alike = {row.page: row for row in one.alike}
    for row in two.alike:
        known = alike.get(row.page)
        alike[row.page] = _both(known, row) if known else row
    return Tally(
        one.tellings + two.tellings,
        one.shares + two.shares,
        one.shared + two.shared,
        max(one.latest, two.latest),
        one.common + two.common,
        one.carried + two.carried,
        one.sentences + two.sentences,
        one.only + two.only,
        tuple(alike.values()),
    )


def _both(one: Resemblance, two: Resemblance) -> Resemblance:
    closest = max(one, two, key=lambda row: (bool(row.closest), row.most))
    stories, sum_ = one.stories + two.stories, one.percent + two.percent
    return Resemblance(one.page, one.name, sum_, stories, closest.most, closest.closest)


def figures(tallied: Tally, told: Iterable[TellingEntry]) -> Figures:
    """Return an outlet beside the others.

    :param tallied: the `tally` of what it tells.
    :param told: that, the newest first; no more of it is looked at than what has sentences to show.
    """
    common, sentences = tallied.common, tallied.sentences
    return Figures(
        common=common,
        carried=tallied.carried,
        carried_percent=percent(tallied.carried / common) if common else -1,
        sentences=sentences,
        only=tallied.only,
        only_percent=percent(tallied.only / sentences) if sentences else -1,
        alike=_alike(tallied.alike),
        samples=tuple(islice((t for t in told if t.standing.samples), MOST_SAMPLES)),
    )


def _alike(found: Iterable[Resemblance]) -> tuple[Alike, ...]:
    """The other outlets, the most alike first."""
    rows = [Alike(row.name, row.page, round(row.percent / row.stories), row.stories, row.closest) for row in found]
    return tuple(sorted(rows, key=lambda row: (-row.percent, -row.stories, row.name.casefold(), row.page))[:MOST_ALIKE])
