"""Whatever becomes of the cache – damage, another's schema, a lock, a link, a pipe – the site comes out the same."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator.shell.lock import FILE
from tests.faults import undisturbed
from tests.projects import ssg, tree

FERRY = (
    "---\ntitle: Ferry of {}\noutlet: {}.example\ndate: 2025-07-03\n---\n\nThe ferry runs again. It takes {} cars.\n"
)
VICTIM = b"the letters of somebody else"


def _edit(root: Path, cars: int) -> None:
    (root / "content/stories/ferry/post.md").write_text(FERRY.format("post", "post", cars), encoding="utf-8")


@pytest.fixture(scope="module")
def built() -> Iterator[tuple[Path, dict[str, bytes]]]:
    """Return a project of two stories that was built, and the site that it must have after an edit."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "p"
        for story in ("ferry", "bridge"):
            for outlet in ("post", "radio"):
                path = root / f"content/stories/{story}/{outlet}.md"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(FERRY.format(story, outlet, 40), encoding="utf-8")
        config = "search: {enabled: false}\nembed: {enabled: false}\ncards: {enabled: false}\n"
        (root / "ssg.yml").write_text(config, encoding="utf-8")
        assert ssg(root, "build").exit_code == 0
        other = Path(folder) / "fresh"
        shutil.copytree(root, other, ignore=shutil.ignore_patterns(".ssg", "site"))
        _edit(other, 60)
        assert ssg(other, "build").exit_code == 0
        yield root, tree(other / "site")


def _remade(path: Path, make: Callable[[sqlite3.Connection], object]) -> None:
    with closing(sqlite3.connect(path)) as base, base:
        make(base)


def _emptied(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _flipped(seed: int) -> Callable[[Path], None]:
    def attack(path: Path) -> None:
        chance = random.Random(seed)  # noqa: S311 - the same damage every time
        data = bytearray(path.read_bytes())
        for _ in range(40):
            data[chance.randrange(100 if seed == 0 else 0, len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(data))

    return attack


def _truncated(part: float) -> Callable[[Path], None]:
    def attack(path: Path) -> None:
        os.truncate(path, int(path.stat().st_size * part))

    return attack


def _foreign(path: Path) -> None:
    _emptied(path)
    _remade(
        path,
        lambda base: base.executescript("CREATE TABLE made (a, b); CREATE TABLE seen (c); CREATE TABLE notes (d);"),
    )


def _foreign_of_our_version(path: Path) -> None:
    _foreign(path)
    _remade(path, lambda base: base.execute("PRAGMA user_version = 1"))


def _older(path: Path) -> None:
    _remade(path, lambda base: base.execute("PRAGMA user_version = 0"))


def _newer(path: Path) -> None:
    _remade(path, lambda base: base.execute("PRAGMA user_version = 4711"))


def _rewritten(value: object) -> Callable[[Path], None]:
    def attack(path: Path) -> None:
        def change(base: sqlite3.Connection) -> None:
            base.execute("UPDATE made SET value = ?", (value,))
            base.execute("UPDATE notes SET value = ?", (value,))
            base.execute("UPDATE seen SET state = ?", (str(value),))

        _remade(path, change)

    return attack


def _exchanged(path: Path) -> None:
    """Give every key the record of another."""

    def change(base: sqlite3.Connection) -> None:
        rows = base.execute("SELECT key, value FROM made ORDER BY key").fetchall()
        base.executemany(
            "UPDATE made SET value = ? WHERE key = ?", [(rows[i - 1][1], key) for i, (key, _) in enumerate(rows)]
        )

    _remade(path, change)


def _numbered(path: Path) -> None:
    _remade(path, lambda base: base.execute("UPDATE made SET used = 'never'"))


def _folder(path: Path) -> None:
    _emptied(path)
    path.mkdir()
    (path / "mine").write_bytes(VICTIM)


def _link_to_nothing(path: Path) -> None:
    _emptied(path)
    path.symlink_to("nowhere/at/all")


def _pipe(path: Path) -> None:
    _emptied(path)
    os.mkfifo(path)


def _wal_of_another(path: Path) -> None:
    Path(f"{path}-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(4000))


def _empty_file(path: Path) -> None:
    _emptied(path)
    path.write_bytes(b"")


ATTACKS: dict[str, Callable[[Path], None]] = {
    **{f"bits flipped, {seed}": _flipped(seed) for seed in range(4)},
    **{f"truncated to {part:.0%}": _truncated(part) for part in (0.0, 0.01, 0.5, 0.98)},
    "text": lambda path: path.write_bytes(VICTIM * 900) and None,  # type: ignore[func-returns-value]
    "another's tables": _foreign,
    "another's tables under our number": _foreign_of_our_version,
    "an older version": _older,
    "a newer version": _newer,
    **{f"records of {type(value).__name__}": _rewritten(value) for value in (b"\x00\xff", "text", 5, 1.5)},
    "records exchanged": _exchanged,
    "numbers that are none": _numbered,
    "a folder": _folder,
    "a link to nothing": _link_to_nothing,
    "a pipe": _pipe,
    "another's journal": _wal_of_another,
    "nothing": _empty_file,
}  # fmt: skip


@pytest.mark.parametrize("kind", ATTACKS)
def test_an_attacked_cache(built: tuple[Path, dict[str, bytes]], tmp_path: Path, kind: str) -> None:
    """After any damage the build is done, says nothing odd, and gives the bytes of a build from nothing; twice."""
    ready, expected = built
    root = tmp_path / "p"
    shutil.copytree(ready, root)
    ATTACKS[kind](root / FILE)
    _edit(root, 60)
    for _ in range(2):
        result = ssg(root, "build", "-j", "1")
        assert result.exit_code == 0, result.stderr
        assert "Traceback" not in result.stderr
        assert tree(root / "site") == expected
    if kind == "a folder":
        assert (root / FILE / "mine").read_bytes() == VICTIM


def test_a_cache_that_cannot_be_emptied(tmp_path: Path) -> None:
    """What stands in the cache's place and is no file of ours stays there, and `ssg clean --cache` says so."""
    (tmp_path / FILE).mkdir(parents=True)
    result = ssg(tmp_path, "clean", "--cache")
    assert result.exit_code == 1
    said = f"error: {FILE}: cannot be removed – remove it; builds do without a cache as long as it is there\n"
    assert result.stderr == said


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_a_link_in_the_place_of_the_cache(built: tuple[Path, dict[str, bytes]], tmp_path: Path, ending: str) -> None:
    """A link from the cache's place to somebody's file is not followed: that file stays as it is."""
    ready, expected = built
    root = tmp_path / "p"
    shutil.copytree(ready, root)
    victim = tmp_path / "letters"
    if ending:
        victim.write_bytes(VICTIM)
    else:
        _remade(victim, lambda base: base.execute("CREATE TABLE letters (dear TEXT)"))
    before = victim.read_bytes()
    place = Path(f"{root / FILE}{ending}")
    place.unlink(missing_ok=True)
    place.symlink_to(victim)
    _edit(root, 60)
    assert ssg(root, "build", "-j", "1").exit_code == 0
    assert tree(root / "site") == expected
    assert victim.read_bytes() == before
    assert ssg(root, "clean", "--cache").exit_code == 0
    assert victim.read_bytes() == before


@pytest.mark.parametrize("how", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE", "PRAGMA locking_mode = EXCLUSIVE"])
def test_a_cache_that_somebody_has_locked(
    built: tuple[Path, dict[str, bytes]], tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that holds the cache's lock for ever holds up no build for long, and changes no byte of it."""
    monkeypatch.setattr("generator.shell.cache.PATIENCE", 0.2)
    ready, expected = built
    root = tmp_path / "p"
    shutil.copytree(ready, root)
    _edit(root, 60)
    with closing(sqlite3.connect(root / FILE, isolation_level=None)) as other:
        other.execute(how)
        other.execute("SELECT * FROM notes").fetchall()
        if how.startswith("PRAGMA"):
            other.execute("UPDATE made SET used = used")
        assert ssg(root, "build", "-j", "1").exit_code == 0
        assert tree(root / "site") == expected
    assert ssg(root, "build", "-j", "1").exit_code == 0
    assert tree(root / "site") == expected


def test_a_cache_that_cannot_be_written(built: tuple[Path, dict[str, bytes]]) -> None:
    """An ordinary user builds beside a cache that belongs to somebody else."""
    ready, expected = built
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)  # noqa: S103 - another user writes there
        root = Path(folder) / "p"
        shutil.copytree(ready, root)
        _edit(root, 60)
        (root / FILE).chmod(0o444)
        for path in (root, *root.rglob("*")):
            if ".ssg" not in path.parts and os.geteuid() == 0:
                os.chown(path, 65534, 65534)
        (root / ".ssg").chmod(0o555)

        def work() -> None:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            result = ssg(root, "build", "-j", "1")
            assert result.exit_code == 0, result.stderr

        assert undisturbed(work) == 0
        assert tree(root / "site") == expected
        (root / ".ssg").chmod(0o755)


# ---------------------------------------------------------------------------- parts of other machines


@pytest.fixture(scope="module")
def part(built: tuple[Path, dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the whole site, told in one part by another machine."""
    root = tmp_path_factory.mktemp("machine") / "p"
    shutil.copytree(built[0], root, ignore=shutil.ignore_patterns(".ssg", "site"))
    _edit(root, 60)
    assert ssg(root, "build", "--shard", "1/1", "-j", "1").exit_code == 0
    return root / "part-1-of-1.zip"


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_part(built: tuple[Path, dict[str, bytes]], part: Path, tmp_path: Path, seed: int) -> None:
    """A part whose bytes have suffered is named, or its stories are told here: no damage reaches the site."""
    root = tmp_path / "p"
    shutil.copytree(part.parent, root, ignore=shutil.ignore_patterns(".ssg", "site"))
    chance = random.Random(seed)  # noqa: S311 - the same damage every time
    data = bytearray(part.read_bytes())
    for _ in range(60):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    (root / part.name).write_bytes(bytes(data[: len(data) * 9 // 10] if seed == 5 else data))
    result = ssg(root, "merge", str(root / part.name), "-j", "1")
    if result.exit_code == 0:
        assert tree(root / "site") == built[1]
    else:
        assert "no part of a site that this version can read" in result.stderr
        assert not (root / "site").exists()


def test_a_part_that_would_write_elsewhere(part: Path, tmp_path: Path) -> None:
    """A page of a part that names a place outside the site is refused, and nothing is written."""
    root = tmp_path / "p"
    shutil.copytree(part.parent, root, ignore=shutil.ignore_patterns(".ssg", "site"))
    with ZipFile(part) as old, ZipFile(root / part.name, "w") as new:
        for name in old.namelist():
            new.writestr(
                name.replace("ferry/post", "../../../evil"), old.read(name).replace(b"ferry/post", b"../../../evil")
            )
    result = ssg(root, "merge", str(root / part.name), "-j", "1")
    assert result.exit_code == 1
    assert "lies outside" in result.stderr
    assert not (root / "site").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p"]
