"""Bylines and datelines at the head of a capture go into its front matter, where they say nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.cleaning import Line
from generator.ingest.credits import credited
from generator.ingest.markdown import blocks
from generator.ingest.seeds import read
from tests.casefiles import read_cases

CASES = read_cases(Path(__file__).parent / "cases" / "credits.md")
PROSE = "The harbour reopened on Friday after the worst storm in years, officials said."


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_credit_cases(title: str, text: str, expected: str) -> None:
    """A line that says who and when and nothing else is front matter; all others stay in the text."""
    article = read("seeds/a.txt", text.encode()).article
    stated = {
        "outlet": article.outlet,
        "authors": "; ".join(article.authors),
        "date": article.date,
        "updated": article.updated,
    }
    shown = [f"{key}: {value}" for key, value in (stated | {"title": article.title}).items() if value]
    shown += [f"{block.kind}: {block.text}" for block in blocks(article.body)]
    assert "\n".join(shown) == expected.strip(), title


def test_what_is_taken_is_told() -> None:
    """Every credit that left the text is on record, by its rule and its line."""
    article = read("seeds/a.txt", f"Harbour reopens\n\nBy Jane Doe\n3 July 2025\n\n{PROSE}".encode()).article
    assert [(r.rule, r.line, r.text) for r in article.removed] == [
        ("byline", 3, "By Jane Doe"),
        ("dateline", 4, "3 July 2025"),
    ]


def test_a_sidecar_and_front_matter_win() -> None:
    """What a sidecar or a capture's front matter states stands over what the text's own lines state."""
    text = f"Harbour reopens\nBy Jane Doe\n3 July 2025\n{PROSE}".encode()
    article = read("seeds/a.txt", text, b"authors: [John Roe]\ndate: 2025-07-01\n").article
    assert (article.authors, article.date) == (("John Roe",), "2025-07-01")
    article = read(
        "seeds/a.md", f"---\ndate: 2025-07-02\n---\n# Harbour reopens\n\nBy Jane Doe\n\n{PROSE}\n".encode()
    ).article
    assert (article.title, article.authors, article.date) == ("Harbour reopens", ("Jane Doe",), "2025-07-02")
    assert article.body == f"{PROSE}\n"


def test_a_date_in_the_text_stands_over_one_in_the_address() -> None:
    """The day a text states of itself is its date, though its address holds another."""
    text = f"Harbour reopens\n3 July 2025\n{PROSE}\nSource: https://gazette.example/2025/07/04/harbour".encode()
    assert read("seeds/a.txt", text).article.date == "2025-07-03"


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40), max_size=9)
)
def test_any_lines_may_come(texts: list[str]) -> None:
    """Whatever the lines, each is kept or on record, in its order."""
    lines = [Line(i, text) for i, text in enumerate([*texts, PROSE], 1)]
    found = credited(lines)
    whole = sorted([(x.number, x.text) for x in found.kept] + [(x.line, x.text) for x in found.removed])
    assert whole == [(line.number, line.text) for line in lines]
    assert found.kept[-1].text == PROSE
