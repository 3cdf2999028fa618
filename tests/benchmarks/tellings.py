"""What comparing a story costs as its tellings grow in number: `python -m tests.benchmarks.tellings [RUNS] [--write]`.

Short tellings of nine sentences (those of `building`) and long ones of thirty-five (those of `stages`), 5, 12, 24 and
50 of a story. CPU seconds of one process that has compared before, medians of the runs; beside them what a loop of
three million additions took in the same minute, since the same machine is not always as fast. With `--write` the table
goes into content/docs/speed.md.
"""

from __future__ import annotations

import platform
import sys
import time
from collections.abc import Callable
from statistics import median

from generator.compare.digest import digest_of
from generator.model import Article, Story
from tests.benchmarks.building import article
from tests.benchmarks.pages import put
from tests.benchmarks.stages import telling

COUNTS = (5, 12, 24, 50)


def short(run: int, number: int) -> str:
    """Return a telling of nine sentences, six of which others tell too."""
    return article(1000 * run + number, run, "ledger").split("---\n\n", 1)[1]


def long(run: int, number: int) -> str:
    """Return a telling of thirty-five sentences, twenty of which others tell too."""
    return telling(run, number)


def story(count: int, told: Callable[[int, int], str], run: int) -> Story:
    """Return a story in so many tellings, another one for each run."""
    return Story("s", "Story", tuple(Article(outlet=f"o{n}", body=told(run, n), slug=f"a{n}") for n in range(count)))


def loop() -> float:
    """Return how long three million additions take: what this minute's machine is worth."""
    before, total = time.process_time(), 0
    for number in range(3_000_000):
        total += number
    return time.process_time() - before


def table(runs: int) -> str:
    """Return the costs as a Markdown table."""
    lines = ["| tellings | pairs | nine sentences each | thirty-five sentences each | loop |", "|---|---|---|---|---|"]
    digest_of(story(2, long, 0))
    for count in COUNTS:
        loops, cells = [], []
        for told in (short, long):
            costs = []
            for run in range(1, runs + 1):
                loops.append(loop())
                made = story(count, told, run)
                before = time.process_time()
                digest_of(made)
                costs.append(time.process_time() - before)
            cells.append(f"{median(costs):.2f} s")
        lines.append(f"| {count} | {count * (count - 1) // 2:,} | {' | '.join(cells)} | {median(loops):.2f} s |")
    return "\n".join([*lines, "", f"CPU, medians of {runs}, Python {platform.python_version()}."])


def main() -> None:
    """Measure, print the table, and write it down if asked."""
    runs = next((int(word) for word in sys.argv[1:] if word.isdigit()), 3)
    text = table(runs)
    print(text)
    if "--write" in sys.argv:
        put("speed.md", "tellings", text)


if __name__ == "__main__":
    main()
