"""What a shell may complete an argument to: files, the project's stories, and the pages of its site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.errors import SourceError
from generator.shell.call import Call

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def stories(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the stories of the project whose names begin so."""
    folder = _root(context) / "content" / "stories"
    names = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    return [_item(name) for name in names if name.startswith(begun)]


def pages(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the pages of the built site whose addresses begin so."""
    from generator.shell.settings import settings_of

    root = _root(context)
    try:
        manifest = json.loads((root / settings_of(root).config.output / ".ssg-manifest.json").read_text("utf-8"))
        names = sorted(name.removesuffix("index.html") for name in manifest["files"] if name.endswith("index.html"))
    except (OSError, ValueError, KeyError, TypeError, SourceError):
        return []
    found = (f"/{name}" if begun.startswith("/") else name for name in names)
    return [_item(name) for name in found if name and name.startswith(begun)]


def files(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Leave it to the shell to complete a file's name."""
    return [_item(begun, "file")]


def folders(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Leave it to the shell to complete a folder's name."""
    return [_item(begun, "dir")]


def settings(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the settings whose keys begin so."""
    from generator.ingest.settings import SETTINGS

    return [_item(s.key, about=s.about) for s in SETTINGS if s.key.startswith(begun)]


def _root(context: click.Context) -> Path:
    outer = context.find_root()
    return outer.obj.root if isinstance(outer.obj, Call) else Path(outer.params.get("project") or ".")


def _item(value: str, kind: str = "plain", about: str | None = None) -> CompletionItem:
    from click.shell_completion import CompletionItem  # only where a shell asks

    return CompletionItem(value, kind, about)
