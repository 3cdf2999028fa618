"""Comparisons that earlier builds have made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import Article, Cited, Edits, Ruling, Story
from generator.shell.cache import Cache
from generator.shell.comparisons import Comparisons

if TYPE_CHECKING:
    from pathlib import Path

BODIES = (
    "“The quay is closed,” said Ada Stone. Some 300 people were moved.\n\n## What next\n\nIt opens *on Monday*.",
    "Ada Stone said the quay is shut. About 250 people were moved, police said. It opens on Monday.",
    "Der Kai ist gesperrt, sagte Ada Stone. Rund 300 Menschen wurden verlegt.",
)


def test_a_comparison_comes_back_whole(tmp_path: Path) -> None:
    """What is found of a comparison is what was made, to its last value, its story and sentences among it."""
    articles = tuple(Article(body=body, story="quay", slug=f"a{at}", outlet=f"O{at}") for at, body in enumerate(BODIES))
    story = Story("quay", "The quay", articles, path="content/stories/quay/_index.md", edits=_edits())
    compare = Comparisons(tmp_path, "program")
    (tmp_path / ".ssg").mkdir()
    made = compare(story, 0.5)
    taken = compare.taken()
    assert taken
    with Cache(tmp_path) as cache:
        cache.keep_comparison(taken.story, taken.key, taken.value)
        cache.amend({}, {})
    found = compare(story, 0.5)
    assert compare.taken() is None  # it was known
    assert found == made
    assert repr(found) == repr(made)


def _edits() -> Edits:
    named = (("a0", "It opens"), ("a1", "It opens"), ("a2", "of no telling"))
    cited = tuple(Cited(article, words, "content/stories/quay/_edits.yml", 3, 5) for article, words in named)
    return Edits((Ruling("together", cited[:2]), Ruling("apart", cited[1:])))
