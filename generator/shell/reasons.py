"""What a page was made from, and why the last build did or did not make it again: what `ssg explain` tells."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.shell.cache import Cache
from generator.shell.kept import Kept, kept_of
from generator.shell.memory import PAGES
from generator.shell.register import has
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """What is known of one page of the last build."""

    story: str
    """Slug of the story that it belongs to; empty for a page that is made anew by every build that finds a change."""
    sources: tuple[str, ...]
    """Paths of the files that it was made from."""
    why: str
    """In words; empty where nothing is known of the page."""


def reason_of(root: Path, page: str) -> Reason:
    """Return what is known of a page, given its file below the output folder (`stories/x/index.html`).

    A story's pages come back from the cache while nothing that they are made from changes; all other pages are made
    from the stories' summaries whenever anything has changed.
    """
    with Cache(root) as cache:
        told = cache.note("told") or {}
        parts = page.split("/")
        kept = kept_of(cache.last(parts[1])) if len(parts) > 2 else None
        if kept and page in kept.laid:
            sources = tuple(path for path, _ in kept.sources if path.startswith("content/"))
            said = told.get(parts[1])
            return Reason(parts[1], sources, f"made again: {said}" if said else _UNCHANGED)
        if has(cache.text(PAGES), page):
            return Reason("", (), "made from what is kept of every story, whenever anything has changed")
    return Reason("", (), "")


_UNCHANGED = "not made again: nothing that it is made from had changed"

#: So many reasons are told one by one.
_TOLD = 6


def reason(old: Kept | None, new: Kept, old_frame: Mapping[str, str], frame: Mapping[str, str]) -> str:
    """Return why a story was told again, in words; *old* is what was kept of it before."""
    if not old:
        return "it is new, or nothing is known of how it was made before"
    before, now = {**old_frame, **dict(old.sources)}, {**frame, **dict(new.sources)}
    parts = [
        *(f"{name} changed" for name in now if name in before and now[name] != before[name]),
        *(f"{name} came" for name in now if name not in before),
        *(f"{name} went" for name in before if name not in now),
    ]
    if old.told.days != new.told.days:
        parts.append("a day has come")
    more = f" and {len(parts) - _TOLD} more" if len(parts) > _TOLD else ""
    return ", ".join(parts[:_TOLD]) + more if parts else "its pages did not stand as they had been written"
