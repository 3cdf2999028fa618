"""Files that people edit: written together or not at all, and never over what somebody has saved meanwhile."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator.errors import OutputError
from generator.shell import swap
from generator.shell.lock import WORKSHOP, check_workshop
from generator.values import dataclass

#: Where new texts lie until all of them are there; the old ones lie there while they may be wanted back.
READY = f"{WORKSHOP}/new"

Commit = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Edit:
    """One file to write."""

    name: str
    target: Path
    new: Path
    """Where its new text lies."""
    before: bytes | None
    """What it held when the sources were read; None where it did not exist."""


@contextlib.contextmanager
def laid_ready(root: Path, files: Mapping[str, bytes], as_read: Mapping[str, bytes]) -> Iterator[Commit]:
    """Lay *files* (path below *root* → bytes) ready, and yield what puts them in their places, all or none.

    Nothing is written if a file no longer holds what *as_read* says, or exists though it was not there: somebody has
    saved it in the meantime, and theirs stays. Each file changes as a whole.

    :raises OutputError: if one cannot be written, or has been changed; none is written then.
    """
    check_workshop(root)
    if not files:
        if (root / READY).exists():  # left by a build that was killed
            shutil.rmtree(root / READY, ignore_errors=True)
        yield lambda: None
        return
    edits: tuple[_Edit, ...] = ()
    try:
        _tidied(root)
        edits = tuple(
            _laid(_edit(root, n, name, as_read.get(name)), files[name]) for n, name in enumerate(sorted(files))
        )
        swap.flush(root / READY, [edit.new for edit in edits])
        yield lambda: _commit(edits)
    finally:
        for edit in edits:
            edit.new.unlink(missing_ok=True)
        shutil.rmtree(root / READY, ignore_errors=True)


def write(root: Path, files: Mapping[str, bytes], as_read: Mapping[str, bytes]) -> None:
    """Write *files*, all or none; see `laid_ready`.

    :raises OutputError: if one cannot be written, or has been changed since it was read.
    """
    with laid_ready(root, files, as_read) as commit:
        commit()


def can_write(root: Path) -> bool:
    """Return whether files below *root*/content can be written at all; a project on a read-only disk is still built."""
    content = root / "content"
    return os.access(content if content.is_dir() else root, os.W_OK) and os.access(root, os.W_OK)


def _tidied(root: Path) -> None:
    shutil.rmtree(root / READY, ignore_errors=True)
    try:
        (root / READY).mkdir(parents=True)
    except OSError as error:
        raise OutputError(f"{READY}: cannot be written ({error.strerror})") from error


def _edit(root: Path, number: int, name: str, before: bytes | None) -> _Edit:
    target = root / name
    if not target.resolve().is_relative_to(root.resolve()):
        raise OutputError(f"{name}: lies outside the project, and is not written")
    ready = root / READY / str(number)
    folder = next(parent for parent in target.parents if parent.exists())
    if _device(folder) != _device(ready.parent):  # content/ may be mounted from elsewhere
        ready = folder / f".{target.name}.ssg-new"
    return _Edit(name, target, ready, before)


def _device(folder: Path) -> int:
    return folder.stat().st_dev


def _laid(edit: _Edit, data: bytes) -> _Edit:
    try:
        edit.new.write_bytes(data)
    except OSError as error:
        raise OutputError(f"{edit.name}: cannot be written ({error.strerror}); nothing was") from error
    return edit


def _commit(edits: tuple[_Edit, ...]) -> None:
    done: list[_Edit] = []
    made: list[Path] = []
    try:
        for edit in edits:
            _make_folder(edit.target.parent, made)
            _put(edit)
            done.append(edit)
    except (OSError, OutputError) as error:
        for edit in reversed(done):
            _take_back(edit)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, OutputError):
            raise
        raise OutputError(f"{edit.name}: cannot be written ({error.strerror}); nothing was") from error


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _put(edit: _Edit) -> None:
    if edit.before is None:
        _put_new(edit)
        return
    if _now(edit.target) != edit.before:
        raise _saved_meanwhile(edit)
    if not swap.exchanged_at_once(edit.new, edit.target):
        swap.move(edit.new, edit.target)
    elif _now(edit.new) != edit.before:  # saved between the look and the exchange
        swap.exchange(edit.new, edit.target)
        raise _saved_meanwhile(edit)


def _put_new(edit: _Edit) -> None:
    """Give a new file its name, which must be free: a link is refused where anything stands."""
    try:
        os.link(edit.new, edit.target)
    except FileExistsError:
        raise _saved_meanwhile(edit) from None
    except OSError:  # a file system without links
        if edit.target.exists() or edit.target.is_symlink():
            raise _saved_meanwhile(edit) from None
        swap.move(edit.new, edit.target)


def _take_back(edit: _Edit) -> None:
    """Undo `_put`."""
    with contextlib.suppress(OSError):
        if edit.before is None:
            edit.target.unlink()
        elif _now(edit.new) == edit.before:  # the two have changed places; a full disk can do that again
            swap.exchange(edit.new, edit.target)
        else:
            edit.new.write_bytes(edit.before)
            swap.move(edit.new, edit.target)


def _now(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _saved_meanwhile(edit: _Edit) -> OutputError:
    return OutputError(f"{edit.name}: was changed by somebody while ssg worked; nothing was written – run it again")
