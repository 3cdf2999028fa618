"""What verbs of saying, names, ranks and speakers look like in English news: what patterns of speakers are made of."""

from __future__ import annotations

from collections.abc import Iterable

from generator.compare.scanning import late

#: Verbs that newspapers hang quotations on; matched in the forms listed by `_forms`.
_VERBS = """accuse acknowledge add admit advise agree allege announce answer argue ask assail assert assure attribute
blame blast boast call caution charge chide cite claim comment complain concede conclude condemn confirm contend
continue convey counter criticise criticize decry declare defend demand denounce deny deride describe disclose dismiss
dub echo elaborate email emphasise emphasize estimate exclaim explain express fire frame fume hail highlight
hint imagine indicate insist joke label lament laugh lecture maintain mention mock muse note object observe
opine phone plead pledge point post praise predict proclaim promise propose protest question quip quote rail
react reaffirm reassure recall recommend recount reflect reiterate remark reply report repeat respond retort
reveal scoff scold shout signal slam sneer state stress suggest surmise tease testify threaten thunder tout
tweet urge vent voice volunteer vow warn whisper wonder yell""".split()
_IRREGULAR = """said say says saying told tell tells telling wrote write writes writing written spoke speaks speaking
thought think thinks put puts putting read reads went denied denies denying replied replies replying testified
testifies decried""".split()


def _forms(verb: str) -> tuple[str, ...]:
    stem = verb.removesuffix("e")
    doubled = verb + verb[-1] if verb in {"admit", "quip", "slam"} else stem
    return verb, verb + "s", doubled + "ed", doubled + "ing"


#: Forms that are as often nouns: “his comments that …” says nothing of who speaks.
_NOUNS = frozenset(
    """comments questions estimates reports remarks demands answers claims calls promises pledges comment question
    estimate report remark demand answer claim call promise pledge point state joke vow highlight put read went
    charge email fire label lecture object phone post praise protest quote signal voice volunteer charges emails fires
    labels lectures objects phones posts protests quotes signals voices volunteers hint hints defend dismiss""".split()
)
SAYING = (frozenset(_IRREGULAR) | {form for verb in _VERBS for form in _forms(verb)}) - _NOUNS
#: The same for `words_in`.
SAYING_IN = frozenset(word.encode() for word in SAYING)


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of *words*; those with the same endings together, which compiles three times faster."""
    endings: dict[str, set[str]] = {}
    for word in words:
        ending = next((end for end in ("ing", "ed", "es", "s", "e") if word.endswith(end)), "")
        endings.setdefault(word.removesuffix(ending), set()).add(ending)
    stems: dict[tuple[str, ...], list[str]] = {}
    for stem in sorted(endings):
        stems.setdefault(tuple(sorted(endings[stem], reverse=True)), []).append(stem)
    either = (f"(?:{'|'.join(those)})(?:{'|'.join(ends)})" for ends, those in stems.items())
    return rf"(?:{'|'.join(either)})\b"


SAY = _any_of(SAYING)
#: Verbs that a subject stands before or behind; and participles, which add to what a sentence's subject does.
SAID = frozenset(word for word in SAYING if not word.endswith("ing"))
SAYING_THAT = SAYING - SAID
ADDING_THE = frozenset("adding announcing claiming confirming noting saying stating warning".split())

_HONORIFICS = "Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Prof|Rev|Sir|Dame|Lord|Lady|St"
_RANKS = (
    "President|Minister|Secretary|Chancellor|Senator|Governor|Mayor|Judge|Justice|General"
    "|Captain|Professor|Speaker|Representative|Congressman|Congresswoman|Chairman|Chief|King|Queen|Prince|Princess"
    "|Pope|Ambassador|Spokesman|Spokeswoman|Spokesperson|Premier|Director|Councillor|Commissioner|Colonel|Major|Sergeant"
)
BEFORE_NAMES = late(rf"(?:{_HONORIFICS}|{_RANKS})\.?\s")
HONORIFIC = rf"(?:{_HONORIFICS})\.?\s+"
TITLE = rf"(?:(?:[A-Z][\w’'-]+\s+)?(?:{_RANKS})\s+)"
PARTICLE = r"(?:de|da|di|del|der|van|von|bin|ibn|al|el|la|le|du|dos)"
_INITIALS = r"(?:[A-Z]\.){2,}(?=\s)|(?<![A-Z]\.)[A-Z]\.(?=\s)"
WORD = rf"(?:{_INITIALS}|(?:Mc|Mac|O[’']|al-|El-)?[A-Z][\w-]*+(?:[’'][A-Z]?[a-rt-z]\w*+)?)"
NAME = rf"(?:[Tt]he\s+)?(?:(?:{_HONORIFICS})\.\s+)*{WORD}(?:\s+(?:{PARTICLE}\s+)?{WORD}){{0,5}}"
PERSONS = """official aide adviser advisor spokesman spokeswoman spokesperson source person man woman voter supporter
lawyer attorney expert analyst strategist lawmaker senator officer resident professor student witness democrat
republican""".split()
PEOPLE = rf"(?:{'|'.join(PERSONS)})s?"
QUALITIES = """senior some several many most top local police army military government intelligence security industry
legal two three four other former diplomatic defence defense""".split()
SEVERAL_PEOPLE = """officials engineers doctors teachers neighbours neighbors campaigners firefighters
aides advisers advisors sources lawyers attorneys experts analysts strategists lawmakers
senators officers residents economists scientists researchers diplomats investigators prosecutors critics
witnesses""".split()


def _small_or_capital(words: Iterable[str]) -> str:
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words)


#: “Analysts”, “police sources”, “senior officials”: several need no article.
SEVERAL = rf"\b(?:(?:{_small_or_capital(QUALITIES)})\s+){{0,3}}(?:{_small_or_capital(SEVERAL_PEOPLE)})\b"
#: “a year earlier an inspector said”, “said the mayor yesterday”: no words of one subject.
NOT_WHEN = r"(?!(?:ago|earlier|later|again|close|yesterday|today|tonight|[a-z]+ly)\b)"
#: “Halden's chief executive”, “the company's head of sales”: somebody's somebody, who may speak.
_SOMEBODYS = (
    r"(?:(?:(?!(?:Let|It|That|There|What|Here|He|She)[’']s\b)[A-Z][\w.-]*+\s+){0,2}"
    r"(?!(?:Let|It|That|There|What|Here|He|She)[’']s\b)[A-Z][\w.-]*+|[Tt]he\s+(?:[\w-]++\s+){0,2}?[\w-]++)"
    rf"(?:[’']s|(?<=s)[’'])\s+(?:[a-z][\w-]++\s+){{0,3}}(?:{PEOPLE}|minister|secretary|president|executive|chairman"
    r"|chairwoman|chair|leader|chief|boss|coach|manager|mayor|director|founder|head(?:\s+of\s+[a-z]++)?|doctor|teacher"
    r"|mother|father|parents|wife|husband|widow|son|daughter|brother|sister|family|office|campaign)\b"
)
NOUN = (
    rf"{SEVERAL}|{_SOMEBODYS}|(?:[A-Z][\w.-]*+\s+){{1,3}}{PEOPLE}\b"
    rf"|(?:[Tt]he|[Aa]n?|[Oo]ne)\s+(?:{NOT_WHEN}[\w’.-]++\s+){{0,5}}?{PEOPLE}\b"
    rf"|(?:[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y)\s+(?:{NOT_WHEN}[\w-]++\s+){{0,3}}?[a-z][\w-]++"
)
PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]ho)"
ADVERBS = r"(?:[a-z]++(?<=[a-z]ly)|also|later|then|once|had|has|have|again)"
ADVERB = rf"(?:\s+{ADVERBS})?"
#: A word where a verb of saying may stand, whatever it is: patterns of all these verbs take long to compile.
VERB = r"(?P<verb>\w+)"
VERB_OR_ADVERB = r"(?P<says>(?:\s+\w+){1,2})"


#: Capitalised words that begin sentences or name no person.
NO_NAMES = frozenset(
    """A An The He She They It I We You His Her Their Its Our My Who But And In On At For From If As When While Where
    That This These Those There Then Meanwhile However Instead After Before During Despite Although Also Yet So Both
    Each Every Another Other Others One Some Many Most Several All Last Next Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday January February March April May June July August September October November December According
    By To With Of Or Nor Not No Yes Since Until Under Over About Asked Speaking Citing Earlier Later Previous Recent
    What How Why Does Experts Sources Officials Relations Simultaneously Adding Prospects Beyond
    Selon Laut Según Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag
    Er Sie Es Wir Ich Ihr Il Elle Ils Elles On Nous Je Él Ella Ellos Ellas Pour Para Für Nach Bei Mit Im Zum Zur Dans
    Après Avec Según Con Tras
    Nothing Nobody Everyone Everybody Everything Someone Something Much Here""".split()
)
VERBS_OF_BEING = frozenset("is are was were be been being has have had will would".split())
TITLES = frozenset(
    """President Minister Secretary Senator Governor Mayor Judge Justice General Captain Professor Speaker Prime Vice
    Chancellor Representative Congressman Congresswoman Chairman Chairwoman Chief Mr Mrs Ms Dr Sen Rep Gov Gen Lt
    Col Sgt Prof Rev Sir Dame Lord Lady Defense Defence Foreign State Press Attorney Ambassador Spokesman
    Spokeswoman Spokesperson Premier Director Pope King Queen Prince Princess Officer Detective Sheriff Coach
    Councillor Commissioner Colonel Major Sergeant Librarian Engineer Economist Architect Historian Scientist
    Analyst Researcher Biologist Spokesmen Leader Executive Manager Superintendent Inspector Constable Deputy
    Founder Principal Lieutenant Admiral Bishop Archbishop Cardinal Chairperson Consultant Adviser Advisor Aide
    Strategist Correspondent Columnist Reporter""".split()
)

OFFICES = "aide adviser advisor official spokesman spokeswoman spokesperson minister secretary".split()
OFFICE = rf"(?:{'|'.join(OFFICES)})"
