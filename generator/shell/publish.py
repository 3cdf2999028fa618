"""A new site laid beside the old one, only what is other than there; then all of it in its place, or nothing.

The new site is completed with what has not changed (the same files, under a second name), brought safely to the disk,
and the two folders change places in one step. In a site of thousands of files that would take far longer than the few
that an edit changes: those are moved into the old folder one by one, by a list that is written down first, so that a
build that is killed among them is completed by the next command.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import signal
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from json.encoder import encode_basestring_ascii
from pathlib import Path

from generator.errors import OutputError
from generator.shell import disk, swap
from generator.shell.signals import undisturbed
from generator.shell.states import state_of, written

#: In a stage: what is still to be moved. It is complete as soon as it is there.
_LIST = ".ssg-moves.json"
#: Of a site of so many files, up to such a share may be moved one by one.
_LARGE, _SHARE = 2000, 0.02

#: In a fresh folder: there is a file where another needs a folder, or the other way round.
_TAKEN = frozenset({errno.ENOTDIR, errno.EISDIR})

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)

Laid = tuple[str, str]
"""Of a page that was laid down: what the manifest says of it, and the state that tells if somebody has touched it."""


@dataclass(slots=True)
class Stage:
    """Where the new or changed files of a site wait. Workers may each have a copy of it."""

    output: Path
    old: Mapping[str, str]
    """Path → mark of every file that the last build wrote."""
    made: set[str] = field(default_factory=set)
    """Folders that are there."""
    folder: Path = field(init=False)
    """The folder beside the output folder."""

    def __post_init__(self) -> None:
        self.folder = self.output.with_name(f".{self.output.name}.ssg-new")

    def lay(self, files: Mapping[str, bytes]) -> dict[str, Laid]:
        """Lay files down, those apart that the old site has already.

        :raises OutputError: if one cannot be written.
        """
        return {path: (disk.mark(data), self._state(path, data)) for path, data in files.items()}

    def drop(self, paths: Iterable[str]) -> None:
        """Take files away again that were laid down."""
        for path in paths:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{self.folder}/{path}")

    def stands(self, laid: Mapping[str, Laid]) -> bool:
        """Whether these pages are in the old site as they were laid down."""
        return all(
            self.old.get(path) == known and written(f"{self.output}/{path}") == state
            for path, (known, state) in laid.items()
        )

    def standing(self, path: str, laid: Laid) -> bytes | None:
        """Return a file of the old site, None if it is not as it was laid down."""
        if self.stands({path: laid}):
            with contextlib.suppress(OSError):
                return (self.output / path).read_bytes()
        return None

    def read(self, path: str) -> bytes | None:
        """Return a file of the new site, whether it waits here or stands in the old one; None if there is none."""
        for folder in (self.folder, self.output):
            with contextlib.suppress(OSError):
                return (folder / path).read_bytes()
        return None

    def _state(self, path: str, data: bytes) -> str:
        old = f"{self.output}/{path}"
        return written(old) if path in self.old and _holds(old, data) else self._write(path, data)

    def _write(self, path: str, data: bytes) -> str:
        disk.check_name(self.output, path)
        target = f"{self.folder}/{path}"
        folder = target.rpartition("/")[0]
        try:
            if folder not in self.made:
                self._make(folder)
            handle = os.open(target, _NEW, 0o666)
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[os.write(handle, rest) :]
                return state_of(os.fstat(handle))
            finally:
                os.close(handle)
        except OSError as error:
            if error.errno in _TAKEN:  # two files want one place; whoever knows all of them says which
                return ""
            raise _refused(self.output, error) from error

    def _make(self, folder: str) -> None:
        """Make a folder of the stage, and those above it first that this copy of the stage has not made or found."""
        above = folder.rpartition("/")[0]
        if above not in self.made and len(above) > len(os.fspath(self.folder)):
            self._make(above)
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder)
        self.made.add(folder)


def _holds(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb", buffering=0) as stream:
            return os.fstat(stream.fileno()).st_size == len(data) and stream.read() == data
    except OSError:
        return False


def _refused(output: Path, error: OSError) -> OutputError:
    return OutputError(f"{output}: cannot be written ({disk.why(error)}); the old site is as it was")


@contextlib.contextmanager
def staged(output: Path, old: Mapping[str, str] | None = None) -> Iterator[Stage]:
    """Yield an empty stage beside *output*, which goes again unless something in it is still needed.

    :param old: what the manifest says, for who knows it, or as much of it as he needs.
    :raises OutputError: if *output* holds files but was never written by the program, or nothing can be written there.
    """
    disk.recover(output)
    complete(output)
    stage = Stage(output, disk.manifest(output) if old is None else old)
    for left in (stage.folder, swap.aside_of(output)):  # of a build that was killed
        _drop(left)
    try:
        stage.folder.mkdir(parents=True)
    except FileExistsError:
        said = "is left of an earlier build and cannot be removed – remove it; the old site is as it was"
        raise OutputError(f"{stage.folder}: {said}") from None
    except OSError as error:
        raise _refused(output, error) from error
    try:
        yield stage
    finally:
        with undisturbed(signal.SIGINT, signal.SIGTERM):
            if not (stage.folder / _LIST).exists():
                _drop(stage.folder)


def write_site(output: Path, files: Mapping[str, bytes], with_it: Callable[[], None] = lambda: None) -> int:
    """Replace the site in *output* by *files*, all or nothing; return how many files are new or other than before.

    Files in *output* that the program did not write (a CNAME, say) stay.

    :param with_it: what else must be done for the site to be true; if it fails, the old site comes back.
    :raises OutputError: if *output* holds files but was never written by the program, or cannot be written.
    """
    with staged(output) as stage:
        return publish(stage, stage.lay(files), with_it)


def publish(stage: Stage, laid: Mapping[str, Laid], with_it: Callable[[], None] = lambda: None) -> int:
    """Put the site that was laid down in the place of the old one; return how many files are new or changed.

    Counted is what has to be put there: a page that somebody took away or wrote to since, too.

    :param with_it: what else must be done for the site to be true; if it fails, the old site comes back.
    :raises OutputError: if it cannot be written, or would lie over somebody else's files.
    """
    if crossed := next((path for path, (_, state) in laid.items() if not state), ""):
        raise OutputError(f"{stage.output}: {crossed} is in the way of another file; the old site is as it was")
    marks = {path: known for path, (known, _) in laid.items()}
    gone = sorted(stage.old.keys() - marks.keys())
    waiting = _below(stage.folder) if stage.old else marks.keys()
    fresh = [path for path in marks if path in waiting or path not in stage.old]
    if marks and marks == stage.old and not fresh:
        with_it()
        return 0
    try:
        (stage.folder / disk.MANIFEST).write_text(_manifest_text(marks), encoding="utf-8")
        is_large = len(marks) >= _LARGE and len(fresh) + len(gone) <= _SHARE * len(marks) and stage.old
        if is_large and not _turned(stage, fresh):
            _move(stage, fresh, gone, with_it)
        else:
            _replace(stage, marks, waiting, with_it)
    except OSError as error:
        if (stage.folder / _LIST).exists():
            said = (
                f"some files of the new site are not in their places yet ({disk.why(error)}); the next build moves them"
            )
            raise OutputError(f"{stage.output}: {said}") from error
        raise _refused(stage.output, error) from error
    return len(fresh)


def publish_few(stage: Stage, laid: Mapping[str, Laid]) -> int:
    """Put pages that were laid down in the place of the site's own of that name; return how many are other than before.

    :raises OutputError: if they cannot be written.
    """
    fresh = [path for path in laid if os.path.lexists(f"{stage.folder}/{path}")]
    if fresh:
        marks = {path: known for path, (known, _) in laid.items()}
        try:
            manifest = stage.folder / disk.MANIFEST
            manifest.write_bytes(_manifest_with(stage, marks))
            _move(stage, fresh, [], lambda: None)
        except OSError as error:
            raise _refused(stage.output, error) from error
    return len(fresh)


def _manifest_with(stage: Stage, marks: Mapping[str, str]) -> bytes:
    """Return the manifest with other marks for a few of its files: of a hundred thousand lines as many are touched."""
    lines = _manifest_lines(stage.output)
    parts, done = [], 0
    for path in sorted(marks):
        start, end = _place(lines, path)
        line = lines[start:end]
        if not line.startswith(f"{_name(path)}: ".encode()):  # written by somebody else
            return _manifest_text({**disk.manifest(stage.output), **marks}).encode()
        parts += [lines[done:start], f'{_name(path)}: "{marks[path]}"{"," * line.endswith(b",")}'.encode()]
        done = end
    return b"".join((*parts, lines[done:]))


def marks_in(output: Path, paths: Iterable[str], folder: str) -> dict[str, str]:
    """Return path → mark of a few files that the program has written into *output*, and of all in a folder of it."""
    lines = _manifest_lines(output)
    found = ((path, lines[slice(*_place(lines, path))]) for path in paths)
    marks = {path: line for path, line in found if line.startswith(f"{_name(path)}: ".encode())}
    start, end = _place(lines, folder)
    while end > start and (path := _path(lines[start:end])).startswith(folder):
        marks[path] = lines[start:end]
        start, end = end + 1, lines.find(b"\n", end + 1)
    return {path: line.rstrip(b'",').rpartition(b'"')[2].decode() for path, line in marks.items()}


def _place(lines: bytes, path: str) -> tuple[int, int]:
    """Return where in a manifest the line of a file begins and ends, or that before which it should stand."""
    low, high = lines.find(b"\n", lines.find(b"\n") + 1) + 1, max(lines.rfind(b"\n }"), 0)
    while low < high:
        middle = max(lines.rfind(b"\n", low, (low + high) // 2) + 1, low)
        end = lines.find(b"\n", middle)
        if _path(lines[middle:end]) < path:
            low = end + 1
        else:
            high = middle
    return low, lines.find(b"\n", low)


def _path(line: bytes) -> str:
    """Return the path that a line of the manifest begins with, if it is one."""
    name = line[3:].rpartition(b'": "')[0].decode()
    with contextlib.suppress(ValueError):
        return str(json.loads(f'"{name}"')) if "\\" in name else name
    return ""


def _manifest_lines(output: Path) -> bytes:
    return (output / disk.MANIFEST).read_bytes()


def _below(folder: Path) -> Set[str]:
    """Return the files below a folder: after an edit few of many, so that it is asked and not each file.

    Where a disk has taken names apart into letters and accents they are given as they were written, too.
    """
    root = os.fspath(folder)
    places = ((place[len(root) + 1 :].replace(os.sep, "/"), names) for place, _, names in os.walk(root))
    found = {f"{place}/{name}" if place else name for place, names in places for name in names}
    return found | {unicodedata.normalize("NFC", path) for path in found if not path.isascii()}


def _name(path: str) -> str:
    return f"  {encode_basestring_ascii(path)}"


def _manifest_text(marks: Mapping[str, str]) -> str:
    lines = ",\n".join([f'{_name(path)}: "{marks[path]}"' for path in sorted(marks)])
    return f'{{\n "files": {{\n{lines}\n }},\n "version": 1\n}}\n'


# ---------------------------------------------------------------------------- a whole folder


def _replace(stage: Stage, marks: Mapping[str, str], waiting: Set[str], with_it: Callable[[], None]) -> None:
    """Complete the stage, where files are *waiting*, and let it and the old folder change places; then *with_it*."""
    output, folder = stage.output, stage.folder
    foreign = disk.foreign(output, stage.old)
    disk.refuse_overlap(output, foreign, marks)
    for path in (*foreign, *(path for path in marks if path not in waiting)):
        disk.keep_other(output / path, folder / path)
    swap.flush(folder, (folder / path for path in marks))
    was_there = output.exists()
    with undisturbed(signal.SIGINT, signal.SIGTERM):
        if was_there:
            swap.exchange(folder, output)
        else:
            swap.move(folder, output)
        try:
            with_it()
        except BaseException:
            if was_there:
                swap.exchange(folder, output)
            else:
                swap.move(output, folder)
            raise


# ---------------------------------------------------------------------------- a few files of many


def _move(stage: Stage, fresh: Sequence[str], gone: Sequence[str], with_it: Callable[[], None]) -> None:
    _refuse_others(stage, fresh)
    waiting = stage.folder / f"{_LIST}.new"
    waiting.write_text(json.dumps({"moves": [*fresh, disk.MANIFEST], "gone": gone}), encoding="utf-8")
    swap.flush(stage.folder, [stage.folder / path for path in fresh])
    with undisturbed(signal.SIGINT, signal.SIGTERM):
        waiting.replace(stage.folder / _LIST)
        try:
            with_it()
        except BaseException:
            (stage.folder / _LIST).unlink()
            raise
        complete(stage.output)


def _turned(stage: Stage, fresh: Iterable[str]) -> bool:
    """Whether a file of the new site stands where the old one has a folder: no file can be moved over that."""
    return any(os.path.isdir(f"{stage.output}/{path}") for path in fresh)


def _refuse_others(stage: Stage, fresh: Sequence[str]) -> None:
    """Make sure that nothing of somebody else's lies where a new file or its folder must go."""
    new = [path for path in fresh if path not in stage.old]
    parents = (os.path.dirname(path) for path in fresh)
    places = [*new, *(parent for parent in parents if parent and not os.path.isdir(f"{stage.output}/{parent}"))]
    taken = [place for place in dict.fromkeys(places) if os.path.lexists(f"{stage.output}/{place}")]
    disk.refuse_overlap(stage.output, taken, fresh)


def complete(output: Path) -> None:
    """Finish moving what a build that was killed has written down; nothing to do in any other case."""
    folder = Stage(output, {}).folder
    try:
        moves = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for path in moves["gone"]:
        _take_away(disk.inside(output, path), output)
    for path in moves["moves"]:
        target = disk.inside(output, path)
        if os.path.lexists(folder / path):  # else moved already, before the build was killed
            target.parent.mkdir(parents=True, exist_ok=True)
            swap.move(folder / path, target)
    _drop(folder)


def _drop(folder: Path) -> None:
    """Remove a folder of ours as far as it can be: a site that nobody may write to has taken that along."""
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.isdir(folder) and not os.path.islink(folder):
        for place, _, _ in os.walk(folder):
            with contextlib.suppress(OSError):
                os.chmod(place, stat.S_IRWXU)
        shutil.rmtree(folder, ignore_errors=True)


def _take_away(path: Path, output: Path) -> None:
    """Remove a file, and the folders that it leaves empty."""
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        while path.parent != output:
            path = path.parent
            path.rmdir()
