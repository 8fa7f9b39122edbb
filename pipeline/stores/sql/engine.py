"""Connections to the embedded database: safe for several processes at once, errors in one clear line."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from pipeline.errors import StoreError

BUSY_SECONDS = 30.0
"""How long one process waits for another that is writing."""


def connect(url: str) -> Engine:
    """An engine for a SQLite URL; nothing is opened yet.

    Transactions are begun by us, not by the driver: `reading` sees one state of the database throughout, `writing` takes
    the write lock at its start, so that it never fails half way because another process wrote in between.
    """
    memory = url in ("sqlite:", "sqlite://", "sqlite:///", "sqlite:///:memory:")
    options: dict[str, Any] = {"poolclass": StaticPool} if memory else {}
    engine = create_engine(
        url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "isolation_level": None}, **options
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


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


class Database:
    """An open database, handing out transactions whose errors are StoreErrors."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the database, whatever others write meanwhile."""
        with told(self.engine), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept if nothing is raised inside, and is the only one writing."""
        with told(self.engine), self.engine.connect() as plain:
            connection = plain.execution_options(lock="IMMEDIATE")
            with connection.begin():
                yield connection


@contextlib.contextmanager
def told(engine: Engine) -> Iterator[None]:
    """Turn what the driver says into one line that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"the database {_place(engine)} {_reason(str(error.orig))}") from error
    except SQLAlchemyError as error:
        first = str(error).splitlines()[0]
        raise StoreError(f"the database {_place(engine)} can't be used: {first}") from error


def _place(engine: Engine) -> str:
    return engine.url.database or "in memory"


def _reason(said: str) -> str:
    for words, reason in {
        "not a database": "is no SQLite database; move that file away, or give another one (CLAUSELINE_DATABASE)",
        "malformed": "is damaged; restore it, or move it away to start a new one",
        "unable to open": "can't be opened; check the folder and its permissions, or give another one (CLAUSELINE_DATABASE)",
        "readonly": "may not be written; change its permissions, or give another one (CLAUSELINE_DATABASE)",
        "locked": f"has been kept busy by another process for {BUSY_SECONDS:g} s; try again",
        "full": "can't grow: the disk is full; make room and run again",
    }.items():
        if words in said:
            return reason
    return f"reports: {said.splitlines()[0]}"
