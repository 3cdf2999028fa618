"""Templates as shorter programs: what Jinja2 makes of a template, less the questions that have one answer.

Attributes are taken as they are, text is escaped and macros are called by the shorter ways of `generator.site.quick`;
what says the same on every page is looked up once (`generator.site.knit`). Whatever is anything else goes Jinja2's own
way. The bytes are the same, and so are mistakes: where anything goes wrong, the page is rendered once more as Jinja2
would (`generator.site.render`).
"""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from keyword import iskeyword
from typing import Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from generator.site import quick
from generator.site.knit import internal, replaced
from generator.site.quick import GIVEN, GUARDED, asked_of_page
from generator.site.words import PLACE, Words, filled

#: Settings that are texts, and printed as they are.
_PLAIN_SETTINGS: Final = frozenset({"title", "description", "base_url"})
#: Lines of a program that Jinja2 writes for functions which are called with what loops and blocks have set.
_ASKED_BY_NONE: Final = frozenset({"_loop_vars = {}", "_block_vars = {}"})


class Shorter(CodeGenerator):
    """Jinja2's compiler, with shorter ways for what templates do most: attributes, printing, calls."""

    def __init__(self, *about: Any, **more: Any) -> None:
        """See `jinja2.compiler.CodeGenerator`."""
        super().__init__(*about, **more)
        self._asked: set[str] = set()
        self._said: dict[str, str] = {}
        self._is_gathered = True
        self._settled: frozenset[str] | None = None
        self._function = "macro"
        self._is_printed = False
        self._asked_with_care: nodes.Node | None = None
        self._fixed: dict[tuple[str, ...], str] = {}

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Write a template's module: what Jinja2 writes, and below it the names that the shorter ways use."""
        self._settled = getattr(node, "settled", None)
        is_knit = self._settled is not None
        self._is_gathered = is_knit or all(include.with_context for include in node.find_all(nodes.Include))
        super().visit_Template(node, frame)
        self.writeline(
            f"from {quick.__name__} import escaped, joined, marked, numbers, partial, printed, Swift as Macro"
        )
        self.writeline(f"from {quick.__name__} import module as made_module")
        asked = None if is_knit else asked_of_page(node)
        self.writeline(f"is_knit = {is_knit}")
        self.writeline(f"asked_of_page = {None if asked is None else f'frozenset({sorted(asked)})'}")
        for name in sorted(self._asked):
            self.writeline(f"has_{name} = environment.having[{name!r}]")
        self.writeline("says = environment.globals.get('_')")
        for text, name in self._said.items():
            self.writeline(f"{name} = says({text!r}) if type(says) is partial else ''")
        if self._fixed:
            self.writeline("given, concat = environment.globals, environment.concat")
            self.writeline("site = given['site']")
        for parts, name in self._fixed.items():
            self.writeline(f"{name} = concat(({', '.join(parts)},))")

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Write a part of a template; what a template or a block prints comes in one piece, as a macro's does."""
        if frame.buffer is not None or not self._is_gathered:
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if not node.with_context:
            super()._import_common(node, frame)
            return
        self.write("made_module(environment.get_template(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r}), context, {self.dump_local_context(frame)})")

    # ------------------------------------------------------------------------ knit templates

    def func(self, name: str) -> str:
        """Write the head of a function; a macro of a knit template has a name of its own."""
        return super().func(self._function if name == "macro" else name)

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Write a line, less what only functions that look at their context would ask for."""
        if self._settled is None or x not in _ASKED_BY_NONE:
            super().writeline(x, node, extra)

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802
        """Write a macro; in a knit template it is a function that returns text."""
        if self._settled is None:
            super().visit_Macro(node, frame)
            return
        self._function = node.name
        self.macro_body(node, frame)
        self._function = "macro"
        if node.is_short:  # type: ignore[attr-defined]
            self.writeline(f"{node.name}.__defaults__ = (missing,) * {len(node.args)}")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        """Write a loop; of one that counts, how many there are is known before."""
        number = getattr(node, "number", None)
        if number is None:
            super().visit_For(node, frame)
            return
        self.writeline(f"all_{number} = ", node)
        self.visit(node.iter, frame)
        self.writeline(f"if type(all_{number}) is not tuple and type(all_{number}) is not list:")
        self.writeline(f"    all_{number} = list(all_{number})")
        self.writeline(f"last_{number} = len(all_{number}) - 1")
        super().visit_For(replaced(node, iter=internal(f"enumerate(all_{number})", node)), frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Write `a ~ b`."""
        if self._settled is None:
            super().visit_Concat(node, frame)
            return
        self.write("joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802
        """Write a name; one that every page brings is not asked whether it is there."""
        if getattr(node, "is_asked", False):
            return
        if node.ctx == "load" and node.name in GIVEN and self._is_settled(node.name, frame):
            self.write(frame.symbols.ref(node.name))
        else:
            super().visit_Name(node, frame)

    def _is_settled(self, name: str, frame: Frame) -> bool:
        return self._settled is not None and name in self._settled and frame.symbols.find_ref(name) == f"l_0_{name}"

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Write what is printed; texts that are the same on every page, one after the other, are one."""
        if self._settled is None or frame.buffer is None or not _escapes(frame):
            super().visit_Output(node, frame)
            return
        items: list[list[str] | nodes.Expr] = []
        for part in chain.from_iterable(self._parts(child, frame) for child in node.nodes):
            if not isinstance(part, str):
                items.append(part)
            elif items and isinstance(items[-1], list):
                items[-1].append(part)
            else:
                items.append([part])
        self.writeline(f"{frame.buffer}.append(" if len(items) == 1 else f"{frame.buffer}.extend((")
        for number, item in enumerate(items):
            self.write(", " if number else "")
            if isinstance(item, list):
                self.write(self._once(item))
            else:
                self._print(item, frame)
        self.write(")" if len(items) == 1 else "))")

    def _parts(self, node: nodes.Expr, frame: Frame) -> Iterable[str | nodes.Expr]:
        """Return what something prints in order: programs of texts that are the same on every page, and the rest."""
        fixed = self._fixed_text(node, frame)
        if fixed is not None:
            return (fixed,)
        if isinstance(node, nodes.Call) and self._is_filling(node, frame) and (parts := self._filled(node)):
            return parts
        return (node,)

    def _filled(self, node: nodes.Call) -> list[str | nodes.Expr]:
        """Return the parts of `_("…", …)`; none where the string is not made of text and the values that are given."""
        pattern, values = self._says(node), {one.key: one.value for one in node.kwargs}
        if "%" in PLACE.sub("", pattern) or set(PLACE.findall(pattern)) != values.keys():
            return []
        return [values[name] if name else repr(text) for text, name in filled(pattern)]

    def _says(self, node: nodes.Call) -> str:
        """Return the string of `_("…")` in the site's language."""
        words, text = self.environment.globals["words"], node.args[0].value  # type: ignore[attr-defined]
        return words.gettext(text) if isinstance(words, Words) else text

    def _once(self, parts: list[str]) -> str:
        """Return texts as one; those that the site's configuration says are looked up once."""
        if all(part[0] in "'\"" for part in parts):
            return repr("".join(map(literal_eval, parts)))
        return self._fixed.setdefault(tuple(parts), f"k_{len(self._fixed)}")

    def _fixed_text(self, node: nodes.Expr, frame: Frame) -> str | None:
        """Return the program of a text that is the same on every page; None if it is not."""
        if isinstance(node, nodes.TemplateData):
            return repr(node.data)
        with suppress(Exception):  # whatever it is: not to be known before a page is printed
            return repr(str(escape(node.as_const(frame.eval_ctx))))
        match node:
            case nodes.Call() if _says_one_thing(node) and self._is_settled("_", frame):
                return repr(self._says(node))
            case nodes.Getattr(node=nodes.Name(name="site"), attr=attr) if self._is_settled("site", frame):
                return f"printed(site.{attr})" if attr in _PLAIN_SETTINGS else None
            case nodes.Name(name="language" | "direction" as name) if self._is_settled(name, frame):
                return f"printed(given[{name!r}])"
        return None

    def _print(self, node: nodes.Expr, frame: Frame) -> None:
        """Write an expression as it is printed."""
        if _is_function(node) or self._is_filling(node, frame):
            self._is_printed = True
            self.visit(node, frame)
            return
        match node:
            case nodes.Call(node=nodes.Name(name="to" | "here" | "whole" as name)) if self._is_settled(name, frame):
                self.write("escaped(")
                self.visit(node, frame)
                self.write(")")
                return
        finalize = self._make_finalize()
        self._output_child_pre(node, frame, finalize)
        self.visit(node, frame)
        self._output_child_post(node, frame, finalize)

    def _is_filling(self, node: nodes.Node, frame: Frame) -> bool:
        """Whether something is `_("…", …)`, a string whose places are filled."""
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str())]) if node.kwargs:
                return self._is_settled("_", frame)
        return False

    def _write_filling(self, node: nodes.Call, frame: Frame) -> None:
        """Write `_("…", …)` where it is more than text and values, or is not printed."""
        self.write(f"({self._says(node)!r} % {{")
        for one in node.kwargs:
            held = self.temporary_identifier()
            self.write(f"{one.key!r}: (escaped({held}) if type({held} := ")
            self.visit(one.value, frame)
            self.write(f") is str else {held} if type({held}) is Markup or type({held}) is int else printed({held})), ")
        self.write("})")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802
        """Write a test; whether an attribute is there is asked with care."""
        with self._careful(node.node if node.name in ("defined", "undefined") else None):
            super().visit_Test(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        """Write a filter; an attribute that may be lacking is asked for with care."""
        with self._careful(node.node if node.name in ("default", "d") else None):
            super().visit_Filter(node, frame)

    @contextmanager
    def _careful(self, node: nodes.Node | None) -> Iterator[None]:
        before, self._asked_with_care = self._asked_with_care, node
        yield
        self._asked_with_care = before

    # ------------------------------------------------------------------------ expressions

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write `x.name`: as it is unless the sandbox might refuse it, or give something else.

        Where a value lacks it, the page is rendered as Jinja2 would.
        """
        name = node.attr
        if name[:1] == "_" or not (name.isascii() and name.isidentifier()) or iskeyword(name):
            super().visit_Getattr(node, frame)
            return
        if name not in GUARDED and node is not self._asked_with_care and not _is_self(node.node):
            if isinstance(node.node, nodes.Name) and node.node.ctx == "load":
                self.write(f"{frame.symbols.ref(node.node.name)}.{name}")
                return
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{name}")
            return
        self._asked.add(name)
        held = self.temporary_identifier()
        self.write(f"({held}.{name} if type({held} := ")
        self.visit(node.node, frame)
        self.write(f") in has_{name} else environment.getattr({held}, {name!r}))")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Write `x[name]`: as it is for a plain dictionary that has it."""
        if not isinstance(node.arg, nodes.Name):
            super().visit_Getitem(node, frame)
            return
        held, key = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({held}[{key}] if type({held} := ")
        self.visit(node.node, frame)
        self.write(f") is dict and type({key} := ")
        self.visit(node.arg, frame)
        self.write(f") is str and {key} in {held} else environment.getitem({held}, ")
        self.visit(node.arg, frame)
        self.write("))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call: of a macro or of what we have given to the template as it is, else by the sandbox."""
        is_printed, self._is_printed = self._is_printed, False
        if _is_function(node) or self._is_filling(node, frame):
            self.write("" if is_printed else "marked(")
            if _is_function(node):
                self._write_function(node, frame)
            else:
                self._write_filling(node, frame)
            self.write("" if is_printed else ")")
            return
        unusual = forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs)
        if unusual or not _escapes(frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        write = self._write_saying if _says_one_thing(node) else self._write_call
        write(node, frame)

    def _write_function(self, node: nodes.Call, frame: Frame) -> None:
        """Write a call of a macro of a knit template."""
        self.visit(node.node, frame)
        self.write("(")
        for value in (*node.args, *node.kwargs):
            self.visit(value, frame)
            self.write(", ")
        self.write(")")

    def _write_saying(self, node: nodes.Call, frame: Frame) -> None:
        """Write a call of `_` with a text: what that is in the site's language is looked up once."""
        name = self._said.setdefault(node.args[0].value, f"says_{len(self._said)}")  # type: ignore[attr-defined]
        self.write(f"({name} if ")
        self.visit(node.node, frame)
        self.write(" is says else ")
        self._write_call(node, frame)
        self.write(")")

    def _write_call(self, node: nodes.Call, frame: Frame) -> None:
        match node.node:
            case nodes.Name(name="to" | "here" | "whole" as name) if self._is_settled(name, frame):
                self._write_function(node, frame)
                return
            case nodes.Getattr(node=nodes.Name(name="words")) if self._is_settled("words", frame):
                self._write_function(node, frame)
                return
        held = self.temporary_identifier()
        swift = "" if node.kwargs else f"{held}.run if type({held}) is Macro else "
        around = "".join(f", _{kind}_vars=_{kind}_vars" for kind in _scopes(frame) if self._settled is None)
        self.write(f"({held} if type({held} := ")
        self.visit(node.node, frame)
        self.write(f") is partial else {swift}partial(environment.call, context, {held}{around}))(")
        for value in (*node.args, *node.kwargs):
            self.visit(value, frame)
            self.write(", ")
        self.write(")")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Write a macro's return: what it has printed is markup, whoever calls it."""
        if self._function != "macro":
            self.writeline(f"return concat({frame.buffer})")
        elif force_unescaped and _escapes(frame):
            self.writeline(f"return marked(concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame, force_unescaped)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self._held = ""
        if finalize.src is not None or not _escapes(frame):
            super()._output_child_pre(node, frame, finalize)
            return
        self._held = self.temporary_identifier()
        self.write(f"(escaped({self._held}) if type({self._held} := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        held = self._held
        if held:
            self.write(f") is str else {held} if type({held}) is Markup else ")
            self.write(f"str({held}) if type({held}) in numbers else printed({held}))")
        else:
            super()._output_child_post(node, frame, finalize)


def _says_one_thing(node: nodes.Call) -> bool:
    """Whether a call is `_("…")`, with no place to fill."""
    match node:
        case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str())], kwargs=[]):
            return True
    return False


def _is_self(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "self"


def _is_function(node: nodes.Node) -> bool:
    """Whether something is the call of a macro of a knit template."""
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.InternalName)


def _escapes(frame: Frame) -> bool:
    """Whether what is printed here is escaped, as everywhere but in a block that says otherwise."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _scopes(frame: Frame) -> list[str]:
    return [kind for kind, is_in in (("loop", frame.loop_frame), ("block", frame.block_frame)) if is_in]
