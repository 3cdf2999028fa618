"""What would take too long is refused with a name and a way out, before it takes long; never printed otherwise."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import SourceError
from generator.ingest import seeds
from generator.ingest.limits import _ENDS, too_much_to_compare
from generator.model import Config
from generator.pipeline import build
from generator.shell.patience import Exhausted, limited
from tests.projects import ssg, tree
from tests.sample import theme

SENTENCES = " ".join(f"The ferry number {n} ran to the island, the harbour said." for n in range(20))
CONFIG = "search: {enabled: false}\nembed: {enabled: false}\ncards: {enabled: false}\n"


def _tellings(count: int, body: str = SENTENCES) -> dict[str, bytes]:
    header = "---\ntitle: Ferry {n}\noutlet: o{n}.example\ndate: 2025-07-03\n---\n\n"
    return {
        f"content/stories/ferry/o{n:03}.md": f"{header.format(n=n)}{body} {n} came.\n".encode() for n in range(count)
    }


def test_a_story_of_five_hundred_tellings() -> None:
    """A story that would take hours is refused before anything of it is compared, with its size and three ways out."""
    with pytest.raises(SourceError) as raised:
        build(_tellings(500), theme(), Config())
    assert str(raised.value) == (
        "content/stories/ferry: 500 tellings with some 55,014,750 pairs of sentences, at most 3,000,000 are compared –"
        " split the story, leave tellings out with `draft: true`, or raise compare.sentence_pairs (it may take hours)"
    )


def test_the_limit_of_a_story_can_be_raised() -> None:
    """The limit is the editor's: a smaller one refuses more, 0 nothing at all, and what is printed is the same."""
    two = _tellings(2, "The ferry ran. It rained.")
    with pytest.raises(SourceError, match="2 tellings with some 9 pairs of sentences, at most 8 are compared"):
        build(two, theme(), Config(sentence_pairs=8))
    assert build(two, theme(), Config(sentence_pairs=0)).files == build(two, theme(), Config(sentence_pairs=9)).files


def test_five_hundred_tellings_side_by_side() -> None:
    """Without a comparison there is nothing to limit: all tellings stand in the story."""
    site = build(_tellings(500, "The ferry ran."), theme(), Config(compare_enabled=False, search_enabled=False))
    assert sum(path.startswith("stories/ferry/o") and path.endswith("/index.html") for path in site.files) == 500


def test_the_pairs_that_are_counted() -> None:
    """Sentences are held against those of other tellings, never against their own telling's."""
    three = ["A ran. B ran.", "C ran. D ran. E ran.", "F ran."]
    (found,) = too_much_to_compare(three, "s", 10)
    assert found.message.startswith("3 tellings with some 11 pairs of sentences, at most 10 ")
    assert too_much_to_compare(three, "s", 11) == too_much_to_compare(three, "s", 0) == ()
    assert too_much_to_compare(["A ran. " * 9000], "s", 10) == ()


@given(st.lists(st.text(st.sampled_from("a.!…。”) \n"), min_size=1), min_size=2, max_size=4), st.integers(1, 60))
def test_signs_that_end_sentences_refuse_nothing(texts: list[str], most: int) -> None:
    """Whether a story is refused hangs on its sentences, not on how many signs might end one."""
    counts = [len(_ENDS.findall(text.rstrip())) + 1 for text in texts]
    pairs = sum(one * other for one, other in combinations(counts, 2))
    assert bool(too_much_to_compare(texts, "s", most)) == (pairs > most)


@pytest.mark.parametrize("kind", ["<p>It ran.</p>", "<td>x", "<a href=x>y</a>", "<b>"])
def test_a_saved_page_of_a_hundred_thousand_elements(kind: str) -> None:
    """A page with more elements than any article has is refused before the article is looked for in it."""
    found = seeds.read("seeds/a.html", f"<html><body><article>{kind * 100_000}</article></body></html>".encode())
    assert [error.message for error in found.errors] == [
        "some 100,003 elements – a saved page with at most 50,000 is read; save its text as .txt"
    ]


# ---------------------------------------------------------------------------- time


@pytest.fixture
def as_before() -> Iterator[None]:
    """Make sure that no clock is left running."""
    before = signal.getsignal(signal.SIGPROF)
    yield
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) is before


@pytest.mark.usefixtures("as_before")
def test_time_is_measured_on_the_processor() -> None:
    """A block that never ends is ended, though it catches every mistake; one that ends in time is left alone."""

    def spin() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: S112 - what a theme's or a library's code may do
                continue

    with pytest.raises(Exhausted), limited(0.05):
        spin()
    with limited(30):
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    with limited(0):
        assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_only_the_first_thread_has_a_clock() -> None:
    """In the preview's other threads, where no signal arrives, the block runs as it is."""
    ran = []

    def work() -> None:
        with limited(5):
            ran.append(signal.getitimer(signal.ITIMER_PROF))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ran == [(0.0, 0.0)]


HOOK = "def after_ingest(article):\n    while article.story == 'ferry':\n        pass\n    return article\n"
LOOP = "{% extends 'default/story.html' %}{% block content %}{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}{% endblock %}"  # noqa: E501
SAID = "content/stories/ferry: telling this story took more than 2 s of the processor, and was given up – split it"


@pytest.mark.parametrize("place", ["hooks.py", "themes/mine/templates/story.html"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_story_that_never_ends(tmp_path: Path, place: str, jobs: str) -> None:
    """A hook or a theme that loops stops the build with the story's name; the old site stays; the rest can be built."""
    if jobs == "2" and place != "hooks.py":
        pytest.skip("once is enough")
    for name, data in _tellings(1).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    other = tmp_path / "content/stories/bridge"
    other.mkdir()
    (other / "a.md").write_bytes(data)
    (tmp_path / "ssg.yml").write_text(f"{CONFIG}build: {{engine: processes, jobs: {jobs}}}\n")
    assert ssg(tmp_path, "build").exit_code == 0  # without a limit: programs are made of the templates, once
    (tmp_path / "ssg.yml").write_text(f"{CONFIG}build: {{engine: processes, jobs: {jobs}, story_seconds: 2}}\n")
    before = tree(tmp_path / "site")
    if place == "hooks.py":
        (tmp_path / place).write_text(HOOK, encoding="utf-8")
    else:
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / "themes/mine/theme.yml").write_text("extends: default\n", encoding="utf-8")
        (tmp_path / "ssg.yml").write_text("theme: mine\nbuild: {jobs: 1, story_seconds: 2}\n", encoding="utf-8")
        (tmp_path / place).write_text(LOOP, encoding="utf-8")
    result = ssg(tmp_path, "build")
    assert result.exit_code == 1
    assert SAID in result.stderr
    assert tree(tmp_path / "site") == before
    if place == "hooks.py":
        kept = ssg(tmp_path, "build", "-k")
        assert kept.exit_code == 1
        assert SAID in kept.stderr
        site = tree(tmp_path / "site")
        assert "stories/bridge/index.html" in site
        assert not [name for name in site if name.startswith("stories/ferry")]
