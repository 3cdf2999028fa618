"""Lists of stories over as many pages as they need: all, those of a tag, those of a month; the months themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from generator.ingest.slugs import slugify
from generator.model import Page
from generator.site import links, words
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.model import Config
    from generator.site.summary import Summary
    from generator.site.words import Words


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the archive; the undated stories have one of their own, without a date."""

    key: str
    """`2031-03`; `undated`."""
    name: str
    page: str
    stories: tuple[Summary, ...]

    @property
    def count(self) -> int:
        """How many stories it has."""
        return len(self.stories)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the archive, its latest month first."""

    name: str
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag; tags that differ only in case or punctuation are one."""

    slug: str
    name: str
    stories: tuple[Summary, ...]

    @property
    def page(self) -> str:
        """Its file."""
        return f"tags/{self.slug}/index.html"


def paged(
    folder: str,
    template: str,
    heading: str,
    stories: Sequence[Summary],
    config: Config,
    said: Words,
    values: Mapping[str, object],
    only: Set[str] = frozenset(),
) -> Iterator[Page]:
    """Yield the pages of a list below *folder*, `paginate` stories each, every one leading to its neighbours.

    :param only: stories; if there are any, no more pages are made than show these.
    """
    size = config.paginate if config.paginate > 0 else max(len(stories), 1)
    chunks = [stories[at : at + size] for at in range(0, len(stories), size)] or [()]
    paths = [f"{folder}/index.html", *(f"{folder}/page/{n}/index.html" for n in range(2, len(chunks) + 1))]
    for at, chunk in enumerate(chunks):
        if only and only.isdisjoint([summary.slug for summary in chunk]):
            continue
        title = said.gettext("%(heading)s, page %(n)s", heading=heading, n=at + 1) if at else heading
        turned = {
            "entries": tuple(summary.entry for summary in chunk),
            "total": len(stories),
            "previous": paths[at - 1] if at else "",
            "following": paths[at + 1] if at + 1 < len(paths) else "",
            "section": "stories",
        }
        made_from = tuple(dict.fromkeys(path for summary in chunk for path in summary.sources))
        later = {"introduction": ""} if at else {}
        yield Page(paths[at], template, title, {**values, **turned, **later}, made_from=made_from)


# ---------------------------------------------------------------------------- tags


def tags(summaries: Iterable[Summary]) -> tuple[Tag, ...]:
    """Return all tags by slug, each with its stories in the order given."""
    found: dict[str, tuple[str, dict[str, Summary]]] = {}
    for summary in summaries:
        for tag in summary.tags:
            found.setdefault(slugify(tag), (tag, {}))[1][summary.slug] = summary
    return tuple(Tag(slug, name, tuple(stories.values())) for slug, (name, stories) in sorted(found.items()))


def tag_pages(
    summaries: Sequence[Summary], config: Config, said: Words, only: Set[str] = frozenset()
) -> Iterator[Page]:
    """Yield every tag's pages, and the list of all tags; or *only* the lists that show these stories."""
    known = tags(summaries)
    for tag in known:
        yield from paged(
            f"tags/{tag.slug}",
            "tag.html",
            tag.name,
            tag.stories,
            config,
            said,
            {"tag": tag, "feed": f"tags/{tag.slug}/"},
            only,
        )
    if known and not only:
        yield Page(links.TAGS, "tags.html", said.gettext("Tags"), {"tags": known, "section": "stories"})


# ---------------------------------------------------------------------------- months


def months(summaries: Iterable[Summary], said: Words) -> tuple[Month, ...]:
    """Return the months in which stories are dated, the latest first; undated stories come last."""
    found: dict[str, list[Summary]] = {}
    for summary in summaries:
        found.setdefault(summary.date[:7] if words.is_date(summary.date) else "", []).append(summary)
    return tuple(
        Month(
            key or "undated",
            said.month(key) if key else said.gettext("Undated"),
            links.month_page(key or "undated"),
            tuple(stories),
        )
        for key, stories in sorted(found.items(), reverse=True)
    )


def archive_pages(
    summaries: Sequence[Summary], config: Config, said: Words, only: Set[str] = frozenset()
) -> Iterator[Page]:
    """Yield the archive: a page of all months, and each month's own; or *only* the lists that show these stories."""
    known = months(summaries, said)
    if not only:
        values = {"years": _years(known), "section": "stories"}
        yield Page(links.ARCHIVE, "archive.html", said.gettext("Archive"), values)
    for at, month in enumerate(known):
        beside = {
            "month": month,
            "later": known[at - 1] if at else None,
            "earlier": known[at + 1] if at + 1 < len(known) else None,
        }
        yield from paged(f"archive/{month.key}", "month.html", month.name, month.stories, config, said, beside, only)


def _years(known: Iterable[Month]) -> tuple[Year, ...]:
    found: dict[str, list[Month]] = {}
    for month in known:
        found.setdefault(month.key[:4] if month.key != "undated" else "", []).append(month)
    return tuple(Year(name, tuple(of_year)) for name, of_year in found.items())
