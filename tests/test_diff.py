"""Word differences: both texts can be read off, and a reader can follow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.chains import LEAP, chain
from generator.compare.diff import blocks, blocks_of, changes, shared, word_changes, wording
from generator.compare.printed import bounds, bounds_before, printed, whole
from generator.compare.text import is_word
from generator.compare.tokens import tokens
from generator.compare.worthwhile import alike
from generator.model import Change

TEXT = st.text(alphabet=" ab,.’'\"-—\n\u00a0AB\u200b中é", max_size=40)
WORDS = st.lists(st.sampled_from(["a", "b", "the", ",", "c"]), max_size=14)


SENTENCE = st.lists(
    st.sampled_from(
        [*"a the of and Mr. mr. U.S. J. cat Cat CAT dog boat “boat” sea-side and, dog, sat. 3.5 -".split()]
    ),
    max_size=40,
).map(" ".join)


def _shown(found: Sequence[Change]) -> str:
    signs = {"equal": "{new}", "insert": "{{+{new}+}}", "delete": "[-{old}-]", "replace": "[-{old}-]{{+{new}+}}"}
    return "".join(signs[change.op].format(old=change.old, new=change.new) for change in found)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a red boat", "a blue boat", "a [-red -]{+blue +}boat"),
        ("a boat", "a small boat", "a {+small +}boat"),
        ("the small boat", "the boat", "the [-small -]boat"),
        ("“No,” she said", '"no," she said', '"no," she said'),
        ("The Council met", "the council met", "the [-Council-]{+council+} met"),
        ("in the case, he", "in the scenario, he", "in the [-case, -]{+scenario, +}he"),
        ("at that time he", "at that time, he", "at that [-time -]{+time, +}he"),
        ("the cat sat", "the cat, which purred, sat", "the cat{+, which purred, +}sat"),
        ("Ask Ruth of Kerr today", "Write Anna of Marsh now", "[-Ask Ruth of Kerr today-]{+Write Anna of Marsh now+}"),
        ("we saw the sea and the sky", "we saw the sea", "we saw the sea[- and the sky-]"),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("桥已关闭", "桥未关闭", "桥[-已-]{+未+}关闭"),
    ],
)
def test_reads_well(old: str, new: str, expected: str) -> None:
    """Whole words and phrases are changed; case and marks that look alike are not."""
    assert expected.replace(" ", "") == _shown(word_changes(old, new)).replace(" ", "")


@given(TEXT, TEXT)
def test_rebuilds_both_texts(old: str, new: str) -> None:
    """The changes hold both texts, equal and changed parts taking turns."""
    for found in (changes(tokens(old), tokens(new)), shared(tokens(old), tokens(new))):
        assert (old, new) == ("".join(change.old for change in found), "".join(change.new for change in found))
        assert all((one.op == "equal") != (two.op == "equal") for one, two in pairwise(found))
        assert all(change.old or change.new for change in found)


@given(TEXT)
def test_a_text_equals_itself(text: str) -> None:
    """Compared with itself, a text has one equal part, or none where it is empty."""
    assert [Change("equal", text, text)] * bool(text) == word_changes(text, text)


@given(WORDS, WORDS)
def test_close_to_the_minimal_difference(old: list[str], new: list[str]) -> None:
    """Equal runs really are equal and ascend, and together are no longer than the longest common subsequence."""
    found = blocks(old, new)
    assert all(old[i : i + size] == new[j : j + size] for i, j, size in found)
    assert all(a + size <= c and b + size <= d for (a, b, size), (c, d, _) in pairwise(found))
    assert sum(size for _, _, size in found) <= _longest_common(old, new)


@given(TEXT, TEXT)
def test_equal_runs_of_texts_are_those_of_their_tokens(old: str, new: str) -> None:
    """Runs are told by the places of all tokens, those without a norm among them."""
    assert blocks_of(old, new) == blocks(*([token.norm for token in tokens(text)] for text in (old, new)))


def _longest_common(old: Sequence[str], new: Sequence[str]) -> int:
    row = [0] * (len(new) + 1)
    for one in old:
        before = row[:]
        for j, two in enumerate(new):
            row[j + 1] = before[j] + 1 if one == two else max(row[j], before[j + 1])
    return row[-1]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The ferry runs twice a day.", "The ferry runs three times a day.", True),
        ("The ferry runs.", "The ferry runs from the old pier to the new one and back, said Hall.", True),
        ("Nobody knows why the gate is shut.", "The mayor left for the city, and the ferry stays.", False),
    ],
)
def test_whether_a_diff_says_anything(old: str, new: str, *, expected: bool) -> None:
    """Two wordings are worth a word diff when many of the words stay, or one is the other with additions."""
    assert expected is alike(word_changes(old, new))


@given(SENTENCE, SENTENCE)
def test_unlike_texts_are_told_as_such_however_soon(old: str, new: str) -> None:
    """A wording is a readable diff where this says anything, and else what the texts share."""
    found = tuple(word_changes(old, new))
    is_alike = old == new or alike(found)
    assert wording(old, new) == (is_alike, found if is_alike else shared(tokens(old), tokens(new)))


@given(TEXT, st.data())
def test_counts_whole_printed_words(text: str, data: st.DataObject) -> None:
    """Printed words stand wholly in a run if they begin and end in it."""
    side = printed(tokens(text))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(side.norms))] * 2)))
    before = bounds_before(side)
    inside = sum(start <= a and b <= end for a, b in pairwise(bounds(side)) if a < b)
    assert whole(before, before, [(start, start, end - start)]) == (2 * inside,)


@given(WORDS, WORDS)
def test_keeps_what_is_worth_most_less_the_price_of_leaps(old: list[str], new: list[str]) -> None:
    """No chain of equal runs is worth more than the one that is found, whose runs are equal and do not touch."""

    @cache
    def best(i: int, j: int, *, goes_on: bool) -> float:
        if i == len(old) or j == len(new):
            return 0.0
        left = max(best(i + 1, j, goes_on=False), best(i, j + 1, goes_on=False))
        if old[i] != new[j]:
            return left
        return max(left, _WORTH[old[i]] - LEAP * (not goes_on) + best(i + 1, j + 1, goes_on=True))

    found = chain(old, new, _WORTH.__getitem__)
    assert all(old[i : i + size] == new[j : j + size] for i, j, size in found)
    assert all(
        a + size <= c and b + size <= d and (a + size, b + size) != (c, d)
        for (a, b, size), (c, d, _) in pairwise(found)
    )
    kept = sum(_WORTH[norm] for at, _, size in found for norm in old[at : at + size])
    assert kept - LEAP * len(found) == pytest.approx(best(0, 0, goes_on=False))


_WORTH = {"a": 1.0, "b": 0.9, "the": 0.7, ",": 0.2, "c": 1.0}


def test_shared_words_say_something() -> None:
    """Only runs with a word of substance are marked as shared."""
    found = shared(tokens("The mayor of Kerr and the ferry"), tokens("A ferry and the boats of Marsh"))
    assert all(any(map(is_word, change.old)) for change in found if change.op == "equal")
    assert not [change for change in found if change.op == "equal" and change.old.strip() in {"of", "and the"}]
