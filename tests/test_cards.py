"""Pictures of stories: what is on them, how they are set and drawn, who names them, when they are drawn anew."""

from __future__ import annotations

import io
import json
import shutil
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.errors import SourceError
from generator.model import Config
from generator.one_story import story_index
from generator.prepared import has_cards
from generator.shell import project
from generator.shell.building import NO_PICTURES
from generator.shell.project import theme_of
from generator.site import cards, drawing, lettering
from generator.site.card_look import COLOURS, Look, look_of
from generator.site.cards import Card
from generator.site.glyphs import covered, settable
from generator.site.lines import cut, fitted, wrapped
from generator.site.png import png
from tests import demosite
from tests.documents import Document
from tests.projects import copied, ssg, tree

THEME = theme_of(demosite.DEMO, "default")
HARBOUR = Path(__file__).parent / "examples" / "harbour" / "before"


@cache
def look(theme: str = "default") -> Look:
    """Return how one of the program's themes wants pictures drawn."""
    found = look_of(theme_of(demosite.DEMO, theme))
    assert found
    return found


@cache
def card(story: str = "ferry") -> Card:
    """Return what the picture of one of the demo's stories shows."""
    sources = {p.relative_to(demosite.DEMO).as_posix(): p.read_bytes() for p in sorted(demosite.DEMO.rglob("*.md"))}
    return cards.card(story_index(sources, THEME, demosite.settings(), story), demosite.settings())


def pixels(data: bytes) -> Image.Image:
    """Return a picture, read."""
    return Image.open(io.BytesIO(data)).convert("RGB")


# ---------------------------------------------------------------------------- what is on it


def test_a_card_says_who_tells_what_and_how_alike() -> None:
    """On a card are the site, the date, the title, every telling with a mark a sentence, and what was found."""
    found = card()
    assert (found.site, found.date, found.title) == (
        "The Skarn Variorum",
        "14 March 2031",
        "The ferry to Holm stops running",
    )
    assert [(row.sigil, row.name, len(row.marks)) for row in found.rows] == [
        ("A", "Skarn Courier", 10),
        ("B", "Skarn Courier", 10),
        ("C", "North Sound Radio", 7),
        ("D", "Harbour Wire", 6),
        ("E", "The Morning Ledger", 6),
    ]
    assert found.rows[2].marks[-1].kind == "only"
    assert found.finding.startswith("Five tellings from three origins: ")
    assert (found.more, found.longest) == ("", 10)


def test_a_card_has_room_for_six_tellings() -> None:
    """Of more tellings than there is room for, the last row says how many there are besides."""
    sources = {
        f"content/stories/quay/{name}.md": f"---\ntitle: Quay\noutlet: {name}\n---\n\nThe quay is closed.\n".encode()
        for name in "abcdefgh"
    }
    found = cards.card(story_index(sources, THEME, Config(), "quay"), Config())
    assert [row.name for row in found.rows] == ["a", "b", "c", "d", "e"]
    assert found.more == "and 3 more"


def test_a_card_prints_no_text_of_an_article() -> None:
    """Whatever an article's rights, a card shows of it its title, its outlet's name and how long it is: no sentence."""
    body = "The quay is closed. Nobody may pass the gate."
    head = "---\ntitle: Quay\noutlet: Post\nrights: link\n---\n\n"
    sources = {"content/stories/quay/a.md": f"{head}{body}\n".encode(), "content/stories/quay/b.md": body.encode()}
    said = repr(cards.card(story_index(sources, THEME, Config(), "quay"), Config()))
    assert "Quay" in said
    assert "gate" not in said


# ---------------------------------------------------------------------------- letters


def test_fonts_that_ship_print_europe() -> None:
    """The fonts that ship have the letters of Latin, Greek and Cyrillic scripts, and say so by their own tables."""
    for font in (look().title, look().text):
        assert {ord(sign) for sign in "AzßłőžğŞẽ „“‚‘’…–—€№ Ωά Жђї"} <= covered(font)
    assert covered(b"") == covered(b"no font at all, but long enough to be read") == frozenset()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Fähre\u00ad nach  Holm\n", "Fähre nach Holm"),
        ("Fa\u0308hre", "Fähre"),
        ("Live 🔴 – the \u2068ferry\u2069 \ufe0f", "Live – the ferry"),
        ("الفيضان", ""),
        ("The הצפה flood", ""),
        ("摆渡", ""),
        ("नदी", ""),
        ("🔴", ""),
        ("", ""),
    ],
)
def test_no_text_is_set_in_boxes(text: str, said: str) -> None:
    """Signs that a text can do without are left out; one that lacks a letter, or must be shaped, is not set at all."""
    assert settable(text, look().text) == said


def test_scripts_that_must_be_shaped_are_left_alone_whatever_the_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that has Arabic and Devanagari changes nothing: letter after letter they would be wrong."""
    monkeypatch.setattr("generator.site.glyphs.covered", lambda _: frozenset(range(0x11000)))
    assert [settable(text, b"") for text in ("الفيضان", "נמל", "नदी", "摆渡")] == ["", "", "", "摆渡"]


@given(st.text("abc -é摆渡", max_size=60), st.integers(10, 200), st.integers(1, 4))
@settings(max_examples=100, deadline=None)
def test_lines_fit(text: str, width: int, most: int) -> None:
    """No line is wider than the room, nothing is lost but spaces, and the lines of a title are at most so many."""
    measure = lettering.lettering(look().text, 10).width
    lines = wrapped(text, measure, width)
    assert all(measure(line) <= width + 1 or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    close = fitted(text, measure, width, most)
    assert len(close) == min(most, len(lines)) or not lines
    assert len(lines) > most or "".join("".join(close).split()) == "".join(text.split())
    assert measure(cut(text, measure, width)) <= width


def test_lines_are_of_about_one_length() -> None:
    """A title does not leave a single word on its last line."""
    measure = lettering.lettering(look().title, 80).width
    assert wrapped("Der Obstgarten am Mühlweg bleibt", measure, 1072)[-1] == "bleibt"
    assert fitted("Der Obstgarten am Mühlweg bleibt", measure, 1072, 2) == ["Der Obstgarten am", "Mühlweg bleibt"]


# ---------------------------------------------------------------------------- drawing


@pytest.mark.parametrize("theme", ["default", "broadsheet"])
def test_a_card_is_a_small_png_in_the_themes_colours(theme: str) -> None:
    """A picture is 1200 by 630 pixels, a few kilobytes, on the theme's paper; the same card gives the same bytes."""
    data = drawing.draw(card(), look(theme))
    assert data == drawing.draw(card(), look(theme))
    assert len(data) < 60_000
    picture = pixels(data)
    assert picture.size == (cards.WIDTH, cards.HEIGHT)
    assert "#{:02x}{:02x}{:02x}".format(*picture.getpixel((20, 300))) == look(theme).paper
    colours = {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in picture.getcolors(1 << 16)}
    assert {look(theme).ink, look(theme).carry_5, look(theme).carry_2, look(theme).only} <= colours


@given(st.lists(st.tuples(st.binary(min_size=5, max_size=5), st.integers(1, 40)), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_png_has_the_pixels_it_was_given(runs: list[tuple[bytes, int]]) -> None:
    """However many rows equal the one above, another program reads every pixel back, and finds no checksum wrong."""
    pixels = b"".join(row * count for row, count in runs)
    colours = bytes(range(256)) * 3
    data = png(pixels, 5, colours)
    assert data == png(pixels, 5, colours)
    Image.open(io.BytesIO(data)).verify()
    picture = Image.open(io.BytesIO(data))
    assert (picture.mode, picture.size, picture.tobytes()) == ("P", (5, len(pixels) // 5), pixels)
    assert bytes(picture.getpalette() or []) == colours
    stream = data[data.index(b"IDAT") + 4 : data.index(b"IEND") - 8]
    assert len(zlib.decompress(stream)) == 6 * picture.height  # raises for a wrong checksum, which Pillow passes over


def test_long_and_empty_cards_are_drawn() -> None:
    """A title of hundreds of words, one long word, none, thousands of sentences: each is drawn, within bounds."""
    marks = (cards.Mark("5", True), cards.Mark("only"), cards.Mark("again")) * 700
    rows = tuple(cards.Row(sigil, "Outlet " * 30, marks) for sigil in ("A", "AB", "C", "D", "E"))
    for title in ("word " * 300, "x" * 400, "", "الفيضان"):
        crowded = replace(card(), title=title, rows=rows, more="and 95 more", longest=2100, site="Site " * 60)
        picture = pixels(drawing.draw(crowded, look()))
        paper = pixels(drawing.draw(Card("", "", "", (), "", 0, ""), look())).getpixel((20, 300))
        assert {picture.getpixel((x, y)) for x in (5, cards.WIDTH - 5) for y in range(20, 600, 5)} == {paper}
        assert {picture.getpixel((x, y)) for x in range(0, cards.WIDTH, 7) for y in (15, 600, 625)} == {paper}


# ---------------------------------------------------------------------------- a theme's say


def test_a_line_that_returns_is_set_once() -> None:
    """What was found is set once for many pictures, however long; a title, which is large, is not kept."""
    set_anew: list[str] = []

    def make(line: Image.Image, ink: str) -> Image.Image:
        set_anew.append(ink)
        return line

    found, title = lettering.Lettering(look().text, 27), lettering.Lettering(look().title, 80)
    for _ in range(2):
        assert found.line("Five tellings from four origins: no quotations are altered,", "quiet", make)
        assert title.line("A title as long as a line", "ink", make)
    assert set_anew == ["quiet", "ink", "ink"]


def test_a_theme_without_a_look_has_no_pictures() -> None:
    """A theme that does not say how pictures are drawn has none; nor has a site that compares nothing."""
    assert has_cards(THEME, Config())
    assert not has_cards({"templates/base.html": b""}, Config())
    assert not has_cards(THEME, Config(compare_enabled=False))
    assert not has_cards(THEME, Config(cards_enabled=False))


def test_mistakes_in_a_look_are_told_at_their_lines() -> None:
    """An unknown key, a font that is not there, a colour that is none, one that is missing: all are told together."""
    colours = "".join(f"{name}: '#123456'\n" for name in COLOURS if name not in ("ink", "only"))
    text = f"title: title.ttf\ntext: tixt.ttf\nink: blue\ninkk: '#fff'\n{colours}"
    with pytest.raises(SourceError) as raised:
        look_of({"card/card.yml": text.encode(), "card/title.ttf": look().title})
    assert sorted(map(str, raised.value.problems)) == [
        "card/card.yml: only: expected a colour like '#0a5c8d' (in quotes)",
        "card/card.yml:2:1: text: expected the name of a font in card/ – as in “text: text.ttf”",
        "card/card.yml:3:1: ink: expected a colour like '#0a5c8d' (in quotes), found 'blue'",
        "card/card.yml:4:1: inkk: unknown key – did you mean 'ink'?",
    ]


def test_a_font_that_is_none_is_told() -> None:
    """A file that no font can be read from is an error of the theme's, not a fault of the program."""
    with pytest.raises(SourceError, match=r"^card/card\.yml: one of its fonts cannot be read"):
        lettering.lettering(b"no font", 20).width("a")


# ---------------------------------------------------------------------------- pages


def test_pages_of_a_story_name_its_picture() -> None:
    """Every page of a story names its picture by a full address, with its size and a description; other pages none."""
    site = demosite.site()
    assert site["stories/ferry/card.png"].startswith(b"\x89PNG")
    pages = {path: Document(data.decode()) for path, data in site.items() if path.endswith("index.html")}
    for path, page in pages.items():
        said = {a["property"]: a["content"] for tag, a in page.elements if tag == "meta" and "property" in a}
        named = {a["name"]: a["content"] for tag, a in page.elements if tag == "meta" and "name" in a}
        if path.startswith("stories/ferry/") and "og:url" in said:
            assert said["og:image"] == f"{demosite.settings().base_url}stories/ferry/card.png"
            assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
            assert "Harbour Wire" in said["og:image:alt"]
            assert named["twitter:card"] == "summary_large_image"
        elif not path.startswith("stories/") or path == "stories/index.html":
            assert "og:image" not in said
    assert any(a.get("href") == "card.png" for tag, a in pages["stories/ferry/index.html"].elements if tag == "a")
    assert b'"image":"https://' in site["stories/ferry/index.html"]
    pictures = [item.get("image") for item in json.loads(site["feed.json"])["items"]]
    assert f"{demosite.settings().base_url}stories/ferry/card.png" in pictures


def test_without_an_address_pages_lead_to_the_picture_all_the_same() -> None:
    """A site that does not know its address names no picture for others, but has it, and leads there."""
    site = demosite.site(base_url=False)
    page = site["stories/ferry/index.html"].decode()
    assert "og:image" not in page
    assert 'href="card.png"' in page
    assert "stories/ferry/card.png" in site


# ---------------------------------------------------------------------------- builds


def test_without_the_library_the_build_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library that draws is not installed a site has no pictures; the build says why, once, and goes on."""
    found = project.find_spec
    monkeypatch.setattr(project, "find_spec", lambda name: None if name == "PIL" else found(name))
    root = copied(HARBOUR, tmp_path)
    result = ssg(root, "build", "--base-url", "https://town.example/")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.count(NO_PICTURES) == 1
    assert "variorum[cards]" in NO_PICTURES
    assert not list((root / "site").rglob("*.png"))
    assert not any(b"og:image" in data or b"card.png" in data for data in tree(root / "site").values())
    assert NO_PICTURES not in ssg(root, "build", "--set", "cards.enabled=no").stderr


def test_a_picture_is_drawn_anew_when_something_on_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A story told again keeps its picture while that would be the same; one that somebody touched is redrawn."""
    drawn: list[str] = []
    draw = drawing.draw
    monkeypatch.setattr(drawing, "draw", lambda card, look: drawn.append(card.title) or draw(card, look))
    root = copied(HARBOUR, tmp_path / "project")
    (root / "themes").mkdir(exist_ok=True)
    ssg(root, "build", "-j", "1")
    first = tree(root / "site")
    told = len(drawn)
    assert told == len([path for path in first if path.endswith("card.png")])
    (root / "themes" / "mine" / "templates").mkdir(parents=True)
    (root / "themes" / "mine" / "theme.yml").write_text("extends: default\n", encoding="utf-8")
    assert ssg(root, "build", "--set", "theme=mine", "-j", "1").exit_code == 0
    assert len(drawn) == told
    assert ssg(root, "build", "--set", "title=Another site", "-j", "1").exit_code == 0
    assert len(drawn) == 2 * told
    picture = next((root / "site").rglob("card.png"))
    good = picture.read_bytes()
    picture.write_bytes(good[:-1] + b"x")
    assert ssg(root, "build", "--set", "title=Another site", "-j", "1").exit_code == 0
    assert len(drawn) == 2 * told + 1
    assert picture.read_bytes() == good
    shutil.copytree(root, tmp_path / "fresh", ignore=shutil.ignore_patterns(".ssg", "site"))
    assert ssg(tmp_path / "fresh", "build", "--set", "title=Another site", "-j", "1", "--verify").exit_code == 0
    assert tree(tmp_path / "fresh" / "site") == tree(root / "site")
