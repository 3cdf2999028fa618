"""Nothing is lost: whatever kills, fills or disturbs a build, there is a whole site and nobody's work has gone."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.errors import OutputError, SourceError
from generator.ingest.shelves import Shelf
from generator.shell import building, disk, edits, lock, publish, swap, worker
from generator.shell.cli import cli
from generator.teller import Desk
from tests.faults import DONE, FAILED, KILLED, failing_at, full_from, killed_at, undisturbed
from tests.projects import project_of, ssg, tree
from tests.waiting import LIMIT, until

CONFIG = "title: Small\nsearch: {enabled: false}\nfeeds: {enabled: false}\nembed: {enabled: false}\n"
FERRY = "Ferry runs again\n\nThe ferry to the island runs again, the harbour said on Monday. It carries 40 cars.\n"
POST = "Island ferry back\n\nThe island's ferry is running again, the harbour office said. It takes 45 cars.\n"
RADIO = "Ferry returns\n\nThe ferry to the island runs again since Monday, the harbour said. Few took it.\n"
FLUSH = swap.flush
SEEDS = "seeds/ferry"
CONTENT = "content/stories/ferry"


def small(root: Path) -> Path:
    """Make a project of one story and two tellings in *root*."""
    for name, text in {"ssg.yml": CONFIG, f"{SEEDS}/post.txt": POST, f"{SEEDS}/courier.txt": FERRY}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def changed(root: Path) -> None:
    """Change the sources so that a build has content to write anew, content to add, and another site to lay out."""
    (root / SEEDS / "courier.txt").write_text(FERRY.replace("40", "60"), encoding="utf-8")
    (root / SEEDS / "radio.txt").write_text(RADIO, encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*, hidden ones too."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def build(root: Path) -> None:
    """Build *root* in this process."""
    result = CliRunner().invoke(cli, ["-C", str(root), "build", "-j", "1"], catch_exceptions=False)
    if result.exit_code:
        print(result.output)
        raise SystemExit(result.exit_code)


class Scene:
    """A project built once and then changed; its states before and after the next build."""

    def __init__(self, folder: Path) -> None:
        self.ready = small(folder / "ready")
        assert ssg(self.ready, "build").exit_code == 0
        (self.ready / "site" / "CNAME").write_text("ferry.example", encoding="utf-8")
        changed(self.ready)
        self.before = self.state(self.ready)
        self.root = folder / "project"
        self.fresh()
        assert ssg(self.root, "build").exit_code == 0
        self.after = self.state(self.root)
        assert self.before != self.after

    def fresh(self) -> Path:
        """Return the project as it is before the build that will be disturbed."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.ready, self.root)
        return self.root

    @staticmethod
    def state(root: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """Return the site and the content of *root*."""
        return files(root / "site"), files(root / "content")

    def check(self, how: str) -> None:
        """Assert that site and content are those from before or after, and that the next build mends all."""
        site, content = self.state(self.root)
        assert site in (self.before[0], self.after[0]), f"{how}: a mixed site"
        if site == self.before[0]:
            assert content == self.before[1], f"{how}: the old site over new content"
        for name, data in content.items():
            assert data in (self.before[1].get(name), self.after[1].get(name)), f"{how}: {name} is torn"
        build(self.root)
        assert self.state(self.root) == self.after, f"{how}: not mended by the next build"
        assert sorted(p.name for p in self.root.iterdir()) == [".ssg", "content", "seeds", "site", "ssg.yml"], how
        assert not (self.root / edits.READY).exists()


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    """Return the scene, made once: in memory where there is such a disk, for hundreds of projects are laid out."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=place) as folder, pytest.MonkeyPatch.context() as patch:
        known: dict[object, object] = {}

        def remembering(desk: Desk, *more: object) -> Callable[[Shelf], object]:
            def tell(shelf: Shelf) -> object:
                key = (shelf, *(desk.sources[path] for path in shelf.paths))
                if key not in known:
                    known[key] = original(desk, *more)(shelf)
                return known[key]

            return tell

        original: Callable[..., Callable[[Shelf], object]] = worker.patient
        patch.setattr(worker, "patient", remembering)
        yield Scene(Path(folder))


def every(
    scene: Scene, disturbed: Callable[[int, Callable[[], object]], int], step: int = 1
) -> Iterator[tuple[int, int]]:
    """Disturb the build at every *step*-th of its operations; yield number and exit code until none is hit."""
    for number in range(1, 2000, step):
        root = scene.fresh()
        code = disturbed(number, lambda: build(root))  # noqa: B023 – runs at once
        yield number, code
        if code == DONE:
            return
    pytest.fail("the build never ends")


# ---------------------------------------------------------------------------- killed, full, broken


def test_killed_at_every_write(scene: Scene) -> None:
    """A build killed before any one of its writes leaves the old site or the new, whole, and the content to match."""
    count = 0
    for number, code in every(scene, killed_at):
        assert code in (KILLED, DONE)
        count += code == KILLED
        scene.check(f"killed at operation {number}")
    assert count > 30


def test_killed_at_every_write_without_an_exchange_of_folders(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system cannot exchange two folders at once, the next build leads back from between the renamings."""
    monkeypatch.setattr(swap, "_exchanged", lambda *_: errno.ENOSYS)
    gone = 0
    for number, code in every(scene, killed_at, step=3):
        gone += not (scene.root / "site").exists()
        if code and not (scene.root / "site").exists():
            disk.recover(scene.root / "site")
        scene.check(f"killed at operation {number}")
    assert gone <= 1


@pytest.mark.parametrize("fault", [full_from, failing_at])
def test_a_disk_that_refuses(scene: Scene, fault: Callable[[int, Callable[[], object]], int]) -> None:
    """A disk that is full from any one write on, or that refuses a single one, leaves all as it was, or all as new."""
    failed = 0
    for number, code in every(scene, fault, step=4):
        failed += code == FAILED
        if code == FAILED and scene.state(scene.root)[0] == scene.before[0]:
            left = sorted(p.name for p in scene.root.iterdir())
            assert left == [".ssg", "content", "seeds", "site", "ssg.yml"], f"{number}: litter"
        scene.check(f"refused at operation {number}")
    assert failed > 5


@pytest.fixture
def few_of_many(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Return the scene, its site taken for one of thousands of files: the few that change are moved one by one."""
    monkeypatch.setattr(publish, "_LARGE", 1)
    monkeypatch.setattr(publish, "_SHARE", 2.0)
    return scene


def _is_on_the_way(scene: Scene, how: str) -> bool:
    """Return whether files were being moved, and check that each is the old one or the new."""
    if not (scene.root / ".site.ssg-new" / publish._LIST).exists():
        return False
    for name, data in files(scene.root / "site").items():
        assert data in (scene.before[0].get(name), scene.after[0].get(name)), f"{how}: {name} is torn"
    ssg(scene.root, "build", "-j", "1")
    return True


def test_killed_at_every_move(few_of_many: Scene) -> None:
    """In a large site a build killed before a move leaves all as it was, or what the next build completes."""
    scene, on_the_way = few_of_many, 0
    for number, code in every(scene, killed_at):
        assert code in (KILLED, DONE)
        on_the_way += _is_on_the_way(scene, f"killed at operation {number}")
        scene.check(f"killed at operation {number}")
    assert on_the_way > 5


@pytest.mark.parametrize("fault", [full_from, failing_at])
def test_a_disk_that_refuses_a_move(few_of_many: Scene, fault: Callable[[int, Callable[[], object]], int]) -> None:
    """A disk that refuses one of the moves, or all from then on, leaves what the next build completes."""
    scene, on_the_way = few_of_many, 0
    for number, _ in every(scene, fault, step=5):
        on_the_way += _is_on_the_way(scene, f"refused at operation {number}")
        scene.check(f"refused at operation {number}")
    assert on_the_way


def test_a_move_that_is_refused_is_told(few_of_many: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads that a move was refused is told what to do; an editor's save before it leaves the old site."""
    scene = few_of_many
    root = scene.fresh()

    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(swap, "move", refused)
        result = ssg(root, "build", "-j", "1")
    assert result.exit_code == 1
    assert "not in their places yet (Permission denied); the next build moves them" in result.stderr
    assert _is_on_the_way(scene, "refused")
    scene.check("refused")
    root = scene.fresh()
    original = building.build_site

    def slow(*arguments: object, **named: bool) -> object:
        site = original(*arguments, **named)
        (root / CONTENT / "courier.md").write_bytes(b"---\ntitle: Mine\n---\n\nMy own words.\n")
        return site

    monkeypatch.setattr(building, "build_site", slow)
    assert "was changed by somebody" in ssg(root, "build", "-j", "1").stderr
    assert files(root / "site") == scene.before[0]
    assert sorted(p.name for p in root.iterdir()) == [".ssg", "content", "seeds", "site", "ssg.yml"]


def test_a_file_that_cannot_grow(scene: Scene) -> None:
    """Bytes that the disk does not take any more (not only names) leave the old site and the content as they were."""
    resource = pytest.importorskip("resource")

    def limited(size: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        build(scene.root)

    for size in (10, 400, 2000):
        scene.fresh()
        assert undisturbed(lambda: limited(size)) == FAILED  # noqa: B023 – runs at once
        assert scene.state(scene.root) == scene.before
        assert sorted(p.name for p in scene.root.iterdir()) == [".ssg", "content", "seeds", "site", "ssg.yml"]


def test_a_small_disk(tmp_path: Path) -> None:
    """A site for which a real disk is too small is told as such, and the old site stays."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        small(place / "p")
        publish.write_site(place / "p" / "site", {"index.html": b"old"})
        result = ssg(place / "p", "build")
        assert result.exit_code == 1
        assert "No space left on device" in result.stderr
        assert set(files(place / "p" / "site")) == {"index.html", disk.MANIFEST}
        assert not (place / "p" / "content").exists()
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_killed_from_outside(scene: Scene) -> None:
    """A real `ssg build`, killed with SIGKILL at points spread over its run, leaves the old site or the new."""
    command = [sys.executable, "-m", "generator", "-C", str(scene.fresh()), "build"]
    start = time.monotonic()
    assert subprocess.run(command, capture_output=True).returncode == 0
    whole = time.monotonic() - start
    for part in (0.8, 0.9, 0.97):
        scene.fresh()
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            process.wait(whole * part)
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()
        scene.check(f"killed after {part:.0%} of a build")


# ---------------------------------------------------------------------------- read-only, vanishing, out of reach


def as_nobody(work: Callable[[], object]) -> int:
    """Run *work* in a child without a superuser's rights; return its exit code."""

    def run() -> object:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        return work()

    return undisturbed(run)


@pytest.fixture
def public() -> Iterator[Path]:
    """Return a folder that other users reach."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # noqa: S103
        yield Path(folder)
        subprocess.run(["chmod", "-R", "u+rwX", folder], check=True)


def test_a_read_only_project(public: Path) -> None:
    """A project that cannot be written is built elsewhere, from its seeds too, by an ordinary user, again and again."""
    root = small(public / "project")
    (public / "out").mkdir()
    os.chmod(public / "out", 0o777)  # noqa: S103
    for path in (*root.rglob("*"), root):
        os.chmod(path, 0o555 if path.is_dir() else 0o444)

    def build_out() -> None:
        arguments = ["-C", str(root), "build", "-o", str(public / "out" / "site")]
        result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert "content/: cannot be written, so 2 files" in result.stderr
        assert result.exit_code == 0

    assert as_nobody(build_out) == 0
    assert as_nobody(build_out) == 0
    assert "40 cars" in (public / "out/site/stories/ferry/index.html").read_text(encoding="utf-8")
    assert sorted(p.name for p in root.iterdir()) == ["seeds", "ssg.yml"]


def test_a_read_only_site(public: Path) -> None:
    """A site that nobody may write to is replaced like any other, again and again, and nothing of it stays beside."""
    root = small(public / "project")
    assert ssg(root, "build").exit_code == 0

    def build() -> None:
        for cars in ("50 cars", "60 cars"):
            for path in (root / "site").rglob("*"):
                os.chmod(path, 0o555 if path.is_dir() else 0o444)
            os.chmod(root / "site", 0o555)  # noqa: S103
            (root / "ssg.yml").write_text(f"title: {cars}\n", encoding="utf-8")
            result = CliRunner().invoke(cli, ["-C", str(root), "build"], catch_exceptions=False)
            assert result.exit_code == 0, result.stderr
            assert cars in (root / "site/index.html").read_text(encoding="utf-8")
            assert not list(root.glob(".site*"))

    for path in (root, *root.rglob("*")):
        os.chown(path, *((65534, 65534) if os.geteuid() == 0 else (-1, -1)))
    assert as_nobody(build) == 0


def test_what_is_left_of_a_build_and_cannot_be_removed(tmp_path: Path) -> None:
    """Something that stands where a new site is laid down, and cannot be removed, is named."""
    root = small(tmp_path)
    (root / ".site.ssg-new").write_text("mine", encoding="utf-8")
    result = ssg(root, "build")
    assert result.exit_code == 1
    assert ".site.ssg-new: is left of an earlier build and cannot be removed – remove it" in result.stderr


def test_folders_that_may_not_be_read(public: Path) -> None:
    """A file and a folder out of reach are told, both, as problems with their paths."""
    root = small(public / "project")
    (root / SEEDS / "closed").mkdir()
    (root / SEEDS / "closed" / "a.txt").write_text("x", encoding="utf-8")
    os.chmod(root / SEEDS / "closed", 0)
    os.chmod(root / SEEDS / "post.txt", 0)

    def read() -> None:
        with pytest.raises(SourceError) as raised:
            disk.read_folder(root, "seeds")
        assert [p.path for p in raised.value.problems] == [f"{SEEDS}/closed", f"{SEEDS}/post.txt"]
        assert all("check its permissions" in p.message for p in raised.value.problems)

    assert as_nobody(read) == 0


@pytest.mark.parametrize("options", [(), ("--keep-going",)])
@pytest.mark.parametrize("name", ["content", "seeds"])
def test_sources_that_may_not_be_read(public: Path, name: str, options: tuple[str, ...]) -> None:
    """Where all of content/ or seeds/ is out of reach nothing is built: it may say what is not for print."""
    root = small(public / "project")
    assert ssg(root, "build").exit_code == 0
    before = files(root / "site")
    subprocess.run(["chmod", "-R", "a+rwX", root], check=True)
    os.chmod(root / name, 0)

    def build_without() -> None:
        result = CliRunner().invoke(cli, ["-C", str(root), "build", *options], catch_exceptions=False)
        assert result.exit_code == 1
        assert result.stderr.startswith(f"{name}: cannot be read (Permission denied) – check its permissions\n")

    assert as_nobody(build_without) == 0
    assert files(root / "site") == before


def test_a_folder_that_may_only_be_listed(public: Path) -> None:
    """A folder whose files cannot be looked at is told as such a file is, not as a fault of the program."""
    root = small(public / "project")
    subprocess.run(["chmod", "-R", "a+rwX", root], check=True)
    os.chmod(root / SEEDS, 0o444)

    def build_without() -> None:
        result = CliRunner().invoke(cli, ["-C", str(root), "build", "-k"], catch_exceptions=False)
        assert result.exit_code == 1
        assert f"{SEEDS}/post.txt: cannot be read (Permission denied)" in result.stderr

    assert as_nobody(build_without) == 0


@pytest.mark.parametrize("name", ["content", "seeds"])
@pytest.mark.parametrize("command", ["build", "ingest"])
def test_a_file_in_place_of_sources(tmp_path: Path, name: str, command: str) -> None:
    """A file named like a folder of sources is told of, rather than taken for an empty folder."""
    root = small(tmp_path)
    if name == "seeds":
        shutil.move(root / "seeds", root / "captures")
    (root / name).write_text("x", encoding="utf-8")
    result = ssg(root, command)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{name}: is a file – make it a folder, or rename it\n")


def test_a_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that goes between the listing and the reading is told, and nothing is written."""
    root = small(tmp_path)
    original = disk.whole

    def late(path: str) -> bytes:
        if path.endswith("post.txt"):
            os.unlink(path)
        return original(path)

    monkeypatch.setattr(disk, "whole", late)
    result = ssg(root, "build")
    assert result.exit_code == 1
    assert f"{SEEDS}/post.txt: went away while it was read – run ssg again" in result.stderr
    assert not (root / "site").exists()


def test_a_link_put_there_at_the_last_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A symbolic link that takes a file's place after the listing is not followed."""
    root = small(tmp_path)
    original = disk.whole

    def late(path: str) -> bytes:
        if path.endswith("post.txt"):
            os.unlink(path)
            os.symlink("/etc/passwd", path)
        return original(path)

    monkeypatch.setattr(disk, "whole", late)
    with pytest.raises(SourceError, match="is a symbolic link"):
        disk.read_folder(root, "seeds")


def test_pipes_and_sockets_are_no_sources(tmp_path: Path) -> None:
    """A named pipe among the sources is passed over: nobody waits for it."""
    (tmp_path / "seeds").mkdir()
    os.mkfifo(tmp_path / "seeds" / "a.txt")
    assert disk.read_folder(tmp_path, "seeds") == {}


def test_a_file_too_large_to_be_a_source(tmp_path: Path) -> None:
    """A disk image among the sources is refused without being read."""
    (tmp_path / "seeds").mkdir()
    with open(tmp_path / "seeds" / "a.txt", "wb") as stream:
        stream.truncate(10**12)
    with pytest.raises(SourceError, match=r"seeds/a\.txt: is larger than 100 MB"):
        disk.read_folder(tmp_path, "seeds")


# ---------------------------------------------------------------------------- two at once


def test_two_builds(scene: Scene) -> None:
    """A second build is turned away, told which process has the project; afterwards it goes on."""
    root = scene.fresh()
    with lock.locked(root):
        result = ssg(root, "build")
        assert result.exit_code == 1
        assert f"another ssg is building this project (process {os.getpid()}) – wait" in result.stderr
        assert scene.state(root) == scene.before
    build(root)
    assert scene.state(root) == scene.after


def test_builds_in_a_crowd(scene: Scene) -> None:
    """Of many builds started together each is done or turned away, and the site is whole."""
    root = scene.fresh()
    command = [sys.executable, "-m", "generator", "-C", str(root), "build"]
    crowd = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [(process.communicate()[1], process.returncode) for process in crowd]
    assert any(code == 0 for _, code in said)
    assert all(code == 0 or "another ssg is building this project" in text for text, code in said)
    scene.check("built in a crowd")


def test_the_lock_of_a_killed_build_is_free(tmp_path: Path) -> None:
    """Who was killed holds nothing."""

    def hold() -> None:
        with lock.locked(tmp_path):
            os.kill(os.getpid(), signal.SIGKILL)

    assert undisturbed(hold) == KILLED
    with lock.locked(tmp_path):
        pass


def test_the_workers_of_a_killed_build_end(tmp_path: Path) -> None:
    """Worker processes whose build was killed end too, so that the project is free for the next build."""
    script = (
        "import os, signal, sys, time\nfrom pathlib import Path\n"
        "from generator.model import Config\nfrom generator.shell import engines, lock\n"
        "def made():\n    return lambda n: time.sleep(0.05) or n\n"
        "with lock.locked(Path(sys.argv[1])):\n"
        "    for done in engines.engine_of(Config(jobs=2))(made, range(64)):\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True)
    assert ended.returncode == KILLED, ended.stderr

    def is_free() -> bool:
        try:
            with lock.locked(tmp_path):
                return True
        except OutputError:
            return False

    assert until(is_free)


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="workers are no forks here")
def test_a_build_whose_workers_cannot_start(tmp_path: Path) -> None:
    """Where every worker process dies before it begins, the build ends with a way out, and the old site stands."""
    root = project_of(tmp_path, 20)
    assert ssg(root, "build", "-j", "1").exit_code == 0
    before = tree(root / "site")
    dies = "import os\n\nos.register_at_fork(after_in_child=lambda: os._exit(3))\n"
    (root / "hooks.py").write_text(dies, encoding="utf-8")
    command = [sys.executable, "-m", "generator", "-C", str(root), "build", "-j", "2"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=5 * LIMIT)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "worker processes were killed again and again, perhaps for want of memory – try --jobs 1" in ended.stderr
    assert tree(root / "site") == before
    assert not list(root.glob(".site*"))


def test_the_lock_lies_in_the_project(tmp_path: Path) -> None:
    """A link in the place of the program's own folder is refused: what it writes would land elsewhere."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".ssg").symlink_to("elsewhere")
    with pytest.raises(OutputError, match=r"\.ssg: is no folder of its own"), lock.locked(tmp_path):
        pass
    with pytest.raises(OutputError, match=r"\.ssg: is no folder of its own"):
        edits.write(tmp_path, {"content/a.md": b"x"}, {})
    assert not list((tmp_path / "elsewhere").iterdir())


# ---------------------------------------------------------------------------- an editor's work


def test_an_editor_saves_while_a_build_runs(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody saves between the reading and the writing stays, and nothing of the build is written."""
    root = scene.fresh()
    original = building.build_site
    mine = b"---\ntitle: Mine\n---\n\nMy own words on the ferry.\n"

    def slow(*arguments: object, **named: bool) -> object:
        site = original(*arguments, **named)
        (root / CONTENT / "courier.md").write_bytes(mine)
        return site

    monkeypatch.setattr(building, "build_site", slow)
    result = ssg(root, "build")
    assert result.exit_code == 1
    assert f"{CONTENT}/courier.md: was changed by somebody while ssg worked; nothing was written" in result.stderr
    assert files(root / "site") == scene.before[0]
    assert files(root / "content") == {**scene.before[1], "stories/ferry/courier.md": mine}


def test_a_new_file_of_an_editors_is_not_replaced(tmp_path: Path) -> None:
    """A file that appears where a new one would go stays; those written before it are taken back."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "b.md").write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"content/b\.md: was changed by somebody"):
        edits.write(tmp_path, {"content/a/a.md": b"1", "content/b.md": b"2"}, {})
    assert files(tmp_path / "content") == {"b.md": b"mine"}
    assert not (tmp_path / "content" / "a").exists()


def test_an_editor_saves_at_the_last_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save between the last look and the exchange is noticed, and comes back."""
    (tmp_path / "content").mkdir()
    target = tmp_path / "content" / "a.md"
    target.write_bytes(b"old")
    original = swap.exchanged_at_once
    seen = []

    def late(one: Path, other: Path) -> bool:
        if not seen:
            target.write_bytes(b"mine")
        seen.append(other)
        return original(one, other)

    monkeypatch.setattr(swap, "exchanged_at_once", late)
    with pytest.raises(OutputError, match="was changed by somebody"):
        edits.write(tmp_path, {"content/a.md": b"new"}, {"content/a.md": b"old"})
    assert target.read_bytes() == b"mine"


def test_content_on_another_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where content/ is mounted from elsewhere its files are laid ready beside it."""
    (tmp_path / "content").mkdir()
    devices = iter(range(100))
    monkeypatch.setattr(edits, "_device", lambda _: next(devices))
    with edits.laid_ready(tmp_path, {"content/a.md": b"x"}, {}) as commit:
        assert (tmp_path / "content" / ".a.md.ssg-new").read_bytes() == b"x"
        commit()
    assert files(tmp_path / "content") == {"a.md": b"x"}


def test_a_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no second name can be given to a file, new files are renamed into place; foreign ones are copied."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.ENOTSUP, "no links here")

    monkeypatch.setattr(os, "link", refused)
    edits.write(tmp_path, {"content/a.md": b"x"}, {})
    assert files(tmp_path / "content") == {"a.md": b"x"}
    with pytest.raises(OutputError, match="was changed by somebody"):
        edits.write(tmp_path, {"content/a.md": b"y"}, {})
    publish.write_site(tmp_path / "site", {"index.html": b"1"})
    (tmp_path / "site" / "CNAME").write_bytes(b"ferry.example")
    publish.write_site(tmp_path / "site", {"index.html": b"2"})
    assert (tmp_path / "site" / "CNAME").read_bytes() == b"ferry.example"


# ---------------------------------------------------------------------------- files that are not ours


def test_foreign_files_in_the_way(tmp_path: Path) -> None:
    """A site is not written over a file that somebody else put into its folder, whatever the case of its name."""
    output = tmp_path / "site"
    publish.write_site(output, {"index.html": b"1"})
    (output / "Robots.txt").write_bytes(b"mine")
    (output / "tags").write_bytes(b"mine too")
    with pytest.raises(OutputError, match=r"site/Robots\.txt, site/tags: not written by ssg, and in the way"):
        publish.write_site(output, {"index.html": b"2", "robots.txt": b"", "tags/a/index.html": b""})
    assert (output / "index.html").read_bytes() == b"1"
    assert (output / "Robots.txt").read_bytes() == b"mine"


def test_foreign_links_are_kept_as_links(tmp_path: Path) -> None:
    """A symbolic link that somebody put into the site's folder stays one: what it leads to is not copied."""
    output = tmp_path / "site"
    publish.write_site(output, {"index.html": b"1"})
    (output / "passwd").symlink_to("/etc/passwd")
    (output / "media").symlink_to("/srv/media")
    (output / "up").symlink_to("..")
    publish.write_site(output, {"index.html": b"2"})
    assert {p.name: os.readlink(p) for p in output.iterdir() if p.is_symlink()} == {
        "passwd": "/etc/passwd",
        "media": "/srv/media",
        "up": "..",
    }


def test_a_site_is_not_written_through_a_link(tmp_path: Path) -> None:
    """A link in the site's folder where a page's folder would be stops the build."""
    output = tmp_path / "site"
    publish.write_site(output, {"index.html": b"1"})
    (tmp_path / "treasure").mkdir()
    (output / "stories").symlink_to(tmp_path / "treasure")
    with pytest.raises(OutputError, match=r"site/stories: not written by ssg"):
        publish.write_site(output, {"index.html": b"2", "stories/a/index.html": b""})
    assert not list((tmp_path / "treasure").iterdir())


@pytest.mark.parametrize(
    "manifest",
    ["", "[]", "{}", '{"files": 5}', '{"files": {"index.html": 5}}', '{"files": ["a"]}', "[" * 5000, "\0", '{"files"'],
)
def test_a_broken_manifest_claims_nothing(tmp_path: Path, manifest: str) -> None:
    """A folder whose manifest cannot be read is not ours: neither replaced nor cleaned."""
    (tmp_path / disk.MANIFEST).write_text(manifest, encoding="utf-8")
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    for touch in (lambda: disk.clean(tmp_path), lambda: publish.write_site(tmp_path, {"index.html": b""})):
        with pytest.raises(OutputError, match="holds files that ssg did not write"):
            touch()
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "dear"


def test_a_manifest_that_names_others_files(tmp_path: Path) -> None:
    """A manifest that names files elsewhere removes none of them."""
    output = tmp_path / "site"
    publish.write_site(output, {"index.html": b"1"})
    (tmp_path / "mine.txt").write_bytes(b"mine")
    for name in ("../mine.txt", str(tmp_path / "mine.txt")):
        (output / disk.MANIFEST).write_text(f'{{"files": {{"index.html": "", "{name}": ""}}}}', encoding="utf-8")
        with pytest.raises(OutputError, match="lies outside"):
            disk.clean(output)
        assert (tmp_path / "mine.txt").read_bytes() == b"mine"
        assert (output / "index.html").exists()


@pytest.mark.parametrize("output", ["content", "seeds/out", "themes", ".ssg/site", ".", "..", ".git/x"])
def test_a_site_never_lies_over_sources(tmp_path: Path, output: str) -> None:
    """No option sends a site into the sources, or around them."""
    root = small(tmp_path / "project")
    result = ssg(root, "build", "--output", output)
    assert result.exit_code == 2
    assert "would lie over" in result.stderr
    assert sorted(p.name for p in root.iterdir() if p.name != ".ssg") == ["seeds", "ssg.yml"]


def test_a_site_nowhere(tmp_path: Path) -> None:
    """An output that names nothing, as an empty variable of a shell, is wrong usage and not the usual folder."""
    result = ssg(small(tmp_path), "build", "--output", "")
    assert result.exit_code == 2
    assert result.stderr.endswith("Error: Invalid value for '-o' / '--output': names no folder\n")
    assert not (tmp_path / "site").exists()


# ---------------------------------------------------------------------------- power


def test_all_is_on_the_disk_before_the_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new site's bytes and the new content's are brought to the disk first; only then do the old ones go."""
    order: list[str] = []
    original = swap.exchanged_at_once

    def exchanged(one: Path, other: Path) -> bool:
        order.append(f"exchange {other.name}")
        return original(one, other)

    monkeypatch.setattr(swap, "flush", lambda folder, _: order.append(f"flush {folder.name}"))
    monkeypatch.setattr(swap, "exchanged_at_once", exchanged)
    edits.write(tmp_path, {"content/a.md": b"1"}, {})
    publish.write_site(tmp_path / "site", {"index.html": b"1"})
    order.clear()
    with edits.laid_ready(tmp_path, {"content/a.md": b"2"}, {"content/a.md": b"1"}) as commit:
        publish.write_site(tmp_path / "site", {"index.html": b"2"}, commit)
    assert order == ["flush new", "flush .site.ssg-new", "exchange site", "exchange a.md"]


def test_flush_reaches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One call for the whole file system where there is one, else one a file; a file that has gone is no matter."""
    (tmp_path / "a").write_bytes(b"x")
    FLUSH(tmp_path, [])
    synced = []
    monkeypatch.setattr(swap, "_library", lambda: None)
    monkeypatch.setattr(os, "fsync", synced.append)
    FLUSH(tmp_path, [tmp_path / "a", tmp_path / "gone"])
    assert len(synced) == 1


# ---------------------------------------------------------------------------- other systems, simulated


def test_a_file_that_is_open_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a renaming refused because somebody has the file open is tried again, for a while."""
    (tmp_path / "new").write_bytes(b"new")
    original, refusals = os.replace, iter(range(3))

    def busy(one: Path, other: Path) -> None:
        if next(refusals, None) is not None:
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        original(one, other)

    monkeypatch.setattr(swap, "IS_WINDOWS", True)
    monkeypatch.setattr(swap, "PAUSE", 0.0)
    monkeypatch.setattr(os, "replace", busy)
    swap.move(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_bytes() == b"new"


def test_a_file_that_stays_open_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a site that somebody keeps open is left as it was, and that is said."""

    def busy(*_: object) -> None:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    publish.write_site(tmp_path / "site", {"index.html": b"old"})
    monkeypatch.setattr(swap, "IS_WINDOWS", True)
    monkeypatch.setattr(swap, "PAUSE", 0.0)
    monkeypatch.setattr(swap, "_exchanged", lambda *_: errno.ENOSYS)
    monkeypatch.setattr(os, "replace", busy)
    with pytest.raises(OutputError, match="the old site is as it was"):
        publish.write_site(tmp_path / "site", {"index.html": b"new"})
    assert (tmp_path / "site" / "index.html").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_site_on_a_mount_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is mounted from elsewhere cannot be replaced; the message says where to write instead."""
    publish.write_site(tmp_path / "site", {"index.html": b"old"})
    monkeypatch.setattr(swap, "_exchanged", lambda *_: errno.EBUSY)
    with pytest.raises(OutputError, match=r"it is a mount point.*into a folder inside it with --output"):
        publish.write_site(tmp_path / "site", {"index.html": b"new"})
    assert (tmp_path / "site" / "index.html").read_bytes() == b"old"


def test_the_lock_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the first byte of a file is locked, and somebody else's lock is told as everywhere."""
    asked = []

    class Fake:
        LK_NBLCK = 2

        @staticmethod
        def locking(*arguments: int) -> None:
            asked.append(arguments[1:])
            if len(asked) > 1:
                raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(lock, "IS_WINDOWS", True)
    monkeypatch.setattr(lock, "import_module", lambda _: Fake)
    with lock.locked(tmp_path), pytest.raises(OutputError, match="another ssg is building"), lock.locked(tmp_path):
        pass
    assert asked == [(2, 1), (2, 1)]
