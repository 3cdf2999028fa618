"""How readable word diffs are, and how readable any could be.

    python -m tests.benchmarks.readability [FILE-OR-FOLDER …]

Against a plain minimal difference of the same texts (rapidfuzz's Indel, no clean-up) two figures say how far the diffs
are from it:

- *words*: changed words, deleted and inserted, ÷ the fewest words that could be changed. What readability costs; at
  most 1.07.
- *runs*: runs of changes ÷ those of the plain difference. What the eye is spared; at most .55. Counted three ways:
  *eye* takes a phrase replaced by a phrase for one change, as a reader does, and the plain difference by its
  operations, of which one takes out and one puts in; *places* takes a replacement for one on both sides; *sides* takes
  what is deleted and what is inserted for a run each, on both sides.

A word is what is printed between spaces, with its marks, since whole words are what a reader sees marked; *bare* counts
words without the marks set to them, as they are compared (case and quotation marks made alike).

In brackets stands the best: the fewest runs that any diff of printed words can have at 1.07 times the fewest words,
found by an exact optimiser (`tests.benchmarks.frontier`). Where that is over .55, no diff can do what is asked.

Measured on the demo seeds' ten pairs, as whole texts and as linked sentences, and on any JSON lines files named, each
line an object with `old` and `new` (lists of sentences) and `links` (pairs of indices, or of lists of them). Linked
sentences are measured as word diffs and *as shown*: those too unlike for a word diff stand side by side with the words
that they share marked. *Alike* leaves these out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import Indel

from generator.compare.diff import changes, shared
from generator.compare.digest import digest_of
from generator.compare.text import is_word
from generator.compare.tokens import norms, tokens
from generator.compare.witness import witness_of
from generator.compare.worthwhile import alike
from generator.ingest import seeds
from generator.model import Change, Story
from tests.benchmarks.frontier import fewest_runs

SEEDS = Path(__file__).parent.parent.parent / "seeds"
WORDS, RUNS = 1.07, 0.55

Pair = tuple[str, str]
"""Two texts that say the same, old and new."""
Method = Callable[[str, str], Sequence[Change]]


class Count(NamedTuple):
    """Counts of a diff: changed words, printed and bare; places of changes, and runs on both sides."""

    words: int = 0
    bare: int = 0
    places: int = 0
    sides: int = 0

    def plus(self, other: Count) -> Count:
        """Return the sums."""
        return Count(*map(sum, zip(self, other, strict=True)))


def diffed(old: str, new: str) -> Sequence[Change]:
    """Return the word diff of two texts."""
    return changes(tokens(old), tokens(new))


def as_shown(old: str, new: str) -> Sequence[Change]:
    """Return the word diff of two texts, or the words they share where a diff says nothing."""
    found = diffed(old, new)
    return found if alike(found) else shared(tokens(old), tokens(new))


def ours(found: Sequence[Change]) -> Count:
    """Return the counts of a diff."""
    changed = [change for change in found if change.op != "equal"]
    texts = [side for change in changed for side in (change.old, change.new) if side]
    return Count(
        sum(len(text.split()) for text in texts), sum(len(_bare(text)) for text in texts), len(changed), len(texts)
    )


def plain(old: str, new: str) -> Count:
    """Return the counts of a minimal difference."""
    kept = [op.tag == "equal" for op in Indel.opcodes(old.split(), new.split())]
    places = sum(not same and (n == 0 or kept[n - 1]) for n, same in enumerate(kept))
    words, bare = Indel.distance(old.split(), new.split()), Indel.distance(_bare(old), _bare(new))
    return Count(words, bare, places, kept.count(False))


def _bare(text: str) -> list[str]:
    return [norm for norm in norms(text) if is_word(norm)]


def told(pairs: Iterable[Pair], method: Method, *, best: bool = True) -> str:
    """Return the measures of a method over the pairs that differ in a word or mark, as a line."""
    pairs = [pair for pair in pairs if norms(pair[0]) != norms(pair[1])]
    if not pairs:
        return "nothing to measure"
    found = least = Count()
    for old, new in pairs:
        found, least = found.plus(ours(method(old, new))), least.plus(plain(old, new))
    bounds = _bounds(pairs, WORDS * least.words) if best else (None, None)
    runs = (
        ("eye", found.places, least.sides, bounds[0]),
        ("places", found.places, least.places, bounds[0]),
        ("sides", found.sides, least.sides, bounds[1]),
    )
    return (
        f"{len(pairs):4}  words {_ratio(found.words, least.words, WORDS)}"
        + "".join(f"  {name} {_ratio(n, of, RUNS)}{_best(bound, of)}" for name, n, of, bound in runs)
        + f"  bare {_ratio(found.bare, least.bare, WORDS)}"
    )


def _bounds(pairs: Sequence[Pair], limit: float) -> tuple[float, float]:
    split = [(old.split(), new.split()) for old, new in pairs]
    return fewest_runs(split, limit, sides=False), fewest_runs(split, limit, sides=True)


def _ratio(count: float, of: int, most: float) -> str:
    """Return a ratio, with an exclamation mark where it is over the limit."""
    value = count / max(1, of)
    return f"{value:.3f}{'!' if value > most else ' '}"


def _best(bound: float | None, of: int) -> str:
    return "" if bound is None else f"({bound / max(1, of):.3f})"


def read_seeds() -> Story:
    """Return the demo seeds as a story."""
    read = [seeds.read(f"seeds/{path.name}", path.read_bytes()).article for path in sorted(SEEDS.glob("*.txt"))]
    return Story("demo", "", tuple(replace(article, slug=f"a{n}") for n, article in enumerate(read)))


def whole_pairs(story: Story) -> Iterator[tuple[str, Pair]]:
    """Yield a story's pairs as whole texts."""
    texts = [witness_of(article, sigil).text for sigil, article in zip("ABCDE", story.articles, strict=False)]
    for (one, old), (two, new) in combinations(zip("ABCDE", texts, strict=False), 2):
        yield f"{one}–{two}", (old, new)


def linked_pairs(story: Story) -> Iterator[tuple[str, list[Pair]]]:
    """Yield a story's pairs, each with its linked sentences."""
    digest = digest_of(story)
    texts = {segment.id: segment.text for witness in digest.witnesses for segment in witness.segments}
    for pair in digest.pairs:
        linked = [(" ".join(map(texts.get, link.old)), " ".join(map(texts.get, link.new))) for link in pair.links]  # type: ignore[arg-type]
        yield f"{pair.old}–{pair.new}", linked


def labelled(path: Path) -> Iterator[tuple[Pair, list[Pair]]]:
    """Yield the rows of a JSON lines file, or of all in a folder: both whole texts, and the linked sentences."""
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            linked = [(_joined(row["old"], old), _joined(row["new"], new)) for old, new in row["links"]]
            yield (" ".join(row["old"]), " ".join(row["new"])), linked


def _joined(sentences: Sequence[str], at: int | Sequence[int]) -> str:
    return sentences[at] if isinstance(at, int) else " ".join(sentences[n] for n in at)


def main(paths: Sequence[str]) -> None:
    """Print the measures."""
    story = read_seeds()
    print("pairs, and ours ÷ plain (the best any diff can do at 1.07); ! is over the limit")
    for name, pair in whole_pairs(story):
        print(f"{name}, whole texts    {told([pair], diffed)}")
    found = list(linked_pairs(story))
    for name, pairs in found:
        print(f"{name}, sentences      {told(pairs, diffed)}")
        print(f"{name}, as shown       {told(pairs, as_shown, best=False)}")
    sets = {"demo seeds": [pair for _, pairs in found for pair in pairs]}
    for path in paths:
        rows = list(labelled(Path(path)))
        sets[Path(path).stem] = [pair for _, linked in rows for pair in linked]
        print(f"{Path(path).stem}, whole texts: {told([whole for whole, _ in rows], diffed, best=False)}")
    for name, pairs in sets.items():
        print(f"{name}, sentences: {told(pairs, diffed)}")
        print(f"{name}, as shown:  {told(pairs, as_shown, best=False)}")
        print(f"{name}, alike:     {told([pair for pair in pairs if alike(diffed(*pair))], diffed)}")


if __name__ == "__main__":
    main(sys.argv[1:])
