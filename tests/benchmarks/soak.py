"""`ssg serve` for an hour under edits and requests: does it stay right, quick, and as small as it was?

    python -m tests.benchmarks.soak [--minutes 60] [--every 3] [--pause 0.05]

Prints one line a minute (memory, open files, threads, requests, p50 and p99 in milliseconds) and ends with exit code 1
if a response was wrong, a handle leaked, or the memory of the last quarter lies a tenth above that of the second.
A response is right if it has its status and its length, if a page is whole, if JSON can be read, and if no page shows
an older edit than one that was seen on it before the request was made.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

EXAMPLE = Path(__file__).parent.parent / "examples" / "harbour" / "before"
PAGES = (
    "", "stories/", "stories/bridge/", "stories/bridge/radio/", "outlets/", "static/style.css",
    "stories/bridge/story.json", "stories.json", "404.html", "feed.json",
)  # fmt: skip
HOSTILE = ("/%2e%2e/%2e%2e/etc/passwd", "/\\..\\ssg.yml", "/stories/%ff/", "//evil.example/", "/..%2fssg.yml")


class Visitors:
    """Asks for pages, one after the other, and notes what is wrong and how long it takes."""

    def __init__(self, address: str, pause: float) -> None:
        self.port, self.base = urlsplit(address).port or 0, urlsplit(address).path
        self.pause, self.seen = pause, dict.fromkeys(PAGES, 0)
        self.times: list[float] = []
        self.wrong: list[str] = []
        self.count = 0
        self.on = True

    def run(self) -> None:
        """Ask until stopped."""
        chance = random.Random(7)  # noqa: S311
        while self.on:
            if chance.random() < 0.1:
                self.ask(chance.choice(HOSTILE), 404)
            else:
                self.look(chance.choice(PAGES))
            if chance.random() < 0.1:
                self.ask("/", 403, host="evil.example")
            time.sleep(self.pause)

    def look(self, name: str) -> None:
        """Ask for a page of the site, and read it."""
        seen = self.seen[name]
        body = self.ask(self.base + name, 200).decode()
        if not body:  # which has been noted
            return
        if name.endswith("/") and not body.rstrip().endswith("</html>"):
            self.wrong.append(f"{name}: no whole page: {body[-60:]!r}")
        elif name.endswith("json"):
            json.loads(body)
        edits = [int(number) for number in re.findall(r"Edit (\d+) of this text", body)]
        if edits and max(edits) < seen:
            self.wrong.append(f"{name}: edit {max(edits)} after edit {seen}")
        self.seen[name] = max(edits, default=self.seen[name])

    def ask(self, path: str, status: int, host: str = "localhost") -> bytes:
        """Ask for one page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        start = time.perf_counter()
        try:
            connection.request("GET", path, headers={"Host": host})
            reply = connection.getresponse()
            body = reply.read()
        except OSError as error:
            self.wrong.append(f"{path}: {error!r}")
            return b""
        finally:
            connection.close()
        self.times.append(time.perf_counter() - start)
        self.count += 1
        if reply.status != status or not body or int(reply.headers["Content-Length"]) != len(body):
            self.wrong.append(f"{path}: {reply.status}, {len(body)} bytes")
        return body


def listeners(port: int, on: threading.Event) -> None:
    """Open the stream of news again and again, and go away in the middle."""
    while not on.is_set():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/_ssg/events?v=x", headers={"Host": "localhost"})
            reply = connection.getresponse()  # held, or it closes its stream
            reply.readline()
            time.sleep(1)
        except OSError:
            pass
        finally:
            connection.close()


def edit(root: Path, chance: random.Random, number: int) -> None:
    """Change, add, break, mend or remove a source."""
    target = root / "seeds" / "bridge" / "radio.txt"
    what = chance.randrange(6)
    if what < 3:
        text = target.read_text(encoding="utf-8").split("\n\nEdit ")[0]
        target.write_text(
            f"{text}\n\nEdit {number} of this text says that {chance.randrange(99)} came.\n", encoding="utf-8"
        )
    elif what == 3:
        extra = root / "content" / "notes.md"
        if extra.exists():
            extra.unlink()
        else:
            extra.write_text(f"---\ntitle: Notes {number}\n---\n\n{{{{ passage bridge p1 }}}}\n", encoding="utf-8")
    elif what == 4:
        more = root / "seeds" / "quay"
        if more.exists():
            shutil.rmtree(more)
        else:
            more.mkdir()
            (more / "radio.txt").write_text(f"Quay {number}\n\nThe quay was mended.\n", encoding="utf-8")
    else:
        config = root / "ssg.yml"
        good = config.read_text(encoding="utf-8")
        config.write_text(good + "\nnonsense: yes\n", encoding="utf-8")
        time.sleep(1.0)
        config.write_text(good, encoding="utf-8")


def state(process: int) -> tuple[float, int, int]:
    """Return memory in MB, open files and threads of a process (Linux)."""
    text = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = {key: int(value) for key, value in re.findall(r"(VmRSS|Threads):\s+(\d+)", text)}
    return found["VmRSS"] / 1024, len(list(Path(f"/proc/{process}/fd").iterdir())), found["Threads"]


def at_rest(process: int, first: tuple[float, int, int]) -> tuple[float, int, int]:
    """Return the state once it is as small as at *first*, or after a minute and a half."""
    end = time.monotonic() + 90  # a closed page is noticed at the second sign of life that it does not take
    while (now := state(process))[1:] > first[1:] and time.monotonic() < end:
        time.sleep(1)
    return now


def main() -> int:
    """Serve, edit, ask, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--every", type=float, default=3, help="seconds between two edits")
    parser.add_argument("--pause", type=float, default=0.05, help="seconds between two requests of one visitor")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(EXAMPLE, Path(folder) / "p"))
        command = [sys.executable, "-m", "generator", "-C", str(root), "serve", "--port", "0"]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            return measured(server, root, options.minutes, options.every, options.pause)
        finally:
            server.terminate()
            server.wait()


def measured(server: subprocess.Popen[str], root: Path, minutes: float, every: float, pause: float) -> int:
    """Run for *minutes*, with an edit each *every* seconds; return the exit code."""
    assert server.stderr
    address = next(found[1] for line in server.stderr if (found := re.search(r"serving (\S+)", line)))
    threading.Thread(target=lambda: [None for _ in server.stderr or ()], daemon=True).start()
    visitors, off, chance = Visitors(address, pause), threading.Event(), random.Random(11)  # noqa: S311
    threads = [threading.Thread(target=visitors.run) for _ in range(3)]
    threads.append(threading.Thread(target=listeners, args=(visitors.port, off)))
    first = state(server.pid)
    for thread in threads:
        thread.start()
    history, all_times, edits = [], [], 0
    for minute in range(1, int(minutes) + 1):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            edits += 1
            edit(root, chance, edits)
            time.sleep(every)
        times, visitors.times = sorted(visitors.times), []
        all_times += times
        history.append(state(server.pid))
        memory, handles, running = history[-1]
        p50, p99 = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.99))
        print(
            f"minute {minute}: {memory:.1f} MB, {handles} files, {running} threads, {edits} edits,"
            f" {visitors.count} requests, p50 {p50:.1f} ms, p99 {p99:.1f} ms, {len(visitors.wrong)} wrong",
            flush=True,
        )
    visitors.on = False
    off.set()
    for thread in threads:
        thread.join()
    left = at_rest(server.pid, first)
    all_times.sort()
    quarter = max(1, len(history) // 4)
    second = statistics.median(memory for memory, _, _ in history[quarter : 2 * quarter] or history)
    last = statistics.median(memory for memory, _, _ in history[-quarter:])
    print(
        f"{visitors.count} requests, p99 {all_times[int(len(all_times) * 0.99)] * 1000:.1f} ms; memory {second:.1f} MB"
    )
    print(f"in the second quarter, {last:.1f} MB in the last; at rest {left[1:]} files, threads (before: {first[1:]})")
    for wrong in visitors.wrong[:20]:
        print(f"wrong: {wrong}")
    return int(bool(visitors.wrong) or last > second * 1.1 or left[1] > first[1] or left[2] > first[2])


if __name__ == "__main__":
    sys.exit(main())
