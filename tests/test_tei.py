"""TEI: valid, readable by others, and every telling's words letter for letter."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.digest import digest_of
from generator.ingest.content import Library
from generator.model import Article, Config, Digest, Rights, Story
from generator.site import rights
from generator.site.index import index_of
from generator.site.tei import CLOSED, NAMESPACE, SILENT, tei
from tests import sample

etree = pytest.importorskip("lxml.etree")

T = f"{{{NAMESPACE}}}"
SCHEMA = Path(__file__).parent / "schemas" / "tei.rng.gz"
RNG = "{http://relaxng.org/ns/structure/1.0}"


def document(digest: Digest, config: Config | None = None):  # type: ignore[no-untyped-def]
    """Return a story's TEI document, parsed."""
    index = index_of(rights.printable(digest), sample.library(), config or Config())
    return etree.fromstring(tei(index, config or Config()).encode())


@cache
def schema():  # type: ignore[no-untyped-def]
    """Return the TEI schema, cut down to the elements in use: what is valid by it is valid by the whole."""
    grammar = etree.fromstring(gzip.decompress(SCHEMA.read_bytes()))
    used = {
        "TEI", "ab", "app", "author", "availability", "bibl", "body", "date", "encodingDesc", "fileDesc", "gap",
        "listWit", "p", "ptr", "publicationStmt", "publisher", "rdg", "sourceDesc", "teiHeader", "text", "title",
        "titleStmt", "variantEncoding", "witness",
    }  # fmt: skip
    for define in grammar.iter(f"{RNG}define"):
        elements = define.findall(f"{RNG}element")
        if elements and not {element.get("name") for element in elements} & used:
            for child in list(define):
                define.remove(child)
            define.append(etree.Element(f"{RNG}notAllowed"))
    return etree.RelaxNG(grammar)


def texts(root) -> dict[str, list[str]]:  # type: ignore[no-untyped-def]
    """Return what each telling says, passage by passage, as a reader of parallel segmentation puts it together."""
    sigla = [witness.get("{http://www.w3.org/XML/1998/namespace}id") for witness in root.iter(f"{T}witness")]

    def told(element, sigil: str) -> str:  # type: ignore[no-untyped-def]
        text = element.text or ""
        for child in element:
            if child.tag == f"{T}app":
                readings = [r for r in child if f"#{sigil}" in r.get("wit").split()]
                text += "".join(told(reading, sigil) for reading in readings)
            text += child.tail or ""
        return text

    return {s: [told(ab, s) for ab in root.iter(f"{T}ab") if told(ab, s)] for s in sigla}


RIGHTS: list[tuple[Rights, Rights, Rights]] = [
    ("full", "full", "full"),
    ("full", "excerpt", "link"),
    ("link", "full", "full"),
    ("link", "link", "link"),
]


@pytest.mark.parametrize("which", RIGHTS)
@pytest.mark.parametrize("base_url", ["", "https://news.example/"])
def test_valid(which: tuple[Rights, Rights, Rights], base_url: str) -> None:
    """A story is valid TEI P5 (RELAX NG schema of all modules), whatever of it may be reprinted."""
    root = document(sample.digest(which, " <&\x00'\""), Config(base_url=base_url))
    relax = schema()
    assert relax.validate(root), relax.error_log
    assert not schema().validate(etree.fromstring(f'<TEI xmlns="{NAMESPACE}"><text/></TEI>'))


def test_every_sentence_is_there() -> None:
    """The readings of a telling, joined, are its sentences, each once and verbatim."""
    digest = sample.digest()
    found = texts(document(digest))
    for witness in digest.witnesses:
        assert sorted(found[witness.sigil]) == sorted(segment.text for segment in witness.segments)


WORDS = st.lists(st.sampled_from("ferry lost its anchor near Skerry on Monday morning two three".split()), min_size=3)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=2, max_size=4))
def test_every_sentence_is_there_whatever_is_told(stories: list[list[list[str]]]) -> None:
    """So it is for any stories, however their readings overlap."""
    articles = tuple(
        Article(body=" ".join(" ".join(words).capitalize() + "." for words in told), slug=f"a{n}", story="s")
        for n, told in enumerate(stories)
    )
    digest = digest_of(Story("s", "S", articles), 0.5)
    index = index_of(digest, Library(), Config())
    found = texts(etree.fromstring(tei(index, Config()).encode()))
    for witness in digest.witnesses:
        assert sorted(found[witness.sigil]) == sorted(segment.text for segment in witness.segments)


def test_apparatus() -> None:
    """Where tellings part, each wording stands once, with all that print it; who is silent is named as silent."""
    (passage,) = [ab for ab in document(sample.digest()).iter(f"{T}ab") if ab.get("n") == "p-search-took-hour-harbour"]
    readings = [(r.get("wit"), r.text or "", r.get("type")) for app in passage for r in app]
    assert ("#A", "over ", None) in readings
    assert ("#B", "almost ", None) in readings
    assert ("#A #B", "an hour", None) in readings
    assert ("#C", "", SILENT) in readings


def test_rights() -> None:
    """Words that may not be reprinted are a gap with its reason, not an omission."""
    root = document(sample.digest(("full", "full", "link")))
    closed = [r for r in root.iter(f"{T}rdg") if r.get("type") == CLOSED]
    assert closed
    assert all(r[0].tag == f"{T}gap" and r[0].get("reason") == "rights" for r in closed)
    assert "Divers of the coast guard" not in "".join(root.itertext())


def test_another_tool_reads_it() -> None:
    """teiphy, which makes matrices of variants from TEI collations, finds the witnesses and their readings."""
    pytest.importorskip("teiphy")
    from teiphy import Collation

    root = document(sample.digest())
    collation = Collation(root.getroottree(), missing_reading_types=[SILENT, CLOSED])
    assert [witness.id for witness in collation.witnesses] == ["A", "B", "C"]
    assert len(collation.variation_units) > 5
    readings = [(r.text, sorted(r.wits)) for unit in collation.variation_units for r in unit.readings]
    assert ("over", ["A"]) in [(text.strip(), wits) for text, wits in readings]
    assert [unit.id for unit in collation.variation_units][:2] == ["p1.1", "p1.2"]
    matrix, labels, witnesses = collation.to_numpy()
    assert list(witnesses) == ["A", "B", "C"]
    assert matrix.shape == (len(labels), 3)
