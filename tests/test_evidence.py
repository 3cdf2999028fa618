"""How much sentences say the same, told by arrays: the same as without them, to the last bit."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare import evidence, repeats
from generator.compare import holdings as holding
from generator.compare.arrays import numbers
from generator.compare.evidence import Shown, across, within
from generator.compare.holdings import holdings
from generator.compare.profiles import profiles, trigrams_of
from generator.compare.repeats import repeats_within
from generator.compare.similarity import odds, odds_within

pytest.importorskip("numpy", reason="numpy is not installed: pip install 'variorum[fast]'")
#: More steps than can be taken one after the other.
MANY = 10**12

#: Words that share beginnings, ideas, stems, trigrams; names, figures, stop words and quotation marks among them.
WORDS = (
    "harbour harbours harbouring bridge mayor ferry council councillor engineer engineers crane lorries quay Okafor"
    " Kerr’s Lund Ida said closed shut opened halted 40 two two’s 4.2 first the a of it its all’s “no danger” ’s — US"
    " us 東 aaaaaaaa"
)
SENTENCES = st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join) | st.text(max_size=12)


@st.composite
def stories(draw: st.DrawFn) -> list[list[str]]:
    """Return tellings that have sentences in common; one of them may be empty, or repeat itself."""
    common = draw(st.lists(SENTENCES, min_size=1, max_size=5))
    return draw(st.lists(st.lists(SENTENCES | st.sampled_from(common), max_size=8), min_size=1, max_size=5))


@pytest.fixture(autouse=True)
def _at_hand() -> None:
    """Have numpy imported, however small the work."""
    assert numbers(MANY)


def _across(texts: list[list[str]], again: list[set[int]]) -> dict[tuple[int, int], list[list[float]]]:
    """Return what the sentences of every two texts show, by arrays."""
    np = numbers(MANY)
    assert np
    whole = iter(np.split(across(holdings(np, texts), again), np.cumsum([len(text) for text in texts])[:-1]))
    rows = [np.split(own, np.cumsum([len(text) for text in texts])[:-1], axis=1) for own in whole]
    return {(i, j): rows[i][j].tolist() for i in range(len(texts)) for j in range(i + 1, len(texts))}


def _within(texts: list[list[str]]) -> list[tuple[list[Shown], list[float]]]:
    """Return what the sentences of each text show, however little, and what they weigh."""
    np = numbers(MANY)
    assert np
    return [
        (shown, masses[: len(text)])
        for text, (shown, masses) in zip(texts, within(holdings(np, texts), -math.inf), strict=True)
    ]


@settings(max_examples=60, deadline=None)
@given(stories(), st.data())
def test_tellings_show_each_other_the_same_by_arrays(texts: list[list[str]], data: st.DataObject) -> None:
    """Every two sentences of two tellings show as much by arrays as without, whatever repeats what."""
    again = [data.draw(st.sets(st.integers(0, len(text) - 1), max_size=2)) if text else set() for text in texts]
    assert _across(texts, again) == odds(profiles(texts, again))


@settings(max_examples=50, deadline=None)
@given(stories())
def test_sentences_of_a_telling_show_each_other_the_same_by_arrays(texts: list[list[str]]) -> None:
    """Every two sentences of one telling show as much by arrays as without, and weigh the same."""
    for text, (shown, masses) in zip(texts, _within(texts), strict=True):
        if len(text) > 1:
            own = profiles([text])[0]
            every = {(a, b): value for b, row in enumerate(odds_within(own)) for a, value in enumerate(row)}
            assert {(a, b): value for a, b, value in shown} == every
            assert masses == [one.mass for one in own]


@settings(max_examples=30, deadline=None)
@given(stories())
def test_repeats_are_the_same_without_numpy(texts: list[list[str]]) -> None:
    """Where numpy is not installed, the same sentences repeat others, as likely to the last bit."""
    found = repeats_within(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(repeats, "numbers", lambda _: None)
        assert repeats_within(texts) == found


@pytest.mark.parametrize(("many", "seldom"), [(100, 6), (1, 1), (1, 2)])
@settings(max_examples=20, deadline=None)
@given(texts=stories())
def test_matrices_are_multiplied_in_parts(many: int, seldom: int, texts: list[list[str]]) -> None:
    """However few columns are multiplied, and texts weighed, at a time, and sentences looked up, the result is one."""
    whole = _across(texts, [set() for _ in texts]), _within(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "_ROOM", 8)
        patch.setattr(evidence, "_TOGETHER", 40)
        patch.setattr(evidence, "_MANY", many)
        patch.setattr(evidence, "_SELDOM", seldom)
        assert (_across(texts, [set() for _ in texts]), _within(texts)) == whole


@given(st.lists(st.text(alphabet=" aab東\U0001f600", max_size=9), max_size=5))
def test_trigrams_are_counted_however_wide_their_signs_are(spelt: list[str]) -> None:
    """Each sentence has its own trigrams, each as often as it has, also where signs and sentences need many bits."""
    np = numbers(MANY)
    assert np
    wanted = [sorted(trigrams_of(one).values()) for one in spelt]
    with pytest.MonkeyPatch.context() as patch:
        for bits in (63, 8):
            patch.setattr(holding, "BITS", bits)
            rows, columns, different, often = holding._trigrams(np, spelt)
            assert [sorted(often[rows == n].tolist()) for n in range(len(spelt))] == wanted
            assert different == len({one[at : at + 3] for one in spelt for at in range(len(one) - 2)})
            assert sorted(set(columns.tolist())) == list(range(different))


def test_a_story_without_a_sentence_repeats_nothing() -> None:
    """Where there is no text, or none of them says anything, there is nothing to show."""
    assert repeats_within([]) == []
    assert repeats_within([[], []]) == [(), ()]
