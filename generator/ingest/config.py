"""`ssg.yml` into a `Config`: every key optional, every mistake reported with its line."""

from __future__ import annotations

import re

from generator.errors import Problem, SourceError
from generator.ingest.fields import Fields
from generator.ingest.frontmatter import Header, load_yaml
from generator.ingest.outlets import outlet
from generator.ingest.slugs import is_slug, slugify
from generator.model import Config, Outlet

PATH = "ssg.yml"

#: Sections and their keys; `outlets` holds one mapping an outlet.
SECTIONS = {
    "compare": ("enabled", "pairs_per_story", "near_duplicate"),
    "group": ("enabled", "days"),
    "search": ("enabled",),
    "feeds": ("enabled", "items"),
    "embed": ("enabled",),
    "build": ("jobs", "engine"),
}
KEYS = (
    "title",
    "description",
    "base_url",
    "language",
    "theme",
    "output",
    "outlets",
    "rights",
    "noindex",
    "paginate",
    "drafts",
    *SECTIONS,
)

#: Folders that hold the project's sources: a build must never write there.
_SOURCES = frozenset({"seeds", "content", "themes", "generator", "tests", ".git", "."})


def config(text: str, path: str = PATH) -> Config:
    """Return the configuration that `text` (YAML) states, defaults for the rest.

    Raises `SourceError` with all problems: bad YAML, unknown keys, wrong types, values out of range.
    """
    top = Fields(load_yaml(text.removeprefix("\ufeff"), path), path)
    top.refuse_unknown(KEYS)
    sections = {name: _section(top, name) for name in SECTIONS}
    standard = Config()
    outlets, wrong = _outlets(top.mapping("outlets"), path)
    compare, group, feeds, build = (sections[name] for name in ("compare", "group", "feeds", "build"))
    made = Config(
        title=top.text("title", standard.title),
        description=top.text("description"),
        base_url=_base_url(top),
        language=top.language("language", standard.language),
        theme=_theme(top, standard.theme),
        output=_output(top, standard.output),
        outlets=outlets,
        rights=top.rights("rights", standard.rights),
        noindex=top.flag("noindex", standard.noindex),
        paginate=top.integer("paginate", standard.paginate, 1, 10_000),
        compare_enabled=compare.flag("enabled", standard.compare_enabled),
        pairs_per_story=compare.integer("pairs_per_story", standard.pairs_per_story, 0, 1_000_000),
        near_duplicate=compare.fraction("near_duplicate", standard.near_duplicate),
        group_enabled=group.flag("enabled", standard.group_enabled),
        group_days=group.integer("days", standard.group_days, 0, 36_500),
        search_enabled=sections["search"].flag("enabled", standard.search_enabled),
        feeds_enabled=feeds.flag("enabled", standard.feeds_enabled),
        feed_items=feeds.integer("items", standard.feed_items, 1, 10_000),
        embed_enabled=sections["embed"].flag("enabled", standard.embed_enabled),
        jobs=build.integer("jobs", standard.jobs, 0, 1024),
        engine=build.text("engine", standard.engine),
        drafts=top.flag("drafts", standard.drafts),
    )
    problems = [*top.problems, *wrong, *(p for section in sections.values() for p in section.problems)]
    if problems:
        raise SourceError(problems)
    return made


def base_url(text: str) -> str:
    """Return an address of a site's root with exactly one slash at its end; empty stays empty."""
    return text.rstrip("/") + "/" if text else ""


def _section(top: Fields, name: str) -> Fields:
    fields = Fields(top.mapping(name), top.path, within=f"{name}.")
    fields.refuse_unknown(SECTIONS[name])
    return fields


def _base_url(top: Fields) -> str:
    url = top.url("base_url")
    if "?" in url or "#" in url:
        top.note("base_url", "expected an address without ? and #")
    return base_url(url)


def _theme(top: Fields, default: str) -> str:
    name = top.text("theme", default)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        top.note("theme", f"expected the name of a folder in themes/, found {name!r}")
        return default
    return name


def _output(top: Fields, default: str) -> str:
    path = top.relative_path("output", default).rstrip("/")
    if path.split("/", 1)[0] in _SOURCES:
        top.note("output", f"{path!r} holds sources, a build would overwrite them – name another folder")
        return default
    return path


def _outlets(header: Header, path: str) -> tuple[tuple[Outlet, ...], list[Problem]]:
    problems: list[Problem] = []
    found = []
    outer = Fields(header, path, within="outlets.")
    for slug in header:
        if not is_slug(slug):
            outer.note(slug, f"expected a slug of a-z, 0-9 and hyphens – write {slugify(slug)!r}")
        fields = Fields(outer.mapping(slug), path, within=f"outlets.{slug}.")
        found.append(outlet(fields, slug))
        problems += fields.problems
    return tuple(found), problems + outer.problems
