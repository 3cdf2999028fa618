"""News houses: their keys, in a content file or the configuration, and whose an article is."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.ingest.addresses import host_of
from generator.ingest.slugs import slugify
from generator.model import Outlet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.ingest.fields import Fields

KEYS = ("name", "title", "homepage", "country", "language", "colour", "logo")


def outlet(fields: Fields, slug: str, *, path: str = "", description: str = "") -> Outlet:
    """Return the outlet that a header describes; what is wrong is noted in `fields`."""
    fields.refuse_unknown(KEYS)
    return Outlet(
        slug=slug,
        name=fields.text("name") or fields.text("title"),
        homepage=fields.url("homepage"),
        country=fields.text("country"),
        language=fields.language("language"),
        colour=fields.colour("colour"),
        logo=fields.relative_path("logo"),
        description=description,
        path=path,
    )


def merged(first: Sequence[Outlet], second: Sequence[Outlet]) -> tuple[Outlet, ...]:
    """Return both lists' outlets by slug, `first` winning key by key; a nameless outlet goes by its slug."""
    by_slug = {known.slug: known for known in second}
    for known in first:
        by_slug[known.slug] = _over(known, by_slug.get(known.slug, known))
    return tuple(replace(o, name=o.name or o.slug) for _, o in sorted(by_slug.items()))


def with_named(known: Sequence[Outlet], names: Iterable[str]) -> tuple[Outlet, ...]:
    """Return the known outlets and those that articles name besides, by slug."""
    found = {o.slug: o for o in known}
    for name in sorted(set(names)):
        named = find(name, known)
        if named:
            found.setdefault(named.slug, named)
    return tuple(o for _, o in sorted(found.items()))


def find(name: str, known: Sequence[Outlet]) -> Outlet | None:
    """Return the outlet that goes by `name`: by its slug, printed name or homepage's host; else a bare one.

    Nothing but the empty name has no outlet.
    """
    if not name:
        return None
    slug, folded, host = _forms(name)
    if not known:
        return Outlet(slug=slug, name=name)
    for test in (
        lambda o: o.slug == slug,
        lambda o: o.name.casefold() == folded,
        lambda o: bool(host) and host_of(o.homepage) == host,
    ):
        hits = [o for o in known if test(o)]
        if hits:
            return hits[0]
    return Outlet(slug=slug, name=name)


@lru_cache(maxsize=4096)
def _forms(name: str) -> tuple[str, str, str]:
    """Return the forms in which a name is looked for; outlets are few, and named by every article."""
    return slugify(name), name.casefold(), _host(name)


def _host(name: str) -> str:
    return host_of(name) or ("" if " " in name else host_of(f"https://{name}"))


def _over(upper: Outlet, lower: Outlet) -> Outlet:
    return Outlet(
        slug=upper.slug,
        name=upper.name or lower.name,
        homepage=upper.homepage or lower.homepage,
        country=upper.country or lower.country,
        language=upper.language or lower.language,
        colour=upper.colour or lower.colour,
        logo=upper.logo or lower.logo,
        description=upper.description or lower.description,
        path=upper.path or lower.path,
    )
