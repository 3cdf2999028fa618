"""Which articles tell the same story.

Each article becomes one sparse vector: its words, its names, and its first words once more, weighed by rarity. Names
count for less than what is said of them, since the same people are in the news with another thing tomorrow. Rarity is
counted in the articles at hand and in an imagined background of ordinary news, so that a folder with a single story,
whose own words are all frequent, still holds together. Groups are built by average linkage: an article joins a group it
resembles on average, and one resembling pair does not chain two stories together. What holds together much better than
it holds to another group, as two events of the same people do, stays apart from it.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator.compare.common import telling
from generator.compare.duplicates import near_duplicates
from generator.compare.text import STOP_WORDS, normal, stem
from generator.model import Article

__all__ = ["group", "near_duplicates"]

#: Average similarity from which articles tell one story.
SAME_STORY = 0.18
#: Two groups must resemble each other by so much of what the articles of the closer one do on average, and by so much
#: of what those of the looser one do; each counted up to a cap, since copies of a text resemble each other more.
_CLOSER, _CLOSER_CAP = 0.6, 0.4
#: The same of one or two articles that would join a group: they have little to hold together by themselves, and are
#: most often the same people's next story.
_CLOSER_OF_FEW, _FEW = 0.63, 2
_LOOSER, _LOOSER_CAP = 0.8, 0.3
#: Similarities below this are taken for none at all.
_NONE = 0.05
#: Size of the imagined background, and the share of its articles that hold a word of each class of `common`.
_BACKGROUND = 200
_SPREAD = ((0.5, 0.3), (0.9, 0.05), (1.0, 0.01))
#: Weights of the three views of an article: words, names, the first words.
_WORDS, _NAMES, _LEAD = 0.45, 0.2, 0.35
#: Where more of an article's words than this have capitals, capitals make no names: German, or a text of headlines.
_CAPITALS = 0.5
_LEAD_LENGTH = 25
#: How many of an article's heaviest words look for candidates, and how many articles may share such a word.
_PROBES, _CROWD = 24, 150
#: What these words must add up to, for the whole cosine to be computed.
_WORTHWHILE = 0.02
#: Before the words of the third view, which look for no candidates; `^` stands before those of the second.
_LEADING = ">"

_ADDRESS = re.compile(r"\]\([^)\s]*\)|https?://\S+|www\.\S+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Profile:
    """What grouping needs to know of an article."""

    words: Mapping[str, int]
    names: Mapping[str, int]
    lead: Mapping[str, int]
    day: int | None


def group(articles: Sequence[Article | str], *, days: int = 14) -> list[list[int]]:
    """Return same-story groups as indices: ascending within a group, groups by their first index.

    Args:
        articles: articles, or their bare texts; Markdown is read as text.
        days: articles whose stated dates lie further apart are never in one group.

    Every index is in exactly one group, and the groups do not depend on the order of the articles.

    >>> bridge = "Cracks in its bearings have closed Bergvik harbour bridge to lorries, the engineer Okafor said."
    >>> ferry = "Lorries may not cross Bergvik harbour bridge: Okafor, the engineer, found cracks in its bearings."
    >>> budget = "Parliament passed the budget after a night of talks, with nobody content."
    >>> group([bridge, budget, ferry])
    [[0, 2], [1]]
    """
    texts = [_text(article) for article in articles]
    stated = [article.date if isinstance(article, Article) else "" for article in articles]
    order = sorted(range(len(articles)), key=lambda n: (texts[n], stated[n]))
    stems: dict[str, str] = {}
    profiles = [_profile(texts[n], stated[n], stems) for n in order]
    merged = _linked(_similarities(_vectors(profiles)), [profile.day for profile in profiles], days)
    return sorted(sorted(order[member] for member in members) for members in merged)


def _text(article: Article | str) -> str:
    return article if isinstance(article, str) else f"{article.title}\n{article.body}"


def _profile(text: str, stated: str, stems: dict[str, str]) -> _Profile:
    words: Counter[str] = Counter()
    names: Counter[str] = Counter()
    lead: Counter[str] = Counter()
    begun = 0
    for printed in _printed_words(_ADDRESS.sub(" ", text)):
        word = stems.get(printed)
        if word is None:
            word = stems[printed] = _stemmed(printed)
        if not word:
            continue
        words[word] += 1
        names[word] += printed[0].isupper()
        begun += 1
        lead[word] += begun <= _LEAD_LENGTH
    return _Profile(
        words,
        {word: words[word] for word, count in names.items() if 2 * count >= words[word]},
        {word: count for word, count in lead.items() if count},
        _day(stated),
    )


def _printed_words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        run = match[0]
        if _UNSPACED.search(run):
            yield from (run[n : n + 2] for n in range(max(1, len(run) - 1)))
        else:
            yield run


def _stemmed(printed: str) -> str:
    """Return the stem of a word, empty for one that says nothing."""
    norm = normal(printed)
    return "" if len(norm) < 2 or norm in STOP_WORDS else stem(norm)


def _day(stated: str) -> int | None:
    try:
        return date.fromisoformat(stated[:10]).toordinal()
    except ValueError:
        return None


# ---------------------------------------------------------------------------- likeness


def _vectors(profiles: Sequence[_Profile]) -> list[dict[str, float]]:
    """Return a vector of length 1 for each article; its three views are told apart by a sign before the word."""
    spread = Counter(word for profile in profiles for word in profile.words)
    rarity = {word: _rarity(word, count, len(profiles)) for word, count in spread.items()}
    return [
        _unit("", _scaled(_plain(profile), math.sqrt), rarity, _WORDS)
        | _unit("^", _scaled(profile.names, _logarithmic), rarity, _NAMES)
        | _unit(">", dict.fromkeys(profile.lead, 1.0), rarity, _LEAD)
        for profile in profiles
    ]


def _plain(profile: _Profile) -> Mapping[str, int]:
    """Return the words of an article that are no names."""
    if len(profile.names) > _CAPITALS * len(profile.words):
        return profile.words
    return {word: count for word, count in profile.words.items() if word not in profile.names}


def _rarity(word: str, count: int, total: int) -> float:
    share = next(share for least, share in _SPREAD if telling(word) <= least)
    return max(0.0, math.log((total + _BACKGROUND) / (count + share * _BACKGROUND)))


def _scaled(counts: Mapping[str, int], scale: Callable[[float], float]) -> dict[str, float]:
    return {word: scale(count) for word, count in counts.items()}


def _logarithmic(count: float) -> float:
    return 1 + math.log(count)


def _unit(sign: str, view: Mapping[str, float], rarity: Mapping[str, float], weight: float) -> dict[str, float]:
    found = {sign + word: view[word] * rarity[word] for word in sorted(view)}
    norm = math.sqrt(math.fsum(value * value for value in found.values()))
    scale = math.sqrt(weight) / norm if norm else 0.0
    return {key: value * scale for key, value in found.items()}


def _similarities(vectors: Sequence[Mapping[str, float]]) -> dict[tuple[int, int], float]:
    """Return the cosines, from `_NONE` up, of the pairs that share enough of what is rare and heavy in one of them.

    The index holds the words of the articles before; only the heaviest of each article's own look into it, so the
    time grows with the number of articles that share a rare word, not with that of pairs.
    """
    spread = Counter(key for one in vectors for key in one if key[0] != _LEADING)
    index: dict[str, list[tuple[int, float]]] = {}
    out: dict[tuple[int, int], float] = {}
    for number, one in enumerate(vectors):
        rare = [key for key in one if 1 < spread[key] <= _CROWD]
        for other in _neighbours(one, rare, index):
            likeness = _cosine(one, vectors[other])
            if likeness >= _NONE:
                out[other, number] = likeness
        for key in rare:
            index.setdefault(key, []).append((number, one[key]))
    return out


def _neighbours(
    one: Mapping[str, float], rare: Sequence[str], index: Mapping[str, Sequence[tuple[int, float]]]
) -> list[int]:
    """Return the articles in the index whose cosine with this one is worth computing, ascending."""
    partial: dict[int, float] = {}
    for key in sorted(rare, key=lambda key: (-one[key], key))[:_PROBES]:
        weight = one[key]
        for other, value in index.get(key, ()):
            partial[other] = partial.get(other, 0.0) + weight * value
    return sorted(other for other, value in partial.items() if value >= _WORTHWHILE)


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(value * other[key] for key, value in one.items() if key in other)


# ---------------------------------------------------------------------------- groups


def _linked(likeness: Mapping[tuple[int, int], float], day: Sequence[int | None], days: int) -> list[list[int]]:
    """Return groups by average linkage down to `SAME_STORY` (Sokal & Michener 1958), ties by the smaller numbers.

    Works on sums of similarities between groups that have any; a pair without a similarity counts as 0.
    """
    members = {n: [n] for n in range(len(day))}
    inside = dict.fromkeys(members, 0.0)
    span = {n: (at, at) if at is not None else None for n, at in enumerate(day)}
    sums: dict[int, dict[int, float]] = {n: {} for n in members}
    heap: list[tuple[float, int, int]] = []
    for (i, j), value in sorted(likeness.items()):
        sums[i][j] = sums[j][i] = value
        if value >= SAME_STORY:
            heap.append((-value, i, j))
    heapq.heapify(heap)
    while heap:
        negative, i, j = heapq.heappop(heap)
        if i not in members or j not in members or -negative != _average(sums, members, i, j):
            continue
        joint = _joint(span[i], span[j])
        looser, closer = sorted(_cohesion(inside[n], len(members[n])) for n in (i, j))
        share = _CLOSER_OF_FEW if min(len(members[i]), len(members[j])) <= _FEW else _CLOSER
        asked = max(share * min(_CLOSER_CAP, closer), _LOOSER * min(_LOOSER_CAP, looser))
        if (joint and joint[1] - joint[0] > days) or -negative < asked:
            continue
        inside[i] = math.fsum((inside[i], inside[j], sums[i][j]))
        _merge(members, sums, i, j)
        span[i] = joint
        for k in sorted(sums[i]):
            low, high = min(i, k), max(i, k)
            if (average := _average(sums, members, low, high)) >= SAME_STORY:
                heapq.heappush(heap, (-average, low, high))
    return list(members.values())


def _average(sums: Mapping[int, Mapping[int, float]], members: Mapping[int, list[int]], i: int, j: int) -> float:
    return sums[i].get(j, 0.0) / (len(members[i]) * len(members[j]))


def _cohesion(similarity: float, size: int) -> float:
    """Return the average similarity of the pairs within a group; none for one article alone."""
    return similarity / (size * (size - 1) / 2) if size > 1 else 0.0


def _joint(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _merge(members: dict[int, list[int]], sums: dict[int, dict[int, float]], i: int, j: int) -> None:
    """Put group j into group i, adding up their similarities to every other group."""
    members[i] += members.pop(j)
    gone = sums.pop(j)
    sums[i].pop(j, None)
    gone.pop(i, None)
    for k, value in sorted(gone.items()):
        del sums[k][j]
        sums[i][k] = sums[k][i] = sums[i].get(k, 0.0) + value
