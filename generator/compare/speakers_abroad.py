"""Who said a quotation in German, French and Spanish: the name beside a verb of saying, or none.

„…“, sagte Ida Lund. Ida Lund sagte: „…“ · « … », a déclaré la maire Ida Lund. · «…», dijo la alcaldesa Ida Lund.
Only what stands right beside the quotation is read; pronouns and descriptions give nobody.
"""

from __future__ import annotations

from generator.compare.scanning import late

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_WORD = rf"[{_CAPITAL}][\w’'-]*"
_NAME = rf"{_WORD}(?:\s+(?:(?:de|du|des|la|del|von|van|zu)\s+){{0,2}}{_WORD}){{0,3}}"
_GERMAN = (
    "sagte|sagt|erklärte|erklärt|betonte|betont|meinte|meint|berichtete|warnte|warnt|forderte|kritisierte|ergänzte"
    "|behauptete|versicherte|schrieb|schreibt|antwortete|erläuterte|klagte|mahnte|rief|versprach|erzählte|bestätigte|bekräftigte|so"
)
_FRENCH = (
    r"(?:a|ont|avait)\s+(?:déclaré|dit|affirmé|expliqué|ajouté|indiqué|estimé|assuré|précisé|souligné|averti|annoncé"
    r"|répondu|dénoncé|résumé|rétorqué|réagi|confié|martelé|regretté|lancé|promis|rappelé|reconnu|répété|insisté|conclu|écrit|raconté)"
    "|déclare|dit|affirme|explique|ajoute|indique|estime|assure|précise|souligne|avertit|annonce|répond|confie|regrette|lance|dénonce|résume|rétorque|réplique|prévient|selon"
)
_SPANISH = (
    "dijo|declaró|afirmó|explicó|añadió|aseguró|señaló|advirtió|indicó|subrayó|anunció|respondió|manifestó|sostuvo"
    "|lamentó|prometió|agregó|insistió|recordó|comentó|reiteró|destacó|contó|dice|afirma|explica|asegura|señala|según"
)
_SAYS = rf"(?:{_GERMAN}|{_FRENCH}|{_SPANISH})"
#: What stands between the verb and the name: `la alcaldesa`, `die`, `M.`, `le ministre de l’Intérieur`.
_OFFICE = (
    r"(?:(?:(?:M|Mme|Sr|Sra|Dr)\.|(?:des|du|de\s+la|de\s+l[’']|del)\s*[A-ZÀ-Þ]\w+(?=\s+[A-ZÀ-Þ])"
    r"|[a-zà-ÿ’'-]+|l[’'][A-ZÀ-Þ]\w+)\s+){0,5}?(?<!\bde )(?<!\bdu )(?<!\bdes )(?<!\bdel )"
)
#: `la maire, Ida Lund.`, `die Bürgermeisterin, Ida Lund, am Freitag`
_DESCRIBED = rf"[a-zà-ÿ][\w’'-]*(?:\s+[\w’'-]+){{0,6}}?,\s+(?P<called>{_NAME})(?=\s*(?:[,.;:]|$))"
_BEHIND = late(rf"[”\"’»«“‘›‹]*\s*,?\s*{_SAYS}\s+(?:{_DESCRIBED}|{_OFFICE}(?P<who>{_NAME}))")
_BEFORE = late(rf"(?P<who>{_NAME})(?:,[^,:]{{1,80}},)?\s+{_SAYS}(?:\s+[a-zà-ÿ]+){{0,4}}\s*:?\s*[„“«»‹›\"‚‘]?\s*$")
#: What somebody says without a quotation: `Ida Lund aseguró que`, `Ida Lund sagte, die`, `…, sagte Ida Lund.`
_STATES = late(
    rf"(?P<who>{_NAME})(?:,[^,:]{{1,80}},|,)?\s+"
    rf"(?:(?:{_FRENCH})\s+(?:que\b|qu[’'])|(?:{_SPANISH})\s+que\b|(?:{_GERMAN.removesuffix('|so')})(?:\s+[a-zäöü]+\s+\w+)?,\s)"
)
_STATED = late(rf",\s+{_SAYS}\s+(?:{_DESCRIBED}|{_OFFICE}(?P<who>{_NAME}))\W*$")
#: Offices, which German writes with capitals: they are no part of the name.
_OFFICES = late(
    r"(?:Herr|Frau|Dr|Prof|Polizei)|(?i:[\w-]*(?:meister|minister|sprecher|präsident|kanzler|chef|leiter|direktor"
    r"|ingenieur|sekretär|anwalt|anwält|vorsitzende|abgeordnete|beauftragte|experte|expert|kommissar|trainer)(?:in|e|r)?)"
)
_NOBODY = frozenset(
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Er Sie Es Wir Ich Il Elle Ils On Él".split()
)


def speaker_beside(before: str, after: str) -> str:
    """Return whom the words before or behind a quotation name as its speaker; empty for none."""
    for match in (_BEHIND.match(after), _BEFORE.search(before)):
        name = without_offices(next(filter(None, match.groups()))) if match else ""
        if name and name.split()[0] not in _NOBODY and not _OFFICES.fullmatch(name):
            return name
    return ""


#: With an article a name is a house's mostly: “La Croix Rouge”.
_THE = frozenset("La Le Les El Los Las".split())


def source_abroad(sentence: str) -> str:
    """Return the person, or else the body, that a sentence without a quotation rests on; empty where none is told.

    >>> [source_abroad(one) for one in ("El ingeniero, Ida Lund, dijo que aguantará.", "La policía dijo que no.")]
    ['Ida Lund', '']
    """
    for match in (_STATED.search(sentence), _STATES.search(sentence)):
        name = without_offices(next(filter(None, match.groups()))) if match else ""
        if " " in name and name[0].isupper() and name.split()[0] not in _NOBODY | _THE:
            return name
    return _body_abroad(sentence)


#: Who is told as a source without a name, each with its article, by language of the words that lead to it.
_FRENCH_BODIES = (
    "police|gendarmerie|préfecture|direction|mairie|compagnie|gouvernement|ministère|parquet|procureure?|autorités|pompiers"
    "|secours|syndicats?|organisateurs|témoins|experts|enquêteurs|entreprise"
)
_SPANISH_BODIES = (
    "policía|fiscalía|empresa|gobierno|ayuntamiento|ministerio|autoridades|bomberos|sindicatos?|organizadores|testigos"
    "|expertos|investigadores"
)
_GERMAN_BODIES = {
    **dict.fromkeys("Polizei Feuerwehr Staatsanwaltschaft Regierung Gewerkschaft Stadtverwaltung".split(), "die"),
    **dict.fromkeys("Behörde Behörden Veranstalter Zeugen Experten Ermittler Bundesregierung".split(), "die"),
    **dict.fromkeys("Ministerium Unternehmen".split(), "das"),
}
_ROMANCE_SOURCE = late(
    rf"\b(?:[Ss]elon|[Dd][’']après)\s+(?P<fr>(?:la|le|les)\s+(?:{_FRENCH_BODIES})|l[’'](?:entreprise))\b"
    rf"|\b[Ss]egún\s+(?P<es>(?:la|el|los|las)\s+(?:{_SPANISH_BODIES}))\b",
)
_GERMAN_SOURCE = late(
    r"(?:\b[Ll]aut(?:\s+de[rsmn])?|\b[Nn]ach\s+(?:Angaben|Auskunft)\s+(?:de[rs]|von)|,\s+so\s+(?:die|das)"
    r"|\bteilten?\s+(?:die|das))\s+(?P<body>[A-ZÄÖÜ]\w+)"
)


def _body_abroad(sentence: str) -> str:
    """Return the police or another body that a sentence rests on, with its article; empty where there is none.

    >>> [_body_abroad(one) for one in ("Laut Polizei war es so.", "« Non », selon la police.", "Selon la loi, oui.")]
    ['die Polizei', 'la police', '']
    """
    if found := _ROMANCE_SOURCE.search(sentence):
        return found["fr"] or found["es"]
    found = _GERMAN_SOURCE.search(sentence)
    bare = (
        next((one for one in (found["body"], found["body"].removesuffix("n")) if one in _GERMAN_BODIES), "")
        if found
        else ""
    )
    return f"{_GERMAN_BODIES[bare]} {bare}" if bare else ""


_ARTICLES = frozenset("Der Die Das Ein Eine".split())


def without_offices(name: str) -> str:
    """Return a name without the German offices before it; a lone one stays, a description gets its small letter.

    >>> [without_offices(name) for name in ("Der Bürgermeister Jan Weber", "Ein Sprecher der Polizei")]
    ['Jan Weber', 'ein Sprecher der Polizei']
    """
    first, _, rest = name.partition(" ")
    if rest and first in _ARTICLES:
        bare = without_offices(rest)
        is_named = bare != rest and bare[0].isupper() and not _OFFICES.fullmatch(bare)
        return bare if is_named else f"{first.lower()} {rest}"
    return without_offices(rest) if rest and _OFFICES.fullmatch(first.rstrip(".")) else name
