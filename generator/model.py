"""The values that pass between the rooms.

Frozen and hashable throughout: a later room makes a new value, it never writes into an older one.
Every offset counts characters from 0, every range is half-open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal, get_args

from generator.values import dataclass

Tree = Mapping[str, bytes]
"""A folder as a value: relative path with forward slashes → the file's bytes."""

Rights = Literal["full", "excerpt", "link"]
Engine = Literal["auto", "processes", "here", "dask"]
ENGINES: tuple[str, ...] = get_args(Engine)
Op = Literal["equal", "insert", "delete", "replace"]

# ---------------------------------------------------------------------------- sources


@dataclass(frozen=True, slots=True)
class Removed:
    """One line that cleaning took out of a capture."""

    rule: str
    """Name of the rule that took it (see `generator.ingest.cleaning.RULES`)."""
    line: int
    """Line in the seed, from 1."""
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One outlet's text on one story: front matter and a Markdown body.

    What nobody states is the empty string; nothing is guessed.
    """

    title: str = ""
    outlet: str = ""
    """The outlet as the sources name it: a host (`example.org`), a name, or a key of `content/outlets/`."""
    body: str = ""
    """Markdown."""
    date: str = ""
    """ISO 8601 date, or date and time."""
    updated: str = ""
    source_url: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    rights: Rights = "full"
    story: str = ""
    """Slug of the story: the folder's name."""
    slug: str = ""
    """The file's name, without its ending; unique within the story."""
    seed: str = ""
    """Path of the capture, below the project's folder."""
    seed_sha256: str = ""
    path: str = field(default="", compare=False)
    """The content file, for messages only."""
    body_line: int = field(default=1, compare=False)
    """Line on which the body begins in that file, for messages only."""
    removed: tuple[Removed, ...] = ()
    """What cleaning took out of the capture, where the capture is at hand."""
    via: str = ""
    """Name of a republishing site, where the capture shows one."""
    aliases: tuple[str, ...] = ()
    """Files at former addresses, which lead to the telling's page."""
    outlet_key: str = ""
    """Key of the outlet, whichever way the article names it; empty where none is stated, or nobody has looked it up."""

    @property
    def house(self) -> str:
        """The outlet in a form that is the same for all of its articles; empty where none is stated."""
        return self.outlet_key or self.outlet.strip().casefold()

    @property
    def label(self) -> str:
        """Short name of the capture, to tell unattributed articles apart: `000` of `000_73b66c.txt`."""
        name = (self.seed or self.slug).rsplit("/", 1)[-1].split(".", 1)[0]
        return name.split("_", 1)[0] or name


@dataclass(frozen=True, slots=True)
class Outlet:
    """What is known of a news house."""

    slug: str
    name: str
    homepage: str = ""
    country: str = ""
    language: str = ""
    colour: str = ""
    logo: str = ""
    description: str = ""
    """Markdown."""
    path: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page of the editor's own: the home page's introduction, an about page."""

    slug: str
    """Path below the site's root, without slashes at the ends; empty for the home page."""
    title: str
    body: str
    """Markdown."""
    draft: bool = False
    path: str = field(default="", compare=False)
    order: int = 0
    """Place among the pages of its section: lower ones first, equal ones by title."""
    group: str = ""
    """Heading in the section's list that it stands under."""
    groups: tuple[str, ...] = ()
    """Of a section's first page: the headings in their order."""
    body_line: int = field(default=1, compare=False)
    """Line on which the body begins in the file, for messages only."""
    aliases: tuple[str, ...] = ()
    """Files at former addresses, which lead here."""

    @property
    def is_section(self) -> bool:
        """Whether the page is a folder's `_index.md`: the first page of a section."""
        return self.path.endswith("/_index.md")


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence that an editor names: its article, and words that only it has."""

    article: str
    """Slug."""
    words: str
    path: str
    """Where it is named, for messages."""
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """Sentences of several articles that say the same thing (`together`), or do not, because an editor says so."""

    kind: Literal["together", "apart"]
    sentences: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """An editor's note on a sentence."""

    at: Cited
    text: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Edits:
    """A story's `_edits.yml`: what its editor says against the comparison, or about it."""

    rulings: tuple[Ruling, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """An event, as the set of its articles."""

    slug: str
    title: str
    """As the editor wrote it, or by the rule in `generator.ingest.stories.title_of`; may be empty."""
    articles: tuple[Article, ...]
    """In their order of presentation, which gives them their sigla."""
    title_from: str = ""
    """Slug of the article that the title was taken from; empty when an editor wrote it."""
    date: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    introduction: str = ""
    """Markdown."""
    path: str = field(default="", compare=False)
    introduction_line: int = field(default=0, compare=False)
    """Line of `path` where the introduction begins, from 1."""
    edits: Edits = Edits()
    asked: tuple[str, ...] = ()
    """Shortcodes with which pages quote it."""
    aliases: tuple[str, ...] = ()
    """Files at former addresses, which lead to the story's page."""


# ---------------------------------------------------------------------------- text


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup of a block's plain text, kept beside it."""

    start: int
    end: int
    kind: Literal["em", "strong", "code", "link"]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, quotation or code block, as plain text."""

    kind: Literal["paragraph", "heading", "item", "quote", "code"]
    text: str
    level: int = 0
    """Of a heading: 1 to 6; of an item: how deep it is nested, from 1."""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark of punctuation: as printed, and as compared (after CollateX's `t` and `n`)."""

    text: str
    """As printed, with the white space that follows it."""
    norm: str
    """As compared: quotes, dashes, ligatures, spaces and case made alike; empty for white space alone."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of a witness."""

    id: str
    """Siglum and number from 1: `A1`."""
    sigil: str
    index: int
    """Position among the witness's sentences, from 0."""
    text: str
    """Verbatim: `witness.text[start:end]`."""
    block: int
    """Index into the witness's blocks."""
    start: int
    end: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """An article as the comparison sees it."""

    sigil: str
    article: Article
    blocks: tuple[Block, ...]
    text: str
    """The blocks' text joined by one blank line."""
    segments: tuple[Segment, ...]
    """The sentences of all blocks but headings and code, in order."""
    words: int
    language: str = ""
    """As stated, else as the text shows it (`generator.compare.languages`); empty where it does not."""


# ---------------------------------------------------------------------------- comparison


@dataclass(frozen=True, slots=True)
class Change:
    """A run of text that stays, goes, comes or is replaced (`old` and `new` verbatim, spaces included)."""

    op: Op
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Link:
    """Sentences of two texts that say the same thing; indices from 0, ascending."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    score: float
    """Between 0 and 1: how much of the shorter side the other carries."""
    moved: bool = False
    """Whether the link crosses others and is among the fewest whose removal uncrosses the rest."""


@dataclass(frozen=True, slots=True)
class PairLink:
    """A link between two witnesses, with its word diff."""

    old: tuple[str, ...]
    """Segment ids."""
    new: tuple[str, ...]
    score: float
    moved: bool
    alike: bool
    """Whether a word diff says anything; if not, the equal parts of `changes` are merely shared words."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two witnesses of a story, compared."""

    old: str
    """Sigil."""
    new: str
    similarity: float
    """Between 0 and 1: the share of both tellings' words that stand in linked sentences, weighed by score."""
    old_share: float
    """Share of the old side's sentences that stand in the new one; those that repeat their own article do not count."""
    new_share: float
    near_duplicate: bool
    links: tuple[PairLink, ...]
    jaccard: float = 0.0
    """Share of the word 5-grams of either that are in both."""
    containment: float = 0.0
    """Share of the word 5-grams of the shorter that are in the other."""
    """In the order of the old side."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one witness words a passage, against the passage's base."""

    sentence: str
    """Segment id."""
    sigil: str
    alike: bool
    changes: tuple[Change, ...]
    """From the base to this sentence."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One statement, and everybody's wording of it."""

    id: str
    text: str
    base: str
    """Id of the segment printed for the passage."""
    sentences: tuple[str, ...]
    articles: tuple[str, ...]
    """Sigla that carry it, in the order of the story."""
    origins: int
    left_out_by: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    """Of every sentence but the base."""
    quotes: tuple[str, ...] = ()
    """Ids of altered or trimmed quotes that stand in it."""
    figures: tuple[str, ...] = ()
    """Ids of figures in conflict that stand in it."""
    differs: tuple[str, ...] = ()
    """Sigla whose quote or figure in it differs from the most printed one."""
    heading: str = ""
    """The words of the base that most of its sentences share, verbatim."""


DifferenceKind = Literal["word", "dropped", "added", "negation", "number", "connective", "speaker", "elision"]
Verdict = Literal["same", "trimmed", "altered", "single"]


@dataclass(frozen=True, slots=True)
class QuoteReading:
    """Words that one article prints between quotation marks."""

    article: str
    """Sigil."""
    sentence: str
    """Id of the segment, or of the first where the quotation runs over several; empty for a title."""
    text: str
    """Without the marks."""
    speaker: str
    """As the article names the person; empty where it does not."""
    before: str = ""
    """The words of the sentence just before the quotation that the other readings quote too."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which two readings of a quotation part."""

    between: tuple[int, int]
    """Indices into the quote's readings: the most printed wording first."""
    kind: DifferenceKind
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a quote's collation table."""

    text: str
    state: Literal["same", "varies", "added", "gap", "outside"]
    """`same` as the most printed wording, `varies` from it, or `added` to it; `gap`: the words of `text` are missing;
    `outside`: the quotation has not begun, or is over."""
    column_varies: bool


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """Where an article says without quotation marks what another quotes."""

    article: str
    """Sigil."""
    sentence: str
    """Segment id."""
    text: str
    """The stretch that says it, verbatim."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One utterance, in everybody's version."""

    id: str
    verdict: Verdict
    readings: tuple[QuoteReading, ...]
    differences: tuple[Difference, ...]
    heading: str
    """The longest words that all readings share, verbatim from one of them."""
    collation: tuple[tuple[Cell, ...], ...] = ()
    """A row for each reading, of equal length."""
    paraphrases: tuple[Paraphrase, ...] = ()


FigureKind = Literal["duration", "money", "count", "percent", "date", "weekday", "ordinal"]
FigureVerdict = Literal["agree", "compatible", "conflict", "single"]


@dataclass(frozen=True, slots=True)
class FigureReading:
    """A quantity or time as one article states it."""

    article: str
    sentence: str
    text: str
    low: float | None
    """Least value in `unit`, None where it is open."""
    high: float | None
    unit: str
    before: str = ""
    """A few words of the sentence before the figure, verbatim."""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity, and everybody's value for it."""

    id: str
    kind: FigureKind
    readings: tuple[FigureReading, ...]
    verdict: FigureVerdict


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles that are one voice."""

    id: str
    articles: tuple[str, ...]
    why: Literal["alone", "republication", "shared text", "wire", "outlet"]
    run: str = ""
    """The longest run of words that made them one, verbatim."""
    sharing: tuple[str, ...] = ()
    """Those of them that have this very run; the others share shorter ones."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A sentence that repeats another of the same article."""

    article: str
    sentence: str
    of: str


@dataclass(frozen=True, slots=True)
class WordingReading:
    """One article's words in a slot."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A place of a passage that the articles fill with different words."""

    passage: str
    slot: str
    readings: tuple[WordingReading, ...]


@dataclass(frozen=True, slots=True)
class AttributionReading:
    """Whom one article names as the source of a statement."""

    article: str
    source: str
    named: bool


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said it."""

    passage: str
    readings: tuple[AttributionReading, ...]


@dataclass(frozen=True, slots=True)
class RevisionPart:
    """What became of some sentences from one version of an article to the next."""

    kind: Literal["same", "changed", "rewritten", "added", "removed"]
    """`rewritten`: so unlike that `changes` only marks the shared words, as in a `PairLink` that is not alike."""
    old: tuple[str, ...]
    """Segment ids; empty for what was added."""
    new: tuple[str, ...]
    moved: bool
    changes: tuple[Change, ...]
    """Joined, its old parts are the old sentences, one space between two, and its new parts the new ones."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The step from one version of an article to the next."""

    old: str
    """Sigil."""
    new: str
    title: tuple[Change, ...]
    """From the old title to the new one."""
    parts: tuple[RevisionPart, ...]
    """In the order of the new version, what was removed where it stood; every sentence of either side stands in one."""


@dataclass(frozen=True, slots=True)
class History:
    """The successive versions of one outlet's article."""

    id: str
    outlet: str
    """As the latest version that states one names it."""
    articles: tuple[str, ...]
    """Sigla, the oldest version first."""
    revisions: tuple[Revision, ...]
    """From each version to the next."""


@dataclass(frozen=True, slots=True)
class EditorsNote:
    """What an editor has to say on a sentence."""

    sentence: str
    text: str
    """Markdown."""


@dataclass(frozen=True, slots=True, order=True)
class Stale:
    """Where an editor's ruling stands that no longer fits, and why."""

    path: str
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A story laid side by side: what its witnesses share, and where they part."""

    story: Story
    witnesses: tuple[Witness, ...]
    pairs: tuple[Pair, ...]
    passages: tuple[Passage, ...]
    """In the order of the account; every sentence stands in exactly one."""
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    origins: tuple[Origin, ...]
    repeats: tuple[Repeat, ...]
    wording: tuple[Wording, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    histories: tuple[History, ...] = ()
    """Of articles that stand in several versions."""
    by_hand: frozenset[str] = frozenset()
    """Sentences that an editor has put together with others."""
    notes: tuple[EditorsNote, ...] = ()
    stale: tuple[Stale, ...] = ()
    """Rulings of the editor's that no longer fit the texts."""


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two articles of the site that are largely the same text."""

    a: str
    """`<story>/<article>`; the smaller one first."""
    b: str
    jaccard: float
    containment: float


# ---------------------------------------------------------------------------- configuration


@dataclass(frozen=True, slots=True)
class Config:
    """`ssg.yml`, complete."""

    title: str = "Variorum"
    description: str = ""
    base_url: str = ""
    """Absolute address of the site's root, or empty: then pages carry only relative links."""
    language: str = "en"
    theme: str = "default"
    output: str = "site"
    outlets: tuple[Outlet, ...] = ()
    rights: Rights = "full"
    noindex: bool = True
    paginate: int = 50
    compare_enabled: bool = True
    pairs_per_story: int = 45
    """At most so many pair pages a story, as many as ten tellings have; 0: all."""
    sentence_pairs: int = 3_000_000
    """At most so many pairs of sentences of different tellings are compared in one story; 0: any number."""
    near_duplicate: float = 0.5
    """Word 5-gram Jaccard from which two articles are near-duplicates."""
    group_enabled: bool = True
    group_days: int = 14
    """Articles whose stated dates lie further apart are never grouped by text."""
    search_enabled: bool = True
    feeds_enabled: bool = True
    feed_items: int = 20
    embed_enabled: bool = True
    embed_pairs: bool = True
    """Whether each pair has a page for other sites, too."""
    embed_fragments: bool = True
    """Whether each part of a story is there as a piece of HTML, too."""
    cards_enabled: bool = True
    """Whether a picture of each story is drawn."""
    check_page_kb: int = 2000
    """Budgets of `ssg check`; 0: none."""
    check_picture_kb: int = 1000
    check_site_mb: int = 1000
    jobs: int = 0
    """Worker processes; 0: as many as there are processors."""
    engine: str = "auto"
    """Who tells the stories: several processes where that is worth it, always, this one alone, or a Dask cluster."""
    scheduler: str = ""
    """Address of the cluster's scheduler; empty: a cluster on this machine."""
    story_seconds: int = 900
    """Seconds of the processor that telling one story may take; 0: any number."""
    drafts: bool = False
    future: bool = False
    """Whether what is dated in the future is built, too."""
    as_of: str = ""
    """The day on which the site is built, as an ISO 8601 date; without one nothing is in the future."""


# ---------------------------------------------------------------------------- site


@dataclass(frozen=True, slots=True)
class Page:
    """A page that will be written."""

    path: str
    """File below the output folder: `stories/x/index.html`."""
    template: str
    title: str
    data: Mapping[str, object] = field(compare=False, hash=False)
    """What the template is given beside the site's own values."""
    noindex: bool = False
    made_from: tuple[str, ...] = ()
    """Paths of the sources behind it."""

    @property
    def permalink(self) -> str:
        """Address below the site's root: `stories/x/`; empty for the home page."""
        return self.path.removesuffix("index.html")

    @property
    def depth(self) -> int:
        """How many folders below the root the page lies."""
        return self.path.count("/")
