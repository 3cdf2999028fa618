"""One capture, and what its sidecar adds, into an article: cleaned, titled, dated, attributed."""

from __future__ import annotations

from dataclasses import field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from generator.errors import Problem, SourceError
from generator.ingest import captures
from generator.ingest.addresses import date_in, host_of
from generator.ingest.captures import Draft
from generator.ingest.encodings import ENCODINGS
from generator.ingest.fields import Fields
from generator.ingest.frontmatter import load_yaml
from generator.ingest.limits import exceeded
from generator.ingest.markdown import has_text
from generator.ingest.recall import Recall, afresh
from generator.ingest.slugs import slugify
from generator.ingest.texts import decoded
from generator.model import Article, Rights, Tree
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

SIDECAR_KEYS = (
    "outlet",
    "title",
    "date",
    "updated",
    "source_url",
    "story",
    "language",
    "authors",
    "rights",
    "tags",
    "via",
    "encoding",
)
SIDECARS = (".yml", ".yaml")

#: Largest capture in bytes: a long article has 100 KB; a saved page may hold its pictures and its site's scripts.
MAX_BYTES = 1_000_000
MAX_PAGE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Capture:
    """What a seed says, and what is wrong with it."""

    article: Article
    """Without slug; `story` where a sub-folder or a sidecar states it; `removed` and `via` from cleaning."""
    rights: str = ""
    """As stated; empty where nobody states it."""
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    encoding: str = ""
    """What it was read as, if that is no encoding that can be seen."""


@dataclass(frozen=True, slots=True)
class Captures:
    """A seeds folder, read."""

    captures: tuple[Capture, ...] = ()
    """By path; those with errors too."""
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    sidecars: Mapping[str, str] = field(default_factory=dict)
    """Seed → its sidecar's path."""


def read_all(seeds: Tree, rights: Rights = "full", recall: Recall = afresh) -> Captures:
    """Return the captures of a seeds folder (paths begin with `seeds/`), hidden files left out.

    `rights` is the site's default. Other kinds of file are warned of; a sidecar needs its capture. *recall* calls what
    reads a capture.
    """
    paths = sorted(path for path in seeds if path.startswith("seeds/") and "/." not in path)
    by_stem = {_stem(path): path for path in paths if path.endswith(SIDECARS)}
    texts = [path for path in paths if _ending(path) in captures.READERS]
    sidecars = {path: by_stem[_stem(path)] for path in texts if _stem(path) in by_stem}
    read = tuple(read_one(path, seeds, sidecars.get(path, ""), rights, recall) for path in texts)
    errors = [_orphan(path) for path in by_stem.values() if path not in sidecars.values()]
    errors += [
        _second(path, first) for path in paths if path.endswith(SIDECARS) and (first := by_stem[_stem(path)]) != path
    ]
    warnings = [
        _unknown(path) for path in paths if _ending(path) not in captures.READERS and not path.endswith(SIDECARS)
    ]
    return Captures(
        read,
        tuple(sorted({*errors, *(e for c in read for e in c.errors)})),
        tuple(sorted({*warnings, *(w for c in read for w in c.warnings)})),
        sidecars,
    )


def read(
    path: str,
    data: bytes,
    sidecar: bytes | None = None,
    *,
    sidecar_path: str = "",
    rights: Rights = "full",
    encoding: str = "",
) -> Capture:
    """Return the article of one capture; what its sidecar states wins over the capture.

    The address states the outlet's host and, where it stands in the path, the date; a sub-folder of seeds/
    states the story. `rights` is the site's default, `encoding` is what is read where the sidecar states none.
    Problems are in the result; nothing is raised.
    """
    most = MAX_PAGE_BYTES if _ending(path) in (".html", ".htm") else MAX_BYTES
    sidecar_path = sidecar_path or f"{path.rpartition('.')[0]}.yml"
    stated, named, wrong = _sidecar(sidecar, sidecar_path)
    encoding = named or encoding
    is_too_large = len(data) > most
    draft = _too_large(path, data, most) if is_too_large else captures.draft(path, data, encoding, sidecar_path)
    errors = [*draft.errors, *wrong]
    errors += () if draft.errors else exceeded(draft.body, path, 0)
    if not errors and not has_text(draft.body):
        errors.append(Problem(path, 0, 0, "0 sentences are left after cleaning – delete the capture, or take it anew"))
    article = _article(path, data, draft, stated)
    allowed = str(stated.get("rights") or draft.values.get("rights") or "")
    article = replace(article, rights=_rights(allowed, rights))
    return Capture(article, allowed, tuple(errors), draft.warnings, encoding)


def _article(path: str, data: bytes, draft: Draft, stated: captures.Values) -> Article:
    def text(key: str) -> str:
        return str(stated.get(key) or draft.values.get(key) or "")

    def texts(key: str) -> tuple[str, ...]:
        value = stated.get(key) or draft.values.get(key)
        return value if isinstance(value, tuple) else ()

    url = text("source_url")
    folder = path.split("/")[1:-1]
    return Article(
        title=text("title"),
        outlet=text("outlet") or host_of(url),
        body=draft.body,
        date=text("date") or date_in(url),
        updated=text("updated"),
        source_url=url,
        authors=texts("authors"),
        language=text("language"),
        tags=texts("tags"),
        draft=bool(draft.values.get("draft")),
        story=slugify(text("story") or " ".join(folder)) if text("story") or folder else "",
        seed=path,
        seed_sha256=sha256(data).hexdigest(),
        removed=draft.removed,
        via=text("via"),
    )


def _sidecar(data: bytes | None, path: str) -> tuple[captures.Values, str, list[Problem]]:
    """Return what a sidecar states, its capture's encoding apart, and what is wrong with it."""
    if not data:
        return {}, "", []
    text = decoded(data, path)
    if isinstance(text, Problem):
        return {}, "", [text]
    try:
        fields = Fields(load_yaml(text.removeprefix("---\n"), path), path)
    except SourceError as error:
        return {}, "", list(error.problems)
    fields.refuse_unknown(SIDECAR_KEYS)
    encoding = fields.text("encoding").lower()
    if encoding and encoding not in ENCODINGS:
        fields.note("encoding", f"expected a name like windows-1252 or utf-16-le, found {encoding!r}")
        encoding = ""
    return captures.values(fields), encoding, fields.problems


def read_one(path: str, seeds: Tree, sidecar: str, rights: Rights, recall: Recall = afresh) -> Capture:
    """Return one capture of a seeds folder, which may have a *sidecar*; problems are in the result."""
    try:
        data, stated = seeds[path], seeds.get(sidecar)
    except SourceError as error:  # out of reach, or gone since the folder was listed
        return Capture(Article(seed=path), errors=error.problems)
    return recall(path, _read, path, data, stated, sidecar, rights)


def _read(path: str, data: bytes, stated: bytes | None, sidecar: str, rights: Rights) -> Capture:
    return read(path, data, stated, sidecar_path=sidecar, rights=rights)


def _rights(stated: str, default: Rights) -> Rights:
    return cast("Rights", stated or default)


def _too_large(path: str, data: bytes, most: int) -> Draft:
    size = f"{-(-len(data) // 1000):,} KB"
    return Draft(errors=(Problem(path, 0, 0, f"{size} – a capture holds one article, at most {most // 1000:,} KB"),))


def _orphan(path: str) -> Problem:
    stem = _stem(path)
    return Problem(path, 0, 0, f"a sidecar without a capture – expected {stem}.txt, .md, .html or .json beside it")


def _second(path: str, first: str) -> Problem:
    return Problem(
        path, 0, 0, f"a second sidecar of the capture beside it – put both into {first}, and delete this one"
    )


def _unknown(path: str) -> Problem:
    if _ending(path) in SIDECARS:
        return Problem(path, 0, 0, f"not read: a sidecar's name ends in .yml – rename it to {_stem(path)}.yml")
    return Problem(path, 0, 0, "not read: captures end in .txt, .md, .html or .json")


def _stem(path: str) -> str:
    return path[: len(path) - len(_ending(path))]


def _ending(path: str) -> str:
    name = path.rsplit("/", 1)[-1]
    return "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
