"""Saved web pages: the article's text, and what the page states about it."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.dates import iso_date
from generator.ingest.fields import is_date
from generator.ingest.html import Part, encoding_of
from generator.ingest.html_meta import stated
from generator.ingest.html_rules import taken_out
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


def test_a_page_with_its_pictures_in_it() -> None:
    """A page saved as one file, its pictures within, may be far larger than any text."""
    pytest.importorskip("trafilatura", exc_type=ImportError)
    page = PAGE.replace("<article>", f'<img alt="" src="data:image/png;base64,{"iVBOR" * 400_000}"><article>')
    capture = read("seeds/a.html", page.encode())
    assert capture.errors == ()
    assert capture.article.body == read("seeds/a.html", PAGE.encode()).article.body


def test_without_the_extra_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where trafilatura is missing the problem says how to install it."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (error,) = read("seeds/a.html", PAGE.encode()).errors
    assert "pip install 'variorum[html]'" in error.message


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<meta charset=windows-1251>", "windows-1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "iso-8859-1"),
        (b"<meta charset='utf-8'>", ""),
        (b"<meta charset=rot13>", ""),
        (b"<meta charset=windows-1259>", ""),
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


@pytest.mark.parametrize(
    ("page", "key", "value"),
    [
        (
            '<meta itemprop="datePublished dateCreated" content="2024-05-14T11:00:09.000Z">',
            "date",
            "2024-05-14T11:00:09Z",
        ),
        ('<time datetime="2024-05-14" class="entry-date published">', "date", "2024-05-14"),
        ('<time datetime="2024-05-14"><time datetime="2024-05-14T10:00">', "date", "2024-05-14"),
        ('<time datetime="2024-05-14"><time datetime="2024-05-15">', "date", ""),
        ('<meta name="site-post-date" content="2024/05/14">', "date", "2024-05-14"),
        ('<span itemprop="datePublished">Tue 6:45 PM, May 14, 2024</span>', "date", "2024-05-14"),
        (
            '<meta name="date" content="0001-01-01T00:00:00Z"><meta name="pubdate" content="20240514">',
            "date",
            "2024-05-14",
        ),
        ('<meta property="og:site_name" content="The Courier | News and more">', "outlet", "The Courier"),
        ('<meta property="og:site_name" content="https://www.courier.example">', "outlet", "courier.example"),
        ('<meta name="author" content="By Lina Brandt">', "authors", ("Lina Brandt",)),
        ('<meta property="og:site_name" content="Courier"><meta name="author" content="Courier">', "authors", ()),
        ("<!-- saved from url=(0028)https://courier.example/b -->", "source_url", "https://courier.example/b"),
        (
            "<!-- Page saved with SingleFile \n url: https://courier.example/b \n -->",
            "source_url",
            "https://courier.example/b",
        ),
        (
            '<link rel="canonical" href="/b"><meta property="og:url" content="https://courier.example/x">',
            "source_url",
            "https://courier.example/b",
        ),
        ("<title>The bridge - Courier</title><h1>The bridge</h1><h1>Weather</h1>", "title", "The bridge"),
        (
            "<title>Bridge shut (for lorries)</title><h1>The bridge shut</h1><h1>Weather</h1>",
            "title",
            "The bridge shut",
        ),
        ("<title>Courier</title><h1>The bridge shut</h1><h1>Weather</h1>", "title", ""),
        ("<p class='author-date'>By <i>Lina Brandt</i> <b>\n May 14, 2024 \n</b></p>", "date", "2024-05-14"),
        ("<p class='date'>14 May 2024</p><p class='date'>13 May 2024</p>", "date", ""),
        ("<p class='update'>14 May 2024</p>", "date", ""),
        ("<div class='date'>It has been known since 14 May 2024 that nobody will come.</div>", "date", ""),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "It&#8217;s shut",'
            ' "publisher": {"@id": "#us"}}, {"@id": "#us", "@type": "Organization", "name": "Courier"}]}</script>',
            "outlet",
            "Courier",
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "headline": "It&#8217;s&nbsp;shut"}</script>',
            "title",
            "It’s shut",
        ),
    ],
)
def test_what_pages_state_in_other_ways(page: str, key: str, value: object) -> None:
    """Dates in words, references within JSON-LD, texts escaped twice and notes of whoever saved the page are read."""
    assert stated(page).get(key, "") == value


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-05-14 13:42:06+08:00", "2024-05-14T13:42:06+08:00"),
        ("2024-05-14T05:52:20.000+0000", "2024-05-14T05:52:20+0000"),
        ("20240514T101112Z", "2024-05-14T10:11:12Z"),
        ("Tue, 14 May 2024 10:00:00 +0200", "2024-05-14T10:00:00+02:00"),
        ("Tue May 14 2024 03:05:46 GMT+0000", "2024-05-14T03:05:46+0000"),
        ("14th May 2024", "2024-05-14"),
        ("May 14, 2024, 9:02 AM", "2024-05-14"),
        ("14 May 2024 08:02 GMT", "2024-05-14T08:02:00+00:00"),
        ("31 February 2024", ""),
        ("1970-01-01T00:00:00Z", ""),
        ("05/14/2024", ""),
        ("last Tuesday", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    """A date is read in the forms that machines write and in English words; a doubtful one is none."""
    assert iso_date(text) == date


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    """Whatever is called a date is one."""
    assert iso_date(text) == "" or is_date(iso_date(text))


SENTENCE = (
    "The harbour reopened on Friday after the worst storm in years, and the first ferry of the week left at noon,"
    " officials said."
)


@pytest.mark.parametrize(
    ("parts", "gone"),
    [
        ([Part("heading", "Harbour reopens after a storm"), Part("paragraph", SENTENCE)], {0: "repeated-title"}),
        ([Part("paragraph", SENTENCE), Part("heading", "Harbour reopens after storm")], {}),
        (
            [
                Part("paragraph", SENTENCE),
                *[Part("item", f"Another story {n}", 1, 1.0) for n in range(3)],
                Part("paragraph", SENTENCE),
            ],
            {1: "link-list", 2: "link-list", 3: "link-list"},
        ),
        ([Part("paragraph", SENTENCE), Part("item", "One link", 1, 1.0), Part("paragraph", SENTENCE)], {}),
        ([Part("paragraph", SENTENCE), Part("paragraph", "Next: the ferry", 0, 1.0)], {1: "link-list"}),
        ([Part("paragraph", SENTENCE, 0, 1.0)], {}),
        (
            [
                Part("paragraph", "Order Reprints"),
                Part("paragraph", SENTENCE),
                Part("paragraph", "Filed under: Ports |"),
            ],
            {0: "page-furniture", 2: "page-furniture"},
        ),
        ([Part("paragraph", SENTENCE), Part("paragraph", "Thank you"), Part("paragraph", SENTENCE)], {}),
        ([Part("paragraph", "Thank you")], {}),
    ],
)
def test_parts_of_a_page(parts: list[Part], gone: dict[int, str]) -> None:
    """Place and links tell a site's own parts from an article's; what stands within the text stays."""
    assert taken_out(parts, ["Harbour reopens after storm"]) == gone


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("had called it <q>a <em>museum</em> piece</q> in <time>May</time>", "had called it “a museum piece” in May"),
        ("had said <q>that she said <q>no</q></q> twice", "had said “that she said ‘no’” twice"),
        ("had typed <code>make build</code> once", "had typed make build once"),
    ],
)
def test_no_word_of_a_sentence_is_lost_to_its_element(printed: str, kept: str) -> None:
    """Quoted words, days and code within a sentence stay where they are, quoted ones between marks."""
    pytest.importorskip("trafilatura", exc_type=ImportError)
    page = PAGE.replace("The town will rebuild", f"An inspector {printed}, they said. The town will rebuild")
    article = read("seeds/a.html", page.encode()).article
    assert f"An inspector {kept}, they said." in article.body


def test_an_embedded_post_is_a_quotation() -> None:
    """A post of a social network that the article embeds is read with its author's line."""
    pytest.importorskip("trafilatura", exc_type=ImportError)
    post = (
        '<div class="tweet-box"><blockquote class="twitter-tweet">'
        '<p lang="en">All piers are closed until further notice.</p>'
        '— Port of Lind (@portoflind) <a href="https://x.example/1">July 3, 2025</a></blockquote></div>'
    )
    page = PAGE.replace("<p>Advertisement</p>", post)
    body = read("seeds/a.html", page.encode()).article.body
    assert "> All piers are closed until further notice.\n\n> — Port of Lind (@portoflind) July 3, 2025\n" in body


@given(st.text(max_size=200))
def test_any_text_states_something_or_nothing(page: str) -> None:
    """No text is too broken to be looked at."""
    assert set(stated(f"<{page}>")) >= {"title", "authors"}
