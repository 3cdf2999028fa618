"""What a reader may expect of a word diff: the policy, and the cases in `cases/diffs.md` that hold it.

1.  **Whole words.** A change never begins or ends inside a word: `[-engineer-]{+engineers+}`. A word is what a reader
    takes for one: `two-week`, `mayor’s`, `didn’t`, `$1,250,000`.
2.  **A phrase replaced by a phrase is one change**, not five. An addition begins and ends where a phrase does.
3.  **No islands.** A stop word or a mark between two longer changes, of two words or more, goes with them; a word of
    substance mostly stays, and two of them always do. Beside changes of a single word a stop word stays too, unless
    it does no more than tie the words of one phrase together (`the`, `of`, `and`) and one of the changes is longer.
4.  **What is merely set differently never shows**: the kind of quotation marks and dashes, kinds and number of spaces,
    a capital that a sentence opens with, an ellipsis in one sign or three, ligatures, the dots of `U.S.`
5.  **Punctuation stays with what it belongs to.** A mark goes with the word it stands behind when that word changes,
    and a mark that comes, goes or is replaced is shown with its word, because alone it is hard to see. Only longer
    additions leave that word alone. Quotation marks and brackets are marks of their own.
6.  **Nothing is shown twice.** A sentence that the other side has cut in two is compared with both halves at once.
7.  **Nothing is lost.** The old sides of all changes, joined, are the old text, and the new sides the new one.
8.  **Nothing is forced.** Two wordings with little in common stand apart, with the words they share marked.
9.  **Readability has its price.** Where thirty words or more change, at most 7 % more printed words are changed than
    must be: the lightest islands go first, and the others stay.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from generator import word_changes
from generator.compare.digest import digest_of
from generator.compare.lines import plain, wrapped
from generator.compare.report import report
from generator.compare.signs import marked
from generator.compare.splits import joined
from generator.compare.text import STOP_WORDS
from generator.compare.tokens import norms
from generator.model import Article, Change, Story
from tests.casefiles import read_cases

CASES = Path(__file__).parent / "cases"

WORDS = 'the of and a bridge Bridge closed shut harbour – - “ ” " , . ’s 5 1,000 ferry didn’t U.S. US'.split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


def shown(old: str, new: str) -> str:
    """Return a word diff as a reader without colours sees it, spaces as they are."""
    return "".join(span.text for span in marked(word_changes(old, new))).replace("\u200b", "")


@pytest.mark.parametrize(("title", "text", "expected"), read_cases(CASES / "diffs.md"))
def test_policy(title: str, text: str, expected: str) -> None:
    """Each rule of the policy, by example."""
    assert shown(*text.split("\n")) == expected, title


@given(TEXTS, TEXTS)
def test_nothing_is_lost(old: str, new: str) -> None:
    """Both texts can be read off the changes, to the last space."""
    found = word_changes(old, new)
    assert "".join(change.old for change in found) == old
    assert "".join(change.new for change in found) == new


@given(TEXTS, TEXTS)
def test_equal_means_equal_words(old: str, new: str) -> None:
    """What is called equal has the same words on both sides, and two equal runs never touch."""
    found = word_changes(old, new)
    assert all(norms(change.old) == norms(change.new) for change in found if change.op == "equal")
    assert all(one.op != "equal" or two.op != "equal" for one, two in pairwise(found))


@given(TEXTS)
def test_set_differently_is_the_same(text: str) -> None:
    """Other quotation marks, dashes and spaces make no change, other capitals none of words."""
    other = re.sub("[“”]", '"', text).replace("’", "'").replace("–", "—").replace(" ", "\u00a0")
    assert all(change.op == "equal" for change in word_changes(text, other))
    assert all(norms(change.old) == norms(change.new) for change in word_changes(text, other.upper()))


@example("the the Bridge the the the the", "of bridge the")  # a capital cuts off what was no island
@given(TEXTS, TEXTS)
def test_no_islands(old: str, new: str) -> None:
    """Between two changes of three words and more no lone stop word is left standing."""
    for before, kept, after in zip(*(word_changes(old, new)[n:] for n in range(3)), strict=False):
        if kept.op == "equal" and min(_words(before), _words(after)) > 2:
            words = [norm for norm in norms(kept.old) if norm[0].isalnum()]
            assert len(words) > 1 or not set(words) <= STOP_WORDS


LONG = st.lists(st.sampled_from("the of and a bridge closed harbour old new ferry plan it town".split()), max_size=90)


@given(LONG, LONG)
def test_readability_has_its_price(old: list[str], new: list[str]) -> None:
    """Where many words change, few more do than must."""
    found = [change for change in word_changes(" ".join(old), " ".join(new)) if change.op != "equal"]
    least = Indel.distance(old, new)
    if least >= 30:
        assert sum(len(side.split()) for change in found for side in (change.old, change.new)) <= 1.07 * least


def _words(change: Change) -> int:
    """Return the words of the longer side of a change."""
    return max(sum(norm[0].isalnum() for norm in norms(side)) for side in (change.old, change.new))


SPLIT = (
    "The harbour bridge was closed after cracks were found in its bearings,"
    " and the old ferry to the east bank will run twice as often. Nobody was hurt.",
    "The harbour bridge was closed after cracks were found in its bearings."
    " The old ferry to the east bank will run twice as often. Hauliers are angry.",
)


@pytest.mark.parametrize(("old", "new"), [SPLIT, SPLIT[::-1]])
def test_a_sentence_cut_in_two_is_shown_once(old: str, new: str) -> None:
    """The whole is compared with both halves, so that no word of it is printed twice."""
    digest = digest_of(Story("s", "", (Article(slug="a", body=old), Article(slug="b", body=new))))
    lines = "\n".join(map(plain, report(digest, 200)))
    told = lines[lines.index("[-only in") :]
    assert told.count("cracks were found in its") == 1
    assert told.count("twice as often") == 1


def test_links_that_lie_apart_are_not_joined() -> None:
    """Halves with another sentence between them stay two links."""
    body = SPLIT[1].replace("bearings. ", "bearings. The mayor has resigned. ")
    digest = digest_of(Story("s", "", (Article(slug="a", body=SPLIT[0]), Article(slug="b", body=body))))
    (pair,) = digest.pairs
    assert all(len(link.new) == 1 for link in joined(pair.links, *digest.witnesses))


def test_joining_keeps_every_sentence() -> None:
    """Joined links name the sentences that the links named, and their changes are those sentences."""
    digest = digest_of(Story("s", "", tuple(Article(slug=f"a{n}", body=body) for n, body in enumerate(SPLIT))))
    (pair,) = digest.pairs
    texts = {segment.id: segment.text for witness in digest.witnesses for segment in witness.segments}
    found = joined(pair.links, *digest.witnesses)
    assert {name for link in found for name in link.old} == {name for link in pair.links for name in link.old}
    for link in found:
        assert "".join(change.old for change in link.changes) == " ".join(texts[name] for name in link.old)
        assert "".join(change.new for change in link.changes) == " ".join(texts[name] for name in link.new)


def test_a_line_may_break_between_the_sides_of_a_replacement() -> None:
    """Narrow lines break behind `-]` too, and the signs stay with their words."""
    lines = wrapped(marked(word_changes("A dark bridge.", "A light bridge.")), 12)
    assert [plain(line) for line in lines] == ["A [-dark-]", "{+light+}", "bridge."]
