"""What an ingest writes, what it leaves alone, and that it settles."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest import content
from generator.ingest.plan import IngestPlan, is_untouched, plan, short_slug
from generator.model import Article, Config

DEMO = {f"seeds/{p.name}": p.read_bytes() for p in (Path(__file__).parent.parent / "seeds").glob("*.txt")}
PROSE = b"The harbour reopened on Friday after the worst storm in years, officials said.\n"
OTHER = b"Parliament passed the budget on Monday after a night of talks, and nobody was content.\n"


def _together(articles: Sequence[Article]) -> list[list[int]]:
    return [list(range(len(articles)))]


def _by_word(articles: Sequence[Article]) -> list[list[int]]:
    """Group articles by whether they speak of a harbour."""
    harbour = [i for i, a in enumerate(articles) if "harbour" in a.body]
    rest = [[i] for i in range(len(articles)) if i not in harbour]
    return sorted(([harbour] if harbour else []) + rest)


def _plan(seeds: dict[str, bytes], existing: dict[str, bytes] | None = None, **settings: bool) -> IngestPlan:
    return plan(seeds, existing or {}, Config(**settings), _by_word)


def _text(planned: IngestPlan, name: str) -> str:
    (found,) = (data for path, data in planned.writes.items() if path.endswith(name))
    return found.decode()


# ---------------------------------------------------------------------------- new captures


def test_the_demo_is_one_story_of_five() -> None:
    """The five captures become five files of one story, named by what tells them apart."""
    planned = plan(DEMO, {}, Config(), _together)
    assert planned.problems == planned.warnings == planned.kept == ()
    assert len({path.rsplit("/", 1)[0] for path in planned.writes}) == 1
    assert [path.rsplit("/", 1)[1] for path in planned.writes] == ["000.md", "001.md", "002.md", "003.md", "004.md"]
    assert sum(map(len, planned.removed.values())) == 18


def test_the_demo_reads_back_as_content() -> None:
    """What is written is a library without a problem, and the same articles."""
    planned = plan(DEMO, {}, Config(), _together)
    (story,) = content.read(planned.writes, Config()).stories
    assert [a.label for a in story.articles] == ["000", "001", "002", "003", "004"]
    assert all(a.seed in DEMO for a in story.articles)


def test_a_new_file() -> None:
    """Every key is there for an editor to fill in, in the contract's order; the text is below."""
    text = _text(_plan({"seeds/a_0123456789abcdef.txt": PROSE}), "a.md")
    assert text.startswith(
        "---\ntitle: ''\noutlet: ''\nstory: story-a\ndate: ''\nupdated: ''\nsource_url: ''\nauthors: []\n"
    )
    assert "\nlanguage: ''\ntags: []\ndraft: false\nrights: ''\nseed: seeds/a_0123456789abcdef.txt\n" in text
    assert text.endswith(f"---\n\n{PROSE.decode()}")
    assert is_untouched(text.encode())
    assert not is_untouched(text.replace("Friday", "Monday").encode())


def test_names_that_would_collide_stay_whole() -> None:
    """A capture's hash is dropped where the rest is unique in the story, and kept where it is not."""
    seeds = {f"seeds/storm/a_{h * 8}.txt": PROSE + h.encode() for h in "12"} | {"seeds/storm/b-ffffffff.txt": PROSE}
    assert [path.rsplit("/", 1)[1] for path in _plan(seeds).writes] == ["a-11111111.md", "a-22222222.md", "b.md"]


@pytest.mark.parametrize(
    ("seed", "slug"),
    [
        ("seeds/000_73b66c784afebd9c.txt", "000"),
        ("seeds/storm/The Daily.html", "the-daily"),
        ("seeds/0123456789abcdef.txt", "0123456789abcdef"),
        ("seeds/a.b.md", "a-b"),
        ("seeds/index.txt", "index-1"),
    ],
)
def test_short_names(seed: str, slug: str) -> None:
    """Endings and hashes are no part of a name."""
    assert short_slug(seed) == slug


def test_folders_sidecars_and_groups_make_stories() -> None:
    """A folder or a sidecar states the story; the rest goes by text, into a stated story where one fits."""
    seeds = {
        "seeds/storm/a.txt": PROSE,
        "seeds/b.txt": PROSE + b"Again it closed.\n",
        "seeds/c.txt": OTHER,
        "seeds/d.txt": OTHER + b"They met again.\n",
        "seeds/d.yml": b"story: Budget",
    }
    assert sorted(_plan(seeds).writes) == [
        "content/stories/budget/d.md",
        "content/stories/storm/a.md",
        "content/stories/storm/b.md",
        "content/stories/story-c/c.md",
    ]


def test_without_grouping_each_is_a_story() -> None:
    """Where grouping is off every loose capture is a story of its own."""
    seeds = {"seeds/a.txt": PROSE, "seeds/b.txt": PROSE + b"Again.\n"}
    assert sorted(_plan(seeds, group_enabled=False).writes) == [
        "content/stories/story-a/a.md",
        "content/stories/story-b/b.md",
    ]


def test_a_story_is_named_by_its_title() -> None:
    """A new story's folder is its title's slug, and never an existing story's."""
    seeds = {"seeds/a.txt": b"Harbour reopens at last\n" + PROSE}
    elsewhere = {"content/stories/harbour-reopens-at-last/x.md": b"---\ntitle: X\n---\n\n" + OTHER}
    assert list(_plan(seeds).writes) == ["content/stories/harbour-reopens-at-last/a.md"]
    assert list(_plan(seeds, elsewhere).writes) == ["content/stories/harbour-reopens-at-last-2/a.md"]


def test_a_newcomer_joins_the_story_with_most_of_its_kin() -> None:
    """A group that touches several stories goes to the one with most members, then by slug."""
    kin = {f"content/stories/{s}.md": b"---\ntitle: X\n---\n\n" + PROSE for s in ("y/a", "z/a", "z/b", "x/a")}
    assert list(_plan({"seeds/n.txt": PROSE}, kin).writes) == ["content/stories/z/n.md"]
    del kin["content/stories/z/b.md"]
    assert list(_plan({"seeds/n.txt": PROSE}, kin).writes) == ["content/stories/x/n.md"]


def test_an_editors_own_file_keeps_its_name() -> None:
    """A new capture never takes the name of a file that is there."""
    there = {"content/stories/storm/a.md": b"---\ntitle: X\n---\n\n" + PROSE}
    assert list(_plan({"seeds/storm/a_00000000.txt": PROSE}, there).writes) == ["content/stories/storm/a-00000000.md"]
    assert list(_plan({"seeds/storm/a.txt": PROSE}, there).writes) == ["content/stories/storm/a-2.md"]


def test_equal_captures_are_taken_once() -> None:
    """Of captures with the same bytes the first is taken, the other told."""
    planned = _plan({"seeds/b.txt": PROSE, "seeds/a.txt": PROSE})
    assert list(planned.writes) == ["content/stories/story-a/a.md"]
    assert [str(w) for w in planned.warnings] == [
        "seeds/b.txt: the same bytes as seeds/a.txt, so it is left out – delete one of them"
    ]


def test_a_reprint_is_another_telling() -> None:
    """The same bytes are one article unless their sidecars state the addresses of two hosts, or two outlets."""
    sides = {
        "outlet": (b"outlet: Ledger\n", b"outlet: Herald\n", b"outlet: ledger\n"),
        "source_url": (b"source_url: https://a.example/1\n", b"source_url: https://b.example/1\n"),
    }
    for key, (one, other, *same) in sides.items():
        seeds = {"seeds/s/a.txt": PROSE, "seeds/s/a.yml": one, "seeds/s/b.txt": PROSE, "seeds/s/b.yml": other}
        planned = _plan(seeds)
        assert [*planned.writes] == ["content/stories/s/a.md", "content/stories/s/b.md"], key
        assert planned.warnings == ()
        assert _plan(seeds, dict(planned.writes)).writes == {}
        renamed = {path.replace("/s/", "/s/x"): data for path, data in seeds.items()}
        followed = _plan(renamed, dict(planned.writes))
        assert ["seed: seeds/s/xa.txt" in _text(followed, "a.md"), "xb.txt" in _text(followed, "b.md")] == [True, True]
        for third in same:
            assert [*_plan({**seeds, "seeds/s/b.yml": third}).writes] == ["content/stories/s/a.md"]


# ---------------------------------------------------------------------------- again


def _again(seeds: dict[str, bytes], then: dict[str, bytes]) -> tuple[dict[str, bytes], IngestPlan]:
    """Ingest `seeds`, then `then` over what was written."""
    written = dict(_plan(seeds).writes)
    return written, _plan(then, written)


def test_an_ingest_settles() -> None:
    """A second ingest of the same seeds writes nothing and says nothing new."""
    first = plan(DEMO, {}, Config(), _together)
    again = plan(DEMO, first.writes, Config(), _together)
    assert again == IngestPlan(removed=first.removed, seeds=first.seeds)


def test_an_untouched_file_follows_its_seed() -> None:
    """A changed seed, or a changed sidecar, changes the file that nobody edited; foreign line ends are no edit."""
    written, planned = _again({"seeds/a.txt": PROSE}, {"seeds/a.txt": OTHER, "seeds/a.yml": b"title: T"})
    assert list(planned.writes) == list(written)
    assert "title: T\n" in _text(planned, "a.md")
    assert "Parliament" in _text(planned, "a.md")
    dos = {path: data.replace(b"\n", b"\r\n") for path, data in written.items()}
    assert _plan({"seeds/a.txt": PROSE}, dos).writes == {}
    assert list(_plan({"seeds/a.txt": OTHER}, dos).writes) == list(written)


def test_an_edited_file_is_kept() -> None:
    """A file an editor changed is never written; a changed seed is told, with what differs and the ways out."""
    written = dict(_plan({"seeds/a.txt": PROSE}).writes)
    (path,) = written
    edited = {path: written[path].replace(b"title: ''", b"title: Mine")}
    assert _plan({"seeds/a.txt": PROSE}, edited) == IngestPlan(removed={"seeds/a.txt": ()}, seeds={path: "seeds/a.txt"})
    planned = _plan({"seeds/a.txt": PROSE + OTHER}, edited)
    assert (planned.writes, planned.kept) == ({}, (path,))
    (warning,) = map(str, planned.warnings)
    assert warning.startswith(f"{path}: kept as you edited it, though its seed seeds/a.txt has changed; they differ in")
    assert "front matter (title) and 1 line of the body – to take the new text delete this file" in warning
    accepted = {
        path: edited[path].replace(_hash(written[path]), _hash(_plan({"seeds/a.txt": PROSE + OTHER}).writes[path]))
    }
    assert _plan({"seeds/a.txt": PROSE + OTHER}, accepted).warnings == ()


def _hash(data: bytes) -> bytes:
    (found,) = (line for line in data.split(b"\n") if line.startswith(b"seed_sha256: "))
    return found


def test_a_file_without_our_hash_is_an_editors() -> None:
    """A content file that claims a seed but carries no hash is never written."""
    own = {"content/stories/storm/a.md": b"---\ntitle: X\nseed: seeds/a.txt\n---\n\nMine.\n"}
    planned = _plan({"seeds/a.txt": PROSE}, own)
    assert (planned.writes, planned.kept) == ({}, ("content/stories/storm/a.md",))


def test_a_seed_that_goes_leaves_its_article() -> None:
    """Where a seed is deleted the article stays, with a warning; a project without seeds is not bothered."""
    seeds = {"seeds/a.txt": PROSE, "seeds/b.txt": OTHER}
    written, planned = _again(seeds, {"seeds/b.txt": OTHER})
    assert planned.writes == {}
    assert [str(w) for w in planned.warnings] == [
        "content/stories/story-a/a.md: its seed seeds/a.txt is gone; the article stays – delete this file too, or "
        "empty `seed:`"
    ]
    assert _plan({}, written) == IngestPlan()


def test_a_seed_that_is_renamed_keeps_its_article() -> None:
    """The same bytes under another name belong to the article that was made from them."""
    written, planned = _again({"seeds/a.txt": PROSE}, {"seeds/n.txt": PROSE})
    assert list(planned.writes) == list(written)
    assert "seed: seeds/n.txt\n" in _text(planned, "a.md")
    assert planned.warnings == ()
    assert _plan({"seeds/n.txt": PROSE}, dict(planned.writes)).writes == {}


def test_a_sidecar_does_not_move_a_file() -> None:
    """An article stays in its story; a sidecar that names another is told."""
    _, planned = _again({"seeds/a.txt": PROSE}, {"seeds/a.txt": PROSE, "seeds/a.yml": b"story: other"})
    assert list(planned.writes) == []
    assert "belongs to the story 'other' – move the file there" in str(planned.warnings[0])


def test_problems_stop_the_ingest() -> None:
    """Where a seed or an article cannot be read nothing is written, and everything is told."""
    planned = _plan(
        {"seeds/a.txt": PROSE, "seeds/b.txt": b"\xff"}, {"content/stories/s/a.md": b"---\ntitel: A\n---\n\nText.\n"}
    )
    assert planned.writes == {}
    assert [p.path for p in planned.problems] == ["content/stories/s/a.md", "seeds/b.txt"]


SEEDS = st.dictionaries(
    st.sampled_from(
        [f"seeds/{n}" for n in ("a.txt", "b_12345678.txt", "b_87654321.txt", "s/a.txt", "s/c.md", "S/d.txt")]
    ),
    st.lists(
        st.sampled_from([PROSE, OTHER, b"Harbour reopens at last\n", b"Advertisement\n"]), min_size=1, max_size=4
    ).map(lambda lines: b"".join([*lines, PROSE])),
)


@given(SEEDS)
def test_any_order_of_the_seeds_gives_the_same_plan(seeds: dict[str, bytes]) -> None:
    """The order in which a folder is listed does not matter."""
    turned = dict(reversed(seeds.items()))
    assert _plan(turned) == _plan(seeds)
    assert list(_plan(turned).writes) == list(_plan(seeds).writes)


@given(SEEDS, SEEDS)
def test_plans_settle_and_never_lose_a_file(seeds: dict[str, bytes], later: dict[str, bytes]) -> None:
    """Whatever is ingested first and later, a further ingest writes nothing, and the content stays readable."""
    tree = dict(_plan(seeds).writes)
    tree |= _plan({**seeds, **later}, tree).writes
    assert _plan({**seeds, **later}, tree).writes == {}
    assert isinstance(content.read(tree, Config()), content.Library)
