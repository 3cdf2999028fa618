"""Shortcodes: lines of an editor's text that quote a story, as `{{ passage bridge p3 }}`.

They are read, never run: what stands between the braces is a name and words, and nothing else. A backslash before the
braces (`\\{{`), or a code block around them, leaves them as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from generator.errors import Problem
from generator.ingest.suggest import did_you_mean
from generator.ingest.written import Read, written
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.model import PlainPage

#: Name → what follows it.
USES: Final[Mapping[str, tuple[str, ...]]] = {
    "passage": ("STORY", "PASSAGE"),
    "diff": ("STORY", "ARTICLE", "ARTICLE", "PASSAGE"),
}

ALONE: Final = (
    "a shortcode is a paragraph of its own – put a blank line before and after it, "
    "or write \\{{ for the braces themselves"
)

_WORD = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One shortcode, understood as far as it can be without knowing any story."""

    text: str
    """What stands between the braces, runs of spaces as one."""
    name: str = ""
    story: str = ""
    arguments: tuple[str, ...] = ()
    """What follows the story."""
    problem: str = ""
    """What is wrong with its form; then nothing else of it is known."""


def shortcode(inside: str) -> Shortcode:
    """Return what stands between the braces as a value. Total."""
    text = " ".join(inside.split())
    name, *words = ["".join(found) for found in _WORD.findall(text)] or [""]
    if name not in USES:
        escape = "write \\{{ for the braces themselves"
        return Shortcode(text, problem=f"there is no shortcode {name!r}{did_you_mean(name, USES)}; {escape}")
    if len(words) != len(USES[name]):
        return Shortcode(text, problem=f"expected {{{{ {name} {' '.join(USES[name])} }}}}, found {len(words)} of them")
    return Shortcode(text, name, words[0], tuple(words[1:]))


def placed(page: PlainPage, read: Read = written) -> tuple[tuple[Shortcode, Problem], ...]:
    """Return the shortcodes of a page's text, each with where it stands: a problem without words."""
    if "{{" not in page.body:
        return ()
    found = []
    for call in read(page.body).calls:
        place = Problem(page.path, page.body_line + call.line, call.column, "")
        code = shortcode(call.inside)
        found.append((code if call.is_alone else replace(code, problem=ALONE), place))
    return tuple(found)


def asked(pages: Iterable[PlainPage], read: Read = written) -> dict[str, tuple[str, ...]]:
    """Return story → the shortcodes that quote it on pages, sorted."""
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        for found, _ in placed(page, read):
            if not found.problem:
                stories[found.story].add(found.text)
    return {story: tuple(sorted(texts)) for story, texts in stories.items()}
