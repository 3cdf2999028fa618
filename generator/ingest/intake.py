"""Files that somebody wants to compare, into captures of one article each, with what they state beside them.

Text and Markdown stay as they are. Of web pages, JSON and feeds the article's text is written as Markdown. What is
known of an article goes into a sidecar, with empty lines for what its maker may fill in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.errors import Problem
from generator.ingest import captures, feed_files, frontmatter, seeds
from generator.ingest.cleaning import Line, clean, scrub
from generator.ingest.encodings import ENCODINGS, looks_like
from generator.ingest.fields import is_language
from generator.ingest.fragments import parts_of
from generator.ingest.html_rules import taken_out
from generator.ingest.markdown import blocks, has_text
from generator.ingest.seeds import Capture
from generator.ingest.slugs import slugify
from generator.ingest.texts import decoded
from generator.model import Article, Removed
from generator.values import dataclass

FEEDS = frozenset({".xml", ".rss", ".atom", ".rdf"})
LINES = frozenset({".jsonl", ".ndjson"})
#: Endings of files that `take` can read.
ENDINGS = frozenset({*captures.READERS, *FEEDS, *LINES, ".xhtml", ".shtml"})
_AS_IT_IS = frozenset({".txt", ".text", ".md", ".markdown"})
#: Where a JSON file of many articles keeps them.
_LISTS = ("articles", "items", "entries", "results", "documents", "data")

#: A summary in a feed that is longer than this is taken for the article.
_SUMMARY_WORDS = 80


@dataclass(frozen=True, slots=True)
class Taken:
    """One article out of a file."""

    origin: str
    """The file, and which of its articles where there are several: `feed.xml, entry 3`."""
    article: Article
    data: bytes
    """What goes into seeds/."""
    ending: str
    rights: str = ""
    errors: tuple[Problem, ...] = ()
    dropped: tuple[Problem, ...] = ()
    """Why it is not worth taking, where it is not."""
    warnings: tuple[Problem, ...] = ()
    encoding: str = ""
    """What `data` are in, if that is no encoding that can be seen."""

    @property
    def words(self) -> int:
        """How many words of text there are."""
        return sum(len(block.text.split()) for block in blocks(self.article.body))


def take(path: str, data: bytes, sidecar: bytes | None = None, sidecar_path: str = "") -> tuple[Taken, ...]:
    """Return the articles in a file, by its ending; one with nothing but `errors` where it cannot be read.

    :param sidecar: the YAML file beside it, if there is one; what it states wins.
    """
    ending = ending_of(path)
    if ending in FEEDS:
        return tuple(_feed(path, data))
    if ending == ".json" or ending in LINES:
        return tuple(_json(path, data, sidecar, sidecar_path))
    kind = ".html" if ending in (".xhtml", ".shtml") else ending
    return (_one(path, _read(path, kind, data, sidecar, sidecar_path), data),)


def ending_of(path: str) -> str:
    """Return a file's ending in lower case, with its full stop; '' where it has none."""
    name = path.rsplit("/", 1)[-1]
    return "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""


def _read(path: str, ending: str, data: bytes, sidecar: bytes | None = None, sidecar_path: str = "") -> Capture:
    """Return a file as if it lay in seeds/ already, whatever the folder it lies in: that one names no story.

    What is in no encoding that can be seen, and of which none is stated, is read as what it looks like, with a warning.
    """
    stand_in = f"seeds/capture{ending}"
    capture = seeds.read(stand_in, data, sidecar, sidecar_path=sidecar_path)
    if capture.errors and not capture.encoding and (guess := _guess(ending, data)):
        again = seeds.read(stand_in, data, sidecar, sidecar_path=sidecar_path, encoding=guess)
        said = Problem(path, 0, 0, f"not UTF-8; read as {guess}, which it looks like – check the text")
        capture = capture if again.errors else replace(again, warnings=(*again.warnings, said))
    errors, warnings = (
        tuple(replace(found, path=path) if found.path == stand_in else found for found in problems)
        for problems in (capture.errors, capture.warnings)
    )
    return replace(capture, errors=errors, warnings=warnings)


def _guess(ending: str, data: bytes) -> str:
    """Return the encoding that a file looks like, where it is one of text and in none that can be seen."""
    is_json = ending == ".json"  # which is UTF-8 by definition
    return "" if is_json or isinstance(decoded(data, ""), str) or b"\0" in data else looks_like(data)


def _one(origin: str, capture: Capture, data: bytes) -> Taken:
    ending = ending_of(origin)
    as_it_is = ending in _AS_IT_IS
    return Taken(
        origin,
        capture.article,
        data if as_it_is else capture.article.body.encode("utf-8", "replace"),
        ending if as_it_is else ".md",
        capture.rights,
        capture.errors,
        warnings=capture.warnings,
        encoding=capture.encoding if as_it_is else "",
    )


# ---------------------------------------------------------------------------- several articles in one file


def _json(path: str, data: bytes, sidecar: bytes | None, sidecar_path: str) -> Iterator[Taken]:
    text = decoded(data, path)
    if isinstance(text, Problem):
        yield _failed(path, text)
        return
    try:
        values = _values(text, lines=ending_of(path) in LINES)
    except (ValueError, RecursionError):
        # The reader of single captures says where it breaks.
        yield _one(path, _read(path, ".json", data), data)
        return
    if len(values) == 1 and feed_files.is_json_feed(values[0]):
        for i, entry in enumerate(feed_files.json_entries(values[0]), 1):
            yield _entry(f"{path}, entry {i}", entry)
        return
    several = len(values) != 1
    if not values:
        yield _failed(path, Problem(path, 0, 0, "holds no articles – expected a list of objects"))
    for i, value in enumerate(values, 1):
        one = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        capture = _read(path, ".json", one, sidecar, sidecar_path)
        if several:
            capture = replace(capture, errors=tuple(_of_item(e, path, i) for e in capture.errors))
        yield _one(f"{path}, article {i}" if several else path, capture, one)


def _of_item(problem: Problem, path: str, number: int) -> Problem:
    return Problem(path, 0, 0, f"article {number}: {problem.message}")


def _values(text: str, *, lines: bool) -> list[dict[str, object]]:
    """Return the objects in a JSON document or in JSON lines that may be articles."""
    top: object = [json.loads(line) for line in text.split("\n") if line.strip()] if lines else json.loads(text)
    if isinstance(top, dict) and not feed_files.is_json_feed(top) and not _has_text(top):
        top = next((found for key in _LISTS if isinstance(found := top.get(key), list)), top)
    return [value for value in (top if isinstance(top, list) else [top]) if isinstance(value, dict)]


def _has_text(value: Mapping[str, object]) -> bool:
    return any(isinstance(value.get(key), str) for key in captures.TEXT_KEYS)


#: The encoding that an XML file declares, which is not said again to the reader of texts.
_DECLARED = re.compile(rb"^(<\?xml[^>]{0,200}?)\s+encoding=(?:\"([^\"]{0,40})\"|'([^']{0,40})')")


def _feed_text(path: str, data: bytes) -> str | Problem:
    """Return a feed in UTF-8, or in what it declares itself to be."""
    declared = _DECLARED.search(data)
    plain = _DECLARED.sub(rb"\1", data)
    name = (declared[2] or declared[3] or b"").decode("ascii", "replace").lower() if declared else ""
    text = decoded(plain, path)
    return decoded(plain, path, name) if isinstance(text, Problem) and name in ENCODINGS else text


def _feed(path: str, data: bytes) -> Iterator[Taken]:
    text = _feed_text(path, data)
    if isinstance(text, Problem):
        yield _failed(path, text)
        return
    try:
        found = feed_files.entries(text)
    except feed_files.NotAFeedError as error:
        yield _failed(path, Problem(path, 0, 0, f"not a feed: {error} – expected Atom or RSS"))
        return
    if not found:
        yield _failed(path, Problem(path, 0, 0, "a feed without entries – save it anew"))
    for i, entry in enumerate(found, 1):
        yield _entry(f"{path}, entry {i}", entry)


def _entry(origin: str, entry: feed_files.Entry) -> Taken:
    """Return a feed's entry as an article: its content, cleaned by the same rules as a page's."""
    parts = parts_of(entry.html)
    taken = taken_out(parts, (entry.title,))
    lines = [Line(i, scrub(part.text)) for i, part in enumerate(parts, 1)]
    cleaned = clean([line for i, line in enumerate(lines) if i not in taken], of_page=True)
    kept = {line.number for line in cleaned.kept}
    body = "".join(captures.written(part) for i, part in enumerate(parts, 1) if i in kept)
    gone = [*cleaned.removed, *(Removed(rule, i + 1, parts[i].text) for i, rule in taken.items())]
    article = Article(
        title=entry.title,
        outlet=entry.outlet,
        body=body,
        date=entry.date,
        updated=entry.updated,
        source_url=entry.source_url,
        authors=entry.authors,
        # A feed is not ours to mend: what is no tag ("german") is left to be filled in.
        language=tag if is_language(tag := entry.language.replace("_", "-")) else "",
        tags=entry.tags,
        removed=tuple(sorted(gone, key=lambda removed: removed.line)),
    )
    made = Taken(origin, article, body.encode("utf-8", "replace"), ".md")
    path = origin.rpartition(",")[0]
    number = origin.rpartition(" ")[2]
    if not has_text(body) or (not entry.whole and made.words < _SUMMARY_WORDS):
        what = (
            f"entry {number} ({entry.title or 'untitled'}) holds no more than a summary – save the article's own page"
        )
        return replace(made, dropped=(Problem(path, 0, 0, what),))
    return made


def _failed(path: str, problem: Problem) -> Taken:
    return Taken(path, Article(), b"", "", errors=(problem,))


# ---------------------------------------------------------------------------- sidecars

#: What a sidecar names even where nothing is known, for its maker to fill in.
_ASKED = ("outlet", "title", "date", "source_url")


def sidecar(taken: Taken) -> bytes:
    """Return the sidecar that states what is known of an article, and asks for what is not."""
    article = taken.article
    values: dict[str, frontmatter.Writable] = {
        "outlet": article.outlet,
        "title": article.title,
        "date": article.date,
        "updated": article.updated,
        "source_url": article.source_url,
        "authors": article.authors,
        "language": article.language,
        "tags": article.tags,
        "rights": taken.rights,
        "via": article.via,
        "encoding": taken.encoding,
    }
    said = {key: value for key, value in values.items() if value or key in _ASKED}
    lines = frontmatter.dump_yaml(said).replace(": ''\n", ":\n")
    return lines.encode("utf-8", "replace")


# ---------------------------------------------------------------------------- names and duplicates


def name_of(taken: Taken) -> str:
    """Return the name that a capture gets: its file's own, or its title's where it was taken out of something else."""
    stem = taken.origin.partition(", ")[0].rsplit("/", 1)[-1].rpartition(".")[0]
    if taken.ending in _AS_IT_IS and ending_of(taken.origin) in _AS_IT_IS:
        return slugify(stem)
    slug = slugify(taken.article.title or stem)
    return slug if len(slug) <= _NAME else slug[: _NAME + 1].rpartition("-")[0] or slug[:_NAME]


_NAME = 60


def same_text(article: Article) -> str:
    """Return an article's words alone, so that two prints of one text are equal."""
    return " ".join(word for block in blocks(article.body) for word in re.findall(r"\w+", block.text.casefold()))
