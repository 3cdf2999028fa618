"""Captures into articles: what they state, what is taken out, and that nothing else is lost."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.cleaning import Line, clean, scrub
from generator.ingest.markdown import blocks
from generator.ingest.seeds import MAX_BYTES, Capture, read, read_all
from generator.ingest.structure import paragraphs, structure
from tests.casefiles import read_cases

DEMO = {f"seeds/{p.name}": p.read_bytes() for p in (Path(__file__).parent.parent / "seeds").glob("*.txt")}
CASES = read_cases(Path(__file__).parent / "cases" / "structure.md")
PROSE = "The harbour reopened on Friday after the worst storm in years, officials said."


def _demo(number: str) -> Capture:
    (path,) = (path for path in DEMO if path.startswith(f"seeds/{number}_"))
    return read(path, DEMO[path])


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


# ---------------------------------------------------------------------------- the demo


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("000", ""),
        ("001", ""),
        ("002", ""),
        ("003", "Trump and Putin talk about war in Ukraine but make no progress on ceasefire"),
        (
            "004",
            "‘Didn’t make any progress with him at all’: Trump after phone call with Putin on efforts to end "
            "Russia Ukraine war",
        ),
    ],
)
def test_demo_titles(number: str, title: str) -> None:
    """Only the two captures that print a headline have a title."""
    assert _demo(number).article.title == title


@pytest.mark.parametrize(
    ("number", "rules"),
    [
        ("000", {"read-more": 1}),
        ("001", {}),
        ("002", {}),
        (
            "003",
            {"call-to-comment": 1, "site-name": 1, "repeated-title": 1, "advertisement": 11, "source-line": 1},
        ),
        ("004", {"stray-bracket": 1, "link-text": 1}),
    ],
)
def test_demo_removed_lines(number: str, rules: dict[str, int]) -> None:
    """Each capture loses exactly the lines that are its web page's."""
    assert Counter(r.rule for r in _demo(number).article.removed) == rules


def test_demo_headings() -> None:
    """The bare headings and the questions of 002 are its headings; the others have none."""
    found = {
        n: [b.text for b in blocks(_demo(n).article.body) if b.kind == "heading"] for n in ("000", "001", "003", "004")
    }
    assert not any(found.values())
    assert [b.text for b in blocks(_demo("002").article.body) if b.kind == "heading"] == [
        "Trump-Putin Call Yields No Breakthrough on Ukraine",
        "Understanding Putin’s Stance and the Stalemate",
        "The Complex Backdrop: US-Ukraine Relationship Strain",
        "The Pause in US Military Aid to Ukraine",
        "Broader Geopolitical Discussions",
        "Implications of the Diplomatic Deadlock",
        "Frequently Asked Questions",
        "What was the main outcome of the Trump-Putin call regarding the Ukraine war?",
        "How does the recent pause in U.S. weapons shipments factor into discussions about Ukraine aid?",
        "Does the lack of progress in the call mean peace talks for the Ukraine war are impossible soon?",
        "Conclusion",
    ]


def test_demo_source_line_states_the_front_matter() -> None:
    """The source line of 003 states address, outlet and date; its republisher is named; 004 states none."""
    article = _demo("003").article
    assert (article.outlet, article.date, article.via) == (
        "washingtonpost.com",
        "2025-07-03",
        "Diverging Reports Breakdown",
    )
    assert article.source_url.endswith("/trump-putin-zelensky-russia-ukraine/")
    assert (_demo("004").article.outlet, _demo("004").article.date, _demo("004").article.source_url) == ("", "", "")


@pytest.mark.parametrize("path", sorted(DEMO))
def test_demo_loses_no_word(path: str) -> None:
    """Title, body and removed lines together hold every word of a capture as often as it does."""
    article = read(path, DEMO[path]).article
    told = [article.title, *(b.text for b in blocks(article.body)), *(r.text for r in article.removed)]
    assert _words(" ".join(told)) == _words(DEMO[path].decode())


@pytest.mark.parametrize("path", sorted(DEMO))
def test_demo_paragraphs_are_verbatim(path: str) -> None:
    """Every block's text stands in the capture as it is, typographic quotes and all, without marks."""
    text = DEMO[path].decode()
    for block in blocks(read(path, DEMO[path]).article.body):
        assert block.text in text
        assert not block.marks


# ---------------------------------------------------------------------------- structure


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_structure_cases(title: str, text: str, expected: str) -> None:
    """Titles, headings and paragraphs are told apart only where the lines show them."""
    found = structure(clean(paragraphs(text.replace("␣", "\u00a0"))).kept)
    shown = [f"title: {found.title}"] if found.title else []
    shown += [f"{block.kind}: {block.text}" for block in blocks(found.body)]
    assert "\n".join(shown) == expected, title


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_structure_keeps_every_word(text: str) -> None:
    """Any lines may come; their words are all in title and body."""
    lines = [Line(i, x.strip()) for i, x in enumerate(scrub(text).split("\n"), 1) if x.strip()]
    found = structure(lines)
    read_back = " ".join([found.title, *(b.text for b in blocks(found.body))])
    assert _words(read_back) == _words("\n".join(line.text for line in lines))


# ---------------------------------------------------------------------------- sidecars and problems


def test_a_sidecar_wins() -> None:
    """What the sidecar states stands over what the capture states."""
    capture = read(
        "seeds/a.txt",
        f"Harbour reopens at last\n\n{PROSE}\nSource: https://www.example.org/2025/01/02/harbour\n".encode(),
        b"title: Other\noutlet: The Daily\ndate: 2025-01-03\nstory: Big Storm\nauthors: [A, B]\nrights: excerpt\n",
    )
    article = capture.article
    assert (article.title, article.outlet, article.date, article.story) == (
        "Other",
        "The Daily",
        "2025-01-03",
        "big-storm",
    )
    assert (article.authors, article.rights, capture.rights) == (("A", "B"), "excerpt", "excerpt")
    assert article.source_url == "https://www.example.org/2025/01/02/harbour"
    assert capture.errors == ()


def test_a_sidecars_address_states_outlet_and_date() -> None:
    """An address in the sidecar states the host and the date as a source line does."""
    article = read(
        "seeds/a.txt", PROSE.encode(), b"source_url: https://www.example.org/world/2025/jul/03/harbour"
    ).article
    assert (article.outlet, article.date) == ("example.org", "2025-07-03")


def test_nothing_is_guessed() -> None:
    """A bare text has neither title nor outlet nor date, and the site's own rights."""
    capture = read("seeds/a.txt", PROSE.encode(), rights="link")
    article = capture.article
    assert (article.title, article.outlet, article.date, article.language, article.story) == ("", "", "", "", "")
    assert (article.rights, capture.rights) == ("link", "")


@pytest.mark.parametrize(
    ("sidecar", "said"),
    [
        (b"titel: x", "seeds/a.yml:1:1: titel: unknown key – did you mean 'title'?"),
        (b"date: 3 July 2025", "seeds/a.yml:1:1: date: expected a date like 2025-07-03"),
        (b"date: 2025-02-30", "seeds/a.yml:1:1: date: expected a date"),
        (b"rights: all", "seeds/a.yml:1:1: rights: expected excerpt, full, link"),
        (b"source_url: example.org", "seeds/a.yml:1:1: source_url: expected an address"),
        (b"a: [b", "seeds/a.yml:1:4: opened here and never closed"),
        (b"\xff", "seeds/a.yml:1: not UTF-8: byte 0 is 0xff"),
    ],
)
def test_mistakes_in_sidecars(sidecar: bytes, said: str) -> None:
    """A sidecar's mistakes are errors with their place."""
    errors = [str(error) for error in read("seeds/a.txt", PROSE.encode(), sidecar).errors]
    assert any(error.startswith(said) for error in errors), errors


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"first\nsecond \xe9t\xe9\n", "seeds/a.txt:2: not UTF-8: byte 13 is 0xe9"),
        (b"", "seeds/a.txt: an empty file"),
        (b" \n\xc2\xa0\n", "seeds/a.txt: an empty file"),
        (b"Advertisement\n[\n", "seeds/a.txt: 0 sentences are left after cleaning"),
        (b"x" * (MAX_BYTES + 1), "seeds/a.txt: 1,001 KB – a capture holds one article"),
    ],
)
def test_captures_that_are_none(data: bytes, said: str) -> None:
    """Captures that cannot be read, or have nothing to read, are errors."""
    errors = [str(error) for error in read("seeds/a.txt", data).errors]
    assert [error for error in errors if error.startswith(said)] == errors, errors
    assert errors


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    """UTF-8 with and without byte-order mark, and UTF-16 with one, are read alike."""
    data = f"“{PROSE}”".encode(encoding)
    assert read("seeds/a.txt", data).article.body == f"“{PROSE}”\n"


def test_line_ends_do_not_matter() -> None:
    """Windows' and old Mac's line ends give the same article."""
    text = f"Harbour reopens at last\n{PROSE}\nAdvertisement\n{PROSE}\n"
    made = {read("seeds/a.txt", text.replace("\n", end).encode()).article.body for end in ("\n", "\r\n", "\r")}
    assert made == {f"{PROSE}\n\n{PROSE}\n"}


def test_a_folder_of_seeds() -> None:
    """Sub-folders state the story; hidden files are left out; orphans are errors, foreign files warnings."""
    found = read_all(
        {
            "seeds/a.txt": PROSE.encode(),
            "seeds/a.yml": b"title: A",
            "seeds/Big Storm/b.txt": PROSE.encode(),
            "seeds/c.yml": b"title: C",
            "seeds/d.pdf": b"%PDF",
            "seeds/.DS_Store": b"\x00",
        }
    )
    assert [(c.article.seed, c.article.title, c.article.story) for c in found.captures] == [
        ("seeds/Big Storm/b.txt", "", "big-storm"),
        ("seeds/a.txt", "A", ""),
    ]
    assert [str(e) for e in found.errors] == [
        "seeds/c.yml: a sidecar without a capture – expected seeds/c.txt, .md, .html or .json beside it"
    ]
    assert [str(w) for w in found.warnings] == ["seeds/d.pdf: not read: captures end in .txt, .md, .html or .json"]


# ---------------------------------------------------------------------------- other kinds of capture


def test_markdown_keeps_its_markup() -> None:
    """A Markdown capture's front matter is honoured, its first heading the title, its text cleaned, not escaped."""
    capture = read(
        "seeds/a.md",
        b"---\nauthor: Jane Doe\nurl: https://example.org/a\nlayout: post\n---\n\n# Harbour *reopens*\n\n"
        b"It **did**.\n\nAdvertisement\n\n- one\n\n```\nAdvertisement\n```\n\n***\n\n| a |\n|---|\n| b |\n",
    )
    article = capture.article
    assert (article.title, article.authors, article.outlet) == ("Harbour reopens", ("Jane Doe",), "example.org")
    assert article.body == "It **did**.\n\n- one\n\n```\nAdvertisement\n```\n\n***\n\n| a |\n|---|\n| b |\n"
    assert [(r.rule, r.line) for r in article.removed] == [("advertisement", 11)]
    assert str(capture.warnings[0]).startswith("seeds/a.md:4:1: layout: not read")


@pytest.mark.parametrize(
    ("written", "date"),
    [("March 13, 2024", "2024-03-13"), ("13 Mar 2024", "2024-03-13"), ("12/03/2024", ""), ("yesterday", "")],
)
def test_dates_of_other_programs(written: str, date: str) -> None:
    """A date in a capture's front matter is read however it is written, if it can be one day only; else it is told."""
    capture = read("seeds/a.md", f"---\ntitle: A\ndate: {written}\n---\n\nThe bridge is shut.\n".encode())
    assert capture.article.date == date
    assert [problem.line for problem in capture.errors] == ([] if date else [3])


def test_markdown_with_bad_front_matter() -> None:
    """Mistakes in a capture's own front matter are errors with their line."""
    errors = read("seeds/a.md", f"---\ndate: yesterday\n---\n{PROSE}".encode()).errors
    assert [str(e)[:30] for e in errors] == ["seeds/a.md:2:1: date: expected"]
    assert read("seeds/a.md", b"---\ntitle: A\n").errors[0].line == 1


def test_json_under_the_names_of_other_programs() -> None:
    """A JSON capture is read by the usual names; its doubtful values are warned of and left out."""
    value = {
        "headline": "Harbour reopens",
        "content": f"{PROSE}\nAdvertisement\n{PROSE}",
        "url": "https://example.org/a",
        "author": [{"name": "Jane Doe"}, "John Roe"],
        "publisher": {"name": "The Daily Harbour"},
        "published": "early July 2025",
        "language": None,
        "score": 3,
    }
    capture = read("seeds/a.json", json.dumps(value).encode())
    article = capture.article
    assert (article.title, article.outlet, article.date) == ("Harbour reopens", "The Daily Harbour", "")
    assert (article.authors, article.source_url) == (("Jane Doe", "John Roe"), "https://example.org/a")
    assert article.body == f"{PROSE}\n\n{PROSE}\n"
    assert capture.errors == ()
    assert "date: expected a date" in str(capture.warnings[0])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "seeds/a.json:1:2: not JSON"),
        (b"[1]", "seeds/a.json:1: expected an object with the article under one of text, body"),
        (b'{"title": "A"}', "seeds/a.json:1: expected an object"),
        (b"[" * 100_000, "seeds/a.json: not an article"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "seeds/a.json: not an article"),
    ],
)
def test_json_that_is_no_article(data: bytes, said: str) -> None:
    """JSON without an article is an error, however it fails."""
    (error,) = read("seeds/a.json", data).errors
    assert str(error).startswith(said)


@given(st.binary(max_size=200), st.sampled_from([".txt", ".md", ".json"]), st.none() | st.binary(max_size=60))
def test_any_bytes_are_read_or_told(data: bytes, ending: str, sidecar: bytes | None) -> None:
    """Whatever the bytes, there is an article with text, or an error."""
    capture = read(f"seeds/a{ending}", data, sidecar)
    assert capture.errors or blocks(capture.article.body)
