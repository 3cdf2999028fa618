"""Tells only the stories that earlier builds have not told: an engine's work, less what is known.

A story's key is a hash of everything that went into it: its files' bytes, what cleaning took out of its seeds, and what
lies on every story's desk (theme, configuration, outlets, navigation, the versions of code and libraries). What is kept
under it is all but the pages themselves; those stand in the output folder, and are told again if somebody has touched
them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import SourceError
from generator.ingest.shelves import Shelf
from generator.ingest.trees import AtOnce, Overlaid, bytes_or_error
from generator.model import Removed, Tree
from generator.pipeline import Desk, Tell, Told
from generator.shell.cache import Cache
from generator.shell.comparisons import Compared, Comparisons
from generator.shell.engines import Engine
from generator.shell.libraries import LIBRARIES, version
from generator.shell.patience import patient
from generator.shell.publish import Laid, Stage
from generator.shell.records import frozen, thawed
from generator.shell.states import digest
from generator.site import render
from generator.site.card_look import Look
from generator.site.cards import Card

if TYPE_CHECKING:
    from generator.shell.parts import Archives

#: Settings that change how a site is built, and no byte of it.
_HOW = ("jobs", "engine", "scheduler", "future", "as_of", "story_seconds")

Parts = tuple[tuple[str, str], ...]
"""What something was made from: name → hash."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A story told, its pages laid down."""

    told: Told
    """Without files."""
    laid: Mapping[str, Laid]
    frame: str
    """Under this key the cache has what lay on every story's desk."""
    sources: Parts
    """The story's own files."""
    key: str = ""
    """Empty where a file could not be read."""
    drawn: Parts = ()
    """Picture → hash of all that it was drawn from."""


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
    was_used: bool = field(init=False)
    """Whether the cache held anything when the build began."""

    def __post_init__(self) -> None:
        self.was_used = not self.cache.is_empty

    def each(self, desk: Desk, shelves: Sequence[Shelf]) -> Iterator[Told]:
        """Tell every story: what `generator.pipeline.build` calls `each`."""
        for shelf in shelves:
            self.stage.drop(self.laid.pop(shelf.story, ()))  # told before, and now otherwise
        parts = frame_of(desk)
        frame = _hash(parts)
        self.cache.keep(frame, "", frozen(parts))
        self.frames[frame] = dict(parts)
        known = [self._known(frame, desk, shelf) for shelf in shelves]
        missing = [shelf for shelf, found in zip(shelves, known, strict=True) if not found]
        told = self._told(desk, frame, dict(parts)["the program"], missing)
        for found in known:
            yield self._noted(found) if found else self._new(next(told))

    def _told(self, desk: Desk, frame: str, program: str, missing: Sequence[Shelf]) -> Iterator[Kept]:
        if desk.config.engine == "dask":
            return self._told_afar(desk, frame, program, missing)
        pictures = _Pictures(self.stage, program, self._drawn(missing, desk))
        compare = Comparisons(self.cache.root, program, self.anew or not self.was_used)
        done = self.engine(partial(_keeping, desk, frame, self.stage, pictures, compare), missing)
        return (self._with(compared, kept) for kept, compared in done)

    def _with(self, compared: Compared | None, kept: Kept) -> Kept:
        if compared:
            self.cache.keep_comparison(compared.story, compared.key, compared.value)
        return kept

    def _told_afar(self, desk: Desk, frame: str, program: str, missing: Sequence[Shelf]) -> Iterator[Kept]:
        """Have stories told where nothing of the project lies: their files travel there, and their pages back."""
        if not missing:
            return
        from generator.shell.cluster import over_dask

        removed = {path: desk.removed[path] for shelf in missing for path in shelf.articles if path in desk.removed}
        make = partial(_far, replace(desk, sources={}, removed=removed), frame, program)
        items = ((shelf, _luggage(shelf, desk.sources)) for shelf in missing)
        for kept in over_dask(desk.config.scheduler, desk.config.jobs, make, items, program):
            yield replace(kept, told=replace(kept.told, files={}), laid=self.stage.lay(kept.told.files))

    @property
    def pages(self) -> dict[str, Laid]:
        """Every page of every story."""
        return {path: laid for pages in self.laid.values() for path, laid in pages.items()}

    def again(self, desk: Desk, shelves: Sequence[Shelf], read: Mapping[str, str]) -> list[Kept]:
        """Tell a few stories again; return nothing unless that changes no more than their own pages.

        :param read: source → state and hash, as the last build read it.
        """
        parts = frame_of(desk)
        frame = _hash(parts)
        told = self._told(desk, frame, dict(parts)["the program"], shelves)
        found = []
        for shelf, new in zip(shelves, told, strict=True):
            old = kept_of(self.cache.last(shelf.story))
            if not old or old.frame != frame or not new.key or not _is_same_but_for_pages(old, new):
                return []
            if any(path in desk.sources and read.get(path, "").rpartition(" ")[2] != was for path, was in old.sources):
                return []  # of another build than the last one
            self._new(new)
            found.append(new)
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
        if not found or not _holds(found[0], key, desk):
            return None
        kept = replace(found[0], laid=self.stage.lay(found[1]))
        self.cache.keep(key, kept.told.shelf.story, frozen(kept))
        return kept

    def _hash(self, path: str, tree: Tree) -> str:
        if isinstance(tree, Overlaid) and path in tree.upper:
            return digest(tree.upper[path])
        return self.hash_of(path)

    def _new(self, kept: Kept) -> Told:
        self.reasons[kept.told.shelf.story] = self._reason(kept)
        if kept.key and not kept.told.problems and not kept.told.misfits:
            self.cache.keep(kept.key, kept.told.shelf.story, frozen(kept))
        return self._noted(kept)

    def _reason(self, new: Kept) -> str:
        old = kept_of(self.cache.last(new.told.shelf.story)) if self.was_used else None
        return reason(old, new, self._parts(old.frame) if old else {}, self._parts(new.frame))

    def _parts(self, frame: str) -> dict[str, str]:
        if frame not in self.frames:
            self.frames[frame] = dict(self.cache.made(frame) or ())
        return self.frames[frame]

    def _noted(self, kept: Kept) -> Told:
        self.laid[kept.told.shelf.story] = kept.laid
        self.kept[kept.told.shelf.story] = kept
        self.read.update(kept.sources)
        return kept.told


Work = tuple[Kept, Compared | None]
"""A story told, and its comparison if it was not known."""


def _keeping(
    desk: Desk, frame: str, stage: Stage, pictures: _Pictures, compare: Comparisons
) -> Callable[[Shelf], Work]:
    """Return what tells one story and lays its pages down; called wherever the engine works."""
    noted = _Noted(desk.sources)
    tell = patient(replace(desk, sources=noted), partial(render.printed, draw=pictures), compare)

    def kept(shelf: Shelf) -> Work:
        compare.made = None
        told, sources, key = _told_and_noted(desk, frame, tell, noted, pictures, shelf)
        laid, drawn = stage.lay(told.files), tuple(pictures.keys.items())
        return Kept(replace(told, files={}), laid, frame, sources, key, drawn), compare.made

    return kept


def _told_and_noted(
    desk: Desk, frame: str, tell: Tell, noted: _Noted, pictures: _Pictures, shelf: Shelf
) -> tuple[Told, Parts, str]:
    """Return a story told, what it was told from, and its key."""
    noted.hashes.clear()
    pictures.keys.clear()
    told = tell(shelf)
    whole = all(path in noted.hashes for path in shelf.paths)
    sources = sources_of(shelf, noted.hashes, desk.removed) if whole else ()
    return told, sources, key_of(frame, sources) if whole else ""


Luggage = Mapping[str, bytes | SourceError]
"""A story's files, by path, for a worker that has no disk in common with us."""


def _luggage(shelf: Shelf, sources: Tree) -> Luggage:
    return {path: bytes_or_error(sources, path) for path in shelf.paths}


def _far(desk: Desk, frame: str, program: str) -> Callable[[tuple[Shelf, Luggage]], Kept]:
    """Return what tells one story from the files that come with it, its pages among what it returns."""
    noted, pictures = _Noted({}), _Pictures(None, program, {})
    tell = patient(replace(desk, sources=noted), partial(render.printed, draw=pictures))

    def kept(item: tuple[Shelf, Luggage]) -> Kept:
        shelf, files = item
        noted.tree = AtOnce(files)
        told, sources, key = _told_and_noted(desk, frame, tell, noted, pictures, shelf)
        return Kept(told, {}, frame, sources, key, tuple(pictures.keys.items()))

    return kept


def _is_same_but_for_pages(old: Kept, new: Kept) -> bool:
    return (
        old.told == new.told and old.laid.keys() == new.laid.keys() and not new.told.problems and not new.told.misfits
    )


def _holds(kept: Kept, key: str, desk: Desk) -> bool:
    """Whether what was told once is to be told so again: the same story, nothing that now stops a build, the day."""
    return kept.key == key and (desk.keep_going or not kept.told.left_out) and kept.told.days.hold(desk.config.as_of)


def kept_of(value: object) -> Kept | None:
    """Return a record of the cache as what it was, None if it is none."""
    try:
        return thawed(Kept, value)  # type: ignore[no-any-return]
    except ValueError:
        return None


class _Pictures:
    """Draws pictures: only those that are not in the output already, drawn from the same by the same program."""

    def __init__(self, stage: Stage | None, program: str, drawn: Mapping[str, tuple[str, Laid]]) -> None:
        self.stage, self.program, self.drawn = stage, program, drawn
        self.keys: dict[str, str] = {}
        """Of the story that is being told: picture → hash of all that it was drawn from."""

    def __call__(self, path: str, card: Card, look: Look) -> bytes:
        key = self.keys[path] = _hash((self.program, card, look.key))
        known, laid = self.drawn.get(path, ("", ("", "")))
        data = self.stage.standing(path, laid) if self.stage and known == key else None
        return data or render.drawn(path, card, look)


class _Noted(Mapping[str, bytes]):
    """Sources, with a note of what was read: a key must be that of the bytes that the pages were made from."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.hashes: dict[str, str] = {}

    def __getitem__(self, path: str) -> bytes:
        data = self.tree[path]
        self.hashes[path] = digest(data)
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self.tree)

    def __len__(self) -> int:
        return len(self.tree)


# ---------------------------------------------------------------------------- keys


def key_of(frame: str, sources: Parts) -> str:
    """Return the hash under which a story is kept."""
    return _hash((frame, sources))


def sources_of(shelf: Shelf, hashes: Mapping[str, str], removed: Mapping[str, tuple[Removed, ...]]) -> Parts:
    """Return what a story is made from, beside what lies on every story's desk.

    :param hashes: of its files, by path.
    :param removed: article's path → what cleaning took out of its seed.
    """
    return (
        *((path, hashes[path]) for path in shelf.paths),
        *((f"{path}, left out", "") for path in shelf.aside),
        *((f"the quotation {{{{ {text} }}}} on a page", "") for text in shelf.asked),
        *(
            (f"what was removed from the seed of {path}", _hash(removed[path]))
            for path in shelf.articles
            if removed.get(path)
        ),
    )


def frame_key(desk: Desk, program: str) -> str:
    """Return the hash under which a build keeps what lies on every story's desk; *program* is what `code` says."""
    return _hash(frame_of(desk, program))


def frame_of(desk: Desk, program: str = "") -> Parts:
    """Return what lies on every story's desk: the same for all, and all are told anew when any of it changes."""
    return (
        ("the program", program or code()),
        *((f"the theme's {path}", digest(data)) for path, data in sorted(desk.theme.items()) if not _again(path, desk)),
        *(
            (f"the configuration's {f.name}", _hash(getattr(desk.config, f.name)))
            for f in fields(desk.config)
            if f.name not in _HOW
        ),
        ("the outlets", _hash(desk.outlets)),
        ("the navigation", _hash(desk.navigation)),
        ("hooks.py", digest(desk.hooks.key.encode("utf-8", "surrogatepass"))),
    )


def _again(path: str, desk: Desk) -> bool:
    """Whether a template stands under its theme's name too (`plain/base.html`), as it does without it."""
    folder, _, rest = path.partition("/")
    return desk.theme.get(f"{folder}/{rest.partition('/')[2]}") == desk.theme[path]


def code() -> str:
    """Return a hash of the program, its libraries and Python."""
    total = blake2b(sys.version.encode(), digest_size=16)
    for name in LIBRARIES:
        total.update(f"{name} {version(name)}\n".encode())
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.rglob("*.py")):
        total.update(path.relative_to(package).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _hash(value: object) -> str:
    return digest(repr(value).encode("utf-8", "surrogatepass"))


# ---------------------------------------------------------------------------- reasons


#: So many reasons are told one by one.
_TOLD = 6


def reason(old: Kept | None, new: Kept, old_frame: Mapping[str, str], frame: Mapping[str, str]) -> str:
    """Return why a story was told again, in words; *old* is what was kept of it before."""
    if not old:
        return "it is new, or nothing is known of how it was made before"
    before, now = {**old_frame, **dict(old.sources)}, {**frame, **dict(new.sources)}
    parts = [
        *(f"{name} changed" for name in now if name in before and now[name] != before[name]),
        *(f"{name} came" for name in now if name not in before),
        *(f"{name} went" for name in before if name not in now),
    ]
    if old.told.days != new.told.days:
        parts.append("a day has come")
    more = f" and {len(parts) - _TOLD} more" if len(parts) > _TOLD else ""
    return ", ".join(parts[:_TOLD]) + more if parts else "its pages did not stand as they had been written"
