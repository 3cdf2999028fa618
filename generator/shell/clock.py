"""What day it is: the only thing that a build may know of the moment, and `today` in ssg.yml says it in its place."""

from __future__ import annotations

from datetime import UTC, datetime


def today() -> str:
    """Return the day in UTC, as an ISO 8601 date."""
    return datetime.now(UTC).date().isoformat()
