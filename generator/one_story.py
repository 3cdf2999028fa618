"""One story on its own, for who asks for no more: compared, or as an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.errors import Problem, SourceError
from generator.gathered import below, ingest, to_compare
from generator.hooks import NO_HOOKS, Hooks
from generator.ingest import content
from generator.ingest.catalogues import catalogue_for
from generator.ingest.suggest import did_you_mean
from generator.model import Config, Tree
from generator.site.words import Words
from generator.teller import digested

if TYPE_CHECKING:
    from generator.site.export import Form
    from generator.site.index import Index


def story_index(sources: Tree, theme: Tree, config: Config, slug: str, hooks: Hooks = NO_HOOKS) -> Index:
    """Return one story, compared, as its pages and its exports are made from it; what may not be printed is gone.

    :param slug: the story's, as its folder and its address name it.
    :raises SourceError: with every problem of the sources, or if there is no such story.
    """
    from generator.compare.digest import digest_of
    from generator.site.index import index_of
    from generator.site.rights import printable

    planned = ingest(sources, config)
    library = content.read({**below(sources, "content/"), **planned.writes}, config)
    story = next((story for story in library.stories if story.slug == slug), None)
    if story is None:
        hint = did_you_mean(slug, [story.slug for story in library.stories]) if library.stories else ""
        raise SourceError([Problem(f"content/stories/{slug}", 0, 0, f"there is no such story{hint}")])
    removed = {path: planned.removed[seed] for path, seed in planned.seeds.items()}
    story = to_compare(story, removed, hooks, library.outlets)
    digest = digested(story, config, hooks, digest_of)
    return index_of(printable(digest), library, config, Words(catalogue_for(theme, config.language)))


def export(sources: Tree, theme: Tree, config: Config, story: str, form: Form, hooks: Hooks = NO_HOOKS) -> str:
    """Return one story as text: `json`, `csv`, `tei` or `md`.

    :raises SourceError: as `story_index` does.
    :raises ValueError: for another format.
    """
    from generator.site.export import export as exported

    return exported(story_index(sources, theme, config, story, hooks), form, config)
