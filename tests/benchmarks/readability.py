"""How readable word diffs are: `python -m tests.benchmarks.readability [FILE-OR-FOLDER …]`.

Against a plain minimal difference of the same tokens (rapidfuzz's Indel, no clean-up) two figures say how far the
diffs are from it, over all links of sentences that are alike and not the same:

- *words*: changed words ÷ the fewest words that could be changed. What readability costs; at most 1.07.
- *runs*: changes ÷ the operations of the minimal difference, which leaves out and adds one by one. What the eye is
  spared; at most .55. A replacement is one change here and two operations there; *places* counts it once in both.

Measured on the linked sentences of the demo seeds' pairs, and on any JSON lines files named, each line an object with
`old` and `new` (lists of sentences) and `links` (pairs of indices, or of lists of them).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz.distance import Indel

from generator.compare.diff import alike, changes
from generator.compare.digest import digest_of
from generator.compare.text import is_word
from generator.compare.tokens import norms, tokens
from generator.ingest import seeds
from generator.model import Change, Story

SEEDS = Path(__file__).parent.parent.parent / "seeds"
WORDS, RUNS = 1.07, 0.55

Pairs = Iterable[tuple[str, str]]
"""Sentences that say the same, old and new."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts over many links."""

    links: int = 0
    unlike: int = 0
    words: int = 0
    least_words: int = 0
    runs: int = 0
    least_runs: int = 0
    least_places: int = 0

    def told(self) -> str:
        """Return the two ratios, with what they are of."""
        if not self.least_runs:
            return f"{self.links} changed links, nothing to measure"
        words, runs = self.words / self.least_words, self.runs / self.least_runs
        return (
            f"{self.links} changed links ({self.unlike} more too unlike to be compared):"
            f" words {self.words}/{self.least_words} = {words:.3f}{_verdict(words, WORDS)},"
            f" runs {self.runs}/{self.least_runs} = {runs:.3f}{_verdict(runs, RUNS)},"
            f" places {self.runs / self.least_places:.3f}"
        )


def _verdict(value: float, most: float) -> str:
    return "" if value <= most else f" (over {most})"


def measured(pairs: Pairs) -> Measure:
    """Return the counts over the pairs that are alike and differ in a word or mark."""
    links = unlike = words = least_words = runs = least_runs = least_places = 0
    for old, new in pairs:
        left, right = norms(old), norms(new)
        if left == right:
            continue
        found = changes(tokens(old), tokens(new))
        if not alike(found):
            unlike += 1
            continue
        links += 1
        words += _changed_words(found)
        least_words += Indel.distance(_words(left), _words(right))
        runs += sum(change.op != "equal" for change in found)
        kept = [op.tag == "equal" for op in Indel.opcodes(left, right)]
        least_runs += kept.count(False)
        least_places += sum(not same and (n == 0 or kept[n - 1]) for n, same in enumerate(kept))
    return Measure(links, unlike, words, least_words, runs, least_runs, least_places)


def _words(found: Iterable[str]) -> list[str]:
    return [norm for norm in found if is_word(norm)]


def _changed_words(found: Iterable[Change]) -> int:
    return sum(len(_words(norms(side))) for c in found if c.op != "equal" for side in (c.old, c.new))


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
    print(f"demo seeds: {measured(pair for _, pairs in found for pair in pairs).told()}")
    for path in paths:
        print(f"{Path(path).name}: {measured(labelled(Path(path))).told()}")


if __name__ == "__main__":
    main(sys.argv[1:])
