"""Typed reading of a header: each value as what its key promises, each disappointment as a `Problem`."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, cast, get_args
from urllib.parse import urlsplit

from generator.errors import Problem
from generator.ingest.frontmatter import Header, Value
from generator.ingest.suggest import did_you_mean
from generator.ingest.texts import visible
from generator.model import Rights

if TYPE_CHECKING:
    from collections.abc import Collection

RIGHTS: tuple[str, ...] = get_args(Rights)

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"[\w!$'()+,;=@~./-]{1,200}")
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


class Fields:
    """Reader of one header: its methods return a value, or the default and note a problem."""

    def __init__(self, header: Header, path: str, *, within: str = "") -> None:
        self.header = header
        self.path = path
        self.within = within
        """Name of the outer key, for messages on nested ones."""
        self.problems: list[Problem] = []

    def note(self, key: str, message: str) -> None:
        """Note a problem at a key's place."""
        line, column = self.header.place(key)
        self.problems.append(Problem(self.path, line, column, f"{self.within}{key}: {message}"))

    def refuse_unknown(self, known: Collection[str]) -> None:
        """Note every key that is not among `known`, with the one that was probably meant."""
        for key in self.header:
            if key not in known:
                self.note(key, f"unknown key{did_you_mean(key, set(known))}")

    def text(self, key: str, default: str = "") -> str:
        """Return one line of text, white space at its ends and line breaks within taken out."""
        value = self.header.values_.get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            self.note(key, f"expected text, found {_kind(value)}")
            return default
        if value.isprintable():  # then on one line, too
            return value.strip() or default
        return " ".join(visible(value).split("\n")).strip() or default

    def paragraphs(self, key: str) -> str:
        """Return text with its line breaks, white space at its ends taken out."""
        value = self.header.values_.get(key)
        return visible(value).strip() if isinstance(value, str) else self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        value = self.header.values_.get(key)
        if value is None:
            return ()
        items = (value,) if isinstance(value, str) else value
        if isinstance(items, Header) or not all(isinstance(item, str) for item in items):
            self.note(key, "expected a list of texts, like [one, two]")
            return ()
        texts = (" ".join(visible(item).split("\n")).strip() for item in cast("tuple[str, ...]", items))
        return tuple(text for text in texts if text)

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        text = self.text(key)
        if text and text.lower() not in _FLAGS:
            self.note(key, f"expected true or false, found {text!r}")
        return _FLAGS.get(text.lower(), default)

    def integer(self, key: str, default: int, low: int, high: int) -> int:
        """Return a whole number between `low` and `high`."""
        text = self.text(key)
        if not text:
            return default
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", text) or not low <= int(text) <= high:
            self.note(key, f"expected a whole number from {low} to {high}, found {text!r}")
            return default
        return int(text)

    def fraction(self, key: str, default: float) -> float:
        """Return a number between 0 and 1."""
        text = self.text(key)
        if not text:
            return default
        if not re.fullmatch(r"[0-9]*\.?[0-9]+", text) or float(text) > 1:
            self.note(key, f"expected a number from 0 to 1, found {text!r}")
            return default
        return float(text)

    def choice(self, key: str, default: str, choices: Collection[str]) -> str:
        """Return one of `choices`."""
        text = self.text(key, default)
        if text not in choices:
            self.note(key, f"expected {', '.join(sorted(choices))}; found {text!r}")
            return default
        return text

    def rights(self, key: str, default: Rights) -> Rights:
        """Return how much of an article may be printed."""
        return cast("Rights", self.choice(key, default, RIGHTS))

    def date(self, key: str) -> str:
        """Return an ISO 8601 date (and time), or nothing."""
        text = self.text(key)
        if text and not is_date(text):
            self.note(key, f"expected a date like 2025-07-03 or 2025-07-03T14:05+02:00, found {text!r}")
            return ""
        return text

    def url(self, key: str) -> str:
        """Return an http or https address, or nothing."""
        text = self.text(key)
        if text and not is_web_address(text):
            self.note(key, f"expected an address that begins with https://, found {text!r}")
            return ""
        return text

    def language(self, key: str, default: str = "") -> str:
        """Return a language tag of BCP 47's shape (`en`, `pt-BR`)."""
        return self._shaped(key, default, _LANGUAGE, "a language tag like en or pt-BR")

    def colour(self, key: str) -> str:
        """Return a colour as `#rgb` or `#rrggbb`, or nothing."""
        return self._shaped(key, "", _COLOUR, "a colour like '#0a5c8d' (in quotes)")

    def relative_path(self, key: str, default: str = "") -> str:
        """Return a path that stays below the project's folder."""
        text = self.text(key, default)
        if text and (re.match(r"[/\\]|[A-Za-z][A-Za-z0-9+.-]*:", text) or ".." in re.split(r"[/\\]", text)):
            self.note(key, f"expected a path below the project's folder, found {text!r}")
            return default
        return text

    def addresses(self, key: str) -> tuple[str, ...]:
        """Return former addresses below the site's root as the files that stand for them: `old/page/index.html`."""
        found = []
        for text in self.texts(key):
            path = text.strip("/")
            if not _ADDRESS.fullmatch(path) or any(part in ("", ".", "..") for part in path.split("/")):
                self.note(key, f"expected an address below the site's root, like old/page/, found {text!r}")
            elif path.lower().startswith(".ssg-"):
                self.note(
                    key, f"expected an address of yours, found {text!r}, where ssg keeps what it knows of the site"
                )
            else:
                found.append(file_at(path))
        return tuple(dict.fromkeys(found))

    def mapping(self, key: str) -> Header:
        """Return a nested mapping, empty where the key is missing."""
        value = self.header.get(key, "")
        if isinstance(value, Header):
            return value
        if value != "":
            self.note(key, f"expected a mapping like {{enabled: true}}, found {_kind(value)}")
        return Header()

    def _shaped(self, key: str, default: str, shape: re.Pattern[str], wanted: str) -> str:
        text = self.text(key)
        if text and not shape.fullmatch(text):
            self.note(key, f"expected {wanted}, found {text!r}")
            return default
        return text or default


def file_at(address: str) -> str:
    """Return the file that stands at an address below the site's root: `old/page/index.html` for `old/page/`."""
    path = address.strip("/")
    return path if path.endswith((".html", ".htm")) else f"{path}/index.html"


def is_date(text: str) -> bool:
    """Return whether `text` is an ISO 8601 calendar date, or date and time, that exists."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text[:10])
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_language(text: str) -> bool:
    """Return whether `text` has the shape of a language tag of BCP 47."""
    return bool(_LANGUAGE.fullmatch(text))


def is_web_address(text: str) -> bool:
    """Return whether `text` is an absolute http or https address without white space."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        return False


def _kind(value: Value) -> str:
    if isinstance(value, str):
        return f"the text {value!r}"
    return "a mapping" if isinstance(value, Header) else "a list"
