"""Whom a telling names as the source of a statement."""

from __future__ import annotations

import pytest

from generator.compare.attribution import attributions_of
from generator.compare.digest import digest_of
from generator.compare.quotations import quotations
from generator.compare.speakers import is_name, source_of
from generator.compare.speakers_abroad import source_abroad
from generator.model import Article, Story


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The bridge is safe, according to city engineer Ada Okafor.", "Ada Okafor"),
        ("“The bridge is safe,” said Ada Okafor, the engineer.", "Ada Okafor"),
        ("Mayor Lund said the engineer was wrong.", "Lund"),
        ("The mayor said that Okafor had announced a ferry.", "the mayor"),
        ("A harbour aide said the mayor promised an inquiry.", "a harbour aide"),
        ("Lund and Berg agreed to meet again, Okafor said.", "Okafor"),
        ("Lund reportedly spoke by phone with Ada Okafor on Monday.", ""),
        ("The Harbour Office has not answered questions about the bridge.", ""),
        ("The bridge was closed to lorries on Monday.", ""),
        (
            "City Hall officials have attributed the closure to cracks, as Lund repeated on Monday.",
            "City Hall officials",
        ),
        ("Mr. Lund, pressed on the cracks, shook his head, adding that the bridge was safe.", "Lund"),
        ("Speaking to reporters, Lund was blunt, saying the bridge would not open.", "Lund"),
        ("Lund met the owners, urging an end to the strike.", ""),
        ("According to the Harbour Office, 40 ships are waiting.", "the Harbour Office"),
        ("At least 40 ships are waiting, according to Norwegian officials.", "Norwegian officials"),
        ("The town is looking into the invoices, police sources said.", "police sources"),
        ("Analysts at Harbour Economics warned that prices could rise.", "analysts"),
        ("The mayor, Ida Lund, assured everybody that the bridge was safe.", "Ida Lund"),
        ("The opposition leader Jonas Vik slammed the plan.", "Jonas Vik"),
        ("The U.S. Harbour Board said it was sending engineers.", "the U.S. Harbour Board"),
        ("Librarian Eva Holm said the books were wet.", "Eva Holm"),
        ("Ferries leave from the east quay, said Ada Stone.", "Ada Stone"),
        ("Ferries leave from the east quay, said harbour master Ada Stone on Monday.", "Ada Stone"),
        ("Ferries leave from the east quay, said the mayor of Bergvik, who had seen it.", "the mayor"),
        ("Ferries leave from the east quay, said a port aide who spoke on condition of anonymity.", "a port aide"),
        ("Ida Lund, 59, of Bergvik, said the quay brought back memories of her father.", ""),
        ("Lund, who met the owners, criticised his predecessor Jonas Berg.", "Lund"),
        ("He denied the claims, spokesman Tom Lee said.", "Tom Lee"),
        ("She denied the claims, the harbour master Ada Stone later said.", "Ada Stone"),
        ("The quay is shut, and the mayor of Bergvik knows it.", ""),
        ("A man, said to be a sailor, was found on the quay.", ""),
        ("The town, for its part, continues to look for money.", ""),
        ("The closure, the first since they spoke about cracks, surprised the town.", ""),
    ],
)
def test_the_source_of_a_sentence(sentence: str, source: str) -> None:
    """It is the outermost who says something; talking with somebody and keeping silent are no statements."""
    assert source_of(sentence, quotations(sentence)) == source


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("Ada Okafor", True),
        ("Lund", True),
        ("Denzel Paris", True),
        ("a Harbour aide", False),
        ("the mayor", False),
        ("the Kremlin", False),
        ("Kremlin", False),
        ("Moscow", False),
        ("Downing Street", False),
        ("Harbour News", False),
        ("TASS", False),
    ],
)
def test_who_is_named(source: str, named: bool) -> None:
    """A person's name is one; an office, a house, a paper and a capital are none, whatever capitals they have."""
    assert is_name(source) is named


def test_tellings_that_name_nobody_are_told_apart() -> None:
    """For one statement, one telling names its source, one describes it, and one gives none."""
    bodies = (
        "The bridge will stay closed to lorries until May, Ada Okafor said.",
        "A city aide said the bridge will stay closed to lorries until May.",
        "The bridge will stay closed to lorries until May.",
    )
    digest = digest_of(Story("s", "S", tuple(Article(slug=f"a{n}", body=body) for n, body in enumerate(bodies))))
    (found,) = attributions_of(digest.witnesses, digest.passages)
    assert [(r.article, r.source, r.named) for r in found.readings] == [
        ("A", "Ada Okafor", True),
        ("B", "a city aide", False),
        ("C", "", False),
    ]


def test_the_sentence_nearest_to_what_is_printed_decides() -> None:
    """A telling with several sentences in a passage is not given the source of the wrong one of them."""
    bodies = (
        "The harbour bridge will stay closed to lorries until the end of May.",
        "The harbour bridge will stay closed to lorries until the end of May."
        "\n\nLorries will stay off the closed harbour bridge, Ada Okafor said.",
    )
    digest = digest_of(Story("s", "S", tuple(Article(slug=f"a{n}", body=body) for n, body in enumerate(bodies))))
    assert {r.source for found in digest.attributions for r in found.readings} <= {""}


def test_a_sentence_that_only_quotes_rests_on_its_speaker() -> None:
    """Whoever said the words is the source, also where the sentence itself does not say so."""
    bodies = (
        "“I am sorry,” Ada Okafor said. “We will not open the harbour bridge to lorries before the end of May.”",
        "The harbour bridge will not open to lorries before the end of May.",
    )
    digest = digest_of(Story("s", "S", tuple(Article(slug=f"a{n}", body=body) for n, body in enumerate(bodies))))
    (found,) = digest.attributions
    assert [(r.article, r.source) for r in found.readings] == [("A", "Ada Okafor"), ("B", "")]


def test_a_sentence_within_a_quotation_rests_on_its_speaker() -> None:
    """A quotation of several sentences has its speaker in all of them."""
    bodies = (
        "“The bridge is old,” Lund said. “We must make sure that the ferry has enough pilots.”",
        "Lund was blunt: “The bridge is old. We must make sure that the ferry has enough pilots. It will be hard.”",
    )
    digest = digest_of(Story("s", "S", tuple(Article(slug=f"a{n}", body=body) for n, body in enumerate(bodies))))
    found = {
        (reading.article, reading.source) for attribution in digest.attributions for reading in attribution.readings
    }
    assert found == {("A", "Lund"), ("B", "Lund")}


def test_in_other_languages_too_a_quotation_in_a_longer_sentence_has_a_source() -> None:
    """Of a German sentence that says when and where somebody spoke, the speaker is the source, as of a shorter one."""
    said = "„Es ist zu früh, etwas zu sagen“, sagte die Feuerwehrchefin, Ada Okafor"
    bodies = (f"{said}.", f"{said}, am frühen Freitagmorgen vor dem Rathaus der Stadt Harnholm.")
    digest = digest_of(Story("s", "S", tuple(Article(slug=f"a{n}", body=body) for n, body in enumerate(bodies))))
    assert {reading.source for found in digest.attributions for reading in found.readings} == {"Ada Okafor"}


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The minister says she never saw the letters.", "the minister"),
        ("The minister did not say why the letters were lost.", ""),
        ("The trial continues.", ""),
        ("Engineers warned the minister twice that the dam was unsafe.", "engineers"),
        ('We wrote again in June," Ada Okafor, the chief engineer, said on Thursday.', "Ada Okafor"),
    ],
)
def test_what_is_denied_and_who_says_so(sentence: str, source: str) -> None:
    """Who denies a thing says so, and so do several of a trade; whoever says “we” is named behind it."""
    assert source_of(sentence, quotations(sentence)) == source


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("El ingeniero jefe, Andrés Mola, aseguró que la estructura aguantará cien años.", "Andrés Mola"),
        ("Bürgermeisterin Ada Stein sagte, die Brücke sei sicher.", "Ada Stein"),
        ("Der Bürgermeister sagte am Montag, die Brücke sei sicher.", ""),
        ("Le pont est sûr, a déclaré la maire, Ada Roux.", "Ada Roux"),
        ("La maire a déclaré que le pont est sûr.", ""),
        ("La Croix Rouge a dit qu’il suffit.", ""),
        ("Selon la police, deux personnes sont blessées.", "la police"),
        ("Dos personas resultaron heridas, según la policía.", "la policía"),
        ("Nach Angaben der Polizei wurden drei Menschen verletzt.", "die Polizei"),
        ("Zwei Menschen starben, teilte die Feuerwehr mit.", "die Feuerwehr"),
        ("Selon la saison, le pont est ouvert.", ""),
    ],
)
def test_who_states_a_thing_in_other_languages(sentence: str, source: str) -> None:
    """Whoever is named beside a verb of saying is the source of a sentence that quotes nobody; a description is not."""
    assert source_abroad(sentence) == source


def test_a_pronoun_is_whoever_an_office_has_named() -> None:
    """“A spokesman for Kessler, Tom Varga, declined” makes Varga the one who speaks next, not the last who did."""
    body = (
        "“We will see to it,” Mayor Ida Lund said. A spokesman for Kessler, Tom Varga, declined to talk of the fines."
        " “The safety of our neighbours comes first,” he said."
    )
    quotes = digest_of(Story("s", "S", (Article(slug="a", body=body),))).quotes
    assert [r.speaker for quote in quotes for r in quote.readings if "safety" in r.text] == ["Tom Varga"]
