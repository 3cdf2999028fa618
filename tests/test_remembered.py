"""What is remembered of texts and words."""

from __future__ import annotations

from generator.compare.remembered import forget, of_texts, of_words


def test_a_text_is_looked_at_once_until_it_is_let_go() -> None:
    """What a function gave for a few texts is remembered; after `forget` more of them are looked at anew."""
    asked: list[str] = []

    @of_texts(8, kept=2)
    def loud(text: str) -> str:
        asked.append(text)
        return text.upper()

    assert [loud("one"), loud("two"), loud("one")] == ["ONE", "TWO", "ONE"]
    forget()
    assert [loud("one"), loud("three"), loud("one")] == ["ONE", "THREE", "ONE"]
    assert asked == ["one", "two", "three"]
    forget()
    assert loud("one") == "ONE"
    assert asked == ["one", "two", "three", "one"]


def test_what_is_known_of_one_story_alone_is_let_go_with_it() -> None:
    """Where no more than the last is remembered, it is of no use to the next story."""
    asked: list[str] = []

    @of_texts(1)
    def loud(text: str) -> str:
        asked.append(text)
        return text.upper()

    assert [loud("one"), loud("one")] == ["ONE", "ONE"]
    forget()
    assert loud("one") == "ONE"
    assert asked == ["one", "one"]


def test_no_more_texts_are_remembered_than_wanted() -> None:
    """Of more texts the last ones are."""
    asked: list[str] = []

    @of_texts(1)
    def size(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [size("a"), size("bc"), size("a")] == [1, 2, 1]
    assert asked == ["a", "bc", "a"]


def test_a_word_is_looked_at_once_in_all_stories() -> None:
    """What a function gave for a word stays when the texts of a story are let go."""
    asked: list[str] = []

    @of_words
    def loud(word: str) -> str:
        asked.append(word)
        return word.upper()

    assert [loud("one"), loud("one")] == ["ONE", "ONE"]
    forget()
    assert loud("one") == "ONE"
    assert asked == ["one"]
