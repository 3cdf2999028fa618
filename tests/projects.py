"""Projects on disk for tests: copied, built, compared."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from generator.shell.cli import cli

EXAMPLES = Path(__file__).parent / "examples"


def copied(example: Path, target: Path) -> Path:
    """Copy an example's folder to *target* and return it."""
    shutil.copytree(example, target, dirs_exist_ok=True)
    return target


def ssg(root: Path, *arguments: str) -> Result:
    """Run `ssg` in the project *root*."""
    return CliRunner().invoke(cli, ["-C", str(root), *arguments], catch_exceptions=False)


def unversioned(data: bytes) -> bytes:
    """Return a page without the hashes of the theme's static files: a change of the style changes no example."""
    return re.sub(rb"(\bstatic/[\w.-]+\?v=)[0-9a-f]{8}", rb"\g<1>00000000", data)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder* but hidden ones, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
