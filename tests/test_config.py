"""`ssg.yml`: every key, every default, every mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem, SourceError
from generator.ingest.config import base_url, config
from generator.model import Config, Outlet

FULL = """\
title: Harbour Digest
description: 'News: compared'
base_url: https://example.org/digest
language: pt-BR
theme: paper
output: public
rights: excerpt
noindex: no
paginate: 20
drafts: yes
compare: {enabled: false, pairs_per_story: 10, near_duplicate: 0.75}
group: {enabled: off, days: 3}
search: {enabled: false}
feeds: {enabled: false, items: 5}
embed: {enabled: false}
build: {jobs: 4, engine: here}
outlets:
  daily-harbour:
    name: The Daily Harbour
    homepage: https://harbour.example
    country: GB
    language: en
    colour: '#0a5c8d'
    logo: logos/harbour.svg
"""


def _problems(text: str) -> list[str]:
    with pytest.raises(SourceError) as caught:
        config(text)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("text", ["", "\n", "# nothing but a comment\n", "\ufeff"])
def test_nothing_stated_is_all_defaults(text: str) -> None:
    """Every key is optional."""
    assert config(text) == Config()


def test_every_key_is_read() -> None:
    """Each key of the configuration reaches its field."""
    assert config(FULL) == Config(
        title="Harbour Digest",
        description="News: compared",
        base_url="https://example.org/digest/",
        language="pt-BR",
        theme="paper",
        output="public",
        outlets=(
            Outlet(
                slug="daily-harbour",
                name="The Daily Harbour",
                homepage="https://harbour.example",
                country="GB",
                language="en",
                colour="#0a5c8d",
                logo="logos/harbour.svg",
            ),
        ),
        rights="excerpt",
        noindex=False,
        paginate=20,
        compare_enabled=False,
        pairs_per_story=10,
        near_duplicate=0.75,
        group_enabled=False,
        group_days=3,
        search_enabled=False,
        feeds_enabled=False,
        feed_items=5,
        embed_enabled=False,
        jobs=4,
        engine="here",
        drafts=True,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("titel: x", "ssg.yml:1:1: titel: unknown key – did you mean 'title'?"),
        ("a: b\nbaseurl: x", "ssg.yml:2:1: baseurl: unknown key – did you mean 'base_url'?"),
        ("xyzzy: 1", "ssg.yml:1:1: xyzzy: unknown key; known are base_url, build,"),
        ("feeds: {item: 3}", "ssg.yml:1:9: feeds.item: unknown key – did you mean 'items'?"),
        ("search: yes", "ssg.yml:1:1: search: expected a mapping like {enabled: true}, found the text 'yes'"),
        ("search: {enabled: maybe}", "ssg.yml:1:10: search.enabled: expected true or false, found 'maybe'"),
        ("paginate: 0", "ssg.yml:1:1: paginate: expected a whole number from 1 to 10000, found '0'"),
        ("paginate: 1e3", "ssg.yml:1:1: paginate: expected a whole number"),
        (
            "compare:\n  near_duplicate: 1.5",
            "ssg.yml:2:3: compare.near_duplicate: expected a number from 0 to 1",
        ),
        (
            "compare: {near_duplicate: nan}",
            "ssg.yml:1:11: compare.near_duplicate: expected a number from 0 to 1",
        ),
        ("base_url: example.org", "ssg.yml:1:1: base_url: expected an address that begins with https://"),
        ("base_url: javascript:alert(1)", "ssg.yml:1:1: base_url: expected an address"),
        ("base_url: https://example.org/?a=b", "ssg.yml:1:1: base_url: expected an address without ?"),
        ("language: english please", "ssg.yml:1:1: language: expected a language tag like en or pt-BR"),
        ("rights: all", "ssg.yml:1:1: rights: expected excerpt, full, link; found 'all'"),
        ("title: [a, b]", "ssg.yml:1:1: title: expected text, found a list"),
        ("theme: ../evil", "ssg.yml:1:1: theme: expected the name of a folder in themes/"),
        ("output: ../site", "ssg.yml:1:1: output: expected a path below the project's folder"),
        ("output: /tmp", "ssg.yml:1:1: output: expected a path below the project's folder"),
        ("output: content/x", "ssg.yml:1:1: output: 'content/x' holds sources"),
        ("output: ./seeds", "ssg.yml:1:1: output: './seeds' holds sources"),
        ("outlets: {A B: {}}", "ssg.yml:1:11: outlets.A B: expected a slug"),
        ("outlets: {a: {colour: red}}", "ssg.yml:1:15: outlets.a.colour: expected a colour"),
        ("outlets: {a: {url: x}}", "ssg.yml:1:15: outlets.a.url: unknown key"),
        ("outlets: {a: name}", "ssg.yml:1:11: outlets.a: expected a mapping"),
    ],
)
def test_mistakes_name_their_place_and_the_way_out(text: str, said: str) -> None:
    """Unknown keys, wrong types and values out of range are told with line and column."""
    assert any(problem.startswith(said) for problem in _problems(text)), _problems(text)


def test_all_mistakes_at_once() -> None:
    """Problems are reported together, in the order of the file."""
    said = _problems("titel: x\nsearch: {enabled: maybe}\nfeeds: [1]\noutlets: {a: {colour: red}}\n")
    assert [problem.split(": ")[0] for problem in said] == [
        "ssg.yml:1:1",
        "ssg.yml:2:10",
        "ssg.yml:3:1",
        "ssg.yml:4:15",
    ]


@pytest.mark.parametrize(
    ("text", "url"),
    [("", ""), ("https://a.org", "https://a.org/"), ("https://a.org/b//", "https://a.org/b/")],
)
def test_base_url_ends_with_one_slash(text: str, url: str) -> None:
    """The site's root is written with exactly one slash at its end."""
    assert base_url(text) == url


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_a_configuration_or_refused(text: str) -> None:
    """No text raises anything but a source error."""
    problems: tuple[Problem, ...] = ()
    try:
        config(text)
    except SourceError as error:
        problems = error.problems
    assert all(problem.path == "ssg.yml" for problem in problems)
