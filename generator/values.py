"""Frozen, slotted dataclasses that are defined and filled in a fraction of the time that `dataclasses` takes.

A build defines some two hundred and fifty kinds of value and makes very many of them. The standard library writes and
compiles five methods for each frozen kind, and its constructor sets every field by `object.__setattr__`. Here the
constructor is written at once, and what compares and hashes when it is first called. While that runs, a value
is of a twin class that may be written to, and a field is set as fast as in any other class.

For everybody else (`dataclasses.fields` and `replace`, `match`, type checkers) they are dataclasses like others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, NoReturn

#: Gives a value another class, past the value's own `__setattr__`.
_BECOME: Final = vars(object)["__class__"].__set__


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


def _is_plain(cls: type) -> bool:
    """Whether every field is an argument, with a value for a default if any, and nothing follows the constructor."""
    described = [value for value in vars(cls).values() if isinstance(value, dataclasses.Field)]
    return "__post_init__" not in vars(cls) and all(
        field.init and field.default_factory is dataclasses.MISSING for field in described
    )


def _frozen(cls: Any, *, eq: bool) -> type:
    fields = dataclasses.fields(cls)
    methods = {"__init__": _constructor(cls, fields), "__repr__": _repr, "__reduce__": _reduce}
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
    """Return `__init__`, whose arguments are the fields."""
    writable = type(cls.__name__, cls.__bases__, {"__slots__": cls.__slots__, "__setattr__": object.__setattr__})
    names: dict[str, Any] = {"_become": _BECOME, "_writable": writable, "_frozen": cls}
    arguments, lines = ["self"], []
    for field in fields:
        has_default = field.default is not dataclasses.MISSING
        names[f"_default_{field.name}"] = field.default
        arguments.append(f"{field.name}=_default_{field.name}" if has_default else field.name)
        lines.append(f"  self.{field.name} = {field.name}\n")
    text = (
        f"def __init__({', '.join(arguments)}):\n  _become(self, _writable)\n{''.join(lines)}  self.__class__ = _frozen"
    )
    constructor = written(text, names)
    constructor.__qualname__ = f"{cls.__qualname__}.__init__"
    constructor.__annotations__ = {field.name: field.type for field in fields} | {"return": None}
    return constructor


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


def _repr(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refuse_setting(_self: object, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
