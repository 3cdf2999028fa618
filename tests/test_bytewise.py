"""Words taken out of a text's bytes are those that are found letter by letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.compare.bytewise import pieces, words
from generator.compare.text import normal
from generator.compare.vocabulary import _WORD

#: Signs that fold, vanish, part words or join their neighbours: quotes, ligatures, halves, accents, Hangul, kana.
ODD = "aB’'-_ .,“…–½²\u00ad\u00e9\u00c5\u0301\u0345\u3042\uff21\ufb01\u2003\x1f\n"
HANGUL_KANA = "\uac00\u1161\u11a8\u3131\u314f\uff76\uff9e\ud800"
TEXTS = st.one_of(st.text(max_size=40), st.text(alphabet=ODD + HANGUL_KANA, max_size=40))


@settings(deadline=None)
@given(TEXTS)
@example("e\u0301 E\u0301 ᄀ\u1161 \u3131\u314f か\uff9e ǰ J\u030c")
def test_words_are_those_of_the_normal_form(text: str) -> None:
    """Whatever stands in a text, its words are the runs of letters, digits and low lines of its normal form."""
    assert words(text) == [word.encode() for word in re.findall(r"\w+", normal(text))]


@settings(deadline=None)
@given(TEXTS)
def test_pieces_hold_all_words_as_printed(text: str) -> None:
    """A word with its inner apostrophes and hyphens stands in one piece, as it is printed, and no word is lost."""
    found = [word for piece in pieces(text) for word in _WORD.findall(piece.decode())]
    assert found == _WORD.findall(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t “STOP”—we’re half-way… to Ångström_2", "Don’t STOP we’re half-way to Ångström 2"),
        ("«Да», сказал он – и ушёл.", "Да сказал он и ушёл"),
        ("", ""),
    ],
)
def test_pieces_of_print(text: str, expected: str) -> None:
    """Marks part pieces in any script; capitals and accents stay."""
    assert pieces(text) == expected.encode().split()
