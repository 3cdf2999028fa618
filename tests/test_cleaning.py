"""What cleaning takes out of a capture, and above all what it leaves in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.cleaning import RULES, Line, clean, scrub, source_in
from tests.casefiles import read_cases

CASES = read_cases(Path(__file__).parent / "cases" / "cleaning.md")
SEEDS = Path(__file__).parent.parent / "seeds"


def _lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_cases(title: str, text: str, expected: str) -> None:
    """Every rule takes its lines, and leaves the sentences that look like them."""
    removed = clean(_lines(text)).removed
    assert "\n".join(f"{r.line} {r.rule}" for r in removed) == expected, title


def test_rules_are_named_once_and_explained() -> None:
    """Each rule has a name of its own and a reason of one sentence."""
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason.endswith(".") for rule in RULES)


def test_every_line_is_kept_or_told() -> None:
    """Kept and removed lines together are the lines that are not blank."""
    text = "Harbour reopens\n\nAdvertisement\nThe harbour reopened on Friday.\n[\n"
    done = clean(_lines(text))
    assert sorted(line.number for line in done.kept) == [1, 4]
    assert [(r.rule, r.line, r.text) for r in done.removed] == [
        ("advertisement", 3, "Advertisement"),
        ("stray-bracket", 5, "["),
    ]


def test_the_site_between_two_titles_is_via() -> None:
    """A short line between two printings of the title names the republishing site."""
    done = clean(_lines("Harbour reopens at last\nDaily Harbour\nHarbour reopens at last\nIt did so on Friday."))
    assert done.via == "Daily Harbour"


def test_the_first_source_line_gives_the_address() -> None:
    """Of several source lines the first one states the address."""
    done = clean(_lines("Source: https://example.org/a.\nSource: https://example.org/b"))
    assert done.source_url == "https://example.org/a"


@pytest.mark.parametrize("text", ["Source: https://", "Source: http://[", "Source: ftp://example.org"])
def test_what_is_no_address_is_no_source(text: str) -> None:
    """A source line must hold a web address."""
    assert source_in(text) == ""


def test_scrub_takes_out_what_cannot_be_seen() -> None:
    """Controls, byte-order marks, zero-width spaces and direction overrides go; quotation marks stay."""
    assert scrub("\ufeffa\x00b\u200bc\u202ed\u2066“e”\x07") == "abcd“e”"


def test_scrub_keeps_joiners_where_a_script_needs_them() -> None:
    """The non-joiner of Persian and the joiner of emoji stay; between Latin letters they go."""
    assert scrub("می\u200cخواهم 👩\u200d🔬 a\u200cb") == "می\u200cخواهم 👩\u200d🔬 ab"


def test_scrub_makes_line_breaks_alike() -> None:
    """Every kind of line break becomes the plain one."""
    assert scrub("a\r\nb\rc\u2028d\x0be\x85f") == "a\nb\nc\nd\ne\nf"


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n"), max_size=40), max_size=8))
def test_cleaning_is_total_and_settled(lines: list[str]) -> None:
    """Any lines may come, none is lost, and the kept ones of one pass are the order's own."""
    given_lines = _lines("\n".join(lines))
    done = clean(given_lines)
    numbers = sorted([line.number for line in done.kept] + [r.line for r in done.removed])
    assert numbers == [line.number for line in given_lines if line.text.strip()]


@pytest.mark.parametrize(
    "line",
    [
        "a " * 5000,
        "(" * 5000,
        "share " * 2000,
        "Photo: " + "a" * 5000,
        "all rights " * 999,
        "a/" * 3000,
        "_" * 9999,
    ],
)
def test_long_lines_are_no_trouble(line: str) -> None:
    """A line of thousands of signs is looked at in no more than one pass."""
    assert len(clean([Line(1, line)]).kept) + len(clean([Line(1, line)]).removed) == 1
