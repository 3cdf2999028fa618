"""Parts of a story for other sites: which there are, what they say, and what they keep to themselves."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from generator.model import Config, Rights
from generator.site import oembed, pages
from tests import sample
from tests.documents import Document, broken

BASE = "https://news.example/digest/"
KINDS = ("overview", "facts", "passages", "quotes")
ROOT = "embed/lost-anchor/"


def built(
    rights: tuple[Rights, Rights, Rights] = ("full", "full", "full"), extra: str = "", **config: object
) -> dict[str, bytes]:
    """Return the sample story's site."""
    settings = Config(**config)  # type: ignore[arg-type]
    planned = pages.plan([sample.digest(rights, extra)], sample.library(extra), settings)
    return sample.rendered(planned, settings)


def embeds(site: dict[str, bytes]) -> dict[str, str]:
    """Return what lies below `embed/` as text."""
    return {path: data.decode() for path, data in site.items() if path.startswith("embed/")}


def test_a_story_has_five_and_a_pair_one() -> None:
    """A card, four parts, and a page for each pair; without a `base_url` there is no oEmbed document."""
    found = {path.removeprefix(ROOT) for path in embeds(built())}
    pairs = {f"diff/{pair}/index.html" for pair in ("gazette/b-17", "gazette/coast", "b-17/coast")}
    parts = {"index.html", *(f"{kind}/index.html" for kind in KINDS)}
    fragments = {f"fragments/{kind}.htm" for kind in ("card", *KINDS)}
    assert found == pairs | parts | fragments
    documents = {path.replace("index.html", "oembed.json") for path in pairs | parts}
    assert {path.removeprefix(ROOT) for path in embeds(built(base_url=BASE))} == found | documents


def test_what_can_be_left_out() -> None:
    """Pairs and fragments can be switched off by themselves; switched off altogether, no page offers anything."""
    assert not any("/diff/" in path for path in embeds(built(embed_pairs=False)))
    assert not any("/fragments/" in path for path in embeds(built(embed_fragments=False)))
    site = built(embed_enabled=False)
    assert embeds(site) == {}
    assert b'class="embed-link' not in site["stories/lost-anchor/index.html"]
    assert b'id="share"' not in site["stories/lost-anchor/diff/gazette/b-17/index.html"]
    assert broken(site) == []


def test_no_chrome_and_a_way_back() -> None:
    """An embed has no masthead, no navigation and no controls; it leads back, in the whole window."""
    for path, text in embeds(built()).items():
        page = Document(text)
        assert not {"nav", "form", "dialog", "footer"} & {tag for tag, _ in page.elements}, path
        if path.endswith(".html"):
            assert ("base", {"target": "_top"}) in page.elements
            assert page.faults == []
    facts = embeds(built())[ROOT + "facts/index.html"]
    assert 'href="../../../stories/lost-anchor/index.html#facts"' in facts


def test_nothing_inline_and_no_other_host() -> None:
    """Every embed has the policy, no inline style or script, and asks nobody else for anything."""
    for path, text in embeds(built(base_url=BASE)).items():
        if not path.endswith(".html"):
            continue
        page = Document(text)
        policy = next(a["content"] for tag, a in page.elements if tag == "meta" and "Policy" in a.get("http-equiv", ""))
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert not any("style" in a or tag == "style" for tag, a in page.elements)
        loaded = [
            a.get("src") or a["href"] for tag, a in page.elements if tag == "script" or a.get("rel") == "stylesheet"
        ]
        assert all(address.startswith("../") for address in loaded)


@pytest.mark.parametrize("rights", [("full", "full", "link"), ("full", "excerpt", "link"), ("link", "link", "link")])
def test_rights_are_honoured(rights: tuple[Rights, Rights, Rights]) -> None:
    """A sentence that may not be reprinted stands in no embed, fragment or oEmbed document."""
    closed = "Divers of the coast guard will look for the lost iron once the autumn gales have passed."
    assert closed not in "".join(embeds(built(rights, base_url=BASE)).values())
    if rights[0] == "link":
        assert "Aurora lost its anchor off Skerry" not in "".join(embeds(built(rights, base_url=BASE)).values())


def test_fragments_stand_anywhere() -> None:
    """A fragment is one element with full addresses, whatever page it is put into."""
    for path, text in embeds(built(base_url=BASE)).items():
        if path.endswith(".htm"):
            page = Document(text)
            assert page.faults == []
            assert page.elements[0][1]["class"].startswith("variorum variorum-")
            assert all(link.startswith((BASE, "#mk-")) for link in page.links), path
            assert not {"html", "head", "script", "link"} & {tag for tag, _ in page.elements}


@pytest.mark.parametrize("extra", ["</title><script>x</script>", "\" onload='x' <b>&amp;", "\u202e\x00'"])
def test_no_text_becomes_markup(extra: str) -> None:
    """Whatever a title or a sentence holds, the elements of an embed stay those of any other story."""
    harmless = re.sub(r"[^\w ]", "x", extra)
    plain, hostile = (embeds(built(extra=text, base_url=BASE)) for text in (harmless, extra))
    for path, text in hostile.items():
        if not path.endswith("json"):
            assert Document(text).shape == Document(plain[path]).shape, path


class Frame(HTMLParser):
    """The attributes of the one element in an oEmbed document's `html`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))


def test_oembed_documents() -> None:
    """Each says what oEmbed 1.0 asks of type rich, and holds one frame with the full address of its page."""
    extra = '"><script>'
    site = built(base_url=BASE, extra=extra)
    for path, data in site.items():
        if not path.endswith("oembed.json"):
            continue
        told = json.loads(data)
        assert told["version"] == "1.0"
        assert told["type"] == "rich"
        assert told["provider_url"] == BASE
        assert isinstance(told["width"], int)
        assert 180 <= told["height"] <= 720
        ((tag, attributes),) = Frame(told["html"]).found
        assert tag == "iframe"
        assert attributes["src"] == BASE + path.removesuffix("oembed.json")
        assert attributes["title"] == told["title"]
        assert attributes["height"] == str(told["height"])
        assert "style" not in attributes
        assert path.replace("oembed.json", "index.html") in site


def discovery(text: str) -> list[str]:
    """Return the addresses of a page's oEmbed documents."""
    return [a["href"] for _, a in Document(text).elements if a.get("type") == "application/json+oembed"]


def test_discovery() -> None:
    """Every embed, the story's page and each pair's page lead to an oEmbed document; other pages to none."""
    site = built(base_url=BASE)
    for path, data in site.items():
        if not path.endswith(".html"):
            continue
        found = discovery(data.decode())
        if path.startswith("embed/"):
            assert found == [oembed.discovery(path, Config(base_url=BASE))]
        elif path == "stories/lost-anchor/index.html" or "/diff/" in path:
            assert found == [oembed.discovery(path.replace("stories/", "embed/", 1), Config(base_url=BASE))]
        else:
            assert found == []
    found = discovery(site["embed/lost-anchor/facts/index.html"].decode())
    document, _, asked = found[0].partition("?")
    assert document == f"{BASE}embed/lost-anchor/facts/oembed.json"
    assert asked == "url=https%3A%2F%2Fnews.example%2Fdigest%2Fembed%2Flost-anchor%2Ffacts%2F&format=json"
    assert not any(discovery(data.decode()) for path, data in built().items() if path.endswith(".html"))


def test_cards_for_those_who_know_no_oembed() -> None:
    """Open Graph and Twitter's card tell title, description, kind and address."""
    page = Document(built(base_url=BASE)["stories/lost-anchor/index.html"].decode())
    said = {
        a.get("property") or a.get("name"): a["content"] for tag, a in page.elements if tag == "meta" and "content" in a
    }
    assert said["og:title"] == "Ferry loses anchor"
    assert said["og:type"] == "article"
    assert said["og:url"] == BASE + "stories/lost-anchor/"
    assert said["og:description"].startswith("Three tellings from two origins.")
    assert said["twitter:card"] == "summary_large_image"


def test_code_to_copy() -> None:
    """Without a script, too, a story's page offers the code of each of its parts, and leads to them."""
    page = Document(built(base_url=BASE)["stories/lost-anchor/index.html"].decode())
    for kind in ("", "facts/", "quotes/"):
        assert f'<iframe src="{BASE}{ROOT}{kind}"' in page.text
    assert f'<script async src="{BASE}static/embed.js"></script>' in page.text
    shares = [a["href"] for _, a in page.elements if a.get("class") == "embed-link"]
    assert [f"../../embed/lost-anchor/{kind}/index.html" for kind in ("passages", "quotes", "facts", "overview")] == [
        share for kind in ("passages", "quotes", "facts", "overview") for share in shares if f"/{kind}/" in share
    ]
