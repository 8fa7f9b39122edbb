"""Where results, the journal of runs, knowledge and the search index live."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import StoreError
from pipeline.settings import without_password

if TYPE_CHECKING:
    from pipeline.stores.protocols import Stores
    from schemas import Pack


def open_stores(url: str) -> "Stores":
    """Open a database, made and brought up to date as needed; the drivers are imported here, not before.

    Args:
        url: `sqlite:///FILE` (`sqlite://` for one in memory).

    Raises:
        StoreError: it can't be opened; the message says why and what to do.

    >>> with open_stores("sqlite://") as stores:
    ...     stores.chunks.count()
    0
    """
    scheme = url.partition(":")[0].partition("+")[0]
    if scheme != "sqlite" or "://" not in url:
        raise StoreError(f"no store for {without_password(url)!r}; give a database as sqlite:///FILE")
    from pipeline.stores.sql import open_sql

    return open_sql(url)


def kept_packs(url: str) -> "tuple[Pack, ...]":
    """The packs a team keeps in a database, each in its last version; a database that is not there is not made.

    Args:
        url: as for `open_stores`.

    Raises:
        StoreError: there are packs, but they can't be read.

    >>> kept_packs("sqlite://")
    ()
    """
    if not _has_packs(url):
        return ()
    with open_stores(url) as stores:
        kept = stores.knowledge
        return tuple(pack for code in kept.jurisdictions() if (pack := kept.get(code)))


def _has_packs(url: str) -> bool:
    """Whether a database file is there and holds packs: asked of SQLite itself, as the SQL toolkit is slow to load."""
    scheme, _, file = url.partition(":///")
    path = Path(file.partition("?")[0])
    if not scheme.startswith("sqlite") or not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT 1 FROM packs LIMIT 1").fetchone() is not None
    except sqlite3.Error:
        return False


__all__ = ["kept_packs", "open_stores"]
