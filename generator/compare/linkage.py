"""Groups by average linkage: an article joins a group that it resembles on average, and one pair chains nothing.

What holds together much better than it holds to another group, as two events of the same people do, stays apart from
it. Articles that no chain of resembling pairs joins are never in one group, so that each such chain is worked through
by itself, and what resembles nothing enough is never looked at.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections.abc import Iterator, Mapping, Sequence

from generator.compare.unions import groups_of
from generator.compare.vectors import Likenesses

#: Average similarity from which articles tell one story.
SAME_STORY = 0.18
#: Two groups must resemble each other by so much of what the articles of the closer one do on average, and by so much
#: of what those of the looser one do; each counted up to a cap, since copies of a text resemble each other more.
_CLOSER, _CLOSER_CAP = 0.6, 0.4
#: The same of one or two articles that would join a group: they have little to hold together by themselves, and are
#: most often the same people's next story.
_CLOSER_OF_FEW, _FEW = 0.63, 2
_LOOSER, _LOOSER_CAP = 0.8, 0.3

Sums = dict[int, dict[int, float]]
"""Similarities of the articles of two groups, added up; of a pair without a similarity none."""


def linked(found: Likenesses, day: Sequence[int | None], days: int) -> list[list[int]]:
    """Return groups of the articles 0 … len(*day*) - 1, in any order.

    :param day: of each article, None where it states none.
    :param days: articles whose days lie further apart are never in one group.
    """
    close = ((i, j) for i, j, value in _pairs(found) if value >= SAME_STORY)
    chains = groups_of(len(day), close)
    chain = array("I", bytes(4 * len(day)))
    for number, members in enumerate(chains):
        for member in members:
            chain[member] = number
    within: dict[int, Sums] = {number: {} for number, members in enumerate(chains) if len(members) > 1}
    for i, j, value in _pairs(found):
        if chain[i] == chain[j]:
            sums = within[chain[i]]
            sums.setdefault(i, {})[j] = sums.setdefault(j, {})[i] = value
    groups = [members for members in chains if len(members) == 1]
    for number in list(within):
        groups += _linked(within.pop(number), day, days)
    return groups


def _pairs(found: Likenesses) -> Iterator[tuple[int, int, float]]:
    return zip(found.first, found.second, found.value, strict=True)


def _linked(sums: Sums, day: Sequence[int | None], days: int) -> list[list[int]]:
    """Return groups by average linkage down to `SAME_STORY` (Sokal & Michener 1958), ties by the smaller numbers.

    :param sums: similarities of articles; changed. A pair without one counts as 0.
    """
    members = {n: [n] for n in sums}
    inside = dict.fromkeys(members, 0.0)
    span = {n: (at, at) if (at := day[n]) is not None else None for n in members}
    heap = [(-value, i, j) for i in sums for j, value in sums[i].items() if i < j and value >= SAME_STORY]
    heapq.heapify(heap)
    while heap:
        negative, i, j = heapq.heappop(heap)
        if i not in members or j not in members or -negative != _average(sums, members, i, j):
            continue
        joint = _joint(span[i], span[j])
        looser, closer = sorted(_cohesion(inside[n], len(members[n])) for n in (i, j))
        share = _CLOSER_OF_FEW if min(len(members[i]), len(members[j])) <= _FEW else _CLOSER
        asked = max(share * min(_CLOSER_CAP, closer), _LOOSER * min(_LOOSER_CAP, looser))
        if (joint and joint[1] - joint[0] > days) or -negative < asked:
            continue
        inside[i] = math.fsum((inside[i], inside[j], sums[i][j]))
        _merge(members, sums, i, j)
        span[i] = joint
        for k in sorted(sums[i]):
            low, high = min(i, k), max(i, k)
            if (average := _average(sums, members, low, high)) >= SAME_STORY:
                heapq.heappush(heap, (-average, low, high))
    return list(members.values())


def _average(sums: Mapping[int, Mapping[int, float]], members: Mapping[int, list[int]], i: int, j: int) -> float:
    return sums[i].get(j, 0.0) / (len(members[i]) * len(members[j]))


def _cohesion(similarity: float, size: int) -> float:
    """Return the average similarity of the pairs within a group; none for one article alone."""
    return similarity / (size * (size - 1) / 2) if size > 1 else 0.0


def _joint(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _merge(members: dict[int, list[int]], sums: dict[int, dict[int, float]], i: int, j: int) -> None:
    """Put group j into group i, adding up their similarities to every other group."""
    members[i] += members.pop(j)
    gone = sums.pop(j)
    sums[i].pop(j, None)
    gone.pop(i, None)
    for k, value in sorted(gone.items()):
        del sums[k][j]
        sums[i][k] = sums[k][i] = sums[i].get(k, 0.0) + value
