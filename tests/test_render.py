"""What a page is as HTML: safe, well formed, linked, working everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.errors import SourceError
from generator.model import Config, Page, Rights
from generator.site import pages, render
from generator.site.render import tight
from tests import sample
from tests.documents import Document, broken, documents

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{# gone #}",
    "<ins>forged</ins><del>x</del><mark>y</mark>",
    "&lt;b&gt; &amp;",
    "\u202eesrever\u2066",
    "]]><!--",
    "</title></textarea></script>",
]
ALL: tuple[tuple[Rights, Rights, Rights], ...] = (
    ("full", "full", "full"),
    ("full", "excerpt", "link"),
    ("link", "full", "excerpt"),
    ("link", "link", "link"),
)


def site(
    rights: tuple[Rights, Rights, Rights] = ALL[0], extra: str = "", config: Config | None = None
) -> dict[str, bytes]:
    """Return the sample story's site."""
    config = config or Config()
    planned = pages.plan([sample.digest(rights, extra)], sample.library(extra), config)
    return sample.rendered(planned, config)


@pytest.mark.parametrize("rights", ALL, ids=" ".join)
@pytest.mark.parametrize("base_url", ["", "https://example.org", "https://example.org/repo/"])
def test_links_and_ids(rights: tuple[Rights, Rights, Rights], base_url: str) -> None:
    """Pages are well formed, ids are unique on each, and every internal link leads to a file and a place in it."""
    found = site(rights, config=Config(base_url=base_url))
    for path, page in documents(found).items():
        assert page.faults == [], path
        assert sorted(set(page.ids)) == sorted(page.ids), path
    assert broken(found, "/repo" if "repo" in base_url else "") == []


@settings(max_examples=15, deadline=None)
@given(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8"), min_size=1)))
@example("".join(HOSTILE))
def test_no_text_becomes_markup(poison: str) -> None:
    """Whatever the sources say, pages have the same elements and attributes, and nothing is run as a template."""
    calm, odd = (documents(site(extra=f" x{text}x")) for text in (re.sub(r"\S", "a", poison), poison))
    assert [page.shape for page in calm.values()] == [page.shape for page in odd.values()]


@pytest.mark.parametrize("poison", HOSTILE)
def test_hostile_text_reads_as_it_is(poison: str) -> None:
    """Text that looks like markup stands on the page letter by letter."""
    page = Document(site(extra=f" {poison}")["stories/lost-anchor/gazette/index.html"].decode())
    assert f"off Skerry Point on Monday. {poison}" in page.text


def _with_a_row_alone(planned: Iterable[Page]) -> tuple[Page, Any, Any]:
    """Return the first page of a pair that has a sentence which one telling alone has, the pair, and its row."""
    for page in planned:
        pair: Any = page.data["pair"]
        for row in [row for stretch in pair.stretches for row in stretch.rows if row.kind == "alone"]:
            return page, pair, row
    raise AssertionError("no sentence is alone")


@pytest.mark.parametrize(("note_ids", "said"), [((), True), (("C2",), False)])
def test_nothing_is_said_to_be_missing_beside_what_stands_with_another(note_ids: tuple[str, ...], said: bool) -> None:
    """Beside a sentence whose note leads to one of the other telling the page does not say that there is nothing."""
    config = Config()
    planned = pages.plan([sample.digest()], sample.library(), config)
    page, pair, row = _with_a_row_alone([page for page in planned if "/diff/" in page.path])
    alone = replace((row.old_alone or row.new_alone)[0], note="stands with", note_ids=note_ids)
    row = replace(row, old_alone=(alone,), new_alone=())
    shown = replace(pair, stretches=(replace(pair.stretches[0], alike="", rows=(row,)),))
    html = sample.rendered([replace(page, data={**page.data, "pair": shown})], config)[page.path].decode()
    assert ("Nothing in" in html) is said


def test_only_our_marks() -> None:
    """`ins`, `del` and `mark` come from the comparison alone: no source can bring them."""
    forged = "<ins>a</ins> <del>b</del> <mark>c</mark>"
    digest = sample.digest(extra=forged)
    planned = pages.plan([digest], sample.library(), Config())
    found = documents(sample.rendered(planned, Config()))
    story = found["stories/lost-anchor/gazette/index.html"]
    assert not [tag for tag, _ in story.elements if tag in ("ins", "del", "mark")]


def test_foreign_text_is_isolated() -> None:
    """Bidirectional controls of a source end with it: it stands in a block of its own, or in an isolated element."""
    names = "a|b|i|em|ins|del|mark|strong|code|span"
    inline = re.compile(rf"<(?:{names})\b(?![^>]*\bdir=)[^>]*>|</(?:{names})>")
    block = re.compile(r"p|h[1-6]|li|t[dh]|d[dt]|blockquote|pre|title|desc|textarea|bdi|script")
    for path, page in site(extra=" \u202eabc").items():
        if path.endswith(".html"):
            for tag, attributes in re.findall(r"<(\w+)([^>]*)>[^<>]*\u202e", inline.sub("", page.decode())):
                assert block.fullmatch(tag) or " dir=" in attributes, (path, tag)


def test_policy_and_sources() -> None:
    """Every page forbids foreign and inline code before anything else, and asks no other host for anything."""
    for path, page in documents(site(config=Config(base_url="https://example.org"))).items():
        first = [attributes for tag, attributes in page.elements if tag == "meta"][1]
        assert first["http-equiv"] == "Content-Security-Policy", path
        assert "default-src 'none'" in first["content"]
        for tag, attributes in page.elements:
            assert not [name for name in attributes if name == "style" or name.startswith("on")], path
            assert tag != "style"
            if tag in ("script", "img", "iframe") or attributes.get("rel") == "stylesheet":
                assert not attributes.get("src", attributes.get("href", "")).startswith(("http", "//")), path
            if tag == "script":
                assert attributes.get("src") or attributes["type"] == "application/ld+json"


def test_outward_links() -> None:
    """Links that leave the site pass on no reputation, no window and say that they are external."""
    for page in documents(site()).values():
        for tag, attributes in page.elements:
            if tag == "a" and attributes.get("href", "").startswith("http"):
                assert attributes["rel"] == "nofollow noopener ugc external"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_no_unsafe_address_is_linked(url: str) -> None:
    """An address from a source that is not on the web never becomes a link."""
    digest = sample.digest()
    first = digest.witnesses[0]
    article = replace(first.article, source_url=url)
    blocks = tuple(replace(b, marks=tuple(replace(m, href=url) for m in b.marks)) for b in first.blocks)
    digest = replace(digest, witnesses=(replace(first, article=article, blocks=blocks), *digest.witnesses[1:]))
    found = documents(sample.rendered(pages.plan([digest], sample.library(), Config()), Config()))
    assert not [link for page in found.values() for link in page.links if url in link]


def test_language() -> None:
    """Every page states the language that its interface speaks, and its direction."""
    for page in documents(site(config=Config(language="en-GB"))).values():
        assert page.elements[0] == ("html", {"lang": "en-GB", "dir": "ltr"})


def test_not_found_page_works_anywhere() -> None:
    """The page for unknown addresses, shown at any depth, addresses everything from the host's root."""
    page = documents(site(config=Config(base_url="https://example.org/repo/")))["404.html"]
    assert all(link.startswith(("/repo/", "#", "https://example.org/repo/")) for link in page.links)


def test_canonical() -> None:
    """A site that knows its address states each page's canonical one."""
    page = site(config=Config(base_url="https://example.org/repo/"))["stories/lost-anchor/index.html"].decode()
    assert '<link rel="canonical" href="https://example.org/repo/stories/lost-anchor/">' in page


def test_static_files_carry_their_version() -> None:
    """Styles and scripts are addressed with a mark of their content, so that caches never show an old one."""
    theme = {**sample.theme()}
    before = render.site(pages.plan([], sample.library(), Config()), theme, Config())["index.html"]
    theme["static/style.css"] += b"\nbody { margin: 0 }\n"
    after = render.site(pages.plan([], sample.library(), Config()), theme, Config())["index.html"]
    marks = [re.search(rb'static/style\.css\?v=([0-9a-f]{8})"', page) for page in (before, after)]
    assert marks[0]
    assert marks[1]
    assert marks[0][1] != marks[1][1]


# ---------------------------------------------------------------------------- themes


def small(template: bytes, **data: object) -> bytes:
    """Render one template in a theme of its own."""
    page = Page("x/index.html", "t.html", "T", data)
    return render.render(page, render.environment({"templates/t.html": template}, Config(title="S & S")))


def test_templates_escape() -> None:
    """Every value that a template prints is escaped."""
    assert small(b"{{ site.title }} {{ text }}", text="<b>") == b"S &amp; S &lt;b&gt;"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b"{{ nothing }}", "templates/t.html:1: 'nothing' is undefined – "),
        (b"{% if %}", "templates/t.html:1: "),
        (b"a\n{% include 'no.html' %}", "templates/t.html:2: no.html: the theme has no such template"),
        (b"{{ ''.__class__.__mro__ }}", "templates/t.html:1: "),
        (b"\xff", "templates/t.html: is not UTF-8"),
    ],
)
def test_theme_mistakes_are_reported(template: bytes, said: str) -> None:
    """A mistake in a theme is an error of the sources that names the template, not a crash."""
    with pytest.raises(SourceError) as raised:
        small(template)
    assert str(raised.value).startswith(said)


def test_files_pass_unchanged() -> None:
    """A page without a template is the bytes it brings."""
    page = Page("robots.txt", "", "", {"content": b"\x00{{ x }}"})
    assert render.render(page, render.environment({}, Config())) == b"\x00{{ x }}"


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ("<ul>\n    <li>a\n\n\n  </li>\n</ul>", "<ul>\n<li>a\n</li>\n</ul>"),
        ("<p>a  b</p>  \n", "<p>a  b</p>\n"),
        ("<pre>a\n    b\n\nc</pre>\n  <p>", "<pre>a\n    b\n\nc</pre>\n<p>"),
        ("\n  \u00a0", "\n\u00a0"),
    ],
)
def test_pages_are_printed_without_indentation(html: str, printed: str) -> None:
    """What a template is indented by is not sent to readers; code and spaces that mean something stay."""
    assert tight(html.encode()) == printed.encode()


@given(st.text(alphabet="a<>\u00a0 \t\r\n\v\f", max_size=40))
def test_indentation_is_taken_out_line_by_line(html: str) -> None:
    """Whatever the lines are, the quick way gives what the pattern says."""
    assert render.tight(html.encode()) == render.INDENTED.sub(b"\n", html.encode())


MARKED = st.lists(
    st.sampled_from(("<pre", "</pre>", "<textarea", "</textarea>", ">", " \n", "\n  ", "a", " x")), max_size=12
)


@given(MARKED.map("".join))
def test_preformatted_text_stays_wherever_it_stands(html: str) -> None:
    """However frames begin, end and stand in one another, their text stays, and only what is outside is tightened."""
    page, done, expected = html.encode(), 0, b""
    for found in render.PREFORMATTED.finditer(page):
        expected += render.INDENTED.sub(b"\n", page[done : found.start()]) + found[0]
        done = found.end()
    expected += render.INDENTED.sub(b"\n", page[done:])
    assert render.tight(page) == expected
