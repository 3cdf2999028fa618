"""Comparisons of earlier builds, by what was compared.

They hold as long as the texts and the program do: a template, a colour, a setting or a page of the editor's may change,
and the stories are printed again without being compared again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from generator.model import Digest, Story
from generator.shell.beside import Beside, NoAnswerError
from generator.shell.cache import Cache, packed
from generator.shell.records import frozen, thawed
from generator.values import dataclass

#: Stands for the one that was compared.
_NONE = Story("", "", ())


def put_away(digest: Digest) -> bytes:
    """Return a comparison as the cache keeps it: without the story and its sentences, half of it all.

    Who asks for it has the story; taking its texts apart again costs about what reading them would.
    """
    return packed(frozen(replace(digest, story=_NONE, witnesses=())))


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as the cache keeps it."""

    story: str
    key: str
    value: bytes


@dataclass(slots=True)
class Comparisons:
    """Compares stories, or knows how it came out; works in one process, and for one story after the other."""

    root: Path
    """The project's folder."""
    program: str
    """A hash of the program, its libraries and Python."""
    anew: bool = False
    """Whether what earlier builds have found is passed over."""
    beside: Beside | None = None
    """Who compares what is not known, if not this process."""
    _fresh: tuple[str, str, Digest] | None = None
    """The last story's slug, key and comparison, if it was not known."""

    def __call__(self, story: Story, near_duplicate: float) -> Digest:
        """Return what `generator.compare.digest.digest_of` does."""
        self._fresh = None
        key = self._key(story, near_duplicate)
        known = None if self.anew else self._known(story, key)
        if known:
            return known
        digest = self.compare(story, near_duplicate)
        self._fresh = story.slug, key, digest
        return digest

    def compare(self, story: Story, near_duplicate: float) -> Digest:
        """Compare a story, whatever is known of it."""
        if self.beside:
            with suppress(NoAnswerError):
                return self.beside.compared(story, near_duplicate)
        from generator.compare.digest import digest_of

        return digest_of(story, near_duplicate)

    def taken(self) -> Compared | None:
        """Return the last story's comparison as the cache is to keep it, once; None if it was known."""
        fresh, self._fresh = self._fresh, None
        if not fresh:
            return None
        slug, key, digest = fresh
        if self.beside:
            with suppress(NoAnswerError):
                return Compared(slug, key, self.beside.packed(digest))
        return Compared(slug, key, put_away(digest))

    def _key(self, story: Story, near_duplicate: float) -> str:
        text = repr((self.program, near_duplicate, story))
        return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def _known(self, story: Story, key: str) -> Digest | None:
        with Cache(self.root) as cache:  # opened where the work is done: connections do not travel
            kept = cache.comparison(story.slug, key)
        try:
            found: Digest = thawed(Digest, kept)
        except ValueError:
            return None
        from generator.compare.witness import witnesses_of

        return replace(found, story=story, witnesses=witnesses_of(story.articles))
