"""Passages of some documents only: how a query is narrowed to them, and about how many they are."""

from typing import Any

from sqlalchemy import Connection, Select, func, select

from pipeline.stores.sql.tables import documents


def narrowed(query: Select[Any], doc_type: str | None, state: str | None) -> Select[Any]:
    """A query that has joined the documents, narrowed to those of a type and a state."""
    if doc_type is not None:
        query = query.where(documents.c.doc_type == doc_type)
    return query if state is None else query.where(documents.c.state == state)


def share(connection: Connection, doc_type: str | None, state: str | None) -> float:
    """About what share of the passages is of such documents: as of the documents, of which there are far fewer."""
    if doc_type is None and state is None:
        return 1.0
    every = select(func.count()).select_from(documents)
    such = connection.execute(narrowed(every, doc_type, state)).scalar_one()
    return float(max(such, 1) / max(connection.execute(every).scalar_one(), 1))


def counted(connection: Connection, rows: Select[Any], most: int) -> int:
    """How many rows a query has, counted no further than `most`: to count millions takes longer than to search them."""
    return connection.execute(select(func.count()).select_from(rows.limit(most).subquery())).scalar_one()
