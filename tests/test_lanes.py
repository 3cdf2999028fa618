"""A story compared by arrays, all readings and all cells at once: the same numbers as one by one, to the last bit."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare import align, lanes, order
from generator.compare.align import align_story, score_matrices
from generator.compare.arrays import numbers
from generator.compare.lanes import fits, read, unordered

pytest.importorskip("numpy", reason="numpy is not installed: pip install 'variorum[fast]'")
#: More steps than can be taken one after the other.
MANY = 10**12

Matrix = list[list[float]]


@pytest.fixture(autouse=True)
def _at_hand() -> None:
    """Have numpy imported, however small the work."""
    assert numbers(MANY)


def matrix(rows: int, columns: int, seed: int, spread: float, drift: float) -> Matrix:
    """Return log-odds of two texts that keep together for a while."""
    chance = random.Random(seed)  # noqa: S311
    return [
        [chance.gauss(-4, spread) + (6 if abs(a / rows - b / columns) < drift else 0) for b in range(columns)]
        for a in range(rows)
    ]


def expected(odds: Mapping[object, Matrix]) -> dict[object, tuple[Matrix, Matrix]]:
    """Return what is read by arrays."""
    np = numbers(MANY)
    assert np
    found = read(np, {pair: fits(np, np.array(matrix)) for pair, matrix in odds.items()})
    return {pair: (rows.tolist(), columns.tolist()) for pair, (rows, columns) in found}


matrices = st.builds(
    matrix,
    st.integers(1, 24),
    st.integers(1, 24),
    st.integers(0, 10**6),
    st.sampled_from([0.0, 1.0, 4.0, 100.0]),
    st.sampled_from([0.0, 0.05, 0.3]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(matrices, min_size=1, max_size=7))
def test_both_ways_are_one(found: list[Matrix]) -> None:
    """Pairs of texts of any sizes, read all at once, give exactly what each gives by itself."""
    odds = dict(enumerate(found))
    assert expected(odds) == {n: order.expected(one) for n, one in odds.items()}


@given(matrices)
def test_unordered_texts_are_alike_both_ways(odds: Matrix) -> None:
    """Two texts that follow no common order give exactly the same with arrays and without."""
    np = numbers(MANY)
    assert np
    rows, columns = unordered(np, fits(np, np.array(odds)))
    assert (rows.tolist(), columns.tolist()) == order.unordered(odds)


@pytest.mark.parametrize(("rows", "columns"), [(1, 150), (150, 1), (100, 60)])
def test_long_texts_are_scaled_alike(rows: int, columns: int) -> None:
    """Where numbers leave their range and are brought back, the result is the same to the last bit."""
    odds = {
        "like": matrix(rows, columns, 1, 1.0, 0.02),
        "unlike": [[-1e3] * columns] * rows,
        "sure": [[1e3] * columns] * rows,
        "short": matrix(3, 2, 2, 1.0, 0.3),
    }
    assert expected(odds) == {pair: order.expected(one) for pair, one in odds.items()}


def test_nothing_is_added_where_a_text_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was in memory before is in no sum, however long the texts are that are read together."""
    np = numbers(MANY)
    assert np
    monkeypatch.setattr(np, "empty", lambda shape: np.full(shape, 1.7e308))
    odds = {n: matrix(2 + 5 * n, 3 + 2 * n, n, 2.0, 0.1) for n in range(5)}
    assert expected(odds) == {pair: order.expected(one) for pair, one in odds.items()}


def test_many_are_read_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many lanes are read at once, every pair has its own result."""
    odds = {n: matrix(3 + n % 5, 2 + n % 7, n, 2.0, 0.1) for n in range(40)}
    whole = expected(odds)
    monkeypatch.setattr(lanes, "_ROOM", 64)
    monkeypatch.setattr(lanes, "_ENOUGH", 8)
    assert expected(odds) == whole
    assert expected({}) == {}


WORDS = "the mill at the river burnt down on friday night nobody was hurt said mayor ida lund it cost 40 crowns".split()
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


@st.composite
def stories(draw: st.DrawFn) -> tuple[list[list[str]], list[dict[int, int]]]:
    """Return tellings, empty ones among them, and what repeats what in them."""
    common = draw(st.lists(sentences, min_size=2, max_size=5))
    texts = draw(st.lists(st.lists(st.one_of(sentences, st.sampled_from(common)), max_size=7), min_size=2, max_size=15))
    return texts, [{n: n - 1 for n in range(1, len(text), 2) if draw(st.booleans())} for text in texts]


@settings(max_examples=50, deadline=None)
@given(stories())
def test_a_story_is_the_same_without_numpy(story: tuple[list[list[str]], list[dict[int, int]]]) -> None:
    """Where numpy is not installed, the same sentences are linked, with the same scores to the last bit."""
    texts, repeats = story
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(align, "_FEW", 0)
        found = score_matrices(texts, repeats=repeats), align_story(texts, repeats=repeats)
        patch.setattr(align, "numbers", lambda _: None)
        assert (score_matrices(texts, repeats=repeats), align_story(texts, repeats=repeats)) == found


@pytest.mark.parametrize("missing", [False, True])
def test_numpy_is_imported_where_it_pays(missing: bool) -> None:
    """It is imported for large work alone, then used for small work too; where it is not there, nothing breaks."""
    lines = [
        "import sys",
        "sys.modules['numpy'] = None" if missing else "",
        "from generator.compare.arrays import numbers",
        "first, second, third = numbers(1000), numbers(10**12), numbers(1000)",
        "print(first is None, second is None, third is None)",
    ]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["True", str(missing), str(missing)]
