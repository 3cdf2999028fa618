"""What the sources say before any page is thought of: which stories there are, and what stands beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from generator.errors import Problem, SourceError
from generator.ingest import content, outlets
from generator.ingest.content import Library
from generator.ingest.planned import IngestPlan
from generator.ingest.recall import Recall, afresh
from generator.ingest.shelves import Shelves
from generator.ingest.shelves import shelves as shelves_of
from generator.ingest.trees import AtOnce, Overlaid, bytes_or_error
from generator.model import Article, Config, Outlet, Removed, Story, Tree
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.hooks import Hooks


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is read of the sources, but for the stories' own files."""

    sources: Tree
    """The content folder, what the seeds call for included."""
    shelves: Shelves
    library: Library
    """All but the stories."""
    ingest: IngestPlan
    problems: tuple[Problem, ...]

    @property
    def removed(self) -> Mapping[str, tuple[Removed, ...]]:
        """Article's path → what cleaning took out of its seed."""
        return {path: self.ingest.removed[seed] for path, seed in self.ingest.seeds.items()}


def gather(sources: Tree, config: Config, *, keep_going: bool = False, recall: Recall = afresh) -> Gathered:
    """Return what is read of the sources before any story is.

    :param keep_going: whether to go on without what has problems.
    :param recall: calls whatever looks at a single seed, or at its article.
    :raises SourceError: for what nothing can be gathered from.
    """
    ingested = planned(sources, config, keep_going=keep_going, recall=recall)
    tree = Overlaid(ingested.writes, sources)
    shelves = shelves_of(tree, ingested.stories, ingested.aside, keep_going=keep_going).awaiting(ingested.awaited)
    known, problems = content.read_rest(tree, shelves, config)
    return Gathered(tree, shelves, known, ingested, (*ingested.problems, *problems))


def planned(sources: Tree, config: Config, *, keep_going: bool = False, recall: Recall = afresh) -> IngestPlan:
    """Return what the seeds among *sources* call for in the content folder, with what is wrong with them."""
    seeds = below(sources, "seeds/")
    if not seeds:
        return IngestPlan()
    from generator.compare.group import group
    from generator.ingest.plan import plan as plan_ingest

    texts = below(sources, "content/")
    return plan_ingest(
        seeds, texts, config, partial(group, days=config.group_days), keep_going=keep_going, recall=recall
    )


def ingest(sources: Tree, config: Config, recall: Recall = afresh) -> IngestPlan:
    """Return what the seeds among *sources* call for in the content folder.

    :param recall: calls whatever looks at a single seed, or at its article.
    :raises SourceError: with every problem of seeds and articles.
    """
    ingested = planned(sources, config, recall=recall)
    if ingested.problems:
        raise SourceError(ingested.problems)
    return ingested


def problems_of(sources: Tree, config: Config) -> tuple[Problem, ...]:
    """Return everything that keeps *sources* from being built, comparison and theme left aside."""
    ingested = planned(sources, config)
    problems = set(ingested.problems)
    try:
        content.read(Overlaid(ingested.writes, sources), config, ingested.awaited)
    except SourceError as error:
        problems.update(error.problems)
    return tuple(sorted(problems))


def below(sources: Tree, folder: str) -> Tree:
    """Return one folder's files as they are now; without any, nothing is read."""
    return AtOnce({path: bytes_or_error(sources, path) for path in sources if path.startswith(folder)})


def to_compare(
    story: Story, removed: Mapping[str, tuple[Removed, ...]], hooks: Hooks, known: Sequence[Outlet] = ()
) -> Story:
    """Return a story as it is compared: with what was taken out of its seeds, and as the project's hooks have it.

    :param known: the outlets that somebody describes; an article of one of these has its key, however it names it.
    """
    if any(article.path in removed for article in story.articles):
        story = replace(story, articles=tuple(replace(a, removed=removed.get(a.path, ())) for a in story.articles))
    return replace(story, articles=tuple(_of_house(hooks.after_ingest(a), known) for a in story.articles))


def _of_house(article: Article, known: Sequence[Outlet]) -> Article:
    found = outlets.find(article.outlet, known)
    return replace(article, outlet_key=found.slug) if found else article


def first_to_compare(found: Gathered, config: Config, hooks: Hooks) -> Story | None:
    """Return the first story as it is compared; None where there is none, or one with problems.

    :raises SourceError: if a file of it cannot be read.
    """
    for shelf in found.shelves.stories[:1]:
        read = content.read_story(found.sources, shelf, config)
        if read.story and not read.problems:
            return to_compare(read.story, found.removed, hooks, found.library.outlets)
    return None
