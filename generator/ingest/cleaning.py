"""Lines of a capture that are the web page's, not the article's: found by named rules, taken out, and told.

A line that could be a sentence of an article stays: leaving a piece of a web page in is a blemish, taking a
sentence out would be a falsification.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING

from generator.ingest import boilerplate as phrases
from generator.ingest.fields import is_web_address
from generator.model import Removed
from generator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a capture that is not blank, white space at its ends taken off."""

    number: int
    """In the seed, from 1."""
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to take lines out."""

    name: str
    find: Callable[[Sequence[Line]], frozenset[int]]
    """Lines still there → indices of those to take out."""
    reason: str
    of_pages: bool = True
    """Whether it holds for the elements of a saved page, too, and not for what somebody has copied alone."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A capture's lines, told apart."""

    kept: tuple[Line, ...]
    removed: tuple[Removed, ...]
    """In the order of the capture."""
    source_url: str = ""
    """Address that a source line states."""
    via: str = ""
    """Name of the republishing site, where the capture prints it."""


def clean(lines: Sequence[Line], *, of_page: bool = False) -> Cleaned:
    """Return the lines of the article itself, and what each rule of `RULES` took out.

    :param of_page: whether they are the elements of a saved page, of which much is known already.
    """
    kept = [Line(line.number, line.text.strip()) for line in lines if line.text.strip()]
    removed: list[Removed] = []
    for rule in RULES:
        taken = rule.find(kept) if rule.of_pages or not of_page else ()
        removed += [Removed(rule.name, kept[i].number, kept[i].text) for i in sorted(taken)]
        kept = [line for i, line in enumerate(kept) if i not in taken]
    urls = [url for r in removed if r.rule == "source-line" and (url := source_in(r.text))]
    sites = [r.text for r in removed if r.rule == "site-name"]
    ordered = tuple(sorted(removed, key=lambda r: r.line))
    return Cleaned(tuple(kept), ordered, *(found[0] if found else "" for found in (urls, sites)))


def is_noise(text: str) -> bool:
    """Return whether a line would be taken out wherever it stood."""
    return any(rule.find([Line(1, text.strip())]) for rule in RULES)


# ---------------------------------------------------------------------------- characters

#: Controls, byte-order marks, zero-width spaces, and what overrides the direction of writing.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_JOINERS = re.compile("(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])")


def scrub(text: str) -> str:
    """Return text without invisible characters, every line break as `\\n`; quotation marks stay as printed.

    Zero-width joiners stay between characters beyond ASCII: Persian, Indic scripts and emoji need them.
    """
    return _JOINERS.sub("", _INVISIBLE.sub("", _BREAKS.sub("\n", text)))


# ---------------------------------------------------------------------------- rules for one line

#: More words or characters than these are an article's own, whatever they begin with.
_MOST_WORDS, _MOST_CHARACTERS = 40, 400


def source_in(text: str) -> str:
    """Return the web address that a source line states, or nothing."""
    found = phrases.SOURCE.fullmatch(text.strip())
    url = found.group(1).rstrip(".,;)]>") if found else ""
    return url if is_web_address(url) else ""


def _each(*patterns: re.Pattern[str]) -> Callable[[Sequence[Line]], frozenset[int]]:
    """Return a finder of short lines that match one of the patterns as a whole."""

    def find(lines: Sequence[Line]) -> frozenset[int]:
        return frozenset(
            i
            for i, line in enumerate(lines)
            if _is_short(line.text) and any(pattern.fullmatch(line.text) for pattern in patterns)
        )

    return find


def _is_short(text: str) -> bool:
    return len(text) <= _MOST_CHARACTERS and len(text.split()) <= _MOST_WORDS


def _sources(lines: Sequence[Line]) -> frozenset[int]:
    return frozenset(i for i, line in enumerate(lines) if source_in(line.text))


def _pointers(lines: Sequence[Line]) -> frozenset[int]:
    """Lines that point to other articles, and below them the titles of these.

    The titles are lines without a full stop and without a blank line between, where one follows; or all at the end.
    """
    found = set(_each(phrases.READ_MORE)(lines))
    last = max((i for i, line in enumerate(lines) if is_prose(line.text)), default=-1)
    for above in [i for i in found if phrases.POINTS.fullmatch(lines[i].text)]:
        if 0 <= last < above:
            found.update(range(above, len(lines)))
        else:
            found.update(_titles_below(lines, above))
    return frozenset(found)


def _titles_below(lines: Sequence[Line], above: int) -> Sequence[int]:
    """Return the lines right below one, with no blank line between, where none of them ends like a statement."""
    end = above
    while end + 1 < len(lines) and lines[end + 1].number == lines[end].number + 1:
        end += 1
    titles = range(above + 1, end + 1)
    is_parted = end + 1 == len(lines) or lines[end + 1].number > lines[end].number + 1
    return titles if is_parted and not any(lines[i].text.rstrip("”\"'")[-1:] in (".", "!", ":") for i in titles) else ()


def _strays(lines: Sequence[Line]) -> frozenset[int]:
    """Lines of punctuation, symbols and spaces alone."""
    return frozenset(i for i, line in enumerate(lines) if not any(_speaks(c) for c in line.text))


def _speaks(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" or unicodedata.category(character) == "So"


# ---------------------------------------------------------------------------- rules for the head of a capture

#: A second printing of the title stands this near the first.
_HEAD = 6
_MOST_NAME_WORDS = 6


def _page_heads(lines: Sequence[Line]) -> frozenset[int]:
    """The skip link of a saved page, a name or two above it, and the words below it on which the page's menu opens."""
    link = next((i for i, line in enumerate(lines[:_HEAD]) if phrases.SKIP_LINK.fullmatch(line.text)), None)
    if link is None:
        return frozenset()
    above = range(link) if all(_is_name(line.text) for line in lines[:link]) else ()
    menu = takewhile(lambda i: phrases.NAVIGATION.fullmatch(lines[i].text), range(link + 1, len(lines)))
    return frozenset((*above, link, *menu))


def _site_names(lines: Sequence[Line]) -> frozenset[int]:
    """Short lines between the first two printings of the title."""
    again = _second_title(lines)
    between = range(1, again)
    if not all(_is_name(lines[i].text) for i in between):
        return frozenset()
    return frozenset(between)


def _repeated_titles(lines: Sequence[Line]) -> frozenset[int]:
    """Lines that print the first line again, where that is a headline and its repetition is near."""
    again = _second_title(lines)
    return frozenset({again} if again else ())


def _second_title(lines: Sequence[Line]) -> int:
    if not lines or not is_headline(lines[0].text):
        return 0
    first = _folded(lines[0].text)
    return next((i for i in range(1, min(_HEAD, len(lines))) if _folded(lines[i].text) == first), 0)


def is_headline(text: str) -> bool:
    """Return whether a line can be a headline: 2 to 25 words, begun with a capital or a number, no full stop."""
    words = len(text.split())
    spoken = text.lstrip("“\"‘'«»([¿¡ ")
    bare = text.rstrip("’”\"'»)] ")
    ends = text[-1:] in ":;,–—-" or bare[-1:] in ".!?…。！？"
    begins = any(map(str.isalpha, text)) and not spoken[:1].islower()
    return begins and not ends and _enough(words, text) and words <= 25


def is_asking(text: str) -> bool:
    """Return whether a line can be a headline or a heading that asks: three to fifteen words, one question mark."""
    return text.endswith("?") and text.count("?") == 1 and 3 <= len(text.split()) <= 15 and is_headline(text[:-1])


def _enough(words: int, text: str) -> bool:
    """Two words, or four characters of a script that writes none apart."""
    return words >= 2 or (len(text) >= 4 and not text.isascii() and unicodedata.category(text[0]) == "Lo")


def is_prose(text: str) -> bool:
    """Return whether a line is a paragraph: at least eight words, and a full stop at the end.

    Of a script that writes no spaces, twenty characters.
    """
    ended = text.rstrip("’”\"'»)]」』 ")[-1:] in (".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔")
    return ended and (len(text.split()) >= 8 or (not text.isascii() and len(text) >= 20 and " " not in text))


def _is_name(text: str) -> bool:
    return len(text.split()) <= _MOST_NAME_WORDS and text[-1:] not in ".!?…:"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


RULES: tuple[Rule, ...] = (
    Rule(
        "source-line",
        _sources,
        "States where the text stood first; the address goes into the front matter.",
    ),
    Rule("advertisement", _each(phrases.ADVERTISEMENT), "Marks the place of an advertisement."),
    Rule("read-more", _pointers, "Points to other articles of the site."),
    Rule("page-head", _page_heads, "Stands at the head of a page: the site's name, a link that skips it, its menu."),
    Rule(
        "hour",
        _each(phrases.HOUR),
        "Says at what time of day the next lines were written, as live reports do.",
        of_pages=False,
    ),
    Rule("link-text", _each(phrases.LINK_TEXT, phrases.SKIP_LINK), "The words of a link that the capture has lost."),
    Rule("stray-bracket", _strays, "Holds punctuation and no word."),
    Rule("call-to-comment", _each(phrases.COMMENT), "Asks the reader to comment."),
    Rule(
        "call-to-subscribe",
        _each(phrases.SUBSCRIBE),
        "Asks the reader to share, follow, subscribe or sign in.",
    ),
    Rule("consent", _each(phrases.CONSENT), "Speaks of cookies, privacy or terms of use."),
    Rule("copyright", _each(phrases.COPYRIGHT, phrases.COPYRIGHT_SIGN), "States the site's copyright."),
    Rule("loading", _each(phrases.LOADING), "Stands in for what a browser would have loaded."),
    Rule("image-credit", _each(phrases.IMAGE_CREDIT), "Credits a picture that the capture does not hold."),
    Rule(
        "site-name",
        _site_names,
        "Stands between two printings of the title, as a republisher's name does.",
    ),
    Rule("repeated-title", _repeated_titles, "Prints the title a second time."),
)
"""In the order in which they look: what an earlier rule takes, a later one no longer sees."""
