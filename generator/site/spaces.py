"""White space that no page keeps, taken out of a knit template before it becomes a program.

A page has neither the indentation nor the empty lines of its template (`generator.site.render.tight`). Most of both
stands in the template's own text, which is the same on every page: it goes once, not once a page. What is left of it
depends on values, and is looked for on each page. Preformatted text stays as it is; values hold it whole, or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from jinja2 import nodes

from generator.site.knit import replaced

_BLANK: Final = " \t\r\n"
#: White space around the end of a line, of which a page keeps the end alone.
_INDENTED: Final = re.compile(rf"[ \t]*\n[{_BLANK}]*")
#: How preformatted texts begin and end.
FRAMES: Final = {"<pre": "</pre>", "<textarea": "</textarea>"}
_BEGUN: Final = re.compile("|".join(FRAMES))


class _Odd(Exception):  # noqa: N818 - no error: the template stays as it is
    """A template of which it cannot be told what is preformatted."""


def tightened(tree: nodes.Template) -> nodes.Template:
    """Return a knit template without the white space that its pages lose wherever its parts are printed.

    It stays as it is where preformatted text begins in one of its parts and ends in another.
    """
    spacing = _Spacing(node.name for node in tree.body if isinstance(node, nodes.Macro))
    try:
        while True:
            body = spacing.whole(tree.body)
            if not spacing.is_new:
                return replaced(tree, body=body)
    except _Odd:
        return tree


class _Spacing:
    """One template's text, in the order in which it is printed.

    Of macros the best is believed until one of their calls refutes it, so several walks may be needed.
    """

    def __init__(self, macros: Iterable[str]) -> None:
        #: Whether a macro is printed at the beginning of a line each time.
        self.begins = dict.fromkeys(macros, True)
        #: Whether what follows a macro stands at the beginning of a line.
        self.ends = dict(self.begins)
        #: Macros that stay as they are: they may be printed in preformatted text, or are no more than a value.
        self.fixed: set[str] = set()
        self.is_new = False
        """Whether the last walk has learned something of them."""
        self.is_fixed = False
        """Whether it is in one that stays as it is."""
        self.is_start = False
        """Whether what has been printed so far is sure to end with a line's end."""
        self.frame = ""
        """How the preformatted text ends that is being printed; empty for none."""

    def whole(self, body: Iterable[nodes.Node]) -> list[nodes.Node]:
        """Return a template's statements without the white space that is known not to matter."""
        self.is_new = self.is_start = False
        made = [self._macro(node) if isinstance(node, nodes.Macro) else self._statement(node) for node in body]
        self._expect("")
        return made

    def _expect(self, frame: str) -> None:
        if self.frame != frame:
            raise _Odd

    # ------------------------------------------------------------------------ statements

    def _macro(self, node: nodes.Macro) -> nodes.Macro:
        name, before = node.name, self.is_start
        self.is_fixed = name in self.fixed
        self.is_start = self.begins[name]
        self._values(node.defaults)
        body = self._part(node.body)
        self._expect("")
        self._refute(self.ends, name, self.is_start)
        self.is_start, self.is_fixed = before, False
        return replaced(node, body=body)

    def _refute(self, believed: dict[str, bool], name: str, is_so: bool) -> None:
        if believed[name] and not is_so:
            believed[name], self.is_new = False, True

    def _part(self, body: Iterable[nodes.Node]) -> list[nodes.Node]:
        return [*map(self._statement, body)]

    def _statement(self, node: nodes.Node) -> nodes.Node:
        match node:
            case nodes.Output():
                return replaced(node, nodes=[left for child in node.nodes for left in self._printed(child)])
            case nodes.Scope():
                return replaced(node, body=self._part(node.body))
            case nodes.If():
                return self._choice(node)
            case nodes.For():
                return self._loop(node)
            case nodes.AssignBlock():
                return self._kept(node)
            case nodes.Assign() | nodes.Name():
                self._values((node,))
                return node
        raise _Odd

    def _kept(self, node: nodes.AssignBlock) -> nodes.AssignBlock:
        """Return what is printed later, if at all, as it is."""
        before = self.is_start, self.frame, self.is_fixed
        self.frame, self.is_fixed = "", True
        self._part(node.body)
        self._expect("")
        self.is_start, self.frame, self.is_fixed = before
        return node

    def _choice(self, node: nodes.If) -> nodes.If:
        self._values((node.test, *(one.test for one in node.elif_)))
        is_start, frame = self.is_start, self.frame
        parts, starts, frames = [], [], []
        for body in (node.body, *(one.body for one in node.elif_), node.else_):
            self.is_start, self.frame = is_start, frame
            parts.append(self._part(body))
            starts.append(self.is_start)
            frames.append(self.frame)
        for other in frames:
            self._expect(other)
        self.is_start = all(starts)
        elifs = [replaced(one, body=part) for one, part in zip(node.elif_, parts[1:-1], strict=True)]
        return replaced(node, body=parts[0], elif_=elifs, else_=parts[-1])

    def _loop(self, node: nodes.For) -> nodes.For:
        """Return a loop, whose body follows what stands before it, and itself."""
        self._values((node.iter, node.test) if node.test else (node.iter,))
        is_start, frame = self.is_start, self.frame
        body = self._part(node.body)
        if is_start and not self.is_start:
            body = self._part(node.body)
        self._expect(frame)
        ends_so, self.is_start = self.is_start, is_start
        other = self._part(node.else_)
        self._expect(frame)
        self.is_start = self.is_start and ends_so
        return replaced(node, body=body, else_=other)

    # ------------------------------------------------------------------------ what is printed

    def _printed(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        """Yield what is left of something that is printed."""
        if isinstance(node, nodes.TemplateData):
            left = "".join(self._text(node.data))
            if left:
                yield replaced(node, data=left)
            return
        yield node
        called = _called(node)
        if not called or self.frame or self.is_fixed:
            self._values((node,))
            self.is_start = False
        else:
            self._values(node.iter_child_nodes())
            self._refute(self.begins, called, self.is_start)
            self.is_start = self.ends[called]

    def _values(self, nodes_: Iterable[nodes.Node]) -> None:
        """Take note of the macros that are called for a value."""
        for node in nodes_:
            called = _called(node)
            if called and called not in self.fixed:
                self.fixed.add(called)
                self.is_new = True
                self.begins[called] = self.ends[called] = False
            self._values(node.iter_child_nodes())

    def _text(self, text: str) -> Iterator[str]:
        """Yield what is left of the parts of a text, preformatted and not."""
        if text.endswith("<"):  # the name of a tag depends on a value
            raise _Odd
        while text:
            if self.frame:
                at = text.find(self.frame)
                at = len(text) if at < 0 else at + len(self.frame)
                self.frame = "" if text[:at].endswith(self.frame) else self.frame
                left = text[:at]
                self.is_start = False
            else:
                begun = _BEGUN.search(text)
                at = begun.start() if begun else len(text)
                self.frame = FRAMES[begun[0]] if begun else ""
                left = text[:at] if self.is_fixed else self._outside(text[:at])
            yield left
            text = text[at:]

    def _outside(self, text: str) -> str:
        left = _INDENTED.sub("\n", text)
        left = left.lstrip(_BLANK) if self.is_start else left
        self.is_start = left.endswith("\n") if left else self.is_start
        return left


def _called(node: nodes.Node) -> str:
    """Return the macro that is called; empty for anything else."""
    return node.node.name if isinstance(node, nodes.Call) and isinstance(node.node, nodes.InternalName) else ""
