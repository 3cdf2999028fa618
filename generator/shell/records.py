"""Values ⇄ what JSON can hold, by their types: what the cache keeps, without pickle.

A frozen dataclass is a list of its fields' values, a tuple a list, a frozenset a list in order, bytes are base64.
A field that holds a tuple of dataclasses of nothing but texts (words, changes: most of a comparison) is one text of all
their texts, a line each, or a list where one of them has lines of its own: one long text is written and read in half
the time that thousands of short ones take. What does not fit the type is refused, so that a record of other values than
ours is never taken for one.
"""

from __future__ import annotations

import types
from base64 import b64encode
from binascii import a2b_base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, partial
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from generator.values import maker, written

Thaw = Callable[[Any], Any]


def frozen(value: object) -> Any:
    """Return a value of frozen dataclasses, tuples, mappings, texts, numbers and bytes as JSON can hold it."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple or kind is list:
        return [item if type(item) in _PLAIN else frozen(item) for item in value]  # type: ignore[attr-defined]
    if kind is frozenset:
        return sorted(value)  # type: ignore[call-overload]
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, Mapping):
        return {key: frozen(item) for key, item in value.items()}
    return _freeze(kind)(value)


_PLAIN = frozenset((str, int, float, bool, type(None)))


@cache
def _freeze(kind: Any) -> Callable[[Any], list[Any]]:
    """Return what makes a list of a dataclass's values: written as a program, by what its fields hold."""
    hints = get_type_hints(kind)
    names: dict[str, Any] = {"frozen": frozen}
    items = [
        _frozen_field(f"value.{field.name}", f"part{n}", hints[field.name], names)
        for n, field in enumerate(fields(kind))
    ]
    freeze: Callable[[Any], list[Any]] = written(f"def freeze(value):\n  return [{', '.join(items)}]", names)
    return freeze


def _frozen_field(value: str, part: str, hint: Any, names: dict[str, Any]) -> str:
    """Return the program of a field's value as JSON can hold it."""
    inner = get_args(hint)
    if hint in _PLAIN or get_origin(hint) is Literal:
        return value
    if texts := _names_of_texts(hint):
        lines = "\\n".join(f"{{item.{name}}}" for name in texts)
        return (
            f"{part} if ({part} := '\\n'.join([f'{lines}' for item in {value}])).count('\\n') == "
            f"{len(texts)} * len({value}) - 1 else "
            f"[text for item in {value} for text in ({', '.join(f'item.{name}' for name in texts)},)]"
        )
    if get_origin(hint) is tuple and set(inner) <= {*_PLAIN, Ellipsis}:
        return f"list({value}) if {value}.__class__ is tuple else frozen({value})"
    if get_origin(hint) is tuple and len(inner) == 2 and inner[1] is Ellipsis and is_dataclass(inner[0]):
        item: Any = inner[0]
        names[part] = _freeze(item)
        return f"[{part}(item) for item in {value}] if {value}.__class__ is tuple else frozen({value})"
    return f"frozen({value})"


@cache
def _names_of_texts(hint: Any) -> tuple[str, ...]:
    """Return the names of the fields of a kind of dataclass, if *hint* is a tuple of such, and every field a text."""
    inner = get_args(hint)
    if get_origin(hint) is not tuple or len(inner) != 2 or inner[1] is not Ellipsis or not is_dataclass(inner[0]):
        return ()
    hints = get_type_hints(inner[0])
    names = tuple(field.name for field in fields(inner[0]))
    return names if all(_is_text(hints[name]) for name in names) else ()


def _is_text(hint: Any) -> bool:
    return hint is str or (get_origin(hint) is Literal and {*map(type, get_args(hint))} == {str})


def thawed(kind: Any, value: Any) -> Any:
    """Return the value of type *kind* that `frozen` made *value* of.

    :raises ValueError: if it is none.
    """
    try:
        return _thaw(kind)(value)
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueError(f"no {kind}: {error}") from error


@cache
def _thaw(kind: Any) -> Thaw:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _thaw_tuple(inner)
    if origin is frozenset:
        item = _thaw(inner[0])
        return lambda value: frozenset(map(item, value))
    if origin in (Union, types.UnionType):
        (one,) = (_thaw(part) for part in inner if part is not types.NoneType)
        return lambda value: None if value is None else one(value)
    if origin is Literal:
        return _checked(type(inner[0]))
    if origin is not None and issubclass(origin, Mapping):
        each = _thaw(inner[1])
        return lambda value: {key: each(item) for key, item in value.items()}
    if is_dataclass(kind):
        return _thaw_fields(kind)
    return a2b_base64 if kind is bytes else _checked(kind)


def _thaw_tuple(inner: tuple[Any, ...]) -> Thaw:
    if {*inner} <= {str, Ellipsis}:  # most of what is kept: paths, hashes, states
        return partial(_texts, 0 if Ellipsis in inner else len(inner))
    if len(inner) == 2 and inner[1] is Ellipsis:
        row = get_args(inner[0]) if get_origin(inner[0]) is tuple else ()
        if row and {*row} <= _ALLOWED.keys():
            return partial(_rows, [_ALLOWED[kind] for kind in row])
        each = _thaw(inner[0])
        return lambda value: () if value == [] else tuple(map(each, value))
    parts = tuple(map(_thaw, inner))
    return lambda value: tuple(part(item) for part, item in zip(parts, value, strict=True))


#: What may stand where a kind belongs.
_ALLOWED: Mapping[Any, frozenset[type]] = {
    str: frozenset((str,)),
    bool: frozenset((bool,)),
    int: frozenset((int, bool)),
    float: frozenset((float, int, bool)),
}


def _rows(kinds: Sequence[frozenset[type]], value: Any) -> tuple[tuple[Any, ...], ...]:
    """Return rows of plain values; each column is looked at as a whole."""
    columns = list(zip(*value, strict=True))
    if value and (len(columns) != len(kinds) or not all(map(_is_of, columns, kinds))):
        raise TypeError(f"{value!r} are no rows of so many plain values")
    return tuple(map(tuple, value))


def _is_of(column: Iterable[object], allowed: frozenset[type]) -> bool:
    return allowed.issuperset(map(type, column))


def _texts(count: int, value: Any) -> tuple[str, ...]:
    """Return texts, so many of them, or (zero) any number."""
    if (count and len(value) != count) or not {*map(type, value)} <= {str}:
        raise TypeError(f"{value!r} is no tuple of texts")
    return tuple(value)


def _thaw_fields(kind: Any) -> Thaw:
    """Return what makes a value of a dataclass: written as a program, since a site of some size has very many."""
    hints = get_type_hints(kind)
    wanted = [hints[field.name] for field in fields(kind)]
    names = {"kind": kind, **{f"part{n}": _thaw_field(hint) for n, hint in enumerate(wanted) if hint is not str}}
    texts = " is ".join([*(f"v{n}.__class__" for n, hint in enumerate(wanted) if hint is str), "str"])
    program = (
        f"def thaw(value):\n"
        f"  {', '.join(f'v{n}' for n in range(len(wanted)))}, = value\n"
        f"  if {texts}:\n"
        f"    return kind({', '.join(f'v{n}' if hint is str else f'part{n}(v{n})' for n, hint in enumerate(wanted))})\n"
        f"  raise TypeError('no text where one belongs')"
    )
    thaw: Thaw = written(program, names)
    return thaw


def _thaw_field(hint: Any) -> Thaw:
    """Return what makes a field's value of what `_frozen_field` has made of it."""
    texts = len(_names_of_texts(hint))
    return partial(_made_of_texts, maker(get_args(hint)[0]), texts) if texts else _thaw(hint)


def _made_of_texts(make: Callable[..., Any], count: int, value: Any) -> tuple[Any, ...]:
    """Return what is made of so many texts each."""
    if isinstance(value, str):
        value = value.split("\n")
    if not isinstance(value, list) or len(value) % count or not {*map(type, value)} <= {str}:
        raise TypeError(f"{value!r} are no texts, {count} by {count}")
    texts = iter(value)
    return tuple(map(make, *[texts] * count))


def _checked(kind: type) -> Thaw:
    allowed = (int, float) if kind is float else kind

    def check(value: Any) -> Any:
        if not isinstance(value, allowed):
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return check
