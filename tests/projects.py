"""Projects on disk for tests: copied, built, compared."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from generator.shell.cli import cli

EXAMPLES = Path(__file__).parent / "examples"
TOPICS = ("bridge", "school", "harbour", "museum")


def sources(stories: int = 2, outlet: str = "Courier") -> dict[str, bytes]:
    """Return a content folder of stories in two tellings each."""
    found = {}
    for number in range(stories):
        topic = TOPICS[number % len(TOPICS)]
        for teller in ("one", "two"):
            name = f"content/stories/{topic}-{number}/{teller}.md"
            header = f"---\ntitle: The {topic} of {teller}\noutlet: {outlet if teller == 'one' else 'Post'}\n---\n\n"
            body = f"The {topic} in town {number} is closed, says paper {teller}. It opens again in May.\n"
            found[name] = (header + body).encode()
    return found


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


def project_of(root: Path, stories: int, hooks: str = "") -> Path:
    """Write a project of so many short stories in two tellings each; return its folder."""
    for path, data in sources(stories).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    (root / "ssg.yml").write_text("base_url: https://example.org/\ncards: {enabled: false}\n", encoding="utf-8")
    if hooks:
        (root / "hooks.py").write_text(hooks, encoding="utf-8")
    return root
