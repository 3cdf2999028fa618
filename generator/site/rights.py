"""What may be printed of whose text.

`printable` takes a digest and returns one in which every text that an article's rights keep back is
gone; pages, data and feeds play that value and need no policy of their own. Of an article with rights
`excerpt` its first paragraph stays (at most 60 words), of one with rights `link` none. Sentences that stand
in an excerpt are as open as others. Of the rest the words that differ from what others print stay, cut short
by `generator.site.brevity`: a comparison quotes, it does not reprint.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from generator.model import Change, Reading
from generator.site.brevity import CUT, ELIDED, Allowance, allowance_of, beginning, halves_of, phrase, word_count

if TYPE_CHECKING:
    from generator.model import (
        Block,
        Cell,
        Difference,
        Digest,
        Figure,
        History,
        PairLink,
        Paraphrase,
        Passage,
        Quote,
        Revision,
        Segment,
        Witness,
        Wording,
    )
    from generator.site.brevity import Halves

EXCERPT_WORDS: Final = 60


def printable(digest: Digest) -> Digest:
    """Return the digest without what may not be printed; the same value where every article is `full`."""
    shut = frozenset(w.sigil for w in digest.witnesses if w.article.rights != "full")
    if not shut:
        return digest
    witnesses = tuple(_witness(w) if w.sigil in shut else w for w in digest.witnesses)
    return _Printable(digest, witnesses, shut).digest()


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
    if word_count(text) <= EXCERPT_WORDS:
        return len(text)
    ends = [s.end - start for s in segments if word_count(text[: s.end - start]) <= EXCERPT_WORDS]
    return max(ends) if ends else len(beginning(text, EXCERPT_WORDS))


# ---------------------------------------------------------------------------- comparison


class _Printable:
    """A digest some of whose sentences are closed: they stand in no text that may be printed."""

    def __init__(self, digest: Digest, witnesses: tuple[Witness, ...], shut: frozenset[str]) -> None:
        """Take a digest, its witnesses as they may be printed, and the sigla of those that may not be in full."""
        self.whole, self.witnesses, self.shut = digest, witnesses, shut
        self.texts = {s.id: s.text for w in digest.witnesses for s in w.segments}
        printed = {s.id for w in witnesses for s in w.segments if s.text}
        self.closed = self.texts.keys() - printed
        self.halves: dict[str, Halves] = {
            w.sigil: halves_of([s.text for s in w.segments if s.id in self.closed])
            for w in digest.witnesses
            if w.sigil in shut
        }
        self.shown: defaultdict[str, set[int]] = defaultdict(set)
        """Of each closed sentence, where the words end that one word diff or another quotes: half of it in all."""

    def digest(self) -> Digest:
        """Return what may be printed."""
        whole = self.whole
        passages = tuple(map(self._passage, whole.passages))  # first: what they quote, pairs may quote again
        return replace(
            whole,
            witnesses=self.witnesses,
            pairs=tuple(replace(p, links=tuple(map(self._link, p.links))) for p in whole.pairs),
            passages=passages,
            quotes=tuple(self._quotes(whole.quotes)),
            figures=tuple(map(self._figure, whole.figures)),
            histories=tuple(map(self._history, whole.histories)),
            origins=tuple(
                replace(o, run="") if self.shut & set(o.articles) and not self._is_open(o.run) else o
                for o in whole.origins
            ),
            wording=tuple(map(self._wording, whole.wording)),
        )

    @cached_property
    def _open_words(self) -> str:
        """The words of all that is printed of the tellings, one text after another."""
        return "".join(map(phrase, (w.text for w in self.witnesses)))

    def _is_open(self, text: str) -> bool:
        """Whether a telling that may be printed has the same words in a row."""
        return phrase(text) in self._open_words

    def _quoted(self, text: str, sigil: str) -> str:
        """Return as much of an article's words as may be quoted; all of them where an open telling has them, too."""
        return text if self._is_open(text) else Allowance.short(self.halves.get(sigil, {})).said(text).rstrip()

    # ------------------------------------------------------------------------ word by word

    def _changes(
        self, changes: Iterable[Change], old: Sequence[str], new: Sequence[str], *, alike: bool
    ) -> tuple[Change, ...]:
        """Return changes whose closed sides print only what differs (or, of unlike sentences, what is shared)."""
        left, right = self._side(old), self._side(new)
        if not left and not right:
            return tuple(changes)
        cut = []
        for change in changes:
            # The shared words of unlike sentences stand in the open side anyway; where both are closed they are quoted.
            keep = alike != (change.op == "equal")
            before = left.said(change.old, keep=keep) if left else change.old
            after = right.said(change.new, keep=keep) if right else change.new
            if left and right and keep and change.op == "equal":
                # Words that both have are quoted of both, on whichever side they are printed.
                words = min(word_count(before), word_count(after))
                before, after = _as_few(before, words), _as_few(after, words)
            if before or after:
                cut.append(Change(change.op, before, after))
        return tuple(_merged(cut))

    def _side(self, sentences: Sequence[str]) -> Allowance | None:
        """Return what may be quoted of some sentences in a row; None where they are open."""
        if self.closed.isdisjoint(sentences):
            return None
        shown = [self.shown[sentence] for sentence in sentences]
        return Allowance.of_sentences([self.texts[sentence] for sentence in sentences], shown)

    def _link(self, link: PairLink) -> PairLink:
        changes = self._changes(link.changes, link.old, link.new, alike=link.alike)
        return link if changes == link.changes else replace(link, changes=changes)

    def _history(self, history: History) -> History:
        """Return a history whose closed versions print what differs; of a sentence that came or went, its beginning."""
        return replace(history, revisions=tuple(map(self._revision, history.revisions)))

    def _revision(self, revision: Revision) -> Revision:
        return replace(
            revision,
            parts=tuple(
                replace(part, changes=self._changes(part.changes, part.old, part.new, alike=part.kind != "rewritten"))
                for part in revision.parts
            ),
        )

    # ------------------------------------------------------------------------ passages

    def _passage(self, passage: Passage) -> Passage:
        if passage.base not in self.closed:
            return replace(passage, readings=tuple(map(self._reading, passage.readings)))
        heading = self._quoted(passage.heading, _sigil(passage.base))
        base = next((s for s in passage.sentences if s not in self.closed), "")
        if not base:
            return replace(passage, text="", readings=(), heading=heading)
        others = [s for s in passage.sentences if s != base]
        readings = tuple(self._reading(_against(base, s, self._links, passage, self.texts)) for s in others)
        return replace(passage, text=self.texts[base], base=base, readings=readings, heading=heading)

    @cached_property
    def _links(self) -> Mapping[tuple[tuple[str, ...], tuple[str, ...]], PairLink]:
        return {(link.old, link.new): link for pair in self.whole.pairs for link in pair.links}

    def _reading(self, reading: Reading) -> Reading:
        if reading.sentence not in self.closed:
            return reading
        # The base is open, or there would be no readings.
        return replace(reading, changes=self._changes(reading.changes, (), (reading.sentence,), alike=reading.alike))

    # ------------------------------------------------------------------------ quotations, figures, words

    def _quotes(self, quotes: Iterable[Quote]) -> Iterator[Quote]:
        """The quotes without words that differ from nothing: those of closed articles alone, or worded as elsewhere."""
        for quote in quotes:
            shut = sum(reading.article in self.shut for reading in quote.readings)
            if (
                not shut
                or quote.verdict in ("altered", "trimmed")
                or (quote.verdict == "same" and shut < len(quote.readings))
            ):
                yield self._quote(quote)

    def _quote(self, quote: Quote) -> Quote:
        paraphrases = tuple(map(self._paraphrase, quote.paraphrases))
        # What stands in a title has no sentence: titles are printed.
        held = {
            number: reading.article
            for number, reading in enumerate(quote.readings)
            if reading.article in self.shut and reading.sentence and not self._is_open(reading.text)
        }
        if not held:
            return replace(quote, paraphrases=paraphrases)
        sigil = quote.readings[0].article
        return replace(
            quote,
            readings=tuple(
                replace(r, text=self._quoted(r.text, r.article), before="", after="") if number in held else r
                for number, r in enumerate(quote.readings)
            ),
            differences=tuple(self._difference(d, held) for d in quote.differences),
            heading=self._quoted(quote.heading, sigil) if sigil in self.shut else quote.heading,
            collation=self._collation(quote.collation, held),
            paraphrases=paraphrases,
        )

    def _difference(self, difference: Difference, held: Mapping[int, str]) -> Difference:
        if difference.kind == "speaker":
            return difference
        old, new = (
            self._quoted(text, held[number]) if number in held else text
            for number, text in zip(difference.between, (difference.old, difference.new), strict=True)
        )
        return replace(difference, old=old, new=new)

    def _collation(self, table: Sequence[Sequence[Cell]], held: Mapping[int, str]) -> tuple[tuple[Cell, ...], ...]:
        """Return a table whose closed rows print only the cells that vary; what gaps lack is the first row's."""
        rows = [self._cells(row, held[number]) if number in held else tuple(row) for number, row in enumerate(table)]
        if 0 in held:
            measure = [cell.text for cell in rows[0]]
            rows = [
                tuple(
                    replace(cell, text=text) if cell.state == "gap" else cell
                    for cell, text in zip(row, measure, strict=True)
                )
                for row in rows
            ]
        return tuple(rows)

    def _cells(self, row: Sequence[Cell], sigil: str) -> tuple[Cell, ...]:
        """Return a row of which half of the words at most are printed; nothing twice in a row."""
        own = [cell.text if cell.state != "gap" else "" for cell in row]
        allowed = Allowance(((len("".join(own)), allowance_of(sum(map(word_count, own)))),), self.halves[sigil])
        said = [allowed.said(text, keep=cell.column_varies).strip() for cell, text in zip(row, own, strict=True)]
        shown = ["" if text == CUT and before.endswith(CUT) else text for before, text in pairwise(("", *said))]
        return tuple(
            cell if cell.state == "gap" else replace(cell, text=text) for cell, text in zip(row, shown, strict=True)
        )

    def _paraphrase(self, paraphrase: Paraphrase) -> Paraphrase:
        if paraphrase.sentence not in self.closed:
            return paraphrase
        return replace(paraphrase, text=self._quoted(paraphrase.text, paraphrase.article))

    def _figure(self, figure: Figure) -> Figure:
        """A figure whose closed readings stand alone: a quantity is quoted whole or not at all."""
        return replace(
            figure,
            readings=tuple(
                replace(r, before="", after="", text=r.text if self._quoted(r.text, r.article) == r.text else CUT)
                if r.sentence in self.closed
                else r
                for r in figure.readings
            ),
        )

    def _wording(self, wording: Wording) -> Wording:
        if self.shut.isdisjoint([reading.article for reading in wording.readings]):
            return wording
        return replace(
            wording,
            readings=tuple(
                replace(r, text=self._quoted(r.text, r.article)) if r.article in self.shut else r
                for r in wording.readings
            ),
        )


def _as_few(shown: str, words: int) -> str:
    """Return what is shown of some words cut to fewer of them, if there are more."""
    return shown if word_count(shown) <= words else f"{beginning(shown, words)} {ELIDED}".lstrip()


def _merged(changes: Iterable[Change]) -> Iterator[Change]:
    """Changes without elisions that follow an elision of the same sides."""
    last: Change | None = None
    for change in changes:
        if change != last or ELIDED not in (change.old, change.new):
            yield change
        last = change


def _sigil(sentence: str) -> str:
    return sentence.rstrip("0123456789")


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
