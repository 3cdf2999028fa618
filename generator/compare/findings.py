"""What two tellings say otherwise, as lines for a terminal: quotations, figures, wording, sources, headlines.

Each kind is one list with a heading that counts it; what only one of the two has is counted, not listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from generator.compare.lines import Line, Span, wrapped
from generator.compare.signs import marked
from generator.model import Attribution, Digest, Figure, FigureReading, History, Quote, Wording


def findings(digest: Digest, width: int) -> Iterator[Line]:
    """Yield what was found in two articles beside their sentences, each kind that there is under its heading.

    :param digest: of two articles.
    :param width: columns of the longest line.
    """
    passages = {passage.id: passage for passage in digest.passages}
    told = _Told(width)
    quotes = [quote for quote in digest.quotes if quote.verdict != "single" or quote.paraphrases]
    figures = [figure for figure in digest.figures if figure.verdict != "single"]
    yield from told.section(_counts("Quotes", (quote.verdict for quote in digest.quotes)), map(told.quote, quotes))
    yield from told.section(_counts("Figures", (f.verdict for f in digest.figures)), map(told.figure, figures))
    yield from told.section("Wording" if digest.wording else "", map(told.wording, digest.wording))
    named = ((found, passages[found.passage].heading) for found in digest.attributions)
    yield from told.section("Sources" if digest.attributions else "", (told.source(*one) for one in named))
    yield from told.section("Headline" if digest.histories else "", map(told.title, digest.histories))


def _counts(kind: str, verdicts: Iterable[str]) -> str:
    """Return a heading with how often each verdict was given, what differs first: `Quotes: 1 altered, 4 single`."""
    found = Counter(verdicts)
    order = ("altered", "trimmed", "same", "conflict", "compatible", "agree", "single")
    counted = ", ".join(f"{found[verdict]} {_SAID.get(verdict, verdict)}" for verdict in order if found[verdict])
    return f"{kind}: {counted}" if counted else ""


_SAID = {"single": "in one telling only", "conflict": "in conflict"}


class _Told:
    """Findings as lines of a width."""

    def __init__(self, width: int) -> None:
        self._width = width

    def section(self, title: str, found: Iterable[Iterable[Line]]) -> Iterator[Line]:
        """Yield a heading, and below it what is told, each finding behind an empty line."""
        if title:
            yield ()
            yield from self._set([Span(title, "strong")])
            for lines in found:
                yield ()
                yield from lines

    def quote(self, quote: Quote) -> Iterator[Line]:
        """Yield the readings of a quotation, how they differ, and where it is paraphrased."""
        yield from self._set([Span(_SAID.get(quote.verdict, quote.verdict), "quiet")], "  ")
        for reading in quote.readings:
            speaker = f" – {reading.speaker}" if reading.speaker else ""
            yield from self._reading(reading.sentence or f"{reading.article}, title", f"“{reading.text}”{speaker}")
        for difference in quote.differences:
            said = " → ".join(filter(None, (difference.old.strip(), difference.new.strip())))
            yield from self._set([Span(f"{difference.kind}:", "quiet"), Span(f" {said}")], "    ", "      ")
        for one in quote.paraphrases:
            yield from self._set([Span("not quoted:", "quiet"), Span(f" {one.text}")], f"  {one.sentence} ", "    ")

    def figure(self, figure: Figure) -> Iterator[Line]:
        """Yield everybody's value, each among its words."""
        yield from self._set([Span(f"{figure.kind}, {figure.verdict}", "quiet")], "  ")
        for reading in figure.readings:
            yield from self._set(_in_context(reading), f"  {reading.sentence} ", "    ")

    def wording(self, wording: Wording) -> Iterator[Line]:
        """Yield the words that each telling uses in one place."""
        yield from self._set([Span(wording.slot, "quiet")], "  ")
        for reading in wording.readings:
            yield from self._reading(reading.article, reading.text)

    def source(self, attribution: Attribution, heading: str) -> Iterator[Line]:
        """Yield whom each telling names for a statement."""
        yield from self._set([Span(heading, "quiet")], "  ")
        for reading in attribution.readings:
            how = "" if reading.named or not reading.source else " (not named)"
            yield from self._reading(reading.article, f"{reading.source or 'nobody'}{how}")

    def title(self, history: History) -> Iterator[Line]:
        """Yield what became of the headline from one version to the next."""
        for revision in history.revisions:
            yield from self._set(marked(revision.title), "  ")

    def _reading(self, place: str, text: str) -> Sequence[Line]:
        return self._set([Span(text)], f"  {place} ", "    ")

    def _set(self, spans: Iterable[Span], first: str = "", rest: str | None = None) -> Sequence[Line]:
        return wrapped(spans, self._width, first, first if rest is None else rest)


def _in_context(reading: FigureReading) -> list[Span]:
    before = f"… {reading.before.lstrip()}" if reading.before else ""
    return [Span(before), Span(reading.text, "strong"), Span(reading.after)]
