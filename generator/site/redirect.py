"""What stands at a former address, and leads to the page that has moved: no script, no help from a server."""

from __future__ import annotations

from generator.model import Page


def page(alias: str, target: str, title: str, source: str) -> Page:
    """Return the page at *alias*, a file below the site's root, which leads to the file *target*.

    :param source: the content file that claims the address.
    """
    return Page(alias, "moved.html", title, {"target": target}, noindex=True, made_from=(source,) if source else ())
