"""A new project: a configuration that explains itself, an example that builds, a workflow that publishes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from generator.errors import OutputError, Problem, SourceError
from generator.ingest.schema import schema_of
from generator.shell.disk import write_files

#: Template → where it goes. Names that begin with a dot are given only here: as templates such files would hide things
#: from the program's own tools.
FILES = {
    "ssg.yml": "ssg.yml",
    "gitignore": ".gitignore",
    "pages.yml": ".github/workflows/pages.yml",
    "requirements.txt": "requirements.txt",
    "home.md": "content/_index.md",
    "story.md": "content/stories/mill-bridge/_index.md",
    "courier.txt": "seeds/mill-bridge/courier.txt",
    "courier.yml": "seeds/mill-bridge/courier.yml",
    "evening-post.txt": "seeds/mill-bridge/evening-post.txt",
    "evening-post.yml": "seeds/mill-bridge/evening-post.yml",
    "outlet.md": "content/outlets/the-courier.md",
    "empty": "site/.gitkeep",
}

_TEMPLATES = Path(__file__).parent / "starter"


#: The schema by which an editor completes and checks ssg.yml, which names it in its first line.
SCHEMA = ".schema/ssg.json"


def files() -> dict[str, bytes]:
    """Return the files of a new project, by their paths."""
    schema = json.dumps(schema_of("ssg"), ensure_ascii=False, indent=2) + "\n"
    return {place: (_TEMPLATES / name).read_bytes() for name, place in FILES.items()} | {SCHEMA: schema.encode()}


def init(root: Path, name: str, say: Callable[[str], None]) -> None:
    """Begin a project in the folder *root*, which need not exist.

    :param name: the folder as the user wrote it.
    :param say: takes every line that a person at the terminal should read.
    :raises SourceError: naming every file that stands where one would be written, or where the folder would; then none
        is.
    :raises OutputError: if the folder cannot be written.
    """
    if root.exists() and not root.is_dir():
        raise SourceError([Problem(name, 0, 0, "is a file – choose another folder")])
    new = files()
    taken = [place for place in new if _is_taken(root, place)]
    if taken:
        raise SourceError(
            Problem(f"{name.rstrip('/')}/{place}" if name != "." else place, 0, 0, _TAKEN) for place in taken
        )
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{name}: cannot be made ({error.strerror})") from error
    write_files(root, new)
    for line in _next_steps(name, len(new)):
        say(line)


_TAKEN = "exists already, and is not overwritten – choose another folder"


def _is_taken(root: Path, place: str) -> bool:
    """Return whether something stands at *place*, or a file where one of its folders would have to be."""
    target = root / place
    if target.exists() or target.is_symlink():
        return True
    return any((root / parent).exists() and not (root / parent).is_dir() for parent in Path(place).parents)


def _next_steps(name: str, count: int) -> list[str]:
    where = "this folder" if name == "." else f"{name.rstrip('/')}/"
    enter = [] if name == "." else [f"  cd {name}"]
    return [
        f"made a new project of {count} files in {where}; next:",
        *enter,
        "  ssg serve      # builds the example and shows it; every edit shows at once",
        "  ssg build      # writes the site to site/",
        "Put captures of your own into seeds/. The example goes with the two folders mill-bridge/ in seeds/ and",
        "content/stories/, and content/outlets/the-courier.md.",
    ]
