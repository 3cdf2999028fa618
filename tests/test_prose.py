"""Plain prose into HTML the short way: what the whole parser says, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.ingest.markdown import blocks, parsed_blocks, parsed_telling, telling
from generator.ingest.prose import plain_blocks, prose
from generator.model import Block, Mark

ABROAD = ' rel="nofollow noopener ugc external"'
EXAMPLES = json.loads((Path(__file__).parent / "cases" / "commonmark.json").read_text(encoding="utf-8"))["examples"]

PLAIN = """The ferry Aurora lost its anchor, the harbour office said: “We saw it go.”

## A night at Skerry Point

**Divers** found it *on Monday*, according to the [harbour log](https://harbour.example/log/12), and Smith & Sons
paid "over 3 > 2" for it. 12 people watched.

> Nobody was hurt, a spokesman said.

# Again

One more.
"""


def equal(markdown: str) -> bool:
    """Return whether the short way took a text; fail where it says something else than the whole parser."""
    short = prose(markdown, 1, ABROAD)
    if short is not None:
        assert short == parsed_telling(markdown)
    assert blocks(markdown) == parsed_blocks(markdown)
    return short is not None


def test_ordinary_prose_takes_the_short_way() -> None:
    """Paragraphs, headings, one-line quotations, emphases and links to the web never need the whole parser."""
    assert equal(PLAIN)


def test_ordinary_prose_is_words_and_marks_the_short_way() -> None:
    """What a text prints is known without the whole parser, too, with its emphases and links beside it."""
    text = "“It *sank*,” said 2 of 3 at Smith & Sons.\nThey [saw](https://a.example/) it > we did."
    sank, saw = Mark(4, 8, "em"), Mark(45, 48, "link", "https://a.example/")
    assert plain_blocks(f"{text}\n\n\n### Later\n\n> So.\n") == [
        Block("paragraph", "“It sank,” said 2 of 3 at Smith & Sons. They saw it > we did.", 0, (sank, saw)),
        Block("heading", "Later", 3),
        Block("quote", "So."),
    ]
    assert plain_blocks(PLAIN)


@pytest.mark.parametrize(
    "text",
    [
        "- a list\n- of two",
        "1. one",
        "a \\* backslash",
        "`code`",
        "&copy; 2031",
        "a line  \nbroken",
        "Title\n===",
        "Title\n---",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "<b>markup</b>",
        "![picture](a.png)",
        "[a page](about.md)",
        "[a]: https://a.example/",
        "* * *",
        "a*b*c",
        "**open",
        "snake_case",
        "    indented",
        "> one\n> two",
        "text\n> quoted",
        "text\n# heading",
        "## closed ##",
    ],
)
def test_anything_else_is_left_to_the_parser(text: str) -> None:
    """Whatever may mean more than it looks like is not decided here."""
    assert prose(text) is None
    assert plain_blocks(text) is None


def test_commonmarks_own_examples() -> None:
    """On every example of CommonMark's specification, alone and amid prose, both ways say the same."""
    assert len(EXAMPLES) > 600
    taken = sum(equal(text) for text in EXAMPLES)
    assert taken > 10
    for text in EXAMPLES:
        equal(f"Before it.\n\n{text}\n\nAfter it.\n")
        equal(f"Before it.\n{text}After it.\n")


#: Pieces of which texts are made that are almost prose.
PIECES = (
    "a", "word", "12", "3.", "4)", ".", ",", "!", "(", ")", "“", "”", "’", '"', "'", "–", "…", " ", "  ", "\n", "\n\n",
    "\n\n\n", "*", "**", "***", "*a*", "**b c**", "**d,**", "_", "[", "]", "[x](https://a.example)", "](",
    "[y z](http://b.example/c-d?e=1)", "[q](https://A.example/)", "# ", "## ", "#", "> ", ">", "- ", "+ ", "=", "---",
    "&", "& ", "&amp;", "<", "\\", "`", "|", "~", "\t", "\xa0", "\u2003", "\u2028", "\x85", "\x0c", "é", "ß", "漢", "ع",
    "😀", ":", ";", "http://c.example",
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("*a *b* c*")
@example("**a*b**")
@example("a\n12) b")
@example("*“a”*, b")
@example("!*a*")
@example("[a](https://b.example/c.)")
def test_invented_texts(text: str) -> None:
    """Of texts made of signs that Markdown knows, both ways say the same wherever the short one says anything."""
    equal(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Any text at all gets the same HTML either way."""
    equal(text)


def test_an_articles_html_is_tame() -> None:
    """Headings go below the page's own, links that lead to no other site are words, and so are pictures."""
    said = telling("# Top\n\n- [in](about.md) and [out](https://a.example/) ![a dog](dog.png)\n\n###### Low\n")
    assert said == (
        f'<h2>Top</h2>\n<ul>\n<li>in and <a href="https://a.example/"{ABROAD}>out</a> a dog</li>\n</ul>\n<h6>Low</h6>\n'
    )
