"""What a template extends, includes and imports, knit into one: nothing is looked up or built up anew for each page.

The fourth door to Jinja2. Blocks and includes become parts of the template, macros of imported
templates become functions of it that are called as such. Whatever cannot be told from the templates alone (a name that
is imported by a condition, a macro that is passed on, a call with more than plain values, …) leaves a template as it
is: loose, and rendered as Jinja2 would. The bytes are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import chain
from keyword import iskeyword
from typing import Any, Final, TypeGuard, TypeVar

from jinja2 import nodes

from generator.values import dataclass

Parse = Callable[[str], nodes.Template | None]
"""A template by its name; None where there is none."""
AnyNode = TypeVar("AnyNode", bound=nodes.Node)

#: Statements whose parts are knit like those around them.
_PLAIN: Final = (nodes.If, nodes.For, nodes.Assign, nodes.AssignBlock)
#: What a loop says of how far it is, in Python: of loop 1, `i_1` counts from nought to `last_1`.
_POSITIONS: Final = {"index0": "i_{0}", "index": "(i_{0} + 1)", "first": "(i_{0} == 0)", "last": "(i_{0} == last_{0})"}
_SPECIAL: Final = frozenset({"caller", "varargs", "kwargs", "self", "super", "loop"})
_NAMED: Final = re.compile(r"""{%[-+]?\s*(?:extends|include|import|from)\s*(?:"([^"]+)"|'([^']+)')""")


class Loose(Exception):  # noqa: N818 - no error: the template is rendered as it is
    """A template that cannot be knit."""


def knit(tree: nodes.Template, name: str, parse: Parse) -> nodes.Template | None:
    """Return a template that needs no other, None if this one cannot be made so.

    Its `settled` are the names that mean the same everywhere in it, but for what macros and loops call so. Macros are
    called by the name (`InternalName`) of the function that they become.
    """
    try:
        return _Knitting(parse).whole(tree, name)
    except Loose:
        return None


def sources(name: str, templates: Mapping[str, str]) -> Iterator[str]:
    """Yield the sources of a template and of all that it names: what a knit one is made from."""
    found, waiting = {name}, [name]
    while waiting:
        text = templates.get(waiting.pop(), "")
        yield text
        named = {one or other for one, other in _NAMED.findall(text)}
        waiting += sorted(named - found)
        found |= named


@dataclass(slots=True)
class _File:
    """One template while it is knit: what its names stand for."""

    name: str
    macros: dict[str, nodes.Macro]
    libraries: dict[str, _File] = field(default_factory=dict)
    """Name → the template of macros that is imported under it."""
    picked: dict[str, tuple[_File, str]] = field(default_factory=dict)
    """Name → a single macro that is imported under it."""

    def inner(self) -> _File:
        """Return the same for a part that may import more."""
        return _File(self.name, dict(self.macros), dict(self.libraries), dict(self.picked))

    def knows(self, name: str) -> bool:
        """Return whether a name stands for a macro, or for a template of macros."""
        return name in self.macros or name in self.libraries or name in self.picked


@dataclass(slots=True)
class _Place:
    """Where a node stands."""

    file: _File
    bound: frozenset[str] = frozenset()
    """Names of loops and parameters around it."""
    block: tuple[str, int] = ("", 0)
    """The block that it is in, and how many templates below lay over it."""
    is_fixed: bool = True
    """Whether a block may stand here: in no loop and no macro."""
    is_macro: bool = False
    loop: int = -1
    """Number of the loop that it is in; -1 for none."""
    free: set[str] = field(default_factory=set)
    """Collects the names that are the page's."""


class _Knitting:
    """One template's way."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.files: dict[str, _File] = {}
        self.functions: dict[int, str] = {}
        self.hoisted: dict[str, nodes.Macro] = {}
        self.short: set[str] = set()
        self.free_in_macros: set[str] = set()
        self.loops = 0
        self.counted: set[int] = set()
        """Loops that are asked how far they are."""
        self.stored: set[str] = set()
        """Names of loops and assignments outside of macros."""
        self.blocks: dict[str, list[list[nodes.Node]]] = {}
        self.shared = _File("", {})
        """What names stand for in blocks."""

    def whole(self, tree: nodes.Template, name: str) -> nodes.Template:
        layers = list(self._layers(tree, name))
        for layer, _ in layers:
            for block in _found(layer, nodes.Block):
                if block.scoped or block.required:
                    raise Loose
                self.blocks.setdefault(block.name, []).append(block.body)
        self.shared = _together(file for _, file in layers)
        place = _Place(self.shared.inner())
        body = [*self._statements(layers[-1][0].body, place, is_top=True)]
        if self.free_in_macros & self.stored:
            raise Loose
        settled = sorted((place.free | self.free_in_macros) - self.stored - _SPECIAL)
        macros = [replaced(macro, is_short=name in self.short) for name, macro in self.hoisted.items()]
        made = replaced(tree, body=[*_asked(settled, tree), *macros, *body])
        made.settled = frozenset(settled)  # type: ignore[attr-defined]
        _searched(made)
        return made

    def _layers(self, tree: nodes.Template, name: str) -> Iterator[tuple[nodes.Template, _File]]:
        """Yield the template, what it extends, and so on."""
        seen = set()
        while True:
            if name in seen:
                raise Loose
            seen.add(name)
            file = self._file(tree, name)
            yield tree, file
            above = [node for node in tree.body if isinstance(node, nodes.Extends)]
            if len(_found(tree, nodes.Extends)) > len(above) or len(above) > 1:
                raise Loose
            if not above:
                return
            if tree.body[0] is not above[0] or not all(isinstance(node, _ASIDE) for node in tree.body):
                raise Loose
            name = _constant(above[0].template)
            tree = self._parsed(name)

    def _parsed(self, name: str) -> nodes.Template:
        found = self.parse(name)
        if found is None:
            raise Loose
        return found

    def _file(self, tree: nodes.Template, name: str) -> _File:
        """Return what a template's names stand for."""
        file = _File(name, {})
        for node in tree.body:
            if isinstance(node, nodes.Macro):
                _define(node, file)
            elif isinstance(node, nodes.Import | nodes.FromImport):
                self._import(node, file)
        return file

    def _library(self, name: str) -> _File:
        """Return a template of macros and nothing else."""
        if name not in self.files:
            tree = self._parsed(name)
            for node in tree.body:
                is_macros = isinstance(node, nodes.Macro | nodes.Import | nodes.FromImport)
                if not (is_macros or (isinstance(node, nodes.Output) and _is_text(node))):
                    raise Loose
            self.files[name] = self._file(tree, name)
        return self.files[name]

    def _import(self, node: nodes.Import | nodes.FromImport, file: _File) -> None:
        if not node.with_context:
            raise Loose
        library = self._library(_constant(node.template))
        if isinstance(node, nodes.Import):
            file.libraries[node.target] = library
            return
        for name in node.names:
            own, alias = name if isinstance(name, tuple) else (name, name)
            if own not in library.macros:
                raise Loose
            file.picked[alias] = library, own

    # ------------------------------------------------------------------------ statements

    def _statements(self, body: Iterable[nodes.Node], place: _Place, *, is_top: bool = False) -> Iterator[nodes.Node]:
        for node in body:
            if isinstance(node, nodes.Macro):
                if not is_top:
                    _define(node, place.file)
            elif isinstance(node, nodes.Import | nodes.FromImport):
                if not is_top:  # at the top it is known already
                    self._import(node, place.file)
            elif isinstance(node, nodes.Block):
                yield self._block(node.name, 0, place, node)
            elif isinstance(node, nodes.Include):
                yield self._included(node, place)
            elif isinstance(node, nodes.Output):
                yield from self._output(node, place)
            elif isinstance(node, _PLAIN):
                yield self._statement(node, place)
            else:
                raise Loose

    def _statement(self, node: nodes.Node, place: _Place) -> nodes.Node:
        if isinstance(node, nodes.If):
            elifs = [self._statement(one, place) for one in node.elif_]
            test, body, other = self._expression(node.test, place), self._part(node.body, place), node.else_
            return replaced(node, test=test, body=body, elif_=elifs, else_=self._part(other, place))
        if isinstance(node, nodes.For):
            return self._loop(node, place)
        if not isinstance(node, nodes.Assign | nodes.AssignBlock) or not isinstance(node.target, nodes.Name):
            raise Loose
        if place.file.knows(node.target.name) or (isinstance(node, nodes.AssignBlock) and node.filter):
            raise Loose
        self._note((node.target.name,), place)
        if isinstance(node, nodes.Assign):
            return replaced(node, node=self._expression(node.node, place))
        return replaced(node, body=self._part(node.body, replace(place, is_fixed=False)))

    def _part(self, body: Iterable[nodes.Node], place: _Place) -> list[nodes.Node]:
        inner = replace(place, file=place.file.inner())
        return list(self._statements(body, inner))

    def _loop(self, node: nodes.For, place: _Place) -> nodes.Node:
        if node.recursive:
            raise Loose
        bound = place.bound | _targets(node.target)
        if "loop" in _targets(node.target):
            raise Loose
        self._note(_targets(node.target), place)
        self.loops += 1
        number = self.loops if _is_countable(node) else -1
        bound = bound - {"loop"} if number > 0 else bound | {"loop"}
        inner = replace(place, file=place.file.inner(), bound=bound, is_fixed=False, loop=number)
        body = list(self._statements(node.body, inner))
        made = replaced(
            node,
            iter=self._expression(node.iter, place),
            test=self._expression(node.test, inner) if node.test else None,
            body=body,
            else_=self._part(node.else_, place),
        )
        return _searched(_counting(made, number) if number in self.counted else made)

    def _note(self, names: Iterable[str], place: _Place) -> None:
        if not place.is_macro:
            self.stored.update(names)

    def _block(self, name: str, depth: int, place: _Place, at: nodes.Node) -> nodes.Node:
        """Return a block as the template furthest down has it, or the one so many above."""
        stack = self.blocks[name]
        if not place.is_fixed or depth >= len(stack):
            raise Loose
        inside = replace(place, file=self.shared.inner(), block=(name, depth))
        return _scope(list(self._statements(stack[depth], inside)), at)

    def _included(self, node: nodes.Include, place: _Place) -> nodes.Node:
        name = _constant(node.template)
        tree = self._parsed(name)
        is_odd = not node.with_context or node.ignore_missing or place.is_macro
        if is_odd or _found(tree, nodes.Extends) or _found(tree, nodes.Block):
            raise Loose
        inside = replace(place, file=self._file(tree, name), block=("", 0), is_fixed=False)
        return _scope(list(self._statements(tree.body, inside, is_top=True)), node)

    def _output(self, node: nodes.Output, place: _Place) -> Iterator[nodes.Node]:
        """Yield what is printed; a block that is printed by its name, or from above, stands there itself."""
        run: list[nodes.Expr] = []
        for child in node.nodes:
            printed = self._printed_block(child, place)
            if printed is None:
                run.append(self._expression(child, place))
                continue
            if run:
                yield replaced(node, nodes=run)
            yield printed
            run = []
        if run:
            yield replaced(node, nodes=run)

    def _printed_block(self, node: nodes.Expr, place: _Place) -> nodes.Node | None:
        if not isinstance(node, nodes.Call) or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return None
        if isinstance(node.node, nodes.Name) and node.node.name == "super" and place.block[0]:
            return self._block(place.block[0], place.block[1] + 1, place, node)
        match node.node:
            case nodes.Getattr(node=nodes.Name(name="self"), attr=name) if name in self.blocks:
                return self._block(name, 0, place, node)
        return None

    # ------------------------------------------------------------------------ expressions

    def _expression(self, node: AnyNode, place: _Place) -> AnyNode:
        if isinstance(node, nodes.TemplateData | nodes.Const):
            return node
        if isinstance(node, nodes.Call):
            if node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs):
                raise Loose
            direct = self._direct(node, place)
            if direct is not None:
                return direct  # type: ignore[return-value]
        if isinstance(node, nodes.Name):
            self._name(node, place)
            return node
        if _is_loop(node) and "loop" not in place.bound:
            return self._position(node, place)  # type: ignore[return-value]
        changed: dict[str, Any] = {}
        for key, value in node.iter_fields():
            if isinstance(value, nodes.Node):
                changed[key] = self._expression(value, place)
            elif isinstance(value, list):
                changed[key] = [self._expression(one, place) if isinstance(one, nodes.Node) else one for one in value]
        return replaced(node, **changed)

    def _position(self, node: nodes.Getattr, place: _Place) -> nodes.InternalName:
        """Return what tells how far a loop is; what else a loop says of itself is left to Jinja2."""
        if node.attr not in _POSITIONS or place.loop < 0:
            raise Loose
        self.counted.add(place.loop)
        return internal(_POSITIONS[node.attr].format(place.loop), node)

    def _name(self, node: nodes.Name, place: _Place) -> None:
        if node.name in place.bound:
            return
        if place.file.knows(node.name) or node.name in ("loop", "caller", "varargs", "kwargs", "self", "super"):
            raise Loose
        place.free.add(node.name)

    def _direct(self, node: nodes.Call, place: _Place) -> nodes.Call | None:
        """Return a call of a macro as that of a function, None for any other call."""
        found = self._macro(node.node, place)
        if found is None:
            return None
        file, name = found
        macro = file.macros[name]
        if len(node.args) > len(macro.args):
            raise Loose
        args = [self._expression(one, place) for one in node.args]
        names = [parameter.name for parameter in macro.args]
        given = {one.key: self._expression(one.value, place) for one in node.kwargs}
        if not given.keys() <= set(names[len(args) :]):
            raise Loose
        last = max((names.index(key) for key in given), default=-1)
        args += [given.get(key, internal("missing", node)) for key in names[len(args) : last + 1]]
        function = self._function(file, name)
        if len(args) < len(names):
            self.short.add(function)
        return replaced(node, node=internal(function, node), args=args, kwargs=[])

    def _macro(self, node: nodes.Expr, place: _Place) -> tuple[_File, str] | None:
        match node:
            case nodes.Name(name=name) if name not in place.bound:
                if name in place.file.macros:
                    return place.file, name
                return place.file.picked.get(name)
            case nodes.Getattr(node=nodes.Name(name=name), attr=attr) if name not in place.bound:
                library = place.file.libraries.get(name)
                if library and attr not in library.macros:
                    raise Loose
                return (library, attr) if library else None
        return None

    def _function(self, file: _File, name: str) -> str:
        """Return the name of the function that a macro becomes, and see that it is there."""
        macro = file.macros[name]
        key = id(macro)
        if key not in self.functions:
            function = self.functions[key] = f"m_{len(self.functions)}_{name}"
            free = set[str]()
            stored = frozenset(chain.from_iterable(map(_assigned, macro.body)))
            bound = frozenset(parameter.name for parameter in macro.args) | stored
            if bound & _SPECIAL or any(map(file.knows, stored)):
                raise Loose
            place = _Place(file.inner(), bound, is_fixed=False, is_macro=True, free=free)
            defaults = [self._expression(one, place) for one in macro.defaults]
            body = list(self._statements(macro.body, place))
            self.hoisted[function] = replaced(macro, name=function, defaults=defaults, body=body)
            self.free_in_macros |= free
        return self.functions[key]


#: What may stand beside blocks in a template that extends another.
_ASIDE: Final = (nodes.Extends, nodes.Block, nodes.Macro, nodes.Import, nodes.FromImport, nodes.Output)


def _together(files: Iterable[_File]) -> _File:
    """Return what names stand for where templates that extend one another see what each has defined and imported."""
    shared = _File("", {})
    for file in files:
        _add(shared.macros, file.macros, shared)
        _add(shared.libraries, file.libraries, shared)
        _add(shared.picked, file.picked, shared)
    return shared


def _add(known: dict[str, Any], names: Mapping[str, Any], file: _File) -> None:
    for name, value in names.items():
        if file.knows(name) and known.get(name) != value:
            raise Loose
        known[name] = value


def _define(macro: nodes.Macro, file: _File) -> None:
    if file.knows(macro.name):
        raise Loose
    file.macros[macro.name] = macro


def replaced(node: AnyNode, /, **fields: object) -> AnyNode:
    """Return a node with other fields."""
    made = object.__new__(type(node))
    made.__dict__.update(node.__dict__)
    made.__dict__.update(fields)
    return made


def internal(name: str, at: nodes.Node) -> nodes.InternalName:
    """Return a piece of the program itself, to stand at a node's place."""
    made = object.__new__(nodes.InternalName)
    made.name, made.lineno, made.environment = name, at.lineno, at.environment
    return made


def _is_loop(node: nodes.Node) -> TypeGuard[nodes.Getattr]:
    return isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "loop"


def _is_countable(node: nodes.For) -> bool:
    """Whether a loop is asked for nothing but how far it is."""
    return node.test is None and all(map(_counts, node.body))


def _counts(node: nodes.Node) -> bool:
    if _is_loop(node):
        return node.attr in _POSITIONS
    if isinstance(node, nodes.Name):
        return node.name != "loop"
    parts = (node.iter, *node.else_) if isinstance(node, nodes.For) else node.iter_child_nodes()
    return all(map(_counts, parts))


def _counting(node: nodes.For, number: int) -> nodes.For:
    """Return a loop that counts: `i_1` is how far it is, `last_1` how far it goes."""
    target = nodes.Tuple([internal(f"i_{number}", node), node.target], "store", lineno=node.lineno)
    return replaced(node, target=target, number=number)


def _found(tree: nodes.Template, kind: type[nodes.Node]) -> list[Any]:
    """Return a template's nodes of a kind: looked for once, since many templates extend and include the same one."""
    known: dict[type, list[Any]] = tree.__dict__.setdefault("found", {})
    if kind not in known:
        known[kind] = list(tree.find_all(kind))
    return known[kind]


def _searched(node: AnyNode) -> AnyNode:
    """Spare Jinja2 looking through a node for what is never in a knit one: blocks, and wrong names of loops."""
    node.__dict__.update(find=lambda _: None, find_all=lambda _: iter(()))
    return node


def _scope(body: list[nodes.Node], at: nodes.Node) -> nodes.Scope:
    return nodes.Scope(body, lineno=at.lineno, environment=at.environment)


def _asked(names: Iterable[str], at: nodes.Node) -> Iterator[nodes.Node]:
    """Yield what looks names up once, before macros and loops do."""
    for name in names:
        yield replaced(nodes.Name(name, "load", lineno=1, environment=at.environment), is_asked=True)


def _constant(node: nodes.Expr) -> str:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return node.value
    raise Loose


def _is_text(node: nodes.Output) -> bool:
    return all(isinstance(one, nodes.TemplateData) for one in node.nodes)


def _targets(node: nodes.Node) -> frozenset[str]:
    names = [node] if isinstance(node, nodes.Name) else list(node.find_all(nodes.Name))
    return frozenset(name.name for name in names)


def _assigned(node: nodes.Node) -> Iterator[str]:
    """Yield the names that a statement sets, but for those of loops."""
    if isinstance(node, nodes.Assign | nodes.AssignBlock):
        yield from _targets(node.target)
    for part in node.iter_child_nodes():
        if isinstance(part, nodes.Stmt):
            yield from _assigned(part)
