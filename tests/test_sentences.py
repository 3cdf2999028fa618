"""Sentences: what ends one, what does not, and that nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare import sentences as cutting
from generator.compare.sentences import sentences, spans
from tests.casefiles import read_cases

CASES = Path(__file__).parent / "cases" / "sentences.md"
SEEDS = Path(__file__).parent.parent / "seeds"

#: Sentences on each line of body text of the demo's seeds, counted by hand.
COUNTED = {
    "000": {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 1, 7: 2, 8: 1, 9: 1, 10: 1, 11: 1},
    "001": {1: 1, 2: 1, 3: 1, 4: 2, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1, 11: 1, 12: 1, 13: 1},
    "002": {1: 3, 3: 3, 4: 4, 6: 4, 7: 3, 9: 3, 10: 5, 12: 4, 13: 5, 15: 4, 16: 4, 18: 5, 21: 3, 23: 3, 25: 3, 27: 3},
    "003": {6: 8, 7: 2, 8: 1, 12: 1, 13: 2, 14: 1, 16: 1, 17: 2, 18: 2, 19: 2, 22: 2, 23: 2, 24: 1, 26: 3, 29: 2}
    | {30: 1, 32: 2, 33: 1, 34: 1, 36: 2, 37: 1},
    "004": {3: 2, 5: 1, 7: 1, 9: 2, 11: 4, 13: 2, 15: 2, 17: 2, 19: 1},
}

PROSE = st.text(alphabet="aAbBiI .,!?…。！”“\"'’()[]1)\n\u00a0•-", max_size=80)


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES))
def test_cases(title: str, text: str, expected: str) -> None:
    """English is split as the cases say, one sentence a line."""
    assert expected.split("\n") == sentences(text), title


@pytest.mark.parametrize("name", sorted(COUNTED))
def test_demo(name: str) -> None:
    """Every line of the demo's seeds has as many sentences as a reader counts."""
    (path,) = SEEDS.glob(f"{name}_*")
    lines = path.read_text(encoding="utf-8").split("\n")
    assert COUNTED[name] == {line: len(sentences(lines[line - 1])) for line in COUNTED[name]}


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("de", "Am 3. Juli kam Dr. Weber, z. B. mit dem Zug. Er blieb bis zum 5. August.", 2),
        ("fr", "« Vraiment ? » a-t-il dit. M. Dupont n’a rien ajouté.", 2),
        ("es", "La Sra. Ruiz llegó tarde. ¿Por qué? Nadie lo sabe.", 3),
        ("ru", "В 2020 г. мост закрыли. А. С. Пушкин тут ни при чём.", 2),
        ("uk", "Міст закрили у 2020 р. через тріщини. Ніхто не знав чому.", 2),
        ("zh", "桥已关闭。没有人知道原因！真的吗？", 3),
        ("hi", "पुल बंद है। कोई नहीं जानता क्यों।", 2),
        ("ar", "هل أغلق الجسر؟ نعم، أغلق.", 2),
        ("xx", "Unknown languages are read like Mr. Hall’s. They work.", 2),
    ],
)
def test_other_languages(language: str, text: str, count: int) -> None:
    """Other languages have their own abbreviations, other scripts their own full stops."""
    assert count == len(sentences(text, language))


def test_a_blank_line_ends_a_sentence() -> None:
    """What stands on both sides of a blank line is never one sentence, a lone line break is white space."""
    assert sentences("No stop here\n\nand a new\nparagraph") == ["No stop here", "and a new\nparagraph"]


def test_nothing_in_nothing() -> None:
    """White space holds no sentence."""
    assert sentences(" \n\u00a0") == []


@given(PROSE, st.sampled_from(["en", "de", "fr", "ru", "zz"]))
def test_nothing_is_lost(text: str, language: str) -> None:
    """Sentences stand in the text in order, and only white space lies between them."""
    place = 0
    for start, end in spans(text, language):
        assert not text[place:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        place = end
    assert not text[place:].strip()


@given(PROSE | st.text(), st.sampled_from(["en", "de", "fr", "ru", "zz"]))
def test_what_other_scripts_ask_for_finds_nothing_in_latin(text: str, language: str) -> None:
    """A text is cut as if the rules for all scripts had been tried, whether or not it shows any but Latin."""
    found = spans(text, language)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "_OTHER_SCRIPT", re.compile("^"))
        assert spans(text, language) == found


@given(st.text())
def test_any_text(text: str) -> None:
    """Every text can be split."""
    assert "".join(text.split()) == "".join("".join(sentences(text)).split())
