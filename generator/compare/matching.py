"""What two sequences of words share, in order: the equal runs of a smallest difference. The one door to rapidfuzz.

rapidfuzz's bit-parallel Indel (Hyyrö 2004) tells words apart by their hashes of 64 bits. Its table grows with the
product of the lengths. In long texts words become characters of a private alphabet, and they are cut first at anchors:
words that occur equally often in both, the rare ones before the common, the longest chain of them that runs forward
on both sides (patience diff, Bram Cohen; histogram diff, Shawn Pearce). What stands between two anchors is compared
as before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

from rapidfuzz.distance import Indel

Run = tuple[int, int, int]
"""An equal run: where it begins in the old sequence, where in the new one, how long it is."""

#: So many cells of the table are compared at once (half a megabyte); more are cut at anchors.
CELLS = 1 << 22
#: Anchors looked at, at most; words that occur more often than `_OFTEN` times are none.
_ANCHORS, _OFTEN = 2048, 64
#: A piece between two anchors is no shorter than this, where there are anchors enough.
_PIECE = 512
#: So often are pieces cut at anchors again; then evenly, whatever the text.
_DEEP = 20


def matching_runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return the runs that two sequences share, ascending on both sides, none touching the next on both.

    As much as possible is kept, as long as the product of the lengths is at most `CELLS`; above that, nearly so.
    """
    if len(old) * len(new) <= CELLS:
        return _smallest(old, new)
    letters: dict[Hashable, str] = {}
    return runs_of(lettered(old, letters), lettered(new, letters))


def fewest_changed(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """Return how many words of both sequences are in none of the runs that they share."""
    if len(old) * len(new) <= CELLS:
        return Indel.distance(old, new)
    return len(old) + len(new) - 2 * sum(size for _, _, size in matching_runs(old, new))


def lettered(words: Sequence[Hashable], letters: dict[Hashable, str]) -> str:
    """Return a sequence as one character a word, by an alphabet that grows with the words it has not met.

    Raises `ValueError` beyond 1,114,112 different words.
    """
    for word in words:
        if word not in letters:
            letters[word] = chr(len(letters))
    return "".join([letters[word] for word in words])


def runs_of(old: str, new: str) -> list[Run]:
    """Return the same of two texts in letters."""
    if len(old) * len(new) <= CELLS:
        return _smallest(old, new)
    out: list[Run] = []
    _cut(old, new, 0, 0, out)
    return out


def _smallest(old: Sequence[Hashable], new: Sequence[Hashable], i: int = 0, j: int = 0) -> list[Run]:
    *found, _ = Indel.editops(old, new).as_matching_blocks()
    return [(i + run.a, j + run.b, run.size) for run in found]


def _cut(old: str, new: str, i: int, j: int, out: list[Run], depth: int = 0) -> None:
    """Append the runs of `old` and `new`, which begin at *i* and *j* of the whole texts."""
    head = _common(old, new)
    _append(out, (i, j, head))
    old, new, i, j = old[head:], new[head:], i + head, j + head
    tail = _common(old[::-1], new[::-1])
    inner_old, inner_new = old[: len(old) - tail], new[: len(new) - tail]
    if len(inner_old) * len(inner_new) <= CELLS:
        found = _smallest(inner_old, inner_new, i, j)
        for run in found[:1]:
            _append(out, run)
        out += found[1:]
    else:
        at = to = 0
        find = _anchors if depth < _DEEP else _even
        for a, b in [*find(inner_old, inner_new), (len(inner_old), len(inner_new))]:
            _cut(inner_old[at:a], inner_new[to:b], i + at, j + to, out, depth + 1)
            at, to = a, b
    _append(out, (i + len(inner_old), j + len(inner_new), tail))


def _append(out: list[Run], run: Run) -> None:
    a, b, size = run
    if size and out and out[-1][0] + out[-1][2] == a and out[-1][1] + out[-1][2] == b:
        out[-1] = out[-1][0], out[-1][1], out[-1][2] + size
    elif size:
        out.append(run)


def _common(one: str, other: str) -> int:
    """Return the length of the common beginning, by halving: comparing slices costs next to nothing."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _anchors(old: str, new: str) -> list[tuple[int, int]]:
    """Return where to cut two texts: pairs of places with the same word, ascending on both sides, none at the start.

    Failing any, both are cut into as many pieces of equal length as keep within `CELLS`.
    """
    pairs = _candidates(old, new)
    chain = _chain(pairs)
    least = max(_PIECE, min(len(old), len(new)) // _ANCHORS)
    spaced: list[tuple[int, int]] = []
    for a, b in chain:
        before = spaced[-1] if spaced else (0, 0)
        if a - before[0] >= least and b - before[1] >= least:
            spaced.append((a, b))
    return spaced or _even(old, new)


def _even(old: str, new: str) -> list[tuple[int, int]]:
    pieces = 2
    while (len(old) // pieces + 1) * (len(new) // pieces + 1) > CELLS:
        pieces += 1
    return [(len(old) * n // pieces, len(new) * n // pieces) for n in range(1, pieces)]


def _candidates(old: str, new: str) -> list[tuple[int, int]]:
    """Return places of words that occur equally often in both texts, the first with the first and so on, ascending."""
    here, there = Counter(old), Counter(new)
    often = Counter({letter: count for letter, count in here.items() if count <= _OFTEN and there[letter] == count})
    chosen: set[str] = set()
    places = 0
    for letter, count in reversed(often.most_common()):
        if places >= _ANCHORS:
            break
        chosen.add(letter)
        places += count
    return sorted(zip(_places(old, chosen), _places(new, chosen), strict=True))


def _places(text: str, chosen: set[str]) -> list[int]:
    """Return the places of the chosen letters, those of each letter ascending, the letters in order."""
    found: dict[str, list[int]] = {letter: [] for letter in sorted(chosen)}
    for place, letter in enumerate(text):
        if letter in chosen:
            found[letter].append(place)
    return [place for places in found.values() for place in places]


def _chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest chain of pairs that ascend on both sides (patience sorting)."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, to) in enumerate(pairs):
        pile = bisect_left(tops, to)
        before.append(last[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(to)
            last.append(n)
        else:
            tops[pile], last[pile] = to, n
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
