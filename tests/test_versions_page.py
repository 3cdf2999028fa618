"""An outlet's successive texts: their page, its counts, and what rights keep out of it."""

from __future__ import annotations

from functools import cache

import pytest

from generator.compare.digest import digest_of
from generator.ingest.content import Library
from generator.model import Article, Config, Digest, Outlet, Rights, Story
from generator.site import pages
from generator.site.versions import later
from generator.site.words import ENGLISH
from tests import sample
from tests.documents import Document, broken

PAGE = "stories/derailed/versions/post-1/index.html"
OUTLETS = (Outlet("herald", "Herald"), Outlet("post", "Post"))
TEXTS = (
    "A goods train left the rails near Hollow Cross on Sunday. Nobody was hurt, the railway said.\n\n"
    "The line is closed until noon. The cause is not known.",
    "A goods train left the rails near Hollow Cross on Sunday. Two people were hurt, the railway said.\n\n"
    "The line is closed until noon. The driver had reported trouble with the brakes an hour before.",
)


@cache
def told(rights: Rights = "full") -> Digest:
    """Return a story of one paper's two texts and one of another's."""
    stated = ("2025-06-01T07:10:00", "2025-06-03T09:00:00")
    titles = ("Goods train derails", "Two hurt as goods train derails")
    post = [
        Article(title, "Post", text, "2025-06-01", updated, "https://post.example/train", rights=rights,
                story="derailed", slug=f"post-{number}")
        for number, (title, text, updated) in enumerate(zip(titles, TEXTS, stated, strict=True), 1)
    ]  # fmt: skip
    other = Article("Off the rails", "Herald", "Gravel lies in a field at Hollow Cross.", story="derailed", slug="h")
    return digest_of(Story("derailed", "Train derails", (*post, other)))


@cache
def site(rights: Rights = "full") -> dict[str, bytes]:
    """Return the story's site."""
    return sample.rendered(pages.plan([told(rights)], Library(outlets=OUTLETS), Config()), Config())


def test_versions_stand_on_a_page_of_their_own() -> None:
    """A paper's texts follow one another with their times, headlines and what changed, sentence by sentence."""
    page = Document(site()[PAGE].decode())
    text = " ".join(page.text.split())
    assert "Two versions. One headline changed, one sentence edited, one added and one taken out." in text
    assert "2 days later" in text
    assert "2 sentences as before" in text or "1 sentence as before" in text
    assert {"v-A", "v-B", "A-B-B2"} <= set(page.ids)
    assert [words for words in ("Nobody was", "Two people were") if words in text] == ["Nobody was", "Two people were"]


def test_every_place_leads_to_the_versions() -> None:
    """The story, and the telling of either version, lead to the page; nothing on it leads astray."""
    found = site()
    story = Document(found["stories/derailed/index.html"].decode())
    assert "versions/post-1/index.html" in story.links
    telling = Document(found["stories/derailed/post-2/index.html"].decode())
    assert "../versions/post-1/index.html" in telling.links
    assert "2 of 2" in telling.text
    assert "of 2" not in Document(found["stories/derailed/h/index.html"].decode()).text
    assert broken(found) == []


def test_a_paper_without_versions_has_no_such_page() -> None:
    """A story whose tellings stand in one text each has no page of versions."""
    assert not [path for path in site() if "/versions/" in path and "post-1" not in path]
    assert not any("/versions/" in page.path for page in pages.plan([sample.digest()], sample.library(), Config()))


def test_versions_keep_to_rights() -> None:
    """Of versions that may only be linked the page quotes what differs, never a sentence that stayed."""
    page = site("link")[PAGE].decode()
    assert "Two people were" in page
    assert "Hollow Cross on Sunday" not in page


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2025-06-01", "2025-06-03", "2 days later"),
        ("2025-06-01T07:10:00Z", "2025-06-01T08:09:00Z", "59 minutes later"),
        ("2025-06-01T07:10:00Z", "2025-06-01T11:10:00+02:00", "2 hours later"),
        ("2025-06-01T07:10:00", "2025-06-01T08:10:00Z", "1 hour later"),
        ("2025-06-01", "2025-06-01", ""),
        ("2025-06-02", "2025-06-01", ""),
        ("June", "2025-06-01", ""),
        ("2025-06-31", "2025-07-01", ""),
    ],
)
def test_how_much_later(old: str, new: str, said: str) -> None:
    """The time between two versions is told in the largest unit that fits, and only where both state theirs."""
    assert later(ENGLISH, old, new) == said
