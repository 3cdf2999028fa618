"""Stories of many tellings: what is counted for all sentences at once is what is counted for each alone."""

from __future__ import annotations

import math
import random
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare import similarity
from generator.compare.align import align_story
from generator.compare.nearest import ENOUGH, nearest, voices
from generator.compare.passages import Edge, passages_of
from generator.compare.profiles import FIGURE, QUOTED, UNIT, Profile, profiles
from generator.compare.similarity import odds, odds_within
from generator.compare.thirds import thirds_of
from generator.compare.witness import witnesses_of
from generator.model import Article

WORDS = (
    "harbour bridge mayor ferry council councillor engineer crane lorries quay Okafor Kerr said closed shut opened"
    " halted 40 two “no danger”"
)
SENTENCES = st.lists(
    st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=9).map(" ".join), min_size=1, max_size=5
)


def _tellings(count: int) -> list[list[str]]:
    chance = random.Random(count)  # noqa: S311 - the same tellings every time
    told = [" ".join(chance.choices(WORDS.split(), k=9)) + "." for _ in range(6)]
    own = [" ".join(chance.choices(WORDS.split(), k=9)) + "." for _ in range(count)]
    return [[*chance.sample(told, 3), alone] for alone in own]


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCES, min_size=2, max_size=4))
def test_blocks_of_any_size_show_the_same(texts: list[list[str]]) -> None:
    """What two sentences show does not depend on how many others they are looked at with."""
    found = profiles(texts)
    every, within = odds(found), [odds_within(text) for text in found]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(similarity, "_AT_ONCE", 2)
        assert odds(found) == every
        assert [odds_within(text) for text in found] == within


def _akin(one: Profile, other: Profile) -> int:
    """Return what the words of a sentence weigh that the other has not, but has words akin to."""
    weighed = 0
    for kin in one.kin:
        if kin.word not in other.content and kin.by_idea & other.content.keys():
            weighed += round(similarity.BY_IDEA * kin.weight)
        elif kin.word not in other.content and kin.by_beginning & other.content.keys():
            weighed += round(similarity.BY_BEGINNING * kin.weight)
    return weighed


def _said(one: Profile, other: Profile) -> float:
    """Return what two sentences' words that say something speak for their saying the same."""
    both = one.content.keys() & other.content.keys()
    common = sum(one.content[word] for word in both)
    mine, theirs = (common + _akin(one, other)) / one.mass, (common + _akin(other, one)) / other.mass
    found = similarity.MOST_COVERED * max(mine, theirs) + similarity.COVERED * math.sqrt(mine * theirs)
    found += similarity.COMMON * math.log1p(common / UNIT)
    if names := one.names.keys() & other.names.keys():
        lighter = min(one.names_mass, other.names_mass)
        found += similarity.NAMES * (math.fsum(one.names[name] for name in names) / lighter)
    elif common and len(both) <= similarity.HARDLY and one.names and other.names:
        found -= similarity.STRANGERS
    pairs = sum(one.pairs[pair] for pair in one.pairs.keys() & other.pairs.keys())
    found += similarity.PAIRS * (pairs / min(one.pairs_mass, other.pairs_mass)) if pairs else 0.0
    kinds = {kind for kind, _ in set(one.marks) & set(other.marks)}
    found += similarity.FIGURES if FIGURE in kinds else 0.0
    quoted = sum(one.quoted[word] for word in one.quoted.keys() & other.quoted.keys())
    return found + (similarity.QUOTES * math.log1p(quoted / UNIT) if QUOTED in kinds else 0.0)


def _plainly(one: Profile, other: Profile) -> float:
    """Return the log-odds that two sentences say the same, counted for them alone."""
    weights = dict(zip(other.trigrams, other.weights, strict=True))
    dot = sum(weight * weights.get(trigram, 0) for trigram, weight in zip(one.trigrams, one.weights, strict=True))
    apart = abs(math.log(one.length + 1) - math.log(other.length + 1))
    by_word = 2 * similarity.WORDS / (one.length + other.length) * len(set(one.words) & set(other.words))
    found = similarity.CONSTANT + similarity.LENGTH * apart + by_word + similarity.DOT * dot / (UNIT * UNIT)
    return found + _said(one, other)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCES, min_size=2, max_size=3))
def test_sentences_counted_at_once_show_what_two_alone_do(texts: list[list[str]]) -> None:
    """What is counted for many sentences in one number is what is counted for each two of them by themselves."""
    found = profiles(texts)
    for (i, j), matrix in odds(found).items():
        assert matrix == [[_plainly(one, other) for other in found[j]] for one in found[i]]
    for text in found:
        assert odds_within(text) == [[_plainly(one, other) for other in text[:n]] for n, one in enumerate(text)]


@settings(max_examples=40, deadline=None)
@given(SENTENCES, SENTENCES)
def test_evidence_is_symmetric(one: list[str], other: list[str]) -> None:
    """Two sentences show as much to each other, whichever is held against which."""
    there, back = odds(profiles([one, other]))[0, 1], odds(profiles([other, one]))[0, 1]
    assert there == [list(row) for row in zip(*back, strict=True)]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_third_tellings_join_by_their_best_sentence(data: st.DataObject) -> None:
    """Of each third telling that is heard the sentence counts that joins two best, all together two at most."""
    sizes = data.draw(st.lists(st.integers(0, 3), min_size=3, max_size=5))
    heard = data.draw(st.sets(st.integers(0, len(sizes) - 1)))
    chances = st.floats(0, 1)
    likely = {
        (i, j): [[data.draw(chances) for _ in range(sizes[j])] for _ in range(sizes[i])]
        for i, j in combinations(range(len(sizes)), 2)
    }

    def joined(i: int, a: int, k: int, c: int) -> float:
        value = likely[i, k][a][c] if i < k else likely[k, i][c][a]
        return value if value >= 0.01 else 0.0

    found = thirds_of(likely, sizes, sorted(heard))
    for (i, j), matrix in likely.items():
        for a, row in enumerate(matrix):
            for b in range(len(row)):
                best = [
                    max((min(joined(i, a, k, c), joined(j, b, k, c)) for c in range(sizes[k])), default=0.0)
                    for k in heard - {i, j}
                ]
                assert found[i, j][a][b] == pytest.approx(min(2.0, sum(best)), abs=1e-7)


def test_many_tellings_are_aligned_in_any_order_alike() -> None:
    """Beyond a dozen tellings, too, no order of them changes which sentences are linked."""
    texts = _tellings(ENOUGH + 3)
    links = align_story(texts)
    backward = align_story(texts[::-1])
    last = len(texts) - 1
    for (i, j), found in links.items():
        turned = {(link.new, link.old, link.score) for link in backward[last - j, last - i]}
        assert {(link.old, link.new, link.score) for link in found} == turned


def test_a_dozen_tellings_are_asked_everything() -> None:
    """Up to twelve tellings all pairs are read in order, and all are heard as third ones."""
    closeness = dict.fromkeys(combinations(range(ENOUGH), 2), 0.1)
    assert nearest(closeness, ENOUGH) == closeness.keys()
    assert voices(closeness, [["Yes."]] * ENOUGH) == tuple(range(ENOUGH))


def test_voices_speak_for_every_camp() -> None:
    """Of many tellings in two camps some of each are heard, the same ones in any order."""
    camps = [0] * 16 + [1] * 4
    texts = [[f"Telling {number} of camp {camp}."] for number, camp in enumerate(camps)]

    def heard(order: list[int]) -> set[str]:
        close = {
            (i, j): 0.8 if camps[order[i]] == camps[order[j]] else 0.1 for i, j in combinations(range(len(order)), 2)
        }
        return {texts[order[n]][0] for n in voices(close, [texts[number] for number in order])}

    found = heard(list(range(20)))
    assert len(found) == ENOUGH
    assert {name[-2] for name in found} == {"0", "1"}
    assert all(heard([*start, *range(3, 20)]) == found for start in permutations(range(3)))


EDGES = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] // 3 < pair[1] // 3),
    st.sampled_from([0.0, 0.1, 0.2, 0.4, 0.6, 0.9]),
)


@settings(max_examples=100, deadline=None)
@given(EDGES)
def test_links_of_groups_are_those_of_their_sentences(edges: dict[tuple[int, int], float]) -> None:
    """Sentences are gathered as if the links between two groups were counted anew whenever one might take the other."""
    witnesses = witnesses_of([Article(slug=f"{n}", body=f"One {n}. Two {n}. Three {n}.") for n in range(4)])
    names = [segment for witness in witnesses for segment in witness.segments]
    found = passages_of(
        witnesses,
        [Edge(names[one].id, names[two].id, score) for (one, two), score in edges.items()],
        {},
        {witness.sigil: witness.sigil for witness in witnesses},
    )
    groups = [{n} for n in range(len(names))]
    ranked = sorted(edges, key=lambda pair: (-edges[pair], sorted(names[n].text for n in pair)))
    for one, two in ranked:
        left, right = (next(group for group in groups if n in group) for n in (one, two))
        pairs = [tuple(sorted((a, b))) for a in left for b in right if a // 3 != b // 3]
        scores = [edges.get(pair, 0.0) for pair in pairs]
        if left is not right and sum(score > 0 for score in scores) >= (0.25 if max(scores) >= 0.4 else 0.5) * len(
            pairs
        ):
            groups.remove(right)
            left |= right
    assert {frozenset(passage.sentences) for passage in found} == {
        frozenset(names[n].id for n in group) for group in groups
    }
