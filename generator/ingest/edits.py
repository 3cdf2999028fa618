"""What an editor says against the comparison, or about it: a story's `_edits.yml`.

::

    together:                       # these say the same thing
      - courier: The bridge is closed
        evening-post: No one can cross
    apart:                          # and these do not, whatever words they share
      - courier: The mayor was not there
        evening-post: The mayor was there
    notes:                          # printed beside the passage
      - article: courier
        sentence: The bridge is closed
        note: The council has corrected this since.

A sentence is named by its article (the file's name) and by enough of its own words to be told from all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal

from generator.errors import Problem, SourceError
from generator.ingest.fields import Fields
from generator.ingest.frontmatter import Header, load_yaml
from generator.ingest.suggest import did_you_mean
from generator.ingest.texts import decoded
from generator.model import Cited, Edits, Remark, Ruling

if TYPE_CHECKING:
    from collections.abc import Collection

NAME: Final = "_edits.yml"
KEYS: Final = ("together", "apart", "notes")
NOTE_KEYS: Final = ("article", "sentence", "note")


def edits(path: str, data: bytes, articles: Collection[str]) -> tuple[Edits, tuple[Problem, ...]]:
    """Return what a story's edits say, and everything that is wrong with the file.

    :param articles: slugs of the story's articles, drafts too.
    """
    text = decoded(data, path)
    if isinstance(text, Problem):
        return Edits(), (text,)
    try:
        reader = _Reader(Fields(load_yaml(text, path), path), frozenset(articles))
    except SourceError as error:
        return Edits(), error.problems
    made = Edits((*reader.rulings("together"), *reader.rulings("apart")), tuple(reader.remarks()))
    return made, tuple(reader.problems)


class _Reader:
    """One file, read; what is wrong with it is gathered on the way."""

    def __init__(self, top: Fields, articles: frozenset[str]) -> None:
        self.top, self.articles = top, articles
        self.problems: list[Problem] = []
        top.refuse_unknown(KEYS)
        self.problems += top.problems

    def rulings(self, key: Literal["together", "apart"]) -> Iterator[Ruling]:
        """Yield the sentences that are to stand together, or apart."""
        for entry in self._entries(key, "{courier: words of a sentence, evening-post: words of another}"):
            cited = [self._cited(entry, slug, slug, words) for slug in entry for words in self._texts(entry, slug)]
            if len(set(entry)) < 2:
                self._note(entry, next(iter(entry), ""), f"{key}: name sentences of two articles at least")
            elif all(cited):
                yield Ruling(key, tuple(one for one in cited if one))

    def remarks(self) -> Iterator[Remark]:
        """Yield the notes."""
        for entry in self._entries("notes", "{article: courier, sentence: words of it, note: your words}"):
            fields = Fields(entry, self.top.path, within="notes.")
            fields.refuse_unknown(NOTE_KEYS)
            missing = [key for key in NOTE_KEYS if not fields.text(key)]
            self.problems += fields.problems
            if missing:
                self._note(entry, next(iter(entry), ""), f"notes: {missing[0]} is missing – fill it in")
                continue
            cited = self._cited(entry, fields.text("article"), "sentence", fields.text("sentence"))
            if cited:
                yield Remark(cited, fields.paragraphs("note"))

    def _entries(self, key: str, shape: str) -> Iterator[Header]:
        value = self.top.header.get(key, ())
        for entry in value if isinstance(value, tuple) else (value,):
            if isinstance(entry, Header):
                yield entry
            elif entry:
                line, column = self.top.header.place(key)
                self.problems.append(Problem(self.top.path, line, column, f"{key}: expected a list of {shape}"))

    def _texts(self, entry: Header, key: str) -> Sequence[str]:
        fields = Fields(entry, self.top.path)
        texts = fields.texts(key)
        self.problems += fields.problems
        if not texts and not fields.problems:
            self._note(entry, key, f"{key}: write some words of the sentence")
        return texts

    def _cited(self, entry: Header, slug: str, key: str, words: str) -> Cited | None:
        if slug not in self.articles:
            self._note(entry, "article" if key == "sentence" else key, f"no article {slug!r}{self._known(slug)}")
            return None
        return Cited(slug, " ".join(words.split()), self.top.path, *entry.place(key))

    def _known(self, slug: str) -> str:
        return did_you_mean(slug, self.articles) if self.articles else " – the story has none"

    def _note(self, entry: Header, key: str, message: str) -> None:
        self.problems.append(Problem(self.top.path, *entry.place(key), message))
