"""Variorum: one story, every telling.

The public names, each imported only when it is asked for::

    from generator import sentences, align, word_changes, group, build, export, load
"""

from __future__ import annotations

from generator.version import __version__

TYPE_CHECKING = False  # known to type checkers, and nothing is imported for it
if TYPE_CHECKING:
    from generator.compare.align import align
    from generator.compare.diff import word_changes
    from generator.compare.group import group
    from generator.compare.sentences import sentences
    from generator.model import Article, Change, Config, Link
    from generator.one_story import export
    from generator.pipeline import Site, build
    from generator.shell.project import load

__all__ = [
    "Article",
    "Change",
    "Config",
    "Link",
    "Site",
    "__version__",
    "align",
    "build",
    "export",
    "group",
    "load",
    "sentences",
    "word_changes",
]

_HOMES = {
    "Article": "generator.model",
    "Change": "generator.model",
    "Config": "generator.model",
    "Link": "generator.model",
    "Site": "generator.pipeline",
    "align": "generator.compare.align",
    "build": "generator.pipeline",
    "export": "generator.one_story",
    "group": "generator.compare.group",
    "load": "generator.shell.project",
    "sentences": "generator.compare.sentences",
    "word_changes": "generator.compare.diff",
}


def __getattr__(name: str) -> object:
    """Import a public name from its room (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'generator' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
