"""What is remembered of texts and words: while a story is compared each is looked at once, however often it is asked.

The next story has other texts: whoever has done with one lets go what is remembered of it (`forget`), or holds those of
many stories for nothing. Words come again in other stories: of them the last that were asked for are kept, so many that
a large site takes no more memory than a small one. Results are the same with and without.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

_Result = TypeVar("_Result")

#: News have many words that few articles use: more of them would be held in every process and seldom asked for again.
WORDS: Final = 1 << 15

_OF_TEXTS: Final[list[_lru_cache_wrapper[Any]]] = []


def of_texts(most: int) -> Callable[[Callable[..., _Result]], _lru_cache_wrapper[_Result]]:
    """Return a decorator: a function of texts gives for the last so many of them what it gave before."""

    def remembering(function: Callable[..., _Result]) -> _lru_cache_wrapper[_Result]:
        remembered = lru_cache(maxsize=most)(function)
        _OF_TEXTS.append(remembered)
        return remembered

    return remembering


def of_words(function: Callable[..., _Result]) -> _lru_cache_wrapper[_Result]:
    """Let a function of a word give what it gave before, for the last `WORDS` of them."""
    return lru_cache(maxsize=WORDS)(function)


def forget() -> None:
    """Let go what is remembered of all texts."""
    for remembered in _OF_TEXTS:
        remembered.cache_clear()
