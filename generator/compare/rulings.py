"""What an editor has ruled on a story, carried out: sentences that belong together, or apart, whatever the words say.

A sentence is named by words of its own, so that a ruling outlives every rebuild. Where an article no longer has them,
or more than one of its sentences has, the ruling is stale: it is told with its line, and has no effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from generator.compare.align import marked
from generator.compare.tokens import tokens
from generator.model import Cited, EditorsNote, Edits, Link, Segment, Stale, Story, Witness
from generator.values import dataclass

#: Characters of a sentence that a message shows.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Ruled:
    """A story's rulings by the ids of its sentences."""

    together: tuple[tuple[str, ...], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    """Pairs of sentences."""
    notes: tuple[EditorsNote, ...] = ()
    stale: tuple[Stale, ...] = ()

    @property
    def sentences(self) -> frozenset[str]:
        """Every sentence that is ruled on."""
        return frozenset(name for names in (*self.together, *self.apart) for name in names)


def ruled(story: Story, witnesses: Sequence[Witness]) -> Ruled:
    """Return the rulings on a story. Those that name an article left out as a draft are passed over in silence."""
    if story.edits == Edits():
        return Ruled()
    finder = _Finder({witness.article.slug: witness for witness in witnesses})
    found = [(ruling, finder.all(ruling.sentences)) for ruling in story.edits.rulings]
    notes = [(remark, finder.all((remark.at,))) for remark in story.edits.remarks]
    together = tuple(_names(at) for ruling, at in found if ruling.kind == "together" and len(at) > 1)
    joined = {frozenset(pair) for names in together for pair in combinations(names, 2)}
    apart = set()
    for ruling, at in found:
        pairs = {frozenset((one.id, two.id)) for one, two in combinations(at, 2) if one.sigil != two.sigil}
        if ruling.kind == "apart" and pairs & joined:
            finder.complain(ruling.sentences[0], "these sentences are ruled together, too – delete one of the rulings")
        elif ruling.kind == "apart":
            apart |= pairs
    return Ruled(
        together,
        frozenset(apart),
        tuple(EditorsNote(at[0].id, remark.text) for remark, at in notes if at),
        tuple(sorted(finder.stale)),
    )


def _names(segments: Sequence[Segment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(segment.id for segment in segments))


class _Finder:
    """Finds sentences by their words; what cannot be found is noted."""

    def __init__(self, witnesses: Mapping[str, Witness]) -> None:
        self.witnesses = witnesses
        self.stale: list[Stale] = []

    def all(self, cited: Sequence[Cited]) -> tuple[Segment, ...]:
        """Return all the sentences; none if one of them is not to be found."""
        found = [self._one(one) for one in cited if one.article in self.witnesses]
        return tuple(one for one in found if one) if all(found) and len(found) == len(cited) else ()

    def complain(self, cited: Cited, message: str) -> None:
        """Note what is wrong with a ruling."""
        self.stale.append(Stale(cited.path, cited.line, cited.column, message))

    def _one(self, cited: Cited) -> Segment | None:
        segments = self.witnesses[cited.article].segments
        wanted = _norms(cited.words)
        holding = [segment for segment in segments if _holds(_norms(segment.text), wanted)]
        exact = [segment for segment in holding if _norms(segment.text) == wanted]
        if len(exact or holding) == 1:
            return (exact or holding)[0]
        if holding:
            names = " and ".join(segment.id for segment in holding[:3])
            self.complain(cited, f"{len(holding)} sentences of {cited.article} hold these words ({names}) – write more")
        else:
            self.complain(cited, f"no sentence of {cited.article} holds these words{_nearest(wanted, segments)}")
        return None


def _norms(text: str) -> tuple[str, ...]:
    return tuple(token.norm for token in tokens(text) if token.norm and any(map(str.isalnum, token.norm)))


def _holds(norms: Sequence[str], wanted: Sequence[str]) -> bool:
    size = len(wanted)
    return bool(size) and any(tuple(norms[at : at + size]) == tuple(wanted) for at in range(len(norms) - size + 1))


def _nearest(wanted: Sequence[str], segments: Sequence[Segment]) -> str:
    """Return, for a message, the sentence that shares most of the words, and the way out."""
    shared = [(len(set(wanted) & set(_norms(segment.text))), -segment.index) for segment in segments]
    best = max(shared, default=(0, 0))
    if not best[0]:
        return " – delete the entry, or name another sentence"
    text = segments[-best[1]].text
    return f" – perhaps it now reads {text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + '…'!r}"


# ---------------------------------------------------------------------------- links


def linked(
    links: Mapping[tuple[int, int], Sequence[Link]], witnesses: Sequence[Witness], given: Ruled
) -> dict[tuple[int, int], tuple[Link, ...]]:
    """Return the links of all pairs as ruled: a ruled link is sure, and takes its sentences from others."""
    if not given.together and not given.apart:
        return {pair: tuple(found) for pair, found in links.items()}
    return {(i, j): _judged(found, witnesses[i], witnesses[j], given) for (i, j), found in links.items()}


def _judged(links: Sequence[Link], one: Witness, two: Witness, given: Ruled) -> tuple[Link, ...]:
    old = {segment.id: segment.index for segment in one.segments}
    new = {segment.id: segment.index for segment in two.segments}
    kept = list(links)
    for names in given.together:
        pinned = Link(_indices(names, old), _indices(names, new), 1.0)
        if pinned.old and pinned.new:
            kept = [*_without(kept, pinned), pinned]
    for a, b in _pairs(given.apart, old, new):
        kept = [cut for link in kept for cut in _cut(link, a, b)]
    return tuple(links) if kept == list(links) else marked(sorted(kept, key=lambda link: (link.old, link.new)))


def _indices(names: Sequence[str], places: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted(places[name] for name in names if name in places))


def _pairs(
    apart: frozenset[frozenset[str]], old: Mapping[str, int], new: Mapping[str, int]
) -> Iterator[tuple[int, int]]:
    for pair in sorted(map(sorted, apart)):
        for one, two in (pair, reversed(pair)):
            if one in old and two in new:
                yield old[one], new[two]


def _without(links: Sequence[Link], pinned: Link) -> list[Link]:
    """Return links without the sentences that one of them has been given by hand."""
    left = (
        replace(
            link,
            old=tuple(n for n in link.old if n not in pinned.old),
            new=tuple(n for n in link.new if n not in pinned.new),
        )
        for link in links
    )
    return [link for link in left if link.old and link.new]


def _cut(link: Link, old: int, new: int) -> tuple[Link, ...]:
    """Return a link with two sentences parted; nothing where they were all of it."""
    if old not in link.old or new not in link.new:
        return (link,)
    if len(link.old) > 1:
        return (replace(link, old=tuple(n for n in link.old if n != old)),)
    return (replace(link, new=tuple(n for n in link.new if n != new)),) if len(link.new) > 1 else ()


def may_meet(left: Sequence[str], right: Sequence[str], given: Ruled) -> bool:
    """Return whether no ruling keeps a sentence of one group from one of the other."""
    return not given.apart or not any(frozenset(pair) in given.apart for pair in product(left, right))
