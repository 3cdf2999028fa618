"""Conflicting quantities on one axis, as ticks and ranges for a template to draw."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from generator.site.words import ENGLISH, N_
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.model import Figure
    from generator.site.words import Words


@dataclass(frozen=True, slots=True)
class Tick:
    """A value marked on a scale's axis."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Range:
    """What one reading claims, on a scale; an open end is drawn as a circle or an arrow."""

    sigla: str
    y: int
    x1: float
    x2: float
    open_low: bool
    open_high: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Conflicting quantities on one axis."""

    height: int
    axis: int
    label: str
    ticks: tuple[Tick, ...]
    ranges: tuple[Range, ...]


#: Short forms for an axis.
UNITS: Final = {
    "minute": N_("min"),
    "hour": N_("h"),
    "second": N_("s"),
    "day": N_("days"),
    "month": N_("months"),
    "year": N_("years"),
    "percent": "%",
    "point": N_("points"),
}
SCALED: Final = ("duration", "money", "count", "percent")
SIZES: Final = ((1e12, N_(" tn")), (1e9, N_(" bn")), (1e6, N_(" m")))
#: More ranges than these, one below the other, are no picture any more; of more sigla than these a few are named.
MOST_RANGES: Final = 12
MOST_SIGLA: Final = 8
AXIS_FROM, AXIS_TO = 20.0, 350.0


def scale(figure: Figure, said: Words = ENGLISH) -> Scale | None:
    """Return the scale of a conflict of quantities in one unit; None where a picture would say nothing."""
    readings = [r for r in figure.readings if r.low is not None or r.high is not None]
    if figure.verdict != "conflict" or figure.kind not in SCALED or len({r.unit for r in readings}) != 1:
        return None
    values = [value for r in readings for value in (r.low, r.high) if value is not None and math.isfinite(value)]
    if not values:
        return None
    low, high = _domain(min(values), max(values))
    claims: dict[tuple[float | None, float | None], list[str]] = {}
    for reading in readings:
        sigla = claims.setdefault((reading.low, reading.high), [])
        if reading.article not in sigla:
            sigla.append(reading.article)
    if len(claims) > MOST_RANGES:
        return None
    ranges = tuple(_range(_few(sigla), row, claim, low, high) for row, (claim, sigla) in enumerate(claims.items()))
    unit = readings[0].unit
    axis = 20 + 22 * len(ranges)
    return Scale(axis + 20, axis, _said(claims, unit, said), _ticks(low, high, unit, said), ranges)


def _few(sigla: list[str]) -> str:
    """Sigla as there is room for them above a range: of many the first, and how many more."""
    shown = sigla if len(sigla) <= MOST_SIGLA else [*sigla[: MOST_SIGLA - 1], f"+{len(sigla) - MOST_SIGLA + 1}"]
    return " ".join(shown)


def _domain(low: float, high: float) -> tuple[float, float]:
    size = max(abs(low), abs(high))
    # Values that differ by less than a float can show are one value; around nothing at all the axis spans one.
    pad = high - low if high - low > 1e-9 * size and size > 1e-9 else size if size > 1e-9 else 1.0
    return (max(0.0, low - pad) if low >= 0 else low - pad), high + pad


def _x(value: float, low: float, high: float) -> float:
    return round(AXIS_FROM + (AXIS_TO - AXIS_FROM) * (value - low) / (high - low), 1)


def _range(sigla: str, row: int, claim: tuple[float | None, float | None], low: float, high: float) -> Range:
    least, most = claim
    x1 = _x(low if least is None else least, low, high)
    x2 = _x(high if most is None else most, low, high)
    return Range(sigla, 20 + 22 * row, x1, x2, least is None, most is None, least == most)


def _ticks(low: float, high: float, unit: str, said: Words) -> tuple[Tick, ...]:
    """Round values, about four of them (after the 1-2-5 rule of plotting libraries)."""
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    steps = (15, 30) if unit == "minute" and 7 < rough <= 40 else ()
    step = next((float(s) for s in steps if s >= rough), 0.0) or next(
        (m * power for m in (1, 2, 5) if m * power >= rough), 10 * power
    )
    first = math.ceil(low / step)
    values = [step * n for n in range(first, first + 8) if step * n <= high]
    units = [""] * (len(values) - 1) + [f" {said.gettext(UNITS.get(unit, unit))}" if unit else ""]
    return tuple(Tick(_x(v, low, high), _short(v, said) + sign) for v, sign in zip(values, units, strict=False))


def _short(value: float, said: Words) -> str:
    for size, sign in SIZES:
        if abs(value) >= size:
            return said.decimal(f"{value / size:g}") + said.gettext(sign)
    return said.decimal(f"{value:,.6g}")


def _said(claims: dict[tuple[float | None, float | None], list[str]], unit: str, said: Words) -> str:
    """The scale in words, for who cannot see it."""
    readings = "; ".join(said.commas([said.listed(sigla), _claim(*claim, said)]) for claim, sigla in claims.items())
    if not unit:
        return said.gettext("On a scale: %(readings)s.", readings=readings)
    return said.gettext(
        "On a scale in %(unit)s: %(readings)s.", unit=said.gettext(UNITS.get(unit, unit)), readings=readings
    )


def _claim(low: float | None, high: float | None, said: Words) -> str:
    _ = said.gettext
    if low is None:
        return _("less than %(value)s", value=_short(high or 0, said))
    if high is None:
        return _("more than %(value)s", value=_short(low, said))
    least, most = _short(low, said), _short(high, said)
    return least if low == high else _("%(least)s to %(most)s", least=least, most=most)
