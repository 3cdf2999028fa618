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


#: What the same people did in other weeks, in the words of such news: talks, weapons, aides, calls of hours.
OTHER_WEEKS = (
    (
        "President Donald Trump spoke by phone with Chinese leader Xi Jinping on Friday about tariffs and "
        "fentanyl, both governments said, in a conversation that produced no breakthrough. Mr. Trump told "
        "reporters aboard Air Force One that the call had been “very good” but that no deal was reached. Chinese "
        "state media said Mr. Xi urged Washington to lift export controls. The two leaders agreed to meet again "
        "in the autumn. Treasury Secretary Scott Bessent said talks would go on in Geneva next week. The White "
        "House did not publish its own account of the call."
    ),
    (
        "Ukrainian President Volodymyr Zelensky and President Trump talked by phone on Friday about air defences, "
        "a day after Russia launched its largest drone attack of the war on Kyiv. Mr. Zelensky called it “a very "
        "important and fruitful conversation” and said the two had agreed that their teams would meet to "
        "strengthen Ukraine’s air defence. Mr. Trump told reporters that the United States would help with "
        "Patriot missiles. Russian drones killed at least one person in Kyiv overnight, the mayor, Vitali "
        "Klitschko, said."
    ),
    (
        "Russian President Vladimir Putin met the Chinese foreign minister in Moscow on Thursday to discuss the "
        "war in Ukraine, trade and energy, the Kremlin said. Mr. Putin’s aide Yuri Ushakov told reporters that "
        "the talks lasted over two hours. Beijing has urged both sides to negotiate. Putin thanked China for its "
        "balanced position, and the two sides signed an agreement on gas deliveries through a new pipeline."
    ),
    (
        "The Pentagon has paused deliveries of Patriot interceptors and other munitions to Ukraine because "
        "American stockpiles are too low, officials said on Tuesday. The decision by Elbridge Colby, the "
        "undersecretary for policy, follows a review of munitions ordered by Defense Secretary Pete Hegseth. "
        "Ukraine’s foreign ministry summoned the American chargé d’affaires in Kyiv and warned that any delay "
        "would encourage Russia. Senator Roger Wicker and other Republicans criticised the halt. The White House "
        "said the decision put America’s interests first."
    ),
    (
        "Trump and Putin will meet in Alaska on August 15, the president announced on Friday, in the first summit "
        "between American and Russian leaders since the war in Ukraine began. Ukraine's Volodymyr Zelensky warned "
        "that any decision without Ukraine would be stillborn. Kremlin aide Yuri Ushakov confirmed the place, "
        "saying the two leaders would discuss a long-term settlement of the Ukrainian crisis. European leaders "
        "urged Trump to insist on a ceasefire first."
    ),
    (
        "Vladimir Putin and Emmanuel Macron spoke by phone on Tuesday for the first time since 2022, the Kremlin "
        "and the Élysée said. The French president called for a ceasefire in Ukraine; Putin said the West had "
        "ignored Russia’s security interests and that any settlement must address the root causes of the "
        "conflict. The call lasted more than two hours. They also discussed Iran’s nuclear programme."
    ),
)


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


def test_other_weeks_of_the_same_people_do_not_join_the_demo() -> None:
    """No article on another call, meeting or delivery joins it, alone or with the others."""
    for beside in (OTHER_WEEKS, *((article,) for article in OTHER_WEEKS)):
        assert [0, 1, 2, 3, 4] in group([*DEMO, *beside])


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
