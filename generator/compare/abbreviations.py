"""Words that carry a full stop without ending a sentence, by language. Data only, lower-case, without the stop."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: They stand before a name, so the sentence goes on.
_TITLES = _set(
    """mr mrs ms messrs mx dr prof sen sens rep reps gov gen lt sgt capt cpt col cmdr maj adm brig rev hon pres
    fr msgr supt pfc spc pvt amb atty det insp rt mme mlle mt ft st"""
)

#: They stand before a figure: "p. 55", "No. 10", "fig. 3", "Jan. 6".
_BEFORE_FIGURES = _set(
    """p pp no nos vol vols fig figs art arts sec ch chap ed eds para ver ca approx max min tel ext est
    jan feb mar apr jun jul aug sep sept oct nov dec n°"""
)

#: They may close a sentence; only a word that opens one decides.
_EITHER = _set(
    """inc corp co cos ltd llc plc bros jr sr esq etc al dept univ assn natl intl ave blvd rd ln hwy bldg apt
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa
    tenn tex va vt wash wis wyo hr hrs sq cu oz lb lbs mph kg km cm mm ph.d m.d viz cf vs v"""
)

#: Under "" what many languages share, for one that has no entry.
TITLES: dict[str, frozenset[str]] = {
    "en": _TITLES,
    "de": _set(
        "dr prof hr fr hrn dipl ing st nr bzw ca vgl evtl ggf inkl exkl sog geb verh ausg bd hrsg abs art abb tel z.b "
        "d.h u.a i.d.r v.a o.ä s.o m.e z.t u.u z b d h u a i mio mrd tsd"
    ),
    "fr": _set("m mm mme mmes mlle dr pr me mgr st ste av bd boul p.ex cf env vol art n° p"),
    "es": _set("sr sra srta sres d dª dña dr dra lic ing prof gral cnel excmo ilmo av avda núm pág p.ej ej ee art tel"),
    "it": _set("sig sigg dott dr prof ing avv on sen gen col p.es art pag n"),
    "pt": _set("sr sra srs dr dra prof eng gen cel av pág p.ex art n"),
    "nl": _set("dhr mevr mw dr prof ir ing drs mr ca bijv nr blz o.a d.w.z m.b.t"),
    "ru": _set("ул им гр г-н г-жа проф акад ген пр просп д стр рис см ср св т.е т.к т.н напр н.э обл п ст т"),
    "uk": _set("вул ім гр п-н п-ні проф акад ген просп буд стор рис див св напр обл п ст т о"),
    "hi": _set("डॉ डा प्रो पं मो कु सुश्री श्री सं क्र"),
    "sv": _set("dr prof st s:t bl.a t.ex d.v.s dvs fr.o.m t.o.m m.fl ca kl nr jfr s.k"),
    "da": _set("dr prof hr fr bl.a f.eks d.v.s dvs ca kl nr jf s.k pga"),
    "nb": _set("dr prof hr fr bl.a f.eks d.v.s dvs ca kl nr jf s.k pga"),
    "pl": _set("dr prof mgr inż gen płk ks św ul al pl np tzw tj im ok nr ww"),
    "cs": _set("dr prof mgr ing gen plk sv ul nám např tzv tj č cca"),
    "el": _set("κ κα δρ καθ αγ οδ λ.χ π.χ δηλ αρ"),
    "": _set("dr prof mr mrs ing st nr"),
}
for _alias, _code in (("no", "nb"), ("nn", "nb"), ("sk", "cs")):
    TITLES[_alias] = TITLES[_code]

EITHER: dict[str, frozenset[str]] = {
    "en": _EITHER,
    "de": _set("usw etc str jh jan feb aug sept okt nov dez"),
    "fr": _set("etc janv févr avr juil sept oct nov déc"),
    "es": _set("etc uu ud uds cía ee.uu a.m p.m"),
    "it": _set("ecc spa"),
    "pt": _set("etc cia"),
    "nl": _set("enz etc"),
    "ru": _set("г гг в вв руб коп млн млрд тыс тел др пр т.д т.п"),
    "uk": _set("р рр м с грн коп млн млрд тис тел ін т.д т.п"),
    "hi": frozenset(),
    "sv": _set("etc osv m.m kr st mkr mdkr"),
    "da": _set("etc osv m.m kr stk mio mia"),
    "nb": _set("etc osv m.m kr stk mill mrd"),
    "pl": _set("itd itp zł gr r tys mln mld godz"),
    "cs": _set("atd apod kč tis mil mld hod"),
    "el": _set("κ.λπ κλπ κ.ά ευρ χιλ εκατ"),
    "": frozenset(),
}
for _alias, _code in (("no", "nb"), ("nn", "nb"), ("sk", "cs")):
    EITHER[_alias] = EITHER[_code]

BEFORE_FIGURES: dict[str, frozenset[str]] = {
    "en": _BEFORE_FIGURES,
    "de": _set("nr s bd kap abs art abb str"),
    "fr": _set("p pp n° no art vol chap"),
    "es": _set("p pp pág págs núm art n°"),
    "ru": _set("с стр рис табл гл ст п № д кв"),
    "uk": _set("с стор рис табл гл ст п № буд кв"),
}

#: English words that, with a capital, open a sentence far oftener than they continue a name.
OPENERS = _set(
    """a an the this that these those it he she they we you i there here in on at for from with by but and or so yet if
    when while as after before since although though because however meanwhile still also his her their its my our your
    what who why how where which then now not most many some several both each every all another other one two three
    instead despite during until once over according asked last earlier later such no yes did does do is are was were
    has have had can could will would should may even just only perhaps maybe neither nor whether without within
    among through throughout nevertheless moreover furthermore otherwise therefore thus indeed nobody everyone
    someone nothing everything please let to it's he's she's they're we're i'm that's there's don't didn't"""
)

#: Verbs that follow a speaker's name after a quotation: “Stop!” Jones said.
SPEECH = _set(
    """said says asked asks told replied added wrote writes cried shouted shouts declared insisted exclaimed answered
    demanded yelled continued warned noted tweeted posted joked explained argued"""
)

#: German months, which make the number before them an ordinal: "3. Juli".
ORDINAL_BEFORE = _set(
    """januar februar märz april mai juni juli august september oktober november dezember jahrhundert jahrhunderts
    weltkrieg weltkriegs"""
)
