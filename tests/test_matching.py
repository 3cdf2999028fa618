"""Equal runs of two sequences: as many words as possible while the table is small, and never a wrong one."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from generator.compare import matching
from generator.compare.matching import Run, fewest_changed, matching_runs


def _holds(old: Sequence[int], new: Sequence[int], runs: Sequence[Run]) -> int:
    """Assert that runs are equal, ascending and apart; return how many words they keep."""
    place = (0, 0)
    joined = True
    for a, b, size in runs:
        assert size > 0
        assert a >= place[0]
        assert b >= place[1]
        assert joined or (a, b) != place
        assert old[a : a + size] == new[b : b + size]
        place, joined = (a + size, b + size), False
    return sum(size for _, _, size in runs)


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_keeps_as_many_words_as_possible(old: list[int], new: list[int]) -> None:
    """While the table is small, the runs keep as many words as the longest common subsequence."""
    assert _holds(old, new, matching_runs(old, new)) == LCSseq.similarity(old, new)


@pytest.mark.parametrize("cells", [matching.CELLS, 8])
@given(old=st.lists(st.integers(0, 5)), new=st.lists(st.integers(0, 5)))
def test_counts_words_that_are_in_no_run(old: list[int], new: list[int], cells: int) -> None:
    """The fewest words that could be changed are those that the runs leave out, however long the texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "CELLS", cells)
        assert fewest_changed(old, new) == len(old) + len(new) - 2 * _holds(old, new, matching_runs(old, new))


def _text(length: int, seed: int) -> list[int]:
    chance = random.Random(seed)  # noqa: S311 - a text, not a secret
    return [int(chance.paretovariate(0.7)) % 4000 for _ in range(length)]


def _edited(words: Sequence[int], seed: int) -> list[int]:
    chance = random.Random(seed)  # noqa: S311
    out = list(words)
    for n in range(60):
        at = chance.randrange(len(out))
        out[at : at + chance.randrange(4)] = [5000 + n] * chance.randrange(3)
    return out


@pytest.mark.parametrize(
    ("old", "new", "share"),
    [
        pytest.param(_text(9000, 1), _edited(_text(9000, 1), 2), 0.999, id="a few edits"),
        pytest.param(_text(4500, 1) * 2, _edited(_text(4500, 1) * 2, 2), 0.999, id="every word repeated"),
        pytest.param(_text(9000, 1), _text(9000, 1)[5000:] + _text(9000, 1)[:5000], 0.99, id="two halves exchanged"),
        pytest.param(_text(9000, 1), _text(9000, 3), 0.6, id="unrelated"),
        pytest.param([1, 2] * 4000, [1] * 8000, 0.9, id="two words"),
        pytest.param([1] * 3, [2, 1] * 900_000, 0.9, id="a short and a very long one"),
    ],
)
def test_long_texts_keep_nearly_as_many(old: list[int], new: list[int], share: float) -> None:
    """Above the size of the table, texts are cut at anchors and keep nearly as many words as they could."""
    assert len(old) * len(new) > matching.CELLS
    assert _holds(old, new, matching_runs(old, new)) >= share * LCSseq.similarity(old, new)


@given(st.lists(st.integers(0, 30), max_size=80), st.lists(st.integers(0, 30), max_size=80), st.integers(1, 60))
def test_cutting_never_invents_a_run(old: list[int], new: list[int], cells: int) -> None:
    """However small the table, what is cut and compared in pieces gives true runs in order."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "CELLS", cells)
        patch.setattr(matching, "_PIECE", 3)
        _holds(old, new, matching_runs(old, new))


def test_a_text_against_itself_is_one_run() -> None:
    """A long text and itself share one run, the whole of it."""
    words = _text(50_000, 4)
    assert matching_runs(words, words) == [(0, 0, 50_000)]
