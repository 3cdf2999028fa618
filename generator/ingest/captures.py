"""Plain text, Markdown, saved web pages and JSON: captures read for their text and for what they state."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import TypeAlias

from generator.errors import Problem, SourceError
from generator.ingest import frontmatter, html
from generator.ingest.cleaning import Cleaned, Line, clean, scrub
from generator.ingest.credits import Credits, credited
from generator.ingest.dates import iso_date
from generator.ingest.encodings import ENCODINGS
from generator.ingest.fields import Fields, is_date
from generator.ingest.frontmatter import Header, Value
from generator.ingest.limits import crowded_page, exceeded
from generator.ingest.markdown import blocks, escape, heading, one_line
from generator.ingest.structure import paragraphs, structure
from generator.ingest.suggest import did_you_mean
from generator.ingest.texts import decoded
from generator.model import Removed
from generator.values import dataclass

Values: TypeAlias = Mapping[str, "str | bool | tuple[str, ...]"]

#: What a value is called here → what captures of other programs call it.
ALIASES = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "site_name", "sitename", "publisher"),
    "date": ("date", "published", "date_published", "datePublished", "published_at", "pubdate"),
    "updated": ("updated", "modified", "date_modified", "dateModified", "updated_at"),
    "source_url": ("source_url", "url", "link", "canonical_url"),
    "authors": ("authors", "author", "byline"),
    "language": ("language", "lang"),
    "tags": ("tags", "keywords"),
    "story": ("story",),
    "rights": ("rights",),
    "via": ("via",),
    "draft": ("draft",),
}
_DATES = frozenset({*ALIASES["date"], *ALIASES["updated"]})
#: Where a JSON capture keeps its text.
TEXT_KEYS = ("text", "body", "content", "articleBody", "maintext")


@dataclass(frozen=True, slots=True)
class Draft:
    """A capture's text as Markdown, what it states, and what is wrong with it."""

    body: str = ""
    values: Values = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def draft(path: str, data: bytes, encoding: str = "", sidecar: str = "") -> Draft:
    """Return what a capture holds, by its file's ending (one of `READERS`); problems are in the result.

    *encoding* is what its *sidecar* states, one of `generator.ingest.encodings.ENCODINGS`.
    """
    ending = "." + path.rsplit(".", 1)[-1].lower()
    is_page = ending in (".html", ".htm")
    text = _page_text(data, path, sidecar) if is_page and not encoding else decoded(data, path, encoding, sidecar)
    if isinstance(text, Problem):
        return _damaged_page(path, data, text) if is_page and not encoding else Draft(errors=(text,))
    if not text.strip():
        return Draft(errors=(Problem(path, 0, 0, "an empty file – delete it, or take the capture anew"),))
    return READERS[ending](path, text)


def values(fields: Fields) -> Values:
    """Return what a header states, under our own names; what is wrong is noted in `fields`."""
    return {
        "title": one_line(fields.text("title")),
        "outlet": fields.text("outlet"),
        "date": fields.date("date"),
        "updated": fields.date("updated"),
        "source_url": fields.url("source_url"),
        "authors": fields.texts("authors"),
        "language": fields.language("language"),
        "tags": fields.texts("tags"),
        "story": fields.text("story"),
        "rights": fields.rights("rights", "full") if fields.text("rights") else "",
        "via": fields.text("via"),
        "draft": fields.flag("draft", False),
    }


# ---------------------------------------------------------------------------- plain text


def _text(path: str, text: str) -> Draft:
    if too_much := exceeded(text, path):
        return Draft(errors=too_much)
    cleaned = clean(paragraphs(scrub(text)))
    credits_ = credited(cleaned.kept)
    found = structure(credits_.kept)
    return Draft(found.body, _stated(cleaned, credits_, found.title), _all_removed(cleaned, credits_))


def _stated(cleaned: Cleaned, credits_: Credits, title: str) -> Values:
    return {
        "title": title,
        "outlet": credits_.outlet,
        "source_url": cleaned.source_url,
        "via": cleaned.via,
        "authors": credits_.authors,
        "date": credits_.date,
        "updated": credits_.updated,
    }


def _all_removed(cleaned: Cleaned, credits_: Credits) -> tuple[Removed, ...]:
    """Return what was taken out, in the order of the capture."""
    return tuple(sorted((*cleaned.removed, *credits_.removed), key=lambda removed: removed.line))


# ---------------------------------------------------------------------------- Markdown

#: Lines whose signs are Markdown's own, which cleaning must not take for stray ones.
_SYNTAX = re.compile(r"\s*(?:#|\||>|```|~~~|(?:[-*_=:|]\s*){2,}$)|(?: {4}|\t)")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def _markdown(path: str, text: str) -> Draft:
    try:
        header, body, first = frontmatter.parse(text, path)
    except SourceError as error:
        return Draft(errors=error.problems)
    if too_much := exceeded(body, path, first):
        return Draft(errors=too_much)
    fields, warnings = _aliased(header, path)
    stated = values(fields)
    lines = scrub(body).split("\n")
    cleaned = clean([Line(i + first, lines[i]) for i in _prose(lines)])
    is_titled = bool(stated["title"]) or any(line.startswith("# ") for line in lines)
    credits_ = credited(cleaned.kept, is_titled=is_titled)
    removed = _all_removed(cleaned, credits_)
    gone = {r.line for r in removed}
    rest = [line for i, line in enumerate(lines, first) if i not in gone]
    title, below = _first_heading(rest)
    merged = {key: stated[key] or other for key, other in _stated(cleaned, credits_, title).items()}
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(below)).strip("\n") + "\n"
    return Draft(body, {**stated, **merged}, removed, tuple(fields.problems), warnings)


def _prose(lines: Sequence[str]) -> list[int]:
    """Return the indices of lines outside fenced code that are not Markdown syntax."""
    found, fence = [], ""
    for i, line in enumerate(lines):
        sign = _FENCE.match(line)
        if sign and not fence:
            fence = sign.group(1)
        elif sign and sign.group(1) == fence:
            fence = ""
        elif not fence and not _SYNTAX.match(line):
            found.append(i)
    return found


def _first_heading(lines: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the text of a heading of level 1 that opens the text, and the lines without it."""
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if not lines or not lines[first].startswith("# "):
        return "", lines
    return blocks(lines[first])[0].text if blocks(lines[first]) else "", lines[first + 1 :]


def _aliased(header: Header, path: str) -> tuple[Fields, tuple[Problem, ...]]:
    """Return a header under our own names, and a warning for each key that has none."""
    names = {alias: name for name, aliases in ALIASES.items() for alias in aliases}
    renamed: dict[str, Value] = {}
    places = {}
    for name, aliases in ALIASES.items():
        key = next((alias for alias in aliases if header.get(alias)), "")
        if key:
            renamed[name], places[name] = _dated(key, header[key]), header.place(key)
    unknown = [
        Problem(path, *header.place(key), f"{key}: not read{did_you_mean(key, ALIASES)}")
        for key in header
        if key not in names
    ]
    return Fields(Header(renamed, places), path), tuple(unknown)


def _dated(key: str, value: Value) -> Value:
    """Return a value, a date as ISO 8601 has it where what stands there can be one day only."""
    return (iso_date(value) or value) if key in _DATES and isinstance(value, str) and not is_date(value) else value


# ---------------------------------------------------------------------------- JSON


def _json(path: str, text: str) -> Draft:
    try:
        top = json.loads(text)
    except json.JSONDecodeError as error:
        return Draft(errors=(Problem(path, error.lineno, error.colno, f"not JSON: {error.msg}"),))
    except (ValueError, RecursionError):
        return Draft(errors=(Problem(path, 0, 0, "not an article: numbers too long, or nested too deep"),))
    object_: dict[str, object] = top if isinstance(top, dict) else {}
    body = _first_text(object_)
    if not body:
        keys = ", ".join(TEXT_KEYS)
        return Draft(errors=(Problem(path, 1, 0, f"expected an object with the article under one of {keys}"),))
    known = {alias for aliases in ALIASES.values() for alias in aliases}
    stated = {k: _plain(v) for k, v in object_.items() if k in known}
    fields, _ = _aliased(Header(stated), path)
    return _over(_text(path, body), fields)


def _first_text(top: Mapping[str, object]) -> str:
    texts = (top.get(key) for key in TEXT_KEYS)
    return next((text for text in texts if isinstance(text, str) and text), "")


def _plain(value: object) -> Value:
    """Return a JSON value as texts: an object stands for its name."""
    if isinstance(value, dict):
        return _plain(value.get("name"))
    if isinstance(value, list):
        return tuple(_plain(item) for item in value)
    return "" if value is None else str(value)


def _over(plain: Draft, fields: Fields) -> Draft:
    """Return a draft with the stated values over those its text shows; bad ones become warnings."""
    stated = values(fields)
    merged = {key: stated.get(key) or plain.values.get(key) or "" for key in {**stated, **plain.values}}
    return replace(plain, values=merged, warnings=(*plain.warnings, *fields.problems))


# ---------------------------------------------------------------------------- saved web pages


#: Pictures and fonts that a page saved as one file holds within itself.
_INLINED = re.compile(r"data:[\w/+.;=-]{1,100},[A-Za-z0-9+/=%]{200,}")


def _html(path: str, text: str) -> Draft:
    from generator.ingest import html_meta, html_rules

    text = _INLINED.sub("data:,", text)
    if crowded := crowded_page(text, path):
        return Draft(errors=crowded)
    try:
        parts = html.parts(text)
    except ModuleNotFoundError:
        return Draft(errors=(Problem(path, 0, 0, html.MISSING),))
    fields = Fields(Header({k: v for k, v in html_meta.stated(text).items() if v}), path)
    title = fields.text("title")
    taken = html_rules.taken_out(parts, (title, *html_meta.titles(text)))
    lines = [Line(_line_of(part.text, text), scrub(part.text)) for part in parts]
    cleaned = clean([line for i, line in enumerate(lines) if i not in taken], of_page=True)
    kept = {(line.number, line.text) for line in cleaned.kept}
    left = [
        part
        for i, (part, line) in enumerate(zip(parts, lines, strict=True))
        if i not in taken and (line.number, line.text.strip()) in kept and part.text.casefold() != title.casefold()
    ]
    removed = [*cleaned.removed, *(Removed(rule, lines[i].number, lines[i].text) for i, rule in taken.items())]
    states = _stated(cleaned, Credits(()), "")  # a page's credits are in what it states of itself
    plain = Draft("".join(map(written, left)), states, tuple(sorted(removed, key=lambda r: r.line)))
    return _over(plain, fields)


def written(part: html.Part) -> str:
    """Return a part of a page as Markdown, with the blank line after it."""
    if part.kind == "heading":
        return f"{heading(scrub(part.text), part.level)}\n\n"
    sign = {"item": "- ", "quote": "> "}.get(part.kind, "")
    return f"{sign}{escape(scrub(part.text))}\n\n"


def _line_of(text: str, page: str) -> int:
    """Return the line of the page on which a block's first words stand; 0 where markup parts them."""
    at = page.find(text[:40])
    return page.count("\n", 0, at) + 1 if at >= 0 else 0


def _page_text(data: bytes, path: str, sidecar: str) -> str | Problem:
    """Return a page's text: UTF-8, or what it declares itself to be."""
    declared = html.encoding_of(data)
    text = decoded(data, path, "", "" if declared else sidecar)
    return decoded(data, path, declared, sidecar) if isinstance(text, Problem) and declared else text


def _damaged_page(path: str, data: bytes, problem: Problem) -> Draft:
    """Return the article of a page with bytes that mean nothing, where none of them stands in the article itself."""
    if b"\0" in data:
        return Draft(errors=(problem,))
    found = _html(path, data.decode(ENCODINGS[html.encoding_of(data) or "utf-8"], "replace"))
    is_hit = found.errors or "\ufffd" in found.body or "\ufffd" in repr(found.values)
    return Draft(errors=(problem,)) if is_hit else found


READERS: Mapping[str, Callable[[str, str], Draft]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".json": _json,
}
"""Ending → reader."""
