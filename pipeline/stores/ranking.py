"""What every search index does alike: which words of a query count, how rankings are fused, what an embedder reads."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar

from schemas import Passage

RANK_CONSTANT = 60
"""Of reciprocal rank fusion: how little the very first ranks count more than the next (Cormack et al. 2009)."""

MOST_TERMS = 64
"""Most words of a query that are looked up."""

SNIPPET = 300
"""Characters shown of a passage that shares no word with the query."""

Key = TypeVar("Key", bound=Hashable)

_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_QUOTED = re.compile(r'"([^"]*)"')
_TOO_COMMON = """
    a an and any are as at be been but by can do does for from had has have how i if in into is it its may me my no not
    of on or our shall should so such than that the their them then there these they this those to was we were what
    when where which who whom will with would you your
"""
STOP = frozenset(_TOO_COMMON.split())


def query_terms(words: str) -> list[str]:
    """The words that tell something, and each quoted phrase as it stands; none if there is nothing to look up.

    >>> query_terms('the late fee of "5 days"')
    ['5 days', 'late', 'fee']
    >>> query_terms('NEAR(" AND *')
    ['NEAR']
    """
    phrases = [" ".join(_WORD.findall(phrase)) for phrase in _QUOTED.findall(words)]
    single = _WORD.findall(_QUOTED.sub(" ", words))
    telling = [word for word in single if word.lower() not in STOP] or ([] if any(phrases) else single)
    return list(dict.fromkeys([*filter(None, phrases), *telling]))[:MOST_TERMS]


def fused(rankings: Iterable[Sequence[Key]]) -> dict[Key, float]:
    """The sum of the reciprocal ranks of each key.

    >>> scores = fused([[1, 2], [2]])
    >>> scores[2] > scores[1]
    True
    """
    scores: defaultdict[Key, float] = defaultdict(float)
    for ranking in rankings:
        for rank, key in enumerate(ranking, 1):
            scores[key] += 1 / (RANK_CONSTANT + rank)
    return dict(scores)


def depth(limit: int) -> int:
    """How far down each ranking is looked at for so many hits."""
    return max(50, 5 * limit)


def digest(passages: Sequence[Passage]) -> str:
    """Tells whether the passages of a document are still the same."""
    made = sha256()
    for passage in passages:
        plain = replace(passage, score=0.0)
        made.update(repr(plain).encode("utf-8", "surrogatepass"))
    return made.hexdigest()
