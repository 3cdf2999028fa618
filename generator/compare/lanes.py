"""All readings of a story at once, by arrays; the model and its one way without them are `generator.compare.order`'s.

A lane is one text read against another at one freedom. A story of n tellings has 4·n·(n - 1) of them, which know
nothing of each other: what `order` does with one number after another is done here with one row after another, a number
for every lane, in the same order, so that both give the same to the last bit. Lanes of several sizes are padded with
places that fit nothing; zeros leave no trace in a sum.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
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
    gone = _gone_through(lanes)
    likelihoods = dict(zip(order, zip(*[iter(gone.likelihoods)] * _EACH, strict=True), strict=True))
    shares: dict[int, list[float]] = {}
    for n in range(0, len(texts), 2):
        shares[n] = shares[n + 1] = shares_of(list(zip(likelihoods[n], likelihoods[n + 1], strict=True)))
    likely = _likely(lanes, gone, np.array([share for n in order for share in shares[n]]))
    found = {n: likely[: len(texts[n].fit), : texts[n].fit.shape[1], at] for at, n in enumerate(order)}
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

    def having(self) -> list[int]:
        """Return of how many lanes there is each sentence: of the first so many."""
        found: list[int] = self.np.searchsorted(-self.sentences, -self.np.arange(len(self.fit))).tolist()
        return found


# ---------------------------------------------------------------------------- forward and backward


@dataclass(frozen=True, slots=True)
class _Gone:
    """What is known of lanes that were gone through from both ends; by sentences and places."""

    moved: Array
    """As in `order._Reading`; this and the next are anything where a lane has no more sentences."""
    places: Array
    ahead: Array
    """What each place may expect of all sentences behind, but for a factor a sentence."""
    likelihoods: list[float]


def _gone_through(lanes: _Lanes) -> _Gone:
    """Return what is known of lanes when they are gone through, forward and backward in one.

    The second half of all columns goes from the last sentence to the first, and in each from the last place to the
    first, in which order a step back is a step on. What is multiplied in one half alone is 1 in the other. All lanes
    take all steps: arrays of which every number is wanted are worked on several times as fast as parts of them.
    """
    np, (depth, width, count) = lanes.np, lanes.fit.shape
    none, back = np.ones((width, count)), lanes.fit[::-1, ::-1]
    fit, fit_back = np.ones((width, 2 * count)), np.ones((width, 2 * count))
    shares, shares_back = _beside(np, lanes.shares, none), _beside(np, none, lanes.shares[::-1])
    there = _beside(np, none, lanes.ahead[::-1] > 0)
    unmatched, having = _beside(np, none * UNMATCHED, none), lanes.having()
    scale, room, anywhere = np.zeros(count, dtype=int), _Room.of(lanes), np.tile(lanes.anywhere, 2)
    moved, states = np.empty_like(lanes.fit), np.empty((depth, width, 2 * count))
    moved[0] = lanes.start
    states[0] = state = _beside(np, lanes.start * (lanes.fit[0] + UNMATCHED), lanes.ahead[::-1])
    here, spare, sums = (np.empty_like(state) for _ in range(3))
    for read in range(1, depth):
        after = states[read]
        unmatched[:, count : count + having[depth - read]] = UNMATCHED
        fit[:, :count], fit_back[:, count:] = lanes.fit[read], back[read - 1]
        total = np.add.accumulate(np.multiply(state, fit_back, spare), axis=0, out=sums)[-1]
        np.multiply(spare, shares, room.values)
        room.come(here)
        here *= shares_back
        here += anywhere * total
        moved[read] = here[:, :count]
        np.multiply(here, fit, after)
        after += np.multiply(state, unmatched, spare)
        state = after
        if read >= CALM:
            state, power = _scaled(np, after, there)
            after[:, count:] = state[:, count:]
            scale += np.where(lanes.sentences > read + 1, power[:count], 0)
    places = states[:, :, :count]
    last = places[lanes.sentences - 1, :, np.arange(count)].T
    totals = np.add.accumulate(last * lanes.ahead, axis=0)[-1].tolist()
    likelihoods = [math.log(total) - power * math.log(2) for total, power in zip(totals, scale.tolist(), strict=True)]
    return _Gone(moved, places, states[::-1, ::-1, count:], likelihoods)


def _likely(lanes: _Lanes, gone: _Gone, share: Array) -> Array:
    """Return how likely each sentence of each text matches at each place, of all freedoms what each has to say."""
    np = lanes.np
    found = gone.places * gone.ahead
    total = found[:, -1].copy()
    for place in range(found.shape[1] - 2, -1, -1):  # a row for all lanes at once, where one sum after another is slow
        total += found[:, place]
    np.multiply(lanes.fit, gone.ahead, found)
    found *= gone.moved
    found *= (share / np.where(total > 0, total, 1.0))[:, None]
    first, *others = np.moveaxis(found.reshape(*found.shape[:2], -1, _EACH), 3, 0)
    for other in others:
        first = first + other
    return first


def _beside(np: ModuleType, one: Array, other: Array) -> Array:
    return np.concatenate((one, other), axis=1)


def _scaled(np: ModuleType, values: Array, there: Array) -> tuple[Array, Array]:
    """Return *values* as `order` scales them, lane by lane, by the greatest that is *there*, and by which powers."""
    _, power = np.frexp((values * there).max(axis=0))
    power = np.where(abs(power) < RANGE, 0, -power)
    return (np.ldexp(values, power), power) if power.any() else (values, power)


@dataclass(frozen=True, slots=True)
class _Room:
    """Where the steps of lanes are worked out, forward and backward beside one another."""

    np: ModuleType
    values: Array
    """What each place is worth before a step."""
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
    def of(cls, lanes: _Lanes) -> _Room:
        """Return room for lanes."""
        np, width, count = lanes.np, len(lanes.start), 2 * len(lanes.sentences)
        padded, far, gone = np.zeros((width + 5, count)), np.zeros((width, count)), np.zeros((width, count))
        taps = np.tile(np.array(lanes.taps)[:, None], (width, 2))
        return cls(
            np,
            padded[3 : 3 + width],
            np.empty((width, count)),
            tuple(zip(taps, [*(padded[5 - step :][:width] for step in range(5)), far], strict=True)),
            tuple(
                (np.tile(past, (width - lag, 2)), padded[3 : 3 + width - lag], gone[lag:])
                for lag, past in lanes.past
                if lag < width
            ),
            (padded[3:width], gone[3:], far[3:]),
            tuple(zip(far[3:], far[2:], strict=False)),
            np.full(count, FALL),
            np.empty(count),
        )

    def come(self, out: Array) -> None:
        """Put into *out* what gets to each place by a step."""
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
