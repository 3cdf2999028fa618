"""How well an article is read out of a saved page: `python -m tests.benchmarks.extraction FOLDER`.

FOLDER holds pages with their articles' text by hand, in the shape of Zyte's article-extraction-benchmark: a file of
JSON lines named like the folder, each line with `html` (a gzipped page below the folder's parent), `url` and `text`.
The score is that benchmark's: multisets of runs of four words (`\\w+`, case kept), a page's precision and recall by
overlap, averaged over pages, then F. Beside it stand trafilatura alone, and on how many pages something was found that
the page states: title, outlet (or the address's host), date, address.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trafilatura

from generator.ingest.markdown import blocks
from generator.ingest.seeds import read

Runs = Counter[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall over pages."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def runs(text: str) -> Runs:
    """Return the runs of four words; a shorter text is one run."""
    words = re.findall(r"\w+", text)
    if len(words) < 4:
        return Counter([tuple(words)] if words else [])
    return Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))


def score(pairs: Iterable[tuple[str, str]]) -> Score:
    """Return the score of given texts against wanted ones."""
    precisions, recalls = [], []
    for given, wanted in ((runs(one), runs(two)) for one, two in pairs):
        both = (given & wanted).total()
        precisions += [both / given.total()] if given else []
        recalls += [both / wanted.total()] if wanted else []
    return Score(sum(precisions) / len(precisions), sum(recalls) / len(recalls))


def pages(folder: Path) -> list[tuple[dict[str, Any], bytes]]:
    """Return the set's rows, each with its page."""
    lines = (folder / f"{folder.name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [(row, gzip.decompress((folder.parent / row["html"]).read_bytes())) for row in map(json.loads, lines)]


def ours(page: bytes) -> str:
    """Return the text that `ssg add` would take."""
    return "\n\n".join(block.text for block in blocks(read("seeds/page.html", page).article.body))


def alone(page: bytes) -> str:
    """Return what trafilatura gives by itself."""
    return trafilatura.extract(page, include_comments=False) or ""


def found(rows: Sequence[tuple[dict[str, Any], bytes]]) -> Counter[str]:
    """Return on how many pages each value was found."""
    counts: Counter[str] = Counter()
    for _, page in rows:
        article = read("seeds/page.html", page).article
        counts.update(key for key in ("title", "outlet", "date", "source_url", "authors") if getattr(article, key))
    return counts


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    rows = pages(parser.parse_args().folder)
    print(f"{'text':14} {'P':>6} {'R':>6} {'F':>6}   {len(rows)} pages")
    readers: dict[str, Callable[[bytes], str]] = {"trafilatura": alone, "ours": ours}
    for name, reader in readers.items():
        result = score((reader(page), row["text"]) for row, page in rows)
        print(f"{name:14} {result.precision:6.4f} {result.recall:6.4f} {result.f:6.4f}")
    for name, number in found(rows).items():
        print(f"{name:14} found on {number} of {len(rows)}")


if __name__ == "__main__":
    main()
