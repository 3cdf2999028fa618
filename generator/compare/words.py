"""Which words of two wordings of one sentence stand for each other, equal or not.

For research and measurement rather than display: a word diff shows equal words in order, this also finds words that
moved, changed their form or were put differently, by likeness and by the order of what stands around them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from generator.compare.order import expected
from generator.compare.text import STOP_WORDS, is_word, stem
from generator.compare.thesaurus import akin

#: From this probability on two words correspond.
CORRESPOND = 0.43

#: Log-odds that two words correspond by themselves: equal words of substance, stop words, marks; one stem; akin; two
#: unlike words of substance; a word and a mark; then per share of common letter pairs, and the constant. Logistic
#: regressions on every other row of hand-aligned translations (`tests/benchmarks/quality.py`).
_EQUAL, _EQUAL_STOP, _EQUAL_MARK, _STEM, _AKIN, _UNLIKE, _MIXED = 6.74, 4.47, 5.22, 5.23, 3.69, 0.37, -2.84
_LETTERS, _ALONE = 5.58, -4.36
#: Weights of own log-odds, expected place, rivals outdone in row and column (lesser, greater), likely neighbours, and
#: of both words having no likely partner.
_OWN, _PLACE, _LESSER, _GREATER, _NEIGHBOURS, _LEFT_OVER, _CONSTANT = 0.3, 0.36, 1.46, 0.62, 1.0, 1.22, -0.7
_TRUST = 0.8


def word_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return `(i, j)` of the words and marks that correspond, ascending; a word may have several partners.

    Args:
        old, new: the normal forms of two sentences' tokens (`generator.compare.tokens.norms`).
    """
    if not old or not new:
        return []
    odds = [[_log_odds(one, other) for other in new] for one in old]
    along, across = expected(odds, _TRUST)
    alone = [[1 / (1 + math.exp(-value)) for value in row] for row in odds]
    likely = [
        [math.sqrt(along[i][j] * across[i][j]) + 0.02 * alone[i][j] for j in range(len(new))] for i in range(len(old))
    ]
    rows = [_against_rivals(row) for row in likely]
    columns = [_against_rivals(column) for column in zip(*likely, strict=True)]
    free_old = [1 - max(row) for row in alone]
    free_new: list[float] = [1 - max(column) for column in zip(*alone, strict=True)]
    threshold = math.log(CORRESPOND / (1 - CORRESPOND)) - _CONSTANT

    def circumstances(i: int, j: int) -> float:
        outdone = rows[i][j], columns[j][i]
        beside = _at(likely, i - 1, j - 1) + _at(likely, i + 1, j + 1)
        place = _logit(along[i][j]) + _logit(across[i][j])
        rivals = _LESSER * min(outdone) + _GREATER * max(outdone)
        return (
            _OWN * odds[i][j] + _PLACE * place + rivals + _NEIGHBOURS * beside + _LEFT_OVER * free_old[i] * free_new[j]
        )

    return [(i, j) for i in range(len(old)) for j in range(len(new)) if circumstances(i, j) >= threshold]


def _log_odds(one: str, other: str) -> float:
    """Return the log-odds that two words correspond, as far as they themselves show."""
    words = is_word(one), is_word(other)
    if words[0] != words[1]:
        return _ALONE + _MIXED
    little = not words[0] or one in STOP_WORDS, not words[1] or other in STOP_WORDS
    if one == other:
        return _ALONE + (_EQUAL if not little[0] else _EQUAL_STOP if words[0] else _EQUAL_MARK)
    if not words[0]:
        return _ALONE
    left, right = stem(one), stem(other)
    if left == right:
        return _ALONE + _STEM + (0.0 if any(little) else _UNLIKE)
    if any(little):
        return _ALONE
    return _ALONE + _UNLIKE + _LETTERS * _common_letters(one, other) + (_AKIN if akin(left, right) else 0.0)


def _common_letters(one: str, other: str) -> float:
    """Return the Dice coefficient of two words' pairs of letters."""
    left = {one[n : n + 2] for n in range(len(one) - 1)}
    right = {other[n : n + 2] for n in range(len(other) - 1)}
    return 2 * len(left & right) / max(1, len(left) + len(right))


def _against_rivals(values: Sequence[float]) -> list[float]:
    """Return value / (value + best other) of each."""
    order = sorted(values, reverse=True)
    second = order[1] if len(order) > 1 else 0.0
    return [value / (value + (second if value == order[0] else order[0]) + 1e-6) for value in values]


def _at(matrix: Sequence[Sequence[float]], i: int, j: int) -> float:
    return matrix[i][j] if 0 <= i < len(matrix) and 0 <= j < len(matrix[0]) else 0.0


def _logit(probability: float) -> float:
    return math.log((probability + 1e-3) / (1 - probability + 1e-3))
