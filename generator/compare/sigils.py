"""The letters by which a story's tellings are called."""

from __future__ import annotations


def sigil_of(position: int) -> str:
    """Return the sigil of the article at *position* (from 0) in its story: A … Z, AA, AB …"""
    letters = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
