"""Near-duplicates and same-story groups among many articles: `python -m tests.benchmarks.grouping N WORDS`.

With `--also N[xWORDS] …` there are more tables, of other numbers of articles and words.

An invented corpus (`tests.benchmarks.invented`), 100,000 articles of some 300 words if nothing else is said, in stories
of five, in one file from which articles are read one by one. Each way of looking through it has a process of its own;
told are its CPU seconds from the first article to the last pair, reading included, and the most memory that it held.
Beside ours runs datasketch (`pip install datasketch`) as its documentation shows it: MinHash with 128 permutations of
the same word 5-grams (`update_batch`), `MinHashLSH` with a threshold of .5, pairs kept by their estimated index.

Recall is counted on all planted copies whose exact likeness, by their whole sets of 5-grams, is above the limits;
precision on the pairs found, measured likewise. Of groups B³ is told. Ours run with numpy and without. With `--write`
the tables go into content/docs/speed.md.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from generator.compare.duplicates import CONTAINMENT, JACCARD, SHORT, near_duplicates, shingles
from generator.compare.group import group
from tests.benchmarks.beside import loop
from tests.benchmarks.invented import WORDS, Lines, write
from tests.benchmarks.pages import put
from tests.benchmarks.quality import b_cubed

Pair = tuple[int, int]


def ours(texts: Sequence[str]) -> list[Pair]:
    """Return the near-duplicates that we find."""
    return [(i, j) for i, j, _, _ in near_duplicates(texts)]


def datasketch(texts: Sequence[str]) -> list[Pair]:
    """Return the pairs with an estimated Jaccard index of .5 that MinHash and LSH find."""
    from datasketch import LeanMinHash, MinHash, MinHashLSH

    lsh, kept, found = MinHashLSH(threshold=JACCARD, num_perm=128), [], []
    word = re.compile(r"\w+")
    for number, text in enumerate(texts):
        words = word.findall(text.lower())
        runs = {" ".join(run).encode() for run in zip(*(words[at:] for at in range(5)), strict=False)}
        made = MinHash(num_perm=128)
        made.update_batch(runs)
        sketch = LeanMinHash(made)
        found += [(other, number) for other in lsh.query(sketch) if kept[other].jaccard(sketch) >= JACCARD]
        lsh.insert(number, sketch)
        kept.append(sketch)
    return found


PARTS: dict[str, Callable[[Sequence[str]], list[Pair] | list[list[int]]]] = {
    "near-duplicates": ours,
    "datasketch": datasketch,
    "groups": group,
}
#: The same without the optional library that makes them fast.
PLAIN = " without numpy"
NAMES = (*PARTS, f"near-duplicates{PLAIN}", f"groups{PLAIN}")


def _part(name: str, corpus: Path, result: Path) -> None:
    """Do one part in this process, and write down what it found and took."""
    texts = Lines(corpus)
    if name.endswith(PLAIN):
        sys.modules["numpy"] = None  # type: ignore[assignment]
    before = time.process_time()
    found = PARTS[name.removesuffix(PLAIN)](texts)
    cpu, peak = time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result.write_text(json.dumps({"cpu": cpu, "peak": peak, "found": found}), encoding="utf-8")


def _run(name: str, corpus: Path) -> dict[str, Any]:
    result = corpus.with_name(f"{name}.json")
    environment = {**os.environ, "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "tests.benchmarks.grouping", "--part", name, "--corpus", str(corpus)]
    subprocess.run([*command, "--result", str(result)], check=True, env=environment)
    found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return found


def likeness(texts: Sequence[str], pair: Pair) -> tuple[float, float]:
    """Return the Jaccard index and the containment of two texts' word 5-grams; a short one contains nothing."""
    one, other = shingles(texts[pair[0]]), shingles(texts[pair[1]])
    both, least = len(one & other), min(len(one), len(other))
    return both / len(one | other), both / least if least >= SHORT else 0.0


def _scored(name: str, run: dict[str, Any], texts: Sequence[str], planted: Iterable[Pair]) -> str:
    found = {(min(pair), max(pair)) for pair in run["found"]}
    measured = {pair: likeness(texts, pair) for pair in {*planted, *found}}
    by_jaccard = name == "datasketch"
    alike = {p for p, (j, c) in measured.items() if j >= JACCARD or (c >= CONTAINMENT and not by_jaccard)}
    wanted = alike.intersection(planted)
    return (
        f"recall {len(found & wanted) / len(wanted):.4f} of {len(wanted):,}, "
        f"precision {len(found & alike) / max(1, len(found)):.4f} of {len(found):,}"
    )


def table(articles: int, words: int, folder: Path, names: Sequence[str], rounds: int) -> str:
    """Run all parts in turn, so many times; return a Markdown table of medians, shares those of each round's runs."""
    corpus = folder / "corpus.txt"
    labels = write(corpus, articles, words)
    texts = Lines(corpus)
    planted = [(of, number) for number, (_, of) in enumerate(labels) if of >= 0]
    lines = ["| what | CPU s | of datasketch | peak MiB | found |", "|---|---|---|---|---|"]
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for name in [*names] * rounds:
        runs[name].append(_run(name, corpus))
    for name, some in runs.items():
        if name.startswith("groups"):
            said = f"B³ {b_cubed(some[0]['found'], [str(story) for story, _ in labels])}"
        else:
            said = _scored(name, some[0], texts, planted)
        cpu, peak = (median(run[key] for run in some) for key in ("cpu", "peak"))
        pairs = list(zip(some, runs.get("datasketch", ()), strict=False))
        share = f"{median(run['cpu'] / peer['cpu'] for run, peer in pairs):.2f} ×" if pairs else ""
        lines.append(f"| {name} | {cpu:.1f} | {share} | {peak:.0f} | {said} |")
    beside = [name for name in ("numpy", "datasketch") if find_spec(name)]
    versions = "".join(f", {name} {importlib.metadata.version(name)}" for name in beside)
    lines += [
        "",
        f"{articles:,} articles, {corpus.stat().st_size / articles / 1000:.1f} kB each ({words} words on average), "
        f"medians of {rounds}, Python {platform.python_version()}{versions}; a loop of 400,000 rounds in Python: "
        f"{loop():.3f} s CPU.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the table, or do one part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("articles", type=int, nargs="?", default=100_000)
    parser.add_argument("words", type=int, nargs="?", default=WORDS)
    parser.add_argument("--also", nargs="*", default=[], help="so many articles, too, in a table: N, or NxWORDS")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--rounds", type=int, default=1, help="so many runs of each, in turn")
    parser.add_argument("--part", choices=NAMES)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--result", type=Path)
    options = parser.parse_args()
    if options.part:
        _part(options.part, options.corpus, options.result)
        return
    made = []
    also = (
        (int(articles), int(words or options.words)) for articles, _, words in (a.partition("x") for a in options.also)
    )
    for articles, words in ((options.articles, options.words), *also):
        with tempfile.TemporaryDirectory() as folder:
            made.append(table(articles, words, Path(folder), options.only, options.rounds))
        print(made[-1], end="\n\n", flush=True)
    if options.write:
        put("speed.md", "grouping", "\n\n".join(made))


if __name__ == "__main__":
    main()
