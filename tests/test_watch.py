"""Which events matter, when a burst of them is over, and what an eye on a folder sees."""

from __future__ import annotations

import os
import shutil
import threading
import time
import warnings
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

from generator.shell.watch import Bell, Watch, is_source, is_temporary
from tests.waiting import until


@pytest.mark.parametrize(
    "name",
    """.courier.txt.swp .#courier.txt courier.txt~ #courier.txt# 4913 courier.swx courier.tmp .goutputstream-AB12CD
    courier.md___jb_tmp___ .git .DS_Store courier.part""".split(),
)
def test_temporary(name: str) -> None:
    """What editors keep for a moment, and what is hidden, is no source, wherever it lies."""
    assert is_temporary(name)
    assert not is_source(f"content/stories/bridge/{name}")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("ssg.yml", True),
        ("seeds", True),
        ("seeds/courier.txt", True),
        ("content/stories/bridge/courier.md", True),
        ("content/stories/sedan.md", True),
        ("themes/mine/static/style.css", True),
        ("site/index.html", False),
        ("site", False),
        (".", False),
        ("", False),
        ("../seeds/courier.txt", False),
        ("README.md", False),
        ("content/ssg.yml", True),
        ("site/ssg.yml", False),
        (".ssg/lock", False),
        ("seeds/.git/courier.txt", False),
        ("seeds/4913/courier.txt", True),
        (".ssg.yml.swp", False),
        ("notes/seeds/courier.txt", False),
    ],
)
def test_sources(path: str, expected: bool) -> None:
    """A site is made from seeds, content, themes and ssg.yml; from nothing else in the project's folder."""
    assert is_source(path) == expected


def test_a_burst_is_one() -> None:
    """Events close upon each other are told once, when they are over."""
    bell = Bell(settle=0.05, cap=5)
    for _ in range(20):
        bell.ring()
    assert bell.wait() == 20


def test_an_endless_burst_is_cut() -> None:
    """Events that do not end are told all the same, after the cap."""
    bell, stop = Bell(settle=10, cap=0.2), threading.Event()

    def ring() -> None:
        while not stop.wait(0.01):
            bell.ring()

    thread = threading.Thread(target=ring)
    thread.start()
    try:
        assert bell.wait() >= 1
    finally:
        stop.set()
        thread.join()


def test_what_comes_while_working_is_told_next() -> None:
    """An event between `wait` and `answered` is not lost."""
    bell = Bell(settle=0.01)
    bell.ring()
    count = bell.wait()
    bell.ring()
    bell.answered(count)
    assert bell.wait() == count + 1


def test_waiting_for_the_answer() -> None:
    """Who waits is let go when all before them is answered, and not held up by what comes after."""
    bell, gone = Bell(settle=0.01), threading.Event()
    bell.until_answered()
    bell.ring()
    thread = threading.Thread(target=lambda: (bell.until_answered(), gone.set()))
    thread.start()
    assert not gone.wait(0.05)
    count = bell.wait()
    bell.ring()
    bell.answered(count)
    thread.join(15)
    assert gone.is_set()


def test_closing_lets_everybody_go() -> None:
    """A closed bell keeps nobody waiting."""
    bell = Bell()
    bell.ring()
    thread = threading.Thread(target=bell.until_answered)
    thread.start()
    bell.close()
    thread.join(15)
    assert not thread.is_alive()


class Counter:
    """Counts the calls of a watch, and waits for further ones."""

    def __init__(self) -> None:
        self.count = 0
        self.named: list[tuple[str, ...]] = []

    def __call__(self, names: Collection[str] | None = None) -> None:
        """Count, and take note of what is named."""
        self.named.append(tuple(names or ()))
        self.count += 1

    def seen(self, doing: Callable[[], object]) -> bool:
        """Return whether *doing* something is noticed."""
        self.calm()
        before = self.count
        doing()
        return until(lambda: self.count > before)

    def calm(self) -> None:
        """Wait until no more events come in."""
        last = -1
        while last != self.count:
            last = self.count
            time.sleep(0.1)


@pytest.fixture(params=[False, True], ids=["told", "polling"])
def eye(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, Watch, Counter]]:
    """Yield a project with an empty seeds folder, an eye on it, and what it counts."""
    monkeypatch.setattr("generator.shell.watch.INTERVAL", 0.04)
    (tmp_path / "seeds").mkdir()
    counter = Counter()
    watch = Watch(tmp_path, counter, poll=request.param)
    yield tmp_path, watch, counter
    watch.close()


def test_what_is_seen(eye: tuple[Path, Watch, Counter]) -> None:
    """New, changed, renamed, replaced and deleted files are seen, in new folders too, and the configuration."""
    root, watch, counter = eye
    one, two, deep = root / "seeds" / "one.txt", root / "seeds" / "two.txt", root / "seeds" / "a" / "b"
    assert counter.seen(lambda: one.write_text("1"))
    assert counter.seen(lambda: one.write_text("22"))
    assert counter.seen(lambda: one.rename(two))
    assert counter.seen(lambda: (root / "new").write_text("333") and os.replace(root / "new", two))
    assert counter.seen(two.unlink)
    assert counter.seen(lambda: deep.mkdir(parents=True))
    assert counter.seen(lambda: (deep / "three.txt").write_text("3"))
    assert counter.seen(lambda: (root / "ssg.yml").write_text("title: x"))
    assert counter.seen(lambda: (root / "content").mkdir())
    watch.arm()
    assert counter.seen(lambda: (root / "content" / "_index.md").write_text("x"))


def test_a_replaced_folder_is_watched(eye: tuple[Path, Watch, Counter]) -> None:
    """A folder that is deleted and made anew is watched again."""
    root, watch, counter = eye
    for _ in range(2):
        assert counter.seen(lambda: shutil.rmtree(root / "seeds"))
        watch.arm()
        assert counter.seen(lambda: (root / "seeds").mkdir())
        watch.arm()
        assert counter.seen(lambda: (root / "seeds" / "one.txt").write_text("1"))
    assert counter.seen(lambda: ((root / "other").mkdir(), (root / "seeds").rename(root / "old")))
    (root / "other").rename(root / "seeds")
    watch.arm()
    assert counter.seen(lambda: (root / "seeds" / "one.txt").write_text("1"))


def test_what_is_not_seen(eye: tuple[Path, Watch, Counter]) -> None:
    """Reading, the output, hidden files and editors' own files are nobody's business."""
    root, _, counter = eye
    (root / "seeds" / "one.txt").write_text("1")
    assert counter.seen(lambda: (root / "seeds" / "two.txt").write_text("2"))
    counter.calm()
    before = len(counter.named)
    (root / "seeds" / "one.txt").read_text()
    (root / "seeds" / ".one.txt.swp").write_text("x")
    (root / "seeds" / "one.txt~").write_text("x")
    (root / "seeds" / "4913").write_text("x")
    (root / "seeds" / "4913").unlink()
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("x")
    (root / "notes.txt").write_text("x")
    assert counter.seen(lambda: (root / "seeds" / "three.txt").write_text("3"))
    # An event that comes late is of the file before.
    assert {*counter.named[before:]} - {("seeds/two.txt",)} == {("seeds/three.txt",)}


def test_no_thread_is_left(tmp_path: Path) -> None:
    """A closed watch leaves nothing running."""
    before = set(threading.enumerate())
    for poll in (False, True):
        Watch(tmp_path, lambda _: None, poll=poll).close()
    assert before.issuperset(threading.enumerate())


def test_folders_within_one_another_are_no_warning(tmp_path: Path) -> None:
    """What watchdog warns of when it meets a new folder twice, to no harm, does not reach the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Watch(tmp_path, lambda _: None).close()
        said = "Callback with id '1' already exists for watch. It will be Overwritten."
        warnings.warn_explicit(said, RuntimeWarning, "inotify_c.py", 1, "watchdog.observers.inotify_c")
        with pytest.raises(RuntimeWarning):
            warnings.warn_explicit(said, RuntimeWarning, "other.py", 1, "other")
