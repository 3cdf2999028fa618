"""Languages other than English: where a sentence ends, what a word is, who quotes, which way a page runs.

How each is read: the stated language (front matter, sidecar, or a saved page's `lang`) chooses the abbreviations.
Where none is stated, it is found: by the script, by letters that only one of its languages has, in Latin script by the
smallest words. The terminators of every script are known in any language. Thai sets no mark at the
end of a sentence: it is cut at spaces between clauses of at least twenty characters, so that names, numbers and short
lists stay whole. Scripts without spaces are compared character by character, all others word by word.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import align, sentences, word_changes
from generator.compare import languages
from generator.compare.languages import language_in
from generator.compare.lines import plain, wrapped
from generator.compare.quotations import quotations
from generator.compare.signs import marked
from tests.casefiles import read_cases
from tests.projects import ssg

CASES = Path(__file__).parent / "cases"
SIGNS = "。！？」』“”«»„؟؛।.!? \u00a0\n\"'《》"
LETTERS = "桥关了橋はที่สะพานمغلقपुलмостAbи1тд"


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "languages.md"))
def test_sentences(title: str, text: str, expected: str) -> None:
    """Every language's text is cut where its sentences end, and nowhere else."""
    language = title.partition(":")[0]
    found = sentences(text) if language == "--" else sentences(text, language)
    assert found == expected.split("\n"), title


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "languages_quotations.md"))
def test_quotations(title: str, text: str, expected: str) -> None:
    """Every language's quotation marks are known; what they hold inside each other belongs to the outer ones."""
    assert "\n".join(text[found.start : found.end] for found in quotations(text)) == expected, title


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "languages_changes.md"))
def test_changes(title: str, text: str, expected: str) -> None:
    """A changed word is shown as that: by words, or by characters where no spaces part the words."""
    old, new = text.split("\n")
    (line,) = wrapped(marked(word_changes(old, new)), 1000)
    assert plain(line) == expected, title


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "languages_found.md"))
def test_found_languages(title: str, text: str, expected: str) -> None:
    """A text's language is found where nobody states it; one that does not show it has none."""
    assert (language_in(text) or "none") == expected, title


@given(st.text(alphabet=f"{LETTERS}{SIGNS}éß ", max_size=60), st.integers(1, 9))
def test_the_first_words_of_a_text_are_those_of_the_whole(text: str, count: int) -> None:
    """The words by which a language is told are the first ones, however long they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "_LOOK", count)
        assert languages._first_words(text) == re.findall(r"[^\W\d_]+", text.lower())[:count]


@given(st.text(max_size=80))
def test_any_text_has_a_language_or_none(text: str) -> None:
    """Whatever the text, there is an answer: a code of two letters, or nothing."""
    assert len(language_in(text)) in {0, 2}


@given(
    st.text(alphabet=SIGNS + LETTERS, max_size=60),
    st.sampled_from(["", "en", "de", "fr", "ru", "uk", "hi", "zh-Hans", "xx"]),
)
def test_no_sentence_is_lost(text: str, language: str) -> None:
    """Whatever the script and the language, sentences stand in the text in order, with only white space between."""
    place = 0
    for sentence in sentences(text, language):
        at = text.index(sentence, place)
        assert not text[place:at].strip()
        place = at + len(sentence)
    assert not text[place:].strip()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["大桥周日对卡车关闭。", "没有人受伤。"], ["没有人受伤。", "大桥周一对卡车关闭。"]),
        (["أُغلق الجسر أمام الشاحنات.", "لم يصب أحد بأذى."], ["لم يصب أحد بأذى.", "أُغلق الجسر أمام الحافلات."]),
        (["पुल रविवार को बंद हुआ।", "कोई घायल नहीं हुआ।"], ["कोई घायल नहीं हुआ।", "पुल सोमवार को बंद हुआ।"]),
        (["Мост закрыт для грузовиков.", "Никто не ранен."], ["Никто не ранен.", "Мост закрыт для автобусов."]),
        (["สะพานปิดเมื่อวันอาทิตย์", "ไม่มีผู้บาดเจ็บ"], ["ไม่มีผู้บาดเจ็บ", "สะพานปิดเมื่อวันจันทร์"]),
    ],
)
def test_alignment_knows_every_script(old: list[str], new: list[str]) -> None:
    """Sentences find each other in any script, also where they have changed places."""
    assert {(link.old, link.new) for link in align(old, new)} == {((0,), (1,)), ((1,), (0,))}


def test_a_stated_language_reaches_the_page(tmp_path: Path) -> None:
    """The language of a sidecar or of front matter stands on the telling's words, and Arabic runs from the right."""
    folder = tmp_path / "seeds" / "bridge"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text("أُغلق الجسر يوم الأحد. لم يصب أحد بأذى.", encoding="utf-8")
    (folder / "one.yml").write_text("language: ar\n", encoding="utf-8")
    (folder / "two.md").write_text(
        "---\nlanguage: ar\n---\nأُغلق الجسر يوم الاثنين. لم يصب أحد بأذى.\n", encoding="utf-8"
    )
    (folder / "three.txt").write_text("大桥周日对卡车关闭。没有人受伤。", encoding="utf-8")
    assert ssg(tmp_path, "build").exit_code == 0
    site = tmp_path / "site" / "stories" / "bridge"
    pair = (site / "diff" / "one" / "two" / "index.html").read_text(encoding="utf-8")
    assert pair.count('lang="ar" dir="rtl"') >= 4
    telling = (site / "one" / "index.html").read_text(encoding="utf-8")
    assert 'lang="ar" dir="rtl"' in telling
    found = (site / "three" / "index.html").read_text(encoding="utf-8")
    assert 'lang="zh" dir="ltr"' in found
    assert "language: ''" in (tmp_path / "content" / "stories" / "bridge" / "three.md").read_text(encoding="utf-8")
