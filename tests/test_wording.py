"""Which words of one statement are worth laid side by side: verbs, adjectives and offices, not grammar."""

from __future__ import annotations

import pytest

from generator.compare.digest import digest_of
from generator.model import Article, Story


def rows(*bodies: str) -> list[tuple[str, list[str]]]:
    """Return the slots of a story of articles with these bodies, and everybody's words."""
    digest = digest_of(Story("s", "S", tuple(Article(slug=f"a{n}", body=body) for n, body in enumerate(bodies))))
    return [(found.slot, [reading.text for reading in found.readings]) for found in digest.wording]


def test_verbs_of_one_thing() -> None:
    """Each telling's verb is shown with its adverb, up to the noun that all of them print."""
    assert rows(
        "The town has quietly paused certain ferry crossings to the island after the storm on Monday.",
        "After the storm on Monday the town decided to halt all ferry crossings to the island.",
        "The town suspended a series of ferry crossings to the island after the storm on Monday.",
    ) == [
        (
            "crossings",
            [
                "quietly paused certain ferry crossings",
                "halt all ferry crossings",
                "suspended a series of ferry crossings",
            ],
        )
    ]


def test_adjectives_of_one_thing() -> None:
    """The adjectives right before a shared noun are shown where they differ."""
    assert rows(
        "The mayor will answer harsh criticism of the harbour bridge on Tuesday evening in the council.",
        "The mayor will answer mild criticism of the harbour bridge on Tuesday evening in the council.",
    ) == [("criticism", ["harsh criticism", "mild criticism"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The council expressed doubts about the harbour bridge.",
            "The council has expressed doubts about the harbour bridge.",
        ),
        (
            "The council expressed doubts about the harbour bridge.",
            "The council expresses doubts about the harbour bridge.",
        ),
        ("The bridge at the harbour was closed by the town.", "The bridge near the harbour was closed by a town."),
        ("The old bridge at the harbour was closed.", "The bridge at the harbour was closed."),
        (
            "The mayor would not tolerate delays at the harbour bridge.",
            "The mayor said delays at the harbour bridge would not be tolerated.",
        ),
        ("The leaking library roof will be repaired by spring.", "Repairs to the library roof will end by spring."),
        (
            "Local officials closed the harbour bridge on Monday.",
            "Regional officials closed the harbour bridge on Monday.",
        ),
    ],
)
def test_what_no_reader_needs(one: str, other: str) -> None:
    """Tense, number, small words, a word that one telling merely lacks, and adjectives that only sort are no rows."""
    assert rows(one, other) == []


def test_offices_of_one_person() -> None:
    """One person's offices are told where they differ; a naming that merely says less is no other office."""
    assert rows(
        "Senior adviser Ada Okafor said the harbour bridge was safe.",
        "Ada Okafor, an aide to the mayor, said the harbour bridge was safe.",
    ) == [("Okafor", ["Senior adviser Ada Okafor", "Ada Okafor, an aide to the mayor"])]
    assert (
        rows("Danish President Ada Okafor said the bridge was safe.", "President Ada Okafor said the bridge was safe.")
        == []
    )
