"""A story in one screen: its counts in a sentence, its tellings as strips, how much they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.site import pictures, words

if TYPE_CHECKING:
    from generator.model import Origin
    from generator.site.index import Index, Teller


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of a sentence about counts, perhaps a link."""

    text: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class TellingRow:
    """A telling in the overview."""

    teller: Teller
    strip: pictures.Strip
    words: str
    shared: int
    """Hundredths."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """How much of a row's telling stands in the column's; -1 where the two were not compared."""

    percent: int
    tenth: int
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A telling against each of the others; None for itself."""

    teller: Teller
    cells: tuple[GridCell | None, ...]


def finding(index: Index) -> tuple[Bit, ...]:
    """Return the story in counts: tellings, origins, common facts, altered quotations, conflicts, single sentences."""
    digest = index.digest
    tellings, origins = len(index.tellers), len(digest.origins) or len(index.tellers)
    head = words.capital(words.counted(tellings, "telling"))
    if tellings < 2:
        return (Bit(f"{head} so far: there is nothing to compare it with."),)
    head += f" from {words.counted(origins, 'origin')}" if origins < tellings else ""
    return (Bit(f"{head}. "), *_common(index, tellings), *_parting(index), *_alone(index))


def _common(index: Index, tellings: int) -> tuple[Bit, ...]:
    common = sum(len(passage.articles) == tellings for passage in index.digest.passages)
    everyone = "both" if tellings == 2 else "all of them"
    if not common:
        return (Bit(f"No statement stands in {everyone}. "),)
    verb = "stands" if common == 1 else "stand"
    said = words.capital(words.counted(common, "statement"))
    return (Bit(said, f"{index.page}#facts"), Bit(f" {verb} in {everyone}. "))


def _parting(index: Index) -> tuple[Bit, ...]:
    """The sentence about quotations and figures."""
    altered = sum(quote.verdict == "altered" for quote in index.digest.quotes)
    conflicts = [figure.id for figure in index.digest.figures if figure.verdict == "conflict"]
    first = words.capital(words.counted(altered, "quotation"))
    second = words.counted(len(conflicts), "figure")
    target = f"{index.page}#{conflicts[0] if len(conflicts) == 1 else 'figures'}"
    return (
        Bit(first, f"{index.page}#quotes" if altered else ""),
        Bit(" is" if altered in (0, 1) else " are"),
        Bit(" altered, and " if altered else " altered and "),
        Bit(second, target if conflicts else ""),
        Bit(" conflicts. " if len(conflicts) in (0, 1) else " conflict. "),
    )


def _alone(index: Index) -> tuple[Bit, ...]:
    only = sum(len(index.only(sigil)) for sigil in index.tellers)
    total = sum(len(w.segments) for w in index.witnesses.values())
    if not only:
        return (Bit(f"Every one of the {words.figures(total, 'sentence')} is carried by more than one telling."),)
    verb = "stands" if only == 1 else "stand"
    said = words.capital(words.counted(only, "sentence"))
    return (Bit(said, f"{index.page}#only"), Bit(f" of {total:,} {verb} in one telling alone."))


def telling(index: Index, teller: Teller) -> TellingRow:
    """Return a telling's row in the overview."""
    count = index.witnesses[teller.sigil].words
    return TellingRow(
        teller, pictures.strip(index, teller.sigil), f"{count:,}", words.percent(index.shared(teller.sigil))
    )


def steps(tellings: int) -> tuple[str, ...]:
    """Return the steps of support that strips of so many tellings can show."""
    return tuple(str(step) for step in range(2, min(tellings, 5) + 1))


def levels(tellings: int) -> str:
    """Return what the steps of a strip's marks stand for."""
    if tellings == 2:
        return "in both tellings"
    if tellings > 5:
        return f"in 2 to {tellings} tellings"
    return f"in {', '.join(str(n) for n in range(2, tellings + 1))} tellings"


def grid(index: Index) -> tuple[GridRow, ...]:
    """Return how much of every telling stands in every other; nothing where nothing was compared."""
    if len(index.tellers) < 2 or not index.digest.pairs:
        return ()
    shares = {(p.old, p.new): p.old_share for p in index.digest.pairs}
    shares |= {(p.new, p.old): p.new_share for p in index.digest.pairs}
    sigla = tuple(index.tellers)
    return tuple(
        GridRow(index.tellers[row], tuple(_grid_cell(index, shares, row, column) for column in sigla)) for row in sigla
    )


def _grid_cell(index: Index, shares: dict[tuple[str, str], float], row: str, column: str) -> GridCell | None:
    if row == column:
        return None
    if (row, column) not in shares:
        return GridCell(-1, 0, "", f"{row} against {column}: not compared")
    share = words.percent(shares[row, column])
    target = index.pair_pages.get((row, column), "")
    return GridCell(share, share // 10, target, f"{row} against {column}: {share} percent")


@dataclass(frozen=True, slots=True)
class OriginView:
    """Articles that are one voice, why, and the longest run of words that says so."""

    id: str
    tellers: tuple[Teller, ...]
    said: str
    run: str
    target: str


def origins(index: Index) -> tuple[OriginView, ...]:
    """Return the origins of several articles; one of a single article explains itself."""
    return tuple(
        OriginView(
            f"origin-{o.id}",
            tuple(index.tellers[sigil] for sigil in o.articles),
            origin_said(o),
            o.run,
            f"{index.page}#origin-{o.id}",
        )
        for o in index.digest.origins
        if len(o.articles) > 1
    )


def origin_said(origin: Origin) -> str:
    """Return why several articles are one voice, in a sentence."""
    who = words.listed(origin.articles)
    long = len(origin.run.split())
    why = {
        "republication": "are one text, published again",
        "shared text": f"share a run of {words.figures(long, 'word')}" if long else "share whole runs of text",
        "wire": "print the same agency’s text",
        "alone": "stand together",
    }[origin.why]
    return f"{who} {why} and count as one origin."
