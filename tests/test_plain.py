"""The editor's own pages, and sections of them."""

from __future__ import annotations

import pytest

from generator.errors import SourceError
from generator.ingest.content import read
from generator.model import Config, Page, Tree
from generator.site import plain

TREE = {
    "content/_index.md": b"Home. [Guide](guide/one.md)\n",
    "content/imprint.md": b"---\ntitle: Imprint\n---\n\n[Back](_index.md), [out](https://a.example/x.md)\n",
    "content/guide/_index.md": b"---\ntitle: Guide\ngroups: [Later, Sooner]\n---\n\n[One](one.md#a-part)\n",
    "content/guide/one.md": b"---\ntitle: One\ngroup: Sooner\norder: 2\n---\n\n## A part\n\n## B\n\n"
    b"[Up](../imprint.md)\n",
    "content/guide/deep/two.md": b"---\ntitle: Two\ngroup: Sooner\norder: 1\n---\n\nText.\n",
    "content/guide/three.md": b"---\ngroup: Later\n---\n\nText.\n",
    "content/guide/none.md": b"Text.\n",
}


def planned(tree: Tree) -> dict[str, Page]:
    """Return the editor's pages of a content folder, by file."""
    return {page.path: page for page in plain.pages(plain.texts(read(tree, Config()), ()))}


def test_a_section_lists_its_pages() -> None:
    """Pages without a group come first, then the groups as the first page has them; by order, then title."""
    beside = planned(TREE)["guide/one/index.html"].data["side"]
    assert isinstance(beside, plain.Beside)
    assert [(group.heading, [bit.text for bit in group.pages]) for group in beside.groups] == [
        ("", ["None"]),
        ("Later", ["Three"]),
        ("Sooner", ["Two", "One"]),
    ]
    assert beside.first.text == "Guide"
    assert [heading.id for heading in beside.headings] == ["text-a-part", "text-b"]


def test_pages_of_a_section_lead_on() -> None:
    """Previous and next follow the list, the section's first page before all others."""
    pages = planned(TREE)
    order = ["guide", "guide/none", "guide/three", "guide/deep/two", "guide/one"]
    besides = [pages[f"{slug}/index.html"].data["side"] for slug in order]
    assert [b.previous and b.previous.target for b in besides] == [None, *(f"{slug}/index.html" for slug in order[:-1])]
    assert [b.following and b.following.target for b in besides] == [
        *(f"{slug}/index.html" for slug in order[1:]),
        None,
    ]


def test_a_page_outside_a_section_has_no_list() -> None:
    """A single page is printed by the template for single pages."""
    page = planned(TREE)["imprint/index.html"]
    assert page.template == "page.html"
    assert "side" not in page.data


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("imprint/index.html", '<a href="../index.html">Back</a>'),
        ("imprint/index.html", 'href="https://a.example/x.md"'),
        ("guide/index.html", '<a href="one/index.html#text-a-part">One</a>'),
        ("guide/one/index.html", '<a href="../../imprint/index.html">Up</a>'),
    ],
)
def test_links_between_files_lead_to_pages(page: str, link: str) -> None:
    """A link to a Markdown file leads to the page made from it, its fragment to the heading; others stay."""
    assert link in str(planned(TREE)[page].data["body"])


def test_dead_links_are_told_together() -> None:
    """A link to a Markdown file that is not there is a problem, with the line it stands on."""
    tree = {
        "content/a.md": b"---\ntitle: A\n---\n\nText.\n\nSee [b](b.md).\n",
        "content/_index.md": b"[gone](docs/gone.md) and [mail](mailto:x@y.example)\n",
    }
    with pytest.raises(SourceError) as caught:
        planned(tree)
    assert list(map(str, caught.value.problems)) == [
        "content/_index.md:1: the link 'docs/gone.md' leads to no page – there is no content/docs/gone.md",
        "content/a.md:7: the link 'b.md' leads to no page – there is no content/b.md",
    ]
