"""An index that a page can search without a server: scripts of bounded size, loaded as a query needs them.

Two steps keep it small for many stories. `search/words-N.js` leads from words to stories; each holds a range of the
words in order, so that a query loads the one or two ranges it falls into. What a story says stands in a file of its
own, `stories/<story>/search.js`, made with the story and loaded only for the stories that are shown. Scripts, because
a page opened from a disk may load scripts but fetch nothing. (Two-step retrieval after Pagefind; ranges of a sorted
dictionary as in Lucene's term index.)
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, repeat
from operator import sub
from typing import TYPE_CHECKING, Any, Final

from generator.model import Page
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.site.index import Index
    from generator.site.summary import Summary

#: What belongs to the search, and to no story.
FOLDER: Final = "search/"
#: A range of words is closed at so many characters, a list of stories at so many entries.
RANGE: Final = 40_000
LISTED: Final = 500
#: What a word is worth: in a title or tag, in the name of an outlet or speaker, in a sentence.
TITLE, NAME, SENTENCE = 3, 2, 1

WORD: Final = re.compile(r"[^\W_]+")
#: Of ASCII: letters without case, digits, and a space for whatever else.
_LETTERS: Final = bytes(ord(sign.lower()) if (sign := chr(code)).isalnum() else 32 for code in range(128)).ljust(256)
_NOT_ASCII: Final = re.compile("[^\0-\x7f]")
#: Scripts that write no spaces between words; runs of them are searched by pairs of characters.
UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")

Value = str | int | Sequence["Value"]


@dataclass(frozen=True, slots=True)
class Findable:
    """The words by which a story is found, each by its greatest worth; three strings of words joined by spaces."""

    titles: str = ""
    names: str = ""
    sentences: str = ""
    mark: str = ""
    """Of the content of the story's own file, so that no cache shows an old one."""


# ---------------------------------------------------------------------------- words


def plain(text: str) -> str:
    """Return text as it is searched: no case, no accents. `search.js` does the same to a query."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text)
    for sign in set(bare):
        if unicodedata.category(sign)[0] == "M":
            bare = bare.replace(sign, "")
    return bare.lower().replace("ß", "ss")


#: A number in groups of three digits: it is one word, however it is written. `search.js` has the same. What may not
#: stand before it is looked for behind its first digit, so that a text is searched for digits, which is quick.
_GROUPED: Final = re.compile(r"\d(?<![\d.,]\d)\d{0,2}(?:[,.’'\u00a0\u202f]\d{3})+(?!\d)")
_SEPARATOR: Final = re.compile(r"\D")


def _ungrouped(text: str) -> str:
    """Return text with the digits of every number together: `9,000` is found as `9000`."""
    return _GROUPED.sub(lambda number: _SEPARATOR.sub("", number[0]), text)


def words(text: str) -> list[str]:
    """Return the words of a text, plain."""
    return _words(_ungrouped(text))


def _words(text: str) -> list[str]:
    spaced = _spaced(text)
    if spaced.isascii():
        return spaced.encode("ascii").translate(_LETTERS).decode("ascii").split()
    return [part for word in WORD.findall(plain(text)) for part in _parts(word)]


def words_of(texts: Iterable[str]) -> set[str]:
    """Return the words of texts, plain: those of texts of ASCII together, which is quick, and those of the others."""
    kinds: tuple[list[str], list[str]] = [], []
    for text in map(_ungrouped, texts):
        spaced = _spaced(text)
        kinds[spaced.isascii()].append(spaced if spaced.isascii() else text)
    return {word for kind in kinds for word in _words(" ".join(kind))}


def _spaced(text: str) -> str:
    """Return a text with a space for each sign between words that is not ASCII: quotation marks and dashes, mostly."""
    if not text.isascii():
        for sign in filter(_parts_words, set(_NOT_ASCII.findall(text))):
            text = text.replace(sign, " ")
    return text


@lru_cache(maxsize=1024)
def _parts_words(sign: str) -> bool:
    """Return whether a sign parts words: none of what it is made of is a letter, a digit or an accent."""
    return not any(
        part.isalnum() or unicodedata.category(part)[0] == "M" for part in unicodedata.normalize("NFKD", sign)
    )


def _parts(word: str) -> Iterable[str]:
    return _pairs(word) if not word.isascii() and UNSPACED.search(word) else (word,)


def _pairs(word: str) -> Iterator[str]:
    at = 0
    for run in UNSPACED.finditer(word):
        if at < run.start():
            yield word[at : run.start()]
        signs = run[0]
        yield from (signs[i : i + 2] for i in range(max(len(signs) - 1, 1)))
        at = run.end()
    if at < len(word):
        yield word[at:]


# ---------------------------------------------------------------------------- one story


def story_file(story: str) -> str:
    """Return the file of what one story says."""
    return f"stories/{story}/search.js"


def of_story(index: Index) -> tuple[Page, Findable]:
    """Return a story's own file, and the words by which it is found; texts that rights keep back are in neither.

    Takes an index of a digest that may be printed (`generator.site.rights.printable`).
    """
    slug = index.digest.story.slug
    content = _script(f"stories/{slug}", _said(index)).encode("utf-8", "replace")
    mark = hashlib.sha256(content).hexdigest()[:8]
    path = story_file(slug)
    return Page(path, "", path, {"content": content}), _findable(index, mark)


def _script(name: str, value: Value) -> str:
    return f"variorum({_json(name)},{_json(value)});\n"


def _json(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _said(index: Index) -> Value:
    """The tellings, then every sentence that may be printed, then every quotation: `[sigla, anchor, text]`."""
    tellings = [
        [t.sigil, t.name, index.witnesses[t.sigil].article.slug, index.witnesses[t.sigil].article.title]
        for t in index.tellers.values()
    ]
    sentences: dict[str, list[str]] = {}
    for segment in index.segments.values():
        if segment.text:
            sentences.setdefault(segment.text, []).append(segment.id)
    quotes = [
        [reading.article, quote.id, reading.text, reading.speaker]
        for quote in index.digest.quotes
        for reading in quote.readings
        if reading.text and not _prints(index, reading.sentence, reading.text)
    ]
    return [tellings, [[" ".join(ids), text] for text, ids in sentences.items()], quotes]


def _prints(index: Index, sentence: str, text: str) -> bool:
    """Whether a quotation stands in a sentence that is searched anyway."""
    return sentence in index.segments and text in index.segments[sentence].text


def _findable(index: Index, mark: str) -> Findable:
    digest, story = index.digest, index.digest.story
    titles = set(words(" ".join((index.title, *story.tags, *(a.title for a in story.articles)))))
    named = (t.name for t in index.tellers.values())
    speakers = (r.speaker for q in digest.quotes for r in q.readings)
    authors = (author for a in story.articles for author in a.authors)
    names = set(words(" ".join((*named, *speakers, *authors)))) - titles
    # What several tellings print alike is read once.
    texts = {*(s.text for s in index.segments.values()), *(r.text for q in digest.quotes for r in q.readings)}
    sentences = words_of(texts) - titles - names
    return Findable(" ".join(sorted(titles)), " ".join(sorted(names)), " ".join(sorted(sentences)), mark)


# ---------------------------------------------------------------------------- all stories


def files(summaries: Iterable[Summary]) -> tuple[str, tuple[Page, ...]]:
    """Return the index over all stories (its manifest, its ranges of words, its lists), and a mark of its content."""
    ordered = sorted(summaries, key=lambda summary: summary.slug)
    lists = [list(map(_listed, ordered[at : at + LISTED])) for at in range(0, len(ordered), LISTED)]
    return _files(len(ordered), _ranges(_postings(ordered)), lists)


def _files(
    total: int, words: Iterable[tuple[str, Value]], stories: Sequence[Sequence[Value]]
) -> tuple[str, tuple[Page, ...]]:
    ranges = [(first, *_file(f"words-{n}", content)) for n, (first, content) in enumerate(words)]
    lists = [_file(f"stories-{n}", listed) for n, listed in enumerate(stories)]
    manifest: Value = [
        total,
        LISTED,
        [[first, mark] for first, mark, _ in ranges],
        [mark for mark, _ in lists],
    ]
    mark, first = _file("index", manifest)
    return mark, (first, *(page for _, _, page in ranges), *(page for _, page in lists))


def amended(
    read: Callable[[str], bytes], changed: Mapping[int, tuple[Summary, Summary]]
) -> tuple[str, tuple[Page, ...]]:
    """Return the `files` of an index in which a few stories have changed, from its own as they were before.

    :param read: path → file, of the index before.
    :param changed: number of a story, by slug → as it was and as it is; all slugs are as they were.
    :raises ValueError: if these files are no index of such stories.
    """
    try:
        total, listed, ranges, marks = _content(read, "index")
        postings: dict[str, str] = {}
        for n in range(len(ranges)):
            content = _content(read, f"words-{n}")
            postings.update(zip(content[::2], content[1::2], strict=True))
        lists = [_content(read, f"stories-{n}") for n in range(len(marks))]
        for number, (old, new) in changed.items():
            at = lists[number // LISTED]
            if listed != LISTED or at[number % LISTED] != _listed(old):
                raise ValueError(f"{old.slug} is not number {number}")
            at[number % LISTED] = _listed(new)
            _post(postings, number, dict(_worths(old)), dict(_worths(new)))
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"no index: {error}") from error
    return _files(total, _ranges(postings), lists)


def _post(postings: dict[str, str], number: int, old: Mapping[str, int], new: Mapping[str, int]) -> None:
    """Change which of its words lead to a story.

    :raises ValueError: unless the old ones do.
    """
    for word in {word for word, _ in old.items() ^ new.items()}:
        found = set(accumulate(int(step, 36) for step in postings.get(word, "").split()))
        if word in old:
            if number * 4 + old[word] not in found:
                raise ValueError(f"{word} does not lead to {number}")
            found.remove(number * 4 + old[word])
        if word in new:
            found.add(number * 4 + new[word])
        if found:
            postings[word] = _steps(sorted(found))
        else:
            del postings[word]


def _content(read: Callable[[str], bytes], name: str) -> Any:
    """Return the value of one of our scripts; whatever is none is no JSON either."""
    before, after = f"variorum({_json(name)},", ");\n"
    text = read(f"{FOLDER}{name}.js").decode("utf-8")
    return json.loads(text.removeprefix(before).removesuffix(after))


def _file(name: str, value: Value) -> tuple[str, Page]:
    content = _script(name, value).encode("utf-8", "replace")
    path = f"{FOLDER}{name}.js"
    return hashlib.sha256(content).hexdigest()[:8], Page(path, "", path, {"content": content})


def _listed(story: Summary) -> list[Value]:
    return [story.slug, story.shown, story.entry.date, len(story.told), story.found.mark]


def _worths(story: Summary) -> Iterator[tuple[str, int]]:
    """Yield the words by which a story is found, and what each is worth."""
    found = story.found
    for worth, said in ((TITLE, found.titles), (NAME, found.names), (SENTENCE, found.sentences)):
        yield from zip(said.split(" ") if said else (), repeat(worth))


def _postings(summaries: Sequence[Summary]) -> dict[str, str]:
    """Return word → the stories that it leads to, in steps."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, summary in enumerate(summaries):
        for word, worth in _worths(summary):
            postings[word].append(number * 4 + worth)
    return {word: _steps(numbers) for word, numbers in postings.items()}


def _ranges(postings: Mapping[str, str]) -> list[tuple[str, Value]]:
    """Words in order, cut into ranges: the first word of each, and its words with their stories."""
    ranges: list[tuple[str, Value]] = []
    size = RANGE
    current: list[Value] = []
    for word in sorted(postings, key=_as_script_sorts):
        steps = postings[word]
        if size >= RANGE:
            size, current = 0, []
            ranges.append((word, current))
        current += [word, steps]
        size += len(word) + 3 + len(steps)
    return ranges


def _as_script_sorts(word: str) -> bytes:
    return word.encode("utf-16-be", "surrogatepass")


def _steps(numbers: Sequence[int]) -> str:
    """Numbers as the steps between them, in base 36: `0 4 9`."""
    return " ".join(map(_base36, map(sub, numbers, (0, *numbers))))


@lru_cache(maxsize=4096)
def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return digits
