"""Successive versions of one article: which they are, in what order, and what changed from each to the next."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare.digest import digest_of
from generator.model import Article, Config, Digest, Story
from generator.pipeline import build
from generator.site.rights import printable
from tests.sample import theme

MORNING = Article(
    slug="a",
    outlet="harbour-post.example",
    title="Bridge closed",
    date="2024-03-04T08:00:00",
    body="""The bridge was closed on Monday. Two men were hurt, police said. The ferry will run twice as often.

Nobody knows why the bearings cracked. Tickets stay valid for a week.""",
)
NOON = replace(
    MORNING,
    slug="b",
    title="Bridge closed, three hurt",
    date="2024-03-04T12:00:00",
    body="""The bridge was closed on Monday. Three men were hurt, police said. Nobody knows why the bearings cracked.

The mayor has promised an inquiry. Tickets stay valid for a week.""",
)
NIGHT = replace(
    NOON,
    slug="c",
    date="2024-03-04T22:00:00",
    body=NOON.body + " She spoke at the quay.",
)
ELSEWHERE = Article(
    slug="d", outlet="tide.example", body="Lorries may no longer cross the bridge. Two men were hurt, police said."
)

SENTENCES = st.lists(
    st.sampled_from(
        """The bridge is closed.|The bridge was closed today.|Nobody was hurt, they said.|Two men were hurt.|
        Two women were hurt, police said.|The ferry runs twice.|Again.|Again.""".split("|")
    ),
    max_size=9,
).map(" ".join)


def _digest(*articles: Article) -> Digest:
    return digest_of(Story("s", "S", articles))


def test_versions_of_one_outlet_are_a_history() -> None:
    """Near-duplicates of one outlet stand in the order of their times, another outlet's telling apart."""
    digest = _digest(NIGHT, ELSEWHERE, MORNING, NOON)
    (history,) = digest.histories
    assert (history.outlet, history.articles) == ("harbour-post.example", ("C", "D", "A"))
    assert [(step.old, step.new) for step in history.revisions] == [("C", "D"), ("D", "A")]


def test_a_revision_says_what_became_of_every_sentence() -> None:
    """In the order of the new version: kept, changed word by word, gone where it stood, come."""
    (history,) = _digest(MORNING, NOON).histories
    (step,) = history.revisions
    assert [(part.kind, part.old, part.new) for part in step.parts] == [
        ("same", ("A1",), ("B1",)),
        ("changed", ("A2",), ("B2",)),
        ("removed", ("A3",), ()),
        ("same", ("A4",), ("B3",)),
        ("added", (), ("B4",)),
        ("same", ("A5",), ("B5",)),
    ]
    assert [(change.op, change.old, change.new) for change in step.parts[1].changes[:2]] == [
        ("replace", "Two ", "Three "),
        ("equal", "men were hurt, police said.", "men were hurt, police said."),
    ]
    assert [(change.op, change.new) for change in step.title] == [
        ("equal", "Bridge closed"),
        ("insert", ", three hurt"),
    ]


def test_one_address_makes_versions_however_it_is_written() -> None:
    """An article that was written anew under its old address is a version of it, and one voice with it."""
    one = Article(slug="a", source_url="https://www.tide.example/bridge/", body="Lorries may no longer cross.")
    two = Article(slug="b", source_url="http://tide.example/bridge#top", body="The council has met in secret.")
    digest = _digest(one, two)
    assert [history.articles for history in digest.histories] == [("A", "B")]
    assert [origin.articles for origin in digest.origins] == [("A", "B")]


def test_two_articles_of_one_outlet_are_no_versions() -> None:
    """A report and a comment that share a sentence are two articles."""
    comment = replace(MORNING, slug="e", body="The council slept. Two men were hurt, police said. Who is to blame?")
    assert not _digest(MORNING, comment).histories
    assert not _digest(MORNING, ELSEWHERE).histories
    assert not _digest(replace(MORNING, outlet=""), replace(NOON, outlet="")).histories


def test_undated_versions_stand_by_name() -> None:
    """Where no version states its time, the names of the captures tell."""
    one, two = replace(MORNING, date="", seed="seeds/1.txt"), replace(NOON, date="", seed="seeds/2.txt")
    assert [h.articles for h in _digest(two, one).histories] == [("B", "A")]


def test_the_order_of_the_articles_changes_only_sigla() -> None:
    """The same steps, whatever order the tellings come in."""

    def told(digest: Digest) -> list[object]:
        texts = {segment.id: segment.text for witness in digest.witnesses for segment in witness.segments}
        return [
            (part.kind, [texts[name] for name in part.old], [texts[name] for name in part.new], part.changes)
            for history in digest.histories
            for step in history.revisions
            for part in step.parts
        ]

    found = [told(_digest(*order)) for order in permutations((MORNING, NOON, ELSEWHERE))]
    assert all(one == found[0] for one in found)
    assert found[0]


@settings(deadline=None, max_examples=40)
@given(SENTENCES, SENTENCES)
def test_every_sentence_stands_in_one_part(old: str, new: str) -> None:
    """No sentence is lost or printed twice, repetitions within one version included, and its words are its own."""
    address = "https://tide.example/a"
    one = Article(slug="a", body=old, source_url=address, seed="seeds/1.txt")
    digest = _digest(one, replace(one, slug="b", body=new, seed="seeds/2.txt"))
    (history,) = digest.histories
    (step,) = history.revisions
    before, after = digest.witnesses
    assert sorted(name for part in step.parts for name in part.old) == sorted(s.id for s in before.segments)
    assert [name for part in step.parts for name in part.new if not part.moved] == [
        s.id for s in after.segments if s.id not in {name for part in step.parts if part.moved for name in part.new}
    ]
    texts = {segment.id: segment.text for witness in digest.witnesses for segment in witness.segments}
    for part in step.parts:
        assert "".join(change.old for change in part.changes) == " ".join(texts[name] for name in part.old)
        assert "".join(change.new for change in part.changes) == " ".join(texts[name] for name in part.new)


def test_versions_may_name_their_outlet_in_different_ways() -> None:
    """Near-duplicates by one outlet's key and by its host are versions of one; data says what each states itself."""
    posts = {
        f"content/stories/bridge/{article.slug}.md": (
            f"---\ntitle: {article.title}\noutlet: {outlet}\ndate: {article.date}\n---\n\n{article.body}\n"
        ).encode()
        for article, outlet in ((MORNING, "post"), (NOON, "www.harbour-post.example"))
    }
    house = b"---\nname: Harbour Post\nhomepage: https://harbour-post.example/\n---\n"
    site = build({**posts, "content/outlets/post.md": house}, theme(), Config())
    told = json.loads(site.files["stories/bridge/story.json"])
    assert [one["articles"] for one in told["versions"]] == [["A", "B"]]
    listed = json.loads(site.files["stories.json"])["stories"][0]["articles"]
    stated = [article["outlet"] for article in told["articles"]]
    assert stated == [article["outlet"] for article in listed] == ["post", "www.harbour-post.example"]


def test_rights_hold_for_versions_too() -> None:
    """A version that may only be linked prints no more than the words that differ."""
    closed = printable(_digest(replace(MORNING, rights="link"), NOON))
    printed = "".join(
        change.old for h in closed.histories for step in h.revisions for part in step.parts for change in part.changes
    )
    assert "bearings" not in printed
    assert "Two" in printed


def test_story_json_tells_the_versions() -> None:
    """The data file of a story holds its histories, step by step."""
    posts = {
        f"content/stories/bridge/{article.slug}.md": (
            f"---\ntitle: {article.title}\noutlet: {article.outlet}\ndate: {article.date}\n---\n\n{article.body}\n"
        ).encode()
        for article in (MORNING, NOON)
    }
    site = build(posts, theme(), Config())
    (told,) = json.loads(site.files["stories/bridge/story.json"])["versions"]
    assert (told["id"], told["outlet"], told["articles"]) == ("v1", "harbour-post.example", ["A", "B"])
    (step,) = told["revisions"]
    assert [part["kind"] for part in step["parts"]] == ["same", "changed", "removed", "same", "added", "same"]
