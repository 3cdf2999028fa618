"""All readings of a story at once, by arrays; the model and its one way without them are `generator.compare.order`'s.

A lane is one text read against another at one freedom. A story of n tellings has 4·n·(n - 1) of them, which know
nothing of each other: what `order` does with one number after another is done here with one row after another, a number
for every lane, in the same order, so that both give the same to the last bit. Lanes of several sizes are padded with
places that fit nothing; zeros leave no trace in a sum.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, TypeVar

from generator.compare.order import (
    CALM,
    FALL,
    FREEDOMS,
    LEAST,
    MOST,
    OFFSET,
    RANGE,
    TRUST,
    UNMATCHED,
    Steps,
    near_the_end,
    shares_of,
)
from generator.values import dataclass

_Key = TypeVar("_Key")
Array = Any
"""Of numpy: the last axis is the lanes', the one before it the places'."""

#: A text is read so often against another.
_EACH = len(FREEDOMS)
#: So many numbers, at most, stand in a row for each place of a batch: what is at work then lies near the processor.
_ROOM = 8192
#: A batch of enough lanes takes no text that is so much narrower than the widest.
_ENOUGH, _NARROWER = 160, 0.75


def fits(np: ModuleType, odds: Array) -> Array:
    """Return how well sentences fit each other by their log-odds, times the probability that they match at all."""
    counted = np.clip(odds, LEAST / TRUST - OFFSET, MOST / TRUST - OFFSET)
    return (1 - UNMATCHED) * _exp(np, TRUST * (counted + OFFSET))


def unordered(np: ModuleType, fit: Array) -> tuple[Array, Array]:
    """Return what `order.unordered` does of two texts, given how well their sentences fit."""
    return _anywhere(np, fit), _anywhere(np, fit.T).T


def _anywhere(np: ModuleType, fit: Array) -> Array:
    return fit / (np.fromiter(map(math.fsum, fit.tolist()), float) + UNMATCHED * fit.shape[1])[:, None]


def read(np: ModuleType, fit: Mapping[_Key, Array]) -> Iterator[tuple[_Key, tuple[Array, Array]]]:
    """Yield what `order.expected` returns for each of many pairs of texts, as arrays and in any order.

    Args:
        np: numpy.
        fit: how well each pair's sentences fit; none is empty.
    """
    for pairs in _batches(fit):
        yield from zip(pairs, _read(np, [fit[pair] for pair in pairs]), strict=True)


def _batches(fit: Mapping[_Key, Array]) -> Iterator[list[_Key]]:
    """Yield pairs of much the same size, as many as are best read at once."""
    size = {pair: max(block.shape) for pair, block in fit.items()}
    batch: list[_Key] = []
    for pair in sorted(fit, key=lambda pair: -size[pair]):
        lanes, widest = 2 * _EACH * len(batch), size[batch[0]] if batch else 0
        if lanes * widest >= _ROOM or (lanes >= _ENOUGH and size[pair] < _NARROWER * widest):
            yield batch
            batch = []
        batch.append(pair)
    if batch:
        yield batch


def _read(np: ModuleType, fit: Sequence[Array]) -> list[tuple[Array, Array]]:
    """Return for each pair the probabilities along the rows and along the columns."""
    texts = [text for block in fit for text in _texts(block)]
    order = sorted(range(len(texts)), key=lambda n: -len(texts[n].fit))
    lanes = _Lanes.of(np, [texts[n] for n in order])
    moved, places, said = _forward(lanes)
    likelihoods = dict(zip(order, zip(*[iter(said)] * _EACH, strict=True), strict=True))
    shares: dict[int, list[float]] = {}
    for n in range(0, len(texts), 2):
        shares[n] = shares[n + 1] = shares_of(list(zip(likelihoods[n], likelihoods[n + 1], strict=True)))
    share = [share for n in order for share in shares[n]]
    kept = [lane for lane, part in enumerate(share) if part]
    if len(kept) < len(share):
        lanes, moved, places = lanes.only(kept), moved.take(kept, axis=2), places.take(kept, axis=2)
    _backward(lanes, moved, places, np.array([share[lane] for lane in kept]))
    whole = np.zeros((*moved.shape[:2], len(texts)))
    text, freedom = np.divmod(kept, _EACH)
    for each in range(_EACH):
        some = np.flatnonzero(freedom == each)
        whole[:, :, text[some]] += moved[:, :, some]
    found = {n: whole[: len(texts[n].fit), : texts[n].fit.shape[1], at] for at, n in enumerate(order)}
    return [(found[n], found[n + 1].T) for n in range(0, len(texts), 2)]


# ---------------------------------------------------------------------------- lanes


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it is read against another."""

    fit: Array
    """Sentences by places: how well each fits each, times the probability that it matches at all."""
    steps: Steps


def _texts(fit: Array) -> tuple[_Text, _Text]:
    """Return the texts of the rows and of the columns, each as it is read against the other."""
    rows, columns = fit.shape
    pace = columns / rows
    return _Text(fit, Steps.of(columns, pace)), _Text(fit.T, Steps.of(rows, 1 / pace))


def _exp(np: ModuleType, values: Array) -> Array:
    """Return what Python holds to be e to the power of each; numpy may hold otherwise, in the last bit."""
    return np.fromiter(map(math.exp, values.ravel().tolist()), float, values.size).reshape(values.shape)


@dataclass(frozen=True, slots=True)
class _Lanes:
    """Texts as they are read, the longest first, each at every freedom; what there is of one, in a row for all."""

    np: ModuleType
    fit: Array
    """By sentences and places; zero where a text has none."""
    sentences: Array
    """How many each has."""
    start: Array
    ahead: Array
    """What each place is worth at the end."""
    shares: Array
    """As in `Steps`; this and the two above are zero where a text has no place."""
    taps: tuple[Array, ...]
    past: tuple[tuple[int, Array], ...]
    """How far behind its place a step is past the longest, and what is then left of its weight; by distance."""
    anywhere: Array
    """Probability of each place to be jumped to."""

    @classmethod
    def of(cls, np: ModuleType, texts: Sequence[_Text]) -> _Lanes:
        """Return the lanes of texts."""
        sizes = [text.fit.shape for text in texts]
        width = max(places for _, places in sizes)
        fit = np.zeros((sizes[0][0], width, len(texts)))
        for n, text in enumerate(texts):
            fit[: sizes[n][0], : sizes[n][1], n] = text.fit

        columns = [
            [
                [*one, *[0.0] * (width - places)]
                for one in (text.steps.start, near_the_end(places), text.steps.shares, [1.0] * places)
            ]
            for text, (_, places) in zip(texts, sizes, strict=True)
        ]
        start, near, shares, there = np.repeat(np.array(columns).transpose(1, 2, 0), _EACH, axis=2)
        freedom = np.tile(np.array(FREEDOMS), len(texts))
        stays, anywhere = 1 - freedom, freedom / np.repeat([float(places) for _, places in sizes], _EACH)
        lags = np.repeat([len(text.steps.none) for text in texts], _EACH)
        past = np.repeat([text.steps.past for text in texts], _EACH)
        return cls(
            np,
            np.repeat(fit, _EACH, axis=2),
            np.repeat([sentences for sentences, _ in sizes], _EACH),
            (stays * start + anywhere) * there,
            (stays * near + freedom) * there,
            shares,
            tuple(np.repeat(np.array([text.steps.taps for text in texts]).T, _EACH, axis=1) * stays),
            tuple((lag, np.where(lags == lag, past, 0.0)) for lag in sorted({len(text.steps.none) for text in texts})),
            anywhere,
        )

    def only(self, kept: Sequence[int]) -> _Lanes:
        """Return some of the lanes."""
        return self._each(lambda values: values.take(kept, axis=-1))

    def first(self, count: int) -> _Lanes:
        """Return the first lanes; nothing is copied."""
        return self._each(lambda values: values[..., :count])

    def _each(self, some: Callable[[Array], Array]) -> _Lanes:
        return _Lanes(
            self.np,
            some(self.fit),
            some(self.sentences),
            some(self.start),
            some(self.ahead),
            some(self.shares),
            tuple(map(some, self.taps)),
            tuple((lag, some(past)) for lag, past in self.past),
            some(self.anywhere),
        )

    def having(self) -> list[int]:
        """Return of how many lanes there is each sentence: of the first so many."""
        found: list[int] = self.np.searchsorted(-self.sentences, -self.np.arange(len(self.fit))).tolist()
        return found


# ---------------------------------------------------------------------------- forward and backward


def _forward(lanes: _Lanes) -> tuple[Array, Array, list[float]]:
    """Return `moved` and `places` of `order._Reading`, by sentences and places, and each lane's likelihood.

    Both are zero where a lane has no more sentences.
    """
    np = lanes.np
    moved, places = np.zeros(lanes.fit.shape), np.zeros(lanes.fit.shape)
    scale = np.zeros(len(lanes.sentences), dtype=int)
    having = lanes.having()
    moved[0] = lanes.start
    np.multiply(lanes.start, lanes.fit[0] + UNMATCHED, places[0])
    room = _Room.of(lanes)
    for read in range(1, len(moved)):
        count = having[read]
        if count < having[read - 1]:
            room = _Room.of(lanes.first(count))
        place, here, after = places[read - 1, :, :count], moved[read, :, :count], places[read, :, :count]
        if read >= CALM:
            place, power = _scaled(np, place)
            scale[:count] += power
        anywhere = room.anywhere * room.total(place)
        np.multiply(place, room.shares, room.values)
        room.come(here)
        here += anywhere
        np.multiply(here, lanes.fit[read, :, :count], after)
        np.multiply(place, UNMATCHED, room.spare)
        after += room.spare
    last = places[lanes.sentences - 1, :, np.arange(len(lanes.sentences))].T
    totals = np.add.accumulate(last * lanes.ahead, axis=0)[-1].tolist()
    return (
        moved,
        places,
        [math.log(total) - power * math.log(2) for total, power in zip(totals, scale.tolist(), strict=True)],
    )


def _backward(lanes: _Lanes, moved: Array, places: Array, shares: Array) -> None:
    """Make of `moved` how likely each sentence matches at each place, what comes behind it known too, times *shares*.

    Places are gone through from the last to the first, in which order a step back is a step on.
    """
    np = lanes.np
    fit, moved, places = lanes.fit[:, ::-1], moved[:, ::-1], places[:, ::-1]
    worth, there = lanes.ahead[::-1].copy(), lanes.ahead[::-1] > 0
    having = [*lanes.having(), 0]
    for left in range(len(moved) - 1, -1, -1):
        count = having[left]
        if count > having[left + 1]:
            room = _Room.of(lanes.first(count), backward=True)
        ahead, found = worth[:, :count], moved[left, :, :count]
        part = shares[:count] / room.total(np.multiply(places[left, :, :count], ahead, room.spare))
        np.multiply(fit[left, :, :count], ahead, room.values)
        found *= room.values
        found *= part
        if left:
            come = room.come(room.spare)
            come *= room.shares
            come += room.anywhere * room.total(room.values)
            ahead *= UNMATCHED
            ahead += come
            if len(moved) - left >= CALM:
                ahead[...] = _scaled(np, ahead, there[:, :count])[0]


def _scaled(np: ModuleType, values: Array, there: Array = True) -> tuple[Array, Array]:
    """Return *values* as `order` scales them, lane by lane, by the greatest that is *there*, and by which powers."""
    _, power = np.frexp((values * there).max(axis=0))
    power = np.where(abs(power) < RANGE, 0, -power)
    return (np.ldexp(values, power), power) if power.any() else (values, power)


@dataclass(frozen=True, slots=True)
class _Room:
    """Where the steps of lanes are worked out; places are in the order in which they are gone through."""

    np: ModuleType
    values: Array
    """What each place is worth before a step."""
    shares: Array
    anywhere: Array
    spare: Array
    sums: Array
    terms: tuple[tuple[Array, Array], ...]
    """Weights of the steps from two back to three on, and what each place gets by such a step."""
    past: tuple[tuple[Array, Array, Array], ...]
    """Weights of the steps past the longest, what gets there by one, and where that is noted."""
    third: tuple[Array, Array, Array]
    """Of all places that a step of three gets to: what does, what is past there, and what gets there by three or more.
    """
    far: tuple[tuple[Array, Array], ...]
    """Of each of these the last, and that of the place before it."""
    fall: Array
    kept: Array
    """What gets to a place from the one before it."""

    @classmethod
    def of(cls, lanes: _Lanes, *, backward: bool = False) -> _Room:
        """Return room for lanes."""
        np, (width, count) = lanes.np, lanes.start.shape
        padded, far, gone = np.zeros((width + 5, count)), np.zeros((width, count)), np.zeros((width, count))
        return cls(
            np,
            padded[3 : 3 + width],
            lanes.shares[::-1] if backward else lanes.shares,
            lanes.anywhere,
            np.empty((width, count)),
            np.empty((width, count)),
            tuple(zip(lanes.taps, [*(padded[5 - step :][:width] for step in range(5)), far], strict=True)),
            tuple((past, padded[3 : 3 + width - lag], gone[lag:]) for lag, past in lanes.past if lag < width),
            (padded[3:width], gone[3:], far[3:]),
            tuple(zip(far[3:], far[2:], strict=False)),
            np.full(count, FALL),
            np.empty(count),
        )

    def total(self, values: Array) -> Array:
        """Return, until the next step, the sum over all places, each number added to those before it together."""
        return self.np.add.accumulate(values, axis=0, out=self.sums)[-1]

    def come(self, out: Array) -> Array:
        """Put into *out* what gets to each place by a step, and return it."""
        multiply, add, fall, kept, sums = self.np.multiply, self.np.add, self.fall, self.kept, self.sums
        for number, (past, values, gone) in enumerate(self.past):
            if number:
                gone += past * values
            else:
                multiply(values, past, gone)
        self.np.subtract(*self.third)
        for far, before in self.far:
            add(far, multiply(before, fall, kept), far)
        for number, (tap, values) in enumerate(self.terms):
            if number:
                add(out, multiply(values, tap, sums), out)
            else:
                multiply(values, tap, out)
        return out
