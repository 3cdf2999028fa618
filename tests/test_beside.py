"""A second process that compares beside the build: the same comparison, and none missed when it is gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from generator.model import Config
from generator.shell import beside

if TYPE_CHECKING:
    from pathlib import Path

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")

STORY = {
    "courier": "“We close the quay for good,” said Ann Lee. It cost 40 million crowns. Nobody was hurt.",
    "post": "It rained. “We close the quay,” said Ann Lee. It cost more than 50 million crowns.",
}
#: Begins a second process and lets it compare; prints how that came out.
SCRIPT = """
import json, os, signal, sys, time
from pathlib import Path
from generator.model import Article, Story
from generator.shell.beside import NoAnswerError, _begun
root = Path(sys.argv[1])
articles = [Article(title=n, body=t, story="quay", slug=n) for n, t in json.loads(sys.argv[2]).items()]
story = Story("quay", "Quay", tuple(articles))
lock = open(root / "lock", "w")
second = _begun(60)
steps = []
second.meanwhile = iter(lambda: steps.append(1) or len(steps), 3)
second.begin(story, 0.5)
one, two = second.compared(story, 0.5), second.compared(story, 0.5)
from generator.shell.project import theme_of
from generator.site.card_look import look_of
from generator.site.cards import Card
card = Card("Site", "1 March", "The quay is closed", (), "", 3, "They part on 10 million.")
look = look_of(theme_of(root, "default"))
second.get_ready_to_draw()
second.draw(card, look)
picture = second.drawn(), second.drawn()
kept = second.packed(two)
second.draw(card, look)
unfetched = second.compared(story, 0.5)
held = [os.readlink(f"/proc/{second._process}/fd/{number}") for number in os.listdir(f"/proc/{second._process}/fd")]
second.seconds = 0.001
third = _begun(60)
third.begin(Story("quay", "Quay", tuple(articles[:1])), 0.5)
edited = third.compared(story, 0.5)
third.end()
lines = [f"Ferry {n} of line {n % 7} sailed to harbour {n * n % 31} with {n + 2} cars." for n in range(300)]
long = [Article(body=" ".join(lines[at:] + lines[:at]), story="long", slug=str(at)) for at in (0, 100, 200)]
try:
    second.compared(Story("long", "Long", tuple(long)), 0.5)
    said = "an answer"
except BaseException as error:
    said = type(error).__name__
from generator.shell.comparisons import Comparisons
comparisons = Comparisons(root, "program", True, second)
os.kill(second._process, signal.SIGKILL)
alone = comparisons(story, 0.5), comparisons.taken()
second.end()
from generator.compare.digest import digest_of
from generator.shell.comparisons import put_away
from generator.site.drawing import draw
here = digest_of(story, 0.5)
print(json.dumps({
    "same": one == two == here and repr(one) == repr(here),
    "picture": picture == (draw(card, look), b""),
    "unfetched": unfetched == here,
    "edited": edited == here,
    "kept": kept == put_away(here),
    "held": held,
    "said": said,
    "alone": alone[0] == here and alone[1].value == kept,
}))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """How comparing in a second process came out."""
    root = tmp_path_factory.mktemp("beside")
    (root / ".ssg").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, root, json.dumps(STORY)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@linux
def test_it_compares_as_the_build_does(found: dict[str, object]) -> None:
    """The comparison, and what the cache keeps of it, are those that the build itself would come to."""
    assert found["same"]
    assert found["kept"]


@linux
def test_it_may_have_begun_with_another_text(found: dict[str, object]) -> None:
    """What it began with before it was asked is no answer for a story that has been edited since."""
    assert found["edited"]


@linux
def test_it_draws_as_the_build_does(found: dict[str, object]) -> None:
    """A picture that it draws is that of the build, is given once, and in nobody's way when nobody fetches it."""
    assert found["picture"]
    assert found["unfetched"]


@linux
def test_it_holds_no_file_of_the_build(found: dict[str, object]) -> None:
    """It has nothing open but its end of the pipe: not the file that the build's lock lies on, nor its terminal."""
    assert isinstance(found["held"], list)
    assert {name.partition(":")[0] for name in found["held"]} == {"socket", os.devnull}


@linux
def test_a_story_has_its_time(found: dict[str, object]) -> None:
    """A story that takes too long ends there, too."""
    assert found["said"] == "Exhausted"


@linux
def test_the_build_does_without_it(found: dict[str, object]) -> None:
    """When it is killed, the build compares by itself."""
    assert found["alone"]


@pytest.mark.parametrize(
    ("config", "files", "is_known"),
    [
        (Config(), 5, True),
        (Config(), 0, False),
        (Config(), beside.MOST + 1, False),
        (Config(jobs=1), 5, False),
        (Config(engine="here"), 5, False),
        (replace(Config(), compare_enabled=False), 5, False),
    ],
)
def test_where_it_is_worth_nothing_it_is_not_begun(
    config: Config, files: int, is_known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing new, nothing at all, too much, or one process asked for: the build goes on by itself."""
    monkeypatch.setattr(beside, "_can_fork", lambda: True)
    monkeypatch.setattr(beside, "_COMPARING", "no.such.room")
    monkeypatch.setattr(beside, "_begun", lambda: pytest.fail("begun"))
    with beside.beside() as second:
        assert second(config, files, is_known) is None


@linux
def test_it_ends_when_the_configuration_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process that was begun before the configuration was read ends when that wants none."""
    ended = []
    hoped = beside.Beside(0, None, 0)  # type: ignore[arg-type]
    monkeypatch.setattr(beside.Beside, "end", lambda second: ended.append(second))
    monkeypatch.setattr(beside, "_can_fork", lambda: True)
    monkeypatch.setattr(beside, "_COMPARING", "no.such.room")
    monkeypatch.setattr(beside, "_begun", lambda: hoped)
    with beside.beside(5) as second:
        assert second(Config(), 5, False) is hoped
        assert ended == []
        assert second(Config(jobs=1), 5, False) is None
        assert ended == [hoped]
    assert ended == [hoped]


def test_a_site_is_the_same_with_it(tmp_path: Path) -> None:
    """Two processes and one write the same files."""
    sites = []
    for jobs in ("0", "1"):
        root = tmp_path / jobs
        for name, text in STORY.items():
            place = root / "content/stories/quay" / f"{name}.md"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(f"---\ntitle: Quay\noutlet: {name}\ndate: 2021-03-01\n---\n\n{text}\n", encoding="utf-8")
        (root / "content/about.md").write_text("# About\n\n[Quay](stories/quay/post.md)\n", encoding="utf-8")
        command = [sys.executable, "-m", "generator", "-C", str(root), "build", "--jobs", jobs]
        subprocess.run(command, check=True, capture_output=True)
        sites.append({path.relative_to(root): path.read_bytes() for path in (root / "site").rglob("*.*")})
    assert sites[0] == sites[1]
