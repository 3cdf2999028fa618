"""Thai into words, which it sets without spaces: the one door to BudouX.

BudouX (Google) cuts by a small trained list of characters' neighbours that travels inside its package, so the same
text gives the same words anywhere. It knows the language's common words; a rare name may come in two pieces, or stay
with the word before it, which shows in a word diff as no more than a longer or a shorter change.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budoux import Parser


def words_of(run: str) -> list[str]:
    """Return the words of a run of Thai letters; joined, they are the run."""
    return _parser().parse(run)


@lru_cache(maxsize=1)
def _parser() -> Parser:
    from budoux import load_default_thai_parser

    return load_default_thai_parser()
