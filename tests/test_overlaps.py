"""Shingles of pairs of texts: counted by arrays they are as many as by sets."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare import overlaps, readings
from generator.compare.duplicates import shingles
from tests.test_copies import planted
from tests.test_samples import TEXTS

np = pytest.importorskip("numpy")


def agree(texts: list[str], pairs: list[tuple[int, int]]) -> int:
    """Make sure that what is counted is what sets hold; return of how many pairs it is."""
    sets = list(map(shingles, texts))
    found = list(overlaps.Overlaps(np, texts.__getitem__).counts(pairs))
    plain = [(len(sets[i]), len(sets[j]), len(sets[i] & sets[j])) for i, j in pairs]
    assert [one or other for one, other in zip(found, plain, strict=True)] == plain
    return sum(one is not None for one in found)


@settings(deadline=None, max_examples=60)
@given(st.lists(TEXTS, min_size=2, max_size=6))
def test_arrays_count_what_sets_hold(texts: list[str]) -> None:
    """Whatever stands in texts, as many shingles are counted in one, in the other and in both as there are."""
    agree(texts, list(combinations(range(len(texts)), 2)))


@pytest.mark.parametrize(
    ("characters", "words", "remembered"), [(1 << 16, 6000, 100), (2000, 6000, 1), (5000, 150, 1 << 17)]
)
def test_texts_are_read_in_parts(monkeypatch: pytest.MonkeyPatch, characters: int, words: int, remembered: int) -> None:
    """However many texts are read together, and words told apart and remembered, what is counted is the same."""
    monkeypatch.setattr(overlaps, "_CHARACTERS", characters)
    monkeypatch.setattr(overlaps, "_BASE", words)
    monkeypatch.setattr(readings, "_WORDS", remembered)
    texts = planted((8, 30, 125, 140, 300))[:60]
    pairs = list(combinations(range(len(texts)), 2))[::7]
    assert 0 < agree(texts, pairs) <= len(pairs)


def test_what_cannot_be_told_apart_is_left_to_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two texts with too many different words nothing is counted, nor of a text too short for a shingle."""
    monkeypatch.setattr(overlaps, "_BASE", 8)
    texts = ["a b c d e f", "a b c d e g", "h i j k l m", "a b"]
    found = overlaps.Overlaps(np, texts.__getitem__).counts([(0, 1), (0, 2), (1, 2), (2, 3)])
    assert list(found) == [(2, 2, 1), None, None, None]
