"""How long building takes, and how much memory: `python -m tests.benchmarks.building [ARTICLES] [--write]`.

A site of invented articles, five a story, is built from nothing, then again with nothing changed, then after one
sentence was added to one article; each in a fresh process, medians of paired runs. CPU time (user and system, workers
included) counts before wall time; memory is the most that all processes hold together, sampled. Those articles have
nine sentences; last come smaller sites of articles of 700 words, from nothing: those of `stages` have 25 nouns and ten
verbs, those of `invented` the words that news have, and with `--data FOLDER` (the labelled sets, as `quality` takes
them) there are real news of 2015 and 2016, those of PolNeAR. Where Hugo is installed, it builds the minimal site of
`beside` before and after, so that the numbers of another machine can be told from these. With `--write` the table goes
into content/docs/speed.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.pages import put

OUTLETS = ("ledger", "herald", "courier", "gazette", "tribune")
NOUNS = (
    "harbour council bridge mayor ferry budget school storm river market station museum hospital tender strike vote "
    "ceremony protest engineer crew captain clerk baker nurse teacher driver"
).split()
VERBS = "opened closed delayed approved rejected repaired inspected announced counted moved".split()
RUNS = 5
#: So many articles of 700 words are built: each costs what seven of nine sentences do.
LONG = 500
#: As many words as an article of PolNeAR has on average.
WORDS = 760


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a program."""

    cpu: float
    """Seconds of all its processes."""
    wall: float
    memory: float
    """MiB of all its processes together, at most."""


def corpus(root: Path, articles: int, body: Callable[[int, int], str] | None = None) -> None:
    """Write a content folder: every story in five tellings that share six sentences and have three of their own.

    Or with another *body*, by the numbers of story and outlet.
    """
    for number in range(articles):
        story, outlet = divmod(number, len(OUTLETS))
        path = root / "content" / "stories" / f"s{story:05d}" / f"{OUTLETS[outlet]}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = article(number, story, OUTLETS[outlet])
        if body:
            header, rule, _ = text.rpartition("---\n\n")
            text = f"{header}{rule}{body(story, outlet)}\n"
        path.write_text(text, encoding="utf-8")
    (root / "ssg.yml").write_text("title: Town\nbase_url: https://town.example/\n", encoding="utf-8")


def article(number: int, story: int, outlet: str) -> str:
    """Return one telling: a file of a header and nine sentences, six of them its story's."""
    common, own = random.Random(story), random.Random(number)  # noqa: S311 - the same articles every time
    shared = (
        f"The {_noun(common)} {_verb(common)} the {_noun(common)} on day {common.randrange(999)}." for _ in range(6)
    )
    alone = (f"The {_noun(own)} {_verb(own)} a {_noun(own)} for {own.randrange(9999)} people." for _ in range(3))
    sentences = [*shared, *alone]
    own.shuffle(sentences)
    day = f"2025-{1 + (story // 28) % 12:02d}-{1 + story % 28:02d}"
    header = f"---\ntitle: Story {story:05d} as told by the {outlet}\noutlet: {outlet}\ndate: {day}\n---\n\n"
    return f"{header}{' '.join(sentences[:5])}\n\n{' '.join(sentences[5:])}\n"


def _noun(chance: random.Random) -> str:
    return chance.choice(NOUNS)


def _verb(chance: random.Random) -> str:
    return chance.choice(VERBS)


# ---------------------------------------------------------------------------- measuring


def as_users() -> dict[str, str]:
    """Return the environment of a run: where Python is told to keep no compiled modules, each would compile them."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measured(command: list[str]) -> Run:
    """Run *command* and return what it took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=as_users())
    memory: list[float] = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, memory))
    watcher.start()
    _, said = process.communicate()
    watcher.join()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(said.decode())
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(cpu, wall, memory[0])


def _watch(process: subprocess.Popen[bytes], memory: list[float]) -> None:
    while process.poll() is None:
        memory[0] = max(memory[0], sum(map(held, _family(process.pid))))
        time.sleep(0.05)


def _family(root: int) -> Iterator[int]:
    """Yield a process and all that come from it (Linux alone)."""
    yield root
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def held(process: int) -> float:
    """MiB of a process, pages that it shares with others counted in part (`Pss` of proc(5))."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def rows(articles: int, root: Path) -> Iterator[tuple[str, Run]]:
    """Yield each measure, by name; *root* is an empty folder."""
    ssg = [sys.executable, "-m", "generator"]
    build = [*ssg, "-C", str(root), "build"]
    corpus(root, articles)
    yield f"`ssg build`, {articles:,} articles, from nothing: {count(root)}", measured(build)
    time.sleep(0.2)
    measured(build)
    nothing, edited, version = [], [], []
    article = root / "content" / "stories" / "s00000" / "ledger.md"
    for number in range(RUNS):
        version.append(measured([*ssg, "--version"]))
        time.sleep(0.1)
        nothing.append(measured(build))
        article.write_text(
            article.read_text(encoding="utf-8") + f"\nThe mayor paid {number} euros.\n", encoding="utf-8"
        )
        edited.append(measured(build))
        time.sleep(0.2)
        measured(build)
    yield f"`ssg build`, {articles:,} articles, nothing changed", _middle(nothing)
    yield f"`ssg build`, {articles:,} articles, a sentence added to one", _middle(edited)
    yield "`ssg --version`", _middle(version)


def long_rows(root: Path, data: Path | None) -> Iterator[tuple[str, Run]]:
    """Yield what long articles take: of few words, of as many as news have, and real ones if *data* has them."""
    from tests.benchmarks.invented import corpus as invented
    from tests.benchmarks.stages import telling

    def row(name: str, articles: int, what: str, body: Callable[[int, int], str]) -> tuple[str, Run]:
        corpus(root / name, articles, body)
        found = measured([sys.executable, "-m", "generator", "-C", str(root / name), "build"])
        return f"`ssg build`, {articles:,} {what}, from nothing: {count(root / name)}", found

    def in_turn(texts: list[str]) -> Callable[[int, int], str]:
        return lambda story, outlet: texts[story * len(OUTLETS) + outlet]

    yield row("few", LONG, "articles of 700 words, of 35 different ones", telling)
    texts = [text for _, _, text in invented(LONG, WORDS)]
    yield row("many", LONG, f"articles of {WORDS} words drawn as in news", in_turn(texts))
    if data and (real := news(data)):
        yield row("real", len(real), f"real articles of {WORDS} words (PolNeAR)", in_turn(real))


def news(data: Path) -> list[str]:
    """Return the articles of PolNeAR as Markdown, by date: those of a few days stand beside one another."""
    from generator.ingest.markdown import escape
    from tests.benchmarks.quality import there

    told = sorted(there(data, "polnear"), key=lambda one: (one["date"], one["id"]))
    whole = [one["text"].split("\n") for one in told[: len(told) // len(OUTLETS) * len(OUTLETS)]]
    return ["\n\n".join(escape(line.strip()) for line in lines if line.strip()) for lines in whole]


def hugo_rows(root: Path, articles: int, full: Iterator[tuple[str, Run]]) -> Iterator[tuple[str, Run]]:
    """Yield our measures; after the first, if Hugo is here, what it took just before and after for its minimal site."""
    from tests.benchmarks.beside import commands

    hugo = commands(root).get("hugo")
    if not hugo:
        yield from full
        return
    write, command, site = hugo
    write(root / "hugo", articles)
    runs = [measured(command)]
    yield next(full)
    shutil.rmtree(site)
    runs.append(measured(command))
    yield f"Hugo beside it, {articles:,} articles, from nothing: minimal pages, nothing compared", _middle(runs)
    yield from full


def count(root: Path) -> str:
    """Return what the site in *root* will have, roughly: five tellings and ten pairs a story."""
    stories = len(list((root / "content" / "stories").iterdir()))
    return f"{stories:,} stories of five, {stories * 10:,} pair pages"


def loop() -> float:
    """Return the seconds of three million rounds of an empty loop: what this minute's machine is worth."""
    start = time.perf_counter()
    for _ in range(3_000_000):
        pass
    return time.perf_counter() - start


def _middle(runs: list[Run]) -> Run:
    pick: Callable[[Callable[[Run], float]], float] = lambda of: median(map(of, runs))  # noqa: E731
    return Run(pick(lambda run: run.cpu), pick(lambda run: run.wall), pick(lambda run: run.memory))


# ---------------------------------------------------------------------------- telling


def table(found: list[tuple[str, Run]], loops: list[float]) -> str:
    """Return the measures as a Markdown table; *loops* is what empty loops took meanwhile."""
    lines = ["| measure | CPU s | wall s | peak MiB |", "|---|---|---|---|"]
    lines += [f"| {name} | {run.cpu:.2f} | {run.wall:.2f} | {run.memory:.0f} |" for name, run in found]
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    about = f"Python {platform.python_version()}, {os.cpu_count()} processors, load before the end {load}"
    about = f"{about}; three million rounds of an empty loop: {min(loops):.2f} to {max(loops):.2f} s."
    return "\n".join([*lines, "", about])


def main() -> None:
    """Measure, print the table, and write it down if asked."""
    parser = argparse.ArgumentParser(description="How long building takes, and how much memory.")
    parser.add_argument("articles", nargs="*", type=int, default=[1000])
    parser.add_argument("--data", type=Path, help="the labelled sets: real news are built as well")
    parser.add_argument("--write", action="store_true", help="write the table into the docs")
    options = parser.parse_args()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    found: list[tuple[str, Run]] = []
    loops = [loop()]
    for number in options.articles:
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            for row in hugo_rows(Path(folder), number, rows(number, Path(folder) / "full")):
                found.append(row)
                loops.append(loop())
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        for row in long_rows(Path(folder), options.data):
            found.append(row)
            loops.append(loop())
    text = table(found, loops)
    print(text)
    if options.write:
        put("speed.md", "measured", text)


if __name__ == "__main__":
    main()
