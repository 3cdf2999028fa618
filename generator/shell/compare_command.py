"""`ssg compare A B`: two captures, inside a project or out of it, compared in the terminal.

The text and the data are for whoever has both files before them; the page may be mailed, and so prints no more of
an article than its rights allow.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.compare.digest import digest_of
from generator.compare.facing import facing
from generator.compare.lines import Line, Style
from generator.compare.report import report
from generator.errors import Problem, SourceError
from generator.ingest import captures, seeds
from generator.ingest.content import Library
from generator.ingest.slugs import slugify
from generator.model import Article, Config, Digest, Story
from generator.shell.project import read_config_of, theme_of
from generator.shell.standalone import standalone
from generator.site import data, render, rights
from generator.site.account import account
from generator.site.compared import story_pages
from generator.site.index import Index, index_of
from generator.site.story import story_view

#: Lines of prose longer than this are hard to read, however wide the terminal.
LONGEST = 100

#: Where the style sheet of a theme's page lies.
_STYLE = "static/style.css"
#: Parts of story.json that hold addresses, and under which key.
_ADDRESSES = {"articles": "url", "pairs": "url", "passages": "permalink", "quotes": "permalink", "figures": "permalink"}

#: Style → what a terminal is told (ECMA-48, "Select Graphic Rendition"). Red and blue are told apart by everybody;
#: the strike and the line beneath say the same again.
_GRAPHIC: Mapping[Style, str] = {"strong": "1", "quiet": "2", "old": "31;9", "new": "34;4", "shared": "4"}


def compared(root: Path, old: str, new: str, form: str, width: int | None, coloured: bool) -> str:
    """Return how two captures compare, ready to be printed.

    :param root: the folder whose configuration and theme are used, where it has any.
    :param old: path of a capture, of any kind that a project may have as seed; `-` is standard input.
    :param form: `text`, `json` or `html`.
    :param width: columns of a line of text; None: as wide as the terminal.
    :param coloured: whether changes are coloured, instead of set between signs.
    :raises SourceError: with every problem of both files.
    """
    config = read_config_of(root)
    digest = facing(digest_of(_story(_articles([old, new])), config.near_duplicate))
    if form == "json":
        return data.written(_data(_index(digest, config), config))
    if form == "html":
        return _page(_index(rights.printable(digest), config), root, config)
    return _text(report(digest, width or _width(), signs=not coloured), coloured)


def wants_colour(stated: bool | None) -> bool:
    """Whether to colour: as stated; else on a terminal that can, unless `NO_COLOR` is set (see no-color.org)."""
    if stated is not None:
        return stated
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width() -> int:
    return min(shutil.get_terminal_size().columns, LONGEST)


# ---------------------------------------------------------------------------- reading


def _story(articles: Sequence[Article]) -> Story:
    """Return two articles as a story of its own, each under a name of its own."""
    one, two = (slugify(article.seed.rsplit("/", 1)[-1].rsplit(".", 1)[0]) or "stdin" for article in articles)
    slugs = (one, two if two != one else f"{two}-2")
    told = tuple(replace(article, slug=slug, story="comparison") for article, slug in zip(articles, slugs, strict=True))
    title = next((article.title for article in told if article.title), " and ".join(slugs))
    return Story("comparison", title, told)


def _articles(paths: Sequence[str]) -> list[Article]:
    found = [_capture(path) for path in paths]
    problems = [problem for capture in found for problem in capture.errors]
    if problems:
        raise SourceError(problems)
    return [capture.article for capture in found]


def _capture(path: str) -> seeds.Capture:
    """Return one file as a capture, with the sidecar beside it; a file of no known kind is read as plain text."""
    content = _bytes(path)
    if isinstance(content, Problem):
        return seeds.Capture(Article(), errors=(content,))
    name = Path(path).as_posix() if path != "-" else "stdin"
    known = Path(path).suffix.lower() in captures.READERS
    beside = _sidecar(Path(path)) if path != "-" else None
    capture = seeds.read(
        name if known else f"{name}.txt",
        content,
        beside.read_bytes() if beside else None,
        sidecar_path=beside.as_posix() if beside else "",
    )
    errors = tuple(replace(problem, path=problem.path.removesuffix(".txt")) for problem in capture.errors)
    return replace(capture, article=replace(capture.article, seed=name), errors=capture.errors if known else errors)


def _bytes(path: str) -> bytes | Problem:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except FileNotFoundError:
        return Problem(path, 0, 0, "there is no such file – check its name")
    except IsADirectoryError:
        return Problem(path, 0, 0, "is a folder – name one capture in it")
    except OSError as error:
        return Problem(path, 0, 0, f"cannot be read: {error.strerror or error}")


def _sidecar(path: Path) -> Path | None:
    beside = (path.with_suffix(ending) for ending in seeds.SIDECARS)
    return next((sidecar for sidecar in beside if sidecar != path and sidecar.is_file()), None)


# ---------------------------------------------------------------------------- forms


def _index(digest: Digest, config: Config) -> Index:
    return index_of(digest, Library(), config)


def _data(index: Index, config: Config) -> data.Json:
    """Return the pair in the shape of story.json; there is no site, and so no address."""
    told = dict(data.story(index, config))
    told["url"] = ""
    for key, address in _ADDRESSES.items():
        rows = told[key]
        if isinstance(rows, Iterable):
            told[key] = [{**row, address: ""} for row in rows]
    return told


def _page(index: Index, root: Path, config: Config) -> str:
    theme = theme_of(root, config.theme)
    page = next(
        page for page in story_pages(index, replace(config, embed_enabled=False)) if page.template == "pair.html"
    )
    told = {"nav": (), "story": story_view(index, "", account(index))}
    page = replace(page, template="compare.html", data={**page.data, **told})
    made = render.render(page, render.environment(theme, replace(config, base_url="")))
    return standalone(made.decode("utf-8"), theme.get(_STYLE, b"").decode("utf-8", "replace"))


def _text(lines: Iterable[Line], coloured: bool) -> str:
    return "\n".join("".join(_styled(span.text, span.style, coloured) for span in line).rstrip() for line in lines)


def _styled(text: str, style: Style, coloured: bool) -> str:
    graphic = _GRAPHIC.get(style, "") if coloured else ""
    return f"\x1b[{graphic}m{text}\x1b[0m" if graphic else text
