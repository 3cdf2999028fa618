"""Which articles of a site are largely the same text: within their stories, as these were told, and across them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain

from generator.compare import across
from generator.compare.across import Remember
from generator.ingest import content
from generator.ingest.shelves import Shelf
from generator.model import NearDuplicate
from generator.teller import Desk, Marks, Told


def near_duplicates(desk: Desk, told: Sequence[Told], remember: Remember) -> tuple[NearDuplicate, ...]:
    """Return the near-duplicates of the whole site, by address.

    :param remember: how to find what is alike in different stories.
    """
    shelves = {one.shelf.story: one.shelf for one in told}
    marks = {one.shelf.story: one.marks for one in told}
    return near_duplicates_by(desk, told, marks, shelves.__getitem__, remember)


def near_duplicates_by(
    desk: Desk,
    told: Iterable[Told],
    marks: Mapping[str, Marks],
    shelf_of: Callable[[str], Shelf],
    remember: Remember,
) -> tuple[NearDuplicate, ...]:
    """Return the near-duplicates within some stories, and those across all whose *marks* are given, by address.

    :param shelf_of: a story's files, by its name.
    """
    from generator.compare.duplicates import CONTAINMENT

    within = chain.from_iterable(one.copies for one in told)
    marked = tuple(sorted(chain.from_iterable(marks.values())))
    apart = remember(partial(across.found, marked, _texts(desk, shelf_of)))
    return tuple(
        pair
        for pair in sorted((*within, *apart.pairs), key=lambda pair: (pair.a, pair.b))
        if pair.jaccard >= desk.config.near_duplicate or pair.containment >= CONTAINMENT
    )


def _texts(desk: Desk, shelf_of: Callable[[str], Shelf]) -> Callable[[str], str]:
    """Return how the plain text of an article is had by its address: its story is read again, since none is held."""

    @lru_cache(maxsize=8)
    def of_story(name: str) -> dict[str, str]:
        from generator.compare.witness import plain_text

        story = content.read_story(desk.sources, shelf_of(name), desk.config, keep_going=desk.keep_going).story
        articles = map(desk.hooks.after_ingest, story.articles) if story else ()
        return {f"{name}/{article.slug}": plain_text(article) for article in articles}

    return lambda address: of_story(across.story_of(address)).get(address, "")
