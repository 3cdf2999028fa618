"""Patterns that are tried only at certain signs find what they find anywhere."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.compare import figure_measures, figure_numbers, figure_units, figures, origins, sentences, speakers
from generator.compare.quotations import quotations
from generator.compare.scanning import late, matches, places
from generator.compare.witness import witness_of, word_count
from generator.model import Article

PIECES = """one Twenty-five half Half a an A hundred million bn m 5 12 1,000 2.5 1st 23rd 112th Third ſecond fıve sıx K
    US$ $5 £3m percent % dollars euro U.S. day hours minute week-old 90-day year May July 2025 in The since 1999-2000
    Monday morning Mondays last Yesterday previous month people 5:30 p.m. 5pm http://x.example/1 www.a over more than
    Some estimated no fewer at least , . ; - “ ” ( ) İ ٣ x5 5x AIM-7 3/4 -7 and old … ... ! ?! .) .” .[12] C. 。 _ 'x
    """.split()
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " ", "\u00a0", "  ", "-"])), max_size=12)
SAYINGS = """The the A an He who Ida Lund Mr. J. O’Brien Mc al-Assad police Officials sources said says saying only
    had lyly mayor aide of from in to ( ) , , . “ ” didn’t observe aforesaid said_ Economics""".split()


@given(st.lists(st.sampled_from(SAYINGS), max_size=14).map(" ".join))
def test_subjects_are_found_wherever_they_are(text: str) -> None:
    """No subject of a verb of saying is passed over for the word that it begins with, or for what stands behind it."""
    pattern = speakers._SUBJECT.pattern
    anywhere = re.compile(pattern.replace(rf"(?=[A-Z]|(?:{speakers._OPENINGS})\b)", "", 1))
    assert anywhere.pattern != pattern
    assert [match.span() for match in speakers._subjects(text)] == [match.span() for match in anywhere.finditer(text)]


@given(TEXTS.map(lambda found: "".join(map("".join, found))))
def test_figures_and_ends_of_sentences_are_found_wherever_they_are(text: str) -> None:
    """No figure, comparator, address or end of a sentence is passed over for the signs with which it may begin."""
    digits = places(text, r"\d")
    starts = dict(figures._places(text))
    for place in range(len(figures._KINDS)):
        anywhere = [match.span() for match in figures._pattern(place).finditer(text)]
        there = matches(figures._pattern(place), text, starts[place]) if place in starts else ()
        assert [match.span() for match in there] == anywhere
    for at in range(len(text)):
        compared, found = figure_numbers._COMPARATOR.search(text, 0, at), figure_numbers.compared(text, at)
        assert (compared and compared.span()) == (found and found.span())
    assert [match.span() for match in figures._addresses(text, digits)] == [
        match.span() for match in figures._ADDRESS.finditer(text)
    ]
    for latin in (False, True):
        ends = {match.span() for match in sentences._candidates(text, latin=latin) if match.re is sentences._END}
        assert ends == {match.span() for match in sentences._END.finditer(text)}


MEASURES = """Ida Lund man woman of a aged Age 5 76 7.6 51-year-old years old and , . magnitude Magnitude-6 Richter
    scale the on third half Two quarters fifth hour is five ſix a percentage point quarter-point cut""".split()


@given(st.lists(st.sampled_from(MEASURES), max_size=12).map(" ".join))
def test_ages_strengths_and_shares_are_found_wherever_they_are(text: str) -> None:
    """None is passed over for a word that a sentence must hold before it is looked for."""
    text = text.replace(" ,", ",")
    anywhere = {
        *figure_measures._ages(text, "old age of ", [0]),
        *(found for pattern in figure_measures._MAGNITUDES for found in figure_measures._strengths(text, pattern)),
        *figure_measures._shares(text),
        *figure_measures._points(text),
    }
    assert {*figure_measures.measured_in(text, places(text, r"\d"))} == anywhere


UNITS = """12 1,200 5.5 two ſix Half a million mile miles-long km 5km 40C 104F degrees Celsius ° C square feet foot Feet
    an per hour km/h MPH metre ton Tons of yard line -5 2-mile is""".split()


@given(st.lists(st.sampled_from(UNITS), max_size=12).map(" ".join))
def test_measures_are_found_wherever_they_are(text: str) -> None:
    """No length or weight is passed over for a number or a word that a sentence must hold before it is looked for."""
    written = [(match, figure_units._unit(match)) for match in figure_units._MEASURED.finditer(text)]
    written += [(match, f"°{match['unit']}") for match in figure_units._ATTACHED.finditer(text)]
    anywhere = [found for match, unit in written for found in figure_units._read(match, text, unit)]
    assert [*figure_units.measures_in(text, places(text, r"\d"))] == anywhere


@given(st.text("aé1_. ,\n-“", max_size=30))
def test_a_word_is_what_stands_between_spaces_and_has_a_letter_or_digit(text: str) -> None:
    """Words are counted as an editor counts them: a lone dash is none."""
    assert word_count(text) == len(re.findall(r"(?<!\S)[^\w\s]*\w\S*", text))


QUOTING = ["“", "”", "“", "”", '"', '"', "'", "''", "‘", "’", "«", "»", "„", "The", "said", "ſo", "end.", "Yes!", "-"]


@given(
    st.lists(st.tuples(st.sampled_from([*PIECES, *QUOTING]), st.sampled_from(["", " ", " ", "\n\n"])), max_size=16).map(
        lambda found: "".join(map("".join, found))
    )
)
def test_words_of_sentences_are_those_of_their_block(text: str) -> None:
    """An article's words taken from its sentences are those of its blocks, in the same places."""
    witness = witness_of(Article(body=text, language="en"), "A")
    outside = [origins._outside(block, quotations(block.text)) for block in witness.blocks]
    assert list(origins._norms(witness)) == [[*(norm for _, norm in words), ""] for words in outside]


@given(st.text("ab 12"))
def test_a_late_pattern_is_the_pattern(text: str) -> None:
    """A pattern that is compiled when it is first used does what it does compiled at once."""
    pattern, at_once = late(r"A(?P<b>b)|\d+", re.IGNORECASE), re.compile(r"A(?P<b>b)|\d+", re.IGNORECASE)
    assert pattern.findall(text) == at_once.findall(text)
    assert pattern.sub(r"<\g<0>>", text) == at_once.sub(r"<\g<0>>", text)
    assert pattern.pattern == at_once.pattern
