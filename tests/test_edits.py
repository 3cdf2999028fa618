"""What an editor may rule by hand: sentences together or apart, notes, stories split and merged, old addresses."""

from __future__ import annotations

import json

import pytest

from generator.compare.digest import digest_of
from generator.errors import SourceError
from generator.ingest.content import read
from generator.model import Config, Digest, Stale, Tree
from generator.pipeline import Site, build
from tests.sample import theme

STORY = "content/stories/bridge"
COURIER = """A hundred lorries wait since dawn.
Engineers found a crack in the northern pier.
The mayor was at the bridge on Monday.
"""
POST = """No one can cross the river at the moment.
In the northern pier engineers found a crack.
The mayor was not at the bridge on Monday.
"""
FILES = {
    f"{STORY}/courier.md": f"---\ntitle: C\noutlet: Courier\ndate: 2024-03-04\n---\n\n{COURIER}",
    f"{STORY}/post.md": f"---\ntitle: P\noutlet: Post\ndate: 2024-03-04\n---\n\n{POST}",
}


def made(files: dict[str, str], config: Config | None = None) -> Site:
    """Return the site of the two papers and *files*."""
    sources: Tree = {name: text.encode() for name, text in {**FILES, **files}.items()}
    return build(sources, theme(), config or Config())


def compared(files: dict[str, str]) -> Digest:
    """Return the comparison of the two papers, given *files* besides."""
    [story] = read({name: text.encode() for name, text in {**FILES, **files}.items()}, Config()).stories
    return digest_of(story)


def passages(digest: Digest) -> list[list[str]]:
    """Return the story's passages as lists of sentences."""
    return sorted(sorted(passage.sentences) for passage in digest.passages)


def edited(text: str) -> Digest:
    """Return the comparison with a story's edits."""
    return compared({f"{STORY}/_edits.yml": text})


def test_without_edits() -> None:
    """The sample: two sentences of three are linked, one of them wrongly."""
    assert passages(compared({})) == [["A1"], ["A2", "B2"], ["A3", "B3"], ["B1"]]


def test_together() -> None:
    """Sentences that share no word stand in one passage, and are linked in the pair, because an editor says so."""
    ruling = "together:\n  - courier: lorries wait\n    post: No one can cross\n"
    digest = edited(ruling)
    assert passages(digest) == [["A1", "B1"], ["A2", "B2"], ["A3", "B3"]]
    assert [(link.score, link.new) for link in digest.pairs[0].links if link.old == ("A1",)] == [(1.0, ("B1",))]
    site = made({f"{STORY}/_edits.yml": ruling})
    assert "Put together by an editor" in site.files["stories/bridge/index.html"].decode()
    assert site.warnings == ()


def test_together_takes_from_others() -> None:
    """A sentence that is put together with another is taken out of the link that the words gave it."""
    digest = edited("together:\n  - courier: Engineers found\n    post: mayor was not\n")
    assert passages(digest) == [["A1"], ["A2", "B3"], ["A3"], ["B1"], ["B2"]]


def test_several_sentences_together() -> None:
    """One sentence can be put together with two of another article."""
    digest = edited("together:\n  - courier: lorries wait\n    post: [No one can cross, northern pier]\n")
    assert ["A1", "B1", "B2"] in passages(digest)


def test_apart() -> None:
    """Sentences that share nearly all words stand apart, because an editor says so."""
    digest = edited("apart:\n  - courier: The mayor was at the bridge\n    post: The mayor was not\n")
    assert passages(digest) == [["A1"], ["A2", "B2"], ["A3"], ["B1"], ["B3"]]


def test_rulings_outlive_other_edits() -> None:
    """A ruling names sentences by their words, so text added above them changes nothing."""
    ruling = "apart:\n  - courier: “The mayor was at the bridge”\n    post: the mayor was not\n"
    more = FILES[f"{STORY}/post.md"].replace("No one", "It rained all day.\n\nNo one")
    digest = compared({f"{STORY}/_edits.yml": ruling, f"{STORY}/post.md": more})
    assert ["A3"] in passages(digest)
    assert ["B4"] in passages(digest)
    assert digest.stale == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "The mayor was seen there",
            "no sentence of courier holds these words – perhaps it now reads 'The mayor was at the bridge on Monday.'",
        ),
        ("the", "2 sentences of courier hold these words (A2 and A3) – write more"),
        ("Gibberish", "no sentence of courier holds these words – delete the entry, or name another sentence"),
    ],
)
def test_stale_rulings_are_told(words: str, told: str) -> None:
    """A ruling whose words are gone, or are no longer enough, has no effect and is told with its line."""
    digest = edited(f"apart:\n  - post: The mayor was not\n    courier: {words}\n")
    assert digest.stale == (Stale(f"{STORY}/_edits.yml", 3, 5, told),)
    assert ["A3", "B3"] in passages(digest)


def test_a_ruling_and_its_contrary() -> None:
    """What is ruled together and apart stands together, and is told."""
    pair = "  - courier: lorries wait\n    post: No one can cross\n"
    digest = edited(f"together:\n{pair}apart:\n{pair}")
    assert ["A1", "B1"] in passages(digest)
    assert "these sentences are ruled together, too" in digest.stale[0].message


def test_a_draft_is_no_stale_ruling() -> None:
    """A ruling on an article that is a draft waits in silence."""
    draft = FILES[f"{STORY}/post.md"].replace("title: P", "title: P\ndraft: true")
    ruling = "apart:\n  - courier: The mayor was at the bridge\n    post: The mayor was not\n"
    assert compared({f"{STORY}/_edits.yml": ruling, f"{STORY}/post.md": draft}).stale == ()


def test_notes() -> None:
    """An editor's note stands beside its passage, beside its sentence, and in the data; its HTML stays text."""
    note = "'*Corrected* since. <script>alert(1)</script>'"
    site = made(
        {f"{STORY}/_edits.yml": f"notes:\n  - article: courier\n    sentence: found a crack\n    note: {note}\n"}
    )
    for page in ("stories/bridge/index.html", "stories/bridge/courier/index.html"):
        text = site.files[page].decode()
        assert "<em>Corrected</em> since." in text
        assert "<script>alert" not in text
    [told] = json.loads(site.files["stories/bridge/story.json"])["notes"]
    assert told["sentence"] == "A2"


def test_everything_wrong_with_edits_is_told_at_once() -> None:
    """Unknown keys, unknown articles, entries for one article alone, missing words: each with its place."""
    text = (
        "togther: []\napart:\n  - curier: x\n    post: y\n  - post: y\ntogether: yes\n"
        "notes:\n  - article: post\n    note: z\n  - article: radio\n    sentence: x\n    note: z\n"
    )
    with pytest.raises(SourceError) as caught:
        edited(text)
    assert [str(found).removeprefix(f"{STORY}/_edits.yml:") for found in caught.value.problems] == [
        "1:1: togther: unknown key – did you mean 'together'?",
        "3:5: no article 'curier' – did you mean 'courier'?",
        "5:5: apart: name sentences of two articles at least",
        "6:1: together: expected a list of {courier: words of a sentence, evening-post: words of another}",
        "8:5: notes: sentence is missing – fill it in",
        "10:5: no article 'radio'; known are courier, post",
    ]


def test_edits_of_no_story() -> None:
    """Edits in a folder without articles are told."""
    with pytest.raises(SourceError, match="there is no story 'mill'"):
        made({"content/stories/mill/_edits.yml": "apart: []\n"})


# ---------------------------------------------------------------------------- stories split and merged


def test_story_wins_over_the_folder() -> None:
    """An article belongs to the story that its front matter states: so a story is split."""
    moved = FILES[f"{STORY}/post.md"].replace("title: P", "title: P\nstory: ferry")
    site = made({f"{STORY}/post.md": moved})
    assert [(story.slug, [told.slug for told in story.articles]) for story in site.summaries] == [
        ("bridge", ["courier"]),
        ("ferry", ["post"]),
    ]
    assert "stories/ferry/post/index.html" in site.files


def test_stories_merge() -> None:
    """Articles of two folders that state one story are one story; its `_index.md` speaks for it."""
    other = "---\ntitle: R\nstory: 'bridge'\n---\n\nThe mill bridge was closed.\n"
    index = "---\ntitle: The bridge\narticles: [radio, post]\n---\n"
    site = made({"content/stories/river/radio.md": other, f"{STORY}/_index.md": index})
    [story] = site.summaries
    assert (story.shown, [told.slug for told in story.articles]) == ("The bridge", ["radio", "post", "courier"])


def test_the_same_name_in_a_merged_story() -> None:
    """Two articles of one name cannot be in one story; that is told."""
    other = "---\ntitle: R\nstory: bridge\n---\n\nThe mill bridge was closed.\n"
    with pytest.raises(SourceError, match="would have the same address"):
        made({"content/stories/river/post.md": other})


def test_a_story_that_is_no_slug() -> None:
    """A story's name becomes an address; anything else is told with its line."""
    with pytest.raises(SourceError, match=r"post.md:3:1: story: expected a story's slug"):
        made({f"{STORY}/post.md": "---\ntitle: P\nstory: The Ferry\n---\n\nNo one can cross.\n"})


# ---------------------------------------------------------------------------- former addresses


def test_aliases() -> None:
    """A former address of a page, a story or a telling leads to where it is now, without a script."""
    site = made(
        {
            "content/imprint.md": "---\ntitle: Imprint\naliases: [about-us/, /old/imprint.html]\n---\n\nWe.\n",
            f"{STORY}/_index.md": "---\naliases: [2024/bridge]\n---\n",
            f"{STORY}/courier.md": FILES[f"{STORY}/courier.md"].replace("title: C", "title: C\naliases: [c]"),
        }
    )
    for alias, target in {
        "about-us/index.html": "../imprint/index.html",
        "old/imprint.html": "../imprint/index.html",
        "2024/bridge/index.html": "../../stories/bridge/index.html",
        "c/index.html": "../stories/bridge/courier/index.html",
    }.items():
        text = site.files[alias].decode()
        assert f'<meta http-equiv="refresh" content="0; url={target}">' in text
        assert f'<a href="{target}">' in text
        assert "<script" not in text
        assert alias not in site.files["sitemap.xml"].decode()


@pytest.mark.parametrize("alias", ["../x", "a//b", "https://x.example/", "a b", "./x"])
def test_aliases_stay_below_the_root(alias: str) -> None:
    """An alias is an address of this site; anything else is told."""
    with pytest.raises(SourceError, match="aliases: expected an address below the site's root"):
        made({"content/imprint.md": f"---\naliases: ['{alias}']\n---\n\nWe.\n"})


def test_an_alias_takes_no_page() -> None:
    """An alias that is the address of a page, or of another alias, is told with the file that claims it."""
    with pytest.raises(SourceError) as caught:
        made(
            {
                "content/a.md": "---\naliases: [stories/bridge, old]\n---\n\nA.\n",
                "content/b.md": "---\naliases: [old/]\n---\n\nB.\n",
            }
        )
    assert len(caught.value.problems) == 2
    assert {found.path.partition("/")[0] for found in caught.value.problems} == {"content"}
