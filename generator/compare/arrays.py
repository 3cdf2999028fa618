"""Numbers by the array (numpy, extra `fast`): the same results in less time, where there is work enough for it.

Who takes it has another way without it, and both give the same to the last bit: there is no more than + - * /, square
roots (IEEE 754 says how all these are rounded) and comparisons, each number's in the same order in both ways. Fractions
are added one by one (`add.accumulate`), never by numpy's own `sum`; powers and logarithms are Python's: numpy's may be
rounded otherwise, and otherwise on another machine. Sums of whole numbers are exact, and products of matrices of them
too, as long as they stay below 2 ** 53. So whether it is installed, and which version, is part of no key.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType

#: So many steps of arithmetic on single numbers take longer than importing numpy, a tenth of a second, and what it
#: then does in their place.
_WORTH_IMPORTING = 8_000_000


def numbers(steps: int) -> ModuleType | None:
    """Return numpy if it is at hand, or installed and worth being imported; None: do without.

    Args:
        steps: how many single steps of arithmetic would be taken without it.
    """
    return _numpy() if steps >= _WORTH_IMPORTING or _numpy.cache_info().currsize else None


@cache
def _numpy() -> ModuleType | None:
    try:
        import numpy
    except ImportError:
        return None
    return numpy
