"""The states of all pages of a site as one text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.shell.register import all_stand, amended, columns_of, has
from generator.shell.states import state_of

PAGES = {"index.html": b"home", "stories/straße/index.html": b"a street", "feed.xml": b""}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with three pages."""
    for path, data in PAGES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


def states(site: Path) -> dict[str, str]:
    """Return the pages' states as they are."""
    return {path: state_of(os.stat(site / path)) for path in PAGES}


def test_a_site_stands_as_it_was_written(site: Path) -> None:
    """Nothing was touched: every page is as its column says, wherever the program was started."""
    assert all_stand(site, columns_of(states(site)))


@pytest.mark.parametrize("path", PAGES)
def test_another_size_or_time_is_noticed(site: Path, path: str) -> None:
    """A page that has grown, or was written at another time, is not as it was."""
    known = columns_of(states(site))
    stat = os.stat(site / path)
    os.utime(site / path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert not all_stand(site, known)
    (site / path).write_bytes(PAGES[path] + b"!")
    os.utime(site / path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert not all_stand(site, known)


def test_a_page_that_is_gone_is_an_error(site: Path) -> None:
    """Who asks is told by the system that a page is not there."""
    known = columns_of(states(site))
    (site / "feed.xml").unlink()
    with pytest.raises(OSError, match="feed"):
        all_stand(site, known)


@pytest.mark.parametrize("text", ["", "index.html\t4 17", "index.html\0AAAA\0AAAA", "index.html\0\0", "a\0b\0c"])
def test_a_text_of_another_kind_is_refused(site: Path, text: str) -> None:
    """What an earlier version has written down, or what is damaged, is told from columns."""
    with pytest.raises(ValueError, match=r"\w"):
        all_stand(site, text)


def test_a_few_pages_are_amended(site: Path) -> None:
    """The states of a few pages change, those of all others stay."""
    before = states(site)
    (site / "index.html").write_bytes(b"another home")
    assert amended(columns_of(before), {"index.html": states(site)["index.html"]}) == columns_of(states(site))


def test_pages_are_known_by_their_whole_name() -> None:
    """A page is among them, not a part of its name."""
    columns = columns_of({"a/index.html": "1 2", "b.html": "3 4"})
    assert [has(columns, page) for page in ("a/index.html", "b.html", "index.html", "b", "")] == [1, 1, 0, 0, 0]
