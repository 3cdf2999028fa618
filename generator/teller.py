"""One story: its files in, its pages out, and what the rest of the site needs of it.

Pure, and of nothing but its own files and what lies on the desk, so that stories may be told in any order, by any
number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace

from generator.compare import across
from generator.errors import OutputError, Problem, SourceError
from generator.gathered import to_compare
from generator.hooks import NO_HOOKS, Hooks
from generator.ingest import content
from generator.ingest.catalogues import catalogue_for
from generator.ingest.content import ALWAYS, Days, Library
from generator.ingest.shelves import Shelf
from generator.model import Config, Digest, NearDuplicate, Outlet, Page, Removed, Story, Tree
from generator.site import render
from generator.site.hands import Compare
from generator.site.plain import Navigation
from generator.site.summary import Summary
from generator.site.words import Words
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Desk:
    """What every story is told with."""

    sources: Tree
    """The content folder, what the seeds call for included."""
    removed: Mapping[str, tuple[Removed, ...]]
    """Article's path → what cleaning took out of its seed."""
    theme: Tree
    config: Config
    outlets: tuple[Outlet, ...]
    navigation: Navigation
    hooks: Hooks = NO_HOOKS
    keep_going: bool = False
    """Whether articles with problems are left out."""
    is_sound: bool = True
    """Whether nothing is wrong so far: with seeds, pages and outlets."""


Marks = tuple[tuple[str, bytes], ...]
"""Address and marks of every article of a story."""


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of one story: its pages, and what the rest of the site needs of it."""

    shelf: Shelf
    files: Mapping[str, bytes] = field(default_factory=dict)
    summary: Summary | None = None
    """None for a draft, or where there are problems."""
    marks: Marks = ()
    """By which its articles are found to be near to one of another story."""
    copies: tuple[NearDuplicate, ...] = ()
    """Which of the story's own articles are near-duplicates."""
    claims: tuple[tuple[str, str], ...] = ()
    """Path and seed of every article, drafts too."""
    problems: tuple[Problem, ...] = ()
    misfits: tuple[Problem, ...] = ()
    """What is wrong with the theme."""
    warnings: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()
    """What is wrong with articles that the story is told without, or with the story that is not told."""
    days: Days = ALWAYS
    """When it reads so, and what is left out until its day."""


Tell = Callable[[Shelf], Told]
Each = Callable[[Desk, Sequence[Shelf]], Iterable[Told]]
"""How to tell every story with what lies on a desk: one after the other (`in_turn`), or by several workers, each with a
`teller` of its own. The results come in the order of the shelves."""


def summaries(told: Iterable[Told]) -> tuple[Summary, ...]:
    """Return what is kept of the stories that are told, in their order."""
    return tuple(one.summary for one in told if one.summary)


def problems_of_story(desk: Desk, shelf: Shelf) -> tuple[Problem, ...]:
    """Return what is wrong with a story's files."""
    try:
        return content.read_story(desk.sources, shelf, desk.config).problems
    except SourceError as error:
        return error.problems


def teller(
    desk: Desk, show: render.Show = render.printed, compare: Compare | None = None, *, briefly: bool = False
) -> Tell:
    """Return what tells one story: reads its files, compares, and prints its pages.

    Problems of the sources are in what it returns.

    :param show: how its pages become bytes: at once, or when they are asked for.
    :param compare: who compares; `generator.compare.digest.digest_of`, if not given.
    :param briefly: whether nothing is compared although it is wanted, for who cannot wait.
    """
    templates = render.environment(desk.theme, desk.config)
    library, said = Library(outlets=desk.outlets), Words(catalogue_for(desk.theme, desk.config.language))
    is_compared = desk.config.compare_enabled and not briefly
    plan = _compared(desk, library, said, compare) if is_compared else _alone(desk, library, said)

    def tell(shelf: Shelf) -> Told:
        try:
            read = content.read_story(desk.sources, shelf, desk.config, keep_going=desk.keep_going)
        except SourceError as error:  # a file that cannot be read
            return Told(shelf, problems=error.problems)
        told = Told(
            shelf,
            claims=read.claims,
            problems=read.problems,
            warnings=read.warnings,
            left_out=read.left_out,
            days=read.days,
        )
        if read.problems or not read.story:
            return told
        try:
            planned = plan(to_compare(read.story, desk.removed, desk.hooks, desk.outlets))
            shown = [kept for page in planned.pages if (kept := desk.hooks.before_render(page))]
            files = show(shown, templates)
        except SourceError as error:
            return replace(told, misfits=error.problems)
        summary = planned.summary
        if len(shown) < len(planned.pages):
            there = {page.path for page in shown}
            summary = replace(summary, pages=tuple(place for place in summary.pages if place[0] in there))
        warnings = (*read.warnings, *planned.warnings)
        return replace(
            told, files=files, summary=summary, marks=planned.marks, copies=planned.copies, warnings=warnings
        )

    return tell


@dataclass(frozen=True, slots=True)
class _Planned:
    """A story's pages before they are rendered, and what else becomes of it."""

    pages: tuple[Page, ...]
    summary: Summary
    marks: Marks = ()
    copies: tuple[NearDuplicate, ...] = ()
    warnings: tuple[Problem, ...] = ()


def _compared(desk: Desk, library: Library, said: Words, compare: Compare | None) -> Callable[[Story], _Planned]:
    """Return what lays a story's tellings side by side. What that takes is imported only where and when it is done."""
    if compare:
        digest_of = compare
    else:
        from generator.compare.digest import digest_of

    def plan(story: Story) -> _Planned:
        digest = digested(story, desk.config, desk.hooks, digest_of)
        from generator.compare.duplicates import near_duplicates_within
        from generator.compare.marks import marks
        from generator.site.compared import plan_story

        planned, summary = plan_story(digest, library, desk.config, desk.navigation, said)
        texts = {f"{digest.story.slug}/{w.article.slug}": w.text for w in digest.witnesses}
        return _Planned(
            planned,
            summary,
            tuple((address, marks(text)) for address, text in texts.items()),
            across.named(tuple(texts), near_duplicates_within(tuple(texts.values()))),
            tuple(Problem(s.path, s.line, s.column, s.message) for s in digest.stale),
        )

    return plan


def _alone(desk: Desk, library: Library, said: Words) -> Callable[[Story], _Planned]:
    """Return what prints a story's tellings as they are."""
    from generator.site.alone import story_of

    return lambda story: _Planned(*story_of(story, library, desk.config, desk.navigation, said))


def digested(story: Story, config: Config, hooks: Hooks, compare: Compare) -> Digest:
    """Return a story compared, as the project's own functions leave it, its promises held."""
    digest = hooks.after_compare(compare(story, config.near_duplicate))
    _promise(digest)
    return digest


def _promise(digest: Digest) -> None:
    """Refuse a comparison that would print a word that is in no source, or lose a sentence."""
    for witness in digest.witnesses:
        for segment in witness.segments:
            if witness.text[segment.start : segment.end] != segment.text:
                raise OutputError(f"{digest.story.slug}: sentence {segment.id} is not verbatim from its article")
    told = sorted([segment.id for witness in digest.witnesses for segment in witness.segments])
    placed = sorted([sentence for passage in digest.passages for sentence in passage.sentences])
    if told != placed:
        raise OutputError(f"{digest.story.slug}: not every sentence stands in exactly one passage")


def in_turn(desk: Desk, shelves: Iterable[Shelf]) -> Iterable[Told]:
    """Tell every story, one after the other."""
    return map(teller(desk), shelves)
