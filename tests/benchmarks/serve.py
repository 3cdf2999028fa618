"""How long from saving a file to the news of it in an open page: `python -m tests.benchmarks.serve [STORIES…] [seeds]`.

A project of so many stories of two tellings is made in a temporary folder and previewed by `ssg serve`, once with its
texts in content/ and once with captures in seeds/, of which content/ is written; then files of several kinds are saved,
as an editor does, and the time is taken until the stream of events tells of it, and until the page that an editor would
look at has been fetched anew: medians and worst of ten saves of each kind, in milliseconds.
Beside it the processor's milliseconds that the server has spent for a save and its page, which a busy machine does not
change much, and how often the first line's that is; and how long this machine takes, then and there, for three million
steps of an empty loop, to compare machines and moments by.

The stories are being compared behind the pages meanwhile; with `--whole`, until that is done nothing is measured.
"""

from __future__ import annotations

import http.client
import os
import queue
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count, product
from pathlib import Path

SAVES = 10
PLACES = ["content/stories", "seeds"]

_WORDS = (
    "harbour bridge council mayor ferry winter repair budget river school doctor train station market island storm "
    "committee minister police teacher library hospital engineer window garden factory contract election signal"
).split()
OUTLETS = ("courier", "post")


def sentences(story: int, telling: int) -> Iterator[str]:
    """Yield ten sentences that the tellings of one story share for the most part, and other stories do not."""
    for n in range(10):
        one, two, three = (_WORDS[(story * 7 + n * k) % len(_WORDS)] for k in (3, 5, 11))
        extra = f" as the {_WORDS[(telling * 5 + n) % len(_WORDS)]} said" if (n + telling) % 3 == 0 else ""
        yield f"The {one} of town {story} will pay {story * 10 + n} crowns for the {two} and the {three}{extra}."


def project(root: Path, stories: int, place: str = "content/stories") -> None:
    """Write a project of *stories* stories, two tellings each, as articles in content/ or as captures in seeds/."""
    for story in range(stories):
        folder = root / place / f"story-{story}"
        folder.mkdir(parents=True)
        for telling, outlet in enumerate(OUTLETS):
            header = f"---\ntitle: Town {story}\noutlet: {outlet}.example\ndate: 2024-03-{story % 28 + 1:02}\n---\n\n"
            (folder / f"{outlet}.md").write_text(header + "\n\n".join(sentences(story, telling)) + "\n", "utf-8")
    (root / "content").mkdir(exist_ok=True)
    (root / "content" / "_index.md").write_text("---\ntitle: Towns\n---\n\nWelcome.\n", "utf-8")
    (root / "content" / "about.md").write_text("---\ntitle: About\n---\n\nWho we are.\n", "utf-8")
    (root / "ssg.yml").write_text("title: Towns\n", "utf-8")


@contextmanager
def previewed(root: Path, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Preview a project; yield the port and the number of the process, once all is compared if the *whole* is."""
    command = [sys.executable, "-m", "generator", "-C", str(root), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            port = next(int(found[1]) for line in server.stderr if (found := re.search(r":(\d+)/ – Ctrl-C", line)))
            if whole:
                next(line for line in server.stderr if "all are compared now" in line)
            threading.Thread(target=server.stderr.read).start()
            yield port, server.pid
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()


def processor(process: int) -> float:
    """Return the milliseconds that a process has had of the processor, those that it has started left aside."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


class Events:
    """An open page's stream of news."""

    def __init__(self, port: int) -> None:
        """Open the stream; what is shown now is the first message."""
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/_ssg/events?v=0")
        self._lines = connection.getresponse()
        self._told: queue.SimpleQueue[float] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.next()

    def _listen(self) -> None:
        with suppress(OSError, ValueError, http.client.HTTPException):
            while line := self._lines.readline():
                if line.startswith(b"data: "):
                    self._told.put(time.perf_counter())

    def next(self) -> float:
        """Wait for the next message; return when it came."""
        return self._told.get()

    def hush(self) -> None:
        """Wait until no message has come for a while, of what is done behind the pages, say."""
        with suppress(queue.Empty):
            while self._told.get(timeout=0.3):
                pass


def replaced(path: Path, text: str) -> None:
    """Save a file as careful editors do: written beside, and renamed."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)


def fetched(port: int, path: str) -> bytes:
    """Return a page as the preview shows it now."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read()


def machine() -> float:
    """Return the milliseconds that this machine takes for three million steps of an empty loop."""
    start = time.perf_counter()
    for _ in range(3_000_000):
        pass
    return (time.perf_counter() - start) * 1000


Kinds = dict[str, tuple[Path, str, Callable[[str], str]]]
"""What is saved → the file, the page to look at then, and what is made of the file's text."""


def kinds_of(root: Path, article: Path) -> Kinds:
    """Return what is measured: in a project of captures, what is done to one of these."""
    number = count(1)
    story = "/stories/story-0/"
    what = "a capture" if "seeds" in article.parts else "an article"
    kinds: Kinds = {
        f"{what}'s text": (article, story, lambda text: re.sub(r"rained \d+", f"rained {next(number)}", text)),
        f"{what}'s title": (article, story, lambda text: re.sub("title: .*", f"title: Town {next(number)}", text)),
    }
    if "seeds" not in article.parts:
        kinds["a page"] = root / "content" / "about.md", "/about/", lambda text: f"{text}\n\nAnd {next(number)} more.\n"
    return kinds


def measured(stories: int, place: str, *, whole: bool) -> dict[str, list[tuple[float, float, float]]]:
    """Return, for every kind of edit, the milliseconds from save to message, and to the page, and the processor's."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        project(root, stories, place)
        article = root / place / "story-0" / "post.md"
        kinds = kinds_of(root, article)
        article.write_text(f"{article.read_text('utf-8')}\n\nIt rained 0 times.\n", "utf-8")
        times: dict[str, list[tuple[float, float, float]]] = {kind: [] for kind in kinds}
        with previewed(root, whole=whole) as (port, process):
            events = Events(port)
            for kind, (path, page, edit) in kinds.items():
                for _ in range(SAVES):
                    events.hush()
                    text = edit(path.read_text("utf-8"))
                    spent = processor(process)
                    start = time.perf_counter()
                    replaced(path, text)
                    told = events.next()
                    fetched(port, page)
                    took = (told - start) * 1000, (time.perf_counter() - start) * 1000
                    times[kind].append((*took, processor(process) - spent))
        return times


def main() -> None:
    """Measure, and print a table."""
    whole = "--whole" in sys.argv
    counts = [int(text) for text in sys.argv[1:] if text.isdecimal()] or [100, 500, 2000]
    places = [text for text in sys.argv[1:] if text in PLACES] or PLACES
    columns = "to message, ms", "worst", "to page, ms", "worst", "processor, ms", "times", "loop, ms"
    print(f"{'stories':>8}  {'saved':<20} " + " ".join(f"{column:>14}" for column in columns))
    first: dict[str, float] = {}
    for stories, place in product(counts, places):
        for kind, found in measured(stories, place, whole=whole).items():
            news, pages, spent = ([one[at] for one in found] for at in (0, 1, 2))
            cost = statistics.median(spent)
            first.setdefault(kind, max(cost, 1))
            shown = statistics.median(news), max(news), statistics.median(pages), max(pages), cost
            row = " ".join(f"{value:>14.0f}" for value in shown)
            print(f"{stories:>8}  {kind:<20} {row} {cost / first[kind]:>14.1f} {machine():>14.0f}", flush=True)


if __name__ == "__main__":
    main()
