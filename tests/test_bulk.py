"""Bulk and nonsense: an article too large is refused with a message; what is only strange is built."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from generator.errors import Problem
from generator.ingest import content, seeds
from generator.ingest.encodings import ENCODINGS
from generator.ingest.limits import exceeded
from generator.ingest.texts import decoded, visible
from generator.shell import disk
from tests.projects import ssg

PROSE = "The ferry to the island runs again, the harbour office said on Monday.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("word " * 200_100, "1,001 KB – a capture holds one article"),
        ("the " * 240_000, "960,000 characters – an article of at most 100,000 can be compared"),
        ("[" * 20_000 + "\n", "20,000 signs of Markdown in one paragraph"),
        ("a ![x](" * 3_000, "9,000 signs of Markdown in one paragraph"),
        ("*a _b " * 10_000, "20,000 signs of Markdown in one paragraph"),
        (">" * 20_000 + " a\n", "20,000 signs of Markdown in one paragraph"),
        ("&" * 40_000 + "\n", "40,000 signs of Markdown in one paragraph"),
        ("\n\n".join(f"# Heading {i}" for i in range(5_000)), "some 4,999 sentences"),
        ("It ran. " * 5_000, "some 5,000 sentences"),
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_too_much_for_one_article(text: str, said: str, ending: str) -> None:
    """A text beyond what anybody reads is refused with its size and the limit, as a capture and as an article."""
    found = seeds.read(f"seeds/a{ending}", text.encode())
    assert said in " ".join(error.message for error in found.errors)
    if "capture" not in said:
        _, problems = content.read_article("content/stories/s/a.md", text.encode())
        assert said in " ".join(problem.message for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        "1" * 90_000 + " people came.",
        "a" * 90_000,
        "“a ‘b " * 8_000,
        "\n".join(" " * i + "- a" for i in range(400)),
        "|" * 900 + "\n" + "|-" * 900 + "|\n" + "|x" * 900 + "|\n",
        "Heading\n\n" * 1_000,
        "> " * 1_000 + "a",
        ". " * 1_400,
        "\u0301" * 20_000,
        "👩‍👩‍👧" * 5_000,
    ],
)
def test_strange_texts_are_read(text: str) -> None:
    """Whatever the text, reading it ends, with an article or with a problem that is told."""
    for ending in (".txt", ".md"):
        found = seeds.read(f"seeds/a{ending}", text.encode())
        assert found.errors or found.article.body


def test_the_place_of_what_is_too_much() -> None:
    """The problem names the line on which the crowded paragraph begins."""
    (found,) = exceeded("one\n\ntwo\n\n" + "*" * 4000, "a.md", 7)
    assert (found.path, found.line) == ("a.md", 11)


def test_many_tiny_files(tmp_path: Path) -> None:
    """Thousands of stray files in deep folders are listed and told, none is followed anywhere."""
    folder = tmp_path / "seeds" / "/".join("d" * 40)
    folder.mkdir(parents=True)
    for i in range(3000):
        (folder / f"{i}.bin").write_bytes(b"")
    read = disk.read_folder(tmp_path, "seeds")
    assert len(read) == 3000
    assert len(seeds.read_all(read).warnings) == 3000


# ---------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("A ferry – “sank”".encode(), ""),
        ("A ferry – “sank”".encode("utf-8-sig"), ""),
        ("A ferry – “sank”".encode("utf-16"), ""),
        (b"\xfe\xff" + "A ferry – “sank”".encode("utf-16-be"), ""),
        ("A ferry – “sank”".encode("windows-1252"), "windows-1252"),
        ("A ferry – “sank”".encode("utf-16-le"), "utf-16-le"),
        ("A ferry – “sank”".encode("macintosh"), "macintosh"),
    ],
)
def test_encodings_that_are_read(data: bytes, encoding: str) -> None:
    """UTF-8 with and without mark, UTF-16 with one, and whatever a sidecar states, give the same text."""
    assert decoded(data, "seeds/a.txt", encoding) == "A ferry – “sank”"
    found = seeds.read("seeds/a.txt", data + b"", f"encoding: {encoding}\n".encode() if encoding else None)
    assert "“sank”" in found.article.body


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        (
            b"one\ntwo \x93x\x94",
            "",
            "seeds/a.txt:2: not UTF-8: byte 8 is 0x93 – it looks like windows-1252, which reads: two “x” – "
            "save it as UTF-8, or state `encoding: windows-1252` in seeds/a.yml",
        ),
        (b"one\ntwo\0three", "", "seeds/a.txt:2: not text: byte 7 is NUL – is this a document or an archive? Save its"),
        (
            "one two".encode("utf-16-le"),
            "",
            "seeds/a.txt:1: not text: byte 1 is NUL – this looks like UTF-16 without its mark; save it as UTF-8, or "
            "state `encoding: utf-16-le` in seeds/a.yml",
        ),
        ("one two".encode("utf-16-be"), "", "seeds/a.txt:1: not text: byte 0 is NUL – this looks like UTF-16 without"),
        (
            "a\nb\ud800".encode("utf-8", "surrogatepass"),
            "",
            "seeds/a.txt:2: not UTF-8: byte 3 is 0xed – save it as UTF-8, or state its encoding in seeds/a.yml",
        ),
        ("Für alle Fälle ü".encode()[:-1], "", "seeds/a.txt:1: not UTF-8: byte 17 is 0xc3 – save it as UTF-8, or"),
        (b"\xff\xfea\x00\x00\xd8", "", "seeds/a.txt:1: not UTF-16-LE: byte 4 is 0x00 – its first bytes say so"),
        (
            b"a\x81b",
            "windows-1252",
            "seeds/a.txt:1: not windows-1252: byte 1 is 0x81 – correct the encoding that is st",
        ),
    ],
)
def test_encodings_that_are_refused(data: bytes, encoding: str, said: str) -> None:
    """Nothing is guessed: the problem names file, line and byte, and what to do."""
    found = decoded(data, "seeds/a.txt", encoding, "seeds/a.yml")
    assert isinstance(found, Problem)
    assert str(found).startswith(said)


#: Encoding → a sentence of a language that is still met in it.
MET = {
    "windows-1252": "Der Bürgermeister sagte am Montag, die Brücke bleibe „bis auf Weiteres“ geschlossen – für alle.",
    "windows-1250": "Burmistrz powiedział w poniedziałek, że most pozostanie zamknięty „do odwołania” – naprawa potrwa.",
    "windows-1251": "Мэр заявил в понедельник, что мост останется закрытым «до особого распоряжения».",
    "windows-1253": "Ο δήμαρχος δήλωσε τη Δευτέρα ότι η γέφυρα θα παραμείνει κλειστή «μέχρι νεοτέρας».",
    "windows-1254": "Belediye başkanı pazartesi günü köprünün “ikinci bir duyuruya kadar” kapalı kalacağını söyledi.",
    "windows-1255": "ראש העיר אמר ביום שני כי הגשר יישאר סגור עד להודעה חדשה, והתיקון יעלה יותר.",
    "windows-1256": "قال رئيس البلدية يوم الاثنين إن الجسر سيبقى مغلقا حتى إشعار آخر وستكلف الإصلاحات أكثر.",
    "windows-874": "นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าสะพานจะปิดจนกว่าจะมีประกาศเพิ่มเติม",
    "koi8-r": "Мэр заявил в понедельник, что мост останется закрытым до особого распоряжения.",
    "shift_jis": "市長は月曜日、橋は「当面の間」閉鎖されると述べた。修理には三千万円かかる見込みだ。",
    "euc-jp": "市長は月曜日、橋は「当面の間」閉鎖されると述べた。修理には三千万円かかる見込みだ。",
    "euc-kr": "시장은 월요일 다리가 당분간 폐쇄될 것이라고 말했다.",
    "gb18030": "市长周一表示，大桥将“暂时”关闭，维修费用将高于预期。",
    "big5": "市長週一表示，大橋將「暫時」關閉，維修費用將高於預期，市民請改道。",
    "macintosh": "Le maire a déclaré lundi que le pont resterait fermé « jusqu’à nouvel ordre ».",
}


@pytest.mark.parametrize("name", MET)
def test_encodings_that_are_recognised(name: str) -> None:
    """What is refused is told by its name, which, once stated, reads it right."""
    data = MET[name].encode(ENCODINGS[name])
    (refused,) = seeds.read("seeds/s/a.txt", data).errors
    assert f"it looks like {name}" in refused.message
    assert f"`encoding: {name}` in seeds/s/a.yml" in refused.message
    found = seeds.read("seeds/s/a.txt", data, f"encoding: {name}\n".encode())
    assert (found.errors, found.article.body.strip()) == ((), MET[name])


def test_an_editors_file_in_another_encoding() -> None:
    """A content file, which has no sidecar, is refused with the encoding that it looks like."""
    data = f"---\ntitle: Brücke\n---\n\n{MET['windows-1252']}\n".encode("cp1252")
    _, (problem, *_) = content.read_article("content/stories/s/a.md", data)
    assert str(problem) == (
        "content/stories/s/a.md:2: not UTF-8: byte 13 is 0xfc – it looks like windows-1252, which reads: title: Brücke"
        " – save it as UTF-8"
    )


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_that_may_be_stated(name: str) -> None:
    """Whichever name a sidecar states, and a page declares, Python knows it."""
    text = "A ferry sank off the harbour on Monday."
    found = seeds.read("seeds/a.txt", text.encode(ENCODINGS[name]), f"encoding: {name}\n".encode())
    assert (found.errors, found.article.body.strip()) == ((), text)


@pytest.mark.parametrize(
    ("declared", "written", "reads"),
    [("iso-8859-1", "cp1252", True), ("ISO-8859-9", "cp1254", True), ("gb2312", "gb18030", True), ("windows-1259", "cp1252", False)],
)  # fmt: skip
def test_pages_in_the_encoding_that_they_declare(declared: str, written: str, reads: bool) -> None:
    """A saved page is read as browsers read it: names that stand for more than they say; one that is none is refused."""
    pytest.importorskip("trafilatura")
    said = "The mayor said on Monday that the bridge over the river would stay shut “until further notice”."
    page = f"<html><meta charset={declared}><body><article><h1>Bridge</h1>{f'<p>{said}</p>' * 3}</article></html>"
    found = seeds.read("seeds/a.html", page.encode(written))
    assert bool(found.errors) != reads
    assert ("“until further notice”" in found.article.body) == reads


def test_a_page_with_a_damaged_byte() -> None:
    """A byte that means nothing beside the article does no harm; within it, it is refused with its place."""
    pytest.importorskip("trafilatura")
    said = b"<p>The mayor said on Monday that the old bridge over the river would stay shut for a while.</p>" * 3
    page = b"<html><title>T</title><article><h1>The bridge is shut</h1>%s%s</article><!-- %s --></html>"
    assert not seeds.read("seeds/a.html", page % (said, b"", b"\xe9")).errors
    (refused,) = seeds.read(
        "seeds/a.html", page % (said, b"<p>Nobody was hurt in the caf\xe9 beside it.</p>", b"")
    ).errors
    assert "byte 372 is 0xe9 – it looks like windows-1252, which reads: " in refused.message


def test_an_unknown_encoding_is_a_problem_of_the_sidecar() -> None:
    """An encoding that no browser reads is not tried."""
    for name in ("utf-7", "rot13", "unicode_escape", "zlib", "idna", "cp037"):
        found = seeds.read("seeds/a.txt", PROSE.encode(), f"encoding: {name}\n".encode())
        assert [error.path for error in found.errors] == ["seeds/a.yml"], name


def test_line_ends_are_one() -> None:
    """CRLF, CR and LF give the same article."""
    bodies = {
        seeds.read("seeds/a.txt", (PROSE * 3).replace("\n", end).encode()).article.body
        for end in "\n \r\n \r".split(" ")
    }
    assert len(bodies) == 1


def test_what_nobody_sees_is_left_out() -> None:
    """Controls and overrides of the direction go; letters, marks, joiners and line breaks stay."""
    assert visible("a\x00\x1b[31mb\u202ec\u2066d\ufffe\ud800e") == "a[31mbcde"
    for text in ("a\nb\tc", "e\u0301", "\u200dक\u200c", "a\u200fb", "👩‍👩‍👧", "\u00a0"):
        assert visible(text) == text


# ---------------------------------------------------------------------------- names of files


@pytest.mark.parametrize(
    "name",
    ["two words.txt", "-rf.txt", "--help.txt", "…dots….txt", "a..b.txt", "n" * 240 + ".txt", "é.txt", "CON.txt", "100%.txt", "a'b\"c.txt", "ﬁ🙂.txt", "a;b&c|d.txt", "$(id).txt"],
)  # fmt: skip
def test_names_of_captures(tmp_path: Path, name: str) -> None:
    """A capture may be called anything that can be seen; its article's file and address are plain."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / name).write_text(PROSE, encoding="utf-8")
    found = disk.read_folder(tmp_path, "seeds")
    (capture,) = seeds.read_all(found).captures
    assert not capture.errors
    assert capture.article.seed == f"seeds/{name}"


def test_both_normal_forms_are_one_name(tmp_path: Path) -> None:
    """A name is read in its composed form, from whatever disk; two that differ in nothing else are a problem."""
    (tmp_path / "seeds").mkdir()
    for name in ("e\u0301.txt", "e\u0301.yml"):
        (tmp_path / "seeds" / name).write_text(
            PROSE if name.endswith("txt") else "outlet: x.example\n", encoding="utf-8"
        )
    assert sorted(disk.read_folder(tmp_path, "seeds")) == ["seeds/\u00e9.txt", "seeds/\u00e9.yml"]
    (tmp_path / "seeds" / "\u00e9.txt").write_text(PROSE, encoding="utf-8")
    if len(list((tmp_path / "seeds").iterdir())) == 3:
        with pytest.raises(disk.SourceError, match="with its accents written otherwise"):
            disk.read_folder(tmp_path, "seeds")


@pytest.mark.parametrize("name", ["a\x1b[31m.txt", "a\nb.txt", "a\u202etxt.exe.txt", "a\u200b.txt"])
def test_names_that_nobody_can_see_are_refused(tmp_path: Path, name: str) -> None:
    """A name that a terminal would obey is told with its characters written out."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / name).write_text(PROSE, encoding="utf-8")
    result = ssg(tmp_path, "build")
    assert result.exit_code == 1
    assert "holds a character that nobody can see – rename it" in result.stderr
    assert not {"\x1b", "\u202e"} & set(result.stderr)


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    """A name of bytes that are no text is a problem, not a fault."""
    (tmp_path / "seeds").mkdir()
    try:
        Path(str(tmp_path / "seeds") + "/a\udcff.txt").write_text(PROSE, encoding="utf-8")
    except OSError:
        pytest.skip("this disk has no such names")
    result = ssg(tmp_path, "build")
    assert result.exit_code == 1
    assert "its name is not UTF-8 – rename it" in result.stderr


def test_names_that_differ_only_in_case() -> None:
    """Captures whose names differ only in case become two articles with two addresses on every disk."""
    found = {f"seeds/s/{name}": f"{PROSE}{name} said so.\n".encode() for name in ("Ferry.txt", "ferry.txt", "FERRY.md")}
    from generator.gathered import ingest
    from generator.model import Config

    writes = sorted(ingest(found, Config()).writes)
    assert len({unicodedata.normalize("NFC", name).casefold() for name in writes}) == 3
