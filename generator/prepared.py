"""What there is before the first story is told: what stories are told with, and which there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.errors import Problem
from generator.gathered import Gathered, gather
from generator.hooks import Hooks
from generator.ingest import outlets, shortcodes
from generator.ingest.catalogues import catalogue_for
from generator.ingest.content import Library
from generator.ingest.planned import IngestPlan
from generator.ingest.recall import Recall, afresh
from generator.ingest.shelves import Shelves
from generator.model import Config, Outlet, Tree
from generator.site import card_look, plain
from generator.site.hands import NOBODY, Hands
from generator.site.plain import Navigation
from generator.site.words import Words
from generator.teller import Desk, Told
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Prepared:
    """What there is before the first story is told."""

    desk: Desk
    shelves: Shelves
    library: Library
    """All but the stories."""
    ingest: IngestPlan
    problems: tuple[Problem, ...]


def prepared(
    sources: Tree,
    theme: Tree,
    config: Config,
    hooks: Hooks,
    *,
    keep_going: bool = False,
    hands: Hands = NOBODY,
    recall: Recall = afresh,
    gathered: Gathered | None = None,
) -> Prepared:
    """Return what stories are told with, and which there are.

    :param gathered: what `generator.gathered.gather` makes of the sources, where somebody has asked it already.
    """
    config = replace(config, cards_enabled=has_cards(theme, config))
    found = gathered or gather(sources, config, keep_going=keep_going, recall=recall)
    known = found.library
    hands.expect(page.body for page in known.pages)
    shelves = _asked(found.shelves, known, hands)
    desk = Desk(
        found.sources,
        found.removed,
        theme,
        config,
        known.outlets,
        navigation(known, theme, config),
        hooks,
        keep_going,
        not found.problems,
    )
    return Prepared(desk, shelves, known, found.ingest, found.problems)


def has_cards(theme: Tree, config: Config) -> bool:
    """Return whether stories have pictures: the configuration wants them, the theme says how, and there is a result."""
    return config.cards_enabled and config.compare_enabled and card_look.PATH in theme


def navigation(known: Library, theme: Tree, config: Config) -> Navigation:
    """Return what every page links to in its head and foot."""
    said = Words(catalogue_for(theme, config.language))
    return plain.navigation(known, said, explained=config.compare_enabled)


def _asked(shelves: Shelves, known: Library, hands: Hands) -> Shelves:
    """Return the shelves with a note of what pages quote of each story."""
    asked = shortcodes.asked(known.pages, hands.read)
    if not asked:
        return shelves
    return replace(shelves, stories=tuple(replace(one, asked=asked.get(one.story, ())) for one in shelves.stories))


def outlets_of(desk: Desk, told: Iterable[Told]) -> tuple[Outlet, ...]:
    """Return the outlets that somebody describes, and those that articles name besides."""
    names = (article.outlet for one in told if one.summary for article in one.summary.articles)
    return outlets.with_named(desk.outlets, names)
