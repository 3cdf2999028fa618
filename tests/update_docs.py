"""Rewrite the reference pages that are made from the code: `python -m tests.update_docs`."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from generator import hooks, pipeline
from generator.ingest.slugs import slugify
from generator.model import Config, Page
from generator.shell.cli import cli
from generator.shell.init import files as starter
from generator.shell.project import theme_of
from generator.site.crowd import PairsView, SourcesView, WordingsView
from tests import theme_docs

DOCS = Path(__file__).parent.parent / "content" / "docs"


def generated() -> dict[str, str]:
    """Return every page that is made from the code, by its name in `content/docs/`."""
    return {
        "commands.md": commands(),
        "configuration.md": configuration(),
        "template-values.md": template_values(),
        "theme-reference.md": _page("Blocks and properties of themes", 5, theme_docs.reference()),
    }


def _page(title: str, order: int, body: str) -> str:
    return f"---\ntitle: {title}\ngroup: Reference\norder: {order}\n---\n\n{body.strip()}\n"


# ---------------------------------------------------------------------------- commands


def commands() -> str:
    """Return the page on the command line: every command, argument and option, as `--help` knows them."""
    context = click.Context(cli, info_name="ssg")
    head = (
        "Every command works on the project in the current folder; `ssg -C FOLDER COMMAND` works on another.\n\n"
        "Exit code 0: done. 1: the sources or the site have problems, each on standard error as "
        "`path:line:column: what, and the way out`. 2: wrong usage.\n"
    )
    parts = [head, *_command_tree(cli, context)]
    return _page("Commands", 1, "\n".join(parts))


def _command_tree(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        yield _command(command, inner)
        if isinstance(command, click.Group):
            yield from _command_tree(command, inner)


def _command(command: click.Command, context: click.Context) -> str:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    text = "\n\n".join(
        " ".join(line.strip() for line in part.split("\n"))
        for part in inspect.cleandoc(command.help or "").split("\n\n")
    )
    options = [record for parameter in command.get_params(context) if (record := parameter.get_help_record(context))]
    told = [(name, what) for name, what in options if what and not name.endswith("--help")]  # arguments: the usage
    rows = [f"| `{_cell(name)}` | {_cell(what)} |" for name, what in told]
    table = "\n".join(["| option | what it does |", "|---|---|", *rows, ""]) if rows else ""
    return f"## {context.command_path}\n\n`{usage}`\n\n{text}\n\n{table}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# ---------------------------------------------------------------------------- configuration


def configuration() -> str:
    """Return the page on `ssg.yml`, from the file that `ssg init` writes, which explains every key."""
    text = starter()["ssg.yml"].decode("utf-8")
    head = (
        "A project's settings stand in `ssg.yml`, in its folder. Every key is optional. An unknown key, a value of the "
        "wrong kind: each is an error with its line, all of them told at once. What follows shows every key with its "
        "default; `ssg init` writes the same into a new project, commented out.\n"
    )
    return _page("Configuration", 2, "\n".join([head, *filter(None, map(_setting, text.split("\n\n")))]))


def _setting(block: str) -> str:
    """Return one key's part of the page: its comment, what the comment shows indented, and the default."""
    lines = block.strip("\n").split("\n")
    at = next((at for at, line in enumerate(lines) if re.match(r"#?\w", line)), len(lines))
    told = [line.removeprefix("# ") for line in lines[:at]]
    words = "\n".join(line for line in told if not line.startswith("  "))
    example = "\n".join(line.removeprefix("  ") for line in told if line.startswith("  "))
    shown = f"\n\n```yaml\n{example}\n```" if example else ""
    keys = [line.removeprefix("#") for line in lines[at:]]
    names = ", ".join(found[1] for line in keys if (found := re.match(r"(\w+):", line)))
    code = "\n".join(keys)
    return f"## {names}\n\n{words}{shown}\n\n```yaml\n{code}\n```\n" if names else ""


# ---------------------------------------------------------------------------- template values


def template_values() -> str:
    """Return the page on what templates are given: read off the pages of a small site, and the classes behind them."""
    shapes = _shapes()
    classes: dict[str, type] = {}
    for values in shapes.values():
        for kind in values.values():
            _gather(kind, classes)
    head = (
        "What each template is given beside [what all of them are](theme-reference.md#given-to-every-template), read "
        "off the pages of a small site: first the templates, then the kinds of values. A name that is not given is an "
        "error, not an empty text.\n"
    )
    templates = [
        f"## {template}\n\n| name | what it is |\n|---|---|\n"
        + "".join(f"| `{name}` | {_told_kind(kind)} |\n" for name, kind in sorted(values.items()))
        for template, values in sorted(shapes.items())
    ]
    return _page("Template values", 4, "\n".join([head, *templates, *map(_class, sorted(classes.items()))]))


_HEAD = b"---\ntitle: The quay\noutlet: Courier\ndate: %s\n---\n\n"
_TEXT = "“We close the quay for good,” said Ann Lee. It cost 40 million crowns. Nobody was hurt.".encode()
_OTHER = "“We close the quay,” said Ann Lee. It cost more than 50 million crowns. It rained.".encode()
_SAMPLE = {
    "content/_index.md": b"---\ntitle: Home\n---\n\nWelcome.\n",
    "content/imprint.md": b"---\ntitle: Imprint\n---\n\nWho we are.\n",
    "content/docs/_index.md": b"---\ntitle: Docs\n---\n\nRead on.\n",
    "content/docs/one.md": b"---\ntitle: One\naliases: [/old/]\n---\n\n## Two\n\nText.\n",
    "content/stories/quay/_index.md": b"---\ntitle: Quay\ndate: 2031-03-04\ntags: [port]\n---\n\nAn introduction.\n",
    "content/stories/quay/a.md": _HEAD % b"2031-03-04" + _TEXT,
    "content/stories/quay/b.md": b"---\ntitle: The quay\noutlet: Courier\ndate: 2031-03-05\n---\n\n%s Since noon.\n"
    % _TEXT,
    "content/stories/quay/c.md": b"---\ntitle: A quay\noutlet: Post\ndate: 2031-03-04\n---\n\n%s\n" % _OTHER,
}


class _Seen(hooks.Hooks):
    """Takes note of every page of a build."""

    def __init__(self) -> None:
        super().__init__("seen")
        self.pages: list[Page] = []

    def before_render(self, page: Page) -> Page | None:
        self.pages.append(page)
        return None


def _shapes() -> dict[str, dict[str, Any]]:
    """Return template → name → the annotation or class of what the template is given, on a small site that has all."""
    sources = {name: data for name, data in starter().items() if name.startswith(("seeds/", "content/"))} | _SAMPLE
    theme, seen = theme_of(DOCS, "default"), _Seen()
    for compared in (True, False):
        pipeline.build(sources, theme, Config(base_url="https://x.example/", compare_enabled=compared), hooks=seen)
    shapes: dict[str, dict[str, Any]] = {}
    for page in seen.pages:
        if page.template:
            known = shapes.setdefault(page.template, {})
            known |= {name: _kind(value) for name, value in page.data.items() if name not in known or value}
    # Only stories that many tell have these.
    shared = {name: shapes["story.html"][name] for name in ("card", "nav", "section")}
    shapes["pairs.html"] = {**shared, "pairs": PairsView}
    shapes["sources.html"] = {**shared, "sources": SourcesView}
    shapes["wordings.html"] = {**shared, "wordings": WordingsView}
    # What `ssg compare --format html` prints is a pair's page with the story below it.
    shapes["compare.html"] = {**shapes["pair.html"], "story": shapes["story.html"]["story"]}
    return shapes


def _kind(value: object) -> Any:
    if isinstance(value, tuple) and value:
        return tuple[type(value[0]), ...]
    return type(value)


def _gather(kind: Any, classes: dict[str, type]) -> None:
    """Take note of every class of ours that a kind of value holds, and of those that it holds in turn."""
    for inner in getattr(kind, "__args__", ()):
        _gather(inner, classes)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind not in classes.values():
        classes[_label(kind)] = kind
        for hint in _hints(kind).values():
            _gather(hint, classes)


def _label(kind: type) -> str:
    """Return a class by its name and its room's: two rooms may call quite different things by one name."""
    return f"{kind.__name__} ({kind.__module__.rpartition('.')[2]})"


def _hints(kind: type) -> Mapping[str, Any]:
    """Return the annotations of a class as values; names that only type checkers see are looked up where they live.

    What templates are given is of the rooms of the site, whatever other rooms call by the same name.
    """
    names: dict[str, Any] = {}
    ours = sorted(name for name in sys.modules if name.startswith("generator."))
    for module in [sys.modules[name] for name in sorted(ours, key=lambda name: name.startswith("generator.site."))]:
        names |= {name: value for name, value in vars(module).items() if name[0].isupper()}
    space = {**names, **vars(sys.modules[kind.__module__])}
    return {name: eval(hint, space) if isinstance(hint, str) else hint for name, hint in kind.__annotations__.items()}  # noqa: S307


def _class(item: tuple[str, type]) -> str:
    name, kind = item
    told = _attribute_docs(kind)
    hints = _hints(kind)
    rows = [
        f"| `{key}` | {_told_kind(hint)}{'. ' + told[key] if key in told else ''} |\n"
        for key, hint in hints.items()
        if not key.startswith("_")
    ]
    rows += [
        f"| `{key}` | {_cell(inspect.getdoc(value) or '')} |\n"
        for key, value in vars(kind).items()
        if isinstance(value, property) and not key.startswith("_")
    ]
    doc = " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())
    return f"## {name}\n\n{doc}\n\n| name | what it is |\n|---|---|\n{''.join(rows)}"


def _attribute_docs(kind: type) -> dict[str, str]:
    """Return the texts that stand below a class's attributes."""
    tree = ast.parse(inspect.cleandoc(inspect.getsource(kind)))
    body = tree.body[0].body  # type: ignore[attr-defined]
    found = {}
    for one, two in pairwise(body):
        if isinstance(one, ast.AnnAssign) and isinstance(two, ast.Expr) and isinstance(two.value, ast.Constant):
            found[one.target.id] = _cell(str(two.value.value))  # type: ignore[union-attr]
    return found


def _told_kind(kind: Any) -> str:
    """Return a kind of value in words, a class of ours as a link to its part of the page."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return f"[{kind.__name__}](#{slugify(_label(kind))})"
    arguments = getattr(kind, "__args__", ())
    name = getattr(kind, "__name__", str(kind))
    if name == "tuple" and arguments:
        inner = [_told_kind(one) for one in arguments if one is not ...]
        return f"list of {inner[0]}" if arguments[-1] is ... else f"({', '.join(inner)})"
    if name == "Literal":
        return " or ".join(f"`{one}`" for one in arguments)
    if name in ("Mapping", "dict") and arguments:
        return f"mapping of {_told_kind(arguments[0])} to {_told_kind(arguments[1])}"
    if arguments:
        return " or ".join(_told_kind(one) for one in arguments)
    return {"str": "text", "int": "number", "float": "number", "bool": "true or false", "NoneType": "nothing"}.get(
        name, name
    )


def update() -> None:
    """Write every page that is made from the code."""
    for name, text in generated().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    update()
