"""Frozen, slotted dataclasses that are defined and filled in a fraction of the time that `dataclasses` takes.

A build defines some two hundred and fifty kinds of value and makes very many of them. The standard library writes and
compiles five methods for each frozen kind, and its constructor sets every field by `object.__setattr__`. Here the
constructor is written at once, and what compares and hashes when it is first called. A value is born of a twin
class that may be written to, where a field is set as fast as in any other, and becomes one of its own kind at the end.

For everybody else (`dataclasses.fields` and `replace`, `match`, type checkers) they are dataclasses like others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar, cast

Arguments = ParamSpec("Arguments")
Kind = TypeVar("Kind")
Value = TypeVar("Value")
Made = TypeVar("Made")


def _dataclass(
    *, frozen: bool = False, slots: bool = False, order: bool = False, eq: bool = True
) -> Callable[[type], type]:
    """Return what makes a dataclass of a class, as `dataclasses.dataclass` does with the same arguments."""

    def made(cls: type) -> type:
        if frozen and slots and not order and _is_plain(cls):
            return _frozen(dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls), eq=eq)
        return dataclasses.dataclass(frozen=frozen, slots=slots, order=order, eq=eq)(cls)

    return made


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass


def maker(kind: Callable[Arguments, Kind]) -> Callable[Arguments, Kind]:
    """Return what makes values of a kind as the kind itself does when it is called, in half the time.

    A class is called through several layers of the interpreter, and by keywords through a dictionary; this is a
    function. For values that are made by the hundred.
    """
    new = getattr(kind, "__new__", None)
    return cast("Callable[Arguments, Kind]", MethodType(new, kind)) if isinstance(new, FunctionType) else kind


def once(make: Callable[[Value], Made]) -> Callable[[Value], Made]:
    """Return *make*, called once for each value: the same one, not an equal one, so that none is read to know it.

    What it was called with and what it made live as long as what is returned.
    """
    known: dict[int, tuple[Value, Made]] = {}

    def made(value: Value) -> Made:
        found = known.get(id(value))
        if found is None:
            found = known[id(value)] = value, make(value)
        return found[1]

    return made


def _is_plain(cls: type) -> bool:
    """Whether every field is an argument, with a value for a default if any, and nothing follows the constructor."""
    described = [value for value in vars(cls).values() if isinstance(value, dataclasses.Field)]
    return "__post_init__" not in vars(cls) and all(
        field.init and field.default_factory is dataclasses.MISSING for field in described
    )


def _frozen(cls: Any, *, eq: bool) -> type:
    fields = dataclasses.fields(cls)
    methods = {"__new__": _constructor(cls, fields), "__repr__": _shown(cls, fields), "__reduce__": _reduce}
    if eq:
        compared = [field.name for field in fields if field.compare]
        is_same = f"{_tuple('self', compared)} == {_tuple('other', compared)}"
        hashed = [field.name for field in fields if (field.compare if field.hash is None else field.hash)]
        methods["__eq__"] = _later(
            cls,
            f"def __eq__(self, other):\n  return {is_same} if other.__class__ is self.__class__ else NotImplemented",
        )
        methods["__hash__"] = _later(cls, f"def __hash__(self):\n  return hash({_tuple('self', hashed)})")
    for name, method in methods.items():
        if vars(cls).get(name) is None:  # a class's own methods stay
            setattr(cls, name, method)
    cls.__setattr__, cls.__delattr__ = _refuse_setting, _refuse_deleting
    made: type = cls
    return made


def _constructor(cls: Any, fields: Iterable[dataclasses.Field[Any]]) -> Any:
    """Return `__new__`, whose arguments are the fields; it goes by the name that a dataclass's constructor has."""
    writable = type(cls.__name__, cls.__bases__, {"__slots__": cls.__slots__, "__setattr__": object.__setattr__})
    names: dict[str, Any] = {"_writable": writable}
    arguments, lines = ["_kind"], []
    for field in fields:
        has_default = field.default is not dataclasses.MISSING
        names[f"_default_{field.name}"] = field.default
        arguments.append(f"{field.name}=_default_{field.name}" if has_default else field.name)
        lines.append(f"  _value.{field.name} = {field.name}\n")
    constructor = written(
        f"def __new__({', '.join(arguments)}):\n  _value = _writable()\n{''.join(lines)}"
        "  _value.__class__ = _kind\n  return _value",
        names,
    )
    constructor.__qualname__ = f"{cls.__qualname__}.__init__"
    constructor.__annotations__ = {field.name: field.type for field in fields} | {"return": None}
    return constructor


def _shown(cls: Any, fields: Iterable[dataclasses.Field[Any]]) -> Any:
    """Return `__repr__`, which names the kind and every field."""
    parts = ", ".join(f"{field.name}={{self.{field.name}!r}}" for field in fields if field.repr)
    return _later(cls, f"def __repr__(self):\n  return f'{{self.__class__.__qualname__}}({parts})'")


def _later(cls: Any, text: str) -> Any:
    """Return a method that is written, and put into its class, when it is first called."""

    def first(*values: object) -> object:
        method = written(text, {})
        setattr(cls, method.__name__, method)
        return method(*values)

    return first


def written(text: str, names: dict[str, Any]) -> Any:
    """Return the function that a text of our own defines, as `dataclasses` writes its methods.

    Nothing goes into the text but names of fields and numbers; this is the one place where text becomes program.
    """
    exec(text, names)  # noqa: S102
    return names[text[len("def ") : text.index("(")]]


def _tuple(value: str, names: Iterable[str]) -> str:
    return f"({''.join(f'{value}.{name}, ' for name in names)})"


def _reduce(self: Any) -> tuple[type, tuple[object, ...]]:
    return self.__class__, tuple([getattr(self, name) for name in self.__match_args__])


def _refuse_setting(_self: object, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
