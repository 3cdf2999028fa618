"""What is done wherever stories are told: one is told, what it was read from is noted, its pages are laid down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from generator.compare.remembered import forget
from generator.errors import SourceError
from generator.ingest.shelves import Shelf
from generator.ingest.trees import AtOnce, bytes_or_error
from generator.model import Tree
from generator.shell.comparisons import Compared, Comparisons
from generator.shell.kept import Kept
from generator.shell.keys import Parts, hashed, key_of, sources_of
from generator.shell.patience import patient
from generator.shell.publish import Laid, Stage
from generator.shell.states import digest
from generator.site import render
from generator.site.card_look import Look
from generator.site.cards import Card
from generator.teller import Desk, Tell, Told

if TYPE_CHECKING:
    from generator.model import Page
    from generator.shell.beside import Beside

Work = tuple[Kept, Compared | None]
"""A story told, and its comparison if it was not known."""


def keeping(desk: Desk, frame: str, stage: Stage, pictures: Pictures, compare: Comparisons) -> Callable[[Shelf], Work]:
    """Return what tells one story and lays its pages down; called wherever the engine works."""
    if desk.config.compare_enabled and not compare.beside:  # before workers are forked, who share it
        import generator.site.compared

        if compare.anew:
            import generator.compare.digest  # noqa: F401
    noted = Noted(desk.sources)
    tell = patient(replace(desk, sources=noted), pictures.printed, compare)

    def kept(shelf: Shelf) -> Work:
        told, sources, key = _told_and_noted(desk, frame, tell, noted, pictures, shelf)
        laid, drawn = stage.lay(told.files), tuple(pictures.keys.items())
        forget()
        return Kept(replace(told, files={}), laid, frame, sources, key, drawn), compare.taken()

    return kept


def _told_and_noted(
    desk: Desk, frame: str, tell: Tell, noted: Noted, pictures: Pictures, shelf: Shelf
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


def luggage(shelf: Shelf, sources: Tree) -> Luggage:
    """Return a story's files, and where one cannot be read, why."""
    return {path: bytes_or_error(sources, path) for path in shelf.paths}


def far(desk: Desk, frame: str, program: str) -> Callable[[tuple[Shelf, Luggage]], Kept]:
    """Return what tells one story from the files that come with it, its pages among what it returns."""
    noted, pictures = Noted({}), Pictures(None, program, {})
    tell = patient(replace(desk, sources=noted), partial(render.printed, draw=pictures))

    def kept(item: tuple[Shelf, Luggage]) -> Kept:
        shelf, files = item
        noted.tree = AtOnce(files)
        told, sources, key = _told_and_noted(desk, frame, tell, noted, pictures, shelf)
        return Kept(told, {}, frame, sources, key, tuple(pictures.keys.items()))

    return kept


class Pictures:
    """Draws pictures: only those that are not in the output already, drawn from the same by the same program."""

    def __init__(
        self, stage: Stage | None, program: str, drawn: Mapping[str, tuple[str, Laid]], beside: Beside | None = None
    ) -> None:
        self.stage, self.program, self.drawn = stage, program, drawn
        self._beside = beside if beside and beside.draws else None
        self._asked = ""
        self.keys: dict[str, str] = {}
        """Of the story that is being told: picture → hash of all that it was drawn from."""

    def printed(self, pages: Iterable[Page], templates: Any) -> dict[str, bytes]:
        """Return what `render.printed` does; pictures are drawn meanwhile where there is somebody beside us."""
        pages, look = tuple(pages), templates.globals["card_look"]
        if self._beside and isinstance(look, Look):
            self._begun(self._beside, (page for page in pages if not page.template), look)
        return render.printed(pages, templates, self)

    def _begun(self, beside: Beside, pages: Iterable[Page], look: Look) -> None:
        """Have a picture among *pages* drawn, if it is not there already."""
        for page in pages:
            card = page.data.get("card")
            if isinstance(card, Card) and not self._standing(page.path, self._key(card, look)):
                beside.draw(card, look)
                self._asked = page.path

    def __call__(self, path: str, card: Card, look: Look) -> bytes:
        """Return a picture."""
        key = self.keys[path] = self._key(card, look)
        data = self._standing(path, key)
        if not data and self._beside and self._asked == path:
            self._asked, data = "", self._beside.drawn()
        return data or render.drawn(path, card, look)

    def _key(self, card: Card, look: Look) -> str:
        return hashed((self.program, card, look.key))

    def _standing(self, path: str, key: str) -> bytes | None:
        known, laid = self.drawn.get(path, ("", ("", "")))
        return self.stage.standing(path, laid) if self.stage and known == key else None


class Noted(Mapping[str, bytes]):
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
