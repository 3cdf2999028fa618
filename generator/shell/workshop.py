"""Building for the preview: only when the sources say something else, and of the site only what they touch.

An edit is told to open pages as soon as what it touches has been read and compared; pages are rendered when somebody
asks for them, and the others when nothing else is to be done. Only content files that seeds call for are written to the
disk. Whatever goes wrong becomes something to show.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.errors import OutputError, Problem, SourceError, SsgError
from generator.ingest.recall import Remembered
from generator.ingest.trees import Overlaid
from generator.model import Config, Tree
from generator.pipeline import Compared, compared
from generator.shell import disk, edits
from generator.shell.ahead import read_ahead
from generator.shell.alike import few_of_each, lines_of
from generator.shell.answers import Shown
from generator.shell.http import Board
from generator.shell.on_demand import OnDemand, to_try
from generator.shell.outcome import told_later
from generator.shell.overlay import overlay, waiting_note
from generator.shell.project import CONFIG, Project, configured, drawable, overridden, read_project
from generator.shell.rereading import Reader, has_gone
from generator.shell.retelling import Comparison
from generator.shell.states import digest
from generator.shell.watch import FILES, FOLDERS, SETTLE_BURST, is_temporary
from generator.site.render import static
from generator.teller import Desk

#: How long another ssg may hold the project before that is called a problem, in seconds.
_LOCKED_FOR = 30.0

#: Files that change at once from which on more may be about to.
_MANY = 3
#: Seconds after which a change of many files is taken for over although it goes on.
_LONGEST = 10.0

#: So many times git must have kept still for a while to be taken to wait for somebody.
_STILL = 10

#: Of so many stories that an edit has touched all pages are rendered without being asked for.
_TRIED = 20


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
        is_still: Callable[[float], bool] = lambda _: True,
        is_more: Callable[[], bool] = lambda: False,
    ) -> None:
        """Build nothing yet; *again* asks for another `refresh` soon, *settings* override those of `ssg.yml`.

        :param is_still: waits for so many seconds whether anything changes, and returns whether nothing did.
        :param is_more: returns whether something has changed since `refresh` was told what had.
        """
        self._settings, self._is_still, self._is_more = settings, is_still, is_more
        self._root, self._drafts, self._board, self._again, self._say = root, drafts, board, again, say
        self._project: Project | None = None
        self._problems: tuple[Problem, ...] = ()
        self._warnings: tuple[Problem, ...] = ()
        self._later: tuple[tuple[str, str], ...] = ()
        self._comparison, self._reader = Comparison(root, again), Reader(root)
        self._recall = Remembered()
        self._has_written = False
        """Whether content files have been written that are still to be read."""
        self._half: Compared | None = None
        """What was built last, if it was well."""
        self._edited: set[str] = set()
        """Files that came, went or changed before the last reading."""
        self._left = 0
        """Stories that were still to be compared."""
        self._themed: tuple[Tree, str] = {}, ""
        """A theme, and a name for it."""
        self._proven = Shown()
        """What was shown last of which all that was tried could be rendered."""

    def refresh(self, named: Collection[str] | None = None) -> None:
        """Build anew if the sources say something else than those that were built last; show what comes of it.

        :param named: the files that something happened to, if that is known.
        """
        start = time.monotonic()
        with self._told(self._board.now[0]):
            with _locked(self._root):
                half, config = self._built(named)
            if half:
                self._succeed(half, config, time.monotonic() - start)

    def prove(self, is_quiet: Callable[[], bool]) -> None:
        """Render what the last edit may have broken and nobody has asked for, as long as nothing else is to be done.

        Before that, look at all the files, in case something has happened that nobody was told of.
        """
        if (self._reader.is_hearsay and not self._reader.proven()) or self._comparison.is_done:
            self._again()
            return
        if self._has_written and self._project:
            self._has_written = not read_ahead(self._project, self._recall, is_quiet)
        shown = self._board.now[0]
        if shown is self._proven or shown.overlay or not isinstance(shown.files, OnDemand):
            return
        with self._told(self._proven):
            for make in to_try(shown.files, self._comparison.anew, _TRIED):
                if not is_quiet():
                    return
                make()
            self._proven = shown
            self._comparison.keep()

    def close(self) -> None:
        """Leave everything as it is."""
        self._comparison.close()

    def broken(self, files: object, error: Exception) -> None:
        """Show what went wrong when somebody asked for one of *files*; nothing, if they are shown no more."""
        if self._board.now[0].files is files:
            with self._told(self._proven):
                raise error

    @contextmanager
    def _told(self, below: Shown) -> Iterator[None]:
        """Turn what goes wrong into something to show, over what was shown *below*."""
        try:
            yield
        except SourceError as error:
            self._fail(error.problems, below)
        except (SsgError, OSError) as error:
            self._fail((Problem("ssg", 0, 0, str(error)),), below)
        except Exception as error:
            traceback.print_exc()
            message = f"a fault of the program, please report it: {type(error).__name__}: {error}"
            self._fail((Problem("ssg", 0, 0, message),), below)

    def _built(self, named: Collection[str] | None) -> tuple[Compared | None, Config]:
        """Return the stories told, content files written; None where nothing is other than before."""
        project, before = drawable(self._read(named)), self._project
        if before and project.theme == before.theme:
            project = replace(project, theme=before.theme)  # the same object, which is soon seen to be the same
        if project == before and not self._problems and not self._comparison.has_news:
            return None, project.config
        self._forewarn(project)
        self._project, self._half = project, None
        ready = self._announce if not self._problems else _silently
        each = self._comparison.of(project.config, ready, news=project == before)
        half = compared(project.sources, project.theme, project.config, each, project.hooks, recall=self._recall)
        self._recall.forget()
        writes = half.ingest.writes if edits.can_write(self._root) else {}
        if not _is_as_read(self._root, writes, project.sources):
            self._project = None  # an editor has saved what we were about to write: theirs first
            self._again()
            return None, project.config
        edits.write(self._root, writes, project.sources)
        self._has_written |= len(writes) > _MANY
        if writes:
            self._project = replace(project, sources={**project.sources, **writes})
        return half, project.config

    def _forewarn(self, project: Project) -> None:
        """Tell open pages at once of an edit that changes no more than texts, and is well, before all is looked at."""
        half, before = self._half, self._project
        if not (half and before) or before.hooks != project.hooks or project.theme is not before.theme:
            return
        files = self._edited
        if before.config == project.config and 0 < len(files) <= _MANY:
            sources, theirs = half.followed(project.sources, files, self._recall)
            if half.is_well(sources, theirs):
                self._announce(replace(half.desk, sources=sources), frozenset())

    def _read(self, named: Collection[str] | None) -> Project:
        """Return the project as it is now, without the files that editors keep for a moment.

        :raises SourceError: for what cannot be read.
        """
        for left in (2, 1, 0):
            try:
                self._let_settings_be_written()
                config = configured(
                    self._root,
                    lambda given: overridden(given, output=None, base_url=None, drafts=self._drafts, jobs=None),
                    self._settings,
                )
                project = read_project(self._root, config, self._sources(named))
            except SourceError as error:
                # A file that went while the folder was being read is no problem; look again.
                if not left or not has_gone(self._root, error):
                    raise
                time.sleep(0.05)
            else:
                return replace(project, theme=_lasting(project.theme))
        raise AssertionError

    def _let_settings_be_written(self) -> None:
        """Wait for who has emptied `ssg.yml` to write it: an empty one would be another site at another address."""
        with suppress(OSError):
            if self._project and not (self._root / CONFIG).stat().st_size:
                time.sleep(SETTLE_BURST)

    def _sources(self, named: Collection[str] | None) -> Tree:
        """Return the sources; where many of them have changed, as a change of branches does it, once that is over.

        A file that has just become empty is looked at again: many programs empty a file before they write it.
        """
        end = time.monotonic() + _LONGEST
        sources = self._reader.read(None if self._has_waited_for_git(end) else named)
        self._edited = set(self._reader.edited)
        if self._reader.is_hearsay and self._is_more():
            sources = self._reader.read()
            self._edited |= self._reader.edited
        if self._project and self._reader.has_emptied:
            time.sleep(SETTLE_BURST)
            sources = self._reader.read()
            self._edited |= self._reader.edited
        if self._project and len(self._reader.changed) > _MANY:
            while time.monotonic() < end:
                is_still = self._is_still(SETTLE_BURST)
                sources = self._reader.read()
                self._edited |= self._reader.edited
                if is_still and not self._reader.changed:
                    break
        return sources

    def _has_waited_for_git(self, end: float) -> bool:
        """Wait as long as git is about to change files, and does; return whether it was.

        It holds its lock meanwhile; so it does while somebody writes a commit's message, and then nothing happens.
        """
        found, still = False, 0
        lock = next((place / ".git" for place in (self._root, *self._root.parents) if (place / ".git").exists()), None)
        while lock and (lock / "index.lock").exists() and still < _STILL and time.monotonic() < end:
            found, still = True, still + 1 if self._is_still(SETTLE_BURST) else 0
        return found

    def _succeed(self, half: Compared, config: Config, seconds: float) -> None:
        known = set(self._warnings)
        few, more = few_of_each(new for new in half.warnings if new not in known)
        for line in lines_of(few, more, "ssg build -v prints all"):
            self._say(f"warning: {line}")
        self._warnings, self._problems = half.warnings, ()
        if half.later and half.later != self._later:
            self._say(told_later(half.later))
        self._later = half.later
        for name in half.ingest.writes:
            self._say(f"content: {name} written")
        self._half = half
        left, of = len(self._comparison.brief), len(half.summaries)
        now = self._board.now[0].files
        files = OnDemand(
            half, self._comparison.files, self._comparison.brief, now if isinstance(now, OnDemand) else None
        )
        shown = Shown(files, base_of(config), name=self._name(half.desk), note=waiting_note(left, of))
        self._board.show(shown, self._other(half.desk.theme).union(*self._comparison.anew.values()))
        self._tell(left, of, seconds)

    def _tell(self, left: int, of: int, seconds: float) -> None:
        """Say what has been built, and what of it is still to be compared."""
        anew, stories = self._comparison.compared, "story" if of == 1 else "stories"
        said = f"built {anew:,} of {of:,} {stories} anew in {seconds:.2f} s"
        if left:
            said += f"; {left:,} are still to be compared: when you open them, or behind the pages, the newest first"
        elif self._left:
            said += "; all are compared now"
        self._left = left
        self._say(said)

    def _announce(self, desk: Desk, of_stories: frozenset[str]) -> None:
        """Tell open pages of an edit that has been read and is well; what they ask for waits until it is compared."""
        if isinstance(self._board.now[0].files, OnDemand):
            version = Shown({}, base_of(desk.config), name=self._name(desk)).version
            self._board.announce(version, self._other(desk.theme) | of_stories)

    def _name(self, desk: Desk) -> str:
        """Return a name for the site that is made from what lies on a desk: the same for the same site."""
        if desk.theme is not self._themed[0]:
            self._themed = desk.theme, digest(repr(sorted(desk.theme.items())).encode("utf-8", "replace"))
        rest = repr((desk.config, desk.hooks.key, self._themed[1])).encode("utf-8", "replace")
        writes = desk.sources.upper if isinstance(desk.sources, Overlaid) else {}
        told = self._comparison.generation if self._comparison.brief else 0
        return f"{digest(rest)} {self._reader.name_of(writes)} {told}"

    def _other(self, theme: Tree) -> frozenset[str]:
        """Return the files of no single story that may be other than those that are shown."""
        before = self._board.now[0].files
        if not isinstance(before, OnDemand):
            return frozenset()
        if before.theme is theme:
            return before.known
        old, new = before.static, static(theme)
        return frozenset().union((path for path in {*old, *new} if old.get(path) != new.get(path)), before.known)

    def _fail(self, problems: tuple[Problem, ...], below: Shown) -> None:
        told = overlay(problems, text_finder(self._root, self._project), has_site=bool(below.name))
        self._board.show(replace(below, overlay=told), frozenset())
        if problems != self._problems:
            for found in problems:
                self._say(str(found))
            self._say("not built; waiting for the next change")
        self._problems = problems


def _silently(*_: object) -> None:
    """Announce nothing: what was wrong goes only when all of it is right again."""


def base_of(config: Config) -> str:
    """Return the path below which a site lives, with a slash at both ends."""
    path = unquote(urlsplit(config.base_url).path).strip("/")
    return f"/{path}/" if path else "/"


# ---------------------------------------------------------------------------- reading


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
        if project and (found := _template(path, project.theme)):
            return _text(found)
        place = root / path
        if path not in FILES and path.split("/", 1)[0] not in FOLDERS:
            return None
        if place.is_symlink() or not place.resolve().is_relative_to(root.resolve()):
            return None
        with suppress(OSError):
            return _text(place.read_bytes())
        return None

    return text_of


def _template(path: str, theme: Tree) -> bytes | None:
    """Return a template that is named by its place in the theme, or in one that this extends."""
    parts = path.split("/", 3)
    under = f"templates/{parts[1]}/{parts[3]}" if parts[0] == "themes" and len(parts) == 4 else path
    return theme.get(under) if under.startswith("templates/") else None


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
