"""The whole path, in order: sources and a theme in, a site out.

Pure: two builds of the same sources, in whatever order they are listed, give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from generator.compare.digest import CONTAINED, digest_of
from generator.compare.group import group, near_duplicates
from generator.errors import OutputError, Problem, SourceError
from generator.ingest import content
from generator.ingest.content import Library
from generator.ingest.markdown import blocks
from generator.ingest.plan import IngestPlan
from generator.ingest.plan import plan as plan_ingest
from generator.model import Article, Config, Digest, NearDuplicate, Removed, Story, Tree
from generator.site import pages, render

Each = Callable[[Callable[[Story], Digest], Iterable[Story]], Iterable[Digest]]
"""How to compare every story: `map`, or a pool's `map`."""


@dataclass(frozen=True, slots=True)
class Site:
    """A finished build, not yet on any disk."""

    files: Mapping[str, bytes]
    """Everything below the output folder."""
    ingest: IngestPlan
    library: Library
    digests: tuple[Digest, ...]
    warnings: tuple[Problem, ...]


def build(sources: Tree, theme: Tree, config: Config, each: Each = map) -> Site:
    """Return the site that *sources* describe, and the content files that their seeds call for.

    :param sources: `seeds/…` and `content/…`.
    :param theme: `templates/…`, `static/…`; themes that extend one another already laid over each other.
    :param each: how to apply the comparison to the stories.
    :raises SourceError: with every problem found in the sources, the theme included.
    :raises OutputError: if a promise about the output is broken, which is a fault of the program.
    """
    ingested, library = _gathered(sources, config)
    digests = tuple(each(partial(_digest, config), library.stories))
    for digest in digests:
        _promise(digest)
    planned = pages.plan(digests, library, config, _near_duplicates(library, config))
    files = render.site(planned, theme, config)
    warnings = tuple(sorted({*ingested.warnings, *library.warnings}))
    return Site(dict(sorted(files.items())), ingested, library, digests, warnings)


def ingest(sources: Tree, config: Config) -> IngestPlan:
    """Return what the seeds among *sources* call for in the content folder.

    :raises SourceError: with every problem of seeds and articles.
    """
    planned = _planned(sources, config)
    if planned.problems:
        raise SourceError(planned.problems)
    return planned


def problems_of(sources: Tree, config: Config) -> tuple[Problem, ...]:
    """Return everything that keeps *sources* from being built, comparison and theme left aside."""
    try:
        _gathered(sources, config)
    except SourceError as error:
        return error.problems
    return ()


def _planned(sources: Tree, config: Config) -> IngestPlan:
    seeds, contents = _below(sources, "seeds/"), _below(sources, "content/")
    return plan_ingest(seeds, contents, config, partial(group, days=config.group_days))


def _gathered(sources: Tree, config: Config) -> tuple[IngestPlan, Library]:
    """Return the ingest and the library; what is wrong with seeds and with content is told in one go."""
    planned = _planned(sources, config)
    problems = list(planned.problems)
    library = Library()
    try:
        library = _library({**_below(sources, "content/"), **planned.writes}, planned, config)
    except SourceError as error:
        problems += error.problems
    if problems:
        raise SourceError(problems)
    return planned, library


def _below(sources: Tree, folder: str) -> Tree:
    return {path: data for path, data in sources.items() if path.startswith(folder)}


def _library(tree: Tree, ingested: IngestPlan, config: Config) -> Library:
    """Return the library, every article with what cleaning took out of its capture."""
    library = content.read(tree, config)
    stories = tuple(
        replace(story, articles=tuple(_with_removed(article, ingested.removed) for article in story.articles))
        for story in library.stories
    )
    return replace(library, stories=stories)


def _with_removed(article: Article, removed: Mapping[str, Sequence[Removed]]) -> Article:
    return replace(article, removed=tuple(removed.get(article.seed, ())))


def _digest(config: Config, story: Story) -> Digest:
    return digest_of(story, config.near_duplicate)


def _near_duplicates(library: Library, config: Config) -> tuple[NearDuplicate, ...]:
    """Return the near-duplicates of the whole site, across stories too, by address."""
    named = sorted(
        (f"{story.slug}/{article.slug}", "\n\n".join(block.text for block in blocks(article.body)))
        for story in library.stories
        for article in story.articles
    )
    found = near_duplicates([text for _, text in named])
    return tuple(
        NearDuplicate(named[one][0], named[two][0], jaccard, containment)
        for one, two, jaccard, containment in found
        if jaccard >= config.near_duplicate or containment >= CONTAINED
    )


def _promise(digest: Digest) -> None:
    """Refuse a comparison that would print a word that is in no source, or lose a sentence."""
    for witness in digest.witnesses:
        for segment in witness.segments:
            if witness.text[segment.start : segment.end] != segment.text:
                raise OutputError(f"{digest.story.slug}: sentence {segment.id} is not verbatim from its article")
    told = sorted(segment.id for witness in digest.witnesses for segment in witness.segments)
    placed = sorted(chain.from_iterable(passage.sentences for passage in digest.passages))
    if told != placed:
        raise OutputError(f"{digest.story.slug}: not every sentence stands in exactly one passage")
