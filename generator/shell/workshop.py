"""Building for the preview: only when the sources say something else, and of the comparison only what they touch.

The site is built into memory; only content files that seeds call for are written to the disk. Whatever goes wrong
becomes something to show.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.errors import OutputError, Problem, SourceError, SsgError
from generator.ingest.content import Shelf
from generator.model import Config, Removed, Tree
from generator.pipeline import Desk, Each, Site, Told, build
from generator.shell import disk, edits
from generator.shell.answers import Shown
from generator.shell.engines import each_of, engine_of
from generator.shell.http import Board
from generator.shell.overlay import overlay
from generator.shell.project import Project, configured, overridden, read_project
from generator.shell.watch import FILES, FOLDERS, is_temporary

#: How long another ssg may hold the project before that is called a problem, in seconds.
_LOCKED_FOR = 30.0


class Workshop:
    """The last build, and what it takes to know whether another is due."""

    def __init__(
        self,
        root: Path,
        drafts: bool,
        board: Board,
        again: Callable[[], None],
        say: Callable[[str], None],
        settings: Sequence[str] = (),
    ) -> None:
        """Build nothing yet; *again* asks for another `refresh` soon, *settings* override those of `ssg.yml`."""
        self._settings = settings
        self._root, self._drafts, self._board, self._again, self._say = root, drafts, board, again, say
        self._project: Project | None = None
        self._problems: tuple[Problem, ...] = ()
        self._warnings: tuple[Problem, ...] = ()
        self._comparison = Comparison()

    def refresh(self) -> None:
        """Build anew if the sources say something else than those that were built last; show what comes of it."""
        start = time.monotonic()
        try:
            with _locked(self._root):
                site, config = self._built()
        except SourceError as error:
            self._fail(error.problems)
        except (SsgError, OSError) as error:
            self._fail((Problem("ssg", 0, 0, str(error)),))
        except Exception as error:
            traceback.print_exc()
            message = f"a fault of the program, please report it: {type(error).__name__}: {error}"
            self._fail((Problem("ssg", 0, 0, message),))
        else:
            if site:
                self._succeed(site, config, time.monotonic() - start)

    def _built(self) -> tuple[Site | None, Config]:
        """Return the site, content files written; None where nothing is other than before."""
        project = _read(self._root, self._drafts, self._settings)
        if project == self._project and not self._problems:
            return None, project.config
        self._project = project
        site = build(project.sources, project.theme, project.config, self._comparison.of(project.config), project.hooks)
        writes = site.ingest.writes if edits.can_write(self._root) else {}
        if not _is_as_read(self._root, writes, project.sources):
            self._project = None  # an editor has saved what we were about to write: theirs first
            self._again()
            return None, project.config
        edits.write(self._root, writes, project.sources)
        self._project = replace(project, sources={**project.sources, **writes})
        return site, project.config

    def _succeed(self, site: Site, config: Config, seconds: float) -> None:
        for warning in site.warnings:
            if warning not in self._warnings:
                self._say(f"warning: {warning}")
        self._warnings, self._problems = site.warnings, ()
        for name in site.ingest.writes:
            self._say(f"content: {name} written")
        changed = self._board.show(Shown(site.files, base_of(config)))
        self._say(f"built {len(site.files):,} files in {seconds:.2f} s, {changed:,} of them new or changed")

    def _fail(self, problems: tuple[Problem, ...]) -> None:
        shown = self._board.now[0]
        told = overlay(problems, text_finder(self._root, self._project), has_site=bool(shown.files))
        self._board.show(replace(shown, overlay=told))
        if problems != self._problems:
            for found in problems:
                self._say(str(found))
            self._say("not built; waiting for the next change")
        self._problems = problems


class Comparison:
    """The stories of the last build, by what they were made from: an edit to one tells that one again."""

    def __init__(self) -> None:
        self._known: list[tuple[Desk, dict[Made, Told]]] = []
        """By what lies on the desk: that of the last build, and that of the stories it has told again."""

    def of(self, config: Config) -> Each:
        """Return how to tell every story under *config*: what `generator.pipeline.build` calls `each`."""
        # Threads are running: a forked process might inherit a lock that nobody opens any more.
        engine = each_of(engine_of(config, "spawn"))

        def each(desk: Desk, shelves: Sequence[Shelf]) -> Iterable[Told]:
            bare = replace(desk, sources={}, removed={})
            known = next((known for other, known in self._known if other == bare), {})
            wanted = [_made_from(desk, shelf) for shelf in shelves]
            missing = [made for made in wanted if made not in known]
            found = dict(zip(missing, engine(desk, [made[0] for made in missing]), strict=True))
            # Only what this build needs is kept, so that memory does not grow with every edit.
            kept = {made: found.get(made) or known[made] for made in wanted}
            self._known = [(bare, kept), *((other, told) for other, told in self._known if other != bare)][:2]
            return list(kept.values())

        return each


Made = tuple[Shelf, tuple[bytes, ...], tuple[tuple[Removed, ...], ...]]
"""All that a story is made from, beside what lies on every story's desk."""


def _made_from(desk: Desk, shelf: Shelf) -> Made:
    return (
        shelf,
        tuple(desk.sources[path] for path in shelf.paths),
        tuple(desk.removed.get(path, ()) for path in shelf.articles),
    )


def base_of(config: Config) -> str:
    """Return the path below which a site lives, with a slash at both ends."""
    path = unquote(urlsplit(config.base_url).path).strip("/")
    return f"/{path}/" if path else "/"


# ---------------------------------------------------------------------------- reading


def _read(root: Path, drafts: bool, settings: Sequence[str]) -> Project:
    """Return the project as it is now, without the files that editors keep for a moment.

    :raises SourceError: for what cannot be read.
    """
    for left in (2, 1, 0):
        try:
            config = configured(
                root, lambda given: overridden(given, output=None, base_url=None, drafts=drafts, jobs=None), settings
            )
            project = read_project(root, config)
        except SourceError as error:
            # A file that went while the folder was being read is no problem; look again.
            if not left or all((root / found.path).exists() for found in error.problems):
                raise
            time.sleep(0.05)
        else:
            return replace(project, sources=_lasting(project.sources), theme=_lasting(project.theme))
    raise AssertionError


def _lasting(tree: Tree) -> Tree:
    return {path: data for path, data in tree.items() if not is_temporary(path)}


def _is_as_read(root: Path, writes: Iterable[str], sources: Tree) -> bool:
    """Return whether nobody has written, since *sources* were read, to a file that we are about to write."""
    for name in writes:
        try:
            now: bytes | None = (root / name).read_bytes()
        except FileNotFoundError:
            now = None
        if now != sources.get(name):
            return False
    return True


def text_finder(root: Path, project: Project | None) -> Callable[[str], str | None]:
    """Return what finds the text of a source that a problem names: on the disk, a template's in the theme too."""

    def text_of(path: str) -> str | None:
        if path.startswith("templates/") and project:
            return _text(project.theme.get(path))
        place = root / path
        if path not in FILES and path.split("/", 1)[0] not in FOLDERS:
            return None
        if place.is_symlink() or not place.resolve().is_relative_to(root.resolve()):
            return None
        with suppress(OSError):
            return _text(place.read_bytes())
        return None

    return text_of


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "replace")


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the project's lock; wait a while for another ssg to end.

    :raises OutputError: if it does not.
    """
    end = time.monotonic() + _LOCKED_FOR
    while True:
        lock = disk.locked(root)
        try:
            lock.__enter__()
            break
        except OutputError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
    try:
        yield
    finally:
        lock.__exit__(None, None, None)
