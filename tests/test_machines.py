"""What other programs read: feeds of the site, of outlets and of tags, the sitemap, linked data; the archive."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from generator.model import Config
from generator.site import links, pages
from tests import demosite, sample
from tests.documents import Document

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FEEDS = sorted(path for path in demosite.site() if path.endswith("feed.xml"))
ROOT = "https://skarn.example/variorum/"


@pytest.mark.parametrize("path", FEEDS)
def test_atom(path: str) -> None:
    """Every feed is valid Atom: ids and addresses absolute and its own, dates with an offset, entries newest first."""
    feed = ElementTree.fromstring(demosite.site()[path])  # noqa: S314 - our own feed
    own = links.absolute(ROOT, path)
    assert feed.findtext(f"{ATOM}id") == own.removesuffix("feed.xml")
    self_link = next(link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert self_link.get("href") == own
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    moments = [entry.findtext(f"{ATOM}published") or "" for entry in entries]
    assert moments == sorted(moments, reverse=True)
    for entry in entries:
        assert (entry.findtext(f"{ATOM}id") or "").startswith(ROOT + "stories/")
        assert re.fullmatch(r"[\d-]{10}T[\d:]{8}(Z|[+-]\d\d:\d\d)", entry.findtext(f"{ATOM}updated") or "")
        assert entry.findtext(f"{ATOM}title")
        assert entry.findtext(f"{ATOM}summary")


@pytest.mark.parametrize("path", FEEDS)
def test_json_feed(path: str) -> None:
    """Beside every Atom feed stands a JSON Feed with the same stories."""
    site = demosite.site()
    atom = ElementTree.fromstring(site[path])  # noqa: S314 - our own feed
    found = json.loads(site[path.replace(".xml", ".json")])
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["feed_url"] == links.absolute(ROOT, path.replace(".xml", ".json"))
    assert [item["id"] for item in found["items"]] == [e.findtext(f"{ATOM}id") for e in atom.findall(f"{ATOM}entry")]


def test_feeds_of_outlets_and_tags() -> None:
    """An outlet's feed has the stories that it tells, a tag's those that carry it; their pages lead to them."""
    site = demosite.site()
    outlet = json.loads(site["outlets/talbote/feed.json"])
    assert [item["title"] for item in outlet["items"]] == ["Der Obstgarten am Mühlweg bleibt"]
    tag = json.loads(site["tags/transport/feed.json"])
    assert [item["title"] for item in tag["items"]] == [
        "The ferry to Holm stops running",
        "La halle du marché change de toit",
    ]
    for page in ("outlets/talbote/index.html", "tags/transport/index.html"):
        assert b'type="application/atom+xml"' in site[page]
        assert b'href="feed.xml"' in site[page]


def test_no_feeds_without_an_address() -> None:
    """Feeds need absolute addresses: a site that does not know its own has none."""
    assert not [path for path in demosite.site(base_url=False) if "feed." in path]


def test_sitemap_dates() -> None:
    """The sitemap gives a story the latest date that one of its articles states."""
    found = ElementTree.fromstring(demosite.site()["sitemap.xml"])  # noqa: S314 - our own file
    dates = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in found}
    assert dates[ROOT + "stories/ferry/"] == "2031-03-15T07:00:00Z"
    assert dates[ROOT] == dates[ROOT + "stories/"] == "2031-03-15T07:00:00Z"  # of the newest story
    assert ROOT + "stories/ferry/courier/" not in dates


def test_linked_data() -> None:
    """A story says in schema.org's words what it is based on and whom it cites."""
    page = demosite.site()["stories/ferry/index.html"].decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    said = json.loads(found[1])
    assert (said["@type"], said["url"]) == ("NewsArticle", ROOT + "stories/ferry/")
    assert len(said["isBasedOn"]) == 5
    assert said["isBasedOn"][0]["publisher"] == {"@type": "Organization", "name": "Skarn Courier"}
    assert "https://wire.example/4711" in said["citation"]
    assert len(set(said["citation"])) == len(said["citation"])  # two versions have one address
    assert (said["datePublished"], said["dateModified"]) == ("2031-03-14", "2031-03-15T07:00:00Z")


def test_linked_data_is_never_code() -> None:
    """No title can end the element that holds the data, or begin another."""
    digest = sample.digest(extra="</script><script>alert(1)</script>")
    odd = "</script><script>alert(1)</script>"
    digest = replace(digest, story=replace(digest.story, title=odd))
    planned = pages.plan([digest], sample.library(), Config())
    page = sample.rendered(planned, Config())["stories/lost-anchor/index.html"].decode()
    scripts = [attributes for tag, attributes in Document(page).elements if tag == "script"]
    assert all("src" in attributes or attributes["type"] == "application/ld+json" for attributes in scripts)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    assert json.loads(found[1])["headline"] == odd


# ---------------------------------------------------------------------------- archive


def test_archive() -> None:
    """The archive leads to every month with a story, each month to its stories and to its neighbours."""
    site = demosite.site()
    archive = Document(site["archive/index.html"].decode())
    assert [link for link in archive.links if link.startswith("20")] == [
        "2031-03/index.html",
        "2031-02/index.html",
        "2030-12/index.html",
    ]
    february = Document(site["archive/2031-02/index.html"].decode())
    assert "Der Obstgarten am Mühlweg bleibt" in february.text
    assert "The ferry" not in february.text
    assert {"../2031-03/index.html", "../2030-12/index.html"} <= set(february.links)


def test_long_lists_turn_pages() -> None:
    """Lists of a tag and of a month are cut as the list of all stories is, each page leading to the next."""
    digests = [sample.digest(slug=f"s{n}") for n in range(5)]
    found = {page.path: page for page in pages.plan(digests, sample.library(), Config(paginate=2))}
    for folder in ("stories", "tags/ships", "archive/2024-10"):
        paths = [path for path in found if re.fullmatch(rf"{folder}(/page/\d)?/index.html", path)]
        assert len(paths) == 3, (folder, sorted(found))
        assert found[f"{folder}/page/2/index.html"].data["previous"] == f"{folder}/index.html"


def test_tags_are_listed() -> None:
    """All tags stand on one page, with how many stories carry each."""
    page = Document(demosite.site()["tags/index.html"].decode())
    assert "transport 2" in " ".join(page.text.split())
