"""What a project does of its own between the stages of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.model import Article, Digest, Page


class Hooks:
    """What a project does of its own between the stages; these do nothing. Two with the same key do the same."""

    def __init__(self, key: str = "") -> None:
        """Make hooks that are known by *key*: part of what every page is made from."""
        self.key = key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hooks) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)

    def after_ingest(self, article: Article) -> Article:
        """Return an article as it is to be compared, given as its content file says it."""
        return article

    def after_compare(self, digest: Digest) -> Digest:
        """Return a story's comparison as it is to be printed."""
        return digest

    def before_render(self, page: Page) -> Page | None:
        """Return a page as it is to be rendered; None leaves it out."""
        return page

    def after_build(self, paths: tuple[str, ...]) -> Mapping[str, bytes]:  # noqa: ARG002 - for hooks that look at them
        """Return files to be added to the site, which has files at *paths*."""
        return {}


NO_HOOKS = Hooks()
