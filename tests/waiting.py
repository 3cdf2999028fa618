"""Waiting for what happens in other threads and processes, with a limit and without a fixed pause."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Seconds after which something is taken not to happen; many, for a machine that has much else to do.
LIMIT = 90.0


def until(happened: Callable[[], object], limit: float = LIMIT) -> bool:
    """Return whether something happens within *limit* seconds."""
    end = time.monotonic() + limit
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
