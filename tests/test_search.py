"""Search: its index in files of bounded size, its rights, and what a reader finds with it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Config
from generator.site import search
from generator.site.compared import plan_story
from generator.site.plain import Navigation
from generator.site.search import RANGE, WORD, Findable, _parts, plain, words, words_of
from tests import demosite, sample

browsing = pytest.mark.browser


def loaded(script: bytes) -> tuple[str, Any]:
    """Return the name and value that an index file hands over."""
    found = re.fullmatch(r'variorum\(("(?:[^"\\]|\\.)*"),(.*)\);\n', script.decode(), re.DOTALL)
    assert found
    return json.loads(found[1]), json.loads(found[2])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Mayor's café, 3rd floor", ["the", "mayor", "s", "cafe", "3rd", "floor"]),
        ("Straße ΑΘΗΝΑ İzmir", ["strasse", "αθηνα", "izmir"]),
        ("أُسرة", ["اسرة"]),
        ("東京都のニュース abc", ["東京", "京都", "都の", "のニ", "ニュ", "ュー", "ース", "abc"]),
        ("x東y", ["x", "東", "y"]),
        ("_snake_case_ …", ["snake", "case"]),
        (
            "9,000 or 1.250.000 or 12’500 or 3,50, or 2,3000",
            ["9000", "or", "1250000", "or", "12500", "or", "3", "50", "or", "2", "3000"],
        ),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    """Words are searched without case, accents and punctuation; scripts without spaces by pairs of characters."""
    assert words(text) == found


@given(st.text(st.sampled_from("12300,.’' a\u00a0\u202f٣")))
def test_only_whole_numbers_are_put_together(text: str) -> None:
    """Groups of three digits are one word unless more digits, or a point or comma, stand before or behind them."""
    plainer = re.compile(r"(?<![\d.,])\d{1,3}(?:[,.’'\u00a0\u202f]\d{3})+(?!\d)")
    assert search._ungrouped(text) == plainer.sub(lambda number: re.sub(r"\D", "", number[0]), text)


@given(st.lists(st.text(st.sampled_from("aB9 _-ßéΣσ’“”—…½ª\u0301\u00ad東京ｱﾞ\n") | st.characters())))
def test_words_of_texts_are_those_of_each(texts: list[str]) -> None:
    """Whichever way a text's words are found, they are what the plain text has, and of several texts those of each."""
    for text in texts:
        assert words(text) == [part for word in WORD.findall(plain(search._ungrouped(text))) for part in _parts(word)]
    assert words_of(texts) == {word for text in texts for word in words(text)}


def test_index_leads_to_stories() -> None:
    """From a word the index leads to the stories that have it, each with its worth, and on to their sentences."""
    site = demosite.site()
    _, (count, _, ranges, _) = loaded(site["search/index.js"])
    assert (count, len(ranges)) == (4, 1)
    _, flat = loaded(site["search/words-0.js"])
    postings = dict(zip(flat[::2], flat[1::2], strict=True))
    assert list(postings) == sorted(postings)
    _, stories = loaded(site["search/stories-0.js"])
    assert [story[0] for story in stories] == ["ferry", "halle", "maktaba", "obstgarten"]
    assert postings["holm"] == "3"  # story 0, in a title
    assert postings["feld"] == "2"  # story 0, a speaker
    assert postings["bakery"] == "1"  # story 0, in a sentence
    _, (tellings, sentences, _) = loaded(site["stories/ferry/search.js"])
    assert [telling[1] for telling in tellings][:2] == ["Skarn Courier", "Skarn Courier"]
    assert [
        "A3 B3",
        "“We will not sail until every weld has been checked,” harbour master Jonas Feld said.",
    ] in sentences


def test_rights_are_kept_in_the_index() -> None:
    """Sentences that may not be printed stand in no file of the search, and their own words lead nowhere."""
    site = demosite.site()
    everything = b"".join(data for path, data in site.items() if path.endswith(".js") and "search" in path).decode()
    assert "newspaper" not in everything
    assert "ledger" in everything.lower()
    assert "routine inspection" in everything


def test_files_are_bounded() -> None:
    """However many stories there are, no range of words grows far beyond its bound, and all words are in one."""
    digests = [sample.digest(slug=f"s{n:03}") for n in range(3)]
    summaries = [plan_story(digest, sample.library(), Config(), Navigation())[1] for digest in digests]
    many = [sample_with(summaries[0], n) for n in range(400)]
    _, files = search.files(many)
    ranges = {page.path: page.data["content"] for page in files if "words-" in page.path}
    assert len(ranges) > 2
    assert all(len(data) < 1.5 * RANGE for data in ranges.values())  # type: ignore[arg-type]
    found = {word for data in ranges.values() for word in loaded(data)[1][::2]}  # type: ignore[arg-type]
    assert {f"word{n}x{k}" for n in range(400) for k in range(20)} <= found


def sample_with(summary: Any, n: int) -> Any:
    """Return a summary with a slug and words of its own."""
    said = " ".join(sorted(f"word{n}x{k}" for k in range(20)))
    return replace(summary, slug=f"story-{n:04}", found=Findable("", "", said, "00000000"))


SAID = st.lists(st.sets(st.sampled_from("ab ba bridge c dock 7 70 ferry hall".split())), min_size=3, max_size=3)


@given(
    before=st.lists(SAID, min_size=1, max_size=6), after=st.lists(SAID, min_size=1, max_size=6), size=st.integers(1, 40)
)
def test_an_index_amended_is_one_made_anew(
    before: list[list[set[str]]], after: list[list[set[str]]], size: int
) -> None:
    """An index of which some stories have changed is what all stories as they are now give."""
    _, summary = plan_story(sample.digest(), sample.library(), Config(), Navigation())
    one = [_saying(summary, n, said) for n, said in enumerate(before)]
    two = [_saying(summary, n, said) for n, said in enumerate([*after, *before[len(after) :]][: len(before)])]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(search, "RANGE", size)
        patched.setattr(search, "LISTED", 2)
        files = {page.path: page.data["content"] for page in search.files(one)[1]}
        changed = {n: pair for n, pair in enumerate(zip(one, two, strict=True)) if n % 2 == 0}
        now = [two[n] if n in changed else story for n, story in enumerate(one)]
        assert search.amended(files.__getitem__, changed) == search.files(now)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match=r"is not number|does not lead"):
            search.amended(files.__getitem__, {0: (_saying(summary, 0, [{"other"}, set(), set()]), one[0])})  # type: ignore[arg-type]


def _saying(summary: Any, n: int, said: list[set[str]]) -> Any:
    """Return a summary found by these words, no word twice."""
    titles, names, rest = said[0], said[1] - said[0], said[2] - said[1] - said[0]
    texts = [" ".join(sorted(words)) for words in (titles, names, rest)]
    return replace(summary, slug=f"story-{n:04}", found=Findable(*texts, mark=str(hash(tuple(texts)))))


def test_search_can_be_switched_off() -> None:
    """With `search: {enabled: false}` there is no page, no index and no link to them."""
    site = demosite.site(search=False)
    assert not [path for path in site if "search" in path and not path.startswith("static/")]
    assert b"search" not in site["index.html"]


def test_without_a_script_the_page_leads_on() -> None:
    """Without a script the form is hidden, the page says why, and is one of links to everything."""
    page = demosite.site()["search/index.html"].decode()
    assert "<noscript><p" in page
    assert re.search(r"<form[^>]* hidden", page, re.DOTALL)
    assert 'href="../stories/index.html"' in page
    assert 'href="../outlets/index.html"' in page


def test_plain_is_idempotent() -> None:
    """What is plain stays as it is."""
    for text in ("Ångström", "ﬁn", "ẞ", "ǅ", "אָ"):
        assert plain(plain(text)) == plain(text)


@given(st.text(alphabet="aZß ,’Σéàǅ\u0301\u0323กำश्री東ーﬁأُ"))
def test_plain_leaves_out_every_mark(text: str) -> None:
    """A text is plain when no sign of it, taken alone, is a mark."""
    signs = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in signs if not unicodedata.category(sign).startswith("M"))
    assert plain(text) == bare.lower().replace("ß", "ss")


# ---------------------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def page(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Yield a page of a browser on the demo's search, opened from a disk."""
    page = browser.new_page()
    page.root = demosite.laid(tmp_path_factory.mktemp("demo") / "repo")
    yield page
    page.close()


def asked(page: Any, query: str) -> list[str]:
    """Type a query as a reader does and return the titles that are found."""
    page.fill("#query", "")
    page.keyboard.type(query)
    page.keyboard.press("Enter")
    page.locator(f"#search[data-answered={json.dumps(query, ensure_ascii=False)}]").wait_for()
    return list(page.eval_on_selector_all(".found-story h2", "all => all.map(h => h.textContent)"))


class TestReader:
    """What a reader does."""

    pytestmark = browsing

    def test_finds_a_name_from_the_home_page(self, page: Any) -> None:
        """By keyboard alone, from the home page to a sentence on its telling's page, opened from a disk."""
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto((page.root / "index.html").as_uri())
        page.focus("a[data-search]")
        page.keyboard.press("Enter")
        page.wait_for_selector("#search:not([hidden])")
        assert page.evaluate("document.activeElement.id") == "query"
        assert asked(page, "jonas feld") == ["The ferry to Holm stops running"]
        assert page.inner_text("#found-said") == "One story found."
        assert page.eval_on_selector_all(".found-rows .hit", "all => all.map(m => m.textContent)")[:2] == [
            "Jonas",
            "Feld",
        ]
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.closest('.found-story') !== null")
        page.click(".found-rows .siglum >> nth=0")
        assert page.url.endswith("/stories/ferry/courier/index.html#A3")
        assert "“We will not sail" in page.inner_text("#A3")
        assert complaints == []

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("obstgarten", ["Der Obstgarten am Mühlweg bleibt"]),
            ("muhlweg", ["Der Obstgarten am Mühlweg bleibt"]),
            ("Stellpl", ["Der Obstgarten am Mühlweg bleibt"]),
            ("سلمى", ["مكتبة الميناء تفتح أبوابها من جديد"]),
            ("transport", ["The ferry to Holm stops running", "La halle du marché change de toit"]),
            ("morning ledger", ["The ferry to Holm stops running"]),
            ("ferry obstgarten", []),
            ("<img src=x onerror=alert(1)>", []),
        ],
    )
    def test_finds(self, page: Any, query: str, titles: list[str]) -> None:
        """Titles, names, beginnings of words, tags, outlets and other scripts are found; all words must be there."""
        page.goto((page.root / "search" / "index.html").as_uri())
        page.wait_for_selector("#search:not([hidden])")
        assert sorted(asked(page, query)) == sorted(titles)

    def test_an_address_holds_a_query(self, page: Any) -> None:
        """A search has an address of its own, which can be passed on; what it shows is text, never markup."""
        page.goto((page.root / "search" / "index.html").as_uri() + "?q=%3Cb%3Efeld")
        page.locator("#search[data-answered]").wait_for()
        assert page.input_value("#query") == "<b>feld"
        assert page.locator("#found-said b, .found b").count() == 0
