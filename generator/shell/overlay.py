"""Problems as HTML, each with the lines around it: what lies over the pages until the sources are mended.

Pure. Sources are not trusted: every character of theirs is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from generator.errors import Problem
from generator.shell.answers import OWN

#: Lines of a source shown before and after the one that is meant.
AROUND = 3
#: A longer line is cut: nobody reads on, and a capture may be one line of a megabyte.
WIDTH = 400
#: More problems than this are only counted; the terminal has them all.
MOST = 50


def overlay(problems: Sequence[Problem], text_of: Callable[[str], str | None], *, has_site: bool) -> bytes:
    """Return what tells *problems*; nothing where there are none.

    :param text_of: the text of a source by its path, None where there is none to show.
    :param has_site: whether an older site lies below.
    """
    if not problems:
        return b""
    items = "\n".join(f"<li>{_item(found, text_of(found.path))}</li>" for found in problems[:MOST])
    more = f"<p>{len(problems) - MOST} more are told in the terminal.</p>" if len(problems) > MOST else ""
    count = "1 problem keeps" if len(problems) == 1 else f"{len(problems)} problems keep"
    below = " Below lies the last site that could be built." if has_site else ""
    return f"""<aside class="ssg-problems" role="alert" lang="en" dir="ltr">
<link rel="stylesheet" href="{OWN}overlay.css">
<details open>
<summary>{count} this site from being built</summary>
<p>This goes away by itself as soon as the sources are mended.{below}</p>
<ol>
{items}
</ol>
{more}</details>
</aside>
""".encode("utf-8", "replace")


def waiting_note(left: int, of: int) -> bytes:
    """Return what tells that *left* stories of so many are still to be compared; nothing where none is."""
    if not left:
        return b""
    return f"""<aside class="ssg-note" role="status" lang="en" dir="ltr">
<link rel="stylesheet" href="{OWN}overlay.css">
<p>{left:,} of {of:,} stories are still to be compared. A story that you open is compared at once; lists, figures and
search know the others as soon as that is done behind the pages.</p>
</aside>
""".encode()


def _item(found: Problem, text: str | None) -> str:
    place = str(Problem(found.path, found.line, found.column, "")).removesuffix(": ")
    frame = "\n".join(_frame(text, found.line, found.column)) if text is not None and found.line else ""
    told = f'<p><code class="ssg-place">{escape(place)}</code> {escape(found.message)}</p>'
    return f"{told}\n<pre>{frame}</pre>" if frame else told


def _frame(text: str, line: int, column: int) -> Iterator[str]:
    """Yield the numbered lines around *line*, that one marked, with a caret below *column* where it is known."""
    lines = text.removesuffix("\n").split("\n")
    first, last = max(1, line - AROUND), min(len(lines), line + AROUND)
    for number in range(first, last + 1):
        here = number == line
        shown = escape(lines[number - 1].rstrip("\r").expandtabs(1)[:WIDTH])
        row = f"{'>' if here else ' '} {number:>{len(str(last))}} | {shown}"
        yield f"<mark>{row}</mark>" if here else row
        if here and 0 < column <= WIDTH:
            yield f"  {'':>{len(str(last))}} | {'':{column - 1}}^"
