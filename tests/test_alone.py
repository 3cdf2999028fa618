"""A site whose comparison is off: tellings and lists, and not a word about sameness or difference."""

from __future__ import annotations

import json
from functools import cache

import pytest

from generator.model import Config
from generator.pipeline import build
from tests import sample

LONG = "Divers found the anchor. " + "They told nobody of it for days. " * 20


def _article(outlet: str, body: str, **header: str) -> bytes:
    lines = "".join(f"{key}: {value}\n" for key, value in {"outlet": outlet, **header}.items())
    return f"---\n{lines}---\n\n{body}\n".encode()


SOURCES = {
    "content/stories/anchor/_index.md": b"---\ntitle: The anchor\ntags: [sea]\n---\n\nWhat *two* papers say.\n",
    "content/stories/anchor/post.md": _article(
        "Post", "## At sea\n\nThe **anchor** is lost. <ins>x</ins> [log](https://log.example/1)",
        title="Lost", date="2031-05-02",
    ),
    "content/stories/anchor/gazette.md": _article(
        "Gazette", f"The anchor, *says* the office.\n\n{LONG}", title="Gone", rights="excerpt",
        source_url="https://gazette.example/2031/05/03/gone",
    ),
    "content/stories/anchor/herald.md": _article("Herald", "A secret.", rights="link", aliases="[/old/herald/]"),
}  # fmt: skip


@cache
def site(search: bool = False) -> dict[str, str]:
    """Return the pages and files of a site without comparison, as text."""
    config = Config(base_url="https://example.org/", compare_enabled=False, search_enabled=search)
    files = build(SOURCES, sample.theme(), config).files
    return {path: data.decode() for path, data in files.items() if not path.startswith("static/")}


def test_the_pages_of_a_site_without_comparison() -> None:
    """Tellings, stories, outlets, tags and lists have pages; no pair has one, and nothing is to be embedded."""
    expected = {"index.html", "stories/index.html", "stories/anchor/index.html", "stories/anchor/post/index.html",
                "outlets/index.html", "outlets/post/index.html", "feed.xml", "sitemap.xml", "old/herald/index.html",
                "tags/sea/index.html", "archive/index.html", "404.html", "stories.json", "robots.txt"}  # fmt: skip
    assert expected <= site().keys()
    assert not [path for path in site() if "diff/" in path or "embed" in path or path.endswith(("story.json", ".js"))]
    assert "about/index.html" not in site()


def test_nothing_is_said_of_likeness() -> None:
    """No page speaks of what is shared, or leads to where a comparison would be explained."""
    for path, text in site().items():
        for word in ("Shared", "shared", "Only here", "alike", "comparison", "about/"):
            assert word not in text, (path, word)


def test_a_telling_is_printed_as_its_source_has_it() -> None:
    """Emphases, headings and links to the web stay, markup of the source is text, and the story is a step away."""
    page = site()["stories/anchor/post/index.html"]
    assert "<h3>At sea</h3>\n<p>The <strong>anchor</strong> is lost. &lt;ins&gt;x&lt;/ins&gt; <a href=" in page
    assert 'href="../../../stories/anchor/index.html"' in page or 'href="../index.html"' in page


def test_rights_hold_without_comparison_too() -> None:
    """Of an excerpt no more than sixty words are printed, of a link nothing; both say where the text is."""
    excerpt, link = (site()[f"stories/anchor/{name}/index.html"] for name in ("gazette", "herald"))
    assert "<p>The anchor, says the office.</p>" in excerpt
    assert "Divers" not in excerpt
    assert "Read it at gazette.example" in excerpt
    assert not [path for path, text in site().items() if "secret" in text]
    assert "The rights of this telling" in link


def test_search_finds_stories_by_title_and_outlet() -> None:
    """Where search is on, titles, tags and outlets are found; sentences have no place of their own to lead to."""
    said = site(search=True)["stories/anchor/search.js"]
    assert "Gazette" in said
    assert "secret" not in said


def test_lists_and_data_know_the_tellings() -> None:
    """Stories as data, the feed and the outlets' pages name every telling."""
    (story,) = json.loads(site()["stories.json"])["stories"]
    assert [article["slug"] for article in story["articles"]] == ["gazette", "herald", "post"]
    assert "<summary>Three tellings.</summary>" in site()["feed.xml"]
    assert "Gone" in site()["outlets/gazette/index.html"]


@pytest.mark.parametrize("order", [sorted, lambda paths: sorted(paths, reverse=True)])
def test_the_order_of_the_sources_does_not_matter(order) -> None:  # type: ignore[no-untyped-def]
    """The same files in another order give the same bytes."""
    shuffled = {path: SOURCES[path] for path in order(SOURCES)}
    config = Config(base_url="https://example.org/", compare_enabled=False, search_enabled=False)
    files = build(shuffled, sample.theme(), config).files
    assert {path: files[path].decode() for path in site()} == site()
