"""What stands at a former address, and leads to the page that has moved: no script, no help from a server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.model import Page

if TYPE_CHECKING:
    from generator.model import Story
    from generator.site.index import Index


def page(alias: str, target: str, title: str, source: str) -> Page:
    """Return the page at *alias*, a file below the site's root, which leads to the file *target*.

    :param source: the content file that claims the address.
    """
    return Page(alias, "moved.html", title, {"target": target}, noindex=True, made_from=(source,) if source else ())


def moved(story: Story, index: Index) -> Iterator[Page]:
    """Yield what leads from former addresses to a story and its tellings."""
    for alias in story.aliases:
        yield page(alias, index.page, index.title, story.path)
    for teller, witness in zip(index.tellers.values(), index.witnesses.values(), strict=True):
        for alias in witness.article.aliases:
            yield page(alias, teller.page, witness.article.title or index.title, witness.article.path)
