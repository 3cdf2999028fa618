"""Tells only the stories that earlier builds have not told: an engine's work, less what is known.

What is kept of a story under its key (`generator.shell.keys`) is all but the pages themselves; those stand in the
output folder, and are told again if somebody has touched them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from generator.compare.across import Across, Find
from generator.compare.arrays import numbers
from generator.ingest.shelves import Shelf
from generator.ingest.trees import Overlaid
from generator.model import Tree
from generator.shell.beside import Beside
from generator.shell.cache import Cache
from generator.shell.comparisons import Compared, Comparisons
from generator.shell.compiled import read_each
from generator.shell.engines import Engine, works_alone
from generator.shell.kept import Kept, kept_of
from generator.shell.keys import Parts, code, frame_of, hashed, key_of, sources_of
from generator.shell.publish import Laid, Stage
from generator.shell.reasons import MERGED, TOLD, reason
from generator.shell.records import frozen, thawed
from generator.shell.states import digest
from generator.shell.worker import Pictures, far, keeping, luggage
from generator.teller import Desk, Told

if TYPE_CHECKING:
    from generator.shell.parts import Archives

#: Under this name the cache has what is alike in different stories, and the program that found it.
ACROSS = "across"

#: Steps of arithmetic that comparing takes for one telling and another, at least.
_STEPS_A_PAIR = 30_000


@dataclass(slots=True)
class Keeper:
    """One build's way to the cache."""

    cache: Cache
    stage: Stage
    engine: Engine
    hash_of: Callable[[str], str]
    """Source → hash; empty where it is not known and not worth reading the file for."""
    laid: dict[str, Mapping[str, Laid]] = field(default_factory=dict)
    """Story → its pages, laid down or left standing."""
    frames: dict[str, dict[str, str]] = field(default_factory=dict)
    """What lay on every story's desk, by its hash."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Why a story was told, and not taken from the cache."""
    read: dict[str, str] = field(default_factory=dict)
    """Source → hash, of everything that the stories were told from."""
    parts: Archives | None = None
    """Stories that other machines have told."""
    kept: dict[str, Kept] = field(default_factory=dict)
    """Every story, by slug."""
    anew: bool = False
    """Whether stories are compared again that earlier builds have compared."""
    program: str = ""
    """A hash of the program, its libraries and Python, as soon as it is known."""
    today: str = ""
    """The day that the site is built as of; empty: none."""
    across: Across | None = None
    """What is alike in different stories, once it has been looked for."""
    beside: Beside | None = None
    """Who compares while this process does something else."""
    was_used: bool = field(init=False)
    """Whether the cache held anything when the build began."""

    def __post_init__(self) -> None:
        self.was_used = not self.cache.is_empty

    def each(self, desk: Desk, shelves: Sequence[Shelf]) -> Iterator[Told]:
        """Tell every story: what `generator.pipeline.build` calls `each`."""
        for shelf in shelves:
            self.stage.drop(self.laid.pop(shelf.story, ()))  # told before, and now otherwise
        frame, parts = self._frame(desk)
        self.cache.keep(frame, "", frozen(parts))
        self.frames[frame] = dict(parts)
        known = [self._known(frame, desk, shelf) for shelf in shelves]
        missing = [shelf for shelf, found in zip(shelves, known, strict=True) if not found]
        told = self._told(desk, frame, missing)
        for found in known:
            yield self._noted(found) if found else self._new(next(told))

    def _frame(self, desk: Desk) -> tuple[str, Parts]:
        self.program, self.today = self.program or code(), desk.config.as_of
        parts = frame_of(desk, self.program)
        return hashed(parts), parts

    def _told(self, desk: Desk, frame: str, missing: Sequence[Shelf]) -> Iterator[Kept]:
        if desk.config.engine == "dask":
            return self._told_afar(desk, frame, missing)
        is_alone = works_alone(desk.config, len(missing))
        if not is_alone:  # once, for all that are forked, and for the next build, which finds them kept
            deque(read_each(desk.theme, desk.config), 0)
        beside = self.beside if is_alone else None
        pictures = Pictures(self.stage, self.program, self._drawn(missing, desk), beside)
        compare = Comparisons(self.cache.root, self.program, self.anew or not self.was_used, beside)
        if desk.config.compare_enabled and compare.anew and not beside:  # before workers are forked, who share it
            numbers(_STEPS_A_PAIR * sum(len(one.articles) * (len(one.articles) - 1) for one in missing))
        done = self.engine(partial(keeping, desk, frame, self.stage, pictures, compare), missing)
        return (self._with(compared, kept) for kept, compared in done)

    def _with(self, compared: Compared | None, kept: Kept) -> Kept:
        if compared:
            self.cache.keep_comparison(compared.story, compared.key, compared.value)
        return kept

    def _told_afar(self, desk: Desk, frame: str, missing: Sequence[Shelf]) -> Iterator[Kept]:
        """Have stories told where nothing of the project lies: their files travel there, and their pages back."""
        if not missing:
            return
        from generator.shell.cluster import over_dask

        removed = {path: desk.removed[path] for shelf in missing for path in shelf.articles if path in desk.removed}
        make = partial(far, replace(desk, sources={}, removed=removed), frame, self.program)
        items = ((shelf, luggage(shelf, desk.sources)) for shelf in missing)
        for kept in over_dask(desk.config.scheduler, desk.config.jobs, make, items, self.program):
            yield replace(kept, told=replace(kept.told, files={}), laid=self.stage.lay(kept.told.files))

    def remember(self, find: Find) -> Across:
        """Find what is alike in different stories, from what the last build has found."""
        noted = None if self.anew else self.cache.note(ACROSS)
        before = Across()
        if isinstance(noted, list) and len(noted) == 2 and noted[0] == self.program:
            with suppress(ValueError):
                before = thawed(Across, noted[1])  # a note of other values than ours is none
        self.across = found = find(before)
        return found

    @property
    def notes(self) -> dict[str, object]:
        """What the next build is to know beside the stories."""
        across = {ACROSS: [self.program, frozen(self.across)]} if self.across else {}
        return {TOLD: self.reasons, **across}

    @property
    def pages(self) -> dict[str, Laid]:
        """Every page of every story."""
        return {path: laid for pages in self.laid.values() for path, laid in pages.items()}

    def again(self, desk: Desk, shelves: Sequence[Shelf], read: Mapping[str, str]) -> list[tuple[Kept, Kept]]:
        """Tell a few stories again; return each as it was and as it is, nothing unless they have the same pages still.

        What was only saved once more is not told.

        :param read: source → state and hash, as the last build read it.
        """
        frame, _ = self._frame(desk)
        known = [self._known(frame, desk, shelf) for shelf in shelves]
        told = self._told(desk, frame, [shelf for shelf, kept in zip(shelves, known, strict=True) if not kept])
        found = []
        for shelf, kept in zip(shelves, known, strict=True):
            new, old = kept or next(told), kept_of(self.cache.last(shelf.story))
            if not old or old.frame != frame or not new.key or not _has_same_pages(old, new):
                return []
            if any(path in desk.sources and read.get(path, "").rpartition(" ")[2] != was for path, was in old.sources):
                return []  # of another build than the last one
            if not kept:
                self._new(new)
            found.append((old, new))
        return found

    def _drawn(self, missing: Sequence[Shelf], desk: Desk) -> dict[str, tuple[str, Laid]]:
        """Return the pictures that stories which are told again have in the output, and what they were drawn from."""
        kept = (kept_of(self.cache.last(shelf.story)) for shelf in missing) if self._may_be_drawn(desk) else ()
        return {path: (key, old.laid[path]) for old in kept if old for path, key in old.drawn if path in old.laid}

    def _may_be_drawn(self, desk: Desk) -> bool:
        return self.was_used and desk.config.cards_enabled and desk.config.compare_enabled

    def _known(self, frame: str, desk: Desk, shelf: Shelf) -> Kept | None:
        """Return what is kept of a story, if all of its pages stand as they were written."""
        hashes = {path: self._hash(path, desk.sources) for path in shelf.paths}
        if not all(hashes.values()):
            return None
        key = key_of(frame, sources_of(shelf, hashes, desk.removed))
        kept = kept_of(self.cache.made(key))
        if kept and _holds(kept, key, desk) and self.stage.stands(kept.laid):
            return kept
        return self._merged(key, desk)

    def _merged(self, key: str, desk: Desk) -> Kept | None:
        """Return a story that another machine has told, its pages laid down."""
        found = self.parts.take(key) if self.parts else None
        if not self.parts or not found or not _holds(found[0], key, desk):
            return None
        kept = replace(found[0], laid=self.stage.lay(found[1]))
        self.cache.keep(key, kept.told.shelf.story, frozen(kept))
        self.reasons[kept.told.shelf.story] = MERGED
        self.parts.taken.add(kept.told.shelf.story)
        return kept

    def _hash(self, path: str, tree: Tree) -> str:
        if isinstance(tree, Overlaid) and path in tree.upper:
            return digest(tree.upper[path])
        return self.hash_of(path)

    def _new(self, kept: Kept) -> Told:
        if self.parts:
            self.parts.taken.discard(kept.told.shelf.story)
        self.reasons[kept.told.shelf.story] = self._reason(kept)
        if kept.key and not kept.told.problems and not kept.told.misfits:
            self.cache.keep(kept.key, kept.told.shelf.story, frozen(kept))
        return self._noted(kept)

    def _reason(self, new: Kept) -> str:
        old = kept_of(self.cache.last(new.told.shelf.story)) if self.was_used else None
        before = self._parts(old.frame) if old else {}
        return reason(old, new, before, self._parts(new.frame), self.today, anew=self.anew)

    def _parts(self, frame: str) -> dict[str, str]:
        if frame not in self.frames:
            self.frames[frame] = dict(self.cache.made(frame) or ())
        return self.frames[frame]

    def _noted(self, kept: Kept) -> Told:
        self.laid[kept.told.shelf.story] = kept.laid
        self.kept[kept.told.shelf.story] = kept
        self.read.update(kept.sources)
        return kept.told


def _has_same_pages(old: Kept, new: Kept) -> bool:
    return old.laid.keys() == new.laid.keys() and not new.told.problems and not new.told.misfits


def _holds(kept: Kept, key: str, desk: Desk) -> bool:
    """Whether what was told once is to be told so again: the same story, nothing that now stops a build, the day."""
    return kept.key == key and (desk.keep_going or not kept.told.left_out) and kept.told.days.hold(desk.config.as_of)
