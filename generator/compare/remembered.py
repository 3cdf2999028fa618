"""What is remembered of texts and words: while a story is compared each is looked at once, however often it is asked.

The next story has other texts, but some sentences come again in it: what outlets set below every article, what they say
of a matter each time. So whoever has done with a story lets go what is remembered (`forget`) only where it is of more
texts than a few stories have, or would hold those of many stories for nothing. Words come again in all stories: of them
the last that were asked for are kept, so many that a large site takes no more memory than a small one. Results are the
same with and without.
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

#: So many texts a few stories have.
KEPT: Final = 512

_OF_TEXTS: Final[list[tuple[_lru_cache_wrapper[Any], int]]] = []


def of_texts(most: int, kept: int = KEPT) -> Callable[[Callable[..., _Result]], _lru_cache_wrapper[_Result]]:
    """Return a decorator: a function of texts gives for the last so many of them what it gave before.

    Args:
        most: how many.
        kept: of so many it is remembered in the next story, too; of one alone never.
    """

    def remembering(function: Callable[..., _Result]) -> _lru_cache_wrapper[_Result]:
        remembered = lru_cache(maxsize=most)(function)
        _OF_TEXTS.append((remembered, min(kept, most - 1)))
        return remembered

    return remembering


def of_words(function: Callable[..., _Result]) -> _lru_cache_wrapper[_Result]:
    """Let a function of a word give what it gave before, for the last `WORDS` of them."""
    return lru_cache(maxsize=WORDS)(function)


def forget() -> None:
    """Let go what is remembered of more texts than the next story may have, too."""
    for remembered, kept in _OF_TEXTS:
        if remembered.cache_info().currsize > kept:
            remembered.cache_clear()
