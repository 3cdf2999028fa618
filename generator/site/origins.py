"""Which sources a page of the site is made from, by its address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from generator.ingest import content, outlets, shortcodes
from generator.ingest.fields import Fields
from generator.ingest.shelves import story_of
from generator.ingest.slugs import slugify
from generator.model import Article, Config, Outlet, PlainPage, Tree


def made_from(page: str, sources: Tree, stated: Sequence[Outlet] = ()) -> tuple[str, ...]:
    """Return the paths of the content files behind a page, the nearest first, and of their seeds; nothing for none.

    :param page: file below the output folder.
    :param sources: `content/…` and `seeds/…`.
    :param stated: outlets that the configuration describes.
    """
    wanted = list(_wanted(page, sources, stated))
    seeds = [article.seed for path in wanted if (article := _article(path, sources))]
    captured = [path for seed in seeds for path in (seed, f"{seed.rpartition('.')[0]}.yml")]
    return tuple(dict.fromkeys(path for path in (*wanted, *captured) if path in sources))


def _wanted(page: str, sources: Tree, stated: Sequence[Outlet]) -> Iterator[str]:
    parts = page.removesuffix("index.html").strip("/").split("/")
    if parts[0] == "embed":
        parts = ["stories", *parts[1:]]
    if parts[0] == "stories" and len(parts) > 1 and parts[1] != "page":
        yield from _of_story(parts[1], [part for part in parts[2:] if part != "diff"], sources)
        return
    below = parts[1] if len(parts) > 1 and parts[1] != "page" else ""
    if parts[0] == "outlets" and below:
        yield f"content/outlets/{below}.md"
        known = outlets.merged(_outlets(sources), stated)
        yield from (a.path for a in _articles(sources) if (o := outlets.find(a.outlet, known)) and o.slug == below)
    elif parts[0] == "tags" and below:
        yield from _tagged(below, sources)
    elif parts[0] == "archive" and below:
        dated = _dates(sources)
        yield from (path for path in _of_stories(sources) if (dated[_story(path, sources)][:7] or "undated") == below)
    else:
        slug = "/".join(parts)
        own = (f"content/{slug}.md", f"content/{slug}/_index.md" if slug else "content/_index.md")
        yield from own
        yield from _quoted_by([path for path in own if path in sources], sources)
        if slug in _OF_ALL or parts[0] in _LISTS or (slug.startswith("feed.") and len(parts) == 1):
            yield from _of_stories(sources)
        elif not any(path in sources for path in own):
            yield from (path for path, header in _headers(sources) if page in header.addresses("aliases"))


#: What is made from every story, and folders of which all is that belongs to none alone.
_OF_ALL, _LISTS = (
    frozenset({"", "sitemap.xml", "stories.json"}),
    frozenset({"archive", "outlets", "search", "stories", "tags"}),
)


def _headers(sources: Tree) -> Iterator[tuple[str, Fields]]:
    """Yield every content file with what it states."""
    for path in sorted(sources):
        if path.startswith("content/") and path.endswith(".md"):
            yield path, content.header_of(path, sources[path])


def _of_stories(sources: Tree) -> list[str]:
    return sorted(path for path in sources if path.startswith("content/stories/"))


def _story(path: str, sources: Tree) -> str:
    """Return the story that a file below content/stories/ belongs to: the one that it states, else its folder's."""
    is_article = path.endswith(".md") and not path.endswith("/_index.md")
    return story_of(path, sources[path]) if is_article else path.split("/")[2]


def _files_of(story: str, sources: Tree) -> list[str]:
    return [path for path in _of_stories(sources) if _story(path, sources) == story]


def _tagged(tag: str, sources: Tree) -> Iterator[str]:
    """Yield the files of the stories of which one states a tag, that one first."""
    found = [path for path, header in _headers(sources) if tag in map(slugify, header.texts("tags"))]
    yield from found
    stories = {_story(path, sources) for path in found if path.startswith("content/stories/")}
    yield from (path for path in _of_stories(sources) if _story(path, sources) in stories)


def _dates(sources: Tree) -> dict[str, str]:
    """Return the date of each story: its own, else the earliest of its articles'; '' where none is stated."""
    own: dict[str, str] = {}
    articles: defaultdict[str, list[str]] = defaultdict(list)
    for path, header in _headers(sources):
        if path.startswith("content/stories/") and path.endswith("/_index.md"):
            own[_story(path, sources)] = header.date("date")
        elif path.startswith("content/stories/"):
            articles[_story(path, sources)] += filter(None, [header.date("date")])
    return {
        story: own.get(story, "") or min(articles[story], default="")
        for story in {*own, *(_story(path, sources) for path in _of_stories(sources))}
    }


def _outlets(sources: Tree) -> tuple[Outlet, ...]:
    return tuple(
        outlets.outlet(header, path.rpartition("/")[2].removesuffix(".md"))
        for path, header in _headers(sources)
        if path.startswith("content/outlets/")
    )


def _quoted_by(pages: Iterable[str], sources: Tree) -> Iterator[str]:
    """Yield the files of the stories that an editor's pages quote."""
    for path in pages:
        body = sources[path].decode("utf-8", "replace")
        for story in shortcodes.asked([PlainPage("", "", body)]):
            yield from _files_of(story, sources)


def _of_story(story: str, articles: Iterable[str], sources: Tree) -> Iterator[str]:
    """Yield a telling's or a pair's own files first, then its story's."""
    files = _files_of(story, sources)
    for article in articles:
        yield from (path for path in files if path.endswith(f"/{article}.md"))
    yield f"content/stories/{story}/_index.md"
    yield from files


def _articles(sources: Tree) -> tuple[Article, ...]:
    found, _ = content.articles({path: data for path, data in sources.items() if path.startswith("content/stories/")})
    return found


def _article(path: str, sources: Tree) -> Article | None:
    if not path.startswith("content/stories/") or path.endswith("/_index.md") or path not in sources:
        return None
    found, _ = content.read_article(path, sources[path])
    return found


def left_out(address: str, sources: Tree, config: Config) -> str:
    """Return what keeps a page out of the site, and how it gets there: a draft, a day to come; else nothing.

    :param address: path of the page, as somebody has typed it.
    """
    parts = address.partition("#")[0].strip("/").removesuffix("index.html").strip("/").split("/")
    if "stories" in parts:
        paths = _of_story_at(parts[parts.index("stories") + 1 :], sources)
    else:
        slug = "/".join(parts)
        paths = (path for path in (f"content/{slug}.md", f"content/{slug}/_index.md") if path in sources)
    for path in paths:
        header = content.header_of(path, sources[path])
        day = header.date("date")[:10]
        if config.as_of and day > config.as_of:
            return f"left out until {day}, as {path} is dated – ssg build --future builds it"
        if header.flag("draft", False) and not config.drafts:
            return f"left out, as {path} is a draft – ssg build --drafts builds it"
    return ""


def _of_story_at(parts: list[str], sources: Tree) -> Iterator[str]:
    """Yield the files that a page below /stories/ cannot be without, as far as they exist."""
    if not parts:
        return
    files = [path for path in _files_of(parts[0], sources) if path.endswith(".md")]
    names = {f"{part}.md" for part in (*parts[1:], "_index") if part != "diff"}
    yield from (path for path in files if len(parts) == 1 or path.rpartition("/")[2] in names)


PREVIEW: Final = re.compile(r"https?://(localhost|127(\.[0-9]+){3}|\[::1\])(:[0-9]+)?(?=/|$)")
"""Where `ssg serve` shows the site: an address that is copied from the browser."""


def file_of(address: str, files: Mapping[str, object] | Iterable[str], output: str, base_url: str) -> str:
    """Return the file of the site that somebody means by an address, a path or a file; '' where there is none."""
    names = set(files)
    text = address.partition("#")[0].partition("?")[0]
    text = PREVIEW.sub("", text.removeprefix(base_url) if base_url else text)
    text = text.removeprefix("./").lstrip("/").removeprefix(f"{output}/")
    stem = text.rstrip("/")
    candidates = (text, f"{stem}/index.html", f"{stem}.html") if stem else ("index.html",)
    return next((name for name in candidates if name in names), "")
