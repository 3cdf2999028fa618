"""English words that often stand for one another when two people tell the same thing. Data, written by hand.

A small lexicon instead of a model: each line is one idea, a word may stand in several. It never makes two words equal
in a word diff; it is weak evidence that two sentences speak of the same matter.
"""

from __future__ import annotations

from functools import cache

from generator.compare.text import stem

_IDEAS = """
say state tell declare announce remark mention note comment indicate express claim assert maintain stress emphasize add
say reply answer respond retort
ask question inquire query request
ask demand request urge call appeal beg plead implore
urge press push pressure prod encourage
announce declare proclaim unveil reveal disclose
confirm verify acknowledge admit concede affirm
reaffirm reiterate repeat restate
deny reject refuse rebuff decline dismiss rebuke spurn
criticize criticise criticism condemn denounce blast slam attack blame rebuke fault
blame accuse charge allege
praise laud hail applaud commend
agree accept consent approve endorse back support
oppose resist object
explain clarify elaborate account
discuss talk negotiate debate address discussion conversation negotiation dialogue talks
speak talk call phone telephone conversation
meet meeting summit gathering session encounter
willing willingness ready readiness open openness prepared inclined
temporary short-term interim provisional brief
promise pledge vow commit commitment
warn caution alert warning
suggest propose imply recommend proposal
believe think consider reckon suppose feel
hope wish want desire expect
plan intend intention aim scheme
goal aim objective target purpose
try attempt seek effort endeavor endeavour strive
stop halt end cease finish terminate conclude close
end conclusion finish close conclude
pause halt suspend suspension freeze stop delay
delay postpone defer hold
start begin launch initiate commence open
continue proceed resume persist carry remain ongoing
increase rise grow climb surge jump soar raise boost expand growth hike intensify escalate
decrease fall drop decline reduce cut lower plunge slump shrink reduction slip
improve better enhance upgrade strengthen
worsen deteriorate strain strained
weaken undermine erode
help aid assist assistance support
give provide supply deliver offer grant furnish donate hand
send ship dispatch transfer deliver shipment delivery
get obtain acquire receive gain secure win
buy purchase acquire
sell sale
build construct construction create erect
make produce create manufacture
destroy demolish ruin wreck devastate
damage harm hurt injure
break shatter smash crack split
fix repair mend
keep retain maintain preserve hold
leave depart departure exit quit go
arrive come reach arrival
return back
enter join
visit trip tour travel journey
go travel move head
run rush hurry hasten dash race
flee escape run
chase pursue follow hunt
catch capture seize grab
seize take grab snatch
arrest detain detention custody capture
release free liberate
jail prison imprison sentence
kill slay murder slaughter dead die death fatal
die perish dead death decease
wound injure injury hurt wounded
casualty victim toll
shoot fire gun shot open
attack assault strike raid offensive airstrike bombardment
bomb explosion blast explode detonate
fight battle combat clash struggle
war conflict fighting hostility
invade invasion
peace truce ceasefire cease-fire armistice
deal agreement pact accord treaty
army military troops soldier force
weapon arm arms munition ammunition
missile rocket
defend defense defence protect protection guard
enemy foe opponent rival adversary
ally partner friend
police officer cop
official officer authority
leader head chief boss chairman
president presidential
minister premier
aide adviser advisor assistant
spokesman spokeswoman spokesperson representative
government administration regime authority
company firm corporation business enterprise
country nation state
nation national
foreign international overseas abroad
world global international worldwide
city town
area region district zone territory
place site spot location scene
people person man folk
woman lady female
child kid boy girl youngster
boy lad youth
young youth little
old aged elderly ancient
rich wealthy wealth
poor needy penniless
money cash fund finance
cost price expense
pay payment
job work employment occupation
worker employee staff labourer
boss master owner
king ruler monarch lord
servant slave
farmer countryman peasant
house home
road street path way
ship boat vessel
car vehicle automobile
plane aircraft jet airplane
big large huge great enormous vast massive giant
small little tiny slight
important significant major key crucial critical vital
main chief principal primary
difficult hard tough
easy simple
bad poor terrible awful dire
good fine excellent great
strong powerful mighty robust
weak feeble
fast quick swift rapid speed quickly swiftly rapidly
slow slowly
soon shortly immediately
immediate instant immediately instantly
now currently present today nowadays current
before ahead prior previous earlier previously
after following later
recent recently lately
last final
often frequently regular regularly usually
always ever forever
sometimes occasionally
very extremely highly quite
about approximately around nearly almost roughly some
more over exceed
less under below
many numerous several various
all every whole entire each
part portion section share
half part
only just merely solely
also too addition additionally
but however yet although though
because since due owing
therefore thus hence so
if whether
despite notwithstanding
show display demonstrate reveal exhibit
see look watch observe spot notice behold perceive saw seen
look glance gaze stare
hear listen heard
find discover found detect
know aware knowledge knew known
learn discover study
understand realize grasp
remember recall
forget neglect
decide decision determine resolve choose
choose select pick choice elect
change alter shift modify transform
turn become
use utilize employ apply usage
need require necessary necessity
must should
can able capable could
allow permit let enable
prevent stop avoid block hinder
ban prohibit forbid bar
force compel oblige
cause lead trigger result bring provoke spark
result outcome consequence effect
reason cause motive ground
problem issue trouble difficulty matter
danger risk threat peril hazard
threaten threat menace
fear afraid frighten scare terrify alarm terror dread frightened
worry concern anxiety anxious
anger angry furious rage fury wrath
happy glad joy pleased delighted cheerful merry
sad sorrow grief unhappy mourn
laugh smile
cry weep shout scream exclaim
shout yell call cry
love like adore
hate dislike detest
eat devour feed dine meal dinner swallow consume
food meal provision
hungry hunger starve starving famish
drink thirst thirsty
sleep rest asleep
bite sting bit
throw toss hurl cast fling
pull drag draw tug
push shove thrust
carry bear bring
hide conceal hidden
hang suspend
jump leap spring bound
climb mount ascend
fall drop tumble fell
sit seat settle perch
lie lay lying
stand stood
tree wood forest branch
river stream water brook
sea ocean
mountain hill
field meadow pasture
stone rock
donkey ass mule
wolf dog hound
sheep lamb flock
goat kid
rooster cock hen chicken fowl
snake serpent viper
rat mouse mice
ox bull cow cattle
bird crow raven
frog toad
lion beast
beast animal creature
clever cunning sly crafty smart wise
fool foolish stupid silly
trick deceive cheat deceit fool
lie false falsehood untrue
true truth real genuine
proud pride boast vain
brave bold courage
ashamed shame
lazy idle
save rescue spare
reward prize
punish punishment penalty
law rule legislation regulation
court judge tribunal
trial case lawsuit
crime criminal offense offence
suspect accused
evidence proof
investigate probe inquiry investigation examine
report account story summary readout
news media press
newspaper paper daily
statement remark comment declaration
speech address
letter note message
document paper record
study research survey
show poll
expert analyst specialist
doctor physician
sick ill disease illness
hospital clinic
drug medicine
earthquake quake tremor temblor
storm hurricane typhoon
flood flooding
fire blaze flame burn
accident crash collision
rain shower
election vote ballot poll
candidate nominee
victory win triumph
defeat loss lose beat
party group
group organization band
team side squad
game match
player athlete
member
economic economy financial
trade commerce business
market
tax levy duty
budget spending
investment invest investor
bank lender
profit earning income revenue
debt loan
growth development develop
policy strategy approach
system
reform overhaul
relation relationship tie link bond
connect link relate connection
cooperate cooperation collaborate coordination
compete competition rival
talks negotiation
breakthrough progress advance headway
stall stalled deadlock stalemate impasse
solve resolve settle solution resolution settlement
stance position view stand
opinion view
idea thought notion
term condition
situation condition circumstance
possible potential possibility likely may might
likely probable expected probably
impossible unlikely
clear obvious evident
certain sure
secret private hidden
public open
show appear seem
near close beside nearby
far distant
inside within
outside
among between amid
above over
top peak
begin outset
middle center centre central
north northern
south southern
east eastern
west western
year annual yearly
month monthly
week weekly
day daily
morning dawn
evening night
yesterday tomorrow
moment instant time
hour
war-torn
number amount quantity figure
total sum
billion million
first initial
second
one single
two both pair
stockpile reserve inventory store
shortage lack scarce short
enough sufficient adequate
expel evict oust remove
remove withdraw pull
replace substitute
fire sack dismiss
hire appoint name recruit
resign quit step
marry wedding marriage wife husband
born birth
age old
life live alive
family relative
father dad
mother mom
son
name call
title
bring fetch
put place set lay
cover wrap
fill full
empty drain deplete depletion
open
close shut
wear dress clothes coat cloak clothing
skin hide
tail
face confront encounter
focus concentrate center
include contain comprise involve including
consist
represent
serve service
teach instruct lesson moral
test trial
measure step action move
act deed action conduct
event incident occasion
happen occur take
celebrate celebration congratulate
attend participate join attendance
host hold
lead head guide
control command
order instruct command direct
allow
obey comply
follow
wait await
expect anticipate forecast predict
hit strike knock beat slap
touch feel
burn
cut slice
dig
grow
plant
steal rob thief robber theft
share divide split distribute
gather collect assemble
separate apart
similar same alike like
different unlike various
ordinary common usual normal
strange odd unusual peculiar
new fresh novel
special particular specific especially particularly
own
famous well-known renowned
popular
serious grave severe
extensive broad wide widespread
complete full total entire
strict firm tough hard
harsh severe tough
quiet silent
loud noise sound
bright light shine
dark black
beautiful handsome fair pretty lovely
ugly
clean pure
dirty
hot warm heat
cold cool frost
high tall
low
long lengthy
short brief
heavy weight load burden
deep
narrow
road
russia russian moscow kremlin
ukraine ukrainian kyiv kiev
america american united-states us u.s washington
china chinese beijing
japan japanese tokyo
britain british uk england english london
france french paris
germany german berlin
israel israeli jerusalem
iran iranian tehran
iraq iraqi baghdad
palestine palestinian gaza
europe european eu
india indian delhi
pakistan pakistani islamabad
korea korean
egypt egyptian cairo
turkey turkish ankara
syria syrian damascus
spain spanish madrid
italy italian rome
canada canadian ottawa
mexico mexican
african africa
asia asian
afghanistan afghan kabul
saudi arabia arab
taiwan taiwanese taipei
indonesia indonesian jakarta
australia australian
pentagon defense
nato alliance
"""


@cache
def _ideas() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_IDEAS.strip().splitlines()):
        words = sorted(set(map(stem, line.split())))
        for word in words if len(words) > 1 else ():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def ideas(word: str) -> frozenset[int]:
    """Return the numbers of the ideas that a stem may stand for; none for most words."""
    return _ideas().get(word, frozenset())


@cache
def having_ideas() -> frozenset[str]:
    """Return the stems that may stand for any."""
    return frozenset(_ideas())


def akin(one: str, other: str) -> bool:
    """Whether two stems may stand for the same idea."""
    return one == other or bool(ideas(one) & ideas(other))
