"""`ssg add`: what is taken out of files of every kind, what is left out, and what is there already."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.addresses import same_address
from generator.ingest.feed_files import NotAFeedError, entries
from generator.ingest.fragments import parts_of
from generator.ingest.intake import take
from tests.projects import ssg, tree
from tests.test_html_captures import PAGE

RSS = """\
<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Courier</title><language>en-gb</language>
<item><title>Bridge shut &amp; sealed</title><link>https://www.courier.example/b?utm_source=rss</link>
<pubDate>Tue, 14 May 2024 10:00:00 +0200</pubDate><dc:creator>Lina Brandt</dc:creator>
<content:encoded><![CDATA[<p>The <b>bridge</b> was shut on Tuesday.</p><p>Nobody was hurt, the mayor said.<br><br>
It stays shut.</p><ul><li>One pier is cracked.</li></ul><p><a href="/">Read more</a></p>]]></content:encoded></item>
<item><title>Only a summary</title><link>https://www.courier.example/c</link><description>Short.</description></item>
</channel></rss>"""

ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Abendblatt</title><author><name>Redaktion</name></author>
<entry><title type="html">Die &amp;lt;alte&amp;gt; Brücke</title><link rel="self" href="https://a.example/self"/>
<link href="https://a.example/1"/><published>2024-05-14T10:00:00Z</published><updated>2024-05-15T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Die Brücke ist <em>zu</em>.</p></div></content>
</entry></feed>"""

TEXT = "The bridge was shut on Tuesday.\n\nADVERTISEMENT\n\nNobody was hurt, the mayor said.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with an empty project `digest/` and a folder `in/` beside it."""
    (tmp_path / "digest").mkdir()
    (tmp_path / "in").mkdir()
    return tmp_path


def _put(desk: Path, **files: str) -> None:
    for name, text in files.items():
        stem, _, ending = name.rpartition("_")
        (desk / "in" / f"{stem}.{ending}").write_text(text, encoding="utf-8")


def _added(desk: Path, *arguments: str) -> dict[str, str]:
    result = ssg(desk / "digest", "add", str(desk / "in"), *arguments)
    assert result.exit_code == 0, result.stderr
    return {name: data.decode("utf-8", "replace") for name, data in tree(desk / "digest").items()}


def test_a_text_stays_as_it_is(desk: Path) -> None:
    """A text is copied byte for byte; its sidecar says what is known and asks for what is not."""
    _put(desk, copy_txt=TEXT + "\nSource: https://www.courier.example/2024/05/14/b/\n")
    assert _added(desk) == {
        "seeds/copy.txt": TEXT + "\nSource: https://www.courier.example/2024/05/14/b/\n",
        "seeds/copy.yml": "outlet: courier.example\ntitle:\ndate: 2024-05-14\n"
        "source_url: https://www.courier.example/2024/05/14/b/\n",
    }


def test_a_page_becomes_markdown(desk: Path) -> None:
    """A saved page gives its article as Markdown, and what it states as a sidecar; the build takes both."""
    pytest.importorskip("trafilatura", exc_type=ImportError)
    _put(desk, page_html=PAGE)
    (desk / "in" / "page_files").mkdir()
    (desk / "in" / "page_files" / "ad.html").write_text(PAGE, encoding="utf-8")
    found = _added(desk)
    assert sorted(found) == ["seeds/harbour-reopens-after-storm.md", "seeds/harbour-reopens-after-storm.yml"]
    assert found["seeds/harbour-reopens-after-storm.md"].startswith("The harbour reopened on Friday")
    assert "authors: [Jane Doe, John Roe]" in found["seeds/harbour-reopens-after-storm.yml"]
    built = ssg(desk / "digest", "build", "--strict", "--json")
    assert json.loads(built.stdout)["stories"][0]["title"] == "Harbour reopens after storm"


def test_a_feed_gives_its_articles(desk: Path) -> None:
    """Every entry with a text is an article of its own; one with a mere summary is told and left out."""
    _put(desk, feed_xml=RSS, other_atom=ATOM)
    result = ssg(desk / "digest", "add", str(desk / "in"), "--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert [row["path"] for row in said["added"]] == ["seeds/bridge-shut-sealed.md", "seeds/die-alte-brucke.md"]
    assert (said["added"][0]["date"], said["added"][0]["outlet"]) == ("2024-05-14T10:00:00+02:00", "The Courier")
    assert [row["rule"] for row in said["added"][0]["removed"]] == ["link-list"]
    assert "entry 2 (Only a summary)" in said["dropped"][0]["message"]
    body = (desk / "digest/seeds/bridge-shut-sealed.md").read_text(encoding="utf-8")
    assert body == (
        "The bridge was shut on Tuesday.\n\nNobody was hurt, the mayor said.\n\nIt stays shut.\n\n"
        "- One pier is cracked.\n\n"
    )
    german = (desk / "digest/seeds/die-alte-brucke.yml").read_text(encoding="utf-8")
    assert "title: Die <alte> Brücke\ndate: 2024-05-14T10:00:00Z\nupdated: 2024-05-15T10:00:00Z\n" in german
    assert "language: de\n" in german


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one.json", '{"headline": "Ferry", "articleBody": "It sails again.", "datePublished": "14 May 2024"}'),
        ("list.json", '[{"title": "Ferry", "text": "It sails again.", "date": "2024-05-14"}]'),
        (
            "under.json",
            '{"count": 1, "articles": [{"title": "Ferry", "content": "It sails again.", "date": "20240514"}]}',
        ),
        ("lines.jsonl", '{"title": "Ferry", "body": "It sails again.", "published": "2024-05-14"}\n'),
        (
            "feed.json",
            '{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items":'
            ' [{"title": "Ferry", "content_html": "<p>It sails again.</p>", "date_published": "2024-05-14"}]}',
        ),
    ],
)
def test_json(name: str, text: str) -> None:
    """One object, a list, a list under an obvious key, JSON lines and JSON Feed all give the same article."""
    (taken,) = take(name, text.encode())
    assert taken.errors == taken.dropped == ()
    assert (taken.article.title, taken.article.date) == ("Ferry", "2024-05-14")
    assert taken.data.decode().strip() == "It sails again."


def test_duplicates(desk: Path) -> None:
    """The same address in another form, and the same text, are taken once; a reprint elsewhere is another telling."""
    _put(desk, a_txt=TEXT + "\nSource: https://www.courier.example/b/?utm_source=x\n")
    _put(desk, b_txt="Other words stand here.\n\nSource: http://courier.example/b#top\n")
    _put(desk, c_txt=TEXT.replace("\n\n", "\n\n\n"))
    _put(desk, d_txt=TEXT + "\nSource: https://evening.example/b\n")
    result = ssg(desk / "digest", "add", str(desk / "in"))
    assert result.exit_code == 0
    assert "in/b.txt: its address is that of seeds/a.txt – not taken" in result.stderr
    assert "in/c.txt: its text is that of seeds/a.txt – not taken" in result.stderr
    assert "the same text as seeds/a.txt, from another address" in result.stderr
    assert sorted(path.name for path in (desk / "digest/seeds").glob("*.txt")) == ["a.txt", "d.txt"]


def test_adding_twice_adds_nothing(desk: Path) -> None:
    """A second time, everything is there already, also once the content alone is left."""
    _put(desk, a_txt=TEXT, b_md="# Ferry\n\nIt sails again on Monday.\n", feed_xml=RSS)
    before = _added(desk)
    assert _added(desk) == before
    ssg(desk / "digest", "build")
    for path in (desk / "digest/seeds").iterdir():
        path.unlink()
    assert not [name for name in _added(desk) if name.startswith("seeds/")]


def test_what_the_command_line_states(desk: Path) -> None:
    """A story, an outlet, a date, a language and rights can be stated for all at once; a name is never taken twice."""
    _put(desk, a_txt=TEXT)
    (desk / "digest/seeds/mill-bridge").mkdir(parents=True)
    (desk / "digest/seeds/mill-bridge/a.md").write_text("Other.", encoding="utf-8")
    options = ["--story", "Mill bridge", "--outlet", "Courier", "--date", "2024-05-14", "--language", "en"]
    found = _added(desk, *options, "--rights", "link")
    assert found["seeds/mill-bridge/a-2.yml"] == (
        "outlet: Courier\ntitle:\ndate: 2024-05-14\nsource_url:\nlanguage: en\nrights: link\n"
    )


def test_a_language_is_a_tag_or_nothing(desk: Path) -> None:
    """One that is no tag is refused on the command line; a feed's is left out, so that the next build can read all."""
    _put(desk, a_txt=TEXT)
    result = ssg(desk / "digest", "add", str(desk / "in"), "--language", "deutsch")
    assert (result.exit_code, _added(desk, "--dry-run")) == (2, {})
    assert "--language: expected a language tag like en or pt-BR" in result.stderr
    entry, _ = take("feed.xml", RSS.replace("en-gb", "english").encode())
    assert entry.article.language == ""


def test_a_sidecar_comes_along(desk: Path) -> None:
    """What a file's own sidecar states is kept; a sidecar without a capture is told."""
    _put(desk, a_txt=TEXT, a_yml="outlet: Courier\nstory: mill bridge\n", lonely_yml="outlet: X\n")
    result = ssg(desk / "digest", "add", "-v", str(desk / "in" / "a.txt"), str(desk / "in" / "lonely.yml"))
    assert "lonely.yml: a sidecar without a capture" in result.stderr
    assert (desk / "digest/seeds/mill-bridge/a.yml").read_text(encoding="utf-8").startswith("outlet: Courier\n")


def test_a_text_in_another_encoding(desk: Path) -> None:
    """It is copied byte for byte; what it looks like is told, stands in its sidecar, and the build reads it by that."""
    old = "Die Brücke wurde am Dienstag geschlossen, „bis auf Weiteres“, sagte der Bürgermeister.\n"
    (desk / "in" / "alt.txt").write_bytes(old.encode("cp1252"))
    result = ssg(desk / "digest", "add", str(desk / "in"))
    assert "alt.txt: not UTF-8; read as windows-1252, which it looks like – check the text" in result.stderr
    found = tree(desk / "digest")
    assert found["seeds/alt.txt"] == old.encode("cp1252")
    assert found["seeds/alt.yml"].decode().endswith("encoding: windows-1252\n")
    assert ssg(desk / "digest", "build").exit_code == 0
    assert any(
        old.strip() in data.decode() for name, data in tree(desk / "digest" / "content").items() if "alt" in name
    )


def test_an_encoding_that_is_stated_comes_along(desk: Path) -> None:
    """What a sidecar says of its capture's encoding stays true of the copy."""
    (desk / "in" / "old.txt").write_bytes("Мост закрыт во вторник.\n".encode("koi8-r"))
    _put(desk, old_yml="encoding: koi8-r\noutlet: Courier\n")
    assert _added(desk)["seeds/old.yml"].endswith("encoding: koi8-r\n")


def test_a_feed_in_the_encoding_that_it_declares() -> None:
    """A feed is read as UTF-8, and, where it is not, as what it declares."""
    text = RSS.replace("Nobody was hurt", "Nobody was hurt in the café")
    for data in (text.encode(), text.encode("latin-1")):
        assert "in the café" in take("feed.xml", data)[0].article.body


def test_a_dry_run_writes_nothing(desk: Path) -> None:
    """`--dry-run` tells and leaves everything as it was."""
    _put(desk, a_txt=TEXT)
    result = ssg(desk / "digest", "add", "--dry-run", str(desk / "in"))
    assert "seeds/a.txt: 12 words; 1 line left out; no outlet, title, date stated" in result.stderr
    assert "1 article would be added" in result.stderr
    assert tree(desk / "digest") == {}


def test_what_cannot_be_taken_keeps_nothing_else_out(desk: Path) -> None:
    """Addresses, missing files, unknown kinds and broken files are all told, and the rest is added."""
    _put(desk, a_txt=TEXT, picture_png="x", broken_json='{"text": ', empty_txt="", notes_xml="<notes/>")
    paths = [str(desk / "in" / name) for name in ("a.txt", "picture.png", "broken.json", "empty.txt", "notes.xml")]
    result = ssg(desk / "digest", "add", "https://courier.example/b", "nowhere.txt", *paths)
    assert result.exit_code == 1
    for part in (
        "https://courier.example/b: an address: nothing is fetched",
        "nowhere.txt: there is no such file",
        "picture.png: no kind of file that is read – captures end in .txt, .md, .html",
        "broken.json:1:",
        "empty.txt: an empty file",
        "notes.xml: not a feed: its root element is <notes>",
        "1 article added; 6 problems",
    ):
        assert part in result.stderr, part
    assert (desk / "digest/seeds/a.txt").exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://courier.example/b",
        "https://www.courier.example/b/#top",
        "https://m.courier.example/b/?utm_medium=x&fbclid=1",
    ],
)
def test_one_address_in_many_forms(url: str) -> None:
    """Scheme, `www.`, fragment, campaign and slash at the end do not make another address."""
    assert same_address(url) == "courier.example/b"


def test_another_page_is_another_address() -> None:
    """What says which article it is stays."""
    assert same_address("https://courier.example/?id=1") != same_address("https://courier.example/?id=2")


def test_entities_are_refused() -> None:
    """A document that defines entities of its own is not read: they could make much out of little."""
    with pytest.raises(NotAFeedError, match="entities"):
        entries('<!DOCTYPE x [<!ENTITY a "aaaa">]><rss><channel/></rss>')


@given(st.text(max_size=300))
def test_any_fragment_is_parts(fragment: str) -> None:
    """No fragment is too broken to be read, and no part is empty."""
    assert all(part.text.strip() for part in parts_of(f"<p>{fragment}"))


@given(st.binary(max_size=200), st.sampled_from([".xml", ".json", ".jsonl", ".md", ".txt", ".rss"]))
def test_any_bytes_are_articles_or_problems(data: bytes, ending: str) -> None:
    """Whatever a file holds, it gives articles or says what is wrong with it."""
    for taken in take(f"a{ending}", data):
        assert taken.errors or taken.dropped or taken.data


def test_a_project_is_no_folder_of_captures(desk: Path) -> None:
    """Of a project's folder neither the built site, content, themes nor lists are taken; a text that lies in it is."""
    root = desk / "digest"
    assert ssg(root, "init").exit_code == ssg(root, "build").exit_code == 0
    (root / "later").mkdir()
    (root / "later/ferry.txt").write_text("The ferry sails again on Monday.\n", encoding="utf-8")
    before = set(tree(root / "seeds"))
    assert ssg(root, "add", str(root)).exit_code == 0
    assert set(tree(root / "seeds")) - before == {"ferry.txt", "ferry.yml"}
