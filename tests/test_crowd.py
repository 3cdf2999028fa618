"""Stories of many tellings: what is said in letters, and what has a page of its own."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from generator.site.account import PassageView
from generator.site.crowd import SHOWN_WORDINGS, SPARED, WORDINGS_AT_ALL, shown_wordings
from generator.site.letters import SILENT, Run, runs
from tests import demosite
from tests.documents import documents

STORY = "stories/long/index.html"
STATES = st.sampled_from(["base", "same", "on", "differs", "silent"])


def test_tellings_that_stand_alike_are_one_run() -> None:
    """Neighbours in the same state share a mark; silence keeps its place; all letters are as wide as the widest."""
    found = runs((("A", "base"), ("B", "on"), ("C", "on"), ("D", "silent"), ("AA", "differs")))
    assert found == (Run("base", "A "), Run("on", "B  C "), Run("silent", "· "), Run("differs", "AA"))


@given(st.lists(STATES, min_size=1, max_size=60))
def test_every_telling_keeps_its_place(states: list[str]) -> None:
    """However they stand, the letters of a row, read as one line, stand at the same places."""
    sigla = [chr(65 + at) if at < 26 else f"A{chr(65 + at - 26)}" for at in range(len(states))]
    line = " ".join(run.text for run in runs(list(zip(sigla, states, strict=True))))  # type: ignore[arg-type]
    width = len(sigla[-1]) + 1
    for at, (sigil, state) in enumerate(zip(sigla, states, strict=True)):
        assert line[at * width : at * width + width].strip() == (SILENT if state == "silent" else sigil)


def test_all_wordings_have_a_page() -> None:
    """A passage of many wordings shows the first and leads to a page with all; the others show all they have."""
    site = demosite.long_story()
    links = re.findall(r'class="all-wordings"><a href="(diff/p\d+/)index.html">(\d+) more', site[STORY].decode())
    assert links
    for folder, rest in links:
        page = site[f"stories/long/{folder}index.html"].decode()
        assert page.count("<li><a") + page.count('<li class="unlike"') >= int(rest) + SHOWN_WORDINGS
        assert "all-wordings" not in page
    shown = [
        text.count("<li") for text in re.findall(r'<ol class="readings">.*?</ol>', site[STORY].decode(), re.DOTALL)
    ]
    assert max(shown) <= SHOWN_WORDINGS + 3


def test_long_accounts_show_fewer_wordings() -> None:
    """The more wordings an account has in all, the fewer of them each passage shows, but never none."""

    def passage(wordings: int) -> PassageView:
        """Return a passage of which nothing but the number of its wordings is looked at."""
        return cast(PassageView, SimpleNamespace(wordings=(0,) * wordings))

    shown = [shown_wordings([passage(12)] * passages) for passages in (1, 20, 25, 30, 60, 400)]
    assert shown[0] == SHOWN_WORDINGS
    assert shown == sorted(shown, reverse=True)
    assert shown[-1] == 1
    assert len(set(shown)) > 3
    assert shown_wordings([passage(SHOWN_WORDINGS + SPARED)] * (WORDINGS_AT_ALL // 8)) == SHOWN_WORDINGS


def test_absences_are_told_by_statement() -> None:
    """Of many tellings it is told of each statement who leaves it out, not of each telling what it leaves out."""
    page = documents(demosite.long_story())[STORY]
    matrix = json.loads(demosite.long_story()["stories/long/story.json"])["passages"]
    missing = {f"#{p['id']}": p["left_out_by"] for p in matrix if len(p["articles"]) >= 7 and p["left_out_by"]}
    told = re.findall(
        r'<dt dir="auto"><a href="(#p\d+)">.*?<span class="who">([A-Z ]+)</span>', demosite.long_story()[STORY].decode()
    )
    assert {target: sigla.split() for target, sigla in told} == missing
    assert page.faults == []


def test_many_sources_have_a_page() -> None:
    """Titles, dates and addresses of many tellings are listed on a page of their own, which the story leads to."""
    site = demosite.long_story()
    assert b'class="sources"' not in site[STORY]
    assert b'href="diff/sources/index.html"' in site[STORY]
    page = site["stories/long/diff/sources/index.html"].decode()
    assert len(re.findall(r'<b class="siglum">', page)) == 14
    assert 'href="../../paper-03/index.html"' in page


def test_all_pairs_have_a_page() -> None:
    """Of more than twelve tellings the grid has its own page, where every pair with a page is led to."""
    site = demosite.long_story()
    page = documents(site)["stories/long/diff/index.html"]
    assert b"simgrid" not in site[STORY]
    assert b'href="diff/index.html"' in site[STORY]
    pairs = {path for path in site if re.fullmatch(r"stories/long/diff/[^/]+/[^/]+/index\.html", path)}
    led = {a.get("href", "") for tag, a in page.elements if tag == "a"}
    assert {href for href in led if re.fullmatch(r"[^./][^/]*/[^/]+/index\.html", href)} == {
        path.removeprefix("stories/long/diff/") for path in pairs
    }
    assert page.faults == []
