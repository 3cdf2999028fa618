"""A story as one file for elsewhere: JSON, CSV, TEI, Markdown. All from the values that its pages are made of."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from generator.site import data, links
from generator.site.overview import finding
from generator.site.tei import tei

if TYPE_CHECKING:
    from generator.model import Config, Figure, Passage, Quote
    from generator.site.index import Index

Form = Literal["json", "csv", "tei", "md"]
FORMS: Final[tuple[Form, ...]] = ("json", "csv", "tei", "md")

#: Signs that Markdown could take for markup.
MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~&!$^])")
#: What begins a list, a heading or a rule at the beginning of a line.
LINE_START: Final = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def export(index: Index, form: Form, config: Config) -> str:
    """Return a story as text in a format.

    :raises ValueError: for a name that is no format.
    """
    if form not in FORMS:
        raise ValueError(f"{form!r} is no format – one of {', '.join(FORMS)}")
    if form == "json":
        return data.written(data.story(index, config)) + "\n"
    if form == "csv":
        return table(index)
    return tei(index, config) if form == "tei" else markdown(index, config)


# ---------------------------------------------------------------------------- CSV


def table(index: Index) -> str:
    """Return passages × tellings as CSV (RFC 4180): a row a passage in the order of the account, a column a telling.

    A cell holds the telling's sentences of that passage; it is empty where the telling is silent.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    tellers = index.tellers.values()
    told = [f"{teller.sigil} {teller.name}" for teller in tellers]
    writer.writerow(["passage", "anchor", "tellings", "origins", "base", "text", *told])
    for passage in index.digest.passages:
        cells = [_cell(index, passage, sigil) for sigil in index.tellers]
        anchor = index.anchors.passages[passage.id]
        carried = len(passage.articles)
        writer.writerow([passage.id, anchor, carried, passage.origins, passage.base, passage.text, *cells])
    return out.getvalue()


def _cell(index: Index, passage: Passage, sigil: str) -> str:
    told = [index.segments[s] for s in passage.sentences if index.segments[s].sigil == sigil]
    return " ".join(segment.text or index.words.gettext("[not reprinted]") for segment in told)


# ---------------------------------------------------------------------------- Markdown


def markdown(index: Index, config: Config) -> str:
    """Return the story as CommonMark: its tellings, the account with every wording, what parts."""
    _ = index.words.gettext
    quotes = [quote for quote in index.digest.quotes if quote.verdict in ("altered", "trimmed")]
    figures = [figure for figure in index.digest.figures if figure.verdict == "conflict"]
    lines = [f"# {_plain(index.title)}", "", _plain("".join(bit.text for bit in finding(index))), ""]
    if config.base_url:
        lines += [f"<{links.absolute(config.base_url, index.page)}>", ""]
    lines += [f"## {_('Sources')}", "", *(_source(index, sigil) for sigil in index.tellers), ""]
    lines += [f"## {_('The account')}", ""]
    for passage in index.digest.passages:
        if len(passage.articles) > 1:
            lines += _passage(index, passage)
    if quotes:
        lines += [f"## {_('Quotes')}", "", *(line for quote in quotes for line in _quote(quote))]
    if figures:
        lines += [f"## {_('Figures')}", "", *(line for figure in figures for line in _figure(figure))]
    lines += [f"## {_('Only here')}", ""]
    for sigil in index.tellers:
        lines += [f"- **{s.id}** {_plain(s.text or _('[not reprinted]'))}" for s in index.only(sigil)]
    return "\n".join(lines).rstrip() + "\n"


def _source(index: Index, sigil: str) -> str:
    article, teller = index.witnesses[sigil].article, index.tellers[sigil]
    link = links.external(article.source_url)
    said = [teller.name, article.title, index.words.date(article.date)]
    place = f" <{link}>" if link and not re.search(r"[\s<>]", link) else ""
    return f"- **{sigil}** {_plain(', '.join(part for part in said if part))}{place}"


def _passage(index: Index, passage: Passage) -> Iterator[str]:
    sigla = " ".join(passage.articles)
    yield f"### {passage.id.lstrip('p')}. ({sigla})"
    yield ""
    for sentence in (passage.base, *(s for s in passage.sentences if s != passage.base)):
        text = index.segments[sentence].text or index.words.gettext("[not reprinted]")
        yield f"- **{sentence}** {_plain(text)}"
    yield ""


def _quote(quote: Quote) -> Iterator[str]:
    yield f"### “{_plain(quote.heading)}”"
    yield ""
    for reading in quote.readings:
        speaker = f" ({_plain(reading.speaker)})" if reading.speaker else ""
        yield f"- **{reading.sentence or reading.article}**{speaker} “{_plain(reading.text)}”"
    yield ""


def _figure(figure: Figure) -> Iterator[str]:
    for reading in figure.readings:
        around = f"{reading.before.strip()} {reading.text} {reading.after.strip()}".strip()
        yield f"- **{reading.sentence or reading.article}** {_plain(around)}"
    yield ""


def _plain(text: str) -> str:
    """Text as Markdown prints it: on one line, nothing in it markup."""
    line = " ".join(text.split())
    return LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", MARKUP.sub(r"\\\1", line))
