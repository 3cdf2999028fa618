"""story.json and stories.json, version 1: the same values for programs.

What an article's rights keep back is not in them: sentences without `text`; their changes, and texts of quotations,
with `…` in place of what may not be quoted. See `generator.site.rights`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, get_args

from generator.model import Op, Page
from generator.site import links
from generator.values import dataclass, once

if TYPE_CHECKING:
    from generator.model import (
        Change,
        Config,
        Figure,
        History,
        NearDuplicate,
        Origin,
        Pair,
        PairLink,
        Passage,
        Quote,
        Segment,
        Witness,
    )
    from generator.site.index import Index
    from generator.site.summary import Listed, Summary

VERSION: Final = 1
#: The file that lists every story, and the near-duplicates of the whole site.
STORIES: Final = "stories.json"

Json = Mapping[str, object]


_CONSTANTS: Final[Mapping[bool | None, bytes]] = {None: b"null", True: b"true", False: b"false"}


def file(path: str, value: Json) -> Page:
    """Return a value as a page that is a JSON file: UTF-8, two spaces, keys in the order given."""
    return Page(path, "", path, {"content": encoded(value) + b"\n"})


@dataclass(frozen=True, slots=True)
class Written:
    """A value that is written already."""

    text: bytes
    indent: bytes
    """What begins the line that it ends on, and every other but the first: no string holds a line break as it is."""


Write = Callable[["Sequence[Change]"], Written]
"""How changes are written."""


def written(value: Any) -> str:
    """Return `json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)`, in a third of the time."""
    return encoded(value).decode("utf-8")


def encoded(value: Any, indent: bytes = b"\n") -> bytes:
    """Return the same in UTF-8: string by string, since most are ASCII, even if the whole is not.

    :param indent: what begins the line that the value ends on.
    """
    kind = type(value)
    if kind is str:
        return _string(value)
    if kind is int:
        return b"%d" % value
    if value is None or kind is bool:
        return _CONSTANTS[value]
    if kind is float and isfinite(value):
        return float.__repr__(value).encode("ascii")
    if kind is Written:
        text: bytes = value.text
        return text if value.indent == indent else text.replace(value.indent, indent)
    is_list = kind is list or kind is tuple
    if value and not is_list and (kind is dict or isinstance(value, Mapping)):
        return _frame(tuple(value), indent) % tuple(_items(value.values(), indent + b"  "))
    if is_list or isinstance(value, list | tuple):
        return _list(_items(value, indent + b"  "), indent)
    return json.dumps(value, allow_nan=False).encode("ascii")


def _string(text: str) -> bytes:
    return encode_basestring(text).encode("utf-8", "replace")


def _items(values: Iterable[Any], indent: bytes) -> list[bytes]:
    return [_string(item) if type(item) is str else encoded(item, indent) for item in values]


def _list(items: Sequence[bytes], indent: bytes) -> bytes:
    if not items:
        return b"[]"
    return b"".join((b"[", indent, b"  ", b"".join((b",", indent, b"  ")).join(items), indent, b"]"))


@lru_cache(maxsize=512)
def _frame(keys: tuple[str, ...], indent: bytes) -> bytes:
    """Return an object with these keys, and a place for each of its values: very many have the same."""
    items = [_string(key).replace(b"%", b"%%") + b": %s" for key in keys]
    return b"".join((b"{", indent, b"  ", b"".join((b",", indent, b"  ")).join(items), indent, b"}"))


def stories(summaries: Iterable[Summary], near_duplicates: Sequence[NearDuplicate], config: Config) -> Json:
    """Return what `stories.json` says; stories and pairs are sorted by name."""
    return {
        "version": VERSION,
        "stories": [
            {
                "slug": summary.slug,
                "title": summary.title,
                "url": links.absolute(config.base_url, summary.page),
                "articles": [_listed(article, config) for article in summary.articles],
            }
            for summary in sorted(summaries, key=lambda summary: summary.slug)
        ],
        "near_duplicates": [
            {"a": n.a, "b": n.b, "jaccard": round(n.jaccard, 4), "containment": round(n.containment, 4)}
            for n in sorted(near_duplicates, key=lambda n: (n.a, n.b))
        ],
    }


def _listed(article: Listed, config: Config) -> Json:
    return {
        "slug": article.slug,
        "outlet": article.outlet,
        "seed": article.seed,
        "url": links.absolute(config.base_url, article.page),
    }


def story(index: Index, config: Config) -> Json:
    """Return what `story.json` says of a story."""
    digest = index.digest
    origins = {sigil: origin.id for origin in digest.origins for sigil in origin.articles}
    page = links.absolute(config.base_url, index.page)
    changes = once(_changes)  # pairs of tellings that share sentences share their word diffs
    return {
        "version": VERSION,
        "slug": digest.story.slug,
        "title": digest.story.title,
        "date": digest.story.date,
        "url": page,
        "tags": list(digest.story.tags),
        "articles": [_article(index, witness, origins, config) for witness in digest.witnesses],
        "pairs": [_pair(index, pair, config, changes) for pair in digest.pairs],
        "passages": [{**_passage(p), **_place(page, index.anchors.passages[p.id])} for p in digest.passages],
        "quotes": [{**_quote(q), **_place(page, index.anchors.quotes[q.id])} for q in digest.quotes],
        "figures": [{**_figure(f), **_place(page, index.anchors.figures[f.id])} for f in digest.figures],
        "origins": [{"id": o.id, "articles": list(o.articles), "why": _why(o)} for o in digest.origins],
        "repeats": [{"article": r.article, "sentence": r.sentence, "of": r.of} for r in digest.repeats],
        "notes": [{"sentence": n.sentence, "text": n.text} for n in digest.notes],
        "wording": [
            {
                "passage": w.passage,
                "slot": w.slot,
                "readings": [{"article": r.article, "text": r.text} for r in w.readings],
            }
            for w in digest.wording
        ],
        "attributions": [
            {
                "passage": a.passage,
                "readings": [{"article": r.article, "source": r.source, "named": r.named} for r in a.readings],
            }
            for a in digest.attributions
        ],
        "versions": [_history(history) for history in digest.histories],
    }


def _why(origin: Origin) -> str:
    """Why an origin is one: an outlet whose articles share no long run of words stands alone, with all of them."""
    return "alone" if origin.why == "outlet" else origin.why


def _article(index: Index, witness: Witness, origins: Mapping[str, str], config: Config) -> Json:
    article = witness.article
    return {
        "sigil": witness.sigil,
        "slug": article.slug,
        "outlet": article.outlet,
        "title": article.title,
        "date": article.date,
        "source_url": article.source_url,
        "url": links.absolute(config.base_url, index.tellers[witness.sigil].page),
        "rights": article.rights,
        "words": witness.words,
        "origin": origins.get(witness.sigil, ""),
        "sentences": [_sentence(segment) for segment in witness.segments],
    }


def _sentence(segment: Segment) -> Json:
    """A sentence; one that may not be reprinted has its place but no text."""
    text = {"text": segment.text} if segment.text else {}
    return {"id": segment.id, **text, "block": segment.block, "start": segment.start, "end": segment.end}


def _pair(index: Index, pair: Pair, config: Config, changes: Write) -> Json:
    page = index.pair_pages.get((pair.old, pair.new), "")
    return {
        "old": pair.old,
        "new": pair.new,
        "similarity": round(pair.similarity, 4),
        "near_duplicate": pair.near_duplicate,
        "jaccard": pair.jaccard,
        "containment": pair.containment,
        "url": links.absolute(config.base_url, page) if page else "",
        "links": [_link(link, changes) for link in pair.links],
    }


#: A link and a change: there are more of them than of everything else together, so they are written at once, and as
#: far to the right as the links of a pair stand.
_AT: Final = b"\n" + 8 * b" "
_INSIDE: Final = _AT + b"  "
_LINK: Final = _frame(("old", "new", "score", "moved", "changes"), _AT)
_HEAD, _OLD, _NEW, _END = _frame(("op", "old", "new"), _INSIDE + b"  ").split(b"%s")
#: How a change begins.
_CHANGE: Final = {op: b"".join((_HEAD, _string(op), _OLD)) for op in get_args(Op)}


def _link(link: PairLink, changes: Write) -> Written:
    score, said = encoded(round(link.score, 4)), changes(link.changes).text
    return Written(_LINK % (_ids(link.old), _ids(link.new), score, _CONSTANTS[link.moved], said), _AT)


@lru_cache(maxsize=1024)
def _ids(sentences: tuple[str, ...]) -> bytes:
    """Return one side of a link: what says the same in several tellings is in a link of each of their pairs."""
    return _list([*map(_string, sentences)], _INSIDE)


def _changes(changes: Sequence[Change]) -> Written:
    """Return changes, as far to the right as those of a link stand."""
    said = [
        b"".join((_CHANGE[c.op], old := _string(c.old), _NEW, old if c.new == c.old else _string(c.new), _END))
        for c in changes
    ]
    return Written(_list(said, _INSIDE), _INSIDE)


def _history(history: History) -> Json:
    return {
        "id": history.id,
        "outlet": history.outlet,
        "articles": list(history.articles),
        "revisions": [
            {
                "old": revision.old,
                "new": revision.new,
                "title": _changes(revision.title),
                "parts": [
                    {
                        "kind": part.kind,
                        "old": list(part.old),
                        "new": list(part.new),
                        "moved": part.moved,
                        "changes": _changes(part.changes),
                    }
                    for part in revision.parts
                ],
            }
            for revision in history.revisions
        ],
    }


def _place(page: str, anchor: str) -> Json:
    """Where something stands on the story's page, given its address, by its content: `id`s count, these stay."""
    return {"anchor": anchor, "permalink": f"{page}#{links.fragment(anchor)}"}


def _passage(passage: Passage) -> Json:
    return {
        "id": passage.id,
        "text": passage.text,
        "base": passage.base,
        "sentences": list(passage.sentences),
        "articles": list(passage.articles),
        "origins": passage.origins,
        "left_out_by": list(passage.left_out_by),
    }


def _quote(quote: Quote) -> Json:
    return {
        "id": quote.id,
        "verdict": quote.verdict,
        "readings": [
            {"article": r.article, "sentence": r.sentence, "text": r.text, "speaker": r.speaker} for r in quote.readings
        ],
        "differences": [
            {"between": list(d.between), "kind": d.kind, "old": d.old, "new": d.new} for d in quote.differences
        ],
        "paraphrases": [{"article": p.article, "sentence": p.sentence, "text": p.text} for p in quote.paraphrases],
    }


def _figure(figure: Figure) -> Json:
    return {
        "id": figure.id,
        "kind": figure.kind,
        "readings": [
            {
                "article": r.article,
                "sentence": r.sentence,
                "text": r.text,
                "low": _plain(r.low),
                "high": _plain(r.high),
                "unit": r.unit,
            }
            for r in figure.readings
        ],
        "verdict": figure.verdict,
    }


def _plain(value: float | None) -> float | int | None:
    """A number without a needless `.0`; JSON knows no infinity, an open end is null."""
    if value is None or value in (float("inf"), float("-inf")) or value != value:
        return None
    return int(value) if value == int(value) else value
