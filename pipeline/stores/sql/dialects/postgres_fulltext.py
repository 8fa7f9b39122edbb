"""Full-text search by PostgreSQL: English stems, the rarer a word the more it counts."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

_TERMS = """
    WITH asked AS (
        SELECT term, phraseto_tsquery('english', term) AS query FROM unnest(CAST(:terms AS text[])) AS term
    ), terms AS (SELECT query FROM asked WHERE numnode(query) > 0)
"""
"""One query for each term; a term can't be malformed, and one of stop words only is left out."""


def ranked(
    connection: Connection, terms: Sequence[str], doc_type: str | None, state: str | None, limit: int
) -> list[int]:
    """Keys of the chunks that match, best first.

    PostgreSQL has no BM25; this is its like: over the terms, the inverse document frequency times `ts_rank`, which grows
    ever slower with each occurrence, counts a word of the heading (A) double (B is the text), and is damped by length.
    """
    if not terms:
        return []
    statement = text(
        f"""{_TERMS}, size AS (SELECT count(*) AS n FROM chunks),
        weighed AS (
            SELECT query, ln(1 + (size.n - held.n + 0.5) / (held.n + 0.5)) AS weight
            FROM terms, size, LATERAL (SELECT count(*) AS n FROM chunks WHERE search @@ query) AS held
        )
        SELECT c.id FROM weighed JOIN chunks c ON c.search @@ weighed.query {_FILTER if doc_type or state else ""}
        GROUP BY c.id
        ORDER BY sum(weight * ts_rank('{{0, 0, 0.5, 1}}', c.search, weighed.query, 1)) DESC, c.id LIMIT :limit
        """  # noqa: S608 - constants only
    )
    bound = {"terms": list(terms), "limit": limit}
    if doc_type or state:
        bound |= {"doc_type": doc_type, "state": state}
    return list(connection.execute(statement, bound).scalars())


_FILTER = """
    JOIN documents d ON d.sha256 = c.sha256 AND d.doc_type = coalesce(CAST(:doc_type AS text), d.doc_type)
    AND (CAST(:state AS text) IS NULL OR d.state = :state)
"""


def snippets(connection: Connection, terms: Sequence[str], keys: Sequence[int]) -> dict[int, str]:
    """For each of the chunks that matches, the stretch that does, with the **words** marked."""
    if not terms or not keys:
        return {}
    statement = text(
        f"""{_TERMS}, any_of AS (SELECT string_agg('(' || query::text || ')', ' | ')::tsquery AS query FROM terms)
        SELECT c.id, ts_headline('english', c.text, any_of.query, :options)
        FROM any_of JOIN chunks c ON c.search @@ any_of.query WHERE c.id = ANY(CAST(:keys AS integer[]))
        """  # noqa: S608 - constants only
    )
    options = "StartSel=**, StopSel=**, MinWords=24, MaxWords=48, MaxFragments=1"
    bound = {"terms": list(terms), "keys": list(keys), "options": options}
    return dict(connection.execute(statement, bound).tuples().all())
