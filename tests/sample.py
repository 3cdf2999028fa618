"""An invented story in three tellings, compared by hand: what pages are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment

from generator.ingest.content import Library
from generator.model import (
    Article,
    Attribution,
    AttributionReading,
    Block,
    Cell,
    Change,
    Config,
    Difference,
    Digest,
    Figure,
    FigureReading,
    Mark,
    Origin,
    Outlet,
    Page,
    Pair,
    PairLink,
    Passage,
    PlainPage,
    Quote,
    QuoteReading,
    Reading,
    Repeat,
    Rights,
    Segment,
    Story,
    Tree,
    Witness,
    Wording,
    WordingReading,
)
from generator.site import render

STORY = "lost-anchor"

#: A telling's blocks: kind, level, sentences.
Blocks = Sequence[tuple[str, int, Sequence[str]]]

A: Blocks = (
    ("heading", 2, ["At sea"]),
    (
        "paragraph",
        0,
        [
            "The ferry Aurora lost its anchor off Skerry Point on Monday.",
            "The search for it took over an hour, the harbour office said.",
        ],
    ),
    ("item", 1, ["Nobody was hurt."]),
    ("item", 2, ["The anchor weighs four tonnes."]),
    ("quote", 0, ["A ship without an anchor is a visitor."]),
    ("paragraph", 0, ["The Aurora lost its anchor on Monday."]),
    ("code", 0, ["59.2 N 18.1 E"]),
)
B: Blocks = (
    ("paragraph", 0, ["The search took almost an hour."]),
    ("paragraph", 0, ["The ferry Aurora dropped its anchor off Skerry Point on Monday."]),
    ("paragraph", 0, ["“We never saw it go,” the captain said.", "She has commanded the ship for nine years."]),
)
C: Blocks = (
    ("paragraph", 0, ["On Monday morning an anchor went to the bottom near Skerry Point."]),
    ("paragraph", 0, ["“We saw it go,” said the mate."]),
    ("paragraph", 0, ["Divers of the coast guard will look for the lost iron once the autumn gales have passed."]),
)


def changes(*parts: str) -> tuple[Change, ...]:
    """Return changes written as `=stays`, `-goes`, `+comes`, `-goes/+comes`."""
    found = []
    for part in parts:
        old, _, new = part.partition("/+")
        sign, text = old[0], old[1:]
        if new:
            found.append(Change("replace", text, new))
        elif sign == "=":
            found.append(Change("equal", text, text))
        else:
            found.append(Change("delete", text, "") if sign == "-" else Change("insert", "", text))
    return tuple(found)


def witness(sigil: str, article: Article, told: Blocks, extra: str = "") -> Witness:
    """Return a witness of the blocks, `extra` at the end of every sentence."""
    blocks: list[Block] = []
    segments: list[Segment] = []
    at = 0
    for number, (kind, level, sentences) in enumerate(told):
        texts = [sentence + extra for sentence in sentences]
        text = " ".join(texts)
        marks = (Mark(0, 3, "em"), Mark(2, len(text), "link", "https://example.org/x")) if kind == "paragraph" else ()
        blocks.append(Block(kind, text, level, marks))  # type: ignore[arg-type]
        start = at
        for sentence in texts if kind not in ("heading", "code") else ():
            index = len(segments)
            end = start + len(sentence)
            segments.append(Segment(f"{sigil}{index + 1}", sigil, index, sentence, number, start, end, ()))
            start = end + 1
        at += len(text) + 2
    text = "\n\n".join(block.text for block in blocks)
    return Witness(sigil, article, tuple(blocks), text, tuple(segments), len(text.split()))


def articles(rights: Sequence[Rights] = ("full", "full", "full"), extra: str = "") -> tuple[Article, ...]:
    """Return the three articles: one attributed, one that nobody attributes, one from elsewhere."""
    first = Article(
        title=f"Ferry loses anchor{extra}",
        outlet="gazette",
        body="\n\n".join(" ".join(sentences) for _, _, sentences in A),
        date="2024-10-08",
        updated="2024-10-09T08:30:00Z",
        source_url="https://gazette.example/2024/10/08/anchor",
        authors=(f"R. Vane{extra}", "Ö. Åkesson"),
        language="en",
        tags=("Ships",),
        rights=rights[0],
        story=STORY,
        slug="gazette",
        seed="seeds/a.txt",
    )
    second = Article(
        body="\n\n".join(" ".join(sentences) for _, _, sentences in B),
        rights=rights[1],
        story=STORY,
        slug="b-17",
        seed="seeds/b_17.txt",
    )
    third = Article(
        title=f"Anchor overboard{extra}",
        outlet="coast.example",
        body="\n\n".join(" ".join(sentences) for _, _, sentences in C),
        language="en-GB",
        source_url="https://coast.example/anchor",
        rights=rights[2],
        story=STORY,
        slug="coast",
        seed="seeds/c.txt",
        via=f"The Clipping Desk{extra}",
    )
    return first, second, third


def digest(rights: Sequence[Rights] = ("full", "full", "full"), extra: str = "", slug: str = STORY) -> Digest:
    """Return the story compared; `extra` stands at the end of every sentence, title and name."""
    story = Story(
        slug=slug,
        title=f"Ferry loses anchor{extra}",
        articles=articles(rights, extra),
        title_from="gazette",
        date="2024-10-08",
        tags=(f"Ships{extra}", "Weather"),
        introduction="Three *reports* of one mishap.",
    )
    tellings = ((sigil, told) for sigil, told in zip("ABC", (A, B, C), strict=True))
    witnesses = tuple(
        witness(sigil, article, told, extra) for (sigil, told), article in zip(tellings, story.articles, strict=True)
    )
    texts = {segment.id: segment.text for w in witnesses for segment in w.segments}
    return Digest(
        story=story,
        witnesses=witnesses,
        pairs=_pairs(texts, extra),
        passages=_passages(texts, extra),
        quotes=_quotes(extra),
        figures=_figures(extra),
        origins=(
            Origin("o1", ("A", "B"), "shared text", "its anchor off Skerry Point on Monday"),
            Origin("o2", ("C",), "alone"),
        ),
        repeats=(Repeat("A", "A6", "A1"),),
        wording=(
            Wording(
                "p1",
                f"anchor{extra}",
                (WordingReading("A", f"lost its anchor{extra}"), WordingReading("C", "an anchor")),
            ),
        ),
        attributions=(
            Attribution(
                "p2", (AttributionReading("A", f"the harbour office{extra}", True), AttributionReading("B", "", False))
            ),
        ),
    )


def _anchor(extra: str) -> tuple[Change, ...]:
    return changes("=The ferry Aurora ", "-lost /+dropped ", f"=its anchor off Skerry Point on Monday.{extra}")


def _search(extra: str) -> tuple[Change, ...]:
    tail = f", the harbour office said.{extra}"
    return changes("=The search ", "-for it ", "=took ", "-over /+almost ", "=an hour", f"-{tail}/+.{extra}")


def _pairs(texts: dict[str, str], extra: str) -> tuple[Pair, ...]:
    back = tuple(Change(c.op, c.new, c.old) for c in changes("=“We ", "-saw /+never saw ", "=it go,” "))
    unlike = changes(f"-{texts['A1']}/+{texts['C1']}")
    return (
        Pair(
            "A", "B", 0.5, 0.4, 0.5, False,
            (
                PairLink(("A1",), ("B2",), 0.9, False, True, _anchor(extra)),
                PairLink(("A2",), ("B1",), 0.6, True, True, _search(extra)),
            ),
        ),
        Pair("A", "C", 0.2, 0.2, 1 / 3, False, (PairLink(("A1",), ("C1",), 0.4, False, False, unlike),)),
        Pair("B", "C", 0.3, 0.25, 1 / 3, True, (PairLink(("B3",), ("C2",), 0.8, False, True, back),)),
    )  # fmt: skip


def _passages(texts: dict[str, str], extra: str) -> tuple[Passage, ...]:
    unlike = changes(f"-{texts['A1']}/+{texts['C1']}")
    own = changes("=The ", "-ferry ", "=Aurora lost its anchor ", "-off Skerry Point ", f"=on Monday.{extra}")
    saw = changes("=“We ", "-never saw /+saw ", "=it go,” ", f"-the captain said.{extra}/+said the mate.{extra}")
    singles = ("A3", "A4", "A5", "B4", "C3")
    return (
        Passage(
            "p1", texts["A1"], "A1", ("A1", "A6", "B2", "C1"), ("A", "B", "C"), 2, (),
            (
                Reading("A6", "A", True, own),
                Reading("B2", "B", True, _anchor(extra)),
                Reading("C1", "C", False, unlike),
            ),
            heading=f"its anchor off Skerry Point{extra}",
        ),
        Passage(
            "p2", texts["A2"], "A2", ("A2", "B1"), ("A", "B"), 1, ("C",),
            (Reading("B1", "B", True, _search(extra)),), figures=("f1",), differs=("B",),
        ),
        Passage(
            "p3", texts["B3"], "B3", ("B3", "C2"), ("B", "C"), 2, ("A",),
            (Reading("C2", "C", True, saw),), quotes=("q1",), differs=("C",), heading="saw it go",
        ),
        *(
            Passage(f"p{4 + n}", texts[s], s, (s,), (s[0],), 1, tuple(x for x in "ABC" if x != s[0]))
            for n, s in enumerate(singles)
        ),
    )  # fmt: skip


def _quotes(extra: str) -> tuple[Quote, ...]:
    table = (
        (Cell("We", "same", False), Cell("never", "same", True), Cell("saw it go", "same", False)),
        (Cell("We", "same", False), Cell("", "gap", True), Cell("saw it go", "same", False)),
    )
    altered = (
        QuoteReading("B", "B3", f"We never saw it go,{extra}", f"the captain{extra}"),
        QuoteReading("C", "C2", "We saw it go,", "the mate"),
    )
    single = (QuoteReading("A", "A5", f"a visitor{extra}", ""),)
    differences = (
        Difference((0, 1), "negation", f"never{extra}", ""),
        Difference((0, 1), "speaker", f"the captain{extra}", "the mate"),
    )
    return (
        Quote("q1", "altered", altered, differences, f"saw it go{extra}", table),
        Quote("q2", "single", single, (), f"a visitor{extra}"),
    )


def _figures(extra: str) -> tuple[Figure, ...]:
    return (
        Figure(
            "f1", "duration",
            (
                FigureReading("A", "A2", "over an hour", 60, None, "minute", "for it took", ", the harbour"),
                FigureReading("B", "B1", "almost an hour", 45, 60, "minute", "search took", f".{extra}"),
            ),
            "conflict",
        ),
        Figure("f2", "count", (FigureReading("A", "A4", f"four tonnes{extra}", 4, 4, "tonne"),), "single"),
    )  # fmt: skip


def library(extra: str = "", pages: Sequence[PlainPage] = ()) -> Library:
    """Return the library that the digest comes from."""
    known = (
        Outlet("coast-example", f"Coast Radio{extra}", "https://coast.example/", "SE", "en"),
        Outlet("gazette", f"The Harbour Gazette{extra}", "https://gazette.example/", description="A *daily* paper."),
    )
    return Library(pages=tuple(pages), outlets=known)


@cache
def theme() -> Tree:
    """Return the default theme, read from the checkout."""
    root = Path(__file__).parent.parent / "themes" / "default"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@cache
def templates(config: Config) -> Environment:
    """Return the default theme's templates; compiled once a configuration, which is most of the time of a test."""
    return render.environment(theme(), config)


def rendered(pages: Iterable[Page], config: Config) -> dict[str, bytes]:
    """Return a site like `render.site`, with templates compiled once."""
    return {**render.static(theme()), **{page.path: render.render(page, templates(config)) for page in pages}}
