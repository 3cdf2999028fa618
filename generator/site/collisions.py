"""Places that two files of a site would have, or of which one would be a file where the other needs a folder.

Places that a disk without upper case cannot tell apart count as one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.errors import Problem
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.site.summary import Summary

Place = tuple[str, tuple[str, ...]]
"""A file below the site's root, and the sources that it is made from."""
Aliases = Callable[[str], Mapping[str, int]]
"""Content file → the files that stand for its aliases, each with the line that states it."""


def of_stories(summaries: Iterable[Summary]) -> Iterator[Place]:
    """Yield the places of all stories' own files."""
    return ((path, summary.sources) for summary in summaries for path, _ in summary.pages)


def problems(places: Iterable[Place], aliases: Aliases = lambda _: {}) -> list[Problem]:
    """Return what is wrong where files would take each other's places, at the alias that does it, if one does."""
    found, others, told = [], [], set()
    for one, other in _pairs(sorted(places)):
        sources = tuple(dict.fromkeys((*one[1], *other[1])))
        claims = sorted({*_claims(one, aliases), *_claims(other, aliases)}, key=lambda claim: (claim.line > 0, claim))
        if claims:
            found.append(_claimed(claims, one[0], other[0]))
            told.add(sources)
        else:
            message = f"would have the same address as another page, {_shown(one[0])} – rename one of them"
            others.append((sources, Problem((*sources, one[0])[0], 0, 0, message)))
    # Of two articles of one name the pages of their pairs say no more than they do themselves.
    return [*found, *(problem for sources, problem in others if sources not in told)]


def in_the_way(new: Collection[str], others: Iterable[str]) -> tuple[str, str] | None:
    """Return a *new* file that cannot be in a site, and which file of it is in its way; None if all of them can be."""
    pair = next(_pairs(sorted((path, ()) for path in (*others, *new))), None)
    if not pair:
        return None
    (one, _), (other, _) = pair
    return (one, other) if one in new else (other, one)


def _pairs(places: Iterable[Place]) -> Iterator[tuple[Place, Place]]:
    """Yield places that are one, then files with one that lies below them."""
    seen: dict[str, Place] = {}
    for place in places:
        first = seen.setdefault(place[0].casefold(), place)
        if first is not place:
            yield first, place
    folders: set[str] = set()
    for path, place in seen.items():
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            if folder in seen:
                yield seen[folder], place
            folder = folder.rpartition("/")[0]


@dataclass(frozen=True, slots=True, order=True)
class _Claim:
    """A content file that is printed at a place, or states it as a former address."""

    source: str
    line: int
    """The alias's; 0 for the file's own page."""


def _claims(place: Place, aliases: Aliases) -> Iterator[_Claim]:
    path, made_from = place
    for source in made_from:
        if not source.startswith("content/"):
            continue
        if _is_page_of(source, path):
            yield _Claim(source, 0)
        if line := aliases(source).get(path, 0):
            yield _Claim(source, line)


def _is_page_of(source: str, path: str) -> bool:
    """Whether a content file is printed at *path*, which is made from it: an article at the story that it states."""
    name = source.removeprefix("content/").removesuffix(".md")
    parts, there = name.split("/"), path.split("/")
    if parts[0] == "stories" and len(parts) == 3 and parts[2] != "_index":
        return there[0] == "stories" and there[2:] == [parts[2], "index.html"]
    folder = name.removesuffix("_index").rstrip("/")
    return path == (f"{folder}/index.html" if folder else "index.html")


def _claimed(claims: list[_Claim], one: str, other: str) -> Problem:
    """Say what is wrong with the last of the claims; aliases are last."""
    blamed, before = claims[-1], claims[-2] if len(claims) > 1 else None
    is_below = one.casefold() != other.casefold()
    what = f"{_shown(other)} would lie below the file {_shown(one)}" if is_below else _shown(other)
    if not before:
        whose = "a file of the theme" if one.startswith("static/") else f"{_kind(one)} of the site's own"
    elif before.source == blamed.source:
        whose = "the page's own address" if not before.line else "an alias of the same file"
    else:
        whose = f"{'an alias' if before.line else 'the address'} of {before.source}"
    if blamed.line:
        said = f"aliases: {what}, {whose}" if is_below else f"aliases: {what} is {_there(whose)}"
        return Problem(blamed.source, blamed.line, 0, f"{said} – take it out, or choose another")
    said = f"would have the same address as {before.source if before else whose}, {_shown(other)}"
    return Problem(blamed.source, 0, 0, f"{said} – rename {'one of them' if before else 'the file'}")


def _there(whose: str) -> str:
    return f"the address of {whose}" if whose.endswith("of the site's own") or whose.startswith("a file") else whose


def _kind(path: str) -> str:
    return "a page" if path.endswith(".html") else "a file"


def _shown(path: str) -> str:
    return f"/{path.removesuffix('index.html')}"
