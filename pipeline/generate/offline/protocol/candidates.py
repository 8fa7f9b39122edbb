"""Candidates for a field, weighed by where they come from; those that say the same strengthen each other."""

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from schemas import FieldAnswer, Quote

_MOST = 0.98
_QUOTE = 300  # characters of the text a quote shows at most


class Candidate(NamedTuple):
    """A value read at `start`..`end` of the text; `weight` (0..1) is how often such a reading alone is right.

    Readings with the same `source` are no independent witnesses: only the best of them counts.
    """

    value: Any
    weight: float
    start: int
    end: int
    source: str = ""


def fold(value: Any) -> str:
    """What two readings of one value have in common: letters and digits.

    >>> fold("Version 2.0 "), fold("NCT 01")
    ('version20', 'nct01')
    """
    return re.sub(r"[\W_]+", "", str(value).casefold())


def choose(
    text: str, candidates: Iterable[Candidate], key: Callable[[Any], object] = fold, at_least: float = 0.3
) -> FieldAnswer:
    """The value with the best support; independent readings add up as 1 - (1 - a)(1 - b).

    Args:
        text: the document's text, which the quotes are cut from.
        candidates: readings with their weights.
        key: what makes two readings the same.
        at_least: support under which the field stays empty.

    >>> found = [Candidate("3", 0.5, 0, 1), Candidate("2", 0.6, 1, 2), Candidate("3", 0.5, 2, 3)]
    >>> answer = choose("3 2", found)
    >>> answer.value, round(answer.confidence, 2)
    ('3', 0.53)
    """
    groups: dict[object, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(key(candidate.value), []).append(candidate)
    ranked = sorted(((_support(group), group) for group in groups.values()), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < at_least:
        return FieldAnswer()
    support, group = ranked[0]
    rival = ranked[1][0] if len(ranked) > 1 else 0.0
    best = max(group, key=lambda c: c.weight)
    places = sorted({(c.start, c.end) for c in group}, key=lambda p: p != (best.start, best.end))[:2]
    return FieldAnswer(best.value, quotes(text, places), round(support * (1 - rival / 2), 3))


def quotes(text: str, places: Iterable[tuple[int, int]]) -> tuple[Quote, ...]:
    """Quotes of the document at these places, each cut to a short slice."""
    return tuple(
        Quote(text[start : min(end, start + _QUOTE)], start, min(end, start + _QUOTE))
        for start, end in places
        if 0 <= start < end
    )


def calibrated(support: float) -> float:
    """The share of readings with this support that are right, as measured on labelled protocols: more than the weights say.

    >>> [calibrated(s) for s in (0.0, 0.4, 0.6, 0.95)]
    [0.0, 0.64, 0.84, 0.99]
    """
    return round(min(0.99, 1 - (1 - support) ** 2), 3)


def _support(group: list[Candidate]) -> float:
    best: dict[str, float] = {}
    for number, candidate in enumerate(group):
        source = candidate.source or str(number)
        best[source] = max(best.get(source, 0.0), candidate.weight)
    missing = 1.0
    for weight in best.values():
        missing *= 1 - min(weight, _MOST)
    return min(1 - missing, _MOST)
