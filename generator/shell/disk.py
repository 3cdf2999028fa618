"""Files in, files out: folders as values, and a site that is replaced as a whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from generator.errors import OutputError, Problem, SourceError, on_one_line
from generator.shell import swap
from generator.shell.lock import WORKSHOP, locked

if TYPE_CHECKING:
    from generator.model import Tree

__all__ = ["MANIFEST", "WORKSHOP", "locked"]

#: Folders that are never written over, whatever is asked for.
SOURCES = ("seeds", "content", "themes", "generator", ".git", WORKSHOP)
#: Written into every output folder: what the program put there, and may therefore take away again.
MANIFEST = ".ssg-manifest.json"
#: What tells GitHub Pages a site's host: it may lie where no site has been yet.
_HOST = "CNAME"


# ---------------------------------------------------------------------------- in


def read_folder(root: Path, name: str) -> Tree:
    """Return the files of folder *name* of a project, by their paths below *root*; hidden ones are left out.

    Names are in Unicode's composed form (NFC), so that a project reads the same from every disk.

    :raises SourceError: for symbolic links, for names that no address or terminal can carry, and for files that
        cannot be read or are larger than `LARGEST`; for all of them.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    if os.path.isfile(root / name) and not os.path.islink(root / name):
        raise SourceError([Problem(name, 0, 0, NO_FOLDER)])
    for place, path in _files(os.fspath(root / name), name):
        shown = unicodedata.normalize("NFC", place) if not place.isascii() else place
        why = unfit(shown) or ("" if shown not in found else TWICE)
        if why:
            problems.append(Problem(shown.encode("utf-8", "backslashreplace").decode(), 0, 0, why))
            continue
        try:
            found[shown] = whole(path)
        except OSError as error:
            problems.append(Problem(shown, 0, 0, unread(error)))
    if problems:
        raise SourceError(problems)
    return found


#: Largest file that is read, in bytes: a hundred times the largest capture, and no disk image by mistake.
LARGEST = 100_000_000
NO_FOLDER = "is a file – make it a folder, or rename it"
LINKED = "is a symbolic link – put the file itself there"
TWICE = "another file has this name too, with its accents written otherwise – rename one of them"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")


def unfit(name: str) -> str:
    """Return what is wrong with a file's name; nothing for almost all."""
    if name.isascii() and name.isprintable():
        return ""
    if _UNSEEN.search(name):
        return "its name holds a character that nobody can see – rename it"
    if any("\ud800" <= c <= "\udfff" for c in name):
        return "its name is not UTF-8 – rename it"
    return ""


def _files(folder: str, place: str) -> Iterator[tuple[str, str]]:
    """Yield files and symbolic links below *folder* as place and path, in order of names, hidden ones left out."""
    if os.path.islink(folder):
        yield place, folder
        return
    try:
        with os.scandir(folder) as entries:
            inside = sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        yield place, folder  # reading it tells why
        return
    for entry in inside:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{place}/{entry.name}")
        elif entry.is_symlink() or entry.is_file():
            yield f"{place}/{entry.name}", entry.path


_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def whole(path: str) -> bytes:
    """Return a file's bytes; a symbolic link is refused by the system itself, however late it was put there.

    :raises OSError: if it cannot be read.
    """
    if not hasattr(os, "O_NOFOLLOW") and os.path.islink(path):
        raise OSError(errno.ELOOP, "")
    handle = os.open(path, _FLAGS)
    try:
        size = os.fstat(handle).st_size
        if size > LARGEST:
            raise OSError(errno.EFBIG, "")
        data = os.read(handle, size + 1)
        while len(data) != size and (more := os.read(handle, 1 << 20)):
            data += more
        return data
    finally:
        os.close(handle)


def beginning(path: str, size: int) -> bytes:
    """Return a file's first bytes, *size* of them if it has as many.

    :raises OSError: if it cannot be read.
    """
    if not hasattr(os, "O_NOFOLLOW"):
        return whole(path)[:size]
    handle = os.open(path, _FLAGS)
    try:
        return os.read(handle, size)
    finally:
        os.close(handle)


def unread(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return LINKED
    if error.errno == errno.EFBIG:
        return f"is larger than {LARGEST // 1_000_000} MB – keep it elsewhere"
    if error.errno == errno.ENOENT:
        return "went away while it was read – run ssg again"
    return f"cannot be read ({error.strerror}) – check its permissions"


# ---------------------------------------------------------------------------- out


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write *files* below *root*, each as a whole: a reader sees the old text or the new one.

    :raises OutputError: if one cannot be written.
    """
    for name, data in files.items():
        target = inside(root, name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _written_whole(target, data)
        except OSError as error:
            raise OutputError(f"{name}: cannot be written ({error.strerror})") from error


def _written_whole(target: Path, data: bytes) -> None:
    import tempfile  # not for a build that finds nothing changed

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(name, 0o644)
        swap.move(Path(name), target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def why(error: OSError) -> str:
    """Return what an error of the system means for a folder that is to be replaced."""
    if error.errno == errno.EBUSY:
        return "it is a mount point, which cannot be replaced as a whole – write into a folder inside it with --output"
    return error.strerror or str(error)


def recover(output: Path) -> None:
    """Bring back the site of a build that was killed between its renamings."""
    swap.recover(output)


def check_apart(root: Path, output: Path) -> None:
    """Make sure that the site and the project's sources do not lie in one another.

    :raises OutputError: if they do: replacing the site would replace them.
    """
    place = output.resolve()
    for name in SOURCES:
        source = (root / name).resolve()
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise OutputError(f"{output}: would lie over {name}/ – choose another folder with --output")


def check_ours(output: Path) -> None:
    """Make sure that *output* may be replaced.

    :raises OutputError: if it holds files, and was never written by the program.
    """
    manifest(output)


def manifest(output: Path) -> dict[str, str]:
    """Return what the program wrote into *output*: name → mark; empty where there is nothing yet.

    :raises OutputError: where there are files, and none of them says that they are the program's.
    """
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise OutputError(f"{output}: is no folder – choose another with --output")
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        known = json.loads((output / MANIFEST).read_text(encoding="utf-8"))["files"]
        if isinstance(known, dict) and all(isinstance(digest, str) for digest in known.values()):
            return known
    others = sorted(path.name for path in output.iterdir()) if output.is_dir() else []
    if other := next((name for name in others if not name.startswith(".") and name != _HOST), ""):
        raise OutputError(
            f"{output}: holds files that ssg did not write, and will not touch – {on_one_line(other)} is the first;"
            " choose another folder with --output, or empty this one yourself"
        )
    return {}


def foreign(output: Path, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the files and symbolic links in *output* that the program did not write; links are not followed."""
    found = []
    root = os.fspath(output)
    for folder, folders, names in os.walk(root):
        inside = folder[len(root) + 1 :].replace(os.sep, "/")
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        places = (f"{inside}/{name}" if inside else name for name in (*names, *links))
        found += [place for place in places if place not in known and place != MANIFEST]
    return tuple(sorted(place for place in found if not _is_within_itself(output, place, known)))


def mark(data: bytes) -> str:
    """Return what the manifest says of a file: its size and checksum."""
    return f"{len(data)}-{crc32(data):08x}"


def _is_within_itself(output: Path, place: str, known: Mapping[str, str]) -> bool:
    """Whether a file is one of the program's that lies in a folder of its own name: earlier versions put it there.

    They did so where an alias took the file's place.
    """
    folder, _, name = place.rpartition("/")
    if folder.rpartition("/")[2] != name or folder not in known:
        return False
    with contextlib.suppress(OSError):
        return mark((output / place).read_bytes()) == known[folder]
    return False


def refuse_overlap(output: Path, foreign: Sequence[str], names: Iterable[str]) -> None:
    """Refuse a site that would lie over files that somebody else put into its folder.

    :raises OutputError: naming them.
    """
    if not foreign:
        return
    files = {name.casefold() for name in names}
    ours = files | {part.as_posix() for name in files for part in Path(name).parents}
    taken = [
        f"{output.name}/{on_one_line(name)}"
        for name in foreign
        if name.casefold() in ours or not files.isdisjoint(part.as_posix() for part in Path(name.casefold()).parents)
    ]
    if taken:
        raise OutputError(
            f"{', '.join(taken[:5])}: not written by ssg, and in the way of the site's own – move it elsewhere"
        )


def keep_other(old: Path, new: Path) -> None:
    """Let a file of somebody else's stand in the new site too: the same file, where the disk can do that."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        import shutil

        shutil.copy2(old, new, follow_symlinks=False)


def clean(output: Path) -> int:
    """Remove what the program wrote into *output*, and nothing else; return how many files went.

    :raises OutputError: if the folder was never written by the program, or a file of it cannot be removed.
    """
    known = manifest(output)
    count = 0
    try:
        within = (f"{name}/{name.rpartition('/')[2]}" for name in known)
        twice = [name for name in within if _is_within_itself(output, name, known)]
        for place in [inside(output, name) for name in (*known, *twice)]:
            if place.is_file() or place.is_symlink():
                place.unlink()
                count += 1
        (output / MANIFEST).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{error.filename}: cannot be removed ({error.strerror})") from error
    folders = {parent for name in (*known, *twice) for parent in (output / name).parents if parent != output}
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        with contextlib.suppress(OSError, ValueError):
            folder.relative_to(output)
            folder.rmdir()
    return count


_ORDINARY = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")


def check_name(root: Path, name: str) -> None:
    """Make sure that *name*, in a fresh folder without links, leads nowhere else.

    :raises OutputError: if it does.
    """
    if _ORDINARY.fullmatch(name):
        return
    if name.startswith("/") or not name or {"", ".", ".."} & set(name.split("/")) or "\\" in name or "\0" in name:
        raise OutputError(f"{name}: lies outside {root.name}/, and is not written")


def inside(root: Path, name: str) -> Path:
    """Return the path of *name* below *root*.

    :raises OutputError: if it would lie anywhere else.
    """
    target = root / name
    if not target.resolve().is_relative_to(root.resolve()):
        raise OutputError(f"{name}: lies outside {root.name}/, and is not written")
    return target
