"""Where results, the journal of runs, knowledge, lease records and the search index live."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import StoreError
from pipeline.settings import Settings, without_password

if TYPE_CHECKING:
    from pipeline.stores.protocols import ChunkStore, KnowledgeStore, Stores
    from pipeline.stores.record_store import RecordStore
    from schemas import Pack

PATIENCE = 60.0
"""Seconds for which a database that is away is waited for, where the settings are not at hand."""


def open_stores(url: str, patience: float = PATIENCE) -> "Stores":
    """Open a database, made and brought up to date as needed; the drivers are imported here, not before.

    Args:
        url: `sqlite:///FILE` (`sqlite://` for one in memory), or `postgresql://USER@HOST/DATABASE`.
        patience: seconds for which a database that is away is waited for, at each step; see `Settings.database_patience`.

    Raises:
        ServiceDown: it is away, and has been for longer than that.
        StoreError: it can't be opened; the message says why and what to do.

    >>> with open_stores("sqlite://") as stores:
    ...     stores.chunks.count()
    0
    """
    if _kind(url) not in ("sqlite", "postgresql") or "://" not in url:
        raise StoreError(
            f"no store for {without_password(url)!r}; give a database as sqlite:///FILE or postgresql://USER@HOST/DATABASE"
        )
    from pipeline.stores.sql import open_sql

    return open_sql(url, patience)


def stores_of(settings: Settings) -> "Stores":
    """The stores that the settings name: the database's, with the search index elsewhere if `search_index` says so.

    Raises:
        WrongUsage: `search_index` is no such URL.
        StoreError: one of them can't be opened.

    >>> with stores_of(Settings(database="sqlite://")) as stores:
    ...     stores.chunks.count()
    0
    """
    stores = open_stores(settings.database, settings.database_patience)
    try:
        return replace(stores, chunks=chunks_of(settings, stores))
    except BaseException:
        stores.close()
        raise


def chunks_of(settings: Settings, stores: "Stores") -> "ChunkStore":
    """The search index that the settings name: where `search_index` says, or the database's own.

    Raises:
        WrongUsage: `search_index` is no such URL.
        StoreError: it can't be opened.
    """
    if settings.search_index is None:
        return stores.chunks
    from pipeline.stores.opensearch import open_chunks

    return open_chunks(settings.search_index)


def load_drivers(url: str) -> None:
    """Import what opening a database takes; it is not opened.

    Args:
        url: as for `open_stores`; where it is wrong, nothing happens.
    """
    if _kind(url) in ("sqlite", "postgresql"):
        from pipeline.stores.sql.engine import connect

        with suppress(StoreError):
            connect(url).engine.dispose()


@contextmanager
def open_records(settings: Settings) -> "Iterator[RecordStore]":
    """The lease records of a team: in the database, or where `Settings.records` says.

    Raises:
        StoreError: they can't be opened.

    >>> with open_records(Settings(database="sqlite://")) as records:
    ...     list(records.find())
    []
    """
    if _kind(settings.records_url) == "dynamodb":
        from pipeline.stores.dynamo import open_dynamo_records

        yield open_dynamo_records(settings.records_url)
    else:
        with open_stores(settings.records_url, settings.database_patience) as stores:
            yield stores.records


@contextmanager
def open_knowledge(url: str, patience: float = PATIENCE) -> "Iterator[KnowledgeStore]":
    """The packs a team keeps, to read and to write.

    Args:
        url: `Settings.knowledge_url`.
        patience: as for `open_stores`.

    Raises:
        StoreError: they can't be opened.
    """
    if _kind(url) == "dynamodb":
        from pipeline.stores.dynamo import open_dynamo_knowledge

        yield open_dynamo_knowledge(url)
    else:
        with open_stores(url, patience) as stores:
            yield stores.knowledge


def kept_packs(url: str, patience: float = PATIENCE) -> "tuple[Pack, ...]":
    """The packs a team keeps, each in its last version; a database file that is not there is not made.

    Args:
        url, patience: as for `open_knowledge`.

    Raises:
        StoreError: there are packs, but they can't be read.

    >>> kept_packs("sqlite://")
    ()
    """
    if _kind(url) == "sqlite" and not _has_packs(url):
        return ()
    with open_knowledge(url, patience) as kept:
        return tuple(pack for code in kept.jurisdictions() if (pack := kept.get(code)))


def _kind(url: str) -> str:
    """Of which kind a database is: what its URL begins with, without the driver."""
    return url.partition(":")[0].partition("+")[0]


def _has_packs(url: str) -> bool:
    """Whether a database file is there and holds packs: asked of SQLite itself, as the SQL toolkit is slow to load."""
    path = Path(url.partition(":///")[2].partition("?")[0])
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT 1 FROM packs LIMIT 1").fetchone() is not None
    except sqlite3.Error:
        return False


__all__ = ["chunks_of", "kept_packs", "load_drivers", "open_knowledge", "open_records", "open_stores", "stores_of"]
