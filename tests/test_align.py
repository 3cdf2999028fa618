"""Alignment: the same statement is found wherever it stands, and different ones stay apart."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare.align import align, align_story, marked, score_matrices
from generator.compare.order import expected
from generator.compare.repeats import self_repeats
from generator.compare.sentences import sentences
from generator.compare.words import word_pairs
from generator.model import Link

SEEDS = Path(__file__).parent.parent / "seeds"

COURIER = (
    "The harbour bridge closed to lorries on Monday after an inspection found cracks in four of its bearings.",
    "“We did not see any danger to cars today,” city engineer Ada Okafor told reporters.",
    "The repair will cost $4.2 million, the council said.",
    "Fishermen at Kerr fear for their evening trade.",
    "Ferry traffic is to double from Wednesday.",
)
BLOG = (
    "Ferry traffic will double from Wednesday, the port office announced.",
    "An inspection has found cracks in the bearings of the harbour bridge, which is closed to lorries.",
    "Engineer Ada Okafor “did not see any danger to cars.”",
    "According to the council, repairs are estimated at $4.2 million.",
    "A jazz festival opens in the old granary next week.",
)
RADIO = (
    "Lorries may no longer cross the harbour bridge after cracks were found in four bearings on Monday.",
    "Okafor, the city engineer, sees no danger to cars.",
    "The council puts the cost of the repair at $4.2 million.",
)
SENTENCES = st.lists(st.sampled_from([*COURIER, *BLOG, *RADIO, "", "…", "Yes."]), max_size=6)


def _pairs(links: tuple[Link, ...] | list[Link]) -> set[tuple[int, int]]:
    return {(i, j) for link in links for i in link.old for j in link.new}


def test_finds_statements_in_any_order() -> None:
    """Sentences are matched by what they say; news of other matters stays alone."""
    assert _pairs(align(COURIER, BLOG)) == {(0, 1), (1, 2), (2, 3), (4, 0)}


def test_marks_what_moved() -> None:
    """Of crossing links the fewest are marked as moved."""
    assert [link.old for link in align(COURIER, BLOG) if link.moved] == [(4,)]


def test_a_text_matches_itself() -> None:
    """Each sentence of a text matches itself, surely and unmoved."""
    found = align(COURIER, COURIER)
    assert {(n, n) for n in range(len(COURIER))} <= _pairs(found)
    assert all(link.score > 0.9 and not link.moved for link in found if link.old == link.new)


def test_one_sentence_may_match_two() -> None:
    """A sentence that was split in two matches both halves."""
    whole = "The bridge closed on Monday after an inspection, and ferry traffic will double from Wednesday."
    halves = ("The bridge closed on Monday after an inspection.", "Ferry traffic will double from Wednesday.")
    assert _pairs(align(["Nobody was hurt.", whole], halves)) == {(1, 0), (1, 1)}


@pytest.mark.parametrize(("one", "other"), [("off guard", "off-guard"), ("dire", "dire")])
def test_a_shared_phrase_is_no_match(one: str, other: str) -> None:
    """In the demo two things are said in the same words of two matters, and stay apart."""
    texts = [
        [sentence for line in path.read_text(encoding="utf-8").split("\n") for sentence in sentences(line)]
        for path in sorted(SEEDS.glob("00[34]_*"))
    ]
    apart = {(i, j) for i, s in enumerate(texts[0]) if one in s for j, t in enumerate(texts[1]) if other in t}
    assert apart
    assert not apart & _pairs(align_story(texts)[0, 1])


def test_spelling_is_no_obstacle() -> None:
    """American and British spelling, and names transcribed differently, still match."""
    american = ["President Zelensky praised the air defense program of the harbor."]
    assert _pairs(align(american, ["President Zelenskyy praised the air defence programme of the harbour."])) == {
        (0, 0)
    }


def test_the_order_of_articles_makes_no_difference() -> None:
    """Any permutation of a story's articles gives the same links."""
    texts = [COURIER, BLOG, RADIO]
    expected = align_story(texts)
    for order in permutations(range(3)):
        found = align_story([texts[n] for n in order])
        for (i, j), links in found.items():
            pairs = _pairs(links) if order[i] < order[j] else {(b, a) for a, b in _pairs(links)}
            low, high = sorted((order[i], order[j]))
            assert pairs == _pairs(expected[low, high])


@settings(max_examples=30, deadline=None)
@given(st.lists(SENTENCES, max_size=4))
def test_any_texts(texts: list[list[str]]) -> None:
    """Any texts can be aligned; indices exist, scores lie between 0 and 1, links ascend."""
    for (i, j), links in align_story(texts).items():
        assert [link.old for link in links] == sorted(link.old for link in links)
        for link in links:
            assert 0 <= link.score <= 1
            assert max(link.old) < len(texts[i])
            assert max(link.new) < len(texts[j])


def _crosses(one: Link, other: Link) -> bool:
    return (one.old[0] - other.old[0]) * (one.new[0] - other.new[0]) < 0


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=9))
def test_without_what_moved_nothing_crosses(pairs: set[tuple[int, int]]) -> None:
    """The links that are not marked as moved cross nowhere, and without crossings none is marked."""
    found = marked([Link((i,), (j,), 0.5) for i, j in sorted(pairs)])
    kept = [link for link in found if not link.moved]
    assert not any(_crosses(one, other) for one in kept for other in kept)
    if not any(_crosses(one, other) for one in found for other in found):
        assert len(kept) == len(found)


def test_a_digest_repeats_its_own_body() -> None:
    """Sentences of a digest are repeats of the body's, wherever the digest stands."""
    digest = [
        "The repair will cost $4.2 million.",
        "Ferry traffic is to double from Wednesday.",
        "Fishermen at Kerr fear for their trade.",
    ]
    body = [COURIER[0], COURIER[3], "Nobody was hurt.", COURIER[4], "Marsh has left for the city.", COURIER[2]]
    assert {(0, 8), (1, 6), (2, 4)} == {(repeat, of) for repeat, of, _ in self_repeats([*digest, *body])}
    assert {(6, 5), (7, 3), (8, 1)} == {(repeat, of) for repeat, of, _ in self_repeats([*body, *digest])}


def test_a_telling_without_repeats() -> None:
    """Different statements of one article are not taken for repeats."""
    assert self_repeats(COURIER) == ()


def test_words_that_correspond() -> None:
    """Words correspond across inflection, order and synonyms."""
    old = "the port paused all shipments on friday".split()
    new = "on friday , shipment was halted by the port".split()
    found = {(old[i], new[j]) for i, j in word_pairs(old, new)}
    assert {("port", "port"), ("shipments", "shipment"), ("friday", "friday"), ("paused", "halted")} <= found
    assert word_pairs([], new) == []


ENGINEER = [
    "The engineer told the council to keep lorries off, for hairline cracks in four bearings of the bridge.",
    "The ferry will sail twice as often from Wednesday.",
]
COUNCIL = [
    "Four bearings of the bridge show hairline cracks, which led the council to send lorries round by Osthavn.",
    "Schools stay open.",
]
HAULIERS = [
    "Tickets are valid on all boats.",
    "The council will send all lorries round by Osthavn, a detour of two hours for hauliers.",
]


def test_a_third_telling_joins_two() -> None:
    """Two sentences that a third telling says together are likelier to say the same, and never less likely."""
    pair = score_matrices([ENGINEER, HAULIERS])[0, 1]
    story = score_matrices([ENGINEER, HAULIERS, COUNCIL])[0, 1]
    assert story[0][1] > pair[0][1]


def test_two_strangers_with_a_word_in_common_are_not_linked() -> None:
    """Sentences of which each names somebody else, and that share a phrase only, say different things."""
    old = ["The harbour office’s account of the accident painted a bleak picture.", "Nobody was hurt in Bergvik."]
    new = ["Nobody in Bergvik was hurt.", "The Port of Osthavn has yet to issue its own account of the accident."]
    old[0] = old[0].replace("harbour office", "Bergvik Courier")
    assert {(link.old, link.new) for link in align(old, new)} == {((1,), (0,))}


def test_what_resembles_a_repeat_resembles_what_it_repeats() -> None:
    """A sentence gains by its own telling's digest of it, which itself is linked to nothing."""
    long = (
        "The ferry will take lorries from Monday on, after weeks of quarrels in the town hall about money and the"
        " state of the old quay, which engineers had called unsafe in spring."
    )
    telling = [long, "Nobody was hurt.", "The port said lorries may use the ferry from Monday."]
    other = ["Hauliers are angry.", "From Monday lorries may use the ferry, the port said."]
    with_repeat = score_matrices([telling, other], repeats=[{2: 0}, {}])[0, 1]
    without = score_matrices([telling[:2], other], repeats=[{}, {}])[0, 1]
    assert [len(row) for row in with_repeat] == [2, 2]
    assert with_repeat[0][1] > without[0][1]
    links = align_story([telling, other], repeats=[{2: 0}, {}])[0, 1]
    assert [(link.old, link.new) for link in links] == [((0,), (1,))]


def test_an_article_that_repeats_itself_links_as_if_it_did_not() -> None:
    """Sentences said again, word for word, change neither the links of what they repeat nor their scores."""
    once = align_story([ENGINEER, HAULIERS, COUNCIL], repeats=[{}, {}, {}])
    size = len(ENGINEER)
    twice = align_story(
        [[*ENGINEER, *ENGINEER], HAULIERS, COUNCIL], repeats=[{size + n: n for n in range(size)}, {}, {}]
    )
    assert twice == once


def test_long_texts_stay_within_the_range_of_numbers() -> None:
    """However long two texts are, and however well or badly they fit, what is expected of their order is finite."""
    for fit, least in ((20.0, 0.9), (-20.0, 0.0)):
        odds = [[fit if row == column else -8.0 for column in range(150)] for row in range(150)]
        along, across = expected(odds)
        assert all(least <= along[n][n] <= 1 and least <= across[n][n] <= 1 for n in range(150))
        assert all(sum(row) <= 1 + 1e-9 for row in (*along, *zip(*across, strict=True)))


@pytest.mark.parametrize("marks", ["“”", "‘’", "''"])
def test_words_quoted_between_any_marks_are_evidence(marks: str) -> None:
    """The same words of a witness link two sentences that share no others, whichever marks stand about them."""
    before, after = marks
    one = f"{before}We heard a bang, and then the windows were gone,{after} said Ivor Berg, 61, of Tanner Street."
    other = (
        "‘We heard a bang and then the windows were gone,’ the 61-year-old told us on Friday outside a sports hall,"
        " where he and some 200 neighbours had been given blankets and tea."
    )
    around = [
        "The fire began at three.",
        "Nobody goes back until the air is clean.",
        "It took six hours to put it out.",
    ]
    assert ((3,), (0,)) in [(link.old, link.new) for link in align([*around, one], [other, *around])]
