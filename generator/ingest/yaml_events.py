"""YAML's events into a header, and what other tools take a plain text for: the one door to PyYAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import yaml

from generator.errors import Problem, SourceError
from generator.ingest.frontmatter import MAX_DEPTH, Header, Value

_Mark: TypeAlias = "yaml.Mark | yaml._yaml.Mark"


def parsed(text: str, path: str, first_line: int) -> Header:
    """Return what `generator.ingest.frontmatter.load_yaml` does, of any YAML."""
    builder = _Builder(path, first_line)
    try:
        builder.read(yaml.parse(text, Loader=yaml.BaseLoader))
    except yaml.MarkedYAMLError as error:
        builder.refuse(*_explained(error))
    except yaml.reader.ReaderError as error:
        line, column = _place_of(text, error.position)
        builder.problems.append(Problem(path, line + first_line - 1, column, "a control character – remove it"))
    if builder.problems:
        raise SourceError(builder.problems)
    return builder.top


class _Builder:
    """YAML's events into one `Header`, and all that is wrong with them."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.offset = first_line
        self.problems: list[Problem] = []
        self.top = Header()

    def read(self, events: Iterator[yaml.Event]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse(event.start_mark, "a second YAML document – keep one")
            elif isinstance(event, yaml.NodeEvent):
                value = self._value(event, events, 1)
                if isinstance(value, Header):
                    self.top = value
                elif value != "":
                    self.refuse(event.start_mark, "expected lines of `key: value`")

    def refuse(self, mark: _Mark | None, message: str) -> None:
        self.problems.append(Problem(self.path, *self._place(mark), message))

    def _place(self, mark: _Mark | None) -> tuple[int, int]:
        return (mark.line + self.offset, mark.column + 1) if mark else (self.offset, 0)

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
        self._check(event, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, depth)
        return str(event.value) if isinstance(event, yaml.ScalarEvent) else ""

    def _check(self, event: yaml.Event, depth: int) -> None:
        if depth > MAX_DEPTH:
            self.refuse(event.start_mark, f"nested deeper than {MAX_DEPTH} levels")
            raise SourceError(self.problems)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.refuse(event.start_mark, "anchors and aliases (& and *) are not read – put the text in quotes")
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            self.refuse(event.start_mark, f"the tag {tag} is not read – put the text in quotes")

    def _sequence(self, events: Iterator[yaml.Event], depth: int) -> tuple[Value, ...]:
        items = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, events, depth + 1))
        return tuple(items)

    def _mapping(self, events: Iterator[yaml.Event], depth: int) -> Header:
        values: dict[str, Value] = {}
        places: dict[str, tuple[int, int]] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._value(event, events, depth + 1)
            value = self._value(next(events), events, depth + 1)
            mark = event.start_mark
            if not isinstance(key, str):
                self.refuse(mark, "a key must be one line of text")
            elif key in values:
                self.refuse(mark, f"{key!r} stands here twice, first on line {places[key][0]} – keep one")
            else:
                values[key] = value
                places[key] = self._place(mark)
        return Header(values, places)


#: What PyYAML says, in part → what to do about it.
_WAYS_OUT = (
    ("'\\t'", "a tab – indent with spaces"),
    (
        "mapping values are not",
        "a colon inside the value, or none on the line above – put the value in quotes",
    ),
    ("cannot start any token", "the value begins with a sign that YAML keeps for itself – put it in quotes"),
    ("unknown escape", "a backslash in double quotes – use single quotes"),
    ("could not find expected ':'", "expected `key: value` – a colon and a space are missing"),
    ("'<scalar>'", "text after a closing quotation mark or bracket – put the whole value in quotes"),
    ("expected <block end>", "this line's indentation does not fit the lines above"),
)


def _explained(error: yaml.MarkedYAMLError) -> tuple[_Mark | None, str]:
    """Return where an error is, for somebody who looks for it, and what to do."""
    said = f"{error.problem or error.context or 'not YAML'}"
    if "end of stream" in said or "<stream end>" in said or said.startswith("expected ',' or"):
        return error.context_mark, "opened here and never closed – add the closing quotation mark or bracket"
    way = next((way for part, way in _WAYS_OUT if part in said), f"not YAML: {said}")
    return error.problem_mark or error.context_mark, way


def _place_of(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - before.rfind("\n")


_IMPLICIT = yaml.resolver.Resolver.yaml_implicit_resolvers
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


def is_guessed(text: str) -> bool:
    """Return whether YAML tools take the plain text for a number, a flag or null; dates stay plain."""
    resolvers = _IMPLICIT.get(text[:1], [])
    return any(tag != _TIMESTAMP and pattern.match(text) for tag, pattern in resolvers)
