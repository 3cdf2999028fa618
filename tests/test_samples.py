"""Samples of many texts: taken and joined by arrays they are the same as one by one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare import duplicates, marks, readings, samples
from tests.test_bytewise import ODD
from tests.test_copies import edited, planted, telling

np = pytest.importorskip("numpy")

#: Signs that fold, part words or join their neighbours; and words, so that some texts are long enough for shingles.
TEXTS = st.one_of(
    st.text(alphabet=ODD + "\u0e01\u0e31", max_size=40),
    st.lists(st.sampled_from("It’s the ﬁfth Ångström abcdefghijklmnopqr é ½ x_y ÿ".split()), max_size=40).map(" ".join),
)


@pytest.fixture(scope="module")
def crowd() -> list[str]:
    """Return texts of all lengths, of which many are copies or excerpts, some word for word, and two are empty."""
    texts = planted((8, 30, 125, 140, 300))
    return [*texts[:150], "", *texts[:20], " ".join(telling(1, 3)), "…", *texts[:3]]


def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without numpy."""
    for room in (duplicates, marks):
        monkeypatch.setattr(room, "numbers", lambda _: None)


def taken(texts: Sequence[str]) -> list[list[int]]:
    """Return the columns of the samples that arrays take."""
    return [column.tolist() for column in samples.Sampler(np).samples(texts)]


def plainly(texts: Sequence[str]) -> list[list[int]]:
    """Return the columns of the samples that are taken one by one."""
    return [column.tolist() for column in samples.read(np, list(map(marks.marks, texts)))]


@settings(deadline=None, max_examples=40)
@given(st.lists(TEXTS, max_size=6))
def test_arrays_take_the_same_samples(texts: list[str]) -> None:
    """Whatever stands in texts, their samples are the same to the byte, taken at once or one by one."""
    assert taken(texts) == plainly(texts)


def test_samples_are_taken_in_parts(monkeypatch: pytest.MonkeyPatch, crowd: Sequence[str]) -> None:
    """However many characters are read together, the samples are the same; a hard text among them changes none."""
    whole = plainly(crowd)
    assert taken(crowd) == whole
    monkeypatch.setattr(samples, "_CHARACTERS", 1000)
    assert taken(crowd) == whole
    hard = [*crowd[:3], " ".join(["e\u0301te\u0301", *telling(5, 200)])]
    assert taken(hard) == plainly(hard)


def test_arrays_join_the_same_texts(monkeypatch: pytest.MonkeyPatch, crowd: Sequence[str]) -> None:
    """The same pairs are likely, however many keys are compared together."""
    sampled = list(map(marks.marks, crowd))
    one_by_one(monkeypatch)
    expected = marks.likely(sampled)
    assert len(expected) > len(crowd) / 2
    assert samples.likely(np, samples.read(np, sampled)) == expected
    monkeypatch.setattr(samples, "_KEYS", 7)
    monkeypatch.setattr(samples, "_NEAR", 7)
    assert samples.likely(np, samples.read(np, sampled)) == expected
    assert [samples.likely(np, samples.read(np, sampled[:few])) for few in (0, 1, 2)] == [
        [],
        [],
        marks.likely(sampled[:2]),
    ]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 200), st.sampled_from((0, 0.02, 0.1))), max_size=12))
def test_copies_of_all_kinds_are_joined_alike(kinds: list[tuple[int, int, float]]) -> None:
    """Copies, excerpts and unlike texts, short or long, in any number: the same pairs as one by one."""
    sampled = [marks.marks(" ".join(edited(telling(seed, length), length, share))) for seed, length, share in kinds]
    with pytest.MonkeyPatch.context() as patch:
        one_by_one(patch)
        expected = marks.likely(sampled)
    assert samples.likely(np, samples.read(np, sampled)) == expected


@pytest.mark.parametrize(("words", "kept"), [(1 << 19, 1 << 25), (1 << 19, 9000), (200, 1 << 25)])
def test_near_duplicates_are_the_same_without_arrays(monkeypatch: pytest.MonkeyPatch, words: int, kept: int) -> None:
    """Whether numpy is there, and how many words and texts are then remembered, changes no pair and no figure."""
    monkeypatch.setattr(readings, "_WORDS", words)
    monkeypatch.setattr(readings, "_KEPT", kept)
    monkeypatch.setattr(samples, "_CHARACTERS", 10_000)
    texts = planted((40, 200))
    for room in (duplicates, marks):
        monkeypatch.setattr(room, "numbers", lambda _: np)
    found = duplicates.near_duplicates(texts)
    one_by_one(monkeypatch)
    assert duplicates.near_duplicates(texts) == found


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.lists(st.integers(0, 30), max_size=16), max_size=24),
    st.sampled_from((7, 200, samples._NEAR)),
)
def test_texts_of_the_same_sentences_are_joined_alike(texts: list[list[int]], together: int) -> None:
    """Texts that have whole sentences in common, and so whole runs of keys: the same pairs as one by one."""
    sampled = [marks.marks(" ".join(word for seed in text for word in telling(seed, 14))) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        one_by_one(patch)
        expected = marks.likely(sampled)
        patch.setattr(samples, "_NEAR", together)
        assert samples.likely(np, samples.read(np, sampled)) == expected
