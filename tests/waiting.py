"""Waiting for what happens in other threads and processes, with a limit and without a fixed pause."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

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


def happens(page: Any, said: str, arg: object = None) -> Any:
    """Return what an expression or a function says in a browser's page, once it is anything (or with its last answer).

    Playwright's `wait_for_function` asks by `eval`, which the policy of our pages forbids from the second time on.
    """
    found: list[Any] = [None]

    def asked() -> Any:
        found[0] = page.evaluate(said, arg)
        return found[0]

    until(asked)
    return found[0]
