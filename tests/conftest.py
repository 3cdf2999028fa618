"""What holds for every test."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from generator.shell import swap
from tests import browsing

# Tests hold behaviour, never time: a busy machine breaks none of them.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# A shell has what it begins in the background pass over Ctrl-C, and all that comes from it: the tests press it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Builds in this process do not wait until their bytes are on the disk: a power cut costs a test run anyway."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(swap, "flush", lambda *_: None)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Yield the browser of all tests of one process; each opens pages, or visitors, of its own."""
    if missing := browsing.missing():
        (pytest.fail if os.environ.get("SSG_REQUIRE_BROWSER") == "1" else pytest.skip)(missing)
    with browsing.launched() as found:
        yield found
