"""Embeds in a browser: a page on another origin shows five of them, and some of the pages mean no good."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from generator.model import Config
from generator.site import pages
from tests import sample
from tests.test_browser import CONTRAST
from tests.waiting import happens, until

pytestmark = pytest.mark.browser

STORY = "embed/lost-anchor/"
FIVE = ("", "overview/", "facts/", "passages/#p-never-saw-captain", "diff/gazette/b-17/")
#: What the docs tell a host with a strict policy to allow; no style attribute, no script of the page's own.
POLICY = "default-src 'none'; script-src {site}; frame-src {site}; style-src 'self'; base-uri 'none'"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Yield the address at which a folder is served, an origin of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the sample story's site."""
    folder = tmp_path_factory.mktemp("site")
    planned = pages.plan([sample.digest(("full", "full", "link"))], sample.library(), Config())
    for path, data in sample.rendered(planned, Config()).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Yield the address and the folder of another site."""
    folder = tmp_path_factory.mktemp("host")
    with served(folder) as address:
        yield address, folder


def frame(site: str, part: str, height: int = 300) -> str:
    """Return a plain frame."""
    return f'<iframe src="{site}{STORY}{part}" title="x" width="100%" height="{height}" frameborder="0"></iframe>'


def written(host: tuple[str, Path], name: str, body: str, head: str = "") -> str:
    """Write a page of the other site and return its address."""
    text = f"<!doctype html><html lang=en><meta charset=utf-8><title>Host</title>{head}<body>{body}</body></html>"
    (host[1] / name).write_text(text, encoding="utf-8")
    return host[0] + name


def script(site: str) -> str:
    """Return the code that makes frames follow their content."""
    return f'<script async src="{site}static/embed.js"></script>'


def opened(browser, address: str, **options):  # type: ignore[no-untyped-def]
    """Return a page in a fresh context, and the list of what it complains about."""
    context = browser.new_context(viewport={"width": options.pop("width", 900), "height": 800}, **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address, wait_until="load")
    return page, complaints


#: Whether every frame is as tall as what is in it, and no two differ from what they said last.
SETTLED = "() => [...document.querySelectorAll('iframe')].every(f => f.style.height)"


def heights(page) -> list[tuple[float, float]]:  # type: ignore[no-untyped-def]
    """Return each frame's height, and that of what is in it."""
    found = []
    for element in page.query_selector_all("iframe"):
        inside = element.content_frame().evaluate("document.getElementById('main').getBoundingClientRect().bottom")
        found.append((element.bounding_box()["height"], inside))
    return found


def is_at_rest(page, most: float) -> bool:  # type: ignore[no-untyped-def]
    """Return whether all frames are as high as what is in them, and stay so for a while."""
    before = heights(page)
    page.wait_for_timeout(200)
    return heights(page) == before and all(abs(outside - inside) <= most for outside, inside in before)


def test_frames_without_a_script_show_their_foot(browser, site) -> None:  # type: ignore[no-untyped-def]
    """A frame of the stated height, at the width that is meant, shows all, with the way back to the story."""
    page, _ = opened(browser, f"{site}stories/lost-anchor/", width=640)
    codes = page.evaluate("[...document.querySelectorAll('code, textarea')].map(code => code.textContent)")
    stated = dict(re.findall(r'src="[^"]*?embed/lost-anchor/(\w*/?)"[^>]* height="(\d+)"', "\n".join(codes)))
    for part in ("", "overview/", "facts/"):
        page.goto(f"{site}{STORY}{part}")
        needed = page.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)")
        assert needed <= int(stated[part]) <= needed + 80, (part, needed, stated)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_heights_settle(browser, site, host, scheme: str) -> None:  # type: ignore[no-untyped-def]
    """Five kinds in one page follow their content, again when the page gets narrow; then nothing shifts any more."""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(site=site)}">'
    body = "".join(frame(site, part) for part in FIVE) + script(site)
    (host[1] / "favicon.ico").write_bytes(b"")
    page, complaints = opened(browser, written(host, f"five-{scheme}.html", body, policy), color_scheme=scheme)
    for width in (900, 400):
        page.set_viewport_size({"width": width, "height": 800})
        assert happens(page, SETTLED)
        assert until(lambda: is_at_rest(page, 1.5)), heights(page)
    for element in page.query_selector_all("iframe"):
        inner = element.content_frame()
        assert inner.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert inner.evaluate(CONTRAST) == []
        assert inner.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (scheme == "dark")
    assert complaints == []
    page.context.close()


def test_without_scripts(browser, site, host) -> None:  # type: ignore[no-untyped-def]
    """With JavaScript off a frame keeps its height and shows its part; one passage is shown alone all the same."""
    body = "".join(frame(site, part) for part in FIVE)
    page, _ = opened(browser, written(host, "plain.html", body), java_script_enabled=False)
    assert [box["height"] for box in (e.bounding_box() for e in page.query_selector_all("iframe"))] == [300] * 5
    passages = page.frame_locator("iframe >> nth=3").locator(".passage")
    assert passages.count() == 3
    assert [passages.nth(at).is_visible() for at in range(3)] == [False, False, True]
    assert page.frame_locator("iframe >> nth=2").get_by_role("table").is_visible()
    page.context.close()


def test_one_change_alone(browser, site) -> None:  # type: ignore[no-untyped-def]
    """The address of a change shows the sentence it is in, and no other."""
    page, _ = opened(browser, f"{site}{STORY}diff/gazette/b-17/#c-lost~dropped")
    rows = page.locator(".row")
    assert rows.count() > 1
    assert rows.filter(visible=True).count() == 1
    assert page.locator(".new ins", has_text="dropped").is_visible()
    page.context.close()


def test_hostile_messages(browser, site, host) -> None:  # type: ignore[no-untyped-def]
    """What is no height, or does not come from a frame's own window, changes nothing; heights are bounded."""
    hostile = """
      const frame = document.querySelector("iframe");
      for (const said of [{variorum: "height", height: 5000}, {variorum: "height", height: "9e9"}, null, 7, "height"])
        window.postMessage(said, "*");
      frame.contentWindow.postMessage({variorum: "height", height: 9}, "*");
      frame.contentWindow.postMessage("<img src=x onerror=alert(1)>", "*");
    """
    other = written(host, "liar.html", "<script>parent.postMessage({variorum: 'height', height: 1e9}, '*')</script>")
    body = frame(site, "") + f'<iframe src="{other}" height="111"></iframe>' + script(site)
    page, _ = opened(browser, written(host, "hostile.html", body))
    assert happens(page, "document.querySelector('iframe').style.height")
    (first, inside), _ = heights_of_first(page)
    page.evaluate(hostile)
    page.wait_for_timeout(300)
    assert heights_of_first(page)[0] == (first, inside)
    assert page.query_selector_all("iframe")[1].bounding_box()["height"] <= 8004
    page.context.close()


def heights_of_first(page):  # type: ignore[no-untyped-def]
    """Return the first frame's height and its content's, and the number of frames."""
    element = page.query_selector("iframe")
    inside = element.content_frame().evaluate("document.getElementById('main').getBoundingClientRect().bottom")
    return (element.bounding_box()["height"], inside), len(page.query_selector_all("iframe"))


def test_only_a_number_leaves(browser, site, host) -> None:  # type: ignore[no-untyped-def]
    """Whoever frames an embed learns its height, and nothing else."""
    listen = '<script>window.heard = []; addEventListener("message", e => heard.push(e.data))</script>'
    page, _ = opened(browser, written(host, "listens.html", listen + frame(site, "")))
    assert happens(page, "heard.length > 0")
    page.set_viewport_size({"width": 380, "height": 800})
    page.wait_for_timeout(200)
    for said in page.evaluate("heard"):
        assert set(said) == {"variorum", "height"}
        assert said["variorum"] == "height"
        assert isinstance(said["height"], int)
    page.context.close()


def test_frames_that_come_late(browser, site, host) -> None:  # type: ignore[no-untyped-def]
    """A frame or an element put into the page later is served like the first, also where the script comes last."""
    page, complaints = opened(browser, written(host, "late.html", frame(site, "") + "<p id=here></p>"))
    page.wait_for_timeout(300)
    page.evaluate(
        """([src, script]) => {
          document.body.append(Object.assign(document.createElement("script"), {src: script}));
          document.body.append(Object.assign(document.createElement("iframe"), {src: src + "facts/", width: "100%"}));
          const element = document.createElement("variorum-embed");
          element.setAttribute("src", src + "quotes/#q-never-saw");
          document.body.append(element);
        }""",
        [site + STORY, site + "static/embed.js"],
    )
    assert happens(page, "document.querySelectorAll('iframe').length === 3")
    assert happens(page, SETTLED)
    assert until(lambda: is_at_rest(page, 5)), heights(page)
    assert complaints == []
    page.context.close()


def test_element(browser, site, host) -> None:  # type: ignore[no-untyped-def]
    """The element takes scheme and accent, follows its attributes, and keeps its link without a script."""
    colours = 'theme="dark" accent="#b00020" title="Ferry"'
    element = f'<variorum-embed src="{site}{STORY}" {colours}><a href="/">Ferry</a></variorum-embed>'
    bad = '<variorum-embed src="javascript:alert(1)">no</variorum-embed><variorum-embed>nothing</variorum-embed>'
    address = written(host, "element.html", element + bad + script(site))
    page, _ = opened(browser, address, color_scheme="light")
    assert happens(page, SETTLED)
    assert page.locator("iframe").count() == 1
    assert page.locator("iframe").get_attribute("title") == "Ferry"
    inner = page.query_selector("iframe").content_frame()
    assert inner.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 20, 22)"
    assert inner.evaluate("getComputedStyle(document.querySelector('.card')).borderTopColor") == "rgb(176, 0, 32)"
    page.evaluate("document.querySelector('variorum-embed').setAttribute('theme', 'light')")
    assert happens(page, "document.querySelector('iframe').src.includes('theme=light')")
    page.context.close()
    page, _ = opened(browser, address, java_script_enabled=False)
    assert page.get_by_role("link", name="Ferry").is_visible()
    page.context.close()


@pytest.mark.parametrize("accent", ["red;background:url(//evil.example)", "'-alert(1)-'", "12345"])
def test_addresses_cannot_inject(browser, site, accent: str) -> None:  # type: ignore[no-untyped-def]
    """Only six or three hexadecimal digits are a colour; anything else in the address is nothing."""
    page, complaints = opened(browser, f"{site}{STORY}?theme=%22%3E&accent={accent}")
    assert page.evaluate("document.documentElement.getAttribute('style')") in (None, "")
    assert complaints == []
    page.context.close()


def test_colours_are_awaited(browser, site) -> None:  # type: ignore[no-untyped-def]
    """An embed's script blocks nothing, and until it has said which colours are asked for, nothing is painted."""
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    held: list[Any] = []
    page.route("**/embedded*.js*", lambda route: held.append(route))
    page.goto(f"{site}{STORY}?theme=dark", wait_until="commit")
    assert happens(page, "document.querySelector('.card-foot')")
    style = "getComputedStyle(document.body)"
    assert happens(page, f"{style}.animationName === 'undressed'")  # once the style sheet has come
    assert page.evaluate(f"{style}.animationFillMode") == "none"
    page.evaluate("document.body.style.animation = 'undressed 1s paused'")
    assert page.evaluate(f"{style}.visibility") == "hidden"
    assert page.evaluate(f"{style}.backgroundColor") == "rgba(0, 0, 0, 0)"
    page.evaluate("document.body.style.animation = ''")
    assert until(lambda: held or page.evaluate("1") is None)
    held[0].continue_()
    page.wait_for_selector("html.is-dressed")
    assert page.evaluate(f"{style}.animationName") == "none"
    assert page.evaluate(f"{style}.backgroundColor") == "rgb(18, 20, 22)"
    context.close()


def test_wordpress_sandbox(browser, site, host) -> None:  # type: ignore[no-untyped-def]
    """In a frame that may only run scripts, with the secret that WordPress adds, it is styled and tells its height."""
    listen = '<script>window.heard = []; addEventListener("message", e => heard.push(e.data))</script>'
    wrapped = f'<iframe sandbox="allow-scripts" src="{site}{STORY}#?secret=abc123" width="600" height="300"></iframe>'
    page, _ = opened(browser, written(host, "wordpress.html", listen + wrapped))
    assert happens(page, "heard.some(said => said.message === 'height')")
    said = next(said for said in page.evaluate("heard") if "message" in said)
    assert "abc123" in said.values()
    assert said["value"] > 100
    inner = page.query_selector("iframe").content_frame()
    assert inner.evaluate("getComputedStyle(document.body).margin") == "0px"
    assert inner.evaluate("getComputedStyle(document.querySelector('.card')).borderTopWidth") == "3px"
    page.context.close()


def test_embed_buttons(browser, site) -> None:  # type: ignore[no-untyped-def]
    """A button opens the code of its part; the frame that is copied shows that part alone, in the scheme asked for."""
    page, _ = opened(browser, f"{site}stories/lost-anchor/index.html", width=1200)
    page.locator("article.passage#p3 .embed-link").click()
    code = page.get_by_label("Frame", exact=True)
    assert f'src="{site}{STORY}passages/#p-never-saw-captain"' in code.input_value()
    page.get_by_label("Colours").select_option("dark")
    assert "passages/?theme=dark#p-never" in code.input_value()
    assert f'<script async src="{site}static/embed.js"></script>' in page.get_by_label("tall as").input_value()
    assert page.get_by_label("Element").input_value().startswith("<variorum-embed src=")
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    page.get_by_role("button", name="Close").click()
    assert not code.is_visible()
    page.context.close()


def test_a_permalink_whose_words_were_edited(browser, site) -> None:  # type: ignore[no-untyped-def]
    """An old name goes to the passage that has most of its words, and says so; one that nothing has says that."""
    story = f"{site}stories/lost-anchor/index.html"
    page, _ = opened(browser, f"{story}#p-never-beheld-captain")
    page.wait_for_url("**#p-never-saw-captain")
    assert "have changed" in page.locator("#lost").inner_text()
    page.goto("about:blank")
    page.goto(f"{story}#p-cabbage-king-walrus")
    assert "no longer" in page.locator("#lost").inner_text()
    page.goto("about:blank")
    page.goto(f"{site}{STORY}passages/#p-cabbage-king-walrus")
    assert "no longer" in page.locator("#lost").inner_text()
    page.context.close()
