"""Which file of a content folder is for what: the stories' shelves, the outlets, the editor's pages.

Of an article no more is read than its header, for the story that it states.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.errors import Problem, SourceError
from generator.ingest import edits
from generator.ingest.slugs import RESERVED, is_slug, slugify
from generator.model import Tree
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Shelf:
    """The content files of one story, by path."""

    story: str
    """Its slug."""
    articles: tuple[str, ...]
    about: str = ""
    """Its `_index.md`, where there is one."""
    edits: str = ""
    """Its `_edits.yml`, where there is one."""
    aside: tuple[str, ...] = ()
    """Articles that the story is told without, because something is wrong with what they are made from."""
    asked: tuple[str, ...] = ()
    """Shortcodes with which pages quote the story."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Everything that the story is read from."""
        return (*self.articles, *filter(None, (self.about, self.edits)))


@dataclass(frozen=True, slots=True)
class Shelves:
    """A content folder by what its files are for; none of them is read yet."""

    stories: tuple[Shelf, ...]
    outlets: tuple[str, ...]
    pages: tuple[str, ...]
    problems: tuple[Problem, ...]
    """Names that are no slugs, or differ only in case; files that lie where none belongs."""

    def awaiting(self, articles: Sequence[tuple[str, str]]) -> Shelves:
        """Return shelves that know of *articles* still to be written: of each the story (or nothing) and the name."""
        if not articles:
            return self
        return replace(self, stories=tuple(_awaiting(shelf, articles) for shelf in self.stories))


def shelves(
    tree: Tree,
    stories_of: Mapping[str, str] | None = None,
    aside: frozenset[str] = frozenset(),
    *,
    keep_going: bool = False,
) -> Shelves:
    """Return the paths of a content folder by what they are for: an article belongs to the story that it states.

    :param stories_of: article's path → its story, where that is known already; others are looked into.
    :param aside: articles that are to be left out.
    :param keep_going: whether files whose names are a problem are left out, too.
    """
    known = stories_of or {}
    paths = sorted(path for path in tree if is_markdown(path))
    stories: defaultdict[str, list[str]] = defaultdict(list)
    outlet_paths, page_paths, problems = [], [], _bad_names(paths)
    nameless = {problem.path for problem in problems if keep_going}
    for path in paths:
        if path in nameless:
            continue
        parts = path.split("/")[1:]
        if parts[0] == "stories" and len(parts) == 3:
            stories[parts[1] if parts[2] == "_index.md" else _story(path, tree, known)].append(path)
        elif parts[0] == "outlets" and len(parts) == 2 and parts[1] != "_index.md":
            outlet_paths.append(path)
        elif parts[0] in ("stories", "outlets") and parts[1:] != ["_index.md"]:
            shape = "content/stories/<story>/<article>.md" if parts[0] == "stories" else "content/outlets/<outlet>.md"
            problems.append(Problem(path, 0, 0, f"expected {shape} – move the file"))
        else:
            page_paths.append(path)
    for path in sorted(path for path in tree if path.endswith(f"/{edits.NAME}") and path.count("/") == 3):
        slug = path.split("/")[2]
        if slug in stories:
            stories[slug].append(path)
        else:
            problems.append(Problem(path, 0, 0, f"there is no story {slug!r} – move the file, or delete it"))
    shelved = tuple(_shelf(slug, stories[slug], aside) for slug in sorted(stories))
    return Shelves(shelved, tuple(outlet_paths), tuple(page_paths), tuple(problems))


def _shelf(slug: str, paths: Sequence[str], aside: frozenset[str]) -> Shelf:
    own = (f"content/stories/{slug}/_index.md", f"content/stories/{slug}/{edits.NAME}")
    about, ruled = (path if path in paths else "" for path in own)
    articles = tuple(path for path in paths if path not in own)
    return without(Shelf(slug, articles, about, ruled), aside)


def _awaiting(shelf: Shelf, articles: Sequence[tuple[str, str]]) -> Shelf:
    paths = {f"content/stories/{shelf.story}/{name}.md" for story, name in articles if story in ("", shelf.story)}
    more = paths.difference(shelf.paths, shelf.aside)
    return replace(shelf, aside=tuple(sorted((*shelf.aside, *more)))) if more else shelf


def without(shelf: Shelf, paths: Container[str]) -> Shelf:
    """Return a shelf with those of its articles set aside that are among *paths*."""
    aside = tuple(path for path in shelf.articles if path in paths)
    if not aside:
        return shelf
    kept = tuple(path for path in shelf.articles if path not in aside)
    return replace(shelf, articles=kept, aside=tuple(sorted((*shelf.aside, *aside))))


def _story(path: str, tree: Tree, known: Mapping[str, str]) -> str:
    if path in known:
        return known[path]
    try:
        data = _beginning(path, tree)
        return story_of(path, data if len(data) < _HEADER or data.find(b"\n---", 3) >= 0 else tree[path])
    except SourceError:  # whoever reads it will tell
        return path.split("/")[2]


#: In so many bytes almost every header ends.
_HEADER = 2048


def _beginning(path: str, tree: Tree) -> bytes:
    """Return the first bytes of a file; trees that need not read all of it for that say so by a method."""
    read: Callable[[str, int], bytes] | None = getattr(tree, "beginning", None)
    return read(path, _HEADER) if read else tree[path]


_STATED = re.compile(rb"^story:[ \t]*['\"]?([a-z0-9-]+)['\"]?[ \t]*\r?$", re.MULTILINE)


def story_of(path: str, data: bytes) -> str:
    """Return the slug of the story that an article belongs to: as its header states, else its folder's name.

    Only a header in the usual form is understood here; `read_article` finds what is wrong with any other.
    """
    end = data.find(b"\n---", 3) if data.startswith((b"---", b"\xef\xbb\xbf---")) else -1
    found = _STATED.search(data, 0, end) if end > 0 and data.find(b"\nstory:", 0, end) >= 0 else None
    return found[1].decode() if found else path.split("/")[2]


def _bad_names(paths: Sequence[str]) -> list[Problem]:
    """Return names that no address can carry, and those that some file systems cannot tell apart."""
    problems = []
    seen: dict[str, str] = {}
    for path in paths:
        for part in path.removesuffix(".md").split("/")[1:]:
            if part != "_index" and not is_slug(part):
                why = "reserved for the site or for Windows" if part in RESERVED else "no name of a-z, 0-9 and hyphens"
                problems.append(Problem(path, 0, 0, f"{part!r} is {why} – rename it to {slugify(part)!r}"))
        folded = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        same = seen.setdefault(folded, path)
        if same != path:
            problems.append(Problem(path, 0, 0, f"has the same address as {same} – rename one of them"))
    return problems


def is_markdown(path: str) -> bool:
    """Return whether a file of the project is an article or another text of content/."""
    return path.startswith("content/") and path.endswith(".md") and "/." not in path
