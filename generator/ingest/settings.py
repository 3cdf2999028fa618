"""Every setting of `ssg.yml`, in one table: how it is read, what it is without being said, what it is for.

The configuration, its overrides from the environment and the command line, the JSON Schema for editors and the
reference in the documents are all made from this table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from generator.ingest.fields import RIGHTS, Fields
from generator.model import ENGINES, Config
from generator.values import dataclass

#: Keys of a theme's own `theme.yml`.
THEME_KEYS = ("name", "extends", "description", "author", "license", "version")

Kind = Literal[
    "text",
    "language",
    "address",
    "theme",
    "folder",
    "rights",
    "flag",
    "integer",
    "fraction",
    "engine",
    "day",
    "outlets",
]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the configuration."""

    key: str
    """As written, its section before a full stop: `feeds.items`."""
    field: str
    """Name of the value in `generator.model.Config`."""
    kind: Kind
    about: str
    low: int = 0
    high: int = 0
    """Of an integer."""

    @property
    def section(self) -> str:
        """The outer key; empty for a key of the first level."""
        return self.key.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The key within its section."""
        return self.key.rpartition(".")[2]

    @property
    def variable(self) -> str:
        """Name of the environment variable that overrides it."""
        return "SSG_" + self.key.upper().replace(".", "_")

    @property
    def default(self) -> object:
        """Its value where nobody states one."""
        return getattr(Config(), self.field)


SETTINGS: tuple[Setting, ...] = (
    Setting("title", "title", "text", "What the site is called."),
    Setting("description", "description", "text", "What it is about, in a sentence."),
    Setting("base_url", "base_url", "address", "Where it will be published; feeds and the sitemap need it."),
    Setting("language", "language", "language", "Language of the site's own pages."),
    Setting("theme", "theme", "theme", "A folder in themes/, or the theme that comes with the program."),
    Setting("output", "output", "folder", "The folder that `ssg build` writes."),
    Setting("outlets", "outlets", "outlets", "News houses, by a key each; content/outlets/ does the same."),
    Setting("rights", "rights", "rights", "How much of an article may be reprinted where it does not say so itself."),
    Setting("noindex", "noindex", "flag", "Ask search engines to leave reprinted articles out."),
    Setting("paginate", "paginate", "integer", "Entries on one page of a list.", 1, 10_000),
    Setting("drafts", "drafts", "flag", "Build drafts, too."),
    Setting("future", "future", "flag", "Build what is dated in the future, too."),
    Setting("today", "as_of", "day", "The day that the future begins after; empty: the machine's, in UTC."),
    Setting(
        "compare.enabled",
        "compare_enabled",
        "flag",
        "Compare a story's tellings; off: a site of their texts and lists.",
    ),
    Setting(
        *(
            "compare.pairs_per_story",
            "pairs_per_story",
            "integer",
            "Pair pages for a story at most: each telling's nearest ones; 0: all.",
            0,
            1_000_000,
        )
    ),
    Setting(
        "compare.sentence_pairs",
        "sentence_pairs",
        "integer",
        "Pairs of sentences that are compared in one story at most; 0: any number.",
        0,
        1_000_000_000,
    ),
    Setting(
        *("compare.near_duplicate", "near_duplicate", "fraction"),
        "Share of common word sequences from which two articles are called near-duplicates.",
    ),
    Setting("group.enabled", "group_enabled", "flag", "Group articles outside a story's folder by their texts."),
    Setting("group.days", "group_days", "integer", "How many days apart they may be dated.", 0, 36_500),
    Setting("search.enabled", "search_enabled", "flag", "The site's search."),
    Setting("feeds.enabled", "feeds_enabled", "flag", "Atom and JSON feeds; they need base_url."),
    Setting("feeds.items", "feed_items", "integer", "How many stories they hold.", 1, 10_000),
    Setting("embed.enabled", "embed_enabled", "flag", "Pages to embed in other sites."),
    Setting("embed.pairs", "embed_pairs", "flag", "Whether each pair has a page to embed, too."),
    Setting("embed.fragments", "embed_fragments", "flag", "The same parts as pieces of HTML, for includes."),
    Setting("cards.enabled", "cards_enabled", "flag", "A picture of each story, shown beside links to it elsewhere."),
    Setting(
        "check.page_kb",
        "check_page_kb",
        "integer",
        "Largest page in KB that `ssg check` lets pass; 0: any.",
        0,
        1_000_000,
    ),
    Setting("check.picture_kb", "check_picture_kb", "integer", "Largest picture in KB; 0: any.", 0, 1_000_000),
    Setting("check.site_mb", "check_site_mb", "integer", "Largest site in MB; 0: any.", 0, 1_000_000),
    Setting("build.jobs", "jobs", "integer", "Worker processes; 0: as many as there are processors.", 0, 1024),
    Setting(
        *("build.engine", "engine", "engine"),
        "Who tells the stories: auto, processes, here (this process alone), or dask (a cluster).",
    ),
    Setting(
        "build.story_seconds",
        "story_seconds",
        "integer",
        "Seconds of the processor that one story may take; 0: any number.",
        0,
        1_000_000,
    ),
    Setting("build.scheduler", "scheduler", "text", "Address of the Dask cluster's scheduler; empty: one is started."),
)

#: Section → its keys.
SECTIONS: dict[str, tuple[str, ...]] = {
    section: tuple(setting.name for setting in SETTINGS if setting.section == section)
    for section in dict.fromkeys(setting.section for setting in SETTINGS)
    if section
}
#: The keys of the first level.
KEYS: tuple[str, ...] = (*(setting.key for setting in SETTINGS if not setting.section), *SECTIONS)
BY_KEY = {setting.key: setting for setting in SETTINGS}

#: Folders that hold the project's sources: a build must never write there.
SOURCE_FOLDERS = frozenset({"seeds", "content", "themes", "generator", "tests", ".git", "."})


def value(setting: Setting, fields: Fields) -> object:
    """Return a setting as `fields` state it, the default where they do not; what is wrong is noted in `fields`."""
    return _READERS[setting.kind](setting, fields)


def base_url(text: str) -> str:
    """Return an address of a site's root with exactly one slash at its end; empty stays empty."""
    return text.rstrip("/") + "/" if text else ""


def _base_url(setting: Setting, fields: Fields) -> str:
    url = fields.url(setting.name)
    if "?" in url or "#" in url:
        fields.note(setting.name, "expected an address without ? and #")
    return base_url(url)


def _theme(setting: Setting, fields: Fields) -> str:
    default = str(setting.default)
    name = fields.text(setting.name, default)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        fields.note(setting.name, f"expected the name of a folder in themes/, found {name!r}")
        return default
    return name


def _folder(setting: Setting, fields: Fields) -> str:
    default = str(setting.default)
    path = fields.relative_path(setting.name, default).rstrip("/")
    if path.split("/", 1)[0] in SOURCE_FOLDERS:
        fields.note(setting.name, f"{path!r} holds sources, a build would overwrite them – name another folder")
        return default
    return path


def _rights(setting: Setting, fields: Fields) -> str:
    return fields.choice(setting.name, str(setting.default), RIGHTS)


def _engine(setting: Setting, fields: Fields) -> str:
    return fields.choice(setting.name, str(setting.default), ENGINES)


def _integer(setting: Setting, fields: Fields) -> int:
    default = setting.default
    return fields.integer(setting.name, default if isinstance(default, int) else 0, setting.low, setting.high)


def _fraction(setting: Setting, fields: Fields) -> float:
    default = setting.default
    return fields.fraction(setting.name, default if isinstance(default, float) else 0.0)


_READERS: dict[Kind, Callable[[Setting, Fields], object]] = {
    "text": lambda setting, fields: fields.text(setting.name, str(setting.default)),
    "language": lambda setting, fields: fields.language(setting.name, str(setting.default)),
    "address": _base_url,
    "theme": _theme,
    "folder": _folder,
    "rights": _rights,
    "engine": _engine,
    "day": lambda setting, fields: fields.date(setting.name)[:10],
    "flag": lambda setting, fields: fields.flag(setting.name, bool(setting.default)),
    "integer": _integer,
    "fraction": _fraction,
}
