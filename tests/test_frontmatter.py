"""Headers of YAML read as texts with their lines, and written so that they read back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem, SourceError
from generator.ingest import frontmatter, yaml_events
from generator.ingest.frontmatter import MAX_DEPTH, Header, dump_yaml, load_yaml, parse
from generator.ingest.frontmatter import format as format_matter

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        *(
            "null",
            "~",
            "yes",
            "No",
            "true",
            "012",
            "12:30",
            "1e3",
            "0x1f",
            ".5",
            "2025-07-03",
            "=",
            "<<",
            "-",
            "?",
        ),
        *(
            "# not a comment",
            "a # comment",
            "key: value",
            "ends:",
            " leading",
            "trailing ",
            "“quoted”",
            "'",
            '"',
        ),
        *(
            "[a]",
            "{a}",
            "*star",
            "&and",
            "!bang",
            "%",
            "@",
            "`",
            "a\nb",
            "\n",
            "\u2028",
            "\x85",
            "\ufeff",
            "…",
        ),
        *("---", "...", "|", ">", "it's", 'say "x"', "a, b", "C:\\x", "\t", "\x00", "😀", "کتاب"),
    ]
)
VALUES = st.recursive(TEXTS | st.lists(TEXTS, max_size=4).map(tuple), lambda v: st.dictionaries(TEXTS, v, max_size=3))


def _problems(text: str) -> list[str]:
    with pytest.raises(SourceError) as caught:
        parse(text, "content/a.md")
    return [str(problem) for problem in caught.value.problems]


@given(st.dictionaries(TEXTS, VALUES, max_size=6), st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_written_reads_back(header: dict[str, object], body: str) -> None:
    """Any texts, lists and mappings, and any body, survive being written and read."""
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    read, found, _ = parse(format_matter(header, body), "a.md")
    assert (read, found) == (header, body)
    assert list(read) == list(header)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands between the fences, the answer is a header or a source error."""
    problems: tuple[Problem, ...] = ()
    try:
        parse(f"---\n{text}\n---\nbody", "a.md")
    except SourceError as error:
        problems = error.problems
    assert all(p.path == "a.md" and p.message for p in problems)


SIMPLE = st.lists(
    st.sampled_from(
        [
            *"ab:# '\n-[],?\x07\u2028\x85\u00a0\ufeff\x7f“",
            "k: ",
            "a: ",
            "''",
            "http://x",
            "key_1: v\n",
            "\n# a",
            '"',
            '"x y"',
        ]
    ),
    max_size=14,
).map("".join)


@given(SIMPLE)
def test_simple_headers_read_as_any_other(text: str) -> None:
    """The short way of reading plain lines gives what YAML gives, places included."""
    short = frontmatter._simple(text, 2)
    full = yaml_events.parsed(text, "a.md", 2) if short is not None else None
    assert short == full
    assert short is None or full is None or short.places == full.places


def test_written_headers_are_simple() -> None:
    """What an ingest writes is read the short way."""
    written = dump_yaml({"title": "It’s a ‘title’: yes", "date": "2025-07-03", "url": "https://a.org/b#c", "tags": ()})
    assert frontmatter._simple(written, 1) == load_yaml(written, "a.md")


def test_scalars_stay_text() -> None:
    """YAML's numbers, flags, dates and nulls are the texts that were written."""
    text = "a: no\nb: 12:30\nc: 2025-07-03\nd: 012\ne: null\nf:\ng: ~\nh: 1.0\n"
    values = {
        "a": "no",
        "b": "12:30",
        "c": "2025-07-03",
        "d": "012",
        "e": "null",
        "f": "",
        "g": "~",
        "h": "1.0",
    }
    assert load_yaml(text, "x.yml") == values


def test_places_are_those_of_the_file() -> None:
    """Lines count from the top of the file, columns from 1, in nested mappings too."""
    header, body, line = parse("---\ntitle: A\nouter:\n  inner: b\n---\n\nText\n", "a.md")
    inner = header["outer"]
    assert (header.place("title"), header.place("outer"), header.place("none")) == ((2, 1), (3, 1), (0, 0))
    assert isinstance(inner, Header)
    assert inner.place("inner") == (4, 3)
    assert (body, line) == ("Text\n", 7)


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("\ufeff---\r\ntitle: A\r\n---\r\nText\r\n", "Text\n", 4),
        ("---\ntitle: A\n---", "", 4),
        ("---\n---\n\n\nText", "\nText", 4),
        ("Text\n---\nmore", "Text\n---\nmore", 1),
        ("", "", 1),
    ],
)
def test_body_and_its_line(text: str, body: str, line: int) -> None:
    """Byte-order marks and foreign line ends do no harm; one blank line below the fence is nobody's."""
    _, found, first = parse(text, "a.md")
    assert (found, first) == (body, line)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\ntitle: A\n", "a.md:1:1: front matter begins here and never ends"),
        ('+++\ntitle = "A"\n+++\n', "a.md:1:1: front matter in TOML"),
        ("---\ntitle: A\ntitle: B\n---\n", "a.md:3:1: 'title' stands here twice, first on line 2"),
        ("---\ntitle: War: a history\n---\n", "a.md:2:11: a colon inside the value"),
        ("---\ntitle: 'open\n---\n", "a.md:2:8: opened here and never closed"),
        ("---\n\ttitle: A\n---\n", "a.md:2:1: a tab – indent with spaces"),
        ("---\na: &x 1\nb: *x\n---\n", "a.md:2:4: anchors and aliases"),
        ("---\na: !!python/object:os.system 1\n---\n", "a.md:2:4: the tag"),
        ("---\n- a\n- b\n---\n", "a.md:2:1: expected lines of `key: value`"),
        ("---\njust text\n---\n", "a.md:2:1: expected lines of `key: value`"),
        ("---\n? [a, b]\n: c\n---\n", "a.md:2:3: a key must be one line of text"),
        ("---\na: b\x07c\n---\n", "a.md:2:5: a control character"),
        ("---\ntags: [a, b\n---\n", "a.md:2:7: opened here and never closed"),
        ("---\ntitle: 'A' or B\n---\n", "a.md:2:12: text after a closing quotation mark"),
        ("---\ntitle: [A] or B\n---\n", "a.md:2:12: text after a closing quotation mark"),
        ("---\na:\n  b: 1\n c: 2\n---\n", "a.md:4:2: this line's indentation"),
        ("---\ntitle: @home\n---\n", "a.md:2:8: the value begins with a sign that YAML keeps"),
        ('---\ntitle: "C:\\q"\n---\n', "a.md:2:12: a backslash in double quotes"),
    ],
)
def test_what_is_refused_and_where(text: str, said: str) -> None:
    """Bad YAML, and YAML that a header has no use for, is refused with line, column and a way out."""
    assert any(problem.startswith("content/" + said) for problem in _problems(text)), _problems(text)


def test_all_duplicates_are_told() -> None:
    """Every problem is gathered, not the first."""
    assert len(_problems("---\na: 1\na: 2\nb: 1\nb: &x 2\n---\n")) == 3


def test_size_and_depth_are_bounded() -> None:
    """Headers beyond 64 KB or 32 levels are refused."""
    assert "64 KB" in _problems("---\na: " + "x" * 70_000 + "\n---\n")[0]
    assert "levels" in _problems("---\na: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1) + "\n---\n")[0]
    assert "levels" in _problems("---\na: " + "[" * 20_000 + "\n---\n")[0]


def test_second_documents_are_refused() -> None:
    """A configuration is one document."""
    with pytest.raises(SourceError, match=r"ssg\.yml:2:1: a second YAML document"):
        load_yaml("a: b\n---\nc: d\n", "ssg.yml")


def test_texts_are_quoted_only_where_needed() -> None:
    """Plain texts stay plain; what other YAML tools would misread is quoted; dates stay dates."""
    written = dump_yaml(
        {
            "title": "It’s a plain title – with “quotes”",
            "date": "2025-07-03",
            "flag": "yes",
            "colon": "War: a history",
            "url": "https://example.org/a#b",
            "empty": "",
            "authors": ("Jane Doe", "Smith, John"),
            "draft": False,
            "items": 20,
            "inner": {"a": "b", "none": {}},
        }
    )
    assert written == (
        "title: It’s a plain title – with “quotes”\n"
        "date: 2025-07-03\n"
        "flag: 'yes'\n"
        "colon: 'War: a history'\n"
        "url: https://example.org/a#b\n"
        "empty: ''\n"
        "authors: [Jane Doe, 'Smith, John']\n"
        "draft: false\n"
        "items: 20\n"
        "inner:\n  a: b\n  none: {}\n"
    )


@given(
    st.lists(st.sampled_from(["---", "--- ", "a: b", "\n", "\n\n", " ", "x", "\ufeff", "\r\n"]), max_size=12).map(
        "".join
    )
)
def test_ordinary_fences_read_as_any_other(text: str) -> None:
    """The short way of finding a header's end gives what looking at every line does."""
    fenced = f"---\n{text}"
    try:
        short = frontmatter._quickly(fenced, "a.md")
    except SourceError:
        return
    assert short is None or short == frontmatter._by_lines(fenced, "a.md")
