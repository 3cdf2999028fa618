"""Templates as shorter programs: what Jinja2 makes of a template, less the questions that have one answer.

The third door to Jinja2. The sandbox is asked about an attribute once for each class of ours that has it, not at each
use; text is escaped without a value being made of it that only says so; a macro of the theme is called as the function
that it is. Whatever is anything else goes Jinja2's own way. The bytes are the same, and so are mistakes: where anything
goes wrong, the page is rendered once more as Jinja2 would (`generator.site.render`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import repeat
from keyword import iskeyword
from operator import is_
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import LoopContext, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

if TYPE_CHECKING:
    import jinja2
    from jinja2.environment import TemplateModule
    from jinja2.runtime import Context

escaped: Callable[[str], str]
"""Text in, text out; `markupsafe.escape` wraps what it returns."""
try:
    from markupsafe._speedups import _escape_inner as escaped
except ImportError:  # another version of MarkupSafe: its public function does the same, at a walk
    escaped = escape

#: What a loop says of itself, in every template.
LOOP: Final = ("first", "last", "index", "index0", "length")


class Having(defaultdict[str, set[type]]):
    """Attribute → the classes that a template may ask for it without asking the sandbox."""

    def __init__(self) -> None:
        """Begin with what loops have."""
        super().__init__(set)
        for name in LOOP:
            self[name].add(LoopContext)

    def note(self, owner: type, attribute: str) -> None:
        """Take note that every value of a class of ours has an attribute."""
        if hasattr(owner, attribute):
            self[attribute].add(owner)


#: `Markup(text)` of a text, in a third of the time.
marked: Final[Callable[[str], Markup]] = partial(str.__new__, Markup)


def printed(value: object) -> str:
    """Return what stands on the page for a value that is neither a text nor a whole number."""
    return str(value.__html__()) if hasattr(value, "__html__") else escaped(str(value))


class Swift(Macro):
    """A macro that can be called as the function that it is, by `run`, with as many values as it takes or fewer.

    A page defines a hundred and calls a dozen: what Jinja2 notes of each is noted when it is first asked for.
    """

    def __init__(self, environment: jinja2.Environment, func: FunctionType, *about: Any) -> None:
        """See `jinja2.runtime.Macro`."""
        _, arguments, by_name, more, caller, escapes = about
        self.run: Callable[..., str] = self
        if not (by_name or more or caller) and escapes and "caller" not in arguments:
            func.__defaults__ = (missing,) * len(arguments)
            self.run = func
        self._made_of = (environment, func, *about)

    def __getattr__(self, name: str) -> Any:
        """Return what Jinja2 knows of a macro."""
        if "name" in self.__dict__ or name[:2] == "__":
            raise AttributeError(name)
        super().__init__(*self._made_of)
        return getattr(self, name)

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        made = self._func(*arguments)
        return made if autoescape else str(made)


#: Under this name a page's values hold the modules that its templates have imported.
MODULES: Final = "_modules"


def module(template: jinja2.Template, context: Context, local: Mapping[str, object]) -> TemplateModule:
    """Return what `{% import … with context %}` gives: for templates of one page that see the same, the same.

    What a template of macros sees are the names that it asks for; it is run anew where one of them stands for
    something else. The page's values hold what has been made, so that it lives as long as the page is rendered.
    """
    names: frozenset[str] | None = template.root_render_func.__globals__.get("asked_of_page")
    made: dict[str | None, list[tuple[list[object], TemplateModule]]] | None = context.parent.get(MODULES)
    if made is None or names is None:
        return template.make_module(context.get_all(), True, local)
    if names.isdisjoint(local) and names.isdisjoint(context.vars):
        seen = list(map(context.parent.get, names, repeat(missing)))
    else:
        seen = [_seen(name, context, local) for name in names]
    for known, found in made.setdefault(template.name, []):
        if all(map(is_, known, seen)):
            return found
    found = template.make_module(context.get_all(), True, local)
    made[template.name].append((seen, found))
    return found


def _seen(name: str, context: Context, local: Mapping[str, object]) -> object:
    value = local.get(name, missing)
    return context.resolve_or_missing(name) if value is missing else value


def asked_of_page(template: nodes.Template) -> frozenset[str] | None:
    """Return the names that a template of macros takes from the page; None if others, that it brings in, do too."""
    if any(template.find(kind) for kind in (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport, nodes.Block)):
        return None
    return frozenset(name.name for name in template.find_all(nodes.Name) if name.ctx == "load")


class Shorter(CodeGenerator):
    """Jinja2's compiler, with shorter ways for what templates do most: attributes, printing, calls."""

    def __init__(self, *about: Any, **more: Any) -> None:
        """See `jinja2.compiler.CodeGenerator`."""
        super().__init__(*about, **more)
        self._asked: set[str] = set()
        self._said: dict[str, str] = {}
        self._is_gathered = True

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Write a template's module: what Jinja2 writes, and below it the names that the shorter ways use."""
        self._is_gathered = all(include.with_context for include in node.find_all(nodes.Include))
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import escaped, marked, partial, printed, module as made_module")
        self.writeline(f"from {__name__} import Swift as Macro")
        asked = asked_of_page(node)
        self.writeline(f"asked_of_page = {None if asked is None else f'frozenset({sorted(asked)})'}")
        for name in sorted(self._asked):
            self.writeline(f"has_{name} = environment.having[{name!r}]")
        self.writeline("says = environment.globals.get('_')")
        for text, name in self._said.items():
            self.writeline(f"{name} = says({text!r}) if type(says) is partial else ''")

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

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write `x.name`: as it is for a class that is known to have it, else by the sandbox."""
        name = node.attr
        if name[:1] == "_" or not (name.isascii() and name.isidentifier()) or iskeyword(name):
            super().visit_Getattr(node, frame)
            return
        self._asked.add(name)
        held = self.temporary_identifier()
        self.write(f"({held}.{name} if type({held} := ")
        self.visit(node.node, frame)
        self.write(f") in has_{name} else environment.getattr({held}, {name!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call: of a macro or of what we have given to the template as it is, else by the sandbox."""
        unusual = forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs)
        if unusual or not _escapes(frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        write = self._write_saying if _says_one_thing(node) else self._write_call
        write(node, frame)

    def _write_saying(self, node: nodes.Call, frame: Frame) -> None:
        """Write a call of `_` with a text: what that is in the site's language is looked up once."""
        name = self._said.setdefault(node.args[0].value, f"says_{len(self._said)}")  # type: ignore[attr-defined]
        self.write(f"({name} if ")
        self.visit(node.node, frame)
        self.write(" is says else ")
        self._write_call(node, frame)
        self.write(")")

    def _write_call(self, node: nodes.Call, frame: Frame) -> None:
        held = self.temporary_identifier()
        swift = "" if node.kwargs else f"{held}.run if type({held}) is Macro else "
        around = "".join(f", _{kind}_vars=_{kind}_vars" for kind in _scopes(frame))
        self.write(f"({held} if type({held} := ")
        self.visit(node.node, frame)
        self.write(f") is partial else {swift}partial(environment.call, context, {held}{around}))(")
        for value in (*node.args, *node.kwargs):
            self.visit(value, frame)
            self.write(", ")
        self.write(")")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """Write a macro's return: what it has printed is markup, whoever calls it."""
        if force_unescaped and _escapes(frame):
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
            self.write(f"str({held}) if type({held}) is int else printed({held}))")
        else:
            super()._output_child_post(node, frame, finalize)


def _says_one_thing(node: nodes.Call) -> bool:
    """Whether a call is `_("…")`, with no place to fill."""
    match node:
        case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str())], kwargs=[]):
            return True
    return False


def _escapes(frame: Frame) -> bool:
    """Whether what is printed here is escaped, as everywhere but in a block that says otherwise."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _scopes(frame: Frame) -> list[str]:
    return [kind for kind, is_in in (("loop", frame.loop_frame), ("block", frame.block_frame)) if is_in]
