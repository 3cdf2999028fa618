"""The preview: what it answers, when it builds, how it tells open pages, and how it ends."""

from __future__ import annotations

import http.client
import importlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from generator.errors import OutputError, Problem
from generator.ingest import seeds as captures
from generator.ingest.seeds import Capture
from generator.ingest.shelves import Shelf
from generator.model import Config
from generator.pipeline import Compared, build
from generator.shell import disk, on_demand, rereading, retelling
from generator.shell import serve as room
from generator.shell import workshop as bench_room
from generator.shell.answers import Answer, Shown, answer, is_allowed_host, relaxed, span_of, type_of
from generator.shell.http import Board, Server
from generator.shell.overlay import overlay
from generator.shell.project import load
from generator.shell.serve import Options
from generator.shell.workshop import Workshop, base_of
from generator.site.hands import Compare
from generator.site.render import Show
from generator.teller import Desk, Tell, Told, teller
from tests.projects import EXAMPLES, copied, project_of, ssg, tree
from tests.waiting import LIMIT, until

PAGE = b"<!doctype html><html><head><title>x</title></head><body><main>x</main></body></html>"
FILES = {
    "index.html": PAGE,
    "404.html": PAGE.replace(b">x<", b">gone<"),
    "a/index.html": PAGE,
    "about.html": PAGE,
    "static/style.css": b"0123456789",
    "caf\u00e9 & co/index.html": PAGE,
}


def got(target: str, shown: Shown | None = None, **asked: str) -> Answer:
    """Return what a request is answered with."""
    return answer(shown or Shown(FILES), "v1", target, {name.replace("_", "-"): value for name, value in asked.items()})


# ---------------------------------------------------------------------------- answers


@pytest.mark.parametrize(
    ("target", "status", "location"),
    [
        ("/", 200, None),
        ("/index.html", 200, None),
        ("/a/", 200, None),
        ("/a", 301, "/a/"),
        ("/a?x=1", 301, "/a/?x=1"),
        ("/about", 200, None),
        ("/caf%C3%A9%20%26%20co", 301, "/caf%C3%A9%20%26%20co/"),
        ("/caf%C3%A9%20%26%20co/", 200, None),
        ("/static/style.css?v=3", 200, None),
        ("/static/", 404, None),
        ("/a//", 404, None),
        ("//evil.example/a", 301, "/a/"),
        ("/A/", 404, None),
        ("/nothing", 404, None),
        ("/../ssg.yml", 404, None),
        ("/a/../../ssg.yml", 404, None),
        ("/%2e%2e/ssg.yml", 404, None),
        ("/..%2fssg.yml", 404, None),
        ("/%5c..%5cssg.yml", 404, None),
        ("/%00", 404, None),
        ("/%ff", 404, None),
        ("http://[broken/", 404, None),
        ("*", 404, None),
    ],
)
def test_addresses(target: str, status: int, location: str | None) -> None:
    """Addresses lead where GitHub Pages would lead them, and nowhere outside the site."""
    found = got(target)
    assert (found.status, found.headers.get("Location")) == (status, location)
    if status == 404:
        assert b"gone" in found.body


@pytest.mark.parametrize(
    ("target", "status", "location"),
    [
        ("/", 301, "/my%20repo/"),
        ("/my%20repo", 301, "/my%20repo/"),
        ("/my%20repo/", 200, None),
        ("/my%20repo/a", 301, "/my%20repo/a/"),
        ("/my%20repo/a/", 200, None),
        ("/a/", 404, None),
        ("/my%20repository/", 404, None),
    ],
)
def test_addresses_below_a_path(target: str, status: int, location: str | None) -> None:
    """A site whose base_url has a path is served below that path."""
    found = got(target, Shown(FILES, "/my repo/"))
    assert (found.status, found.headers.get("Location")) == (status, location)


@pytest.mark.parametrize(
    ("base", "style"), [("/", b"/static/style.css"), ("/my repo/", b"/my%20repo/static/style.css")]
)
def test_what_is_not_found_has_its_style_at_any_depth(base: str, style: bytes) -> None:
    """The links of the page for what is not found lead to the site, however deep the address is that is asked for."""
    head = b'<link href="static/style.css"></head><a href="#main">'
    found = got(f"{base}a/b/c/", Shown({"404.html": PAGE.replace(b"</head>", head)}, base))
    assert found.status == 404
    assert b'<link href="%s">' % style in found.body
    assert b'<a href="#main">' in found.body


def test_base() -> None:
    """The path of base_url is where the site lies; without one it lies at the root."""
    assert base_of(Config()) == "/"
    assert base_of(Config(base_url="https://x.example/")) == "/"
    assert base_of(Config(base_url="https://x.example/town/my%20repo/")) == "/town/my repo/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bytes=0-3", (0, 4)),
        ("bytes=4-", (4, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)),
        ("bytes=8-99", (8, 10)),
        ("bytes=10-", (10, 10)),
        ("bytes=-0", (10, 10)),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
        ("bytes=" + "9" * 5000 + "-", None),
        ("", None),
    ],
)
def test_spans(text: str, expected: tuple[int, int] | None) -> None:
    """One range of bytes is understood; anything else means the whole file."""
    assert span_of(text, 10) == expected


def test_parts_of_a_file() -> None:
    """A range is answered with the part and its place, one beyond the end is refused."""
    part = got("/static/style.css", range="bytes=2-4")
    assert (part.status, part.body, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert part.headers["Content-Length"] == "3"
    beyond = got("/static/style.css", range="bytes=10-")
    assert (beyond.status, beyond.body, beyond.headers["Content-Range"]) == (416, b"", "bytes */10")
    assert got("/static/style.css", range="bytes=2-4", if_range='"old"').status == 200
    assert got("/static/style.css", range="bytes=2-4", if_range=part.headers["ETag"]).status == 206


def test_what_the_visitor_has_is_not_sent_again() -> None:
    """The tag of a file answers a second request, until the file or what is laid over it changes."""
    tag = got("/a/").headers["ETag"]
    for said in (tag, f'"x", W/{tag}', "*"):
        again = got("/a/", if_none_match=said)
        assert (again.status, again.body) == (304, b"")
    assert got("/a/", if_none_match='"x"').status == 200
    assert got("/a/", Shown(FILES, overlay=b"<aside></aside>"), if_none_match=tag).status == 200


def test_types() -> None:
    """Media types are told by the file's ending, text with its encoding."""
    assert type_of("static/style.css") == "text/css; charset=utf-8"
    assert type_of("feed.XML") == "application/xml; charset=utf-8"
    assert type_of("static/icon.svg") == "image/svg+xml"
    assert type_of("CNAME") == "application/octet-stream"


def test_the_script_comes_first() -> None:
    """The preview's script stands before any other in the head, and what is wrong before the body's end."""
    html = b"<html><HEAD lang='x'><script src='page.js'></script></head><body><header>x</header></body></html>"
    body = got("/", Shown({"index.html": html}, overlay=b"<aside>!</aside>")).body.decode()
    script = '<script src="/_ssg/reload.js?v=v1" defer></script>'
    assert body.startswith(f"<html><HEAD lang='x'>{script}<script src='page.js'>")
    assert body.endswith("</header><aside>!</aside></body></html>")
    assert got("/", Shown({"index.html": b"x"})).body.decode() == f"x{script}"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("default-src 'self'", "default-src 'self'"),
        (
            "default-src 'none'; style-src 'self'",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'",
        ),
        (
            "script-src 'none'; connect-src https://x.example",
            "script-src 'self'; connect-src https://x.example 'self'",
        ),
        ("default-src *", "default-src *"),
        ("", ""),
    ],
)
def test_policies_let_the_preview_in(policy: str, expected: str) -> None:
    """A page's policy is widened by 'self', where it must be, and nowhere else."""
    assert relaxed(policy) == expected
    page = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}"></head>'.encode()
    assert f'content="{expected}"' in got("/", Shown({"index.html": page})).body.decode()


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8000",
        "LOCALHOST.",
        "a.localhost:1",
        "127.0.0.1:8000",
        "[::1]:80",
        "10.1.2.3",
        "box.lan:1",
    ],
)
def test_hosts_that_are_answered(host: str) -> None:
    """This machine's names and addresses, and the name it was started with, are answered to."""
    assert is_allowed_host(host, "Box.lan")


@pytest.mark.parametrize(
    "host",
    [None, "", ":80", "evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "box", "[::1", "[x]", "xlocalhost"],
)
def test_hosts_that_are_refused(host: str | None) -> None:
    """Any other name may be a foreign page's, and is refused."""
    assert not is_allowed_host(host, "box.lan")
    assert not is_allowed_host(host, "")


# ---------------------------------------------------------------------------- overlay


def test_an_overlay_shows_place_and_lines() -> None:
    """A problem is told with the lines around it, the line marked and the column pointed at, all of it escaped."""
    text = "".join(f"line {number} <b>\n" for number in range(1, 12))
    html = overlay(
        [Problem("seeds/<x>.txt", 10, 6, "<script>bad</script>")], {"seeds/<x>.txt": text}.get, has_site=True
    )
    said = html.decode()
    assert "1 problem keeps" in said
    assert "the last site that could be built" in said
    assert '<code class="ssg-place">seeds/&lt;x&gt;.txt:10:6</code> &lt;script&gt;bad&lt;/script&gt;' in said
    assert said[said.index("<pre>") + 5 : said.index("</pre>")].split("\n") == [
        "   7 | line 7 &lt;b&gt;",
        "   8 | line 8 &lt;b&gt;",
        "   9 | line 9 &lt;b&gt;",
        "<mark>> 10 | line 10 &lt;b&gt;</mark>",
        "     |      ^",
        "  11 | line 11 &lt;b&gt;",
    ]


def test_an_overlay_without_lines() -> None:
    """Where there is no line, no text, or a line that the file no longer has, the message stands alone."""
    assert overlay([], {}.get, has_site=True) == b""
    for found in (Problem("a", 0, 0, "x"), Problem("b", 3, 0, "x")):
        assert b"<pre>" not in overlay([found], {"a": "text"}.get, has_site=False)
    assert b"<mark>" not in overlay([Problem("a", 9, 9, "x")], {"a": "text"}.get, has_site=False)


def test_an_overlay_is_no_longer_than_it_must_be() -> None:
    """Very many problems are counted, a very long line is cut."""
    many = [Problem("a", number, 500, "x") for number in range(1, 200)]
    html = overlay(many, {"a": "x" * 100_000}.get, has_site=False).decode()
    assert "149 more are told in the terminal" in html
    assert len(html) < 50_000


# ---------------------------------------------------------------------------- news


def told(board: Board, version: str) -> dict[str, object]:
    """Return what a page of *version* is told first."""
    return json.loads(next(board.news(version)))


def test_news_name_what_changed_since() -> None:
    """A page is told what has changed since its own version, whatever happened between; an unknown one, nothing."""
    board = Board()
    shown = [Shown({"a.css": b"1", "b c.html": b"1"}), Shown({"a.css": b"2", "b c.html": b"1"}), Shown({"a.css": b"2"})]
    shown = [Shown(one.files, "/repo/") for one in shown]
    assert [board.show(one) for one in shown] == [2, 1, 1]
    assert board.show(shown[-1]) == 0
    versions = [one.version for one in shown]
    assert len(set(versions)) == 3
    assert told(board, versions[0]) == {"version": versions[2], "changed": ["/repo/a.css", "/repo/b%20c.html"]}
    assert told(board, versions[1]) == {"version": versions[2], "changed": ["/repo/b%20c.html"]}
    assert told(board, versions[2]) == {"version": versions[2], "changed": []}
    assert told(board, "other") == {"version": versions[2], "changed": None}
    board.show(shown[0])
    assert told(board, versions[0]) == {"version": versions[0], "changed": []}


def test_news_come_and_end() -> None:
    """A stream tells each change once, and ends when the board is closed."""
    board, heard = Board(), []
    board.show(Shown({"a": b"1"}))
    thread = threading.Thread(target=lambda: heard.extend(board.news("x")))
    thread.start()
    assert until(lambda: board.now[1])
    for number in range(2, 5):
        board.show(Shown({"a": b"%d" % number}))
    board.close()
    thread.join(LIMIT)
    assert not thread.is_alive()
    assert list(board.news("x")) == []


# ---------------------------------------------------------------------------- building


class Bench:
    """A workshop on an example, with what it says and shows."""

    def __init__(self, root: Path) -> None:
        self.root, self.said, self.again, self.board = root, [], [], Board()
        self.workshop = Workshop(root, False, self.board, lambda: self.again.append(1), self.said.append)

    def refresh(self) -> list[str]:
        """Refresh, and try what nobody has asked for; return what is said."""
        self.said.clear()
        self.workshop.refresh()
        self.workshop.prove(lambda: True)
        return list(self.said)

    @property
    def shown(self) -> Shown:
        """Return what is shown."""
        return self.board.now[0]

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace something in a file."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Return a workshop on the harbour example."""
    return Bench(copied(EXAMPLES / "harbour" / "before", tmp_path / "harbour"))


COURIER = "seeds/bridge/courier.txt"
ARTICLE = "content/stories/bridge/courier.md"


def test_what_is_shown_is_what_is_built(bench: Bench) -> None:
    """The preview serves the bytes that `ssg build` writes; content files are written, the site is not."""
    bench.refresh()
    assert (bench.root / ARTICLE).exists()
    assert not (bench.root / "site").exists()
    ssg(bench.root, "build")
    assert dict(bench.shown.files) == tree(bench.root / "site")
    assert bench.shown.base == "/town/"


EDITS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (("seeds/bridge/radio.txt", "4.5 million", "4.7 million"),),
    (("seeds/bridge/radio.yml", "Harbour Radio", "Radio Harbour"), ("seeds/bridge/radio.txt", "4.7", "4.6")),
    (("seeds/bridge/post.txt", "", "Lorries may not cross the harbour bridge, the post says. It is closed.\n"),),
    (
        ("content/stories/bridge/courier.md", "four of its", "five of its"),
        ("content/about.md", "", "---\ntitle: Who we are\n---\n\nSee [the story](stories/bridge/_index.md).\n"),
    ),
    (("content/_index.md", "title: One", "title: Another"), ("content/about.md", "title: Who", "title: What")),
    (
        ("ssg.yml", "title:", "theme: mine\ntitle:"),
        ("themes/mine/templates/telling.html", "", "{{ telling.title }} in {{ site.title }}.\n"),
        ("themes/mine/static/extra.css", "", "p { color: red }\n"),
        ("hooks.py", "", "def after_build(paths):\n    return {'count.txt': str(len(paths)).encode()}\n"),
    ),
    (
        ("content/stories/bridge/courier.md", "outlet:", "outlet: The Other Paper #"),
        ("content/stories/school/one.md", "", "---\ntitle: School\n---\n\nThe school is open. It is new.\n"),
    ),
)


def test_edit_after_edit_is_shown_as_it_is_built(bench: Bench) -> None:
    """Whatever is edited, what is shown is what a build from nothing writes, though little of it is made anew."""
    (bench.root / "themes" / "mine").mkdir(parents=True)
    (bench.root / "themes" / "mine" / "theme.yml").write_text("name: mine\nextends: default\n", encoding="utf-8")
    bench.workshop.refresh()
    for edits in EDITS:
        for name, old, new in edits:
            if old:
                bench.edit(name, old, new)
            else:
                (bench.root / name).parent.mkdir(parents=True, exist_ok=True)
                (bench.root / name).write_text(new, encoding="utf-8")
        version = bench.board.now[1]
        bench.workshop.refresh()
        assert bench.board.now[1] != version, edits
        project = load(bench.root)
        expected = build(project.sources, project.theme, project.config, hooks=project.hooks).files
        assert bench.shown.files.keys() == expected.keys(), edits
        assert [path for path in expected if bench.shown.files[path] != expected[path]] == [], edits


@pytest.mark.parametrize(
    ("edits", "is_told"),
    [
        ([("content/stories/bridge/courier.md", "four of its", "five of its")], True),
        ([("content/_index.md", "title: One", "title: Another")], True),
        ([(COURIER, "four of its", "five of its")], True),
        ([("seeds/bridge/radio.yml", "Harbour Radio", "Radio Harbour")], True),
        ([("seeds/bridge/radio.yml", "outlet:", "outlets:")], False),
        ([("seeds/bridge/radio.yml", "rights:", "story: other\nrights:")], False),
        ([("seeds/bridge/east-bank-blog.md", "Our bridge, cracked", "Bridge 'cracked")], True),
        ([(COURIER, "four of its", "five of its"), (ARTICLE, "four of its", "five of its")], False),
        ([("content/_index.md", "title: One", "titel: One")], False),
        ([("content/stories/bridge/courier.md", "outlet:", "outlets:")], False),
        ([("content/stories/bridge/courier.md", "story: bridge", "story: other")], False),
        (
            [("content/stories/bridge/courier.md", "four of its", "five of its"), ("ssg.yml", "title:", "title: A")],
            False,
        ),
    ],
)
def test_open_pages_hear_of_an_edit_before_all_is_looked_at(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, edits: list[tuple[str, str, str]], *, is_told: bool
) -> None:
    """News of an edit of a few texts that are well come first; what is shown then bears their version."""
    bench.refresh()
    bench.refresh()  # sees the content files that the first one has written
    for name, old, new in edits:
        bench.edit(name, old, new)
    told: list[str] = []
    announce, truly = bench.board.announce, bench_room.compared

    def compared(*arguments: Any, **named: Any) -> Compared:
        told.append("compared")
        return truly(*arguments, **named)

    monkeypatch.setattr(
        bench.board, "announce", lambda version, other: (told.append(version), announce(version, other))
    )
    monkeypatch.setattr(bench_room, "compared", compared)
    bench.workshop.refresh({name for name, _, _ in edits})
    assert (told[0] != "compared") == is_told
    if is_told:
        assert told[0] == bench.board.now[1]


def test_seeds_are_read_again_only_where_they_have_changed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of one capture has that one read; one that is gone is kept in mind no longer."""
    bench.refresh()
    bench.refresh()
    read: list[str] = []
    truly = captures.read

    def noted(path: str, *given: Any, **named: Any) -> Capture:
        read.append(path)
        return truly(path, *given, **named)

    monkeypatch.setattr(captures, "read", noted)
    bench.edit(COURIER, "four of its", "five of its")
    assert bench.refresh()[0] == f"content: {ARTICLE} written"
    assert read == [COURIER]
    (bench.root / COURIER).unlink()
    bench.refresh()
    assert read == [COURIER]
    assert not any(name == COURIER for name, _ in bench.workshop._recall._known)


def test_an_editors_page_is_shown_before_all_lists_are_made(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page that somebody looks at is made alone, and is the one that a build writes; what it changes is known."""
    (bench.root / "content" / "about.md").write_text("---\ntitle: Who\n---\n\nWe.\n", encoding="utf-8")
    bench.workshop.refresh()
    made: list[bytes] = []
    with monkeypatch.context() as patched:
        patched.setattr(on_demand, "sitewide_pages", None)  # asking for all of them would raise
        made += (bench.shown.files["about/index.html"], bench.shown.files["outlets/index.html"])
    files = bench.shown.files
    assert isinstance(files, on_demand.OnDemand)
    assert {"about/index.html", "outlets/index.html"} <= files.known
    assert "no-such/index.html" not in files
    project = load(bench.root)
    expected = build(project.sources, project.theme, project.config).files
    assert made == [expected["about/index.html"], expected["outlets/index.html"]]
    assert made == [files["about/index.html"], files["outlets/index.html"]]


def test_git_at_work_is_waited_for(bench: Bench) -> None:
    """While git changes files nothing is built; then all that it has changed is, whatever has been told of first."""
    bench.refresh()
    lock = bench.root / ".git" / "index.lock"
    lock.parent.mkdir()
    lock.touch()
    bench.edit("content/_index.md", "title: One", "title: Another")

    def is_still(_: float) -> bool:
        if not (bench.root / "content" / "about.md").exists():
            (bench.root / "content" / "about.md").write_text("---\ntitle: Who\n---\n\nWe.\n", encoding="utf-8")
            return False
        lock.unlink()
        return True

    bench.workshop._is_still = is_still
    bench.workshop.refresh({"content/_index.md"})
    assert "about/index.html" in bench.shown.files
    assert not lock.exists()


def test_an_edit_that_nobody_told_of(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changed without the system telling of it is found when nothing else is to be done."""
    monkeypatch.setattr(rereading, "is_settled", lambda *_: True)  # however quick this machine is
    bench.refresh()
    bench.refresh()
    bench.edit("content/_index.md", "title: One", "title: Another")
    bench.workshop.refresh({ARTICLE})
    bench.workshop.prove(lambda: True)
    assert bench.again == [1]
    assert bench.refresh()[-1].startswith("built ")


def test_a_page_that_cannot_be_rendered(bench: Bench) -> None:
    """A mistake that only one page shows is laid over it when somebody opens it, and goes when it is mended."""
    theme = bench.root / "themes" / "mine" / "templates"
    theme.mkdir(parents=True)
    (theme.parent / "theme.yml").write_text("name: mine\nextends: default\n", encoding="utf-8")
    bench.edit("ssg.yml", "title:", "theme: mine\ntitle:")
    (theme / "telling.html").write_text("{{ 1 / 0 }}", encoding="utf-8")
    bench.workshop.refresh()
    assert b"bridge" in answer(bench.shown, "v", "/town/stories/bridge/", {}).body
    with (
        Server("127.0.0.1", 0, bench.board, lambda: None, bench.workshop.broken) as server,
        server.running(),
        closing(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=LIMIT)) as connection,
    ):
        connection.request("GET", "/town/stories/bridge/courier/")
        response = connection.getresponse()
        assert (response.status, b"templates/telling.html:1" in response.read()) == (500, True)
    assert bench.said[-2:] == [
        "themes/mine/templates/telling.html:1: ZeroDivisionError: division by zero (page /stories/bridge/courier/)",
        "not built; waiting for the next change",
    ]
    (theme / "telling.html").unlink()
    assert bench.refresh()[-1].startswith("built ")
    assert not bench.shown.overlay


def test_our_own_writes_ask_for_nothing(bench: Bench) -> None:
    """After the content files are written, sources that say the same are not built again."""
    assert any("courier.md written" in line for line in bench.refresh())
    assert bench.refresh() == []
    (bench.root / COURIER).touch()
    (bench.root / COURIER).chmod(0o600)
    (bench.root / "seeds/bridge/courier.txt~").write_text("x", encoding="utf-8")
    (bench.root / "content/4913").write_text("x", encoding="utf-8")
    assert bench.refresh() == []


def test_an_edit_changes_what_it_must(bench: Bench) -> None:
    """A changed capture reaches its article, and its pages; new and deleted files come and go."""
    bench.refresh()
    bench.edit(COURIER, "four of its", "five of its")
    assert f"content: {ARTICLE} written" in bench.refresh()
    assert b"five of its" in bench.shown.files["stories/bridge/courier/index.html"]
    (bench.root / "content/notes.md").write_text("---\ntitle: Notes\n---\n\nHello.\n", encoding="utf-8")
    bench.refresh()
    assert "notes/index.html" in bench.shown.files
    (bench.root / "content/notes.md").unlink()
    bench.refresh()
    assert "notes/index.html" not in bench.shown.files


def test_problems_are_laid_over_the_last_site(bench: Bench) -> None:
    """While the sources are broken the last site stays, with the problem and its lines over it, told once."""
    bench.refresh()
    good = bench.shown
    bench.edit("content/_index.md", "title: One", "titel: One")
    said = bench.refresh()
    assert said[0].startswith("content/_index.md:2")
    assert said[-1] == "not built; waiting for the next change"
    assert bench.shown.files == good.files
    assert b"titel: One town" in bench.shown.overlay
    assert bench.refresh() == []
    bench.edit("content/_index.md", "titel: One", "title: One")
    bench.refresh()
    assert bench.shown == good


def test_problems_without_a_site(bench: Bench) -> None:
    """Where no site could be built yet, every address answers with the problems and status 500."""
    (bench.root / "ssg.yml").write_text("titel: x\n", encoding="utf-8")
    bench.refresh()
    found = answer(bench.shown, "v1", "/anything", {})
    assert found.status == 500
    assert b"titel: unknown key" in found.body
    assert b"/_ssg/reload.js" in found.body
    (bench.root / "ssg.yml").write_text("title: x\n", encoding="utf-8")
    bench.refresh()
    assert answer(bench.shown, "v1", "/", {}).status == 200


@pytest.mark.parametrize("template", ["{% if %}", "{{ nothing.at.all }}", "{{ 1 / 0 }}"])
def test_a_broken_template_is_survived(bench: Bench, template: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever a theme's author does, the preview lives on, and is right again when they mend it."""
    bench.refresh()
    good = bench.shown.files
    folder = bench.root / "themes" / "mine"
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yml").write_text("name: mine\nextends: default\n", encoding="utf-8")
    (folder / "templates" / "404.html").write_text(f"one\n{template}\n", encoding="utf-8")
    bench.edit("ssg.yml", "title:", "theme: mine\ntitle:")
    assert bench.refresh()[-1] == "not built; waiting for the next change"
    assert bench.shown.overlay
    assert bench.shown.files == good
    (folder / "templates" / "404.html").unlink()
    bench.refresh()
    assert not bench.shown.overlay
    assert bench.shown.files.keys() == good.keys()
    capfd.readouterr()


def test_an_editor_who_saves_meanwhile_wins(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A content file saved between the reading and the writing is not overwritten; another build is asked for."""
    bench.refresh()
    article = bench.root / ARTICLE
    bench.edit(COURIER, "four of its", "five of its")
    truly_compared = bench_room.compared

    def compared(*arguments: object, **named: object) -> object:
        site = truly_compared(*arguments, **named)
        article.write_text(article.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
        return site

    monkeypatch.setattr(bench_room, "compared", compared)
    bench.refresh()
    assert bench.again == [1]
    monkeypatch.undo()
    bench.refresh()
    assert article.read_text(encoding="utf-8").endswith("\nMine.\n")
    assert b"Mine." in bench.shown.files["stories/bridge/courier/index.html"]


def noting(compared: list[str]) -> Callable[..., Tell]:
    """Return what tells stories, and takes note of each."""

    def tells(desk: Desk, show: Show, compare: Compare | None) -> Tell:
        tell = teller(desk, show, compare)

        def told(shelf: Shelf) -> Told:
            compared.append(shelf.story)
            return tell(shelf)

        return told

    return tells


def test_only_the_edited_story_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit to one story compares that one again, and no other; nothing but the last build's is kept."""
    for story in ("bridge", "school"):
        for outlet in ("one", "two"):
            path = tmp_path / "seeds" / story / f"{outlet}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"The {story} is closed, says paper {outlet}. It opens in May.", encoding="utf-8")
    compared: list[str] = []

    monkeypatch.setattr(retelling, "patient", noting(compared))
    bench = Bench(tmp_path)
    bench.refresh()
    assert compared == ["bridge", "school"]
    bench.edit("seeds/school/one.txt", "May", "June")
    bench.refresh()
    assert compared == ["bridge", "school", "school"]
    assert [len(known.told) for known in bench.workshop._comparison._known] == [2]
    bench.edit("content/stories/bridge/one.md", "May", "June")
    bench.refresh()
    assert compared[3:] == ["bridge"]


NAMES = ("bridge", "ferry", "school")


def many(root: Path) -> Path:
    """Write three stories, which are to be too many to be compared at once; return their folder."""
    for story in NAMES:
        for outlet in ("one", "two"):
            path = root / "content" / "stories" / story / f"{outlet}.md"
            path.parent.mkdir(parents=True) if outlet == "one" else None
            text = f"The {story} is closed, says paper {outlet}. It opens in May, and {len(story)} people wait."
            path.write_text(f"---\ntitle: The {story}\noutlet: {outlet}.example\n---\n\n{text}\n", encoding="utf-8")
    (root / "content/stories/ferry/_index.md").write_text("---\naliases: [boat]\n---\n", encoding="utf-8")
    return root


def fresh(root: Path) -> dict[str, bytes]:
    """Return the site that a build from nothing makes."""
    project = load(root)
    return dict(build(project.sources, project.theme, project.config, hooks=project.hooks).files)


def test_many_stories_are_compared_behind_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview of many stories is there before they are compared; what is opened is right, and so is all in the end.

    Until then pages say that something is still to be done.
    """
    monkeypatch.setattr(retelling, "_FEW", 0)
    bench, expected = Bench(many(tmp_path)), fresh(tmp_path)
    with closing(bench.workshop):
        monkeypatch.setattr(retelling.Backlog, "ask", lambda *_: None)
        bench.workshop.refresh()
        assert "3 are still to be compared" in bench.said[-1]
        assert b"ssg-note" in answer(bench.shown, "v", "/", {}).body
        assert b"The ferry" in bench.shown.files["index.html"]
        for path in ("boat/index.html", "stories/ferry/diff/one/two/index.html", "embed/school/index.html"):
            assert bench.shown.files[path] == expected[path], path
        for path in ("stories/no/index.html", "stories/ferry/no/index.html", "embed/school/no/index.html"):
            assert path not in bench.shown.files
        monkeypatch.undo()
        (tmp_path / "content" / "about.md").write_text("---\ntitle: About\n---\n\nWe.\n", encoding="utf-8")
        bench.workshop.refresh()  # asks for the others, in a process of their own
        version = bench.board.now[1]
        assert until(lambda: bench.again)
        bench.workshop.refresh()
        assert bench.board.now[1] != version
        assert bench.said[-1].endswith("all are compared now")
        assert dict(bench.shown.files) == fresh(tmp_path)
        assert b"ssg-note" not in answer(bench.shown, "v", "/", {}).body


def test_an_edit_while_others_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit is compared at once though other stories wait, and these are told again only once they are compared."""
    monkeypatch.setattr(retelling.Backlog, "ask", lambda *_: None)
    monkeypatch.setattr(retelling, "_FEW", 0)
    compared: list[str] = []
    monkeypatch.setattr(retelling, "patient", noting(compared))
    bench = Bench(many(tmp_path))
    bench.workshop.refresh()
    monkeypatch.setattr(retelling, "_FEW", 1)
    bench.edit("content/stories/ferry/one.md", "It opens", "They say that it opens")
    bench.workshop.refresh()
    assert compared == ["ferry"]
    assert bench.said[-1].startswith("built 1 of 3 stories anew in ")
    assert "2 are still to be compared" in bench.said[-1]
    path = "stories/ferry/one/index.html"
    assert bench.shown.files[path] == fresh(tmp_path)[path]
    bench.workshop.close()


@pytest.mark.parametrize("who", ["build", "serve"])
def test_what_was_compared_before_is_not_compared_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """A preview takes from the project's cache what a build, or a preview before it, has compared of the same files."""
    many(tmp_path)
    if who == "build":
        ssg(tmp_path, "build", "-j", "1")
    else:
        first = Bench(tmp_path)
        first.workshop.refresh()
        first.workshop.close()
    (tmp_path / "content/stories/school/two.md").write_text("---\ntitle: Other\n---\n\nOther.\n", encoding="utf-8")
    monkeypatch.setattr(retelling, "_FEW", 1)
    compared: list[str] = []
    monkeypatch.setattr(retelling, "patient", noting(compared))
    bench = Bench(tmp_path)
    with closing(bench.workshop):
        bench.workshop.refresh()
        assert compared == ["school"]
        assert dict(bench.shown.files) == fresh(tmp_path)


def test_settings_that_are_being_written(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that empties `ssg.yml` before it writes it does not move the site to another address meanwhile."""
    bench.refresh()
    path, before = bench.root / "ssg.yml", bench.shown.base
    good = path.read_bytes()
    path.write_bytes(b"")
    monkeypatch.setattr(bench_room.time, "sleep", lambda _: path.write_bytes(good))
    assert before != "/"
    assert bench.refresh() == []
    assert bench.shown.base == before


def test_another_ssg_is_waited_for(bench: Bench) -> None:
    """While another ssg builds the project, the preview waits for it instead of failing."""
    with disk.locked(bench.root):
        thread = threading.Thread(target=bench.workshop.refresh)
        thread.start()
        assert not until(lambda: bench.said, 0.3)
    thread.join(LIMIT)
    assert bench.shown.files


def test_only_sources_are_shown_in_frames(bench: Bench, tmp_path: Path) -> None:
    """The lines around a problem come from the project's sources, and from nowhere else."""
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (bench.root / "seeds" / "link.txt").symlink_to(tmp_path / "secret.txt")
    text_of = bench_room.text_finder(bench.root, None)
    assert text_of("ssg.yml")
    assert text_of(COURIER)
    for path in (
        "../secret.txt",
        "seeds/../../secret.txt",
        "seeds/link.txt",
        "seeds",
        "seeds/no.txt",
        "templates/x.html",
    ):
        assert text_of(path) is None, path


# ---------------------------------------------------------------------------- the whole, in a process of its own


class Preview:
    """`ssg serve` in a process of its own."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.root, self.lines = root, []
        command = [sys.executable, "-m", "generator", "-C", str(root), "serve", "--port", "0", *arguments]
        self.process = subprocess.Popen(
            command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))

    @property
    def url(self) -> str:
        """Return the site's address, once it is told."""
        assert until(lambda: re.search(r"serving (\S+)", self.said)), self.said
        return re.findall(r"serving (\S+)", self.said)[0]

    @property
    def said(self) -> str:
        """Return everything told so far."""
        return "\n".join(self.lines)

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask for a path of the server."""
        parts = urlsplit(self.url)
        with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=LIMIT)) as connection:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return response, response.read()

    def page(self, path: str) -> str:
        """Return a page below the site's address."""
        return self.ask(urlsplit(self.url).path + path)[1].decode()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it; return its exit code."""
        self.process.send_signal(how)
        code = self.process.wait(LIMIT)
        self.reader.join(LIMIT)
        return code


@contextmanager
def previewing(root: Path, *arguments: str) -> Iterator[Preview]:
    """Run a preview, and end it in any case."""
    preview = Preview(root, *arguments)
    try:
        yield preview
    finally:
        if preview.process.poll() is None:
            preview.process.kill()
        preview.process.wait(LIMIT)
        preview.reader.join(LIMIT)
        assert preview.process.stderr
        preview.process.stderr.close()


class News:
    """A page's stream of news."""

    def __init__(self, preview: Preview, version: str = "") -> None:
        parts = urlsplit(preview.url)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=LIMIT)
        self.connection.request("GET", f"/_ssg/events?v={version}")
        self.response = self.connection.getresponse()

    def next(self) -> dict[str, object]:
        """Return the next message."""
        while not (line := self.response.readline()).startswith(b"data: "):
            assert line, "the stream has ended"
        return json.loads(line.removeprefix(b"data: "))

    def version(self, wanted: Callable[[object], bool]) -> object:
        """Return the next version that is wanted; a file written in two steps may send a message for each."""
        while not wanted(version := self.next()["version"]):
            pass
        return version

    def close(self) -> None:
        """Hang up."""
        self.response.close()
        self.connection.close()


@pytest.mark.parametrize("poll", [(), ("--poll",)], ids=["told", "polling"])
def test_an_edit_reaches_the_page(tmp_path: Path, poll: tuple[str, ...]) -> None:
    """An edit sends a message to open pages, and the next request gets the new page; so do problems, and their end."""
    root = copied(EXAMPLES / "harbour" / "before", tmp_path)
    with previewing(root, *poll) as preview, closing(News(preview)) as news:
        assert preview.url.endswith("/town/")
        first = news.next()
        assert f'reload.js?v={first["version"]}"' in preview.page("stories/bridge/")
        seed = root / COURIER
        good = seed.read_text(encoding="utf-8")
        (root / "seeds/bridge/.new").write_text(good.replace("four of its", "five of its"), encoding="utf-8")
        (root / "seeds/bridge/.new").replace(seed)
        second = news.version(lambda version: version != first["version"])
        assert "five of its" in preview.page("stories/bridge/courier/")
        seed.write_bytes(b"caf\xe9")
        news.version(lambda version: version not in (first["version"], second))
        assert until(lambda: "seeds/bridge/courier.txt:1" in preview.page("stories/bridge/"))
        assert "ssg-problems" in preview.page("no/such/page/")
        seed.write_text(good, encoding="utf-8")
        assert news.version(lambda version: version == first["version"])
        assert "ssg-problems" not in preview.page("stories/bridge/")
        with closing(News(preview, str(first["version"]))) as late:
            assert late.next() == {"version": first["version"], "changed": []}
        assert preview.stop() == 0
    assert "stopped" in preview.lines[-1]
    assert not (root / "site").exists()


def test_answers_over_a_socket(tmp_path: Path) -> None:
    """Status, type, length and caching are right for GET and HEAD; foreign names and other methods are refused."""
    root = copied(EXAMPLES / "harbour" / "before", tmp_path)
    with previewing(root) as preview:
        page, body = preview.ask("/town/")
        assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert page.headers["Cache-Control"] == "no-store"
        assert int(page.headers["Content-Length"]) == len(body)
        head, nothing = preview.ask("/town/", "HEAD")
        assert (head.status, nothing, head.headers["Content-Length"]) == (200, b"", page.headers["Content-Length"])
        assert preview.ask("/town/", if_none_match=page.headers["ETag"])[0].status == 304
        part, few = preview.ask("/town/stories.json", range="bytes=0-0")
        assert (part.status, few) == (206, b"{")
        assert preview.ask("/town/stories.json", range="bytes=99999999-")[0].status == 416
        assert preview.ask("/town/nothing/")[0].status == 404
        moved = preview.ask("/town/stories")[0]
        assert (moved.status, moved.headers["Location"]) == (301, "/town/stories/")
        assert preview.ask("/town/", "POST")[0].status == 405
        assert preview.ask("/_ssg/overlay.css")[0].headers["Content-Type"].startswith("text/css")
        assert preview.ask("/_ssg/../http.py")[0].status == 404
        for path in ("/town/", "/_ssg/events", "/_ssg/reload.js"):
            assert preview.ask(path, host="evil.example")[0].status == 403
        assert preview.ask("/town/", host="digest.localhost")[0].status == 200


def test_a_torrent_of_edits(tmp_path: Path) -> None:
    """Many saves in a row end in a page that shows the last one, after few builds."""
    root = copied(EXAMPLES / "harbour" / "before", tmp_path)
    with previewing(root) as preview:
        assert preview.url
        for number in range(100):
            (root / "content" / "_index.md").write_text(f"---\ntitle: T\n---\n\nNumber {number}.\n", encoding="utf-8")
        assert until(lambda: "Number 99." in preview.page(""))
        assert preview.stop() == 0
    assert preview.said.count("\nbuilt ") <= 10


def test_a_branch_switch(tmp_path: Path) -> None:
    """Five hundred files that change at once, as a change of branches makes them, are one build."""
    root = copied(EXAMPLES / "harbour" / "before", tmp_path)
    notes = root / "content" / "notes"
    notes.mkdir()
    git = partial(subprocess.run, cwd=root, check=True, capture_output=True)
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    git(["git", "init", "-q", "-b", "main"])
    for branch in ("main", "other"):
        for number in range(500):
            (notes / f"n{number}.md").write_text(f"---\ntitle: N\n---\n\nOn {branch}.\n", encoding="utf-8")
        git(["git", "add", "content", "seeds", "ssg.yml"])
        git(["git", *who, "commit", "-q", "-m", branch])
        git(["git", "checkout", "-q", "-b", "other"]) if branch == "main" else None
    with previewing(root) as preview:
        assert "On other." in preview.page("notes/n499/")
        builds = preview.said.count("built ")
        git(["git", "checkout", "-q", "main"])
        assert until(lambda: "On main." in preview.page("notes/n499/"))
        assert "On main." in preview.page("notes/n0/")
        assert preview.stop() == 0
    assert (preview.said.count("built "), "not built" in preview.said) == (builds + 1, False)


def test_builds_while_serving(tmp_path: Path) -> None:
    """A build beside the preview is done or turned away with a sentence; both have the last edit, nothing is lost."""
    root = copied(EXAMPLES / "harbour" / "before", tmp_path / "p")
    command = [sys.executable, "-m", "generator", "-C", str(root), "build", "-j", "1"]
    with previewing(root) as preview:
        assert preview.url
        seed = root / COURIER
        for number in range(3):
            text = seed.read_text(encoding="utf-8")
            seed.write_text(f"{text}\nIt was the {number + 70}th time, the office said.\n", encoding="utf-8")

            def is_built() -> bool:
                ended = subprocess.run(command, capture_output=True, text=True)
                assert ended.returncode == 0 or "another ssg is building this project" in ended.stderr, ended.stderr
                return ended.returncode == 0

            assert until(is_built)
        assert until(lambda: "72th time" in preview.page("stories/bridge/courier/"))
        assert preview.stop() == 0
    assert "Traceback" not in preview.said
    other = tmp_path / "fresh"
    shutil.copytree(root, other, ignore=shutil.ignore_patterns(".ssg", "site"))
    assert ssg(other, "build").exit_code == 0
    assert tree(root / "site") == tree(other / "site")
    assert tree(root / "content") == tree(other / "content")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end it with exit code 0, whoever is connected; nothing is left behind."""
    root = copied(EXAMPLES / "harbour" / "before", tmp_path / "project")
    (own := tmp_path / "own").mkdir()
    monkeypatch.setenv("TMPDIR", str(own))
    with previewing(root) as preview:
        silent = socket.create_connection((urlsplit(preview.url).hostname, urlsplit(preview.url).port))
        with closing(silent), closing(News(preview)) as news:
            news.next()
            assert preview.stop(how) == 0
    assert "Traceback" not in preview.said
    assert sorted(path.name for path in root.iterdir()) == [".ssg", "content", "seeds", "ssg.yml"]
    assert not [path for path in (root / "content").rglob("*") if path.name.startswith(".")]
    assert list(own.iterdir()) == []


@pytest.mark.parametrize("moment", [0.05, 0.15, 0.3])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_while_its_workers_begin(tmp_path: Path, how: signal.Signals, moment: float) -> None:
    """Ctrl-C goes to every process of a terminal; workers that are just beginning hold nobody up, and say nothing."""
    with previewing(project_of(tmp_path, 40)) as preview:
        assert preview.url
        time.sleep(moment)
        os.killpg(preview.process.pid, how)
        assert preview.process.wait(LIMIT) == 0
        preview.reader.join(LIMIT)
    assert preview.lines[-1] == "stopped"
    assert "Traceback" not in preview.said


def test_it_ends_although_python_loses_what_a_signal_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in a finaliser, where nobody hears what is raised, ends the preview with the build that it came in."""
    said: list[str] = []

    def built(*_: object) -> None:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Workshop, "refresh", built)
    room.serve(copied(EXAMPLES / "harbour" / "before", tmp_path), Options(port=0), said.append)
    assert said == ["stopped"]


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """A port in use is exit code 1 and a sentence with a way out."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        result = ssg(copied(EXAMPLES / "harbour" / "before", tmp_path), "serve", "--port", str(port))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: cannot listen on 127.0.0.1, port {port} (Address already in use) – ")
    assert f"--port {port + 1}" in result.stderr


def test_a_host_that_is_not_ours(tmp_path: Path) -> None:
    """Of a host that is not this machine the port is not to blame."""
    result = ssg(copied(EXAMPLES / "harbour" / "before", tmp_path), "serve", "--host", "no host", "--port", "0")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: cannot listen on no host, port 0 (")
    assert result.stderr.endswith(" – say a --host that is this machine's own, as 127.0.0.1 or 0.0.0.0\n")


def test_no_thread_is_left() -> None:
    """A server that is left has ended all its threads, open streams included."""
    before, board = set(threading.enumerate()), Board()
    with Server("127.0.0.1", 0, board, lambda: None, print) as server, server.running():
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=LIMIT)
        connection.request("GET", "/_ssg/events")
        assert connection.getresponse().status == 200
    connection.close()
    assert before.issuperset(threading.enumerate())


def test_an_open_house_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who listens to more than this machine is told what that means."""
    said: list[str] = []

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(room, "_work", stopped)
    for host in ("127.0.0.1", "0.0.0.0"):  # noqa: S104
        said.clear()
        room.serve(tmp_path, Options(host, 0), said.append)
        assert [line.startswith("warning: on 0.0.0.0 everybody") for line in said] == [True] * (host[0] == "0") + [
            False
        ]
    with pytest.raises(OutputError, match="cannot listen on no such host"):
        room.serve(tmp_path, Options("no such host", 0), said.append)


def test_a_build_does_not_slow_the_help() -> None:
    """`ssg --version` loads none of the preview's rooms."""
    code = "import sys; import generator.shell.cli; print([m for m in sys.modules if 'watchdog' in m or '.serve' in m])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


# ---------------------------------------------------------------------------- in a browser


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Yield a page of a browser."""
    found = browser.new_page(viewport={"width": 900, "height": 300})
    yield found
    found.close()


@pytest.mark.browser
def test_an_open_page_is_brought_up_to_date_in_place(page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Edits of text and style reach an open page without loading it anew: scroll, open folds and state stay.

    Problems lie over it until they are mended. A script that changes loads the page anew, folds kept.
    """
    ssg(tmp_path, "init")
    theme = tmp_path / "themes" / "mine"
    (theme / "static").mkdir(parents=True)
    (theme / "theme.yml").write_text("name: mine\nextends: default\n", encoding="utf-8")
    default = Path(__file__).parent.parent / "themes" / "default" / "static"
    for name in ("style.css", "page.js"):
        shutil.copy(default / name, theme / "static" / name)
    with (tmp_path / "ssg.yml").open("a", encoding="utf-8") as stream:
        stream.write("theme: mine\n")
    seed, style, script = (
        tmp_path / "seeds/mill-bridge/courier.txt",
        theme / "static/style.css",
        theme / "static/page.js",
    )
    type_of_error = importlib.import_module("playwright.sync_api").Error
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def state() -> list[object]:
        found = page.evaluate(
            "[window.mark, scrollY, [...document.querySelectorAll('details:not(.ssg-problems *)')].map(d => d.open)]"
        )
        assert isinstance(found, list)
        return found

    def happens(what: str) -> None:
        assert until(lambda: truth(what)), what

    def truth(what: str) -> bool:
        try:
            return bool(page.evaluate(what))
        except type_of_error:  # between two pages
            return False

    with previewing(tmp_path) as preview:
        page.goto(preview.url + "stories/mill-bridge/")
        page.evaluate("document.querySelectorAll('details').forEach((d, i) => { if (i % 2 === 0) d.open = true; })")
        page.evaluate("window.mark = 'same page'; scrollTo(0, 700)")
        before = state()
        assert before[1] == 700
        assert True in before[2]  # type: ignore[operator]

        replace(seed, "inspectors found cracks", "divers found cracks")
        happens("document.body.textContent.includes('divers found cracks')")
        assert state() == before

        replace(tmp_path / "content/stories/mill-bridge/_index.md", "The mill bridge closes", "A bridge closes")
        happens("document.title.startsWith('A bridge closes')")
        assert state() == before

        style.write_text(style.read_text(encoding="utf-8") + "main { outline: 3px solid red }\n", encoding="utf-8")
        happens("getComputedStyle(document.querySelector('main')).outlineWidth === '3px'")
        happens("document.querySelectorAll('link[rel=stylesheet]').length === 1")
        assert state() == before

        replace(tmp_path / "ssg.yml", "title: My", "titel: My")
        page.wait_for_selector(".ssg-problems mark")
        assert "titel: My digest" in page.inner_text(".ssg-problems mark")
        assert page.evaluate("getComputedStyle(document.querySelector('.ssg-problems')).position") == "fixed"
        replace(tmp_path / "ssg.yml", "titel: My", "title: My")
        happens("!document.querySelector('.ssg-problems')")
        assert state() == before

        script.write_text(script.read_text(encoding="utf-8") + "document.body.dataset.fresh = 1;\n", encoding="utf-8")
        happens("document.body.dataset.fresh === '1'")
        happens("window.mark === undefined")
        assert state()[2] == before[2]

        assert complaints == []
        assert preview.stop() == 0
