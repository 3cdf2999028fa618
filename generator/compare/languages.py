"""Which language a text is written in, where nobody states it: by its script, its letters, its smallest words.

For choosing abbreviations and marking pages, not for linguists: a text that is too short or too mixed has none. The
words are the commonest of each language, which a text of some length cannot do without (Grefenstette 1995).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

#: Script → language, where one language has nearly all its news.
_SCRIPTS = (
    ("ja", "\u3041-\u30ff\u31f0-\u31ff"),
    ("zh", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"),
    ("ko", "\uac00-\ud7a3\u1100-\u11ff"),
    ("th", "\u0e01-\u0e5b"),
    ("lo", "\u0e81-\u0edf"),
    ("my", "\u1000-\u109f"),
    ("km", "\u1780-\u17d3"),
    ("el", "\u0370-\u03ff\u1f00-\u1fff"),
    ("he", "\u0590-\u05ff"),
    ("hy", "\u0530-\u058f"),
    ("ka", "\u10a0-\u10ff"),
    ("am", "\u1200-\u137f"),
    ("hi", "\u0900-\u097f"),
    ("bn", "\u0980-\u09ff"),
    ("pa", "\u0a00-\u0a7f"),
    ("gu", "\u0a80-\u0aff"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("kn", "\u0c80-\u0cff"),
    ("ml", "\u0d00-\u0d7f"),
    ("si", "\u0d80-\u0dff"),
    ("ar", "\u0600-\u06ff\u0750-\u077f"),
    ("ru", "\u0400-\u04ff"),
)
#: Signs from the first one of these scripts on; in most texts they are no letters.
_HIGH = re.compile("[^\0-\u036f]")


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    """Return script's language → its signs; patterns of such sets take their time."""
    return {code: re.compile(f"[{signs}]") for code, signs in _SCRIPTS}


#: Letters that only one of the languages of a script has, the most telling first.
_LETTERS = {
    "ar": (("ur", "ٹڈڑںےھ"), ("fa", "پچژگک")),
    "ru": (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђћљњџј"), ("mk", "ѓќѕ")),
}
_BULGARIAN = re.compile(r"\b(?:на|се|от|са|за|че|това|който|които|като|след)\b")
_RUSSIAN = re.compile(r"[ыэё]|\b(?:что|это|как|его|был|для)\b")

_WORDS = {
    "en": "the of and to in that is for was on with as by at it he from has his have not are be said this they",
    "de": "der die und in den von zu das mit sich des auf ist im dem nicht ein eine als auch es an werden aus er hat",
    "fr": "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec aux cette",
    "es": "de la que el en y los se del las un por con no una su para es al lo como más pero sus ha ya esta fue",
    "pt": "de a que e do da em um para com não uma os no se na por mais as dos como mas ao das foi à pelo são isso",
    "it": "di e il la che in un per è del non una della sono con si da le al dei nel alla ha i gli più anche come",
    "nl": "de van het een en in is dat op te voor met zijn niet aan er die door ook om bij als maar naar heeft uit",
    "sv": "och i att det som en på är av för med den till inte har de ett om var från men sig så kan också efter",
    "da": "og i at det er en til på som af for den med ikke der de har et fra var men han også om efter blev sig",
    "nb": "og i det at er en på som til for av med den ikke har de et fra var men han også om etter ble seg skal",
    "fi": "ja on ei oli että se hän ovat mutta myös kuin joka olisi mukaan sen jos kun voi jotka nyt ole vain sekä",
    "pl": "w i na z się nie do to że jest o jak po za od przez dla są był tym oraz ale które może jego który także",
    "cs": "a v se na je že s o do i z ve k pro ale to by za jako jsou bylo podle které po byl který jeho jsem také",
    "sk": "a v sa na je že s o do aj z vo k pre ale to by za ako sú bolo podľa ktoré po bol ktorý jeho som tiež už",
    "hu": "a az és hogy nem is egy van ez meg volt csak de már el még ki mint azt ha lesz szerint nagy után több",
    "ro": "de și în la a cu că nu pe o un este din se care pentru mai au fost sunt ca prin după sau fi acest lui",
    "tr": "ve bir bu da de için ile olarak olan çok daha gibi sonra ne kadar olduğu ise ancak en her dedi göre var",
    "id": "yang dan di dengan untuk ini dari dalam tidak itu pada akan juga ke telah oleh karena ada saat mereka",
    "vi": "và của là có cho không được các trong một người với đã những khi để này đến từ về cũng như tại năm",
    "hr": "i u je na se da za su od s o kao koji nije bi ali iz će što biti bio samo nakon više može koje do već",
}
_SMALL = {code: frozenset(words.split()) for code, words in _WORDS.items()}
_WORD, _ASCII_WORD = re.compile(r"[^\W\d_]+"), re.compile("[A-Za-z]+")
#: Words and signs that are looked at, at most.
_LOOK = 400
#: So many hits, and such a lead over the next language, decide; many hits need less of a lead.
_DECIDE = ((3, 1.5), (5, 1.15))


def small_words(language: str) -> frozenset[str]:
    """Return the commonest words of a language by its code; none where they are not known."""
    return _SMALL.get(language, frozenset())


@lru_cache(maxsize=256)
def language_in(text: str) -> str:
    """Return the ISO 639 code of a text's language, or nothing where the text does not show it.

    Latin script needs some three small words of a language; every other script shows its language by itself.
    """
    looked_at = text[: 8 * _LOOK]
    if looked_at.isascii() or not any(map(str.isalpha, _HIGH.findall(looked_at))):
        return _by_words(text) if any(map(str.isalpha, looked_at)) else ""
    sample = "".join(filter(str.isalpha, looked_at))
    counts = {code: len(signs.findall(sample)) for code, signs in _signs().items()}
    if counts["ja"] * 10 > counts["zh"] + counts["ja"]:
        counts["ja"] += counts.pop("zh")
    script = max(counts, key=lambda code: counts[code])
    if counts[script] * 2 > len(sample):
        return _by_letters(script, sample, text)
    return _by_words(text) if sum(counts.values()) * 2 < len(sample) else ""


def _by_letters(script: str, sample: str, text: str) -> str:
    spread = Counter(sample.lower())
    for code, letters in _LETTERS.get(script, ()):
        if sum(spread[letter] for letter in letters) * 100 > len(sample):
            return code
    if script == "ru" and _BULGARIAN.search(text) and not _RUSSIAN.search(text.lower()):
        return "bg"
    return script


@cache
def _languages_of() -> dict[str, list[str]]:
    """Return the languages to whose commonest words a word belongs."""
    found: dict[str, list[str]] = {}
    for code, words in _SMALL.items():
        for word in words:
            found.setdefault(word, []).append(code)
    return found


def _first_words(text: str) -> list[str]:
    """Return the words of a text that are looked at, in small letters."""
    pattern, enough = _ASCII_WORD if text.isascii() else _WORD, 8 * _LOOK
    words: list[str] = pattern.findall(text, 0, enough)
    if len(words) <= _LOOK and len(text) > enough:  # it is long words, or the last one is cut
        words = pattern.findall(text)
    return list(map(str.lower, words[:_LOOK]))


def _by_words(text: str) -> str:
    spread, languages = Counter(_first_words(text)), _languages_of()
    hits: dict[str, int] = {}
    for word in spread.keys() & languages.keys():
        for code in languages[word]:
            hits[code] = hits.get(code, 0) + spread[word]
    ranked = sorted([(count, code) for code, count in hits.items()], reverse=True)
    best, code = ranked[0] if ranked else (0, "")
    second = ranked[1][0] if len(ranked) > 1 else 0
    return code if any(best >= least and best >= lead * second for least, lead in _DECIDE) else ""
