"""What a shell may complete an argument to: the project's stories, and the pages of its site."""

from __future__ import annotations

import json
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from generator.shell.call import Call


def stories(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the stories of the project whose names begin so."""
    folder = _root(context) / "content" / "stories"
    names = sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    return [CompletionItem(name) for name in names if name.startswith(begun)]


def pages(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the pages of the built site whose addresses begin so."""
    try:
        manifest = json.loads((_root(context) / "site" / ".ssg-manifest.json").read_text(encoding="utf-8"))
        names = sorted(name.removesuffix("index.html") for name in manifest["files"] if name.endswith("index.html"))
    except (OSError, ValueError, KeyError, TypeError):
        return []
    found = (f"/{name}" if begun.startswith("/") else name for name in names)
    return [CompletionItem(name) for name in found if name and name.startswith(begun)]


def settings(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the settings whose keys begin so."""
    from generator.ingest.settings import SETTINGS

    return [CompletionItem(s.key, help=s.about) for s in SETTINGS if s.key.startswith(begun)]


def _root(context: click.Context) -> Path:
    outer = context.find_root()
    return outer.obj.root if isinstance(outer.obj, Call) else Path(outer.params.get("project") or ".")
