"""The lines at the head of a capture that say who wrote the text, and on which day: what they state, beside the text.

Only a line that says nothing else is taken. A date in figures alone whose order is not certain (`03/07/2025`) is none,
unless a word beside it is of a language that puts days first (`Publié le 03/07/2025`); nor is a byline where no
headline stands near: "By Any Means Necessary" could be the headline itself. What stands before a date is a paper's name
where a word of it says so, `The Skerry Gazette, 8 July 2025`; else it could be a place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from generator.ingest.cleaning import is_asking, is_headline, is_prose
from generator.ingest.fields import is_date
from generator.model import Removed
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.ingest.cleaning import Line


#: `authors`, `outlet`, `date` or `updated` → names, or one day.
Stated: TypeAlias = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Credits:
    """What the head of a capture states of its author and its day, and the lines without it."""

    kept: tuple[Line, ...]
    removed: tuple[Removed, ...] = ()
    authors: tuple[str, ...] = ()
    date: str = ""
    """ISO 8601, without the time of day."""
    updated: str = ""
    outlet: str = ""


#: The rules by which a line is taken out, as those of `generator.ingest.cleaning` are called.
BYLINE, DATELINE = "byline", "dateline"
#: So many lines before the first paragraph are asked.
_HEAD: Final = 8


def credited(lines: Sequence[Line], *, is_titled: bool = False) -> Credits:
    """Return what the lines above the first paragraph state, and all lines but those.

    :param is_titled: whether the title stands elsewhere.
    """
    head = next((i for i, line in enumerate(lines[: _HEAD + 1]) if is_prose(line.text)), 0)
    said = {i: found for i in range(head) if (found := _said(lines[i].text))}
    if not is_titled and not any(
        is_headline(lines[i].text) or is_asking(lines[i].text) for i in range(head) if i not in said
    ):
        said = {i: found for i, found in said.items() if "authors" not in found}
    stated: Stated = {}
    taken = []
    for i, found in said.items():
        if all(stated.get(key, value) == value for key, value in found.items()):  # what contradicts stays in the text
            stated |= found
            taken.append(i)
    removed = [Removed(BYLINE if "authors" in said[i] else DATELINE, lines[i].number, lines[i].text) for i in taken]
    kept = tuple(line for i, line in enumerate(lines) if i not in taken)
    date, updated, outlet = ("".join(stated.get(key, ())) for key in ("date", "updated", "outlet"))
    return Credits(kept, tuple(removed), stated.get("authors", ()), date, updated, outlet)


#: What parts a byline from a date in one line.
_PARTED: Final = re.compile(
    r"\s+[|•·–—/-]\s+|\s*[|•·]\s*"
    r"|\s*[,;]\s+(?=(?:last )?(?:updated|modified)|aktualisiert|mise? à jour"
    r"|actualizado|aggiornato|bijgewerkt|atualizado)",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 24


def _said(text: str) -> Stated:
    """Return what a line states, where each of its parts is a byline or a date and none says the same as another."""
    parts = _PARTED.split(text) if len(text.split()) <= _MOST_WORDS else []
    house, comma, rest = parts[0].partition(",") if parts else ("", "", "")
    if comma and _is_house(house):
        parts[:1] = [house, rest.strip()]
    stated: Stated = {}
    for part in parts:
        found = (
            _signature(part) or _dateline(part) or ({"outlet": (part,)} if part == parts[0] and _is_house(part) else {})
        )
        if not found and stated and _is_hour(part):
            continue
        if not found or found.keys() & stated.keys():
            return {}
        stated |= found
    return stated if "outlet" not in stated or stated.keys() & {"authors", "date"} else {}


# ---------------------------------------------------------------------------- who

_BY: Final = frozenset(["by", "von", "par", "por", "di", "door"])
_AND: Final = re.compile(r"\s*,\s*(?:(?:and|und|et|y|e|en)\s+)?|\s+(?:and|und|et|y|e|en|&)\s+")
_PARTICLES: Final = frozenset(
    [
        "al",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "ten",
        "van",
        "von",
    ]
)
#: Words that no name begins or goes on with.
_NO_NAMES: Final = frozenset(
    ["a", "all", "an", "and", "any", "every", "for", "from", "in", "no", "of", "on", "the", "to"]
)
_ROLES: Final = frozenset(
    [
        *("bureau", "chief", "columnist", "contributor", "correspondent", "desk", "editor", "editors", "journalist"),
        *("news", "newsroom", "press", "producer", "reporter", "reporters", "staff", "team", "writer", "writers"),
    ]
)
_AGENCIES: Final = frozenset(
    ["afp", "agence france-presse", "ap", "associated press", "dpa", "press association", "reuters", "xinhua"]
)


def _signature(text: str) -> Stated:
    """Return what a byline states that goes on after its names: "By Jane Doe, The Skerry Gazette, 8 July 2025"."""
    pieces = [piece.strip() for piece in text.split(",")]
    end, dated = next(
        ((i, dated) for i in range(1, len(pieces)) if (dated := _dateline(", ".join(pieces[i:])))), (len(pieces), {})
    )
    last = pieces[end - 1]
    is_from = end > 1 and _is_house(last) and not _is_role(last)
    by = _byline(", ".join(pieces[: end - 1 if is_from else end]))
    return by | ({"outlet": (last,)} if is_from else {}) | dated if by else {}


def _byline(text: str) -> Stated:
    """Return the names of a line such as "By Jane Doe and John Roe, Staff Writers", or the paper of one."""
    by, _, rest = text.partition(" ")
    if by.rstrip(":").casefold() not in _BY or not rest:
        return {}
    parts = [part for part in _AND.split(rest.strip(" ,")) if part]
    if len(parts) == 1 and _is_house(parts[0]) and not _is_role(parts[0]):
        return {"outlet": (parts[0],)}
    names = tuple(part for part in parts if _is_name(part))
    is_all = all(_is_name(part) or _is_role(part) for part in parts) and bool(parts) and _is_name(parts[0])
    return {"authors": names} if is_all else {}


def _is_name(text: str) -> bool:
    words = text.split()
    if text.casefold().removeprefix("the ") in _AGENCIES:
        return True
    is_named = all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)
    letters = "".join(words)
    return (
        2 <= len(words) <= 5
        and is_named
        and words[-1][0].isupper()
        and not {word.casefold() for word in words} & (_NO_NAMES | _ROLES)
        and not any(c.isdigit() or c in '?!:;()[]"“”' for c in letters)
    )


def _is_role(text: str) -> bool:
    words = text.casefold().split()
    return len(words) <= 5 and (bool(_ROLES.intersection(words)) or text.casefold().removeprefix("the ") in _AGENCIES)


#: Words by which a paper or a broadcaster is told from a place, in a name.
_HOUSES: Final = frozenset(
    """times post herald tribune gazette chronicle news radio television tv channel weekly journal observer guardian
    telegraph mail express echo courier press review examiner standard independent broadcasting magazine ledger
    globe sentinel mirror bulletin dispatch advertiser argus inquirer zeitung nachrichten rundschau anzeiger
    kurier tagblatt tageblatt rundfunk presse allgemeine bote stimme figaro libération parisien quotidien
    dépêche voix matin écho nouvelles république país mundo diario periódico voz noticias heraldo vanguardia
    correo giornale corriere repubblica gazzetta messaggero dagblad courant jornal folha""".split()
)


def _is_house(text: str) -> bool:
    """Whether a line's part is the name of a paper or a broadcaster: two to six words, each with a capital."""
    words = text.split()
    named = all(
        word[0].isupper() or word[0].isdigit() or word.casefold() in _PARTICLES | {"and", "of"} for word in words
    )
    return (
        2 <= len(words) <= 6
        and named
        and words[0].casefold() not in _BY
        and not _HOUSES.isdisjoint(word.casefold() for word in words)
    )


# ---------------------------------------------------------------------------- when

_MONTHS: Final = {
    name: month
    for month, names in enumerate(
        (
            "january jan januar jänner janvier enero gennaio januari janeiro",
            "february feb februar février fevrier febrero febbraio februari fevereiro",
            "march mar märz maerz mars marzo maart março",
            "april apr avril abril aprile",
            "may mai mayo maggio mei maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug août aout agosto augustus",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember décembre decembre diciembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo".split()
)
_PUBLISHED: Final = frozenset(
    "first originally published posted date veröffentlicht publié publiée publicado pubblicato gepubliceerd".split()
)
_UPDATED: Final = frozenset(
    "last updated modified stand aktualisiert mis mise jour actualizado aggiornato bijgewerkt atualizado".split()
)
_SMALL: Final = frozenset("am at às à de del den der el em il le of om on op the um".split())
_CLOCK: Final = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:[ap]\.?m)?|\d{1,2}[ap]\.?m|[ap]\.?m|uhr|(?:utc|gmt)?[+-]\d{2}:?\d{2}"
    r"|z|[abcemp][sed]?t|cest|eest|utc|gmt|ist|msk"
)
_DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º)?")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:t\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?")
#: Days come first wherever dates are written with full stops.
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DOTTED_OR_SLASHED: Final = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
#: Words of languages in which days come first however a date is written.
_DAY_FIRST: Final = frozenset(
    "publié publiée le mis mise jour à publicado el actualizado pubblicato il aggiornato gepubliceerd bijgewerkt op"
    " atualizado em veröffentlicht aktualisiert stand uhr".split()
)


def _is_hour(text: str) -> bool:
    """Whether a part says at what time of the same day the text was changed: "updated 11:40 GMT"."""
    words = [word for part in text.casefold().replace(",", " ").split() if (word := part.strip(".:()"))]
    rest = [word for word in words if word not in _UPDATED and word not in _SMALL]
    return len(rest) < len(words) and bool(rest) and all(map(_CLOCK.fullmatch, rest))


def _dateline(text: str) -> Stated:
    """Return the day that a line such as "Updated: Friday, 4 July 2025, 10:05 GMT" states.

    Nothing where there is a word that belongs to no date, or more or less than one day.
    """
    words = [word for part in text.casefold().replace(",", " ").split() if (word := part.strip(".:()"))]
    if not any(map(str.isdigit, text)):
        return {}
    days: list[int] = []
    months: list[int] = []
    years: list[int] = []
    key = "date"
    for word in words:
        if whole := _ISO.fullmatch(word):
            year, month, day = map(int, whole.groups())
        elif whole := (_DOTTED if _DAY_FIRST.isdisjoint(words) else _DOTTED_OR_SLASHED).fullmatch(word):
            day, month, year = map(int, whole.groups())
        if whole:
            years, months, days = [*years, year], [*months, month], [*days, day]
        elif word in _MONTHS:
            months.append(_MONTHS[word])
        elif len(word) == 4 and word.isdecimal():
            years.append(int(word))
        elif number := _DAY.fullmatch(word):
            days.append(int(number[1]))
        elif word in _UPDATED:
            key = "updated"
        elif word not in _WEEKDAYS and word not in _PUBLISHED and word not in _SMALL and not _CLOCK.fullmatch(word):
            return {}
    if not len(days) == len(months) == len(years) == 1:
        return {}
    date = f"{years[0]}-{months[0]:02d}-{days[0]:02d}"
    return {key: (date,)} if is_date(date) else {}
