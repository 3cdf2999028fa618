"""The oldest libraries that `pyproject.toml` allows a user to have, for pip: `python -m tests.oldest`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: What users may install beside the program itself; the developers' tools are the newest.
EXTRAS = ("cards", "cluster", "fast", "html")


def oldest(project: Mapping[str, Any]) -> list[str]:
    """Return every requirement of a `project` table, its lower bound made the only version: `pyyaml==6.0.2`."""
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(one for extra in EXTRAS for one in extras[extra])]
    return [one.replace(">=", "==") for one in wanted]


if __name__ == "__main__":
    table = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    print(*oldest(table["project"]))
