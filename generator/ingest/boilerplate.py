"""What web pages print around articles, as patterns of whole lines: one table a rule of `cleaning`.

A pattern must not match a sentence that an article could hold: the tests' cases have both kinds of line.
None nests one repetition in another over the same characters, so that no line takes long.
"""

from __future__ import annotations

import re

#: Signs around a line's words; not quotation marks, for what stands between them somebody said.
_SIGNS = r"(?:[^\w\"“”„«»]|_)*"


def _lines(*patterns: str) -> re.Pattern[str]:
    """Return one pattern for lines that read like any of `patterns`, signs at either end aside."""
    return re.compile(rf"{_SIGNS}(?:{'|'.join(patterns)}){_SIGNS}", re.IGNORECASE)


def _one_of(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


_NETWORK = _one_of(
    *("facebook", "twitter", "x", "instagram", "telegram", "whatsapp", "google news", "youtube", "linkedin"),
    *("threads", "bluesky", "tiktok", "reddit", "pinterest", "flipboard", "messenger", "mastodon", "e-?mail"),
    *("apple news", "viber", "vk", "wechat"),
)
_BUTTON = _one_of("share", "tweet", "pin(?: it)?", "print", "save", "copy(?: link)?", "follow", _NETWORK)
_NETWORKS = rf"{_NETWORK}(?:(?:, | and |, and | or ){_NETWORK})*"
_PIECE = r"(?:this |the )?(?:article|story|post|page|news|report|link)"
_WORDS = r"\S+(?: \S+){0,11}"
_PICTURE_AGENCY = _one_of(
    *(
        "getty(?: images)?",
        "afp",
        "ap",
        "ap photo",
        "associated press",
        "reuters",
        "epa",
        "epa-efe",
        "bloomberg",
    ),
    *("shutterstock", "tass", "sputnik", "dpa", "pa(?: media)?", "anadolu", "ukrinform", "xinhua", "alamy"),
    *("wikimedia commons", "unsplash", "istock", "zuma press", "nurphoto"),
)
#: Words that open a pointer to another article, whatever follows; and words that might open a sentence too.
_TEASER = _one_of(
    *("read more", "read also", "also read", "read next", "see also", "see more", "icymi", "in case you missed it"),
    *(
        r"related (?:articles?|stor(?:y|ies)|news|coverage|content|posts?|links?|topics?|reading)",
        "don['’]t miss",
    ),
    *("more on this(?: story)?", r"more from [\w ]{1,30}", "recommended (?:reading|for you)"),
    *(
        "you (?:may|might) also like",
        "(?:à |a )?lire (?:aussi|également)",
        "(?:lesen sie auch|auch interessant|mehr zum thema)",
        "(?:leer más|lea también|lee también)",
        "читайте также",
        "читайте також",
    ),
)
_LABEL = _one_of("more", "related", "recommended", "must[ -]read", "trending(?: now)?", "watch(?: now| live)?")

SOURCE = re.compile(
    r"\W*(?:source|via|quelle|fuente|источник|джерело|original(?: article| source| story| link)?"
    r"|(?:this (?:article|story) (?:was )?)?(?:originally |first )?(?:published|appeared|posted)"
    r"(?: at| on| by| in)?"
    r"|read the original(?: article| story)?(?: at| on)?)(?: (?:link|url|address))?\W{1,4}(https?://\S+)",
    re.IGNORECASE,
)
"""A line that states where the text stood first; group 1 is the address."""

ADVERTISEMENT = _lines(
    r"(?:advertisements?|ads?|advert)(?:[\W_]+(?:advertisements?|ads?|advert))*",
    r"sponsored(?: content| post| links?)?|advertorial|promoted(?: content)?|paid (?:content|post)",
    r"anzeige|werbung|publicité|publicidad|pubblicità|реклама",
    r"(?:story|article) continues (?:after|below)(?: (?:this |the )?ad(?:vertisement)?)?",
    r"(?:continue reading|scroll(?: down)?) (?:below|to continue(?: with content| reading)?)",
    r"skip (?:past )?(?:this )?(?:ad(?:vertisement)?|newsletter promotion)",
)
READ_MORE = re.compile(
    rf"[\[(]\s*(?:{_TEASER}|{_LABEL})\s*[:|–—-][^\[\]]*[\])]\W*|{_TEASER}\s*[:|»>]+\s*\S.*"
    rf"|{_LABEL}\s*[:|»>]+\s*\S.*(?<![.])|{_SIGNS}(?:{_TEASER}|{_LABEL}){_SIGNS}",
    re.IGNORECASE,
)
POINTS = re.compile(rf"{_SIGNS}{_TEASER}{_SIGNS}", re.IGNORECASE)
"""A line that points to other articles, whose titles stand below it."""
HOUR = _lines(
    r"\d{1,2}:\d\d(?::\d\d)?(?: uhr)?(?: ?[ap]\.?m\.?)?(?:,? (?:[a-z]{1,3}[sd]?t|cest|utc|gmt))?",
    r"\d{1,2}(?:\.\d\d)? ?[ap]\.?m\.?(?:,? (?:[a-z]{1,3}[sd]?t|cest|utc|gmt))?",
    r"\d{1,2}\.\d\d uhr|\d{1,2}h\d\d",
)
"""The hour at which a piece of a live report was written, and nothing else."""
LINK_TEXT = _lines(
    r"source link|link to (?:the )?(?:source|article)|original (?:article|source|story|link|post)|permalink",
    r"(?:continue|keep) reading(?: (?:here|this article|the (?:story|article)))?",
    r"read (?:the |this )?(?:full|original|entire|whole)(?: (?:article|story|post|report|text|piece))?"
    r"(?: (?:here|at the source))?",
    r"read the rest(?: of (?:the|this) (?:article|story|post))?(?: here)?",
    r"full (?:article|story|text)(?: here)?|view (?:the )?(?:original|source)(?: article| post)?",
    r"click here(?: (?:to read|for) [^.]{1,60})?|(?:back|go) to (?:the )?(?:top|source|homepage)",
    r"https?://\S+",
)
SKIP_LINK = _lines(
    r"(?:skip|jump) to (?:the )?(?:main )?(?:content|navigation|article)",
    r"(?:direkt )?zum (?:haupt)?inhalt (?:springen|wechseln)|direkt zum (?:haupt)?inhalt",
    r"aller au contenu(?: principal)?|(?:ir|saltar) al contenido(?: principal)?|vai al contenuto",
    r"перейти (?:к|до) (?:содержанию|вмісту|контенту)",
)
"""The first link of a page, for readers who do not look at it: above it stands the site's name at most."""
NAVIGATION = _lines(
    r"(?:(?:open|close|show|hide|toggle|main) )?(?:menu|navigation)|home|search|sections|startseite|suche|accueil",
    r"rechercher|inicio|buscar|menü|menú|меню",
)
COMMENT = _lines(
    r"(?:[^.?!]{0,100}\byour?\b[^.?!]{0,60}\?\s+|what do you think\?\s+)?(?:please )?"
    r"(?:(?:share|leave|post|add|drop|write) (?:your|a|us|any)\b|tell us\b|let us know\b|have your say\b"
    r"|sound off\b|weigh in\b|comment\b|join (?:in|us|the (?:debate|discussion|conversation))\b)"
    r"[^.?!“”\"]{0,60}\b(?:in|to) the comments?(?: section| box)?(?: below)?",
    r"(?:view |show |see |read |load |post |hide )?(?:all |more )?(?:\d{1,6} )?comments?(?: \(?\d{1,6}\)?)?",
    r"(?:leave|post|write|add) a (?:comment|reply)|comments are closed|no comments yet",
    r"join the (?:conversation|discussion)|have your say",
)
SUBSCRIBE = _lines(
    rf"{_BUTTON}(?:[\s,|/·•]+{_BUTTON})*",
    rf"share (?:{_PIECE}|this|(?:on|via) {_NETWORK})"
    rf"(?: (?:on|via|with|to) (?:{_NETWORK}|(?:your )?friends)(?:(?:, | and | or ){_NETWORK})*)?",
    r"(?:please )?(?:subscribe|sign up)\b.{0,120}\b(?:newsletters?|inbox|mailing list|notifications|channel"
    r"|alerts|updates)\b[^.!?]{0,60}",
    r"(?:please )?(?:register (?:for|to)|join (?:us|our))\b.{0,120}\b(?:newsletters?|mailing list|channel"
    r"|alerts|(?:whatsapp|telegram) group)\b[^.!?]{0,60}",
    rf"(?:follow|like|find|join) (?:us|our [\w ]{{1,30}}|@\w+) on {_NETWORKS}",
    rf"follow [^.,!?]{{1,40}} on {_NETWORKS}",
    r"get (?:the|our) (?:latest|best|top|day['’]s)\b.{0,80}\b(?:inbox|newsletter|app|e-?mail)\b[^.!?]{0,40}",
    r"(?:subscribe|sign up|sign in|log ?in|register|create (?:an )?account|donate)"
    r"(?: (?:now|today|here|for free))?",
    r"already (?:a subscriber|have an account|registered|a member)\?.{0,40}",
    r"this (?:article|content|story) is (?:only )?(?:available )?(?:for|to) subscribers(?: only)?",
    r"(?:support (?:us|our (?:work|journalism))|become a (?:member|subscriber|supporter))"
    r"(?: (?:now|today|here))?",
    r"download (?:the|our) (?:\w+ ){0,4}app\b[^.!?]{0,40}",
)
CONSENT = _lines(
    r"(?:we|this (?:web)?site|our (?:web)?site)(?: and our partners)? uses? cookies\b.{0,300}",
    r"by (?:continuing|clicking|using|browsing|subscribing|signing up)\b.{0,120}\byou (?:agree|accept|consent"
    r"|acknowledge)\b.{0,160}",
    r"(?:accept|reject|manage|allow|decline)(?: all)? (?:cookies|preferences|settings|choices)",
    r"(?:accept|reject) all",
    r"(?:cookies?|privacy) (?:policy|settings|preferences|notice|consent)",
    r"terms (?:of (?:use|service)|and conditions|& conditions)",
)
COPYRIGHT = _lines(
    r"(?<!\w)(?:copyright|\(c\))\s*(?:©|\(c\)|(?:19|20)\d\d\b)[^.!?]{0,80}",
    r".{0,120}\ball rights reserved",
    r"this material may not be published\b.{0,120}",
)
#: The sign itself is taken for one of those at the line's end by `_lines`, so it has a pattern of its own.
COPYRIGHT_SIGN = re.compile(r"\s*©.{0,80}")
LOADING = _lines(
    r"(?:now )?(?:loading|buffering|please wait)(?: (?:comments|more|video|content|player|article))?",
)
IMAGE_CREDIT = _lines(
    r"(?:file )?(?:photo|image|picture|photograph|foto|bild|illustration|graphic|video)s?"
    rf"(?: credits?| courtesy(?: of)?| by| illustration)?\s*[:|/©]\s*{_WORDS}",
    rf"(?:image|photo|picture) (?:source|caption|credit|copyright)\s*[,:]\s*{_WORDS}",
    rf"(?:[\w.'’-]+ ){{0,5}}[\w.'’-]*\s?[/|]\s?(?:\w+ ){{0,3}}{_PICTURE_AGENCY}"
    r"(?:(?: via |/)[\w .]{1,30})?",
    r"(?:getty images|shutterstock|wikimedia commons|unsplash|istock)(?:(?: via | ?/ ?)[\w .]{1,30})?",
)
