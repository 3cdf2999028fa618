"""Nothing on a page jumps while it comes, however slowly, nor when its scripts run or a reader scrolls to its end."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests import demosite
from tests.waiting import happens

pytestmark = pytest.mark.browser

STORY = "stories/ferry/index.html"
PAIR = "stories/ferry/diff/courier/radio/index.html"
#: Every kind of page whose parts stand beside each other or are touched by a script.
PAGES = (
    "index.html",
    STORY,
    "stories/ferry/radio/index.html",
    PAIR,
    "stories/ferry/versions/courier/index.html",
    "outlets/index.html",
    "outlets/skarn-courier/index.html",
    "search/index.html",
    "about/index.html",
    "notes/index.html",
    "embed/ferry/overview/index.html",
    "embed/ferry/facts/index.html",
)
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
CHOSEN = (
    "['view-inline', 'opt-changes', 'opt-slight', 'quiet'].forEach(k => { localStorage['variorum ' + k] = 'yes'; });"
)
#: Counts what jumps, and notes when something waits for what is still to come.
WATCH = """
  window.jumps = [];
  const said = node => node ? (node.outerHTML || node.data || '?').slice(0, 90) : '?';
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (!entry.hadRecentInput) jumps.push(entry.value, ...entry.sources.map(s => said(s.node)));
  })).observe({ type: 'layout-shift', buffered: true });
  const Watching = MutationObserver;
  window.MutationObserver = class extends Watching { constructor(told) { super(told); window.waiting = true; } };
"""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SCROLLED = """async () => {
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const root = document.documentElement;
  for (let y = 0; y < root.scrollHeight; y += 3 * innerHeight) {
    scrollTo({ top: y, behavior: 'instant' });
    await drawn();
  }
  return jumps;
}"""


def cells(page: str) -> list[str]:
    """Return a page cut within its table of tellings: in the head, after each cell and some sentences of two rows."""
    start = page.index('<table class="tellings">')
    end = page.index("</tr>", page.index("</tr>", page.index("</tr>", start) + 1) + 1)
    cuts = [at.end() + start for at in re.finditer(r"(?=</t[hd]>)|</t[hd]>|</a>\n(?=<a [^\n]*[37]:)", page[start:end])]
    return [page[a:b] for a, b in pairwise([0, page.index("<nav"), *cuts, len(page)])]


def pieces(page: str) -> list[str]:
    """Return a page's head, its masthead in three parts, and the rest in five parts that grow."""
    body = page.index("<body")
    masthead = ("<nav", "</li>\n", "</header>") if 'class="masthead"' in page else (">",)
    *parts, head = (page.index(end, body) + len(end) for end in masthead)
    ends = [at.end() for at in re.finditer(r"</(?:tr|li|section|article|header|figure|table|form|nav)>\n", page)]
    length = len(page) - head
    cuts = [
        *parts,
        head,
        *(max((e for e in ends if e <= head + length * part), default=head) for part in (1 / 16, 1 / 8, 1 / 4, 1 / 2)),
    ]
    marks = [0, *dict.fromkeys(cuts), len(page)]
    return [page[a:b] for a, b in pairwise(marks)]


class Slowly(ThreadingHTTPServer):
    """Serves files; of a page it sends a piece each time it is told to."""

    daemon_threads = True

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Sending)
        self.files = files
        self.go = threading.Semaphore(0)
        self.cut = pieces


class Sending(BaseHTTPRequestHandler):
    """One answer of it."""

    protocol_version = "HTTP/1.1"
    server: Slowly

    def do_GET(self) -> None:
        """Send a file at once, a page piece by piece."""
        path = self.path.split("?")[0].lstrip("/")
        data = self.server.files.get(path, b"")
        self.send_response(200 if data else 404)
        self.send_header("Content-Type", TYPES.get(Path(path).suffix, "text/plain"))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        for piece in self.server.cut(data.decode()) if path.endswith(".html") else [data]:
            if path.endswith(".html"):
                self.server.go.acquire()
            self.wfile.write(piece.encode() if isinstance(piece, str) else piece)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[Slowly]:
    """Yield a server of the demo."""
    slow = Slowly(demosite.site(base_url=False))
    thread = threading.Thread(target=slow.serve_forever, daemon=True)
    thread.start()
    yield slow
    slow.shutdown()
    slow.server_close()


def jumps(tab: Any, server: Slowly, path: str, chosen: bool = False) -> list[str]:
    """Return what jumps on a page that comes piece by piece, each drawn before the next.

    A busy browser sometimes stops to draw within a piece, in the middle of a line of text, which wraps otherwise once
    it is whole. Where it stops is its own affair, so what jumps is what does so each of three times.
    """
    found: list[str] = []
    for _ in range(3):
        found = _jumps(tab, server, path, chosen)
        if not found:
            break
    return found


def _jumps(tab: Any, server: Slowly, path: str, chosen: bool) -> list[str]:
    count = len(server.cut(server.files[path].decode()))
    server.go.release()
    tab.goto(f"http://127.0.0.1:{server.server_address[1]}/{path}", wait_until="commit")
    if chosen:
        assert happens(tab, "window.waiting")
    for _ in range(count - 1):
        tab.evaluate(DRAWN)
        server.go.release()
    tab.wait_for_load_state("load")
    tab.evaluate(DRAWN)
    return [f"{path}: {said}" for said in tab.evaluate(SCROLLED)]


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_jumps(browser: Any, server: Slowly, width: int) -> None:
    """No kind of page shifts while it arrives in pieces, when its scripts come last, or as it is scrolled through."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    tab = context.new_page()
    tab.add_init_script(WATCH)
    found = [said for path in PAGES for said in jumps(tab, server, path)]
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [360, 1440])
def test_no_row_jumps_while_its_cells_come(
    browser: Any, server: Slowly, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story's table of tellings stands still also where the page stops for a moment in the middle of a row."""
    monkeypatch.setattr(server, "cut", cells)
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    tab = context.new_page()
    tab.add_init_script(WATCH)
    found = jumps(tab, server, STORY)
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [360, 1440])
def test_what_was_chosen_before_does_not_jump(browser: Any, server: Slowly, width: int) -> None:
    """A reader who wants pairs inline, changes only, and nothing announced, gets them so from the first row painted."""
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    tab = context.new_page()
    tab.add_init_script(WATCH + CHOSEN)
    found = jumps(tab, server, PAIR, chosen=True)
    assert tab.get_by_label("Inline").is_checked()
    assert tab.get_by_label("Changes only").is_checked()
    context.close()
    assert found == []
