"""Where pages live, and how one page addresses another.

Every link between pages is relative and names its `index.html`, so that the site works at `/`, below
`/repo/` and opened from disk; canonical addresses, the sitemap and the feeds use the clean form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final
from urllib.parse import quote as quoted
from urllib.parse import urlsplit

from generator.ingest.slugs import slugify

HOME: Final = "index.html"
STORIES: Final = "stories/index.html"
OUTLETS: Final = "outlets/index.html"
ABOUT: Final = "about/index.html"
#: Where the guide to reading a comparison stands if the editor has an about page of his own.
READING: Final = "how-to-read/index.html"
SEARCH: Final = "search/index.html"
TAGS: Final = "tags/index.html"
ARCHIVE: Final = "archive/index.html"

SAFE: Final = "/~!$&'()*+,;=@"


_PLAIN: Final = re.compile(r"[A-Za-z0-9_.~/-]*")


@lru_cache(maxsize=4096)
def quote(text: str, safe: str = SAFE) -> str:
    """Return text as an address can hold it; almost every address can hold it as it is."""
    if text.isascii() and (text.isalnum() or _PLAIN.fullmatch(text)):
        return text
    return quoted(text, safe=safe)


def story_page(story: str) -> str:
    """Return the file of a story's consolidated page."""
    return f"stories/{story}/index.html"


def story_data(story: str) -> str:
    """Return the file of a story's data."""
    return f"stories/{story}/story.json"


def story_card(story: str) -> str:
    """Return the file of a story's picture."""
    return f"stories/{story}/card.png"


def telling_page(story: str, article: str) -> str:
    """Return the file of one outlet's telling."""
    return f"stories/{story}/{article}/index.html"


def pair_page(story: str, old: str, new: str) -> str:
    """Return the file of two tellings side by side, given the articles' slugs."""
    return f"stories/{story}/diff/{old}/{new}/index.html"


def pairs_page(story: str) -> str:
    """Return the file of the page of all pairs, which a story of many tellings has."""
    return f"stories/{story}/diff/index.html"


def sources_page(story: str) -> str:
    """Return the file of the page that lists the sources of a story of many tellings."""
    return f"stories/{story}/diff/sources/index.html"


def wordings_page(story: str, passage: str) -> str:
    """Return the file of a passage with all its wordings, given its id; only passages of many wordings have one."""
    return f"stories/{story}/diff/{passage}/index.html"


def versions_page(story: str, first: str) -> str:
    """Return the file of an article's successive versions, given the slug of the first."""
    return f"stories/{story}/versions/{first}/index.html"


def outlet_page(outlet: str) -> str:
    """Return the file of an outlet's page."""
    return f"outlets/{outlet}/index.html"


def tag_page(tag: str) -> str:
    """Return the file of the page of a tag as an editor wrote it."""
    return f"tags/{slugify(tag)}/index.html"


def fragment(anchor: str) -> str:
    """Return an id as it stands behind a `#`."""
    return quote(anchor, safe=SAFE)


def month_page(month: str) -> str:
    """Return the file of a month's page, given `2031-03`."""
    return f"archive/{month}/index.html"


def relative(page: str, target: str) -> str:
    """Return the relative address, from one file of the site, of another (with an optional `#fragment`)."""
    folder, section, up = _place(page)
    if "#" not in target:
        return _way(folder, target) if target.startswith(section) else up + quote(target)
    path, _, place = target.partition("#")
    anchor = "#" + (place if place.isascii() and place.isalnum() else quote(place))
    return anchor if path == page else _way(folder, path) + anchor


class _Known:
    """What the pages of a folder, all as deep, name alike: what one of them has asked for is at hand for the others."""

    __slots__ = ("_base", "paths", "ways")

    def __init__(self, base: str) -> None:
        """Take how addresses begin of which the next folder's own pages may name those in it otherwise."""
        self._base = base
        self.ways: dict[str, dict[str, str]] = {"": {}}
        """Such a folder, or '' for all else → addresses and how they are named."""
        self.paths: dict[str, tuple[str, dict[str, str]]] = {}
        """File of the site → how it is named, and where to note how places in it are."""

    def note(self, path: str, way: str) -> tuple[str, dict[str, str]]:
        """Return what to remember of a file; it is not remembered where too many are already."""
        end = path.find("/", len(self._base)) + 1 if path.startswith(self._base) else 0
        if len(self.paths) >= _MOST_FILES:
            return way, {}
        found = self.paths[path] = way, self.ways.setdefault(path[:end], {})
        return found


class Ways(dict[str, str]):
    """Address within the site → how one page names it, made when it is first asked for: a page leads to most often."""

    __slots__ = ("_known", "_own", "_page", "_paths", "_way")

    def __init__(self, way: Callable[[str], str], page: str, known: _Known, own: str) -> None:
        """Take what names a file.

        :param page: the page itself, whose places are named by their `#fragment` alone; '' where they are not.
        :param known: what other pages that name them alike have asked for: they ask for much the same, so all of it is
            taken; takes what this one asks for.
        :param own: how addresses begin that they do not name alike; '' for all.
        """
        self._page, self._way, self._known, self._own = page, way, known, own
        self._paths: dict[str, str] = {}
        if not own:
            super().__init__()
            return
        super().__init__(known.ways[""])
        for folder, ways in known.ways.items():
            if folder and folder != own:
                self.update(ways)

    @classmethod
    def relative_to(cls, page: str) -> Ways:
        """Return what names addresses as `relative` does from a page."""
        folder, section, up = _place(page)
        way = partial(_from, folder, section, up)
        parts = folder.split("/", 4)
        if len(parts) > 3:  # all as far below a folder name alike what is not below the folder in it that leads to them
            base, own = f"{parts[0]}/{parts[1]}/{parts[2]}/", f"{parts[0]}/{parts[1]}/{parts[2]}/{parts[3]}/"
        else:  # all beside a page (a story's tellings) name alike what is not below one of them
            base, own = folder[: folder.rfind("/") + 1], f"{folder}/" if folder else ""
        return cls(way, page, _known_below(base, up), own)

    @classmethod
    def anywhere(cls, way: partial[str], page: str) -> Ways:
        """Return what names addresses by what looks at no page: for all in a folder the same."""
        return cls(way, "", _known_below("\0", page.rpartition("/")[0], way.func.__name__, *way.args), "\0")

    def __missing__(self, target: str) -> str:
        path, mark, place = target.partition("#")
        if path.startswith(self._own):
            way = self._paths.get(path)
            if way is None:
                way = self._paths[path] = self._way(path)
            if mark:
                way = at("" if path == self._page else way, place)
            self[target] = way
            return way
        way, ways = self._known.paths.get(path) or self._known.note(path, self._way(path))
        if mark:
            way = f"{way}#{place}" if place.isalnum() and place.isascii() else at(way, place)
        self[target] = way
        if len(self) < _MOST_KNOWN:
            ways[target] = way
        return way


#: So many addresses, of so many files, are kept for other pages: some pages take them all, and more would cost these
#: more than they ask for.
_MOST_KNOWN: Final = 500
_MOST_FILES: Final = 60


@lru_cache(maxsize=16)
def _known_below(base: str, *_: str) -> _Known:
    """Return where the pages below a folder, all as deep, put what they name alike: for each of them the same."""
    return _Known(base)


def at(way: str, place: object) -> str:
    """Return the address of a place on the page that is named by *way*; '' for a page's own."""
    text = place if type(place) is str else f"{place}"
    return f"{way}#{text}" if text.isascii() and text.isalnum() else f"{way}#{quote(text)}"


@lru_cache(maxsize=64)
def _place(page: str) -> tuple[str, str, str]:
    """Return a file's folder, the beginning of all addresses in the same part of the site, and the way to its root."""
    folder = page.rpartition("/")[0]
    return folder, f"{folder.partition('/')[0]}/" if folder else "", "../" * (folder.count("/") + 1 if folder else 0)


def _from(folder: str, section: str, up: str, path: str) -> str:
    """Return the way from a page to a file: see `_place`."""
    return _way(folder, path) if path.startswith(section) else _beyond(up, path)


@lru_cache(maxsize=4096)
def _beyond(up: str, path: str) -> str:
    """Return the way to a file in another part of the site."""
    return up + quote(path)


@lru_cache(maxsize=4096)
def _way(folder: str, path: str) -> str:
    """Return the quoted way from a folder to a file, both below the site's root."""
    if not folder:
        return quote(path)
    if path.startswith(f"{folder}/"):
        return quote(path[len(folder) + 1 :])
    if folder.partition("/")[0] != path.partition("/")[0]:
        return "../" * (folder.count("/") + 1) + quote(path)
    here, there = folder.split("/"), path.split("/")
    common = 0
    while common < len(here) and common < len(there) - 1 and here[common] == there[common]:
        common += 1
    return "../" * (len(here) - common) + quote("/".join(there[common:]))


def rooted(base_url: str, target: str) -> str:
    """Return the address of a file of the site from the host's root, for pages served at any depth."""
    path, mark, place = target.partition("#")
    anchor = "#" + quote(place, safe=SAFE) if mark else ""
    return f"{urlsplit(base_url).path.rstrip('/')}/{quote(path, safe=SAFE)}{anchor}"


def clean(target: str) -> str:
    """Return a file's address below the site's root as people write it: `stories/x/`, quoted."""
    return quote(target.removesuffix("index.html") if target.endswith("index.html") else target, safe=SAFE)


@lru_cache(maxsize=1024)
def absolute(base_url: str, target: str) -> str:
    """Return a file's full address; without a `base_url` its address below the site's root."""
    return f"{base_url.rstrip('/')}/{clean(target)}" if base_url else clean(target)


def abroad(base_url: str, target: str) -> str:
    """Return the address of a file of the site (with an optional `#fragment`) as a page of another site names it.

    The full address; without a `base_url` the one from the host's root.
    """
    path, mark, place = target.partition("#")
    anchor = "#" + fragment(place) if mark else ""
    return (absolute(base_url, path) if base_url else "/" + clean(path)) + anchor


def external(url: str) -> str:
    """Return the address if it leads out to the web, else nothing: no scheme but http and https is linked."""
    try:
        parts = urlsplit(url.strip())
        return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def host(url: str) -> str:
    """Return the host of an address without its `www.`; empty where there is none."""
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
