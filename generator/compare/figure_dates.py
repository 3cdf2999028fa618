"""Days as numbers, yyyymmdd: what dates mean that name no year, and those seen from the day of print."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

Days = tuple[float | None, float | None]
"""The first and last day that a date may mean; None where nothing tells."""


def iso(stated: str) -> date | None:
    """Return the day of an ISO date or time; None if it is none, or at the edge of the calendar."""
    try:
        day = date.fromisoformat(stated[:10])
    except ValueError:
        return None
    return day if MINYEAR + 1 < day.year < MAXYEAR - 1 else None


def day_range(year: int, month: int, day: int) -> Days:
    """Return the days of a day, a month (day 0) or a year (month 0); of no year, none."""
    if not MINYEAR <= year <= MAXYEAR:
        return None, None
    if not month:
        return year * 10000 + 101, year * 10000 + 1231
    base = year * 10000 + month * 100
    return (base + day, base + day) if day else (base + 1, base + monthrange(year, month)[1])


def nearest_year(month: int, today: date) -> int:
    """Return the year of the named month nearest to *today*."""
    return min(
        (today.year - 1, today.year, today.year + 1),
        key=lambda year: abs((date(year, month, 15) - today).days),
    )


def relative(unit: str, steps: int, today: date | None) -> Days:
    """Return the days of a `day`, `week`, `month` or `year` so many steps from *today*."""
    if today is None:
        return None, None
    if unit == "day":
        day = _number(today + timedelta(days=steps))
        return day, day
    if unit == "year":
        return day_range(today.year + steps, 0, 0)
    if unit == "month":
        months = today.year * 12 + today.month - 1 + steps
        return day_range(months // 12, months % 12 + 1, 0)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=steps)
    return _number(monday), _number(monday + timedelta(days=6))


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
