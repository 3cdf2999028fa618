"""How common an English word is in general: a small prior, written by hand, for sets too small to count in.

With one story in the folder every word of it is frequent, and counting alone cannot tell `year` from `earthquake`.
Two classes suffice: words of any text, and words of any news text. Other languages have no prior, and need none
where there is enough to count.
"""

from __future__ import annotations

from functools import cache

from generator.compare.text import STOP_WORDS, stem

#: Words that any longer text holds.
_EVERYWHERE = """
able accept across act action actually add age air allow alone anyway appear area arm ask attempt available bad base
beautiful bed begin beginning behind believe best better big bit black blue board body book boy break bring brother
brought build building burn business buy call car care carry case cause center central certain certainly chance change
child children city class clear clearly close cold color come coming common company complete condition consider
contain continue control cost country couple course create cut dark daughter day dead deal dear death decide deep
describe develop die different difficult direct dog door doubt draw dream drink drive drop early earth east easy eat
effect effort eight end enough enter entire especially event everybody exactly example expect experience explain eye
face fact fall family far fast father fear feel feeling feet felt field fight figure fill final finally find fine
finish fire first five fly follow food foot force form former forward found four free friend front full future game
garden gave general girl give given glad god gold gone good great green ground group grow guess hair half hand hang
happen happy hard head hear heard heart heavy held help high hill history hit hold home hope horse hot hour house huge
human hundred husband idea imagine important include increase indeed inside interest issue job join keep key kill kind
king knew know known lady land language large late later laugh law lay lead leader learn leave led left leg letter
level lie life light line list listen little live long look lord lose lost lot love low main man manner mark market
marry matter mean meant meet meeting member mention met middle mile million mind minute miss moment money month
morning mother mountain mouth move movement music name nature necessary need never new news next night nobody north
note nothing notice number obvious occur offer office oh okay old open order own page pain paper parent part particular
party pass past pay peace people perhaps period person physical pick picture piece place plan plant play please point
political poor position possible power present pretty price probably problem process produce product program project
provide public pull purpose push put question quick quiet race rain raise ran range rate reach read ready real reality
realize reason receive recent recently red remain remember reply report rest result return rich rise road rock room
round rule run safe sat save saw sea seat second see seem seen self sell send sense sent serious serve service set
seven several shall shape share shop short show shut sick side sight simple simply single sister sit situation six size
sleep slow small smile society son song sort sound south speak special spend spirit spoke spring stage stand star start
state stay step stone stood stop store story straight strange street strong student study stuff subject success sudden
suddenly suggest summer sun support suppose sure surface surprise system table take taken talk tall teach tell ten
term test thank thing think third thought thousand three threw throw time tiny today tomorrow tonight top total touch
town trade tree tried trip trouble true trust truth try turn type understand unit use used useful usual usually value
various view voice wait walk wall want war warm watch water way week weight west wheel white whole wide wife wild win
wind window winter wish woman women wonder wood word work world worry worse worst worth write wrong year yes yesterday
young zero
"""

#: Words that many news texts hold, whatever they report.
_NEWS = """
accord accuse achieve address administration advance affair affect afternoon agency agree agreement aid aide aim
allege ally american amid amount analyst announce annual apparent apparently appeal approach approve april arrest
arrive article associate association attack attend attorney august author authority average aware away ban bank battle
become began billion board border boss brief campaign capital career cent central century chairman challenge charge
chief citizen civil claim coach coalition college combine comment commission commit committee communication community
compare concern conclude conduct conference confirm conflict congress contact contract contribute council county court
cover crash crime criminal crisis critic critical criticism current currently customer cut daily damage data date dead
deadline debate decade december decision declare decline defend defense degree delay demand democrat deny department
deputy despite detail determine develop development die diplomat director discuss discussion dispute district document
dollar dozen draft drug economic economy edition editor education effective elect election emerge emergency employ
employee end energy enforce engage ensure environment especially establish estimate european event evidence
executive expand expert express extend extra face facility factor fail failure fan february federal fee fifth film
finance financial firm focus foreign forum foundation friday fund gain global goal govern government governor growth
guard gun head headquarters health hearing highlight hospital host hotel identify image immediate immediately impact
implement incident independent indicate individual industry inform information initial injure injury inquiry insist
institute institution international internet interview introduce investigate investigation investigator involve island
january journalist judge july june justice labor latest launch lawmaker lawyer leadership league least legal
legislation likely limit link local london maintain major majority manage manager march mass massive matter measure
media medical message military minister ministry mission mobile monday monitor moon movie murder nation national
near nearly negotiate network newspaper nine november nuclear occasion october officer official operate
operation opinion opponent opportunity oppose opposition option organization original outside owner pact panel
parliament partner partnership patient percent perform permit personal phone photo plane player pledge police policy
politician politics poll population post potential practice predict prepare presence president presidential press
pressure prevent previous previously prime prior prison private privately proceed professional profit promise prompt
propose prosecute prosecutor protect protest prove publish publicly quarter quickly quote radio rally reaction recall
recommend record reduce refer reform refuse region regional regulation reject relate relation relationship relative
release relevant remark remove repeat reporter reportedly represent republic republican request require research
reserve resident resign resolution resource respond response responsible responsibility restrict retire reveal review
rival role rose rule saturday schedule school science score search season seat secretary section sector secure
security seek senate senator senior separate september series seriously session settle shift shoot shortly
shot significant similar site sixth social soldier solution sought source speech spokesman spokeswoman spokesperson
staff stance standard statement station status stock strategy strength strike structure struggle style sunday
supply supreme survey survive suspect sustain target task team technology television threat threaten thursday ticket
title topic tour track tradition training transfer travel treat treatment trial tuesday ultimately uncertain union
united university update urge version veteran via victim victory video violence visit vote voter wage warn weapon
weather web website wednesday weekend welfare whose widely winner witness worker worldwide york
"""


@cache
def _classes() -> dict[str, float]:
    by = {stem(word): 0.7 for word in _NEWS.split()}
    by |= {stem(word): 0.5 for word in _EVERYWHERE.split()}
    return by | {stem(word): 0.1 for word in STOP_WORDS} | dict.fromkeys(STOP_WORDS, 0.1)


def telling(word: str) -> float:
    """Return how much a stem tells by itself, from .1 for a stop word to 1 for one that is not on the lists."""
    return _classes().get(word, 1.0)
