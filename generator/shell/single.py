"""What hangs on single texts alone, kept from build to build: the editor's texts as read, the example as compared.

Each is kept under a hash of its text and of the program: an edit of one page leaves what is known of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any, TypeVar

from generator.ingest.written import Written, written
from generator.model import Digest, Story
from generator.shell.cache import Cache
from generator.shell.keys import code
from generator.shell.records import frozen, thawed
from generator.shell.states import digest
from generator.site.hands import Compare, Hands
from generator.values import dataclass

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Single:
    """One build's way to what is kept of single texts."""

    cache: Cache
    compare: Compare
    """Compares the example where nothing is kept of it."""
    anew: bool = False
    """Whether what earlier builds have kept is passed over."""
    texts: dict[str, Written] = field(default_factory=dict)
    """What was read in this build, by its Markdown."""
    expected: list[str] = field(default_factory=list)
    """What will be."""

    @property
    def hands(self) -> Hands:
        """Who helps a build with what it can do without."""
        return Hands(self.read, self.compared, self.expected.extend)

    def early(self) -> Iterator[Written]:
        """Read what is to be read, one text at each step."""
        while self.expected:
            yield self.read(self.expected.pop())

    def read(self, markdown: str) -> Written:
        """Return what `generator.ingest.written.written` does."""
        found = self.texts.get(markdown)
        if found is None:
            found = self.texts[markdown] = self._made(Written, _key("an editor's text", markdown), written, markdown)
        return found

    def compared(self, story: Story, near_duplicate: float) -> Digest:
        """Return what `generator.compare.digest.digest_of` does."""
        key = _key("the example", repr((near_duplicate, story)))
        return self._made(Digest, key, self.compare, story, near_duplicate)

    def _made(self, kind: type[_Made], key: str, make: Callable[..., _Made], *given: Any) -> _Made:
        """Return what is kept under a key; where nothing is, or nothing that can be read, make it and keep it."""
        try:
            if not self.anew:
                return thawed(kind, self.cache.made(key))  # type: ignore[no-any-return]
        except ValueError:
            pass
        made = make(*given)
        self.cache.keep(key, "", frozen(made))
        return made


def _key(what: str, text: str) -> str:
    return digest(f"{code()}\0{what}\0{text}".encode("utf-8", "surrogatepass"))
