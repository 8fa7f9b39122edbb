"""Full-text search by SQLite's FTS5: what a person typed becomes a query that can't be malformed."""

import re

from sqlalchemy import Connection, bindparam, text

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


def match_query(words: str) -> str:
    """An FTS5 query for any of the words, and for each quoted phrase as it stands; "" if there is nothing to look up.

    Every word is quoted, so that none is taken for syntax (AND, NEAR, *, a column name).

    >>> match_query('the late fee of "5 days"')
    '"5 days" OR "late" OR "fee"'
    >>> match_query('NEAR(" AND *')
    '"NEAR"'
    """
    phrases = [" ".join(_WORD.findall(phrase)) for phrase in _QUOTED.findall(words)]
    single = _WORD.findall(_QUOTED.sub(" ", words))
    telling = [word for word in single if word.lower() not in STOP] or ([] if any(phrases) else single)
    terms = dict.fromkeys([*filter(None, phrases), *telling])
    return " OR ".join(f'"{term}"' for term in list(terms)[:DEPTH])


def ranked(connection: Connection, query: str, doc_type: str | None, state: str | None, limit: int) -> list[int]:
    """Keys of the chunks that match, best first by BM25, a word of the heading counting double."""
    if not query:
        return []
    filtered = "" if doc_type is None and state is None else _FILTER
    statement = text(
        f"SELECT f.rowid FROM chunks_fts f {filtered} WHERE chunks_fts MATCH :query "  # noqa: S608 - constants only
        f"{'AND (:doc_type IS NULL OR d.doc_type = :doc_type) AND (:state IS NULL OR d.state = :state) ' if filtered else ''}"
        "ORDER BY bm25(chunks_fts, 2.0, 1.0), f.rowid LIMIT :limit"
    )
    bound = {"query": query, "limit": limit} | ({"doc_type": doc_type, "state": state} if filtered else {})
    return list(connection.execute(statement, bound).scalars())


_FILTER = "JOIN chunks c ON c.id = f.rowid JOIN documents d ON d.sha256 = c.sha256"


def snippets(connection: Connection, query: str, keys: list[int]) -> dict[int, str]:
    """For each of the chunks that matches, the stretch that does, with the **words** marked."""
    if not query or not keys:
        return {}
    statement = text(
        "SELECT rowid, snippet(chunks_fts, 1, '**', '**', ' … ', 48) FROM chunks_fts "
        "WHERE chunks_fts MATCH :query AND rowid IN :keys"
    ).bindparams(bindparam("keys", expanding=True))
    return dict(connection.execute(statement, {"query": query, "keys": keys}).tuples().all())
