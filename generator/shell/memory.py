"""What the last build was made from: when nothing has changed since, there is nothing to do.

Only states are looked at (see `generator.shell.states`), and nothing heavy is imported for it: of every file that a
build may read, of the program itself, and of every page that it wrote. A site that somebody has touched is built anew.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from generator.shell.clock import today
from generator.shell.libraries import LIBRARIES
from generator.shell.lock import FILE
from generator.shell.register import all_stand
from generator.shell.states import are_settled, settles, state, states
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.shell.cache import Cache
    from generator.shell.outcome import Outcome

#: All that a build reads in a project.
READ = ("ssg.yml", "ssg.yaml", "hooks.py", "seeds", "content", "themes")
#: Under this name the cache has the state of every page.
PAGES = "pages"
#: Under this name, the states of all articles as the last build saw them.
ARTICLES = "articles"
#: Under this kind, the state and the hash of every source.
SOURCES = "source"
#: Under this name it has what `told_from` gave.
TOLD_FROM = "told from"


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a project, before anything of it is read."""

    moment: int
    """When it was taken, in nanoseconds."""
    states: Mapping[str, str]
    """Of every file that a build may read."""
    rest: str
    """A hash of all that decides what a build gives, but for what stands in the files of articles."""
    inputs: str
    """The same with it."""
    articles: str
    """What stands in these files, as far as that can be known by looking: a line for each, its path and its state."""
    program: tuple[str, ...]
    """The program's files, with their states."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing had been written to so shortly before that times may not tell of the next change."""
        return are_settled(self.states.values(), self.moment)


#: Of a site of fewer sources all is built as quickly as it is known that a part will do.
LARGE = 128


def is_large(seen: Look) -> bool:
    """Return whether a site is worth a second look for what an edit may leave alone."""
    return len(seen.states) >= LARGE


def is_article(path: str) -> bool:
    """Return whether a file of a project is an article of a story."""
    return path.startswith("content/stories/") and path.endswith(".md") and not path.endswith("/_index.md")


def look(root: Path, asked: str) -> Look:
    """Return what is there to be built from; *asked* is what the command line says; the environment is added."""
    said = sorted((name, value) for name, value in os.environ.items() if name.startswith("SSG_"))
    moment, found = time.time_ns(), states(root, READ)
    articles = [path for path in found if is_article(path)]
    theirs = frozenset(articles)
    others = (f"{path}\0{state}" for path, state in found.items() if path not in theirs)
    program = tuple(f"{name}\0{state}" for name, state in _program())
    rest = _hash((f"{asked} {said}", *program, *others, *articles))
    lines = "\n".join([f"{path}\t{found[path]}" for path in articles])
    return Look(moment, found, rest, _hash((rest, lines)), lines, program)


def at_rest(root: Path, seen: Look, asked: str) -> Look:
    """Return a look at a project whose times will tell of the next change, if waiting for a moment gives one.

    Whoever writes a file and builds in the same breath would have it read again by the next build, and with it all
    that hangs on it.
    """
    if seen.is_settled:
        return seen
    recent = {path: found for path, found in seen.states.items() if not are_settled((found,), seen.moment)}
    wait = settles(recent.values(), seen.moment)
    if not wait:
        return seen
    time.sleep(wait / 1_000_000_000)
    moment = time.time_ns()
    return replace(seen, moment=moment) if states(root, recent) == recent else look(root, asked)


def asked(
    output: str | None = None,
    base_url: str | None = None,
    *,
    drafts: bool = False,
    keep_going: bool = False,
    settings: tuple[str, ...] = (),
) -> str:
    """Return what a command line asks of a build, for `look`: today's site, and what it is to be other than usual."""
    return repr((output, base_url, drafts, keep_going, settings, today()))


def told_from(seen: Look) -> tuple[int, str]:
    """Return how many files there are that stories are told from, and a hash of them and of the program."""
    stories = ("seeds/", "content/stories/")
    files = [f"{path}\0{state}" for path, state in seen.states.items() if path.startswith(stories)]
    return len(files), _hash((*seen.program, *files))


def _hash(parts: Iterable[str]) -> str:
    return blake2b("\n".join(parts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def changed(seen: Look, cache: Cache) -> list[str]:
    """Return the articles that are other than the last build saw them, if all else is as it was then."""
    last, (inputs, *before) = cache.note("last"), cache.text(ARTICLES).split("\n")
    if not (isinstance(last, dict) and last.get("rest") == seen.rest and last.get("inputs") == inputs):
        return []
    lines = frozenset(before)
    return [line.partition("\t")[0] for line in seen.articles.split("\n") if line not in lines]


def _program() -> Iterator[tuple[str, str]]:
    """Yield the program's files, and one of each library, with their states.

    What Python and we keep beside them, compiled, is none of them: the first build that imports a room writes there.
    """
    package = Path(__file__).resolve().parent.parent
    yield from states(package.parent, (package.name, "themes"), but="__pycache__").items()
    for library in LIBRARIES:
        found = find_spec(library)
        yield library, state(found.origin) if found and found.origin else ""


def has_cache(root: Path) -> bool:
    """Return whether earlier builds may have left anything."""
    return (root / FILE).exists()


def is_told_from(root: Path, key: str) -> bool:
    """Return whether the last build told its stories from just that (see `told_from`)."""
    if not has_cache(root):
        return False
    from generator.shell.cache import Cache  # not for a build from nothing to wait for

    with Cache(root) as cache:
        return bool(cache.note(TOLD_FROM) == key)


def recall(root: Path, seen: Look) -> Outcome | None:
    """Return what the last build said, if it was made from the same and its site stands as it was written."""
    if not has_cache(root):
        return None
    from generator.shell.cache import Cache

    with Cache(root) as cache:
        last = cache.note("last")
        try:
            # That nothing had been written to just before is known: else it would not have been remembered so.
            if last["inputs"] != seen.inputs or not stands(cache, root / last["output"]):
                return None
            from generator.shell.outcome import Outcome

            return Outcome.read(last["outcome"]).again()
        except (KeyError, TypeError):
            return None


def stands(cache: Cache, output: Path) -> bytes:
    """Return the states of all pages of the last build if every one is there as it was written; empty if not."""
    try:
        return pages if (pages := cache.data(PAGES)) and all_stand(output, pages) else b""
    except (OSError, ValueError):
        return b""


def remember(cache: Cache, seen: Look, outcome: Outcome, program: str) -> dict[str, object]:
    """Return what is to be noted of a build: what it was made from and what it said; write down how articles stood.

    :param program: the hash of ours.
    """
    if not outcome.left_out:  # else there may be names that nothing can be written under
        cache.write(ARTICLES, f"{seen.inputs}\n{seen.articles}")
    made = {"inputs": seen.inputs, "rest": seen.rest, "program": program}
    return {"last": {**made, "output": outcome.output, "outcome": outcome.written()}}
