"""`ssg add`: files that somebody has saved, as captures in seeds/, each once, with a sidecar. Nothing is fetched."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path

from generator.errors import Problem
from generator.ingest import content, seeds
from generator.ingest.addresses import are_told_apart, same_address
from generator.ingest.intake import ENDINGS, Taken, ending_of, name_of, same_text, sidecar, take
from generator.ingest.slugs import slugify, unique
from generator.model import Article, Tree
from generator.shell.disk import MANIFEST
from generator.shell.project import CONFIG
from generator.values import dataclass

#: More bytes than any saved page has.
_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class Stated:
    """What the command line states of every article."""

    story: str = ""
    outlet: str = ""
    date: str = ""
    language: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """One article that will be added."""

    path: str
    """Of the capture, below the project's folder."""
    taken: Taken
    notes: tuple[str, ...] = ()

    @property
    def sidecar(self) -> str:
        """Path of the sidecar."""
        return self.path.removesuffix(self.taken.ending) + ".yml"

    @property
    def missing(self) -> tuple[str, ...]:
        """What nobody states of the article."""
        return tuple(key for key in ("outlet", "title", "date") if not getattr(self.taken.article, key))


@dataclass(frozen=True, slots=True)
class Intake:
    """What an `ssg add` would do."""

    additions: tuple[Addition, ...] = ()
    duplicates: tuple[Problem, ...] = ()
    """What is there already, and where."""
    dropped: tuple[Problem, ...] = ()
    """What is no article, though it stands among some."""
    skipped: tuple[Problem, ...] = ()
    """Files in folders that are no captures."""
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def writes(self) -> dict[str, bytes]:
        """The files to write, by path."""
        found = {addition.path: addition.taken.data for addition in self.additions}
        return found | {addition.sidecar: sidecar(addition.taken) for addition in self.additions}


def intake(paths: Sequence[str], sources: Tree, stated: Stated) -> Intake:
    """Return what adding *paths* to a project with these *sources* comes to; nothing is written.

    Each file that cannot be read is a problem of its own and keeps none of the others out.
    """
    files, problems, skipped = _files(paths)
    sidecars = {path.with_suffix("").as_posix(): path for path in files if path.suffix.lower() in seeds.SIDECARS}
    desk = _Desk(sources, stated)
    for path in files:
        if path.suffix.lower() not in seeds.SIDECARS:
            beside = sidecars.get(path.with_suffix("").as_posix()) or _beside(path)
            problems += desk.add(path, beside)
        elif not any(path.with_suffix(ending).exists() for ending in ENDINGS):
            skipped.append(Problem(path.as_posix(), 0, 0, "a sidecar without a capture – not taken"))
    return Intake(
        additions=tuple(desk.additions),
        duplicates=tuple(desk.duplicates),
        dropped=tuple(desk.dropped),
        skipped=tuple(skipped),
        problems=tuple(problems),
        warnings=tuple(sorted(desk.warnings)),
    )


# ---------------------------------------------------------------------------- files


def _files(paths: Sequence[str]) -> tuple[list[Path], list[Problem], list[Problem]]:
    """Return the files that *paths* name or hold, what is wrong, and what folders hold besides."""
    files: list[Path] = []
    problems: list[Problem] = []
    skipped: list[Problem] = []
    for name in paths:
        path = Path(name)
        if re.match(r"https?:/", name):
            what = "an address: nothing is fetched – save the page in your browser, and add the file"
            problems.append(Problem(name, 0, 0, what))
        elif path.is_dir():
            inside = list(_inside(path))
            lists = {file for file in inside if _is_list(file)}
            files += [file for file in inside if _is_known(file) and file not in lists]
            skipped += [Problem(file.as_posix(), 0, 0, _UNKNOWN) for file in inside if not _is_known(file)]
            skipped += [Problem(file.as_posix(), 0, 0, _NO_SENTENCE) for file in inside if file in lists]
            if not any(_is_known(file) for file in inside):
                problems.append(Problem(name, 0, 0, f"a folder without captures – they end in {_KNOWN}"))
        elif not path.exists():
            problems.append(Problem(name, 0, 0, "there is no such file – check its name"))
        elif not _is_known(path):
            problems.append(Problem(name, 0, 0, f"{_UNKNOWN} – captures end in {_KNOWN}"))
        else:
            files.append(path)
    return list(dict.fromkeys(files)), problems, skipped


_UNKNOWN = "no kind of file that is read"
_KNOWN = ".txt, .md, .html, .json, .jsonl, .xml, .rss or .atom"


_NO_SENTENCE = "a list, not a text – not taken; name the file itself if it is an article"
#: A line of so many words says something; of fewer, if it ends like a sentence. In any script without spaces one will.
_SAYING = 4


def _is_list(path: Path) -> bool:
    """Whether a text that a folder holds says nothing: a list of what a program needs, comments in it left aside."""
    if path.suffix.lower() != ".txt":
        return False
    try:
        data = path.read_bytes()
    except OSError:
        return False  # told when it is read
    text = data.decode("utf-8", "replace")
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    said = [line for line in lines if not line.startswith(("#", "-"))]
    says = any(len(line.split()) >= _SAYING or line[-1] in ".!?…。" or not line.isascii() for line in said)
    return bool(lines) and "\0" not in text and not says


def _is_known(path: Path) -> bool:
    return ending_of(path.name) in ENDINGS or path.suffix.lower() in seeds.SIDECARS


def _inside(folder: Path) -> Iterator[Path]:
    """Yield a folder's files by name; hidden ones and the folders that browsers save beside a page are left out.

    So are a built site, and a project's content and themes: they are made from captures, and are none.
    """
    for where, folders, names in os.walk(folder):
        if MANIFEST in names:
            folders.clear()
            continue
        if CONFIG in names:
            folders[:] = [name for name in folders if name not in ("content", "themes")]
        pages = {Path(name).stem for name in names if ending_of(name) in (".html", ".htm", ".xhtml")}
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not _is_of_a_page(f, pages))
        yield from (Path(where, name) for name in sorted(names) if not name.startswith("."))


def _is_of_a_page(folder: str, pages: Iterable[str]) -> bool:
    return any(folder in (f"{page}_files", f"{page}-Dateien", f"{page}.files", f"{page}_fichiers") for page in pages)


def _beside(path: Path) -> Path | None:
    found = (path.with_suffix(ending) for ending in seeds.SIDECARS)
    return next((beside for beside in found if beside.is_file()), None)


# ---------------------------------------------------------------------------- one article after the other


@dataclass()
class _Desk:
    """What is in the project, and what comes to it."""

    sources: Tree
    stated: Stated
    additions: list[Addition] = field(default_factory=list)
    duplicates: list[Problem] = field(default_factory=list)
    dropped: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names = {path.rpartition(".")[0] for path in self.sources if path.startswith("seeds/")}
        self._addresses: dict[str, str] = {}
        self._texts: dict[str, list[tuple[str, Article]]] = {}
        for path, article in _known(self.sources):
            self._note(path, article)

    def add(self, path: Path, beside: Path | None) -> list[Problem]:
        """Take the articles of a file; return what is wrong with it."""
        try:
            if path.stat().st_size > _LARGEST:
                return [Problem(path.as_posix(), 0, 0, f"larger than {_LARGEST // 1_000_000} MB – no saved page is")]
            data, header = path.read_bytes(), beside.read_bytes() if beside else None
        except OSError as error:
            return [Problem(path.as_posix(), 0, 0, f"cannot be read ({error.strerror}) – check its permissions")]
        problems: list[Problem] = []
        for taken in take(path.as_posix(), data, header, beside.as_posix() if beside else ""):
            self.warnings += taken.warnings
            self.dropped += taken.dropped
            if taken.errors:
                problems += taken.errors
            elif not taken.dropped:
                self._place(self._with_stated(taken))
        return problems

    def _with_stated(self, taken: Taken) -> Taken:
        said = self.stated
        article = replace(
            taken.article,
            outlet=said.outlet or taken.article.outlet,
            date=said.date or taken.article.date,
            language=said.language or taken.article.language,
        )
        return replace(taken, article=article, rights=said.rights or taken.rights)

    def _place(self, taken: Taken) -> None:
        same, notes = self._same(taken.article)
        if same:
            self.duplicates.append(Problem(taken.origin, 0, 0, same))
            return
        story = slugify(self.stated.story) if self.stated.story else taken.article.story
        folder = f"seeds/{story}/" if story else "seeds/"
        stem = unique(f"{folder}{name_of(taken)}", self._names)
        self._names.add(stem)
        self.additions.append(Addition(f"{stem}{taken.ending}", taken, notes))
        self._note(f"{stem}{taken.ending}", taken.article)

    def _same(self, article: Article) -> tuple[str, tuple[str, ...]]:
        """Return why an article is one that is there already, or what is to be noted of it."""
        address = same_address(article.source_url)
        if address and address in self._addresses:
            return f"its address is that of {self._addresses[address]} – not taken", ()
        prints = self._texts.get(same_text(article), ())
        if where := next((path for path, other in prints if not are_told_apart(article, other)), ""):
            return f"its text is that of {where} – not taken", ()
        return "", (f"the same text as {prints[0][0]}, from another address",) if prints else ()

    def _note(self, path: str, article: Article) -> None:
        if address := same_address(article.source_url):
            self._addresses.setdefault(address, path)
        self._texts.setdefault(same_text(article), []).append((path, article))


def _known(sources: Tree) -> Iterator[tuple[str, Article]]:
    """Yield the articles of a project: its seeds, and those of its content that have none there."""
    read = seeds.read_all({path: data for path, data in sources.items() if path.startswith("seeds/")})
    yield from ((capture.article.seed, capture.article) for capture in read.captures if capture.article.body)
    found, _ = content.articles({path: data for path, data in sources.items() if path.startswith("content/")})
    yield from ((article.path, article) for article in found if article.seed not in sources)
