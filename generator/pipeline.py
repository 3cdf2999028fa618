"""The whole path, in order: sources and a theme in, a site out.

Pure: two builds of the same sources, in whatever order they are listed, give the same bytes. Texts stream through it
story by story: of each only its pages and a `Summary` remain, and from the summaries come all other pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain

from generator.compare.across import Remember, from_nothing
from generator.copies import near_duplicates
from generator.errors import Problem, SourceError
from generator.gathered import Gathered
from generator.hooks import NO_HOOKS, Hooks
from generator.ingest import content, outlets
from generator.ingest.catalogues import catalogue_for
from generator.ingest.content import Library
from generator.ingest.planned import IngestPlan
from generator.ingest.recall import Recall, afresh
from generator.ingest.shelves import Shelves, story_of, without
from generator.ingest.trees import Overlaid
from generator.model import Config, Page, Tree
from generator.prepared import navigation, outlets_of, prepared
from generator.site import collisions, plain, render
from generator.site.hands import NOBODY, Hands
from generator.site.summary import Summary
from generator.site.words import Words
from generator.teller import Desk, Each, Told, in_turn, problems_of_story, summaries
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """A finished build, not yet on any disk."""

    files: Mapping[str, bytes]
    """Everything below the output folder, but for what `each` has kept to itself."""
    ingest: IngestPlan
    summaries: tuple[Summary, ...]
    """By slug."""
    warnings: tuple[Problem, ...]
    left_out: tuple[Problem, ...] = ()
    """What is wrong with the sources that the site was built without."""
    later: tuple[tuple[str, str], ...] = ()
    """Path and day of what is left out until then."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A site half built: every story is told; the pages that belong to no single one are still to be made."""

    desk: Desk
    told: tuple[Told, ...]
    """By slug of the story."""
    library: Library
    ingest: IngestPlan
    left_out: tuple[Problem, ...] = ()
    hands: Hands = NOBODY

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """What is kept of the stories, by slug."""
        return summaries(self.told)

    @property
    def later(self) -> tuple[tuple[str, str], ...]:
        """Path and day of what is left out until then, sorted."""
        return tuple(sorted(chain.from_iterable(one.days.later for one in self.told)))

    def is_well(self, sources: Tree, changed: Collection[str]) -> bool:
        """Return whether an edit of *changed* leaves files for what they are, and nothing is wrong in these.

        A quick look at these files alone: that all is well with the rest as it is now, a build must tell.
        """
        desk = replace(self.desk, sources=sources)
        places = {path: one.shelf for one in self.told for path in one.shelf.paths}
        pages = {page.path for page in self.library.pages}
        if not all(path in sources and (path in places or path in pages) for path in changed):
            return False
        shelves = {path: places[path] for path in changed if path in places}
        texts = Shelves((), (), tuple(path for path in changed if path in pages), ())
        return (
            not any(
                path in shelf.articles and story_of(path, sources[path]) != shelf.story
                for path, shelf in shelves.items()
            )
            and not any(problems_of_story(desk, shelf) for shelf in shelves.values())
            and not content.read_rest(sources, texts, desk.config)[1]
        )

    def followed(
        self, sources: Tree, changed: Collection[str], recall: Recall = afresh
    ) -> tuple[Tree, Collection[str]]:
        """Return *sources* with what an edit of captures calls for, and the content files that are other then.

        Both as they are given, where no captures have been edited, or a quick look at them does not do.
        """
        if not changed or not all(path.startswith("seeds/") for path in changed):
            return sources, changed
        from generator.ingest.plan import follow_up

        writes = follow_up(sources, self.ingest.seeds, changed, self.desk.config.rights, recall)
        return (Overlaid(writes, sources), writes.keys()) if writes else (sources, changed)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful in the sources."""
        return tuple(sorted({*self.ingest.warnings, *(warning for one in self.told for warning in one.warnings)}))


def build(
    sources: Tree,
    theme: Tree,
    config: Config,
    each: Each = in_turn,
    hooks: Hooks = NO_HOOKS,
    remember: Remember = from_nothing,
    *,
    keep_going: bool = False,
    hands: Hands = NOBODY,
    gathered: Gathered | None = None,
) -> Site:
    """Return the site that *sources* describe, and the content files that their seeds call for.

    :param sources: `seeds/…` and `content/…`.
    :param theme: `templates/…`, `static/…`; themes that extend one another already laid over each other.
    :param each: how to tell the stories.
    :param hooks: what the project does of its own between the stages.
    :param remember: how to find what is alike in different stories.
    :param keep_going: whether to build without the articles, stories, pages and outlets that have problems.
    :param hands: who reads the editor's texts, and compares the example.
    :param gathered: what `generator.gathered.gather` makes of the sources, where somebody has asked it already.
    :raises SourceError: with every problem found in the sources, the theme included, but for those that were left out.
    :raises OutputError: if a promise about the output is broken, which is a fault of the program.
    """
    half = compared(sources, theme, config, each, hooks, keep_going=keep_going, hands=hands, gathered=gathered)
    shown = sitewide_pages(half, remember)
    others = render.site(shown, theme, half.desk.config)
    files = {**others, **dict(chain.from_iterable(t.files.items() for t in half.told))}
    files |= hooks.after_build(names(half, files))
    return Site(dict(sorted(files.items())), half.ingest, half.summaries, half.warnings, half.left_out, half.later)


def compared(
    sources: Tree,
    theme: Tree,
    config: Config,
    each: Each = in_turn,
    hooks: Hooks = NO_HOOKS,
    *,
    keep_going: bool = False,
    hands: Hands = NOBODY,
    recall: Recall = afresh,
    gathered: Gathered | None = None,
) -> Compared:
    """Return the first half of a build: what the seeds call for, and every story told. Raises as `build` does.

    :param recall: calls whatever looks at a single seed, or at its article.
    """
    ready = prepared(
        sources, theme, config, hooks, keep_going=keep_going, hands=hands, recall=recall, gathered=gathered
    )
    desk, known, ingested = ready.desk, ready.library, ready.ingest
    told, left_out = _all_told(desk, ready.shelves, each, ready.problems)
    if wanting := _wanting(known, told, ingested, hands) if left_out else ():
        left_out = tuple(sorted({*left_out, *wanting}))
        bad = {problem.path for problem in wanting}
        known = replace(known, pages=tuple(page for page in known.pages if page.path not in bad))
        links = navigation(known, theme, config)
        if links != desk.navigation:
            desk = replace(desk, navigation=links)
            told = list(each(desk, [one.shelf for one in told]))
    library = replace(known, outlets=outlets_of(desk, told), left_out=_files_of(left_out, told, ingested))
    told = _renamed(desk, told, library, each)
    if left_out and not (any(one.summary for one in told) or known.pages):
        raise SourceError(left_out)
    return Compared(desk, tuple(told), library, ingested, left_out, hands)


def sitewide_pages(half: Compared, remember: Remember = from_nothing, *, copies_too: bool = True) -> tuple[Page, ...]:
    """Return the pages that belong to no single story, as they are to be rendered. Raises as `build` does.

    :param copies_too: whether to look for near-duplicates, of which `stories.json` alone tells.
    """
    from generator.site import pages  # not for an edit that no list shows

    desk = half.desk
    said = Words(catalogue_for(desk.theme, desk.config.language))
    near = near_duplicates(desk, half.told, remember) if copies_too and desk.config.compare_enabled else ()
    try:
        planned = pages.plan_site(half.summaries, half.library, desk.config, near, said, half.hands)
    except SourceError as error:
        raise SourceError((*error.problems, *half.left_out)) from None
    shown = tuple(kept for page in planned if (kept := desk.hooks.before_render(page)))
    _refuse_collisions(half, shown)
    return shown


def _refuse_collisions(half: Compared, shown: Iterable[Page]) -> None:
    """Make sure that no two files of the site want one place. Only where two do the aliases are read once more."""
    desk = half.desk
    found = collisions.problems(
        (
            *((page.path, page.made_from) for page in shown),
            *((path, ()) for path in desk.theme if path.startswith(render.STATIC)),
            *collisions.of_stories(half.summaries),
        ),
        lru_cache(partial(content.alias_lines, desk.sources)),
    )
    if found:
        raise SourceError((*found, *half.left_out))


def sitewide_page(half: Compared, path: str) -> Page | None:
    """Return the page that belongs to no single story and is shown to readers at *path*: see `sitewide_pages`.

    For who cannot wait for the others; whether two would have this address is not looked at.
    """
    from generator.site import pages

    desk = half.desk
    said = Words(catalogue_for(desk.theme, desk.config.language))
    found = pages.plan_one(path, half.summaries, half.library, desk.config, said)
    return desk.hooks.before_render(found) if found else None


def names(half: Compared, others: Iterable[str]) -> tuple[str, ...]:
    """Return the paths of all files of the stories and of *others*, sorted."""
    return tuple(sorted({*others, *(path for summary in half.summaries for path, _ in summary.pages)}))


# ---------------------------------------------------------------------------- all stories


def _all_told(
    desk: Desk, shelves: Shelves, each: Each, problems: Sequence[Problem]
) -> tuple[list[Told], tuple[Problem, ...]]:
    """Tell every story, and return what was left out of them.

    What is wrong with seeds and with content is told in one go, then what is with the theme.
    """
    told = list(each(desk, shelves.stories))
    twice = content.claimed_twice(claim for one in told for claim in one.claims)
    found = {*problems, *twice, *chain.from_iterable((*one.problems, *one.left_out) for one in told)}
    if found and not desk.keep_going:
        raise SourceError(found)
    told = _without(desk, told, {problem.path for problem in twice}, each)
    misfits = next((one.misfits for one in told if one.misfits), ())
    if misfits:
        raise SourceError(misfits)
    return told, tuple(sorted(found))


def _wanting(known: Library, told: Iterable[Told], ingested: IngestPlan, hands: Hands) -> list[Problem]:
    """Return what is wrong with pages that quote what was left out of the stories."""
    lacking = {one.shelf.story: one.summary for one in told if one.left_out or one.problems or one.shelf.aside}
    stories = {one.shelf.story for one in told}
    lacking |= {story: None for story, _ in ingested.awaited if story and story not in stories}
    return plain.wanting(known.pages, lacking, hands.read)


def _without(desk: Desk, told: list[Told], paths: Set[str], each: Each) -> list[Told]:
    """Tell the stories again that have articles at *paths*, without these."""
    fewer = {one.shelf: without(one.shelf, paths) for one in told if not paths.isdisjoint(one.shelf.articles)}
    if not fewer:
        return told
    again = dict(zip(fewer, each(desk, list(fewer.values())), strict=True))
    return [again.get(one.shelf, one) for one in told]


def _files_of(left_out: Iterable[Problem], told: Iterable[Told], ingested: IngestPlan) -> frozenset[str]:
    """Return the content files that the site was built without: those of a story that was not told all belong to it."""
    untold = (one.shelf.paths for one in told if (one.left_out or one.problems) and not one.summary)
    named = (problem.path for problem in left_out if problem.path.startswith("content/"))
    return frozenset((*named, *ingested.aside, *chain.from_iterable(untold)))


def _renamed(desk: Desk, told: list[Told], library: Library, each: Each) -> list[Told]:
    """Tell again the stories that spell an outlet which nobody describes otherwise than others do: it has one name."""
    names = {outlet.slug: outlet.name for outlet in library.outlets}
    stated = {article.outlet for one in told if one.summary for article in one.summary.articles}
    known = {name: outlet for name in stated if (outlet := outlets.find(name, desk.outlets))}
    others = {name for name, outlet in known.items() if names[outlet.slug] != outlet.name}
    if not others:
        return told
    odd = [one.shelf for one in told if one.summary and any(a.outlet in others for a in one.summary.articles)]
    again = {one.shelf: one for one in each(replace(desk, outlets=library.outlets), odd)}
    return [again.get(one.shelf, one) for one in told]
