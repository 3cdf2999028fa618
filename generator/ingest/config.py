"""`ssg.yml` and what overrides it into a `Config`: every key optional, every mistake reported with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.errors import Problem, SourceError
from generator.ingest.fields import Fields
from generator.ingest.frontmatter import Header, load_yaml
from generator.ingest.outlets import outlet
from generator.ingest.settings import BY_KEY, KEYS, SECTIONS, SETTINGS, Setting, base_url, value
from generator.ingest.slugs import is_slug, slugify
from generator.ingest.suggest import did_you_mean, nearest
from generator.model import Config, Outlet
from generator.values import dataclass

__all__ = ["KEYS", "PATH", "SECTIONS", "Layer", "Settled", "base_url", "config", "environment", "settled", "stated"]

PATH = "ssg.yml"
#: Where a setting comes from that nobody has stated.
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Layer:
    """Settings from one place: the file, an environment variable, an option."""

    origin: str
    header: Header


@dataclass(frozen=True, slots=True)
class Settled:
    """A complete configuration, and where each setting comes from."""

    config: Config
    origins: Mapping[str, str]
    """Key → `ssg.yml:3`, `SSG_TITLE`, `--set title`, `default`."""


def config(text: str, path: str = PATH) -> Config:
    """Return the configuration that `text` (YAML) states, defaults for the rest.

    Raises `SourceError` with all problems: bad YAML, unknown keys, wrong types, values out of range.
    """
    return settled([stated(text, path)]).config


def stated(text: str, path: str = PATH) -> Layer:
    """Return what a configuration file states. Raises `SourceError` for what is no YAML."""
    return Layer(path, load_yaml(text.removeprefix("\ufeff"), path))


def environment(variables: Mapping[str, str]) -> list[Layer]:
    """Return what environment variables state: `SSG_TITLE`, `SSG_FEEDS_ITEMS`; an empty one states nothing."""
    return [
        assigned(setting.variable, setting.key, variables[setting.variable])
        for setting in SETTINGS
        if variables.get(setting.variable) and setting.kind != "outlets"
    ]


def mistyped(variables: Iterable[str]) -> list[Problem]:
    """Return a warning for each variable that looks like the name of a setting and is none."""
    known = [setting.variable for setting in SETTINGS]
    unknown = (name for name in sorted(variables) if name.startswith("SSG_") and name not in known)
    found = ((name, nearest(name.lower(), [k.lower() for k in known])) for name in unknown)
    return [
        Problem(name, 0, 0, f"an environment variable that sets nothing – did you mean {near.upper()}?")
        for name, near in found
        if near
    ]


def assigned(origin: str, key: str, text: str) -> Layer:
    """Return one setting as a layer of its own. Raises `SourceError` for a key that there is not."""
    if key not in BY_KEY or BY_KEY[key].kind == "outlets":
        known = [setting.key for setting in SETTINGS if setting.kind != "outlets"]
        raise SourceError([Problem(origin, 0, 0, f"{key}: unknown key{did_you_mean(key, known)}")])
    setting = BY_KEY[key]
    inner = Header({setting.name: text}, {})
    return Layer(origin, Header({setting.section: inner}, {}) if setting.section else inner)


def settled(layers: Sequence[Layer]) -> Settled:
    """Return the configuration that layers make, a later one before an earlier one.

    Raises `SourceError` with the problems of all layers.
    """
    values: dict[str, Any] = {}
    origins = {setting.key: DEFAULT for setting in SETTINGS}
    problems: list[Problem] = []
    for layer in layers:
        top = Fields(layer.header, layer.origin)
        top.refuse_unknown(KEYS)
        fields = {"": top, **{name: _section(top, name) for name in SECTIONS}}
        for setting in SETTINGS:
            within = fields[setting.section]
            if setting.name in within.header:
                values[setting.field] = _value(setting, within, problems)
                origins[setting.key] = _origin(layer, within, setting)
        problems += (problem for each in fields.values() for problem in each.problems)
    if problems:
        raise SourceError(problems)
    return Settled(Config(**values), origins)


def _section(top: Fields, name: str) -> Fields:
    fields = Fields(top.mapping(name), top.path, within=f"{name}.")
    fields.refuse_unknown(SECTIONS[name])
    return fields


def _value(setting: Setting, fields: Fields, problems: list[Problem]) -> object:
    if setting.kind != "outlets":
        return value(setting, fields)
    found, wrong = _outlets(fields.mapping(setting.name), fields.path)
    problems += wrong
    return found


def _origin(layer: Layer, fields: Fields, setting: Setting) -> str:
    line, _ = fields.header.place(setting.name)
    return f"{layer.origin}:{line}" if line else layer.origin


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
