"""What is wrong with a theme, told as its author would look for it: the template's file, the line, the page, a way out.

The second door to Jinja2: what it says of mistakes is made into problems here, and what it passes over in silence is
looked for (a block that no template prints).
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Final

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.utils import missing

from generator.errors import Problem, SourceError
from generator.ingest.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.model import Page, Tree

TEMPLATES: Final = "templates/"
NO_TEMPLATE: Final = "the theme has no such template – add it, or extend a theme that has it"


class Unknown(jinja2.StrictUndefined):
    """A name that there is not: an error that says what there is."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, found = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if found is missing or not isinstance(name, str):
            return f"{name!r} is undefined – the documentation's page “Template values” lists what there is"
        return f"{_called(found)} has no {name!r}{did_you_mean(name, known) if (known := _names(found)) else ''}"


def _called(found: object) -> str:
    if isinstance(found, TemplateModule):
        return str(found.__name__)
    return f"a {type(found).__name__}" if type(found).__module__.startswith("generator.") else repr(found)[:60]


def _names(found: object) -> list[str]:
    """Return what an object of ours offers to templates."""
    if isinstance(found, TemplateModule):
        return [name for name in vars(found) if not name.startswith("_")]
    known = [field.name for field in fields(found)] if is_dataclass(found) else []
    return known + [name for name, value in vars(type(found)).items() if isinstance(value, property)]


def mistake_of(error: Exception, page: Page, theme: Tree, called: str) -> SourceError:
    """Return what went wrong when *page* was rendered, at the innermost template's line.

    :param called: the theme's name.
    """
    name, line = _place(error, page.template)
    if isinstance(error, jinja2.TemplateSyntaxError):
        name, line, said = error.name or page.template, error.lineno, error.message or "cannot be read"
    elif isinstance(error, jinja2.TemplateNotFound):
        said = NO_TEMPLATE if not line else f"{error}: {NO_TEMPLATE}"
        if not line and f"{TEMPLATES}{name}" not in theme:
            said += f", as with `extends: default` in themes/{called}/theme.yml"
            return SourceError(
                [Problem(f"themes/{called}/{TEMPLATES}{name}", 0, 0, f"{said} (page /{page.permalink})")]
            )
    elif isinstance(error, RecursionError):
        said = f"extends or includes itself – {_below(name, theme)} is the file of the theme that this one extends"
    else:
        said = f"{error}" if isinstance(error, jinja2.TemplateError) else f"{type(error).__name__}: {error}"
    return SourceError([Problem(file_of(name, theme), line, 0, f"{said} (page /{page.permalink})")])


def _below(name: str, theme: Tree) -> str:
    """Return the name of the template that one of a theme laid over others replaces: `default/story.html`."""
    own = theme.get(f"{TEMPLATES}{name}")
    others = (path for path in sorted(theme) if path.startswith(TEMPLATES) and path.endswith(f"/{name}"))
    found = next((path for path in others if theme[path] != own), f"default/{name}")
    return f'"{found.removeprefix(TEMPLATES)}"'


def _place(error: BaseException, template: str) -> tuple[str, int]:
    """Return the template, and the line in it, that was being rendered when *error* came up."""
    place = template, 0
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.startswith(TEMPLATES):
            place = trace.tb_frame.f_code.co_filename.removeprefix(TEMPLATES), trace.tb_lineno
        trace = trace.tb_next
    return place


def file_of(name: str, theme: Tree) -> str:
    """Return where a template lies in the project: `themes/mine/templates/story.html`.

    Themes that extend one another are laid over each other; each one's templates stand under its name, too.
    """
    folder, _, rest = name.partition("/")
    if rest and f"{TEMPLATES}{rest}" in theme and f"{TEMPLATES}{name}" in theme:
        return f"themes/{folder}/{TEMPLATES}{rest}"
    data = theme.get(f"{TEMPLATES}{name}")
    owners = (path.split("/")[1] for path in theme if path.startswith(TEMPLATES) and path.endswith(f"/{name}"))
    owner = next((one for one in sorted(owners) if theme.get(f"{TEMPLATES}{one}/{name}") == data), "")
    return f"themes/{owner}/{TEMPLATES}{name}" if owner and data is not None else f"{TEMPLATES}{name}"


# ---------------------------------------------------------------------------- blocks that nobody prints


def stray_blocks(templates: Mapping[str, str], environment: jinja2.Environment, theme: Tree) -> list[Problem]:
    """Return a problem for each block of a template that none of those that it extends has: nothing prints it.

    Only templates that replace one of another theme are read: those that stand under two themes' names, or one.
    """
    own = [name for name in templates if "/" not in name and not _is_packaged(name, theme)]
    doubtful = [name for name in sorted(own) if not _has_known_blocks(name, templates)]
    return [problem for name in doubtful for problem in _strays(name, templates, environment, theme)]


_BLOCK, _EXTENDS = (re.compile(r"{%[-+]?\s*" + tag) for tag in (r"block\s+(\w+)", r"extends\s+([\"'])([^\"']+)\1"))
_ANY_EXTENDS = re.compile(r"{%[-+]?\s*extends\b")


def _has_known_blocks(name: str, templates: Mapping[str, str]) -> bool:
    """Whether a template plainly has no block but those of what it extends: true of almost all, and found at once.

    False where nothing can be said without reading it as Jinja2 does: where text may not be what it looks like.
    """
    own, known, seen = set(_BLOCK.findall(templates[name])), set[str](), set[str]()
    while name in templates and name not in seen:
        text = templates[name]
        if "{#" in text or "raw" in text or len(_ANY_EXTENDS.findall(text)) > 1:
            return False
        if seen:
            known.update(_BLOCK.findall(text))
        elif not _ANY_EXTENDS.search(text):
            return True
        seen.add(name)
        above = _EXTENDS.search(text)
        name = above[2] if above else ""
    return own <= known


def _is_packaged(name: str, theme: Tree) -> bool:
    return theme.get(f"{TEMPLATES}default/{name}") == theme.get(f"{TEMPLATES}{name}")


def _strays(name: str, templates: Mapping[str, str], environment: jinja2.Environment, theme: Tree) -> Iterator[Problem]:
    try:
        tree = environment.parse(templates[name])
        known = _blocks_above(tree, templates, environment, {name})
    except jinja2.TemplateSyntaxError:
        return  # told when it is rendered
    if known is None:
        return
    for block in tree.body:
        if isinstance(block, nodes.Block) and block.name not in known:
            said = f"block {block.name!r} is in none of the templates that this one extends, so nothing prints it"
            yield Problem(file_of(name, theme), block.lineno, 0, said + did_you_mean(block.name, known))


def _blocks_above(
    tree: nodes.Template, templates: Mapping[str, str], environment: jinja2.Environment, seen: set[str]
) -> set[str] | None:
    """Return the blocks of all templates that one extends, None where that cannot be known."""
    extends = next((node for node in tree.body if isinstance(node, nodes.Extends)), None)
    if extends is None or not isinstance(extends.template, nodes.Const):
        return None
    parent = str(extends.template.value)
    if parent in seen or parent not in templates:
        return None
    above = environment.parse(templates[parent])
    further = _blocks_above(above, templates, environment, seen | {parent}) or set()
    return further | {block.name for block in above.find_all(nodes.Block)}
