"""Markdown into plain blocks, into HTML, and texts into Markdown."""

import html as stdlib_html
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.markdown import blocks, escape, has_text, heading, html, is_safe_link, one_line
from generator.model import Block, Mark
from tests.casefiles import read_cases

CASES = read_cases(Path(__file__).parent / "cases" / "markdown.md")
#: Texts in which the signs that mean something to Markdown are frequent.
SIGNS = st.lists(
    st.sampled_from([*"ab1 \\`*_<>[]()&#+-=~|.!:;\"'“’/\u00a0é", "&amp;", "1. ", "http://x"]), max_size=30
).map("".join)
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


def _shown(block: Block) -> str:
    marks = (f" [{' '.join(filter(None, [m.kind, repr(block.text[m.start : m.end]), m.href]))}]" for m in block.marks)
    return f"{block.kind}{block.level or ''}: {block.text}{''.join(marks)}"


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_cases(title: str, text: str, expected: str) -> None:
    """Each kind of block becomes plain text with its marks beside it."""
    assert "\n".join(map(_shown, blocks(text))) == expected, title


@given(SIGNS | ANY)
def test_escaped_text_reads_as_itself(text: str) -> None:
    """Any one-line text, escaped, is one paragraph of exactly that text without marks."""
    line = one_line(text)
    assert blocks(escape(text)) == ((Block("paragraph", line),) if line else ())


@given(SIGNS | ANY, st.integers(1, 6))
def test_escaped_heading_reads_as_itself(text: str, level: int) -> None:
    """Any one-line text, escaped as a heading, is one heading of exactly that text."""
    line = one_line(text)
    assert blocks(heading(text, level)) == ((Block("heading", line, level),) if line else ())


@given(st.lists(SIGNS | ANY, max_size=5))
def test_escaped_paragraphs_do_not_touch(texts: list[str]) -> None:
    """Escaped texts parted by blank lines stay as many paragraphs, whatever they begin and end with."""
    lines = [line for text in texts if (line := one_line(text))]
    read = blocks("\n\n".join(escape(line) for line in lines))
    assert [block.text for block in read] == lines


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("“Don’t,” he said – it’s 5 - 3 = 2.", "“Don’t,” he said – it’s 5 - 3 = 2."),
        ("1. May was cold.", "1\\. May was cold."),
        ("# of votes", "\\# of votes"),
        ("- he said", "\\- he said"),
        ("AT&T and snake_case stay", "AT&T and snake_case stay"),
        ("a [sic] b", "a [sic] b"),
        ("a * b", "a * b"),
        ("*a*", "\\*a\\*"),
        ("[x](y)", "\\[x\\](y)"),
        ("a &amp; b", "a \\&amp; b"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("#hashtag", "#hashtag"),
    ],
)
def test_escapes_are_few(text: str, written: str) -> None:
    """Only what would change the meaning is escaped, so that an editor can read the file."""
    assert escape(text) == written


@given(SIGNS | ANY)
def test_has_text_is_what_the_blocks_say(text: str) -> None:
    """A text has text where one of its blocks is no heading."""
    assert has_text(text) is any(block.kind != "heading" for block in blocks(text))


@given(SIGNS | ANY)
def test_marks_lie_within_their_block(text: str) -> None:
    """Marks are half-open ranges of their block's text, in the order in which they begin."""
    for block in blocks(text):
        assert all(0 <= m.start < m.end <= len(block.text) for m in block.marks)
        assert [m.start for m in block.marks] == sorted(m.start for m in block.marks)
        assert block.text.strip()


@pytest.mark.parametrize(
    ("href", "safe"),
    [
        *(("https://example.org", True), ("http://example.org", True), ("mailto:a@example.org", True)),
        *(("../x/", True), ("#part", True), ("a/b:c", True), ("/root", True), ("?q=1", True)),
        *(("//example.org", False), ("/\\example.org", False), ("\\\\example.org", False)),
        *(("javascript:alert(1)", False), ("JavaScript:x", False), ("data:text/html,x", False)),
        *(
            ("java\nscript:x", False),
            ("vbscript:x", False),
            ("file:///etc/passwd", False),
            ("http://[", False),
        ),
    ],
)
def test_safe_links(href: str, safe: bool) -> None:
    """Only http, https, mailto, relative addresses and fragments may be linked."""
    assert is_safe_link(href) is safe


def test_html_marks_links_to_other_sites() -> None:
    """Links to other sites say so; links within the site do not."""
    assert html("[a](https://example.org) [b](../b/) [c](mailto:c@example.org)") == (
        '<p><a href="https://example.org" rel="nofollow noopener ugc external">a</a> <a href="../b/">b</a> '
        '<a href="mailto:c@example.org">c</a></p>\n'
    )


def test_html_keeps_raw_html_and_bad_links_as_text() -> None:
    """Raw HTML is shown, not obeyed, and a refused link stays the text it is."""
    assert html("<script>x</script>\n\n[a](javascript:x) <ins>y</ins>") == (
        "<p>&lt;script&gt;x&lt;/script&gt;</p>\n<p>[a](javascript:x) &lt;ins&gt;y&lt;/ins&gt;</p>\n"
    )


def test_html_shows_only_the_sites_own_images() -> None:
    """An image from elsewhere reads as its alternative text."""
    assert html("![a *b*](https://example.org/x.png) ![c](img/c.png)") == (
        '<p>a b <img src="img/c.png" alt="c" /></p>\n'
    )


def test_html_gives_headings_ids_under_a_prefix() -> None:
    """With a prefix headings can be linked, equal ones apart; the text's own fragments find them."""
    page = html("# Who says\n\n# Who says\n\n[up](#who-says) [away](#other)", id_prefix="p-")
    assert '<h1 id="p-who-says">' in page
    assert '<h1 id="p-who-says-2">' in page
    assert '<a href="#p-who-says">' in page
    assert '<a href="#other">' in page
    assert "id=" not in html("# Who says")


def test_html_holds_no_inline_style() -> None:
    """Aligned columns of a table bring no style attribute, which our pages would refuse."""
    assert "style" not in html("|a|b|\n|:-|-:|\n|1|2|\n")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@given(SIGNS | ANY | st.sampled_from(["<script>", "<img src=x onerror=y>", "![a](javascript:x)", "<javascript:x>"]))
def test_html_has_only_the_tags_of_markdown(text: str) -> None:
    """No text brings a tag or attribute of its own into the page."""
    tags = _Tags()
    tags.feed(html(text, id_prefix="p-"))
    known = {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "strong",
        "code",
        "pre",
        "a",
        "img",
        "ul",
        "ol",
        "li",
    }
    known |= {"blockquote", "hr", "br", "div", "table", "thead", "tbody", "tr", "th", "td"}
    for tag, attributes in tags.found:
        assert tag in known
        assert set(attributes) <= {"href", "rel", "src", "alt", "title", "id", "class", "start", "tabindex"}
        assert is_safe_link(stdlib_html.unescape(attributes.get("href") or ""))


@given(ANY)
def test_quotation_marks_are_never_altered(text: str) -> None:
    """Typographic and typewriter quotes go through as they are."""
    quotes = re.sub(r"[^\"'“”‘’«»„]", "", text)
    read = "".join(block.text for block in blocks(escape(text)))
    assert re.sub(r"[^\"'“”‘’«»„]", "", read) == quotes


def test_nested_marks() -> None:
    """A mark within a mark has a range of its own; the outer one comes first."""
    (block,) = blocks("a **b [*c*](https://x.org) d** e")
    assert block.text == "a b c d e"
    assert block.marks[0] == Mark(2, 7, "strong")
    assert set(block.marks[1:]) == {Mark(4, 5, "link", "https://x.org"), Mark(4, 5, "em")}
