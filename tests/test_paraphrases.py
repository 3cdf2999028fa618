"""What one telling quotes and another says without quotation marks."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare import paraphrases
from generator.compare.digest import digest_of
from generator.compare.quotations import masked, quotations
from generator.compare.tokens import tokens
from generator.model import Article, Quote, Story

COURIER = """The bridge was closed to lorries on Monday. The engineer Ada Okafor spoke of “hairline cracks” in it.

The council is ready to “search for a swift and affordable repair,” the mayor, Ida Lund, told reporters on the quay."""

TIDE = """Lorries may no longer cross the harbour bridge. Hairline cracks were found in it.

The mayor, Ida Lund, said on the quay that the council was open to an affordable repair, but not at once."""

RADIO = """On Monday the harbour bridge was closed. Tickets for the ferry stay valid.

The mayor, Ida Lund, told reporters on the quay about the council’s search for money. A repair takes long."""


def _quotes(*bodies: str) -> tuple[Quote, ...]:
    return digest_of(Story("s", "S", tuple(Article(slug=f"a{n}", body=body) for n, body in enumerate(bodies)))).quotes


def _with(quotes: tuple[Quote, ...], words: str) -> Quote:
    return next(quote for quote in quotes if words in quote.readings[0].text)


def test_the_very_words_without_marks() -> None:
    """Words that one telling quotes are found where another uses them as its own."""
    (found,) = _with(_quotes(COURIER, TIDE), "hairline").paraphrases
    assert (found.article, found.sentence, found.text) == ("B", "B2", "Hairline cracks")


def test_reported_speech() -> None:
    """A quotation is found again in the clause that reports it in fewer of its words."""
    quote = _with(_quotes(COURIER, TIDE), "search")
    assert quote.verdict == "single"
    assert [p.text for p in quote.paraphrases] == ["the council was open to an affordable repair"]


@pytest.mark.parametrize(
    "body",
    [
        "The council is ready to “search for a swift and affordable repair.”",
        "Repairs to the town hall and its roof take long.",
        "Nobody knows what the mayor wants.",
    ],
)
def test_no_paraphrase(body: str) -> None:
    """Neither the quotation itself nor a word of it in another matter is a paraphrase."""
    assert not _with(_quotes(COURIER, body), "search").paraphrases


def test_a_single_word_is_no_paraphrase() -> None:
    """A single word that one telling quotes is not found again, neither alone nor beside a longer quotation."""
    quotes = _quotes("The engineer spoke of “cracks” in the bridge.", TIDE)
    assert not any(quote.paraphrases for quote in quotes)
    (found,) = _with(_quotes(f"{COURIER} The mayor said “cracks.”", TIDE), "hairline").paraphrases
    assert found.text == "Hairline cracks"


def test_what_a_quotation_of_several_sentences_says_is_quoted() -> None:
    """A sentence within a quotation, without marks of its own, paraphrases nobody."""
    one = "“We do not give up. That is the plan for the harbour bridge. It will hold,” said Ada Okafor."
    other = "“You cannot call it a plan for the harbour bridge,” said Ida Lund."
    assert not [quote for quote in _quotes(one, other) if quote.paraphrases]


def test_small_words_of_other_languages_tell_nothing() -> None:
    """Two French sentences that share articles and prepositions alone are no paraphrase."""
    one = "Le ministre Jan Roche a appelé mardi « à la responsabilité de chacun » dans le port."
    other = "Le ministre Jan Roche a dit mardi qu’une journée coûte à la ville et à l’entreprise beaucoup d’argent."
    articles = tuple(Article(slug=f"a{n}", body=body, language="fr") for n, body in enumerate((one, other)))
    quotes = digest_of(Story("s", "S", articles)).quotes
    assert [p.text for quote in quotes for p in quote.paraphrases] == []


def test_the_order_of_articles_changes_only_sigla() -> None:
    """Any order of the tellings gives the same paraphrases."""
    found = [
        sorted((quote.heading, sorted(p.text for p in quote.paraphrases)) for quote in _quotes(*bodies))
        for bodies in permutations((COURIER, TIDE, RADIO))
    ]
    assert all(one == found[0] for one in found)
    assert any(texts for _, texts in found[0])


@given(st.lists(st.sampled_from("“ ” \" ' « » ‘ ’ - he J. U.S. harbour, 5 é ส".split(" ")), max_size=12).map(" ".join))
def test_words_outside_the_quotations(text: str) -> None:
    """The words of a sentence outside its quotations are those that it has with signs in their places."""
    outside = tokens(masked(text, quotations(text)))
    assert [norm for norm in paraphrases._plain(text, quotations(text)).norms if norm != "\x01"] == [
        token.norm for token in outside if token.norm != "\x01"
    ]


@pytest.mark.parametrize("bodies", [*permutations((COURIER, TIDE, RADIO), 2)])
def test_asks_no_sentence_in_vain(bodies: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences without what a quotation is known by are not looked at, and would be no paraphrases."""
    found = _quotes(*bodies)
    for asked in ("with_rows", "with_words"):
        monkeypatch.setattr(paraphrases._Places, asked, lambda places, _: set(range(len(places.sentences))))
    assert _quotes(*bodies) == found
