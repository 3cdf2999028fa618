"""What templates run on: what Jinja2's programs do, less the questions that have one answer.

Attributes are taken as they are, but for those that the sandbox might refuse; text is escaped without a value being
made of it that only says so; a macro of the theme is called as the function that it is. The programs are written in
`generator.site.shorter`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from functools import partial
from itertools import repeat
from operator import is_
from types import (
    AsyncGeneratorType,
    CodeType,
    CoroutineType,
    FrameType,
    FunctionType,
    GeneratorType,
    TracebackType,
)
from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes
from jinja2.runtime import LoopContext, Macro, markup_join
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


#: Attributes that are not simply taken: some of Python's or of Jinja2's own values have them, and the sandbox keeps
#: them from templates, or gives others.
GUARDED: Final = frozenset(
    name
    for kind in (
        CodeType,
        FrameType,
        TracebackType,
        GeneratorType,
        CoroutineType,
        AsyncGeneratorType,
        list,
        dict,
        set,
        deque,
    )
    for name in dir(kind)
) | {"mro", "format", "format_map"}
#: Names that every page has, and that no page's own values may have (`generator.site.render`).
GIVEN: Final = frozenset(
    {"_", "ngettext", "pgettext", "words", "site", "language", "direction", "versions", "to", "here", "whole", "page"}
    | {"canonical", "has_feeds", "card_look"}
)

#: `Markup(text)` of a text, in a third of the time.
marked: Final[Callable[[str], Markup]] = partial(str.__new__, Markup)


_TEXT: Final = frozenset({str})
numbers: Final = frozenset({int, float})


def joined(parts: tuple[object, ...]) -> str:
    """Return texts as one, as `~` makes them: markup if one of them is."""
    if _TEXT.issuperset(map(type, parts)):
        return "".join(parts)  # type: ignore[arg-type]
    return markup_join(parts)


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


def is_knit(template: jinja2.Template) -> bool:
    """Return whether a template's program needs no other template."""
    return bool(template.root_render_func.__globals__.get("is_knit"))
