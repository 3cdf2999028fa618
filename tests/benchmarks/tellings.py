"""What comparing a story costs as its tellings grow in number: `python -m tests.benchmarks.tellings [RUNS] [--write]`.

Short tellings of nine sentences (those of `building`) and long ones of thirty-five (those of `stages`), 5, 12, 24 and
50 of a story. CPU seconds of one process that has compared before; then `ssg build` from nothing of a site of this
one story, its pages and all, CPU and wall; medians of the runs. Beside them what three million rounds of an empty loop
took in the same minute, since the same machine is not always as fast. With `--write` the table goes into
content/docs/speed.md.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from generator.compare.digest import digest_of
from generator.model import Article, Story
from tests.benchmarks.building import article, loop, measured
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


def compared(made: Story) -> float:
    """Return the CPU seconds of comparing a story."""
    before = time.process_time()
    digest_of(made)
    return time.process_time() - before


def built(made: Story) -> tuple[float, float]:
    """Return the CPU and wall seconds of building a site of one story from nothing, with the default theme."""
    with tempfile.TemporaryDirectory() as folder:
        story = Path(folder) / "content" / "stories" / "s"
        story.mkdir(parents=True)
        (Path(folder) / "ssg.yml").write_text("title: Town\nbase_url: https://town.example/\n", encoding="utf-8")
        for one in made.articles:
            header = f"---\ntitle: As told by {one.outlet}\noutlet: {one.outlet}\ndate: 2025-01-01\n---\n\n"
            (story / f"{one.slug}.md").write_text(header + one.body, encoding="utf-8")
        run = measured([sys.executable, "-m", "generator", "-C", folder, "build"])
    return run.cpu, run.wall


def table(runs: int) -> str:
    """Return the costs as a Markdown table."""
    lines = ["| tellings | pairs | sentences each | comparing | whole site, CPU | wall | loop |", "|---" * 7 + "|"]
    digest_of(story(2, long, 0))
    for count in COUNTS:
        for sentences, told in ((9, short), (35, long)):
            costs = []
            for run in range(1, runs + 1):
                made = story(count, told, run)
                costs.append((compared(made), *built(made), loop()))
            cells = [f"{median(column):.2f} s" for column in zip(*costs, strict=True)]
            lines.append(f"| {count} | {count * (count - 1) // 2:,} | {sentences} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", f"Medians of {runs}, Python {platform.python_version()}."])


def main() -> None:
    """Measure, print the table, and write it down if asked."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does
    runs = next((int(word) for word in sys.argv[1:] if word.isdigit()), 3)
    text = table(runs)
    print(text)
    if "--write" in sys.argv:
        put("speed.md", "tellings", text)


if __name__ == "__main__":
    main()
