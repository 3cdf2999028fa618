"""Likenesses of many articles: by arrays they are the same as one by one, and what is looked for has its limits."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare import columns, group, readings
from generator.compare.columns import Columns
from generator.compare.readings import Reader
from generator.compare.vectors import LIMITS, Limits, Profiles
from generator.compare.vocabulary import Vocabulary
from tests.test_group import DEMO, LOOK_ALIKES, OTHER_WEEKS, others

np = pytest.importorskip("numpy")

#: Stop words, inflections, capitals, pieces of one and several words, short, long and just as long as two numbers hold.
WORDS = (
    "the The said ferry Ferry ferries FERRY harbour’s Harbour-master rock'n'roll Ångström Straßen-bahn 1,250 6.1 É "
    "abcdefgh abcdefghi abcdefghijklmnop abcdefghijklmnopq Abcdefghijklmnop-Qrstuvw 東京湾フェリー ไทย паромщики "
    "Переправа [here](https://a.example/ferry) https://b.example/x www.c.example “ferry” –"
).split()
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=9)), max_size=40).map(" ".join)
SMALL = (
    LIMITS,
    Limits(none=0.0, probes=4, among=3, crowd=4, short=6),
    Limits(none=0.0, probes=2, shared=1, crowd=300),
)

Way = Callable[[], Profiles | Columns]
WAYS: tuple[Way, ...] = (Profiles, lambda: Columns(np))


def likenesses(way: Way, texts: Sequence[str], limits: Limits = LIMITS) -> list[tuple[int, int, float]]:
    """Return the likenesses of texts, in order, the first of a pair first."""
    read = way()
    for text in texts:
        read.add(text)
    found = read.likenesses(limits)
    pairs = zip(found.first, found.second, found.value, strict=True)
    return sorted((min(i, j), max(i, j), value) for i, j, value in pairs)


def said(vocabulary: Vocabulary, numbers: Iterable[int]) -> list[tuple[str, bool]]:
    """Return the stems of words by their numbers, and whether each has a capital."""
    stems = ["", *vocabulary.numbers]
    return [(stems[number >> 1], bool(number & 1)) for number in numbers]


@pytest.fixture(scope="module")
def crowd() -> list[str]:
    """Return some hundred articles: on one story, on look-alikes, on other things; headlines, and an empty one."""
    return [*others(50), *DEMO, *LOOK_ALIKES, "", *OTHER_WEEKS, *(text.title() for text in OTHER_WEEKS), *DEMO[:2]]


@settings(deadline=None, max_examples=40)
@given(st.lists(TEXTS, max_size=5), st.lists(TEXTS, max_size=5))
def test_many_texts_are_read_as_one_by_one(some: list[str], more: list[str]) -> None:
    """Whatever stands in texts, their words are the same, read at once or one by one."""
    together, alone = Vocabulary(), Vocabulary()
    reader = Reader(np, together)
    for texts in (some, more, some):
        numbers, sizes = reader.read(texts)
        expected = [alone.read(text) for text in texts]
        assert sizes.tolist() == list(map(len, expected))
        assert said(together, numbers.tolist()) == said(alone, [number for one in expected for number in one])


def test_what_was_read_may_be_forgotten(monkeypatch: pytest.MonkeyPatch, crowd: Sequence[str]) -> None:
    """A vocabulary that holds only so many pieces gives the same words; so does a table that grows."""
    together, alone = Vocabulary(), Vocabulary()
    expected = said(alone, alone.read(" ".join(crowd)))
    monkeypatch.setattr(readings, "REMEMBERED", 50)
    monkeypatch.setattr(readings, "_PLACES", 4)
    reader = Reader(np, together)
    assert [word for text in crowd for word in said(together, reader.read([text])[0].tolist())] == expected


@settings(deadline=None, max_examples=40)
@given(st.lists(TEXTS, max_size=12), st.sampled_from(SMALL))
def test_arrays_give_the_same_likenesses(texts: list[str], limits: Limits) -> None:
    """Of whatever texts the same pairs resemble each other, exactly as much, by arrays and without."""
    assert likenesses(WAYS[0], texts, limits) == likenesses(WAYS[1], texts, limits)


@pytest.mark.parametrize("limits", SMALL)
def test_arrays_are_worked_through_in_parts(
    monkeypatch: pytest.MonkeyPatch, crowd: Sequence[str], limits: Limits
) -> None:
    """However many characters, articles, pairs and cells are looked at together, the likenesses are the same."""
    expected = likenesses(WAYS[0], crowd, limits)
    assert likenesses(WAYS[1], crowd, limits) == expected
    for name, size in (("_CHARACTERS", 300), ("_ARTICLES", 3), ("_PAIRS", 5), ("_CELLS", 3000)):
        monkeypatch.setattr(columns, name, size)
        assert likenesses(WAYS[1], crowd, limits) == expected


def test_groups_are_the_same_without_arrays(monkeypatch: pytest.MonkeyPatch, crowd: Sequence[str]) -> None:
    """Whether numpy is there changes no group."""
    monkeypatch.setattr(group, "numbers", lambda _: np)
    found = group.group(crowd)
    monkeypatch.setattr(group, "numbers", lambda _: None)
    assert group.group(crowd) == found
    assert max(map(len, found)) >= len(DEMO)


@pytest.mark.parametrize("way", WAYS)
def test_the_order_of_articles_changes_no_likeness(way: Way, crowd: Sequence[str]) -> None:
    """The same articles in another order resemble each other exactly as much, in every pair."""
    order = random.Random(2).sample(range(len(crowd)), len(crowd))  # noqa: S311 - the same every time
    found = likenesses(way, [crowd[n] for n in order])
    again = sorted((min(order[i], order[j]), max(order[i], order[j]), value) for i, j, value in found)
    assert again == likenesses(way, crowd)


def own(article: int, count: int) -> str:
    """Return so many words that no other article has."""
    return " ".join(f"w{article}x{n}" for n in range(count))


@pytest.mark.parametrize("way", WAYS)
def test_long_articles_must_share_two_words_however_few_are_looked_up(way: Way) -> None:
    """Of many articles few words look for candidates; a long article is not thereby a short one, for which one does."""
    limits = Limits(none=0.0, probes=20, among=30, crowd=10, short=40)
    assert limits.probes_of(300) < limits.short
    long = [f"{own(n, 50)} {'ferry ' * 3 if n < 2 else ''}" for n in range(300)]
    assert likenesses(way, long, limits) == []
    short = [*long, f"ferry {own(300, 5)}"]
    assert [(i, j) for i, j, _ in likenesses(way, short, limits)] == [(0, 300), (1, 300)]
    two = [f"{text} bridge" if n < 2 else text for n, text in enumerate(long)]
    assert [(i, j) for i, j, _ in likenesses(way, two, limits)] == [(0, 1)]


@pytest.mark.parametrize("way", WAYS)
def test_what_a_crowd_shares_is_not_looked_up(way: Way) -> None:
    """A word of too many articles joins none of them."""
    texts = [f"{own(n, 5)} ferry {'bridge' if n < 4 else ''}" for n in range(40)]
    limits = Limits(none=0.0, crowd=4)
    assert [(i, j) for i, j, _ in likenesses(way, texts, limits)] == list(combinations(range(4), 2))


@pytest.mark.parametrize("way", WAYS)
def test_only_the_heaviest_words_are_looked_up(way: Way) -> None:
    """Two articles that share none of their heaviest words are not held against each other; of equal ones the first."""
    shared = [f"{'alpha ' * 4}{own(n, 50)} beta gamma" for n in range(2)] + [f"beta gamma {own(n, 50)}" for n in (2, 3)]
    of_one = Limits(none=0.0, probes=1, shared=1)
    assert [(i, j) for i, j, _ in likenesses(way, shared, of_one)] == [(0, 1), (2, 3)]
    of_three = Limits(none=0.0, probes=3)
    assert len(likenesses(way, shared, of_three)) == 6
