"""Content files ⇄ values: what an editor may change by hand, with the line of every mistake."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.errors import Problem, SourceError
from generator.ingest import edits, frontmatter, outlets, texts
from generator.ingest.addresses import date_in, host_of
from generator.ingest.fields import Fields, file_at
from generator.ingest.limits import exceeded, too_much_to_compare
from generator.ingest.markdown import has_text
from generator.ingest.recall import Recall, afresh
from generator.ingest.shelves import Shelf, Shelves, is_markdown, shelves, story_of
from generator.ingest.slugs import RESERVED, is_slug
from generator.ingest.stories import date_of, first_title, title_of
from generator.model import Article, Config, Edits, Outlet, PlainPage, Rights, Story, Tree
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ARTICLE_KEYS = (
    "title",
    "outlet",
    "story",
    "date",
    "updated",
    "source_url",
    "via",
    "authors",
    "language",
    "tags",
    "draft",
    "rights",
    "seed",
    "seed_sha256",
    "ingest_sha256",
    "aliases",
)
STORY_KEYS = ("title", "date", "tags", "draft", "articles", "language", "aliases")
PAGE_KEYS = ("title", "draft", "order", "group", "aliases")
SECTION_KEYS = ("title", "draft", "groups", "aliases")

#: First parts of addresses that belong to the site itself, and so to no plain page.
TAKEN = frozenset({"stories", "outlets", "tags", "search", "embed", "static"})


@dataclass(frozen=True, slots=True)
class Library:
    """Everything the content folder says, drafts left out unless they are asked for."""

    stories: tuple[Story, ...] = ()
    """By slug; each has at least one article."""
    pages: tuple[PlainPage, ...] = ()
    """By slug; the home page's introduction has the empty slug, the stories' and outlets' lists theirs."""
    outlets: tuple[Outlet, ...] = ()
    """By slug: described in content/outlets/ or the configuration, or named by an article."""
    warnings: tuple[Problem, ...] = ()
    """What is doubtful or left to fill in, without being wrong."""
    left_out: frozenset[str] = frozenset()
    """Files that the site is built without, because something is wrong with them."""


@dataclass(frozen=True, slots=True)
class StoryFile:
    """An `_index.md` of a story, as written."""

    slug: str
    title: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    language: str = ""
    order: tuple[str, ...] = ()
    introduction: str = ""
    line: int = 0
    path: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """Between which days a story reads as it does."""

    since: str = ""
    """The latest day that anything in it is dated; ISO 8601."""
    later: tuple[tuple[str, str], ...] = ()
    """Path and day of what is left out until then, the first one first."""

    def hold(self, today: str) -> bool:
        """Whether the story reads the same on that day; on none (an empty one), nothing is in the future."""
        return self.since <= (today or _NEVER) and (not self.later or (today or _NEVER) < self.later[0][1])


#: Later than any day that is stated.
_NEVER = "9999-99-99"
#: Nothing in it is dated.
ALWAYS = Days()


@dataclass(frozen=True, slots=True)
class Reading:
    """One story's files, read."""

    story: Story | None
    """None for a draft, or without articles."""
    claims: tuple[tuple[str, str], ...]
    """Path and seed of every article, drafts too."""
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    left_out: tuple[Problem, ...] = ()
    """What is wrong with articles that were left out, or with a story's own files: then all of it was."""
    days: Days = ALWAYS


def read(tree: Tree, config: Config, awaited: Sequence[tuple[str, str]] = ()) -> Library:
    """Return the library of a content folder (paths begin with `content/`).

    :param awaited: articles that no file is written for yet: see `IngestPlan`.

    Raises `SourceError` with the problems of all files: YAML, unknown keys, bad values, names that are no
    slugs or differ only in case, orders that name unknown articles, texts that are missing.
    """
    shelved = shelves(tree).awaiting(awaited)
    known, wrong = read_rest(tree, shelved, config)
    readings = [read_story(tree, shelf, config) for shelf in shelved.stories]
    problems = [*wrong, *(problem for reading in readings for problem in reading.problems)]
    problems += claimed_twice(claim for reading in readings for claim in reading.claims)
    if problems:
        raise SourceError(problems)
    stories = tuple(reading.story for reading in readings if reading.story)
    named = (article.outlet for story in stories for article in story.articles)
    warnings = tuple(sorted(warning for reading in readings for warning in reading.warnings))
    return replace(known, stories=stories, outlets=outlets.with_named(known.outlets, named), warnings=warnings)


def header_of(path: str, data: bytes) -> Fields:
    """Return what a content file states in its header; nothing where it cannot be read."""
    opened = _opened(path, data)
    return Fields(frontmatter.Header(), path) if isinstance(opened, list) else opened[0]


def read_story(tree: Tree, shelf: Shelf, config: Config, *, keep_going: bool = False) -> Reading:
    """Return what one story's files say; no other file of *tree* is looked at.

    :param keep_going: whether articles with problems are left out; a story whose own files have some is, as a whole.
    """
    reader = _Reader(tree, config, keep_going)
    story = reader.story(shelf)
    if keep_going and reader.problems:
        return Reading(None, (), (), (), (*reader.left_out, *reader.problems))
    return Reading(
        story,
        tuple(reader.claims),
        tuple(reader.problems),
        tuple(reader.warnings),
        tuple(reader.left_out),
        Days(reader.since, tuple(sorted(reader.later, key=lambda found: (found[1], found[0])))),
    )


def read_rest(tree: Tree, shelved: Shelves, config: Config) -> tuple[Library, tuple[Problem, ...]]:
    """Return the library of everything but the stories, and what is wrong with it: files with problems are not in it.

    Its outlets are those that somebody describes.
    """
    reader = _Reader(tree, config)
    pages = [page for path in shelved.pages if (page := reader.page(path))]
    described = [found for path in shelved.outlets if (found := reader.outlet(path))]
    library = Library(pages=tuple(pages), outlets=outlets.merged(described, config.outlets))
    return library, (*shelved.problems, *reader.problems)


def alias_lines(tree: Tree, path: str) -> dict[str, int]:
    """Return the files that stand for a content file's aliases, each with the line that states it."""
    try:
        text = texts.read(tree[path], path)
    except (SourceError, KeyError):
        return {}
    opened = _opened(path, tree[path])
    if isinstance(text, Problem) or isinstance(opened, list):
        return {}
    fields = opened[0]
    first, _ = fields.header.place("aliases")
    lines = text.splitlines()[first - 1 :] if first else []
    return {
        file_at(stated): next((first + at for at, line in enumerate(lines) if stated in line), first)
        for stated in fields.texts("aliases")
    }


def outlet_of(article: Article, library: Library) -> Outlet | None:
    """Return the outlet an article is from, None where nobody states one."""
    return outlets.find(article.outlet, library.outlets)


def articles(
    tree: Tree, rights: Rights = "full", recall: Recall = afresh
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return every article of a content folder by path, drafts too, and what is wrong with the files.

    *recall* calls what reads one.
    """
    found, problems = [], []
    for path in sorted(tree):
        parts = path.split("/")
        if len(parts) == 4 and parts[1] == "stories" and parts[3] != "_index.md" and is_markdown(path):
            article, wrong = _read_article(path, tree, rights, recall)
            found.append(article)
            problems += wrong
    return tuple(found), tuple(problems)


def _read_article(path: str, tree: Tree, rights: Rights, recall: Recall) -> tuple[Article, list[Problem]]:
    try:
        data = tree[path]
    except SourceError as error:  # out of reach, or gone since the folder was listed
        return _unread(path), list(error.problems)
    return recall(path, read_article, path, data, rights)


def _unread(path: str, data: bytes = b"") -> Article:
    """Return what is known of an article whose header cannot be read: its name, and perhaps its seed."""
    _, _, story, name = path.split("/")
    stated = _SEED.search(data[: frontmatter.MAX_BYTES])
    seed = stated[1].decode("utf-8", "replace") if stated else ""
    return Article(story=story, slug=name.removesuffix(".md"), path=path, seed=seed)


_SEED = re.compile(rb"^seed:[ \t]*['\"]?([^\r\n]*?)['\"]?[ \t]*\r?$", re.MULTILINE)


def read_article(path: str, data: bytes, rights: Rights = "full") -> tuple[Article, list[Problem]]:
    """Return one article's file as a value, and all that is wrong with it; `rights` where it states none.

    A stated address states the outlet's host, and the date if that stands in it.
    """
    _, _, story, name = path.split("/")
    opened = _opened(path, data)
    if isinstance(opened, list):
        return _unread(path, data), opened
    fields, body, line = opened
    fields.refuse_unknown(ARTICLE_KEYS)
    stated = fields.text("story", story)
    story = story_of(path, data)
    if stated != story or ("story" in fields.header and not is_slug(stated)):  # a folder's name is told of as such
        expected = (
            "another name: this one is reserved" if stated in RESERVED else "a story's slug of a-z, 0-9 and hyphens"
        )
        fields.note("story", f"expected {expected}, found {stated!r}")
    fields.problems += exceeded(body, path, line)
    if not fields.problems and not has_text(body):
        fields.problems.append(Problem(path, line, 0, "0 sentences – add the article's text, or delete the file"))
    url = fields.url("source_url")
    article = Article(
        title=fields.text("title"),
        outlet=fields.text("outlet") or host_of(url),
        body=body,
        date=fields.date("date") or date_in(url),
        updated=fields.date("updated"),
        source_url=url,
        authors=fields.texts("authors"),
        language=fields.language("language"),
        tags=fields.texts("tags"),
        draft=fields.flag("draft", False),
        rights=fields.rights("rights", rights),
        story=story,
        slug=name.removesuffix(".md"),
        seed=fields.text("seed"),
        seed_sha256=fields.text("seed_sha256"),
        path=path,
        body_line=line,
        via=fields.text("via"),
        aliases=fields.addresses("aliases"),
    )
    return article, fields.problems


class _Reader:
    """Reads content files, and gathers problems and warnings as it goes."""

    def __init__(self, tree: Tree, config: Config, keep_going: bool = False) -> None:
        self.tree = tree
        self.config = config
        self.keep_going = keep_going
        self.left_out: list[Problem] = []
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.claims: list[tuple[str, str]] = []
        self.since = ""
        self.later: list[tuple[str, str]] = []

    def story(self, shelf: Shelf) -> Story | None:
        about = self._story_file(shelf)
        read = [self._article(path) for path in shelf.articles]
        good = [article for article in read if article]
        self.claims += [(article.path, article.seed) for article in good]
        everyone = [*good, *(_unread(path) for path in self._missing(shelf, good))]
        shown = [a for a in good if (self.config.drafts or not a.draft) and self._is_due(a.path, a.date)]
        ordered = self._ordered(about, everyone, shown)
        if not self._is_due(about.path, about.date) or (about.draft and not self.config.drafts):
            return None
        if not ordered:
            if not everyone:
                self.warnings.append(Problem(shelf.about, 0, 0, "a story without articles is left out – add one"))
            return None
        if self.config.compare_enabled and (crowd := self._crowd(shelf, ordered)):
            self.problems += crowd
            return None
        title = title_of(ordered) if self.config.compare_enabled else first_title(ordered)
        return Story(
            slug=shelf.story,
            title=about.title or title.text,
            articles=tuple(ordered) if not about.language else tuple(_in(about.language, a) for a in ordered),
            title_from="" if about.title else title.article,
            date=about.date or date_of(ordered),
            tags=about.tags or _united(a.tags for a in ordered),
            draft=about.draft,
            introduction=about.introduction,
            introduction_line=about.line,
            path=about.path,
            asked=shelf.asked,
            edits=self._edits(shelf, everyone),
            aliases=about.aliases,
        )

    def _is_due(self, path: str, date: str) -> bool:
        """Whether something of that date is there yet; takes note of it."""
        day = date[:10]
        if day > (self.config.as_of or _NEVER):
            self.later.append((path, day))
            return False
        self.since = max(self.since, day)
        return True

    def _crowd(self, shelf: Shelf, ordered: Sequence[Article]) -> tuple[Problem, ...]:
        place = shelf.about or f"content/stories/{shelf.story}"
        return too_much_to_compare([a.body for a in ordered], place, self.config.sentence_pairs)

    def _edits(self, shelf: Shelf, everyone: Sequence[Article]) -> Edits:
        if not shelf.edits:
            return Edits()
        try:
            data = self.tree[shelf.edits]
        except SourceError as error:
            self.problems += error.problems
            return Edits()
        found, wrong = edits.edits(shelf.edits, data, [article.slug for article in everyone])
        self.problems += wrong
        return found

    @staticmethod
    def _missing(shelf: Shelf, good: Sequence[Article]) -> list[str]:
        """Return the articles that belong to a story and are left out."""
        known = {article.path for article in good}
        return [path for path in (*shelf.articles, *shelf.aside) if path not in known]

    def page(self, path: str) -> PlainPage | None:
        slug = path.removeprefix("content/").removesuffix(".md")
        slug = slug.removesuffix("_index").rstrip("/")
        taken = slug.split("/")[0] in TAKEN - {slug}
        if taken:
            self.problems.append(Problem(path, 0, 0, f"/{slug}/ is an address of the site's own – rename the file"))
        opened = self._opened(path)
        if isinstance(opened, list):
            self.problems += opened
            return None
        fields, body, line = opened
        fields.refuse_unknown(SECTION_KEYS if path.endswith("/_index.md") else PAGE_KEYS)
        page = PlainPage(
            slug=slug,
            title=fields.text("title"),
            body=body,
            draft=fields.flag("draft", False),
            path=path,
            order=fields.integer("order", 0, -1_000_000, 1_000_000),
            group=fields.text("group"),
            groups=fields.texts("groups"),
            body_line=line,
            aliases=fields.addresses("aliases"),
        )
        self.problems += fields.problems
        is_shown = (self.config.drafts or not page.draft) and not (taken or fields.problems)
        return page if is_shown else None

    def outlet(self, path: str) -> Outlet | None:
        opened = self._opened(path)
        if isinstance(opened, list):
            self.problems += opened
            return None
        fields, body, _ = opened
        slug = path.rsplit("/", 1)[-1].removesuffix(".md")
        found = outlets.outlet(fields, slug, path=path, description=body)
        self.problems += fields.problems
        return None if fields.problems else found

    def _story_file(self, shelf: Shelf) -> StoryFile:
        path, slug = shelf.about, shelf.story
        if not path:
            return StoryFile(slug)
        opened = self._opened(path)
        if isinstance(opened, list):
            self.problems += opened
            return StoryFile(slug)
        fields, body, line = opened
        fields.refuse_unknown(STORY_KEYS)
        about = StoryFile(
            slug=slug,
            title=fields.text("title"),
            date=fields.date("date"),
            tags=fields.texts("tags"),
            draft=fields.flag("draft", False),
            language=fields.language("language"),
            order=fields.texts("articles"),
            introduction=body,
            line=line,
            path=path,
            aliases=fields.addresses("aliases"),
        )
        self._check_order(fields, about, (*shelf.articles, *shelf.aside))
        self.problems += fields.problems
        return about

    @staticmethod
    def _check_order(fields: Fields, about: StoryFile, articles: Sequence[str]) -> None:
        names = {path.rsplit("/", 1)[-1].removesuffix(".md") for path in articles}
        for i, slug in enumerate(about.order):
            if slug not in names:
                known = ", ".join(sorted(names)) or "none"
                fields.note("articles", f"no article {slug!r} in this folder; there are {known}")
            elif slug in about.order[:i]:
                fields.note("articles", f"{slug!r} stands here twice – keep one")

    def _opened(self, path: str) -> tuple[Fields, str, int] | list[Problem]:
        try:
            return _opened(path, self.tree[path])
        except SourceError as error:
            return list(error.problems)

    def _article(self, path: str) -> Article | None:
        """Return an article; None if it is left out."""
        article, wrong = _read_article(path, self.tree, self.config.rights, afresh)
        if wrong and self.keep_going:
            self.left_out += wrong
            return None
        self.problems += wrong
        missing = [key for key in ("outlet", "title", "date") if not getattr(article, key)]
        if missing and not wrong and (self.config.drafts or not article.draft):
            keys = " and ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
            self.warnings.append(Problem(path, 1, 0, f"no {keys} stated – fill in {keys} in the front matter"))
        return article

    @staticmethod
    def _ordered(about: StoryFile, everyone: Sequence[Article], shown: Sequence[Article]) -> list[Article]:
        rank = {slug: i for i, slug in enumerate(about.order)}
        return sorted(shown, key=lambda a: (rank.get(a.slug, len(everyone)), a.slug))


def _in(language: str, article: Article) -> Article:
    return article if article.language else replace(article, language=language)


def _opened(path: str, data: bytes) -> tuple[Fields, str, int] | list[Problem]:
    """Return header, body and the body's line of a content file, or why it cannot be read."""
    text = texts.read(data, path)
    if isinstance(text, Problem):
        return [text]
    try:
        header, body, line = frontmatter.parse(text, path)
    except SourceError as error:
        return list(error.problems)
    return Fields(header, path), body, line


def claimed_twice(claims: Iterable[tuple[str, str]]) -> list[Problem]:
    """Return what is wrong where several articles (path, seed) claim one seed."""
    first: dict[str, str] = {}
    problems = []
    for path, seed in sorted(claims):
        claimed = first.setdefault(seed, path) if seed else path
        if claimed != path:
            message = f"seed: {seed} already belongs to {claimed} – delete one of the files"
            problems.append(Problem(path, 1, 0, message))
    return problems


def _united(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for items in lists for item in items))


def article_file(header: Mapping[str, frontmatter.Writable], body: str) -> str:
    """Return the text of an article's content file: the keys in the contract's order, then the body."""
    ordered = {key: header[key] for key in ARTICLE_KEYS if key in header}
    return frontmatter.format(ordered, body)
