"""A site whose files are made when somebody asks for them: what the preview shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from threading import RLock

from generator.model import Tree
from generator.pipeline import Compared, names, sitewide_page, sitewide_pages
from generator.shell.retelling import Files
from generator.site import render
from generator.site.data import STORIES


class OnDemand(Mapping[str, bytes]):
    """The files that `generator.pipeline.build` would give; each is made when it is first asked for, one at a time.

    Asking for one raises what making it raises: `SourceError` for a mistake in the theme, say.
    """

    def __init__(
        self, half: Compared, files: Files, brief: frozenset[str] = frozenset(), before: OnDemand | None = None
    ) -> None:
        """Make nothing yet; *files* gives those of a story.

        :param brief: stories that have been told briefly: they may have more files than is known.
        :param before: the site that was shown before: of a theme that has not changed the files are the same.
        """
        self._half, self._files, self._brief = half, files, brief
        is_same = before is not None and before.theme is half.desk.theme
        self._static = before.static if before is not None and is_same else render.static(half.desk.theme)
        self._stories = {path: one.shelf.story for one in half.told if one.summary for path, _ in one.summary.pages}
        self._guard = RLock()
        self._hurried: dict[str, bytes] = {}
        """Those of the pages that were asked for before all of them had been planned."""
        self._pages: Mapping[str, bytes] | None = None
        self._added: Mapping[str, bytes] | None = None
        self._listed: Mapping[str, bytes] | None = None

    @property
    def stories(self) -> tuple[str, ...]:
        """A story that is compared, by its slug, where there is any."""
        told = (one.shelf.story for one in self._half.told if one.summary)
        return tuple(islice((story for story in told if story not in self._brief), 1))

    @property
    def brief(self) -> frozenset[str]:
        """The stories that are still to be compared."""
        return self._brief

    @property
    def theme(self) -> Tree:
        """The theme that the pages are rendered with."""
        return self._half.desk.theme

    @property
    def static(self) -> Mapping[str, bytes]:
        """The theme's own files."""
        return self._static

    @property
    def pages(self) -> Mapping[str, bytes]:
        """The pages that belong to no single story."""
        with self._guard:
            if self._pages is None:
                self._pages = self._made(copies_too=False)
            return self._pages

    def _made(self, *, copies_too: bool) -> Mapping[str, bytes]:
        desk = self._half.desk
        planned = sitewide_pages(self._half, copies_too=copies_too)
        return render.Later(planned, render.environment(desk.theme, desk.config), self._hurried)

    def _hurry(self, path: object) -> bool:
        """Make a page that belongs to no single story without the others; return whether there is one."""
        with self._guard:
            is_new = self._pages is None and str(path).endswith(".html") and path not in self._hurried
            if is_new and path not in self._static and (page := sitewide_page(self._half, str(path))):
                desk = self._half.desk
                self._hurried[page.path] = render.render(page, render.environment(desk.theme, desk.config))
            return path in self._hurried

    @property
    def added(self) -> Mapping[str, bytes]:
        """What the project's hooks add."""
        with self._guard:
            if self._added is None:
                self._added = self._half.desk.hooks.after_build(names(self._half, (*self._static, *self.pages)))
            return self._added

    @property
    def known(self) -> frozenset[str]:
        """The files that belong to no single story, as far as somebody has asked for any of them."""
        return frozenset((*(self._pages or ()), *(self._added or ()), *self._hurried))

    def of_story(self, story: str) -> Mapping[str, bytes]:
        """Return a story's files."""
        return self._files(story)

    def __getitem__(self, path: str) -> bytes:
        with self._guard:
            story = self._story(path)
            if story:
                return self._files(story)[path]
            if self._hurry(path):
                return self._hurried[path]
            found = next((tree for tree in self._others() if path in tree), {})
            if path == STORIES and found is self._pages:  # of all files the only one that takes long to be known
                found = self._listed = self._listed or self._made(copies_too=True)
            return found[path]

    def __contains__(self, path: object) -> bool:
        return bool(self._story(path)) or self._hurry(path) or any(path in tree for tree in self._others())

    def _story(self, path: object) -> str:
        """Return the story that a file belongs to, nothing for any other; one told briefly is compared for that."""
        found = self._stories.get(path, "") if isinstance(path, str) else ""
        if found or not self._brief:
            return found
        folder, _, rest = str(path).partition("/")
        story = rest.partition("/")[0]
        if story not in self._brief or folder not in ("stories", "embed"):
            return ""
        return story if path in self._files(story) else ""

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(chain(self._stories, *self._others())))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _others(self) -> Iterator[Mapping[str, bytes]]:
        """Yield what belongs to no story, what is costly to know last."""
        yield self._static
        yield self.pages
        yield self.added


Call = Callable[[], object]


def to_try(site: OnDemand, anew: Mapping[str, object], most: int) -> Iterator[Call]:
    """Yield what makes, page by page, whatever an edit may have broken.

    That are the pages of no single story, and those of *most* of the stories *anew*; of any story if there are none, as
    it is the theme then that has changed.
    """
    for path in site.pages:
        if path.endswith(".html"):
            yield lambda path=path: site[path]  # type: ignore[misc]
    yield lambda: site.added
    for story in [story for story in anew or site.stories if story not in site.brief][:most]:
        for path in site.of_story(story):
            yield lambda path=path: site[path]  # type: ignore[misc]
