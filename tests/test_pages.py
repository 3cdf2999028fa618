"""Which pages exist, what they say, and what rights keep out of them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise, permutations
from typing import Literal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import SourceError
from generator.ingest.content import Library
from generator.model import Change, Config, Digest, NearDuplicate, Page, Pair, PlainPage, Removed, Rights
from generator.site import links, pages, rights
from generator.site.carries import matrix, threshold
from generator.site.data import Written, written
from generator.site.index import index_of, printed_pairs
from generator.site.marks import is_counted, is_same, pieces
from generator.site.overview import finding
from generator.site.telling import reading_minutes
from generator.site.words import ENGLISH
from tests import sample
from tests.documents import Document

RIGHTS: tuple[Rights, ...] = ("full", "excerpt", "link")
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def planned(digest: Digest | None = None, config: Config | None = None, **library: object) -> dict[str, Page]:
    """Return the plan of the sample story's site by path."""
    found = pages.plan([digest or sample.digest()], sample.library(**library), config or Config())  # type: ignore[arg-type]
    return {page.path: page for page in found}


def files(digest: Digest | None = None, base_url: str = "") -> dict[str, str]:
    """Return the sample story's files for machines as text by path."""
    found = planned(digest, Config(base_url=base_url))
    return {path: page.data["content"].decode("utf-8") for path, page in found.items() if "content" in page.data}  # type: ignore[attr-defined]


def built(digest: Digest | None = None, config: Config | None = None, **library: object) -> dict[str, str]:
    """Return the sample story's site as text by path."""
    config = config or Config()
    site = sample.rendered(planned(digest, config, **library).values(), config)
    return {path: data.decode("utf-8") for path, data in site.items() if not path.endswith(".png")}


def test_addresses() -> None:
    """A story has its own page, one for each telling and one for each pair, at the promised addresses."""
    story = {path for path in planned() if path.startswith("stories/lost-anchor/")}
    assert story == {
        "stories/lost-anchor/index.html",
        "stories/lost-anchor/story.json",
        "stories/lost-anchor/search.js",
        "stories/lost-anchor/card.png",
        "stories/lost-anchor/gazette/index.html",
        "stories/lost-anchor/b-17/index.html",
        "stories/lost-anchor/coast/index.html",
        "stories/lost-anchor/diff/gazette/b-17/index.html",
        "stories/lost-anchor/diff/gazette/coast/index.html",
        "stories/lost-anchor/diff/b-17/coast/index.html",
    }


def test_site_pages() -> None:
    """Lists, outlets, tags, the reading guide and the files for machines exist beside the stories."""
    assert {path for path in planned() if not path.startswith(("stories/lost", "embed/"))} == {
        "404.html",
        "about/index.html",
        "archive/2024-10/index.html",
        "archive/index.html",
        "index.html",
        "outlets/coast-example/index.html",
        "search/index.html",
        "search/index.js",
        "search/stories-0.js",
        "search/words-0.js",
        "outlets/gazette/index.html",
        "outlets/index.html",
        "robots.txt",
        "sitemap.xml",
        "stories.json",
        "stories/index.html",
        "tags/index.html",
        "tags/ships/index.html",
        "tags/weather/index.html",
    }


def test_empty_site() -> None:
    """A site without stories says so on its home page."""
    site = sample.rendered(pages.plan([], Library(), Config()), Config())
    assert "No story yet" in site["index.html"].decode()


def test_own_about_page() -> None:
    """An editor's about page stands at its place, the guide to reading beside it, and every page leads to both."""
    site = built(pages=[PlainPage("about", "Who we are", "Two *people*.", path="content/about.md")])
    assert "Two <em>people</em>." in site["about/index.html"]
    assert 'href="../how-to-read/index.html#A1"' not in site["how-to-read/index.html"]
    assert 'href="#A1"' in site["how-to-read/index.html"]
    assert '<a href="about/index.html"><bdi>Who we are</bdi></a>' in site["index.html"]
    assert '<a href="how-to-read/index.html"><bdi>How to read this</bdi></a>' in site["index.html"]
    story = site["stories/lost-anchor/index.html"]
    assert '<a href="../../how-to-read/index.html">How the comparison is made</a>' in story


def test_own_guide() -> None:
    """Of an editor with an about page a page of the guide's name takes the guide's place; of any other it does not."""
    own = PlainPage("how-to-read", "Our marks", "Red is *loud*.", path="content/how-to-read.md")
    about = PlainPage("about", "Who we are", "Two people.", path="content/about.md")
    both, one = built(pages=[about, own]), built(pages=[own])
    assert "Red is <em>loud</em>." in both["how-to-read/index.html"]
    assert "How to read this" not in both["index.html"]
    assert '<a href="how-to-read/index.html">How the comparison is made</a>' in both["index.html"]
    assert "Red is <em>loud</em>." in one["how-to-read/index.html"]
    assert '<a href="about/index.html">How the comparison is made</a>' in one["index.html"]


def test_home_introduction() -> None:
    """The home page is headed and introduced as its editor wrote."""
    site = built(pages=[PlainPage("", "All tellings", "Read *slowly*.")])
    assert "All tellings</h1>" in site["index.html"]
    assert "Read <em>slowly</em>." in site["index.html"]


def test_collisions_are_reported_together() -> None:
    """Pages that would share an address, or lie below a file, are errors of the sources, all of them in one report."""
    taken = [PlainPage("404.html", "", "x", path="content/404.html.md")]
    odd = [PlainPage("Notes", "", "x", path="content/Notes.md"), PlainPage("notes", "", "y", path="content/notes.md")]
    more = [PlainPage("tags/ships", "", "z", path="content/tags/ships.md")]
    with pytest.raises(SourceError) as raised:
        planned(pages=[*taken, *odd, *more])
    assert len(raised.value.problems) == 3


def test_newest_first() -> None:
    """Stories are listed by date, the latest first, undated ones last."""
    days = {"old": "2020-01-01", "undated": "", "new": "2024-10-08T09:00:00Z"}
    digests = [sample.digest(slug=slug) for slug in days]
    digests = [replace(d, story=replace(d.story, date=days[d.story.slug])) for d in digests]
    for order in permutations(digests):
        entries = {page.path: page for page in pages.plan(order, sample.library(), Config())}["index.html"].data[
            "entries"
        ]
        assert [entry.page.split("/")[1] for entry in entries] == ["new", "old", "undated"]  # type: ignore[attr-defined]


def test_pagination() -> None:
    """All stories are listed, so many a page, each page leading to the next."""
    digests = [sample.digest(slug=f"s{n}") for n in range(5)]
    found = {page.path: page for page in pages.plan(digests, sample.library(), Config(paginate=2))}
    sizes = [len(found[path].data["entries"]) for path in sorted(found) if found[path].template == "stories.html"]  # type: ignore[arg-type]
    assert sizes == [2, 2, 1]
    assert found["stories/index.html"].data["following"] == "stories/page/2/index.html"


def test_order_of_stories_does_not_matter() -> None:
    """The site is the same in whatever order its stories are given."""
    digests = [sample.digest(slug=slug) for slug in ("b", "a", "c")]
    config = Config(base_url="https://example.org/x/")
    first, second = (sample.rendered(pages.plan(d, sample.library(), config), config) for d in (digests, digests[::-1]))
    assert first == second


def test_noindex() -> None:
    """Tellings and pairs ask search engines not to list them, unless the site wants them to."""
    embeds = Config(embed_enabled=False)
    assert sum(page.noindex for page in planned(config=embeds).values()) == 3 + 3 + 1
    assert all(page.noindex for path, page in planned().items() if path.startswith("embed/") and page.template)
    shown = planned(config=replace(embeds, noindex=False))
    assert [p for p, page in shown.items() if page.noindex] == ["404.html"]
    site = built()
    assert 'name="robots" content="noindex"' in site["stories/lost-anchor/coast/index.html"]
    assert "noindex" not in site["stories/lost-anchor/index.html"]


def test_pairs_per_story() -> None:
    """With a limit only the most similar pairs get a page, and nothing leads to the others."""
    config = Config(pairs_per_story=1)
    assert [path for path in planned(config=config) if "/diff/" in path] == [
        "embed/lost-anchor/diff/gazette/b-17/index.html",
        "stories/lost-anchor/diff/gazette/b-17/index.html",
    ]
    assert "diff/b-17/coast" not in "".join(built(config=config).values())


def test_pairs_of_many_tellings() -> None:
    """Above the limit every telling keeps its nearest pair before any keeps a second one."""
    sigils = "ABCDEFGHIJKL"
    pairs = tuple(
        Pair(a, b, 0.9 if {a, b} <= set("ABCDEF") else 1 / (ord(b) - ord(a) + 1), 0, 0, False, ())
        for a, b in combinations(sigils, 2)
    )
    assert len(printed_pairs(pairs, Config())) == 45
    assert printed_pairs(pairs, Config(pairs_per_story=0)) == pairs
    few = printed_pairs(pairs, Config(pairs_per_story=12))
    assert {sigil for pair in few for sigil in (pair.old, pair.new)} == set(sigils)
    assert list(few) == [pair for pair in pairs if pair in few]


def test_made_from() -> None:
    """A page names the sources behind it."""
    assert planned()["stories/lost-anchor/index.html"].made_from == ("seeds/a.txt", "seeds/b_17.txt", "seeds/c.txt")


# ---------------------------------------------------------------------------- what is said


def test_finding() -> None:
    """The finding counts tellings, origins, common statements, altered quotations, conflicts, single sentences."""
    index = index_of(sample.digest(), sample.library(), Config())
    assert "".join(bit.text for bit in finding(index)) == (
        "Three tellings from two origins. One statement stands in all of them. "
        "One quotation is altered, and one figure conflicts. Five sentences of 13 stand in one telling alone."
    )


def test_nothing_is_guessed() -> None:
    """What no source states is called missing in its place."""
    page = built()["stories/lost-anchor/index.html"]
    for said in ("Unattributed (b)", "no title stated", "undated", "no address stated"):
        assert said in page


def test_single_telling() -> None:
    """A story with one telling says that there is nothing to compare."""
    whole = sample.digest()
    alone = replace(
        whole,
        story=replace(whole.story, articles=whole.story.articles[:1]),
        witnesses=whole.witnesses[:1],
        pairs=(),
        passages=tuple(
            replace(
                p,
                sentences=(s,),
                articles=("A",),
                left_out_by=(),
                readings=(),
                base=s,
                id=f"p{n}",
                quotes=(),
                figures=(),
            )
            for n, (p, s) in enumerate((p, s) for p in whole.passages for s in p.sentences if s.startswith("A"))
        ),
        quotes=(),
        figures=(),
        origins=(),
        wording=(),
        attributions=(),
    )
    assert "Only one telling so far" in built(alone)["stories/lost-anchor/index.html"]


def test_conflicting_figures_are_both_printed() -> None:
    """A passage whose figures conflict prints both readings and chooses neither."""
    page = built()["stories/lost-anchor/index.html"]
    split = page[page.index('class="passage is-split"') :].partition("</article>")[0]
    assert "<mark>over an hour</mark>" in split
    assert "<mark>almost an hour</mark>" in split
    assert "is-base" not in split


def test_right_to_left() -> None:
    """A telling in a language written from right to left carries its language and direction wherever it is quoted."""
    whole = sample.digest()
    first = whole.witnesses[0]
    arabic = replace(first, article=replace(first.article, language="ar"))
    site = built(replace(whole, witnesses=(arabic, *whole.witnesses[1:])))
    assert '<article class="telling" lang="ar" dir="rtl">' in site["stories/lost-anchor/gazette/index.html"]
    assert '<p class="passage-text" lang="ar" dir="rtl">' in site["stories/lost-anchor/index.html"]


# ---------------------------------------------------------------------------- rights


@pytest.mark.parametrize("kept_back", ["excerpt", "link"])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_rights_hold_everywhere(which: int, kept_back: Rights) -> None:
    """No file of the site, data and feeds included, prints a sentence that its article's rights keep back."""
    granted: list[Rights] = ["full", "full", "full"]
    granted[which] = kept_back
    digest = sample.digest(granted)
    site = built(digest, Config(base_url="https://example.org/"))
    witness = digest.witnesses[which]
    printed = {s.id for w in rights.printable(digest).witnesses for s in w.segments if s.text}
    held = [s.text for s in witness.segments if s.id not in printed]
    assert held
    for path, text in site.items():
        assert not [sentence for sentence in held if sentence in text], path


def test_excerpt_keeps_the_first_paragraph() -> None:
    """Of an article with rights `excerpt` the first paragraph is printed, and offsets stay true."""
    witness = rights.printable(sample.digest(("excerpt", "full", "full"))).witnesses[0]
    assert [s.id for s in witness.segments if s.text] == ["A1", "A2"]
    assert all(witness.text[s.start : s.end] == s.text for s in witness.segments if s.text)


def test_long_first_paragraph_is_cut() -> None:
    """An excerpt never has more than sixty words, even if its first sentence has."""
    digest = sample.digest(("excerpt", "full", "full"))
    told = (("paragraph", 0, [" ".join(f"word{n}" for n in range(100)) + "."]),)
    long = sample.witness("A", digest.witnesses[0].article, told)
    cut = rights.printable(replace(digest, witnesses=(long, *digest.witnesses[1:]), passages=())).witnesses[0]
    assert len(cut.text.split()) == 60
    assert long.text.startswith(cut.text)
    assert cut.segments[0].text == ""


def test_closed_base_gives_way() -> None:
    """A passage whose base may not be reprinted is printed in the words of an article that may."""
    passage = rights.printable(sample.digest(("link", "full", "full"))).passages[0]
    assert passage.base == "B2"
    assert passage.text == "The ferry Aurora dropped its anchor off Skerry Point on Monday."
    against = next(reading for reading in passage.readings if reading.sentence == "A1")
    assert [c.new for c in against.changes] == ["… ", "lost ", "… "]


def test_full_rights_change_nothing() -> None:
    """Where every article may be reprinted the digest stays the value it is."""
    digest = sample.digest()
    assert rights.printable(digest) is digest


# ---------------------------------------------------------------------------- data, feeds


def test_story_data() -> None:
    """story.json holds every sentence verbatim with its place, and each pair's changes rebuild both sides."""
    digest = sample.digest()
    data = json.loads(files(digest)["stories/lost-anchor/story.json"])
    assert data["version"] == 1
    for witness, article in zip(digest.witnesses, data["articles"], strict=True):
        assert [s["text"] for s in article["sentences"]] == [
            witness.text[s["start"] : s["end"]] for s in article["sentences"]
        ]
    texts = {s["id"]: s["text"] for a in data["articles"] for s in a["sentences"]}
    link = data["pairs"][0]["links"][0]
    assert "".join(c["old"] for c in link["changes"]) == texts["A1"]
    assert "".join(c["new"] for c in link["changes"]) == texts["B2"]
    assert " ".join(data) == (
        "version slug title date url tags articles pairs passages quotes figures origins repeats notes wording"
        " attributions versions"
    )


def test_withheld_sentences_have_no_text_in_data() -> None:
    """A sentence that may not be reprinted keeps its place in the data, without its text."""
    data = json.loads(files(sample.digest(("full", "full", "link")))["stories/lost-anchor/story.json"])
    assert data["articles"][2]["rights"] == "link"
    assert all("text" not in sentence and sentence["end"] for sentence in data["articles"][2]["sentences"])


def test_stories_data() -> None:
    """stories.json lists the stories by slug with their articles, and the near-duplicates of the site."""
    near = [NearDuplicate("b/x", "c/y", 0.7, 0.9), NearDuplicate("a/x", "c/y", 0.6, 0.8)]
    digests = [sample.digest(slug=slug) for slug in ("b", "a")]
    found = {page.path: page for page in pages.plan(digests, sample.library(), Config(), near)}
    data = json.loads(found["stories.json"].data["content"])  # type: ignore[arg-type]
    assert [story["slug"] for story in data["stories"]] == ["a", "b"]
    assert data["stories"][0]["articles"][1] == {
        "slug": "b-17",
        "outlet": "",
        "seed": "seeds/b_17.txt",
        "url": "stories/a/b-17/",
    }
    assert [pair["a"] for pair in data["near_duplicates"]] == ["a/x", "b/x"]


def test_feeds_need_an_address() -> None:
    """Feeds hold absolute addresses, so they are written only for a site that knows its own; a sitemap always is."""
    assert not {"feed.xml", "feed.json"} & set(planned())
    assert "sitemap.xml" in planned()
    known = Config(base_url="https://example.org/repo")
    assert {"feed.xml", "feed.json", "sitemap.xml"} <= set(planned(config=known))
    assert not {"feed.xml", "feed.json"} & set(planned(config=replace(known, feeds_enabled=False)))


def test_atom() -> None:
    """The Atom feed has an entry for each dated story, with dates that the sources state."""
    feed = ElementTree.fromstring(files(base_url="https://example.org/repo")["feed.xml"])  # noqa: S314
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == "https://example.org/repo/stories/lost-anchor/"
    assert entry.findtext(f"{ATOM}updated") == "2024-10-09T08:30:00Z"
    undated = sample.digest()
    undated = replace(undated, story=replace(undated.story, date=""))
    feed = ElementTree.fromstring(files(undated, "https://example.org")["feed.xml"])  # noqa: S314
    assert feed.find(f"{ATOM}entry") is None


def test_json_feed() -> None:
    """The JSON feed says the same."""
    feed = json.loads(files(base_url="https://example.org/repo")["feed.json"])
    assert feed["items"][0]["url"] == "https://example.org/repo/stories/lost-anchor/"
    assert feed["items"][0]["date_modified"] == "2024-10-09T08:30:00Z"


def test_sitemap() -> None:
    """The sitemap lists the clean addresses of all pages that may be listed, and no other."""
    site = files(base_url="https://example.org/repo/")
    found = [loc.text for loc in ElementTree.fromstring(site["sitemap.xml"]).iter(f"{MAP}loc")]  # noqa: S314
    assert "https://example.org/repo/stories/lost-anchor/" in found
    assert "https://example.org/repo/" in found
    assert not [url for url in found if url and ("404" in url or "/diff/" in url or "coast/" in url or ".json" in url)]
    assert "Sitemap: https://example.org/repo/sitemap.xml" in site["robots.txt"]


@settings(deadline=None)
@given(st.text())
def test_feeds_are_xml_whatever_a_title_holds(title: str) -> None:
    """Any title, control characters included, leaves the feed a well-formed document."""
    digest = sample.digest()
    digest = replace(digest, story=replace(digest.story, title=title, tags=(title,)))
    config = Config(base_url="https://example.org", title=title)
    found = {page.path: page for page in pages.plan([digest], sample.library(), config)}
    ElementTree.fromstring(found["feed.xml"].data["content"])  # type: ignore[arg-type]  # noqa: S314


# ---------------------------------------------------------------------------- links, words, marks


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.html", "index.html", "index.html"),
        ("index.html", "stories/x/index.html#p1", "stories/x/index.html#p1"),
        ("stories/x/index.html", "stories/x/index.html#p1", "#p1"),
        ("stories/x/index.html", "index.html", "../../index.html"),
        ("stories/x/index.html", "stories/x/a b/index.html", "a%20b/index.html"),
        ("404.html", "tags/a:b/index.html", "tags/a%3Ab/index.html"),
    ],
)
def test_relative(page: str, target: str, expected: str) -> None:
    """Links between pages are relative and name the file, so that they work from a disk."""
    assert links.relative(page, target) == expected


FILES = st.lists(
    st.sampled_from(("stories", "s", "t", "diff", "a b", "c", "index.html", "embed", "é")), min_size=1, max_size=6
).map("/".join)


@given(page=FILES, path=FILES, place=st.sampled_from(("", "#A1", "#ä b", "#a#b")))
def test_addresses_of_a_page_are_relative(page: str, path: str, place: str) -> None:
    """Addresses that a page keeps, since it leads to most of them often, are those that are made one by one."""
    ways = links.Ways.relative_to(page)
    assert [ways[path + place], ways[path + place]] == [links.relative(page, path + place)] * 2


@given(pages=st.lists(FILES, min_size=2, max_size=4), path=FILES, place=st.sampled_from(("", "#A1", "#ä b", "#a#b")))
def test_what_one_page_leads_to_misleads_no_other(pages: list[str], path: str, place: str) -> None:
    """Pages beside one another share the addresses that they name alike, and no other."""
    for target in (path + place, pages[0] + place):
        asked = [links.Ways.relative_to(page)[target] for page in pages]
        assert asked == [links.relative(page, target) for page in pages]


@given(page=FILES, path=FILES, place=st.sampled_from(("", "#A1", "#ä b", "#a#b")))
@pytest.mark.parametrize("way", [partial(links.abroad, ""), partial(links.abroad, "https://x.example/y/")])
def test_addresses_of_a_piece_are_those_that_lead_there_from_anywhere(
    way: partial[str], page: str, path: str, place: str
) -> None:
    """What stands in other sites' pages names ours alike wherever it stands, for each address of a site of its own."""
    ways = links.Ways.anywhere(way, page)
    assert [ways[path + place], ways[path + place]] == [way(path + place)] * 2


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host/x", "/x", "mailto:x@y.z", "http://", "http://[x"]
)
def test_only_the_web_is_linked(url: str) -> None:
    """An address that does not lead to the web is not made a link."""
    assert links.external(url) == ""


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("2024-10-08", "8 October 2024"),
        ("2024-10-08T09:05:00Z", "8 October 2024, 09:05 UTC"),
        ("2024-10-08T09:05+02:00", "8 October 2024, 09:05 UTC+02:00"),
        ("2024-13-08", "2024-13-08"),
        ("last week", "last week"),
    ],
)
def test_dates(stated: str, said: str) -> None:
    """A date in ISO 8601 is said in words; anything else is left as it stands."""
    assert ENGLISH.date(stated) == said


def test_counts() -> None:
    """Counts up to twelve are words, greater ones digits."""
    assert [ENGLISH.number(n) for n in (0, 1, 12, 13, 1300)] == ["no", "one", "twelve", "13", "1,300"]
    assert ENGLISH.either(["A", "B", "C"]) == "A, B or C"


@given(
    st.lists(st.tuples(st.sampled_from(["equal", "insert", "delete", "replace"]), st.text(), st.text())), st.booleans()
)
def test_pieces_lose_nothing(raw: list[tuple[str, str, str]], alike: bool) -> None:
    """The pieces of a diff, joined, are both its sides, and no mark begins or ends with a space."""
    kept = {"equal": (1, 1), "insert": (0, 1), "delete": (1, 0), "replace": (1, 1)}
    diff = [Change(op, old * kept[op][0], (old if op == "equal" else new) * kept[op][1]) for op, old, new in raw]  # type: ignore[arg-type]
    parts = pieces(diff, alike)
    assert "".join(p.old for p in parts) == "".join(c.old for c in diff)
    assert "".join(p.new for p in parts) == "".join(c.new for c in diff)
    assert all(text == text.strip() for p in parts if p.op in ("change", "shared") for text in (p.old, p.new))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["equal", "insert", "delete", "replace"]),
            st.sampled_from(["", " ", "The ", "the", "“the” "]),
            st.sampled_from(["", " ", "the ", "“The”", "a "]),
        )
    )
)
def test_pieces_say_whether_a_word_changes(
    raw: list[tuple[Literal["equal", "insert", "delete", "replace"], str, str]],
) -> None:
    """A diff changes no word if none of its pieces is a change of words."""
    diff = [
        Change(op, old * (op != "insert"), (old if op == "equal" else new) * (op != "delete")) for op, old, new in raw
    ]
    assert is_same(diff) is not any(map(is_counted, pieces(diff, True)))


@given(
    st.lists(
        st.tuples(st.sampled_from(["equal", "delete", "insert"]), st.sampled_from([" ", "the ", "mayor said ", ", "]))
    )
)
def test_pieces_of_unlike_sentences_are_few(raw: list[tuple[Literal["equal", "delete", "insert"], str]]) -> None:
    """Between two runs of words that unlike sentences share, whatever else they say is one piece."""
    diff = [Change(op, text * (op != "insert"), text * (op != "delete")) for op, text in raw]
    ops = [piece.op for piece in pieces(diff, False)]
    assert ops.count("shared") == raw.count(("equal", "mayor said "))
    assert ("equal", "equal") not in pairwise(ops)
    assert "space" not in ops


@pytest.mark.parametrize(("tellings", "others"), [(1, 1), (2, 1), (3, 2), (4, 3), (5, 3), (7, 3), (8, 4), (14, 7)])
def test_absence_counts(tellings: int, others: int) -> None:
    """A statement is missed where three others carry it, or half of them where they are many, or all of a few."""
    assert threshold(tellings) == others


@pytest.mark.parametrize(("count", "minutes"), [(0, 1), (238, 1), (400, 2), (2380, 10)])
def test_reading_time(count: int, minutes: int) -> None:
    """A telling says how long it takes to read, in whole minutes and never less than one."""
    assert reading_minutes(count) == minutes


def test_what_was_taken_out_can_be_seen() -> None:
    """A telling's page prints the lines that cleaning took out of its capture, but not where rights keep them back."""
    gone = (Removed("advertisement", 3, "ADVERTISEMENT"), Removed("read-more", 9, "READ MORE: Anchors"))
    for stated, shown in (("full", True), ("link", False)):
        told = sample.digest((stated, "full", "full"))  # type: ignore[arg-type]
        first = replace(told.witnesses[0], article=replace(told.witnesses[0].article, removed=gone))
        page = built(replace(told, witnesses=(first, *told.witnesses[1:])))["stories/lost-anchor/gazette/index.html"]
        assert ("READ MORE: Anchors" in page) is shown
        assert "1 line (advertisement), 1 line (read more)" in page


def test_matrix_tells_verbatim_from_other_words() -> None:
    """The matrix sets apart who prints a statement word for word, in words of its own, with a difference, or not."""
    rows = {row.heading: row for row in matrix(index_of(sample.digest(), sample.library(), Config()))}
    states = [[cell.state for cell in row.cells] for row in rows.values()]
    assert states == [["same", "on", "on"], ["same", "differs", "silent"], ["silent", "same", "differs"]]


def test_every_part_of_a_story_says_when_it_is_empty() -> None:
    """A story without quotations, figures, wordings or sources named says so under each heading, and lists them all."""
    bare = replace(sample.digest(), quotes=(), figures=(), wording=(), attributions=(), passages=(), origins=())
    page = Document(built(bare)["stories/lost-anchor/index.html"])
    for part in ("account", "quotes", "figures", "wording", "attributions", "facts", "only", "left", "origins"):
        assert part in page.ids
    for said in (
        "share no sentence",
        "No quotation stands",
        "No figure stands",
        "No statement is worded",
        "names some",
    ):
        assert said in page.text


def test_origins_are_explained() -> None:
    """Wherever origins are counted, a link leads to who is one voice and by which run of words."""
    page = Document(built()["stories/lost-anchor/index.html"])
    assert "its anchor off Skerry Point on Monday" in page.text
    assert "#origins" in page.links
    assert "origin-o1" in page.ids


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(VALUES)
def test_data_is_written_as_the_standard_library_would(value: object) -> None:
    """Data files are JSON of two spaces, to the byte as Python's own encoder writes it."""
    said = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    assert written(value) == said
    for indent in ("\n", "\n    ", f"\n{8 * ' '}"):
        before = Written(said.replace("\n", indent).encode(), indent.encode())
        assert written([{"a": before}]) == written([{"a": value}])
