"""YAML headers ⇄ mappings of texts that know their lines.

YAML's guesses (`no` for False, `12:30` for 750, an unquoted date) do not happen here: every scalar is the
text that was written, and whoever needs a number or a flag reads it as one (`generator.ingest.fields`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from generator.errors import Problem, SourceError
from generator.values import dataclass

Value: TypeAlias = "str | tuple[Value, ...] | Header"
Writable: TypeAlias = "str | bool | int | float | Sequence[str] | Mapping[str, Writable]"

#: Largest header in bytes, and its deepest nesting: far beyond any real one, far below what hurts.
MAX_BYTES = 64 * 1024
MAX_DEPTH = 32


@dataclass(frozen=True, slots=True, eq=False)
class Header(Mapping[str, Value]):
    """A mapping read from YAML that remembers where each key stands; equal to any mapping of equal items."""

    values_: Mapping[str, Value] = field(default_factory=dict)
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Key → line in the file and column, both from 1."""

    def __getitem__(self, key: str) -> Value:
        return self.values_[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)

    def place(self, key: str) -> tuple[int, int]:
        """Return line and column of a key, or zeros for one that is not there."""
        return self.places.get(key, (0, 0))


# ---------------------------------------------------------------------------- reading


def parse(text: str, path: str) -> tuple[Header, str, int]:
    """Return header, body and the body's first line (from 1) of a text with `---` fenced front matter.

    One blank line after the closing fence belongs to neither. A text without front matter is all body.
    Line ends become `\\n`. Raises `SourceError` for a fence that is never closed and for what `load_yaml`
    refuses.
    """
    return _quickly(text, path) or _by_lines(text, path)


#: Front matter of another kind, which would be printed as the text of the article.
_TOML = re.compile(r"\+\+\+[ \t]*\n\s*[\w.\"-]+\s*=")


def _by_lines(text: str, path: str) -> tuple[Header, str, int]:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not _is_fence(lines[0]):
        if _TOML.match("\n".join(lines[:3])):
            raise SourceError([Problem(path, 1, 1, "front matter in TOML – write it as YAML, between two lines ---")])
        return Header(), "\n".join(lines), 1
    end = next((i for i, line in enumerate(lines[1:], 1) if _is_fence(line)), 0)
    if not end:
        message = "front matter begins here and never ends – put a line --- after its last key"
        raise SourceError([Problem(path, 1, 1, message)])
    header = load_yaml("\n".join(lines[1:end]), path, first_line=2)
    blank = end + 1 < len(lines) and not lines[end + 1].strip() and len(lines) > end + 2
    start = end + (2 if blank else 1)
    return header, "\n".join(lines[start:]), start + 1


#: A header as it is almost always fenced, to its end.
_FENCED = re.compile(r"---\n((?:(?!---)[^\n]*\n)*?)---\n")


def _quickly(text: str, path: str) -> tuple[Header, str, int] | None:
    """Return what `parse` does for almost every text, without taking all of it apart into lines."""
    found = _FENCED.match(text)
    if not found or "\r" in text:
        return None
    header = load_yaml(found[1].removesuffix("\n"), path, first_line=2)
    start, line = found.end(), found[1].count("\n") + 3
    after = text.find("\n", start)
    if after >= 0 and not text[start:after].strip():
        start, line = after + 1, line + 1
    return header, text[start:], line


def load_yaml(text: str, path: str, first_line: int = 1) -> Header:
    """Return a YAML mapping with every scalar as text; an empty text gives an empty mapping.

    `first_line` is the line of the file on which `text` begins. Raises `SourceError` for bad YAML and for
    what a header has no use for: aliases, tags, duplicate keys, another top level than a mapping, more than
    `MAX_BYTES` or `MAX_DEPTH`.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise SourceError([Problem(path, first_line, 1, "more than 64 KB of YAML – move long text below it")])
    simple = _simple(text, first_line)
    if simple is not None:
        return simple
    from generator.ingest.yaml_events import parsed  # PyYAML takes its time, and most settings are simple

    return parsed(text, path, first_line)


#: `key: value` where the value is empty, an empty list, in quotes without escapes, or plain beyond doubt.
_UNSEEN = "\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff"
_SIMPLE = re.compile(
    rf"([a-z][a-z0-9_]{{0,60}}):(?: (?:(\[\])|'((?:[^'\s{_UNSEEN}]|''|[ ])*)'"
    rf"|([A-Za-z0-9“‘](?:[^\s:#{_UNSEEN}]|:(?=[^\s])|(?<=[^\s])#|[ ](?=[^\s#]))*)"
    rf'|"((?:[^"\\\s{_UNSEEN}]|[ ])*)"))?'
)


def _simple(text: str, first_line: int) -> Header | None:
    """Return the header whose every line is as `format` writes it, blank or a comment; None for any other.

    Nothing but speed: most headers are such, and PyYAML takes twenty times as long for the same answer.
    """
    values: dict[str, Value] = {}
    places: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), first_line):
        if not line or (line[0] == "#" and line.isprintable()):
            continue
        key, _, plain = line.partition(": ")
        value: Value = plain
        if not (_is_key(key) and _is_plain(plain)):
            match = _SIMPLE.fullmatch(line)
            if not match:
                return None
            key = match[1]
            value = () if match[2] else (match[3] or "").replace("''", "'") or match[4] or match[5] or ""
        if key in values:
            return None
        values[key], places[key] = value, (number, 1)
    return Header(values, places)


def _is_key(text: str) -> bool:
    """Whether this is a key as `_SIMPLE` knows it, or at least most of these."""
    return text.isascii() and text.isidentifier() and text.islower() and text[0] != "_" and len(text) <= 61


def _is_plain(value: str) -> bool:
    """Whether this is a plain value as `_SIMPLE` knows it, or at least most of these."""
    return (
        value.isprintable()
        and value[:1].isalnum()
        and value[0].isascii()
        and value[-1] not in " :"
        and not ("  " in value or ": " in value or " #" in value)
    )


def _is_fence(line: str) -> bool:
    return line.rstrip(" \t") == "---"


# ---------------------------------------------------------------------------- writing


def format(header: Mapping[str, Writable], body: str) -> str:  # noqa: A001 - parse's counterpart
    """Return front matter and body as one text that `parse` reads back exactly, keys in the order given.

    Texts are quoted only where YAML (here or in an editor's other tools) would read something else. `body`
    has `\\n` line ends.
    """
    return f"---\n{dump_yaml(header)}---\n\n{body}"


def dump_yaml(header: Mapping[str, Writable], indent: str = "") -> str:
    """Return a mapping as YAML lines, one key a line, in the order given; lists of texts in brackets."""
    return "".join(_entry(key, value, indent) for key, value in header.items())


def _entry(key: str, value: Writable, indent: str) -> str:
    name = _scalar(key)
    if isinstance(value, Mapping):
        inner = dump_yaml(value, indent + "  ")
        return f"{indent}{name}:\n{inner}" if inner else f"{indent}{name}: {{}}\n"
    if isinstance(value, bool):
        return f"{indent}{name}: {str(value).lower()}\n"
    if isinstance(value, int | float):
        return f"{indent}{name}: {value}\n"
    if isinstance(value, str):
        return f"{indent}{name}: {_scalar(value)}\n"
    return f"{indent}{name}: [{', '.join(_scalar(item, in_list=True) for item in value)}]\n"


#: Signs at which a plain YAML scalar may not begin, and pairs which end it.
_NOT_PLAIN = re.compile(r"^[\s\-?:,\[\]{}#&*!|>'\"%@`=<]|:(?:\s|$)|\s#|\s$|^$|^\.\.\.|^~$")


def _scalar(text: str, *, in_list: bool = False) -> str:
    from generator.ingest.yaml_events import is_guessed

    if any(_is_unprintable(c) for c in text):
        return '"' + "".join(map(_escaped, text)) + '"'
    if _NOT_PLAIN.search(text) or is_guessed(text) or (in_list and re.search(r"[,?\[\]{}]", text)):
        return "'" + text.replace("'", "''") + "'"
    return text


def _is_unprintable(c: str) -> bool:
    return not (" " <= c <= "~" or "\xa0" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff") or c in (
        "\u2028\u2029\ufeff"
    )


_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def _escaped(c: str) -> str:
    if c in _SHORT:
        return _SHORT[c]
    if not _is_unprintable(c):
        return c
    return f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}"
