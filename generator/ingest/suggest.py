"""Did you mean …? The known word that a mistyped one was meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


#: What others call our keys: Hugo, Jekyll, Pelican, Zotero, and a page's own meta elements.
_ELSEWHERE = {
    "source_url": "url link source canonical canonical_url permalink",
    "authors": "byline by creator",
    "date": "published published_at pubdate date_published",
    "updated": "modified lastmod date_modified last_modified_at",
    "outlet": "publisher site site_name publication",
    "tags": "keywords categories category",
    "language": "locale",
    "draft": "unpublished",
}
_CALLED = {word: key for key, words in _ELSEWHERE.items() for word in words.split()}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` – did you mean …?` for the nearest known word, or the list of known words."""
    words = sorted(known)
    best = nearest(word, words)
    return f" – did you mean {best!r}?" if best else f"; known are {', '.join(words)}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word at most a third of its length in edits away, or sharing a beginning; else ''.

    What is called otherwise elsewhere comes first.
    """
    known, folded = list(known), word.casefold().replace("-", "_")
    if _CALLED.get(folded) in known:
        return _CALLED[folded]
    ranked = sorted((_distance(folded, k), k) for k in known)
    near = [k for d, k in ranked if d <= max(1, len(k) // 3)]
    begun = [k for _, k in ranked if len(folded) > 2 and (k.startswith(folded) or folded.startswith(k))]
    return (near or begun or [""])[0]


def _distance(old: str, new: str) -> int:
    """Edits between two words, a swap of neighbours counting one (optimal string alignment, row by row)."""
    rows = [list(range(len(new) + 1))]
    for i, a in enumerate(old):
        above, row = rows[-1], [i + 1]
        for j, b in enumerate(new):
            row.append(min(above[j + 1] + 1, row[j] + 1, above[j] + (a != b)))
            if i and j and a == new[j - 1] and old[i - 1] == b:
                row[-1] = min(row[-1], rows[-2][j - 1] + 1)
        rows.append(row)
    return rows[-1][-1]
