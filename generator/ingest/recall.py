"""How a function of a single file is called: for who reads the same files again and again, only where it must be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar, TypeVarTuple

_Given = TypeVarTuple("_Given")
_Made = TypeVar("_Made")


class Recall(Protocol):
    """Gives what a pure function makes of what it is *given*, or has made of the same before.

    What it gives is everybody's: nobody changes it.
    """

    def __call__(self, name: str, make: Callable[[*_Given], _Made], /, *given: *_Given) -> _Made:
        """Return `make(*given)`; *name* says which file that is about."""


def afresh(_name: str, make: Callable[[*_Given], _Made], /, *given: *_Given) -> _Made:
    """Remember nothing: call the function."""
    return make(*given)


class Remembered:
    """Remembers, of every file, what each function has made of it last; safe to be used by one thread."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._known: dict[tuple[str, object], tuple[object, object]] = {}
        """File and function → what it was given, and what it made of that."""
        self._asked: set[tuple[str, object]] = set()

    def __call__(self, name: str, make: Callable[[*_Given], _Made], /, *given: *_Given) -> _Made:
        """Return what *make* makes of what it is *given*: equal values are the same."""
        key = name, make
        known = self._known.get(key)
        self._asked.add(key)
        if known is None or known[0] != given:
            known = self._known[key] = given, make(*given)
        return known[1]  # type: ignore[return-value]

    def forget(self) -> None:
        """Forget the files that nobody has asked for since this was called last, so that memory does not grow."""
        self._known = {key: known for key, known in self._known.items() if key in self._asked}
        self._asked = set()
