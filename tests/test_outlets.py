"""What an outlet's page adds up over its stories, and what rights keep out of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.catalogues import catalogue_for
from generator.ingest.content import Library
from generator.model import Config, Outlet
from generator.site import pages
from generator.site.index import Index, index_of
from generator.site.outlets import Figures, figures, tally, together
from generator.site.standing import Likeness, Standing, standing
from generator.site.summary import TellingEntry, told
from generator.site.tongues import NAMES, tongue
from generator.site.words import Words
from tests import sample
from tests.catalogues import LOCALE, translated
from tests.documents import Document, broken


def index() -> Index:
    """Return the sample story's index."""
    return index_of(sample.digest(), sample.library(), Config())


def telling(**values: object) -> TellingEntry:
    """Return a telling with a standing of its own."""
    found = index()
    plain = Standing(4, 3, 10, 2, (), (Likeness("Coast Radio", "outlets/coast-example/index.html", 40, "a.html"),))
    return replace(told(found, found.tellers["A"]), standing=replace(plain, **values))  # type: ignore[arg-type]


def figured(tellings: list[TellingEntry]) -> Figures:
    """Return what an outlet's tellings come to."""
    return figures(tally(tellings), tellings)


@pytest.mark.parametrize(
    ("code", "site", "name"),
    [
        ("en", "en", "English"),
        ("en", "de", "Englisch"),
        ("de-AT", "fr", "allemand (AT)"),
        ("ar", "ar", "العربية"),
        ("PT_br", "en", "Portuguese (br)"),
        ("tlh", "de", "tlh"),
        ("Plattdeutsch", "de", "Plattdeutsch"),
        ("", "en", ""),
    ],
)
def test_languages_have_names(code: str, site: str, name: str) -> None:
    """An outlet's language is told in the words of the site's language; an unknown one stays as it was written."""
    assert tongue(code, Words(catalogue_for(sample.theme(), site))) == name


def test_every_language_name_is_translated() -> None:
    """Every catalogue names all languages."""
    for path in LOCALE.glob("*.po"):
        assert not [name for name in NAMES.values() if not translated(path.stem).get(name).string]


def test_standing_of_a_telling() -> None:
    """A telling is measured by what enough others carry; its own repetitions count for nothing."""
    found = index()
    first = standing(found, found.tellers["A"])
    assert (first.common, first.carried) == (2, 1)
    assert (first.sentences, first.only) == (5, 3)
    assert [sample.id for sample in first.samples] == ["A3", "A4"]
    assert [(one.name, one.percent) for one in first.likenesses] == [("Unattributed (b)", 50), ("Coast Radio", 20)]


def test_versions_of_one_outlet_are_not_others() -> None:
    """What only another version of the same outlet carries is not common, and versions do not resemble each other."""
    whole = sample.digest()
    same = tuple(replace(w, article=replace(w.article, outlet="gazette")) for w in whole.witnesses[:2])
    found = index_of(replace(whole, witnesses=(*same, whole.witnesses[2])), sample.library(), Config())
    first = standing(found, found.tellers["A"])
    assert [one.name for one in first.likenesses] == ["Coast Radio"]
    assert (first.common, first.carried) == (3, 1)


def test_figures_add_up() -> None:
    """Counts are added before shares are taken, and stories that nobody else tells are left out."""
    found = figured([telling(), telling(common=6, carried=0), telling(likenesses=(), common=90, carried=90)])
    assert (found.common, found.carried, found.carried_percent) == (10, 3, 30)
    assert (found.sentences, found.only, found.only_percent) == (20, 4, 20)


def test_most_alike_first() -> None:
    """The outlets that an outlet resembles stand in order, each with the pair that is closest; nobody is no outlet."""
    coast = Likeness("Coast Radio", "outlets/coast-example/index.html", 80, "b.html")
    bay = Likeness("Bay News", "outlets/bay/index.html", 70, "")
    nobody = Likeness("Unattributed (b)", "", 99, "c.html")
    found = figured([telling(), telling(likenesses=(coast, bay, nobody))]).alike
    assert [(one.name, one.percent, one.stories, one.closest) for one in found] == [
        ("Bay News", 70, 1, ""),
        ("Coast Radio", 60, 2, "b.html"),
    ]


LIKENESS = st.builds(
    Likeness,
    st.sampled_from(["Coast", "Bay", "Dale"]),
    st.sampled_from(["outlets/coast/index.html", "outlets/bay/index.html", ""]),
    st.integers(0, 3),
    st.sampled_from(["", "a.html", "b.html", "c.html"]),
)


@given(
    told=st.lists(st.tuples(st.lists(LIKENESS, max_size=3), st.integers(-1, 9), st.integers(0, 5)), max_size=8),
    at=st.integers(0, 8),
)
def test_tallies_of_parts_give_that_of_all(told: list[tuple[list[Likeness], int, int]], at: int) -> None:
    """What tellings add up to is the same wherever they are parted."""
    one = telling()
    tellings = [
        replace(
            one,
            shared=shared,
            date_iso=f"2024-05-0{count}" if count else "",
            standing=replace(one.standing, common=count, carried=count // 2, likenesses=tuple(likenesses)),
        )
        for likenesses, shared, count in told
    ]
    assert together([tally(tellings[:at]), tally(tellings[at:])]) == tally(tellings)


def test_without_anything_to_compare() -> None:
    """An outlet whose stories nobody else tells gets no share of anything, and its page says why."""
    assert figured([telling(likenesses=())]).carried_percent == -1
    site = sample.rendered(pages.plan([], Library(outlets=(Outlet("gazette", "Gazette"),)), Config()), Config())
    text = Document(site["outlets/gazette/index.html"].decode()).text
    assert "there is nothing to compare it with" in text
    assert "No telling of this outlet is here yet." in text


def test_an_outlets_page() -> None:
    """The page says how often an outlet carries what others do, what only it has, and whom it resembles."""
    site = sample.rendered(pages.plan([sample.digest()], sample.library(), Config()), Config())
    page = Document(site["outlets/gazette/index.html"].decode())
    text = " ".join(page.text.split())
    assert "of what others tell, it tells, too: 1 of 2 statements" in text
    assert "of its sentences stand nowhere else: 3 of 5" in text
    assert "alike with Coast Radio" in text
    assert "Nobody was hurt." in text
    assert "../../stories/lost-anchor/diff/gazette/coast/index.html" in page.links


def test_rights_hold_on_an_outlets_page() -> None:
    """Sentences of a telling that may only be linked are counted on its outlet's page, not printed."""
    digest = sample.digest(("link", "full", "full"))
    site = sample.rendered(pages.plan([digest], sample.library(), Config()), Config())
    text = Document(site["outlets/gazette/index.html"].decode()).text
    assert "3 of 5" in text
    assert "Nobody was hurt." not in text
    assert "Its sentences may not be reprinted here." in text


def test_many_tellings_are_paged() -> None:
    """An outlet of many tellings has its figures on the first page and goes on with tellings alone."""
    digests = [sample.digest(slug=slug) for slug in ("one", "two", "three")]
    config = Config(paginate=2)
    site = sample.rendered(pages.plan(digests, sample.library(), config), config)
    first, second = (site[f"outlets/gazette/{path}index.html"].decode() for path in ("", "page/2/"))
    assert (first.count('<tr><th scope="row">'), "Beside the others" in first) == (3, True)
    assert (second.count('<tr><th scope="row">'), "Beside the others" in second) == (1, False)
    assert broken(site) == []
