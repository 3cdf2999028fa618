"""The states of all pages of a site as one row of bytes."""

from __future__ import annotations

import os
from array import array
from pathlib import Path
from unittest.mock import patch

import pytest

from generator.shell.register import all_stand, amended, columns_of
from generator.shell.states import state_of

REAL = os.stat
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


NUMBERS = array("q", [2, 4, 4, 17, 17]).tobytes()


@pytest.mark.parametrize("columns", [b"", b"index.html", NUMBERS[:8], NUMBERS[8:], NUMBERS])
def test_columns_of_another_kind_are_refused(site: Path, columns: bytes) -> None:
    """What an earlier version has written down, or what is damaged, is told from columns."""
    with pytest.raises(ValueError, match=r"columns|unpack"):
        all_stand(site, columns)


def test_nobody_is_led_astray_by_a_look_at_the_pages(site: Path) -> None:
    """We stand where we stood once it is over; beside another thread, and while it lasts."""
    known, here = columns_of(states(site)), os.getcwd()
    seen: list[bool | str] = []
    for threads in (1, 2):  # who runs the tests may have threads of its own
        with (
            patch("threading.active_count", lambda threads=threads: threads),
            patch("os.stat", lambda path: (seen.append(os.getcwd()), REAL(path))[1]),
        ):
            seen.append(all_stand(site, known))
    assert seen == [*[str(site)] * 3, True, *[here] * 3, True]
    assert os.getcwd() == here


def test_a_few_pages_are_amended(site: Path) -> None:
    """The states of a few pages change, those of all others stay."""
    before = states(site)
    (site / "index.html").write_bytes(b"another home")
    assert amended(columns_of(before), {"index.html": states(site)["index.html"]}) == columns_of(states(site))
