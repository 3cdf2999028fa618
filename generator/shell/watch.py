"""Which files changed, and when it is quiet again: the one door to watchdog.

An event is a hint, never a proof: chmod, an editor's juggling of files and our own writes make events too, so whoever
is called compares what the files say before doing anything.
"""

from __future__ import annotations

import os
import re
import time
import warnings
from collections.abc import Callable, Collection
from pathlib import Path, PurePath
from threading import Condition
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

#: What a site is made from, below the project's folder. Nothing else is watched: not the output, not `.git`.
FOLDERS = ("seeds", "content", "themes")
FILES = ("ssg.yml", "hooks.py")

#: Seconds without an event after which a single save is over: an editor is done within a few milliseconds.
SETTLE = 0.02
#: The same for a burst of many files, as a change of branches makes: it may pause for longer.
SETTLE_BURST = 0.1
#: Events from which on it is a burst; the most careful editors make six when they save a file.
BURST = 12
#: Seconds after which a burst is taken for over although it goes on.
CAP = 1.0
#: Seconds between two looks at the folders when polling.
INTERVAL = 0.5

#: What may have changed a file's bytes. Reading a file makes events of other kinds, and must not start a build.
_TELLING = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]

#: Names of files that editors use for a moment, hidden ones aside: vim, Emacs, JetBrains, and whoever writes beside
#: and renames.
_TEMPORARY = re.compile(
    r"""
      .*~              # x.md~
    | \#.*\#           # #x.md#
    | 4913             # vim, to see whether it may write here
    | .*\.(?:sw[a-z]|tmp|bck|bak|part|crdownload)
    | .*___jb_(?:tmp|old|bak)___
    """,
    re.VERBOSE | re.DOTALL,
)


def is_temporary(path: str | PurePath) -> bool:
    """Return whether a path below the project's folder is hidden, or a file that an editor keeps for a moment."""
    parts = PurePath(path).parts
    return any(part.startswith(".") for part in parts) or bool(parts and _TEMPORARY.fullmatch(parts[-1]))


def is_source(path: str | PurePath) -> bool:
    """Return whether a site is made from what lies at *path*, a path below the project's folder."""
    parts = PurePath(path).parts
    if not parts or is_temporary(path):
        return False
    return parts[0] in FOLDERS or (len(parts) == 1 and parts[0] in FILES)


Changed = Callable[[Collection[str] | None], None]
"""Takes the files that something happened to; None where they may be any."""


class Bell:
    """Counts what happened; tells when a burst of it is over, and when all of it has been answered."""

    def __init__(self, settle: float = SETTLE, cap: float = CAP) -> None:
        """Make a silent bell; *settle* and *cap* in seconds."""
        self._settle, self._cap = settle, cap
        self._changed = Condition()
        self._rung = self._answered = 0
        self._named: set[str] | None = set()
        self._closed = False

    def ring(self, files: Collection[str] | None = None) -> None:
        """Say that something happened: to *files*, by their paths below the project's folder, if that is known."""
        with self._changed:
            self._rung += 1
            self._named = None if self._named is None or files is None else self._named.union(files)
            self._changed.notify_all()

    def named(self) -> frozenset[str] | None:
        """Return to which files something happened since this was asked last; None: to any."""
        with self._changed:
            named, self._named = self._named, set()
            return None if named is None else frozenset(named)

    def is_more(self) -> bool:
        """Return whether something happened since `named` was asked."""
        with self._changed:
            return self._named is None or bool(self._named)

    def wait(self) -> int:
        """Wait until something has happened and a burst of it is over; return what to call `answered` with."""
        with self._changed:
            while self._rung == self._answered:
                self._changed.wait(1.0)  # not for ever: on Windows Ctrl-C cannot end a wait without a limit
            end = time.monotonic() + self._cap
            seen = -1
            while seen != self._rung and (left := end - time.monotonic()) > 0:
                seen = self._rung
                settle = self._settle if seen - self._answered < BURST else max(self._settle, SETTLE_BURST)
                self._changed.wait_for(lambda: self._rung != seen, min(settle, left))  # noqa: B023 – called at once
            return self._rung

    def answered(self, count: int) -> None:
        """Say that all that had happened when `wait` returned *count* has been answered."""
        with self._changed:
            self._answered = max(self._answered, count)
            self._changed.notify_all()

    def is_quiet(self, seconds: float = 0.0) -> bool:
        """Return whether nothing happens for so long that has not been answered."""
        with self._changed:
            return not self._changed.wait_for(lambda: self._rung != self._answered, seconds)

    def is_still(self, seconds: float) -> bool:
        """Return whether nothing at all happens for so long."""
        with self._changed:
            seen = self._rung
            return not self._changed.wait_for(lambda: self._rung != seen, seconds)

    def until_answered(self) -> None:
        """Wait until all that has happened before this call is answered, or the bell is closed."""
        with self._changed:
            count = self._rung
            self._changed.wait_for(lambda: self._closed or self._answered >= count)

    def close(self) -> None:
        """Let everybody go who waits in `until_answered`, now and from now on."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class _Handler(FileSystemEventHandler):
    """Calls back for what concerns the project's sources."""

    def __init__(self, root: Path, changed: Changed) -> None:
        self._root, self._changed = root, changed

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take an event of any kind that was asked for."""
        paths = (os.fsdecode(path) for path in (event.src_path, event.dest_path) if path)
        found = [name for path in paths if is_source(name := os.path.relpath(path, self._root))]
        if found:
            self._changed(None if event.is_directory else [PurePath(name).as_posix() for name in found])


class Watch:
    """An eye on a project's sources: folders that come, go and come again included."""

    def __init__(self, root: Path, changed: Changed, *, poll: bool = False) -> None:
        """Begin to watch *root*; *changed* is called from another thread.

        :param poll: look at every file twice a second, for network folders and containers, where the system tells
            of nothing. Also what is done when the system has no watches left.
        """
        self._root = root.resolve()
        self._handler = _Handler(self._root, changed)
        self._watches: dict[str, tuple[tuple[int, int], ObservedWatch]] = {}
        self.polls = poll
        try:
            self._start()
        except OSError:
            if self.polls:
                raise
            self.polls = True
            self._start()

    def _start(self) -> None:
        # Of folders made within one another at once watchdog may note the inner one twice, the second time for nothing.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning, r"watchdog\.")
        self._observer: BaseObserver = PollingObserver(timeout=INTERVAL) if self.polls else Observer()
        self._observer.start()
        try:
            self._schedule(self._root, recursive=False)
            self.arm()
        except BaseException:
            self.close()
            raise

    def arm(self) -> None:
        """Watch what folders there are now. A folder that is deleted, or replaced by another, takes its watch along.

        :raises OSError: if the system has no watches left.
        """
        for name in FOLDERS:
            found = _identity(self._root / name)
            known = self._watches.get(name)
            if known and known[0] != found:
                self._observer.unschedule(self._watches.pop(name)[1])
            if found and (not known or known[0] != found):
                self._watches[name] = found, self._schedule(self._root / name, recursive=True)

    def _schedule(self, folder: Path, *, recursive: bool) -> ObservedWatch:
        return self._observer.schedule(self._handler, str(folder), recursive=recursive, event_filter=list(_TELLING))

    def close(self) -> None:
        """Stop watching; when this returns, no thread is left."""
        self._watches.clear()
        self._observer.stop()
        self._observer.join()


def _identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a folder from another of its name; None where there is none to watch."""
    try:
        if folder.is_symlink() or not folder.is_dir():
            return None
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
