"""Full-text search by SQLite's FTS5: BM25 over the words' stems."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, text


def ranked(
    connection: Connection, terms: Sequence[str], doc_type: str | None, state: str | None, limit: int
) -> list[int]:
    """Keys of the chunks that match, best first by BM25, a word of the heading counting double."""
    if not terms:
        return []
    filtered = "" if doc_type is None and state is None else _FILTER
    statement = text(
        f"SELECT f.rowid FROM chunks_fts f {filtered} WHERE chunks_fts MATCH :query "  # noqa: S608 - constants only
        f"{'AND (:doc_type IS NULL OR d.doc_type = :doc_type) AND (:state IS NULL OR d.state = :state) ' if filtered else ''}"
        "ORDER BY bm25(chunks_fts, 2.0, 1.0), f.rowid LIMIT :limit"
    )
    bound = {"query": _match(terms), "limit": limit} | ({"doc_type": doc_type, "state": state} if filtered else {})
    return list(connection.execute(statement, bound).scalars())


_FILTER = "JOIN chunks c ON c.id = f.rowid JOIN documents d ON d.sha256 = c.sha256"


def snippets(connection: Connection, terms: Sequence[str], keys: Sequence[int]) -> dict[int, str]:
    """For each of the chunks that matches, the stretch that does, with the **words** marked."""
    if not terms or not keys:
        return {}
    statement = text(
        "SELECT rowid, snippet(chunks_fts, 1, '**', '**', ' … ', 48) FROM chunks_fts "
        "WHERE chunks_fts MATCH :query AND rowid IN :keys"
    ).bindparams(bindparam("keys", expanding=True))
    return dict(connection.execute(statement, {"query": _match(terms), "keys": list(keys)}).tuples().all())


def _match(terms: Sequence[str]) -> str:
    """An FTS5 query for any of the terms; each is quoted, so that none is taken for syntax (AND, NEAR, *, a column).

    >>> _match(["5 days", "late"])
    '"5 days" OR "late"'
    """
    return " OR ".join(f'"{term}"' for term in terms)
