"""Whether two answers to one field say the same, by the field's kind: for votes, and for the second opinion."""

import re
from collections.abc import Callable
from typing import Any

from pipeline.generate.grounding import squeeze
from schemas import US_STATES

SAME = 0.8  # likeness from which two values count as one

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WORDS_OF_PLACES = re.compile(r"\b(?:city|county|town|township|of)\b", re.IGNORECASE)
_LEGAL_FORMS = re.compile(
    r"\b(?:incorporated|inc|llc|l\.l\.c|lp|llp|ltd|limited|corp|corporation|company|co|plc|gmbh|ag|sa|the|and|an?)\b\.?",
    re.IGNORECASE,
)


def same(kind: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same.

    Args:
        kind: the field's comparator (`schemas.terms.Comparator`).
        one, other: plain or typed values; None for "not stated".

    >>> same("money", "1,450.00", 1450), same("date", "2024-03", "2024-03-15"), same("phrase", "5% of rent", "10% of rent")
    (True, True, False)
    """
    return likeness(kind, one, other) >= SAME


def likeness(kind: str, one: Any, other: Any) -> float:
    """How much two values of a field say the same, 0..1; of lists the share of items they share (F1).

    >>> likeness("names", ["Acme, Inc.", "B. Jones"], ["ACME"])
    0.6666666666666666
    """
    if one is None or other is None:
        return float(one is other)
    if kind in _LISTS or isinstance(one, list | tuple) or isinstance(other, list | tuple):
        return _shared(_LISTS.get(kind, _phrases), one, other)
    return _ALIKE.get(kind, _phrases)(one, other)


def _shared(alike: Callable[[Any, Any], float], one: Any, other: Any) -> float:
    """F1 of the items of two lists, each matched to the likest one that is left."""
    left, right = _items(one), _items(other)
    if not left or not right:
        return float(left == right)
    free, matched = set(range(len(right))), 0
    for item in left:
        best = max(free, key=lambda i: alike(item, right[i]), default=None)
        if best is not None and alike(item, right[best]) >= SAME:
            free.discard(best)
            matched += 1
    return 2 * matched / (len(left) + len(right))


def _items(value: Any) -> list[Any]:
    return [x for x in (value if isinstance(value, list | tuple) else [value]) if x not in (None, "")]


def _numbers(one: Any, other: Any) -> float:
    a, b = (_NUMBER.search(str(x).replace(",", "")) for x in (one, other))
    return float(a is not None and b is not None and abs(float(a[0]) - float(b[0])) <= 0.005 * max(1.0, float(b[0])))


def _dates(one: Any, other: Any) -> float:
    a, b = str(one).strip(), str(other).strip()
    return float(a == b or (min(len(a), len(b)) == len("2024-03") and (a.startswith(b) or b.startswith(a))))


def _letters(one: Any, other: Any) -> float:
    return float(squeeze(str(one)) == squeeze(str(other)))


def _places(one: Any, other: Any) -> float:
    return _letters(*(_WORDS_OF_PLACES.sub(" ", str(x)) for x in (one, other)))


def _states(one: Any, other: Any) -> float:
    return _letters(*(US_STATES.get(str(x).strip().upper(), x) for x in (one, other)))


def _names(one: Any, other: Any) -> float:
    """Names whatever their legal form and the order of their words."""
    a, b = (_LEGAL_FORMS.sub(" ", str(x)) for x in (one, other))
    return _words(a if squeeze(a) else str(one), b if squeeze(b) else str(other))


def _phrases(one: Any, other: Any) -> float:
    """Wordings of one thing: words of the shorter in the longer, and no number of the one against those of the other."""
    a, b = (set(_NUMBER.findall(str(x).replace(",", ""))) for x in (one, other))
    return _words(str(one), str(other)) if a <= b or b <= a else 0.0


def _words(one: str, other: str) -> float:
    from rapidfuzz.fuzz import token_set_ratio
    from rapidfuzz.utils import default_process

    if squeeze(one) == squeeze(other):
        return 1.0
    return float(token_set_ratio(one, other, processor=default_process)) / 100


_LISTS: dict[str, Callable[[Any, Any], float]] = {
    "names": _names, "items": _phrases, "texts": _phrases, "cells": _phrases,
}  # fmt: skip
_ALIKE: dict[str, Callable[[Any, Any], float]] = {
    "money": _numbers, "int": _numbers, "date": _dates, "exact": _letters, "bool": _letters, "id": _letters,
    "place": _places, "state": _states, "names1": _names, "phrase": _phrases, "address": _phrases, "text": _phrases,
    "version": _phrases,
}  # fmt: skip
