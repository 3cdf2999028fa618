"""What is fuzzed: functions of bytes that raise when a promise is broken.

A target never asserts that an input is good, only what holds for every input: an answer or a told problem, never a
crash; nothing lost, nothing forged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from zipfile import ZipFile

from generator.compare.align import align
from generator.compare.diff import word_changes
from generator.compare.digest import digest_of
from generator.compare.facing import facing
from generator.compare.figures import figures_in
from generator.compare.group import group, near_duplicates
from generator.compare.languages import language_in
from generator.compare.quotations import quotations
from generator.compare.report import report
from generator.compare.sentences import sentences
from generator.compare.sigils import sigil_of
from generator.compare.tokens import tokens
from generator.errors import OutputError, SourceError
from generator.ingest import captures, catalogues, content, edits, feed_files, frontmatter, html_meta, yaml_events
from generator.ingest import seeds as seeds_room
from generator.ingest.addresses import date_in, host_of
from generator.ingest.config import config as read_config
from generator.ingest.dates import iso_date
from generator.ingest.encodings import ENCODINGS, looks_like
from generator.ingest.markdown import blocks, calls, escape, html, is_safe_link, one_line, parsed_telling, telling
from generator.ingest.plan import article_bytes, is_untouched
from generator.ingest.prose import prose
from generator.ingest.shortcodes import shortcode
from generator.ingest.slugs import is_slug, slugify
from generator.ingest.texts import decoded, visible
from generator.model import Article, Config, Story
from generator.pipeline import build
from generator.shell.answers import Shown, answer, is_allowed_host, relaxed, span_of
from generator.shell.kept import kept_of
from generator.shell.parts import Archives
from generator.shell.project import theme_of
from generator.site.card_look import look_of
from generator.site.cards import Card, Mark, Row
from generator.site.check_page import facts_of
from generator.site.drawing import draw
from generator.site.lines import cut, fitted, wrapped
from generator.site.words import Words
from tests.documents import Document

Target = Callable[[bytes], None]

#: Tags and attributes that Markdown of ours may make; whatever else appears, a text has forged.
TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 em strong code pre a img ul ol li blockquote hr br div table thead tbody tr th td".split()
)
ATTRIBUTES = frozenset("href rel src alt title id class start tabindex".split())

_SHOWN = Shown(
    {"index.html": b"<html><head></head><body>x</body></html>", "a/index.html": b"a", "s.css": b"0123456789"}
)


def text_of(data: bytes) -> str:
    """Return any text at all: what is no UTF-8 becomes lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def two(data: bytes) -> tuple[str, str]:
    """Return two texts, parted at the first byte 0xff, or in the middle."""
    at = data.find(b"\xff")
    at = at if at >= 0 else len(data) // 2
    return text_of(data[:at]), text_of(data[at:].removeprefix(b"\xff"))


# ---------------------------------------------------------------------------- sources


def capture(ending: str) -> Target:
    """Return a target: bytes as a capture of this kind, written as content and read back."""

    def run(data: bytes) -> None:
        path = f"seeds/a{ending}"
        found = seeds_room.read(path, data)
        if found.errors:
            assert all(error.path == path and error.message for error in found.errors)
            return
        written = article_bytes(found.article, found.rights)
        assert is_untouched(written)
        again, problems = content.read_article("content/stories/s/a.md", written)
        assert not problems, problems
        assert again.body == found.article.body
        assert (again.title, again.outlet, again.date) == (
            found.article.title,
            found.article.outlet,
            found.article.date,
        )

    return run


def sidecar(data: bytes) -> None:
    """Any bytes as the sidecar of a good capture."""
    found = seeds_room.read("seeds/a.txt", b"A ferry sank off the harbour on Monday.\n", data)
    assert all(error.message for error in found.errors)


def article(data: bytes) -> None:
    """Any bytes as an article's content file."""
    found, problems = content.read_article("content/stories/s/a.md", data)
    assert problems or found.body
    is_untouched(data)


def front_matter(data: bytes) -> None:
    """A header that is read can be written, and reads the same."""
    try:
        header, _, _ = frontmatter.parse(f"---\n{text_of(data)}\n---\n\nbody\n", "a.md")
    except SourceError:
        return
    plain = {key: value for key, value in header.items() if isinstance(key, str) and isinstance(value, str)}
    again, body, _ = frontmatter.parse(frontmatter.format(plain, "body\n"), "a.md")
    assert (dict(again), body) == (plain, "body\n")


def encoding(data: bytes) -> None:
    """Bytes are a text, or a problem with its place."""
    found = decoded(data, "a.txt")
    assert isinstance(found, str) or (found.line > 0 and "byte" in found.message)


def guessed(data: bytes) -> None:
    """What bytes look like is an encoding that reads all of them, without controls that no text has."""
    name = looks_like(data)
    if name:
        assert "\ufffd" not in data.decode(ENCODINGS[name])


def catalogue(data: bytes) -> None:
    """Any bytes as a theme's catalogue: translations, or problems with their places."""
    with suppress(SourceError):
        found = catalogues.read(data, "locale/xx.po", catalogues.Catalogue())
        words = Words(found)
        for n in (0, 1, 2, 5, 101):
            words.ngettext("%(n)s telling", "%(n)s tellings", n)


def card_look(data: bytes) -> None:
    """Any bytes as a theme's `card.yml`."""
    with suppress(SourceError):
        look_of({"card/card.yml": data, "card/a.ttf": b"x"})


def configuration(data: bytes) -> None:
    """Any text as `ssg.yml`."""
    with suppress(SourceError):
        read_config(text_of(data))


def page_head(data: bytes) -> None:
    """What a saved page states about itself."""
    html_meta.stated(text_of(data))


# ---------------------------------------------------------------------------- Markdown


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def markdown(data: bytes) -> None:
    """No text brings tags, attributes or links of its own; marks lie within their blocks."""
    text = text_of(data)
    for block in blocks(text):
        assert all(0 <= mark.start < mark.end <= len(block.text) for mark in block.marks)
    tags = _Tags()
    tags.feed(html(text, "p-"))
    for tag, attributes in tags.found:
        assert tag in TAGS, tag
        assert set(attributes) <= ATTRIBUTES, attributes
        assert is_safe_link(attributes.get("href") or ""), attributes
        assert (attributes.get("id") or "p-").startswith("p-")


def escaping(data: bytes) -> None:
    """Any line, escaped, is one paragraph that reads as itself."""
    line = one_line(text_of(data).encode("utf-8", "replace").decode())
    read = blocks(escape(line))
    assert [block.text for block in read] == ([line] if line else []), (line, read)


# ---------------------------------------------------------------------------- comparison


def sentence_splitting(data: bytes) -> None:
    """Sentences in order, joined by the white space between them, are the text."""
    text = text_of(data)
    at = 0
    for part in sentences(text):
        found = text.find(part, at)
        assert found >= 0
        assert not text[at:found].strip()
        at = found + len(part)
    assert not text[at:].strip()
    assert "".join(token.text for token in tokens(text)) == text


def differences(data: bytes) -> None:
    """The old parts of a diff are the old text, the new parts the new."""
    old, new = two(data)
    found = word_changes(old, new)
    assert "".join(change.old for change in found) == old
    assert "".join(change.new for change in found) == new


def alignment(data: bytes) -> None:
    """Every link names sentences that there are, each side once."""
    old, new = (sentences(text) for text in two(data))
    for link in align(old, new):
        assert link.old
        assert link.new
        assert all(0 <= i < len(old) for i in link.old)
        assert all(0 <= i < len(new) for i in link.new)
        assert 0 <= link.score <= 1


def quotes(data: bytes) -> None:
    """Quotations stand where they are said to stand."""
    quotations(text_of(data))


def figures(data: bytes) -> None:
    """Quantities stand where they are said to stand."""
    text = text_of(data)
    for found in figures_in(text, "2025-07-03"):
        assert 0 <= found.start < found.end <= len(text)


def grouping(data: bytes) -> None:
    """Every article is in exactly one group."""
    texts = [text_of(part) for part in data.split(b"\xff")[:6]]
    groups = group([Article(title="", outlet="", body=text) for text in texts])
    assert sorted(i for members in groups for i in members) == list(range(len(texts)))
    near_duplicates(texts)


def comparison(data: bytes) -> None:
    """Every sentence of a story is verbatim and stands in exactly one passage."""
    bodies = [text_of(part) for part in data.split(b"\xff")[:3]]
    articles = tuple(
        Article(title=f"T{i}", outlet=f"o{i}", body=body, slug=f"a{i}", story="s", date="2025-07-03")
        for i, body in enumerate(bodies)
        if blocks(body)
    )
    if not articles:
        return
    digest = digest_of(Story("s", "T", articles))
    for witness in digest.witnesses:
        assert all(witness.text[s.start : s.end] == s.text for s in witness.segments)
    told = sorted(segment.id for witness in digest.witnesses for segment in witness.segments)
    assert told == sorted(name for passage in digest.passages for name in passage.sentences)


def thai(data: bytes) -> None:
    """Letters of Thai, with and without others between them, are taken apart and lose nothing."""
    sentence_splitting("".join(chr(0x0E00 + byte) if byte < 0x60 else chr(byte) for byte in data).encode())


def names(data: bytes) -> None:
    """A slug is of few letters and short; an address states a host and a date, or none."""
    text = text_of(data)
    slug = slugify(text)
    assert is_slug(slug) or not slug
    assert slugify(slug) == slug
    assert re.fullmatch(r"|\d{4}-\d\d-\d\d.*", date_in(text))
    assert re.fullmatch(r"|\d{4}-\d\d(?:-\d\d.*)?|\d{4}", iso_date(text)), text
    assert not re.search(r"[\s<>\"]", host_of(text))
    language_in(text)


# ---------------------------------------------------------------------------- pictures


def lines_of_a_picture(data: bytes) -> None:
    """A text in lines loses no sign but spaces; no line is wider than there is room, unless one sign is."""
    text = text_of(data)
    measure = lambda part: sum(1 + (ord(sign) % 7) / 4 for sign in part)  # noqa: E731 - a font of seven widths
    lines = wrapped(text, measure, 20)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measure(line) <= 20 for line in lines), lines
    assert len(fitted(text, measure, 20, 3)) <= 3
    assert measure(cut(text, measure, 20)) <= 20


def picture(data: bytes) -> None:
    """Any title, name and finding make a picture, the same one twice."""
    title, rest = (visible(text) for text in two(data))
    rows = tuple(Row(sigil_of(i), rest[i * 9 :][:40], (Mark("2"), Mark("only", moved=True))) for i in range(3))
    shown = Card(rest[:30], "2 May", title, rows, rest[:5], 2, rest)
    look = look_of(_theme())
    assert look
    assert draw(shown, look) == draw(shown, look)


# ---------------------------------------------------------------------------- what was kept


def record(data: bytes) -> None:
    """Whatever a damaged cache says is a record, or none."""
    with suppress(ValueError, RecursionError):
        kept_of(json.loads(text_of(data)))


def part(data: bytes) -> None:
    """Any bytes as a part of a site for `ssg merge`, and as a story's record in one: taken, of no use, or refused."""
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        archive.writestr("part.json", b'{"version": 1}')
        archive.writestr("stories/k.json", data)
        archive.writestr(f"pages/{text_of(data[:20]).encode('utf-8', 'replace').decode()}", b"x")
    with TemporaryDirectory() as folder:
        for found in (data, whole.getvalue()):
            path = Path(folder) / "part.zip"
            path.write_bytes(found)
            with suppress(OutputError), Archives([path], Path()) as archives:
                assert not archives.take("k")


# ---------------------------------------------------------------------------- the preview's server


def requests(data: bytes) -> None:
    """Any target and headers are answered, and only with what the site holds."""
    target, rest = two(data)
    names = ("range", "if-none-match", "if-range")
    asked = dict(zip(names, re.split(r"\n", rest), strict=False))
    reply = answer(_SHOWN, "v1", target, asked)
    assert reply.status in {200, 206, 301, 304, 404, 416}
    assert not any(c in value for value in reply.headers.values() for c in "\r\n")
    span_of(rest, 10)
    relaxed(rest)


def hosts(data: bytes) -> None:
    """Only this machine's names are answered to."""
    name = text_of(data)
    if is_allowed_host(name, "127.0.0.1"):
        assert re.search(r"localhost|\d|:", name.lower()), name


def json_capture(data: bytes) -> None:
    """Any text as the body of a JSON capture, escapes and all."""
    captures.draft("seeds/a.json", b'{"text": "' + data + b'"}')


# ---------------------------------------------------------------------------- short ways, and what is newer


def short_ways(data: bytes) -> None:
    """What is read the short way reads as the long way has it: an article's prose, a content file's header."""
    text = text_of(data).encode("utf-8", "replace").decode()
    quick = prose(text, 1, ' rel="x"')
    assert quick is None or telling(text) == parsed_telling(text), text
    whole = f"---\n{text}\n---\n\nbody\n"
    header = _said(lambda: frontmatter._quickly(whole, "a.md"))
    assert header is None or header == _said(lambda: frontmatter._by_lines(whole, "a.md")), text
    simple = frontmatter._simple(text, 1)
    assert simple is None or simple == _said(lambda: yaml_events.parsed(text, "a.yml", 1)), text


def _said(read: Callable[[], object]) -> object:
    """Return what is read, or why it cannot be."""
    try:
        return read()
    except SourceError as error:
        return str(error)


def shortcodes(data: bytes) -> None:
    """Whatever stands between braces is a shortcode with a name that there is, or has a problem in words."""
    text = text_of(data)
    for call in calls(text):
        code = shortcode(call.inside)
        assert bool(code.problem) != bool(code.name), code
        assert call.line >= 0
    html(text, "p-", quote=lambda _inside: "")


def feeds(data: bytes) -> None:
    """A feed's entries are texts, or it is none."""
    with suppress(feed_files.NotAFeedError):
        for entry in feed_files.entries(text_of(data)):
            assert isinstance(entry.html, str)


def rulings(data: bytes) -> None:
    """Any bytes as a story's edits: rulings, or problems with their places."""
    _, problems = edits.edits("content/stories/s/_edits.yml", data, ("a", "b"))
    assert all(problem.message for problem in problems)


def built_page(data: bytes) -> None:
    """Any text as a page that `ssg check` reads."""
    facts_of(text_of(data))


def terminal(data: bytes) -> None:
    """Two captures side by side in a terminal: every line fits, and none holds what a terminal would obey."""
    bodies = [visible(text) for text in two(data)]
    if not all(blocks(body) for body in bodies):
        return
    articles = tuple(Article(title=f"T{i}", outlet=f"o{i}", body=b, slug=f"a{i}") for i, b in enumerate(bodies))
    for line in report(facing(digest_of(Story("s", "T", articles))), 60):
        assert "\x1b" not in "".join(span.text for span in line), line


def whole_site(data: bytes) -> None:
    """A small site of hostile files, built without what is bad: nothing runs, nothing is forged, nothing is lost."""
    parts = [*data.split(b"\xff"), b"", b"", b"", b""]
    sources = {
        "content/stories/s/a.md": b"---\ntitle: A\ndate: 2025-07-03\n---\n\n" + parts[0],
        "content/stories/s/b.md": parts[1],
        "content/stories/s/_index.md": b"---\ntitle: S\n---\n\n" + parts[2],
        "content/about.md": parts[3],
        "seeds/t/c.txt": parts[4],
    }
    config = Config(search_enabled=False, cards_enabled=False, base_url="https://site.example/")
    try:
        site = build(sources, _theme(), config, keep_going=True)
    except SourceError:
        return
    for path, page in site.files.items():
        if path.endswith(".html"):
            text = page.decode()
            assert not re.search(r"<[^>]*\son[a-z]+=|javascript:[^<]*\"|<(?:iframe|object|style)\b", text.lower()), path
            document = Document(text)
            assert not document.faults, (path, document.faults)
            assert len(set(document.ids)) == len(document.ids), path
        elif path.endswith(".json"):
            json.loads(page)
        elif path.endswith(".xml"):
            ElementTree.fromstring(page)  # noqa: S314 - our own


@cache
def _theme() -> Mapping[str, bytes]:
    return theme_of(Path(__file__).parent, "default")


TARGETS: Mapping[str, Target] = {
    "text": capture(".txt"),
    "markdown_capture": capture(".md"),
    "page": capture(".html"),
    "json": capture(".json"),
    "json_text": json_capture,
    "sidecar": sidecar,
    "article": article,
    "front_matter": front_matter,
    "encoding": encoding,
    "guessed": guessed,
    "catalogue": catalogue,
    "card_look": card_look,
    "configuration": configuration,
    "page_head": page_head,
    "markdown": markdown,
    "escaping": escaping,
    "sentences": sentence_splitting,
    "differences": differences,
    "alignment": alignment,
    "quotes": quotes,
    "figures": figures,
    "grouping": grouping,
    "comparison": comparison,
    "thai": thai,
    "names": names,
    "lines_of_a_picture": lines_of_a_picture,
    "picture": picture,
    "record": record,
    "part": part,
    "requests": requests,
    "hosts": hosts,
    "short_ways": short_ways,
    "shortcodes": shortcodes,
    "feeds": feeds,
    "rulings": rulings,
    "built_page": built_page,
    "terminal": terminal,
    "whole_site": whole_site,
}
"""Name → what is fuzzed."""
