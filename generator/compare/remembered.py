"""What is remembered of texts: while a story is compared each is looked at once, however often it is asked for.

The next story has other texts: whoever has done with one lets go what is remembered of it (`forget`), or holds those of
many stories for nothing. Results are the same with and without.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

_Result = TypeVar("_Result")

_OF_TEXTS: Final[list[_lru_cache_wrapper[Any]]] = []


def of_texts(most: int) -> Callable[[Callable[..., _Result]], _lru_cache_wrapper[_Result]]:
    """Return a decorator: a function of texts gives for the last so many of them what it gave before."""

    def remembering(function: Callable[..., _Result]) -> _lru_cache_wrapper[_Result]:
        remembered = lru_cache(maxsize=most)(function)
        _OF_TEXTS.append(remembered)
        return remembered

    return remembering


def forget() -> None:
    """Let go what is remembered of all texts."""
    for remembered in _OF_TEXTS:
        remembered.cache_clear()
