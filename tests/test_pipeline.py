"""The whole path: stories told one by one, by whomever, and pages of the whole site made from what remains of them."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from generator.errors import OutputError, SourceError
from generator.ingest.shelves import Shelf
from generator.model import Config, Tree
from generator.pipeline import build
from generator.shell.engines import each_of, engine_of
from generator.teller import Desk, Told, in_turn
from tests import sample
from tests.projects import sources


def test_processes_give_what_one_gives() -> None:
    """Many stories told by two processes make the same site, byte for byte, as told by one."""
    tree, theme = sources(16), sample.theme()
    config = Config(base_url="https://example.org/")
    assert build(tree, theme, config, each_of(engine_of(Config(jobs=2)))).files == build(tree, theme, config).files


def test_engines() -> None:
    """Work is done by other processes where there is enough of it or they are asked for, else in this one."""

    def where(items: int, config: Config) -> set[int]:
        return set(engine_of(config)(_place, range(items)))

    assert os.getpid() not in where(16, Config(jobs=2))
    assert os.getpid() not in where(2, Config(jobs=2, engine="processes"))
    assert (
        where(2, Config(jobs=2))
        == where(16, Config(jobs=2, engine="here"))
        == where(16, Config(jobs=1))
        == {os.getpid()}
    )


def _place() -> Callable[[int], int]:
    """Return what tells where it is done."""
    return _process


def _process(_: int) -> int:
    return os.getpid()


def test_an_outlet_has_one_name() -> None:
    """An outlet that nobody describes goes by one of its articles' spellings, on every page of the site."""
    tree = {**sources(1, "The Courier"), **{k: v for k, v in sources(2, "the courier").items() if "school" in k}}
    asked: list[list[str]] = []

    def each(desk: Desk, shelves: Sequence[Shelf]) -> Iterable[Told]:
        asked.append([shelf.story for shelf in shelves])
        return in_turn(desk, shelves)

    site = build(tree, sample.theme(), Config(), each)
    assert b"the courier" not in b"".join(data for path, data in site.files.items() if path.endswith(".html"))
    assert b"The Courier" in site.files["stories/school-1/one/index.html"]
    assert asked == [["bridge-0", "school-1"], ["school-1"]]


def test_what_an_engine_keeps_to_itself_is_not_in_the_site() -> None:
    """An engine may put a story's files where it likes; all other pages come out as ever."""
    tree, theme = sources(), sample.theme()

    kept: set[str] = set()

    def each(desk: Desk, shelves: Sequence[Shelf]) -> Iterable[Told]:
        for told in in_turn(desk, shelves):
            kept.update(told.files)
            yield replace(told, files={})

    whole, rest = build(tree, theme, Config()).files, build(tree, theme, Config(), each).files
    assert "stories/bridge-0/index.html" in kept
    assert rest == {path: data for path, data in whole.items() if path not in kept}


def test_problems_of_sources_and_theme() -> None:
    """All that is wrong with the sources is told at once; then what is wrong with the theme, once."""
    broken = {path: data.replace(b"title:", b"titel:") for path, data in sources(3).items()}
    torn = {**sample.theme(), "templates/story.html": b"{{ nobody }}"}
    with pytest.raises(SourceError) as raised:
        build(broken, torn, Config())
    assert len(raised.value.problems) == 6
    with pytest.raises(SourceError) as raised:
        build(sources(3), torn, Config())
    assert [problem.path for problem in raised.value.problems] == ["templates/story.html"]


def test_near_duplicates_across_stories() -> None:
    """Two articles of different stories that are largely the same text are found by what remains of the stories."""
    text = " ".join(f"The {word} in the harbour was painted by the {word} guild." for word in "abcdefghijklmnop")
    tree: Tree = {f"content/stories/{slug}/x.md": f"---\ntitle: T\n---\n\n{text}\n".encode() for slug in ("one", "two")}
    (pair,) = json.loads(build(tree, sample.theme(), Config()).files["stories.json"])["near_duplicates"]
    assert (pair["a"], pair["b"], pair["jaccard"]) == ("one/x", "two/x", 1.0)


def _dies(place: Path, always: bool) -> Callable[[int], int]:
    """Return what doubles a number, and is killed at the fifth: once, or whenever it comes to it."""

    def double(number: int) -> int:
        if number == 5 and (always or not place.exists()):
            place.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * number

    return double


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills")
def test_a_killed_worker_process_loses_nothing(tmp_path: Path) -> None:
    """When a worker process is killed, others do what is left; one that always dies is told, with a way out."""
    engine = engine_of(Config(jobs=2, engine="processes"))
    assert list(engine(partial(_dies, tmp_path / "once", False), range(40))) == list(range(0, 80, 2))
    with pytest.raises(OutputError, match="try --jobs 1"):
        list(engine(partial(_dies, tmp_path / "again", True), range(40)))


def _waits(place: Path) -> Callable[[int], int]:
    """Return what never comes to an end with any number above three; it says which process it keeps."""

    def wait(number: int) -> int:
        (place / str(os.getpid())).touch()
        while number > 3:
            time.sleep(0.1)
        return number

    return wait


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(os.name == "nt", reason="asks for processes by signal 0")
@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_who_stops_waiting_ends_the_workers(tmp_path: Path, error: type[BaseException]) -> None:
    """Ctrl-C, or whatever else ends a build, ends its workers in the middle of what they do: nobody waits for them."""
    results = engine_of(Config(jobs=2, engine="processes"))(partial(_waits, tmp_path), range(40))
    assert isinstance(results, Generator)
    assert next(results) == 0
    with pytest.raises(error):
        results.throw(error())
    assert not [name for name in os.listdir(tmp_path) if int(name) != os.getpid() and _is_there(int(name))]


def _dies_at_once(here: int) -> Callable[[int], int]:
    """Return what does nothing, in the process that asks; a worker is killed before it can begin."""
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return lambda number: number


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that kills")
def test_workers_that_die_while_they_start_are_told() -> None:
    """Where no worker ever begins, the build ends with a way out, and waits for nobody."""
    engine = engine_of(Config(jobs=2, engine="processes"))
    with pytest.raises(OutputError, match="try --jobs 1"):
        list(engine(partial(_dies_at_once, os.getpid()), [b"x" * 200_000] * 20))  # type: ignore[list-item]
