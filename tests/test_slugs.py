"""Names of files and addresses, and the words a typing error was meant to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.slugs import MAX_LENGTH, is_slug, slugify, unique
from generator.ingest.suggest import did_you_mean, nearest

ANY = st.text(alphabet=st.characters(), max_size=120)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("‘Didn’t make it’: Trump after call", "didnt-make-it-trump-after-call"),
        ("washingtonpost.com", "washingtonpost-com"),
        ("  Élysée -- Straße & Øresund  ", "elysee-strasse-oresund"),
        ("a/../b\\c", "a-b-c"),
        ("CON", "con-1"),
        ("diff", "diff-1"),
        ("Trump и Путин", "trump"),
        ("ﬁne ½", "fine-1-2"),
    ],
)
def test_slugs_are_plain(text: str, slug: str) -> None:
    """Accents are folded, signs become hyphens, reserved names get a number."""
    assert slugify(text) == slug


@given(ANY)
def test_any_text_has_a_stable_slug(text: str) -> None:
    """Whatever the text, its slug may name a file, and is its own slug."""
    slug = slugify(text)
    assert is_slug(slug)
    assert slugify(slug) == slug
    assert len(slug) <= MAX_LENGTH + 2


def test_other_scripts_are_told_apart() -> None:
    """Texts without a Latin letter get different names that stay the same."""
    assert slugify("Путин") == slugify("Путин") != slugify("Зеленский")
    assert slugify("").startswith("x-")


def test_long_slugs_end_with_a_word() -> None:
    """A slug is cut between words, and not after a small one."""
    slug = slugify("harbour " * 9 + "and the " + "storm " * 9)
    assert slug == "-".join(["harbour"] * 9)
    assert slugify("a" * 200) == "a" * MAX_LENGTH


@pytest.mark.parametrize("text", ["", "A", "a b", "-a", "a-", "ä", "nul", "a" * 101, "a.b", "../a"])
def test_what_is_no_slug(text: str) -> None:
    """The allow-list is a-z, 0-9 and hyphens between."""
    assert not is_slug(text)


def test_unique_names() -> None:
    """The first free of a, a-2, a-3, …"""
    assert [unique("a", taken) for taken in ([], ["a"], ["a", "a-2"])] == ["a", "a-2", "a-3"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [("titel", "title"), ("Title", "title"), ("base-url", "base_url"), ("lang", "language"), ("xyz", ""), ("", "")],
)
def test_the_nearest_word(word: str, meant: str) -> None:
    """A swap, a letter, a hyphen or a shortened word is understood; nonsense is not."""
    assert nearest(word, ["title", "base_url", "language"]) == meant


@pytest.mark.parametrize(("word", "meant"), [("url", "source_url"), ("Canonical-URL", "source_url"), ("by", "authors")])
def test_what_others_call_a_key_is_known(word: str, meant: str) -> None:
    """Who writes a key as another program or a page's own elements call it is told ours, if the file may have it."""
    assert nearest(word, ["authors", "date", "source_url", "via"]) == meant
    assert nearest(word, ["title"]) == ""


def test_did_you_mean_lists_what_is_known() -> None:
    """Where nothing is near, the known words are listed."""
    assert did_you_mean("xyz", ["b", "a"]) == "; known are a, b"
