"""A story laid side by side: every sentence once, verbatim, whatever order the tellings come in."""

from __future__ import annotations

import re
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare.digest import digest_of
from generator.compare.origins import _longest_run, _Words, origins_of
from generator.compare.witness import sigil_of, witnesses_of
from generator.gathered import ingest
from generator.ingest import content
from generator.model import Article, Config, Digest, Story
from generator.pipeline import build
from tests.projects import EXAMPLES

ROOT = Path(__file__).parent.parent

COURIER = """The harbour bridge closed to lorries on Monday after an inspection found cracks in four of its bearings.

“We did not see any danger to cars today,” city engineer Ada Okafor told reporters.

The inspection lasted over two hours, Okafor said.

Ferry traffic is to double from Wednesday."""

BLOG = """Ferry traffic will double from Wednesday.

An inspection has found cracks in the bearings of the harbour bridge, which is closed to lorries.

The inspection took almost two hours, the engineer, Okafor, said. She “did not see any danger to cars.”"""

RADIO = """Lorries may no longer cross the harbour bridge. Cracks were found in four of its bearings on Monday.

Fishermen were not told."""


def _digest(*bodies: str) -> Digest:
    articles = tuple(Article(body=body, slug=f"a{n}") for n, body in enumerate(bodies))
    return digest_of(Story("s", "S", articles))


def _texts(digest: Digest) -> set[tuple[frozenset[str], str, int]]:
    """Return the passages as texts: what is left when sigla and order are taken away."""
    text_of = {segment.id: segment.text for witness in digest.witnesses for segment in witness.segments}
    return {
        (frozenset(text_of[name] for name in passage.sentences), passage.text, passage.origins)
        for passage in digest.passages
    }


def test_offsets_are_verbatim() -> None:
    """Every sentence is a slice of its article's plain text, and of its block."""
    for witness in _digest(COURIER, BLOG, RADIO).witnesses:
        assert witness.text == "\n\n".join(block.text for block in witness.blocks)
        for segment in witness.segments:
            assert witness.text[segment.start : segment.end] == segment.text
            assert segment.text in witness.blocks[segment.block].text
            assert "".join(token.text for token in segment.tokens) == segment.text


def test_every_sentence_stands_in_exactly_one_passage() -> None:
    """Passages partition the sentences, and each is printed in the words of one of its own."""
    digest = _digest(COURIER, BLOG, RADIO)
    placed = [name for passage in digest.passages for name in passage.sentences]
    assert sorted(placed) == sorted(s.id for w in digest.witnesses for s in w.segments)
    assert len(placed) == len(set(placed))
    for passage in digest.passages:
        assert passage.base in passage.sentences
        assert {name.rstrip("0123456789") for name in passage.sentences} == set(passage.articles)
        assert set(passage.articles).isdisjoint(passage.left_out_by)
        assert set(passage.articles) | set(passage.left_out_by) == {"A", "B", "C"}


def test_the_order_of_articles_changes_only_sigla() -> None:
    """Any order of the tellings gives the same passages, origins and verdicts."""
    digests = [_digest(*bodies) for bodies in permutations((COURIER, BLOG, RADIO))]
    assert all(_texts(digest) == _texts(digests[0]) for digest in digests)
    verdicts = [sorted(quote.verdict for quote in digest.quotes) for digest in digests]
    assert all(found == verdicts[0] for found in verdicts)
    figures = [sorted((f.verdict, sorted(r.text for r in f.readings)) for f in digest.figures) for digest in digests]
    assert all(found == figures[0] for found in figures)


def test_changes_rebuild_both_sides() -> None:
    """A link's old parts give the old sentences, its new parts the new ones; so do a passage's readings."""
    digest = _digest(COURIER, BLOG, RADIO)
    text_of = {segment.id: segment.text for witness in digest.witnesses for segment in witness.segments}
    for pair in digest.pairs:
        for link in pair.links:
            assert "".join(change.old for change in link.changes) == " ".join(text_of[name] for name in link.old)
            assert "".join(change.new for change in link.changes) == " ".join(text_of[name] for name in link.new)
    for passage in digest.passages:
        for reading in passage.readings:
            assert "".join(change.old for change in reading.changes) == passage.text
            assert "".join(change.new for change in reading.changes) == text_of[reading.sentence]


def test_conflicts_and_alterations_flag_their_passages() -> None:
    """A passage knows which of its quotations is altered and which of its figures is in conflict."""
    digest = _digest(COURIER, BLOG, RADIO)
    conflict = next(figure for figure in digest.figures if figure.verdict == "conflict")
    assert [reading.text for reading in conflict.readings] == ["over two hours", "almost two hours"]
    altered = next(quote for quote in digest.quotes if quote.verdict != "single")
    assert [reading.article for reading in altered.readings] == ["A", "B"]
    flagged = {name for passage in digest.passages for name in passage.figures}
    assert flagged == {conflict.id}


def test_the_older_side_comes_first() -> None:
    """A pair runs from the older article to the newer one, where both are dated."""
    articles = (Article(body=COURIER, slug="a", date="2024-03-04"), Article(body=BLOG, slug="b", date="2024-03-02"))
    (pair,) = digest_of(Story("s", "S", articles)).pairs
    assert (pair.old, pair.new) == ("B", "A")


def test_a_repetition_supports_nothing() -> None:
    """An article that repeats itself is one voice, and what it repeats stands in one passage."""
    body = "The ferry will double its trips from Wednesday on.\n\nNobody spoke of tickets.\n\n"
    digest = _digest(body + "Again: the ferry will double its trips from Wednesday on, they said.", RADIO)
    (repeat,) = digest.repeats
    passage = next(passage for passage in digest.passages if repeat.sentence in passage.sentences)
    assert repeat.of in passage.sentences
    assert (passage.articles, passage.origins) == (("A",), 1)


def test_a_long_common_run_makes_one_origin() -> None:
    """Two texts that share twelve words in a row, unquoted, are one voice; a shared quotation is none."""
    run = "the bridge will stay closed to all lorries until the end of next summer"
    shared = origins_of(
        witnesses_of([Article(body=f"On Monday {run}."), Article(body=f"It is true: {run}, they say.")])
    )
    assert [(origin.articles, origin.why) for origin in shared] == [(("A", "B"), "shared text")]
    quoted = origins_of(witnesses_of([Article(body=f"She said “{run}.”"), Article(body=f"He heard “{run}.”")]))
    assert [origin.why for origin in quoted] == ["alone", "alone"]


@given(st.text("ab\0", max_size=14), st.text("ab\0", max_size=14))
def test_the_longest_common_run_is_found(one: str, two: str) -> None:
    """Of two texts' words the longest run that both have is found, the first of several, and none over a border."""
    witness = witnesses_of([Article()])[0]
    left, right = (_Words(witness, letters, (), (), frozenset(), "") for letters in (one, two))
    runs = [(end - at, -at) for at, end in combinations(range(len(one) + 1), 2) if one[at:end] in two]
    whole = [(size, at) for size, at in runs if size > 1 and "\0" not in one[-at : size - at]]
    size, at = max(whole, default=(0, 0))
    assert _longest_run(left, right, 2) == (-at, size)


def test_wire_copy_is_one_voice() -> None:
    """Two articles that credit one agency and share a run of words are one origin."""
    one, two = (
        "BERGVIK (Reuters) – The bridge was closed to all lorries.",
        "BERGVIK (Reuters) – The bridge was closed to all cars.",
    )
    assert [origin.why for origin in origins_of(witnesses_of([Article(body=one), Article(body=two)]))] == ["wire"]


def test_an_outlet_is_one_voice() -> None:
    """An outlet that reports one story twice in other words confirms nothing; who states no outlet is somebody else."""
    bodies = ("The bridge was closed to lorries on Monday.", "Since Monday no lorry may cross the old bridge.")
    for outlets, expected in (
        (("The Courier", "The courier"), ["outlet"]),
        (("The Courier", "Harbour Radio"), ["alone", "alone"]),
        (("", ""), ["alone", "alone"]),
    ):
        articles = [Article(body=body, outlet=outlet) for body, outlet in zip(bodies, outlets, strict=True)]
        assert [origin.why for origin in origins_of(witnesses_of(articles))] == expected


@pytest.mark.parametrize(
    ("position", "sigil"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_sigla(position: int, sigil: str) -> None:
    """After Z comes AA."""
    assert sigil_of(position) == sigil


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("abc AB.,“”\n7"), max_size=60), min_size=1, max_size=3))
def test_any_texts_can_be_compared(bodies: list[str]) -> None:
    """Whatever the texts, the comparison has an answer, and loses no sentence."""
    digest = _digest(*bodies)
    placed = sorted(name for passage in digest.passages for name in passage.sentences)
    assert placed == sorted(segment.id for witness in digest.witnesses for segment in witness.segments)


# ---------------------------------------------------------------------------- the demo


@pytest.fixture(scope="module")
def demo() -> Digest:
    """Return the comparison of the five demo captures."""
    sources = {f"seeds/{path.name}": path.read_bytes() for path in sorted((ROOT / "seeds").iterdir())}
    planned = ingest(sources, Config())
    (story,) = content.read(planned.writes, Config()).stories
    return digest_of(story)


def _quote_with(demo: Digest, words: str) -> list[tuple[str, str, str]]:
    quote = next(quote for quote in demo.quotes if any(words in reading.text for reading in quote.readings))
    return [(difference.kind, difference.old, difference.new) for difference in quote.differences]


def test_demo_articles_are_one_story(demo: Digest) -> None:
    """The five captures, which share hardly a phrase, are found to tell one story; only one states its outlet."""
    assert [witness.article.outlet for witness in demo.witnesses] == ["", "", "", "washingtonpost.com", ""]
    assert [len(witness.segments) for witness in demo.witnesses] == [14, 14, 59, 40, 17]


@pytest.mark.parametrize("order", [(4, 3, 2, 1, 0), (2, 1, 0, 4, 3), (2, 3, 4, 0, 1)])
def test_demo_in_any_order(demo: Digest, order: tuple[int, ...]) -> None:
    """Permuting the five captures changes sigla and order, and nothing else: not a link, a score or a reading."""
    articles = tuple(demo.story.articles[position] for position in order)
    assert _findings(digest_of(Story("s", "S", articles))) == _findings(demo)


def _findings(digest: Digest) -> list[object]:
    """Return everything that a comparison finds, as texts instead of sigla and numbers."""
    text_of = {segment.id: segment.text for witness in digest.witnesses for segment in witness.segments}
    links = {
        (frozenset(text_of[name] for name in (*link.old, *link.new)), link.score)
        for pair in digest.pairs
        for link in pair.links
    }
    quotes = {
        (quote.verdict, quote.readings[0].text, frozenset((r.text, r.speaker) for r in quote.readings),
         frozenset((difference.kind, difference.old, difference.new) for difference in quote.differences))
        for quote in digest.quotes
    }  # fmt: skip
    figures = {(f.verdict, frozenset((text_of[r.sentence], r.text) for r in f.readings)) for f in digest.figures}
    repeats = {(text_of[repeat.sentence], text_of[repeat.of]) for repeat in digest.repeats}
    return [_texts(digest), links, quotes, figures, repeats]


def test_demo_quotes(demo: Digest) -> None:
    """The demo's altered quotations come out, each by its kind."""
    assert ("dropped", "today", "") in _quote_with(demo, "make any progress with him")
    assert ("connective", "but", "because") in _quote_with(demo, "given so many weapons")
    assert ("word", "whole", "own") in _quote_with(demo, "emptied out our")
    assert ("word", "frank", "businesslike") in _quote_with(demo, "frank and substantive")
    assert any(kind == "elision" for kind, _, _ in _quote_with(demo, "given so many weapons"))
    assert any(kind == "speaker" for kind, _, _ in _quote_with(demo, "not back down"))


def test_demo_catchphrase_is_the_same_everywhere(demo: Digest) -> None:
    """“root causes,” and “root causes.” are one wording."""
    assert next(q.verdict for q in demo.quotes if q.readings[0].text.startswith("root causes")) == "same"


def test_demo_telling_without_the_presidents_words(demo: Digest) -> None:
    """One telling quotes Trump not once."""
    assert not [r for q in demo.quotes for r in q.readings if r.article == "B" and r.speaker.endswith("Trump")]


def test_demo_figures(demo: Digest) -> None:
    """The length of the call is in conflict; no weekday or date is."""
    conflicts = [figure for figure in demo.figures if figure.verdict == "conflict"]
    assert [(f.kind, [r.text for r in f.readings]) for f in conflicts] == [
        ("duration", ["over an hour", "almost an hour"])
    ]
    assert not [r for f in demo.figures for r in f.readings if re.search(r"AIM|2025/", r.text)]


def test_demo_moved_sentence(demo: Digest) -> None:
    """The summit stands late in the first telling and early in the second: a moved sentence."""
    pair = next(pair for pair in demo.pairs if (pair.old, pair.new) == ("A", "B"))
    assert (("A13",), ("B9",)) in [(link.old, link.new) for link in pair.links if link.moved]


def test_who_has_the_longest_run_of_an_origin() -> None:
    """Of three that are one voice, those are named that share the longest run; the third has a shorter one."""
    run = "the old bridge over the harbour was closed to all lorries on Monday after divers had found cracks"
    bodies = f"On Friday {run} in a pier.", f"In town {run} in a pier.", f"Sources say {run[:70]} a storm."
    (origin,) = origins_of(witnesses_of([Article(body=body) for body in bodies]))
    assert (origin.articles, origin.sharing) == (("A", "B", "C"), ("A", "B"))


def test_demo_origins(demo: Digest) -> None:
    """The first two tellings share a base text and count as one voice."""
    assert [origin.articles for origin in demo.origins] == [("A", "B"), ("C",), ("D",), ("E",)]


def test_demo_repetitions(demo: Digest) -> None:
    """The machine-made digest on top of one capture repeats its own body, and supports nothing."""
    again = {repeat.sentence for repeat in demo.repeats}
    assert {f"D{number}" for number in range(2, 9)} <= again


def test_demo_words_of_two_events_stay_apart(demo: Digest) -> None:
    """“Caught off guard” and “dire” are said of two things each, and are not taken for one."""
    passage_of = {name: passage.id for passage in demo.passages for name in passage.sentences}
    text_of = {segment.id: segment.text for witness in demo.witnesses for segment in witness.segments}

    def passage_with(words: str, sigil: str) -> str:
        return next(passage_of[name] for name, text in text_of.items() if name[0] == sigil and words in text)

    assert passage_with("off-guard", "E") != passage_with("off guard", "D")
    assert passage_with("remains dire", "E") != passage_with("particularly dire", "D")


def test_example_sources_in_any_order() -> None:
    """A build sees a mapping, not a list: the order of its keys changes no byte."""
    before = EXAMPLES / "harbour" / "before"
    sources = {
        path.relative_to(before).as_posix(): path.read_bytes() for path in sorted(before.rglob("*")) if path.is_file()
    }
    theme = {
        path.relative_to(ROOT / "themes/default").as_posix(): path.read_bytes()
        for path in sorted((ROOT / "themes/default").rglob("*"))
        if path.is_file()
    }
    one = build(sources, theme, Config(base_url="https://digest.example/"))
    two = build(
        dict(reversed(sources.items())), dict(reversed(theme.items())), Config(base_url="https://digest.example/")
    )
    assert one.files == two.files
    assert one.ingest.writes == two.ingest.writes


def test_a_sentence_told_in_two_is_compared_once(demo: Digest) -> None:
    """No two links hold one sentence and two neighbours, readable as a word diff or not."""
    at = {segment.id: segment.index for witness in demo.witnesses for segment in witness.segments}
    for pair in demo.pairs:
        for one, other in combinations(pair.links, 2):
            if one.moved == other.moved:
                assert one.old != other.old or abs(at[one.new[0]] - at[other.new[0]]) > 1
                assert one.new != other.new or abs(at[one.old[0]] - at[other.old[0]]) > 1
    assert any(len(link.old) + len(link.new) > 2 and not link.alike for pair in demo.pairs for link in pair.links)


def test_the_place_that_a_german_report_begins_with_is_no_sentence() -> None:
    """The place stands in the report's first sentence, whatever headline stands above it."""
    body = "Großbrand in der Lackfabrik\n\nHarnholm. Nach einem Brand ist der Kai gesperrt. Niemand wurde verletzt."
    (witness,) = witnesses_of((Article(slug="a", body=body, language="de"),))
    assert [segment.text for segment in witness.segments] == [
        "Großbrand in der Lackfabrik",
        "Harnholm. Nach einem Brand ist der Kai gesperrt.",
        "Niemand wurde verletzt.",
    ]


def test_a_heading_closes_the_quotation_that_it_opens() -> None:
    """A passage is named with the mark behind its last word, where the one before it is shown."""
    bodies = "The mayor calls us “reckless”.", "The mayor calls us “reckless”, we hear."
    digest = digest_of(Story("s", "S", tuple(Article(slug=f"a{n}", body=body) for n, body in enumerate(bodies))))
    assert [passage.heading for passage in digest.passages] == ["mayor calls us “reckless”"]
