"""Sentences of all witnesses gathered into passages: one statement, and everybody's wording of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import chain, compress, product
from operator import not_

from generator.compare.diff import blocks_of, wording
from generator.compare.remembered import of_texts
from generator.compare.rulings import Ruled, may_meet
from generator.compare.text import says_little
from generator.compare.tokens import telling_stems, tokens
from generator.model import Link, Passage, Reading, Segment, Token, Witness
from generator.values import dataclass, maker

#: Two groups become one passage where at least this share of their sentence pairs (of different witnesses) is linked,
_LINKED = 0.5
#: or this share, one link of them being as strong as this.
_LINKED_STRONGLY, _STRONG = 0.25, 0.4
NOTHING_RULED = Ruled()
#: Words of a passage's heading, at most.
_HEADING = 9


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two sentences of different witnesses."""

    one: str
    two: str
    score: float


_edge = maker(Edge)
_reading = maker(Reading)


def edges_of(witnesses: Sequence[Witness], links: Mapping[tuple[int, int], Sequence[Link]]) -> tuple[Edge, ...]:
    """Return the links of all pairs of witnesses as edges between segment ids."""
    return tuple(
        [
            _edge(witnesses[i].segments[old].id, witnesses[j].segments[new].id, link.score)
            for (i, j), found in sorted(links.items())
            for link in found
            for old, new in product(link.old, link.new)
        ]
    )


def passages_of(
    witnesses: Sequence[Witness],
    edges: Sequence[Edge],
    repeats: Mapping[str, str],
    origins: Mapping[str, str],
    given: Ruled = NOTHING_RULED,
) -> tuple[Passage, ...]:
    """Return the passages of a story: those that several witnesses carry, in the order of the account, then the rest.

    Every segment stands in exactly one passage. The account follows the mean place of a passage in the
    witnesses that carry it. No result depends on the order of the witnesses, but for the sigla.

    :param repeats: segment id → id of the segment of the same witness that it repeats. A repetition joins the
        passage of what it repeats and supports nothing.
    :param origins: sigil → id of its origin.
    :param given: what an editor has ruled, which comes before everything else.
    """
    by_id = {segment.id: segment for witness in witnesses for segment in witness.segments}
    clusters = _clusters([name for name in by_id if name not in repeats], edges, by_id, given)
    members = _with_repeats(clusters, repeats)
    length = {witness.sigil: max(1, len(witness.segments)) for witness in witnesses}
    sigla = tuple(witness.sigil for witness in witnesses)
    rights = {witness.sigil: witness.article.rights for witness in witnesses}
    drafts = []
    for cluster, everyone in zip(clusters, members, strict=True):
        segments = [by_id[name] for name in cluster]
        printable = [segment for segment in segments if rights[segment.sigil] == "full"] or segments
        base = _base(printable, segments)
        carrying = {segment.sigil for segment in segments}
        carriers = tuple([sigil for sigil in sigla if sigil in carrying])
        # A single telling's sentences keep their own order, behind the account.
        place = (0, _place(segments, length), base.text) if len(carriers) > 1 else (1, 0.0, "")
        drafts.append((place, base, everyone, carriers))
    drafts.sort(key=lambda draft: draft[0])
    return tuple(
        _passage(number, base, [by_id[name] for name in everyone], carriers, sigla, origins)
        for number, (_, base, everyone, carriers) in enumerate(drafts, 1)
    )


def _passage(
    number: int,
    base: Segment,
    segments: Sequence[Segment],
    carriers: tuple[str, ...],
    sigla: Sequence[str],
    origins: Mapping[str, str],
) -> Passage:
    readings = tuple(reading_of(base, segment) for segment in segments if segment.id != base.id)
    return Passage(
        id=f"p{number}",
        text=base.text,
        base=base.id,
        sentences=tuple(segment.id for segment in segments),
        articles=carriers,
        origins=len({origins[sigil] for sigil in carriers}),
        left_out_by=tuple(sigil for sigil in sigla if sigil not in carriers),
        readings=readings,
        heading=_heading(base.text, _counted([segment.text for segment in segments if segment.sigil != base.sigil])),
    )


def rebased(passage: Passage, by_id: Mapping[str, Segment], better: Collection[str]) -> Passage:
    """Return *passage* printed in the best words among those of *better*; as it is, if it has none of them.

    :param better: ids of segments that may be printed, and ought to be rather than the base.
    """
    segments = [by_id[name] for name in passage.sentences]
    candidates = [segment for segment in segments if segment.id in better]
    if not candidates:
        return passage
    base = _base(candidates, segments)
    return replace(
        passage,
        text=base.text,
        base=base.id,
        readings=tuple(reading_of(base, segment) for segment in segments if segment.id != base.id),
        heading=_heading(base.text, _counted([segment.text for segment in segments if segment.sigil != base.sigil])),
    )


def reading_of(base: Segment, other: Segment) -> Reading:
    """Return how *other* words what *base* says: a word diff, or the words they share where a diff says nothing."""
    readable, found = wording(base.text, other.text)
    return _reading(other.id, other.sigil, alike=readable, changes=found)


# ---------------------------------------------------------------------------- clusters


@dataclass(slots=True, eq=False)
class _Group:
    """Segments that say the same, and what links them to other groups."""

    names: list[str]
    sigla: dict[str, int]
    """Witness → how many of the segments are its."""
    near: dict[_Group, tuple[int, float]] = field(default_factory=dict)
    """Group → number of links to it, and the strongest."""

    def link(self, other: _Group, links: int, strongest: float) -> None:
        """Take note of links between two groups."""
        known, best = self.near.get(other, (0, 0.0))
        self.near[other] = other.near[self] = known + links, max(best, strongest)

    def take(self, other: _Group) -> None:
        """Become one with another group."""
        self.names += other.names
        for sigil, count in other.sigla.items():
            self.sigla[sigil] = self.sigla.get(sigil, 0) + count
        for third, found in other.near.items():
            del third.near[other]
            if third is not self:
                self.link(third, *found)

    def belongs(self, other: _Group) -> bool:
        """Whether enough of the pairs of their segments, of different witnesses, are linked."""
        pairs = len(self.names) * len(other.names) - sum(
            [n * other.sigla.get(sigil, 0) for sigil, n in self.sigla.items()]
        )
        links, strongest = self.near.get(other, (0, 0.0))
        return links >= (_LINKED_STRONGLY if strongest >= _STRONG else _LINKED) * pairs


def _clusters(
    names: Sequence[str], edges: Iterable[Edge], by_id: Mapping[str, Segment], given: Ruled
) -> list[list[str]]:
    """Return groups of segment ids: agglomerated along the strongest edges, as long as most pairs are linked.

    Average linkage keeps a chain A~B~C~D of weak resemblances from becoming one passage. Members stand in
    the order of *names*, and so do the groups.
    """
    group_of = {name: _Group([name], {by_id[name].sigil: 1}) for name in names}
    strength = {(edge.one, edge.two): edge.score for edge in edges if edge.one in group_of and edge.two in group_of}
    for (one, two), score in strength.items():
        if score > 0:
            group_of[one].link(group_of[two], 1, score)

    def rank(pair: tuple[str, str]) -> tuple[float, str, str]:
        one, two = by_id[pair[0]].text, by_id[pair[1]].text
        return (-strength[pair], one, two) if one <= two else (-strength[pair], two, one)

    def join(left: _Group, right: _Group) -> None:
        left.take(right)
        group_of.update(dict.fromkeys(right.names, left))

    for one, two in ((group[0], other) for group in given.together for other in group[1:]):
        if group_of[one] is not group_of[two]:
            join(group_of[one], group_of[two])
    for one, two in sorted(strength, key=rank):
        left, right = group_of[one], group_of[two]
        if left is not right and may_meet(left.names, right.names, given) and left.belongs(right):
            join(left, right)
    order = {name: position for position, name in enumerate(names)}
    unique = {id(group): sorted(group.names, key=order.__getitem__) for group in group_of.values()}
    return sorted(unique.values(), key=lambda cluster: order[cluster[0]])


def _with_repeats(clusters: Sequence[Sequence[str]], repeats: Mapping[str, str]) -> list[list[str]]:
    if not repeats:
        return list(map(list, clusters))
    return [[*cluster, *(name for name, of in repeats.items() if of in cluster)] for cluster in clusters]


# ---------------------------------------------------------------------------- base, place, heading


def _base(candidates: Sequence[Segment], segments: Sequence[Segment]) -> Segment:
    """Return the sentence that best stands for all: what others say too, and little that they do not.

    Van Rijsbergen's F of its content words against those that at least two witnesses use, precision counting
    double: a base that says more than the others would put words into their mouths.
    """
    if all(segment.text == candidates[0].text for segment in candidates):
        return candidates[0]
    by_sigil: dict[str, set[str]] = {}
    for segment in segments:
        by_sigil.setdefault(segment.sigil, set()).update(telling_stems(segment.text))
    common = {word for word, count in Counter(chain.from_iterable(by_sigil.values())).items() if count > 1}

    def fitness(segment: Segment) -> tuple[float, str]:
        own = telling_stems(segment.text)
        return round(-1.25 * len(own & common) / max(1, len(own) + 0.25 * len(common)), 9), segment.text

    return min(candidates, key=fitness)


def _place(segments: Sequence[Segment], length: Mapping[str, int]) -> float:
    """Return the mean relative place of a passage's first sentence in each witness, from 0 to 1."""
    first: dict[str, int] = {}
    for segment in segments:
        first[segment.sigil] = min(first.get(segment.sigil, segment.index), segment.index)
    places = sorted(index / length[sigil] for sigil, index in first.items())
    return round(sum(places) / len(places), 9)


def _counted(texts: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return different texts, and how often each is there."""
    return tuple(Counter(texts).items())


@of_texts(2048)
def _heading(base: str, others: tuple[tuple[str, int], ...]) -> str:
    """Return the run of the base's words that most of the others share, verbatim; else its first words."""
    every = tokens(base)
    looked_at = every if others else every[:_HEADING]
    tells = list(map(not_, map(says_little, [token.norm for token in looked_at])))
    carried = [0] * len(tells)
    runs: set[tuple[int, int]] = set()
    for text, times in others:
        for at, _, size in blocks_of(base, text):
            runs.add(_trimmed(tells, at, at + size))
            carried[at : at + size] = [count + times for count in carried[at : at + size]]

    def weight(run: tuple[int, int]) -> tuple[int, int]:
        return sum(compress(carried[slice(*run)], tells[slice(*run)])), -run[0]

    telling = [run for run in runs if sum(tells[slice(*run)]) > 1]
    start, end = telling[0] if len(telling) == 1 else max(telling, key=weight, default=(0, len(tells)))
    if len(tells) <= _HEADING and not telling:  # a short sentence stands for itself, small words and all
        tells = [any(map(str.isalnum, token.norm)) for token in every]
    start, end = _trimmed(tells, start, min(end, start + _HEADING), lead=bool(telling))
    return _unopened("".join([token.text for token in every[start : _closed(every, start, end)]]).strip())


def _unopened(heading: str) -> str:
    """Return a heading without a bracket or a quotation that opens in it and goes on behind it."""
    bracket = heading.rfind("(")
    if bracket > 0 and ")" not in heading[bracket:]:
        heading = heading[:bracket].rstrip(" ,;–—-")
    mark = heading[:1]
    return heading[1:].lstrip() if mark in _MARKS and not any(sign in heading[1:] for sign in _MARKS[mark]) else heading


#: Marks that open a quotation, with those that close it.
_MARKS = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"'}


def _closed(tokens: Sequence[Token], start: int, end: int) -> int:
    """Return the end of a run of words, behind the mark that closes a quotation within it where that stands next."""
    shown = [token.text.strip() for token in tokens[start : end + 2]]
    for place, mark in enumerate(shown[: end - start]):
        if mark in _MARKS and not any(sign in _MARKS[mark] for sign in shown[place + 1 : end - start] if sign):
            closing = next((n for n, sign in enumerate(shown[end - start :], 1) if sign and sign in _MARKS[mark]), 0)
            return end + closing
    return end


def _trimmed(tells: Sequence[bool], start: int, end: int, *, lead: bool = True) -> tuple[int, int]:
    """Return a run without the small words and marks at its ends, given which words say something."""
    while lead and start < end and not tells[start]:
        start += 1
    while start < end and not tells[end - 1]:
        end -= 1
    return start, end
