"""One utterance in everybody's version: what is matched, and what the difference is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.collation import collate, heading_of
from generator.compare.differences import differences_between, items_of
from generator.compare.opcodes import opcodes
from generator.compare.quotes import quotes_of
from generator.compare.spelling import spelling_key
from generator.compare.witness import witnesses_of
from generator.model import Article, Quote, QuoteReading

WORDS = st.lists(st.sampled_from("a b c d not because but 7 the".split()), max_size=12).map(" ".join)


def _quotes(*bodies: str) -> tuple[Quote, ...]:
    return quotes_of(witnesses_of([Article(body=body) for body in bodies]), {})


def _kinds(one: str, two: str) -> list[tuple[str, str, str]]:
    readings = [QuoteReading("A", "A1", one, ""), QuoteReading("B", "B1", two, "")]
    return [(found.kind, found.old, found.new) for found in differences_between(*readings, 1)]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("we saw no boat today at all,", "we saw no boat at all", [("dropped", "today", "")]),
        ("we saw the boat", "we saw the red boat", [("added", "", "red")]),
        ("our own harbour is full", "our whole harbour is full", [("word", "own", "whole")]),
        ("we left but we came back", "we left because we came back", [("connective", "but", "because")]),
        ("we will close the bridge", "we will not close the bridge", [("negation", "", "not")]),
        ("Not all of us saw the boat", "all of us saw the boat", [("negation", "Not", "")]),
        ("we can close the bridge", "we can’t close the bridge", [("negation", "can", "can’t")]),
        ("we lost four boats there", "we lost six boats there", [("number", "four", "six")]),
        ("I saw it.", "No, I saw it.", [("added", "", "No")]),
        ("we have boats there", "we have no boats there", [("negation", "", "no")]),
        ("Well, I saw it all day", "I saw it all day", []),
        ("we saw it", "we saw it and we shall see it again", []),
        ("“It’s in the centre,” – he", "'it's in the center' — he", []),
        ("a cease-fire with Zelensky", "a ceasefire with Zelenskyy", []),
        ("root causes,", "root causes.", []),
    ],
)
def test_differences(one: str, two: str, expected: list[tuple[str, str, str]]) -> None:
    """A difference is named by its kind; spelling, punctuation and another cut are none."""
    assert _kinds(one, two) == expected


def test_one_utterance_is_found_across_articles() -> None:
    """A quotation, its shortened and its extended version are one quote, the wording that most print first."""
    (quote,) = _quotes(
        "“I did not see any boat on the river today at all,” Ms. Okafor told reporters.",
        "She said she “did not see any boat on the river today at all.”",
        "“I did not see any boat on the river at all,” Okafor said.",
    )
    assert quote.verdict == "altered"
    assert [reading.article for reading in quote.readings] == ["A", "B", "C"]
    assert [(found.between, found.kind, found.old) for found in quote.differences] == [((0, 2), "dropped", "today")]


def test_the_comma_inside_the_closing_mark_alters_nothing() -> None:
    """The same words with another mark of punctuation are the same quotation."""
    (quote,) = _quotes("She named the “root causes.” of it", "It has “root causes,” he said.")
    assert quote.verdict == "same"


def test_a_shorter_cut_is_trimmed() -> None:
    """A quotation that begins later or ends earlier is trimmed, not altered."""
    (quote,) = _quotes(
        "“The bridge over the river will stay closed for months,” she said.",
        "The bridge will “stay closed for months,” she said.",
    )
    assert quote.verdict == "trimmed"
    assert quote.differences == ()


def test_the_same_words_from_another_mouth() -> None:
    """Words given to another speaker are an altered quotation."""
    (quote,) = _quotes(
        "“The bridge will not open before winter,” Okafor said.",
        "“The bridge will not open before winter,” Lindqvist said.",
    )
    assert [(found.kind, found.old, found.new) for found in quote.differences] == [("speaker", "Okafor", "Lindqvist")]


@pytest.mark.parametrize(
    ("one", "two", "differ"),
    [
        ("John Smith", "Jane Smith", True),
        ("John Smith", "Smith", False),
        ("John Smith", "J. Smith", False),
        ("John Smith", "Jon Smith", False),
        ("Robert Smith", "Bob Smith", False),
        ("John F. Smith", "John Smith", False),
        ("Volodymyr Zelensky", "Vladimir Zelenskyy", False),
    ],
)
def test_namesakes_are_two_speakers(one: str, two: str, *, differ: bool) -> None:
    """Another given name is another mouth, unless it is a short form or another spelling of the same."""
    texts = [f"“The bridge will not open before winter,” {who} said." for who in (one, two)]
    (quote,) = _quotes(*texts)
    assert [found.kind for found in quote.differences] == ["speaker"] * differ


def test_a_catchphrase_belongs_to_nobody() -> None:
    """Two words that several people use are not taken from one of them."""
    (quote,) = _quotes("Okafor spoke of “cold feet.”", "Lindqvist spoke of “cold feet.”")
    assert quote.verdict == "same"


def test_sentences_passed_over_without_a_mark() -> None:
    """What one article leaves out between two halves of a quotation is an elision."""
    quotes = _quotes(
        "“We have sold the boats, every one of them. We wept. And the harbour is empty because of it.”",
        "“We have sold the boats, every one of them,” she said. “And the harbour is empty because of it.”",
    )
    found = [difference for quote in quotes for difference in quote.differences]
    assert [(difference.kind, difference.new) for difference in found] == [("elision", "We wept.")]


def test_an_ellipsis_is_a_mark() -> None:
    """Where the gap is marked, nothing was passed over silently."""
    quotes = _quotes(
        "“We have sold the boats, every one of them. We wept. And the harbour is empty because of it.”",
        "“We have sold the boats, every one of them …” she said. “And the harbour is empty because of it.”",
    )
    assert not [difference for quote in quotes for difference in quote.differences]


def test_one_frame_of_one_speaker() -> None:
    """Two short phrases of one build in one mouth are one utterance, worded otherwise."""
    (quote,) = _quotes(
        "Aide Per Lindqvist called it “short and friendly.”", "It was “brisk and cordial,” Lindqvist said."
    )
    assert [(found.old, found.new) for found in quote.differences] == [
        ("short", "brisk"),
        ("friendly", "cordial"),
    ]


def test_small_words_of_one_speaker_are_one_utterance() -> None:
    """A quotation without a word of substance is found again in the same mouth."""
    (quote,) = _quotes("“They have let us down,” Ida Lund said.", "“They have let us all down,” said Mayor Lund.")
    assert [(found.kind, found.old) for found in quote.differences] == [("dropped", "all")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“The defence programme is Over,” Okafor said.", "“the defense program is over”, Okafor said."),
        ("“He [the mayor] closed the bridge in a hurry,” Okafor said.", "“He closed the bridge in a hurry,” she said."),
        ("“[The mayor] closed the bridge in a hurry,” Okafor said.", "“[He] closed the bridge in a hurry,” she said."),
    ],
)
def test_spelling_case_and_brackets_alter_nothing(one: str, other: str) -> None:
    """What an editor put in square brackets, spelled or set another way is the same utterance."""
    (quote,) = _quotes(one, other)
    assert (quote.verdict, quote.differences) == ("same", ())


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("„Sie ist nicht sicher genug“, sagte Okafor.", "„Sie ist sicher genug“, sagte Okafor.", "negation"),
        ("« Le pont n’est pas assez sûr », dit Okafor.", "« Le pont est assez sûr », dit Okafor.", "negation"),
        ("「橋は六月まで閉鎖される」と大川は述べた。", "「橋は五月まで閉鎖される」と大川は述べた。", "number"),
        ("«Мост не закроют до весны», сказала Окафор.", "«Мост закроют до весны», сказала Окафор.", "negation"),
        ("«Cerramos, pero el puente es seguro».", "«Cerramos, porque el puente es seguro».", "connective"),
    ],
)
def test_kinds_of_differences_in_other_languages(one: str, other: str, kind: str) -> None:
    """Negations, numbers and connectives are known in other languages, too."""
    kinds = {found.kind for quote in _quotes(one, other) for found in quote.differences}
    assert kind in kinds


def test_a_speaker_named_in_a_later_paragraph() -> None:
    """A quotation that is left open and goes on in the next paragraph is one person's."""
    text = "“The bridge is old and tired.\n\n“It must be closed at once,” Okafor said.\n\nNobody answered."
    assert [reading.speaker for quote in _quotes(text, "") for reading in quote.readings] == ["Okafor", "Okafor"]


def test_a_quotation_of_one_article_is_single() -> None:
    """A version within the same article is no second voice."""
    quotes = _quotes("“The bridge will stay closed for months,” she said.", "Nothing was quoted here.")
    assert [quote.verdict for quote in quotes] == ["single"]


@pytest.mark.parametrize(
    ("one", "two"),
    [("defence", "defense"), ("zelenskyy", "zelensky"), ("cease-fire", "ceasefire"), ("labour", "labor"),
     ("organised", "organized"), ("yury", "yuri"), ("centre", "center"), ("travelled", "traveled")],
)  # fmt: skip
def test_spellings_of_one_word(one: str, two: str) -> None:
    """Two spellings of a word have one key."""
    assert spelling_key(one) == spelling_key(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("four", "for"), ("its", "it's"), ("own", "whole"), ("2014", "2015"), ("form", "from"), ("hour", "hor")],
)
def test_two_words_keep_two_keys(one: str, two: str) -> None:
    """Different words stay different."""
    assert spelling_key(one) != spelling_key(two)


@given(st.lists(WORDS.filter(bool), min_size=1, max_size=4))
def test_collation_rows_are_even_and_complete(texts: list[str]) -> None:
    """Every row has every column, and its cells give the reading back, whatever the readings are."""
    table = collate(texts)
    assert len({len(row) for row in table}) == 1
    for text, row in zip(texts, table, strict=True):
        printed = " ".join(cell.text for cell in row if cell.state in {"same", "varies", "added"} and cell.text)
        assert printed == " ".join(item.text for item in items_of(text))
    assert heading_of(texts)


@given(WORDS, WORDS)
def test_opcodes_cover_both_sides(one: str, two: str) -> None:
    """Operations cover both sequences without gap or overlap, and equal runs are equal."""
    old, new = one.split(), two.split()
    i = j = 0
    for code in opcodes(old, new):
        assert (code.old_start, code.new_start) == (i, j)
        if code.op == "equal":
            assert old[code.old_start : code.old_end] == new[code.new_start : code.new_end]
        i, j = code.old_end, code.new_end
    assert (i, j) == (len(old), len(new))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "“We are now working to build a new sea wall to close this gap,” Berg said.",
            "“We are now working with the town to watch all quays and to warn whoever lives on this shore,” Berg said.",
        ),
        (
            "“Expert review and oversight are critical,” Ada Stone said.",
            "“The rules exclude experts who gave expert review and critical analysis for decades,” Ben Hill said.",
        ),
    ],
)
def test_what_shares_small_words_alone_is_another_utterance(one: str, other: str) -> None:
    """Two quotations with other matter, or of two people and much else in them, are not one in two versions."""
    assert [quote.verdict for quote in _quotes(one, other)] == ["single", "single"]


def test_one_utterance_of_two_speakers() -> None:
    """Whoever is named as the speaker, the same words are one utterance."""
    (quote,) = _quotes(
        "“The rules exclude every expert from the process,” Ada Stone said.",
        "“The rules exclude every expert from the process,” Ben Hill said.",
    )
    assert [found.kind for found in quote.differences] == ["speaker"]


def test_two_utterances_in_one_breath_are_two() -> None:
    """Of two sentences that sound alike each is held against its own version, and none against the other."""
    found = _quotes(
        "Lyle said: ‘We wrote to her in March. We wrote again in June.’",
        "“We wrote to her in March. We wrote again in July,” Lyle said.",
    )
    assert [(quote.verdict, [(d.old, d.new) for d in quote.differences]) for quote in found] == [
        ("altered", [("June", "July")]),
        ("same", []),
    ]


def test_parts_of_a_sentence_are_no_versions_of_each_other() -> None:
    """What one outlet prints as two quotations, and another as one, is cut, not altered."""
    found = _quotes(
        "“I never saw them,” Finch said. “If I had, I would have acted.”",
        "“I never saw them, and if I had, I would have acted,” Finch said.",
    )
    assert [(quote.verdict, quote.differences) for quote in found] == [("trimmed", ())]


def test_an_office_before_a_name_makes_nobody_else() -> None:
    """A speaker whom one telling names with an office that is not known as one is the same as without it."""
    readings = [
        QuoteReading("A", "A1", "we saw the boat", "Prosecutor Jane Holt"),
        QuoteReading("B", "B1", "we saw the boat", "Jane Holt"),
    ]
    assert differences_between(*readings, 1) == []


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        ("Carla Neri, 34, ran out with her children. “The ground roared all night,” she said.", "Carla Neri"),
        ("“We ran,” said Carla Neri. Hers is the last house. “The ground roared all night,” she added.", "Carla Neri"),
        (
            "“It pays well,” says Ivo Hall. Ann Stevens says it does, but she cautions that she sees “two sides”.",
            "Ann Stevens",
        ),
    ],
)
def test_a_pronoun_means_who_spoke_in_the_same_sentence_or_is_known_for_a_person(body: str, speaker: str) -> None:
    """Who speaks is a person, wherever the verb stands, and so is who is said to be so old; the nearest is meant."""
    readings = [reading for quote in _quotes(body) for reading in quote.readings]
    assert max(readings, key=lambda reading: int(reading.sentence[1:])).speaker == speaker
