"""Full-text search: what a person typed becomes terms that can't be malformed; each database looks them up its own way."""

import re
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Connection

DEPTH = 64
"""Most words of a query that are looked up."""

_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_QUOTED = re.compile(r'"([^"]*)"')
_TOO_COMMON = """
    a an and any are as at be been but by can do does for from had has have how i if in into is it its may me my no not
    of on or our shall should so such than that the their them then there these they this those to was we were what
    when where which who whom will with would you your
"""
STOP = frozenset(_TOO_COMMON.split())


class FullText(Protocol):
    """The full-text index over the chunks, as a database keeps it."""

    def ranked(
        self, connection: Connection, terms: Sequence[str], doc_type: str | None, state: str | None, limit: int
    ) -> list[int]:
        """Keys of the chunks that hold any of the terms, best first, a word of the heading counting double."""
        ...

    def snippets(self, connection: Connection, terms: Sequence[str], keys: Sequence[int]) -> dict[int, str]:
        """For each of the chunks that matches, the stretch that does, with the **words** marked."""
        ...


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
    return list(dict.fromkeys([*filter(None, phrases), *telling]))[:DEPTH]
