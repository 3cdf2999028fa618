"""Sentences that repeat another of their own telling, and the shortcut past those that cannot."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare.ceilings import within_reach
from generator.compare.profiles import profiles, traits
from generator.compare.repeats import repeats_of, self_repeats
from generator.compare.similarity import odds_within

#: Words that share beginnings, ideas, stems, trigrams; names, figures, stop words and quotation marks among them.
WORDS = (
    "harbour harbours harbouring bridge mayor ferry council councillor engineer engineers crane lorries quay Okafor"
    " Kerr’s said closed shut opened halted 40 two two’s 4.2 first the a of it its all’s “no danger” ’s — US us 東"
)
SENTENCES = st.lists(
    st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join) | st.text(max_size=12), min_size=1, max_size=7
)


@settings(max_examples=150, deadline=None)
@given(SENTENCES, st.floats(-8, 7))
def test_what_is_out_of_reach_shows_less(text: list[str], least: float) -> None:
    """Of the pairs that are said to be out of reach none shows as much as is asked for."""
    reached = set(within_reach([traits(sentence) for sentence in text], least))
    for b, row in enumerate(odds_within(profiles([text])[0])):
        assert {(a, b) for a, value in enumerate(row) if value > least} <= reached


@settings(max_examples=100, deadline=None)
@given(SENTENCES, st.lists(st.integers(0, 6), max_size=12))
def test_repeats_are_those_that_all_profiles_show(text: list[str], again: list[int]) -> None:
    """A telling's repeats are those that are found when each of its sentences is held against each."""
    told = [*text, *[text[n % len(text)] for n in again]]
    looks = list(map(traits, told))
    assert self_repeats(told) == tuple(repeats_of(dict(enumerate(profiles([told])[0])), looks))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BP shares rose 3% on Monday.", "BP shares rose 2% on Tuesday."),
        ("Trains from Leeds were delayed by an hour.", "Trains from York were delayed by two hours."),
        ("The court sentenced Mr Adams to prison.", "The court sentenced Ms Brown to prison."),
        ("The firm has a fund of 20 million crowns.", "The firm has a fund of 8 million crowns."),
        ("Ada Stone could not be reached for comment.", "Ben Hill could not be reached for comment."),
    ],
)
def test_the_like_of_different_things_is_no_repeat(one: str, other: str) -> None:
    """What is said with other figures, or of other people and places, repeats nothing, however alike its words."""
    rest = ["The mayor spoke of a hard night.", "Buses ran as planned.", "Nobody was hurt when the crane fell."]
    assert self_repeats([one, *rest, other]) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Stone was sentenced to 4 years.", "The court in Kerr sentenced Ada Stone, 41, to 4 years in prison."),
        ("The repair will cost $4.2 million.", "The repair will cost some $4.2 million, the council said."),
        ("Hill: “They have no place in our town.”", "On Monday Stone quoted him: “They have no place in our town.”"),
        ("No lorry may cross the old bridge.", "No lorry may cross the old bridge from Monday on, Ada Stone said."),
    ],
)
def test_the_same_in_more_words_is_a_repeat(one: str, other: str) -> None:
    """A statement is repeated where one of the two says more, or names who is quoted otherwise."""
    rest = ["The mayor spoke of a hard night.", "Buses ran as planned.", "Nobody was hurt when the crane fell."]
    assert [(repeat, of) for repeat, of, _ in self_repeats([one, *rest, other])] == [(0, 4)]


def test_different_statements_are_out_of_reach() -> None:
    """Sentences with little in common but the words of any text need not be held against each other."""
    text = [
        "The ferry will run twice an hour from Wednesday.",
        "Nobody was hurt when the crane fell.",
        "Lorries may not cross the bridge, which closed on Monday.",
    ]
    assert within_reach([traits(sentence) for sentence in text], 1.0) == []
    assert within_reach([traits(sentence) for sentence in [*text, text[1]]], 1.0) == [(1, 3)]
