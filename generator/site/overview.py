"""A story in one screen: its counts in a sentence, its tellings as strips, how much they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.site import pictures, words
from generator.values import dataclass

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
    if len(index.tellers) < 2:
        return (Bit(index.words.gettext("One telling so far: there is nothing to compare it with.")),)
    sentences = (_sentence(index, Bit(voices(index))), _common(index), _parting(index), _alone(index))
    return tuple(bit for at, parts in enumerate(sentences) for bit in ((Bit(" "), *parts) if at else parts))


def voices(index: Index) -> str:
    """Return how many tellings there are, and from how many origins where those are fewer."""
    n_, tellings = index.words.ngettext, len(index.tellers)
    origins = len(index.digest.origins) or tellings
    said = n_("%(number)s telling", "%(number)s tellings", tellings)
    if origins >= tellings:
        return said
    return n_("%(tellings)s from %(number)s origin", "%(tellings)s from %(number)s origins", origins, tellings=said)


def linked(pattern: str, **parts: Bit) -> tuple[Bit, ...]:
    """Return a sentence in bits, each place of its pattern filled by one."""
    found = (parts[name] if name else Bit(text) for text, name in words.filled(pattern))
    # What a language puts first begins with a capital letter, whichever clause that is.
    return tuple([bit if at else Bit(words.capital(bit.text), bit.target) for at, bit in enumerate(found)])


def altered(index: Index) -> Bit:
    """Return how many quotations are not worded alike, as a clause that leads to them."""
    count = sum(quote.verdict == "altered" for quote in index.digest.quotes)
    said = index.words.ngettext("%(number)s quotation is altered", "%(number)s quotations are altered", count)
    return Bit(said, f"{index.page}#quotes" if count else "")


def conflicting(index: Index) -> Bit:
    """Return how many figures are in conflict, as a clause that leads to them."""
    found = [figure.id for figure in index.digest.figures if figure.verdict == "conflict"]
    said = index.words.ngettext("%(number)s figure conflicts", "%(number)s figures conflict", len(found))
    return Bit(said, f"{index.page}#{found[0] if len(found) == 1 else 'figures'}" if found else "")


def _sentence(index: Index, clause: Bit) -> tuple[Bit, ...]:
    return linked(index.words.gettext("%(clause)s."), clause=clause)


def _common(index: Index) -> tuple[Bit, ...]:
    n_, tellings = index.words.ngettext, len(index.tellers)
    count = sum(len(passage.articles) == tellings for passage in index.digest.passages)
    if tellings == 2:
        said = n_("%(number)s statement stands in both", "%(number)s statements stand in both", count)
    else:
        said = n_("%(number)s statement stands in all of them", "%(number)s statements stand in all of them", count)
    return _sentence(index, Bit(said, f"{index.page}#facts" if count else ""))


def _parting(index: Index) -> tuple[Bit, ...]:
    """The sentence about quotations and figures."""
    pattern = index.words.gettext("%(quotations)s, and %(figures)s.")
    return linked(pattern, quotations=altered(index), figures=conflicting(index))


def _alone(index: Index) -> tuple[Bit, ...]:
    n_ = index.words.ngettext
    only = sum(len(index.only(sigil)) for sigil in index.tellers)
    total = index.words.digits(sum(len(w.segments) for w in index.witnesses.values()))
    said = n_(
        "%(number)s sentence of %(total)s stands in one telling alone",
        "%(number)s sentences of %(total)s stand in one telling alone",
        only,
        total=total,
    )
    return _sentence(index, Bit(said, f"{index.page}#only" if only else ""))


def brief(index: Index) -> tuple[Bit, ...]:
    """Tellings, altered quotations, figures in conflict, single sentences, in one line."""
    head = Bit(voices(index))
    if len(index.tellers) < 2:
        return linked(index.words.gettext("%(clause)s."), clause=head)
    only = sum(len(index.only(sigil)) for sigil in index.tellers)
    said = index.words.ngettext(
        "%(number)s sentence stands in one telling only", "%(number)s sentences stand in one telling only", only
    )
    pattern = index.words.gettext("%(tellings)s: %(quotations)s, %(figures)s, %(sentences)s.")
    return linked(pattern, tellings=head, quotations=altered(index), figures=conflicting(index), sentences=Bit(said))


def telling(index: Index, teller: Teller) -> TellingRow:
    """Return a telling's row in the overview."""
    count = index.witnesses[teller.sigil].words
    return TellingRow(
        teller,
        pictures.strip(index, teller.sigil),
        index.words.digits(count),
        words.percent(index.shared(teller.sigil)),
    )


def steps(tellings: int) -> tuple[str, ...]:
    """Return the steps of support that strips of so many tellings can show."""
    return tuple(str(step) for step in range(max(2, 7 - tellings), 6))


def levels(index: Index) -> str:
    """Return what the steps of a strip's marks stand for."""
    _, tellings = index.words.gettext, len(index.tellers)
    if tellings <= 2:
        return _("in both tellings")
    if tellings > 5:
        return _("in 2 to %(most)s tellings", most=tellings)
    return _("in %(numbers)s tellings", numbers=index.words.commas([str(n) for n in range(2, tellings + 1)]))


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
    _ = index.words.gettext
    if (row, column) not in shares:
        return GridCell(-1, 0, "", _("%(row)s against %(column)s: not compared", row=row, column=column))
    share = words.percent(shares[row, column])
    target = index.pair_pages.get((row, column), "")
    said = _("%(row)s against %(column)s: %(share)s percent", row=row, column=column, share=share)
    return GridCell(share, share // 10, target, said)


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
            origin_said(index, o),
            o.run,
            f"{index.page}#origin-{o.id}",
        )
        for o in index.digest.origins
        if len(o.articles) > 1
    )


def origin_said(index: Index, origin: Origin) -> str:
    """Return why several articles are one voice, in a sentence."""
    _, who = index.words.gettext, index.words.listed(origin.articles)
    if origin.why == "republication":
        return _("%(tellings)s are one text, published again, and count as one origin.", tellings=who)
    if origin.why == "outlet":
        return _("%(tellings)s are of one outlet and count as one origin.", tellings=who)
    if origin.why == "wire":
        return _("%(tellings)s print the same agency’s text and count as one origin.", tellings=who)
    if origin.why == "shared text" and origin.run and len(origin.sharing) < len(origin.articles):
        return index.words.ngettext(
            "%(some)s share a run of %(n)s word; together %(tellings)s count as one origin.",
            "%(some)s share a run of %(n)s words; together %(tellings)s count as one origin.",
            len(origin.run.split()),
            some=index.words.listed(origin.sharing),
            tellings=who,
        )
    if origin.why == "shared text" and origin.run:
        return index.words.ngettext(
            "%(tellings)s share a run of %(n)s word and count as one origin.",
            "%(tellings)s share a run of %(n)s words and count as one origin.",
            len(origin.run.split()),
            tellings=who,
        )
    return _("%(tellings)s share whole runs of text and count as one origin.", tellings=who)
