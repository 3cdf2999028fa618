"""Permalinks come from words: they survive rebuilds, more tellings and edits of other words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from generator.compare.tokens import tokens
from generator.model import Config, Digest
from generator.site import data, rights
from generator.site.anchors import anchors_of, change_anchors
from generator.site.index import index_of
from generator.site.pair import common_of, pair_view
from tests import sample


def edited(digest: Digest, old: str, new: str) -> Digest:
    """Return the sample story with one stretch of text edited everywhere that it stands."""
    witnesses = tuple(
        replace(w, segments=tuple(replace(s, text=s.text.replace(old, new)) for s in w.segments))
        for w in digest.witnesses
    )
    return replace(digest, witnesses=witnesses)


def test_names_are_made_of_shared_words() -> None:
    """A name holds the words that most tellings share and few other passages have, in their order of reading."""
    anchors = anchors_of(sample.digest())
    assert anchors.passages["p1"] == "p-aurora-skerry-point-monday"
    assert anchors.passages["p3"] == "p-never-saw-captain-mate"
    assert anchors.quotes["q1"] == "q-never-saw"
    assert anchors.figures["f1"] == "f-duration-hour-took-harbour"


def test_a_new_passage_moves_no_name() -> None:
    """Passages are numbered anew where one is added in front; their names stay."""
    digest = sample.digest()
    turned = tuple(replace(p, id=f"p{n}") for n, p in enumerate(reversed(digest.passages), 1))
    before = anchors_of(digest).passages
    after = anchors_of(replace(digest, passages=turned)).passages
    assert sorted(before.values()) == sorted(after.values())
    assert after["p1"] == before[digest.passages[-1].id]


@given(
    st.lists(st.sampled_from(("", "— ", "The ", "the ", "U.S. ", "Mr. Ж. ", "a@b.cd ", "ไทย")), max_size=3).map("".join)
)
def test_names_are_those_of_the_words_that_were_compared(more: str) -> None:
    """Words taken apart for the comparison give the names that the same words give when they are read again."""
    read = edited(sample.digest(), "The anchor", f"{more}The anchor")
    compared = tuple(
        replace(w, segments=tuple(replace(s, tokens=tokens(s.text)) for s in w.segments)) for w in read.witnesses
    )
    assert anchors_of(replace(read, witnesses=compared)) == anchors_of(read)


def test_editing_other_words_keeps_the_name() -> None:
    """A slip that is mended in a sentence changes no name, unless the name holds the word."""
    before = anchors_of(sample.digest()).passages
    after = anchors_of(edited(sample.digest(), "lost its", "has lost its")).passages
    assert after == before


def test_what_shares_a_name_is_told_apart_by_its_text() -> None:
    """Equal words in different sentences get a mark of the sentence; equal sentences are counted."""
    first, second, third, other = change_anchors(
        [("lost", "dropped", "One."), ("lost", "dropped", "Two."), ("lost", "dropped", "Two."), ("", "at sea", "Two.")]
    )
    assert first.startswith("c-lost~dropped-")
    assert second.startswith("c-lost~dropped-")
    assert first != second
    assert third == f"{second}-2"
    assert other == "c-~at-sea"


def test_any_script_has_names() -> None:
    """Names are written in the story's own script; where there is no word at all, a mark of the text stands in."""
    digest = edited(sample.digest(), "The anchor weighs four tonnes.", "Якорь весит четыре тонны.")
    digest = edited(digest, "Nobody was hurt.", "…!")
    anchors = anchors_of(digest).passages
    assert anchors["p5"] == "p-якорь-весит-четыре-тонны"
    assert anchors["p4"].startswith("p-")
    assert len(anchors["p4"]) == len("p-123456")


@given(st.lists(st.text(max_size=12), min_size=3, max_size=3))
def test_names_are_unique_and_fit_an_address(texts: list[str]) -> None:
    """Whatever the words, every name of a story is its own and holds neither space nor mark of punctuation."""
    digest = sample.digest()
    for old, new in zip(("lost", "Nobody", "four"), texts, strict=True):
        digest = edited(digest, old, new)
    names = anchors_of(digest)
    found = [*names.passages.values(), *names.quotes.values(), *names.figures.values()]
    assert len(set(found)) == len(found)
    assert all(name.replace("-", "").isalnum() or not name.isascii() for name in found)
    assert not any(sign.isspace() for name in found for sign in name)


def test_what_may_not_be_printed_is_in_no_name() -> None:
    """Names are made from the digest as it may be printed: a closed telling's words are not in them."""
    open_to_all = anchors_of(rights.printable(sample.digest())).passages["p8"]
    closed = anchors_of(rights.printable(sample.digest(("full", "full", "link")))).passages["p8"]
    assert "divers" in open_to_all
    assert closed == "p-p8"


def test_changes_have_names_on_both_ends_of_a_move() -> None:
    """A pair's numbered changes are named by the words that go and come, alike wherever they are shown."""
    index = index_of(sample.digest(), sample.library(), Config())
    view = pair_view(index, index.digest.pairs[0], common_of(index))
    names = [
        (piece.number, piece.anchor) for s in view.stretches for row in s.rows for piece in row.pieces if piece.number
    ]
    assert (1, "c-lost~dropped") in names
    assert len(dict(names)) == len(set(names)) == len({anchor for _, anchor in names})


def test_story_json_has_both() -> None:
    """story.json keeps the ids that count, and beside them the name and address that stay."""
    index = index_of(sample.digest(), sample.library(), Config(base_url="https://a.example/x/"))
    told = data.story(index, Config(base_url="https://a.example/x/"))
    first = told["passages"][0]  # type: ignore[index]
    assert first["id"] == "p1"
    assert first["anchor"] == "p-aurora-skerry-point-monday"
    assert first["permalink"] == "https://a.example/x/stories/lost-anchor/#p-aurora-skerry-point-monday"
    assert told["quotes"][0]["anchor"] == "q-never-saw"  # type: ignore[index]
