"""Saved web pages: the article's text, and what the page states about it."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.html import encoding_of
from generator.ingest.html_meta import stated
from generator.ingest.markdown import blocks
from generator.ingest.seeds import read

PAGE = """\
<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>Harbour reopens after storm | The Daily Harbour</title>
<meta property="og:title" content="Harbour reopens after storm | The Daily Harbour">
<meta property="og:site_name" content="The Daily Harbour">
<meta property="article:published_time" content="2025-07-03T10:00:00Z">
<link rel="canonical" href="https://harbour.example/2025/07/03/reopens">
<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle",
 "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}], "dateModified": "2025-07-04"}]}
</script>
</head>
<body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article>
<h1>Harbour reopens after storm</h1>
<p>The harbour reopened on Friday after the worst storm in years, officials <b>said</b>, and the first
ferry of the week left at noon with * two hundred * people on board.</p>
<p>Advertisement</p>
<h2>What comes next</h2>
<p>“Nobody had expected the storm to last,” the harbour master said, “and nobody had slept for three
days when the first ship came in.” The town will rebuild the northern wall before the winter.</p>
<ul><li>The northern wall was breached in four places.</li><li>Two ferries were lost.</li></ul>
</article>
<footer>© 2025 The Daily Harbour. All rights reserved.</footer>
</body>
</html>
"""


def test_a_saved_page() -> None:
    """A page becomes an article: text and structure from its body, the rest only from what it states."""
    pytest.importorskip("trafilatura", exc_type=ImportError)
    capture = read("seeds/a.html", PAGE.encode())
    article = capture.article
    assert capture.errors == capture.warnings == ()
    assert (article.title, article.outlet) == ("Harbour reopens after storm", "The Daily Harbour")
    assert (article.date, article.updated) == ("2025-07-03T10:00:00Z", "2025-07-04")
    assert (article.authors, article.language) == (("Jane Doe", "John Roe"), "en-GB")
    assert article.source_url == "https://harbour.example/2025/07/03/reopens"
    assert [block.kind for block in blocks(article.body)] == ["paragraph", "heading", "paragraph", "item", "item"]
    assert "officials said, and the first ferry of the week" in blocks(article.body)[0].text
    assert "with * two hundred * people" in blocks(article.body)[0].text
    assert not any(block.marks for block in blocks(article.body))
    assert ("advertisement", 21) in [(r.rule, r.line) for r in article.removed]


def test_a_page_in_an_old_encoding() -> None:
    """A page that declares an encoding of its own is read in it."""
    pytest.importorskip("trafilatura", exc_type=ImportError)
    page = PAGE.replace("utf-8", "windows-1252").replace("officials", "“officials” é")
    capture = read("seeds/a.html", page.encode("windows-1252"))
    assert capture.errors == ()
    assert "“officials” é" in capture.article.body


def test_a_page_without_an_article() -> None:
    """A page in which no article is found is an error, not an empty article."""
    pytest.importorskip("trafilatura", exc_type=ImportError)
    (error,) = read("seeds/a.html", b"<html><body><nav>Home</nav></body></html>").errors
    assert "0 sentences" in error.message


def test_without_the_extra_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where trafilatura is missing the problem says how to install it."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (error,) = read("seeds/a.html", PAGE.encode()).errors
    assert "pip install 'variorum[html]'" in error.message


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<meta charset=windows-1251>", "windows-1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "ISO-8859-1"),
        (b"<meta charset='utf-8'>", ""),
        (b"<meta charset=rot13>", ""),
        (b"<p>charset=windows-1251", ""),
    ],
)
def test_declared_encodings(data: bytes, name: str) -> None:
    """Only encodings that browsers know are believed."""
    assert encoding_of(data) == name


@pytest.mark.parametrize(
    ("page", "key", "value"),
    [
        ("<h1>A <i>b</i>\n c</h1>", "title", "A b c"),
        ("<h1>A</h1><h1>B</h1>", "title", ""),
        ("<title>A</title>", "title", ""),
        ('<meta property="og:locale" content="pt_BR">', "language", "pt-BR"),
        ('<meta name="author" content="Jane Doe">', "authors", ("Jane Doe",)),
        ('<meta property="article:author" content="https://example.org/jane">', "authors", ()),
        ('<script type="application/ld+json">{"@type": "Article", "author": "J"}</script>', "authors", ("J",)),
        ('<script type="application/ld+json">[{"@type": ["NewsArticle"], "headline": "H"}]</script>', "title", "H"),
        ('<script type="application/ld+json">{"@type": "Person", "name": "P"}</script>', "title", ""),
        ('<script type="application/ld+json">{bad json</script><h1>T</h1>', "title", "T"),
        ('<script type="application/ld+json">' + "[" * 5000 + "</script><h1>T</h1>", "title", "T"),
    ],
)
def test_what_a_page_states(page: str, key: str, value: object) -> None:
    """Each value is taken from where pages state it, and from nowhere else."""
    assert stated(page).get(key, "") == value


@given(st.text(max_size=200))
def test_any_text_states_something_or_nothing(page: str) -> None:
    """No text is too broken to be looked at."""
    assert set(stated(f"<{page}>")) >= {"title", "authors"}
