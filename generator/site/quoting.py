"""What a shortcode prints: a passage of a story, or the difference between two tellings of it.

Made from a digest of which nothing is left but what may be printed (`generator.site.rights`); every word is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

from generator.errors import Problem, SourceError
from generator.ingest.markdown import calls, html
from generator.ingest.shortcodes import ALONE, Shortcode, shortcode
from generator.ingest.suggest import did_you_mean
from generator.site.links import relative
from generator.site.marks import Piece, pieces
from generator.site.rights import turned
from generator.values import dataclass

if TYPE_CHECKING:
    from generator.model import Change, Passage
    from generator.site.index import Index, Teller

_ID: Final = re.compile(r"p[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Quoted:
    """One shortcode's quotation, as a story gives it to pages that ask for it."""

    text: str
    """The shortcode's."""
    body: str = ""
    """HTML."""
    said_by: str = ""
    """HTML: whose words they are."""
    title: str = ""
    """The story's."""
    target: str = ""
    """Page and anchor where it stands."""
    problem: str = ""
    """Why there is none."""

    def html(self, page: str) -> str:
        """Return the quotation for a page, given its file; for no page in particular (an empty one) without a link."""
        title = f"<bdi>{escape(self.title)}</bdi>"
        link = f'<a href="{escape(relative(page, self.target))}">{title}</a>' if page else title
        source = f"<cite>{link}</cite>"
        return f'<figure class="quoted">\n{self.body}\n<figcaption>{source} · {self.said_by}</figcaption>\n</figure>\n'


def quoted(index: Index, texts: Iterable[str]) -> tuple[Quoted, ...]:
    """Return what the shortcodes print that ask for this story."""
    return tuple(_quoted(index, shortcode(text)) for text in texts)


def _quoted(index: Index, call: Shortcode) -> Quoted:
    if call.problem:
        return Quoted(call.text, problem=call.problem)
    found = _find(index, call.arguments[-1])
    if isinstance(found, str):
        return Quoted(call.text, problem=found)
    if call.name == "passage":
        return _passage(index, call.text, found)
    return _difference(index, call, found)


def written(index: Index, markdown: str, place: Problem, page: str = "", id_prefix: str = "") -> str:
    """Return HTML of an editor's text on a story's own page, whose shortcodes quote the story itself.

    :param place: where the text begins: a problem without words.
    :param page: the page's file; empty for a text that stands on several.
    :raises SourceError: with everything that is wrong with its shortcodes.
    """
    found: dict[str, Quoted] = {}
    problems = []
    for call in calls(markdown):
        code = shortcode(call.inside)
        if code.story not in ("", index.digest.story.slug):
            code = replace(
                code, problem=f"here only {index.digest.story.slug} can be quoted, others on a page of its own"
            )
        made = _quoted(index, code) if call.is_alone else Quoted(code.text, problem=ALONE)
        found[code.text] = made
        if made.problem:
            at = (place.line + call.line, call.column) if page else (place.line, place.column)
            problems.append(replace(place, line=at[0], column=at[1], message=made.problem))
    if problems:
        raise SourceError(problems)
    return html(markdown, id_prefix, quote=lambda inside: found[shortcode(inside).text].html(page))


# ---------------------------------------------------------------------------- passages


def _find(index: Index, name: str) -> Passage | str:
    """Return the passage of an id (`p3`), of its anchor, or of words in it; why there is none where that is so."""
    passages = index.digest.passages
    if _ID.fullmatch(name):
        found = [passage for passage in passages if passage.id == name]
        return found[0] if found else f"there is no passage {name!r} – the story has p1 to p{len(passages)}"
    anchor = name.removeprefix("#")
    words = " ".join(name.split()).casefold()
    for one in passages:
        if index.anchors.passages.get(one.id) == anchor:
            return one
    found = [one for one in passages if words and any(words in text for text in _texts(index, one))]
    if len(found) == 1:
        return found[0]
    if found:
        return f"{name!r} stands in {len(found)} passages ({', '.join(one.id for one in found)}) – quote more words"
    return f"no passage has the words {name!r} – quote them from the story, or name the passage: p1 to p{len(passages)}"


def _texts(index: Index, passage: Passage) -> Iterator[str]:
    for sentence in passage.sentences:
        yield " ".join(index.segments[sentence].text.split()).casefold()


def _passage(index: Index, text: str, passage: Passage) -> Quoted:
    if not passage.text:
        return Quoted(text, problem=_CLOSED)
    whose = index.tellers[index.segments[passage.base].sigil]
    names = ", ".join(_name(index.tellers[sigil]) for sigil in passage.articles)
    body = f"<blockquote><p{_voice(whose)}>{escape(passage.text)}</p></blockquote>"
    return Quoted(text, body, names, index.title, _at(index, passage))


_CLOSED: Final = "the rights of its articles leave no word of it to print here"


def _at(index: Index, passage: Passage) -> str:
    return f"{index.page}#{index.anchors.passages.get(passage.id, passage.id)}"


def _name(teller: Teller) -> str:
    return f"<bdi>{escape(teller.name)}</bdi>"


def _voice(teller: Teller) -> str:
    return f' lang="{escape(teller.language)}"' * bool(teller.language) + f' dir="{teller.direction}"'


# ---------------------------------------------------------------------------- differences


def _difference(index: Index, call: Shortcode, passage: Passage) -> Quoted:
    sides = [_teller(index, name) for name in call.arguments[:2]]
    for side in sides:
        if isinstance(side, str):
            return Quoted(call.text, problem=side)
    old, new = (side for side in sides if not isinstance(side, str))
    if old == new:
        return Quoted(call.text, problem="name two different articles")
    found = _changes(index, passage, old.sigil, new.sigil)
    if not found:
        said = f"{old.sigil} and {new.sigil} have no sentence of {passage.id} in common – it is in"
        return Quoted(call.text, problem=f"{said} {', '.join(passage.articles)}")
    alike, changes = found
    body = f"<p{_voice(new)}>{''.join(map(_marked, pieces(changes, alike)))}</p>"
    against = index.words.gettext("%(old)s against %(new)s", old=old.name, new=new.name)
    target = index.pair_pages.get((old.sigil, new.sigil)) or _at(index, passage)
    return Quoted(call.text, body, f"<bdi>{escape(against)}</bdi>", index.title, target)


def _teller(index: Index, name: str) -> Teller | str:
    """Return the telling of a file's name, or of a siglum."""
    slugs = {witness.article.slug: sigil for sigil, witness in index.witnesses.items()}
    sigil = slugs.get(name, name)
    here = "in the story (drafts, and what is dated later, are not yet)"
    return index.tellers.get(sigil) or f"no article {name!r} {here}{did_you_mean(name, slugs)}"


def _changes(index: Index, passage: Passage, old: str, new: str) -> tuple[bool, Sequence[Change]] | None:
    """Return how one telling's wording of a passage becomes another's; nothing where either does not have it."""
    for pair in index.digest.pairs:
        if {pair.old, pair.new} != {old, new}:
            continue
        for link in pair.links:
            if {*link.old, *link.new} <= {*passage.sentences}:
                return link.alike, link.changes if pair.old == old else turned(link.changes)
    return None


def _marked(piece: Piece) -> str:
    if piece.op == "shared":
        return f'<mark class="shared">{escape(piece.new)}</mark>'
    if piece.op == "equal" or piece.slight == "case":
        return escape(piece.new)
    if piece.op == "space":
        return escape(piece.new or piece.old)
    sides = (f"<del>{escape(piece.old)}</del>" * bool(piece.old), f"<ins>{escape(piece.new)}</ins>" * bool(piece.new))
    return " ".join(filter(None, sides))
