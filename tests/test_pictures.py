"""Strips, stacks, minimaps and scales as numbers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Config, Figure, FigureReading
from generator.site.index import Index, index_of
from generator.site.pictures import BASE, LONG_STRIP, level, minimap, paths_of, shape, stack, strip
from generator.site.scales import AXIS_FROM, AXIS_TO, scale
from tests import sample


def index() -> Index:
    """Return the sample story's index."""
    return index_of(sample.digest(), sample.library(), Config())


def figure(*claims: tuple[float | None, float | None], verdict: str = "conflict", unit: str = "minute") -> Figure:
    """Return a figure with one reading a claim."""
    readings = tuple(FigureReading("ABCDEFGH"[n % 8], "", "x", low, high, unit) for n, (low, high) in enumerate(claims))
    return Figure("f1", "duration", readings, verdict)  # type: ignore[arg-type]


def test_strip_shows_support() -> None:
    """A mark rises with the number of tellings, drops below the line for one alone, and stays low for a repetition."""
    found = strip(index(), "A")
    assert [mark.kind for mark in found.marks] == ["5", "4", "only", "only", "only", "again"]
    tall, short, only = (shape(mark.kind)[0] for mark in found.marks[:3])
    assert tall < short < BASE < only
    assert found.label.startswith("A: 6 sentences, 2 carried elsewhere, 3 only here")


def test_strip_names_its_marks() -> None:
    """A mark says which sentence it is, who carries it, whether at another place, and how it begins."""
    titles = [mark.title for mark in strip(index(), "A").marks]
    assert titles[0].startswith("A1: in 3 tellings – The ferry Aurora")
    assert titles[1].startswith("A2: in 2 tellings, at another place – The search")
    assert titles[2] == "A3: only here – Nobody was hurt."
    assert titles[5].startswith("A6: repeats this telling")


def drawn(path: str) -> list[int]:
    """Return where the dashes of a path begin: marks 7 wide, 3 between them."""
    lines = [(int(start), int(length)) for start, length in re.findall(r"M(\d+) [\d.]+h(\d+)", path)]
    assert all(length % 10 == 7 for _, length in lines)
    return [at for start, length in lines for at in range(start, start + length, 10)]


def test_strip_marks_what_has_moved() -> None:
    """A sentence counts as moved where most of the others who carry it tell it at another place."""
    assert [mark.moved for mark in strip(index(), "A").marks] == [False, True, False, False, False, False]
    assert "1 at another place" in strip(index(), "A").label


def test_strips_of_a_large_story_are_drawn_lightly() -> None:
    """A story of very many sentences is drawn without a link for each, moved ones still told apart."""
    marks = strip(index(), "A").marks
    assert drawn(dict(paths_of(marks))["moved"]) == [10]


def test_strips_share_a_scale() -> None:
    """All strips of a story are as wide as the longest telling, so that lengths can be compared."""
    strips = [strip(index(), sigil) for sigil in "ABC"]
    assert len({found.width for found in strips}) == 1
    assert [found.line for found in strips] == [60, 40, 30]


def test_long_strips_have_no_links() -> None:
    """A telling of very many sentences is drawn as a few paths."""
    whole = sample.digest()
    told = (("paragraph", 0, [f"Sentence {n}." for n in range(LONG_STRIP)]),)
    long = sample.witness("A", whole.witnesses[0].article, told)
    digest = replace(whole, witnesses=(long, *whole.witnesses[1:]), passages=(), repeats=())
    found = strip(index_of(digest, sample.library(), Config()), "A")
    assert found.marks == ()
    assert [kind for kind, _ in found.paths] == ["only"]
    assert drawn(found.paths[0][1]) == [10 * n for n in range(LONG_STRIP)]
    assert found.paths[0][1].count("M") == 1


@given(st.integers(2, 60), st.data())
def test_levels_keep_the_order(tellings: int, data: st.DataObject) -> None:
    """More support never looks like less, and everybody's sentence is the tallest of all."""
    carried = data.draw(st.integers(2, tellings))
    assert 2 <= level(carried, tellings) <= 5
    assert level(carried, tellings) <= level(min(carried + 1, tellings), tellings)
    assert level(tellings, tellings) == 5


def test_stack_has_a_row_for_each_telling() -> None:
    """A story's small picture is as high as it has tellings."""
    assert stack(index()).height == 48
    assert stack(index()).label == "three strips, one a telling"


def test_paths_draw_every_mark() -> None:
    """Marks drawn as dashed lines stand where they stood, as high as they were."""
    marks = strip(index(), "A").marks
    paths = dict(paths_of(marks))
    for kind in {mark.kind for mark in marks}:
        assert drawn(paths[kind]) == [mark.x for mark in marks if mark.kind == kind]
        y, height = shape(kind)
        assert set(re.findall(r"M\d+ ([\d.]+)", paths[kind])) == {f"{y + height / 2:g}"}


def test_minimap() -> None:
    """A minimap has a bar for each sentence, a line for each link, moved ones last so that they lie on top."""
    found = minimap(index(), index().digest.pairs[0])
    assert [(bar.id, bar.kind) for bar in found.bars if bar.kind == "both"] == [
        ("A1", "both"),
        ("A2", "both"),
        ("B1", "both"),
        ("B2", "both"),
    ]
    assert [line.moved for line in found.lines] == [False, True]
    assert max(float(bar.y) for bar in found.bars) < found.height


def test_scale_of_open_ends() -> None:
    """“Over an hour” reaches beyond the axis, “almost an hour” ends where the other begins."""
    found = scale(figure((60, None), (45, 60)))
    assert found is not None
    over, almost = found.ranges
    assert over.x1 == almost.x2
    assert (over.open_high, almost.open_high) == (True, False)
    assert found.label == "On a scale in min: A, more than 60; B, 45 to 60."
    assert found.ticks[-1].text.endswith(" min")


def test_equal_claims_share_a_row() -> None:
    """Tellings that claim the same value stand on one line of the scale."""
    found = scale(figure((4, 4), (5, 5), (4, 4)))
    assert found is not None
    assert [(r.sigla, r.exact) for r in found.ranges] == [("A C", True), ("B", True)]


@pytest.mark.parametrize(
    "without",
    [
        figure((1, 1), (2, 2), verdict="agree"),
        replace(figure((1, 1), (2, 2)), kind="date"),
        figure((None, None)),
        replace(figure((1, 1)), readings=(*figure((1, 1)).readings, *figure((2, 2), unit="hour").readings)),
    ],
)
def test_no_scale_without_a_conflict_of_quantities(without: Figure) -> None:
    """A scale is drawn only where quantities of one unit conflict."""
    assert scale(without) is None


@given(st.lists(st.tuples(st.floats(-1e12, 1e12), st.floats(0, 1e12)), min_size=1, max_size=8))
def test_scales_stay_on_the_axis(raw: list[tuple[float, float]]) -> None:
    """Whatever the values, every end and tick lies on the axis, and there are ticks to read it by."""
    found = scale(figure(*((low, low + span) for low, span in raw)))
    assert found is not None
    assert found.ticks
    ends = [x for r in found.ranges for x in (r.x1, r.x2)] + [tick.x for tick in found.ticks]
    assert all(AXIS_FROM - 0.1 <= x <= AXIS_TO + 0.1 for x in ends)
