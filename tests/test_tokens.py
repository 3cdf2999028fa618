"""Tokens: what stays whole, what is held to be equal, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.tokens import is_severable, norms, tokens, tokens_within


@pytest.mark.parametrize(
    "word",
    [
        *"cease-fire didn’t Ukraine’s $66.9 400,000 AIM-7 2025/07/03 1:30 U.S. p.m. Mr. R-Ohio 90-day 3rd AT&T".split(),
        "ruth.hall@harbour.example",
        "https://harbour.example/a,b?c=d",
        "www.harbour.example",
        "-5",
        "e\u0301cole",
    ],
)
def test_stays_whole(word: str) -> None:
    """Compounds, figures, acronyms, possessives and addresses are one token."""
    assert [word] == [token.text for token in tokens(word)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "US"),
        ("Mr. Hall", "Mr Hall"),
        ("“No,” she said", '"no," She Said'),
        ("didn’t", "didn't"),
        ("war — aims", "war – aims"),
        ("war -- aims", "war — aims"),
        ("``so''", "“so”"),
        ("10\u00a0000", "10 000"),
        ("oﬃce", "office"),
        ("co\u00adoperate\u200b", "cooperate"),
        ("wait…", "wait..."),
        ("ＡＢＣ", "abc"),
    ],
)
def test_compares_equal(one: str, other: str) -> None:
    """Case, quotation marks, dashes, ligatures, widths, spaces and invisible signs make no difference."""
    assert norms(one) == norms(other)


@pytest.mark.parametrize(("one", "other"), [("not", "now"), ("1,000", "1,00"), ("can", "can't"), ("it.", "it,")])
def test_compares_unequal(one: str, other: str) -> None:
    """Words, figures and marks that differ are told apart."""
    assert norms(one) != norms(other)


def test_punctuation_stands_alone() -> None:
    """Marks of punctuation are tokens of their own, white space stays with what is before it."""
    assert [(token.text, token.norm) for token in tokens("“Yes,” he said.")] == [
        ("“", '"'),
        ("Yes", "yes"),
        (",", ","),
        ("” ", '"'),
        ("he ", "he"),
        ("said", "said"),
        (".", "."),
    ]


def test_unspaced_scripts_by_character() -> None:
    """Scripts without spaces between words give a token for each character."""
    assert [token.text for token in tokens("桥已关闭。")] == ["桥", "已", "关", "闭", "。"]


def test_thai_by_word() -> None:
    """Thai sets no spaces between words and is cut into them all the same; figures and marks stand alone."""
    found = [token.text for token in tokens("ตำรวจปิดสะพาน 3 แห่งเมื่อวันอาทิตย์")]
    assert found == ["ตำรวจ", "ปิด", "สะพาน ", "3 ", "แห่ง", "เมื่อ", "วัน", "อาทิตย์"]


@given(st.text("สะพานท่าเรือถูกปิดฯๆ๓ กข่้ a3“.\u200b"))
def test_no_thai_is_lost(text: str) -> None:
    """Joined, the tokens are the text, whatever signs stand side by side."""
    assert "".join(token.text for token in tokens(text)) == text


def test_leading_white_space() -> None:
    """White space at the beginning is a token that compares as nothing."""
    assert [(token.text, token.norm) for token in tokens(" \nso")] == [(" \n", ""), ("so", "so")]


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    """Joined, the tokens are the text."""
    assert text == "".join(token.text for token in tokens(text))


@given(
    st.lists(st.sampled_from([*"aBJU51. ,-–‐’$)@中\u0301", "Mr", "U.S.", "J. ", "1st", "half-"]), max_size=12).map(
        "".join
    ),
    st.slices(12),
)
def test_cut_anywhere_a_severable_text_has_the_same_tokens(text: str, part: slice) -> None:
    """What no token hangs on a neighbour in is the same in parts."""
    found = tokens(text)[part.start : part.stop]
    assert not is_severable(text) or tokens("".join([token.text for token in found])) == found


@given(
    st.lists(
        st.sampled_from(
            [
                *"U.S. J. Mr. St. Smith a.m. e.g 5 $66.9 -5 3rd x@y.z www.a well-known".split(),
                *"’'“-–.,`_éส\u0301\n",
                *("...", " ", "  "),
            ]
        ),
        max_size=8,
    ).map("".join),
    st.slices(24),
)
def test_parts_of_a_text(text: str, part: slice) -> None:
    """The tokens of a part of a text are those that it has by itself, wherever it begins and ends."""
    start, end, _ = slice(part.start, part.stop).indices(len(text))
    assert tokens_within(text, start, max(start, end)) == tokens(text[start:end])
