"""The content folder into stories, pages and outlets; every mistake with its line, all at once."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import SourceError
from generator.ingest.content import Library, outlet_of, read
from generator.model import Article, Config, Outlet, PlainPage

PROSE = "The harbour reopened on Friday."


def _article(text: str = PROSE, **keys: str) -> bytes:
    return ("---\n" + "".join(f"{k}: {v}\n" for k, v in keys.items()) + f"---\n\n{text}\n").encode()


FULL = _article(title="A", outlet="Daily", date="2025-07-03")
STORM = {"content/stories/storm/a.md": FULL, "content/stories/storm/b.md": FULL}


def _problems(tree: dict[str, bytes]) -> list[str]:
    with pytest.raises(SourceError) as caught:
        read(tree, Config())
    return [str(problem) for problem in caught.value.problems]


def test_an_empty_folder_is_an_empty_library() -> None:
    """Nothing in, nothing out."""
    assert read({}, Config()) == Library()


def test_an_article_with_every_key() -> None:
    """Each key of the front matter reaches its field; folder and file name state story and slug."""
    text = (
        b"---\ntitle: 'War: a history'\noutlet: daily\nstory: storm\ndate: 2025-07-03\nupdated: 2025-07-04T10:00Z\n"
        b"source_url: https://example.org/a\nvia: Mirror\nauthors: [A, B]\nlanguage: en-GB\ntags: [sea]\ndraft: false\n"
        b"rights: link\nseed: seeds/a.txt\nseed_sha256: abc\ningest_sha256: def\n---\n\nText.\n"
    )
    ((article,),) = (story.articles for story in read({"content/stories/storm/a.md": text}, Config()).stories)
    assert article == Article(
        title="War: a history",
        outlet="daily",
        body="Text.\n",
        date="2025-07-03",
        updated="2025-07-04T10:00Z",
        source_url="https://example.org/a",
        authors=("A", "B"),
        language="en-GB",
        tags=("sea",),
        rights="link",
        story="storm",
        slug="a",
        seed="seeds/a.txt",
        seed_sha256="abc",
        via="Mirror",
    )
    assert (article.path, article.body_line) == ("content/stories/storm/a.md", 19)


def test_what_a_story_takes_from_its_articles() -> None:
    """Without an index file title, date and tags are the articles', and the order is that of the slugs."""
    tree = {
        "content/stories/storm/b.md": _article("Harbour and storm.", title="The storm", date="2025-07-04", tags="[x]"),
        "content/stories/storm/a.md": _article("The harbour.", title="Harbour storm", date="2025-07-03", tags="[y]"),
    }
    (story,) = read(tree, Config()).stories
    assert (story.title, story.title_from, story.date) == ("The storm", "b", "2025-07-03")
    assert [a.slug for a in story.articles] == ["a", "b"]
    assert story.tags == ("y", "x")


def test_what_an_editor_says_of_a_story() -> None:
    """The index file's title, date, tags, language, order and introduction win."""
    index = b"---\ntitle: Mine\ndate: 2025-01-01\ntags: [sea]\nlanguage: de\narticles: [b]\n---\n\nHello *you*.\n"
    (story,) = read({**STORM, "content/stories/storm/_index.md": index}, Config()).stories
    assert (story.title, story.title_from, story.date, story.tags) == ("Mine", "", "2025-01-01", ("sea",))
    assert (story.introduction, story.path) == ("Hello *you*.\n", "content/stories/storm/_index.md")
    assert [(a.slug, a.language) for a in story.articles] == [("b", "de"), ("a", "de")]


def test_drafts_are_left_out_unless_asked_for() -> None:
    """Draft articles, stories and pages are read only when the configuration asks for them."""
    tree = {
        **STORM,
        "content/stories/storm/c.md": _article(draft="true"),
        "content/stories/fire/_index.md": _article(draft="true"),
        "content/stories/fire/a.md": FULL,
        "content/about.md": _article(draft="true"),
    }
    usual, all_of_it = read(tree, Config()), read(tree, Config(drafts=True))
    assert [(s.slug, len(s.articles)) for s in usual.stories] == [("storm", 2)]
    assert [(s.slug, len(s.articles)) for s in all_of_it.stories] == [("fire", 1), ("storm", 3)]
    assert (len(usual.pages), len(all_of_it.pages)) == (0, 1)


def test_plain_pages() -> None:
    """Index files introduce the home page and the lists; other files are pages below the root."""
    tree = {
        "content/_index.md": b"---\ntitle: Home\n---\n\nHello\n",
        "content/about.md": b"No front matter\n",
        "content/guide/how.md": b"",
        "content/outlets/_index.md": b"Our outlets\n",
        "content/map.png": b"\x89PNG",
        "content/.notes.md": b"private",
    }
    assert read(tree, Config()).pages == (
        PlainPage("", "Home", "Hello\n"),
        PlainPage("about", "", "No front matter\n"),
        PlainPage("guide/how", "", ""),
        PlainPage("outlets", "", "Our outlets\n"),
    )


def test_outlets_are_found_by_slug_name_and_host() -> None:
    """An article's outlet may be given in any of three ways; what content says wins over the configuration."""
    tree = {
        "content/outlets/daily-harbour.md": _article(
            "A paper.", title="The Daily Harbour", homepage="https://www.harbour.example/", colour="'#123'"
        ),
        "content/stories/storm/a.md": _article(title="A", date="2025-07-03", outlet="daily-harbour"),
        "content/stories/storm/b.md": _article(title="A", date="2025-07-03", outlet="the daily harbour"),
        "content/stories/storm/c.md": _article(title="A", source_url="https://harbour.example/2025/07/03/a"),
        "content/stories/storm/d.md": _article(title="A", date="2025-07-03", outlet="Other Paper"),
        "content/stories/storm/e.md": _article(title="A", date="2025-07-03"),
    }
    known = Outlet("daily-harbour", "Old name", country="GB", colour="#456")
    library = read(tree, Config(outlets=(known,)))
    found = [outlet_of(article, library) for article in library.stories[0].articles]
    daily = Outlet(
        "daily-harbour",
        "The Daily Harbour",
        "https://www.harbour.example/",
        "GB",
        colour="#123",
        description="A paper.\n",
    )
    assert found == [daily, daily, daily, Outlet("other-paper", "Other Paper"), None]
    assert library.outlets == (daily, Outlet("other-paper", "Other Paper"))
    assert library.stories[0].articles[2].date == "2025-07-03"


def test_rights_default_to_the_sites() -> None:
    """An article that states no rights has the configuration's."""
    tree = {"content/stories/storm/a.md": _article(rights="''"), "content/stories/storm/b.md": _article(rights="full")}
    articles = read(tree, Config(rights="link")).stories[0].articles
    assert [a.rights for a in articles] == ["link", "full"]


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        (
            "stories/storm/a.md",
            _article(titel="A"),
            "content/stories/storm/a.md:2:1: titel: unknown key – did you mean",
        ),
        (
            "stories/storm/a.md",
            _article(story="The fire"),
            "content/stories/storm/a.md:2:1: story: expected a story's slug",
        ),
        ("stories/storm/a.md", _article(date="soon"), "content/stories/storm/a.md:2:1: date: expected a date"),
        ("stories/storm/a.md", _article(rights="some"), "content/stories/storm/a.md:2:1: rights: expected excerpt"),
        ("stories/storm/a.md", _article(title="a: b"), "content/stories/storm/a.md:2:9: a colon inside the value"),
        ("stories/storm/a.md", _article("## Heading only"), "content/stories/storm/a.md:4: 0 sentences"),
        ("stories/storm/a.md", b"\xff", "content/stories/storm/a.md:1: not UTF-8"),
        (
            "stories/storm/_index.md",
            _article(articles="[a, x]"),
            "content/stories/storm/_index.md:2:1: articles: no art",
        ),
        (
            "stories/storm/_index.md",
            _article(articles="[b, b]"),
            "content/stories/storm/_index.md:2:1: articles: 'b' st",
        ),
        ("stories/storm/_index.md", b"---\n", "content/stories/storm/_index.md:1:1: front matter begins here"),
        (
            "stories/storm/deep/a.md",
            FULL,
            "content/stories/storm/deep/a.md: expected content/stories/<story>/<article>.md",
        ),
        ("stories/a.md", FULL, "content/stories/a.md: expected content/stories/<story>/<article>.md"),
        ("outlets/x/y.md", b"", "content/outlets/x/y.md: expected content/outlets/<outlet>.md"),
        ("outlets/x.md", _article(colour="red"), "content/outlets/x.md:2:1: colour: expected a colour"),
        ("outlets/x.md", b"\xff", "content/outlets/x.md:1: not UTF-8"),
        ("about.md", _article(tags="[a]"), "content/about.md:2:1: tags: unknown key; known are aliases, draft, "),
        ("about.md", b"\xff", "content/about.md:1: not UTF-8"),
        ("search.md", b"", "content/search.md: 'search' is reserved for the site"),
        ("tags/a.md", b"", "content/tags/a.md: /tags/a/ is an address of the site's own"),
        ("stories/storm/A.md", FULL, "content/stories/storm/a.md: has the same address as content/stories/storm/A.md"),
        (
            "stories/Big Storm/a.md",
            FULL,
            "content/stories/Big Storm/a.md: 'Big Storm' is no name of a-z, 0-9 and hyphens",
        ),
    ],
)
def test_mistakes(path: str, data: bytes, said: str) -> None:
    """What is wrong with content files is told with file, place and way out."""
    problems = _problems({**STORM, f"content/{path}": data})
    assert any(p.startswith(said) for p in problems), problems


def test_one_seed_has_one_file() -> None:
    """Two files that claim the same seed are a mistake, wherever they lie."""
    tree = {f"content/stories/{s}/a.md": _article(title="A", seed="seeds/a.txt") for s in ("fire", "storm")}
    assert _problems(tree) == [
        "content/stories/storm/a.md:1: seed: seeds/a.txt already belongs to content/stories/fire/a.md – delete one "
        "of the files"
    ]


def test_all_mistakes_at_once_in_any_order() -> None:
    """Problems of all files are reported together, whatever the order of the tree."""
    files = [
        ("content/stories/storm/a.md", _article(titel="A", date="soon")),
        ("content/about.md", _article(x="y")),
        ("content/outlets/x.md", _article(colour="red")),
    ]
    said = {tuple(_problems(dict(order))) for order in permutations(files)}
    assert len(said) == 1
    assert len(said.pop()) == 4


def test_what_is_left_to_fill_in() -> None:
    """One warning a file names the missing keys."""
    tree = {
        "content/stories/storm/a.md": _article(),
        "content/stories/storm/b.md": _article(title="A", outlet="B"),
        "content/stories/empty/_index.md": _article(title="Empty"),
    }
    assert [str(w) for w in read(tree, Config()).warnings] == [
        "content/stories/empty/_index.md: a story without articles is left out – add one",
        "content/stories/storm/a.md:1: no outlet, title and date stated – fill in outlet, title and date in the "
        "front matter",
        "content/stories/storm/b.md:1: no date stated – fill in date in the front matter",
    ]


@given(
    st.dictionaries(
        st.sampled_from(["_index.md", "about.md", "outlets/a.md", "stories/s/a.md", "stories/s/_index.md"]),
        st.binary(max_size=80) | st.text(max_size=80).map(lambda t: f"---\n{t}\n---\n".encode("utf-8", "replace")),
    )
)
def test_any_bytes_are_read_or_told(files: dict[str, bytes]) -> None:
    """Whatever the files hold, the answer is a library or a source error."""
    tree = {f"content/{name}": data for name, data in files.items()}
    try:
        told = isinstance(read(tree, Config()), Library)
    except SourceError as error:
        told = bool(error.problems)
    assert told
