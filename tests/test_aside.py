"""A part of a story's comparison in a process of its own: the same comparison, and none missed when that is gone."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")

TELLINGS = (
    "“We close the quay for good,” said Ann Lee. It cost 40 million crowns. Nobody was hurt on the old quay.",
    "It rained. “We close the quay,” said Ann Lee. It cost more than 50 million crowns. The ferry sails on.",
    "Nobody was hurt. Ann Lee said that they would close the quay for good, which cost 40 million crowns.",
)
#: Compares a story with another process's help, without, and in some ways that go wrong; prints how that came out.
SCRIPT = """
import json, os, signal, sys, time
from generator.compare.digest import digest_of
from generator.model import Article, Story
from generator.shell import aside
outlets = "Courier", "Post", "Post"
told = zip(outlets, json.loads(sys.argv[1]))
story = Story("quay", "Quay", tuple(Article(outlet=o, body=text, slug=str(n)) for n, (o, text) in enumerate(told)))
here, fork, forked = digest_of(story), os.fork, []
def noted():
    number = fork()
    forked.append(number)
    return number
os.fork = noted
with aside.aside(story, 60) as meanwhile:
    small = digest_of(story, 0.5, meanwhile)
few, aside.WORTH_IT = len(forked), 0
with aside.aside(story, 60) as meanwhile:
    large = digest_of(story, 0.5, meanwhile)
many = len(forked)
with aside.aside(story, 60) as meanwhile:
    def killing(work):
        answer = meanwhile(work)
        os.kill(forked[-1], signal.SIGSTOP)  # in the middle of its work, or at its end
        os.kill(forked[-1], signal.SIGKILL)
        return answer
    killed = digest_of(story, 0.5, killing)
try:
    with aside.aside(story, 60) as meanwhile:
        meanwhile(lambda: time.sleep(600))
        raise TimeoutError
except TimeoutError:
    pass
def nothing_left():
    raise BlockingIOError
os.fork = nothing_left
with aside.aside(story, 60) as meanwhile:
    without = digest_of(story, 0.5, meanwhile)
try:
    left = os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    left = None
print(json.dumps({
    "same": [repr(one) == repr(here) for one in (small, large, killed, without)],
    "few": few,
    "many": many,
    "left": left,
}))
"""


@pytest.fixture(scope="module")
def found() -> dict[str, object]:
    """How comparing with another process's help came out."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(TELLINGS)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_the_comparison_is_the_same(found: dict[str, object]) -> None:
    """With another process's help, without, when that is killed, and when there can be none."""
    assert found["same"] == [True, True, True, True]


def test_only_much_work_is_divided(found: dict[str, object]) -> None:
    """A small story is compared by one process, a large one by two."""
    assert (found["few"], found["many"]) == (0, 1)


def test_nobody_is_left(found: dict[str, object]) -> None:
    """Every process has ended with the comparison that it was begun for, also one that was given up in its middle."""
    assert found["left"] is None
