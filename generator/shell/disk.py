"""Files in, files out: folders as values, and a site that is replaced as a whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from generator.errors import OutputError, Problem, SourceError
from generator.model import Tree

#: Written into every output folder: what the program put there, and may therefore take away again.
MANIFEST = ".ssg-manifest.json"
#: The program's own folder in a project: its lock.
WORKSHOP = ".ssg"


# ---------------------------------------------------------------------------- in


def read_folder(root: Path, name: str) -> Tree:
    """Return the files of folder *name* of a project, by their paths below *root*; hidden ones are left out.

    :raises SourceError: for symbolic links and files that cannot be read, all of them.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in _files(root / name):
        place = path.relative_to(root).as_posix()
        if path.is_symlink():
            problems.append(Problem(place, 0, 0, "is a symbolic link – put the file itself there"))
            continue
        try:
            found[place] = path.read_bytes()
        except OSError as error:
            problems.append(Problem(place, 0, 0, f"cannot be read ({error.strerror}) – check its permissions"))
    if problems:
        raise SourceError(problems)
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Yield files and symbolic links below *folder*, in order of their names, hidden ones left out."""
    if folder.is_symlink():
        yield folder
        return
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        elif path.is_file() or path.is_symlink():
            yield path


# ---------------------------------------------------------------------------- out


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write *files* below *root*, each as a whole: a reader sees the old text or the new one.

    :raises OutputError: if one cannot be written.
    """
    for name, data in files.items():
        target = _inside(root, name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(target, data)
        except OSError as error:
            raise OutputError(f"{name}: cannot be written ({error.strerror})") from error


def _write_whole(target: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def write_site(output: Path, files: Mapping[str, bytes], just_before: Callable[[], None] = lambda: None) -> int:
    """Replace the site in *output* by *files*, all or nothing; return how many files are new or other than before.

    The new site is laid beside the old one and the two are exchanged by renaming, so a build that fails on the
    way leaves the old site complete. Files in *output* that the program did not write (a CNAME, say) stay.

    :param just_before: what else must be done for the site to be true, once nothing but the exchange can fail.

    :raises OutputError: if *output* holds files but was never written by the program, or cannot be written.
    """
    known = _manifest(output)
    manifest = {name: sha256(data).hexdigest() for name, data in files.items()}
    changed = sum(known.get(name) != digest for name, digest in manifest.items())
    stage = output.with_name(f".{output.name}.ssg-new")
    try:
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
        _keep_foreign(output, stage, known)
        for name, data in files.items():
            target = _inside(stage, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        text = json.dumps({"version": 1, "files": manifest}, indent=1, sort_keys=True)
        (stage / MANIFEST).write_text(text + "\n", encoding="utf-8")
        just_before()
        _exchange(stage, output)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error.strerror}); the old site is as it was") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return changed


def _exchange(stage: Path, output: Path) -> None:
    """Put *stage* in the place of *output*; the old folder goes only when the new one stands."""
    old = output.with_name(f".{output.name}.ssg-old")
    if output.exists():
        shutil.rmtree(old, ignore_errors=True)
        output.rename(old)
    try:
        stage.rename(output)
    except OSError:
        if old.exists():
            old.rename(output)
        raise
    shutil.rmtree(old, ignore_errors=True)


def recover(output: Path) -> None:
    """Bring back the site of a build that was killed between its two renamings."""
    old = output.with_name(f".{output.name}.ssg-old")
    if old.exists() and not output.exists():
        old.rename(output)


def check_ours(output: Path) -> None:
    """Make sure that *output* may be replaced.

    :raises OutputError: if it holds files, and was never written by the program.
    """
    _manifest(output)


def seal(output: Path) -> str:
    """Return a hash of the manifest in *output*, which holds the hash of every file of the site."""
    return sha256((output / MANIFEST).read_bytes()).hexdigest()


def is_intact(output: Path, sealed: str) -> bool:
    """Whether the site in *output* is, byte for byte, the one that had this seal.

    :raises OSError: if a file of it is gone.
    """
    if seal(output) != sealed:
        return False
    return all(sha256((output / name).read_bytes()).hexdigest() == known for name, known in _manifest(output).items())


def _manifest(output: Path) -> dict[str, str]:
    """Return what the program wrote into *output*: name → hash; empty where there is nothing yet.

    :raises OutputError: where there are files, and none of them says that they are the program's.
    """
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise OutputError(f"{output}: is no folder – choose another with --output")
    try:
        return dict(json.loads((output / MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    if output.is_dir() and any(not path.name.startswith(".") for path in output.iterdir()):
        raise OutputError(
            f"{output}: holds files that ssg did not write, and will not touch –"
            " choose another folder with --output, or empty this one yourself"
        )
    return {}


def _keep_foreign(output: Path, stage: Path, known: Mapping[str, str]) -> None:
    """Copy what the program did not write from the old site into the new one."""
    for path in sorted(output.rglob("*")) if output.is_dir() else ():
        name = path.relative_to(output).as_posix()
        if path.is_file() and name not in known and name != MANIFEST:
            target = stage / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)


def clean(output: Path) -> int:
    """Remove what the program wrote into *output*, and nothing else; return how many files went.

    :raises OutputError: if the folder was never written by the program.
    """
    known = _manifest(output)
    count = 0
    for name in known:
        with contextlib.suppress(FileNotFoundError):
            _inside(output, name).unlink()
            count += 1
    (output / MANIFEST).unlink(missing_ok=True)
    for folder in sorted((path for path in output.rglob("*") if path.is_dir()), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()
    return count


def _inside(root: Path, name: str) -> Path:
    """Return the path of *name* below *root*.

    :raises OutputError: if it would lie anywhere else.
    """
    target = root / name
    if not target.resolve().is_relative_to(root.resolve()):
        raise OutputError(f"{name}: lies outside {root.name}/, and is not written")
    return target


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep a second build of the same project out while this one runs.

    :raises OutputError: if another is running.
    """
    try:
        import fcntl
    except ImportError:  # not on Windows; there the exchange of folders fails by itself
        yield
        return
    workshop = root / WORKSHOP
    workshop.mkdir(exist_ok=True)
    with open(workshop / "lock", "a", encoding="utf-8") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError("another ssg is building this project – wait for it to end") from None
        yield
