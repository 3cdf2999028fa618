"""What can be wrong with somebody's sources, and where.

The tree::

    SsgError
    ├── SourceError   seeds, content, configuration, themes: carries every problem found
    └── OutputError   the built site breaks a promise, or cannot be written
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.values import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong (or doubtful) at one place, with the way out in its message."""

    path: str
    """Path below the project's folder, with forward slashes."""
    line: int
    """Line in that file, from 1; 0 where the whole file is meant."""
    column: int
    """Column in that line, from 1; 0 where it is not known."""
    message: str

    def __str__(self) -> str:
        """`path:line:column: what, and the way out`, leaving out what is not known."""
        place = on_one_line(self.path)
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return seen(f"{place}: {self.message}")


#: What a terminal would obey instead of showing: controls, and overrides of the direction of writing.
_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def seen(text: str) -> str:
    """Return *text* with whatever a terminal would obey written out, as `\\x1b`: names and texts come from anywhere."""
    if text.isascii() and text.isprintable():
        return text
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def on_one_line(name: str) -> str:
    """Return a file's name without line breaks, which some disks allow in it."""
    return name.replace("\n", "\\n")


def problem(path: str, message: str, *, line: int = 0, column: int = 0) -> Problem:
    """Return a `Problem`, the parts seldom known last."""
    return Problem(path, line, column, message)


class SsgError(Exception):
    """Anything the program says about somebody's work, as opposed to a fault of its own."""


class SourceError(SsgError):
    """Sources that cannot be built from; carries all problems, not the first."""

    def __init__(self, problems: Iterable[Problem], left: str = "nothing was written") -> None:
        """Take all *problems*, in any order; *left* says what a command that meets them leaves behind."""
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        self.left = left
        super().__init__("\n".join(map(str, self.problems)))


class OutputError(SsgError):
    """A site that would break a promise, or a folder that cannot be written."""
