"""Grouping: articles of one story come together, look-alike events do not, copies are found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare.group import group, near_duplicates
from generator.model import Article

SEEDS = Path(__file__).parent.parent / "seeds"
DEMO = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]

QUAKE_KERR = (
    "Rescuers in Kerr searched the ruins on Tuesday after an earthquake of magnitude 6.1 struck the Tarn valley. "
    "Mayor Lina Osei said the old quarter of Kerr lay in rubble and 14 people were missing.",
    "An earthquake of magnitude 6.1 hit the Tarn valley on Tuesday, and 14 people are missing in Kerr. "
    "The old quarter was worst hit, mayor Lina Osei told the Tarn Courier.",
)
QUAKE_SOLA = (
    "An earthquake of magnitude 5.4 shook the island of Sola on Friday. Governor Piet Haan said no one was missing, "
    "but the lighthouse of Port Amber had cracked.",
    "Port Amber’s lighthouse cracked when an earthquake of magnitude 5.4 shook Sola island on Friday; "
    "nobody was missing, said governor Piet Haan.",
)
#: Invented events with the people of the demo's story: a meeting in person, a treaty, a raid, a dinner.
LOOK_ALIKES = (
    "President Donald Trump and President Vladimir Putin met in Reykjavik on Friday for their first summit in "
    "four years and left after three hours without an agreement on Ukraine. Putin thanked Trump for a red-carpet "
    "welcome at the Keflavik base. Trump said the two had made great progress on many points, but that there was "
    "no deal until there was a deal. President Volodymyr Zelensky of Ukraine was not invited.",
    "Putin left Reykjavik on Friday evening after talks with Trump that both leaders called productive. The "
    "summit at an Icelandic air base, the first meeting in person of the American and Russian presidents since "
    "2018, ended earlier than planned, and a joint lunch was cancelled. Neither took questions from reporters. "
    "Kremlin aide Yuri Ushakov said the next meeting might be in Moscow.",
    "President Volodymyr Zelensky of Ukraine and President Trump signed an agreement on fisheries on Wednesday "
    "that gives the United States a share of future catches of Black Sea sprat and anchovy. Two secretaries put "
    "their names under it in Washington. A first attempt had failed in February in the Oval Office.",
    "Ukraine and the United States signed a long-awaited fisheries deal in Washington. It sets up a joint fund "
    "for rebuilding harbours, paid for from new licences for sprat, anchovy and mussels. Trump had asked for "
    "repayment of military aid; Zelensky called the final text an equal agreement. Parliament in Kyiv has to "
    "ratify it.",
    "Russia launched hundreds of drones at Odesa overnight, the largest raid of the war, hours after President "
    "Trump spoke with President Putin. Two warehouses burned, and the opera house was damaged, the mayor said. "
    "Residents spent eight hours in cellars.",
)
FESTIVAL = "A jazz festival opens in the granary of Marsh on Saturday with a concert by Nadia Brandt and her trio."


def test_the_demo_is_one_story() -> None:
    """Five tellings of one story are one group, though they share hardly a run of five words."""
    assert group(DEMO) == [[0, 1, 2, 3, 4]]


def test_the_demo_among_other_articles() -> None:
    """They are one group among others, too."""
    assert group([FESTIVAL, *DEMO[:3], *QUAKE_KERR, *DEMO[3:]]) == [[0], [1, 2, 3, 6, 7], [4, 5]]


def others(count: int) -> list[str]:
    """Return articles on as many other things, of words of ordinary news and some of their own."""
    chance = random.Random(4)  # noqa: S311 - texts, not secrets
    news = (
        "council police court school hospital minister budget strike storm factory union train museum harvest".split()
    )
    verbs = "opens closes delays wins loses plans rejects doubts repairs studies sells buys names blames".split()
    own = ["".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou") for _ in range(3)) for _ in range(count * 3)]
    return [
        " ".join(
            f"{chance.choice(own[3 * n : 3 * n + 3]).title()} {chance.choice(verbs)} the {chance.choice(news)} of"
            f" {own[3 * n].title()} on {chance.choice(['Monday', 'Thursday'])}, said {own[3 * n + 1].title()}."
            for _ in range(chance.randint(3, 9))
        )
        for n in range(count)
    ]


def test_the_demo_among_three_hundred_others_and_look_alikes() -> None:
    """It is one story also beside other events of the same people, and in a folder of many articles."""
    crowd = others(300)
    for beside in ([*LOOK_ALIKES], crowd, [*LOOK_ALIKES, *crowd]):
        found = group([*beside[:3], *DEMO, *beside[3:]])
        assert [3, 4, 5, 6, 7] in found
    assert group([*DEMO, *LOOK_ALIKES]) == [[0, 1, 2, 3, 4], [5, 6], [7, 8], [9]]


def test_look_alike_events_stay_apart() -> None:
    """Two earthquakes are two stories."""
    assert group([*QUAKE_KERR, *QUAKE_SOLA]) == [[0, 1], [2, 3]]


@pytest.mark.parametrize(("day", "expected"), [("2025-07-10", [[0, 1]]), ("2025-08-10T12:00:00", [[0], [1]])])
def test_dates_keep_articles_apart(day: str, expected: list[list[int]]) -> None:
    """Articles whose stated dates lie too far apart are never one story."""
    one = Article(body=QUAKE_KERR[0], date="2025-07-03")
    assert group([one, Article(body=QUAKE_KERR[1], date=day)], days=14) == expected


def test_titles_count() -> None:
    """What an article is called is part of what it says."""
    title = "Earthquake of magnitude 6.1 in the Tarn valley: 14 missing in Kerr, says Lina Osei"
    assert group([Article(title=title, body="Rescuers searched the ruins."), QUAKE_KERR[0]]) == [[0, 1]]


def test_nothing_to_group() -> None:
    """No articles make no groups, and empty ones stay alone."""
    assert group([]) == []
    assert group(["", "", "…"]) == [[0], [1], [2]]


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_order_gives_the_same_groups(chance: random.Random) -> None:
    """Groups do not depend on the order of the articles."""
    texts = [*QUAKE_KERR, *DEMO, FESTIVAL, *QUAKE_SOLA]
    order = list(range(len(texts)))
    chance.shuffle(order)
    found = group([texts[n] for n in order])
    assert sorted(sorted(order[n] for n in members) for members in found) == group(texts)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*QUAKE_KERR, *QUAKE_SOLA, FESTIVAL, "", "Yes."]), max_size=8))
def test_groups_are_a_partition(texts: list[str]) -> None:
    """Every article is in exactly one group; groups and members ascend."""
    found = group(texts)
    assert sorted(n for members in found for n in members) == list(range(len(texts)))
    assert found == sorted(sorted(members) for members in found)


def test_copies_are_near_duplicates() -> None:
    """A copy with another ending, and an excerpt, are found; a retelling is not."""
    long = " ".join(DEMO[1].split()[:200])
    edited = long + " This ending is new, and nobody else has printed it so far."
    excerpt = " ".join(long.split()[20:80])
    found = near_duplicates([long, FESTIVAL, edited, DEMO[0], excerpt])
    assert [(i, j) for i, j, _, _ in found] == [(0, 2), (0, 4), (2, 4)]
    assert all(jaccard >= 0.5 or containment >= 0.8 for _, _, jaccard, containment in found)


WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=30).map(" ".join)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=6))
def test_no_near_duplicate_is_missed(texts: list[str]) -> None:
    """The candidates' short cut finds exactly what comparing every pair finds."""
    sets = [{" ".join(t.split()[n : n + 5]) for n in range(max(1, len(t.split()) - 4))} - {""} for t in texts]
    expected = []
    for i, one in enumerate(sets):
        for j in range(i + 1, len(sets)):
            both, least = len(one & sets[j]), min(len(one), len(sets[j]))
            if least and (both / len(one | sets[j]) >= 0.5 or (both / least >= 0.8 and least >= 10)):
                expected.append((i, j))
    assert [(i, j) for i, j, _, _ in near_duplicates(texts)] == expected
