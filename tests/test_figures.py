"""Quantities and times, and whether tellings agree on them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.figure_groups import figures_of
from generator.compare.figures import Found, figures_in
from generator.compare.witness import witnesses_of
from generator.model import Article
from tests.casefiles import read_cases

CASES = Path(__file__).parent / "cases"


def _shown(text: str, found: Found) -> str:
    low = "" if found.low is None else f"{found.low:.10g}"
    high = "" if found.high is None else f"{found.high:.10g}"
    return f"{text[found.start : found.end]}: {found.kind} {low}..{high} {found.unit}"


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "figures.md"))
def test_figures(title: str, text: str, expected: str) -> None:
    """A sentence's figures are found with kind, bounds and unit, and nothing else is taken for one."""
    assert "\n".join(_shown(text, found) for found in figures_in(text, "2025-07-03")) == expected, title


@given(st.text(max_size=120))
def test_figures_lie_inside_the_text_and_apart(text: str) -> None:
    """Whatever the text, figures ascend and never overlap."""
    found = figures_in(text, "2025-07-03")
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


def _verdicts(*bodies: str, same_passage: bool = True) -> list[tuple[str, str, list[str]]]:
    witnesses = witnesses_of([Article(body=body) for body in bodies])
    passage_of = {s.id: "p1" if same_passage else s.id for w in witnesses for s in w.segments}
    return [
        (figure.kind, figure.verdict, [reading.text for reading in figure.readings])
        for figure in figures_of(witnesses, passage_of, frozenset())
    ]


def test_disjoint_intervals_conflict() -> None:
    """Over an hour and almost an hour cannot both be true of one call."""
    found = _verdicts("The talks lasted over an hour.", "The talks lasted almost an hour.")
    assert found == [("duration", "conflict", ["over an hour", "almost an hour"])]


def test_conflicts_are_found_across_passages_if_the_words_about_them_agree() -> None:
    """The same verb and subject beside two durations make them comparable, wherever they stand."""
    found = _verdicts(
        "The talks, aides noted, lasted over an hour.", "The talks lasted almost an hour.", same_passage=False
    )
    assert [verdict for _, verdict, _ in found] == ["conflict"]


def test_overlapping_intervals_are_compatible() -> None:
    """A fourth year and more than three years say the same thing in two ways."""
    found = _verdicts("The strike enters its fourth year.", "The strike has gone on for more than three years.")
    assert [verdict for _, verdict, _ in found] == ["compatible"]


def test_equal_figures_agree() -> None:
    """The same weekday, with or without a time of day, is agreement."""
    found = _verdicts("They met on Thursday.", "They met on Thursday morning.")
    assert [verdict for _, verdict, _ in found] == ["agree"]


def test_what_stands_in_both_sentences_is_no_conflict() -> None:
    """Two sentences that name the same two days agree on both, in whatever order; one that names a third does not."""
    old = "The library will close on Monday, the council said on Thursday."
    found = _verdicts(old, "The council said on Thursday that the library would close on Monday.")
    assert [verdict for _, verdict, _ in found] == ["agree", "agree"]
    found = _verdicts(old, "The council said on Thursday that the library would close on Tuesday.")
    assert sorted(verdict for _, verdict, _ in found) == ["agree", "conflict"]


def test_days_of_two_events_are_not_compared() -> None:
    """A meeting on one day and a vote on another are two events, even within one passage."""
    found = _verdicts("The delegates vote on Friday.", "Reporters saw her during a visit on Thursday.")
    assert [verdict for _, verdict, _ in found] == ["single", "single"]


def test_different_things_are_not_compared() -> None:
    """Boats and cars are counted apart."""
    found = _verdicts("The storm sank 20 boats.", "The storm sank 12 cars.")
    assert [verdict for _, verdict, _ in found] == ["single", "single"]


def test_one_article_cannot_contradict_itself() -> None:
    """Two figures of one telling are never held against each other."""
    found = _verdicts("The talks lasted over an hour. The talks lasted almost an hour.")
    assert {verdict for _, verdict, _ in found} == {"single"}


def test_the_first_since_what() -> None:
    """What is said to be the first since something is brought together, and agrees only if it is the same thing."""
    told = (
        "It was the first direct contact of Lund and Berg since the port quietly paused ferry crossings to the island.",
        "In their first conversation since the town suspended some ferry crossings to the island, Lund shouted.",
    )
    found = _verdicts(*told, same_passage=False)
    assert found == [("ordinal", "compatible", ["first", "first"])]
    assert [verdict for _, verdict, _ in _verdicts(told[0], told[0])] == ["agree"]
    other = "It was her first cup of tea since breakfast."
    assert [verdict for _, verdict, _ in _verdicts(told[0], other, same_passage=False)] == ["single", "single"]


def test_a_day_of_the_week_and_tomorrow() -> None:
    """A day that an article counts from its own date is held against a day of the week of the same meeting."""
    bodies = (
        ("Mayor Lund is expected to speak with Governor Berg about the bridge on Friday, Lund said.", ""),
        ("“Maybe tomorrow I will speak to Mayor Lund,” Berg said of the bridge.", "2025-07-03"),
        ("“Maybe tomorrow I will speak to Mayor Lund,” Berg said of the bridge.", "2025-07-01"),
    )
    witnesses = witnesses_of([Article(body=body, date=date) for body, date in bodies])
    apart = {segment.id: segment.id for witness in witnesses for segment in witness.segments}
    found = figures_of(witnesses, apart, frozenset())
    assert [(f.verdict, [(r.article, r.text, r.unit) for r in f.readings]) for f in found] == [
        ("agree", [("A", "Friday", "weekday"), ("B", "tomorrow", "weekday")]),
        ("single", [("C", "tomorrow", "date")]),
    ]
