"""A digest of two articles, seen from the one that was named first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model import Change, Digest, Op, Pair, PairLink

_TURNED: dict[Op, Op] = {"equal": "equal", "insert": "delete", "delete": "insert", "replace": "replace"}


def facing(digest: Digest) -> Digest:
    """Return the digest of two articles with the first as the old side of their pair, whatever their dates.

    :raises ValueError: if it holds another number of articles.
    """
    if len(digest.pairs) != 1:
        raise ValueError(f"a pair is two articles, not {len(digest.witnesses)}")
    (pair,) = digest.pairs
    return digest if pair.old == digest.witnesses[0].sigil else replace(digest, pairs=(turned(pair),))


def turned(pair: Pair) -> Pair:
    """Return the pair with its sides exchanged; its links are in the order of what is now the old side."""
    links = [_turned_link(link) for link in pair.links]
    return Pair(
        old=pair.new,
        new=pair.old,
        similarity=pair.similarity,
        old_share=pair.new_share,
        new_share=pair.old_share,
        near_duplicate=pair.near_duplicate,
        links=tuple(sorted(links, key=lambda link: (_places(link.old), _places(link.new)))),
        jaccard=pair.jaccard,
        containment=pair.containment,
    )


def _turned_link(link: PairLink) -> PairLink:
    changes = tuple(Change(_TURNED[change.op], change.new, change.old) for change in link.changes)
    return replace(link, old=link.new, new=link.old, changes=changes)


def _places(sentences: Sequence[str]) -> tuple[int, ...]:
    """Return the places of sentences in their witness, from their ids."""
    return tuple(int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for name in sentences)
