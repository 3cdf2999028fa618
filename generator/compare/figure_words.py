"""How languages other than English write numbers, units, money and days: as `figures_abroad` reads them.

Every entry is a pattern and what it means, `Stunden?=hour`; within a pattern `_` is a space. No table says all that its
language can: number words that are other words as well, as “one” often is, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from generator.values import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A language's way with figures."""

    numbers: str
    """Number words and their values."""
    scales: str
    """Words behind a number that multiply it."""
    spans: str
    """Units of time."""
    currencies: str
    percent: str
    """Patterns behind a number, and, behind a `<`, before one."""
    months: str
    weekdays: str
    """From Monday."""
    compared: str
    """Comparators before a number and, behind a `<`, after one: each kind of bound and its words."""
    relative: str
    """Days and spans seen from the day of print: unit, steps and words."""
    dates: str = ""
    """Patterns of a date, parted by `||`, with the groups `day`, `month` (a name), `number` (of the month), `year`."""
    half: str = ""
    """Units of time that are one, two or so many in a word: `ساعتين=2_hour`."""
    counted: str = ""
    """In scripts without spaces, what stands between a number and what is counted; empty where nouns are read."""
    persons: str = ""
    """Those of `counted` that count people."""
    comma: bool = True
    """Whether fractions stand behind a comma."""
    spaced: bool = True
    before: str = ""
    """Words before a number of hours or years that are no span: an hour of the day, an age."""
    hour: str = ""
    """Words before a number that is no figure whatever comes behind it."""
    after: str = ""
    """Words behind it."""
    range: str = ""
    """What stands between the ends of a range."""
    between: str = ""
    """What opens a range and stands between its ends, parted by `…`: `entre…et`."""
    change: str = ""
    """How words begin that tell of a change from one number to another, which is no range."""


def named(table: str) -> Iterator[tuple[str, str]]:
    """Yield the names of a table's entries with their patterns: `more=über|mehr_als`."""
    for entry in table.split():
        name, pattern = entry.split("=", 1)
        yield name, pattern.replace("_", r"\s+")


def entries(table: str) -> Iterator[tuple[str, str]]:
    """Yield the patterns of a table with what they mean."""
    for entry in table.split():
        pattern, meaning = entry.rsplit("=", 1)
        yield pattern.replace("_", r"\s+"), meaning.replace("_", " ")


def _together(tens: str, units: str, joint: str, *, units_first: bool = False) -> str:
    """Return the numbers that a language makes of tens and units, as entries."""
    pairs = product(entries(tens), entries(units))
    return " ".join(
        f"{two + joint + one if units_first else one + joint + two}={float(ten) + float(unit):g}"
        for (one, ten), (two, unit) in pairs
    ).replace(r"\s+", "_")


_DE_TENS = "zwanzig=20 dreißig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90"
_DE = "zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9"
_FR_TENS = "vingt=20 trente=30 quarante=40 cinquante=50 soixante=60 quatre-vingt=80"
_FR = "deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9"
_ES_TENS = "treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90"
_ES = "dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9"
_RU_TENS = (
    "двадцат[ьи]=20 тридцат[ьи]=30 сорока?=40 пят(?:ьдесят|идесяти)=50 шест(?:ьдесят|идесяти)=60"
    " сем(?:ьдесят|идесяти)=70 вос(?:емь|ьми)десяти?=80 девяност[оа]=90"
)
_RU = (
    "дв(?:а|е|ух|умя)=2 тр(?:и|ёх|ех|емя)=3 четыр(?:е|ёх|ех|ьмя)=4 пят(?:ь|и|ью)=5 шест(?:ь|и|ью)=6 сем(?:ь|и|ью)=7"
    " вос(?:емь|ьми)=8 девят(?:ь|и|ью)=9"
)
_UK_TENS = (
    "двадцят[ьи]=20 тридцят[ьи]=30 сорока?=40 п[’'ʼ]ятдесяти?=50 шістдесяти?=60 сімдесяти?=70 вісімдесяти?=80"
    " дев[’'ʼ]яност[оа]=90"
)
_UK = (
    "дв(?:а|і|ох|ома)=2 тр(?:и|ьох|ьома)=3 чотир(?:и|ьох|ма)=4 п[’'ʼ]ят(?:ь|и|ьох)=5 шіст(?:ь|ьох)=6 шести=6"
    " с(?:ім|еми|імох)=7 в(?:ісім|осьми|ісьмох)=8 дев[’'ʼ]ят(?:ь|и|ьох)=9"
)
_ROMANCE_MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"

WORDS: dict[str, Words] = {
    "de": Words(
        numbers=f"{_together(_DE_TENS, _DE, 'und', units_first=True)} {_DE} {_DE_TENS} zehn=10 elf=11 zwölf=12"
        " dreizehn=13 vierzehn=14 fünfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 hundert=100"
        " zweihundert=200 dreihundert=300 vierhundert=400 fünfhundert=500 tausend=1000 anderthalb=1.5 eineinhalb=1.5"
        " zweieinhalb=2.5 dreieinhalb=3.5",
        scales="Tausend=1e3 tausend=1e3 Tsd\\.?=1e3 Millionen=1e6 Million=1e6 Mio\\.?=1e6 Milliarden=1e9"
        " Milliarde=1e9"
        " Mrd\\.?=1e9 Billionen=1e12 Dutzend=12",
        spans="Sekunden?=second Minuten?=minute Stunden?=hour Tag(?:e[ns]?|en)?=day Wochen?=week"
        " Monat(?:e[ns]?|en)?=month Jahr(?:e[ns]?|en)?=year Jahrzehnt(?:e|en)?=decade",
        half="einer?_halben?_Stunde=0.5_hour einer?_Stunde=1_hour einer?_Minute=1_minute einer?_Woche=1_week"
        " eine[mns]?_Tage?s?=1_day eine[mns]?_Monate?s?=1_month eine[mns]?_Jahre?s?=1_year",
        currencies="Euro=EUR US-Dollar=USD Dollar=USD Franken=CHF Pfund=GBP Rubel=RUB Yen=JPY Yuan=CNY Hrywnja=UAH"
        " Kronen=krone",
        percent="Prozent(?:punkten?|punkt)?|Basispunkten?",
        months="Januar|Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
        weekdays="Montag Dienstag Mittwoch Donnerstag Freitag Samstag|Sonnabend Sonntag",
        compared="more=über|mehr_als|gut least=mindestens|wenigstens less=fast|beinahe|knapp|nahezu"
        " under=unter|weniger_als most=höchstens|bis_zu|maximal"
        " about=etwa|rund|ungefähr|circa|ca\\.|gegen|schätzungsweise",
        relative="day:-1=gestern day:1=(?-i:morgen) week:-1=(?:letzte|vergangene|vorige)[nr]?_Woche"
        " month:-1=(?:letzte|vergangene|vorige)[nrs]?_Monat year:-1=(?:letzte|vergangene|vorige)[nrs]?_Jahr"
        " week:1=(?:nächste|kommende)[nr]?_Woche month:1=(?:nächste|kommende)[nrs]?_Monat"
        " year:1=(?:nächste|kommende)[nrs]?_Jahr week:0=diese[r]?_Woche month:0=diese[nrsm]?_Monat"
        " year:0=diese[nrsm]?_Jahr",
        dates=r"(?P<day>\d{1,2})\.\s*{month}(?:\s+{year})?||{month}(?:\s+{year})?",
        before="um",
        after="Uhr|alte?[nrs]?",
        range="bis",
        between="zwischen…und",
    ),
    "fr": Words(
        numbers=f"{_together(_FR_TENS, _FR, '-')} {_FR} soixante-dix=70 quatre-vingt-dix=90 quatre-vingts=80"
        f" {_FR_TENS}"
        " dix-sept=17 dix-huit=18 dix-neuf=19 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16"
        " cent=100"
        " mille=1000",
        scales="milliers_d[e’']=1e3 mille=1e3 millions?=1e6 milliards?=1e9 billions?=1e12 douzaines?=12",
        spans="secondes?=second minutes?=minute heures?=hour jours?=day semaines?=week mois=month"
        " ann?(?:ée)?s=year an=year"
        " décennies?=decade",
        half="une_demi-heure=0.5_hour une_heure_et_demie=1.5_hour une_heure=1_hour une_minute=1_minute un_jour=1_day"
        " une_semaine=1_week un_mois=1_month un_an=1_year une_année=1_year",
        currencies="euros?=EUR dollars?=USD francs_suisses=CHF francs?=franc livres_sterling=GBP roubles?=RUB"
        " yens?=JPY"
        " yuans?=CNY dirhams?=dirham",
        percent="pour_cent|points?_de_(?:pourcentage|base)",
        months=_ROMANCE_MONTHS_FR,
        weekdays="lundi mardi mercredi jeudi vendredi samedi dimanche",
        compared="more=plus_d[e’']|au-delà_d[e’'] least=au_moins|pas_moins_d[e’'] less=presque|près_d[e’']|quasiment"
        " under=moins_d[e’'] most=au_plus|jusqu[’']à|au_maximum about=environ|quelque|autour_d[e’']|à_peu_près",
        relative="day:-1=hier day:1=demain week:-1=(?:la_)?semaine_(?:dernière|passée)"
        " month:-1=(?:le_)?mois_(?:dernier|passé)"
        " year:-1=l[’']an(?:née)?_(?:dernière?|passée?) week:1=(?:la_)?semaine_prochaine"
        " month:1=(?:le_)?mois_prochain"
        " year:1=l[’']an(?:née)?_prochaine? week:0=cette_semaine month:0=ce_mois-ci year:0=cette_année",
        dates=r"(?P<day>\d{1,2})(?:er)?\s+{month}(?:\s+{year})?||{month}(?:\s+{year})?",
        before="(?<!\\d\\s)à|vers|âgée?s?_de|(?:homme|femme|fille|garçon|jeune|adolescente?|enfant|suspecte?|victime)_de",
        after="h|heures_(?:du|GMT)",
        range="à",
        between="entre…et",
        change="pass augment baiss recul grimp tomb mont chut rédui hauss port relev ramen",
    ),
    "es": Words(
        numbers=f"{_together(_ES_TENS, _ES, '_y_')} {_ES} diez=10 once=11 doce=12 trece=13 catorce=14 quince=15"
        " dieciséis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 veintid[óo]s=22 veintitr[ée]s=23"
        " veinticuatro=24"
        f" veinticinco=25 veintiséis=26 veintisiete=27 veintiocho=28 veintinueve=29 {_ES_TENS} cien(?:to)?=100"
        " doscient[oa]s=200 trescient[oa]s=300 cuatrocient[oa]s=400 quinient[oa]s=500 mil=1000",
        scales="mil_millones=1e9 mil=1e3 miles_de=1e3 millones=1e6 millón=1e6 billones=1e12 docenas?=12",
        spans="segundos?=second minutos?=minute horas?=hour días?=day semanas?=week mes(?:es)?=month años?=year"
        " décadas?=decade",
        half="media_hora=0.5_hour una_hora_y_media=1.5_hour una_hora=1_hour un_minuto=1_minute un_día=1_day"
        " una_semana=1_week un_mes=1_month un_año=1_year",
        currencies="euros?=EUR dólar(?:es)?=USD pesos?=peso libras(?:_esterlinas)?=GBP rublos?=RUB yenes=JPY"
        " yuanes=CNY"
        " francos_suizos=CHF",
        percent="por_ciento|puntos?_(?:porcentual(?:es)?|básicos?)",
        months="enero febrero marzo abril mayo junio julio agosto sep?tiembre octubre noviembre diciembre",
        weekdays="lunes martes miércoles jueves viernes sábado domingo",
        compared="more=más_de|por_encima_de least=al_menos|por_lo_menos|como_mínimo less=casi|cerca_de under=menos_de"
        " most=hasta|como_máximo|a_lo_sumo about=unos|unas|alrededor_de|aproximadamente|en_torno_a",
        relative="day:-1=ayer week:-1=(?:la_)?semana_pasada month:-1=(?:el_)?mes_pasado year:-1=(?:el_)?año_pasado"
        " week:1=(?:la_)?(?:próxima_semana|semana_que_viene) month:1=(?:el_)?(?:próximo_mes|mes_que_viene)"
        " year:1=(?:el_)?(?:próximo_año|año_que_viene) week:0=esta_semana month:0=este_mes year:0=este_año",
        dates=r"(?P<day>\d{1,2})\s+de\s+{month}(?:\s+del?\s+{year})?||{month}(?:\s+del?\s+{year})?",
        before="las|los_de|(?:hombre|mujer|joven|niñ[oa]|menor|adolescente|víctima)_de",
        after="horas_(?:de_la|GMT)|h|de_edad",
        range="a",
        between="entre…y",
        change="pas sub baj aument redu cae cay crec elev desplom recort",
    ),
    "ru": Words(
        numbers=f"{_together(_RU_TENS, _RU, '_')} {_RU} десят(?:ь|и|ью)=10 одиннадцат[ьи]=11 двенадцат[ьи]=12"
        " тринадцат[ьи]=13 четырнадцат[ьи]=14 пятнадцат[ьи]=15 шестнадцат[ьи]=16 семнадцат[ьи]=17 восемнадцат[ьи]=18"
        f" девятнадцат[ьи]=19 {_RU_TENS} ст[оа]=100 двести=200 двухсот=200 триста=300 трёхсот=300 полтор[аы]=1.5"
        f" полутора=1.5",
        scales="тыс\\.?=1e3 тысяч[аиу]?=1e3 млн\\.?=1e6 миллион(?:а|ов)?=1e6 млрд\\.?=1e9 миллиард(?:а|ов)?=1e9"
        " трлн\\.?=1e12 триллион(?:а|ов)?=1e12",
        spans="секунд[аыу]?=second минут[аыу]?=minute час(?:а|ов|ам|ами)?=hour сут(?:ки|ок)=day"
        " д(?:ень|ня|ней|нями)=day"
        " недел[яиюь]=week недель=week месяц(?:а|ев)?=month год(?:а|ов)?=year лет=year десятилети[йея]=decade",
        half="полчаса=0.5_hour полугода?=0.5_year",
        currencies="руб\\.?=RUB рубл(?:ь|я|ей|ями)=RUB доллар(?:а|ов|ы)?=USD евро=EUR гривен=UAH гривн[аыи]=UAH"
        " фунт(?:а|ов)?(?:_стерлингов)?=GBP юан(?:ь|я|ей)=CNY иен=JPY",
        percent="процент(?:а|ов|ы|ных_пункт\\w*)?",
        months="январ[яьюе] феврал[яьюе] март[ае]? апрел[яьюе] ма[яйе] июн[яьюе] июл[яьюе] август[ае]? сентябр[яьюе]"
        " октябр[яьюе] ноябр[яьюе] декабр[яьюе]",
        weekdays="понедельник[аеу]? вторник[аеу]? сред[ауые] четверг[аеу]? пятниц[ауые] суббот[ауые] воскресень[еюя]",
        compared="more=более|больше|свыше|более_чем least=не_менее|минимум|как_минимум|по_меньшей_мере less=почти"
        " under=менее|меньше most=не_более|максимум|до about=около|примерно|приблизительно|порядка",
        relative="day:-1=вчера day:1=завтра week:-1=(?:на_)?прошл(?:ой|ая|ую)_недел[еяю]"
        " month:-1=(?:в_)?прошл(?:ом|ый)_месяце?"
        " year:-1=(?:в_)?прошл(?:ом|ый)_году? week:1=(?:на_)?следующ(?:ей|ую)_недел[ею]"
        " month:1=(?:в_)?следующем_месяце"
        " year:1=(?:в_)?следующем_году week:0=(?:на_)?этой_неделе month:0=(?:в_)?этом_месяце year:0=(?:в_)?этом_году",
        dates=r"(?P<day>\d{1,2})\s+{month}(?:\s+{year})?||{month}(?:\s+{year})?",
        before="в|к|возрасте",
        after="часов_(?:утра|вечера|дня|ночи)",
    ),
    "uk": Words(
        numbers=f"{_together(_UK_TENS, _UK, '_')} {_UK} десят(?:ь|и|ьох)=10 одинадцят[ьи]=11 дванадцят[ьи]=12"
        " тринадцят[ьи]=13 чотирнадцят[ьи]=14 п[’'ʼ]ятнадцят[ьи]=15 шістнадцят[ьи]=16 сімнадцят[ьи]=17"
        " вісімнадцят[ьи]=18"
        f" дев[’'ʼ]ятнадцят[ьи]=19 {_UK_TENS} сто=100 ста=100 двісті=200 триста=300 півтор[аи]=1.5",
        scales="тис\\.?=1e3 тисяч[аіу]?=1e3 млн\\.?=1e6 мільйон(?:а|и|ів)?=1e6 млрд\\.?=1e9 мільярд(?:а|и|ів)?=1e9"
        " трлн\\.?=1e12 трильйон(?:а|и|ів)?=1e12",
        spans="секунд[аиу]?=second хвилин[аиу]?=minute годин[аиу]?=hour доб[аиу]=day діб=day д(?:ень|ні|нів)=day"
        " тиж(?:день|ні|нів)=week місяц[іяь]в?=month ро(?:ки|ків|ку)=year рік=year десятилітт[яь]=decade",
        half="півгодини=0.5_hour півроку=0.5_year",
        currencies="грн\\.?=UAH гривень=UAH гривн[аяіи]=UAH долар(?:а|ів|и)?=USD євро=EUR рубл(?:ь|я|ів)=RUB"
        " фунт(?:а|ів)?(?:_стерлінгів)?=GBP юан(?:ь|я|ів)=CNY",
        percent="відсот(?:ок|ка|ки|ків|кових_пункт\\w*)|процент(?:а|и|ів)?",
        months="січ(?:ня|ень|ні) лют(?:ого|ий|ому) берез(?:ня|ень|ні) квіт(?:ня|ень|ні) трав(?:ня|ень|ні)"
        " черв(?:ня|ень|ні)"
        " лип(?:ня|ень|ні) серп(?:ня|ень|ні) верес(?:ня|ень|ні) жовт(?:ня|ень|ні) листопад[аі]? груд(?:ня|ень|ні)",
        weekdays="понеділ(?:ок|ка|ку) вівтор(?:ок|ка|ку) серед[ауиі] четвер(?:га|гу)? п[’'ʼ]ятниц[яюіи] субот[ауиі]"
        " неділ[яюіи]",
        compared="more=понад|більше_ніж|більше|більш_як least=щонайменше|не_менше|мінімум less=майже"
        " under=менше_ніж|менше"
        " most=не_більше|максимум|щонайбільше|до about=близько|приблизно|орієнтовно",
        relative="day:-1=учора|вчора day:1=завтра week:-1=минулого_тижня month:-1=минулого_місяця"
        " year:-1=(?:минулого_року|торік)"
        " week:1=наступного_тижня month:1=наступного_місяця year:1=наступного_року week:0=цього_тижня"
        " month:0=цього_місяця"
        " year:0=цього_року",
        dates=r"(?P<day>\d{1,2})\s+{month}(?:\s+{year})?||{month}(?:\s+{year})?",
        before="о|об|віці",
        after="годин[іи]_(?:ранку|вечора|дня|ночі)",
    ),
    "ar": Words(
        numbers="ثلاثة?=3 أربعة?=4 خمسة?=5 ستة?=6 سبعة?=7 ثماني?ة?=8 تسعة?=9 عشرة?=10 عشر(?:ون|ين)=20"
        " ثلاث(?:ون|ين)=30"
        " أربع(?:ون|ين)=40 خمس(?:ون|ين)=50 ست(?:ون|ين)=60 سبع(?:ون|ين)=70 ثمان(?:ون|ين)=80 تسع(?:ون|ين)=90"
        " م(?:ئ|ائ)ة=100 م(?:ئ|ائ)ت(?:ي|ين|ان)=200",
        scales="ألفا?ً?=1e3 آلاف=1e3 مليون(?:ا|ًا|اً)?=1e6 ملايين=1e6 مليار(?:ا|ًا|اً|ات)?=1e9 تريليون=1e12",
        spans="ثانية=second ثوان(?:ي|ٍ)?=second دقيقة=minute دقائق=minute ساع(?:ة|ات)=hour يوم(?:ا|ًا|اً)?=day"
        " أيام=day"
        " أسبوع(?:ا|ًا|اً)?=week أسابيع=week شهر(?:ا|ًا|اً)?=month [أش]شهر=month شهور=month عام(?:ا|ًا|اً)?=year"
        " أعوام=year"
        " سن(?:ة|وات|ين)=year",
        half="نصف_ساعة=0.5_hour ساعة_ونصف(?:_الساعة)?=1.5_hour ساعت(?:ين|ان)=2_hour ساعة_واحدة=1_hour"
        " دقيقت(?:ين|ان)=2_minute"
        " يوم(?:ين|ان)=2_day أسبوع(?:ين|ان)=2_week شهر(?:ين|ان)=2_month عام(?:ين|ان)=2_year سنت(?:ين|ان)=2_year",
        currencies="دولار(?:ا|ًا|اً|ات)?=USD يورو=EUR ريال(?:ا|ًا|اً|ات)?=riyal دراهم=dirham درهم(?:ا|ًا|اً)?=dirham"
        " جنيه(?:ا|ًا|اً|ات)?=pound دينار(?:ا|ًا|اً)?=dinar دنانير=dinar لير(?:ة|ات)=lira روبل=RUB يوان=CNY",
        percent="٪|في_ال?م(?:ئ|ائ)ة|بالم(?:ئ|ائ)ة",
        months="يناير|كانون_الثاني فبراير|شباط مارس|آذار أبريل|نيسان مايو|أيار يونيو|حزيران يوليو|تموز أغسطس|آب"
        " سبتمبر|أيلول"
        " أكتوبر|تشرين_الأول نوفمبر|تشرين_الثاني ديسمبر|كانون_الأول",
        weekdays="الاثنين|الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        compared="more=أكثر_من|ما_يزيد_(?:على|عن)|يفوق least=على_الأقل|ما_لا_يقل_عن|لا_يقل_عن"
        " less=ما_يقرب_من|ما_يقارب"
        " under=أقل_من most=ما_يصل_إلى|حتى about=نحو|حوالي|قرابة|زهاء <least=على_الأقل",
        relative="day:-1=أمس day:1=غدا|غدًا|غداً week:-1=الأسبوع_الماضي month:-1=الشهر_الماضي"
        " year:-1=(?:العام|السنة)_الماضية?"
        " week:1=الأسبوع_المقبل month:1=الشهر_المقبل year:1=العام_المقبل week:0=هذا_الأسبوع month:0=هذا_الشهر"
        " year:0=هذا_العام",
        dates=r"(?P<day>\d{1,2})\s+{month}(?:\s+{year})?||{month}(?:\s+{year})?",
        hour="الساعة|عمره|عمرها",
        comma=False,
    ),
    "hi": Words(
        numbers="दो=2 तीन=3 चार=4 पा[ंँ]च=5 छह=6 छः=6 सात=7 आठ=8 नौ=9 दस=10 ग्यारह=11 बारह=12 तेरह=13 चौदह=14"
        " प[ंन्]+द्रह=15 सोलह=16"
        " सत्रह=17 अठारह=18 उन्नीस=19 बीस=20 पच्चीस=25 तीस=30 चालीस=40 पचास=50 साठ=60 सत्तर=70 अस्सी=80 नब्बे=90"
        " डेढ़=1.5 ढाई=2.5",
        scales="सौ=100 ह(?:ज़|ज़|ज)ार=1e3 लाख=1e5 करोड़=1e7 करोड़=1e7 अरब=1e9 खरब=1e11 मिलियन=1e6 बिलियन=1e9",
        spans="सेकंड=second मिनटों?=minute मिनट=minute घंट(?:े|ा|ों)=hour दिनों?=day दिन=day"
        " (?:हफ़?्त|हफ़्त|सप्ताह)(?:े|ा|ों)?=week"
        " महीन(?:े|ा|ों)=month माह=month सालों?=year साल=year वर्षों?=year वर्ष=year दशकों?=decade",
        half="आध(?:े|ा)_घंट(?:े|ा)=0.5_hour एक_घंट(?:े|ा)=1_hour एक_दिन=1_day एक_(?:हफ़?्ते|सप्ताह)=1_week"
        " एक_महीने=1_month एक_साल=1_year",
        currencies="रुपय(?:े|ा|ों)=INR रुपए=INR डॉलर=USD यूरो=EUR पाउंड=GBP रूबल=RUB येन=JPY",
        percent="प्रतिशत|फ़?ीसदी|फीसदी|फ़ीसदी",
        months="जनवरी फ़?रवरी|फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर दिसंबर|दिसम्बर",
        weekdays="सोमवार मंगलवार बुधवार गुरुवार|बृहस्पतिवार शुक्रवार शनिवार रविवार",
        compared="least=कम_से_कम about=लगभग|क़रीब|तक़रीबन|अनुमानतः <more=से_(?:ज़्यादा|ज़्यादा|ज्यादा|अधिक) <under=से_कम <most=तक",
        relative="week:-1=पिछले_(?:हफ़?्ते|सप्ताह) month:-1=पिछले_(?:महीने|माह) year:-1=पिछले_(?:साल|वर्ष)"
        " week:1=अगले_(?:हफ़?्ते|सप्ताह)"
        " month:1=अगले_(?:महीने|माह) year:1=अगले_(?:साल|वर्ष) week:0=इस_(?:हफ़?्ते|सप्ताह)"
        " month:0=इस_(?:महीने|माह) year:0=इस_(?:साल|वर्ष)",
        dates=r"(?P<day>\d{1,2})\s+{month}(?:,?\s+{year})?||{month}(?:\s+{year})?",
        after="बजे|वर्षीय|साल_के|साल_की",
        comma=False,
    ),
    "zh": Words(
        numbers="",
        scales="",
        spans="秒钟?=second 秒鐘=second 分[钟鐘]=minute 个?小[时時]=hour 個小時=hour [个個]?[钟鐘]头=hour 天=day"
        " [个個]?星期=week"
        " [个個]?礼拜=week 周=week 週=week [个個]月=month 年=year",
        half="半[个個]?小[时時]=0.5_hour 半年=0.5_year",
        currencies="人民币=CNY 美元=USD 美金=USD [欧歐]元=EUR 日[元圆圓]=JPY 英[镑鎊]=GBP 港[元币幣]=HKD"
        " 新?[台臺][币幣]=TWD [卢盧]布=RUB"
        " [韩韓]元=KRW 元=CNY",
        percent="[个個]百分[点點]|<百分之",
        months="",
        weekdays="[周週](?:一)|星期一|[礼禮]拜一 [周週]二|星期二|[礼禮]拜二 [周週]三|星期三|[礼禮]拜三"
        " [周週]四|星期四|[礼禮]拜四 [周週]五|星期五|[礼禮]拜五"
        " [周週]六|星期六|[礼禮]拜六 [周週][日天]|星期[日天]|[礼禮]拜[日天]",
        compared="more=超过|超過|逾|多于|多於|高于 least=至少|最少|不少于|不少於 less=将近|將近|近|接近"
        " under=不到|不足|少于|少於|低于"
        " most=最多|至多|多达|多達 about=约|約|大约|大約|大概 <more=[多余餘] <least=以上 <under=以下 <about=左右",
        relative="day:-1=昨[天日] day:1=明[天日] week:-1=上[个個]?(?:星期|[周週]) month:-1=上[个個]?月 year:-1=去年"
        " week:1=下[个個]?(?:星期|[周週]) month:1=下[个個]?月 year:1=明年 week:0=本[周週]|[这這][周週]"
        " month:0=本月|[这這][个個]月 year:0=今年",
        dates=r"(?:{year}年)?(?P<number>\d{1,2})月(?P<day>\d{1,2})[日号號]||(?:{year}年)?(?P<number>\d{1,2})月(?!\d)||{year}年",
        counted="人|名|位|[个個]|座|[辆輛]|艘|架|枚|件|次|家|台|[栋棟]|[头頭]|[吨噸]|公里|米|[张張]|所|例|起|[条條]|只|[间間]",
        persons="人|名|位",
        comma=False,
        spaced=False,
        after="[点點时時岁歲]",
    ),
    "ja": Words(
        numbers="",
        scales="",
        spans="秒間?=second (?<!十)分=minute 分間=minute 時間=hour 日間=day 週間=week [かカヵヶケ]月間?=month"
        " 年間=year 年=year",
        half="半時間=0.5_hour 半年=0.5_year",
        currencies="円=JPY 米?ドル=USD ユーロ=EUR 人民元=CNY 元=CNY ポンド=GBP ウォン=KRW ルーブル=RUB",
        percent="パーセント|ポイント",
        months="",
        weekdays="月曜日? 火曜日? 水曜日? 木曜日? 金曜日? 土曜日? 日曜日?",
        compared="more=超 least=少なくとも|最低 less=ほぼ most=最大|最高|最多 about=約|およそ|推定"
        " <more=超|を超え|を上回 <least=以上"
        " <less=近く|弱 <under=未満|足らず|を下回 <most=以下|以内 <about=前後|程度|ほど|余り",
        relative="day:-1=昨日|きのう day:1=明日|あす week:-1=先週 month:-1=先月 year:-1=昨年|去年 week:1=来週"
        " month:1=来月 year:1=来年"
        " week:0=今週 month:0=今月 year:0=今年",
        dates=r"(?:{year}年)?(?P<number>\d{1,2})月(?P<day>\d{1,2})日(?!間)||(?:{year}年)?(?P<number>\d{1,2})月(?!\d)||{year}年",
        counted="人|名|台|本|件|回|社|棟|頭|隻|機|[かカヵヶケ]所|[かカヵヶケ]国|軒|世帯|トン|キロ|メートル|匹|枚|校|店",
        persons="人|名",
        comma=False,
        spaced=False,
        after="時(?!間)|[歳才]",
    ),
    "th": Words(
        numbers="สอง=2 สาม=3 สี่=4 ห้า=5 หก=6 เจ็ด=7 แปด=8 เก้า=9 สิบ=10",
        scales="ร้อย=100 พัน=1e3 หมื่น=1e4 แสน=1e5 พันล้าน=1e9 ล้าน=1e6",
        spans="วินาที=second นาที=minute ชั่วโมง=hour วัน=day สัปดาห์=week อาทิตย์=week เดือน=month ปี=year ทศวรรษ=decade",
        half="ครึ่งชั่วโมง=0.5_hour ครึ่งปี=0.5_year",
        currencies="บาท=THB ดอลลาร์(?:สหรัฐฯ?)?=USD ยูโร=EUR เยน=JPY ปอนด์=GBP หยวน=CNY",
        percent="เปอร์เซ็นต์|<ร้อยละ",
        months="มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
        weekdays="วันจันทร์ วันอังคาร วันพุธ วันพฤหัส(?:บดี)? วันศุกร์ วันเสาร์ วันอาทิตย์",
        compared="more=มากกว่า|กว่า|เกินกว่า|เกิน least=อย่างน้อย|ไม่ต่ำกว่า|ไม่น้อยกว่า less=เกือบ"
        " under=น้อยกว่า|ไม่ถึง|ต่ำกว่า"
        " most=ไม่เกิน|สูงสุด|มากถึง about=ประมาณ|ราว(?:_?ๆ)? <more=กว่า",
        relative="day:-1=เมื่อวาน(?:นี้)? day:1=พรุ่งนี้ week:-1=สัปดาห์ที่(?:แล้ว|ผ่านมา)"
        " month:-1=เดือนที่(?:แล้ว|ผ่านมา) year:-1=ปีที่(?:แล้ว|ผ่านมา)"
        " week:1=สัปดาห์หน้า month:1=เดือนหน้า year:1=ปีหน้า week:0=สัปดาห์นี้ month:0=เดือนนี้ year:0=ปีนี้",
        dates=r"(?P<day>\d{1,2})\s*{month}(?:\s*(?:พ\.?ศ\.?\s*)?{year})?||{month}(?:\s*(?:พ\.?ศ\.?\s*)?{year})?",
        counted="คน|ราย|คัน|ตัว|หลัง|แห่ง|ครั้ง|ลำ|ตัน|กิโลเมตร|เมตร|ประเทศ|จังหวัด",
        persons="คน|ราย",
        comma=False,
        spaced=False,
        after="น\\.|นาฬิกา",
    ),
}
