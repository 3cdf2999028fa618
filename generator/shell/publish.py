"""A new site laid beside the old one: only what is other than there; then all of it in its place, or nothing.

Few changes are moved into the old folder one by one, by a list that is written down first: a build that is killed on
the way is completed by the next command. Many changes, or a first site, come as a whole folder that takes the place of
the old one by renaming.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from generator.errors import OutputError
from generator.shell import disk
from generator.shell.states import state_of, written

#: In a stage: what is still to be moved. It is complete as soon as it is there.
_LIST = ".ssg-moves.json"
#: Up to so many changes, or such a share of the site, are moved one by one.
_FEW, _SHARE = 64, 0.1


Laid = tuple[str, str]
"""Of a page that was laid down: what the manifest says of it, and the state that tells whether somebody has touched it."""


@dataclass(slots=True)
class Stage:
    """Where the new or changed files of a site wait. Workers may each have a copy of it."""

    output: Path
    old: Mapping[str, str]
    """Path → mark of every file that the last build wrote."""
    made: set[str] = field(default_factory=set)
    """Folders that are there."""

    @property
    def folder(self) -> Path:
        """The folder beside the output folder."""
        return disk.stage_of(self.output)

    def lay(self, files: Mapping[str, bytes]) -> dict[str, Laid]:
        """Lay files down, those apart that the old site has already.

        :raises OutputError: if one cannot be written.
        """
        return {path: (mark(data), self._state(path, data)) for path, data in files.items()}

    def stands(self, laid: Mapping[str, Laid]) -> bool:
        """Whether these pages are in the old site as they were laid down."""
        return all(
            self.old.get(path) == known and written(f"{self.output}/{path}") == state
            for path, (known, state) in laid.items()
        )

    def _state(self, path: str, data: bytes) -> str:
        old = f"{self.output}/{path}"
        return written(old) if path in self.old and _holds(old, data) else self._write(path, data)

    def _write(self, path: str, data: bytes) -> str:
        target = f"{self.folder}/{path}"
        folder = target.rpartition("/")[0]
        try:
            if folder not in self.made:
                disk.inside(self.folder, path)
                os.makedirs(folder, exist_ok=True)
                self.made.add(folder)
            with open(target, "wb", buffering=0) as stream:
                stream.write(data)
                return state_of(os.fstat(stream.fileno()))
        except OSError as error:
            raise OutputError(f"{path}: cannot be written ({error.strerror}); the old site is as it was") from error


def mark(data: bytes) -> str:
    """Return what the manifest says of a file: its size and checksum."""
    return f"{len(data)}-{crc32(data):08x}"


def _holds(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb", buffering=0) as stream:
            return stream.read() == data
    except OSError:
        return False


@contextlib.contextmanager
def staged(output: Path) -> Iterator[Stage]:
    """Yield an empty stage beside *output*; whatever is left of it is gone afterwards.

    :raises OutputError: if *output* holds files but was never written by the program.
    """
    old = disk.manifest(output)
    stage = Stage(output, old)
    shutil.rmtree(stage.folder, ignore_errors=True)
    stage.folder.mkdir(parents=True)
    try:
        yield stage
    finally:
        if not (stage.folder / _LIST).exists():
            shutil.rmtree(stage.folder, ignore_errors=True)


def write_site(output: Path, files: Mapping[str, bytes], just_before: Callable[[], None] = lambda: None) -> int:
    """Replace the site in *output* by *files*, all or nothing; return how many files are new or other than before.

    Files in *output* that the program did not write (a CNAME, say) stay.

    :param just_before: what else must be done for the site to be true, once nothing but the exchange can fail.
    :raises OutputError: if *output* holds files but was never written by the program, or cannot be written.
    """
    with staged(output) as stage:
        return publish(stage, stage.lay(files), just_before)


def publish(stage: Stage, laid: Mapping[str, Laid], just_before: Callable[[], None]) -> int:
    """Put the site that was laid down in the place of the old one; return how many are new or changed.

    :param just_before: what else must be done for the site to be true, once nothing but the exchange can fail.
    :raises OutputError: if it cannot be written.
    """
    marks = {path: known for path, (known, _) in laid.items()}
    gone = sorted(stage.old.keys() - marks.keys())
    fresh = [path for path in marks if path not in stage.old or os.path.lexists(stage.folder / path)]
    changed = sum(stage.old.get(path) != found for path, found in marks.items())
    (stage.folder / disk.MANIFEST).write_text(_manifest_text(marks), encoding="utf-8")
    try:
        if stage.output.is_dir() and len(fresh) + len(gone) <= max(_FEW, _SHARE * len(marks)):
            _move(stage, fresh, gone, just_before)
        else:
            _exchange(stage, marks, just_before)
    except OSError as error:
        message = f"{stage.output}: cannot be written ({error.strerror}); the old site is as it was"
        raise OutputError(message) from error
    return changed


def _manifest_text(marks: Mapping[str, str]) -> str:
    lines = ",\n".join(f'  {json.dumps(path)}: "{found}"' for path, found in sorted(marks.items()))
    return f'{{\n "files": {{\n{lines}\n }},\n "version": 1\n}}\n'


# ---------------------------------------------------------------------------- a whole folder


def _exchange(stage: Stage, marks: Mapping[str, str], just_before: Callable[[], None]) -> None:
    """Complete the stage with what has not changed, and put it in the old folder's place."""
    disk.keep_foreign(stage.output, stage.folder, stage.old)
    for path in marks:
        target = stage.folder / path
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(stage.output / path, target)
    just_before()
    with _undisturbed():
        disk.exchange(stage.folder, stage.output)


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links
        shutil.copy2(old, new)


# ---------------------------------------------------------------------------- a few files


def _move(stage: Stage, fresh: list[str], gone: list[str], just_before: Callable[[], None]) -> None:
    for path in fresh:
        _refuse_folder(stage.output, path)
    text = json.dumps({"moves": [*fresh, disk.MANIFEST], "gone": gone})
    waiting = stage.folder / f"{_LIST}.new"
    waiting.write_text(text, encoding="utf-8")
    just_before()
    with _undisturbed():
        waiting.replace(stage.folder / _LIST)
        complete(stage.output)


def _refuse_folder(output: Path, path: str) -> None:
    """Make sure that no folder of somebody else's lies where a file must go."""
    if (output / path).is_dir() and not (output / path).is_symlink():
        raise OutputError(f"{output / path}: is a folder that ssg did not make – move it elsewhere")


def complete(output: Path) -> None:
    """Finish moving what a build that was killed has written down; nothing to do in any other case."""
    folder = disk.stage_of(output)
    try:
        moves = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for path in moves["gone"]:
        _take_away(disk.inside(output, path), output)
    for path in moves["moves"]:
        target = disk.inside(output, path)
        with contextlib.suppress(FileNotFoundError):  # moved already, before the build was killed
            _put(folder / path, target)
    shutil.rmtree(folder, ignore_errors=True)


def _put(staged_file: Path, target: Path) -> None:
    try:
        os.replace(staged_file, target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged_file, target)


def _take_away(path: Path, output: Path) -> None:
    """Remove a file, and the folders that it leaves empty."""
    path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        while path.parent != output:
            path = path.parent
            path.rmdir()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait for the few moments in which the folder is neither the old site nor the new one."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
