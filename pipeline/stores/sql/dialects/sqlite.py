"""SQLite: one file, several processes at once, one of them writing."""

import sqlite3
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from pipeline.errors import StoreError
from pipeline.stores.sql.dialects.protocol import Trouble
from pipeline.stores.sql.dialects.sqlite_fulltext import SqliteFullText
from pipeline.stores.sql.fulltext import FullText

BUSY_SECONDS = 30.0
"""How long one process waits for another that is writing."""

READING: Mapping[str, Any] = {"lock": "DEFERRED"}
WRITING: Mapping[str, Any] = {"lock": "IMMEDIATE"}
IN_ORDER = True


def engine(url: URL) -> Engine:
    """An engine for a SQLite URL; its folder is made.

    Transactions are begun by us, not by the driver: one that reads sees one state of the database throughout, one that
    writes takes the write lock at its start, so that it never fails half way because another process wrote in between.
    """
    options: dict[str, Any] = {}
    if path := _file(url):
        _make(path.parent)
    else:
        options["poolclass"] = StaticPool
    made = create_engine(
        url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}, **options
    )
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def fulltext(url: URL) -> FullText:
    """An index beside the database."""
    return SqliteFullText(_file(url))


def place(url: URL) -> str:
    """The file."""
    return url.database or "in memory"


def alone(connection: Connection) -> None:
    """Nothing to do: whoever writes is alone."""


def trouble(error: DBAPIError) -> Trouble | None:
    """None: SQLite itself has waited already."""
    return None


def reason(error: DBAPIError) -> str:
    """What is wrong and what to do."""
    said = str(error.orig)
    return next((told for words, told in _REASONS.items() if words in said), f"reports: {said.splitlines()[0]}")


_REASONS = {
    "not a database": "is no SQLite database; move that file away, or give another one (CLAUSELINE_DATABASE)",
    "malformed": "is damaged; restore it, or move it away to start a new one",
    "unable to open": "can't be opened; check the folder and its permissions, or give another one (CLAUSELINE_DATABASE)",
    "readonly": "may not be written; change its permissions, or give another one (CLAUSELINE_DATABASE)",
    "locked": f"has been kept busy by another process for {BUSY_SECONDS:g} s; try again",
    "full": "can't grow: the disk is full; make room and run again",
}


def receipt(connection: Connection) -> None:
    """None: no answer gets lost on the way to a file."""


def committed(connection: Connection, receipt: str) -> bool:
    """Never asked, as there are no receipts."""
    return False


def index_file(url: URL, model: str, identity: str) -> Path | None:
    """Beside the database."""
    path = _file(url)
    return path and path.with_name(f"{path.name}.{sha256(model.encode()).hexdigest()[:8]}.usearch")


def _file(url: URL) -> Path | None:
    return Path(url.database) if url.database and url.database != ":memory:" else None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)  # what leases say is nobody else's business
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise StoreError(f"{folder} can't be made: {why}; give another database (CLAUSELINE_DATABASE)") from None


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    """Set what SQLite wants set on each connection; the write-ahead log lets readers and one writer work at once."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:  # changing the mode does not wait for others by itself
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('lock', 'DEFERRED')}")
