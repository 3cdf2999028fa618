"""`ssg serve` for an hour under edits and requests: does it stay right, quick, and as small as it was?

    python -m tests.benchmarks.soak [--minutes 60] [--every 3]

Prints one line a minute (memory, open files, threads, requests, p50 and p99 in milliseconds) and ends with exit code 1
if a response was wrong, a handle leaked, or the memory of the last quarter lies a tenth above that of the second.
"""

from __future__ import annotations

import argparse
import http.client
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
HOSTILE = ("/%2e%2e/%2e%2e/etc/passwd", "/\\..\\ssg.yml", "/stories/%ff/", "//evil.example/", "/..%2fssg.yml")


class Visitors:
    """Asks for pages, one after the other, and notes what is wrong and how long it takes."""

    def __init__(self, address: str) -> None:
        self.port, self.base = urlsplit(address).port or 0, urlsplit(address).path
        self.times: list[float] = []
        self.wrong: list[str] = []
        self.count = 0
        self.on = True

    def run(self) -> None:
        """Ask until stopped."""
        names = ("", "stories/", "stories/bridge/", "outlets/", "static/style.css", "stories/bridge/story.json")
        pages = [self.base + name for name in names]
        chance = random.Random(7)  # noqa: S311
        while self.on:
            path = chance.choice(HOSTILE) if chance.random() < 0.1 else chance.choice(pages)
            self.ask(path, 404 if path in HOSTILE else 200)
            if chance.random() < 0.1:
                self.ask("/", 403, host="evil.example")
            time.sleep(0.05)

    def ask(self, path: str, status: int, host: str = "localhost") -> None:
        """Ask for one page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        start = time.perf_counter()
        try:
            connection.request("GET", path, headers={"Host": host})
            reply = connection.getresponse()
            body = reply.read()
        except OSError as error:
            self.wrong.append(f"{path}: {error!r}")
            return
        finally:
            connection.close()
        self.times.append(time.perf_counter() - start)
        self.count += 1
        if reply.status != status or not body or int(reply.headers["Content-Length"]) != len(body):
            self.wrong.append(f"{path}: {reply.status}, {len(body)} bytes")


def listeners(port: int, on: threading.Event) -> None:
    """Open the stream of news again and again, and go away in the middle."""
    while not on.is_set():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/_ssg/events?v=x", headers={"Host": "localhost"})
            connection.getresponse().fp.readline()
            time.sleep(1)
        except OSError:
            pass
        finally:
            connection.close()


def edit(root: Path, chance: random.Random, number: int) -> None:
    """Change, add, break, mend or remove a source."""
    target = root / "seeds" / "bridge" / "radio.txt"
    what = chance.randrange(5)
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
            extra.write_text(f"---\ntitle: Notes {number}\n---\n\nA page.\n", encoding="utf-8")
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


def main() -> int:
    """Serve, edit, ask, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--every", type=float, default=3, help="seconds between two edits")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(EXAMPLE, Path(folder) / "p"))
        command = [sys.executable, "-m", "generator", "-C", str(root), "serve", "--port", "0"]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            return measured(server, root, options.minutes, options.every)
        finally:
            server.terminate()
            server.wait()


def measured(server: subprocess.Popen[str], root: Path, minutes: float, every: float) -> int:
    """Run for *minutes*, with an edit each *every* seconds; return the exit code."""
    assert server.stderr
    address = next(found[1] for line in server.stderr if (found := re.search(r"serving (\S+)", line)))
    threading.Thread(target=lambda: [None for _ in server.stderr or ()], daemon=True).start()
    visitors, off, chance = Visitors(address), threading.Event(), random.Random(11)  # noqa: S311
    threads = [threading.Thread(target=visitors.run) for _ in range(3)]
    threads.append(threading.Thread(target=listeners, args=(visitors.port, off)))
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
    time.sleep(20)
    left = state(server.pid)
    all_times.sort()
    quarter = max(1, len(history) // 4)
    second = statistics.median(memory for memory, _, _ in history[quarter : 2 * quarter] or history)
    last = statistics.median(memory for memory, _, _ in history[-quarter:])
    print(
        f"{visitors.count} requests, p99 {all_times[int(len(all_times) * 0.99)] * 1000:.1f} ms; memory {second:.1f} MB"
    )
    print(f"in the second quarter, {last:.1f} MB in the last; at rest {left[1]} files, {left[2]} threads")
    for wrong in visitors.wrong[:20]:
        print(f"wrong: {wrong}")
    return int(bool(visitors.wrong) or last > second * 1.1 or left[1] > min(h for _, h, _ in history) + 2)


if __name__ == "__main__":
    sys.exit(main())
