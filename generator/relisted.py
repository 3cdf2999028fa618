"""The pages of a whole site that an edit of a few stories changes, without planning all the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from generator.compare.across import Remember
from generator.copies import near_duplicates, near_duplicates_by
from generator.ingest import outlets
from generator.ingest.catalogues import catalogue_for
from generator.model import Page
from generator.prepared import Prepared, outlets_of
from generator.site import relisted as lists
from generator.site.hands import NOBODY, Hands
from generator.site.outline import Outline, Outlined
from generator.site.summary import Summary
from generator.site.words import Words
from generator.teller import Marks, Told, summaries


def relisted(
    ready: Prepared, before: tuple[Told, ...], after: tuple[Told, ...], remember: Remember, hands: Hands = NOBODY
) -> tuple[Page, ...] | None:
    """Return which of the `sitewide_pages` are other than *before*, when stories were told so, and some that may be.

    None where that takes a look at all of them. Only for sites without hooks; raises as `build` does.

    :param before: every story; those that are told otherwise *after* have the same addresses, days and quotations.
    """
    desk = ready.desk
    library = replace(ready.library, outlets=outlets_of(desk, after))
    said = Words(catalogue_for(desk.theme, desk.config.language))
    old, new = ((summaries(told), near_duplicates(desk, told, remember)) for told in (before, after))
    return lists.relisted(old, new, library, desk.config, said, hands)


def relisted_in_part(
    ready: Prepared,
    before: Outline,
    told: Sequence[tuple[Told, Told]],
    told_of: Callable[[str], Told],
    marks: Mapping[str, Marks],
    index: Callable[[str], bytes],
    remember: Remember,
) -> tuple[tuple[Page, ...], Outline] | None:
    """Return what `relisted` does, and the outline of all stories as they are now, with a look at a few of them.

    None where that does not do: see `generator.site.relisted.in_part`. Raises as `build` does, and `ValueError` where
    it is found that what is kept of the stories is not what this is made for.

    :param before: outline of all stories as they were.
    :param told: stories as they were and as they are.
    :param told_of: any story, as it was.
    :param marks: those of all stories, as they were.
    :param index: path → file, of the search index as it was.
    """
    desk, now = ready.desk, {new.shelf.story: new for _, new in told}
    changed = {old.shelf.story: (old.summary, new.summary) for old, new in told if old.summary and new.summary}
    if len(changed) < len(told) or not all(lists.are_alike(old, new) for old, new in changed.values()):
        return None
    near = (
        near_duplicates_by(desk, [old for old, _ in told], marks, lambda story: told_of(story).shelf, remember),
        near_duplicates_by(
            desk,
            [new for _, new in told],
            {**marks, **{story: one.marks for story, one in now.items()}},
            lambda story: (now.get(story) or told_of(story)).shelf,
            remember,
        ),
    )
    if near[0] != near[1]:
        return None

    def read(slug: str) -> Summary:
        summary = (now.get(slug) or told_of(slug)).summary
        if not summary:
            raise ValueError(f"{slug} is not told")
        return summary

    stories = tuple(cast("Summary", Outlined(line, read)) for line in before.lines)
    after = before.amended(stories, changed)
    library = replace(ready.library, outlets=outlets.with_named(desk.outlets, before.named))
    said = Words(catalogue_for(desk.theme, desk.config.language))
    pages = lists.in_part(before, after, stories, changed, index, library, desk.config, said)
    return (pages, after) if pages is not None else None
