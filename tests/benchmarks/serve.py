"""How long from saving a file to the news of it in an open page: `python -m tests.benchmarks.serve [STORIES…]`.

A project of so many stories of three tellings is made in a temporary folder and previewed by `ssg serve`; then files of
several kinds are saved, as an editor does, and the time is taken until the stream of events tells of it, and until the
page that an editor would look at has been fetched anew. Wall-clock milliseconds: median and worst of ten saves of each
kind; and how long this machine takes for three million steps of an empty loop, to compare machines by.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

SAVES = 10

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


def project(root: Path, stories: int) -> None:
    """Write a project of *stories* stories, two tellings each."""
    for story in range(stories):
        folder = root / "content" / "stories" / f"story-{story}"
        folder.mkdir(parents=True)
        for telling, outlet in enumerate(OUTLETS):
            header = f"---\ntitle: Town {story}\noutlet: {outlet}.example\ndate: 2024-03-{story % 28 + 1:02}\n---\n\n"
            (folder / f"{outlet}.md").write_text(header + "\n\n".join(sentences(story, telling)) + "\n", "utf-8")
    (root / "content" / "_index.md").write_text("---\ntitle: Towns\n---\n\nWelcome.\n", "utf-8")
    (root / "content" / "about.md").write_text("---\ntitle: About\n---\n\nWho we are.\n", "utf-8")
    (root / "ssg.yml").write_text("title: Towns\n", "utf-8")


@contextmanager
def previewed(root: Path) -> Iterator[int]:
    """Preview a project; yield the port."""
    command = [sys.executable, "-m", "generator", "-C", str(root), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            yield next(int(found[1]) for line in server.stderr if (found := re.search(r":(\d+)/ – Ctrl-C", line)))
        finally:
            server.send_signal(signal.SIGINT)
            server.stderr.close()


class Events:
    """An open page's stream of news."""

    def __init__(self, port: int) -> None:
        """Open the stream; what is shown now is the first message."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request("GET", "/_ssg/events?v=0")
        self._lines = connection.getresponse()
        self.next()

    def next(self) -> list[str] | None:
        """Wait for the next message; return the paths that it names."""
        while True:
            line = self._lines.readline()
            if line.startswith(b"data: "):
                changed: list[str] | None = json.loads(line[6:])["changed"]
                return changed


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


def measured(stories: int) -> dict[str, list[tuple[float, float]]]:
    """Return, for every kind of edit, the milliseconds from save to message, and to the page."""
    number = count(1)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        project(root, stories)
        article = root / "content" / "stories" / "story-0" / "post.md"
        about = root / "content" / "about.md"
        story = "/stories/story-0/"
        kinds: dict[str, tuple[Path, str, Callable[[str], str]]] = {
            "an article's text": (article, story, lambda text: re.sub(r"rained \d+", f"rained {next(number)}", text)),
            "an article's title": (
                article,
                story,
                lambda text: re.sub("title: .*", f"title: Town {next(number)}", text),
            ),
            "a page": (about, "/about/", lambda text: f"{text}\n\nAnd {next(number)} more.\n"),
        }
        article.write_text(f"{article.read_text('utf-8')}\n\nIt rained 0 times.\n", "utf-8")
        times: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
        with previewed(root) as port:
            events = Events(port)
            for kind, (path, page, edit) in kinds.items():
                for _ in range(SAVES):
                    time.sleep(0.3)
                    text = edit(path.read_text("utf-8"))
                    start = time.perf_counter()
                    replaced(path, text)
                    events.next()
                    told = time.perf_counter()
                    fetched(port, page)
                    times[kind].append(((told - start) * 1000, (time.perf_counter() - start) * 1000))
        return times


def main() -> None:
    """Measure, and print a table."""
    print(f"three million steps take {machine():.0f} ms here")
    print(f"{'stories':>8}  {'saved':<20} {'to message, ms':>15} {'worst':>7} {'to page, ms':>12} {'worst':>7}")
    for stories in map(int, sys.argv[1:] or ["100", "2000"]):
        for kind, found in measured(stories).items():
            news, pages = ([pair[at] for pair in found] for at in (0, 1))
            print(
                f"{stories:>8}  {kind:<20} {statistics.median(news):>15.0f} {max(news):>7.0f}"
                f" {statistics.median(pages):>12.0f} {max(pages):>7.0f}"
            )


if __name__ == "__main__":
    main()
