"""How two values of a field are compared, by the field's kind; each comparator gives a credit from 0 to 1."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from rapidfuzz import fuzz

from schemas import US_STATES

Comparator = Callable[[Any, Any], float]

_LEGAL = re.compile(
    r"\b(incorporated|inc|llc|l l c|lp|l p|llp|ltd|limited|corp|corporation|company|co|plc|the|and|a|partnership"
    r"|liability|gmbh|ag|sa|s a)\b"
)
_DASHES_AND_QUOTES = str.maketrans({"’": "'", "–": "-", "—": "-", "“": '"', "”": '"'})


def credit(kind: str, predicted: Any, right: Sequence[Any]) -> float:
    """The credit a prediction earns: the best over the values that count as right.

    Args:
        kind: the field's comparator (`schemas.terms.Comparator`).
        predicted: the value, None if nothing was said.
        right: the values that count as right; empty if the document does not say.

    >>> credit("money", "1,450.00", [1450]), credit("names", ["Acme"], [["Acme, Inc.", "B. Jones"]])
    (1.0, 0.6666666666666666)
    """
    predicted = None if predicted in ("", []) else predicted
    if not right:
        return float(predicted is None)
    return max(_compare(kind, predicted, value) for value in right)


def _compare(kind: str, predicted: Any, right: Any) -> float:
    if predicted is None or right is None:
        return float(predicted is right)
    return COMPARATORS[kind](predicted, right)


def fold(value: Any) -> str:
    """Case, white space, dashes and quotation marks folded away."""
    text = unicodedata.normalize("NFKC", str(value)).casefold().translate(_DASHES_AND_QUOTES)
    return re.sub(r"\s+", " ", text).strip()


def words(value: Any) -> str:
    """Only letters and digits, single spaces between."""
    return re.sub(r"[^a-z0-9]+", " ", fold(value)).strip()


def party(value: Any) -> str:
    """A name without its legal form."""
    return re.sub(r"\s+", " ", _LEGAL.sub(" ", words(value))).strip() or words(value)


def number(value: Any) -> float | None:
    """The first number of a value; None if there is none (booleans are no numbers)."""
    if isinstance(value, bool):
        return None
    match = re.search(r"-?\d[\d,]*(?:\.\d+)?", str(value))
    return float(match.group().replace(",", "")) if match else None


def _exact(p: Any, g: Any) -> float:
    return float(fold(p) == fold(g))


def _id(p: Any, g: Any) -> float:
    return float(words(p).replace(" ", "") == words(g).replace(" ", ""))


def _place(p: Any, g: Any) -> float:
    def bare(value: Any) -> list[str]:
        return re.sub(r"\b(city|county|town|of|township)\b", " ", words(value)).split()

    return float(bare(p) == bare(g))


def _state(p: Any, g: Any) -> float:
    def full(value: Any) -> str:
        return fold(US_STATES.get(str(value).strip().upper(), value))

    return float(full(p) == full(g))


def _date(p: Any, g: Any) -> float:
    return float(str(p) == str(g) or (len(str(g)) == 7 and str(p).startswith(str(g))))


def _money(p: Any, g: Any) -> float:
    a, b = number(p), number(g)
    return float(a is not None and b is not None and abs(a - b) <= 0.005 * max(1.0, abs(b)))


def _int(p: Any, g: Any) -> float:
    a = number(p)
    return float(a is not None and a == number(g))


def _bool(p: Any, g: Any) -> float:
    return float(bool(p) == bool(g))


def _version(p: Any, g: Any) -> float:
    return float(words(p) == words(g) or fuzz.token_set_ratio(words(p), words(g)) >= 95)


def _phrase(p: Any, g: Any) -> float:
    a, b = words(p), words(g)
    return float(a == b or (min(len(a), len(b)) > 2 and fuzz.token_set_ratio(a, b) >= 75))


def _address(p: Any, g: Any) -> float:
    a, b = words(p), words(g)
    wanted = set(re.findall(r"\d+", b))
    shared = wanted & set(re.findall(r"\d+", a))
    return float(fuzz.token_set_ratio(a, b) >= 80 and (not wanted or bool(shared)))


def _text_similarity(p: Any, g: Any) -> float:
    a, b = words(p), words(g)
    n = min(len(a), len(b), 160)
    whole = fuzz.token_set_ratio(a[:300], b[:300]) if min(len(a), len(b)) > 25 else 0.0
    return max(fuzz.ratio(a[:n], b[:n]), whole)


def _text(p: Any, g: Any) -> float:
    return float(_text_similarity(p, g) >= 88)


def _name(p: Any, g: Any) -> float:
    return float(fuzz.token_set_ratio(party(p), party(g)) >= 88)


def _name_similarity(p: Any, g: Any) -> float:
    return max(fuzz.ratio(party(p), party(g)), fuzz.token_sort_ratio(party(p), party(g)))


def _item_similarity(p: Any, g: Any) -> float:
    return fuzz.token_set_ratio(words(p), words(g))


def _cell_similarity(p: Any, g: Any) -> float:
    return 100.0 if words(p) == words(g) else fuzz.ratio(words(p), words(g))


def listwise(similarity: Callable[[Any, Any], float], cut: float) -> Comparator:
    """A comparator of lists: the F1 of a greedy best one-to-one match of items at least `cut` (of 100) alike."""

    def compare(predicted: Any, right: Any) -> float:
        p = [x for x in (predicted if isinstance(predicted, list) else [predicted]) if x not in (None, "")]
        g = [x for x in (right if isinstance(right, list) else [right]) if x not in (None, "")]
        if not p or not g:
            return float(p == g)
        pairs = sorted(((similarity(a, b), i, j) for i, a in enumerate(p) for j, b in enumerate(g)), reverse=True)
        used_p: set[int] = set()
        used_g: set[int] = set()
        for alike, i, j in pairs:
            if alike >= cut and i not in used_p and j not in used_g:
                used_p.add(i)
                used_g.add(j)
        return 2 * len(used_p) / (len(p) + len(g))

    return compare


COMPARATORS: dict[str, Comparator] = {
    "exact": _exact,
    "id": _id,
    "place": _place,
    "state": _state,
    "date": _date,
    "money": _money,
    "int": _int,
    "bool": _bool,
    "version": _version,
    "phrase": _phrase,
    "address": _address,
    "text": _text,
    "names1": _name,
    "names": listwise(_name_similarity, 86),
    "texts": listwise(_text_similarity, 78),
    "items": listwise(_item_similarity, 75),
    "cells": listwise(_cell_similarity, 80),
}
