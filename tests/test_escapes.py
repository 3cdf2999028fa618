"""A title or an outlet's name changes words on a page, never its elements: real attacks wherever it is printed."""

from __future__ import annotations

import json
import re
from functools import cache
from xml.etree import ElementTree

import pytest

from generator.ingest.texts import visible
from generator.model import Config
from generator.pipeline import Site, build
from tests.documents import Document
from tests.sample import theme

#: What has ended a script, a comment, an attribute, a CDATA section or a string for somebody.
ATTACKS = (
    "</script><script>alert(1)</script>",
    "</ScRiPt\t\n ><svg/onload=alert(1)>",
    "<!--<script>",
    "<!-- --><script>alert(1)</script -->",
    "--!><img src=x onerror=alert(1)>",
    "]]><script>alert(1)</script><![CDATA[",
    "\u2028alert(1)\u2029//",
    '"};alert(1);//',
    "\\u003c/script>\\",
    "'\"` onmouseover=alert(1) x=`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3C;/title&#x3E;<script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "</textarea></style></noscript><plaintext>",
    "<\x00script>alert(1)</script>",
    "{{ 7 * 191 }}{% raw %}</script>",
    "javascript:alert(1)//%0aalert(1)",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
)
CONFIG = Config(title="Skarn", base_url="https://site.example/x/", cards_enabled=False)
BODY = "The ferry runs again, the harbour said on Monday. It takes {} cars.\n"


@cache
def _site(words: str) -> Site:
    header = "---\ntitle: {0}\noutlet: {0}\nauthors: [{0}]\ntags: [{0}]\ndate: 2025-07-03\n---\n\n"
    said = json.dumps(words)
    files = {f"content/stories/s/{name}.md": header.format(said) + BODY.format(name) for name in ("one", "two")}
    files["content/stories/s/_index.md"] = f"---\ntitle: {said}\n---\n"
    files["content/about.md"] = f"---\ntitle: {said}\n---\n\nOurs.\n"
    return build({name: text.encode() for name, text in files.items()}, theme(), CONFIG)


def _shape(site: Site) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Return page → its elements with the names of their attributes; pages named after words have the words' place."""
    shapes = {}
    for path, data in site.files.items():
        if path.endswith(".html"):
            document = Document(data.decode())
            assert document.faults == [], path
            name = re.sub(r"^(outlets|tags)/[^/]+/", r"\1/x/", path)
            shapes[name] = [(tag, tuple(sorted(attributes))) for tag, attributes in document.elements]
    return shapes


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_bring_no_elements(attack: str) -> None:
    """Every page has the elements and attributes that it has for harmless words, one for one."""
    plain, attacked = _shape(_site("Ordinary words")), _shape(_site(attack))
    assert attacked.keys() == plain.keys()
    for name, shape in attacked.items():
        assert shape == plain[name], name


@pytest.mark.parametrize("attack", ATTACKS)
def test_words_stay_words(attack: str) -> None:
    """In JSON-LD, JSON, feeds and the page's own text the words come back as they were, but for what nobody sees."""
    site, said = _site(attack), visible(attack)
    page = site.files["stories/s/index.html"].decode()
    (linked,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not set(linked) & set("<>\u2028\u2029")
    assert " ".join(json.loads(linked)["headline"].split()) == " ".join(said.split())
    assert " ".join(json.loads(site.files["stories/s/story.json"])["title"].split()) == " ".join(said.split())
    assert said.split()[0] in Document(page).text
    for path, data in site.files.items():
        if path.endswith(".json"):
            json.loads(data)
        elif path.endswith(".xml"):
            ElementTree.fromstring(data)  # noqa: S314 - our own
        assert b"1337" not in data, path
