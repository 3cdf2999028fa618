"""Values are the standard library's frozen, slotted dataclasses in all that can be seen of them."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import generator.values


@generator.values.dataclass(frozen=True, slots=True)
class Ours:
    """A value."""

    name: str
    number: int = 3
    path: str = dataclasses.field(default="", compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """A value."""

    name: str
    number: int = 3
    path: str = dataclasses.field(default="", compare=False)


BOTH = pytest.mark.parametrize("kind", [Ours, Theirs])


def seen(see: Callable[[type[Any]], object]) -> tuple[object, object]:
    """Return what is seen of both kinds, with one name for both."""

    def name(found: object) -> object:
        return found.replace("Theirs", "Ours") if isinstance(found, str) else found

    return name(see(Ours)), name(see(Theirs))


@pytest.mark.parametrize(
    "see",
    [
        lambda kind: repr(kind("a", path="p")),
        lambda kind: str(inspect.signature(kind)),
        lambda kind: hash(kind("a", 1, "p")),
        lambda kind: kind("a", 1, "p") == kind("a", 1, "q"),
        lambda kind: kind("a", 1) == kind("a", 2),
        lambda kind: kind("a", 1) == ("a", 1, ""),
        lambda kind: kind.__match_args__,
        lambda kind: kind.__slots__,
        lambda kind: kind.__doc__,
        lambda kind: [field.name for field in dataclasses.fields(kind)],
        lambda kind: dataclasses.astuple(dataclasses.replace(kind("a"), number=4)),
        lambda kind: dataclasses.astuple(copy.deepcopy(kind("a", 5, "p"))),
        lambda kind: dataclasses.astuple(pickle.loads(pickle.dumps(kind("a", 5, "p")))),  # noqa: S301
    ],
)
def test_what_is_seen_is_the_same(see: Callable[[type[Any]], object]) -> None:
    """Whatever is asked of a value, the answer is what the standard library's dataclass gives."""
    ours, theirs = seen(see)
    assert ours == theirs


@BOTH
def test_values_are_frozen(kind: type[Any]) -> None:
    """No field of a value can be set, deleted or added, and a value has no dictionary."""
    value = kind("a")
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'name'"):
        value.name = "b"
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'name'"):
        del value.name
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        value.other = 1
    assert not hasattr(value, "__dict__")
    assert value == kind("a")


@BOTH
def test_a_missing_argument_is_refused(kind: type[Any]) -> None:
    """A constructor refuses what it does not know and misses what has no default, by name."""
    with pytest.raises(TypeError, match=r"__init__\(\) missing 1 required positional argument: 'name'"):
        kind()
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        kind("a", colour="red")


@BOTH
def test_a_maker_makes_what_the_kind_makes(kind: type[Any]) -> None:
    """What a maker is called with, by place or by name, becomes the value that the kind itself would make."""
    make = generator.values.maker(kind)
    made = (make("a"), make("a", 3, path="p"), make(number=5, name="a"))
    assert made == (kind("a"), kind("a", 3, path="p"), kind(number=5, name="a"))
    assert all(type(value) is kind for value in made)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made[0].name = "b"


def test_once_is_asked_once_for_each_value() -> None:
    """What is made of a value is made once and given again; of an equal one that is another it is made anew."""
    asked: list[list[int]] = []
    made = generator.values.once(lambda value: (asked.append(value), tuple(value))[1])
    first, second = [1, 2], [1, 2]
    assert [made(first), made(second), made(first)] == [(1, 2)] * 3
    assert [id(value) for value in asked] == [id(first), id(second)]
    assert all(made([n]) == (n,) for n in range(100)), "what is let go has left its place to another"


def test_a_class_keeps_its_own_methods() -> None:
    """What a class defines itself is not written over."""

    @generator.values.dataclass(frozen=True, slots=True)
    class Word:
        """A word, alike whatever its capitals."""

        text: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Word) and self.text.lower() == other.text.lower()

        def __hash__(self) -> int:
            return hash(self.text.lower())

        def __repr__(self) -> str:
            return self.text

    assert Word("A") == Word("a")
    assert {Word("A"), Word("a")} == {Word("a")}
    assert repr(Word("A")) == "A"


def test_what_else_a_dataclass_can_do_is_left_to_it() -> None:
    """Defaults that are made anew, order, and steps after the constructor work as they do elsewhere."""

    @generator.values.dataclass(frozen=True, slots=True)
    class Shelf:
        """Has a list of its own."""

        books: list[str] = dataclasses.field(default_factory=list)

    @generator.values.dataclass(frozen=True, slots=True, order=True)
    class Place:
        """Comes before another."""

        number: int

    assert Shelf().books == []
    assert Shelf().books is not Shelf().books
    assert Place(1) < Place(2)
