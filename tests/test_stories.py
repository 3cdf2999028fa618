"""Which title and date a story takes from its articles."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.stories import content_words, date_of, folded, has_word, title_of
from generator.model import Article

HARBOUR = Article(slug="a", title="Harbour reopens after storm", body="The port was shut for days.")
FERRIES = Article(slug="b", title="Ferries sail again", body="The harbour reopens after the storm, and ferries sail.")
SILENT = Article(slug="c", body="A storm had closed the harbour, which now reopens.")


def test_the_title_that_the_others_bear_out() -> None:
    """The title whose words the other articles use most is taken, with its article."""
    title = title_of([HARBOUR, FERRIES, SILENT])
    assert (title.text, title.article) == ("Harbour reopens after storm", "a")


def test_the_order_of_articles_does_not_matter() -> None:
    """Every order of the articles gives the same title."""
    assert len({title_of(order) for order in permutations([HARBOUR, FERRIES, SILENT])}) == 1


def test_ties_go_to_the_shorter_title_then_to_the_alphabet() -> None:
    """Equally well borne out titles are told apart by length, then by letters."""
    articles = [
        Article(slug="a", title="Zebra alone"),
        Article(slug="b", title="Alpha alone"),
        Article(slug="c", title="Alphabet alone"),
    ]
    assert title_of(articles).text == "Alpha alone"


def test_a_title_that_quotes_comes_last() -> None:
    """A story is not named after what somebody said, if another title is stated."""
    quoting = Article(slug="d", title="‘A storm closed the harbour’: mayor", body="The harbour closed after a storm.")
    assert title_of([quoting, Article(slug="e", title="Town’s bad week", body="A storm, a harbour.")]).article == "e"
    assert title_of([quoting, SILENT]).article == "d"


@pytest.mark.parametrize(
    ("bodies", "title", "slug"),
    [
        (["Text.", "## A heading\n\nText.\n\n## Another\n"], "A heading", "1"),
        (["Text.", "More text."], "", ""),
        ([], "", ""),
    ],
)
def test_without_titles_the_first_heading(bodies: list[str], title: str, slug: str) -> None:
    """Where no article states a title the first heading stands in, or nothing."""
    found = title_of([Article(slug=str(i), body=body) for i, body in enumerate(bodies)])
    assert (found.text, found.article) == (title, slug)


def test_dates() -> None:
    """A story is as old as its oldest dated article."""
    articles = [Article(date="2025-07-04"), Article(), Article(date="2025-07-03T10:00+02:00")]
    assert date_of(articles) == "2025-07-03"
    assert date_of([Article()]) == ""


def test_content_words() -> None:
    """Long words count once, whatever their case, apostrophes and possessives."""
    assert content_words("Kyiv’s DIDN’T didn't kyiv the war") == {"kyiv", "didn't"}


@given(
    st.lists(st.sampled_from(["aaaa", "aaaa's", "aa'aa", "aaaab", "a_aaaa", " ", "'", "’s", "B"]), max_size=8).map(
        "".join
    ),
)
def test_whole_words_are_found(text: str) -> None:
    """A word stands in a text where it is one of its words, not a part of one."""
    for word in ("aaaa", "aa'aa", "aaaab", "aaaabb"):
        assert has_word(folded(text), word) == (word in content_words(text))
