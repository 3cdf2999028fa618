"""oEmbed 1.0 (oembed.com) as static documents: what a page that is pasted into another site should become there.

A static site cannot answer `?url=…`, so there is no endpoint: consumers discover the document by the link in the
page's head. They ask for absolute addresses, so a site without a `base_url` has none.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus

from generator.site import data, links

if TYPE_CHECKING:
    from generator.model import Config, Page

#: Width in CSS pixels that heights are meant for; the frame itself takes what room there is.
WIDTH: Final = 640
#: Seconds for which a consumer may keep the document: a day.
CACHE_AGE: Final = 86_400

_PLAIN: Final = re.compile(r"[\w.~/:-]*", re.ASCII)


def document(path: str) -> str:
    """Return the file of the oEmbed document of the page at *path*."""
    return path.removesuffix("index.html") + "oembed.json"


def discovery(path: str, config: Config) -> str:
    """Return the address of a page's oEmbed document as consumers look for it.

    A static host ignores what stands behind the `?`; some consumers take the page's own address from there.
    """
    asked = f"url={_asked(links.absolute(config.base_url, path))}&format=json"
    return f"{links.absolute(config.base_url, document(path))}?{asked}"


def _asked(address: str) -> str:
    """Return an address as a query holds it; almost every one has nothing to quote but its colons and slashes."""
    if _PLAIN.fullmatch(address):
        return address.replace(":", "%3A").replace("/", "%2F")
    return quote_plus(address)


def page(path: str, title: str, height: int, config: Config) -> Page:
    """Return the oEmbed document of the embeddable page at *path*, as a page without a template."""
    return data.file(document(path), answer(path, title, height, config))


def answer(path: str, title: str, height: int, config: Config) -> data.Json:
    """Return what the document says: type `rich`, as an `<iframe>`, since that is what every consumer lets pass.

    :param height: of the frame, in CSS pixels.
    """
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": config.title,
        "provider_url": config.base_url,
        "cache_age": CACHE_AGE,
        "width": WIDTH,
        "height": height,
        "html": frame(links.absolute(config.base_url, path), title, height),
    }


def frame(address: str, title: str, height: int) -> str:
    """Return a frame for the embeddable page at an absolute *address*, as wide as there is room.

    Attributes only, no style: it looks the same where a policy forbids inline styles.
    """
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{height}" frameborder="0" '
        'loading="lazy"></iframe>'
    )
