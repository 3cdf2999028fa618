"""What may be printed of whose text.

`printable` takes a digest and returns one in which every text that an article's rights keep back is
gone; pages, data and feeds play that value and need no policy of their own. Of an article with rights
`excerpt` its first paragraph stays (at most 60 words), of one with rights `link` none; of both the words
that differ from what others print stay, cut short: a comparison quotes, it does not reprint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from generator.model import Change, Reading

if TYPE_CHECKING:
    from generator.model import (
        Block,
        Digest,
        Figure,
        FigureReading,
        History,
        PairLink,
        Paraphrase,
        Passage,
        Quote,
        Segment,
        Witness,
    )

EXCERPT_WORDS: Final = 60
QUOTED_WORDS: Final = 12
ELIDED: Final = "… "


def printable(digest: Digest) -> Digest:
    """Return the digest without what may not be printed; the same value where every article is `full`."""
    closed = frozenset(w.sigil for w in digest.witnesses if w.article.rights != "full")
    if not closed:
        return digest
    texts = {s.id: s.text for w in digest.witnesses for s in w.segments}
    return replace(
        digest,
        witnesses=tuple(_witness(w) if w.sigil in closed else w for w in digest.witnesses),
        pairs=tuple(
            replace(p, links=tuple(_link(x, p.old in closed, p.new in closed) for x in p.links)) for p in digest.pairs
        ),
        passages=tuple(_passage(p, closed, texts, digest) for p in digest.passages),
        quotes=tuple(_quotes(digest.quotes, closed)),
        figures=tuple(_figure(figure, closed) for figure in digest.figures),
        histories=tuple(_history(history, closed) for history in digest.histories),
        origins=tuple(o if not closed & set(o.articles) else replace(o, run=_quoted(o.run)) for o in digest.origins),
    )


# ---------------------------------------------------------------------------- witnesses


def readable(witness: Witness) -> Witness:
    """Return a witness with as much of its text as its rights leave."""
    return witness if witness.article.rights == "full" else _witness(witness)


def _witness(witness: Witness) -> Witness:
    """A witness with the text that its rights leave; offsets stay those of the whole text."""
    article = replace(witness.article, body="", removed=tuple(replace(r, text="") for r in witness.article.removed))
    blocks = _excerpt(witness) if article.rights == "excerpt" else ()
    text = "\n\n".join(block.text for block in blocks)
    kept = tuple(s if s.end <= len(text) else replace(s, text="", tokens=()) for s in witness.segments)
    return replace(witness, article=article, blocks=blocks, text=text, segments=kept)


def _excerpt(witness: Witness) -> tuple[Block, ...]:
    """The blocks up to and with the first paragraph, that one cut to whole sentences or, at worst, words."""
    first = next((i for i, block in enumerate(witness.blocks) if block.kind != "heading"), None)
    if first is None:
        return ()
    start = sum(len(block.text) + 2 for block in witness.blocks[:first])
    block = witness.blocks[first]
    length = _whole(block.text, start, [s for s in witness.segments if s.block == first])
    marks = tuple(replace(m, end=min(m.end, length)) for m in block.marks if m.start < length)
    return (*witness.blocks[:first], replace(block, text=block.text[:length], marks=marks))


def _whole(text: str, start: int, segments: Iterable[Segment]) -> int:
    """How much of a block may stand: as many whole sentences as the limit holds, or its first words."""
    if len(text.split()) <= EXCERPT_WORDS:
        return len(text)
    ends = [s.end - start for s in segments if len(text[: s.end - start].split()) <= EXCERPT_WORDS]
    return max(ends) if ends else len(_first(text, EXCERPT_WORDS))


def _first(text: str, words: int) -> str:
    """The text's beginning, verbatim, with at most so many words."""
    end = 0
    for word in text.split()[:words]:
        end = text.index(word, end) + len(word)
    return text[:end]


def _quoted(text: str) -> str:
    """As much of a text as may be quoted where it differs."""
    if len(text.split()) <= QUOTED_WORDS:
        return text
    return _first(text, QUOTED_WORDS) + " " + ELIDED


# ---------------------------------------------------------------------------- comparison


def _elided(changes: Iterable[Change], alike: bool, old: bool, new: bool) -> tuple[Change, ...]:
    """Changes of which the closed sides print only what differs (or, of unlike sentences, what is shared)."""
    shortened = (_change(change, alike, old, new) for change in changes)
    return tuple(_merged(change for change in shortened if change.old or change.new))


def _change(change: Change, alike: bool, old: bool, new: bool) -> Change:
    # The shared words of unlike sentences stand in the open side anyway; where both are closed they are quoted.
    keep = alike != (change.op == "equal")
    left, right = (
        ((_quoted(text) if keep else ELIDED) if text and closed else text)
        for text, closed in ((change.old, old), (change.new, new))
    )
    return Change(change.op, left, right)


def _merged(changes: Iterable[Change]) -> Iterator[Change]:
    """Changes without elisions that follow an elision of the same sides."""
    last: Change | None = None
    for change in changes:
        if change != last or ELIDED not in (change.old, change.new):
            yield change
        last = change


def _link(link: PairLink, old: bool, new: bool) -> PairLink:
    return link if not (old or new) else replace(link, changes=_elided(link.changes, link.alike, old, new))


def _history(history: History, closed: frozenset[str]) -> History:
    """A history in which closed versions print what differs; of a sentence that came or went, its first words."""
    return replace(
        history,
        revisions=tuple(
            replace(
                revision,
                parts=tuple(
                    replace(
                        part,
                        changes=_elided(
                            part.changes, part.kind != "rewritten", revision.old in closed, revision.new in closed
                        ),
                    )
                    for part in revision.parts
                ),
            )
            for revision in history.revisions
        ),
    )


def _passage(passage: Passage, closed: frozenset[str], texts: Mapping[str, str], digest: Digest) -> Passage:
    sigils = {sentence: _sigil(sentence) for sentence in passage.sentences}
    if sigils.get(passage.base, "") not in closed:
        return replace(passage, readings=tuple(_reading(r, closed) for r in passage.readings))
    base = next((s for s in passage.sentences if sigils[s] not in closed), "")
    heading = _quoted(passage.heading)
    if not base:
        return replace(passage, text="", readings=(), heading=heading)
    links = {(link.old, link.new): link for pair in digest.pairs for link in pair.links}
    others = [s for s in passage.sentences if s != base]
    readings = tuple(_reading(_against(base, s, links, passage, texts), closed) for s in others)
    return replace(passage, text=texts[base], base=base, readings=readings, heading=heading)


def _sigil(sentence: str) -> str:
    return sentence.rstrip("0123456789")


def _reading(reading: Reading, closed: frozenset[str]) -> Reading:
    if reading.sigil not in closed:
        return reading
    return replace(reading, changes=_elided(reading.changes, reading.alike, False, True))


def _against(
    base: str,
    sentence: str,
    links: Mapping[tuple[tuple[str, ...], tuple[str, ...]], PairLink],
    passage: Passage,
    texts: Mapping[str, str],
) -> Reading:
    """A sentence against another base than the passage's own, from the comparisons already made."""
    sigil = _sigil(sentence)
    link = links.get(((base,), (sentence,)))
    if link:
        return Reading(sentence, sigil, link.alike, link.changes)
    back = links.get(((sentence,), (base,)))
    if back:
        return Reading(sentence, sigil, back.alike, turned(back.changes))
    own = next((r for r in passage.readings if r.sentence == base and sentence == passage.base), None)
    if own:
        return Reading(sentence, sigil, own.alike, turned(own.changes))
    return Reading(sentence, sigil, False, (Change("insert", "", texts[sentence]),))


def turned(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return a word diff the other way round."""
    return tuple(
        Change({"insert": "delete", "delete": "insert"}.get(c.op, c.op), c.new, c.old)  # type: ignore[arg-type]
        for c in changes
    )


def _quotes(quotes: Iterable[Quote], closed: frozenset[str]) -> Iterator[Quote]:
    """The quotes without words that differ from nothing: those of closed articles alone, or worded as elsewhere."""
    for quote in quotes:
        shut = sum(reading.article in closed for reading in quote.readings)
        if (
            not shut
            or quote.verdict in ("altered", "trimmed")
            or (quote.verdict == "same" and shut < len(quote.readings))
        ):
            yield replace(quote, paraphrases=tuple(_paraphrase(p, closed) for p in quote.paraphrases))


def _paraphrase(paraphrase: Paraphrase, closed: frozenset[str]) -> Paraphrase:
    return replace(paraphrase, text=_quoted(paraphrase.text)) if paraphrase.article in closed else paraphrase


def _figure(figure: Figure, closed: frozenset[str]) -> Figure:
    return replace(figure, readings=tuple(_bare(r) if r.article in closed else r for r in figure.readings))


def _bare(reading: FigureReading) -> FigureReading:
    return replace(reading, before="", after="")
