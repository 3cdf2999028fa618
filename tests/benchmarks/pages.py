"""Tables of the docs that benchmarks write: between two lines of Markdown that print nothing."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).parent.parent.parent / "content" / "docs"


def put(page: str, name: str, table: str) -> None:
    """Put a table where a page of the docs has its place by name.

    :raises ValueError: if the page has no such place.
    """
    path, begin, end = DOCS / page, f"[//]: # ({name}: begin)", f"[//]: # ({name}: end)"
    text = path.read_text(encoding="utf-8")
    until, after = text.index(begin) + len(begin), text.index(end)
    path.write_text(f"{text[:until]}\n\n{table}\n\n{text[after:]}", encoding="utf-8")
