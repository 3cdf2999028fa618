"""How one sequence of tokens becomes another, readably.

A smallest difference is found first (`generator.compare.matching`). Small passes then make it readable, each a pure
function from blocks to blocks: keep as many words in fewer runs, slide edits to the edges of phrases, drop islands
(`generator.compare.islands`), give marks to the words they are printed with. Tokens are compared by `norm`, so
quotation marks and dashes never show, nor a capital that a sentence begins with; both prints are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.compare.budget import Budget, budget
from generator.compare.chains import chain
from generator.compare.islands import TIES, without_islands, without_small_words, worth, worths
from generator.compare.matching import matching_runs
from generator.compare.printed import Block, Printed, laid_out, printed
from generator.compare.remembered import of_texts, of_words
from generator.compare.text import STOP_WORDS, cased, is_word
from generator.compare.tokens import tokens
from generator.compare.worthwhile import SENTENCES, is_alike, may_be_alike
from generator.model import Change, Token
from generator.values import dataclass, maker


def word_changes(old: str, new: str) -> list[Change]:
    """Return how `old` becomes `new`, in whole words.

    Joined, the changes' `old` parts are the old text and their `new` parts the new one, white space included. A phrase
    that is replaced by a phrase is one change, and what is merely set differently (quotation marks, dashes, spaces, a
    sentence's first capital) is none.

    >>> for change in word_changes("The old bridge was closed on Monday.", "The bridge was shut on Tuesday night."):
    ...     print(f"{change.op:8} {change.old!r:24} {change.new!r}")
    equal    'The '                   'The '
    delete   'old '                   ''
    equal    'bridge was '            'bridge was '
    replace  'closed '                'shut '
    equal    'on '                    'on '
    replace  'Monday.'                'Tuesday night.'
    """
    return list(changes(tokens(old), tokens(new)))


def changes(old: Sequence[Token], new: Sequence[Token]) -> tuple[Change, ...]:
    """Return how one sequence of tokens becomes another: whole words, phrases replaced at once, no pepper."""
    return _Sides.of(old, new).changes()


def shared(old: Sequence[Token], new: Sequence[Token]) -> tuple[Change, ...]:
    """Return the changes of two unlike texts in which only runs that say something are `equal`.

    For showing two wordings side by side with their common words marked: runs of mere stop words and punctuation
    are folded into what surrounds them, as far as a word diff may be dearer than the smallest.
    """
    return _Sides.of(old, new).shared()


_made = maker(Change)


@of_texts(16384, kept=2048)  # fifty long tellings have twelve thousand pairs of sentences
def wording(old: str, new: str, *, readable: bool = False) -> tuple[bool, tuple[Change, ...]]:
    """Return whether a word diff of two texts says anything, and it, or else the words that they share.

    Many tellings of a story, and all its pages, ask for the same pairs of sentences.

    :param readable: it does, whatever it is.
    """
    if old == new:
        return True, (_made("equal", old, new),) if old else ()
    sides = _sides(old, new)
    if readable or may_be_alike(sides.found, sides.old, sides.new):
        kept = sides.readable()
        if readable or is_alike(kept, sides.old, sides.new, _played):
            return True, _played(sides.old, sides.new, kept)
    return False, sides.shared()


@of_texts(2048)
def _side(text: str) -> Printed:
    return printed(tokens(text))


@of_texts(2048)
def _sides(old: str, new: str) -> _Sides:
    return _Sides.between(_side(old), _side(new))


@dataclass(frozen=True, slots=True)
class _Sides:
    """Two texts, the equal runs of a smallest difference, and what a readable one may cost."""

    old: Printed
    new: Printed
    found: list[Block]
    purse: Budget

    @classmethod
    def of(cls, old: Sequence[Token], new: Sequence[Token]) -> _Sides:
        return cls.between(printed(old), printed(new))

    @classmethod
    def between(cls, old: Printed, new: Printed) -> _Sides:
        found = _kept(old.norms, new.norms)
        return cls(old, new, found, budget(found, old, new))

    def changes(self) -> tuple[Change, ...]:
        return _played(self.old, self.new, self.readable())

    def readable(self) -> list[Block]:
        """Return the equal runs of a readable difference."""
        return _readable(self.found, self.old, self.new, self.purse)

    def shared(self) -> tuple[Change, ...]:
        kept = without_small_words(self.found, worths(self.old), self.purse.prices(self.found))
        return _played(self.old, self.new, kept)


def blocks(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the equal runs of two sequences of norms after all clean-up, ascending on both sides."""
    kept = _kept(old, new)
    return kept if len(kept) < 2 and old == new else without_islands(kept, list(map(worth, old)), len(new))


@of_texts(4096, kept=2048)
def blocks_of(old: str, new: str) -> list[Block]:
    """Return the same of two texts by the places of their tokens."""
    sides = _sides(old, new)
    one, other = sides.old.norms, sides.new.norms
    if len(one) < len(tokens(old)) or len(other) < len(tokens(new)):  # some are white space alone
        return blocks([token.norm for token in tokens(old)], [token.norm for token in tokens(new)])
    if len(sides.found) < 2 and one == other:
        return sides.found
    return without_islands(sides.found, worths(sides.old), len(other))


def runs(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return every equal run of two sequences of norms, single small words included, ascending on both sides."""
    return _slid(matching_runs(old, new), old, new)


def _played(left: Printed, right: Printed, found: list[Block]) -> tuple[Change, ...]:
    """Return changes from equal runs; two texts without a word are equal, whatever white space they are."""
    (old, ends), (new, bounds) = laid_out(left), laid_out(right)
    if not left.norms and not right.norms:
        return (_made("equal", old, new),) if old or new else ()
    out: list[Change] = []
    i = j = 0
    for at, to, size in [*found, (len(left.texts), len(right.texts), 0)]:
        k, m = ends[at], bounds[to]
        if i < k or j < m:
            out.append(_made("insert" if i == k else "delete" if j == m else "replace", old[i:k], new[j:m]))
        i, j = ends[at + size], bounds[to + size]
        if size:
            out.append(_made("equal", old[k:i], new[m:j]))
    return tuple(out)


# ---------------------------------------------------------------------------- passes


def _kept(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the equal runs of a smallest difference, as few as may be, the changes between them whole phrases."""
    if old == new:
        return [(0, 0, len(old))] if old else []
    return _slid(_fewest(matching_runs(old, new), old, new), old, new)


def _readable(found: list[Block], old: Printed, new: Printed, purse: Budget) -> list[Block]:
    """Return equal runs without islands, marks with their words, at no more than the price of readability.

    What marks and capitals will cost is known only when the islands are gone; so a diff that has become too dear is
    made again with so much less to spend.
    """
    less = 0
    for _ in range(_ROUNDS):
        kept = without_islands(found, worths(old), len(new.norms), purse.prices(found, less))
        whole = _with_marks(kept, old, new)
        out = _without_capitals(whole, old, new)
        if out != whole:
            out = _without_cut_off(out, whole, old, new)
        over = purse.over(out)
        if over <= 0:
            break
        less += over
    return out


def _without_cut_off(found: list[Block], whole: list[Block], old: Printed, new: Printed) -> list[Block]:
    """Return equal runs without small words alone that a capital has cut off from one of *whole*, amid longer edits."""
    ends = [(0, 0), *map(_ends, found)]
    starts = [*[run[:2] for run in found], (len(old.norms), len(new.norms))]
    edits = [max(at - i, to - j) for (i, j), (at, to) in zip(ends, starts, strict=True)]
    return [
        run
        for run, before, behind in zip(found, edits, edits[1:], strict=False)
        if min(before, behind) < _LONG_EDIT or run in whole or not _is_small(old, run)
    ]


def _is_small(side: Printed, run: Block) -> bool:
    """Whether an equal run holds no word that says anything."""
    return all(not is_word(norm) or norm in STOP_WORDS for norm in side.norms[run[0] : run[0] + run[2]])


#: Edits of so many words and marks are long: between two of them the eye does not look for a small word.
_LONG_EDIT = 3

#: So often a diff is made at most, each time with less to spend.
_ROUNDS = 6


def _fewest(found: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Keep as many words and marks in fewer runs, where the common beginning and end leave several between them."""
    head = found[0][2] if found and found[0][:2] == (0, 0) else 0
    tail = found[-1][2] if found and _ends(found[-1]) == (len(old), len(new)) else 0
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(found) - (head > 0) - (tail > 0) < 2 or not _few(before, after):
        return found
    inside = [(head + at, head + to, size) for at, to, size in chain(before, after, _keeping)]
    return _joined([(0, 0, head), *inside, (len(old) - tail, len(new) - tail, tail)])


def _few(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two texts have few enough places that match to look at them all."""
    if len(old) * len(new) <= SENTENCES:
        return True
    here = Counter(old)
    return len(old) * len(new) <= _CELLS and sum(here[norm] for norm in new) <= _PLACES


#: The product of two lengths up to which texts are articles, and how many matching places they may have.
_CELLS, _PLACES = 1 << 22, 1 << 16


def _ends(block: Block) -> tuple[int, int]:
    return block[0] + block[2], block[1] + block[2]


@of_words
def _keeping(norm: str) -> float:
    """Return what keeping a token is worth: hardly less for a small word, so that as many as possible stay."""
    return 0.2 if not is_word(norm) else 1.0 if norm not in STOP_WORDS else 0.7 if norm in TIES else 0.9


def _slid(found: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Move pure insertions and deletions between two equal runs to where a phrase begins or ends.

    `the red house, the` + `blue house,` may as well be `the red house,` + ` the blue house,`.
    """
    out = list(found)
    moved = False
    for n in range(len(out) - 1):
        (a, b, size), (c, d, more) = out[n], out[n + 1]
        if a + size == c and b + size < d:
            step = _best_slide(new, b + size, d, size, more)
        elif b + size == d and a + size < c:
            step = _best_slide(old, a + size, c, size, more)
        else:
            continue
        if step:
            out[n], out[n + 1] = (a, b, size + step), (c + step, d + step, more - step)
            moved = True
    return _joined(out) if moved else out


def _best_slide(side: Sequence[str], start: int, end: int, before: int, after: int) -> int:
    """Return by how many tokens the edit `side[start:end]` is best moved, to the right if positive."""
    on = after > 0 and end < len(side) and side[start] == side[end]
    back = before > 0 and side[start - 1] == side[end - 1]
    if not on and not back:
        return 0
    best, best_score = 0, _edge(side, start, end)
    step = 0
    while step < after and end + step < len(side) and side[start + step] == side[end + step]:
        step += 1
        if (score := _edge(side, start + step, end + step)) > best_score:
            best, best_score = step, score
    step = 0
    while -step < before and side[start + step - 1] == side[end + step - 1]:
        step -= 1
        if (score := _edge(side, start + step, end + step)) > best_score:
            best, best_score = step, score
    return best


def _edge(side: Sequence[str], start: int, end: int) -> int:
    """Return how well the edit `side[start:end]` begins and ends where a phrase does."""
    score = 0
    first, last = side[start], side[end - 1]
    before = side[start - 1] if start else "."
    after = side[end] if end < len(side) else "."
    if not is_word(before) or not is_word(first):
        score += 2
    if not is_word(after) or not is_word(last):
        score += 2
    if first in STOP_WORDS:
        score += 1
    if last in STOP_WORDS:
        score -= 1
    return score if _balanced(side[start:end]) else score - 3


def _balanced(norms: Sequence[str]) -> bool:
    """Whether every bracket that opens among tokens is closed among them, and none else."""
    depth = 0
    for norm in norms:
        depth += (norm in _OPENING_BRACKETS) - (norm in _CLOSING_BRACKETS)
        if depth < 0:
            return False
    return not depth


_OPENING_BRACKETS, _CLOSING_BRACKETS = frozenset("([{"), frozenset(")]}")


def _with_marks(found: list[Block], old: Printed, new: Printed) -> list[Block]:
    """Give marks of punctuation to the words they are printed with, where both are changed or the mark alone is.

    `case,` → `scenario,` reads better as one change than a comma that stays behind, and a comma that comes or goes
    alone, or for another one, is hard to see: `time` → `time,`. Quotation marks stay by themselves.
    """
    ends = [*found, (len(old.texts), len(new.texts), 0)]
    out: list[Block] = []
    i = j = 0
    for n, (at, to, size) in enumerate(found):
        replaced = i < at and j < to
        i, j = at + size, to + size
        while replaced and size and _touches(old, at) and _touches(new, to):
            at, to, size = at + 1, to + 1, size - 1
        if size and _takes_word(old, i, ends[n + 1][0], new, j, ends[n + 1][1]) and is_word(old.norms[i - 1]):
            size -= 1
        out.append((at, to, size))
    return _joined(out)


def _takes_word(old: Printed, i: int, k: int, new: Printed, j: int, m: int) -> bool:
    """Whether the edit from `old[i:k]` to `new[j:m]` begins with a mark and is no mere addition.

    A longer addition, `the cat` → `the cat, which purred,`, leaves the word before it alone.
    """
    marked = (i < k and _touches(old, i)) or (j < m and _touches(new, j))
    return marked and (k - i + m - j == 1 or (i < k and j < m))


def _touches(side: Printed, at: int) -> bool:
    """Whether the token is a stop, comma or the like, printed right behind the token before it."""
    return side.norms[at] in _CLOSING and at > 0 and not side.texts[at - 1][-1:].isspace()


_CLOSING = frozenset({",", ".", ";", ":", "!", "?", "...", ")", "]"})


def _without_capitals(found: list[Block], old: Printed, new: Printed) -> list[Block]:
    """Take words out of equal runs that only their capitals tell apart: `President`, `president`.

    Not where either of them opens a sentence: whatever stands there has a capital.
    """
    out: list[Block] = []
    for at, to, size in found:
        if old.texts[at : at + size] == new.texts[to : to + size]:
            out.append((at, to, size))
            continue
        start = 0
        for n in range(size):
            if _recased(old, at + n, new, to + n):
                out.append((at + start, to + start, n - start))
                start = n + 1
        out.append((at + start, to + start, size - start))
    return [block for block in out if block[2]]


def _recased(old: Printed, at: int, new: Printed, to: int) -> bool:
    one, other = old.texts[at].strip(), new.texts[to].strip()
    if one == other or not is_word(old.norms[at]):
        return False
    one, other = cased(one), cased(other)
    return one != other and one.lower() == other.lower() and not (_opens(old, at) or _opens(new, to))


def _opens(side: Printed, at: int) -> bool:
    """Whether a sentence begins with the token: only marks stand between it and a terminator, or the beginning."""
    while at and not is_word(side.norms[at - 1]):
        if side.norms[at - 1] in _TERMINATORS:
            return True
        at -= 1
    return at == 0


_TERMINATORS = frozenset({".", "!", "?", "..."})


def _joined(found: list[Block]) -> list[Block]:
    """Join runs that touch on both sides, and drop empty ones."""
    out: list[Block] = []
    for at, to, size in found:
        if not size:
            continue
        if out and out[-1][0] + out[-1][2] == at and out[-1][1] + out[-1][2] == to:
            out[-1] = (out[-1][0], out[-1][1], out[-1][2] + size)
        else:
            out.append((at, to, size))
    return out
