"""How long a word diff takes, beside other engines, in one run.

Words are interned first on every side, since a site compares each text many times: as characters for this project
and rapidfuzz, as integers for cydifflib, as lines of bytes for pygit2 (libgit2's xdiff). CPU time, medians.

    python -m tests.benchmarks.diffs [--write]

pygit2 and cydifflib are measured where they are installed. With `--write` the table goes into content/docs/speed.md.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from rapidfuzz.distance import Indel

from generator.compare.matching import lettered, runs_of
from tests.benchmarks.pages import put

RUNS = 9


def text(words: int, seed: int) -> list[int]:
    """Return as many words, as unevenly frequent as those of a language."""
    chance = random.Random(seed)  # noqa: S311 - a text, not a secret
    return [min(8000, int(chance.paretovariate(0.6))) for _ in range(words)]


def edited(words: Sequence[int], edits: int, seed: int = 5) -> list[int]:
    """Return the words with some taken out and others put in."""
    chance = random.Random(seed)  # noqa: S311
    out = list(words)
    for n in range(edits):
        at = chance.randrange(len(out))
        out[at : at + chance.randrange(4)] = [9000 + n] * chance.randrange(3)
    return out


def cases() -> dict[str, tuple[list[int], list[int]]]:
    """Return pairs of texts by name."""
    short, long = text(700, 1), text(50_000, 1)
    return {
        "700 words, 35 edits": (short, edited(short, 35)),
        "700 words, unrelated": (short, text(700, 2)),
        "50,000 words, 200 edits": (long, edited(long, 200)),
        "50,000 words, unrelated": (long, text(50_000, 2)),
        "50,000 words, each twice": (long[:25_000] * 2, edited(long[:25_000] * 2, 200)),
        "50,000 words, halves exchanged": (long, long[25_000:] + long[:25_000]),
        "50,000 words, nothing shared": (long, [word + 10_000 for word in long]),
    }


def engines(old: Sequence[int], new: Sequence[int]) -> dict[str, Callable[[], object]]:
    """Return what each engine does with a pair, its words interned."""
    letters: dict[object, str] = {}
    left, right = lettered(old, letters), lettered(new, letters)
    found: dict[str, Callable[[], object]] = {
        "ssg": lambda: runs_of(left, right),
        "rapidfuzz": lambda: Indel.opcodes(left, right),
    }
    if find_spec("pygit2"):
        from pygit2 import Patch

        one, two = (b"".join(b"%d\n" % word for word in side) for side in (old, new))
        found["pygit2"] = lambda: Patch.create_from(one, two, context_lines=0)
    if find_spec("cydifflib") and len(old) < 5000:
        from cydifflib import SequenceMatcher

        found["cydifflib"] = lambda: SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return found


def milliseconds(work: Callable[[], object], times: int) -> float:
    """Return the median CPU time of one call, in milliseconds."""
    found = []
    for _ in range(RUNS):
        start = time.process_time()
        for _ in range(times):
            work()
        found.append((time.process_time() - start) / times * 1000)
    return statistics.median(found)


def peak() -> float:
    """Return the most memory that this process has held, in MiB (Linux; `getrusage` counts its parent's too)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def mebibytes(case: str, engine: str) -> float:
    """Return by how much one call raises the peak memory of a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", __spec__.name, case, engine], capture_output=True, text=True, check=True
    )
    return float(ran.stdout)


def table() -> str:
    """Measure every pair with every engine and return a Markdown table."""
    lines = ["| pair | engine | CPU ms | ssg takes | MiB |", "|---|---|---|---|---|"]
    for case, pair in cases().items():
        found = engines(*pair)
        spent = {name: milliseconds(work, 100 if len(pair[0]) < 5000 else 1) for name, work in found.items()}
        for name, took in spent.items():
            share = "" if name == "ssg" else f"{spent['ssg'] / took:.2f} ×"
            lines.append(f"| {case} | {name} | {took:.3f} | {share} | {mebibytes(case, name):.1f} |")
    libraries = ", ".join(f"{name} {_version(name)}" for name in ("rapidfuzz", "pygit2", "cydifflib"))
    return "\n".join([*lines, "", f"Medians of {RUNS}, Python {sys.version.split()[0]}, {libraries}."])


def main() -> None:
    """Print the table, and write it down if asked; given a case and an engine, tell what that one needs in memory."""
    if len(sys.argv) == 3:
        work = engines(*cases()[sys.argv[1]])[sys.argv[2]]
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget what making the texts took
        before = peak()
        work()
        print(peak() - before)
        return
    text = table()
    print(text)
    if "--write" in sys.argv:
        put("speed.md", "word diffs", text)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    main()
