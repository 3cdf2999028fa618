"""One build from the command line: over as many processes as are worth it, remembered, verified if asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import OutputError, Problem, SourceError
from generator.ingest.shelves import Shelf
from generator.model import Config
from generator.pipeline import Site, compared
from generator.pipeline import build as build_site
from generator.prepared import has_cards
from generator.shell import disk, edits, tellings
from generator.shell.cache import Cache
from generator.shell.call import Call
from generator.shell.comparisons import Comparisons
from generator.shell.compiled import attached, read_each
from generator.shell.engines import ending_workers, engine_of
from generator.shell.keeper import Keeper
from generator.shell.keys import code
from generator.shell.lock import locked
from generator.shell.memory import PAGES, SOURCES, TOLD_FROM, Look, at_rest, look, recall, remember, told_from
from generator.shell.outcome import Outcome, count, outcome_of
from generator.shell.progress import Stages
from generator.shell.project import Project, drawable, opened
from generator.shell.publish import Laid, Stage, publish, staged
from generator.shell.reasons import MOMENT
from generator.shell.register import columns_of
from generator.shell.single import Single
from generator.shell.states import Backwards, Hashes
from generator.teller import Desk, Told, in_turn

NO_PICTURES = (
    "no pictures of stories: the library that draws them is not installed – pip install 'variorum[cards]', "
    "or say “cards: {enabled: false}” in ssg.yml"
)
if TYPE_CHECKING:
    from generator.gathered import Gathered
    from generator.ingest.planned import IngestPlan
    from generator.shell.beside import Beside
    from generator.shell.parts import Archives, Shard


def build_once(root: Path, config: Config, call: Call) -> Outcome:
    """Build the project in *root* as far as anything has changed, and return what is to be told.

    :raises SourceError: with everything that is wrong.
    :raises OutputError: if the site cannot be written.
    """
    with locked(root):
        seen = look(root, repr(config))
        known = recall(root, seen)
        if known:
            return known
        seen = at_rest(root, seen, repr(config))
        project = opened(root, config, seen.states)
        return built(project, call, seen, strict=False, verify=False, anew=False)


def built(
    project: Project,
    call: Call,
    seen: Look,
    *,
    strict: bool,
    verify: bool,
    anew: bool,
    keep_going: bool = False,
    parts: Archives | None = None,
    second: Beside | None = None,
    gathered: Gathered | None = None,
) -> Outcome:
    """Build *project*, write its content and its site, and return what is to be told.

    :param anew: whether whatever earlier builds have left is passed over.
    :param keep_going: whether to build without the sources that have problems.
    :param parts: stories that other machines have told.
    :param second: a process that compares while this one does something else.
    :param gathered: what has been read of the sources, if anything has.
    :raises SourceError: with everything that is wrong; with the warnings, too, if *strict*.
    :raises OutputError: if the site cannot be written, or does not verify.
    """
    disk.check_apart(project.root, project.output)
    wanted, project = has_cards(project.theme, project.config), drawable(project)
    if wanted and not project.config.cards_enabled:
        call.say(NO_PICTURES)
    stages = Stages(call)
    compiled = attached(project)
    with stages.shown(), Cache(project.root) as cache, staged(project.output) as stage, ending_workers():
        stages.begin("reading and grouping")
        worth = bool(parts) or not (anew or cache.is_empty)
        hashes = Hashes(project.sources, {} if anew else cache.seen(SOURCES), worth=worth)
        keeper = Keeper(cache, stage, engine_of(project.config), hashes, parts=parts, anew=anew, beside=second)
        single = Single(cache, Comparisons(project.root, code(), anew, second).compare, anew)
        if second:
            second.meanwhile = _prepared(single, project, draws=not second.draws)
        each, hands = stages.telling(keeper.each), single.hands
        site = build_site(
            project.sources,
            project.theme,
            project.config,
            each,
            project.hooks,
            keeper.remember,
            keep_going=keep_going,
            hands=hands,
            gathered=gathered,
        )
        unfit: Mapping[str, Problem] = getattr(project.sources, "unfit", {})
        site = replace(site, left_out=tuple(sorted({*site.left_out, *unfit.values()})))
        laid = {**keeper.pages, **stage.lay(site.files)}
        if verify:
            stages.begin("verifying")
            _verify(project, stage, laid, keep_going=keep_going)
            call.say(f"verified: a second build gave the same {count(len(laid), 'file')}, byte for byte")
        if strict:
            stages.begin("looking over")
            _refuse_doubtful(project, site, stage, laid)
        stages.begin("writing")
        site = _writable(site, project, call)
        with edits.laid_ready(project.root, site.ingest.writes, site.ingest.replaced) as commit:
            changed = publish(stage, laid, commit)
        outcome = outcome_of(site, project.config, len(laid), changed, len(keeper.reasons), stages.drafts)
        cache.write(PAGES, columns_of({path: state for path, (_, state) in laid.items()}))
        cache.see(SOURCES, hashes.noted(keeper.read, seen.moment, site.ingest.writes))
        compiled.keep()
        _note(cache, project, seen, keeper, site.ingest, outcome)
    for line in (*(_strange(parts, keeper) if parts else ()), *(stages.lines() if call.timings else ())):
        call.say(line)
    return outcome


def _note(cache: Cache, project: Project, seen: Look, keeper: Keeper, ingested: IngestPlan, outcome: Outcome) -> None:
    """Note what tells the next build whether there is anything to do, and what its few edited stories hang on."""
    told_from_now = told_from(look(project.root, "") if ingested.writes else seen)[1]
    settled = seen.is_settled and not ingested.writes
    notes = remember(cache, seen, outcome, keeper.program) if settled else {"last": None}
    if settled and project.config.compare_enabled and outcome.files >= tellings.LEAST and not outcome.left_out:
        tellings.keep(cache, seen.inputs, keeper.kept.values())
    cache.finish({**keeper.notes, MOMENT: seen.moment, TOLD_FROM: told_from_now, **notes})


def _strange(parts: Archives, keeper: Keeper) -> Iterator[str]:
    """Yield a line for each archive that holds stories which are not those of this site."""
    for path, stories in parts.strange({kept.key for kept in keeper.kept.values()}).items():
        said = "is of other sources or settings than here, or of another version"
        yield f"{path}: {'its only story' if stories == 1 else f'each of its {stories:,} stories'} {said}"


def _prepared(single: Single, project: Project, *, draws: bool) -> Iterator[object]:
    """Make ready, a little at each step, what the stories' pages and the editor's are made with."""
    yield import_module("generator.site.compared")
    yield import_module("generator.compare.duplicates")
    yield from single.early()
    if draws and project.config.cards_enabled:
        yield import_module("generator.site.drawing").get_ready()
    yield from read_each(project.theme, project.config)


def told_in_part(
    project: Project, call: Call, shard: Shard, *, anew: bool, keep_going: bool
) -> tuple[int, tuple[Problem, ...]]:
    """Tell a share of the stories, and write them into a file for `ssg merge`; return how many, and what was left out.

    :raises SourceError: with everything that is wrong with them.
    :raises OutputError: if the file cannot be written.
    """
    from generator.shell.parts import write

    disk.check_apart(project.root, project.output)
    project, stages = drawable(project), Stages(call)
    compiled = attached(project)
    with stages.shown(), Cache(project.root) as cache, staged(project.output) as stage, ending_workers():
        stages.begin("reading and grouping")
        hashes = Hashes(project.sources, {} if anew else cache.seen(SOURCES), worth=not (anew or cache.is_empty))
        keeper = Keeper(cache, stage, engine_of(project.config), hashes, anew=anew)
        each = stages.telling(lambda desk, shelves: keeper.each(desk, shard.of_all(shelves)))
        half = compared(project.sources, project.theme, project.config, each, project.hooks, keep_going=keep_going)
        stages.begin("writing")
        compiled.keep()
        return write(project.root / shard.file, keeper.kept.values(), stage), half.left_out


def _refuse_doubtful(project: Project, site: Site, stage: Stage, laid: Iterable[str]) -> None:
    """Make sure that nothing is doubtful in the sources, nor in the site that waits to be written: `ssg check`'s say.

    :raises SourceError: with all that is.
    """
    from generator.shell.checking import with_theme
    from generator.site.check import check

    files = {path: data for path in laid if (data := stage.read(path)) is not None}
    sources = {**project.sources, **site.ingest.writes}
    found = check(files, with_theme(sources, project.root, project.config), project.config)
    doubtful = (*site.warnings, *found.errors, *found.warnings)
    if doubtful:
        raise SourceError(doubtful)


def _verify(project: Project, stage: Stage, laid: Mapping[str, Laid], *, keep_going: bool) -> None:
    """Build once more from the same sources the other way round, in one process and beside the cache.

    A page of an earlier build that somebody has written to since, without a trace in its size and time, is told apart:
    it is no fault of a build, and no other look at the site would find it.

    :raises OutputError: unless every byte is the same.
    """
    found: dict[str, dict[str, bool]] = {}
    """Story (empty: none) → path → whether it is the same; a story that is told twice counts as it was told last."""

    def compared(story: str, files: Mapping[str, bytes]) -> None:
        found[story] = {path: stage.read(path) == data for path, data in files.items()}

    def each(desk: Desk, shelves: Sequence[Shelf]) -> Iterator[Told]:
        for told in in_turn(desk, shelves):
            compared(told.shelf.story, told.files)
            yield replace(told, files={})

    theme = dict(sorted(project.theme.items(), reverse=True))
    again = build_site(Backwards(project.sources), theme, project.config, each, project.hooks, keep_going=keep_going)
    compared("", again.files)
    same = {path: is_same for files in found.values() for path, is_same in files.items()}
    other = {path for path, is_same in same.items() if not is_same} | (same.keys() ^ laid.keys())
    forged = [path for path in sorted(other & laid.keys()) if disk.mark(stage.read(path) or b"") != laid[path][0]]
    if forged:
        said = "is not as it was written, though its size and time are – `ssg build --clean` writes it anew"
        raise OutputError(f"{stage.output}: {', '.join(forged[:5])} {said}")
    if other:
        raise OutputError(f"two builds differ in {', '.join(sorted(other)[:5])}; please report this")


def _writable(site: Site, project: Project, call: Call) -> Site:
    """Return the site without content files to write, and say so, where they cannot be or better are not.

    On a read-only disk they cannot. And while a file of content/ cannot be read it may be the very one that a capture
    belongs to.
    """
    writes = site.ingest.writes
    is_whole = not any(problem.path.startswith("content/") for problem in site.left_out)
    if not writes or (is_whole and edits.can_write(project.root)):
        return site
    why = "cannot be written" if is_whole else "is not written while something in it is left out"
    said = f"{why}, so {count(len(writes), 'file')} that seeds/ calls for went into the site alone"
    call.warn([Problem("content/", 0, 0, said)])
    return replace(site, ingest=replace(site.ingest, writes={}))
