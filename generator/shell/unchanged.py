"""A plain `ssg build` of a project in which nothing has changed: answered before what reads command lines is imported.

That takes longer than to look at a project of some hundred files. Whatever asks for more than
`ssg [-C DIR] build [-q]`, or has more to tell than that all is as it was, goes the usual way, and takes along what was
seen here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import SsgError
from generator.shell.lock import locked
from generator.shell.memory import Look, asked, at_rest, has_cache, look, recall
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.shell.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Found:
    """A project as it was seen, and what its last build said if nothing has changed since."""

    seen: Look
    outcome: Outcome | None


def found_by(arguments: Sequence[str]) -> Found | None:
    """Return what a plain `ssg build` finds, None for other calls, and where no build has left anything."""
    root, is_plain = _read(arguments)
    if not is_plain or not os.path.isdir(root) or not has_cache(root):
        return None
    try:
        with locked(root):
            return found_in(root, asked())
    except (SsgError, OSError):  # the usual way tells of it
        return None


def found_in(root: Path, asked: str, *, anew: bool = False) -> Found:
    """Return what is found in a project for what is *asked*; *anew* says to pass over what the last build said."""
    seen = look(root, asked)
    outcome = None if anew else recall(root, seen)
    return Found(seen if outcome else at_rest(root, seen, asked), outcome)


def told(found: Found, arguments: Sequence[str]) -> bool:
    """Tell what a plain `ssg build` does if nothing has changed, and return whether there is no more to tell."""
    outcome = found.outcome
    if not outcome or outcome.warnings or outcome.left_out:
        return False
    if _QUIET.isdisjoint(arguments):
        sys.stderr.write("".join([f"{line}\n" for line in outcome.lines()]))
        sys.stderr.flush()
    return True


_QUIET = frozenset(("-q", "--quiet"))


def _read(arguments: Sequence[str]) -> tuple[Path, bool]:
    """Return the project's folder, and whether a command line is a plain one."""
    folder, rest = (arguments[1], arguments[2:]) if len(arguments) > 1 and arguments[0] == "-C" else (".", arguments)
    return Path(folder), rest[:1] == ["build"] and (len(rest) == 1 or (len(rest) == 2 and rest[1] in _QUIET))
