"""What a reader waits for: `python -m tests.benchmarks.looking [--cpu RATE] [--tellings N …] [--write]`.

Every kind of page of the demo in `tests/demo`, and of one long story of each number of tellings, in headless Chromium
at 360 and at 1440 pixels, over a line as Lighthouse's mobile profile has it (150 ms there and back, 1.6 Mbit/s), with
the processor slowed down (four times, as there). A table of what was measured: bytes sent, what delays the first paint,
first and largest paint, blocking time (all that tasks take beyond 50 ms each after the first paint), layout shift while
the page loads and is scrolled to its end, and how much of the style and the scripts it did not use. The shift is
counted with what readers may have chosen before, too: the inline view, changes only, changes not announced.

With `--write` the table goes into content/docs/reading-speed.md.
"""

from __future__ import annotations

import argparse
import gzip
import platform
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests import demosite
from tests.benchmarks.pages import put
from tests.browsing import launched

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
    ".xml": "application/xml",
}
#: As Lighthouse's mobile profile: milliseconds there and back, bytes a second.
LATENCY, BANDWIDTH = 150, 1_600_000 / 8
WIDTHS = (360, 1440)
#: What a reader may have chosen on an earlier visit.
CHOSEN = (
    "for (const key of ['view-inline', 'opt-changes', 'opt-slight', 'quiet']) localStorage['variorum ' + key] = 'yes'"
)
OBSERVE = """
  window.seen = { shift: 0, from: [], largest: 0, tasks: [] };
  new PerformanceObserver(list => list.getEntries().forEach(e => {
    if (e.hadRecentInput) return;
    seen.shift += e.value;
    e.sources.forEach(s => seen.from.push(s.node && (s.node.outerHTML || s.node.data || '').slice(0, 80)));
  })).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver(list => list.getEntries().forEach(e => { seen.largest = e.startTime; }))
    .observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver(list => list.getEntries().forEach(e => seen.tasks.push([e.startTime, e.duration])))
    .observe({ type: 'longtask', buffered: true });
"""
#: Scrolls to the end, a window at a time, each drawn before the next.
SCROLL = """async () => {
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  await drawn();
  const root = document.documentElement;
  for (let y = 0; y < root.scrollHeight; y += innerHeight) { scrollTo({ top: y, behavior: 'instant' }); await drawn(); }
  await drawn();
}"""
REPORT = """() => {
  const first = performance.getEntriesByName('first-contentful-paint')[0].startTime;
  const loaded = performance.getEntriesByType('resource');
  return { first, largest: seen.largest, shift: seen.shift, from: seen.from,
    blocked: seen.tasks.filter(t => t[0] + t[1] > first).reduce((sum, t) => sum + Math.max(0, t[1] - 50), 0),
    blocking: loaded.filter(r => r.renderBlockingStatus === 'blocking').length,
    sent: loaded.concat(performance.getEntriesByType('navigation')).reduce((sum, r) => sum + r.encodedBodySize, 0) };
}"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One page at one width: milliseconds, bytes, layout shift, the share of style and script that it did not use."""

    path: str
    width: int
    sent: int
    blocking: int
    first: float
    largest: float
    blocked: float
    shift: float
    shift_chosen: float
    unused_style: float
    unused_script: float


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the address at which files are served, compressed, as a host of pages would."""
    packed = {path: gzip.compress(data) for path, data in files.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer with a file."""
            path = self.path.split("?")[0].lstrip("/")
            body = packed.get(path, b"")
            self.send_response(200 if path in packed else 404)
            self.send_header("Content-Type", KINDS.get(Path(path).suffix, "application/octet-stream"))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def _visit(browser: Any, address: str, width: int, cpu: float, chosen: bool) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script((CHOSEN + ";" if chosen else "") + OBSERVE)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "latency": LATENCY, "downloadThroughput": BANDWIDTH, "uploadThroughput": BANDWIDTH}
    session.send("Network.emulateNetworkConditions", line)
    session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    page.goto(address, wait_until="load")
    page.evaluate(SCROLL)
    found = page.evaluate(REPORT)
    context.close()
    assert isinstance(found, dict)
    return found


def _unused(browser: Any, address: str, width: int) -> tuple[float, float]:
    """Shares of the style rules' and the scripts' bytes that the page did not use."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    session = context.new_cdp_session(page)
    sheets: dict[str, float] = {}
    session.on("CSS.styleSheetAdded", lambda e: sheets.update({e["header"]["styleSheetId"]: e["header"]["length"]}))
    for name in ("DOM.enable", "CSS.enable", "CSS.startRuleUsageTracking", "Profiler.enable"):
        session.send(name)
    session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
    page.goto(address, wait_until="load")
    used = sum(
        r["endOffset"] - r["startOffset"] for r in session.send("CSS.stopRuleUsageTracking")["ruleUsage"] if r["used"]
    )
    scripts = [s for s in session.send("Profiler.takePreciseCoverage")["result"] if "/static/" in s["url"]]
    total = sum(max((f["ranges"][0]["endOffset"] for f in s["functions"]), default=0) for s in scripts)
    idle = sum(
        r["endOffset"] - r["startOffset"]
        for s in scripts
        for f in s["functions"]
        for r in f["ranges"][:1]
        if not r["count"]
    )
    context.close()
    style = sum(sheets.values())
    return (1 - used / style if style else 0.0), (idle / total if total else 0.0)


def looked(browser: Any, root: str, path: str, cpu: float) -> Iterator[Seen]:
    """Yield what a page is like at each width."""
    for width in WIDTHS:
        plain, chosen = (_visit(browser, root + path, width, cpu, with_chosen) for with_chosen in (False, True))
        style, script = _unused(browser, root + path, width)
        for said in {*map(str, plain["from"] + chosen["from"])}:
            print(f"{path} at {width} shifts {said!r}")
        yield Seen(
            path,
            width,
            plain["sent"],
            plain["blocking"],
            plain["first"],
            plain["largest"],
            plain["blocked"],
            plain["shift"],
            chosen["shift"],
            style,
            script,
        )


HEAD = (
    "| page | pixels | KB sent | blocking requests | first paint, ms | largest paint, ms | blocking time, ms | shift |"
    " with choices | style unused | script unused |"
)


def row(seen: Seen) -> str:
    """Return a page's row of the table."""
    cells = (
        f"`{seen.path}`",
        seen.width,
        f"{seen.sent / 1000:.1f}",
        seen.blocking,
        round(seen.first),
        round(seen.largest),
        round(seen.blocked),
        f"{seen.shift:.4g}",
        f"{seen.shift_chosen:.4g}",
        f"{seen.unused_style:.0%}",
        f"{seen.unused_script:.0%}",
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> None:
    """Print the table; put it into the documentation if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cpu", type=float, default=4.0)
    parser.add_argument("--tellings", type=int, nargs="*", default=[12, 24])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    found = demosite.kinds(demosite.site(base_url=False))
    sites = [(demosite.site(base_url=False), [*found])]
    sites += [(demosite.long_story(tellings), ["stories/long/index.html"]) for tellings in asked.tellings]
    lines = [HEAD, "|---" + "|---:" * 10 + "|"]
    print("\n".join(lines))
    with launched() as browser:
        for files, paths in sites:
            with served(files) as root:
                for path in paths:
                    for seen in looked(browser, root, path, asked.cpu):
                        lines.append(row(seen))
                        print(lines[-1], flush=True)
        said = f"Chromium {browser.version}, Python {platform.python_version()}, {platform.machine()}"
    if asked.write:
        table = "\n".join(lines)
        put("reading-speed.md", "looking", f"{table}\n\n{said}.")


if __name__ == "__main__":
    main()
