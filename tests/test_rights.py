"""What a site quotes of texts that may not be reprinted, and how little of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from generator.compare.digest import digest_of
from generator.ingest.content import Library
from generator.model import Article, Config, Digest, Rights, Story
from generator.site import pages
from generator.site.brevity import QUOTED_WORDS
from generator.site.export import FORMS, export
from generator.site.index import index_of
from generator.site.rights import printable
from tests import sample

#: Words that any telling may use, and words of the closed one alone.
SHARED = "harbour ferry quay council anchor minister bridge repair crane winter cost report night crew".split()
OWN = "zorbal quendik vustra plimmer tarnock ubelin hexiro wondrak jasperil korvane mistral nebbut".split()
WORD = re.compile(r"[^\W_]+")
CONFIG = Config(base_url="https://example.org/", cards_enabled=False)

words = st.lists(st.sampled_from([*SHARED, *OWN]), min_size=1, max_size=24)
shapes = st.sampled_from(
    ["{0}.", "“{0},” said Ada Stone.", "It took 40 minutes, {0}.", "“{0}. We go home now. {1},” he said."]
)


@st.composite
def tellings(draw: st.DrawFn) -> list[str]:
    """Return the texts of two open tellings and a closed one: the same sentences, some words otherwise."""
    texts: list[list[str]] = [[], [], []]
    for _ in range(draw(st.integers(1, 4))):
        shape, said, more = draw(shapes), draw(words), draw(words)
        for number, text in enumerate(texts):
            if draw(st.integers(0, 3)):
                told = [
                    [
                        draw(st.sampled_from(OWN)) if number == 2 and not draw(st.integers(0, 3)) else word
                        for word in row
                    ]
                    for row in (said, more)
                ]
                if number < 2:
                    told = [[word for word in row if word not in OWN] or ["nothing"] for row in told]
                text.append(shape.format(*(" ".join(row).capitalize() for row in told)))
    return [" ".join(text) or "Nobody knew." for text in texts]


def story(texts: list[str], rights: tuple[Rights, ...]) -> Digest:
    """Return tellings compared."""
    articles = tuple(
        Article(
            f"Title {n}", f"Paper {n}", text, f"2025-05-0{n + 1}", rights=given_, slug=f"a{n}", story="s", language="en"
        )
        for n, (text, given_) in enumerate(zip(texts, rights, strict=True))
    )
    return digest_of(Story("s", "A story", articles))


def norms(text: str) -> str:
    """Return a text's words, in a form in which those of another are found."""
    return " ".join(["", *WORD.findall(text.casefold()), ""])


def printed(digest: Digest) -> Iterator[tuple[str, str]]:
    """Yield every stretch of text of every file of a site and of the exports, and what is told in pieces, joined."""
    index = index_of(printable(digest), Library(), CONFIG)
    site = sample.rendered(pages.plan([digest], Library(), CONFIG), CONFIG)
    files = {path: data.decode() for path, data in site.items() if not path.startswith("static/")}
    files |= {f"export.{form}": export(index, form, CONFIG) for form in FORMS}
    for path, text in files.items():
        if path.endswith((".html", ".htm")):
            root = html.fromstring(text)
            yield from ((path, str(node)) for node in root.xpath("//text()[not(parent::style)] | //@*"))
            yield from ((path, "".join(row.itertext())) for row in root.xpath("//*[contains(@class, 'collation')]/li"))
        elif path.endswith(".tei"):
            yield from ((path, str(node)) for node in etree.fromstring(text.encode()).xpath("//text()"))
        elif path.endswith(".json"):
            yield from ((path, one) for one in strings(json.loads(text)))
        else:
            yield from ((path, one) for one in re.split(r"[\n\"]", text))


def strings(value: object) -> Iterator[str]:
    """Yield the strings of a JSON value, those of changes and differences joined besides."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if value and all(isinstance(one, dict) and {"old", "new"} <= one.keys() for one in value):
            for side in ("old", "new"):
                yield "".join(one[side] for one in value if isinstance(one[side], str))
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)


def assert_short(digest: Digest) -> None:
    """Assert that no sentence of a closed telling stands whole anywhere, nor many of its words in a row."""
    told = [w for w in digest.witnesses if w.article.rights == "link"]
    opened = "|".join(norms(w.text) for w in digest.witnesses if w.article.rights == "full")
    held = [norms(s.text) for w in told for s in w.segments if len(norms(s.text).split()) >= 4]
    for witness in told:
        every = norms(witness.text).split()
        size = QUOTED_WORDS + 1
        held += [f" {' '.join(every[at : at + size])} " for at in range(len(every) - size + 1)]
    held = [run for run in held if run not in opened]
    for path, text in printed(digest):
        found = norms(text)
        assert not [run for run in held if run in found], (path, text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(  # whose address had the words of two tellings
    texts=["Nobody knew.", "“Quay harbour ferry. Harbour,” he said.", "“Quay zorbal harbour ferry. Zorbal,” he said."]
)
@given(texts=tellings())
def test_no_sentence_of_a_linked_telling_stands_anywhere(texts: list[str]) -> None:
    """Of a telling that may only be linked no sentence stands whole in any file, nor thirteen words in a row."""
    assert_short(story(texts, ("full", "full", "link")))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(  # whose first sentence has all words of the second's, in their order, among many more
    texts=[
        f"Harbour. “{'Harbour ' * 8}ferry harbour ferry harbour harbour,” said Ada Stone.",
        "Harbour. “Ferry,” said Ada Stone.",
        "Harbour.",
    ]
)
@given(texts=tellings())
def test_nor_where_all_are_linked(texts: list[str]) -> None:
    """The same holds where no telling may be reprinted."""
    assert_short(story(texts, ("link", "link", "link")))


# ---------------------------------------------------------------------------- one by one

OPEN = "The crane was inspected in June, said the council. “We will rebuild it,” said Ada Stone."
CRANE = "The crane was looked at with some care in July, said the council."


def test_a_short_sentence_is_no_heading() -> None:
    """Where no telling may be printed a passage is named by half of a short sentence at most."""
    (passage,) = printable(story(["A referendum is wanted by opponents."] * 3, ("link", "link", "link"))).passages
    assert (passage.text, passage.heading) == ("", "referendum is wanted …")


def test_a_long_quotation_is_cut() -> None:
    """What somebody says in a linked telling alone is quoted to its twelfth word, wherever its words stand."""
    said = (
        "“We will never rebuild the quay before the storms of winter, and the council will pay {} the bills,” "
        "said Stone, who has led the harbour since May."
    )
    texts = [said.format("all"), said.format("all of"), said.format("most of")]
    (quote,) = printable(story(texts, ("full", "full", "link"))).quotes
    assert quote.readings[2].text == "We will never rebuild the quay before the storms of winter, and …"
    assert [cell.text for cell in quote.collation[2]] == ["…", "most", "of", "…"]
    assert all(any(r.text in text for text in texts) for r in quote.readings[:2])


def test_what_somebody_says_is_no_sentence_quoted_whole() -> None:
    """A quotation that is all of a linked telling's sentence is cut to half of it."""
    said = "Stone spoke. “We will {} rebuild the quay in the old harbour.”"
    (quote,) = printable(story([said.format("soon"), said.format("not")], ("full", "link"))).quotes
    assert {r.text for r in quote.readings if r.article == "B"} == {"We will not rebuild the …"}


def test_changes_are_half_of_a_sentence_at_most() -> None:
    """Where nearly all of a linked sentence differs, no more than half of its words are quoted."""
    (pair,) = printable(story([OPEN, CRANE], ("full", "link"))).pairs
    told = "".join(change.new for change in pair.links[0].changes)
    assert 0 < len(WORD.findall(told)) <= len(WORD.findall(CRANE)) / 2
    assert "".join(change.old for change in pair.links[0].changes) in OPEN


def test_several_pairs_together_quote_half_of_a_sentence() -> None:
    """All that open tellings word otherwise than a linked one, put together, is no more than half of its sentence."""
    told = "The council will repair the old bridge in May before the harbour festival opens."
    others = [
        told.replace("council", "mayor").replace("repair", "mend"),
        told.replace("old bridge", "quay").replace("in May", "in June"),
        told.replace("harbour festival", "market").replace("opens", "begins"),
    ]
    digest = printable(story([*others, told], ("full", "full", "full", "link")))
    quoted = {
        word
        for changes in [
            *(link.changes for pair in digest.pairs if pair.new == "D" for link in pair.links),
            *(
                reading.changes
                for passage in digest.passages
                for reading in passage.readings
                if reading.sentence.startswith("D")
            ),
        ]
        for change in changes
        if change.op != "equal"
        for word in WORD.findall(change.new)
    }
    assert quoted
    assert len(quoted) <= len(WORD.findall(told)) / 2


def test_scripts_without_spaces_are_cut_by_words() -> None:
    """A Chinese sentence has as many words as signs: of a linked one twelve are quoted, of an excerpt sixty printed."""
    long = "市长周二表示大桥将于冬天之前关闭以便进行维修工程而且所有公交车都必须绕行到北边的老桥上去。"
    heading = printable(story([long] * 2, ("link", "link"))).passages[0].heading
    assert len(WORD.findall(heading)[0]) <= QUOTED_WORDS
    excerpt = printable(story([long * 3] * 2, ("excerpt", "full"))).witnesses[0]
    assert excerpt.text == long


def test_printed_sentences_of_an_excerpt_are_open() -> None:
    """A sentence that an excerpt prints is compared and exported like any other; only what follows is cut short."""
    rest = "Nobody knows how much the works at the old harbour wall are going to cost in the end."
    excerpt = f"{CRANE}\n\n{rest}"
    digest = story([OPEN, f"{OPEN}\n\n{rest.replace('Nobody', 'No one')}", excerpt], ("full", "full", "excerpt"))
    pair = next(pair for pair in printable(digest).pairs if (pair.old, pair.new) == ("B", "C"))
    first, last = pair.links[0], pair.links[-1]
    assert "".join(change.new for change in first.changes) == CRANE
    assert (last.new, "".join(change.new for change in last.changes)) == (("C2",), "Nobody … ")


def test_tei_has_a_gap_for_what_is_cut() -> None:
    """A reading that is cut short ends with a gap and its reason, and has no ellipsis that nobody wrote."""
    words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    end = "that the harbour wall and the old crane of the quay are safe for ships of every kind this winter."
    digest = story([f"The council says {end}", f"The council says {words} {end}"], ("full", "link"))
    text = export(index_of(printable(digest), Library(), CONFIG), "tei", CONFIG)
    assert '>one two three four five six seven eight nine ten eleven twelve <gap reason="rights"/></rdg>' in text
    assert "…" not in text


def test_a_sentence_that_a_version_adds_is_cut() -> None:
    """Of a short sentence that a linked article's later version adds, half is quoted."""
    first = "The bridge will stay closed until May, the town said. Trains run through the valley for now."
    texts = (first, f"{first} The minister will visit on Tuesday.")
    digest = story(list(texts), ("link", "link"))
    address = "https://post.example/bridge"
    digest = digest_of(
        replace(digest.story, articles=tuple(replace(a, source_url=address) for a in digest.story.articles))
    )
    (history,) = printable(digest).histories
    assert [part.changes[0].new for part in history.revisions[0].parts if part.kind == "added"] == [
        "The minister will … "
    ]
    assert_short(digest)
