"""Names for passages, quotations, figures and changes that come from their words, not from their place.

`#p12` counts; it leads elsewhere as soon as a passage is added above. `#p-kremlin-pushing-goals-solve` is made of the
words that most of the passage's tellings share and few other passages have, so it stays through rebuilds, new tellings
and edits of other words. Where a word of the name itself is edited, the page's script goes to the passage that has
most of the name's words, and says so (`static/page.js`).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain
from math import sqrt
from typing import TYPE_CHECKING, Final

from generator.compare.text import bare, says_little
from generator.compare.tokens import every_norm, norms
from generator.site.brevity import CUT
from generator.site.names import Anchors

if TYPE_CHECKING:
    from generator.model import Digest, Figure, Passage, Quote, Segment

#: So many words make a name; of a change so many on either side.
WORDS: Final = 4
CHANGED_WORDS: Final = 3
NOT_A_LETTER: Final = re.compile(r"[^\w]+|_+")

Said = tuple[str, str, tuple[str, ...]]
"""Who says something, what, and the words of it that may stand in a name."""


def anchors_of(digest: Digest) -> Anchors:
    """Return the names of everything in a story that has an address of its own.

    Takes a digest that may be printed: a name never holds a word that rights keep back.
    """
    shut = frozenset(w.sigil for w in digest.witnesses if w.article.rights != "full")
    segments = {segment.id: segment for w in digest.witnesses for segment in w.segments}
    return Anchors(
        _named("p", {p.id: _passage(p, segments) for p in digest.passages}),
        _named("q", {q.id: _quote(q, shut) for q in digest.quotes}),
        _named("f", {f.id: _figure(f) for f in digest.figures}),
    )


def change_anchors(changes: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    """Return a name for each change of a pair, given as (words that go, words that come, the sentence around them)."""
    names = [f"c-{_few(old)}~{_few(new)}" for old, new, _ in changes]
    return tuple(_apart(names, lambda at: changes[at][2]))


# ---------------------------------------------------------------------------- what a name is made from


def _passage(passage: Passage, segments: Mapping[str, Segment]) -> Sequence[Said]:
    """Who says what: the base first. Where nothing may be printed, the words that the tellings share."""
    order = (passage.base, *(s for s in passage.sentences if s != passage.base))
    told = [segment for sentence in order if (segment := segments.get(sentence)) and segment.text]
    if not told:
        return [_said("", passage.heading or passage.id)]
    return [(s.sigil, s.text, _of_norms([token.norm for token in s.tokens] or every_norm(s.text))) for s in told]


def _quote(quote: Quote, shut: Set[str]) -> Sequence[Said]:
    """Who says what, without what was cut short: words that were kept apart are not brought together in a name."""
    told = [(reading.article, reading.text) for reading in quote.readings]
    shown = [(teller, text) for teller, text in told if teller not in shut or CUT not in text] or told
    return [_said(teller, text) for teller, text in shown]


def _figure(figure: Figure) -> Sequence[Said]:
    return [_said(r.article, f"{figure.kind} {r.text} {r.before} {r.after}") for r in figure.readings]


def _said(teller: str, text: str) -> Said:
    return teller, text, _words(text)


# ---------------------------------------------------------------------------- names


def _named(letter: str, told: Mapping[str, Sequence[Said]]) -> dict[str, str]:
    """A name for each: the words that most of its tellings have and few of the others, in their order of reading."""
    said = tuple(told.values())
    supports = tuple(map(_support, said))
    spread = Counter(chain.from_iterable(supports))
    names = []
    for support, readings in zip(supports, said, strict=True):
        best = sorted([(-count / sqrt(spread[word]), -len(word), word) for word, count in support.items()])
        chosen = {word for _, _, word in best[:WORDS]}
        order: dict[str, None] = {}
        for _, _, words in readings:
            order.update(dict.fromkeys(filter(chosen.__contains__, words)))
            if len(order) == len(chosen):  # most often, the first one has them all
                break
        names.append("-".join((letter, *order)))
    return dict(zip(told, _apart(names, lambda at: " ".join(sorted({text for _, text, _ in said[at]}))), strict=True))


def _support(readings: Sequence[Said]) -> Mapping[str, int]:
    """In how many tellings each word stands; a telling that repeats itself counts once."""
    if len(readings) == 1:
        return dict.fromkeys(readings[0][2], 1)
    by_teller: dict[str, set[str]] = {}
    for teller, _, words in readings:
        by_teller.setdefault(teller, set()).update(words)
    return Counter(chain.from_iterable(by_teller.values()))


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text that may stand in a name."""
    return _of_norms(every_norm(text))


def _of_norms(found: Sequence[str]) -> tuple[str, ...]:
    """Those of a text's normal forms that may stand in a name; where it has only words that say little, these."""
    return tuple(filter(None, map(_telling, found))) or tuple(filter(None, map(_plain, found)))


@lru_cache(maxsize=1024)
def _few(text: str) -> str:
    return "-".join([word for norm in every_norm(text) if (word := _plain(norm))][:CHANGED_WORDS])


@lru_cache(maxsize=16384)
def _telling(norm: str) -> str:
    """A word that says something as it stands in a name; nothing for one that does not."""
    return _plain(bare(norm)) if _plain(norm) and not says_little(norm) else ""


def _plain(norm: str) -> str:
    """A word without marks: letters and digits of any script, `59.2` as `59-2`."""
    return norm if norm.isalnum() else NOT_A_LETTER.sub("-", norm).strip("-")


def _apart(names: Sequence[str], text_of: Callable[[int], str]) -> list[str]:
    """Names made unique: what shares a name, or has none, gets a mark of its own text; equal texts are counted.

    :param text_of: gives the text of what has the name at a place.
    """
    shared = Counter(names) if len(set(names)) < len(names) else {}
    taken: dict[str, int] = {}
    found = []
    for at, name in enumerate(names):
        own = name if shared.get(name, 1) == 1 and len(name) > 1 else f"{name}-{_mark(text_of(at))}"
        times = taken[own] = taken.get(own, 0) + 1
        found.append(own if times == 1 else f"{own}-{times}")
    return found


def _mark(text: str) -> str:
    return hashlib.sha256(" ".join(norms(text)).encode("utf-8", "surrogatepass")).hexdigest()[:6]
