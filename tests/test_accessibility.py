"""Accessibility: axe-core finds nothing on any kind of page, in light and in dark, from left and from right."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests import demosite
from tests.test_browser import ARGUMENTS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]

#: One page of each kind, those with most on them.
KINDS = (
    "index.html",
    "stories/index.html",
    "stories/ferry/index.html",
    "stories/maktaba/index.html",
    "stories/ferry/courier/index.html",
    "stories/ferry/radio/index.html",
    "stories/maktaba/sahil/index.html",
    "stories/ferry/diff/courier/wire/index.html",
    "stories/ferry/versions/courier/index.html",
    "outlets/index.html",
    "outlets/skarn-courier/index.html",
    "tags/index.html",
    "tags/transport/index.html",
    "archive/index.html",
    "archive/2031-02/index.html",
    "search/index.html",
    "about/index.html",
    "404.html",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What axe says of a page: rule, and the elements that break it.
RUN = """async options => (await axe.run(document, options)).violations.map(
  v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0] || n.all[0] || n.none[0] || {}).message))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Yield a browser."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return folders with the demo in two languages and in both themes."""
    folder = tmp_path_factory.mktemp("demo")
    return {
        "en": demosite.laid(folder / "en", base_url=False),
        "ar": demosite.laid(folder / "ar", language="ar", base_url=False),
        "broadsheet": demosite.laid(folder / "broadsheet", theme="broadsheet", base_url=False),
    }


def violations(browser: Any, page: Path, scheme: str, rules: dict[str, Any]) -> list[str]:
    """Return what axe-core finds on a page."""
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.evaluate(axe)
    tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = tab.evaluate(RUN, rules)
    context.close()
    return list(found)


@pytest.mark.parametrize("path", KINDS)
def test_axe(browser: Any, roots: dict[str, Path], path: str) -> None:
    """No rule of WCAG 2.2 AA that axe-core can test is broken on any kind of page."""
    assert violations(browser, roots["en"] / path, "light", {"runOnly": RULES}) == []


@pytest.mark.parametrize("path", [KINDS[0], KINDS[2], KINDS[4], KINDS[7]])
@pytest.mark.parametrize("site", ["en", "broadsheet"])
def test_contrast_in_the_dark(browser: Any, roots: dict[str, Path], site: str, path: str) -> None:
    """Text has contrast enough in the dark scheme, too, in both themes."""
    assert (
        violations(browser, roots[site] / path, "dark", {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
        == []
    )


@pytest.mark.parametrize("path", [KINDS[2], KINDS[7]])
@pytest.mark.parametrize("site", ["ar", "broadsheet"])
def test_axe_elsewhere(browser: Any, roots: dict[str, Path], site: str, path: str) -> None:
    """The same holds of an interface that is read from the right, and of the second theme."""
    assert violations(browser, roots[site] / path, "light", {"runOnly": RULES}) == []
