"""What a preview reads while nothing else is to be done, so that the next edit need not wait for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from generator.errors import SourceError
from generator.gathered import ingest
from generator.ingest.recall import Recall
from generator.shell.project import Project

_Given = TypeVarTuple("_Given")
_Made = TypeVar("_Made")


class _InterruptedError(Exception):
    """Something else is to be done."""


def read_ahead(project: Project, recall: Recall, is_quiet: Callable[[], bool]) -> bool:
    """Have *recall* remember every seed, and every article, as long as it *is_quiet*; return whether it does of all."""

    def quietly(name: str, make: Callable[[*_Given], _Made], /, *given: *_Given) -> _Made:
        if not is_quiet():
            raise _InterruptedError
        return recall(name, make, *given)

    try:
        ingest(project.sources, project.config, quietly)
    except _InterruptedError:
        return False
    except SourceError:  # the next build tells
        pass
    return True
