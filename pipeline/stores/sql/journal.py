"""The journal of runs in a SQL database."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from pipeline.stores.protocols import JournalEntry, RunRow
from pipeline.stores.sql.engine import Database
from pipeline.stores.sql.tables import journal as t
from pipeline.stores.sql.tables import runs

_ENTRY = (t.c.run, t.c.path, t.c.sha256, t.c.status, t.c.finished, t.c.seconds, t.c.error_type, t.c.error, t.c.attempt)


class SqlJournal:
    """See `pipeline.stores.protocols.Journal`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, run: RunRow) -> None:
        finished = run.finished.isoformat() if run.finished else None
        row = asdict(run) | {"started": run.started.isoformat(), "finished": finished}

        def begin(connection: Connection) -> None:
            if connection.execute(select(runs.c.id).where(runs.c.id == run.id)).first() is None:
                connection.execute(insert(runs), row)

        self._database.write(begin)

    def record(self, entries: Iterable[JournalEntry]) -> None:
        noted = list(entries)
        if not noted:
            return

        def note(connection: Connection) -> None:
            attempts = _failures(connection, {entry.path for entry in noted})
            rows = []
            for entry in noted:
                attempts[entry.path] += 1
                rows.append(_row(entry, attempts[entry.path]))
                if entry.status != "failed":
                    attempts[entry.path] = 0
            connection.execute(insert(t), rows)

        self._database.write(note)

    def finish(self, run: str, status: Literal["done", "interrupted"], finished: datetime) -> None:
        ended = update(runs).where(runs.c.id == run).values(status=status, finished=finished.isoformat())
        self._database.write(lambda connection: connection.execute(ended) and None)

    def runs(self, limit: int = 100) -> list[RunRow]:
        query = select(runs).order_by(runs.c.started.desc()).limit(limit)
        return self._database.read(lambda connection: [_run(row) for row in connection.execute(query).mappings()])

    def entries(self, run: str) -> Iterator[JournalEntry]:
        query = select(*_ENTRY).where(t.c.run == run).order_by(t.c.id)
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=500).execute(query).mappings():
                yield JournalEntry(**{**row, "finished": datetime.fromisoformat(row["finished"])})


def _failures(connection: Connection, paths: set[str]) -> Counter[str]:
    """How often each document has failed since it last succeeded."""
    other = t.alias()
    last = select(func.max(other.c.id)).where(other.c.path == t.c.path, other.c.status != "failed").scalar_subquery()
    query = select(t.c.path, func.count().label("failures")).where(t.c.path.in_(paths), t.c.id > func.coalesce(last, 0))
    return Counter({row.path: row.failures for row in connection.execute(query.group_by(t.c.path))})


def _row(entry: JournalEntry, attempt: int) -> dict[str, Any]:
    return {
        "run": entry.run,
        "path": entry.path,
        "sha256": entry.sha256,
        "status": entry.status,
        "attempt": attempt,
        "finished": entry.finished.isoformat(),
        "seconds": entry.seconds,
        "error_type": entry.error_type,
        "error": entry.error,
    }


def _run(row: RowMapping) -> RunRow:
    finished = datetime.fromisoformat(row["finished"]) if row["finished"] else None
    return RunRow(**{**row, "started": datetime.fromisoformat(row["started"]), "finished": finished})
