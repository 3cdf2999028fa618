"""What a readable diff may cost: so many more printed words changed than the fewest that could be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from generator.compare.islands import Prices
from generator.compare.printed import Block, Printed, bounds_before, least, whole, words_before
from generator.values import dataclass

#: Share of the fewest words that could change by which a readable diff may change more; and the number of changed words
#: below which that is not asked, because in a short sentence one small word is a tenth.
SHARE, SHORT = 0.07, 30


@dataclass(frozen=True, slots=True)
class Budget:
    """The printed words of two sides, told by the bounds before each place, and how many of them may be changed."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    most: float
    """Infinite where a text is too short to be asked."""

    def prices(self, found: Sequence[Block], less: int = 0) -> Prices:
        """Return what each equal run would cost if it were dropped, and what there is to spend but for *less*."""
        if math.isinf(self.most):
            return Prices((0,) * len(found), math.inf)
        words = whole(self.old, self.new, found)
        return Prices(words, self.most - self._changed(words) - less)

    def over(self, found: Sequence[Block]) -> int:
        """Return by how many changed words a diff is too dear; none or less than none, if it is not."""
        return 0 if math.isinf(self.most) else math.ceil(self._changed(whole(self.old, self.new, found)) - self.most)

    def _changed(self, kept: Iterable[int]) -> int:
        return self.old[-1] + self.new[-1] - 2 - sum(kept)


_NOT_ASKED = Budget((), (), math.inf)


def budget(found: Sequence[Block], old: Printed, new: Printed) -> Budget:
    """Return what a diff with the equal runs *found*, the most that can be kept, may cost when it is made readable."""
    if len(old.norms) + len(new.norms) < SHORT:
        return _NOT_ASKED
    before = words_before(old)
    kept = sum([before[at + size] - before[at] for at, _, size in found])
    if before[-1] + words_before(new)[-1] - 2 * kept < SHORT:
        return _NOT_ASKED
    return Budget(bounds_before(old), bounds_before(new), (1 + SHARE) * least(old, new))
