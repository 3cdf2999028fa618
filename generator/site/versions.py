"""An outlet's successive texts of a story: a timeline, and what changed from each to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from generator.site import links, words
from generator.site.marks import Piece, pieces
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.model import History, Revision, RevisionPart
    from generator.site.index import Index, Place, Teller
    from generator.site.words import Words

PartKind = Literal["same", "changed", "rewritten", "added", "removed"]


@dataclass(frozen=True, slots=True)
class PartView:
    """What became of some sentences."""

    id: str
    kind: PartKind
    moved: bool
    old: tuple[Place, ...]
    new: tuple[Place, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Parts that follow one another: all as before (then with what is said where they are folded), or not."""

    alike: str
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class StepMark:
    """One sentence of a step's picture."""

    kind: PartKind
    x: int
    moved: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From a version to the next."""

    id: str
    old: Teller
    later: str
    """How much later the next is, where both state their time."""
    said: str
    title: tuple[Piece, ...]
    """Empty where it stayed."""
    marks: tuple[StepMark, ...]
    width: int
    stretches: tuple[Stretch, ...]
    pair: str
    """The page that lays the two side by side, or nothing."""


@dataclass(frozen=True, slots=True)
class Version:
    """One text, and the step that led to it; none to the first."""

    teller: Teller
    number: int
    title: str
    date: str
    date_iso: str
    length: str
    step: Step | None


@dataclass(frozen=True, slots=True)
class VersionsView:
    """Everything on the page of an article's versions."""

    id: str
    name: str
    outlet_page: str
    story_title: str
    story_page: str
    page: str
    said: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Among:
    """Where a telling stands among its versions."""

    said: str
    page: str


@dataclass(frozen=True, slots=True)
class HistoryView:
    """An article's versions in few words."""

    tellers: tuple[Teller, ...]
    name: str
    said: str
    page: str


#: Width of a sentence's mark and of its place in a step's picture.
STEP: Final = 10


def versions_page(index: Index, history: History) -> str:
    """Return the file of a history's page."""
    first = index.witnesses[history.articles[0]].article.slug
    return links.versions_page(index.digest.story.slug, first)


def place_of(index: Index, sigil: str) -> Among | None:
    """Return where a telling stands among its versions; None where there is only one."""
    for history in index.digest.histories:
        if sigil in history.articles:
            at, count = history.articles.index(sigil) + 1, len(history.articles)
            return Among(index.words.gettext("%(n)s of %(all)s", n=at, all=count), versions_page(index, history))
    return None


def histories(index: Index) -> tuple[HistoryView, ...]:
    """Return the articles of a story that stand in several versions."""
    return tuple(
        HistoryView(tellers, tellers[-1].name, _said(index, history), versions_page(index, history))
        for history in index.digest.histories
        if (tellers := tuple(index.tellers[sigil] for sigil in history.articles))
    )


def versions_view(index: Index, history: History) -> VersionsView:
    """Return the page of an article's versions as finished values."""
    steps = (None, *(_step(index, revision) for revision in history.revisions))
    tellers = [index.tellers[sigil] for sigil in history.articles]
    return VersionsView(
        id=history.id,
        name=tellers[-1].name,
        outlet_page=tellers[-1].outlet_page,
        story_title=index.title,
        story_page=index.page,
        page=versions_page(index, history),
        said=_said(index, history),
        versions=tuple(
            _version(index, teller, number, step)
            for number, (teller, step) in enumerate(zip(tellers, steps, strict=True), 1)
        ),
    )


def _said(index: Index, history: History) -> str:
    _, count = index.words.gettext, len(history.articles)
    versions = index.words.ngettext("%(number)s version", "%(number)s versions", count)
    if all(map(_stayed, history.revisions)):
        return words.capital(_("%(versions)s, alike word for word.", versions=versions))
    titles = sum(any(change.op != "equal" for change in revision.title) for revision in history.revisions)
    parts = [part for revision in history.revisions for part in revision.parts]
    counts = words.capital(_counts(index, parts, titles))
    return words.capital(_("%(versions)s. %(changes)s.", versions=versions, changes=counts))


def _stayed(revision: Revision) -> bool:
    return all(change.op == "equal" for change in revision.title) and all(
        part.kind == "same" and not part.moved for part in revision.parts
    )


def _counts(index: Index, parts: Sequence[RevisionPart], titles: int) -> str:
    """What became of the sentences, in numbers."""
    n_ = index.words.ngettext
    count = {kind: sum(part.kind == kind for part in parts) for kind in ("changed", "rewritten", "added", "removed")}
    moved = sum(part.moved for part in parts)
    said = (
        n_("%(number)s headline changed", "%(number)s headlines changed", titles) if titles else "",
        n_("%(number)s sentence edited", "%(number)s sentences edited", count["changed"]) if count["changed"] else "",
        n_("%(number)s rewritten", "%(number)s rewritten", count["rewritten"]) if count["rewritten"] else "",
        n_("%(number)s added", "%(number)s added", count["added"]) if count["added"] else "",
        n_("%(number)s taken out", "%(number)s taken out", count["removed"]) if count["removed"] else "",
        n_("%(number)s moved", "%(number)s moved", moved) if moved else "",
    )
    return index.words.listed([part for part in said if part]) or index.words.gettext("nothing changed")


def _version(index: Index, teller: Teller, number: int, step: Step | None) -> Version:
    witness = index.witnesses[teller.sigil]
    stated = witness.article.updated or witness.article.date
    return Version(
        teller=teller,
        number=number,
        title=witness.article.title,
        date=index.words.date(stated),
        date_iso=stated if words.is_date(stated) else "",
        length=index.words.ngettext("%(n)s word", "%(n)s words", witness.words),
        step=step,
    )


# ---------------------------------------------------------------------------- steps


def _step(index: Index, revision: Revision) -> Step:
    name = f"{revision.old}-{revision.new}"
    parts = [_part(index, name, part) for part in revision.parts]
    title_changed = any(change.op != "equal" for change in revision.title)
    return Step(
        id=name,
        old=index.tellers[revision.old],
        later=_later(index, revision),
        said=index.words.gettext(
            "%(changes)s.", changes=words.capital(_counts(index, revision.parts, int(title_changed)))
        ),
        title=pieces(revision.title, True) if title_changed else (),
        marks=tuple(_marks(parts)),
        width=max(sum(len(part.new) or len(part.old) for part in parts), 40) * STEP,
        stretches=tuple(_stretches(index, parts)),
        pair=index.pair_pages.get((revision.old, revision.new), ""),
    )


def _part(index: Index, step: str, part: RevisionPart) -> PartView:
    return PartView(
        f"{step}-{(part.new or part.old)[0]}",
        part.kind,
        part.moved,
        tuple(index.place(sentence) for sentence in part.old),
        tuple(index.place(sentence) for sentence in part.new),
        pieces(part.changes, part.kind != "rewritten"),
    )


def _stretches(index: Index, parts: Sequence[PartView]) -> Iterator[Stretch]:
    for alike, group in groupby(parts, key=lambda part: part.kind == "same" and not part.moved):
        members = tuple(group)
        count = sum(len(part.new) for part in members)
        said = index.words.ngettext("%(n)s sentence as before", "%(n)s sentences as before", count)
        yield Stretch(said if alike else "", members)


def _marks(parts: Sequence[PartView]) -> Iterator[StepMark]:
    at = 0
    for part in parts:
        for _ in part.new or part.old:
            yield StepMark(part.kind, at * STEP, part.moved)
            at += 1


def _later(index: Index, revision: Revision) -> str:
    old, new = (index.witnesses[sigil].article for sigil in (revision.old, revision.new))
    return later(index.words, old.updated or old.date, new.updated or new.date)


def later(said: Words, old: str, new: str) -> str:
    """Return how much later a stated time is than another, in the largest unit that fits; nothing where unknown."""
    if not (words.is_date(old) and words.is_date(new)):
        return ""
    timed = len(old) > len("2025-07-03") and len(new) > len("2025-07-03")
    try:
        start, end = (datetime.fromisoformat(stated if timed else stated[:10]) for stated in (old, new))
    except ValueError:  # the 31st of June
        return ""
    if (start.tzinfo is None) != (end.tzinfo is None):
        start, end = start.replace(tzinfo=None), end.replace(tzinfo=None)
    minutes = int((end - start).total_seconds() // 60)
    if minutes >= 1440:
        return said.ngettext("%(n)s day later", "%(n)s days later", minutes // 1440)
    if minutes >= 60:
        return said.ngettext("%(n)s hour later", "%(n)s hours later", minutes // 60)
    return said.ngettext("%(n)s minute later", "%(n)s minutes later", minutes) if minutes > 0 else ""
