"""PostgreSQL: a server, away at times; many machines write at once."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import ServiceDown
from pipeline.settings import without_password
from pipeline.stores.sql.dialects import postgres_fulltext
from pipeline.stores.sql.dialects.protocol import Trouble
from pipeline.stores.sql.fulltext import FullText

STATEMENT_SECONDS = 60
"""How long one statement may take, waiting for locks included; `options=-cstatement_timeout=...` in the URL changes it."""

READING: Mapping[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
WRITING: Mapping[str, Any] = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}
IN_ORDER = False

_DEFAULTS = {
    "connect_timeout": 5, "application_name": "clauseline", "keepalives_idle": 10, "keepalives_interval": 5,
    "keepalives_count": 3, "tcp_user_timeout": 20_000,
}  # fmt: skip
"""Of libpq, unless the URL says otherwise: a server that vanished without a word is noticed within 20 s."""

_MIGRATION = 4_837_561_902  # the advisory lock of changes to the tables: any number, the same for all of us
_AWAY = ("08", "57P01", "57P02", "57P03", "53300")  # connection lost, shut down, crashed, starting up, too many clients
_AGAIN = ("40001", "40P01", "23505", "55P03")  # serialisation, deadlock, made by another meanwhile, lock not to be had
_REFUSED = (
    "authentication", "password", "pg_hba", "does not exist", "permission denied", "resolve", "name or service",
    "certificate", "ssl is required", "does not support ssl", "invalid", "missing",
)  # fmt: skip
"""Words of a connection that failed for good; libpq gives no code there."""


def engine(url: URL) -> Engine:
    """An engine for a PostgreSQL URL; what libpq takes (sslmode, sslrootcert, options ...) may be its parameters.

    Raises:
        ImportError: psycopg is not installed.
    """
    arguments = {name: value for name, value in _DEFAULTS.items() if name not in url.query}
    made = create_engine(url.set(drivername="postgresql+psycopg"), connect_args=arguments, pool_pre_ping=True)
    if "statement_timeout" not in str(url.query.get("options", "")):
        event.listen(made, "connect", _limit_statements)
    return made


def fulltext(url: URL) -> FullText:
    """PostgreSQL's own."""
    return postgres_fulltext


def place(url: URL) -> str:
    """The URL without its password."""
    return without_password(url.render_as_string(hide_password=True))


def alone(connection: Connection) -> None:
    """Take the lock of migrations for this transaction, which may be a long one."""
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION})


def trouble(error: DBAPIError) -> Trouble | None:
    """By the code of the error; one without a code is of the connection."""
    code = _code(error)
    if code:
        return "away" if code.startswith(_AWAY) else "again" if code in _AGAIN else None
    said = str(error.orig).lower()
    lost = type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout") or error.connection_invalidated
    return "away" if lost and not any(words in said for words in _REFUSED) else None


def reason(error: DBAPIError) -> str:
    """What is wrong and what to do; the first line only, for the others may quote what was to be stored."""
    said = str(error.orig).strip() or type(error.orig).__name__
    if _code(error) == "57014":
        return f"took more than {STATEMENT_SECONDS} s for one statement and was stopped; try again when it is less busy"
    kind = trouble(error)
    if kind == "away":
        return f"does not answer: {said.splitlines()[0]}; check that it runs (CLAUSELINE_DATABASE says where)"
    if kind == "again":
        return f"is too busy: others were in the way {said.splitlines()[0]}; try again"
    if not _code(error):
        return f"can't be opened: {said.splitlines()[-1]}; check its address and the password (CLAUSELINE_DATABASE)"
    return f"reports: {said.splitlines()[0]}"


def receipt(connection: Connection) -> str | None:
    """The number of the transaction, if it has written; how far the log is, and when the server was started."""
    asked = (
        "SELECT pg_current_xact_id_if_assigned()::text, pg_current_wal_insert_lsn()::text, "
        "extract(epoch FROM pg_postmaster_start_time())::text"
    )
    number, log, started = connection.execute(text(asked)).one()
    return f"{number} {log} {started}" if number else None


def committed(connection: Connection, receipt: str) -> bool:
    """What the server's commit log says of it.

    A server that has crashed gives numbers anew whose transactions had not reached the disk: where its log, which ends with
    a checkpoint when it starts again, is shorter than it was, the change is lost, and another may have its number.
    """
    number, log, started = receipt.split()
    shorter = (
        "SELECT extract(epoch FROM pg_postmaster_start_time())::text <> :started "
        "AND (SELECT redo_lsn FROM pg_control_checkpoint()) < CAST(:log AS pg_lsn)"
    )
    if connection.execute(text(shorter), {"started": started, "log": log}).scalar():
        return False
    status = connection.execute(text("SELECT pg_xact_status(CAST(:number AS xid8))"), {"number": number}).scalar()
    if status == "in progress":
        raise ServiceDown(f"the database {place(connection.engine.url)} does not say what became of the last change")
    return status == "committed"


def index_file(url: URL, model: str, identity: str) -> Path | None:
    """In the user's cache: the server keeps the vectors, each machine its index of them."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "clauseline" / f"{identity}.usearch"


def _code(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _limit_statements(connection: Any, _: object) -> None:
    connection.autocommit = True
    connection.execute(f"SET statement_timeout = '{STATEMENT_SECONDS}s'")
    connection.autocommit = False
