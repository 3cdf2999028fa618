"""Two tellings compared, as lines for a terminal.

The sentences come in the order of the old side, with what the new side tells alone in between; then what was found in
quotes, figures, wording and sources. The text is what the articles print; labels are English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.compare.findings import findings
from generator.compare.lines import Line, Span, Style, wrapped
from generator.compare.signs import marked, one_side
from generator.compare.splits import joined
from generator.model import Digest, History, Pair, PairLink, Repeat, Segment, Witness
from generator.values import dataclass

_INDENT = "  "


def report(digest: Digest, width: int = 80, *, signs: bool = True) -> tuple[Line, ...]:
    """Return what parts two articles, as lines.

    :param digest: of two articles, the pair facing the first (see `generator.compare.facing`).
    :param width: columns of the longest line.
    :param signs: whether changed words stand between signs, `[-old-]{+new+}`, because no style will show.
    """
    (pair,) = digest.pairs
    by_sigil = {witness.sigil: witness for witness in digest.witnesses}
    old, new = by_sigil[pair.old], by_sigil[pair.new]
    pair = replace(pair, links=joined(pair.links, old, new))
    return tuple(_Report(digest, pair, old, new, width, signs).lines())


def same(old: Witness, new: Witness) -> str:
    """Return in what way two witnesses are the same, or nothing where they are not."""
    if old.text == new.text:
        return "The two are the same, character by character."
    if _words(old) == _words(new):
        return "The two are the same, word for word; only headings, spaces, capitals, quotation marks or dashes differ."
    return ""


def _words(witness: Witness) -> list[str]:
    return [token.norm for segment in witness.segments for token in segment.tokens if token.norm]


@dataclass(frozen=True, slots=True)
class _Report:
    """A digest of two, and how it is to be set."""

    digest: Digest
    pair: Pair
    old: Witness
    new: Witness
    width: int
    signs: bool

    def lines(self) -> Iterator[Line]:
        """Yield the whole report."""
        yield from self._header(self.old)
        yield from self._header(self.new)
        yield ()
        if said := same(self.old, self.new):
            yield from self._set([Span(said, "strong")])
            return
        yield from self._set([Span(_finding(self.digest, self.pair, self.old, self.new), "strong")])
        yield from self._set([Span(_voices(self.digest, self.pair))])
        yield from self._legend()
        yield from self._sentences()
        yield from findings(self.digest, self.width)

    def _set(self, spans: Iterable[Span], first: str = "", rest: str | None = None) -> tuple[Line, ...]:
        return wrapped(spans, self.width, first, first if rest is None else rest)

    def _header(self, witness: Witness) -> Iterator[Line]:
        article = witness.article
        outlet = article.outlet or f"Unattributed ({article.label})"
        length = f"{_counted(witness.words, 'word')}, {_counted(len(witness.segments), 'sentence')}"
        yield from self._set([Span(article.title or "Untitled", "strong")], f"{witness.sigil}  ", "   ")
        yield from self._set([Span(f"{outlet}, {article.date or 'undated'}, {length}")], "   ")
        yield from self._set([Span(article.seed, "quiet")], "   ")

    def _legend(self) -> Iterator[Line]:
        if self.signs and self.pair.links:
            yield ()
            legend = f"[-only in {self.old.sigil}-] {{+only in {self.new.sigil}+}} [=in both=]"
            yield from self._set([Span(legend, "quiet")])

    # ------------------------------------------------------------------------ sentences

    def _sentences(self) -> Iterator[Line]:
        for part in _in_order(self.pair, self.old, self.new):
            yield ()
            yield from self._alone(part) if isinstance(part, Segment) else self._link(part)

    def _alone(self, segment: Segment) -> Iterator[Line]:
        style: Style = "old" if segment.sigil == self.pair.old else "new"
        note = _again(segment, self.digest.repeats) or f"only in {segment.sigil}"
        yield from self._set([Span(segment.id, "strong"), Span(f"  {note}", "quiet")])
        yield from self._set([Span(segment.text, "plain" if self.signs else style)], _INDENT)

    def _link(self, link: PairLink) -> Iterator[Line]:
        yield from self._set([Span(_ends(link), "strong"), Span(f"  {_kind(link)}", "quiet")])
        if link.alike:
            yield from self._set(marked(link.changes, signs=self.signs), _INDENT)
        else:
            yield from self._set(one_side(link.changes, "old", signs=self.signs), f"  {self.pair.old} ", "    ")
            yield from self._set(one_side(link.changes, "new", signs=self.signs), f"  {self.pair.new} ", "    ")


# ---------------------------------------------------------------------------- order


def _in_order(pair: Pair, old: Witness, new: Witness) -> Iterator[PairLink | Segment]:
    """Yield links and unlinked sentences down the old side; those of the new side before the link they precede."""
    place = {segment.id: segment.index for segment in (*old.segments, *new.segments)}
    by_first: dict[str, list[PairLink]] = {}
    for link in pair.links:
        by_first.setdefault(link.old[0], []).append(link)
    linked = {name for link in pair.links for name in (*link.old, *link.new)}
    alone = [segment for segment in new.segments if segment.id not in linked]
    for segment in old.segments:
        if segment.id not in linked:
            yield segment
        for link in by_first.get(segment.id, ()):
            while alone and not link.moved and alone[0].index < place[link.new[0]]:
                yield alone.pop(0)
            yield link
    yield from alone


# ---------------------------------------------------------------------------- what is said


def _finding(digest: Digest, pair: Pair, old: Witness, new: Witness) -> str:
    """Return the pair in counts; a sentence that repeats its own article is counted as that alone."""
    left = {name for link in pair.links for name in link.old}
    again = {repeat.sentence for repeat in digest.repeats}
    told = left | again | {name for link in pair.links for name in link.new}
    verbatim = sum(_is_same(link) for link in pair.links)
    moved = sum(link.moved for link in pair.links)
    parts = [
        f"Similarity {round(100 * pair.similarity)}%",
        f"{len(left)} of {len(old.segments)} sentences of {old.sigil} stand in {new.sigil}",
        f"{verbatim} word for word",
        f"{moved} moved",
        *(f"{sum(s.id not in told for s in side.segments)} only in {side.sigil}" for side in (old, new)),
    ]
    if again:
        parts.append(f"{len(again)} repeated within an article")
    return "; ".join(parts) + "."


def _voices(digest: Digest, pair: Pair) -> str:
    """Return how much of two articles is the same text, whether they are one voice, and versions of one article."""
    near = "near-duplicates" if pair.near_duplicate else "not near-duplicates"
    shared = f"Word 5-grams: Jaccard {pair.jaccard:.2f}, containment {pair.containment:.2f}; {near}"
    return f"{shared}; {_origin(digest)}." + "".join(f" {_relation(history)}" for history in digest.histories)


def _origin(digest: Digest) -> str:
    for origin in digest.origins:
        if len(origin.articles) > 1:
            run = f": “{' '.join(origin.run.split())}”" if origin.run else ""
            return f"one voice ({origin.why}){run}"
    return "two voices"


def _relation(history: History) -> str:
    old, new = history.articles
    return f"{new} is the next version of {old}."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def _ends(link: PairLink) -> str:
    return f"{'+'.join(link.old)} → {'+'.join(link.new)}"


def _kind(link: PairLink) -> str:
    how = "the same" if _is_same(link) else "changed" if link.alike else "in other words"
    return f"{how}, moved" if link.moved else how


def _is_same(link: PairLink) -> bool:
    return link.alike and all(change.op == "equal" for change in link.changes)


def _again(segment: Segment, repeats: Iterable[Repeat]) -> str:
    return next((f"repeats {repeat.of}" for repeat in repeats if repeat.sentence == segment.id), "")
