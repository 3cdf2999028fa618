"""Parts of a saved page that are the site's, not the article's: named rules that look at place and links.

They add to the rules of `cleaning`, which see lines alone. A copied text has lost its links and its place on the
page; here both are known, so that less of a doubt is enough: what stands behind an article's last sentence, or is
nothing but links, need not be spared for being readable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from generator.ingest.html import Part
from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class PageRule:
    """A reason to take parts of a page out."""

    name: str
    find: Callable[[Sequence[Part], Sequence[str]], frozenset[int]]
    """Parts still there and the wordings of the title → indices of those to take out."""
    reason: str


def taken_out(parts: Sequence[Part], titles: Sequence[str]) -> dict[int, str]:
    """Return the indices of the parts that are the site's own, each with the name of the rule that found it."""
    found: dict[int, str] = {}
    for rule in RULES:
        left = [i for i in range(len(parts)) if i not in found]
        taken = rule.find([parts[i] for i in left], titles)
        found.update({left[i]: rule.name for i in taken})
    return found


# ---------------------------------------------------------------------------- rules

#: So much of a part in links makes it a list of links; so many such parts in a row are one even within an article.
_LINKED, _ROW = 0.8, 3
#: A heading with this share of a title's words prints the title again.
_SAME_TITLE = 0.6
#: How many parts at a page's end may be the site's.
_TAIL = 12

_END = re.compile(r"[.!?…。！？][\W_]*$")
_WORD = re.compile(r"\w+")


def _titles(parts: Sequence[Part], titles: Sequence[str]) -> frozenset[int]:
    """Headings and headline-like lines before the text that print one of the title's wordings, or nearly."""
    wordings = [set(_WORD.findall(title.casefold())) for title in titles]
    first = _first_sentence(parts)
    return frozenset(
        i
        for i, part in enumerate(parts[:first])
        if len(part.text) < 300 and any(_alike(set(_WORD.findall(part.text.casefold())), title) for title in wordings)
    )


def _alike(one: set[str], two: set[str]) -> bool:
    return bool(one) and bool(two) and len(one & two) / len(one | two) >= _SAME_TITLE


def _first_sentence(parts: Sequence[Part]) -> int:
    """Return where the text begins: the first paragraph that ends like a sentence and is longer than a headline."""
    begins = (i for i, part in enumerate(parts) if len(_WORD.findall(part.text)) > 20 and _END.search(part.text))
    return next(begins, min(len(parts), 3))


def _last_sentence(parts: Sequence[Part]) -> int:
    """Return where the text ends: behind the last part that ends like a sentence and is not all links."""
    ends = [i for i, part in enumerate(parts) if _END.search(part.text) and part.linked < _LINKED]
    return ends[-1] + 1 if ends else len(parts)


def _link_lists(parts: Sequence[Part], _titles: Sequence[str]) -> frozenset[int]:
    """Parts of nothing but links before the text and behind it; within it where several follow each other."""
    first, last = _first_sentence(parts), _last_sentence(parts)
    linked = [part.linked >= _LINKED for part in parts]
    found = {i for i, is_link in enumerate(linked) if is_link and (i < first or i >= last)}
    found |= {i for i, part in enumerate(parts) if linked[i] and "|" in part.text}
    start = 0
    for i, is_link in enumerate([*linked, False]):
        if not is_link:
            found |= set(range(start, i)) if i - start >= _ROW else set()
            start = i + 1
    return frozenset(found) if len(found) < len(parts) else frozenset()


_FURNITURE = re.compile(
    r"\W*(?:"
    r"(?:follow|like|find|join|reach|contact|e-?mail|write to)\b.{1,120}(?:\bon (?:facebook|twitter|instagram|x)\b|@).*"
    r"|(?:click|tap) here (?:to|for) .*"
    r"|get .{1,80}\b(?:delivered|inbox|newsletter|updates)\b.*"
    r"|(?:if you )?(?:enjoy|like)(?:ed|d)? (?:this|reading)\b.{0,60}\b(?:article|story|post|piece)\b.*"
    r"|(?:subscribe|sign up|register|download|donate|become a)\b.*"
    r"|.{0,80}\b(?:committed to publishing|like to hear what you think|tell us what you think)\b.*"
    r"|this copy is for your personal\b.*|order reprints|print article|an error has occurred.*|thank you"
    r"|this (?:article|story|e-?mail) has been sent to.*"
    r"|(?:filed under|tags?|tagged|categor(?:y|ies)|topics?|keywords|posted in|see more|more)\s*:.*"
    r"|.{2,200}\bcontributed (?:to this|reporting)\b.*"
    r"|(?:more|read) (?:from|on|about) .{1,80}|about the (?:author|writer)s?|advertising disclosure.*"
    r"|listen(?: (?:to|live|back)\b|:).*|watch (?:live|more)\b.*|how to (?:listen|subscribe)\b.*"
    r"|.{0,120}\b(?:full|complete|latest) coverage\b.*"
    r"|.{0,80}\bcopyright\b.{0,160}|.{0,60}\ball rights reserved\b.*"
    r"|something to consider|join (?:the )?(?:discussion|conversation)\b.*|(?:leave|post) a (?:comment|reply).*"
    r")",
    re.IGNORECASE | re.DOTALL,
)


def _furniture(parts: Sequence[Part], _titles: Sequence[str]) -> frozenset[int]:
    """The runs of parts at both ends of a page that speak of the site, not of the story.

    Each is read inwards from its end, as far as the first part that could be the article's.
    """
    size = min(_TAIL, len(parts) - 1)
    return frozenset([*_run(parts, range(size)), *_run(parts, range(len(parts) - 1, len(parts) - 1 - size, -1))])


def _run(parts: Sequence[Part], places: Iterable[int]) -> Iterator[int]:
    for i in places:
        if not _FURNITURE.fullmatch(" ".join(parts[i].text.split())):
            return
        yield i


RULES: tuple[PageRule, ...] = (
    PageRule("repeated-title", _titles, "Prints the title above the text."),
    PageRule("link-list", _link_lists, "Is nothing but links to other pages."),
    PageRule("page-furniture", _furniture, "Stands at an end of the page and speaks of the site."),
)
"""In the order in which they look."""
