"""One outlet's telling: its text sentence by sentence, and in the margin who else carries each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from generator.site import links, overview, pictures, versions
from generator.site.account import Flag, Margin, Slot, notes
from generator.site.sources import Source, source
from generator.values import dataclass, maker

if TYPE_CHECKING:
    from generator.model import Block, Mark, Segment, Witness
    from generator.site.index import Index, Place, Teller
    from generator.site.words import Words


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text with the inline marks that hold for all of it."""

    text: str
    em: bool = False
    strong: bool = False
    code: bool = False
    href: str = ""
    """An address on the web, or nothing."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text, or what stands between two (then without an id)."""

    id: str
    number: int
    only: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What the margin says of a sentence."""

    id: str
    number: int
    only: bool
    repeats: Place | None
    slots: tuple[Slot, ...]
    passage: str
    """Number of its passage in the account; empty where it stands in no passage of several tellings."""
    passage_target: str
    flags: tuple[Flag, ...]
    remarks: tuple[str, ...] = ()
    """What an editor has to say on it; HTML."""


_made: Final = maker(Span)
_sentence: Final = maker(Sentence)
_margin_note: Final = maker(Note)


@dataclass(frozen=True, slots=True)
class BlockView:
    """A paragraph, heading, item, quotation or code block."""

    kind: str
    level: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that stand together: a list's items, a quotation's paragraphs, one block of another kind."""

    kind: str
    blocks: tuple[BlockView, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Parts that only repeat this telling (then with a summary), or parts that do not."""

    summary: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Peer:
    """Another telling of the story, and the page that lays it beside this one."""

    teller: Teller
    pair: str


@dataclass(frozen=True, slots=True)
class TellingView:
    """Everything on a telling's page."""

    teller: Teller
    title: str
    story_title: str
    story_page: str
    tellings: tuple[Teller, ...]
    tellings_said: str
    source: Source
    authors: str
    updated: str
    length: str
    among: versions.Among | None
    """Its place among its outlet's versions of the text."""
    shared: str
    peers: tuple[Peer, ...]
    strip: pictures.Strip
    levels: tuple[str, ...]
    """The steps of support that the strip can show."""
    levels_said: str
    folds: tuple[Fold, ...]
    unprinted: tuple[Note, ...]
    unprinted_said: str
    previous: Teller | None
    following: Teller | None


def telling_view(
    index: Index, sigil: str, margin: Margin, strip: pictures.Strip | None = None, known: Source | None = None
) -> TellingView:
    """Return a telling's page as finished values.

    :param margin: what `account.margin_of` says of the story.
    :param strip: its strip as it stands on its story's page.
    :param known: what its capture states of itself, where somebody has it already.
    """
    teller, witness = index.tellers[sigil], index.witnesses[sigil]
    order = tuple(index.tellers.values())
    at = order.index(teller)
    unprinted = tuple(_note(index, s, margin) for s in witness.segments if not s.text)
    return TellingView(
        teller=teller,
        title=witness.article.title,
        story_title=index.title,
        story_page=index.page,
        tellings=order,
        tellings_said=index.words.number(len(order)),
        source=known or source(index, teller),
        authors=index.words.listed(witness.article.authors),
        updated=index.words.date(witness.article.updated),
        length=_length(index, witness),
        among=versions.place_of(index, sigil),
        shared=_shared(index, sigil),
        peers=tuple(Peer(t, index.pair_pages.get((sigil, t.sigil), "")) for t in order if t != teller),
        strip=strip if strip and strip.marks else pictures.strip(index, sigil, among=False),
        levels=overview.steps(len(order)),
        levels_said=overview.levels(index),
        folds=_folds(_parts(index, witness, margin), index.words),
        unprinted=unprinted,
        unprinted_said=_unprinted(len(unprinted), len(witness.segments), index.words),
        previous=order[at - 1] if at else None,
        following=order[at + 1] if at + 1 < len(order) else None,
    )


def _length(index: Index, witness: Witness) -> str:
    n_, minutes = index.words.ngettext, reading_minutes(witness.words)
    length = index.words.gettext(
        "%(words)s, %(time)s; %(sentences)s",
        words=n_("%(n)s word", "%(n)s words", witness.words),
        time=n_("about %(n)s minute to read", "about %(n)s minutes to read", minutes),
        sentences=n_("%(n)s sentence", "%(n)s sentences", len(witness.segments)),
    )
    repeated = sum(s.id in index.repeats for s in witness.segments)
    if not repeated:
        return length
    return n_(
        "%(length)s, of which %(n)s repeats the telling itself",
        "%(length)s, of which %(n)s repeat the telling itself",
        repeated,
        length=length,
    )


def reading_minutes(count: int) -> int:
    """Return how long a reader takes over so many words, in minutes, one at least.

    238 words a minute are the average of silent reading of non-fiction (Brysbaert, “How many words do we read per
    minute?”, Journal of Memory and Language 109, 2019).
    """
    return max(1, round(count / 238))


def _shared(index: Index, sigil: str) -> str:
    _, n_ = index.words.gettext, index.words.ngettext
    counts = [index.carried(s.id) for s in index.witnesses[sigil].segments]
    told, only = len(counts) - counts.count(0), counts.count(1)
    if len(index.tellers) < 2:
        return _("Only one telling so far: there is nothing to compare it with.")
    total = n_("%(n)s sentence", "%(n)s sentences", told)
    shared = n_(
        "%(n)s of %(sentences)s is carried elsewhere",
        "%(n)s of %(sentences)s are carried elsewhere",
        told - only,
        sentences=total,
    )
    alone = n_("%(n)s stands only here", "%(n)s stand only here", only)
    return _("%(shared)s, %(alone)s.", shared=shared, alone=alone)


def _unprinted(count: int, total: int, said: Words) -> str:
    if not count:
        return ""
    if count < total:
        return said.ngettext(
            "The other %(n)s sentence is compared and counted, but not reprinted.",
            "The other %(n)s sentences are compared and counted, but not reprinted.",
            count,
        )
    return said.ngettext(
        "Its %(n)s sentence is compared and counted, but not reprinted.",
        "Its %(n)s sentences are compared and counted, but not reprinted.",
        count,
    )


# ---------------------------------------------------------------------------- text


def _parts(index: Index, witness: Witness, margin: Margin) -> Iterator[Part]:
    """The blocks in order, items and quoted paragraphs that follow one another together."""
    views = tuple(_blocks(index, witness, margin))
    for _, group in groupby(
        enumerate(views), key=lambda n: n[1][0].kind if n[1][0].kind in ("item", "quote") else n[0]
    ):
        members = [view for _, view in group]
        notes = tuple(note for _, found in members for note in found)
        yield Part(members[0][0].kind, tuple(block for block, _ in members), notes)


def _blocks(index: Index, witness: Witness, margin: Margin) -> Iterator[tuple[BlockView, tuple[Note, ...]]]:
    start = 0
    for number, block in enumerate(witness.blocks):
        segments = [s for s in witness.segments if s.block == number and s.text]
        sentences = tuple(_sentences(index, block, start, segments))
        yield BlockView(block.kind, block.level, sentences), tuple([_note(index, s, margin) for s in segments])
        start += len(block.text) + 2


def _sentences(index: Index, block: Block, start: int, segments: Sequence[Segment]) -> Iterator[Sentence]:
    """The block's sentences and whatever stands between them: nothing of the text is lost."""
    at = 0
    for segment in segments:
        begin, end = segment.start - start, segment.end - start
        if at < begin:
            yield _space(block.text[at:begin]) if not block.marks else _sentence("", 0, False, spans(block, at, begin))
        only = index.counts.get(segment.id, 1) == 1 and len(index.tellers) > 1
        yield _sentence(segment.id, segment.index + 1, only, spans(block, begin, end))
        at = end
    if at < len(block.text):
        yield _sentence("", 0, False, spans(block, at, len(block.text)))


@lru_cache(maxsize=64)
def _space(text: str) -> Sentence:
    """What stands between two sentences, without any mark."""
    return Sentence("", 0, False, (Span(text),))


def spans(block: Block, begin: int, end: int) -> tuple[Span, ...]:
    """Return the block's text from one offset to another, parted wherever an inline mark begins or ends."""
    inside = [mark for mark in block.marks if mark.start < end and mark.end > begin]
    if not inside:
        return (_made(block.text[begin:end]),) if begin < end else ()
    borders = sorted({begin, end, *(max(m.start, begin) for m in inside), *(min(m.end, end) for m in inside)})
    return tuple(
        _span(block.text[left:right], [m for m in inside if m.start <= left and right <= m.end])
        for left, right in pairwise(borders)
        if left < right
    )


def _span(text: str, marks: Iterable[Mark]) -> Span:
    kinds: set[str] = set()
    href = ""
    for mark in marks:
        kinds.add(mark.kind)
        if mark.kind == "link":
            # The space between two sentences of one link is nothing to click on.
            href = links.external(mark.href) if text.strip() else ""
    return _made(text, "em" in kinds, "strong" in kinds, "code" in kinds, href)


# ---------------------------------------------------------------------------- margin


def _note(index: Index, segment: Segment, margin: Margin) -> Note:
    passage = index.passages.get(segment.id)
    of = index.repeats.get(segment.id, "")
    many = passage is not None and len(passage.articles) > 1
    alone = index.counts.get(segment.id, 1) == 1 and len(index.tellers) > 1
    shared = passage.id if passage and many and not of else ""
    return _margin_note(
        id=segment.id,
        number=segment.index + 1,
        only=alone,
        repeats=index.place(of) if of in index.segments else None,
        slots=tuple([slot for slot in margin.slots[shared] if slot.sigil != segment.sigil]) if shared else (),
        passage=shared.lstrip("p"),
        passage_target=f"{index.page}#{passage.id}" if passage else "",
        flags=margin.flags[shared] if shared else (),
        remarks=notes(index, (segment.id,)) if index.digest.notes else (),
    )


def _folds(parts: Iterable[Part], said: Words) -> tuple[Fold, ...]:
    """Parts whose every sentence repeats the telling are folded, with those beside them."""
    folds = []
    for repeated, group in groupby(parts, key=_is_repeated):
        members = tuple(group)
        numbers = [note.number for part in members for note in part.notes]
        folds.append(Fold(_summary(numbers, said) if repeated else "", members))
    return tuple(folds)


def _is_repeated(part: Part) -> bool:
    return bool(part.notes) and all(note.repeats for note in part.notes)


def _summary(numbers: Sequence[int], said: Words) -> str:
    first, last = numbers[0], numbers[-1]
    if first == last:
        return said.gettext("Sentence %(first)s repeats another of this telling and is not counted again", first=first)
    return said.gettext(
        "Sentences %(first)s to %(last)s repeat others of this telling and are not counted again",
        first=first,
        last=last,
    )
