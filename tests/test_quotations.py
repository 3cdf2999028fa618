"""Where a text quotes, and who is said to speak."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.quotations import masked, quotations, shortened
from generator.compare.speakers import people_in, resolve, speaker_of, surname
from tests.casefiles import read_cases

CASES = Path(__file__).parent / "cases"
QUOTE_HEAVY = st.text(alphabet=st.sampled_from("ab ’‘“”\"'«»„.,\n"), max_size=60)


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "quotations.md"))
def test_quotations(title: str, text: str, expected: str) -> None:
    """Every kind of quotation mark delimits what it quotes, and apostrophes delimit nothing."""
    found = "\n".join(text[span.start : span.end] for span in quotations(text))
    assert found == expected, title


@given(QUOTE_HEAVY)
def test_quotations_are_disjoint_and_in_order(text: str) -> None:
    """Whatever the text, quotations lie inside it, ascend, and never overlap."""
    spans = quotations(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end < two.start for one, two in pairwise(spans))


@given(QUOTE_HEAVY)
def test_a_shortened_quotation_is_one_sign_where_a_masked_one_has_many(text: str) -> None:
    """One sign stands for each quotation, and whatever is outside stays."""
    spans = quotations(text)
    assert shortened(text, spans, "*") == re.sub(r"\*+", "*", masked(text, spans, "*"))


@given(QUOTE_HEAVY)
def test_masking_keeps_every_offset(text: str) -> None:
    """Masking replaces characters one by one, so that places in the masked text hold in the text."""
    spans = quotations(text)
    hidden = masked(text, spans)
    assert len(hidden) == len(text)
    inside = {place for span in spans for place in range(span.start, span.end)}
    assert all(hidden[place] == text[place] for place in range(len(text)) if place not in inside)


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "speakers.md"))
def test_speaker(title: str, text: str, expected: str) -> None:
    """The speaker is read off the sentence's own shape, and nobody is named where nobody is."""
    spans = quotations(text)
    assert speaker_of(text, spans, spans[-1]) == expected, title


def test_a_pronoun_means_the_nearest_person() -> None:
    """“He” in one sentence is the person that spoke, or was named last, in those before it."""
    earlier = ["Okafor met Lindqvist in Bergen.", "The river rose overnight."]
    people = people_in(["Okafor said so.", "Lindqvist denied it."])
    assert people == {"okafor", "lindqvist"}
    assert resolve(earlier, people) == "Lindqvist"
    assert resolve(["Okafor insisted that Lindqvist had left."], people) == "Okafor"


@given(st.text(max_size=80))
def test_speakers_are_total(text: str) -> None:
    """Any text has an answer, if an empty one."""
    for span in quotations(text):
        assert isinstance(speaker_of(text, quotations(text), span), str)
    assert isinstance(surname(text), str)
