"""Where SQL databases differ: a module for each, behind one protocol."""

from sqlalchemy.engine import URL

from pipeline.stores.sql.dialects.protocol import Dialect, Trouble


def dialect_of(url: URL) -> Dialect:
    """The dialect of a database.

    >>> from sqlalchemy.engine import make_url
    >>> dialect_of(make_url("sqlite://")).__name__.rpartition(".")[2]  # type: ignore[attr-defined]
    'sqlite'
    """
    if url.get_backend_name() == "postgresql":
        from pipeline.stores.sql.dialects import postgres

        return postgres
    from pipeline.stores.sql.dialects import sqlite

    return sqlite


__all__ = ["Dialect", "Trouble", "dialect_of"]
