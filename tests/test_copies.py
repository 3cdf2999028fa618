"""Near-duplicates among many texts: samples find what comparing every pair finds, and earlier findings are kept."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compare.across import Across, Find
from generator.compare.duplicates import FEW, copies, near_duplicates, near_duplicates_within, shingles
from generator.compare.marks import WHOLE, beside, likely, marks, stamp
from generator.compare.text import normal
from generator.model import Config, NearDuplicate
from generator.pipeline import build
from tests import sample

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("", "ra", "nel", "tos", "vik")]


def telling(seed: int, length: int) -> list[str]:
    """Return words that no other seed's text has in this order."""
    return random.Random(seed).choices(WORDS, k=length)  # noqa: S311 - the same every time


def edited(words: list[str], seed: int, share: float) -> list[str]:
    """Return the words, a share of them replaced."""
    chance = random.Random(seed)  # noqa: S311
    return [chance.choice(WORDS) if chance.random() < share else word for word in words]


def planted(lengths: tuple[int, ...]) -> list[str]:
    """Return more texts than are held as a whole, of which many are copies, more or less edited, or excerpts."""
    texts = []
    for seed in range(FEW // 4):
        words = telling(seed, lengths[seed % len(lengths)])
        start = len(words) // 5
        texts += [words, edited(words, seed, 0.02), edited(words, seed, 0.08), words[start : start + len(words) // 2]]
    return [" ".join(words) for words in [*texts, *(telling(-n, 90) for n in range(1, 9))]]


@pytest.mark.parametrize("lengths", [(40, 90, 130), (200, 600)])
def test_samples_find_what_all_pairs_show(lengths: tuple[int, ...]) -> None:
    """Of more texts than can be held, the same copies are found with the same figures as of few."""
    texts = planted(lengths)
    assert len(texts) > FEW
    assert near_duplicates(texts) == copies([shingles(text) for text in texts])


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=30).map(" ".join), max_size=6))
def test_all_pairs_of_a_story_show_what_its_rarest_shingles_do(texts: list[str]) -> None:
    """Of the texts of one story, empty ones too, the same copies are found with the same figures as of others."""
    assert near_duplicates_within(texts) == copies([shingles(text) for text in texts])


def test_order_of_texts_changes_numbers_only() -> None:
    """The same texts in another order are the same pairs."""
    texts = planted((50, 300))
    order = random.Random(1).sample(range(len(texts)), len(texts))  # noqa: S311
    pairs = {tuple(sorted((order[i], order[j]))) for i, j, _, _ in near_duplicates([texts[n] for n in order])}
    assert pairs == {(i, j) for i, j, _, _ in near_duplicates(texts)}


def test_a_phrase_that_all_texts_share_makes_no_pairs() -> None:
    """Texts that all end with the same long notice are not even held against each other."""
    notice = " ".join(telling(99, 60))
    samples = [marks(f"{' '.join(telling(seed, 240))} {notice}") for seed in range(300)]
    assert likely(samples) == []


@settings(deadline=None)
@given(
    st.lists(st.text(alphabet="aB’'-_ .,\u00ad\u00e9\u0301\u3042\uff21\ufb01\u2003\x1f\n…", max_size=60), max_size=4)
)
def test_marks_are_of_words_alone(texts: list[str]) -> None:
    """However a text's words are set apart and spelt, its keys are those of its words in their normal form."""
    for text in texts:
        words = " ".join(re.findall(r"\w+", normal(text)))
        assert marks(text)[8:] == marks(words)[8:]


def test_a_short_text_keeps_all_its_shingles() -> None:
    """A text of fewer shingles than `WHOLE` has a mark for each, a longer one for about a quarter of them."""
    short, long = " ".join(telling(1, WHOLE)), " ".join(telling(1, 2000))
    assert len(marks(short)) == 8 + 4 + 4 * len(shingles(short))
    assert 0.15 < (len(marks(long)) - 12) / 4 / len(shingles(long)) < 0.35


def test_stamps_tell_texts_apart() -> None:
    """Any other text has another stamp, also one of the same words."""
    assert stamp(marks("One two.")) == stamp(marks("One two.")) != stamp(marks("One, two."))


def test_one_text_is_held_against_all() -> None:
    """The pairs of a few texts are those of all texts in which one of the few is."""
    samples = [marks(text) for text in planted((60, 300))]
    every = likely(samples)
    for few in ([0], [3, 5, 200], range(0, 40, 7)):
        assert beside(few, samples) == [pair for pair in every if not set(few).isdisjoint(pair)]


def site_of(texts: dict[str, str], before: Across) -> tuple[list[dict[str, object]], Across]:
    """Return the near-duplicates that a site's data tell of, made after an earlier build."""
    kept = [before]

    def remember(find: Find) -> Across:
        kept.append(find(kept[-1]))
        return kept[-1]

    tree = {f"content/stories/{address}.md": article(text) for address, text in texts.items()}
    files = build(tree, sample.theme(), Config(near_duplicate=0.6), remember=remember).files
    return json.loads(files["stories.json"])["near_duplicates"], kept[-1]


def article(text: str) -> bytes:
    """Return a content file."""
    return f"---\ntitle: A title\noutlet: Post\ndate: 2024-05-01\n---\n\n{text}\n".encode()


def test_near_duplicates_of_a_site() -> None:
    """Copies are told of within a story and across stories, and after any edit as if nothing had been built before."""
    one, two = (" ".join(telling(seed, 60)) for seed in (1, 2))
    texts = {"a/x": one, "a/y": f"{one} And more.", "b/x": two, "c/x": f"{two} It is new.", "c/y": "Nothing alike."}
    found, before = site_of(texts, Across())
    assert [(pair["a"], pair["b"]) for pair in found] == [("a/x", "a/y"), ("b/x", "c/x")]
    assert found[1]["containment"] == 1.0
    for address, text in (("c/y", two), ("b/x", "Other."), ("d/x", one)):
        texts[address] = text
        found, before = site_of(texts, before)
        assert found == site_of(texts, Across())[0]
    del texts["c/y"], texts["a/x"]
    found, before = site_of(texts, before)
    assert found == site_of(texts, Across())[0]
    assert [(pair["a"], pair["b"]) for pair in found] == [("a/y", "d/x")]


def test_nothing_is_read_again_for_what_is_known() -> None:
    """A site with the same texts as before keeps its findings; with one other text, only what is near that is read."""
    texts = {f"s{n}/x": " ".join(telling(n % 3, 60)) for n in range(6)}
    _, before = site_of(texts, Across())
    assert len(before.pairs) == 3
    known = replace(before, pairs=(NearDuplicate("s0/x", "s3/x", 0.7, 0.9),))
    assert [pair["jaccard"] for pair in site_of(texts, known)[0]] == [0.7]
    texts["s5/x"] += " More."
    assert [pair["b"] for pair in site_of(texts, known)[0]] == ["s3/x", "s5/x"]
