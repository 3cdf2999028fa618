"""A digest made easy to look things up in: who tells, which sentence is where, who else carries it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Final, Literal

from generator.ingest.content import outlet_of
from generator.model import Rights
from generator.site import links
from generator.site.names import Anchors
from generator.site.words import ENGLISH, Words
from generator.values import dataclass, maker

if TYPE_CHECKING:
    from generator.ingest.content import Library
    from generator.model import Config, Digest, Pair, Passage, Segment, Witness

RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

Direction = Literal["ltr", "rtl", "auto"]


@dataclass(frozen=True, slots=True)
class Teller:
    """A telling as pages name it."""

    sigil: str
    name: str
    page: str
    outlet_page: str
    """Empty for an article that nobody attributes."""
    language: str
    direction: Direction
    rights: Rights


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence's address: whose, which, where."""

    teller: Teller
    id: str
    target: str


_place: Final = maker(Place)


@dataclass(frozen=True, slots=True)
class Index:
    """A digest, with what its pages ask of it again and again."""

    digest: Digest
    page: str
    title: str
    tellers: Mapping[str, Teller]
    """By siglum, in the order of the story."""
    witnesses: Mapping[str, Witness]
    segments: Mapping[str, Segment]
    passages: Mapping[str, Passage]
    """By sentence."""
    repeats: Mapping[str, str]
    """Sentence → the sentence of the same article that it repeats."""
    pair_pages: Mapping[tuple[str, str], str]
    """By both sigla, in either order; pairs without a page are left out."""
    anchors: Anchors
    moved: frozenset[str]
    """Sentences that most of the others who carry them tell at another place."""
    words: Words = ENGLISH
    """How the site's language says what is counted."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Sentence → where it stands."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Sentence → what `carried` says of it."""
    singles: Mapping[str, tuple[Segment, ...]] = field(default_factory=dict)
    """By siglum: what `only` says of it."""

    def titled(self, shown: str) -> str:
        """Return the title of a page that shows one thing of the story."""
        return f"{shown} · {self.title}"

    def place(self, sentence: str) -> Place:
        """Return where a sentence stands on its telling's page."""
        return self.places[sentence]

    def carried(self, sentence: str) -> int:
        """Return in how many tellings a sentence's statement stands; 0 for one that repeats its own telling."""
        return self.counts.get(sentence, 1)

    def shared(self, sigil: str) -> float:
        """Return the share of a telling's sentences that others carry; own repetitions are not counted."""
        told = [count for segment in self.witnesses[sigil].segments if (count := self.counts.get(segment.id, 1))]
        return len([count for count in told if count > 1]) / len(told) if told else 0.0

    def only(self, sigil: str) -> tuple[Segment, ...]:
        """Return the sentences of a telling that no other carries."""
        return self.singles[sigil]


def index_of(digest: Digest, library: Library, config: Config, words: Words = ENGLISH) -> Index:
    """Return the index of a digest."""
    from generator.site.anchors import anchors_of  # not asked for where nothing is compared

    story = digest.story
    tellers = {w.sigil: teller_of(w, library, story.slug, config, words) for w in digest.witnesses}
    slugs = {w.sigil: w.article.slug for w in digest.witnesses}
    segments = {s.id: s for w in digest.witnesses for s in w.segments}
    counts = {s: len(p.articles) for p in digest.passages for s in p.sentences}
    counts |= {repeat.sentence: 0 for repeat in digest.repeats}
    return Index(
        digest=digest,
        page=links.story_page(story.slug),
        title=story.title or words.gettext("Untitled (%(story)s)", story=story.slug),
        tellers=tellers,
        witnesses={w.sigil: w for w in digest.witnesses},
        segments=segments,
        passages={s: p for p in digest.passages for s in p.sentences},
        repeats={repeat.sentence: repeat.of for repeat in digest.repeats},
        pair_pages={
            key: links.pair_page(story.slug, slugs[pair.old], slugs[pair.new])
            for pair in printed_pairs(digest.pairs, config)
            for key in ((pair.old, pair.new), (pair.new, pair.old))
        },
        anchors=anchors_of(digest),
        moved=_moved(digest.pairs),
        words=words,
        places=places_of(segments, tellers),
        counts=counts,
        singles=singles_of(digest.witnesses, counts),
    )


def singles_of(witnesses: Iterable[Witness], counts: Mapping[str, int]) -> dict[str, tuple[Segment, ...]]:
    """Return the sentences of each telling that no other carries, by siglum.

    :param counts: sentence → in how many tellings its statement stands; 1 where nothing is known of it.
    """
    return {w.sigil: tuple([s for s in w.segments if counts.get(s.id, 1) == 1]) for w in witnesses}


def places_of(segments: Mapping[str, Segment], tellers: Mapping[str, Teller]) -> dict[str, Place]:
    """Return where sentences stand, by their ids."""
    return {name: _place(t := tellers[one.sigil], name, f"{t.page}#{name}") for name, one in segments.items()}


def _moved(pairs: Sequence[Pair]) -> frozenset[str]:
    links = Counter(s for pair in pairs for link in pair.links for s in (*link.old, *link.new))
    moved = Counter(s for pair in pairs for link in pair.links if link.moved for s in (*link.old, *link.new))
    return frozenset(sentence for sentence, count in moved.items() if 2 * count > links[sentence])


def printed_pairs(pairs: Sequence[Pair], config: Config) -> tuple[Pair, ...]:
    """Return the pairs that get a page, in their own order: all up to a limit, above it each telling's nearest ones.

    Rounds are made of them, each telling's nearest, then each one's second nearest and so on, until the limit is
    reached; within a round the most similar pair comes first.
    """
    limit = config.pairs_per_story
    if not limit or len(pairs) <= limit:
        return tuple(pairs)
    rank: Counter[str] = Counter()
    rounds: dict[tuple[str, str], tuple[int, int]] = {}
    for pair in sorted(pairs, key=lambda pair: (-pair.similarity, pair.old, pair.new)):
        rounds[pair.old, pair.new] = min(rank[pair.old], rank[pair.new]), len(rounds)
        rank.update((pair.old, pair.new))
    printed = frozenset(sorted(rounds, key=lambda key: rounds[key])[:limit])
    return tuple(pair for pair in pairs if (pair.old, pair.new) in printed)


def teller_of(witness: Witness, library: Library, story: str, config: Config, words: Words = ENGLISH) -> Teller:
    """Return a telling as pages name it; nothing is guessed for an article that nobody attributes.

    A language that was found, not stated, is marked where it is not the site's own.
    """
    article = witness.article
    outlet = outlet_of(article, library)
    own = witness.language.partition("-")[0] == config.language.partition("-")[0]
    language = language_of(article.language or ("" if own else witness.language))
    name = outlet.name if outlet else article.outlet
    return Teller(
        sigil=witness.sigil,
        name=name or words.gettext("Unattributed (%(label)s)", label=article.label),
        page=links.telling_page(story, article.slug),
        outlet_page=links.outlet_page(outlet.slug) if outlet else "",
        language=language,
        direction=direction_of(language or (config.language if own else "")),
        rights=article.rights,
    )


def language_of(stated: str) -> str:
    """Return a language tag fit for an attribute, or nothing."""
    return stated if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", stated) else ""


def direction_of(language: str) -> Direction:
    """Return the direction in which a language is written; `auto` where no language is stated."""
    if not language_of(language):
        return "auto"
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"
