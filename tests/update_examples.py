"""Rewrite what the examples expect: `python -m tests.update_examples`; then read the difference before committing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.projects import EXAMPLES, copied, ssg, unversioned


def update() -> None:
    """Build every example anew, and keep what comes out as what is expected."""
    for before in sorted(EXAMPLES.glob("*/before")):
        with tempfile.TemporaryDirectory() as folder:
            root = copied(before, Path(folder))
            result = ssg(root, "build")
            assert result.exit_code == 0, result.output
            after = before.with_name("after")
            shutil.rmtree(after, ignore_errors=True)
            for name in ("content", "site"):
                shutil.copytree(root / name, after / name, ignore=shutil.ignore_patterns(".*", "static", "*.png"))
            for page in sorted((after / "site").rglob("*.html")):
                page.write_bytes(unversioned(page.read_bytes()))
            (after / "stderr.txt").write_text(result.stderr, encoding="utf-8")
    for invalid in sorted(path for path in (EXAMPLES / "invalid").iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as folder:
            result = ssg(copied(invalid, Path(folder)), "build")
            assert result.exit_code == 1, result.output
            (invalid / "problems.txt").write_text(result.stderr, encoding="utf-8")


if __name__ == "__main__":
    update()
