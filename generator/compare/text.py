"""What the comparing rooms hold in common about words: their normal form, and which of them say little."""

from __future__ import annotations

import re
import unicodedata

from generator.compare.remembered import of_words

_QUOTES = "“”„‟«»″〝〞＂"
_SINGLE = "‘’‚‛′ʼʹ`´＇‹›"
_DASHES = "‐‑‒–—―−﹘﹣－⁃"
#: Vowel points and reading marks, which most prints leave out: Arabic, with its stretched line, and Hebrew.
_POINTS = "".join(map(chr, (*range(0x64B, 0x653), 0x670, 0x640, *range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C7)))
_NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"

_LIKE = str.maketrans(
    dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_NOTHING + _POINTS, None)
)

#: Words that carry grammar rather than news, in their normal form.
STOP_WORDS = frozenset(
    """
    a about above after again against ago all almost along already also although always am amid among an and another
    any anyone anything are aren't around as at away back be became because become been before being below between
    both but by came can can't cannot could couldn't did didn't do does doesn't doing don't down during each either
    else even ever every few for from further get gets getting go goes going got had hadn't has hasn't have haven't
    having he he'd he'll he's her here hers herself him himself his how however i i'd i'll i'm i've if in instead into
    is isn't it it'd it'll it's its itself just last least less let let's like made make makes many may me might more
    most much must my myself near neither no nor not now of off often on once one only onto or other others our ours
    ourselves out over own per perhaps quite rather really said same saying says she she'd she'll she's should
    shouldn't since so some someone something soon still such than that that's the their theirs them themselves then
    there there's these they they'd they'll they're they've this those though through thus to together told too toward
    towards two under until up upon us very was wasn't we we'd we'll we're we've well went were weren't what what's
    when where whether which while who who's whom whose why will with within without won't would wouldn't yet you
    you'd you'll you're you've your yours yourself 's
    """.split()
)

_SUFFIXES = (
    ("ational", "ate"),
    ("isation", "ize"),
    ("ization", "ize"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("iveness", "ive"),
    ("ations", ""),
    ("ation", ""),
    ("ments", ""),
    ("ingly", ""),
    ("ities", ""),
    ("ness", ""),
    ("ment", ""),
    ("edly", ""),
    ("ions", ""),
    ("ings", ""),
    ("ity", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ion", ""),
    ("ing", ""),
    ("ous", ""),
    ("ive", ""),
    ("ers", ""),
    ("ors", ""),
    ("ly", ""),
    ("ed", ""),
    ("es", ""),
    ("er", ""),
    ("or", ""),
    ("al", ""),
    ("s", ""),
    ("e", ""),
)

#: The same by their last letters, in the same order.
_BY_LAST = {last: tuple(pair for pair in _SUFFIXES if pair[0][-1] == last) for last in {s[-1] for s, _ in _SUFFIXES}}

_MARKED = re.compile(r"[^\W_]", re.UNICODE)


def normal(text: str) -> str:
    """Return a word, or a whole text, as it is compared: case, quotation marks, dashes, ligatures and widths alike.

    Compatibility forms are folded after Unicode's NFKC; soft hyphens and zero-width signs disappear.
    White space of any kind becomes a plain space each, so that no-break spaces never make a difference.
    """
    if text.isascii():
        folded = text.lower()
        return folded.replace("`", "'") if "`" in folded else folded
    folded = unicodedata.normalize("NFKC", text.translate(_LIKE)).casefold().translate(_LIKE)
    return "".join(" " if sign.isspace() else sign for sign in folded)


def cased(text: str) -> str:
    """Return a word as `normal` does, its capitals kept."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_LIKE)).translate(_LIKE)


@of_words
def is_word(norm: str) -> bool:
    """Whether a normal form holds a letter or digit, that is, is no mark of punctuation."""
    return bool(_MARKED.search(norm))


@of_words
def says_little(norm: str) -> bool:
    """Whether a normal form is a stop word, a mark of punctuation or nothing."""
    return norm in STOP_WORDS or not is_word(norm)


def bare(norm: str) -> str:
    """Return a normal form without a possessive ending: `ukraine's` → `ukraine`."""
    if norm.endswith("'s"):
        return norm[:-2]
    return norm.removesuffix("'")


@of_words
def stem(norm: str) -> str:
    """Return what the inflected forms of an English word share, roughly: `negotiations`, `negotiating` → `negotiat`.

    One suffix of a short list is cut where four letters remain; a much reduced Porter (1980) stemmer, since the
    character n-grams see what it misses. Figures and short words stay as they are.
    """
    word = bare(norm)
    if len(word) < 5 or not word.isalpha():
        return word[:-1] if len(word) == 4 and word.endswith("s") and not word.endswith("ss") else word
    for suffix, put in _BY_LAST.get(word[-1], ()):
        if word.endswith(suffix) and len(word) - len(suffix) + len(put) >= 4:
            return word[: -len(suffix)] + put
    return word
