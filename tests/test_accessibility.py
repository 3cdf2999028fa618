"""Accessibility: axe-core finds nothing on any kind of page, in light and in dark, from left and from right."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests import demosite

pytestmark = pytest.mark.browser

#: Pages that are looked at beside the heaviest of each kind of the demo: its other faces, languages and themes.
FACES = {
    "en": (
        "stories/maktaba/index.html",
        "stories/ferry/courier/index.html",
        "stories/ferry/radio/index.html",
        "stories/ferry/wire-reprint/index.html",
        "stories/maktaba/sahil/index.html",
    ),
    "de": ("stories/ferry/index.html", "stories/ferry/diff/courier/courier-update/index.html", "search/index.html"),
    "ar": (
        "stories/ferry/index.html",
        "stories/maktaba/diff/sahil/manara/index.html",
        "stories/maktaba/sahil/index.html",
        "embed/maktaba/quotes/index.html",
    ),
    "broadsheet": (
        "index.html",
        "stories/ferry/index.html",
        "stories/ferry/diff/courier/radio/index.html",
        "stories/ferry/radio/index.html",
        "stories/ferry/versions/courier/index.html",
    ),
    "long": (
        "stories/long/index.html",
        "stories/long/diff/index.html",
        "stories/long/diff/sources/index.html",
        "stories/long/diff/p[0-9][0-9]/index.html",
        "embed/long/overview/index.html",
    ),
    "alone": ("stories/owl/index.html", "stories/owl/courier/index.html", "stories/apart/index.html"),
    "empty": ("index.html", "stories/index.html", "archive/index.html"),
}
SITES: dict[str, Callable[[], Mapping[str, bytes]]] = {
    "en": partial(demosite.site, base_url=False),
    "de": partial(demosite.site, language="de", base_url=False),
    "ar": partial(demosite.site, language="ar", base_url=False),
    "broadsheet": partial(demosite.site, theme="broadsheet", base_url=False),
    "long": demosite.long_story,
    "alone": demosite.alone,
    "empty": demosite.empty,
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Those that a scheme can make a difference to; nothing else depends on it.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
#: What axe says of a page: rule, and the elements that break it.
RUN = """async options => (await axe.run(document, options)).violations.map(
  v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0] || n.all[0] || n.none[0] || {}).message))"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all sites, each in its own."""
    folder = tmp_path_factory.mktemp("sites")
    for name, site in SITES.items():
        demosite.laid(folder / name, site())
    return folder


def shown(name: str) -> list[str]:
    """Return the pages of a site that are looked at."""
    faces = [path for face in FACES[name] for path in fnmatch.filter(SITES[name](), face)]
    return [*dict.fromkeys((*(demosite.kinds(SITES[name]()) if name == "en" else ()), *faces))]


@pytest.fixture(scope="module")
def tab(browser: Any) -> Iterator[Any]:
    """Yield a page in which our own scripts may ask axe."""
    context = browser.new_context(reduced_motion="reduce", bypass_csp=True)
    yield context.new_page()
    context.close()


def faults(tab: Any, page: Path) -> list[str]:
    """Return what axe-core finds on a page, all of it unfolded, in both schemes."""
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(page.as_uri())
    tab.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = []
    for scheme, rules in (("light", RULES), ("dark", COLOURS)):
        tab.emulate_media(color_scheme=scheme)
        found += [
            f"{page}, {scheme}: {said}" for said in tab.evaluate(RUN, {"runOnly": rules, "resultTypes": ["violations"]})
        ]
    return found


@pytest.mark.parametrize("name", SITES)
def test_axe(tab: Any, root: Path, name: str) -> None:
    """No rule of WCAG 2.2 AA that axe-core can test is broken on any kind of page, in light and in dark."""
    assert [fault for path in shown(name) for fault in faults(tab, root / name / path)] == []


@pytest.mark.parametrize("name", SITES)
def test_doubled_text_fits(tab: Any, root: Path, name: str) -> None:
    """On a telephone, in either direction, with text of twice the size, no kind of page scrolls sideways."""
    wide = []
    for path in shown(name):
        tab.goto((root / name / path).as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        for size in (100, 200):
            tab.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
            for width in (320, 360, 768):
                tab.set_viewport_size({"width": width, "height": 900})
                if tab.evaluate("document.documentElement.scrollWidth") > width:
                    wide.append(f"{name}/{path}: {size} % at {width}")
    assert wide == []
