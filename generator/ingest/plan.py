"""The ingest as a value: which content files the seeds call for, and which stay as their editors left them.

A content file that carries its own hash (`ingest_sha256`) and still matches it is nobody's work but ours: it
follows its seed. Every other file is its editor's and is never written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.errors import Problem, SourceError
from generator.ingest import content as contents
from generator.ingest import frontmatter
from generator.ingest import seeds as captures
from generator.ingest.addresses import are_told_apart
from generator.ingest.planned import IngestPlan
from generator.ingest.recall import Recall, afresh
from generator.ingest.seeds import SIDECARS
from generator.ingest.shelves import story_of
from generator.ingest.slugs import slugify, unique
from generator.ingest.stories import title_of
from generator.ingest.trees import bytes_or_error
from generator.model import Article, Config, Rights, Tree

if TYPE_CHECKING:
    from generator.ingest.seeds import Capture

Group = Callable[[Sequence[Article]], list[list[int]]]
"""Articles → groups of indices: which tell the same story (`generator.compare.group`)."""


def plan(
    seeds: Tree, content: Tree, config: Config, group: Group, *, keep_going: bool = False, recall: Recall = afresh
) -> IngestPlan:
    """Return what `seeds` (paths `seeds/…`) call for in `content` (paths `content/…`).

    The same trees give the same plan; a plan made again after its writes are applied writes nothing. Problems
    of seeds and of articles' content files are in the result, and then nothing is written.

    :param keep_going: whether to plan for the rest all the same: no file with a problem is written, nor is one whose
        capture has a problem.
    :param recall: calls whatever looks at a single file.
    """
    read = captures.read_all(seeds, config.rights, recall)
    existing, wrong = contents.articles(content, config.rights, recall)
    problems = tuple(sorted({*read.errors, *wrong}))
    removed = {c.article.seed: c.article.removed for c in read.captures}
    stories = {article.path: article.story for article in existing}
    if problems and not keep_going:
        awaited = _awaited(read.captures, existing)
        return IngestPlan(removed=removed, stories=stories, problems=problems, warnings=read.warnings, awaited=awaited)
    bad = {capture.article.seed for capture in read.captures if capture.errors}
    aside = frozenset(article.path for article in existing if article.seed in bad)
    desk = _Desk(content, existing, {*aside, *(problem.path for problem in wrong)}, recall)
    fresh = desk.settle(read.captures)
    if fresh and (unseen := _out_of_reach(content, wrong)):
        desk.hold(fresh, unseen)
        held, fresh = fresh, []
    else:
        held = []
    for capture, story in _stories(fresh, desk.articles, config, group):
        desk.place(capture, story)
    desk.write_new()
    desk.miss(seeds)
    warnings = tuple(sorted({*read.warnings, *desk.warnings}))
    whose = {article.path: seed for seed, article in desk.claims.items() if seed in removed}
    return IngestPlan(
        writes=dict(sorted(desk.writes.items())),
        replaced={path: content[path] for path in desk.writes if path in content},
        kept=tuple(sorted(desk.kept)),
        removed=removed,
        seeds={**whose, **desk.written},
        stories=stories,
        problems=problems,
        warnings=warnings,
        awaited=_awaited((*held, *(capture for capture in read.captures if capture.errors)), existing),
        aside=aside,
    )


def _out_of_reach(content: Tree, wrong: Iterable[Problem]) -> str:
    """Return the first article that cannot be read at all: nobody knows which seed is its own; nothing if all can."""
    paths = sorted({problem.path for problem in wrong})
    return next((path for path in paths if isinstance(bytes_or_error(content, path), SourceError)), "")


def _awaited(captures: Iterable[Capture], existing: Iterable[Article]) -> tuple[tuple[str, str], ...]:
    """Return what stories may name already of captures that no article is written for: see `IngestPlan`."""
    claimed = {article.seed for article in existing}
    waiting = (capture.article for capture in captures if capture.article.seed not in claimed)
    return tuple(dict.fromkeys((a.story, name) for a in waiting for name in (short_slug(a.seed), whole_slug(a.seed))))


# ---------------------------------------------------------------------------- which file is whose


class _Desk:
    """The content folder during one ingest: who claims which seed, and what will be written."""

    def __init__(self, content: Tree, articles: Sequence[Article], shut: Set[str], recall: Recall) -> None:
        """*shut* are the files that are not to be touched."""
        self.content = content
        self.recall = recall
        self.shut = shut
        self.articles = [replace(a, title="", body="") if a.path in shut else a for a in articles]
        self.claims = {a.seed: a for a in reversed(articles) if a.seed}
        self.writes: dict[str, bytes] = {}
        self.kept: list[str] = []
        self.warnings: list[Problem] = []
        self.places: list[tuple[Capture, str]] = []
        self.written: dict[str, str] = {}

    def settle(self, read: Sequence[Capture]) -> list[Capture]:
        """Bring the claimed captures' files up to date; return the captures that are new."""
        present = {c.article.seed for c in read}
        good = [c for c in read if not c.errors]
        adrift: dict[str, list[Article]] = defaultdict(list)
        for seed, article in sorted(self.claims.items()):
            if seed not in present:
                adrift[article.seed_sha256].append(article)
        prints: dict[str, list[Article]] = defaultdict(list)
        for capture in good:
            if capture.article.seed in self.claims:
                prints[capture.article.seed_sha256].append(capture.article)
        fresh = []
        for capture in good:
            article = capture.article
            same = [a.seed for a in prints[article.seed_sha256] if not are_told_apart(a, article)]
            if article.seed in self.claims:
                self.follow(capture, self.claims[article.seed])
            elif same:
                self.warn(article.seed, f"the same bytes as {same[0]}, so it is left out – delete one of them")
            else:
                prints[article.seed_sha256].append(article)
                if left := adrift[article.seed_sha256]:
                    # The one that states the same first; an editor may have named the outlet otherwise since.
                    claimed = min(left, key=lambda other: are_told_apart(other, article))
                    left.remove(claimed)
                    self.claims[article.seed] = claimed
                    self.follow(capture, claimed)
                else:
                    fresh.append(capture)
        return fresh

    def follow(self, capture: Capture, claimed: Article) -> None:
        """Write a claimed capture's file anew if nobody has edited it; else tell if the seed has changed."""
        if claimed.path in self.shut:
            return
        now = self.content[claimed.path]
        new, is_ours = self.recall(claimed.path, _followed, capture, claimed.story, now)
        if capture.article.story not in ("", claimed.story):
            said = f"its seed belongs to the story {capture.article.story!r} – move the file there if you agree"
            self.warn(claimed.path, said)
        if is_ours:
            if now.replace(b"\r\n", b"\n") != new:
                self.writes[claimed.path] = new
        elif claimed.seed_sha256 != capture.article.seed_sha256:
            self.kept.append(claimed.path)
            self.warn(claimed.path, _parted(claimed, capture.article, now, new))
        elif claimed.seed != capture.article.seed:
            self.warn(claimed.path, f"its seed is now {capture.article.seed} – write that after `seed:`")

    def hold(self, fresh: Iterable[Capture], unseen: str) -> None:
        """Tell of captures that are left out because one of them may belong to an article that nobody can see."""
        for capture in fresh:
            seed = capture.article.seed
            self.warn(seed, f"left out while {unseen} cannot be read, which may be the article that is made from it")

    def place(self, capture: Capture, story: str) -> None:
        """Take note of a new capture's story."""
        self.places.append((capture, story))

    def write_new(self) -> None:
        """Write the new captures' files, each under a name of its own in its story."""
        taken = defaultdict(set)
        for path in self.content:
            taken[path.rpartition("/")[0]].add(path.rpartition("/")[2].removesuffix(".md").casefold())
        wanted = Counter((story, short_slug(c.article.seed)) for c, story in self.places)
        for capture, story in self.places:
            folder = f"content/stories/{story}"
            short = short_slug(capture.article.seed)
            alone = wanted[story, short] == 1 and short not in taken[folder]
            slug = unique(short if alone else whole_slug(capture.article.seed), taken[folder])
            taken[folder].add(slug)
            article = replace(capture.article, story=story)
            self.writes[f"{folder}/{slug}.md"] = article_bytes(article, capture.rights)
            self.written[f"{folder}/{slug}.md"] = capture.article.seed

    def miss(self, seeds: Tree) -> None:
        """Tell of articles whose seed is gone."""
        if not seeds:
            return  # a project that keeps its content alone
        claimed = {a.path for seed, a in self.claims.items() if seed in seeds}
        for seed, article in sorted(self.claims.items()):
            if article.path in self.shut or seed in seeds or article.path in claimed:
                continue
            if is_untouched(self.content[article.path]):
                self.warn(
                    article.path,
                    f"its seed {seed} is gone; the article stays – delete this file too, or empty `seed:`",
                )

    def warn(self, path: str, message: str) -> None:
        self.warnings.append(Problem(path, 0, 0, message))


def _followed(capture: Capture, story: str, now: bytes) -> tuple[bytes, bool]:
    """Return the file of a capture that belongs to *story*, and whether what the file holds *now* is ours to change."""
    return article_bytes(replace(capture.article, story=story), capture.rights), is_untouched(now)


def follow_up(
    sources: Tree, seeds: Mapping[str, str], changed: Iterable[str], rights: Rights, recall: Recall = afresh
) -> dict[str, bytes]:
    """Return what an edit of captures, or of their sidecars, makes of the content files that follow them.

    A quick look at the *changed* files alone; empty where it takes a whole `plan` to tell.

    :param seeds: content file's path → its seed, as the last plan had it.
    """
    files = {seed: path for path, seed in seeds.items()}
    stems = {seed.rpartition(".")[0]: seed for seed in files}
    found: dict[str, bytes] = {}
    for each in changed:
        seed = each if each in files else stems.get(each.rpartition(".")[0], "")
        path = files.get(seed, "")
        if not (each in sources and seed in sources and path in sources):
            return {}
        sidecar = next((name for ending in SIDECARS if (name := f"{seed.rpartition('.')[0]}{ending}") in sources), "")
        capture = captures.read_one(seed, sources, sidecar, rights, recall)
        story = story_of(path, sources[path])
        new, is_ours = recall(path, _followed, capture, story, sources[path])
        if capture.errors or not is_ours or capture.article.story not in ("", story):
            return {}
        found[path] = new
    return found


# ---------------------------------------------------------------------------- which story


def _stories(
    fresh: Sequence[Capture], existing: Sequence[Article], config: Config, group: Group
) -> list[tuple[Capture, str]]:
    """Return each new capture's story: stated, joined or new."""
    loose = dict.fromkeys(i for i, c in enumerate(fresh) if not c.article.story)
    pool = [*(c.article for c in fresh), *existing]
    groups = [[i] for i in loose]
    if config.group_enabled and loose and len(pool) > 1:
        groups = sorted(sorted(members) for members in group(pool))
        grouped = {i for members in groups for i in members}
        groups += [[i] for i in loose if i not in grouped]
    taken = {a.story for a in pool if a.story}
    stories = {i: c.article.story for i, c in enumerate(fresh)}
    for members in groups:
        newcomers = [i for i in members if i in loose]
        if newcomers:
            story = _joined(pool[i].story for i in members) or _new_story([pool[i] for i in newcomers], taken)
            taken.add(story)
            stories.update(dict.fromkeys(newcomers, story))
    return [(capture, stories[i]) for i, capture in enumerate(fresh)]


def _joined(stories: Iterable[str]) -> str:
    """Return the story with the most members, by slug where there are several; '' if there is none."""
    members = Counter(story for story in stories if story)
    return min(members, key=lambda story: (-members[story], story)) if members else ""


def _new_story(articles: Sequence[Article], taken: Set[str]) -> str:
    title = title_of(articles).text
    return unique(slugify(title) if title else f"story-{short_slug(articles[0].seed)}", taken)


# ---------------------------------------------------------------------------- names and files

_CAPTURE_HASH = re.compile(r"(?<=.)[_-][0-9a-f]{8,}$")


def short_slug(seed: str) -> str:
    """Return a capture's name as a slug, without the hash at its end: `000` of `seeds/000_73b66c78.txt`."""
    return slugify(_CAPTURE_HASH.sub("", _stem(seed)))


def whole_slug(seed: str) -> str:
    """Return a capture's whole name as a slug."""
    return slugify(_stem(seed))


def _stem(seed: str) -> str:
    return seed.rsplit("/", 1)[-1].rpartition(".")[0]


def article_bytes(article: Article, rights: str) -> bytes:
    """Return the content file of an article, UTF-8, with its own hash; `rights` as stated, or empty."""
    header: dict[str, frontmatter.Writable] = {
        "title": article.title,
        "outlet": article.outlet,
        "story": article.story,
        "date": article.date,
        "updated": article.updated,
        "source_url": article.source_url,
        **({"via": article.via} if article.via else {}),
        "authors": article.authors,
        "language": article.language,
        "tags": article.tags,
        "draft": article.draft,
        "rights": rights,
        "seed": article.seed,
        "seed_sha256": article.seed_sha256,
    }
    bare = contents.article_file(header, article.body)
    signed = contents.article_file({**header, "ingest_sha256": _digest(bare)}, article.body)
    return signed.encode("utf-8", "replace")


_SIGNATURE = re.compile(r"^ingest_sha256: ([0-9a-f]{64})\n", re.MULTILINE)


def is_untouched(data: bytes) -> bool:
    """Return whether a content file is as an ingest wrote it, by the hash it carries."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    found = _SIGNATURE.search(text)
    return bool(found) and _digest(text[: found.start()] + text[found.end() :]) == found.group(1)  # type: ignore[union-attr]


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()


# ---------------------------------------------------------------------------- what differs


def _parted(mine: Article, seed: Article, now: bytes, new: bytes) -> str:
    """Say what differs between an edited file and what its changed seed says, and the ways out."""
    differing = [key for key in contents.ARTICLE_KEYS[:11] if _of(mine, key) != _of(seed, key) and key != "story"]
    lines = _differing_lines(_body(now), _body(new))
    what = [f"front matter ({', '.join(differing)})"] if differing else []
    what += [f"{lines} line{'s' * (lines != 1)} of the body"] if lines else []
    return (
        f"kept as you edited it, though its seed {seed.seed} has changed; they differ in "
        f"{' and '.join(what) or 'nothing but the hash'} – to take the new text delete this file and build "
        f"again; to keep yours for good write `seed_sha256: {seed.seed_sha256}`"
    )


def _of(article: Article, key: str) -> object:
    return getattr(article, key)


def _body(data: bytes) -> str:
    try:
        return frontmatter.parse(data.decode("utf-8", "replace"), "")[1]
    except SourceError:
        return ""


def _differing_lines(old: str, new: str) -> int:
    """Return how many lines (blank ones apart) stand on one side only, whichever side has more."""
    mine, theirs = (Counter(line.strip() for line in text.split("\n") if line.strip()) for text in (old, new))
    return max((mine - theirs).total(), (theirs - mine).total())
