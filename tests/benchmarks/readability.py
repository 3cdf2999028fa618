"""How readable word diffs are: `python -m tests.benchmarks.readability [FILE-OR-FOLDER …]`.

Against a plain minimal difference of the same texts (rapidfuzz's Indel, no clean-up) two figures say how far the
diffs are from it, over all links of sentences that are not the same:

- *words*: changed words ÷ the fewest words that could be changed. What readability costs; at most 1.07.
- *runs*: changes ÷ the operations of the minimal difference, which takes out and puts in one by one. What the eye is
  spared; at most .55. A phrase replaced by a phrase is one change here, and two operations there: that is the point.

A word is what is printed between spaces, with its marks, since whole words are what a reader sees marked; the minimal
difference is one of the same words. Two further figures look from another side: *places* counts a replacement once on
both sides; *apart* takes words and marks of punctuation for tokens of their own, as compared (case and quotation
marks made alike), and counts words alone. The last line leaves out links too unlike for a word diff to be shown.

Measured on the linked sentences of the demo seeds' pairs, and on any JSON lines files named, each line an object with
`old` and `new` (lists of sentences) and `links` (pairs of indices, or of lists of them).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapidfuzz.distance import Indel

from generator.compare.diff import alike, changes
from generator.compare.digest import digest_of
from generator.compare.text import is_word
from generator.compare.tokens import norms, tokens
from generator.ingest import seeds
from generator.model import Story

SEEDS = Path(__file__).parent.parent.parent / "seeds"
WORDS, RUNS = 1.07, 0.55

Pairs = Iterable[tuple[str, str]]
"""Sentences that say the same, old and new."""


@dataclass(slots=True)
class Measure:
    """Counts over many links, and the same of a minimal difference of printed words, and of words and marks apart."""

    links: int = 0
    words: int = 0
    apart: int = 0
    runs: int = 0
    least: Least = field(default_factory=lambda: Least())
    least_apart: Least = field(default_factory=lambda: Least())

    def told(self) -> str:
        """Return the ratios, with what they are of."""
        if not self.least.runs:
            return f"{self.links} changed links, nothing to measure"
        words, runs = self.words / self.least.words, self.runs / self.least.runs
        return (
            f"{self.links} changed links:"
            f" words {self.words}/{self.least.words} = {words:.3f}{_verdict(words, WORDS)},"
            f" runs {self.runs}/{self.least.runs} = {runs:.3f}{_verdict(runs, RUNS)};"
            f" places {self.runs / self.least.places:.3f};"
            f" apart: words {self.apart / max(1, self.least_apart.words):.3f},"
            f" runs {self.runs / self.least_apart.runs:.3f}"
        )


@dataclass(slots=True)
class Least:
    """Counts of minimal differences."""

    words: int = 0
    runs: int = 0
    places: int = 0

    def add(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Count two texts' difference."""
        kept = [op.tag == "equal" for op in Indel.opcodes(old, new)]
        self.words += Indel.distance(_words(old), _words(new))
        self.runs += kept.count(False)
        self.places += sum(not same and (n == 0 or kept[n - 1]) for n, same in enumerate(kept))


def _verdict(value: float, most: float) -> str:
    return "" if value <= most else f" (over {most})"


def measured(pairs: Pairs, *, alone: bool = False) -> Measure:
    """Return the counts over the pairs that differ in a word or mark; *alone* those that are alike."""
    out = Measure()
    for old, new in pairs:
        left, right = norms(old), norms(new)
        if left == right:
            continue
        found = changes(tokens(old), tokens(new))
        if alone and not alike(found):
            continue
        changed = [change for change in found if change.op != "equal"]
        out.links += 1
        out.runs += len(changed)
        out.words += sum(len(side.split()) for change in changed for side in (change.old, change.new))
        out.apart += sum(len(_words(norms(side))) for change in changed for side in (change.old, change.new))
        out.least.add(old.split(), new.split())
        out.least_apart.add(left, right)
    return out


def _words(found: Iterable[str]) -> list[str]:
    return [word for word in found if is_word(word)]


def seed_pairs() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the demo seeds' pairs, each with its linked sentences."""
    read = [seeds.read(f"seeds/{path.name}", path.read_bytes()).article for path in sorted(SEEDS.glob("*.txt"))]
    articles = tuple(replace(article, slug=f"a{n}") for n, article in enumerate(read))
    digest = digest_of(Story("demo", "", articles))
    texts = {segment.id: segment.text for witness in digest.witnesses for segment in witness.segments}
    for pair in digest.pairs:
        linked = [(" ".join(map(texts.get, link.old)), " ".join(map(texts.get, link.new))) for link in pair.links]  # type: ignore[arg-type]
        yield f"{pair.old}–{pair.new}", linked


def labelled(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the linked sentences of a JSON lines file, or of all in a folder."""
    for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for old, new in row["links"]:
                yield _joined(row["old"], old), _joined(row["new"], new)


def _joined(sentences: Sequence[str], at: int | Sequence[int]) -> str:
    return sentences[at] if isinstance(at, int) else " ".join(sentences[n] for n in at)


def main(paths: Sequence[str]) -> None:
    """Print the measures."""
    found = list(seed_pairs())
    for name, pairs in found:
        print(f"{name}: {measured(pairs).told()}")
    sets = {"demo seeds": [pair for _, pairs in found for pair in pairs]}
    sets |= {Path(path).name: list(labelled(Path(path))) for path in paths}
    for name, pairs in sets.items():
        print(f"{name}: {measured(pairs).told()}")
        print(f"{name}, alike: {measured(pairs, alone=True).told()}")


if __name__ == "__main__":
    main(sys.argv[1:])
