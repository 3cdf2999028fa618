"""The pages in a browser: from a disk and below a path, narrow and wide, light and dark, with and without scripts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.model import Config
from generator.site import pages
from tests import sample

pytestmark = pytest.mark.browser

STORY = "stories/lost-anchor/index.html"
PAIR = "stories/lost-anchor/diff/gazette/b-17/index.html"
TELLING = "stories/lost-anchor/gazette/index.html"
SEEN = ("index.html", STORY, PAIR, TELLING, "about/index.html", "outlets/index.html", "404.html")

#: Text of less contrast than WCAG 2.2 asks for (4.5 to 1), as `element: ratio`.
CONTRAST = """() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => { const [r, g, b] = c.map(v => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const paper = el => { for (; el; el = el.parentElement) { const c = getComputedStyle(el).backgroundColor;
    if (/^rgb/.test(c) && parse(c)[3] === 1) return parse(c); } return [255, 255, 255, 1]; };
  const faults = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const el = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !el.getClientRects().length || el.closest("svg, .vh, .skip")) continue;
    if (getComputedStyle(el).clipPath !== "none") continue;
    const [a, b] = [light(parse(getComputedStyle(el).color)), light(paper(el))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faults.push(el.tagName + "." + el.className + ": " + ratio.toFixed(2));
  }
  return faults;
}"""


#: What moves by itself or on the way somewhere: elements that have a transition, an animation, or scroll smoothly.
MOVING = """() => {
  const found = document.getAnimations().map(a => String(a.animationName));
  for (const el of document.querySelectorAll('*')) for (const part of [null, '::before', '::after', '::backdrop']) {
    const style = getComputedStyle(el, part);
    const times = style.transitionDuration + ',' + style.transitionDelay;
    if (/[1-9]/.test(times) || style.animationName !== 'none' || style.scrollBehavior === 'smooth')
      found.push(el.tagName + '.' + el.className + (part || ''));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample story's site, below `repo/`."""
    folder = tmp_path_factory.mktemp("served")
    config = Config()
    planned = pages.plan([sample.digest(("full", "full", "link"))], sample.library(), config)
    for path, data in sample.rendered(planned, config).items():
        file = folder / "repo" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[str]:
    """Yield the address of a server that shows the site below `/repo/`."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    served = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.server_address[1]}/repo/"
    served.shutdown()
    thread.join()
    served.server_close()


def opened(browser, address: str, **options):  # type: ignore[no-untyped-def]
    """Return a page in a fresh context, and the list of what it complains about."""
    width = options.pop("width", 1440)
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(address)
    return page, complaints


def file(root: Path, path: str) -> str:
    """Return a page's address on the disk."""
    return (root / "repo" / path).as_uri()


@pytest.mark.parametrize("path", SEEN)
@pytest.mark.parametrize("place", ["disk", "server"])
def test_styles_and_scripts_load(browser, root, server, place: str, path: str) -> None:  # type: ignore[no-untyped-def]
    """Opened from a disk or served below a path, a page has its style and script and complains about nothing."""
    page, complaints = opened(browser, file(root, path) if place == "disk" else server + path)
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    assert page.evaluate("document.styleSheets.length") == 1
    assert complaints == []
    page.context.close()


def test_policy_stops_foreign_code(browser, root) -> None:  # type: ignore[no-untyped-def]
    """Code that got onto a page in spite of everything would not run."""
    page, _ = opened(browser, file(root, STORY))
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    page.context.close()


@pytest.mark.parametrize("path", SEEN)
def test_no_sideways_scrolling(browser, root, path: str) -> None:  # type: ignore[no-untyped-def]
    """Down to 320 pixels, and with text doubled, a page never scrolls sideways."""
    page, _ = opened(browser, file(root, path))
    for width in (1440, 1024, 768, 360, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    page.set_viewport_size({"width": 720, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    page.context.close()


@pytest.mark.parametrize("path", SEEN)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(browser, root, scheme: str, path: str) -> None:  # type: ignore[no-untyped-def]
    """Text has a contrast of at least 4.5 to 1 in both schemes, folded parts included."""
    page, _ = opened(browser, file(root, path), color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate(CONTRAST) == []
    page.context.close()


def test_views_need_no_script(browser, root) -> None:  # type: ignore[no-untyped-def]
    """Without scripts the pair's views change all the same: inline, changes only."""
    page, _ = opened(browser, file(root, PAIR), java_script_enabled=False)
    first = page.locator(".row-change").first
    assert first.locator(".new p").is_visible()
    page.locator("#view-inline").check()
    assert not first.locator(".new p").is_visible()
    assert first.locator(".old ins").is_visible()
    page.context.close()


def test_stepping(browser, root) -> None:  # type: ignore[no-untyped-def]
    """The keys n and p lead from change to change; the page says which one is shown, and its address names it."""
    page, _ = opened(browser, file(root, PAIR))
    total = page.locator("[data-count]").inner_text().split()[0]
    page.keyboard.press("n")
    assert page.get_by_role("status").inner_text() == f"Change 1 of {total}"
    assert page.locator("#c1.is-here").count() == 1
    assert page.url.endswith("#" + page.locator("#c1 .chg-no").get_attribute("id"))
    page.keyboard.press("p")
    assert page.get_by_role("status").inner_text() == f"Change {total} of {total}"
    assert page.url.endswith("#" + page.locator(f"#c{total} .chg-no").get_attribute("id"))
    page.context.close()


def test_views_are_remembered(browser, root) -> None:  # type: ignore[no-untyped-def]
    """A reader who has chosen the inline view finds it on the next pair, too; swapped sides are for one visit."""
    page, _ = opened(browser, file(root, PAIR))
    page.get_by_label("Inline").check()
    page.get_by_label("Changes only").check()
    page.get_by_label("Swap sides").check()
    page.goto(file(root, "stories/lost-anchor/diff/b-17/coast/index.html"))
    assert page.get_by_label("Inline").is_checked()
    assert page.get_by_label("Changes only").is_checked()
    assert not page.get_by_label("Swap sides").is_checked()
    page.context.close()


def test_swap_of_sides(browser, root) -> None:  # type: ignore[no-untyped-def]
    """With its sides swapped a pair begins with the second telling, and what was added there counts as left out."""
    page, _ = opened(browser, file(root, PAIR))
    old, new = (page.locator(f".row-change .{side}").first for side in ("old", "new"))
    assert old.bounding_box()["x"] < new.bounding_box()["x"]
    page.get_by_label("Swap sides").check()
    assert old.bounding_box()["x"] > new.bounding_box()["x"]
    assert page.locator(".row-change ins").first.get_attribute("role") == "deletion"
    assert page.locator(".legend .says-swapped").first.is_visible()
    page.get_by_label("Swap sides").uncheck()
    assert page.locator(".row-change ins").first.get_attribute("role") is None
    page.context.close()


def test_keyboard_reaches_everything(browser, root) -> None:  # type: ignore[no-untyped-def]
    """The first stop of the tab key leads past the navigation, and every stop shows where it is."""
    page, _ = opened(browser, file(root, STORY))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.context.close()


def test_permalinks_open_what_is_folded(browser, root) -> None:  # type: ignore[no-untyped-def]
    """The address of a quotation that is folded away leads to it."""
    page, _ = opened(browser, file(root, STORY) + "#q2")
    assert page.locator("#q2").is_visible()
    page.context.close()


def test_print_shows_all_wordings(browser, root) -> None:  # type: ignore[no-untyped-def]
    """On paper there is nothing to unfold and nothing to navigate with."""
    page, _ = opened(browser, file(root, STORY), java_script_enabled=False)
    page.emulate_media(media="print")
    assert page.locator(".readings").first.is_visible()
    assert not page.locator(".rail").is_visible()
    page.context.close()


def test_forced_colours(browser, root) -> None:  # type: ignore[no-untyped-def]
    """With the reader's own colours the matrix still tells who carries what."""
    page, _ = opened(browser, file(root, STORY), forced_colors="active")
    shown, paper = page.evaluate(
        "() => [getComputedStyle(document.querySelector('.matrix .is-on'), '::before').backgroundColor,"
        " getComputedStyle(document.body).backgroundColor]"
    )
    assert shown != paper
    page.context.close()


def test_every_control_has_a_name(browser, root) -> None:  # type: ignore[no-untyped-def]
    """Every link and control can be told by its name."""
    for path in SEEN:
        page, _ = opened(browser, file(root, path))
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("a[href], button, input, summary")].filter(el =>
              !(el.getAttribute("aria-label") || el.textContent.trim() || el.closest("label")?.textContent.trim()))
              .map(el => el.outerHTML)"""
        )
        assert nameless == []
        page.context.close()


def test_reduced_motion(browser, root) -> None:  # type: ignore[no-untyped-def]
    """For who asks for less motion nothing moves: no transition, no animation, and addresses are jumped to."""
    jump = "() => { location.hash = 'sources'; return scrollY; }"
    for path in (*SEEN, "search/index.html", "embed/lost-anchor/index.html", "embed/lost-anchor/overview/index.html"):
        page, _ = opened(browser, file(root, path))
        page.wait_for_load_state("load")
        assert page.evaluate(MOVING) == [], path
        if path == STORY:
            assert page.evaluate(jump) > 900
        page.context.close()
    context = browser.new_context(reduced_motion="no-preference")
    page = context.new_page()
    page.goto(file(root, STORY))
    assert page.evaluate(MOVING) == ["HTML."]
    assert page.evaluate(jump) < 900
    context.close()
