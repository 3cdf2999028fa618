"""Why the last build did or did not make a page again, and what has changed since: what `ssg explain` tells."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.ingest.shelves import story_of
from generator.model import Tree
from generator.shell.cache import Cache
from generator.shell.kept import Kept, kept_of
from generator.shell.memory import SOURCES, is_article
from generator.shell.states import digest
from generator.shell.swap import IS_WINDOWS

#: Under this name the cache has why stories were told by the last build.
TOLD = "told"
#: Under this name, the moment at which the last build looked at its sources, in nanoseconds.
MOMENT = "moment"
#: Why a story was, of which a part had all.
MERGED = "a part that `ssg build --shard` wrote has it"
#: What the reasons are of: a build that finds nothing changed asks for none, and leaves those that are known.
_LAST = "the last build that found anything changed"
#: So many stories are named, and so many reasons of one.
_NAMED, _TOLD = 5, 6


def why(root: Path, page: str) -> str:
    """Return why the last build made a page again, or did not, in words; nothing where nothing is known.

    :param page: its file below the output folder (`stories/x/index.html`).
    """
    with Cache(root) as cache:
        told = cache.note(TOLD)
    if not isinstance(told, dict):
        return ""
    parts = page.split("/")
    if page.startswith("static/"):
        return "a file of the theme, copied as it is"
    if parts[0] not in ("stories", "embed") or len(parts) < 3 or parts[1] == "page":
        return _of_no_story(told)
    if parts[1] in told:
        return f"told anew by {_LAST}: {told[parts[1]]}"
    return f"not told anew by {_LAST}: an earlier one had made it from the same"


def _of_no_story(told: Mapping[str, str]) -> str:
    """Return why a list, a feed or an editor's own page was made."""
    named = [f"{story} ({why})" for story, why in sorted(told.items())]
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    last = f"told anew {', '.join(named[:_NAMED])}{more}" if named else "told no story anew"
    return (
        "belongs to no single story: made by every build that finds anything changed, and written if it is other than "
        f"before; the last one {last}"
    )


def changed(root: Path, sources: Tree, paths: Iterable[str], written: int) -> list[str]:
    """Return those of the sources that have changed since the last build.

    :param written: when its site was written, in nanoseconds: all that is known where the cache knows nothing.

    Of stories' files the bytes are known; of all others, when something was last done to them, which nobody can turn
    back.
    """
    with Cache(root) as cache:
        moment, wanted = cache.note(MOMENT), list(paths)
        since = moment if isinstance(moment, int) else written
        hashes = {path: seen.rpartition(" ")[2] for path, seen in cache.seen_of(SOURCES, wanted).items()}
        for path in wanted:
            if is_article(path) and path not in hashes:  # it was written just before that build, or by it
                kept = kept_of(cache.last(story_of(path, sources[path])))
                hashes |= dict(kept.sources) if kept else {}
    return [
        path
        for path in wanted
        if (digest(sources[path]) != hashes[path] if path in hashes else _touched(root / path) > since)
    ]


def _touched(path: Path) -> int:
    """Return when something was last done to a file, in nanoseconds."""
    stat = os.lstat(path)
    return stat.st_mtime_ns if IS_WINDOWS else stat.st_ctime_ns


def reason(
    old: Kept | None, new: Kept, old_frame: Mapping[str, str], frame: Mapping[str, str], today: str, *, anew: bool
) -> str:
    """Return why a story was told again, in words; *old* is what was kept of it before.

    :param today: the day that the site is built as of; empty: none.
    :param anew: whether the build was to pass over what is kept.
    """
    if not old:
        return "it is new, or nothing is known of how it was made before"
    before, now = {**old_frame, **dict(old.sources)}, {**frame, **dict(new.sources)}
    parts = [
        *(f"{name} changed" for name in now if name in before and now[name] != before[name]),
        *(f"{name} came" for name in now if name not in before),
        *(f"{name} went" for name in before if name not in now),
    ]
    if not old.told.days.hold(today):
        parts.append("on this day it reads otherwise")
    more = f" and {len(parts) - _TOLD} more" if len(parts) > _TOLD else ""
    if parts:
        return ", ".join(parts[:_TOLD]) + more
    return "--clean makes everything anew" if anew else "its pages did not stand as they had been written"
