"""What earlier builds have made, by what it was made from: one SQLite file in the project's hidden folder.

Everything in it can be made again. A file that is damaged, of another version or locked by somebody else is as good as
an empty one; two builds at once only ever add to it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import Any

from generator.shell.lock import FILE

#: Builds after which what none of them has used is dropped.
KEPT = 8
#: Bytes from which all is dropped that a build does not use.
LARGEST = 2_000_000_000

#: Seconds that somebody else's lock is waited for, once a build.
PATIENCE = 5.0
#: Records that are written at once.
_BATCH = 200

_VERSION = 3
_TABLES = f"""
PRAGMA journal_mode = WAL;
PRAGMA user_version = {_VERSION};
CREATE TABLE IF NOT EXISTS made (key TEXT PRIMARY KEY, story TEXT NOT NULL, used INTEGER NOT NULL, value BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS made_of ON made (story, used);
CREATE TABLE IF NOT EXISTS compared (story TEXT PRIMARY KEY, key TEXT NOT NULL, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS seen (kind TEXT, path TEXT, state TEXT NOT NULL, PRIMARY KEY (kind, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS texts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
#: A record, the build that used it, and whether a later one has kept another of its story: then it is not the last.
_MADE = """
SELECT value, used, story <> '' AND used < (SELECT max(used) FROM made AS other WHERE other.story = made.story)
FROM made WHERE key = ?
"""


class Cache:
    """An open cache; every method is total."""

    def __init__(self, root: Path) -> None:
        self.root = root
        """The project's folder."""
        self._path = root / FILE
        self._base: sqlite3.Connection | None = None
        self._waiting: list[tuple[object, ...]] = []
        self._compared: list[tuple[object, ...]] = []
        self._old: list[str] = []
        with contextlib.suppress(sqlite3.Error, OSError):
            self._base = _opened(self._path)
        build = self.note("build")
        self.build = build + 1 if isinstance(build, int) else 1
        """The number of this build."""
        self._oldest = self.build if self._is_large() else self.build - KEPT
        """What has not been used since that build is dropped."""

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        if self._base:
            with contextlib.suppress(sqlite3.Error):
                self._base.close()

    # ------------------------------------------------------------------------ notes

    def note(self, name: str) -> Any:
        """Return the JSON value that was noted under a name, None if there is none."""
        row = self._row("SELECT value FROM notes WHERE name = ?", name)
        return row[0] if row else None

    def text(self, name: str) -> str:
        """Return the text that was written down under a name, empty if there is none."""
        found = self._written(name)
        return found if isinstance(found, str) else ""

    def data(self, name: str) -> bytes:
        """Return the bytes that were written down under a name, empty if there are none."""
        found = self._written(name)
        return found if isinstance(found, bytes) else b""

    def _written(self, name: str) -> object:
        if self._base:
            try:
                row = self._base.execute("SELECT value FROM texts WHERE name = ?", (name,)).fetchone()
                return row[0] if row else None
            except sqlite3.Error as error:
                self._do_without(error)
        return None

    def write(self, name: str, text: str | bytes) -> None:
        """Write a text, or bytes, down under a name."""
        self._write("INSERT OR REPLACE INTO texts VALUES (?, ?)", [(name, text)])

    def amend(self, notes: Mapping[str, object], seen: Mapping[str, Mapping[str, str]]) -> None:
        """Write down what is still waiting, notes, and what was seen of a few paths, by kind; all else stays."""
        self._flush()
        rows = [(kind, path, state) for kind, states in seen.items() for path, state in states.items()]
        self._write("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", rows)
        self._write("INSERT OR REPLACE INTO notes VALUES (?, ?)", [(name, packed(v)) for name, v in notes.items()])

    def finish(self, notes: Mapping[str, object]) -> None:
        """Write down what is still waiting, and JSON values under their names; drop what has not been used for long."""
        self._flush()
        self._write("UPDATE made SET used = ? WHERE key = ?", [(self.build, key) for key in self._old])
        self._write("DELETE FROM made WHERE used < ?", [(self._oldest,)])
        self._write("DELETE FROM compared WHERE ? OR story NOT IN (SELECT story FROM made)", [(self._is_large(),)])
        rows = [(name, packed(value)) for name, value in {**notes, "build": self.build}.items()]
        self._write("INSERT OR REPLACE INTO notes VALUES (?, ?)", rows)

    def seen(self, kind: str) -> dict[str, str]:
        """Return path → what was seen of it, of one kind."""
        if self._base:
            try:
                rows = self._base.execute("SELECT path, state FROM seen WHERE kind = ?", (kind,))
                return {path: state for path, state in rows if _is_text(path) and _is_text(state)}
            except sqlite3.Error as error:
                self._do_without(error)
        return {}

    def seen_of(self, kind: str, paths: Iterable[str]) -> dict[str, str]:
        """Return path → what was seen of it, of one kind, for a few paths."""
        found: dict[str, str] = {}
        if self._base:
            try:
                for path in paths:
                    query = "SELECT path, state FROM seen WHERE kind = ? AND path = ?"
                    found |= {own: state for own, state in self._base.execute(query, (kind, path)) if _is_text(state)}
            except sqlite3.Error as error:
                self._do_without(error)
        return found

    def beginnings(self, kind: str, size: int) -> dict[str, str]:
        """Return path → the first characters of what was seen of it, of one kind."""
        if self._base:
            try:
                rows = self._base.execute("SELECT path, substr(state, 1, ?) FROM seen WHERE kind = ?", (size, kind))
                return {path: state for path, state in rows if _is_text(path) and _is_text(state)}
            except sqlite3.Error as error:
                self._do_without(error)
        return {}

    def note_each(self, seen: Iterable[tuple[str, str, str]]) -> None:
        """Write down what was seen, kind, path and state, one after the other and at once."""
        self._write("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", seen)

    def forget(self, kind: str, paths: Iterable[str]) -> None:
        """Drop what was seen of some paths, of one kind."""
        self._write("DELETE FROM seen WHERE kind = ? AND path = ?", [(kind, path) for path in paths])

    def see(self, kind: str, now: Mapping[str, str]) -> None:
        """Let *now* be all that was seen of a kind."""
        before = self.seen(kind)
        other = [(kind, path, state) for path, state in now.items() if before.get(path) != state]
        self._write("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", other)
        self.forget(kind, before.keys() - now.keys())

    # ------------------------------------------------------------------------ what was made

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept at all."""
        return self._row("SELECT value FROM made LIMIT 1") is None

    def made(self, key: str) -> Any:
        """Return the JSON value that was made from what *key* stands for, None if there is none."""
        row = self._row(_MADE, key)
        if row and isinstance(row[1], int) and (row[1] < (self._oldest + self.build) // 2 or row[2]):
            self._old.append(key)
        return row[0] if row else None

    def last(self, story: str) -> Any:
        """Return the JSON value that was kept last of a story, None if there is none."""
        row = self._row("SELECT value FROM made WHERE story = ? ORDER BY used DESC LIMIT 1", story)
        return row[0] if row else None

    def keep(self, key: str, story: str, value: object) -> None:
        """Keep a JSON value, made of a story, by its key."""
        self._waiting.append((key, story, self.build, packed(value)))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def comparison(self, story: str, key: str) -> Any:
        """Return the JSON value of a story's last comparison, None unless it is that of *key*."""
        row = self._row("SELECT value FROM compared WHERE story = ? AND key = ?", story, key)
        return row[0] if row else None

    def keep_comparison(self, story: str, key: str, value: bytes) -> None:
        """Keep what `packed` has made of a story's comparison, in place of the one before."""
        self._compared.append((story, key, value))

    def _flush(self) -> None:
        self._write("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?)", self._waiting)
        self._write("INSERT OR REPLACE INTO compared VALUES (?, ?, ?)", self._compared)
        self._waiting.clear()
        self._compared.clear()

    def _is_large(self) -> bool:
        """Whether there is too much in it; what was dropped leaves the file as long as it was, with room for more."""
        if self._base:
            try:
                query = "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count"
                (size,) = self._base.execute(f"{query}, pragma_page_size").fetchone()
                return bool(size >= LARGEST)
            except sqlite3.Error as error:
                self._do_without(error)
        return False

    # ------------------------------------------------------------------------ SQLite

    def _row(self, query: str, *values: str) -> tuple[Any, ...] | None:
        """Return the first row, its first value as JSON; None where there is none, or none that can be read."""
        if self._base:
            try:
                row = self._base.execute(query, values).fetchone()
                return (json.loads(zlib.decompress(row[0])), *row[1:]) if row else None
            except sqlite3.Error as error:
                self._do_without(error)
            except (ValueError, zlib.error, TypeError, RecursionError):
                return None
        return None

    def _write(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        if not self._base or rows == []:
            return
        try:
            with self._base:
                self._base.executemany(query, rows)
        except sqlite3.Error as error:
            self._do_without(error)

    def _do_without(self, error: sqlite3.Error) -> None:
        """Leave the cache alone for the rest of this build; one that is damaged is taken away."""
        if self._base:
            with contextlib.suppress(sqlite3.Error):
                self._base.close()
        self._base = None
        if is_damaged(error):
            empty(self._path.parent.parent)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def packed(value: object) -> bytes:
    """Return a JSON value as the cache holds it."""
    return zlib.compress(_json(value).encode("utf-8", "surrogatepass"), 1)


#: Values of ours hold no circles: looking for them takes a fifth of the time.
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(exist_ok=True)
    _check_places(path)
    try:
        return _connected(path)
    except sqlite3.DatabaseError as error:
        if not is_damaged(error):
            raise
        empty(path.parent.parent)
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=PATIENCE)
    try:
        version = base.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError("of another version")
        if version == 0:
            base.executescript(_TABLES)
        base.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.Error:
        base.close()
        raise
    return base


def _check_places(path: Path) -> None:
    """Make sure that SQLite opens files of ours: it would follow a link to somebody's letters, and write into them.

    :raises OSError: if something else than a file or a link stands there; a link is taken away.
    """
    for place in _places(path):
        with contextlib.suppress(FileNotFoundError):
            mode = os.lstat(place).st_mode
            if S_ISLNK(mode):
                os.unlink(place)
            elif not S_ISREG(mode):
                raise OSError(errno.EEXIST, "no file", place)


def _places(path: Path) -> tuple[str, ...]:
    """Return the database and the files that SQLite lays beside it."""
    return tuple(f"{path}{ending}" for ending in ("", "-wal", "-shm", "-journal"))


#: What SQLite says of a lock, a full disk, a file that it may not open: nothing that emptying the cache would mend.
_OUTSIDE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_IOERR,
    }
)


def is_damaged(error: sqlite3.Error) -> bool:
    """Return whether an error is the file's own fault: damage, another version, somebody else's tables."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF not in _OUTSIDE


def empty(root: Path) -> int:
    """Remove the cache of a project; return how many bytes went. What is no file of ours stays."""
    total = 0
    for place in _places(root / FILE):
        with contextlib.suppress(OSError):
            found = os.lstat(place)
            if S_ISREG(found.st_mode) or S_ISLNK(found.st_mode):
                os.unlink(place)
                total += found.st_size
    return total


def in_the_way(root: Path) -> str:
    """Return where something stands that is in the way of a new cache, below a project's folder; empty if nothing."""
    return next((os.path.relpath(place, root) for place in _places(root / FILE) if os.path.lexists(place)), "")
