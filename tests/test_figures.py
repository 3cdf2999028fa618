"""Quantities and times, and whether tellings agree on them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare import figure_groups, figures_abroad
from generator.compare.digest import digest_of
from generator.compare.figure_groups import figures_of
from generator.compare.figure_numbers import Found
from generator.compare.figure_units import MEASURES, dimension_of, rounded, worth
from generator.compare.figures import figures_in
from generator.compare.tokens import tokens
from generator.compare.witness import witnesses_of
from generator.model import Article, Story
from tests.casefiles import read_cases

CASES = Path(__file__).parent / "cases"


def _shown(text: str, found: Found) -> str:
    low = "" if found.low is None else f"{found.low:.10g}"
    high = "" if found.high is None else f"{found.high:.10g}"
    return f"{text[found.start : found.end]}: {found.kind} {low}..{high} {found.unit}"


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "figures.md"))
def test_figures(title: str, text: str, expected: str) -> None:
    """A sentence's figures are found with kind, bounds and unit, and nothing else is taken for one."""
    assert "\n".join(_shown(text, found) for found in figures_in(text, "2025-07-03")) == expected, title


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "figures_languages.md"))
def test_figures_of_other_languages(title: str, text: str, expected: str) -> None:
    """Figures are found as each language writes numbers, units, money and days."""
    found = figures_abroad.figures_in(text, "2025-07-03", title[:2])
    assert "\n".join(_shown(text, one) for one in found) == expected, title


@pytest.mark.parametrize("language", ["en", *figures_abroad.WORDS])
@pytest.mark.parametrize("file", ["figures.md", "figures_languages.md"])
def test_figures_hang_on_the_day_that_is_asked(file: str, language: str) -> None:
    """What the day of print tells of a sentence's figures, and the sentence alone where it tells nothing, is all."""
    for _, text, _ in read_cases(CASES / file):
        for stated in ("2025-07-03T10:00:00Z", "1999-12-31", ""):
            asked = figures_abroad.day_asked(text, stated, language)
            assert figures_abroad.figures_in(text, asked, language) == figures_abroad.figures_in(text, stated, language)


@pytest.mark.parametrize("language", figures_abroad.WORDS)
@pytest.mark.parametrize("text", ["1" * 3000, "12 " * 1000, "三" * 3000, "1.000." * 500, " " * 3000])
def test_endless_numbers_are_read_to_their_end(text: str, language: str) -> None:
    """A sentence of nothing but digits, numerals or spaces is no riddle in any language."""
    assert all(found.end <= len(text) for found in figures_abroad.figures_in(text, "2025-07-03", language))


#: One accident and one bill, told twice in each language.
STATED = {
    "ar": ("وقالت البلدية إن إصلاح الجسر سيكلف 3 ملايين دولار. وأصيب 12 شخصا في الحادث بحسب الشرطة.",
           "وذكرت البلدية أن إصلاح الجسر سيكلف ٥ ملايين دولار. وقالت الشرطة إن ١٥ شخصا أصيبوا في الحادث."),
    "de": ("Die Reparatur der Brücke kostet 3,5 Millionen Euro. Bei dem Unfall wurden 12 Menschen verletzt.",
           "Die Reparatur der Brücke soll 4,5 Mio. Euro kosten. Bei dem Unfall wurden fünfzehn Menschen verletzt."),
    "fr": ("La réparation du pont coûtera 3,5 millions d’euros. L’accident a fait 12 blessés.",
           "La réparation du pont coûtera 5 millions d’euros. L’accident a fait quinze blessés, selon la police."),
    "es": ("La reparación del puente costará 3,5 millones de euros. El accidente dejó 12 heridos.",
           "La reparación del puente costará 5 millones de euros. El accidente dejó quince heridos, según la policía."),
    "ru": ("Ремонт моста обойдётся в 3,5 млн рублей. При аварии пострадали 12 человек.",
           "Ремонт моста обойдётся в 5 миллионов рублей. При аварии пострадали пятнадцать человек, сообщила полиция."),
    "uk": ("Ремонт мосту коштуватиме 3,5 млн гривень. В аварії постраждали 12 людей.",
           "Ремонт мосту коштуватиме 5 мільйонів гривень. В аварії постраждали п’ятнадцять людей, повідомила поліція."),
    "hi": ("पुल की मरम्मत पर 3 करोड़ रुपये खर्च होंगे। हादसे में 12 लोग घायल हुए।",
           "पुल की मरम्मत पर ५ करोड़ रुपये खर्च होंगे। पुलिस ने कहा कि हादसे में 15 लोग घायल हुए।"),
    "zh": ("大桥维修费用为300万元。事故造成12人受伤。", "大桥维修费用为五百万元。警方称事故造成15人受伤。"),
    "ja": ("橋の修理費は3億円だ。事故で12人がけがをした。", "橋の修理費は5億円だ。事故で15人がけがをした。"),
    "th": ("ค่าซ่อมสะพานอยู่ที่ 3 ล้านบาท อุบัติเหตุทำให้มีผู้บาดเจ็บ 12 คน",
           "ค่าซ่อมสะพานอยู่ที่ 5 ล้านบาท อุบัติเหตุทำให้มีผู้บาดเจ็บ 15 คน"),
}  # fmt: skip


@pytest.mark.parametrize("language", STATED)
def test_conflicts_are_found_in_every_language(language: str) -> None:
    """Where two tellings state another sum and another number of people, both are conflicts."""
    articles = tuple(Article(slug=f"a{n}", body=body, language=language) for n, body in enumerate(STATED[language]))
    found = digest_of(Story("s", "", articles)).figures
    assert sorted(figure.kind for figure in found if figure.verdict == "conflict") == ["count", "money"]


@given(st.text(max_size=120), st.sampled_from(["en", *figures_abroad.WORDS]))
def test_figures_lie_inside_the_text_and_apart(text: str, language: str) -> None:
    """Whatever the text, figures ascend and never overlap."""
    found = figures_abroad.figures_in(text, "2025-07-03", language)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


def _verdicts(*bodies: str, same_passage: bool = True) -> list[tuple[str, str, list[str]]]:
    witnesses = witnesses_of([Article(body=body) for body in bodies])
    passage_of = {s.id: "p1" if same_passage else s.id for w in witnesses for s in w.segments}
    return [
        (figure.kind, figure.verdict, [reading.text for reading in figure.readings])
        for figure in figures_of(witnesses, passage_of, frozenset())
    ]


def test_disjoint_intervals_conflict() -> None:
    """Over an hour and almost an hour cannot both be true of one call."""
    found = _verdicts("The talks lasted over an hour.", "The talks lasted almost an hour.")
    assert found == [("duration", "conflict", ["over an hour", "almost an hour"])]


def test_conflicts_are_found_across_passages_if_the_words_about_them_agree() -> None:
    """The same verb and subject beside two durations make them comparable, wherever they stand."""
    found = _verdicts(
        "The talks, aides noted, lasted over an hour.", "The talks lasted almost an hour.", same_passage=False
    )
    assert [verdict for _, verdict, _ in found] == ["conflict"]


def test_overlapping_intervals_are_compatible() -> None:
    """A fourth year and more than three years say the same thing in two ways."""
    found = _verdicts("The strike enters its fourth year.", "The strike has gone on for more than three years.")
    assert [verdict for _, verdict, _ in found] == ["compatible"]


def test_equal_figures_agree() -> None:
    """The same weekday, with or without a time of day, is agreement."""
    found = _verdicts("They met on Thursday.", "They met on Thursday morning.")
    assert [verdict for _, verdict, _ in found] == ["agree"]


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        ("Lewis Grant, 58, was jailed.", "Lewis Grant, 57, was jailed.", "conflict"),
        ("Lewis Grant, aged 58, was jailed.", "58-year-old Lewis Grant was jailed.", "agree"),
        ("A man of 51 died in the fall.", "A 53-year-old man died in the fall.", "conflict"),
        ("Lewis Grant, 58, was jailed.", "His brother Paul Moor, 61, saw him jailed.", "single"),
        ("A 76-year-old woman was hurt.", "A man of 51 was hurt.", "single"),
        ("Aged 34 when jailed, Grant is free.", "Jailed, Grant is 41 years old.", "single"),
        ("The 20-year-old deal was signed.", "A 30-year-old deal was signed.", "single"),
    ],
)
def test_ages_are_held_against_each_other_of_one_person_alone(one: str, two: str, verdict: str) -> None:
    """Two years of one name, or of the only man, differ; those of two people, or of other times, do not."""
    assert {found for _, found, _ in _verdicts(one, two)} == {verdict}


def test_no_mark_is_shown_that_opens_what_is_not() -> None:
    """What is shown behind a figure ends before a quotation that begins there."""
    (found,) = figures_of(witnesses_of([Article(body="Lewis Grant, 58, had “betrayed” them.")]), {}, frozenset())
    assert [(reading.text, reading.after) for reading in found.readings] == [("58", ", had")]


def test_whose_points_they_are_does_not_say_what_for() -> None:
    """Two counts beside one person's name are of two things, unless another word is beside both as well."""
    ahead = "In July, Harper was eight points ahead. “Never,” said Jane Harper."
    lead = "“Never.” Dunn has cut Jane Harper's lead to three points."
    assert [verdict for _, verdict, _ in _verdicts(ahead, lead, same_passage=False)].count("conflict") == 0
    lead, won = "Jane Harper said she would win by eight seats.", "“Never,” said Harper, who may win by three seats."
    assert [verdict for _, verdict, _ in _verdicts(lead, won, same_passage=False)] == ["conflict"]


def test_minutes_from_the_end_are_no_minutes_played() -> None:
    """“Ten minutes from the end” is the eightieth, which nobody is told who does not know how long a match takes."""
    found = _verdicts("Kerr was sent off in the 80th minute.", "Kerr was sent off ten minutes from the end.")
    assert {verdict for _, verdict, _ in found} == {"single"}


@pytest.mark.parametrize(
    ("one", "two", "verdict"),
    [
        ("A 5.8-magnitude quake hit the coast.", "A quake of magnitude 5.9 hit the coast.", "conflict"),
        ("About a quarter of the fund was spent.", "Some 26% of the fund was spent.", "compatible"),
        ("A third of the fund was spent.", "Only 20% of the fund was spent.", "conflict"),
    ],
)
def test_strengths_and_shares_are_compared(one: str, two: str, verdict: str) -> None:
    """Two strengths of a quake differ; a fraction is about so many percent, and no other number of them."""
    assert [found for _, found, _ in _verdicts(one, two)] == [verdict]


@pytest.mark.parametrize(
    ("one", "two", "verdicts"),
    [
        ("The fire burned 12,400 acres of hills.", "The fire burned almost 50 square km of hills.", ["compatible"]),
        ("The fire burned 12,400 acres of hills.", "The fire burned 8,000 hectares of hills.", ["conflict"]),
        ("Gusts of 45 mph fanned the fire.", "Gusts of 72 kilometres per hour fanned the fire.", ["compatible"]),
        ("Gusts of 45 mph fanned the fire.", "The fire was 45 miles away.", ["single", "single"]),
        ("It was 104F in town at noon.", "At noon it was 40C in town.", ["agree"]),
        ("It was 104F in town at noon.", "At noon it was 42C in town.", ["conflict"]),
        ("It was 2C in town at noon.", "At noon it was minus 20 degrees Fahrenheit in town.", ["single"]),
        ("The lake is 10 metres deep.", "The lake is 5 kilometres long.", ["single", "single"]),
        (
            "The bank cut its rate by a quarter of a percentage point.",
            "The bank cut its rate by 25 basis points.",
            ["agree"],
        ),
        (
            "The bank cut its rate by half a percentage point.",
            "The bank cut its rate by 25 basis points.",
            ["conflict"],
        ),
        (
            "The bank's rate rose by 0.5 percentage points.",
            "The bank's rate rose to 3.5 percent.",
            ["single", "single"],
        ),
        ("Prices rose 2.6 percent.", "Prices rose more than the bank's 2 percent target.", ["single", "single"]),
        ("The loan is of 2 million krona.", "The 2-million-krona loan was paid.", ["agree"]),
    ],
)
def test_figures_of_two_units_are_held_against_each_other(one: str, two: str, verdicts: list[str]) -> None:
    """Of lengths, areas, speeds and temperatures the same value, as it is rounded, is no conflict, and another is."""
    assert [verdict for _, verdict, _ in _verdicts(one, two)] == verdicts


def test_a_depth_is_no_distance_whatever_unit_either_is_told_in() -> None:
    """What stands in both sentences, once in kilometres and once in miles, is held against nothing else there."""
    old = "The quake struck at a depth of 10 km, 55 km south of the town."
    found = _verdicts(old, "The quake struck 34 miles south of the town, at a depth of six miles.")
    assert [verdict for _, verdict, _ in found] == ["compatible", "compatible"]


@pytest.mark.parametrize(
    ("english", "german", "verdict"),
    [
        ("Berg lives 12 miles from Hafen.", "Berg lebt 35 Kilometer von Hafen.", "conflict"),
        ("The fire in Hafen covers 370 acres.", "Das Feuer in Hafen bedeckt 1,5 Quadratkilometer.", "compatible"),
        ("Gusts of 50 mph hit Hafen.", "Böen von 80 km/h trafen Hafen.", "compatible"),
    ],
)
def test_measures_are_compared_across_languages(english: str, german: str, verdict: str) -> None:
    """Kilometres in German are so many miles in English, and so are areas and speeds."""
    witnesses = witnesses_of([Article(slug="a", body=english), Article(slug="b", body=german, language="de")])
    together = {segment.id: "p1" for witness in witnesses for segment in witness.segments}
    assert [figure.verdict for figure in figures_of(witnesses, together, frozenset())] == [verdict]


@given(st.sampled_from(sorted(MEASURES)), st.sampled_from(sorted(MEASURES)), st.floats(0.01, 1e6))
def test_a_value_converted_is_the_same(unit: str, other: str, value: float) -> None:
    """Whatever is told in one unit and converted into another is within what who converts may be out by."""
    if dimension_of(unit) != dimension_of(other):
        return
    converted = worth(value, unit) / MEASURES[other].factor + MEASURES[other].zero
    assert abs(worth(converted, other) - worth(value, unit)) <= rounded(worth(value, unit), unit, other) + 1e-5


def test_what_stands_in_both_sentences_is_no_conflict() -> None:
    """Two sentences that name the same two days agree on both, in whatever order; one that names a third does not."""
    old = "The library will close on Monday, the council said on Thursday."
    found = _verdicts(old, "The council said on Thursday that the library would close on Monday.")
    assert [verdict for _, verdict, _ in found] == ["agree", "agree"]
    found = _verdicts(old, "The council said on Thursday that the library would close on Tuesday.")
    assert sorted(verdict for _, verdict, _ in found) == ["agree", "conflict"]


def test_an_article_that_states_both_contradicts_neither() -> None:
    """A figure is held against none of an article that has the same one beside another."""
    found = _verdicts("Shell shares rose 3% on Monday. BP shares rose 2% on Monday.", "Shell shares rose 3% on Monday.")
    assert sorted((verdict, *texts) for kind, verdict, texts in found if kind == "percent") == [
        ("agree", "3%", "3%"),
        ("single", "2%"),
    ]


def test_days_of_two_events_are_not_compared() -> None:
    """A meeting on one day and a vote on another are two events, even within one passage."""
    found = _verdicts("The delegates vote on Friday.", "Reporters saw her during a visit on Thursday.")
    assert [verdict for _, verdict, _ in found] == ["single", "single"]


def test_different_things_are_not_compared() -> None:
    """Boats and cars are counted apart."""
    found = _verdicts("The storm sank 20 boats.", "The storm sank 12 cars.")
    assert [verdict for _, verdict, _ in found] == ["single", "single"]


def test_one_article_cannot_contradict_itself() -> None:
    """Two figures of one telling are never held against each other."""
    found = _verdicts("The talks lasted over an hour. The talks lasted almost an hour.")
    assert {verdict for _, verdict, _ in found} == {"single"}


def test_the_first_since_what() -> None:
    """What is said to be the first since something is brought together, and agrees only if it is the same thing."""
    told = (
        "It was the first direct contact of Lund and Berg since the port quietly paused ferry crossings to the island.",
        "In their first conversation since the town suspended some ferry crossings to the island, Lund shouted.",
    )
    found = _verdicts(*told, same_passage=False)
    assert found == [("ordinal", "compatible", ["first", "first"])]
    assert [verdict for _, verdict, _ in _verdicts(told[0], told[0])] == ["agree"]
    other = "It was her first cup of tea since breakfast."
    assert [verdict for _, verdict, _ in _verdicts(told[0], other, same_passage=False)] == ["single", "single"]


def test_a_day_of_the_week_and_tomorrow() -> None:
    """A day that an article counts from its own date is held against a day of the week of the same meeting."""
    bodies = (
        ("Mayor Lund is expected to speak with Governor Berg about the bridge on Friday, Lund said.", ""),
        ("“Maybe tomorrow I will speak to Mayor Lund,” Berg said of the bridge.", "2025-07-03"),
        ("“Maybe tomorrow I will speak to Mayor Lund,” Berg said of the bridge.", "2025-07-01"),
    )
    witnesses = witnesses_of([Article(body=body, date=date) for body, date in bodies])
    apart = {segment.id: segment.id for witness in witnesses for segment in witness.segments}
    found = figures_of(witnesses, apart, frozenset())
    assert [(f.verdict, [(r.article, r.text, r.unit) for r in f.readings]) for f in found] == [
        ("agree", [("A", "Friday", "weekday"), ("B", "tomorrow", "weekday")]),
        ("single", [("C", "tomorrow", "date")]),
    ]


def test_a_sentence_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text of thousands of words without a full stop, what stands near a figure is read for it, not the whole."""
    read: list[int] = []
    monkeypatch.setattr(figure_groups, "tokens", lambda text: read.append(len(text)) or tokens(text))
    body = " ".join(f"the ferry carried {n} people and the harbour closed and reopened again" for n in range(100, 300))
    found = digest_of(Story("s", "T", (Article(title="A", outlet="a", body=body, slug="a"),))).figures
    assert {reading.low for figure in found for reading in figure.readings} >= {100, 200, 299}
    assert max(read) <= 1500


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The blast killed 40 people in the market.", "The blast injured 100 people in the market."),
        ("Five people were killed in the fire.", "In the fire 50 people were hurt and many fled."),
        ("Police said 12 people were arrested after the march.", "Police said three people died after the march."),
        ("Berg completed his first 17 passes.", "Berg completed 29 of 34 passes."),
        ("Another 20 soldiers reached the town.", "By night 500 soldiers held the town."),
        ("Kessler was fined two years ago for the fire.", "Kessler was fined a year earlier for the fire."),
        ("A 6.1 earthquake shook the town.", "Two powerful earthquakes shook the town."),
        ("Eleven workers were on site.", "Five workers were injured in the blast."),
        ("The council backed a budget of $214 million.", "The council backed cuts of $11.3 million."),
        ("The ferry costs the council $85,000 a month.", "The ferry costs the council $95,000."),
        ("Spending on roads falls by $2.6 million.", "Roads · $19.8 million · $17.2 million spending"),
    ],
)
def test_the_wounded_are_not_the_dead_nor_a_part_the_whole(one: str, other: str) -> None:
    """Numbers that differ are no conflict where the words beside them say that they are of different things."""
    assert "conflict" not in [verdict for _, verdict, _ in _verdicts(one, other)]


@pytest.mark.parametrize(
    ("language", "dead", "hurt"),
    [
        ("de", "Bei dem Brand wurden 5 Menschen getötet.", "Bei dem Brand wurden 50 Menschen verletzt."),
        ("fr", "L’incendie a tué 5 personnes.", "L’incendie a blessé 50 personnes."),
        ("es", "En el incendio murieron 5 personas.", "En el incendio hubo 50 personas heridas."),
    ],
)
def test_the_wounded_are_not_the_dead_in_other_languages(language: str, dead: str, hurt: str) -> None:
    """The number of the dead is in conflict with another one of the dead, and with none of the hurt."""

    def verdicts(*bodies: str) -> list[str]:
        articles = tuple(Article(slug=f"a{n}", body=body, language=language) for n, body in enumerate(bodies))
        witnesses = witnesses_of(articles)
        together = {segment.id: "p1" for witness in witnesses for segment in witness.segments}
        return [figure.verdict for figure in figures_of(witnesses, together, frozenset())]

    assert verdicts(dead, hurt) == ["single", "single"]
    assert verdicts(dead, dead.replace("5", "9")) == ["conflict"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kessler was fined two years ago for the fire.", "Kessler was fined a year ago for the fire."),
        ("The blast was heard 15 kilometres from the town.", "The blast was heard 20 km from the town."),
        ("The blast killed 40 people in the market.", "In the market 52 people were killed, officials said."),
        ("The fire left 12 people injured and one dead.", "The fire left 15 people wounded, one of them a child."),
        ("Another 20 soldiers reached the town.", "Another 30 soldiers reached the town."),
        ("The ferry costs the council $85,000 a month.", "The ferry costs the council $95,000 a month."),
        ("The bridge will cost $85 million.", "The bridge will cost $85 billion."),
        ("Police said 5,000 people marched.", "Some 100,000 people marched, organisers said."),
    ],
)
def test_numbers_of_the_same_things_conflict(one: str, other: str) -> None:
    """Two numbers of the dead conflict, and so do two of any part that is named alike."""
    assert "conflict" in [verdict for _, verdict, _ in _verdicts(one, other)]


def test_what_is_counted_has_one_name_in_german() -> None:
    """A dative and the sign of a measure are no other thing than the noun and the measure's name."""
    bodies = (
        "Der Einsatz von 86 Feuerwehrleuten war in 15 km Entfernung zu hören.",
        "86 Feuerwehrleute waren in 15 Kilometer Entfernung zu hören.",
    )
    witnesses = witnesses_of(tuple(Article(slug=f"a{n}", body=body, language="de") for n, body in enumerate(bodies)))
    together = {segment.id: "p1" for witness in witnesses for segment in witness.segments}
    assert [figure.verdict for figure in figures_of(witnesses, together, frozenset())] == ["agree", "agree"]


def test_the_words_shown_before_a_figure_begin_with_a_word() -> None:
    """A comma that belongs to what is not shown is not shown either."""
    (figure,) = figures_of(
        witnesses_of((Article(slug="a", body="The works, which forced 40 people out."),)), {}, frozenset()
    )
    assert figure.readings[0].before == "which forced "
