"""How long `ssg build` of the demo takes: `python -m tests.benchmarks.demo [RUNS] [--write]`.

The project as it is cloned, in a folder of its own: from nothing, with the output gone, after an edit of a page of the
docs and of a telling, and with nothing changed. Medians of as many runs, and the least; beside them what three million
rounds of an empty loop took in the same minutes, by which runs on other machines can be compared. With `--write` the
table goes into content/docs/speed.md.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.benchmarks.building import as_users, loop
from tests.benchmarks.pages import put

ROOT = Path(__file__).parent.parent.parent
SSG = Path(sys.executable).with_name("ssg")


def main(runs: int) -> str:
    """Return the table."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:  # noqa: S108
        root = Path(folder) / "demo"
        cloned(root)
        subprocess.run(
            [SSG, "-C", root, "build"], check=True, capture_output=True, env=as_users()
        )  # the modules are compiled
        loops: list[float] = []
        cases: dict[str, Callable[[], None]] = {
            "from nothing: neither `site/` nor a cache, nor articles in `content/`": lambda: cloned(root),
            "`site/` is gone": lambda: shutil.rmtree(root / "site"),
            "a page of the docs edited": lambda: edited(root / "content" / "docs" / "tutorial.md"),
            "a telling edited": lambda: edited(next(iter(sorted((root / "content" / "stories").rglob("0*.md"))))),
            "nothing changed": lambda: None,
        }
        lines = ["| `ssg build` of the demo | CPU s | wall s | least wall s |", "|---|---|---|---|"]
        for name, prepare in cases.items():
            took = []
            for _ in range(runs):
                prepare()
                loops.append(loop())
                took.append(built(root))
            cpu, wall = zip(*took, strict=True)
            lines.append(f"| {name} | {median(cpu):.2f} | {median(wall):.2f} | {min(wall):.2f} |")
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    foot = (
        f"Python {platform.python_version()}, {os.cpu_count()} processors, load {load}; "
        f"three million rounds of an empty loop: {median(loops):.3f} s ({min(loops):.3f} to {max(loops):.3f}). "
        f"Medians of {runs}."
    )
    return "\n".join([*lines, "", foot])


def cloned(root: Path) -> None:
    """Lay the project's files anew, those alone that it is cloned with."""
    shutil.rmtree(root, ignore_errors=True)
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], check=True, capture_output=True, text=True).stdout
    for name in listed.split("\0")[:-1]:
        if name.startswith(("content/", "seeds/", "themes/")) or "/" not in name:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, path)


def edited(path: Path) -> None:
    """Add a sentence to a page."""
    path.write_text(f"{path.read_text(encoding='utf-8')}\nA sentence more, number {time.monotonic_ns()}.\n", "utf-8")


def built(root: Path) -> tuple[float, float]:
    """Return what one build took: seconds of all its processes, and by the clock."""
    before, start = os.times(), time.perf_counter()
    subprocess.run([SSG, "-C", root, "build"], check=True, capture_output=True, env=as_users())
    wall, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, wall


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:] if one.isdecimal()]
    table = main(*numbers or [5])
    print(table)
    if "--write" in sys.argv:
        put("speed.md", "demo", table)
