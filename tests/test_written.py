"""An editor's text, read once and kept: the same page as from the text itself."""

from __future__ import annotations

import sqlite3
from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.markdown import calls, headings, html, page_links
from generator.ingest.written import PREFIX, Written, written
from generator.shell.cache import Cache
from generator.shell.comparisons import Comparisons
from generator.shell.lock import FILE
from generator.shell.records import frozen, thawed
from generator.shell.single import Single

if TYPE_CHECKING:
    from pathlib import Path

PARTS = (
    "## A part\n\n",
    "[one](one.md) and ![two](two.png) ",
    "[a&b](a&b.md?x=<1>#c) ",
    '[q](x"y.md) ',
    "[out](https://a.example/) [part](#a-part) ",
    "\0 \n\n",
    "\n\n{{ passage ferry p1 }}\n\n",
    "{{ passage ferry p1 }} ",
    "```\n{{ passage ferry p1 }}\n```\n\n",
    "\n\n| a | b |\n|:--|--:|\n| [c](d.md) | e |\n\n",
    "- item\n",
    "> said\n\n",
)
QUOTED = "<table><tr><td>“It sails”</td></tr></table><pre><code>x</code></pre>"


@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join))
def test_what_was_read_makes_the_same_page(text: str) -> None:
    """Whatever links lead to and shortcodes print, the page is that which the whole parser makes of the text."""

    def address(href: str) -> str:
        return f"../{href}&\"<'>"

    def quote(inside: str) -> str:
        return f"{QUOTED}{escape(inside)}"

    read: Written = thawed(Written, frozen(written(text)))
    assert read == written(text)
    assert read.html(address, quote) == html(text, PREFIX, address, quote)
    assert (read.headings, read.links, read.calls) == (headings(text, PREFIX), page_links(text), calls(text))


def test_a_text_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next build knows a text that it has read before, and reads one that it has not."""
    text = "## A part\n\n[one](one.md)\n"
    _build(tmp_path, text)
    read = []
    monkeypatch.setattr("generator.shell.single.written", lambda markdown: read.append(markdown) or written(markdown))
    assert _build(tmp_path, text) == written(text)
    assert not read
    assert _build(tmp_path, f"{text}\nMore.\n") == written(f"{text}\nMore.\n")
    assert _build(tmp_path, text, anew=True) == written(text)
    assert read == [f"{text}\nMore.\n", text]


@pytest.mark.parametrize("value", [b"", b"[]", b'[["<p>"],[],[],[["x",true,1]],[]]', b"x" * 100])
def test_what_cannot_be_read_is_made_again(tmp_path: Path, value: bytes) -> None:
    """A record that is damaged, or none of ours, is as if it were not there."""
    _build(tmp_path, "Text.\n")
    base = sqlite3.connect(tmp_path / FILE)
    with base:
        base.execute("UPDATE made SET value = ?", (value,))
    base.close()
    assert _build(tmp_path, "Text.\n") == written("Text.\n")


def _build(root: Path, text: str, *, anew: bool = False) -> Written:
    """Read a text as a build does."""
    (root / ".ssg").mkdir(exist_ok=True)
    with Cache(root) as cache:
        read = Single(cache, Comparisons(root, "", anew).compare, anew).hands.read(text)
        cache.finish({})
    return read
