"""Text into sentences, losing nothing but the white space between them.

Rules, not a model: every place that might end a sentence is looked at once, and small rules with names say whether it
does. The rules follow the "Golden Rules" that Pragmatic Segmenter and PySBD made public (Sadvilkar & Neumann 2020),
with one policy for quotations: a terminator inside closing quotation marks ends the sentence only if what follows
opens a new one.
"""

from __future__ import annotations

import re

from generator.compare.abbreviations import BEFORE_FIGURES, EITHER, OPENERS, ORDINAL_BEFORE, SPEECH, TITLES
from generator.compare.scanning import late, matches, places

_CLOSERS = "\"'”’»«›‹“)\\]}*_」』）】》〉"
_OPENERS = "\"'“”‘«»‹›„‚([{¿¡—–*_「『（【《〈"

#: A terminator with what belongs to it: closing quotation marks and brackets, a footnote's number.
_END = re.compile(
    r"(?P<mark>(?<!\.)(?<=\w)\.(?=(?:[ \u00a0]\.){3}\s+\w)"  # a stop, then a spaced ellipsis opens the next
    r"|\.?(?:[ \u00a0]\.){2,}|[.!?…‽]+(?:[ \u00a0\u202f][!?]+)*)"
    rf"(?P<close>[{_CLOSERS}]*(?:[ \u00a0\u202f]»|\[\d+\])*)(?P<gap>\s+|$)"
)
#: The signs with which such a terminator begins; an ellipsis may be set with spaces, and begin with one.
_MARK, _MARK_OR_SPACE = ".!?…‽", ".!?…‽ \u00a0"
#: Scripts without capitals: their own terminators end a sentence, with or without white space; “ and « open there. So
#: do the Latin ones between two signs of Chinese or Japanese.
_END_CASELESS = re.compile(
    r"(?P<mark>[。！？｡؟।॥۔։።၊။]+|(?<=[\u3041-\u9fff])[.!?]+(?=[\"'”’」』）)]*[\u3041-\u9fff]))"
    r"(?P<close>[\"'”’»›)\]}*_」』）】》〉]*)(?P<gap>\s*)"
)
#: A missing space: "last year.The house".
_GLUED = re.compile(r"(?P<mark>[.!?])(?P<close>[”\"’)]?)(?P<gap>)(?=[A-Z][a-z]*[\s.,’'])")
#: The Greek question mark looks like a semicolon.
_END_GREEK = late(r"(?P<mark>[;\u037e])(?P<close>[\"'”’»)\]]*)(?P<gap>\s+)")
_GREEK = late("[\u0370-\u03ff\u1f00-\u1fff]")
#: Any sign of a script other than Latin: without one, the rules for all these have nothing to look at.
_OTHER_SCRIPT = late("[\u0370-\u1fff\u2c00-\U0010ffff]")
_BLANK_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")

_WORD_BEFORE = re.compile(r"(?:^|[\s(\[{“‘«„\"'—–/])([^\s(\[{“‘«„\"'—–/]*)$")
_NEXT_WORD = re.compile(rf"[{_OPENERS}\s]*([^\W_]+(?:[’'\-][^\W_]+)*\.?)")
#: A figure, alone or behind the sign of a currency.
_AMOUNT = late(rf"[{_OPENERS}\s]*(?:US\$|[$€£¥₹₽₴฿+−–-])?\d")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]", re.UNICODE)
_CLOCK = re.compile(r"[ap]\.m", re.IGNORECASE)
_ZONE = late(
    r"(?:E|C|M|P)?[SD]?T|GMT|UTC|BST|Eastern|Central|Pacific|Mountain|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_OPENING_TIME = re.compile(r"\W*(?:[Aa]t|[Bb]y|[Aa]round|[Aa]bout|[Uu]ntil|[Ff]rom|[Ss]ince)\s(?:\S+\s){0,3}\S*$")
_NUMBERED = re.compile(
    r"(?:^|(?<=\s))(?P<bullet>[•⁃‣◦]\s?)?(?:(?P<number>\d{1,2})|(?P<letter>[a-z]))(?P<style>\.\)|[.)])\s"
)
#: What joins an abbreviation to the word before it: `Karl-Str.`, `l’art.`
_LAST_PART = {"de": re.compile("-"), "fr": re.compile("[’']"), "it": re.compile("[’']")}
_BULLET = re.compile(r"(?<=\s)[•⁃‣◦](?=\s?\S)")
_CHINESE_SPEECH = re.compile(r"\w{1,6}?(?:说|說|表示|问|問|称|稱|道)")
#: What goes on after a quotation's own 。: `。”市长说。`, `。」と市長は`, but not `。”他说：“`, which opens another.
_SPOKEN = re.compile(r"\w{1,6}?(?:说|說|表示|问|問|称|稱)道?[。，,]|と|って")
#: Thai and Lao set a space between clauses and hardly any other mark.
_CLAUSE = re.compile(r"(?<=[\u0e01-\u0edf])[ \u00a0]+(?=[\u0e01-\u0edf])")
#: Characters that such a clause has on either side of the space, at least: names and lists hold shorter pieces.
_CLAUSE_LENGTH = 20
_CYRILLIC, _UKRAINIAN, _DEVANAGARI = (
    re.compile(signs) for signs in ("[\u0400-\u04ff]", "[іїєґІЇЄҐ]", "[\u0900-\u097f]")
)
#: `и т. д.`, `і т. п.`, `та ін.`: they close a list, and with a capital behind them the sentence.
_AND_SO_ON = re.compile(r"\s(?:т\.[ \u00a0]?[дпн]|(?:і|й|та)[ \u00a0](?:ін|под))$")


def sentences(text: str, language: str = "en") -> list[str]:
    """Return the sentences of a text, in order, verbatim.

    Args:
        text: any text; one paragraph is the common case, and a blank line always ends a sentence.
        language: ISO 639 code, `en` or `de-AT`; decides abbreviations. For one without a list of its own those hold
            that many languages share; what is not in Latin letters is read by its script: terminators of every script
            are known in any language, Cyrillic has the abbreviations of Russian or Ukrainian, Devanagari those of
            Hindi.

    Joined by the white space that stands between them, the sentences are the text, stripped. Thai and Lao have no
    terminators: their texts are cut at spaces between clauses of some length.

    >>> sentences("Dr. Reyes came at 5 p.m. on Monday. “We found it,” she said. Nobody was hurt!")
    ['Dr. Reyes came at 5 p.m. on Monday.', '“We found it,” she said.', 'Nobody was hurt!']
    >>> sentences("Am 3. Juli kam Dr. Weber. Ist das alles?", language="de")
    ['Am 3. Juli kam Dr. Weber.', 'Ist das alles?']
    """
    return [text[start:end] for start, end in spans(text, language)]


def spans(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a text stand: half-open character ranges with only white space between them."""
    found: list[tuple[int, int]] = []
    start = 0
    for cut in [*_cuts(text, language), len(text)]:
        piece = text[start:cut]
        begin = start + len(piece) - len(piece.lstrip())
        end = start + len(piece.rstrip())
        if begin >= end:
            continue
        if found and not any(sign.isalnum() for sign in piece) and "\n" not in text[found[-1][1] : begin]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
        start = cut
    return tuple(found)


def _cuts(text: str, language: str) -> list[int]:
    """Return the offsets behind which a new sentence begins, ascending."""
    latin = text.isascii() or not _OTHER_SCRIPT.search(text)
    code = _code(text, language, latin=latin)
    items = _list_cuts(text)
    fixed = items if latin else sorted({*items, *_clause_cuts(text)})
    if "\n" in text:
        fixed = sorted({*fixed, *(m.start() for m in _BLANK_LINE.finditer(text))})
    cuts: set[int] = set(fixed)
    markers = {m.end("style") for m in _NUMBERED.finditer(text)} if items else set()
    begin = 0
    for match in _candidates(text, latin=latin):
        if fixed:
            begin = max([begin, *(cut for cut in fixed if cut <= match.start())])
        if match.end("mark") in markers or match.end("close") in markers:
            continue
        if _ends(text, begin, match, code):
            begin = _end_of(text, begin, match)
            cuts.add(begin)
    return sorted(cuts)


def _code(text: str, language: str, *, latin: bool) -> str:
    """Return the language whose abbreviations hold: as stated, or as the script shows where that cannot be."""
    code = language.lower().replace("_", "-").partition("-")[0]
    if code in TITLES and code not in {"", "en"}:
        return code
    other = "en" if code in {"", "en"} else ""
    if latin:
        return other
    if _CYRILLIC.search(text) and len(_CYRILLIC.findall(text)) * 2 > sum(map(str.isalpha, text)):
        return "uk" if _UKRAINIAN.search(text) else "ru"
    return "hi" if _DEVANAGARI.search(text) else other


def _clause_cuts(text: str) -> list[int]:
    """Return where clauses of Thai or Lao begin, the white space before them included."""
    cuts: list[int] = []
    for match in _CLAUSE.finditer(text):
        if min(match.start() - (cuts[-1] if cuts else 0), len(text) - match.end()) >= _CLAUSE_LENGTH:
            cuts.append(match.start())
    return cuts


def _candidates(text: str, *, latin: bool) -> list[re.Match[str]]:
    spaced = " ." in text or "\u00a0." in text
    found = list(matches(_END, text, places(text, _MARK_OR_SPACE if spaced else _MARK, word=False)))
    found += () if latin else _END_CASELESS.finditer(text)
    found += _GLUED.finditer(text)
    found += _END_GREEK.finditer(text) if not latin and _GREEK.search(text) else ()
    return sorted(found, key=lambda match: (match.start(), -match.end()))


def _ends(text: str, begin: int, match: re.Match[str], code: str) -> bool:
    """Whether the terminator at `match` ends the sentence that begins at `begin`."""
    at, mark, rest = match.end("close"), match["mark"], text[match.end() :]
    if not rest.strip() or at <= begin:
        return False
    if match.re is _END_CASELESS:
        if text.rfind("《", begin, at) > text.rfind("》", begin, at):
            return False
        speech = _CHINESE_SPEECH if mark[-1] in "！？!?" else _SPOKEN
        return not (_quoted(match) and (speech.match(rest) or _SPOKEN.match(rest)))
    if match.re is _GLUED:
        return _is_glued(text, match)
    if match["close"].startswith("]") and len(mark) > 1:  # "[...]" leaves words out, it ends nothing
        return False
    if not _opens(rest) or _inside_brackets(text, begin, match):
        return False
    if _quoted(match) and mark[-1] in "!?…" and _names_speaker(rest):
        return False
    if mark == ".":
        return not _is_abbreviation(text[begin : match.start()], rest, code, quoted=bool(match["close"]))
    if (mark[-1] in ".…" and "." in mark.replace(" ", "").replace("\u00a0", "")) or mark == "…":
        return _ellipsis_ends(mark, rest)
    return True


def _end_of(text: str, begin: int, match: re.Match[str]) -> int:
    """Return where the sentence ends; with no space to tell, a straight quotation mark closes what one has opened."""
    straight = match.re is _END_CASELESS and match["close"].startswith('"')
    return match.end("mark" if straight and text.count('"', begin, match.start()) % 2 == 0 else "close")


def _quoted(match: re.Match[str]) -> bool:
    return any(sign in "\"'”’»«“」』" for sign in match["close"])


def _opens(rest: str) -> bool:
    """Whether a text can open a sentence: a capital, a figure or a letter without case, behind opening marks."""
    for sign in rest:
        if sign.isalpha():
            return not sign.islower()
        if sign.isdigit():
            return True
        if not (sign.isspace() or sign in _OPENERS or sign in "-−•⁃…#$€£¥@`._]"):
            return False
    return False


def _inside_brackets(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the place lies in brackets that opened within the sentence, and close soon."""
    before = text[begin : match.end("close")]
    opened = before.rfind("(")
    if opened <= before.rfind(")") or not before[:opened].strip(_OPENERS + " "):
        return False
    return ")" in text[match.end() : match.end() + 300]


def _names_speaker(rest: str) -> bool:
    """Whether a text goes on as `Jones said`: up to three words with capitals, then a verb of speech."""
    words = re.findall(r"[^\W_][\w’'.\-]*", rest[:80])[:5]
    for place, word in enumerate(words):
        if word.lower().strip(".") in SPEECH:
            return place > 0
        if not word[0].isupper() or (word.lower() in OPENERS and word.lower() not in {"he", "she", "they", "i", "we"}):
            return False
    return False


def _ellipsis_ends(mark: str, rest: str) -> bool:
    """Four dots end a sentence; three only before a capital that is not the pronoun I."""
    if mark.count(".") > 3 or any(sign in mark for sign in "!?"):
        return True
    word = _next_word(rest)
    return " " not in mark and word[:1].isupper() and word.rstrip(".") != "I" and not word.startswith(("I’", "I'"))


def _next_word(rest: str) -> str:
    found = _NEXT_WORD.match(rest)
    return found[1] if found else ""


def _opens_surely(rest: str) -> bool:
    """Whether the next word is one that, with a capital, opens a sentence rather than continues a name."""
    word = _next_word(rest)
    return word[:1].isupper() and word.rstrip(".").lower().replace("’", "'") in OPENERS


def _is_abbreviation(before: str, rest: str, code: str, *, quoted: bool) -> bool:
    """Whether the stop behind `before` belongs to its last word, and the sentence goes on."""
    found = _WORD_BEFORE.search(before, max(0, before.rfind(" ")))
    word = found[1] if found else ""
    low = _LAST_PART[code].split(word.lower())[-1] if code in _LAST_PART else word.lower()
    following = _next_word(rest)
    if code in {"ru", "uk"} and _AND_SO_ON.search(before):
        return not following[:1].isupper()
    if _ACRONYM.fullmatch(word):
        return _acronym_goes_on(before, word, rest)
    if len(word) == 1 and word.isalpha():
        return _initial_goes_on(before, word, rest, code)
    if low in BEFORE_FIGURES.get(code, frozenset()) and _AMOUNT.match(rest):
        return True
    if low in TITLES[code]:
        return not quoted
    if low in EITHER[code] and (code != "en" or not low.isalpha() or not word.isupper()):
        return not _opens_surely(rest) if code == "en" else not following[:1].isupper()
    if code == "de" and word.isdigit() and len(word) <= 2:
        return following.rstrip(".").lower() in ORDINAL_BEFORE
    return word.isdigit() and not before[: -len(word)].strip() and len(word) <= 2


def _acronym_goes_on(before: str, word: str, rest: str) -> bool:
    """`U.S. President` goes on, `the U.S. The` does not; after a time of day a capital mostly opens a sentence."""
    if _CLOCK.fullmatch(word):
        return bool(_ZONE.match(_next_word(rest)) or _OPENING_TIME.match(before))
    return not _opens_surely(rest)


def _initial_goes_on(before: str, letter: str, rest: str, code: str) -> bool:
    """A single letter is an initial, but for the pronoun I and for what a sure opening follows."""
    earlier = re.search(r"([^\W_][\w’'.\-]*)\s+$", before[:-1])
    named = bool(earlier and earlier[1][0].isupper())
    if code in {"ru", "uk"} and letter in "гмс":  # before a place's name; behind a number they are years or metres
        return not (earlier and earlier[1].isdigit())
    if letter.islower():
        return letter in TITLES[code] or (
            letter in BEFORE_FIGURES.get(code, frozenset()) and _next_word(rest)[:1].isdigit()
        )
    if letter == "I" and code == "en" and not named and earlier:
        return False
    return not _opens_surely(rest) or _next_word(rest).lower() in {"a", "i"}


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """Whether a stop with no space behind it ends a sentence: between plain words, not in an address or a name."""
    before = text[: match.start()].removesuffix("\n")
    head = before.rsplit(maxsplit=1)[-1] if before[-1:].strip() else ""
    tail = re.match(r"\S*", text[match.end("close") :])
    whole = head + (tail[0] if tail else "")
    if any(sign in whole for sign in "@/\\_=") or whole.lower().startswith("www."):
        return False
    return (len(head.split(".")[-1]) > 2 and head[-1:].islower()) or (head[-1:].isdigit() and len(head) > 2)


def _list_cuts(text: str) -> list[int]:
    """Return where the later items of a list inside one line begin: `1. … 2. …`, `a) … b) …`, `• … • …`."""
    if text.lstrip()[:1] in {"•", "⁃", "‣", "◦"}:
        return [match.start() for match in _BULLET.finditer(text.rstrip())]
    if not _NUMBERED.match(text, len(text) - len(text.lstrip())):
        return []
    items = list(_NUMBERED.finditer(text))
    cuts, last = [], items[0]
    for item in items[1:]:
        if item["style"] == last["style"] and _ordinal(item) == _ordinal(last) + 1:
            cuts.append(item.start())
            last = item
    return cuts


def _ordinal(item: re.Match[str]) -> int:
    return int(item["number"]) if item["number"] else ord(item["letter"])
