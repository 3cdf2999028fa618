"""Names that are no person's: houses, papers, ministries, and the capitals that stand for governments.

“Moscow announced”, “Downing Street said”, “according to the Kremlin”. A short list of the commonest, and the words that
names of institutions are made of; English.
"""

from __future__ import annotations

#: Words that make a name an institution's, wherever in it they stand.
_PARTS = frozenset(
    """kremlin pentagon house street palace hall yard ministry department office agency authority board bureau
    commission committee council court parliament congress senate assembly cabinet government administration party
    bank fund treasury university college institute academy association union organization organisation federation
    foundation company corporation group inc corp ltd llc news times post journal guardian herald tribune gazette
    telegraph mail press reuters bloomberg interfax tass xinhua police army navy forces force guard guards economics
    capital league club church school hospital airlines airways motors nations league élysée elysee bundestag knesset
    duma hezbollah hamas taliban service services team centre center network radio television""".split()
)
#: Places that speak for whoever governs there; only where they stand alone, for some are surnames as well.
_PLACES = frozenset(
    """abuja ankara athens baghdad baku beijing beirut berlin bern brasilia bratislava brussels bucharest budapest
    cairo canberra caracas copenhagen damascus delhi dhaka doha dublin hanoi havana helsinki islamabad jakarta
    jerusalem kabul khartoum kiev kyiv lisbon london madrid manila minsk moscow nairobi oslo ottawa paris prague
    pretoria pyongyang riga riyadh rome sarajevo seoul sofia stockholm taipei tallinn tbilisi tehran tirana
    tokyo tripoli tunis vienna vilnius warsaw washington wellington yerevan zagreb afghanistan america argentina
    australia austria belarus belgium brazil britain canada china colombia cuba denmark egypt england estonia
    europe finland france germany greece hungary india indonesia iran iraq ireland israel italy japan kenya
    latvia lebanon libya lithuania mexico moldova netherlands nigeria norway pakistan palestine poland portugal
    qatar romania russia scotland serbia slovakia somalia spain sudan sweden switzerland syria taiwan thailand
    tunisia turkey turkiye türkiye ukraine venezuela vietnam wales yemen""".split()
)


def is_institution(name: str) -> bool:
    """Whether a name is an institution's or a place's, as far as its words show."""
    words = [word.strip(".,").casefold() for word in name.replace("’", "'").replace("'s", "").split()]
    if not _PARTS.isdisjoint(words) or (len(words) == 1 and words[0] in _PLACES):
        return True
    return bool(words) and all(len(word) > 1 and word.isupper() for word in name.replace(".", "").split())
