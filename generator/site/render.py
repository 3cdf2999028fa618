"""A page and a theme into bytes: the one door to Jinja2.

Themes are sandboxed, every text is escaped, an unknown name is an error. Nothing is compared or decided here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache, partial
from io import BytesIO
from types import MethodType
from typing import TYPE_CHECKING, Any, Final

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from generator.errors import Problem, SourceError
from generator.ingest.catalogues import catalogue_for
from generator.site import links
from generator.site.card_look import Look, look_of
from generator.site.cards import Card
from generator.site.index import direction_of
from generator.site.knit import knit, sources
from generator.site.mistakes import TEMPLATES, Unknown, file_of, mistake_of, stray_blocks
from generator.site.quick import GIVEN, MODULES, Having, escaped, is_knit, marked
from generator.site.shorter import Shorter
from generator.site.spaces import FRAMES, tightened
from generator.site.words import Words

if TYPE_CHECKING:
    from generator.model import Config, Page, Tree

STATIC: Final = "static/"
INDENTED: Final = re.compile(rb"[ \t]*\n[ \t\r\n]*")
#: A line's end of which `INDENTED` would take something; looked for by the end itself, which is quick.
LOOSE: Final = re.compile(rb"\n(?:[ \t\r\n]|(?<=[ \t]\n))")
#: What a style sheet says to its reader only, a comment (unless it asks to stay, as `/*!`) and indentation; strings and
#: addresses, which may look like either, come first.
SAID: Final = re.compile(
    rb"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)"']*\))|(?<![^\s;{}])/\*(?!!).*?\*/|\s*\n\s*""", re.DOTALL
)
#: What a script says to its reader only: a comment on lines of its own, unless it asks to stay.
ASIDE: Final = re.compile(rb"^[ \t]*/\*(?!!).*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
#: How preformatted texts begin and end.
_FRAMES: Final = tuple((begin.encode(), end.encode()) for begin, end in FRAMES.items())
PREFORMATTED: Final = re.compile(rb"<(?:pre\b.*?</pre|textarea\b.*?</textarea)>", re.DOTALL)


Draw = Callable[[str, Card, Look], bytes]
"""How a picture is drawn, given its path: anew, unless somebody has it already."""


def drawn(_: str, card: Card, look: Look) -> bytes:
    """Draw a picture anew."""
    from generator.site import drawing

    return drawing.draw(card, look)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a short way to the values that pages are made of.

    They are frozen, and no attribute of theirs leads out of them unless it begins with an underscore; asking the
    sandbox about each took two thirds of the time that rendering takes.
    """

    theme: Tree
    """The files that the templates are made from."""
    plain: Callable[[], jinja2.Environment]
    """The same templates as Jinja2 compiles them, which tells of mistakes in its own words."""

    having: Having
    """What templates need not ask the sandbox for."""
    texts: Mapping[str, str]
    """The templates as they are written, by name."""
    trees: dict[str, nodes.Template]
    """Templates that others are made of, as they have been read."""
    astray: set[str]
    """Templates that cannot be printed the quick way, as it has turned out."""

    ready: dict[str, jinja2.Template]
    """Templates by name, once they have been asked for."""
    said: str
    """Hash of all that the interface says otherwise than the templates do."""

    loose: Callable[[], jinja2.Environment]
    """The same templates, each for itself: for those that cannot be knit."""
    is_loose: bool
    bytecode_cache: Any

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja2's name for it
    ) -> jinja2.Template:
        """Return a template, made into one with all that it extends, includes and imports, if that can be done."""
        known = self.ready.get(name) if isinstance(name, str) and not globals else None
        if known:
            return known
        found = super().get_template(name, parent, globals)
        if not self.is_loose and not is_knit(found):
            others = self.loose()
            others.bytecode_cache = self.bytecode_cache
            found = others.get_template(name, parent, globals)
        if isinstance(name, str) and not globals:
            self.ready[name] = found
        return found

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        knitted = knit(source, name, self._tree) if name and not self.is_loose else None
        return super()._generate(tightened(knitted) if knitted else source, name, filename, defer_init)

    def _tree(self, name: str) -> nodes.Template | None:
        if name not in self.trees and name in self.texts:
            self.trees[name] = self._parse(self.texts[name], name, f"{TEMPLATES}{name}")
        return self.trees.get(name)

    def made_of(self, name: str) -> str:
        """Return all that a template's program is made of: its text, those of the templates knit into it, the language.

        A program of knit templates holds their strings as the site's language has them.
        """
        return self.texts[name] if self.is_loose else "\0".join(("knit", self.said, *sources(name, self.texts)))

    def getattr(self, obj: object, attribute: str) -> object:
        """Return an attribute, or what the sandbox gives instead."""
        if attribute[:1] != "_":
            if type(obj) is TemplateModule and attribute in obj.__dict__:
                return obj.__dict__[attribute]
            if type(obj).__module__.startswith("generator."):
                try:
                    value = getattr(obj, attribute)
                except AttributeError:
                    pass
                else:
                    self.having.note(type(obj), attribute)
                    return value
        return super().getattr(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """Return an item, or the attribute of that name, as filters ask for it (`selectattr("long")`)."""
        if type(argument) is str and type(obj).__module__.startswith("generator.") and not hasattr(obj, "__getitem__"):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)

    def call(self, context: Context, obj: object, /, *args: object, **kwargs: object) -> object:
        """Call what a template calls; a `partial` or a method of our values is ours, which no template can make."""
        if type(obj) is partial or (type(obj) is MethodType and type(obj.__self__).__module__.startswith("generator.")):
            kwargs.pop("_loop_vars", None)  # what Jinja2 tells functions that ask for their context
            kwargs.pop("_block_vars", None)
            return obj(*args, **kwargs)
        return super().call(context, obj, *args, **kwargs)


def environment(theme: Tree, config: Config) -> jinja2.Environment:
    """Return the templates of a theme, ready to render.

    How a site is built (workers, engine) is not for templates to print. Raises `SourceError` for templates that are
    not UTF-8.
    """
    return _environment(
        tuple(sorted(theme.items())), replace(config, jobs=0, engine="", scheduler="", as_of="", future=False)
    )


@lru_cache(maxsize=4)
def _environment(
    files: tuple[tuple[str, bytes], ...],
    config: Config,
    compiler: type[CodeGenerator] = Shorter,
    *,
    is_loose: bool = False,
) -> jinja2.Environment:
    """The same for the same, since compiling templates takes as long as a hundred pages."""
    theme = dict(files)
    templates = _templates(theme)
    found = Sandbox(
        loader=jinja2.FunctionLoader(lambda name: _source(templates, name)),
        autoescape=True,
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    found.theme, found.having, found.code_generator_class = theme, Having(), compiler
    found.texts, found.trees, found.astray, found.is_loose = templates, {}, set(), is_loose
    found.ready = {}
    found.loose = partial(_environment, files, config, is_loose=True)
    found.plain = partial(_environment, files, config, CodeGenerator, is_loose=True)
    strays = stray_blocks(templates, found, theme)
    if strays:
        raise SourceError(strays)
    said = Words(catalogue_for(theme, config.language))
    found.said = hashlib.sha256(
        repr(sorted(said.catalogue.messages.items())).encode("utf-8", "surrogatepass")
    ).hexdigest()
    found.globals.update(
        sayings(said),
        site=config,
        language=said.language,
        direction=direction_of(said.language),
        versions={path: hashlib.sha256(data).hexdigest()[:8] for path, data in static(theme).items()},
        card_look=look_of(theme),
        has_feeds=bool(config.base_url and config.feeds_enabled),
        # What not every page brings.
        section="",
        feed="",
        linked="",
        card=None,
        nav=(),
        reading=links.ABOUT,
    )
    return found


def sayings(said: Words) -> dict[str, object]:
    """Return what templates say things with: `_`, `ngettext` and `pgettext`, as gettext's users know them, and `words`.

    A string of a template may hold markup, a value that fills a place in it is escaped.
    """

    @lru_cache(maxsize=1024)
    def alone(text: str) -> Markup:
        return Markup(said.gettext(text))  # noqa: S704 - see `_filled`

    def gettext(text: str, /, **values: object) -> Markup:
        return _filled(said.gettext(text), values) if values else alone(text)

    def pgettext(context: str, text: str, /, **values: object) -> Markup:
        return _filled(said.pgettext(context, text), values)

    def ngettext(one: str, many: str, count: int, /, **values: object) -> Markup:
        counts = {"n": said.digits(count), "number": said.number(count)}
        return _filled(said.npattern(one, many, count), {**counts, **values})

    return {"_": partial(gettext), "pgettext": partial(pgettext), "ngettext": partial(ngettext), "words": said}


def _filled(text: str, values: Mapping[str, object]) -> Markup:
    # A theme's own words, or a catalogue's, which come with a theme: trusted as its templates are.
    safe = dict(values)
    for name, value in values.items():
        if type(value) is str:
            safe[name] = escaped(value)
        elif type(value) is not int and type(value) is not Markup:
            return Markup(text) % values  # noqa: S704
    return marked(text % safe if values else text)


def _source(templates: Mapping[str, str], name: str) -> tuple[str, str, None] | None:
    """Return a template with the name that it has in a traceback."""
    return (templates[name], f"{TEMPLATES}{name}", None) if name in templates else None


def _templates(theme: Tree) -> dict[str, str]:
    templates, problems = {}, []
    for path in sorted(theme):
        if path.startswith(TEMPLATES):
            try:
                templates[path.removeprefix(TEMPLATES)] = theme[path].decode("utf-8")
            except UnicodeDecodeError:
                place = file_of(path.removeprefix(TEMPLATES), theme)
                problems.append(Problem(place, 0, 0, "is not UTF-8 – save the template in that encoding"))
    if problems:
        raise SourceError(problems)
    return templates


def render(page: Page, templates: jinja2.Environment, draw: Draw = drawn) -> bytes:
    """Return a page's bytes: its template's, or (without a template) those that it brings, or its picture.

    :param draw: how a picture is drawn.

    Raises `SourceError` where the theme has no such template, or one with a mistake in it.
    """
    if not page.template:
        card, look = page.data.get("card"), templates.globals["card_look"]
        if isinstance(card, Card) and isinstance(look, Look):
            return draw(page.path, card, look)
        content = page.data["content"]
        return content if isinstance(content, bytes) else str(content).encode("utf-8", "replace")
    config = templates.globals["site"]
    try:
        values = {**_values(page, config), **page.data}  # type: ignore[arg-type]
        quick = {} if not GIVEN.isdisjoint(page.data) else _quick_addresses(page, values["to"])  # type: ignore[arg-type]
        html = _filled_in(templates.get_template(page.template), values, templates, quick)
    except Exception as error:  # a theme is somebody's work: whatever it raises is told with its place
        raise mistake_of(error, page, getattr(templates, "theme", {}), str(getattr(config, "theme", ""))) from error
    return tight(html)


def _filled_in(
    template: jinja2.Template,
    values: Mapping[str, object],
    templates: jinja2.Environment,
    quick: Mapping[str, object],
) -> bytes:
    """Return a template's text, as `Template.render` does; without looking at every global once more for each page.

    :param quick: what stands for some of the values if it is done the quick way; nothing if Jinja2 does it in its own.
    """
    own, name = template.environment, template.name or ""
    if not isinstance(templates, Sandbox):
        return _encoded(template.render(**values))
    if quick and name not in templates.astray:
        context = Context(own, {**own.globals, **values, **quick, MODULES: {}}, name, template.blocks)
        with suppress(Exception):
            return b"".join(map(_encoded, template.root_render_func(context)))
    text = templates.plain().get_template(name).render(**values)  # raises it again, as Jinja2 would
    templates.astray.add(name)
    return _encoded(text)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def printed(pages: Iterable[Page], templates: jinja2.Environment, draw: Draw = drawn) -> dict[str, bytes]:
    """Return pages by their paths, rendered.

    Raises `SourceError` where the theme does not fit.
    """
    return {page.path: render(page, templates, draw) for page in pages}


Show = Callable[[Sequence["Page"], jinja2.Environment], Mapping[str, bytes]]
"""How pages become bytes: `printed` at once, or `Later`."""


class Later(Mapping[str, bytes]):
    """Pages by their paths; each is rendered when it is first asked for, which may raise what `render` does."""

    def __init__(
        self, pages: Iterable[Page], templates: jinja2.Environment, done: Mapping[str, bytes] | None = None
    ) -> None:
        """Take note of the pages; those that are *done* are not rendered again."""
        self._pages = {page.path: page for page in pages}
        self._templates = templates
        self._done = {**(done or {})}

    def __getitem__(self, path: str) -> bytes:
        if path not in self._done:
            self._done[path] = render(self._pages[path], self._templates)
        return self._done[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __contains__(self, path: object) -> bool:
        return path in self._pages

    def __len__(self) -> int:
        return len(self._pages)


def tight(html: bytes) -> bytes:
    """Return a page without the indentation and the empty lines of its template; preformatted text stays as it is.

    Most pages have none left, since their templates have none (`generator.site.spaces`).
    """
    if not LOOSE.search(html):
        return html
    parts: list[bytes] = []
    done = 0
    for start, end in _preformatted(html):
        parts += (_tight(html[done:start]), html[start:end])
        done = end
    return b"".join((*parts, _tight(html[done:])))


def _preformatted(html: bytes) -> Iterator[tuple[int, int]]:
    """Yield where preformatted texts begin and end, looked for by how they begin, which is quick."""
    places = {begin: html.find(begin) for begin, end in _FRAMES if end in html}
    done = 0
    while waiting := [(at, begin) for begin, at in places.items() if at >= 0]:
        at, begin = min(waiting)
        found = PREFORMATTED.match(html, at) if at >= done else None
        if found:
            yield found.span()
            done = found.end()
        places[begin] = html.find(begin, max(at + 1, done))


def _tight(html: bytes) -> bytes:
    """Replace `INDENTED` by a line break; by lines, which is quicker, and read as from a file, quicker than split."""
    if b"\n" not in html or b"\r" in html or b"\v" in html or b"\f" in html:
        return INDENTED.sub(b"\n", html)
    end = html.rindex(b"\n") + 1
    lines = BytesIO(html[:end])
    first, last = next(lines).rstrip(b" \t\n"), html[end:].lstrip(b" \t")
    return b"\n".join((first, *filter(None, map(bytes.strip, lines)), last))


def _values(page: Page, config: Config) -> dict[str, object]:
    """What every template is given: the page, and how to address others from it."""
    to = _addressing(page, config)
    return {
        "page": page,
        "here": partial(_here, to, page.data.get("home", page.path)),
        "to": to,
        "whole": partial(links.abroad, config.base_url),
        "canonical": links.absolute(config.base_url, page.path) if config.base_url else "",
    }


def _here(to: Callable[[str], str], home: object, anchor: object) -> str:
    """Return the address of a place on the page itself, or of the one that it is a part of."""
    return to(f"{home}#{anchor}")


def _addressing(page: Page, config: Config) -> partial[str]:
    """How a page addresses others: relative to itself, unless it is shown at any depth or in another site."""
    if page.data.get("anywhere"):
        return partial(links.abroad, config.base_url)
    if page.path == "404.html" and config.base_url:
        return partial(links.rooted, config.base_url)
    return partial(links.relative, page.path)


def _quick_addresses(page: Page, to: partial[str]) -> dict[str, object]:
    """Return `to` and `here` as `_values` does, for addresses that are asked for again and again."""
    is_relative = to.func is links.relative
    quick = (links.Ways.relative_to(page.path) if is_relative else links.Ways.anywhere(to, page.path)).__getitem__
    home = str(page.data.get("home", page.path))
    here = partial(links.at, "" if is_relative and home == page.path else quick(home))
    return {"to": partial(quick), "here": here}


def static(theme: Tree) -> dict[str, bytes]:
    """Return the theme's static files, by their paths below the site's root, without what they say to their reader."""
    return {
        path: lean(data) if path.endswith(".css") else lean_script(data) if path.endswith(".js") else data
        for path, data in sorted(theme.items())
        if path.startswith(STATIC)
    }


def lean(css: bytes) -> bytes:
    """Return a style sheet without comments and indentation, which no browser needs; one of `/*! … */` stays."""
    return SAID.sub(lambda found: found[1] or (b"" if b"/*" in found[0] else b"\n"), css).lstrip()


def lean_script(script: bytes) -> bytes:
    """Return a script without the comments that have lines of their own.

    One whose strings may run over several lines stays as it is: what looks like a comment may be a part of them.
    """
    return script if b"`" in script or b"\\\n" in script else ASIDE.sub(b"", script)


def site(pages: Iterable[Page], theme: Tree, config: Config) -> Mapping[str, bytes]:
    """Return the whole site: path → bytes, static files included.

    Raises `SourceError` where the theme does not fit.
    """
    templates = environment(theme, config)
    return {**static(theme), **printed(pages, templates)}
