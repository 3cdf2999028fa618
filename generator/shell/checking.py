"""The built site and the sources behind it, read for `ssg check` and `ssg explain`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from generator.errors import OutputError
from generator.model import Config, Tree
from generator.shell import disk
from generator.shell.project import packaged_themes, sources_of


def built_files(output: Path) -> dict[str, bytes]:
    """Return the files of the built site, by name; those of others that lie among them, too.

    :raises OutputError: if there is no site, or not the whole of it.
    """
    written = written_names(output)
    found = {
        path.relative_to(output).as_posix(): path
        for path in sorted(output.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(output).parts)
    }
    missing = [name for name in written if name not in found and not name.startswith(".")]
    if missing:
        said = ", ".join(sorted(missing)[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
        raise OutputError(f"{_said(output)}: not the whole site stands there ({said} went) – run ssg build")
    return {name: path.read_bytes() for name, path in found.items()}


def written_names(output: Path) -> frozenset[str]:
    """Return the names of the files that the last build wrote.

    :raises OutputError: if there was none.
    """
    try:
        return frozenset(json.loads((output / disk.MANIFEST).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise OutputError(f"{_said(output)}: there is no built site – run ssg build first") from None


def _said(output: Path) -> str:
    """Return a folder as it is told of: as it was named where it lies below the current folder, else in full."""
    folder, current = os.path.abspath(output), os.getcwd()
    return (os.path.relpath(folder, current) if folder.startswith(current + os.sep) else folder) + "/"


def built_for(files: Mapping[str, bytes]) -> str:
    """Return the address that a site was built for, by its home page's canonical link; empty where it has none."""
    found = re.search(rb'<link rel="canonical" href="([^"]*)"', files.get("index.html", b""))
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def all_sources(root: Path, config: Config) -> Tree:
    """Return seeds, content, and the theme's files under `themes/<theme>/…`."""
    return with_theme(sources_of(root), root, config)


def with_theme(sources: Tree, root: Path, config: Config) -> Tree:
    """Return sources, and the theme's files under `themes/<theme>/…`."""
    found = dict(sources)
    for folder in (root / "themes", *packaged_themes()):
        theme = folder / config.theme
        if theme.is_dir():
            names = (path for path in sorted(theme.rglob("*.html")) if path.is_file())
            found |= {f"themes/{config.theme}/{p.relative_to(theme).as_posix()}": p.read_bytes() for p in names}
            break
    return found
