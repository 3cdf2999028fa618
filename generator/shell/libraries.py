"""Which versions of the libraries are installed, without `importlib.metadata`, which takes as long as forty pages."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec

#: Module → distribution: the libraries that decide what a page says; numpy, which decides only how soon, is none.
LIBRARIES: Mapping[str, str] = {
    "jinja2": "jinja2",
    "markupsafe": "markupsafe",
    "markdown_it": "markdown-it-py",
    "yaml": "pyyaml",
    "rapidfuzz": "rapidfuzz",
    "PIL": "pillow",
}


def version(module: str) -> str:
    """Return the version of the distribution that brings *module*; empty where nothing says so."""
    found = find_spec(module)
    if not found or not found.origin:
        return ""
    beside = os.path.dirname(os.path.dirname(found.origin))
    return _versions(beside).get(_plain(LIBRARIES[module]), "")


@cache
def _versions(folder: str) -> dict[str, str]:
    """Return distribution → version of what is installed in a folder (`<name>-<version>.dist-info`, PEP 376)."""
    parts = (name.removesuffix(".dist-info").partition("-") for name in _names(folder) if name.endswith(".dist-info"))
    return {_plain(name): version for name, _, version in sorted(parts)}


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
