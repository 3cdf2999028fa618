"""Groups from pairs, the same whatever order the pairs come in."""

from __future__ import annotations

from collections.abc import Iterable


def groups_of(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the connected components of a graph on 0 … *count* - 1, ascending, ordered by their first member.

    Disjoint sets with path halving (Tarjan and van Leeuwen 1984).
    """
    leader = list(range(count))

    def find(member: int) -> int:
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    for one, two in pairs:
        one, two = find(one), find(two)
        leader[max(one, two)] = min(one, two)
    groups: dict[int, list[int]] = {}
    for member in range(count):
        groups.setdefault(find(member), []).append(member)
    return list(groups.values())
