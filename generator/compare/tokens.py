"""Text into tokens, losing nothing: a word, a figure or a mark of punctuation, each with the white space behind it.

What stays whole: `cease-fire`, `didn’t`, `Ukraine’s` (a possessive belongs to its word), `$66.9`, `400,000`, `AIM-7`,
`2025/07/03`, `1:30`, `U.S.`, `Mr.`, addresses. Scripts written without spaces give a token for each character, but for
Thai, which is cut into words (`generator.compare.thai`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import accumulate, groupby

from generator.compare.remembered import of_texts, of_words
from generator.compare.text import normal, says_little, stem
from generator.compare.thai import words_of
from generator.model import Token
from generator.values import maker

#: Han, kana, Thai, Lao, Burmese, Khmer; and Thai without its figures.
_UNSPACED = (
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e01-\u0e5b\u0e81-\u0edf\u1000-\u109f\u1780-\u17d3"
)
_THAI = "\u0e01-\u0e4e\u0e5a\u0e5b"
#: Any sign but those that make a letter more than itself, or a word: marks, signs that print nothing, all scripts
#: written without spaces (and some others: a class of few ranges compiles faster).
_INTRICATE = re.compile(
    "[^\0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u2000-\u200a\u200e-\u205f\u2070-\u20cf\u2100-\u2e7f]"
)


@cache
def _token(*, plain: bool, addresses: bool) -> re.Pattern[str]:
    """Return the pattern of a token and the white space behind it; the *plain* one for texts without `_INTRICATE`.

    :param addresses: whether the text may hold addresses, which are looked for wherever a token begins.
    """
    signs, letter, unspaced, address = "", r"\w", "", ""
    if not plain:
        signs = f"{_marks()}\u20d0-\u20ff\ua66f-\ua67d\ufe00-\ufe0f\u00ad\u200b-\u200d\u2060\ufeff"
        letter = rf"(?:(?![{_UNSPACED}])[\w{signs}])"
        unspaced = rf"""
        | [{_THAI}]+                                                     # Thai, to be cut into words
        | [{_UNSPACED}][{signs}]*                                        # one character of an unspaced script"""
    if addresses:
        address = r"""
        | (?:https?://|www\.)[^\s<>"“”«»]*[\w/]                          # web address
        | [\w.+-]*\w@\w[\w-]*(?:\.\w[\w-]*)+                             # e-mail address"""
    # The first line says nothing that the others do not: most words are plain.
    return re.compile(
        rf"""
        (?: [A-Za-z0-9]+(?=[ ])
        {address}
        | (?:[^\W\d_]\.){{2,}}(?!\w)                                     # U.S., p.m.
        | (?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Jr|Sr|St|Prof|Rev|Inc|Corp|Co|Ltd|vs)\.(?!\w)
        | [A-Z]\.(?=\s+[A-Z])                                            # an initial
        | (?:(?<!\S)[-−–])?[$€£¥₹]?\d+(?:[.,:/’']\d+)*(?:{letter}+|-{letter}+)*         # figures, 3rd, 90-day
        {unspaced}
        | (?:(?<!\S)[-‐‑](?=[^\W\d_]))?{letter}+(?:(?:[-‐‑’'ʼ·&]|\.(?=[a-z0-9])){letter}+)*         # a word
        | \.{{2,}} | [-–—]{{2,}} | ``|''                                 # ellipsis, typed dashes and quotation marks
        | \S
        )\s*
        """,
        re.VERBOSE,
    )


def _marks() -> str:
    """Return the signs that belong to the letter before them, as ranges."""
    codes = groupby(range(0x300, 0x2000), lambda code: unicodedata.category(chr(code))[0] == "M")
    runs = [list(group) for marks, group in codes if marks]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


_THAI_RUN = re.compile(f"[{_THAI}]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+|[^\W\d_]+\.", re.UNICODE)

#: Where a token may hang on what stands beside it: dashes that are not set between two letters or behind a space, a
#: stop behind a letter that ends no text, a stop before a letter.
_LEANING = re.compile(
    r"[-.−–‐‑](?:(?<=\S[−–‐‑])|(?<=[^\s\w]-)|(?<=\S-)(?!\w)|(?<=[^\W\d]\.)(?!\W*\Z)|(?<=\.)(?=[^\W\d]))"
)

#: Dashes that may belong to the word or figure behind them.
_DASHES = "-−–‐‑"

_made = maker(Token)


@of_texts(2048)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of any text; joined, their `text` is that text.

    White space at the beginning is a first token with an empty `norm`.
    """
    rest = text.lstrip()
    lead = (_made(text[: len(text) - len(rest)], ""),) if len(rest) < len(text) else ()
    return (*lead, *map(_known, _found(rest)))


def tokens_within(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Return `tokens(text[start:end])`: taken from those of the whole text, which are known, where they are the same.

    White space at the ends of the part may be a token's or a piece of it.
    """
    first, last = _number_at(text, start), _number_at(text, end)
    if first is None or last is None or first >= last or _hangs_on(text, start, end):
        return tokens(text[start:end])
    found, places = tokens(text)[first:last], _places(text)
    begins, ends = places[first], places[last]
    if end < ends:
        found = (*found[:-1], _made(found[-1].text[: end - ends], found[-1].norm))
    return (_made(text[start:begins], ""), *found) if start < begins else found


@of_texts(2048)
def _places(text: str) -> list[int]:
    """Return where each token of a text begins, and where the text ends."""
    return [*accumulate([len(token.text) for token in tokens(text)], initial=0)]


@of_texts(2048)
def _numbers(text: str) -> dict[int, int]:
    """Return the numbers of tokens by where they begin; none if its signs may be words by their neighbours."""
    return {place: number for number, place in enumerate(_places(text))} if _is_plain(text) else {}


def _number_at(text: str, place: int) -> int | None:
    """Return the number of the token that begins at a place, or behind the white space there; None within a token."""
    number = _numbers(text).get(place)
    if number is None and text[place : place + 1].isspace():
        return _numbers(text).get(len(text) - len(text[place:].lstrip()))
    return number


def _hangs_on(text: str, start: int, end: int) -> bool:
    """Whether a token at an end of a part may be another for what stands beside it: a dash, an initial, an acronym."""
    behind = text[end : end + 1]
    last = text[start:end].rstrip()[-2:]
    return text[start] in _DASHES or (last[-1:] == "." and (last[0].isupper() or behind.isalnum() or behind == "_"))


@of_words
def _known(found: str) -> Token:
    """Return a word and the white space behind it as a token; most are many times in a text."""
    return _made(found, norm_of(found.rstrip()))


def printed_and_compared(text: str) -> list[tuple[str, str]]:
    """Return the tokens of a text as pairs of what is printed and what is compared, without the white space before."""
    return [(token.text, token.norm) for token in map(_known, _found(text.lstrip()))]


def every_norm(text: str) -> list[str]:
    """Return the normal forms of the tokens of a text, white space at its beginning left out."""
    return [token.norm for token in map(_known, _found(text.lstrip()))]


def _found(text: str) -> list[str]:
    """Return each token of a text that begins with one, with the white space behind it."""
    plain, addresses = _is_plain(text), _may_hold_addresses(text)
    found: list[str] = _token(plain=plain, addresses=addresses).findall(text)
    if not plain and _THAI_RUN.search(text):
        return [part for one in found for part in _thai(one)]
    return found


def _is_plain(text: str) -> bool:
    return text.isascii() or not _INTRICATE.search(text)


def _may_hold_addresses(text: str) -> bool:
    return "@" in text or "://" in text or "www." in text


def is_severable(text: str) -> bool:
    """Whether any run of a text's tokens, cut out, surely is made of the same tokens."""
    return _is_plain(text) and not _may_hold_addresses(text) and not _LEANING.search(text)


def _thai(found: str) -> list[str]:
    """Return a token with the white space behind it, cut into words if it is a run of Thai."""
    if not _THAI_RUN.match(found):
        return [found]
    word = found.rstrip()
    *words, last = words_of(word)
    return [*words, last + found[len(word) :]]


@of_words
def norm_of(word: str) -> str:
    """Return a word as it is compared: in its normal form, and `U.S.` as `us`, `Mr.` as `mr`, `--` as `-`."""
    norm = normal(word)
    if len(norm) > 1:
        if _DOTTED.fullmatch(norm):
            return norm.replace(".", "")
        if norm == "''":
            return '"'
        if not norm.strip("-"):
            return "-"
        if not norm.strip("."):
            return "..."
    return norm


def norms(text: str) -> tuple[str, ...]:
    """Return the normal forms of a text's words and marks, in order, without those of white space."""
    return tuple([token.norm for token in tokens(text) if token.norm])


@of_texts(2048)
def telling_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's words that say something."""
    return frozenset([stem(token.norm) for token in tokens(text) if not says_little(token.norm)])
