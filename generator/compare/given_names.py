"""Whether two given names may be one person's: `John` and `J.`, `Joe` and `Joseph`, `Volodymyr` and `Vladimir`."""

from __future__ import annotations

from generator.compare.matching import matching_runs

#: Short forms that share too little with the name to be seen as one of it.
_SHORT = tuple(
    frozenset(group.split())
    for group in (
        "robert bob bobby rob robbie", "richard dick rick rich", "edward ted ned eddie", "theodore ted teddy",
        "john jack johnny", "james jim jimmy jamie", "henry harry hank", "charles chuck charlie", "margaret peggy meg",
        "elizabeth liz beth betty lizzie", "william bill billy will", "alexander sasha alex", "dmitry dima",
        "mary molly polly", "sarah sally", "michael mike mick misha", "katherine kate kitty", "patricia pat trish",
        "joseph joe", "susan sue", "vladimir volodya vova", "yevgeny zhenya", "giuseppe beppe", "francisco paco pancho",
        "jose pepe",
    )
)  # fmt: skip
#: Of the letters of both, the share that one person's names have in common, in order; more of them are alike.
_ALIKE = 0.5


def may_be_one(one: str, two: str) -> bool:
    """Return whether two given names may be of one person, who is named by an initial, shorter or romanised otherwise.

    >>> [may_be_one("John", other) for other in ("J.", "Johnny", "Jon", "Jack", "Jane")]
    [True, True, True, True, False]
    """
    first, second = sorted((_letters(one), _letters(two)), key=len)
    if second.startswith(first) or any({first, second} <= group for group in _SHORT):
        return True
    shared = sum(length for _, _, length in matching_runs(first, second))
    return 2 * shared > _ALIKE * (len(first) + len(second))


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
