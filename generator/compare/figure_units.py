"""Measures: in which units lengths, areas, speeds, weights, volumes and temperatures are told, and what each is worth.

Twelve miles and nineteen kilometres are one distance. Who converts rounds: figures told in two units agree where they
are near to one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.compare.figure_numbers import (
    NUMBER,
    SPELLED_SIGNS,
    Found,
    bounded,
    compared,
    how_of,
    number_places,
    value_of,
)
from generator.compare.scanning import matches, words_in
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit: of what, and how a value in it becomes one in the first unit of that dimension."""

    dimension: str
    """length, area, speed, weight, volume, temperature."""
    factor: float
    zero: float = 0.0
    """Its zero, in the unit itself: 32 of Fahrenheit's degrees."""


#: Unit, by its sign. Factors by the definitions of the international yard and pound (1959) and of the US gallon.
MEASURES: Mapping[str, Measure] = {
    "mm": Measure("length", 0.001),
    "cm": Measure("length", 0.01),
    "m": Measure("length", 1.0),
    "km": Measure("length", 1000.0),
    "in": Measure("length", 0.0254),
    "ft": Measure("length", 0.3048),
    "yd": Measure("length", 0.9144),
    "mi": Measure("length", 1609.344),
    "m²": Measure("area", 0.0001),
    "ha": Measure("area", 1.0),
    "km²": Measure("area", 100.0),
    "sq ft": Measure("area", 0.0000092903),
    "acre": Measure("area", 0.40468564),
    "sq mi": Measure("area", 258.998811),
    "km/h": Measure("speed", 1.0),
    "mph": Measure("speed", 1.609344),
    "kg": Measure("weight", 1.0),
    "t": Measure("weight", 1000.0),
    "ton": Measure("weight", 907.18474),
    "l": Measure("volume", 1.0),
    "gal": Measure("volume", 3.785411784),
    "°C": Measure("temperature", 1.0),
    "°F": Measure("temperature", 5 / 9, 32.0),
}
_NAMES = {
    "mm": "millimetre millimetres millimeter millimeters",
    "cm": "centimetre centimetres centimeter centimeters zentimeter zentimetern centimètre centimètres",
    "m": "metre metres meter meters metern mètre mètres metro metros",
    "km": "kilometre kilometres kilometer kilometers kilometern kilomètre kilomètres kilómetro kilómetros",
    "in": "inch inches",
    "ft": "foot feet",
    "yd": "yard yards",
    "mi": "mile miles meile meilen",
    "ha": "hectare hectares hektar hectárea hectáreas",
    "km²": "quadratkilometer quadratkilometern",
    "m²": "quadratmeter quadratmetern",
    "km/h": "stundenkilometer stundenkilometern",
    "acre": "acre acres",
    "kg": "kilo kilos kilogram kilograms kilogramme kilogrammes kilogramm kilogramos",
    "t": "tonne tonnes tonnen tonelada toneladas",
    "ton": "ton tons",
    "l": "litre litres liter liters litern litro litros",
    "gal": "gallon gallons",
}
_SIGNS = {name: sign for sign, names in _NAMES.items() for name in names.split()}
#: What makes an area or a speed of a length, by its first word behind it: “kilomètres carrés”, “kilómetros por hora”.
_SQUARE = frozenset("carré carrés cuadrado cuadrados".split())
_HOURLY = re.compile(r"/h\b|\s*-?(?:pro|je|par|por|à|a)?\s*(?:l[’']\s?|la\s+)?(?:Stunde|heure|hora)\b", re.IGNORECASE)
#: Who converts may be out by so much of a value, or by so many degrees.
_ROUNDED, _DEGREES = 0.1, 1.0


def sign_of(unit: str) -> str:
    """Return the sign of a measure, `km`, by its sign or by its name in one of several languages; empty for none."""
    return unit if unit in MEASURES else _SIGNS.get(unit, "")


def unit_of(nouns: Sequence[str], behind: str) -> str:
    """Return the unit that stands behind a number, by its name or sign, in German, French and Spanish; empty for none.

    :param nouns: the words behind the number, in small letters.
    :param behind: what stands behind the first of them, as it is written.
    """
    sign = sign_of(nouns[0]) if nouns else ""
    if sign in {"km", "m"} and len(nouns) > 1 and nouns[1] in _SQUARE:
        return f"{sign}²"
    return "km/h" if sign == "km" and _HOURLY.match(behind) else nouns[0] if sign else ""


def dimension_of(unit: str) -> str:
    """Return what is measured in a unit, “length”; empty where it is no measure."""
    sign = sign_of(unit)
    return MEASURES[sign].dimension if sign else ""


def worth(value: float, unit: str) -> float:
    """Return a value of one unit in the first unit of its dimension; as it is where the unit is no measure."""
    sign = sign_of(unit)
    return round((value - MEASURES[sign].zero) * MEASURES[sign].factor, 6) if sign else value


def rounded(value: float, unit: str, other: str) -> float:
    """Return how far a value may be off where it is held against one in another unit, in the first unit of the two.

    :param value: in the first unit of its dimension.
    """
    if sign_of(unit) == sign_of(other):
        return 0.0
    return _DEGREES if dimension_of(unit) == "temperature" else _ROUNDED * abs(value)


# ---------------------------------------------------------------------------- English


_LONG = r"kilomet(?:re|er)s?|miles?|met(?:re|er)s?|feet|foot|yards?"
#: Unit → how it is written. Of two that begin alike the longer one comes first.
_WRITTEN = (
    ("km/h", r"(?:kilomet(?:re|er)s?|km)(?:\s+an\s+|\s+per\s+|-(?:an|per)-)hour\b|km/h|kph\b|kmh\b"),
    ("mph", r"miles?(?:\s+an\s+|\s+per\s+|-(?:an|per)-)hour\b|mph\b"),
    ("km²", r"(?:square\s+|sq\.?\s+)(?:kilomet(?:re|er)s?|km)\b|km²"),
    ("m²", r"(?:square\s+|sq\.?\s+)met(?:re|er)s?\b|m²"),
    ("sq mi", r"(?:square\s+|sq\.?\s+)miles?\b"),
    ("sq ft", r"(?:square\s+|sq\.?\s+)(?:feet|foot|ft)\b"),
    ("ha", r"hectares?\b"),
    ("acre", r"acres?\b"),
    ("km", r"kilomet(?:re|er)s?\b|km\b"),
    ("mi", r"miles?\b"),
    ("cm", r"centimet(?:re|er)s?\b|cm\b"),
    ("mm", r"millimet(?:re|er)s?\b|mm\b"),
    ("m", r"met(?:re|er)s?\b"),
    # “6-foot-7” is one height, which is not read.
    ("ft", r"feet\b|foot\b(?!-\d)|ft\b"),
    # “The 7 yard line” is a place; “a 28-yard pass” is one of many, told of for itself.
    ("yd", r"(?<!-)yards?\b(?![\s-]+line)"),
    ("in", r"inch(?:es)?\b"),
    ("kg", r"kilogram(?:me)?s?\b|kilos?\b|kg\b"),
    ("t", r"tonnes?\b"),
    ("ton", r"tons?\b"),
    ("l", r"lit(?:re|er)s?\b"),
    ("gal", r"gallons?\b"),
    ("°C", r"°\s?C\b|degrees?[\s-]+C(?:elsius)?\b|Celsius\b"),
    ("°F", r"°\s?F\b|degrees?[\s-]+F(?:ahrenheit)?\b|Fahrenheit\b"),
)
_UNITS = tuple(sign for sign, _ in _WRITTEN)
_MEASURED = re.compile(rf"{NUMBER}[\s-]?(?:{'|'.join(f'({written})' for _, written in _WRITTEN)})", re.ASCII)
#: “40C”, but not “Flight 104F”, “grade 4C”.
_ATTACHED = re.compile(r"(?<![\w.,/$€£¥-])(?P<num>\d{2,3}(?:\.\d+)?|\d\.\d+)(?P<unit>[CF])\b(?![-/+#])")
_NUMBERED = re.compile(r"\b(?i:flight|gate|room|seat|row|section|article|rule|form|unit|flat|bus|route|no\.?)\s+\Z")
#: Without one of these words, in small letters, there is no measure but one that is joined to its number.
_WORDS = frozenset(
    word.encode() for word in (*_SIGNS, *"km cm mm ft kg mph kph kmh celsius fahrenheit c f".split()) if word.isascii()
)
_JOINED = re.compile(r"\d[°acfghiklmty]")
#: Degrees by which something is warmer, and degrees in a row of angles, are no temperature.
_WARMER_BEFORE = re.compile(
    r"\b(?:by|every|each|rose|risen|warmed|fell|dropped|(?:rises?|increases?|warming|drops?|falls?)\s+of)\s+\Z"
)
_WARMER_AFTER = re.compile(
    r"\s+(?:(?:of\s+)?(?:global\s+)?(?:warming|heating)\b|rise\b|increase\b|limit\b|target\b|goal\b|threshold\b"
    r"|(?:\([^)]*\)\s+)?(?:above|below|warmer|hotter|cooler|colder|higher|lower|more|less)\b)"
)
_MINUS = re.compile(r"\b[Mm]inus\s+\Z")


def measures_in(text: str, digits: Sequence[int]) -> Iterator[Found]:
    """Yield the lengths, areas, speeds, weights, volumes and temperatures that an English sentence states.

    :param digits: where its numbers in digits begin; empty for none.
    """
    words = words_in(text)
    if not digits and SPELLED_SIGNS.isdisjoint(words):
        return
    if not _WORDS.isdisjoint(words) or "²" in text or (digits and _JOINED.search(text)):
        for match in matches(_MEASURED, text, number_places(text)):
            yield from _read(match, text, _unit(match))
    if digits and ("C" in text or "F" in text):
        for match in matches(_ATTACHED, text, digits):
            if not _NUMBERED.search(text, max(0, match.start() - 12), match.start()):
                yield from _read(match, text, f"°{match['unit']}")


#: The number of the first unit's group.
_FIRST = _MEASURED.groups - len(_UNITS) + 1


def _unit(match: re.Match[str]) -> str:
    return _UNITS[(match.lastindex or 0) - _FIRST]


def _read(match: re.Match[str], text: str, unit: str) -> Iterator[Found]:
    value, start = value_of(match["num"]), match.start()
    how = compared(text, start)
    if unit in {"°C", "°F"}:
        before = how.start() if how else start
        if _WARMER_BEFORE.search(text, max(0, before - 16), before) or _WARMER_AFTER.match(text, match.end()):
            return
        if minus := _MINUS.search(text, max(0, start - 12), start):
            value, start, how = -value, minus.start(), None
    start = how.start() if how else start
    yield bounded(start, match.end(), "count", value, unit, how_of(how["cmp"]) if how else "")
