"""What may stand in each kind of file, as a JSON Schema (draft 2020-12) that editors complete and check by.

Made from the same tables that the program reads by; `tests/test_schema.py` holds both to the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator.ingest import content, outlets, seeds
from generator.ingest.encodings import ENCODINGS
from generator.ingest.fields import RIGHTS
from generator.ingest.settings import KEYS, SECTIONS, SETTINGS, SOURCE_FOLDERS, THEME_KEYS, Setting
from generator.model import ENGINES

Schema = dict[str, Any]

_DATE = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$"
_TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}
_TEXTS: Schema = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_FLAG: Schema = {"enum": [True, False, "true", "false", "yes", "no", "on", "off", "", None]}


def _shaped(pattern: str) -> Schema:
    """Return the schema of a text of a certain shape, or nothing."""
    return {"anyOf": [{"type": "string", "pattern": pattern}, {"enum": ["", None]}]}


_ADDRESS = _shaped(r"^https?://[^\s/]\S*$")
_LANGUAGE = _shaped(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
#: Neither absolute, nor with a drive or a scheme, nor out of the folder.
_INSIDE = r"^(?![/\\])(?![A-Za-z][A-Za-z0-9+.-]*:)(?!(.*[/\\])?\.\.([/\\]|$))"
_PATH = _shaped(_INSIDE)
#: Below the site's root: no part of it is empty, `.` or `..`.
_PART = r"(?!\.{1,2}(/|$))[\w!$'()+,;=@~.-]+"
_FORMER: Schema = {**_shaped(rf"^/?{_PART}(/{_PART})*/?$"), "maxLength": 200}
_FORMERS: Schema = {"anyOf": [_FORMER, {"type": "array", "items": _FORMER}]}

#: Key of a header → what it may be, and what it is for.
HEADER_KEYS: Mapping[str, tuple[Schema, str]] = {
    "title": (_TEXT, "The title as printed."),
    "outlet": (_TEXT, "The news house: its key, its name or its host."),
    "story": (_TEXT, "The story that the article tells."),
    "date": (
        _shaped(_DATE),
        "Date of publication, as 2025-07-03 or 2025-07-03T14:05+02:00.",
    ),
    "updated": (
        _shaped(_DATE),
        "Date of the last change.",
    ),
    "source_url": (_ADDRESS, "Address of the original."),
    "via": (_TEXT, "The site that has republished it."),
    "encoding": (
        {"enum": [*sorted(ENCODINGS), "", None]},
        "The encoding that the capture was saved in, if it is none that can be seen.",
    ),
    "authors": (_TEXTS, "Who wrote it."),
    "language": (_LANGUAGE, "Language tag, as en or pt-BR."),
    "tags": (_TEXTS, "Subjects; each has a page."),
    "draft": (_FLAG, "Left out, unless drafts are built."),
    "rights": ({"enum": [*RIGHTS, "", None]}, "How much of the text may be reprinted."),
    "seed": (_TEXT, "The capture that it was made from."),
    "seed_sha256": (_TEXT, "That capture's hash."),
    "ingest_sha256": (_TEXT, "The file's own hash, by which the program knows that nobody has edited it."),
    "articles": (_TEXTS, "The articles in their order, by file name."),
    "aliases": (_FORMERS, "Former addresses below the site's root, like old/page/, that lead here."),
    "order": ({"type": ["integer", "null"]}, "The page's place among its neighbours, a number."),
    "group": (_TEXT, "The group of the section that the page belongs to."),
    "groups": (_TEXTS, "The section's groups of pages, in their order."),
    "name": (_TEXT, "The name as printed."),
    "homepage": (_ADDRESS, "Address of the home page."),
    "country": (_TEXT, "Country."),
    "colour": (
        _shaped(r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"),
        "Colour, as '#0a5c8d' in quotes.",
    ),
    "logo": (_PATH, "Path of a picture."),
    "extends": (_TEXT, "The theme that this one is laid over."),
    "description": (_TEXT, "What it is about, in a sentence."),
    "author": (_TEXT, "Who made it."),
    "license": (_TEXT, "Under which licence."),
    "version": (_TEXT, "Which version."),
}

#: Kind of file → its keys.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "article": content.ARTICLE_KEYS,
    "story": content.STORY_KEYS,
    "outlet": outlets.KEYS,
    "page": content.PAGE_KEYS,
    "section": content.SECTION_KEYS,
    "sidecar": seeds.SIDECAR_KEYS,
    "theme": THEME_KEYS,
}


def schema_of(kind: str) -> Schema:
    """Return the schema of `ssg` (the configuration) or of a kind of header in `HEADERS`."""
    properties = _settings() if kind == "ssg" else _header(HEADERS[kind])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ssg.yml" if kind == "ssg" else f"{kind} (Variorum)",
        **_object(properties),
    }


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": dict(properties)}


def _header(keys: Iterable[str]) -> dict[str, Schema]:
    return {key: {**HEADER_KEYS[key][0], "description": HEADER_KEYS[key][1]} for key in keys}


def _settings() -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for key in KEYS:
        inner = [setting for setting in SETTINGS if setting.section == key]
        if key in SECTIONS:
            found[key] = _object({setting.name: _setting(setting) for setting in inner})
        else:
            found[key] = next(_setting(setting) for setting in SETTINGS if setting.key == key)
    return found


def _setting(setting: Setting) -> Schema:
    said: Schema = {**_SHAPES.get(setting.kind, _TEXT), "description": setting.about}
    if setting.kind == "integer":
        said = {"type": "integer", "minimum": setting.low, "maximum": setting.high, "description": setting.about}
    if setting.kind != "outlets":
        said["default"] = setting.default
    return said


_SHAPES: Mapping[str, Schema] = {
    "language": _LANGUAGE,
    "address": _shaped(r"^https?://[^\s/?#][^\s?#]*$"),
    "theme": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
    "folder": _shaped(rf"{_INSIDE}(?!({'|'.join(re.escape(name) for name in sorted(SOURCE_FOLDERS))})(/|$))"),
    "rights": {"enum": list(RIGHTS)},
    "engine": {"enum": list(ENGINES)},
    "day": _shaped(r"^\d{4}-\d{2}-\d{2}"),
    "flag": _FLAG,
    "fraction": {"type": "number", "minimum": 0, "maximum": 1},
    "outlets": {
        "type": ["object", "null"],
        "propertyNames": {"pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"},
        "additionalProperties": _object(_header(outlets.KEYS)),
    },
}
