"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from generator.shell import swap

# Tests hold behaviour, never time: a busy machine breaks none of them.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True, scope="session")
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Builds in this process do not wait until their bytes are on the disk: a power cut costs a test run anyway."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(swap, "flush", lambda *_: None)
        yield
