"""Which sources a page of the site is made from, by its address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.ingest import content, outlets, shortcodes
from generator.ingest.slugs import slugify
from generator.model import Article, PlainPage, Tree


def made_from(page: str, sources: Tree) -> tuple[str, ...]:
    """Return the paths of the content files (and seeds) behind a page, the nearest first; nothing for none of the site.

    :param page: file below the output folder.
    :param sources: `content/…` and `seeds/…`.
    """
    parts = page.removesuffix("index.html").strip("/").split("/")
    wanted = list(_wanted(parts, sources))
    seeds = [article.seed for path in wanted if (article := _article(path, sources))]
    return tuple(dict.fromkeys(path for path in (*wanted, *seeds) if path in sources))


def _wanted(parts: list[str], sources: Tree) -> Iterator[str]:
    if parts[0] == "embed":
        parts = parts[1:] or [""]
    if parts[0] == "stories" and len(parts) > 1 and parts[1] != "page":
        yield from _of_story(parts[1], [part for part in parts[2:] if part != "diff"], sources)
        return
    if parts[0] == "outlets" and len(parts) == 2:
        yield f"content/outlets/{parts[1]}.md"
        yield from (article.path for article in _articles(sources) if _outlet(article) == parts[1])
    elif parts[0] == "tags" and len(parts) == 2:
        yield from (article.path for article in _articles(sources) if parts[1] in map(slugify, article.tags))
    else:
        slug = "/".join(parts)
        own = (f"content/{slug}.md", f"content/{slug}/_index.md" if slug else "content/_index.md")
        yield from own
        yield from _quoted_by([path for path in own if path in sources], sources)
        if slug in _OF_ALL or parts[0] in ("stories", "search") or (slug.startswith("feed.") and len(parts) == 1):
            yield from sorted(path for path in sources if path.startswith("content/stories/"))


#: What is made from every story, besides whatever lies below /stories/ and belongs to none.
_OF_ALL = frozenset({"", "outlets", "tags", "sitemap.xml", "stories.json"})


def _quoted_by(pages: Iterable[str], sources: Tree) -> Iterator[str]:
    """Yield the files of the stories that an editor's pages quote."""
    for path in pages:
        body = sources[path].decode("utf-8", "replace")
        for story in shortcodes.asked([PlainPage("", "", body)]):
            yield from sorted(name for name in sources if name.startswith(f"content/stories/{story}/"))


def _of_story(story: str, articles: Iterable[str], sources: Tree) -> Iterator[str]:
    """Yield a telling's or a pair's own files first, then its story's."""
    folder = f"content/stories/{story}/"
    named = [f"{folder}{article}.md" for article in articles]
    yield from (path for path in named if path in sources)
    yield f"{folder}_index.md"
    yield from sorted(path for path in sources if path.startswith(folder) and path not in named)


def _articles(sources: Tree) -> tuple[Article, ...]:
    found, _ = content.articles({path: data for path, data in sources.items() if path.startswith("content/stories/")})
    return found


def _article(path: str, sources: Tree) -> Article | None:
    if not path.startswith("content/stories/") or path.endswith("/_index.md") or path not in sources:
        return None
    found, _ = content.read_article(path, sources[path])
    return found


def _outlet(article: Article) -> str:
    found = outlets.find(article.outlet, ())
    return found.slug if found else ""


def dated_later(address: str, sources: Tree, today: str) -> tuple[str, str] | None:
    """Return the path and the day of the article or story that keeps a page out of the site until that day.

    :param address: path of the page, as somebody has typed it.
    :param today: as an ISO 8601 date; empty: no day, nothing is dated later.
    """
    parts = address.partition("#")[0].strip("/").removesuffix("index.html").strip("/").split("/")
    if "stories" not in parts or not today:
        return None
    for path in _of_story_at(parts[parts.index("stories") + 1 :], sources):
        day = content.date_of_file(path, sources[path])[:10]
        if day > today:
            return path, day
    return None


def _of_story_at(parts: list[str], sources: Tree) -> Iterator[str]:
    """Yield the files that a page below /stories/ cannot be without, as far as they exist."""
    if not parts:
        return
    folder = f"content/stories/{parts[0]}/"
    articles = [f"{folder}{part}.md" for part in parts[1:] if part != "diff"]
    wanted = articles or [path for path in sources if path.startswith(folder) and path.endswith(".md")]
    yield from (path for path in (f"{folder}_index.md", *wanted) if path in sources)


def file_of(address: str, files: Mapping[str, object] | Iterable[str], output: str, base_url: str) -> str:
    """Return the file of the site that somebody means by an address, a path or a file; '' where there is none."""
    names = set(files)
    text = address.partition("#")[0].partition("?")[0]
    text = text.removeprefix(base_url) if base_url else text
    text = text.removeprefix("./").lstrip("/").removeprefix(f"{output}/")
    stem = text.rstrip("/")
    candidates = (text, f"{stem}/index.html", f"{stem}.html") if stem else ("index.html",)
    return next((name for name in candidates if name in names), "")
