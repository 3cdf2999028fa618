"""What kind of difference lies between two wordings of one utterance.

Spelling, case, punctuation, brackets and the comma inside the closing mark are no differences; a wording that
begins later or ends earlier is trimmed, not altered.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.compare.given_names import may_be_one
from generator.compare.opcodes import opcodes
from generator.compare.remembered import of_texts
from generator.compare.speakers import is_name, surname
from generator.compare.spelling import spelling_key
from generator.compare.text import is_word
from generator.compare.tokens import tokens
from generator.model import Difference, DifferenceKind, QuoteReading, Token
from generator.values import dataclass

#: Of each kind the commonest words, English first, then of other languages where no other one has them for its own.
_NEGATIONS = frozenset(
    """not no never nor none nothing nobody neither without cannot
    nicht kein keine keinen keinem keiner nie niemals nichts niemand ohne pas jamais aucun aucune rien sans
    nunca jamás nada nadie ninguno ninguna tampoco sin не ни нет никогда ничего никто без ні ніколи нічого ніхто немає
    لا لم لن ليس ليست بدون नहीं नही मत बिना 不 没 沒 无 無 未 非 ไม่ มิ""".split()
)
_CONNECTIVES = frozenset(
    """because but and so although though however since while if unless or yet therefore thus until despite
    weil aber denn sondern obwohl wenn falls trotzdem und oder mais et parce car donc quoique pero y porque aunque sino
    и і та но потому поэтому хотя если или але тому хоча якщо або لكن لأن رغم लेकिन क्योंकि अगर हालांकि 但 而 因 แต่
    เพราะ""".split()
)
_NUMBERS = frozenset(
    """zwei drei vier fünf sechs sieben acht neun zehn zwölf zwanzig hundert tausend deux trois
    quatre cinq sept huit neuf
    dix onze douze vingt trente mille dos tres cuatro cinco seis siete ocho nueve diez doce veinte treinta cien
    一 二 三 四 五 六 七 八 九 十 百 千 万 萬 亿 億 两 兩 one two three four five six seven eight nine ten eleven
    twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
    million
    millions billion billions trillion half dozen dozens first second third twice""".split()
)

#: At the start of a wording, so many words more than the most printed one are an addition; more are another cut.
_ADDED_AT_START = 3

#: A catchphrase of fewer words is in everybody's mouth; nobody's words are given to another.
_SPOKEN = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A word with the punctuation about it."""

    key: str
    norm: str
    text: str
    """As printed, with its punctuation and without the white space about it."""
    word: str
    """As printed, bare."""
    aside: bool = False
    """Whether it stands in square brackets: it is its editor's."""


@of_texts(1024)
def items_of(text: str) -> tuple[Item, ...]:
    """Return the words of *text*, each with the punctuation that leans on it."""
    found: list[tuple[Token, bool]] = []
    printed: list[str] = []
    lead = ""
    aside = False
    for token in tokens(text):
        aside = (aside or token.norm == "[") and token.norm != "]"
        if is_word(token.norm):
            found.append((token, aside))
            printed.append(lead + token.text)
            lead = ""
        elif found:
            printed[-1] += token.text
        else:
            lead += token.text
    return tuple(
        [
            Item(spelling_key(token.norm), token.norm, whole.strip(), token.text.strip(), aside)
            for (token, aside), whole in zip(found, printed, strict=True)
        ]
    )


def differences_between(base: QuoteReading, other: QuoteReading, number: int) -> list[Difference]:
    """Return how *other* parts from *base*, in order; empty where it only cuts, or spells, another way.

    :param number: index of *other* among the quote's readings; *base* has 0.
    """
    old, new = items_of(base.text), items_of(other.text)
    found: list[Difference] = []
    codes = opcodes([item.key for item in old], [item.key for item in new]) if base.text != other.text else ()
    for place, code in enumerate(codes):
        edge = place == 0 or place == len(codes) - 1
        gone, come = old[code.old_start : code.old_end], new[code.new_start : code.new_end]
        if code.op == "equal" or (edge and _is_cut(gone, come, at_start=place == 0)):
            continue
        if any(side and all(item.aside for item in side) for side in (gone, come)):
            continue  # “He [the mayor]”, “[The mayor]” for “He”: an editor's words, and marked as such
        found.append(Difference((0, number), _kind(gone, come), _printed(gone), _printed(come)))
    if min(len(old), len(new)) >= _SPOKEN and _other_speaker(base.speaker, other.speaker):
        found.append(Difference((0, number), "speaker", base.speaker, other.speaker))
    return found


def _is_cut(gone: Sequence[Item], come: Sequence[Item], *, at_start: bool) -> bool:
    """Whether a change at an edge only begins or ends the wording elsewhere; a “not” before the rest does more."""
    if (
        at_start
        and len(gone or come) <= _ADDED_AT_START
        and _negated(gone or come)
        and not _said_by_itself(gone or come)
    ):
        return False
    if not come:
        return True
    return not gone and not (at_start and len(come) <= _ADDED_AT_START)


def _kind(gone: Sequence[Item], come: Sequence[Item]) -> DifferenceKind:
    if _negated(gone) != _negated(come) and not _said_by_itself((*gone, *come)):
        return "negation"
    if any(map(_is_number, (*gone, *come))):
        return "number"
    if not gone:
        return "added"
    if not come:
        return "dropped"
    if any(item.norm in _CONNECTIVES for item in gone) and any(item.norm in _CONNECTIVES for item in come):
        return "connective"
    return "word"


def _negated(items: Sequence[Item]) -> bool:
    return any(item.norm in _NEGATIONS or item.norm.endswith("n't") for item in items)


def _said_by_itself(items: Sequence[Item]) -> bool:
    """Whether the words are a “No” set off by a comma: in “No, I did not” it negates nothing of what follows."""
    return items[-1].norm == "no" and items[-1].text.endswith((",", ".", "!"))


def _is_number(item: Item) -> bool:
    return item.norm in _NUMBERS or any(map(str.isdigit, item.norm))


def _printed(items: Sequence[Item]) -> str:
    if not items:
        return ""
    if len(items) == 1:
        return items[0].word
    return " ".join([*(item.text for item in items[:-1]), items[-1].word])


def _other_speaker(one: str, two: str) -> bool:
    """Whether both are names, and not of one person; a description may be of anybody."""
    if not (is_name(one) and is_name(two)):
        return False
    names = [{spelling_key(word.casefold()) for word in who.split()} for who in (one, two)]
    if names[0] <= names[1] or names[1] <= names[0]:
        return False  # “Prosecutor Jane Holt”
    if spelling_key(surname(one)) == spelling_key(surname(two)):
        (first, *rest), (second, *others) = one.split(), two.split()
        return bool(rest and others) and not may_be_one(first, second)
    return spelling_key(surname(one)) not in names[1] and spelling_key(surname(two)) not in names[0]
