"""Nothing is let in: the public advisories of other generators, and other real attacks, tried on a whole site.

Each attack is written where its kind would come from (a capture, an article, a page, a setting, a file's name), the
site is built, and every file of it is read back.
"""

from __future__ import annotations

import html
import json
import os
import re
import socket
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.errors import SourceError
from generator.ingest import config, frontmatter, markdown
from generator.ingest.slugs import is_slug, slugify
from generator.model import Config
from generator.shell import disk
from generator.shell.answers import Shown, answer, is_allowed_host
from generator.shell.project import theme_of
from generator.site import render
from tests.documents import Document
from tests.faults import undisturbed
from tests.projects import ssg

#: Advisory or attack → what a hostile text holds.
TEXTS = {
    "CVE-2024-32875, a title with markup": '[a](https://ok.example "x\\" onmouseover=\\"alert(1)") ![b](c.png "\\"><script>alert(1)</script>")',
    "CVE-2024-55601, attributes of rendered links and images": '[a](https://ok.example/?"onmouseover="alert(1)) ![" onerror="alert(1)](x.png)',
    "CVE-2026-35166, dangerous addresses in links and images": "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) ![c](javascript:alert(1)) [d](vbscript:x) [e](data:text/html,<script>alert(1)</script>) [f](file:///etc/passwd)",
    "addresses with entities, white space and escapes": "[a](&#106;avascript:alert(1)) [b](java&Tab;script:alert(1)) [c](\\javascript:alert(1)) [d](javascript&colon;alert(1)) [e](<java\nscript:alert(1)>) [f](\x01javascript:alert(1))",
    "GHSA-q76j-gcg9-vxc6, the info string of a fence": '```js"><img/src=x/onerror=alert(1)>\nx\n```\n\n~~~ " onload="alert(1)\ny\n~~~',
    "autolinks": '<javascript:alert(1)> <https://ok.example/"onmouseover="alert(1)> <data:text/html;base64,PHNjcmlwdD4=>',
    "protocol-relative addresses": "[a](//evil.example) [b](/\\evil.example) [c](\\\\evil.example) ![d](//track.example/p.gif)",
    "raw HTML": '<script>alert(1)</script> <img src=x onerror=alert(1)> <svg/onload=alert(1)> <a href="javascript:alert(1)">x</a> <style>*{display:none}</style> <iframe src=//evil.example></iframe> <base href=//evil.example> <meta http-equiv=refresh content="0;url=//evil.example"> <form action=//evil.example><input></form>',
    "HTML across lines": "<div\nonclick=alert(1)>\n\n<!-- --!><script>alert(1)</script> -->\n\n<![CDATA[<script>alert(1)</script>]]>\n\n<?php echo 1 ?>",
    "forged marks of changes": '<ins>added</ins> <del datetime="x">gone</del> <mark>shared</mark> <span class="siglum">A</span> <a class="verse" href="#A1">1</a>',
    "clobbered names": '<form id=page name=config><input name=attributes></form> <a id="A1" name="A1">x</a>\n\n# main\n\n# A1\n\n# top',
    "remote images": "![t](https://track.example/p.gif) ![u](http://track.example/p.gif?u=1)\n\n[![v](https://track.example/q.gif)](https://ok.example)",
    "templates": "{{ 7 * 191 }} {{ cycler.__init__.__globals__.os.popen('id').read() }} {% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %} {# gone #} {%- raw -%}",
    "templates of others": "${7*191} #{7*191} <%= 7*191 %> {{< ref \"/etc/passwd\" >}} {{% include /etc/passwd %}} {% include_relative ../../secret %} $(id) `id`",
    "ends of other places": "</title></textarea></style></script><script>alert(1)</script> ]]> --> \u2028alert(1)\u2029",
    "CVE-2021-42574, direction overrides": "access\u202e\u2066 // only for admins\u2069 \u2066begin \u202dx\u202c \u2067y\u2068",
    "controls (pelican#2049)": "a\x07b\x0bc\x0cd\x1b[31me\x7ff\x85g\x9bh\ufffei\uffff",
    "definitions": '[x]: javascript:alert(1) "t"\n[y]: https://ok.example "\\"onload=alert(1)"\n\n[x] [y]',
    "tables": "| a<script>alert(1)</script> | b |\n|:--|--:|\n| [x](javascript:alert(1)) | ![y](//evil.example) |",
}  # fmt: skip

#: What no page may hold as markup.
TAGS = frozenset(
    "html head meta title link script body circle defs desc dialog hgroup wbr col colgroup data datalist noscript progress meter a abbr article aside b bdi blockquote br button caption cite code dd del"
    " details dfn div dl dt em fieldset figcaption figure footer form g h1 h2 h3 h4 h5 h6 header hr i img input ins"
    " kbd label legend li line main mark menu nav ol option output p path pre q rect s section select small span strong"
    " sub summary sup svg symbol table tbody td template text textarea tfoot th thead time title tr u ul use var".split()
)
OWN_HOSTS = {"ok.example", "site.example"}


def _page(text: str, **header: str) -> str:
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in header.items()) + f"---\n\n{text}\n"


def _hostile(root: Path) -> Path:
    """Make a project in which everything is hostile, and only that which would be refused is left out."""
    every = "\n\n".join(TEXTS.values())
    line = " ".join(every.split())
    files = {
        "ssg.yml": _page("", title=line[:400], description=line, base_url="https://site.example/x/").split("---")[1],
        "seeds/s/text.txt": f"{TEXTS['raw HTML']}\n\nIt was said that\n\n{every}\n\nThe end of the text was near, he said.\n",
        "seeds/s/mark.md": f"# {TEXTS['forged marks of changes']}\n\nThe beginning was near, she said.\n\n{every}\n",
        "seeds/s/mark.yml": f"outlet: {json.dumps(line[:300])}\nauthors: [{json.dumps(line)}]\n",
        "seeds/s/data.json": json.dumps({"title": line, "text": every, "author": {"name": line}, "publisher": line[:200]}),
        "content/stories/s/paper.md": _page(every, title=line, outlet=line[:250], via=line, date="2025-07-03"),
        "content/stories/s/_index.md": _page(every, title=line, tags=line[:120]),
        "content/stories/s/_edits.yml": f"notes:\n  - article: text\n    sentence: The end of the text\n    note: {json.dumps(line)}\n",
        "content/about.md": _page(every, title=line),
        "content/quotes.md": _page("{{ diff s mark paper p1 }}\n\n{{ passage s p1 }}", title="Quoted"),
        "content/_index.md": _page(every, title=line),
        "content/outlets/o.md": _page(every, name=line, country=line),
    }  # fmt: skip
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", errors="surrogatepass")
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the hostile project's folder."""
    return _hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def hostile(root: Path) -> dict[str, bytes]:
    """Return the site that the hostile project gives."""
    result = ssg(root, "build")
    assert result.exit_code == 0, result.stderr
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr
    output = root / "site"
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in output.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def pages(hostile: dict[str, bytes]) -> dict[str, Document]:
    """Return the pages of the hostile site, read back."""
    return {name: Document(data.decode()) for name, data in hostile.items() if name.endswith(".html")}


def test_a_hostile_site_has_all_its_pages(pages: dict[str, Document]) -> None:
    """The attacks were really on the pages: every telling, the story, a pair, the editor's own page."""
    for name in (
        "index",
        "about/index",
        "stories/s/index",
        "stories/s/paper/index",
        "stories/s/text/index",
        "quotes/index",
    ):
        assert "alert(1)" in pages[f"{name}.html"].text, name
    assert sum(name.startswith("stories/s/diff/") for name in pages) >= 3


def test_no_source_brings_markup(pages: dict[str, Document]) -> None:
    """Of elements there are only ours, of attributes none that runs anything, and everything is closed in order."""
    for name, page in pages.items():
        assert page.faults == [], name
        for tag, attributes in page.elements:
            assert tag in TAGS or (tag == "base" and "href" not in attributes), f"{name}: <{tag}>"
            assert not [key for key in attributes if key.startswith("on") or key in {"style", "srcdoc", "formaction"}]
            assert tag != "form" or not attributes.get("action", "").startswith(("http", "//"))


def test_no_source_brings_markup_to_readers_of_data(hostile: dict[str, bytes]) -> None:
    """Feeds hold text and say so, an oEmbed document a frame of the site's own: whoever prints them prints no HTML of a source."""
    feeds = [ET.fromstring(data) for name, data in hostile.items() if name.endswith("feed.xml")]  # noqa: S314 – our own
    assert feeds
    assert {e.get("type", "text") for feed in feeds for e in feed.iter() if e.tag.endswith(("title", "summary"))} == {
        "text"
    }
    assert not [e.tag for feed in feeds for e in feed.iter() if e.tag.endswith("content")]
    assert not [name for name, data in hostile.items() if name.endswith("feed.json") and b"content_html" in data]
    frames = [json.loads(data)["html"] for name, data in hostile.items() if name.endswith("oembed.json")]
    assert frames
    for text in frames:
        ((tag, attributes),) = Document(text).elements
        assert tag == "iframe"
        assert attributes["src"].startswith("https://site.example/x/embed/")


@pytest.mark.parametrize("form", ["html", "md"])
def test_no_source_brings_markup_to_an_export(root: Path, hostile: dict[str, bytes], form: str) -> None:
    """An exported story holds no element of a source, also where a reader of Markdown lets HTML pass."""
    assert hostile
    result = ssg(root, "export", "s", "--format", form)
    assert result.exit_code == 0, result.stderr
    page = Document(result.stdout if form == "html" else MarkdownIt("default", {"html": True}).render(result.stdout))
    assert "alert(1)" in page.text
    tags = [tag for tag, _ in page.elements]
    assert set(tags) <= TAGS - {"script", "form", "input", "object"} | {"style"}
    assert tags.count("style") == (form == "html")
    for _, attributes in page.elements:
        assert not [key for key in attributes if key.startswith("on") or key == "srcdoc"]
        assert markdown.is_safe_link(attributes.get("href", "")), attributes


def test_no_source_brings_addresses(pages: dict[str, Document]) -> None:
    """Links lead to the web, to mail, or within the site; scripts, styles and images come from the site itself."""
    for name, page in pages.items():
        for tag, attributes in page.elements:
            for key in ("href", "src", "action", "data", "poster", "xlink:href"):
                url = attributes.get(key, "")
                assert markdown.is_safe_link(url), f"{name}: {tag} {key}={url}"
                if tag in {"script", "img", "use"} or (tag == "link" and "stylesheet" in attributes.get("rel", "")):
                    assert not re.match(r"[a-z]+:|//", url), f"{name}: {tag} {key}={url}"
                host = re.match(r"https?://([^/?#]*)", url)
                assert not host or host[1] in OWN_HOSTS, f"{name}: {url}"
            if tag == "a" and attributes.get("href", "").startswith("http"):
                assert set(attributes["rel"].split()) >= {"nofollow", "noopener", "ugc", "external"}, (
                    f"{name}: {attributes}"
                )


def test_every_page_has_the_strict_policy(pages: dict[str, Document]) -> None:
    """The policy comes before anything it governs, allows nothing inline, and no page needs more."""
    for name, page in pages.items():
        tags = [tag for tag, _ in page.elements]
        policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
        assert policy.startswith("default-src 'none'"), name
        assert "unsafe" not in policy, name
        assert "base-uri 'none'" in policy
        place = next(i for i, (_, a) in enumerate(page.elements) if a.get("http-equiv"))
        assert not {"script", "link", "title"} & set(tags[:place]), name
        assert "style" not in tags


def test_no_source_forges_a_change(pages: dict[str, Document], hostile: dict[str, bytes]) -> None:
    """On pages that compare nothing there is no mark of a change, whatever the texts hold."""
    for name in ("index.html", "about/index.html", "outlets/index.html", "404.html"):
        assert not {"ins", "del", "mark"} & {tag for tag, _ in pages[name].elements}, name
    assert b"&lt;ins&gt;added&lt;/ins&gt;" in hostile["about/index.html"]


def test_ids_of_sources_cannot_take_ours(pages: dict[str, Document]) -> None:
    """No id stands twice on a page; headings of texts have ids of their own kind."""
    for name, page in pages.items():
        assert len(set(page.ids)) == len(page.ids), name
    assert "text-a1" in pages["about/index.html"].ids


def test_nothing_unseen_is_printed(hostile: dict[str, bytes]) -> None:
    """No control character, no override of the direction, no lone surrogate, in no file."""
    texts = {name: data for name, data in hostile.items() if not name.endswith(".png")}
    for name, data in texts.items():
        found = re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", data.decode()
        )
        assert not found, f"{name}: {found[0]!r}" if found else ""


def test_no_text_is_taken_for_a_template(hostile: dict[str, bytes]) -> None:
    """What looks like a template in a text is printed as it stands; nothing is calculated, nothing runs."""
    for name, data in hostile.items():
        assert b"1337" not in data, name
        assert b"uid=" not in data, name
    assert b"{{ 7 * 191 }}" in hostile["about/index.html"]


def test_data_files_parse(hostile: dict[str, bytes]) -> None:
    """JSON is JSON, XML is XML, and neither can end a script that somebody pastes it into."""
    for name, data in hostile.items():
        if name.endswith(".json"):
            json.loads(data)
        elif name.endswith(".xml"):
            ET.fromstring(data)  # noqa: S314 – our own
        elif name.endswith(".html"):
            for script in re.findall(r"<script[^>]*>(.*?)</script>", data.decode(), re.DOTALL):
                assert not script or ("<" not in script and json.loads(script)), name


def test_file_names_are_plain(hostile: dict[str, bytes]) -> None:
    """Whatever tags, outlets and titles are called, their addresses are of a-z, 0-9, hyphens and dots."""
    for name in hostile:
        assert re.fullmatch(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*", name), name
        assert ".." not in name


@pytest.mark.parametrize("kind", TEXTS)
def test_an_editors_page_in_itself(kind: str) -> None:
    """Each attack alone, as the text of a page: read back, its markup is Markdown's and its links are safe."""
    page = Document(markdown.html(TEXTS[kind], "p-"))
    assert page.faults == []
    for tag, attributes in page.elements:
        assert not [
            key
            for key in attributes
            if key not in {"href", "src", "alt", "title", "id", "class", "rel", "start", "tabindex"}
        ]
        assert attributes.get("tabindex", "0") == "0"  # ours: what is wider than the page is scrolled by keyboard
        assert markdown.is_safe_link(attributes.get("href", "")), attributes
        assert tag != "img" or not re.match(r"[a-z]+:|/", html.unescape(attributes["src"]))
        assert not attributes.get("class") or attributes["class"].startswith(("language-", "scroll"))


def test_html_files_are_no_content(tmp_path: Path) -> None:
    """GHSA-c54g-xjwj-8g82: an HTML file in content/ is not printed; an HTML capture gives its text alone."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "evil.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    (tmp_path / "content" / "about.md").write_text("Ours.\n", encoding="utf-8")
    assert ssg(tmp_path, "build").exit_code == 0
    assert not [p for p in (tmp_path / "site").rglob("*") if p.is_file() and b"alert(1)" in p.read_bytes()]


def test_a_saved_page_gives_its_words_alone(tmp_path: Path) -> None:
    """Scripts, handlers, frames, hidden fields and marks of a saved page never reach the content, nor do its addresses."""
    pytest.importorskip("trafilatura")
    words = "The harbour office said on Monday that the ferry had sunk near the pier, and that nobody was hurt. " * 4
    page = (
        f"<html><head><title>Ferry sinks</title><script>alert(1)</script></head><body onload=alert(1)><article><h1>Ferry"
        f" sinks</h1><p onclick=alert(1)>{words}</p><p>{words} <ins>forged</ins> <img src=https://track.example/p.gif>"
        f"<a href='javascript:alert(1)'>more on this</a></p><iframe srcdoc='<script>alert(2)</script>'></iframe>"
        f"<p>&lt;script&gt;alert(3)&lt;/script&gt; {words}</p></article></body></html>"
    )
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.html").write_text(page, encoding="utf-8")
    assert ssg(tmp_path, "build").exit_code == 0
    for path in (tmp_path / "site").rglob("*.html"):
        page_tags = Document(path.read_text(encoding="utf-8"))
        assert not any(
            "alert" in value for _, found in page_tags.elements for key, value in found.items() if key == "src"
        )
        assert "track.example" not in path.read_text(encoding="utf-8")
        assert "<script>" not in path.read_text(encoding="utf-8")


# ---------------------------------------------------------------------------- paths

TRAVERSALS = [
    "..", "../x", "a/../../x", "%2e%2e", "..%2f..%2fx", "%2e%2e%2fx", "..\\x", "a\\..\\..\\x", "....//x", "/etc/passwd",
    "C:\\x", "C:x", "\\\\host\\share", "con", "NUL", "aux.txt", "a\0b", "a/./b", ".", "", " ", "a ", "a.", "~root", "-rf",
    ".git", "x" * 300, "ﬁle", "e\u0301", "\u202egpj.exe", "CON .txt", "com1", "lpt9", "file:///x", "a:b", "a*b", "a?b",
]  # fmt: skip


@pytest.mark.parametrize("name", TRAVERSALS)
def test_no_name_is_an_address_of_its_own(name: str) -> None:
    """Jekyll's %2e%2e (jekyll#1944), Lektor's backslashes, devices, streams: no such name is a slug; its slug is plain."""
    assert not is_slug(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slugify(name))


def test_no_setting_leads_out_of_the_output(tmp_path: Path) -> None:
    """Stories, outlets and tags with such names, in whatever source, land inside the output folder."""
    root = tmp_path / "p"
    (root / "seeds").mkdir(parents=True)
    for i, name in enumerate(name for name in TRAVERSALS if name.strip() and "\0" not in name):
        said = json.dumps(name)
        (root / "seeds" / f"a{i}.txt").write_text(
            f"Ferry number {i} sank near pier {i}, they said.\n", encoding="utf-8"
        )
        (root / "seeds" / f"a{i}.yml").write_text(f"story: {said}\noutlet: {said}\ntags: [{said}]\n", encoding="utf-8")
    assert ssg(root, "build").exit_code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["p"]
    for folder in ("content", "site"):
        for place in (root / folder).rglob("*"):
            assert re.fullmatch(r"[A-Za-z0-9_./-]+", place.relative_to(root).as_posix()), place


@pytest.mark.parametrize("output", ["../out", "/srv/out", "site/../../x", "C:\\out", "..\\out", "\\\\host\\x"])
def test_a_configuration_cannot_send_the_site_elsewhere(output: str) -> None:
    """`output:` of a project that came from somebody else stays below the project."""
    with pytest.raises(SourceError, match="expected a path below the project's folder"):
        config.config(f"output: '{output}'\n")


def test_a_sibling_with_the_same_beginning_is_outside(tmp_path: Path) -> None:
    """Pelican's sanitised_join and Eleventy's isFileInDirectory let /out-evil pass for /out; a path is compared by parts."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site-evil").mkdir()
    (tmp_path / "site-evil" / "mine").write_bytes(b"mine")
    (tmp_path / "site" / disk.MANIFEST).write_text('{"files": {"../site-evil/mine": ""}}', encoding="utf-8")
    with pytest.raises(disk.OutputError, match="lies outside"):
        disk.clean(tmp_path / "site")
    assert (tmp_path / "site-evil" / "mine").exists()


@pytest.mark.parametrize("place", ["seeds/a.txt", "seeds/deep", "seeds", "content/about.md", "content", "themes/mine/templates/page.html", "themes/mine/static", "themes/mine/theme.yml"])  # fmt: skip
def test_symbolic_links_are_refused_everywhere(tmp_path: Path, place: str) -> None:
    """A link in seeds, content or themes, to a file or a folder, is a problem with its path (hugo: no_symlinks.txt)."""
    root, secret = tmp_path / "p", tmp_path / "secret"
    secret.mkdir()
    (secret / "a.txt").write_text("secret words of somebody else", encoding="utf-8")
    for name, text in {"seeds/b.txt": "A ferry sank.\n", "content/c.md": "x\n", "ssg.yml": "theme: mine\n"}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "themes" / "mine" / "templates").mkdir(parents=True)
    (root / "themes" / "mine" / "theme.yml").write_text("extends: default\n", encoding="utf-8")
    target = root / place
    if target.is_dir():
        target.rename(tmp_path / "moved")
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.symlink_to(secret / "a.txt" if "." in target.name else secret)
    result = ssg(root, "build")
    assert result.exit_code == 1
    assert re.search(r"is a symbolic link – put the file itself there", result.stderr), result.stderr
    assert "secret words" not in result.stderr
    assert not (root / "site").exists()


@pytest.mark.parametrize("name", ["../../etc", "..", "/etc", ".git", "a/b", "", "C:\\x"])
def test_a_theme_is_a_folder_of_themes(tmp_path: Path, name: str) -> None:
    """Neither the configuration nor a theme that extends another reads anywhere else."""
    (tmp_path / "themes" / "mine").mkdir(parents=True)
    (tmp_path / "themes" / "mine" / "theme.yml").write_text(f"extends: {json.dumps(name)}\n", encoding="utf-8")
    if name:
        with pytest.raises(SourceError):
            theme_of(tmp_path, "mine")
        with pytest.raises(SourceError):
            config.config(f"theme: {json.dumps(name)}\n")


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.warc", "a.docx", "a.pdf"])
def test_archives_are_not_opened(tmp_path: Path, name: str) -> None:
    """An archive or a document among the captures is not read, and that is said."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / name).write_bytes(b"PK\x03\x04" + bytes(100))
    (tmp_path / "seeds" / "b.txt").write_text("A ferry sank near the pier on Monday.\n", encoding="utf-8")
    result = ssg(tmp_path, "build")
    assert f"seeds/{name}: not read: captures end in" in result.stderr


# ---------------------------------------------------------------------------- YAML

BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "anchors and aliases"),
        ("a: &x 1\nb: *x\n", "anchors and aliases"),
        ("a: !!python/object/apply:os.system ['id']\n", "the tag tag:yaml.org,2002:python/object/apply:os.system"),
        ("a: !!python/name:os.system ''\n", "is not read"),
        ("a: !!binary R0lGODlh\n", "is not read"),
        ("<<: {a: 1}\nb: *x\n", "anchors and aliases"),
        ("title: a\ntitle: b\n", "stands here twice"),
        ("a: " + "[" * 500 + "\n", "nested deeper than 32 levels"),
        ("a: " + "{b: " * 40 + "\n", "nested deeper than 32 levels"),
        ("a: " + "x" * 70_000 + "\n", "more than 64 KB"),
        ("a: 1\n---\nb: 2\n", "second YAML document"),
        ("a: \x07\n", "a control character"),
    ],
)
def test_yaml_that_is_refused(text: str, said: str) -> None:
    """Bombs (pyyaml#235), objects of the language, duplicates, depth and size: refused with line and column, at once."""
    with pytest.raises(SourceError) as raised:
        frontmatter.load_yaml(text, "a.yml")
    assert said in str(raised.value)
    assert all(problem.line for problem in raised.value.problems)


@pytest.mark.parametrize("word", "no yes on off y n true null ~ 12:30 1:30 012 0o14 0x1f 1_000 1e3 .inf .nan 2025-07-03 1.10".split())  # fmt: skip
def test_yaml_guesses_nothing(word: str) -> None:
    """`no` stays no, 12:30 stays 12:30, and a version 1.10 is not 1.1."""
    assert frontmatter.load_yaml(f"title: {word}\nl: [{word}]\n", "a.yml") == {"title": word, "l": (word,)}


# ---------------------------------------------------------------------------- themes


@pytest.mark.parametrize(
    "template",
    [
        "{{ cycler.__init__.__globals__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ page.__class__ }}",
        "{{ page.__class__.__init__.__globals__ }}",
        "{{ site.__init__.__globals__ }}",
        "{{ to.func.__globals__ }}",
        "{{ to.__reduce__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ lipsum.__globals__['os'].popen('id').read() }}",
        "{{ namespace.__init__ }}",
        "{{ joiner.__init__ }}",
        "{{ (page|attr('__class__')) }}",
        "{{ page['__class__'] }}",
        "{{ '%s'|format(page.__class__) }}",
        "{{ '{0.__class__}'.format(page) }}",
        "{{ '{0.__class__}'.format_map({'0': page}) }}",
        "{{ ['{0.__class__}'.format]|map('call', page)|list }}",
        "{{ range(10 ** 9) | list }}",
        "{% include '../../../etc/passwd' %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}{{ os }}",
        "{% set _ = site.outlets.append(1) %}",
        "{% do page.x() %}",
        "{{ unknown_name }}",
        "{{ 1 / 0 }}",
        "{{ 'x' * 10 ** 12 }}",
    ],
)
def test_a_theme_stays_in_its_sandbox(template: str) -> None:
    """A theme of somebody else's reaches nothing of the program's: a problem with the template's name, not a fault."""
    from generator.model import Page

    theme = {"templates/evil.html": template.encode()}
    with pytest.raises(SourceError) as raised:
        render.site([Page("index.html", "evil.html", "T", {})], theme, Config())
    assert re.search(r"^templates/(evil\.html:|os:|.*passwd:)", str(raised.value))


# ---------------------------------------------------------------------------- the network


def test_a_build_asks_nobody(tmp_path: Path) -> None:
    """No part of a build opens a connection or looks up a name, whatever addresses the sources hold (SSRF)."""
    root = tmp_path / "p"
    places = ["http://127.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://0.0.0.0/", "http://u:p@ok.example/", "file:///etc/passwd"]  # fmt: skip
    (root / "seeds").mkdir(parents=True)
    for i, place in enumerate(places):
        text = f"Source: {place}\n\nTitle {i}\n\nThe ferry sank near ![x]({place}) the pier, see {place} for more.\n"
        (root / "seeds" / f"a{i}.txt").write_text(text, encoding="utf-8")
    (root / "seeds" / "b.html").write_text(
        f"<html><head><link rel=stylesheet href={places[0]}></head><body><article>{'<p>The ferry sank near the pier.</p>' * 9}"
        f"<img src={places[1]}><iframe src={places[0]}></iframe></article></body></html>",
        encoding="utf-8",
    )

    def watched() -> None:
        def hook(event: str, _: tuple[object, ...]) -> None:
            if event in {
                "socket.connect",
                "socket.getaddrinfo",
                "socket.gethostbyname",
                "subprocess.Popen",
                "os.system",
            }:
                os.write(2, f"{event}\n".encode())
                os._exit(9)

        sys.addaudithook(hook)
        assert ssg(root, "build", "-j", "1").exit_code == 0

    assert undisturbed(watched) == 0
    assert (root / "site" / "index.html").exists()


def test_the_hook_would_notice() -> None:
    """The test above can fail: a connection in a child is noticed."""

    def connect() -> None:
        def hook(event: str, _: tuple[object, ...]) -> None:
            if event == "socket.connect":
                os._exit(9)

        sys.addaudithook(hook)
        with socket.socket() as one:
            one.connect_ex(("127.0.0.1", 9))

    assert undisturbed(connect) == 9


def test_no_pickle_anywhere() -> None:
    """No room reads pickles, marshals, shelves or evaluates text.

    But for the project's own `hooks.py`, for templates compiled by the program, which lie among its own modules, and for
    the constructors of values, which are written from the names of the program's own fields.
    """
    house = Path(render.__file__).parent.parent
    others = {house / name for name in ("shell/hooks.py", "shell/compiled.py", "values.py")}
    for path in sorted({*house.rglob("*.py")} - others):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(?:import|from)\s+(?:pickle|marshal|shelve|dill|joblib)\b", text, re.MULTILINE), path
        assert not re.search(r"(?<![\w.])(?:eval|exec|__import__)\(", text), path


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        *((host, True) for host in ("localhost", "localhost:8000", "LOCALHOST", "a.localhost:1", "127.0.0.1:8000")),
        *((host, True) for host in ("[::1]:8000", "192.168.0.5", "[fe80::1]", "localhost.", "preview.test:80")),
        *((host, False) for host in ("evil.example", "localhost.evil.example", "evil-localhost", "127.0.0.1.evil.example")),
        *((host, False) for host in ("", "a@evil.example", "localhost@evil.example", "[::1", "127.1", "0x7f.1", "2130706433")),
        *((host, False) for host in ("localhost:x@evil.example", "evil.example#localhost", "evil.example/localhost")),
        *((host, False) for host in ("preview.test.evil.example", "xpreview.test", "localhost,evil.example", "evil.example:80")),
    ],
)  # fmt: skip
def test_only_this_machine_is_answered_to(host: str, allowed: bool) -> None:
    """DNS rebinding: only localhost, addresses and the name it was started with are answered to (vite's hostCheck)."""
    assert is_allowed_host(host, "preview.test") is allowed


@pytest.mark.parametrize(
    "target",
    [
        "/../ssg.yml", "/..%2fssg.yml", "/%2e%2e/ssg.yml", "/%2e%2e%2fssg.yml", "/..\\ssg.yml", "/..%5cssg.yml", "//etc/passwd",
        "/%00", "/a%00.html", "/%ff", "/\ud800", "/%c0%ae%c0%ae/ssg.yml", "/....//ssg.yml", "/static/../../ssg.yml", "/~root",
        "http://evil.example/", "//evil.example/", "/%0d%0aSet-Cookie:%20a=b", "/a%0d%0aX:1/", "/C:/x", "/.ssg-manifest.json", "*",
    ],
)  # fmt: skip
def test_no_request_leaves_the_site(target: str) -> None:
    """Nothing but the site's own files can be asked for (zola#2257), and no header of the answer can be written into."""
    shown = Shown({"index.html": b"home", "static/a.css": b"x", "a\r\nx:1/index.html": b"odd"}, base="/")
    reply = answer(shown, "v", target, {"range": "bytes=0-\r\nX: 1", "if-none-match": "*\r\nX: 1"})
    assert reply.status in {404, 301} or reply.body.startswith(b"home")
    assert all("\n" not in value and "\r" not in value for value in reply.headers.values())
    assert not reply.headers.get("Location", "/").startswith(("//", "http"))
