"""Warnings that say the same of many files: the first of each kind are printed, the others are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from generator.errors import Problem

#: So many warnings of one kind are printed.
FEW = 20
#: What differs from one warning of a kind to the next: what is quoted, names of files, numbers.
_OWN = re.compile(r"'[^']*'|“[^”]*”|\S*[/.]\S+|\d[\d,]*")


def kind(problem: Problem) -> str:
    """Return what a problem says, without what it says of its own file alone."""
    return _OWN.sub("…", problem.message)


def few_of_each(problems: Iterable[Problem]) -> tuple[list[Problem], list[tuple[Problem, int]]]:
    """Return the first problems of each kind, in their order; and how many more there are like one of these."""
    seen: Counter[str] = Counter()
    first: dict[str, Problem] = {}
    few = []
    for problem in problems:
        said = kind(problem)
        seen[said] += 1
        first.setdefault(said, problem)
        if seen[said] <= FEW:
            few.append(problem)
    return few, [(first[said], number - FEW) for said, number in seen.items() if number > FEW]


def lines_of(few: Iterable[Problem], more: Iterable[tuple[Problem, int]], way: str) -> list[str]:
    """Return what a person is told of what `few_of_each` gave; *way* says how to see all."""
    return [*map(str, few), *(f"{number:,} more like {problem} ({way})" for problem, number in more)]
